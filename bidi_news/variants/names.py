"""Match names across spellings and scripts: the odds that two are spellings of one name, and why.

Names are folded to letters (:mod:`bidi_news.variants.alphabet`), and it is judged how alike they sound
(:mod:`sounds`). What is known of the two besides comes first (:mod:`knowledge`).

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

from bidi_news.variants.alignment import BOTH, LEFT, align, trace
from bidi_news.variants.alphabet import LONGEST, fold_names, spell
from bidi_news.variants.knowledge import apply_knowledge, known_of
from bidi_news.variants.sounds import compare_sounds
from bidi_news.variants.vectors import UNIT, encode, load_weights
from bidi_news.variants.words import has_designation, without_designations

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from bidi_news.variants.knowledge import Rule
    from bidi_news.variants.words import Arrangement

__all__ = ["NameMatch", "Scores", "Step", "match_names", "score_pairs"]


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
        for left, right, worth in _steps(*compared.forms_of(0))
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
    forms: list[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    arranged: dict[int, Arrangement]

    def forms_of(self, pair: int) -> tuple[str, str]:
        """Return the two names of a pair as they were compared at last."""
        if pair in self.arranged:
            return self.arranged[pair].left, self.arranged[pair].right
        return self.forms[self.left[pair]], self.forms[self.right[pair]]


def _compare(a: Sequence[str], b: Sequence[str]) -> _Compared:
    """Compare pairs of names; the lesser string of a pair is its left one, so that the order does not matter."""
    lesser, greater = list(map(min, a, b)), list(map(max, a, b))
    names = {name: number for number, name in enumerate(dict.fromkeys(lesser + greater))}
    one, two = _numbers(lesser, names), _numbers(greater, names)
    folded = fold_names(names)
    forms = {form: number for number, form in enumerate(dict.fromkeys(folded))}
    form = _numbers(folded, forms)
    left, right = form[one], form[two]
    _leave_out_designations(forms, left, right)
    sounds = compare_sounds(list(forms), left, right)
    equal = (left == right) & ((left != forms.get("", -1)) | (one == two))
    rules = apply_knowledge(sounds, equal, known_of(names, folded), one, two)
    scores = np.round(1 / (1 + np.exp(-sounds.odds)), 3)
    return _Compared(Scores(scores, rules), list(forms), left, right, sounds.arranged)


def _numbers(values: Collection[str], number: dict[str, int]) -> NDArray[np.int64]:
    """Return the number of each string."""
    return np.fromiter(map(number.__getitem__, values), np.int64, len(values))


def _leave_out_designations(forms: dict[str, int], left: NDArray[np.int64], right: NDArray[np.int64]) -> None:
    """Leave out of pairs of names what they are called; names that are left of others get a number."""
    names = list(forms)
    designated = np.fromiter(map(has_designation, names), bool, len(names))
    for pair in np.flatnonzero(designated[left] | designated[right]).tolist():
        rest = without_designations(names[left[pair]], names[right[pair]])
        left[pair], right[pair] = (forms.setdefault(name, len(forms)) for name in rest)


def _steps(left: str, right: str) -> list[tuple[str, str, float]]:
    """Return the best alignment of two folded names: two letters and their worth, step by step."""
    weights = load_weights()
    encoded = encode(spell([left, right]), weights)
    start, middle, end = encoded.starts.tolist()
    if not start < middle < end:
        return []
    ways = trace(align(encoded, np.array([0]), np.array([1]), weights), np.array([0]))
    letters = left.replace(" ", "")[:LONGEST], right.replace(" ", "")[:LONGEST]
    i = j = 0
    steps = []
    for move, worth in zip(ways.moves[::-1, 0].tolist(), ways.worths[::-1, 0].tolist(), strict=True):
        has_left, has_right = move in {BOTH, LEFT}, move != LEFT
        steps.append((letters[0][i] if has_left else "", letters[1][j] if has_right else "", round(worth / UNIT, 2)))
        i, j = i + has_left, j + has_right
    return steps
