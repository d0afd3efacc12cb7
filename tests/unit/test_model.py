"""The values of bidi_news.model: what they refuse, and that they are immutable."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news import model
from bidi_news.errors import SpanError
from bidi_news.model import Block, Blocks, Failure, Label, Page, Span

TWO = Blocks.of(
    [
        Block(start=0, end=3, label=Label.HEADLINE, language="en", score=0.9, tag="h1"),
        Block(start=5, end=9, label=Label.BODY, language="he", score=0.8, tag="p"),
    ]
)


def public_values() -> list[type]:
    """Return the public dataclasses of the module."""
    found = [getattr(model, name) for name in model.__all__]
    return [value for value in found if dataclasses.is_dataclass(value) and isinstance(value, type)]


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_span_refuses_bounds_that_no_text_has(start: int, end: int) -> None:
    """A negative or reversed span cannot be made."""
    with pytest.raises(SpanError, match=str(start)):
        Span(start, end)


@given(st.text(), st.data())
def test_span_slices_code_points(text: str, data: st.DataObject) -> None:
    """A span inside a text gives the same part as slicing does, and its length counts code points."""
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert span.of(text) == text[span.start : span.end]
    assert len(span) == len(span.of(text))


def test_span_refuses_a_text_too_short() -> None:
    """Slicing past the end is an error, not a shorter string as Python's own slice gives."""
    with pytest.raises(SpanError, match="3 code points"):
        Span(1, 4).of("abc")


@pytest.mark.parametrize(
    "contents",
    [
        {},
        {"text": "a", "html": "<p>"},
        {"text": "", "data": b""},
        {"html": "", "failure": Failure(code="x", message="y")},
    ],
)
def test_page_has_exactly_one_content(contents: dict[str, object]) -> None:
    """A page without content, or with two, cannot be made; an empty string is content."""
    with pytest.raises(ValueError, match="exactly one"):
        Page(**contents)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("contents", [{"text": ""}, {"html": ""}, {"data": b""}])
def test_empty_content_is_content(contents: dict[str, object]) -> None:
    """An empty page is a page."""
    assert Page(**contents).id is None  # type: ignore[arg-type]  # one field at a time


def test_blocks_are_a_sequence_of_blocks() -> None:
    """The columns read like a tuple of blocks: length, index from both ends, slice, order, membership."""
    first, second = list(TWO)
    assert (len(TWO), TWO[0], TWO[-1], TWO[0:]) == (2, first, second, (first, second))
    assert first == Block(start=0, end=3, label=Label.HEADLINE, language="en", score=0.9, tag="h1")
    assert second in TWO


def test_blocks_refuse_an_index_outside() -> None:
    """There is no third block of two."""
    with pytest.raises(IndexError):
        TWO[2]


def test_blocks_compare_by_what_they_say() -> None:
    """Equal blocks are equal and hash alike, however their languages are numbered; others differ."""
    first, second = TWO
    again = Blocks.of([second, first])
    assert Blocks.of(TWO) == TWO
    assert hash(Blocks.of(TWO)) == hash(TWO)
    assert again != TWO
    assert list(again) == [second, first]
    assert (first, second) != TWO


def test_blocks_by_label() -> None:
    """Blocks are chosen by any of several labels, in page order."""
    assert [block.start for block in TWO.labelled(Label.BODY, Label.HEADLINE)] == [0, 5]
    assert TWO.labelled(Label.CREDIT) == ()


@pytest.mark.parametrize("value", public_values())
def test_values_are_frozen_and_slotted(value: type) -> None:
    """No public value can be changed or given a stray attribute."""
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]  # what @dataclass leaves behind
    assert "__slots__" in vars(value)


def test_values_travel_between_processes() -> None:
    """A page and its blocks survive pickling, as worker processes need."""
    page = Page(id={"n": 1}, text="כותרת")
    assert pickle.loads(pickle.dumps((page, TWO))) == (page, TWO)  # noqa: S301  (our own bytes)
