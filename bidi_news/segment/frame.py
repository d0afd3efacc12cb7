"""The frame of an article: headline, deck, byline, stamps, captions and credits around the body.

Only lines near the body, and lines that carry a date, are looked at one by one; what a single line looks like is the
business of :mod:`bidi_news.segment.shapes`.

Example:
    >>> from bidi_news import Page, split_page
    >>> [block.label.value for block in split_page(Page(text="Published: 3 May 2012"))]
    ['timestamp']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import regex

from bidi_news.batch import hash_words
from bidi_news.model import ChromeKind, Label
from bidi_news.segment.network import SCALE
from bidi_news.segment.shapes import NUMERIC, WORD, agencies, credit_shape, is_byline, stamp_shape
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["Frame", "read_frame"]

_ABOVE: Final = 25  # lines over the body that can belong to the article
_HEAD: Final = 10  # lines from the headline that can say who and when
_TINY: Final = 5  # lines of a page that may be a stamp and nothing else
_GAP: Final = SCALE // 4  # what each line between a headline and what should follow it costs
_CROSSHEAD: Final = 9  # words of a crosshead
_MIXED: Final = 14  # words of a line that says who and when
_LONG_CREDIT: Final = 45  # words of a paragraph, whatever credit it ends in
_BELOW: Final = 6  # lines under it
_LONG_STAMP: Final = 140  # characters; a longer line is no stamp
_LONG_CAPTION: Final = 320  # characters of a caption with its credit
_LONG_CAPTION_WORDS: Final = 40  # words of a caption beside its credit
_SEPARATORS: Final = np.zeros(256, bool)  # bytes that may stand between the figures of a date or a time
_SEPARATORS[[*b"./:-"]] = True
_SEPARATORS[0xE2] = True  # a bidi mark or a dash of another kind; the line itself tells
_CLOSING: Final = regex.compile(r"\(\s*\p{L}[\p{L}\s.,'’\"״׳־-]{2,50}\)\.?$")
_NO_NAME: Final = regex.compile(r"\d|[?!:;.]$")
_NO_TITLE: Final = regex.compile(r"[.!?…:;,\"”'’)*]$|^[-–•*·\"“”‘'\d]")
# White space, and the format characters that scrapes leave at the ends of lines: bidi controls, joiners, BOM.
_INVISIBLE: Final = (
    " \t\N{NO-BREAK SPACE}\N{ARABIC LETTER MARK}\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)

_COMMENTS: Final = tuple(ChromeKind).index(ChromeKind.COMMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The lines of a batch as this module reads them; every sequence has one item per line."""

    batch: Batch
    """The pages."""
    headline: list[int]
    """The network's score for a headline, less what no title is like: a word or two, a whole paragraph, words of the
    interface, bars and arrows."""
    deck: list[int]
    """The network's score for a deck."""
    furniture: list[bool]
    """Whether the line is known page furniture."""
    starts: list[int]
    """First code point of the line."""
    ends: list[int]
    """Code point after its last."""
    words: list[int]
    """Words of the line."""
    short: NDArray[np.bool_]
    """Whether the line has words, and few enough for a crosshead."""
    dated: NDArray[np.bool_]
    """Whether the line is short and has figures enough for a stamp."""
    bylined: NDArray[np.bool_]
    """Whether the line is short and has a word of bylines, or is the name of an agency."""
    credited: NDArray[np.bool_]
    """Whether the line has a word of credits."""
    comments: NDArray[np.bool_]
    """Whether the line is furniture of a comment section."""
    hashes: NDArray[np.uint64]
    """Sum of the hashes of the line's words: equal lines have equal ones."""
    doubled: NDArray[np.bool_]
    """Whether the line after it seems to say the same."""

    @classmethod
    def of(
        cls,
        batch: Batch,
        categories: NDArray[np.int64],
        scores: NDArray[np.int64],
        kinds: NDArray[np.int8],
        hashes: NDArray[np.uint64],
    ) -> Frame:
        """Gather what the rules need: the lines' words by category, scores, kinds of furniture and hashes."""
        starts, ends = batch.spans(batch.line_starts, batch.line_ends, batch.line_pages)
        counts = batch.line_classes
        characters = counts.sum(axis=1)
        dated = (_figures(batch) | (categories[:, 4] > 0)) & (counts[:, CharClass.DIGIT] >= 3)
        words = np.diff(batch.line_words)
        unlikely = np.maximum(3 - words, 0) + np.maximum(words - 25, 0) // 4
        unlikely += (categories[:, 1] > 0) + (counts[:, CharClass.SYMBOL] > 0)
        return cls(
            batch=batch,
            headline=(scores[:, 1] - SCALE * unlikely).tolist(),
            deck=scores[:, 2].tolist(),
            furniture=(kinds >= 0).tolist(),
            comments=kinds == _COMMENTS,
            hashes=hashes,
            doubled=np.append((hashes[1:] == hashes[:-1]) & (words[1:] == words[:-1]) & (words[1:] >= 2), False),
            starts=starts,
            ends=ends,
            words=words.tolist(),
            short=(words > 0) & (words <= _CROSSHEAD),
            dated=dated & (characters <= _LONG_STAMP),
            bylined=((categories[:, 3] > 0) & (words <= _MIXED)) | np.isin(hashes, _agency_hashes()),
            credited=(categories[:, 2] > 0) & (characters <= _LONG_CAPTION),
        )


