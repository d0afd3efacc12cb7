"""Bytes read eight at a time, and keys found without a search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.read.eights import Slots, eights, gather, padded, runs, sorted_places


@given(st.binary(max_size=40))
def test_eights_are_the_bytes_that_begin_at_each_byte(data: bytes) -> None:
    """From every byte on, the first of the next eight is the lowest byte of the number."""
    found = eights(np.frombuffer(padded([data]), np.uint8), np.arange(len(data)))
    whole = data + b" " * 8
    assert found.tolist() == [int.from_bytes(whole[at : at + 8], "little") for at in range(len(data))]


@given(st.lists(st.binary(max_size=20), max_size=6))
def test_gathered_stretches_are_filled_up_to_eights(pieces: list[bytes]) -> None:
    """Each stretch begins at its bound, and one to eight fillers follow it."""
    sizes = np.array([len(piece) for piece in pieces], np.int64)
    starts = np.array([sum(sizes[:i]) + i for i in range(len(pieces))], np.int64)
    data = padded([piece + b"." for piece in pieces])
    gathered, bounds = gather(np.frombuffer(data, np.uint8), starts, sizes, ord("#"))
    expected = b"".join(piece.ljust(len(piece) // 8 * 8 + 8, b"#") for piece in pieces)
    assert gathered.tobytes() == expected + b"#" * 24
    assert len(bounds) == len(pieces) + 1
    assert bounds[-1] * 8 == len(expected)


def test_runs_begin_where_values_change() -> None:
    """The first of each run is told, and where the last ends; no values have no run."""
    assert runs(np.array([7, 7, 3, 7])).tolist() == [0, 2, 3, 4]
    assert runs(np.array([], np.int64)).tolist() == [0]


def test_slots_find_their_keys_and_no_others() -> None:
    """A key is found at its index; for any other number the answer is the number of keys."""
    keys = np.array([3, 1 << 63, 500], np.uint64)
    assert Slots.of(keys).find(np.array([500, 4, 3, 0, 1 << 63], np.uint64)).tolist() == [2, 3, 0, 3, 1]


@given(st.lists(st.integers(-3, 3) | st.integers(-(1 << 40), 1 << 40)))
def test_numbers_are_sorted_and_equal_ones_stay_in_order(numbers: list[int]) -> None:
    """Short numbers are sorted in another way than long ones, to the same order."""
    assert sorted_places(np.array(numbers, np.int64)).tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)
