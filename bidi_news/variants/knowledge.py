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

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from bidi_news.unicode.folding import Folding
from bidi_news.variants.alphabet import LONGEST, tidy_lines
from bidi_news.variants.apart import all_roots, are_apart, root_of
from bidi_news.variants.lexicon import load_lexicon
from bidi_news.variants.likeness import SCRIPT_PAIRS, thresholds
from bidi_news.variants.places import all_places, places_of
from bidi_news.variants.tables import lexicon_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from bidi_news.variants.sounds import Sounds

__all__ = ["Known", "Rule", "apply_knowledge", "known_of"]

Rule = Literal["lexicon", "letters", "place", "apart", "sound"]
"""What decided: the lexicon, that the letters are the same, that one place has both names, that both names are of one
root, or how the letters sound."""

_ARTICLES = frozenset({"al", "el", "ul", "il", "אל", "ال"})
_FOLDING = Folding(lambda character: character if character == "\n" else lexicon_key(f"x{character}x")[1:-1])
"""What the lexicon makes of each character of a name."""
_CERTAIN = 9.0
"""Log odds of what the lexicon and the letters say."""
_TOLD = 3.0
"""Log odds of what the tables of places and of roots say: 0.95, for a name may be another person's as well."""


class Known(NamedTuple):
    """What is known of one name."""

    entry: tuple[str, ...]
    """Its lexeme and the family of that, or nothing."""
    places: frozenset[int]
    """The places that it is a name of."""
    root: tuple[str, ...]
    """Its root and which name of that it is, or nothing."""


_NOTHING = Known((), frozenset(), ())


def known_of(names: Iterable[str], folded: Sequence[str]) -> dict[int, Known]:
    """Return what is known of names, by their numbers; the lexicon has one with or without its article.

    Args:
        names: the names.
        folded: the same, folded (:func:`bidi_news.variants.alphabet.fold_names`).
    """
    text = _FOLDING("\n".join([name[: 4 * LONGEST].replace("\n", " ") for name in names]))
    keys = [line.strip("'") for line in tidy_lines(text).split("\n")]
    in_one = "\n".join(keys).replace(" ", "").split("\n")
    solid = "\n".join(folded).replace(" ", "").split("\n")
    listed, placed, rooted = _keys(), all_places(), all_roots()
    return {
        number: Known(_entry(key), places_of(name), root_of(name))
        for number, (key, one, name, placeable) in enumerate(zip(keys, in_one, folded, solid, strict=True))
        if one in listed or key in listed or key.partition(" ")[2] in listed or placeable in placed or name in rooted
    }


def apply_knowledge(
    sounds: Sounds,
    equal: NDArray[np.bool_],
    known: Mapping[int, Known],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> tuple[Rule, ...]:
    """Change the log odds of pairs of names by what is known of them; return what decided each.

    Args:
        sounds: how alike they sound; its odds are changed.
        equal: whether their letters are the same, shape (pairs,).
        known: what is known of names, by their numbers.
        left: number of the left name of each pair.
        right: number of the right name of each pair.
    """
    rules: list[Rule] = ["sound"] * len(equal)
    listed = [number for number, name in known.items() if name.entry]
    either = np.isin(left, listed) | np.isin(right, listed)
    both = np.isin(left, list(known)) & np.isin(right, list(known))
    for pair in np.flatnonzero(equal | either | both).tolist():
        one, two = (known.get(int(side[pair]), _NOTHING) for side in (left, right))
        odds, rules[pair] = _told(float(sounds.odds[pair]), one, two, equal=bool(equal[pair]))
        if rules[pair] == "sound" and bool(one.entry) != bool(two.entry) and one.places.isdisjoint(two.places):
            odds -= thresholds()["known"][SCRIPT_PAIRS[sounds.scripts[pair]]]
        sounds.odds[pair] = odds
    return tuple(rules)


def _told(odds: float, one: Known, two: Known, *, equal: bool) -> tuple[float, Rule]:
    """Return the log odds of two names of which something is known, and what decided."""
    if one.entry and two.entry and (one.entry == two.entry or one.entry[1:] != two.entry[1:]):
        return (max(odds, _CERTAIN) if one.entry == two.entry else min(odds, -_CERTAIN)), "lexicon"
    if equal:
        return max(odds, _CERTAIN), "letters"
    if odds < _TOLD and not one.places.isdisjoint(two.places):
        return _TOLD, "place"
    if odds > -_TOLD and are_apart(one.root, two.root):
        return -_TOLD, "apart"
    return odds, "sound"


def _entry(key: str) -> tuple[str, ...]:
    """Return the lexeme and the family of a key of the lexicon, or of what it is without its article or in one word."""
    known = _keys()
    if key in known:
        return _listed(key)
    if " " in key:
        article, _, bare = key.partition(" ")
        if bare in known and (article in _ARTICLES or article[:1] in {"a", "e"}):
            return _listed(bare)
        if (joined := key.replace(" ", "")) in known:
            return _listed(joined)
    return ()


def _listed(key: str) -> tuple[str, ...]:
    """Return the lexeme and the family of a key that the lexicon has."""
    lexicon = load_lexicon("house")
    form = lexicon.forms.get(key)
    return (form.lexeme.id, form.lexeme.family) if form is not None else lexicon.names[key]


@cache
def _keys() -> frozenset[str]:
    """Return the keys of all names that the lexicon has."""
    lexicon = load_lexicon("house")
    return frozenset((*lexicon.entries, *lexicon.names))
