"""The frame of an article: headline, deck, byline, stamps, captions and credits around the body.

Only lines near the body, and lines that carry a date, are looked at one by one; patterns and words are data
(``data/chrome/patterns.toml``, ``data/chrome/words.tsv``).

Example:
    >>> stamp_shape("פורסם: 22.06.14 , 15:08")
    'labelled'
    >>> stamp_shape("He was born on 22.06.14 in Haifa, on the day that the bridge was opened to everybody") is None
    True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import regex

from bidi_news.model import Label
from bidi_news.resources import parse_tsv, read_text, read_toml
from bidi_news.segment.lexical import category_counts
from bidi_news.segment.network import SCALE
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["Frame", "credit_shape", "is_byline", "read_frame", "stamp_shape"]

_ABOVE: Final = 25  # lines over the body that can belong to the article
_BELOW: Final = 6  # lines under it
_LONG_STAMP: Final = 140  # characters; a longer line is no stamp
_LONG_CAPTION: Final = 320
_SHORT_CREDIT: Final = 7  # words after "Photo:"; more of them describe what it shows
_WORD: Final = regex.compile(r"\w+(?:['’׳״\"]\w+)*")
_NUMERIC: Final = regex.compile(r"\d{1,4}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2,4}|\d{4}-\d\d-\d\d")
_CLOCK: Final = regex.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_TAIL: Final = regex.compile(r"[(\[]([^()\[\]]{2,60})[)\]][\s.\"”]*$")
_CLOSING: Final = regex.compile(r"\(\s*\p{L}[\p{L}\s.,'’\"״׳־-]{2,50}\)\.?$")
_INVISIBLE: Final = regex.compile(r"^[\p{Cf}\s]+|[\p{Cf}\s]+$")

Shape = Literal["labelled", "date", "clock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The lines of a batch as this module reads them; every sequence has one item per line."""

    batch: Batch
    """The pages."""
    scores: NDArray[np.int64]
    """The network's scores: body, headline, deck."""
    furniture: NDArray[np.bool_]
    """Whether the line is known page furniture."""
    starts: list[int]
    """First code point of the line."""
    ends: list[int]
    """Code point after its last."""
    words: list[int]
    """Words of the line."""
    dated: NDArray[np.bool_]
    """Whether the line is short and has figures enough for a stamp."""
    credited: NDArray[np.bool_]
    """Whether the line has a word of credits."""

    @classmethod
    def of(
        cls, batch: Batch, scores: NDArray[np.int64], kinds: NDArray[np.int8], starts: list[int], ends: list[int]
    ) -> Frame:
        """Gather what the rules need."""
        counts = batch.line_classes
        characters = counts.sum(axis=1)
        categories = category_counts(batch)
        digits = counts[:, CharClass.DIGIT]
        dated = (digits >= 3) & (characters <= _LONG_STAMP) & (digits + 2 * categories[:, 4] >= 4)
        dated |= (digits >= 3) & (characters <= 12)
        words = np.diff(np.searchsorted(batch.word_starts, np.append(batch.line_starts, len(batch.data))))
        return cls(
            batch=batch,
            scores=scores,
            furniture=kinds >= 0,
            starts=starts,
            ends=ends,
            words=words.tolist(),
            dated=dated,
            credited=(categories[:, 2] > 0) & (characters <= _LONG_CAPTION),
        )

    def line(self, index: int) -> str:
        """Return the text of a line without invisible characters around it."""
        document = self.batch.documents[int(self.batch.line_pages[index])]
        text = document.text[self.starts[index] : self.ends[index]]
        return text if text.isascii() else _INVISIBLE.sub("", text)


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    """Compile the patterns of data/chrome/patterns.toml."""
    table = read_toml("chrome/patterns.toml")
    flags = regex.VERBOSE | regex.IGNORECASE
    introduction, sign = table["credit"]["introduction"], table["credit"]["sign"]
    return {
        "credit": regex.compile(rf"[(\[]?\s*{introduction}\s*(?:{sign})", flags),
        "credit_inside": regex.compile(rf"(?:[(\[|/—–]|\s-)\s*{introduction}\b", flags),
        "photo_by": regex.compile(rf"[|(]\s*{introduction}", flags),
        "byline": regex.compile(table["byline"]["line"], flags),
        "stamp": regex.compile(rf"[\W_]*{table['timestamp']['label']}(?!\p{{L}})", flags),
    }


@cache
def _words_of(category: str) -> frozenset[str]:
    """Return the words of a category of data/chrome/words.tsv."""
    path = "chrome/words.tsv"
    rows = parse_tsv(read_text(path), ("word", "category", "language"), path=path)
    return frozenset(row["word"] for _, row in rows if row["category"] == category)


@cache
def _agencies() -> frozenset[str]:
    """Return the agencies and desks that stand alone as a story's source, in lower case."""
    return frozenset(read_toml("chrome/patterns.toml")["byline"]["agencies"])


