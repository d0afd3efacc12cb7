"""What the shipped tables are turned into before they ship, so that a command need not expand them each time.

``tools/make_lexicon.py`` writes the files; ``bidi-news data check`` proves that they are what the tables say.

Example:
    >>> sorted(built_files())
    ['lexicon/anchors.tsv', 'lexicon/expanded.tsv', 'lexicon/pairs.bin', 'lexicon/parts.bin', 'lexicon/whole.bin']
"""

from __future__ import annotations

from bidi_news.resources import read_bytes, read_text
from bidi_news.variants.gate import ANCHORS, PAIRS, PARTS, WHOLE, anchors_of, hashes_of, write_anchors
from bidi_news.variants.lexicon import EXPANDED, WORDS, load_lexicon
from bidi_news.variants.styles import style_names
from bidi_news.variants.tables import SHIPPED, expand, read_tables, read_words

__all__ = ["built_files", "lexicon_faults"]

_HEADER = "form\tlexeme\tscript\tstatus\tending\tprefix\n"


def built_files() -> dict[str, bytes]:
    """Return the content of each built file by its name.

    Raises:
        DataFileError: if a table is malformed, or a spelling belongs to two lexemes.
    """
    entries = expand(read_tables({name: read_text(name) for name in SHIPPED}, {}), {})
    anchors = anchors_of(entries, read_words(read_text(WORDS), WORDS))
    expanded = _HEADER + "".join("\t".join(map(str, (key, *entries[key]))) + "\n" for key in sorted(entries))
    hashes = zip((WHOLE, PARTS, PAIRS), hashes_of(entries, anchors), strict=True)
    texts = {EXPANDED: expanded.encode(), ANCHORS: write_anchors(anchors).encode()}
    return texts | {name: own.astype("<u8").tobytes() for name, own in hashes}


def lexicon_faults() -> list[str]:
    """Return what is wrong with the shipped lexicon and styles, one line for each fault; nothing if all is well.

    No spelling may belong to two lexemes, every lexeme's cues and every style's rules must be well formed, and the
    built files must be those of the tables.

    Raises:
        DataFileError: at the first fault of a table or a style.
    """
    for style in style_names():
        lexicon = load_lexicon(style)
        for id_ in lexicon.rows:
            lexicon.lexeme(id_)
    return [
        f"{name}: is not what the tables make; run tools/make_lexicon.py"
        for name, content in built_files().items()
        if read_bytes(name) != content
    ]
