"""Batch.of against a plain reading of the same texts, one character at a time."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import Batch, Document
from bidi_news.hashes import hash_words
from bidi_news.model import Page
from bidi_news.unicode.classes import CharClass, class_table

BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]")
WORD = {
    *(CharClass.LOWER, CharClass.UPPER, CharClass.HEBREW, CharClass.ARABIC, CharClass.WIDE, CharClass.OTHER),
    *(CharClass.MARK, CharClass.DIGIT),
}
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["\n", "\n\n", " \r\n", "\u2028", "\x85", "\N{NO-BREAK SPACE}", "\t", "\x1c", "\u200f"]),
    st.sampled_from(["Shi'ite", "שָׁלוֹם", 'ארה"ב', "حزب الله", "word", "\U0001f9c5", "\U00020000"]),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def batch_of(texts: list[str]) -> Batch:
    """Return the batch of some plain texts."""
    return Batch.of([Document(page=Page(text=text), text=text) for text in texts])


def naive_lines(text: str) -> list[tuple[int, int]]:
    """Return the code-point bounds of the non-blank lines, outer white space left out."""
    lines, start = [], 0
    for line in BREAKS.split(text):
        if line.strip():
            left = start + len(line) - len(line.lstrip())
            lines.append((left, left + len(line.strip())))
        start += len(line) + 1
    return lines


def naive_words(text: str) -> list[tuple[int, int]]:
    """Return the code-point bounds of the longest runs of letters, marks and digits."""
    words, start = [], None
    for place, char in enumerate(text + "\n"):
        inside = ord(char) in range(0x20000, 0x40000) or (ord(char) < 0x10000 and class_table()[ord(char)] in WORD)
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            words.append((start, place))
            start = None
    return words


def spans(batch: Batch, starts: np.ndarray, ends: np.ndarray) -> list[list[tuple[int, int]]]:
    """Return the code-point spans of each page of a batch."""
    pages = batch.page_of(starts)
    found = list(zip(pages.tolist(), *batch.spans(starts, ends, pages), strict=True))
    return [[(start, end) for page, start, end in found if page == index] for index in range(len(batch.documents))]


@given(st.lists(TEXTS, max_size=4))
def test_lines(texts: list[str]) -> None:
    """The lines of each page are its non-blank lines without outer white space, in code points of that page."""
    batch = batch_of(texts)
    assert spans(batch, batch.line_starts, batch.line_ends) == [naive_lines(text) for text in texts]


@given(st.lists(TEXTS, max_size=4))
def test_line_indexes(texts: list[str]) -> None:
    """The page of each line, the first line of each page and the line of a position agree with each other."""
    batch = batch_of(texts)
    counts = [len(naive_lines(text)) for text in texts]
    assert batch.page_lines.tolist() == [sum(counts[:index]) for index in range(len(texts) + 1)]
    assert batch.line_pages.tolist() == [page for page, count in enumerate(counts) for _ in range(count)]
    lines = np.arange(len(batch.line_starts))
    assert (batch.line_of(batch.line_starts) == lines).all()
    assert (batch.line_of(batch.line_ends - 1) == lines).all()


@given(st.lists(TEXTS, max_size=4))
def test_words(texts: list[str]) -> None:
    """The words of each page are its longest runs of letters, marks and digits; none crosses into the next page."""
    batch = batch_of(texts)
    assert spans(batch, batch.word_starts, batch.word_ends) == [naive_words(text) for text in texts]


@given(st.lists(TEXTS, max_size=4))
def test_words_of_each_line(texts: list[str]) -> None:
    """``line_words`` cuts the words where the lines begin: each stands between the bounds of its line."""
    batch = batch_of(texts)
    counts = np.diff(batch.line_words)
    assert (
        batch.line_words.tolist() == np.searchsorted(batch.word_starts, [*batch.line_starts, len(batch.data)]).tolist()
    )
    assert (np.repeat(batch.line_starts, counts) <= batch.word_starts).all()
    assert (np.repeat(batch.line_ends, counts) >= batch.word_ends).all()


@given(st.lists(TEXTS, max_size=4))
def test_classes_of_each_line(texts: list[str]) -> None:
    """``line_classes`` counts the characters between the bounds of each line, and nothing of the white space around."""
    batch = batch_of(texts)
    bounds = zip(batch.line_starts.tolist(), batch.line_ends.tolist(), strict=True)
    counted = [np.bincount(batch.classes[start:end], minlength=len(CharClass))[1:].tolist() for start, end in bounds]
    assert batch.line_classes[:, 1:].tolist() == counted
    assert not batch.line_classes[:, CharClass.CONTINUATION].any()


@given(st.lists(TEXTS, max_size=4))
def test_hashes_agree_with_hash_words(texts: list[str]) -> None:
    """A word has in a batch the hash that ``hash_words`` gives it alone: look-ups made ahead of time find it."""
    batch = batch_of(texts)
    words = [
        batch.data[start:end].tobytes().decode()
        for start, end in zip(batch.word_starts.tolist(), batch.word_ends.tolist(), strict=True)
    ]
    assert batch.word_hashes.tolist() == hash_words(words).tolist()


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
def test_a_page_does_not_see_its_neighbours(texts: list[str], other: str) -> None:
    """The lines, words and hashes of a page are the same alone and after another page."""
    together = batch_of([other, *texts])
    alone = batch_of(texts)
    first_line, first_byte = together.page_lines[1], together.page_starts[1]
    assert (together.line_starts[first_line:] - first_byte).tolist() == alone.line_starts.tolist()
    later = together.word_starts >= first_byte
    assert together.word_hashes[later].tolist() == alone.word_hashes.tolist()


@given(TEXTS)
def test_points_count_code_points(text: str) -> None:
    """The map from bytes to code points counts the characters before each byte."""
    batch = batch_of([text])
    assert int(batch.points[len(text.encode())]) == len(text)
    assert batch.data.tobytes() == text.encode() + b"\n"
    assert batch.lower.tobytes() == re.sub(rb"[A-Z]+", lambda found: found[0].lower(), text.encode()) + b"\n"


def test_an_empty_batch_has_empty_arrays() -> None:
    """No page, or pages without a character, give arrays without an element."""
    for texts in ([], [""], ["", " \n "]):
        batch = batch_of(texts)
        assert batch.line_starts.size == batch.word_starts.size == batch.word_hashes.size == 0