def stamp_shape(line: str) -> Shape | None:
    """Return how a line states a time: ``labelled``, a bare ``date``, a bare ``clock`` time; None if it does not.

    A line states a time when it holds a date or a time and little besides: at most two words that are no part of dates,
    or, after a label, four.
    """
    labelled = bool(_patterns()["stamp"].match(line))
    words = [word.lower() for word in _WORD.findall(line)]
    dates, interface = _words_of("date"), _words_of("ui")
    other = sum(not (word[0].isdigit() or word in dates or word in interface) for word in words)
    named = any(word in dates for word in words) and any(len(w) == 4 and w.isdecimal() for w in words)
    dated = bool(_NUMERIC.search(line)) or named
    clock = bool(_CLOCK.search(line))
    if not (dated or clock) or other > (4 if labelled else 2):
        return None
    if labelled:
        return "labelled"
    return "date" if dated else "clock"


def credit_shape(line: str) -> Label | None:
    """Return whether a line is a credit, a caption with its credit, or (None) neither."""
    patterns = _patterns()
    start = patterns["credit"].match(line)
    if start:
        rest = len(_WORD.findall(line[start.end() :]))
        return Label.CREDIT if rest <= _SHORT_CREDIT else Label.CAPTION
    if patterns["credit_inside"].search(line):
        return Label.CAPTION
    tail = _TAIL.search(line)
    if tail and any(word.lower() in _words_of("credit") for word in _WORD.findall(tail[1])):
        return Label.CAPTION
    return None


def is_byline(line: str) -> bool:
    """Return whether a line says who wrote the article, by its own words."""
    if len(line) > 120:
        return False
    return line.lower().strip(" .") in _agencies() or bool(_patterns()["byline"].match(line))


def read_frame(frame: Frame, page: int, is_body: NDArray[np.bool_]) -> dict[int, Label]:
    """Return the labels of a page's lines that the frame decides, by index of the line in the batch.

    Args:
        frame: the lines of the batch.
        page: index of the page.
        is_body: what the network takes for body, one item per line of the page.
    """
    low, high = int(frame.batch.page_lines[page]), int(frame.batch.page_lines[page + 1])
    body = (np.flatnonzero(is_body) + low).tolist()
    return _PageFrame(frame, low, high, body).labels


