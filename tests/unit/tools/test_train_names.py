"""The recipe of the model of names."""

from __future__ import annotations

import numpy as np
import pytest

from bidi_news.variants import alignment, vectors
from bidi_news.variants.alphabet import spell
from tools.name_pairs import KINDS, Names, draw
from tools.soft_alignment import soft_alignment
from tools.train_names import Learner, Parameters, whole

HEBREW = {"sharon": "שרון", "peres": "פרס", "rabin": "רבין", "olmert": "אולמרט", "levi": "לוי", "cohen": "כהן"}
ARABIC = {"sharon": "شارون", "peres": "بيريز", "arafat": "عرفات", "abbas": "عباس", "rabin": "رابين"}
LATIN = [("cohen", "kohen"), ("levi", "levy")]


@pytest.fixture(scope="module")
def names() -> Names:
    """Return a few names."""
    return Names(HEBREW, ARABIC, LATIN)


def test_pairs_are_of_one_name_or_of_two(names: Names) -> None:
    """Pairs of one name are those of the tables; pairs of two never share an entity; none that is held out is drawn."""
    spellings = list(names.number)
    known = {(other, name) for table in (HEBREW, ARABIC) for name, other in table.items()} | {*LATIN}
    known |= {(HEBREW[name], ARABIC[name]) for name in HEBREW.keys() & ARABIC.keys()}
    drawn = draw(names, np.random.default_rng(1), held_out=False)
    assert {1, 0} == {*drawn[:, 2].tolist()}
    for a, b, same, kind in drawn.tolist():
        assert KINDS[kind] in {"LL", "HL", "AL", "HA"}
        assert ((spellings[a], spellings[b]) in known) == bool(same)


@pytest.mark.parametrize("softness", [0.5, 0.1])
def test_gradients_are_those_of_the_loss(names: Names, softness: float) -> None:
    """A small change of any parameter changes the loss as its gradient says."""
    now, learner = Parameters(np.random.default_rng(2)), Learner(list(names.number))
    now.gaps += np.float32(0.05)
    pairs = draw(names, np.random.default_rng(3), held_out=False)[:24]

    def loss() -> float:
        """Return the mean logistic loss, pair by pair."""
        total = 0.0
        for left, right, same, kind in pairs.tolist():
            sides = [learner._side(now, np.array([x]), learner.lengths[[x]]) for x in (left, right)]  # noqa: SLF001
            codes = [learner.codes[side[0]][0] for side in sides]
            fit = (sides[0][2][0] * now.signs) @ sides[1][2][0].T + now.letter_pairs[np.ix_(*codes)]
            counts = learner.lengths[[left]], learner.lengths[[right]]
            worth, _ = soft_alignment(fit[None], sides[0][3], sides[1][3], counts, softness)
            tens = (counts[0][0] + counts[1][0]) / 10 - 1
            odds = float(worth[0]) + float(now.kinds[kind]) + float(now.lengths[kind]) * tens
            total += float(np.logaddexp(0, -odds if same else odds))
        return total / len(pairs)

    found = learner.gradients(now, pairs, softness)
    random = np.random.default_rng(4)
    for name, values in now.learned().items():
        direction = random.normal(size=values.shape).astype(np.float32) * (found[name] != 0)
        if name == "letter_pairs":
            direction = (direction + direction.T) / 2  # the table is the same in both orders
        step = np.float32(1e-3)
        start = values.copy()
        values[...] = start + step * direction
        above = loss()
        values[...] = start - step * direction
        below = loss()
        values[...] = start
        assert (above - below) / (2 * step) == pytest.approx(float((found[name] * direction).sum()), rel=0.1, abs=2e-2)


def test_whole_numbers_hardly_change_an_alignment(names: Names) -> None:
    """The rounded aligner finds alignments of about the same worth."""
    now, learner = Parameters(np.random.default_rng(5)), Learner(list(names.number))
    encoded = vectors.encode(spell(list(names.number)), whole(now))
    left, right = np.array([names.number["sharon"]]), np.array([names.number["שרון"]])
    grid = alignment.align(encoded, left, right, whole(now))
    sides = [learner._side(now, x, learner.lengths[x]) for x in (left, right)]  # noqa: SLF001
    codes = [learner.codes[side[0]][0] for side in sides]
    fit = (sides[0][2][0] * now.signs) @ sides[1][2][0].T + now.letter_pairs[np.ix_(*codes)]
    counts = learner.lengths[left], learner.lengths[right]
    worth, _ = soft_alignment(fit[None], sides[0][3], sides[1][3], counts, 0)
    assert int(grid.worths[0]) / vectors.UNIT == pytest.approx(float(worth[0]), abs=0.5)
