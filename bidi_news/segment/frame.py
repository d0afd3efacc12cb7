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

from bidi_news.model import ChromeKind, Label
from bidi_news.resources import parse_tsv, read_text, read_toml
from bidi_news.segment.lexical import category_counts
from bidi_news.segment.network import SCALE
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["Frame", "credit_shape", "is_byline", "read_frame", "stamp_shape"]

_ABOVE: Final = 25  # lines over the body that can belong to the article
_HEAD: Final = 10  # lines from the headline that can say who and when
_TINY: Final = 5  # lines of a page that may be a stamp and nothing else
_MIXED: Final = 14  # words of a line that says who and when
_LONG_CREDIT: Final = 45  # words of a paragraph, whatever credit it ends in
_BELOW: Final = 6  # lines under it
_LONG_STAMP: Final = 140  # characters; a longer line is no stamp
_LONG_CAPTION: Final = 320
_SHORT_CREDIT: Final = 7  # words after "Photo:"; more of them describe what it shows
_WORD: Final = regex.compile(r"\w+(?:['’׳״\"]\w+)*")
_SEPARATORS: Final = np.zeros(256, bool)  # bytes that may stand between the figures of a date or a time
_SEPARATORS[[*b"./:-"]] = True
_SEPARATORS[0xE2] = True  # a bidi mark or a dash of another kind; the line itself tells
_NUMERIC: Final = regex.compile(r"\d{1,4}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2,4}|\d{4}-\d\d-\d\d")
_CLOCK: Final = regex.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_TAIL: Final = regex.compile(r"[(\[]([^()\[\]]{2,60})[)\]][\s.\"”]*$")
_CLOSING: Final = regex.compile(r"\(\s*\p{L}[\p{L}\s.,'’\"״׳־-]{2,50}\)\.?$")
_NO_NAME: Final = regex.compile(r"\d|[?!:;.]$")
_NO_TITLE: Final = regex.compile(r"[.!?…:;,\"”'’)*]$|^[-–•*·\"“”‘'\d]")
_INVISIBLE: Final = regex.compile(r"^[\p{Cf}\s]+|[\p{Cf}\s]+$")

_COMMENTS: Final = tuple(ChromeKind).index(ChromeKind.COMMENTS)

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
    comments: NDArray[np.bool_]
    """Whether the line is furniture of a comment section."""

    @classmethod
    def of(
        cls, batch: Batch, scores: NDArray[np.int64], kinds: NDArray[np.int8], starts: list[int], ends: list[int]
    ) -> Frame:
        """Gather what the rules need."""
        counts = batch.line_classes
        characters = counts.sum(axis=1)
        categories = category_counts(batch)
        dated = (_figures(batch) | (categories[:, 4] > 0)) & (counts[:, CharClass.DIGIT] >= 3)
        words = np.diff(np.searchsorted(batch.word_starts, np.append(batch.line_starts, len(batch.data))))
        return cls(
            batch=batch,
            scores=scores,
            furniture=kinds >= 0,
            comments=kinds == _COMMENTS,
            starts=starts,
            ends=ends,
            words=words.tolist(),
            dated=dated & (characters <= _LONG_STAMP),
            credited=(categories[:, 2] > 0) & (characters <= _LONG_CAPTION),
        )

    def line(self, index: int) -> str:
        """Return the text of a line without invisible characters around it."""
        document = self.batch.documents[int(self.batch.line_pages[index])]
        text = document.text[self.starts[index] : self.ends[index]]
        return text if text.isascii() else _INVISIBLE.sub("", text)


