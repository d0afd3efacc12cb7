"""Hashes of words, and where the known ones are among many: how lists of words are looked up in a whole batch.

Example:
    >>> HashIndex.of(hash_words(["from", "by"])).find(hash_words(["Paid", "for", "BY", "us"]))
    (array([2]), array([1]))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

__all__ = ["HashIndex", "hash_spans", "hash_words"]

_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [0xFFFFFFFFFFFFFFFF], np.uint64)
_BITS = 18  # a table of this many bits is small enough for a processor's cache, and nearly empty with any of our lists


class HashIndex(NamedTuple):
    """Some hashes, to be found among many others of which few are known."""

    some: NDArray[np.bool_]
    """Whether any of the hashes has these lowest, or these highest bits, shape (2 ** _BITS,)."""
    keys: Hashes
    """The hashes, sorted."""
    rows: Ints
    """Index of each as it was given."""

    @classmethod
    def of(cls, hashes: Hashes) -> HashIndex:
        """Index some hashes, one at least; of equal ones the first counts."""
        order = np.argsort(hashes, kind="stable")
        some = np.zeros(1 << _BITS, bool)
        some[_lowest(hashes)] = True
        some[_highest(hashes)] = True
        return cls(some, hashes[order], order)

    def find(self, hashes: Hashes) -> tuple[Ints, Ints]:
        """Return which of some hashes are known, in order, and the index of the known one that each of these is."""
        at = self.some.take(_lowest(hashes)).nonzero()[0]
        at = at[self.some.take(_highest(hashes.take(at)))]
        found = hashes.take(at)
        place = np.minimum(self.keys.searchsorted(found), len(self.keys) - 1)
        exact = self.keys.take(place) == found
        return at[exact], self.rows.take(place[exact])


def _lowest(hashes: Hashes) -> Ints:
    """Return the lowest bits of hashes."""
    return (hashes & np.uint64((1 << _BITS) - 1)).view(np.int64)


def _highest(hashes: Hashes) -> Ints:
    """Return their highest bits."""
    return (hashes >> np.uint64(64 - _BITS)).view(np.int64)


def hash_spans(lower: Bytes, starts: Ints, ends: Ints) -> Hashes:
    """Hash the first and the last eight bytes of each word, and its length."""
    if not starts.size:
        return np.empty(0, np.uint64)
    padded = np.concatenate((lower, np.zeros(8, np.uint8)))
    eights = np.ndarray((len(lower) + 1,), np.dtype("<u8"), padded, 0, (1,))
    lengths = ends - starts
    head = eights[starts] & _MASKS.take(lengths, mode="clip")
    mixed = head * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed += lengths.astype(np.uint64)
    long = np.flatnonzero(lengths > 8)
    mixed[long] += eights[ends[long] - 8] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return mixed


def hash_words(words: Sequence[str]) -> Hashes:
    """Return the hash that :attr:`Batch.word_hashes <bidi_news.batch.Batch.word_hashes>` has for each of some words.

    The hash sees the first and last eight UTF-8 bytes and the length: equal words have equal hashes, and a hit must be
    verified. ASCII case is folded.

    Example:
        >>> bool(hash_words(["Shiite"])[0] == hash_words(["SHIITE"])[0])
        True
    """
    encoded = [word.encode() for word in words]
    lower = np.frombuffer(b"".join(encoded).lower(), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1])) if encoded else ends
    return hash_spans(lower, starts, ends)
