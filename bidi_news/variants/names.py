"""Match names across spellings and scripts: the odds that two are spellings of one name, and why.

Names are folded to letters (:mod:`bidi_news.variants.alphabet`), aligned letter by letter (:mod:`alignment`), and the
alignment is judged (:mod:`likeness`). Where that says no, names of several words are compared again with their words
in one order (:mod:`words`). What is known of the two besides comes first (:mod:`knowledge`).

A score is the share of pairs of this likeness that are spellings of one name, if as many pairs are as are not and those
that are not look alike: 0.5 and more is the same name.

Example:
    >>> match_names("Qaddafi", "קדאפי").same, match_names("Qaddafi", "Netanyahu").same
    (True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.variants.alignment import BOTH, LEFT, UNIT, align, encode, load_weights
from bidi_news.variants.alphabet import LONGEST, fold_names, spell
from bidi_news.variants.knowledge import apply_knowledge, known_of
from bidi_news.variants.likeness import SCRIPT_PAIRS, log_odds, script_pairs, thresholds
from bidi_news.variants.words import MOST_WORDS, arrange, without_designations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.variants.knowledge import Rule

__all__ = ["NameMatch", "Scores", "Step", "match_names", "score_pairs", "sound_odds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an alignment."""

    left: str
    """Letter of the first name; empty where it has none."""
    right: str
    """Letter of the second name; empty where it has none."""
    worth: float
    """What the step adds to the likeness, in units of log odds; below 0 it speaks against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How alike two names are, and why."""

    score: float
    """Probability from 0 to 1, three decimals; 0.5 and more is the same name."""
    same: bool
    """Whether the two are spellings of one name."""
    rule: Rule
    """What decided."""
    steps: tuple[Step, ...]
    """The alignment of the letters that were compared."""


class Scores(NamedTuple):
    """How alike the names of many pairs are."""

    scores: NDArray[np.float64]
    """Probability of each pair from 0 to 1, three decimals; 0.5 and more is the same name."""
    rules: tuple[Rule, ...]
    """What decided each pair."""


def match_names(a: str, b: str) -> NameMatch:
    """Compare two names, whatever the scripts they are written in.

    Args:
        a: first name; letters after the 64th do not count.
        b: second name; the order of the two does not matter.

    Example:
        >>> match = match_names("Haaretz", "הארץ")
        >>> match.same, [step.right for step in match.steps]
        (True, ['ה', 'א', '', 'ר', '', '', 'ץ'])
    """
    compared = _compare([a], [b])
    [score], [rule] = compared.result.scores.tolist(), compared.result.rules
    turned = a > b
    steps = (
        Step(left=right, right=left, worth=worth) if turned else Step(left=left, right=right, worth=worth)
        for left, right, worth in _steps(*compared.forms[0])
    )
    return NameMatch(score=score, same=score >= 0.5, rule=rule, steps=tuple(steps))


def score_pairs(a: Sequence[str], b: Sequence[str]) -> Scores:
    """Compare many pairs of names at once; each pair scores as :func:`match_names` scores it alone.

    Args:
        a: first name of each pair.
        b: second name of each pair.

    Example:
        >>> (score_pairs(["Sharon", "Sharon"], ["שרון", "رفح"]).scores >= 0.5).tolist()
        [True, False]
    """
    return _compare(a, b).result


class _Compared(NamedTuple):
    """Scores, and the folded names that they are of."""

    result: Scores
    forms: list[tuple[str, str]]


def _compare(a: Sequence[str], b: Sequence[str]) -> _Compared:
    """Compare pairs of names; the lesser string of a pair is its left one, so that the order does not matter."""
    names = sorted({*a, *b})
    number = {name: index for index, name in enumerate(names)}
    ends = np.array([[number[x] for x in a], [number[x] for x in b]], np.int64).reshape(2, -1)
    left, right = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
    folded = fold_names(names)
    forms = [
        without_designations(folded[x], folded[y]) if " " in folded[x] or " " in folded[y] else (folded[x], folded[y])
        for x, y in zip(left, right, strict=True)
    ]
    odds, pairs = sound_odds(forms)
    equal = [form == other and (form != "" or x == y) for (form, other), x, y in zip(forms, left, right, strict=True)]
    _rearrange(forms, odds)
    known = known_of(names, folded)
    rules = apply_knowledge(odds, pairs, equal, [(known[x], known[y]) for x, y in zip(left, right, strict=True)])
    scores = np.round(1 / (1 + np.exp(-odds)), 3)
    return _Compared(Scores(scores, rules), forms)


