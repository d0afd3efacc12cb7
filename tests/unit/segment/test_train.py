"""Training: lines aligned with a body, and a network that learns what it is shown."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.batch import Document
from bidi_news.gold import GoldBlock, GoldPage
from bidi_news.model import Label, Page
from bidi_news.segment.align import align
from bidi_news.segment.augment import NO_AUGMENTATION, augmented, transpose
from bidi_news.segment.network import OUTPUTS, save_network
from bidi_news.segment.recipe import Recipe
from bidi_news.segment.samples import read_samples
from bidi_news.segment.train import fit, page_f1_slope, save_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLAIN = Recipe(augmentation=NO_AUGMENTATION, grafts=0, teachers=0)
BODY = [
    "The council met on Tuesday to discuss the lamp, the stairs and the birds.",
    "It decided nothing.",
    "Another meeting was called for the day after the birds are expected to leave.",
]


def test_long_lines_anchor_and_short_ones_stand_between() -> None:
    """A short line is body only where the body has it, between its neighbours."""
    lines = ["It decided nothing.", "Menu", *BODY, "Share", "It decided nothing."]
    assert align(lines, " ".join(BODY)) == [False, False, True, True, True, False, False]


def test_nothing_aligns_with_an_empty_body() -> None:
    """A page without an article has no line of body."""
    assert align(BODY, "") == [False, False, False]


def labelled(*lines: str, gold: GoldPage) -> tuple[Document, GoldPage]:
    """Return a plain-text document with its labels."""
    page = Page(text="\n".join(lines))
    return Document(page=page, text=page.text or ""), replace(gold, text=page)


def pages() -> list[tuple[Document, GoldPage]]:
    """Return small pages: a menu, three paragraphs, a foot."""
    gold = GoldPage(id=1, body="\n".join(BODY))
    return [labelled("Home", "News", "Sport", *BODY, "Share", "Terms", gold=gold) for _ in range(8)]


def test_training_learns_and_is_reproducible() -> None:
    """A few passes tell paragraphs from menus, and the same seed gives the same numbers."""
    recipe = replace(PLAIN, epochs=200, blinding=0, column_dropout=0)
    samples = list(read_samples(pages(), recipe))
    first, second = fit(samples, recipe), fit(samples, recipe)
    scores = first.scores(samples[0].features, np.zeros(len(samples[0].features), np.int64))[:, 0]
    assert (scores > 0).tolist() == [False] * 3 + [True] * 3 + [False] * 2
    for one, other in zip(first.layers, second.layers, strict=True):
        assert np.array_equal(one.weights, other.weights)


def test_labelled_blocks_train_too() -> None:
    """Labelled lines give each output its own; a crosshead is body too."""
    spans = {"headline": (0, 5), "deck": (6, 10), "crosshead": (11, 15), "body": (16, 28), "caption": (29, 35)}
    gold = GoldPage(id=1, blocks=tuple(GoldBlock(*span, Label(name)) for name, span in spans.items()))
    page = labelled("Title", "Deck", "Head", "A paragraph.", "A lamp", gold=gold)
    sample = next(read_samples([page], PLAIN))
    wanted = [["headline"], ["deck"], ["body", "crosshead"], ["body"], ["caption"]]
    assert [[OUTPUTS[i] for i in np.flatnonzero(row)] for row in sample.labels] == wanted
    assert sample.known.all()


def test_a_known_body_says_nothing_of_an_unknown_headline() -> None:
    """Where only the body is known, the headline is learned from only if it is stated and found."""
    gold = GoldPage(id=1, body=BODY[0])
    unknown, known = (
        next(read_samples([labelled("Lamp and birds", BODY[0], gold=page)], PLAIN))
        for page in (gold, replace(gold, facts={"headline": "Lamp and Birds"}))
    )
    assert np.flatnonzero(unknown.known).tolist() == [0]
    assert np.flatnonzero(known.known).tolist() == [0, 1]
    assert known.labels[:, :2].tolist() == [[0, 1], [1, 0]]


def test_an_output_that_no_page_speaks_of_is_left_out() -> None:
    """Pages of which only the body is known train a network with one output."""
    assert fit(list(read_samples(pages(), PLAIN)), replace(PLAIN, epochs=1)).outputs == ("body",)


def test_labelled_pages_are_learned_from_several_times() -> None:
    """A page with labelled lines is taken as often as the recipe says, and measured once; another is taken once."""
    recipe = replace(PLAIN, repeats=3)
    gold = GoldPage(id=1, blocks=(GoldBlock(0, 5, Label.HEADLINE),), layout="lamp")
    samples = list(read_samples([labelled("Title", gold=gold), pages()[0]], recipe))
    assert [(*sample.sites, sample.whole) for sample in samples] == [
        ("lamp", True),
        ("lamp", False),
        ("lamp", False),
        ("1", True),
    ]


def test_a_model_carries_a_note_and_the_same_weights() -> None:
    """The note is one more file of the archive, whose bytes are the same every time; the weights are as without it."""
    samples = list(read_samples(pages(), PLAIN))
    network = fit(samples, replace(PLAIN, epochs=1))
    first, second = (save_model(network, {"seed": 0}) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as noted, zipfile.ZipFile(io.BytesIO(save_network(network))) as plain:
        assert json.loads(noted.read("training.json")) == {"seed": 0}
        assert [noted.read(name) for name in plain.namelist()] == [plain.read(name) for name in plain.namelist()]


def test_the_kept_network_learns_from_its_teachers() -> None:
    """It still tells paragraphs from menus, and its numbers are not those of a network that learned alone."""
    wrong = labelled("Home", "News", "Sport", *BODY, "Share", "Terms", gold=GoldPage(id=2, body=""))
    recipe = replace(PLAIN, epochs=60, blinding=0, column_dropout=0)
    samples = list(read_samples([*pages(), wrong], recipe))
    alone, taught = fit(samples, recipe), fit(samples, replace(recipe, teachers=2, softness=0.9))
    rows, line = samples[0].features, np.zeros(len(samples[0].features), np.int64)
    body = slice(3, 6)
    assert taught.scores(rows, line)[body, 0].min() > 0
    assert not np.array_equal(alone.layers[0].weights, taught.layers[0].weights)


def test_every_network_counts_its_epochs() -> None:
    """Progress is told once for each pass of each network, teachers too."""
    told: list[None] = []
    recipe = replace(PLAIN, epochs=2, teachers=3)
    fit(list(read_samples(pages(), recipe)), recipe, progress=lambda: told.append(None))
    assert len(told) == 2 * (1 + 3)


PAGE = ["Home", "News", *BODY, BODY[0], "Share", "Terms"]
IS_BODY = np.array([[0], [0], [1], [1], [1], [1], [0], [0]], np.float32)


def made(**shares: float) -> list[list[tuple[int, str]]]:
    """Return the pages of some kinds that are made of one page."""
    return list(augmented(PAGE, IS_BODY, replace(NO_AUGMENTATION, **shares), np.random.default_rng(0)))


def test_each_kind_of_page_is_made() -> None:
    """Flashes, bare pages and chopped pages have the lines that they are named for, in that order."""
    flash, bare, chopped = made(flashes=1, bare=1, chopped=1)
    assert [i for i, _ in flash if IS_BODY[i, 0]] in ([2], [2, 4])
    assert {2, 3, 4} <= {i for i, _ in bare}
    assert [line for i, line in chopped if i == 2] == [BODY[0]]
    (other,) = made(transposed=1)
    assert [i for i, _ in other] == list(range(8))
    assert [line for _, line in other] != PAGE


def test_a_hollow_page_has_nothing_of_the_article() -> None:
    """Only furniture is left."""
    assert made(hollow=1) == [[(0, "Home"), (1, "News"), (6, "Share"), (7, "Terms")]]


def test_a_clipped_page_keeps_its_lines_and_shortens_paragraphs() -> None:
    """Every line stays in its place; furniture is as it was, and no paragraph has more than ten words."""
    (page,) = made(clipped=1)
    assert [i for i, _ in page] == list(range(8))
    assert [line for i, line in page if not IS_BODY[i, 0]] == ["Home", "News", "Share", "Terms"]
    shortened = [line for i, line in page if IS_BODY[i, 0] and line != PAGE[i]]
    assert shortened
    assert all(line.strip() and len(line.split()) <= 10 for line in shortened)


def test_a_live_page_has_times_that_are_no_body() -> None:
    """Times of day stand between the paragraphs, labelled as furniture, and every paragraph is there."""
    (page,) = made(live=1)
    times = [i for i, line in page if line.replace(".", ":").replace(":", "").isdigit()]
    assert times
    assert not IS_BODY[times, 0].any()
    assert [line for _, line in page if line in PAGE] == PAGE


def test_a_word_becomes_the_same_word_everywhere() -> None:
    """Known words become known words of their kind, others keep their identity in the other script."""
    known: dict[str, str] = {}
    first, second = transpose("Share lamp", "he", known), transpose("lamp", "he", known)
    assert first.split()[1] == second
    assert not any(char.isascii() and char.isalpha() for char in first)


def test_the_slope_of_the_f1_of_a_page() -> None:
    """It is what the F1 of the words gains with each logit, page by page; a page without a body has none."""
    random = np.random.default_rng(0)
    starts, words = np.array([0, 4, 9]), random.integers(1, 30, 12).astype(np.float32)
    body, logits = np.array([0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0], np.float32), random.standard_normal(12)

    def gained(logits: NDArray[np.float64]) -> float:
        chance = 1 / (1 + np.exp(-logits))
        pages = zip(*(np.split(part, starts[1:]) for part in (words, body, chance)), strict=True)
        return float(sum(2 * (w * y * c).sum() / (w * (y + c)).sum() for w, y, c in pages if y.any()))

    slope = page_f1_slope(1 / (1 + np.exp(-logits)), body, words, starts)
    moved = 1e-5 * np.eye(12)
    assert np.allclose(slope, [(gained(logits + d) - gained(logits - d)) / 2e-5 for d in moved], atol=1e-6)
    assert not slope[9:].any()