class _PageFrame:
    """Reads the frame of one page, rule by rule; ``labels`` is what it found."""

    def __init__(self, frame: Frame, low: int, high: int, body: list[int]) -> None:
        self.frame = frame
        self.low, self.high = low, high
        self.body = set(body)
        self.labels: dict[int, Label] = {}
        self.top = max(low, body[0] - _ABOVE) if body else low
        self.bottom = min(high, body[-1] + 1 + _BELOW) if body else high
        self.headline = self._find_headline(body)
        self.first = next((i for i in body if self.headline is None or i > self.headline), body[0] if body else high)
        self._stamps(body)
        if body or self.headline is not None:
            self._credits()
            self._captions()
            self._bylines(body)
            self._decks()
            self._crossheads(body)

    def _free(self, index: int) -> bool:
        """Return whether a line of the page has no label from a rule yet."""
        return self.low <= index < self.high and index not in self.labels and not self.frame.furniture[index]

    def _find_headline(self, body: list[int]) -> int | None:
        """Label the headline, wherever it is repeated too, and return its line nearest to the body."""
        frame = self.frame
        limit = min(self.high, (body[0] + 2) if body else self.high)
        lines = [i for i in range(self.top if body else self.low, limit) if not frame.furniture[i] and frame.words[i]]
        said = self._said_by_markup(lines)
        scores = frame.scores[:, 1]
        best = said if said is not None else max(lines, key=lambda i: (scores[i], i), default=None)
        if best is None or (said is None and scores[best] < (-2 * SCALE if body else SCALE)):
            return None
        title = frame.line(best)
        for i in range(self.low, min(self.high, limit + 2)):
            if frame.ends[i] - frame.starts[i] == frame.ends[best] - frame.starts[best] and frame.line(i) == title:
                self.labels[i] = Label.HEADLINE
                best = max(best, i) if i < limit else best
        return best

    def _said_by_markup(self, lines: list[int]) -> int | None:
        """Return the line that the markup gives as the headline, the one nearest to the body."""
        evidence = self.frame.batch.documents[int(self.frame.batch.line_pages[self.low])].evidence
        titles = {_fold(title) for title in evidence.headlines}
        if not titles and evidence.title is None:
            return None
        page_title = _fold(evidence.title or "")
        for i in reversed(lines):
            if self.frame.words[i] >= 2:
                line = _fold(self.frame.line(i))
                if line in titles or (self.frame.words[i] >= 4 and page_title.startswith(line)):
                    return i
        return None

    def _stamps(self, body: list[int]) -> None:
        """Label the lines that say when: with a label anywhere near, without one in the article's own frame."""
        frame = self.frame
        anchor = self.headline if self.headline is not None else self.first
        tiny = not body and self.high - self.low <= 5
        for i in (np.flatnonzero(frame.dated[self.low : self.high]) + self.low).tolist():
            if not self._free(i):
                continue
            shape = stamp_shape(frame.line(i))
            inside = bool(body) and body[0] < i <= body[-1]
            head = bool(body or self.headline is not None) and anchor - 3 <= i <= max(self.first, anchor + 8)
            if shape is None and head and is_byline(frame.line(i)) and frame.words[i] <= 14:
                shape = "date"  # "By A Name 4:13 PM July 27, 2014": who and when in one line
            near = self.top <= i < self.bottom + 4
            if (shape == "labelled" and (near or not body)) or (shape and (tiny or inside or head)):
                self.labels[i] = Label.TIMESTAMP
                self.body.discard(i)

    def _credits(self) -> None:
        """Label credits, and captions that hold theirs."""
        frame = self.frame
        for i in (np.flatnonzero(frame.credited[self.top : self.bottom]) + self.top).tolist():
            if self._free(i):
                label = credit_shape(frame.line(i))
                sentence = i in self.body and frame.words[i] > 45
                if label is not None and not sentence:
                    self.labels[i] = label
                    self.body.discard(i)

    def _captions(self) -> None:
        """Label doubled lines, and lines beside a credit that are no sentence of the body."""
        frame, labels = self.frame, self.labels
        for i in range(self.top, self.bottom - 1):
            same = frame.ends[i] - frame.starts[i] == frame.ends[i + 1] - frame.starts[i + 1]
            if same and frame.words[i] >= 2 and self._free(i) and self._free(i + 1) and frame.line(i) == frame.line(i + 1):
                labels[i] = labels[i + 1] = Label.CAPTION
                self.body -= {i, i + 1}
        for i in [i for i, label in labels.items() if label is Label.CREDIT]:
            for near in (i - 1, i + 1):
                twin = near + (near - i)
                between = labels.get(twin) is Label.CREDIT and self.low <= twin < self.high
                plain = self._free(near) and near not in self.body and self.top <= near < self.bottom
                if plain and 2 <= frame.words[near] <= 40 and (between or (near < i and self.first < i)):
                    labels[near] = Label.CAPTION

    def _bylines(self, body: list[int]) -> None:
        """Label who wrote it: by its words, by standing at the stamp as a name, or closing the article in brackets."""
        frame, labels = self.frame, self.labels
        start = self.headline if self.headline is not None else self.top
        for i in range(max(self.low, start - 2), min(self.high, self.first + 1)):
            if self._free(i) and frame.words[i] <= 14 and is_byline(frame.line(i)):
                labels[i] = Label.BYLINE
                self.body.discard(i)
        stamps = [i for i, label in labels.items() if label is Label.TIMESTAMP and start < i <= self.first]
        for i in stamps:
            for near in (i - 1, i + 1):
                if self._free(near) and near not in self.body and start < near < self.first and self._is_name(near):
                    labels[near] = Label.BYLINE
        for i in (body[-1], body[-1] + 1) if body else ():
            if self._free(i) and frame.words[i] <= 8 and _CLOSING.match(frame.line(i)):
                labels[i] = Label.BYLINE
                self.body.discard(i)

    def _is_name(self, index: int) -> bool:
        """Return whether a line could be a name or two: a few words, no figures, no end of a sentence."""
        line = self.frame.line(index)
        words = _WORD.findall(line)
        cased = [word for word in words if word[0].isupper() or not word[0].islower()]
        return 1 < len(words) <= 5 and len(cased) >= len(words) - 1 and not regex.search(r"\d|[?!:;.]$", line)

    def _decks(self) -> None:
        """Label the standfirst: the line between headline and body that the network prefers, or that its place tells."""
        if self.headline is None:
            return
        frame = self.frame
        between = [i for i in range(self.headline + 1, self.first) if self._free(i) and frame.words[i] >= 4]
        opening = [self.first] if self.first < self.high and self._free(self.first) else []
        scores = frame.scores[:, 2]
        for i in [*between, *opening]:
            framed = any(self.labels.get(j) in {Label.BYLINE, Label.TIMESTAMP} for j in range(i + 1, self.first + 1))
            direct = all(j in self.labels for j in range(self.headline + 1, i))
            threshold = (-SCALE if framed else 0) if direct else 2 * SCALE
            if i in opening and i in self.body:
                threshold += SCALE if framed else 0
            if scores[i] > threshold or (direct and framed and i not in opening):
                self.labels[i] = Label.DECK
                self.body.discard(i)
                return

    def _crossheads(self, body: list[int]) -> None:
        """Label short lines without a full stop between paragraphs, and drop what turned out to be no body."""
        frame = self.frame
        for i in body:
            if not self._free(i) or frame.words[i] > 9:
                continue
            line = frame.line(i)
            after = i + 1 in self.body and frame.words[i + 1] > 9 if i + 1 < self.high else False
            before = i - 1 in self.labels or i - 1 in self.body
            if after and before and i > self.first and not regex.search(r"[.!?…:;,\"”'’)*]$|^[-–•*·\"“”‘'\d]", line):
                self.labels[i] = Label.CROSSHEAD


def _fold(text: str) -> str:
    """Return the words of a text, folded, for comparing titles."""
    return " ".join(_WORD.findall(text.casefold()))
