"""The frame of an article: headline, deck, byline, stamps, captions and credits around the body.

Only lines near the body, and lines that carry a date, are looked at one by one; what a single line looks like is the
business of :mod:`bidi_news.segment.shapes`.

Example:
    >>> from bidi_news import Page, split_page
    >>> [block.label.value for block in split_page(Page(text="Published: 3 May 2012"))]
    ['timestamp']
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np
import regex

from bidi_news.model import Label
from bidi_news.segment.cues import CROSSHEAD, MIXED
from bidi_news.segment.network import SCALE
from bidi_news.segment.shapes import NUMERIC, WORD, credit_shape, is_byline, is_missing, is_notice, stamp_shape
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.segment.cues import Cues
    from bidi_news.segment.shapes import Shape

__all__ = ["read_frame"]

_ABOVE: Final = 25  # lines over the body that can belong to the article
_HEAD: Final = 10  # lines from the headline that can say who and when
_TINY: Final = 5  # lines of a page that may be a stamp and nothing else
_GAP: Final = SCALE // 4  # what each line between a headline and what should follow it costs
_LONG_CREDIT: Final = 45  # words of a paragraph, whatever credit it ends in
_LEAST_TITLE: Final = 3  # words of a title beside one in another language
_BILINGUAL: Final = 2  # paragraphs of each language on a page in two
_FEW: Final = 2  # paragraphs of a page that may only say that its article is not there
_BELOW: Final = 6  # lines under it
_AFTER_COMMENTS: Final = 3  # the body's words against those that a comment form may take from its end
_AFTER_NOTICE: Final = 5  # likewise a notice of the site, which may as well be the article's own sentence
_LONG_CAPTION_WORDS: Final = 40  # words of a caption beside its credit
_CLOSING: Final = regex.compile(r"\(\s*\p{L}[\p{L}\s.,'’\"״׳־-]{2,50}\)\.?$")
_NO_NAME: Final = regex.compile(r"\d|[?!:;.]$")
_NO_TITLE_ENDS: Final = tuple(".!?…:;,\"”'’)*")
_NO_TITLE_OPENS: Final = tuple("-–•*·\"“”‘'")
# White space, and the format characters that scrapes leave at the ends of lines: bidi controls, joiners, BOM.
_INVISIBLE: Final = (
    " \t\N{NO-BREAK SPACE}\N{ARABIC LETTER MARK}\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)


def read_frame(cues: Cues, page: int, body: list[int]) -> dict[int, Label]:
    """Return the labels of a page's lines that the frame decides, by index of the line in the batch.

    Args:
        cues: cues to the lines of the batch.
        page: index of the page.
        body: lines of the page that the network takes for body, in order.
    """
    return _PageFrame(cues, page, body).labels


class _PageFrame:
    """Reads the frame of one page, rule by rule; ``labels`` is what it found."""

    def __init__(self, cues: Cues, page: int, body: list[int]) -> None:
        self.cues = cues
        self.document = cues.batch.documents[page]
        self.low, self.high = (int(line) for line in cues.batch.page_lines[page : page + 2])
        self.paragraphs = body  # those with a label from a rule are none any more
        self.lost: list[int] = []  # those
        self.labels: dict[int, Label] = {}
        self.shapes: dict[int, Shape | None] = {}  # how lines state a time, as far as that was asked
        self.top = max(self.low, body[0] - _ABOVE) if body else self.low
        self.bottom = min(self.high, body[-1] + 1 + _BELOW) if body else self.high
        if len(body) <= _FEW and is_missing(self.document.text):
            for i in body:
                self._set(i, Label.CHROME)
            return
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
            self._more_captions()
            self._strays()
            self._crossheads()

    def _line(self, index: int) -> str:
        """Return the text of a line without invisible characters around it."""
        text = self.document.text[self.cues.starts[index] : self.cues.ends[index]]
        return text if text.isascii() else text.strip(_INVISIBLE)

    def _shape(self, index: int) -> Shape | None:
        """Return how a line states a time."""
        if index not in self.shapes:
            self.shapes[index] = stamp_shape(self._line(index))
        return self.shapes[index]

    def _those(self, lines: list[int], low: int, high: int) -> list[int]:
        """Return the lines of a range, out of some in rising order, that no rule has labelled yet."""
        return [i for i in _between(lines, low, high) if self._free(i)]

    def _free(self, index: int) -> bool:
        """Return whether a line of the page has no label from a rule yet."""
        return self.low <= index < self.high and index not in self.labels and not self.cues.furniture[index]

    def _set(self, index: int, label: Label) -> None:
        """Label a line, which is then no paragraph."""
        if self._is_paragraph(index):
            self.lost.append(index)
        self.labels[index] = label

    def _is_paragraph(self, index: int) -> bool:
        """Return whether a line of the page is of the body, and has no label from a rule."""
        return self.cues.body[index] == 1 and index not in self.labels

    def _has_body(self) -> bool:
        """Return whether there is a paragraph."""
        return len(self.lost) < len(self.paragraphs)

    def _words(self, low: int, high: int) -> int:
        """Count the words of the paragraphs in a range."""
        total, words = self.cues.body_words, self.cues.words
        return total[high] - total[low] - sum(words[i] for i in self.lost if low <= i < high)

    def _paragraphs(self, after: int = -1) -> Iterator[int]:
        """Give the paragraphs after a line, in order."""
        paragraphs, labels = self.paragraphs, self.labels
        return (i for i in paragraphs[bisect_right(paragraphs, after) :] if i not in labels)

    def _credits(self) -> None:
        """Label credits, and captions that hold theirs."""
        for i in self._those(self.cues.credited, self.top, self.bottom):
            if not (self.cues.words[i] > _LONG_CREDIT and self._is_paragraph(i)):
                label = credit_shape(self._line(i))
                if label is not None:
                    self._set(i, label)

    def _captions(self) -> None:
        """Label doubled lines, and lines beside a credit that are no sentence of the body."""
        labels = self.labels
        first = self._first_paragraph()
        for i in self._those(self.cues.doubled, self.top, self.bottom - 1):
            # over the first paragraph a line that stands twice is the headline
            if i > first and self._free(i + 1) and self._line(i) == self._line(i + 1):
                self._set(i, Label.CAPTION)
                self._set(i + 1, Label.CAPTION)
        opening = next(self._paragraphs(), self.high)
        for i in [i for i, label in labels.items() if label is Label.CREDIT]:
            for near in (i - 1, i + 1):
                between = self.low <= near + near - i < self.high and labels.get(near + near - i) is Label.CREDIT
                beside = near < i and i > opening and not self._is_paragraph(near)
                if (between or beside) and self._free(near) and 2 <= self.cues.words[near] <= _LONG_CAPTION_WORDS:
                    self._set(near, Label.CAPTION)

    def _more_captions(self) -> None:
        """Label what the network takes for captions and no rule has labelled."""
        for i in self._those(self.cues.captions, self.top, self.bottom):
            if not self._is_paragraph(i):
                self._set(i, Label.CAPTION)

    def _find_headline(self) -> int | None:
        """Label the headline, wherever it is repeated too, and return its line nearest to the body."""
        cues = self.cues
        limit = min(self.high, self._first_paragraph() + 2)
        top = max(self.low, limit - _ABOVE) if self._has_body() else self.low
        said = {i for i in self._those(cues.dated, top, limit) if self._shape(i)}
        said.update(i for i in self._those(cues.bylined, top, limit) if is_byline(self._line(i)))
        words, furniture, known = cues.words, cues.furniture, self.labels.keys() | said
        lines = [i for i in range(top, limit) if words[i] and i not in known and not furniture[i]]
        best = self._said_by_markup(lines)
        if best is None:
            if not lines:
                return None
            best = self._most_like_title(lines, said, limit - 2)
            # of two lines one above the other the longer one below is the deck
            above = best - 1
            if above in lines and 4 <= cues.words[above] < cues.words[best]:
                best = above if cues.headline[above] > cues.headline[best] - SCALE else best
            if self._is_only(best) or (not self._has_body() and cues.headline[best] < -SCALE):
                return None
        title = self._line(best)
        same = np.flatnonzero(cues.hashes[self.low : limit] == cues.hashes[best])
        for i in (same + self.low).tolist():
            if self._free(i) and self._line(i) == title:
                self._set(i, Label.HEADLINE)
                best = max(best, i)
        return self._twin(best) or best

    def _twin(self, headline: int) -> int | None:
        """Label the title in the other language of a page in two, beside the headline; return the lower of both."""
        hebrew = self._is_hebrew(headline)
        for near in (headline - 1, headline + 1):
            if self._free(near) and self.cues.words[near] >= _LEAST_TITLE and self._is_hebrew(near) != hebrew:
                body = [self._is_hebrew(i) for i in self._paragraphs() if i != near]
                if min(body.count(True), body.count(False)) >= _BILINGUAL:
                    self._set(near, Label.HEADLINE)
                    return max(near, headline)
        return None

    def _is_only(self, index: int) -> bool:
        """Return whether a line is the only paragraph."""
        return len(self.lost) + 1 == len(self.paragraphs) and self._is_paragraph(index)

    def _is_hebrew(self, index: int) -> bool:
        """Return whether a line has more Hebrew letters than Latin ones in lower case."""
        return self.cues.hebrew[index] == 1

    def _most_like_title(self, lines: list[int], said: set[int], first: int) -> int:
        """Return the line most like a headline: right over the lines that say who and when, or over the body.

        Args:
            lines: those that can be it, in rising order, at least one.
            said: lines that say who and when.
            first: the first paragraph.
        """
        headline, marks = self.cues.headline, sorted(said | {first}, reverse=True)
        best, most, place = lines[-1], None, 0
        for i in reversed(lines):
            while place < len(marks) and marks[place] > i:
                place += 1
            gap = marks[place - 1] - i if place else 0  # to the next mark below
            score = headline[i] - _GAP * max(gap - 2, 0) + SCALE * (i + 1 in said or i + 2 in said)
            if most is None or score > most:
                best, most = i, score
        return best

    def _first_paragraph(self) -> int:
        """Return the first line of the body that is a paragraph by its length, else its first; the end without one."""
        words = self.cues.words
        long = next((i for i in self._paragraphs() if words[i] > CROSSHEAD), None)
        return next(self._paragraphs(), self.high) if long is None else long

    def _said_by_markup(self, lines: list[int]) -> int | None:
        """Return the line that the markup gives as the headline, the one nearest to the body."""
        evidence = self.document.evidence
        titles = {_fold(title) for title in evidence.headlines}
        page_title = _fold(evidence.title or "")
        if not titles and not page_title:
            return None
        for i in reversed(lines):
            if self.cues.words[i] >= 2:
                line = _fold(self._line(i))
                if line in titles or (self.cues.words[i] >= 4 and page_title.startswith(line)):
                    return i
        return None

    def _stamps(self, body: list[int]) -> None:
        """Label the lines that say when: with a label anywhere near, without one in the article's own frame."""
        cues = self.cues
        tiny = not body and self.high - self.low <= _TINY
        low, high = (self.top - 3, self.bottom + 4) if body else (self.low, self.high)
        for i in self._those(cues.dated, max(low, self.low), min(high, self.high)):
            shape, head = self._shape(i), i in self.head
            if shape is None and head and cues.words[i] <= MIXED and self._mixes(i):
                shape = "date"  # "By A Name 4:13 PM July 27, 2014": who and when in one line
            inside = bool(body) and body[0] < i <= body[-1] + 1
            if shape == "labelled" or (shape and (tiny or inside or head)):
                self._set(i, Label.TIMESTAMP)

    def _mixes(self, index: int) -> bool:
        """Return whether a line near the headline with a date may say who and when."""
        line = self._line(index)
        return is_byline(line) or bool(NUMERIC.search(line))

    def _bylines(self, body: list[int]) -> None:
        """Label who wrote it: by its words, as a name at the stamp, in brackets at the end, or by the network."""
        cues = self.cues
        start = self.headline if self.headline is not None else self.low
        for i in self._those(cues.bylined, max(self.head.start, start - 1), self.head.stop):
            if is_byline(self._line(i)):
                self._set(i, Label.BYLINE)
        for i in [i for i in self.head if self.labels.get(i) is Label.TIMESTAMP]:
            for near in (i - 1, i + 1):
                if near in self.head and near > start and self._free(near) and self._is_name(near):
                    self._set(near, Label.BYLINE)
        for i in (body[-1], body[-1] + 1) if body else ():
            if self._free(i) and cues.words[i] <= 8 and _CLOSING.match(self._line(i)):
                self._set(i, Label.BYLINE)
        for i in self._those(cues.bylines, self.top, self.bottom):
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
        cues = self.cues
        said = [i for i in self.head if self.labels.get(i) in {Label.BYLINE, Label.TIMESTAMP} and i > self.headline]
        last = max([self.headline, *said])
        first = next(self._paragraphs(last), self.high)
        direct = True  # whether only labelled lines stand between the headline and this one
        for i in range(self.headline + 1, min(first + 1, self.high)):
            # the only paragraph of a flash is no standfirst
            if self._free(i) and cues.words[i] >= 4 and not self._is_only(i):
                framed = any(j > i for j in said) or (not said and self._opens(i))
                if (direct and framed) or cues.deck[i] > (0 if direct else SCALE):
                    self._set(i, Label.DECK)
                    return
            direct = direct and i in self.labels

    def _opens(self, index: int) -> bool:
        """Return whether a line opens an article that is stamped at its foot: one sentence, before several paragraphs.

        Outlets that put the stamp under the body let the standfirst follow the headline directly.
        """
        cues = self.cues
        if cues.words[index] > _LONG_CREDIT or cues.batch.line_classes[index, CharClass.STOP] > 1:
            return False
        last = max(index, next((i for i in reversed(self.paragraphs) if i not in self.labels), index))
        foot = any(label is Label.TIMESTAMP and i > last for i, label in self.labels.items())
        return foot and len(list(islice(self._paragraphs(index), 2))) == 2

    def _strays(self) -> None:
        """Take lines out of the body that its frame leaves outside: over the headline, under comments and notices."""
        cues, total = self.cues, self._words(self.low, self.high)
        strays: list[int] = []
        if self.headline is not None and 4 * self._words(self.low, self.headline) < total:
            strays += [i for i in _between(self.paragraphs, self.low, self.headline) if i not in self.labels]
        end = self.paragraphs[-1] + 1 if self.paragraphs else self.top
        comments = set(_between(cues.comments, self.top, end))
        for mark in sorted((*comments, *_between(cues.notices, self.top, end))):
            share = _AFTER_COMMENTS if mark in comments else _AFTER_NOTICE
            few = share * self._words(mark, self.high) < total
            if few and (mark in comments or is_notice(self._line(mark))):
                strays += self._paragraphs(mark - 1)
                break
        for i in strays:
            self._set(i, Label.CHROME)

    def _crossheads(self) -> None:
        """Label short lines without a full stop between paragraphs."""
        cues, labels = self.cues, self.labels
        begin = next(self._paragraphs(), self.high)
        for i in _between(cues.short, begin, self.high):
            if i not in labels and (cues.crossheads[i] or (begin < i and self._parts_paragraphs(i))):
                labels[i] = Label.CROSSHEAD

    def _parts_paragraphs(self, index: int) -> bool:
        """Return whether a short line that is not the first of the body stands over a long one like a title."""
        if not (index < self.high - 1 and self._is_paragraph(index + 1) and self.cues.words[index]):
            return False
        return (self._is_paragraph(index - 1) or index - 1 in self.labels) and not _is_closed(self._line(index))


def _is_closed(line: str) -> bool:
    """Return whether a line opens or ends as no title does."""
    return line.endswith(_NO_TITLE_ENDS) or line.startswith(_NO_TITLE_OPENS) or line[:1].isdecimal()


def _between(lines: list[int], low: int, high: int) -> list[int]:
    """Return the lines of a range, out of some in rising order."""
    return lines[bisect_left(lines, low) : bisect_left(lines, high)]


def _fold(text: str) -> str:
    """Return the words of a text, folded, for comparing titles."""
    return " ".join(WORD.findall(text.casefold()))
