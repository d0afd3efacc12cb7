"""Tags of serialized HTML, and the eights of bytes that they are read by."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.marks import KINDS
from bidi_news.read.tags import Slots, Tags, eights, find_closers, find_tags, gather, padded, runs


def tags_of(*pages: bytes) -> Tags:
    """Return the tags of some pages."""
    return find_tags(padded(pages), np.cumsum([0, *map(len, pages)]))


@given(st.binary(max_size=40))
def test_eights_are_the_bytes_that_begin_at_each_byte(data: bytes) -> None:
    """From every byte on, the first of the next eight is the lowest byte of the number."""
    found = eights(padded([data]), np.arange(len(data)))
    whole = data + b" " * 8
    assert found.tolist() == [int.from_bytes(whole[at : at + 8], "little") for at in range(len(data))]


@given(st.lists(st.binary(max_size=20), max_size=6))
def test_gathered_stretches_are_filled_up_to_eights(pieces: list[bytes]) -> None:
    """Each stretch begins at its bound, and one to eight fillers follow it."""
    sizes = np.array([len(piece) for piece in pieces], np.int64)
    starts = np.array([sum(sizes[:i]) + i for i in range(len(pieces))], np.int64)
    gathered, bounds = gather(padded([piece + b"." for piece in pieces]), starts, sizes, ord("#"))
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


def test_tags_are_told_by_name_and_sign() -> None:
    """Elements open and close, void ones and doctypes do neither; blocks break; a longer name is another element."""
    tags = tags_of(
        b"<html><!DOCTYPE html><p class=x>a<br><ab></ab></p><blockquote></blockquote><main-x></main-x></html>"
    )
    assert tags.sign.tolist() == [1, 0, 1, 0, 1, -1, -1, 1, -1, 1, -1, -1]
    assert tags.breaks.tolist() == [True, False, True, True, False, False, True, True, True, False, False, True]
    assert [KINDS[kind] for kind in tags.kind if kind < len(KINDS)] == ["p", "p", "blockquote", "blockquote"]
    assert tags.depth.tolist() == [1, 1, 2, 2, 3, 2, 1, 2, 1, 2, 1, 0]


def test_a_bracket_in_text_or_in_a_tag_is_no_tag() -> None:
    """What raw text shows between brackets is paired from ``<`` to the next ``>``."""
    tags = tags_of(b"<html>a > b <i < u>c</i></html>")
    assert tags.starts.tolist() == [0, 12, 20, 24]
    assert tags.ends.tolist() == [6, 19, 24, 31]


def test_closers_are_those_of_the_same_level() -> None:
    """An element ends at its own end tag, whatever stands inside it; one left open ends with its page."""
    tags = tags_of(b"<html><p><b></b><br><b></b></p></html>", b"<html><p></html>", b"<html></html>")
    closers = find_closers(tags)
    assert closers[tags.sign > 0].tolist() == [8, 7, 3, 6, 12, 11, 13]
