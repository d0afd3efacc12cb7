"""The main part of a page: the smallest element with half of its body, found without a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.segment.main_part import in_main_part

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=12)


def smallest(page: list[tuple[int, int]]) -> list[bool]:
    """Return the main part of one page by looking at all runs of lines that an element of some depth can hold."""
    depths = [0, *(depth for depth, _ in page[1:])]
    sizes = [size for _, size in page]
    found = range(len(page))
    for depth in range(1, 6):
        for start in range(len(page)):
            stop = start + 1
            while stop < len(page) and depths[stop] >= depth:
                stop += 1
            run = range(start, stop)
            whole = depths[start] < depth and len(run) > 1
            if whole and 2 * sum(sizes[i] for i in run) > sum(sizes) and len(run) <= len(found):
                found = run
    return [i in found for i in range(len(page))]


@given(LINES)
def test_it_is_the_smallest_element_with_more_than_half(page: list[tuple[int, int]]) -> None:
    """No element with more than half of the body is smaller, and what is found holds half of it at least."""
    depths, sizes = np.array(page, np.int64).T
    inside = in_main_part(depths, np.zeros(len(page), np.int64), sizes)
    assert 2 * sizes[inside].sum() >= sizes.sum()
    assert inside.sum() <= sum(smallest(page))


@given(st.lists(LINES, min_size=1, max_size=4))
def test_a_page_has_the_same_main_part_in_any_batch(pages: list[list[tuple[int, int]]]) -> None:
    """Pages beside it change nothing."""
    alone = [in_main_part(*page_arrays(page)) for page in pages]
    depths, sizes = np.concatenate([np.array(page, np.int64) for page in pages]).T
    numbers = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    assert in_main_part(depths, numbers, sizes).tolist() == np.concatenate(alone).tolist()


def page_arrays(page: list[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the arguments of one page."""
    depths, sizes = np.array(page, np.int64).T
    return depths, np.zeros(len(page), np.int64), sizes


def test_all_of_a_page_without_a_body_is_main() -> None:
    """Where nothing is body nothing is outside."""
    nothing = np.zeros(3, np.int64)
    assert in_main_part(np.array([0, 2, 1]), nothing, nothing).all()
    assert in_main_part(nothing[:0], nothing[:0], nothing[:0]).tolist() == []
