"""Read the candidate lines of one page: their stamps, the phrases before them, and what stands on the lines around."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.clean import clean, fold_word
from bidi_news.dates.grammar import read_stamps
from bidi_news.dates.roles import Phrase, Setting, find_label, judge
from bidi_news.dates.settle import Candidate
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.dates.clean import Passage
    from bidi_news.dates.grammar import Stamp
    from bidi_news.model import Role

__all__ = ["Line", "PageReader"]

_Bounds = tuple[int, int]
_LABELS = tuple(Label)
_CHROME = Label.CHROME
_HEAD = frozenset(map(_LABELS.index, (Label.HEADLINE, Label.DECK, Label.BYLINE)))
_LONG = 160  # code points; a longer line is read in windows around its triggers
_BEFORE, _AFTER = 60, 80  # code points of a window
_STAMP = 40  # code points of most stamps
_MOST_PASSAGES = 500  # read on one page: a page with more is a list, and its own stamp is not behind all of them
_MOST_LABEL_LINE = 40  # code points of a line that is a phrase, or a time of day, alone
_MOST_BETWEEN = 3  # lines between a day and its time of day
_EDGE = " |-.,()[]"  # marks that may stand before a stamp at the head of its line
_WORD = re.compile(r"[^\W\d_]+")
_ALONE = re.compile("[\\d\u05d0-\u05ea]")  # what a time of day, or a date of the Hebrew calendar, is written with


class Line(NamedTuple):
    """A line that may hold stamps."""

    place: int
    """Its index in the batch."""
    start: int
    """First code point in its page."""
    end: int
    """Code point after the last."""
    triggers: list[int]
    """Code points of its triggers, in order."""


class PageReader:
    """Reads the candidate lines of one page."""

    def __init__(self, batch: Batch, page: int, labels: NDArray[np.uint8] | None, further: Mapping[str, Role]) -> None:
        """Take the page's place in its batch, the labels of the batch's lines, and the phrases of its outlet."""
        self._batch = batch
        self._text = batch.documents[page].text
        self._base = int(batch.points[batch.page_starts[page]])
        self._lines = range(int(batch.page_lines[page]), int(batch.page_lines[page + 1]))
        self._labels = None if labels is None else labels[self._lines.start : self._lines.stop].tolist()
        self._further = {fold_word(phrase): role for phrase, role in further.items()}

    def candidates(self, lines: Sequence[Line]) -> list[Candidate]:
        """Return the stamps of some lines."""
        found: list[Candidate] = []
        past = 0
        for line, start, end, whole in self._passages(lines):
            passage = clean(self._text[start:end], start)
            for candidate in self._read(passage, line, whole=whole):
                # a stamp over several lines covers what the next line says again
                if (candidate.start or 0) >= past:
                    found.append(candidate)
                    past = candidate.end or past
        return found

    def _passages(self, lines: Sequence[Line]) -> Iterator[tuple[int, int, int, bool]]:
        """Give the line and the bounds of each passage to read, and whether it is a whole line."""
        read = 0
        for line, first, last, points in lines:
            if last - first <= _LONG:
                yield line, first, last, True
                read += 1
            else:
                position = first
                for point in points:
                    if point >= position and read < _MOST_PASSAGES:
                        start, end = self._window(point, first, last)
                        # a stamp that begins near the end may reach beyond it, and gets a window of its own
                        position = end if end == last else end - _STAMP
                        yield line, start, end, False
                        read += 1
            if read >= _MOST_PASSAGES:
                return

    def _window(self, point: int, first: int, last: int) -> tuple[int, int]:
        """Return the bounds of a window around a trigger, cut at spaces so that no date is cut."""
        start, end = max(point - _BEFORE, first), min(point + _AFTER, last)
        if start > first:
            start = max(self._text.find(" ", start, point), start)
        if end < last:
            end = max(self._text.rfind(" ", point + _STAMP, end), point + _STAMP)
        return start, end

    def _read(self, passage: Passage, line: int, *, whole: bool) -> list[Candidate]:
        """Return the stamps of a passage, each with its phrase, its role and its bounds in the page."""
        stamps, phrases = self._complete(read_stamps(passage), passage)
        if not stamps:
            return []
        text = passage.text
        ends = [0, *[stamp.end for stamp in stamps]]
        begins = [phrase.start if phrase else stamp.start for phrase, stamp in zip(phrases, stamps, strict=True)]
        begins.append(len(text))
        rest = partial(_count_rest, text, [*stamps, *filter(None, phrases)])
        label, beside = self._label(line), self._is_beside_head(line)
        found = []
        for index, (stamp, phrase) in enumerate(zip(stamps, phrases, strict=True)):
            introduced, spoken = phrase, None
            if phrase:
                spoken = passage.locate(phrase.start, phrase.end)
            elif whole and not text[: stamp.start].strip(_EDGE):
                spoken, introduced = self._label_above(line) or (None, None)
            setting = Setting(text, ends[index], begins[index + 1], rest, whole, label, beside)
            role, evidence = judge(stamp, introduced, setting)
            start, end = passage.locate(stamp.start, stamp.end)
            dated = stamp
            if role != "other" and whole and len(stamps) == 1 and not (stamp.clock or stamp.relative):
                dated, (start, end) = self._with_time_nearby(stamp, (start, end), line)
            named = self._text[slice(*spoken)] if spoken else None
            found.append(Candidate(dated, self._text[start:end], start, end, named, role, evidence))
        return found

    def _complete(self, read: Sequence[Stamp], passage: Passage) -> tuple[list[Stamp], list[Phrase | None]]:
        """Return the stamps with a date and their phrases; an update with a time alone is of the day before it."""
        stamps: list[Stamp] = []
        phrases: list[Phrase | None] = []
        for stamp in read:
            dated = stamp.has_date
            phrase = find_label(passage.text, stamp.start, self._further) if dated or stamps else None
            if dated:
                stamps.append(stamp)
                phrases.append(phrase)
            elif phrase and phrase.role == "modified":
                stamps.append(stamps[-1]._replace(start=stamp.start, end=stamp.end, clock=stamp.clock))
                phrases.append(phrase)
        return stamps, phrases

    def _label_above(self, line: int) -> tuple[tuple[int, int], Phrase] | None:
        """Return where the phrase stands that is all of the line above, and the phrase as if it headed this line."""
        if line == self._lines.start:
            return None
        start, end = self._bounds(line - 1)
        if end - start > _MOST_LABEL_LINE:
            return None
        passage = clean(self._text[start:end], start)
        phrase = find_label(passage.text, len(passage.text), self._further)
        if phrase is None or passage.text[: phrase.start].strip() or phrase.end == phrase.start:
            return None
        return passage.locate(phrase.start, phrase.end), Phrase(0, 0, phrase.role)

    def _with_time_nearby(self, stamp: Stamp, bounds: _Bounds, line: int) -> tuple[Stamp, _Bounds]:
        """Add the time of day that stands alone on one of the next lines, or on the line before."""
        for other in range(line + 1, min(line + 1 + _MOST_BETWEEN, self._lines.stop)):
            alone = self._alone(other)
            if len(alone) == 1 and not alone[0][0].has_date:
                return stamp._replace(clock=alone[0][0].clock), (bounds[0], alone[0][1][1])
            only_hebrew = alone and all(found.hebrew and not found.clock for found, _ in alone)
            if not only_hebrew and self._label(other) is not _CHROME:
                break
        alone = self._alone(line - 1) if line > self._lines.start else []
        if len(alone) == 1 and not alone[0][0].has_date:
            return stamp._replace(clock=alone[0][0].clock), (alone[0][1][0], bounds[1])
        return stamp, bounds

    def _alone(self, line: int) -> list[tuple[Stamp, _Bounds]]:
        """Return the stamps of a short line that holds nothing else, with their bounds; none for a line of words."""
        start, end = self._bounds(line)
        if end - start > _MOST_LABEL_LINE or not _ALONE.search(self._text, start, end):
            return []
        passage = clean(self._text[start:end], start)
        glue = vocabulary().words["glue"]
        stamps = read_stamps(passage)
        covered = sum(_count_words(passage.text[stamp.start : stamp.end]) for stamp in stamps)
        if sum(word not in glue for word in _WORD.findall(passage.text)) > covered:
            return []
        return [(stamp, passage.locate(stamp.start, stamp.end)) for stamp in stamps]

    def _is_beside_head(self, line: int) -> bool:
        """Say whether a headline, deck or byline stands within two lines."""
        if self._labels is None:
            return False
        place = line - self._lines.start
        return not _HEAD.isdisjoint(self._labels[max(place - 2, 0) : place + 3])

    def _bounds(self, line: int) -> tuple[int, int]:
        points, batch = self._batch.points, self._batch
        return int(points[batch.line_starts[line]]) - self._base, int(points[batch.line_ends[line]]) - self._base

    def _label(self, line: int) -> Label | None:
        return None if self._labels is None else _LABELS[self._labels[line - self._lines.start]]


def _count_rest(text: str, parts: Sequence[Stamp | Phrase]) -> int:
    """Count the words of a passage that stand in none of its parts."""
    return _count_words(text) - sum(_count_words(text[part.start : part.end]) for part in parts)


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))
