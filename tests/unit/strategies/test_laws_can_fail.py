"""Each law refuses a record that breaks it: a law that cannot fail would prove nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bidi_news.model import Article, Block, Blocks, Edit, Image, Issue, Label, Page, Timestamp, Versions
from bidi_news.strategies import (
    assert_batch_invariant,
    assert_idempotent,
    assert_lossless,
    assert_no_silent_guess,
    assert_offsets,
    assert_reversible,
    assert_total,
    laws,
)

TEXT = " Shi'ite groups\n\nPosted: 04/05/2017"
STAMP = Timestamp(
    iso=None,
    precision="day",
    ambiguous=True,
    candidates=("2017-04-05", "2017-05-04"),
    raw="04/05/2017",
    start=25,
    end=35,
    label="Posted",
    role="published",
    order=None,
    zone=None,
    evidence=(),
)
DECIDED = replace(STAMP, iso="2017-05-04", ambiguous=False, candidates=("2017-05-04",), evidence=("weekday",))
EDIT = Edit(
    start=1,
    end=8,
    surface="Shi'ite",
    canonical="Shiite",
    lexeme="shiite",
    family="shia",
    action="replace",
    rule="lexicon",
    score=1.0,
)


def blocks(*spans: tuple[int, int]) -> Blocks:
    """Return body blocks at some places."""
    return Blocks.of(Block(start=start, end=end, label=Label.BODY, language="en", score=1.0) for start, end in spans)


GOOD = Article(
    id=None,
    status="ok",
    text=TEXT,
    body="Shi'ite groups\n\nPosted: 04/05/2017",
    normalized="Shiite groups\n\nPosted: 04/05/2017",
    blocks=blocks((1, 15), (17, 35)),
    published=STAMP,
    edits=(EDIT,),
    versions=Versions(bidi_news="0", data="0"),
)


@pytest.mark.parametrize("law", [assert_lossless, assert_offsets, assert_reversible, assert_no_silent_guess])
def test_a_good_record_passes(law: object) -> None:
    """The record that the other tests break is good."""
    assert callable(law)
    law(GOOD)


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(1, 15)], "after the last block"),
        ([(17, 35)], "has no label"),
        ([(1, 15), (14, 35)], "out of order"),
        ([(17, 35), (1, 15)], "has no label"),
        ([(0, 15), (17, 35)], "outer white space"),
        ([(1, 35)], "more than one line"),
        ([(1, 15), (17, 36)], "out of the text"),
        ([(1, 15), (17, 17), (17, 35)], "empty"),
    ],
)
def test_lossless_refuses(spans: list[tuple[int, int]], message: str) -> None:
    """Law 1 refuses blocks that leave a line out, overlap, swap, take in white space, join lines or pass the end."""
    with pytest.raises(AssertionError, match=message):
        assert_lossless(replace(GOOD, blocks=blocks(*spans)))


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, edits=(replace(EDIT, start=2),)),
        replace(GOOD, published=replace(STAMP, end=34)),
        replace(GOOD, published=replace(STAMP, end=None)),
        replace(GOOD, modified=replace(STAMP, start=16)),
    ],
)
def test_offsets_refuse(broken: Article) -> None:
    """Law 2 refuses a surface or a stamp that does not stand where the record says."""
    with pytest.raises(AssertionError):
        assert_offsets(broken)


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, images=(Image(caption=None, credit="AFP", start=30, end=99),)),
        replace(GOOD, issues=(Issue(code="x", message="y", start=30, end=99),)),
    ],
)
def test_offsets_refuse_places_outside(broken: Article) -> None:
    """Law 2 refuses an image or an issue past the end of the text."""
    with pytest.raises(ValueError, match="reaches past"):
        assert_offsets(broken)


def test_reversible_refuses_overlapping_edits() -> None:
    """Law 3 refuses two edits of one place."""
    with pytest.raises(AssertionError, match="overlaps"):
        assert_reversible(replace(GOOD, edits=(EDIT, EDIT)))


def test_reversible_refuses_a_change_outside_the_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 3 refuses a normalized text that differs outside the edits."""
    monkeypatch.setattr(laws, "apply_edits", lambda text, _: text.upper())
    with pytest.raises(AssertionError, match="outside the edits"):
        assert_reversible(GOOD)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (replace(GOOD, body="Shi'ite groups"), "text of its blocks"),
        (replace(GOOD, normalized=GOOD.body), "after its edits"),
    ],
)
def test_reversible_refuses_another_body(broken: Article, message: str) -> None:
    """Law 3 refuses a body that its blocks do not have, and a normalized body that its edits do not make."""
    with pytest.raises(AssertionError, match=message):
        assert_reversible(broken)


@pytest.mark.parametrize(
    "stamp",
    [
        replace(STAMP, ambiguous=False),
        replace(STAMP, candidates=("2017-04-05",)),
        replace(DECIDED, evidence=()),
        replace(DECIDED, candidates=("2017-04-05",)),
        replace(DECIDED, iso="2017-05-04T10:00:00", precision="minute", candidates=("2017-05-04T10:00:00",)),
        replace(DECIDED, iso="2017-13-04", candidates=("2017-13-04",)),
    ],
)
def test_no_silent_guess_refuses(stamp: Timestamp) -> None:
    """Law 6 refuses an open date without flag or candidates, a decided one without evidence, and values of no date."""
    with pytest.raises(AssertionError):
        assert_no_silent_guess(replace(GOOD, published=stamp))


def test_idempotent_refuses_a_second_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 4 refuses a text that is edited again."""
    monkeypatch.setattr(laws, "normalize_variants", lambda text, _: (text, (EDIT,)))
    with pytest.raises(AssertionError, match="edited again"):
        assert_idempotent(Page(text="Shi'ite groups"))


def test_batch_invariance_refuses_a_record_that_knows_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 5 refuses a record that depends on how many pages stand beside it."""
    monkeypatch.setattr(laws, "normalize", lambda *_: GOOD)
    monkeypatch.setattr(laws, "normalize_batch", lambda pages, _: [replace(GOOD, deck=str(len(pages)))] * len(pages))
    with pytest.raises(AssertionError, match="another record"):
        assert_batch_invariant([Page(text="one"), Page(text="two")])


def test_batch_invariance_refuses_a_lost_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 5 refuses a batch that gives fewer records than pages."""
    monkeypatch.setattr(laws, "normalize_batch", lambda pages, _: [GOOD] * (len(pages) - 1))
    with pytest.raises(AssertionError, match="pages gave"):
        assert_batch_invariant([Page(text="one"), Page(text="two")])


def test_total_refuses_an_error_without_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law 7 refuses an error record that does not say why."""
    monkeypatch.setattr(laws, "normalize", lambda *_: replace(GOOD, status="error"))
    with pytest.raises(AssertionError, match="disagree"):
        assert_total(b"")