def _figures(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines have two figures with a separator of dates or times between them."""
    digits = np.flatnonzero(batch.classes[:-2] == CharClass.DIGIT)
    joined = digits[_SEPARATORS.take(batch.data[digits + 1]) & (batch.classes[digits + 2] == CharClass.DIGIT)]
    found = np.zeros(len(batch.line_starts), bool)
    found[batch.line_of(joined)] = True
    return found


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
        self._credits()
        self._captions()
        self.headline = self._find_headline()
        article = bool(body) or self.headline is not None
        # the head of the article reaches from its headline over the lines that say who and when
        self.head = range(max(low, self.headline - 3), min(high, self.headline + _HEAD)) if self.headline is not None else range(0)
        self._stamps(body)
        if article:
            self._bylines(body)
            self._decks()
            self._strays()
            self._crossheads()

    def _free(self, index: int) -> bool:
        """Return whether a line of the page has no label from a rule yet."""
        return self.low <= index < self.high and index not in self.labels and not self.frame.furniture[index]

    def _set(self, index: int, label: Label) -> None:
        """Label a line, which is then no paragraph."""
        self.labels[index] = label
        self.body.discard(index)

    def _credits(self) -> None:
        """Label credits, and captions that hold theirs."""
        frame = self.frame
        for i in (np.flatnonzero(frame.credited[self.top : self.bottom]) + self.top).tolist():
            label = credit_shape(frame.line(i)) if self._free(i) else None
            if label is not None and not (i in self.body and frame.words[i] > _LONG_CREDIT):
                self._set(i, label)

    def _captions(self) -> None:
        """Label doubled lines, and lines beside a credit that are no sentence of the body."""
        frame, labels = self.frame, self.labels
        for i in range(self.top, self.bottom - 1):
            same = frame.ends[i] - frame.starts[i] == frame.ends[i + 1] - frame.starts[i + 1]
            if same and frame.words[i] >= 2 and self._free(i) and self._free(i + 1) and frame.line(i) == frame.line(i + 1):
                self._set(i, Label.CAPTION)
                self._set(i + 1, Label.CAPTION)
        for i in [i for i, label in labels.items() if label is Label.CREDIT]:
            for near in (i - 1, i + 1):
                between = self.low <= near + near - i < self.high and labels.get(near + near - i) is Label.CREDIT
                beside = near < i and near not in self.body and bool(self.body) and i > min(self.body)
                if self._free(near) and 2 <= frame.words[near] <= 40 and (between or beside):
                    self._set(near, Label.CAPTION)

    def _find_headline(self) -> int | None:
        """Label the headline, wherever it is repeated too, and return its line nearest to the body."""
        frame = self.frame
        start = min(self.body, default=None)
        limit = self.high if start is None else min(self.high, start + 2)
        lines = [i for i in range(self.top, limit) if self._free(i) and frame.words[i] and not (frame.dated[i] and stamp_shape(frame.line(i)))]
        best = self._said_by_markup(lines)
        if best is None:
            if not lines:
                return None
            best = max(lines, key=lambda i: (self._headline_score(i), i))
            if start is None and frame.scores[best, 1] < -SCALE:
                return None
        title = frame.line(best)
        length = frame.ends[best] - frame.starts[best]
        for i in range(self.low, limit):
            if self._free(i) and frame.ends[i] - frame.starts[i] == length and frame.line(i) == title:
                self._set(i, Label.HEADLINE)
                best = max(best, i)
        return best

    def _headline_score(self, index: int) -> int:
        """Return the network's score for a headline, less what a title cannot be: a word or two, a whole paragraph."""
        words = self.frame.words[index]
        return int(self.frame.scores[index, 1]) - SCALE * (max(0, 3 - words) + max(0, words - 25) // 4)

    def _said_by_markup(self, lines: list[int]) -> int | None:
        """Return the line that the markup gives as the headline, the one nearest to the body."""
        evidence = self.frame.batch.documents[int(self.frame.batch.line_pages[self.low])].evidence
        titles = {_fold(title) for title in evidence.headlines}
        page_title = _fold(evidence.title or "")
        if not titles and not page_title:
            return None
        for i in reversed(lines):
            if self.frame.words[i] >= 2:
                line = _fold(self.frame.line(i))
                if line in titles or (self.frame.words[i] >= 4 and page_title.startswith(line)):
                    return i
        return None

    def _stamps(self, body: list[int]) -> None:
        """Label the lines that say when: with a label anywhere near, without one in the article's own frame."""
        frame = self.frame
        tiny = not body and self.high - self.low <= _TINY
        for i in (np.flatnonzero(frame.dated[self.low : self.high]) + self.low).tolist():
            if not self._free(i):
                continue
            line = frame.line(i)
            shape = stamp_shape(line)
            head = i in self.head
            if shape is None and head and frame.words[i] <= _MIXED and (is_byline(line) or _NUMERIC.search(line)):
                shape = "date"  # "By A Name 4:13 PM July 27, 2014": who and when in one line
            near = self.top <= i < self.bottom + 4 or not body
            inside = bool(body) and body[0] < i <= body[-1] + 1
            if (shape == "labelled" and near) or (shape and (tiny or inside or head)):
                self._set(i, Label.TIMESTAMP)

    def _bylines(self, body: list[int]) -> None:
        """Label who wrote it: by its words, by standing at the stamp as a name, or closing the article in brackets."""
        frame = self.frame
        for i in self.head:
            if self._free(i) and i > self.head.start + 1 and frame.words[i] <= _MIXED and is_byline(frame.line(i)):
                self._set(i, Label.BYLINE)
        for i in [i for i in self.head if self.labels.get(i) is Label.TIMESTAMP]:
            for near in (i - 1, i + 1):
                if self._free(near) and near in self.head and near > self.head.start + 2 and self._is_name(near):
                    self._set(near, Label.BYLINE)
        for i in (body[-1], body[-1] + 1) if body else ():
            if self._free(i) and frame.words[i] <= 8 and _CLOSING.match(frame.line(i)):
                self._set(i, Label.BYLINE)

    def _is_name(self, index: int) -> bool:
        """Return whether a line could be a name or two: a few words, no figures, no end of a sentence."""
        line = self.frame.line(index)
        words = _WORD.findall(line)
        cased = [word for word in words if not word[0].islower()]
        return 1 < len(words) <= 5 and len(cased) >= len(words) - 1 and not _NO_NAME.search(line)

    def _decks(self) -> None:
        """Label the standfirst: the line under the headline that its place or the network tells."""
        if self.headline is None:
            return
        frame = self.frame
        said = [i for i in self.head if self.labels.get(i) in {Label.BYLINE, Label.TIMESTAMP} and i > self.headline]
        first = min((i for i in self.body if i > max([self.headline, *said])), default=self.high)
        for i in range(self.headline + 1, min(first + 1, self.high)):
            if not self._free(i) or frame.words[i] < 4:
                continue
            direct = all(j in self.labels for j in range(self.headline + 1, i))
            framed = any(j > i for j in said) or (not said and self._opens(i))
            if (direct and framed) or frame.scores[i, 2] > (0 if direct else SCALE):
                self._set(i, Label.DECK)
                return

    def _opens(self, index: int) -> bool:
        """Return whether a line opens an article that is stamped at its foot: one sentence, before several paragraphs.

        Outlets that put the stamp under the body let the standfirst follow the headline directly.
        """
        frame = self.frame
        below = [i for i in self.body if i > index]
        stops = int(frame.batch.line_classes[index, CharClass.STOP])
        foot = any(label is Label.TIMESTAMP and i > max(below, default=index) for i, label in self.labels.items())
        return foot and len(below) >= 2 and stops <= 1 and frame.words[index] <= _LONG_CREDIT

    def _strays(self) -> None:
        """Take lines out of the body that its frame leaves outside: over the headline, under the comments."""
        frame = self.frame
        total = sum(frame.words[i] for i in self.body)
        above = [i for i in self.body if self.headline is not None and i < self.headline]
        if 4 * sum(frame.words[i] for i in above) < total:
            for i in above:
                self._set(i, Label.CHROME)
        for mark in (np.flatnonzero(frame.comments[self.top : self.bottom]) + self.top).tolist():
            below = [i for i in self.body if i > mark]
            if below and 3 * sum(frame.words[i] for i in below) < total:
                for i in below:
                    self._set(i, Label.CHROME)
                return

    def _crossheads(self) -> None:
        """Label short lines without a full stop between paragraphs."""
        frame = self.frame
        begin = min(self.body, default=self.high)
        for i in sorted(self.body):
            if begin < i < self.high - 1 and self._free(i) and frame.words[i] <= 9:
                before, after = i - 1 in self.body or i - 1 in self.labels, i + 1 in self.body and frame.words[i + 1] > 9
                if before and after and not _NO_TITLE.search(frame.line(i)):
                    self.labels[i] = Label.CROSSHEAD


def _fold(text: str) -> str:
    """Return the words of a text, folded, for comparing titles."""
    return " ".join(_WORD.findall(text.casefold()))
