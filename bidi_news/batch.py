"""The hot arrays of many pages at once; every later step reads them and none makes its own.

A batch is the UTF-8 of some pages, one after another, each closed by a line feed. Over these bytes stand, computed
once: the class of each character, the map from bytes to code points, the non-blank lines, the words and their hashes.
Positions inside are **bytes of the batch**; :meth:`Batch.spans` turns them into code points of a page.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="כותרת\\n\\n  Body text. ")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> batch.spans(batch.line_starts, batch.line_ends, batch.line_pages)
    ([0, 9], [5, 19])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bidi_news.unicode.classes import CharClass, classify_utf8

if TYPE_CHECKING:
    from bidi_news.model import Issue, Page, Role

__all__ = ["BATCH_BYTES", "Batch", "Document", "Evidence", "MachineStamp", "hash_spans", "hash_words"]

BATCH_BYTES = 256 * 1024
"""Text bytes of a batch: large enough to hide NumPy's call cost, small enough for the second-level cache."""

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_LOWER = np.arange(256, dtype=np.uint8)
_LOWER[65:91] += 32
_WORD = np.zeros(32, bool)
_WORD[[CharClass.LOWER, CharClass.UPPER, CharClass.HEBREW, CharClass.ARABIC, CharClass.WIDE, CharClass.OTHER]] = True
_WORD[[CharClass.MARK, CharClass.DIGIT]] = True
_WIDTH = np.ones(256, np.int64)
_WIDTH[0xC0:0xE0] = 2
_WIDTH[0xE0:0xF0] = 3
_WIDTH[0xF0:] = 4
_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [0xFFFFFFFFFFFFFFFF], np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineStamp:
    """A date that the markup states for programs."""

    role: Role
    """What the field is for."""
    value: str
    """Its value, as written."""
    source: str
    """The field, such as ``json-ld:datePublished`` or ``meta:article:published_time``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the markup says about the page besides its text; empty for plain text."""

    title: str | None = None
    """Content of ``title``."""
    headlines: tuple[str, ...] = ()
    """og:title, JSON-LD headline."""
    descriptions: tuple[str, ...] = ()
    """og:description, meta description, JSON-LD description."""
    authors: tuple[str, ...] = ()
    """Names in JSON-LD and meta tags."""
    site: str | None = None
    """og:site_name or the JSON-LD publisher."""
    canonical: str | None = None
    """Canonical address."""
    language: str | None = None
    """The ``lang`` of the document."""
    stamps: tuple[MachineStamp, ...] = ()
    """Dates, in page order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What reading made of one page: its text and what stood around it."""

    page: Page
    """The page as it came in."""
    text: str
    """Text that all offsets point into; it holds no surrogate."""
    evidence: Evidence = field(default_factory=Evidence)
    """What the markup says."""
    tags: tuple[str, ...] | None = None
    """For HTML: element that made each non-blank line of ``text``."""
    marks: NDArray[np.float32] | None = None
    """For HTML: structural features of each non-blank line, shape (lines, len(read.render.MARKS))."""
    issues: tuple[Issue, ...] = ()
    """What decoding and rendering repaired or guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Arrays over the bytes of several pages. Never changed after it is made."""

    documents: tuple[Document, ...]
    """The pages, in order."""
    data: Bytes
    """UTF-8 of every page, each closed by one line feed."""
    lower: Bytes
    """The same with A–Z in lower case."""
    classes: Bytes
    """:class:`~bidi_news.unicode.classes.CharClass` of the character that begins at each byte."""
    points: NDArray[np.int32]
    """Code points before each byte of the batch, shape (n + 1,)."""
    page_starts: Ints
    """First byte of each page, and the length of ``data``; shape (pages + 1,)."""
    line_starts: Ints
    """First byte of each non-blank line, outer white space left out; in order."""
    line_ends: Ints
    """Byte after its last character."""
    line_pages: Ints
    """Index of its page."""
    page_lines: Ints
    """Index of the first line of each page, and the number of lines; shape (pages + 1,)."""
    line_classes: NDArray[np.int64]
    """Characters of each class in each line, shape (lines, len(CharClass)); column 0, continuation bytes, counts none."""
    word_starts: Ints
    """First byte of each word: a longest run of letters, marks and digits."""
    word_ends: Ints
    """Byte after it."""
    word_hashes: Hashes
    """:func:`hash_words` of each word, ASCII case folded."""

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Batch:
        """Compute the arrays of some documents."""
        documents = tuple(documents)
        encoded = [document.text.encode() for document in documents]
        data = np.frombuffer(b"\n".join((*encoded, b"")), np.uint8)
        sizes = np.fromiter((len(x) + 1 for x in encoded), np.int64, len(encoded))
        page_starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        classes = classify_utf8(data)
        points = np.zeros(len(data) + 1, np.int32)
        np.cumsum(classes != CharClass.CONTINUATION, dtype=np.int32, out=points[1:])
        line_starts, line_ends = _lines(data, classes)
        page_lines = np.searchsorted(line_starts, page_starts)
        lower = _LOWER.take(data)
        word_starts, word_ends = _words(classes)
        return cls(
            documents=documents,
            data=data,
            lower=lower,
            classes=classes,
            points=points,
            page_starts=page_starts,
            line_starts=line_starts,
            line_ends=line_ends,
            line_pages=np.repeat(np.arange(len(documents)), np.diff(page_lines)),
            page_lines=page_lines,
            line_classes=_line_classes(classes, line_starts, line_ends),
            word_starts=word_starts,
            word_ends=word_ends,
            word_hashes=hash_spans(lower, word_starts, word_ends),
        )

    def spans(self, starts: Ints, ends: Ints, pages: Ints) -> tuple[list[int], list[int]]:
        """Turn byte bounds into code points of their pages.

        Args:
            starts: first bytes, shape (k,).
            ends: bytes after the last, shape (k,).
            pages: index of the page that each span lies in, shape (k,).

        Returns:
            Two lists of code-point offsets.
        """
        base = self.points[self.page_starts[pages]]
        return (self.points[starts] - base).tolist(), (self.points[ends] - base).tolist()

    def page_of(self, positions: Ints) -> Ints:
        """Return the index of the page that each byte position lies in."""
        return np.searchsorted(self.page_starts, positions, side="right") - 1

    def line_of(self, positions: Ints) -> Ints:
        """Return the index of the line that each byte position (of some non-blank character) lies in."""
        return np.searchsorted(self.line_starts, positions, side="right") - 1


