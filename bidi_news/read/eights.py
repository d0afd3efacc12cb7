"""Bytes read eight at a time, and keys of eight bytes found without a search: what tags and attributes are read with.

Example:
    >>> eights(np.frombuffer(padded([b"<html>"]), np.uint8), np.array([1])).tobytes()
    b'html>   '
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Bytes", "Eights", "Ints", "Slots", "eights", "gather", "padded", "runs", "sorted_places"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Eights = NDArray[np.uint64]

_EIGHT: Final = np.dtype("<u8")
_BITS: Final = np.uint64(64)
_ONES: Final = np.uint64(0x0101010101010101)  # one in all bytes
_MASKS: Final = np.array([(1 << (8 * n)) - 1 for n in range(8)], np.uint64)  # of the first bytes, by how many


class Slots(NamedTuple):
    """Some 64-bit keys, each in a slot of its own: finding one takes no search."""

    keys: Eights
    multiplier: np.uint64
    shift: np.uint64
    rows: Ints  # index of the key in each slot

    @classmethod
    def of(cls, keys: Eights) -> Slots:
        """Place some keys by the first multiplier that keeps them apart; of equal keys the last one counts."""
        bits = 2 * len(keys).bit_length() - 2  # so many slots that one multiplier in ten will do
        distinct = len(set(keys.tolist()))
        multipliers = count(0x9E3779B97F4A7C15, 2)
        while True:
            slots = cls(keys, np.uint64(next(multipliers)), np.uint64(64 - bits), np.zeros(1 << bits, np.int64))
            places = slots.places(keys)
            if len(set(places.tolist())) == distinct:
                slots.rows[places] = np.arange(len(keys))
                return slots

    def places(self, wanted: Eights) -> Ints:
        """Return the slot where each number would be."""
        return ((wanted * self.multiplier) >> self.shift).view(np.int64)

    def find(self, wanted: Eights) -> Ints:
        """Return which key each number is; their number for none."""
        row = self.rows.take(self.places(wanted))
        return np.where(self.keys.take(row) == wanted, row, len(self.keys))


def padded(pieces: Sequence[bytes]) -> bytes:
    """Return some bytes one after another, then spaces: whole eights of bytes, and at least one eight of spaces."""
    return b"".join((*pieces, b" " * (16 + -sum(map(len, pieces)) % 8)))


def eights(data: Bytes, at: Ints) -> Eights:
    """Return the eight bytes that begin at each of some bytes, the first byte lowest.

    Args:
        data: whole eights of bytes.
        at: first bytes; none in the last eight.
    """
    # NumPy is faster at two aligned reads than at one that is not; its shift by all 64 bits gives zero
    words = data.view(_EIGHT)
    word = at >> 3
    bit = ((at & 7) << 3).view(np.uint64)
    low = words.take(word)
    low >>= bit
    word += 1
    high = words.take(word)
    high <<= _BITS - bit
    high |= low
    return high


def runs(values: NDArray[Any]) -> Ints:
    """Return the index of the first of each run of equal values, and their number."""
    begins = np.ones(len(values) + 1, bool)
    np.not_equal(values[1:], values[:-1], out=begins[1:-1])
    return begins.nonzero()[0]


def sorted_places(numbers: NDArray[np.integer[Any]]) -> Ints:
    """Return where each number stands, smallest number first, equal ones in order."""
    short = numbers.astype(np.int16)  # NumPy sorts 16-bit integers by radix, many times faster
    return (short if np.array_equal(short, numbers) else numbers).argsort(kind="stable")


def gather(data: Bytes, starts: Ints, sizes: Ints, filler: int) -> tuple[Bytes, Ints]:
    """Return some stretches of bytes one after another, each filled up to whole eights by one to eight bytes.

    Args:
        data: bytes, :func:`padded`.
        starts: first byte of each stretch.
        sizes: bytes of each.
        filler: the byte to fill with; three eights of it follow the last stretch.

    Returns:
        The bytes; and the index of the first eight of each stretch, and of the first after the last.
    """
    bounds = np.zeros(len(sizes) + 1, np.int64)
    ((sizes >> 3) + 1).cumsum(out=bounds[1:])
    # the place of each eight is a sum of steps: eight bytes, or from the last eight of a stretch to the next stretch
    steps = np.full(bounds[-1], 8)
    jumps = starts.copy()
    jumps[1:] -= (starts + (sizes & -8))[:-1]
    steps[bounds[:-1]] = jumps
    gathered = np.full(len(steps) + 3, _ONES * np.uint64(filler))
    gathered[:-3] = eights(data, steps.cumsum())
    last = bounds[1:] - 1
    mask = _MASKS.take(sizes & 7)
    gathered[last] = (gathered.take(last) & mask) | (gathered[-1] & ~mask)
    return gathered.view(np.uint8), bounds
