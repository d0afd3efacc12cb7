"""How alike names sound: names of the same words share their encoding, names of several words find the better order.

All names here are folded (:func:`bidi_news.variants.alphabet.fold_names`). They are aligned whole, letter by letter
(:mod:`alignment`), and judged (:mod:`likeness`). Where that says no, the words of names of several words are compared
with each other, put into one order (:mod:`words`), and the names are judged once more.

Example:
    >>> found = compare_sounds(["haifa", "חיפה", "yasser arafat", "arafat yasser"], np.array([0, 2]), np.array([1, 3]))
    >>> (found.odds > 0).tolist(), [arranged.right for arranged in found.arranged.values()]
    ([True, True], ['yasser arafat'])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.variants.alphabet import spell
from bidi_news.variants.likeness import SCRIPT_PAIRS, log_odds, script_pairs, thresholds
from bidi_news.variants.vectors import encode, join_words, load_weights
from bidi_news.variants.words import MOST_WORDS, arrange

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from bidi_news.variants.vectors import Encoded
    from bidi_news.variants.words import Arrangement

__all__ = ["Sounds", "compare_sounds", "sound_odds"]


class Sounds(NamedTuple):
    """How alike the names of some pairs sound."""

    odds: NDArray[np.float64]
    """Log odds of each pair, shape (pairs,), minus infinity where a name has no letter."""
    scripts: NDArray[np.int64]
    """Number of the scripts of each pair in :data:`~bidi_news.variants.likeness.SCRIPT_PAIRS`."""
    arranged: dict[int, Arrangement]
    """The names of the pairs that are more alike with their words in one order."""


class _Names(NamedTuple):
    """Names and their words as the aligner sees them."""

    names: Encoded
    """The names."""
    words: Encoded
    """Their words, each once."""
    letters: NDArray[np.int64]
    """How many characters each word has, shape (words,)."""
    parts: NDArray[np.int64]
    """Number of each word of the names, name by name."""
    counts: NDArray[np.int64]
    """How many words each name has, shape (names,)."""


def sound_odds(names: Sequence[str], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how alike names sound with their words as they stand: log odds, minus infinity where one has no letter.

    Args:
        names: folded names.
        left: number of the left name of each pair.
        right: number of the right name of each pair.

    Example:
        >>> (sound_odds(["haifa", "חיפה", "רפיח"], np.array([0, 0]), np.array([1, 2])) > 0).tolist()
        [True, False]
    """
    return _odds(_encoded(names).names, left, right)


def compare_sounds(names: Sequence[str], left: NDArray[np.int64], right: NDArray[np.int64]) -> Sounds:
    """Compare names, those of several words also with their words in one order; the better counts.

    Args:
        names: folded names.
        left: number of the left name of each pair.
        right: number of the right name of each pair.
    """
    encoded = _encoded(names)
    odds = _odds(encoded.names, left, right)
    arranged = {}
    changed = _arranged(names, encoded, left, right, odds)
    again = _paid(changed.values())
    for (pair, arrangement), value in zip(changed.items(), again.tolist(), strict=True):
        if value > odds[pair]:
            odds[pair], arranged[pair] = value, arrangement
    return Sounds(odds, script_pairs(encoded.names, left, right), arranged)


def _encoded(names: Sequence[str]) -> _Names:
    """Split names into words and encode each word once."""
    flat = " ".join(names).split(" ")
    number = {word: number for number, word in enumerate(dict.fromkeys(flat))}
    parts = np.fromiter(map(number.__getitem__, flat), np.int64, len(flat))
    counts = np.fromiter((name.count(" ") + 1 for name in names), np.int64, len(names))
    words = encode(spell(list(number)), load_weights())
    letters = np.fromiter(map(len, number), np.int64, len(number))
    return _Names(join_words(words, parts, counts), words, letters, parts, counts)


def _odds(
    names: Encoded, left: NDArray[np.int64], right: NDArray[np.int64], *, least: float = -np.inf
) -> NDArray[np.float64]:
    """Return the log odds of pairs, with what is asked less of some scripts."""
    lengths = np.diff(names.starts)
    spelled = np.flatnonzero((lengths[left] > 0) & (lengths[right] > 0))
    left_spelled, right_spelled = left[spelled], right[spelled]
    less = np.array([thresholds()["less"][name] for name in SCRIPT_PAIRS])
    odds = np.full(len(left), -np.inf)
    found = log_odds(names, left_spelled, right_spelled, load_weights(), least=least)
    odds[spelled] = np.round(found + less[script_pairs(names, left_spelled, right_spelled)], 3)
    return odds


def _arranged(
    names: Sequence[str], encoded: _Names, left: NDArray[np.int64], right: NDArray[np.int64], odds: NDArray[np.float64]
) -> dict[int, Arrangement]:
    """Return the pairs of names of several words that do not match and have their words in another order."""
    several = (encoded.counts > 1) & (encoded.counts <= MOST_WORDS)
    pairs = np.flatnonzero((odds < 0) & several[left] & several[right])
    found = {}
    for pair, alike in _alike_words(encoded, left[pairs], right[pairs]).items():
        index = int(pairs[pair])
        arrangement = arrange(names[left[index]].split(" "), names[right[index]].split(" "), alike)
        if arrangement.changed:
            found[index] = arrangement
    return found


def _alike_words(
    encoded: _Names, left: NDArray[np.int64], right: NDArray[np.int64]
) -> dict[int, dict[tuple[int, int], float]]:
    """Return the words that are alike in pairs of names, by their places, and how alike: log odds above 0.

    Pairs without such words are left out, but for those where a word may be an initial: it has one letter.
    """
    sizes = encoded.counts[left] * encoded.counts[right]
    pairs = np.repeat(np.arange(len(left)), sizes)
    within = np.arange(len(pairs)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    i, j = np.divmod(within, encoded.counts[right][pairs])
    firsts = np.cumsum(encoded.counts) - encoded.counts
    one, two = encoded.parts[firsts[left][pairs] + i], encoded.parts[firsts[right][pairs] + j]
    initial = (encoded.letters[one] == 1) | (encoded.letters[two] == 1)
    words = np.flatnonzero(~initial)
    odds = _odds(encoded.words, one[words], two[words], least=thresholds()["order"]["least"])
    alike: dict[int, dict[tuple[int, int], float]] = {pair: {} for pair in np.unique(pairs[initial]).tolist()}
    for index, value in zip(words[odds > 0].tolist(), odds[odds > 0].tolist(), strict=True):
        alike.setdefault(int(pairs[index]), {})[int(i[index]), int(j[index])] = value
    return alike


def _paid(arranged: Collection[Arrangement]) -> NDArray[np.float64]:
    """Return the log odds of arranged names, after what the arrangement costs."""
    names = [found.left for found in arranged] + [found.right for found in arranged]
    left, right = np.arange(len(names)).reshape(2, -1)
    price = thresholds()["order"]
    turned, initials = (np.array([found[field] for found in arranged]) for field in (3, 2))
    odds = sound_odds(names, left, right)
    return np.round(odds - price["turned"] * turned - price["initial"] * initials, 3)