def _lines(data: Bytes, classes: Bytes) -> tuple[Ints, Ints]:
    """Return the byte bounds of the non-blank lines without their outer white space."""
    breaks = np.flatnonzero(classes == CharClass.NEWLINE)
    ink = np.flatnonzero(classes > CharClass.SPACE)
    if not ink.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    upto = np.searchsorted(ink, breaks)  # characters with ink before each break
    first = np.concatenate((np.zeros(1, np.int64), upto[:-1]))
    full = upto > first
    starts = ink[first[full]]
    last = ink[upto[full] - 1]
    return starts, last + _WIDTH[data[last]]


def _line_classes(classes: Bytes, starts: Ints, ends: Ints) -> NDArray[np.int64]:
    """Count the characters of each class in each line."""
    if not starts.size:
        return np.zeros((0, len(CharClass)), np.int64)
    # white space between lines goes to the line before it and is taken out again, whole columns at a time
    line = np.zeros(len(classes), np.int32)
    line[starts[1:]] = 1
    row = np.cumsum(line, dtype=np.int32) << 5 | classes
    counts = np.bincount(row[starts[0] : ends[-1]], minlength=len(starts) << 5).reshape(-1, 32)[:, : len(CharClass)]
    counts[:, [CharClass.CONTINUATION, CharClass.NEWLINE]] = 0
    blank = np.zeros(len(classes) + 1, np.int32)
    np.cumsum(classes == CharClass.SPACE, dtype=np.int32, out=blank[1:])
    counts[:, CharClass.SPACE] = blank[ends] - blank[starts]
    return counts


def _words(classes: Bytes) -> tuple[Ints, Ints]:
    """Return the byte bounds of the words."""
    word = _WORD.take(classes)
    more = classes == CharClass.CONTINUATION
    if more.any():
        for _ in range(3):  # a character has at most three continuation bytes
            word[1:] |= word[:-1] & more[1:]
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    if word.size and word[0]:
        edges = np.concatenate((np.zeros(1, np.int64), edges))
    # every page ends in a line feed, so the last word is closed
    return edges[0::2], edges[1::2]


def hash_spans(lower: Bytes, starts: Ints, ends: Ints) -> Hashes:
    """Hash the first and the last eight bytes of each word, and its length."""
    if not starts.size:
        return np.empty(0, np.uint64)
    padded = np.concatenate((lower, np.zeros(8, np.uint8)))
    eights = np.ndarray((len(lower) + 1,), np.dtype("<u8"), padded, 0, (1,))
    lengths = ends - starts
    head = eights[starts] & _MASKS[np.minimum(lengths, 8)]
    tail = eights[np.maximum(ends - 8, 0)]
    tail[lengths <= 8] = 0
    mixed = head * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed += tail * np.uint64(0xC2B2AE3D27D4EB4F) + lengths.astype(np.uint64)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return mixed


def hash_words(words: Sequence[str]) -> Hashes:
    """Return the hash that :attr:`Batch.word_hashes` has for each of some words.

    The hash sees the first and last eight UTF-8 bytes and the length: equal words have equal hashes, and a hit must be
    verified. ASCII case is folded.

    Example:
        >>> bool(hash_words(["Shiite"])[0] == hash_words(["SHIITE"])[0])
        True
    """
    encoded = [word.encode() for word in words]
    data = np.frombuffer(b"".join(encoded), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1])) if encoded else ends
    return hash_spans(_LOWER[data], starts, ends)
