"""Grouping loses no item, and a page that breaks the work on its group is alone in that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import BATCH_BYTES
from bidi_news.errors import OptionError
from bidi_news.groups import each_page, into_batches
from bidi_news.model import Page


@given(st.lists(st.none() | st.integers(1, BATCH_BYTES * 2)))
def test_batches_hold_every_item(items: list[int | None]) -> None:
    """Batches in order hold every item once, are closed as soon as they are full, and end at each pause."""
    batches = list(into_batches(items, weigh=int))
    assert [x for batch in batches if batch for x in batch] == [x for x in items if x is not None]
    assert batches.count(None) == items.count(None)
    assert all(batch is None or (batch and sum(batch[:-1]) < BATCH_BYTES) for batch in batches)


@given(st.lists(st.booleans(), max_size=40))
def test_broken_pages_are_alone(sound: list[bool]) -> None:
    """However many pages break the work, each gives its own failure and every other its result, in order."""

    def work(group: list[Page]) -> list[int]:
        return [1 // len(page.text or "") for page in group]

    pages = [Page(text="a" if good else "") for good in sound]
    found = list(each_page(pages, work, lambda _, failure: int(failure.code != "internal_error")))
    assert found == [int(good) for good in sound]


def test_errors_of_the_caller_are_raised() -> None:
    """A wrong option fails the call and is not written into the record of every page."""

    def work(group: list[Page]) -> list[int]:
        raise OptionError(f"no style for {len(group)} pages")

    with pytest.raises(OptionError, match="no style"):
        list(each_page([Page(text="a")], work, lambda *_: 0))