@cache
def _agency_hashes() -> NDArray[np.uint64]:
    """Return the sum of the hashes of the words of each agency."""
    names = [WORD.findall(name) for name in agencies()]
    return np.array([hash_words(words).sum(dtype=np.uint64) for words in names], np.uint64)


def _figures(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines have two figures with a separator of dates or times between them."""
    digits = np.flatnonzero(batch.classes[:-2] == CharClass.DIGIT.value)
    joined = digits[_SEPARATORS.take(batch.data[digits + 1]) & (batch.classes[digits + 2] == CharClass.DIGIT.value)]
    found = np.zeros(len(batch.line_starts), bool)
    found[batch.line_of(joined)] = True
    return found


def read_frame(frame: Frame, page: int, body: list[int]) -> dict[int, Label]:
    """Return the labels of a page's lines that the frame decides, by index of the line in the batch.

    Args:
        frame: the lines of the batch.
        page: index of the page.
        body: lines of the page that the network takes for body, in order.
    """
    return _PageFrame(frame, page, body).labels


class _PageFrame:
    """Reads the frame of one page, rule by rule; ``labels`` is what it found."""

    def __init__(self, frame: Frame, page: int, body: list[int]) -> None:
        self.frame = frame
        self.document = frame.batch.documents[page]
        self.low, self.high = (int(line) for line in frame.batch.page_lines[page : page + 2])
        self.body = set(body)
        self.labels: dict[int, Label] = {}
        self.top = max(self.low, body[0] - _ABOVE) if body else self.low
        self.bottom = min(self.high, body[-1] + 1 + _BELOW) if body else self.high
        self._credits()
        self._captions()
        self.headline = self._find_headline()
        # the head of the article reaches from its headline over the lines that say who and when
        at = self.headline
        self.head = range(0) if at is None else range(max(self.low, at - 3), min(self.high, at + _HEAD))
        self._stamps(body)
        if body or self.headline is not None:
            self._bylines(body)
            self._decks()
            self._strays()
            self._crossheads()

    def _line(self, index: int) -> str:
        """Return the text of a line without invisible characters around it."""
        text = self.document.text[self.frame.starts[index] : self.frame.ends[index]]
        return text if text.isascii() else text.strip(_INVISIBLE)

    def _those(self, flags: NDArray[np.bool_], low: int, high: int) -> list[int]:
        """Return the flagged lines of a range that no rule has labelled yet."""
        return [i for i in (np.flatnonzero(flags[low:high]) + low).tolist() if self._free(i)]

    def _free(self, index: int) -> bool:
        """Return whether a line of the page has no label from a rule yet."""
        return self.low <= index < self.high and index not in self.labels and not self.frame.furniture[index]

    def _set(self, index: int, label: Label) -> None:
        """Label a line, which is then no paragraph."""
        self.labels[index] = label
        self.body.discard(index)

    def _credits(self) -> None:
        """Label credits, and captions that hold theirs."""
        for i in self._those(self.frame.credited, self.top, self.bottom):
            if not (i in self.body and self.frame.words[i] > _LONG_CREDIT):
                label = credit_shape(self._line(i))
                if label is not None:
                    self._set(i, label)

    def _captions(self) -> None:
        """Label doubled lines, and lines beside a credit that are no sentence of the body."""
        labels = self.labels
        first = self._first_paragraph()
        for i in self._those(self.frame.doubled, self.top, self.bottom - 1):
            # over the first paragraph a line that stands twice is the headline
            if i > first and self._free(i + 1) and self._line(i) == self._line(i + 1):
                self._set(i, Label.CAPTION)
                self._set(i + 1, Label.CAPTION)
        for i in [i for i, label in labels.items() if label is Label.CREDIT]:
            for near in (i - 1, i + 1):
                between = self.low <= near + near - i < self.high and labels.get(near + near - i) is Label.CREDIT
                beside = near < i and near not in self.body and bool(self.body) and i > min(self.body)
                if (between or beside) and self._free(near) and 2 <= self.frame.words[near] <= _LONG_CAPTION_WORDS:
                    self._set(near, Label.CAPTION)

    def _find_headline(self) -> int | None:
        """Label the headline, wherever it is repeated too, and return its line nearest to the body."""
        frame = self.frame
        limit = min(self.high, self._first_paragraph() + 2)
        top = max(self.low, limit - _ABOVE) if self.body else self.low
        said = {i for i in self._those(frame.dated, top, limit) if stamp_shape(self._line(i))}
        said.update(i for i in self._those(frame.bylined, top, limit) if is_byline(self._line(i)))
        lines = [i for i in range(top, limit) if frame.words[i] and i not in said and self._free(i)]
        best = self._said_by_markup(lines)
        if best is None:
            if not lines:
                return None
            following = said | {limit - 2}

            def score(i: int) -> tuple[int, int]:
                # a headline stands right over the lines that say who and when, or over the first paragraph
                gap = min((j - i for j in following if j > i), default=0)
                return frame.headline[i] - _GAP * max(gap - 2, 0) + SCALE * (not said.isdisjoint((i + 1, i + 2))), i

            best = max(lines, key=score)
            if not self.body and frame.headline[best] < -SCALE:
                return None
        title = self._line(best)
        same = frame.hashes[self.low : limit] == frame.hashes[best]
        for i in (np.flatnonzero(same) + self.low).tolist():
            if self._free(i) and self._line(i) == title:
                self._set(i, Label.HEADLINE)
                best = max(best, i)
        return best

    def _first_paragraph(self) -> int:
        """Return the first line of the body that is a paragraph by its length, else its first; the end without one."""
        body = sorted(self.body)
        return next((i for i in body if self.frame.words[i] > _CROSSHEAD), body[0] if body else self.high)

    def _said_by_markup(self, lines: list[int]) -> int | None:
        """Return the line that the markup gives as the headline, the one nearest to the body."""
        evidence = self.document.evidence
        titles = {_fold(title) for title in evidence.headlines}
        page_title = _fold(evidence.title or "")
        if not titles and not page_title:
            return None
        for i in reversed(lines):
            if self.frame.words[i] >= 2:
                line = _fold(self._line(i))
                if line in titles or (self.frame.words[i] >= 4 and page_title.startswith(line)):
                    return i
        return None

    def _stamps(self, body: list[int]) -> None:
        """Label the lines that say when: with a label anywhere near, without one in the article's own frame."""
        frame = self.frame
        tiny = not body and self.high - self.low <= _TINY
        low, high = (self.top - 3, self.bottom + 4) if body else (self.low, self.high)
        for i in self._those(frame.dated, max(low, self.low), min(high, self.high)):
            line = self._line(i)
            shape = stamp_shape(line)
            head = i in self.head
            if shape is None and head and frame.words[i] <= _MIXED and (frame.bylined[i] or NUMERIC.search(line)):
                shape = "date"  # "By A Name 4:13 PM July 27, 2014": who and when in one line
            inside = bool(body) and body[0] < i <= body[-1] + 1
            if shape == "labelled" or (shape and (tiny or inside or head)):
                self._set(i, Label.TIMESTAMP)

    def _bylines(self, body: list[int]) -> None:
        """Label who wrote it: by its words, by standing at the stamp as a name, or closing the article in brackets."""
        frame = self.frame
        for i in self._those(frame.bylined, self.head.start + 2, self.head.stop):
            if is_byline(self._line(i)):
                self._set(i, Label.BYLINE)
        for i in [i for i in self.head if self.labels.get(i) is Label.TIMESTAMP]:
            for near in (i - 1, i + 1):
                if near in self.head and near > self.head.start + 2 and self._free(near) and self._is_name(near):
                    self._set(near, Label.BYLINE)
        for i in (body[-1], body[-1] + 1) if body else ():
            if self._free(i) and frame.words[i] <= 8 and _CLOSING.match(self._line(i)):
                self._set(i, Label.BYLINE)

    def _is_name(self, index: int) -> bool:
        """Return whether a line could be a name or two: a few words, no figures, no end of a sentence."""
        line = self._line(index)
        words = WORD.findall(line)
        cased = [word for word in words if not word[0].islower()]
        return 1 < len(words) <= 5 and len(cased) >= len(words) - 1 and not _NO_NAME.search(line)

    def _decks(self) -> None:
        """Label the standfirst: the line under the headline that its place or the network tells."""
        if self.headline is None:
            return
        frame = self.frame
        said = [i for i in self.head if self.labels.get(i) in {Label.BYLINE, Label.TIMESTAMP} and i > self.headline]
        last = max([self.headline, *said])
        first = min((i for i in self.body if i > last), default=self.high)
        if not any(i > first for i in self.body):
            first -= 1  # the only paragraph of a flash is no standfirst
        direct = True  # whether only labelled lines stand between the headline and this one
        for i in range(self.headline + 1, min(first + 1, self.high)):
            if self._free(i) and frame.words[i] >= 4:
                framed = any(j > i for j in said) or (not said and self._opens(i))
                if (direct and framed) or frame.deck[i] > (0 if direct else SCALE):
                    self._set(i, Label.DECK)
                    return
            direct = direct and i in self.labels

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
        if above and 4 * sum(frame.words[i] for i in above) < total:
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
        frame, body = self.frame, self.body
        begin = min(body, default=self.high)
        for i in body.intersection((np.flatnonzero(frame.short[begin + 1 : self.high - 1]) + begin + 1).tolist()):
            before, after = i - 1 in body or i - 1 in self.labels, i + 1 in body and frame.words[i + 1] > _CROSSHEAD
            if before and after and not _NO_TITLE.search(self._line(i)):
                self.labels[i] = Label.CROSSHEAD


def _fold(text: str) -> str:
    """Return the words of a text, folded, for comparing titles."""
    return " ".join(WORD.findall(text.casefold()))
