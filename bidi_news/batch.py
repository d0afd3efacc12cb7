r"""The hot arrays of many pages at once; every later step reads them and none makes its own.

A batch is the UTF-8 of some pages, one after another, each closed by a line feed. Over these bytes stand, computed
once: the class of each character, the map from bytes to code points, the non-blank lines, the words and their hashes.
Positions inside are **bytes of the batch**; :meth:`Batch.spans` turns them into code points of a page.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> page = Page(text="כותרת\n\n  Body text. ")
    >>> batch = Batch.of([Document(page=page, text=page.text)])
    >>> batch.spans(batch.line_starts, batch.line_ends, batch.line_pages)
    ([0, 9], [5, 19])
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from bidi_news.hashes import hash_spans
from bidi_news.unicode.classes import CharClass, classify_utf8
from bidi_news.unicode.controls import unseen_starts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bidi_news.model import Issue, Page, Role

__all__ = ["BATCH_BYTES", "Batch", "Document", "Evidence", "MachineStamp"]

BATCH_BYTES = 1024 * 1024
"""Text bytes of a batch: large enough to hide the cost of a NumPy call; as measured, twice as much gains nothing."""

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
N = TypeVar("N", np.int64, np.uint64)


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
    body: str | None = None
    """JSON-LD articleBody: the text of the article, as far as the page states it."""
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
    line_offsets: NDArray[np.int32]
    """Code points of its page where each line begins and ends, shape (2, lines)."""
    page_lines: Ints
    """Index of the first line of each page, and the number of lines; shape (pages + 1,)."""
    line_classes: NDArray[np.int32]
    """Characters of each class in each line, shape (lines, len(CharClass)), stored by column; column 0 counts none."""
    line_words: Ints
    """Index of the first word of each line, and the number of words; shape (lines + 1,)."""
    run_starts: Ints
    """First byte of each longest run of characters of one class, and the length of ``data``; shape (runs + 1,)."""
    run_classes: Bytes
    """Class of each run."""
    unseen_starts: Ints
    """First byte of each unseen character (:mod:`bidi_news.unicode.controls`)."""
    word_starts: Ints
    """First byte of each word: a longest run of letters, marks and digits."""
    word_ends: Ints
    """Byte after it."""
    word_hashes: NDArray[np.uint64]
    """:func:`~bidi_news.hashes.hash_words` of each word, ASCII case folded."""

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Batch:
        """Compute the arrays of some documents."""
        documents = tuple(documents)
        encoded = [document.text.encode() for document in documents]
        joined = b"\n".join((*encoded, b""))
        data = np.frombuffer(joined, np.uint8)
        lower = np.frombuffer(joined.lower(), np.uint8)
        page_starts = np.cumsum(np.fromiter((0, *(len(x) + 1 for x in encoded)), np.int64, len(encoded) + 1))
        classes = classify_utf8(data)
        points = np.zeros(len(data) + 1, np.int32)
        np.cumsum(classes != CharClass.CONTINUATION.value, dtype=np.int32, out=points[1:])
        bounds, kinds = _runs(classes)
        first, last, outer = _lines(kinds)
        line_starts, line_ends = bounds[first], bounds[last]
        page_lines = np.searchsorted(line_starts, page_starts)
        line_pages = np.repeat(np.arange(len(documents)), np.diff(page_lines))
        lengths = np.diff(points.take(bounds))
        lengths[outer] = 0
        turns = _word_turns(kinds)
        edges = np.flatnonzero(turns)
        word_starts, word_ends = bounds[edges[0::2]], bounds[edges[1::2]]
        return cls(
            documents=documents,
            data=data,
            lower=lower,
            classes=classes,
            points=points,
            page_starts=page_starts,
            line_starts=line_starts,
            line_ends=line_ends,
            line_pages=line_pages,
            line_offsets=points[np.stack((line_starts, line_ends))] - points[page_starts[line_pages]],
            page_lines=page_lines,
            line_classes=_line_classes(kinds, lengths, first),
            line_words=np.append(np.cumsum(turns, dtype=np.int32)[first] >> 1, len(word_starts)),
            run_starts=bounds,
            run_classes=kinds,
            unseen_starts=unseen_starts(data, bounds, kinds),
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
        return self.offsets(starts, pages).tolist(), self.offsets(ends, pages).tolist()

    def offsets(self, positions: Ints, pages: Ints) -> NDArray[np.int32]:
        """Return the code points of their pages that byte positions stand for."""
        return self.points[positions] - self.points[self.page_starts[pages]]

    def line_sums(self, numbers: NDArray[N]) -> NDArray[N]:
        """Return the sum of a number of each line's words, 0 for a line without a word.

        Args:
            numbers: one for each word; sums of hashes wrap.
        """
        total = np.concatenate((np.zeros(1, numbers.dtype), np.cumsum(numbers, dtype=numbers.dtype)))
        return np.diff(total[self.line_words])

    def page_of(self, positions: Ints) -> Ints:
        """Return the index of the page that each byte position lies in."""
        return np.searchsorted(self.page_starts, positions, side="right") - 1

    def line_of(self, positions: Ints) -> Ints:
        """Return the index of the line that each byte position (of some non-blank character) lies in."""
        return np.searchsorted(self.line_starts, positions, side="right") - 1


def _runs(classes: Bytes) -> tuple[Ints, Bytes]:
    """Return the longest runs of characters of one class: their byte bounds, shape (runs + 1,), and their classes.

    There are about a third as many runs as bytes, and lines and words both begin and end with one.
    """
    whole = classes.copy()  # every byte with the class of its character
    inner = np.negative((classes == CharClass.CONTINUATION.value).view(np.uint8))  # all bits set on continuation bytes
    if inner.any():
        for _ in range(3):  # a character has at most three
            whole[1:] |= whole[:-1] & inner[1:]
    edge = np.ones(len(classes) + 1, bool)
    np.not_equal(whole[1:], whole[:-1], out=edge[1:-1])
    bounds = np.flatnonzero(edge)
    return bounds, whole.take(bounds[:-1])


def _lines(kinds: Bytes) -> tuple[Ints, Ints, Ints]:
    """Return the non-blank lines without their outer white space, as runs.

    Returns:
        The first run of each line; the run after its last; the runs of white space that are in no line.
    """
    closes = np.flatnonzero(kinds == CharClass.NEWLINE.value)  # the last run is one, for every page ends in a line feed
    opens = np.append(0, closes + 1)[:-1]
    # a run of white space has another class on either side, so there is at most one to leave out at each end
    first = opens + (kinds[opens] == CharClass.SPACE.value)
    last = closes - (kinds[closes - 1] == CharClass.SPACE.value)
    full = first < last
    ends = np.concatenate((opens, closes - 1, closes))
    return first[full], last[full], ends[kinds[ends] <= CharClass.SPACE.value]


def _line_classes(kinds: Bytes, lengths: NDArray[np.int32], first: Ints) -> NDArray[np.int32]:
    """Count the characters of each class in each line, by the characters that each run has in lines."""
    lines = len(first)
    if not lines:
        return np.zeros((0, len(CharClass)), np.int32)
    line = np.repeat(np.arange(lines), np.diff(first[1:], prepend=0, append=len(kinds)))
    counts = np.zeros((len(CharClass), lines), np.int32)  # class by class, since columns are what is read
    np.add.at(counts.reshape(-1), kinds * np.int64(lines) + line, lengths)
    return counts.T


def _word_turns(kinds: Bytes) -> NDArray[np.bool_]:
    """Return which runs begin a word or are the first after one: by turns, since the last run is a line break."""
    # the classes from LOWER to DIGIT; those before them wrap to the far end of a byte
    word = kinds - np.uint8(CharClass.LOWER) <= CharClass.DIGIT - CharClass.LOWER
    return np.diff(word, prepend=False)