def sound_odds(forms: Sequence[tuple[str, str]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return how alike names sound, whatever else is known of them: log odds, and the numbers of their scripts.

    Args:
        forms: pairs of names, folded (:func:`bidi_news.variants.alphabet.fold_names`).

    Returns:
        Log odds of each pair, shape (pairs,), minus infinity where a name has no letter; and its number in
        :data:`~bidi_news.variants.likeness.SCRIPT_PAIRS`.

    Example:
        >>> (sound_odds([("haifa", "חיפה"), ("haifa", "רפיח")])[0] > 0).tolist()
        [True, False]
    """
    names = dict.fromkeys(name for pair in forms for name in pair)
    for index, name in enumerate(names):
        names[name] = index
    weights = load_weights()
    encoded = encode(spell(list(names)), weights)
    left, right = (np.array([names[pair[side]] for pair in forms], np.int64) for side in (0, 1))
    lengths = np.diff(encoded.spelled.starts)
    spelled = np.flatnonzero((lengths[left] > 0) & (lengths[right] > 0))
    odds = np.full(len(forms), -np.inf)
    pairs = script_pairs(encoded, left, right)
    less = np.array([thresholds()["less"][name] for name in SCRIPT_PAIRS])
    odds[spelled] = np.round(log_odds(encoded, left[spelled], right[spelled], weights) + less[pairs[spelled]], 3)
    return odds, pairs


def _rearrange(forms: list[tuple[str, str]], odds: NDArray[np.float64]) -> None:
    """Compare names of several words that do not match once more, with their words in one order; keep the better."""
    words = {}
    for index in np.flatnonzero(odds < 0).tolist():
        left, right = forms[index][0].split(" "), forms[index][1].split(" ")
        if 2 <= len(left) <= MOST_WORDS and 2 <= len(right) <= MOST_WORDS:
            words[index] = left, right
    if not words:
        return
    pairs = list(dict.fromkeys((x, y) for left, right in words.values() for x in left for y in right))
    alike = dict(zip(pairs, sound_odds(pairs)[0].tolist(), strict=True))
    arranged = {index: arrange(left, right, alike) for index, (left, right) in words.items()}
    arranged = {index: found for index, found in arranged.items() if found.changed}
    again, _ = sound_odds([(found.left, found.right) for found in arranged.values()])
    price = thresholds()["order"]
    for (index, found), value in zip(arranged.items(), again.tolist(), strict=True):
        paid = value - price["turned"] * found.turned - price["initial"] * found.initials
        if paid > odds[index]:
            odds[index] = round(paid, 3)
            forms[index] = found.left, found.right


def _steps(left: str, right: str) -> list[tuple[str, str, float]]:
    """Return the best alignment of two folded names: two letters and their worth, step by step."""
    weights = load_weights()
    encoded = encode(spell([left, right]), weights)
    start, middle, end = encoded.spelled.starts.tolist()
    if not start < middle < end:
        return []
    ways = align(encoded, np.array([0]), np.array([1]), weights)
    letters = left.replace(" ", "")[:LONGEST], right.replace(" ", "")[:LONGEST]
    i = j = 0
    steps = []
    for move, worth in zip(ways.moves[::-1, 0].tolist(), ways.worths[::-1, 0].tolist(), strict=True):
        has_left, has_right = move in {BOTH, LEFT}, move != LEFT
        steps.append((letters[0][i] if has_left else "", letters[1][j] if has_right else "", round(worth / UNIT, 2)))
        i, j = i + has_left, j + has_right
    return steps
