"""One name, every spelling: the lexicon, the matcher, the guards, the edits, the keys."""

from bidi_news.variants.lexicon import Lexicon, load_lexicon
from bidi_news.variants.match import find_candidates, find_edits
from bidi_news.variants.rewrite import apply_edits, invert_edits
from bidi_news.variants.unseen import find_through_unseen

__all__ = [
    "Lexicon",
    "apply_edits",
    "find_candidates",
    "find_edits",
    "find_through_unseen",
    "invert_edits",
    "load_lexicon",
]
