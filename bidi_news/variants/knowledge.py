"""What is known of two names besides their sound, and what it does to the odds that they are spellings of one.

The lexicon decides where it knows both names; where it knows one, whose spellings it would have, the other has to be
very like it (``data/keys/thresholds.toml``). Names of one place are the same, however they sound (:mod:`places`); two
names of one Arabic root are others, however alike they sound (:mod:`apart`).

Example:
    >>> from bidi_news.variants.alphabet import fold_names
    >>> names = ["Nasr Allah", "Bécs"]
    >>> known = known_of(names, fold_names(names))
    >>> known[0].entry, len(known[1].places)
    (('nasrallah', 'nasrallah'), 1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bidi_news.unicode.fold import fold
from bidi_news.variants.alphabet import LONGEST
from bidi_news.variants.apart import are_apart
from bidi_news.variants.lexicon import load_lexicon
from bidi_news.variants.likeness import SCRIPT_PAIRS, thresholds
from bidi_news.variants.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Known", "Rule", "apply_knowledge", "known_of"]

Rule = Literal["lexicon", "letters", "place", "apart", "sound"]
"""What decided: the lexicon, that the letters are the same, that one place has both names, that both names are of one
root, or how the letters sound."""

_ARTICLES = frozenset({"al", "el", "ul", "il", "אל", "ال"})
_CERTAIN = 9.0
"""Log odds of what the lexicon and the letters say."""
_TOLD = 3.0
"""Log odds of what the tables of places and of roots say: 0.95, for a name may be another person's as well."""


class Known(NamedTuple):
    """What is known of one name."""

    name: str
    """The name, folded."""
    entry: tuple[str, ...]
    """Its lexeme and the family of that, or nothing."""
    places: frozenset[int]
    """The places that it is a name of."""


def known_of(names: Sequence[str], folded: Sequence[str]) -> list[Known]:
    """Return what is known of each name; the lexicon has it with or without its article.

    Args:
        names: the names.
        folded: the same, folded (:func:`bidi_news.variants.alphabet.fold_names`).
    """
    lines = "\n".join([name[: 4 * LONGEST].replace("\n", " ") for name in names])
    # what lexicon_key does to each, but folded at once
    keys = [" ".join(line.split()).strip("'") for line in fold(lines).replace("-", " ").split("\n")]
    entries = [_entry(key) or (_entry_of_words(key) if " " in key else ()) for key in keys]
    return [Known(name, entry, places_of(name)) for name, entry in zip(folded, entries, strict=True)]


def apply_knowledge(
    odds: NDArray[np.float64],
    pairs: NDArray[np.int64],
    equal: Sequence[bool],
    known: Sequence[tuple[Known, Known]],
) -> tuple[Rule, ...]:
    """Change the log odds of pairs of names by what is known of them; return what decided each.

    Args:
        odds: log odds by sound, shape (pairs,).
        pairs: numbers of their pairs of scripts, shape (pairs,).
        equal: whether their letters are the same.
        known: what is known of both names.
    """
    dearer = [thresholds()["known"][name] for name in SCRIPT_PAIRS]
    rules: list[Rule] = []
    for index, (one, two) in enumerate(known):
        same_place = not one.places.isdisjoint(two.places)
        if one.entry and two.entry and (one.entry == two.entry or one.entry[1:] != two.entry[1:]):
            odds[index] = max(odds[index], _CERTAIN) if one.entry == two.entry else min(odds[index], -_CERTAIN)
            rules.append("lexicon")
        elif equal[index]:
            odds[index] = max(odds[index], _CERTAIN)
            rules.append("letters")
        elif same_place and odds[index] < _TOLD:
            odds[index] = _TOLD
            rules.append("place")
        elif odds[index] > -_TOLD and are_apart(one.name, two.name):
            odds[index] = -_TOLD
            rules.append("apart")
        else:
            if bool(one.entry) != bool(two.entry) and not same_place:
                odds[index] -= dearer[pairs[index]]
            rules.append("sound")
    return tuple(rules)


def _entry(key: str) -> tuple[str, ...]:
    """Return the lexeme and the family of a key of the lexicon, or nothing."""
    lexicon = load_lexicon("house")
    form = lexicon.forms.get(key)
    return (form.lexeme.id, form.lexeme.family) if form is not None else lexicon.names.get(key, ())


def _entry_of_words(key: str) -> tuple[str, ...]:
    """Return the entry of a key of several words without its article, or written as one word (Nasr Allah)."""
    return _entry(_without_article(key)) or _entry(key.replace(" ", ""))


def _without_article(key: str) -> str:
    """Return a key without its article."""
    article, _, bare = key.partition(" ")
    return bare if article in _ARTICLES or article[:1] in {"a", "e"} else key
