"""Read lines of one page: their stamps, the phrases before them, and what stands on the lines around."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bidi_news.dates.clean import clean
from bidi_news.dates.grammar import read_stamps
from bidi_news.dates.lines import MOST_ALONE
from bidi_news.dates.roles import Phrase, Setting, find_label, judge
from bidi_news.dates.settle import Candidate
from bidi_news.dates.tokens import numeric_dates
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.model import Issue, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.dates.clean import Passage
    from bidi_news.dates.lines import Line
    from bidi_news.dates.parts import Stamp
    from bidi_news.model import Role

__all__ = ["PageReader"]

_Bounds = tuple[int, int]
_CHROME = tuple(Label).index(Label.CHROME)
_BEFORE, _AFTER = 60, 80  # code points of a window
_STAMP = 40  # code points of most stamps
_MOST_BETWEEN = 3  # lines between a day and its time of day
_COLONS = (":", "\N{FULLWIDTH COLON}")
_EDGE = " |-.,()[]"  # marks that may stand before a stamp at the head of its line
# A Hebrew letter in its final form begins no word, unless the letters stand the wrong way round.
_VISUAL = re.compile("(?<![\u05d0-\u05ea'\"])[\u05da\u05dd\u05df\u05e3\u05e5]")
_WORD = re.compile(r"[^\W\d_]+")
_ALONE = re.compile("[\\d\u05d0-\u05ea]")  # what a time of day, or a date of the Hebrew calendar, is written with


class PageReader:
    """Reads lines of one page."""

    def __init__(self, batch: Batch, page: int, labels: NDArray[np.uint8] | None, further: Mapping[str, Role]) -> None:
        """Take the page's place in its batch, the labels of the batch's lines, and the outlet's phrases, folded."""
        self._batch = batch
        self._page = page
        self._labels = labels
        self._text = batch.documents[page].text
        self._further = further

    def candidates(self, lines: Iterable[Line]) -> list[Candidate]:
        """Return the stamps of some lines, which are in order."""
        found: list[Candidate] = []
        past = 0
        for line in lines:
            for start, end in self._passages(line):
                for candidate in self._read(clean(self._text[start:end], start), line):
                    # a stamp over several lines covers what the next line says again
                    if (candidate.start or 0) >= past:
                        found.append(candidate)
                        past = candidate.end or past
        return found

    def siblings(self, lines: Iterable[Line], mark: str) -> Iterator[Stamp]:
        """Give the stamps of the passages with numeric dates of one separator, roles left aside."""
        dates = numeric_dates(mark)
        for line in lines:
            for start, end in self._passages(line):
                raw = self._text[start:end]
                # most lines of a list have none, and cleaning leaves the figures of ASCII as they are
                if dates.search(raw) or not raw.isascii() or "&" in raw:
                    yield from read_stamps(clean(raw, start))

    def empty_phrases(self, lines: Iterable[int]) -> tuple[Issue, ...]:
        """Return an issue for each phrase with a colon that is all of its line and has no stamp behind it."""
        issues = []
        for line in lines:
            phrase = self._phrase_of(line)
            if phrase is not None and phrase[1].role != "other":
                (start, end), _ = phrase
                named = self._text[start:end]
                if self._text[end : self._bounds(line)[1]].strip().startswith(_COLONS):
                    message = f"no date stands behind {named!r}"
                    issues.append(Issue(code="empty_stamp", message=message, start=start, end=end))
        return tuple(issues)

    def _passages(self, line: Line) -> Iterator[_Bounds]:
        """Give the bounds of each passage of a line: all of it, or windows around its triggers."""
        if line.is_whole:
            yield line.start, line.end
            return
        position = line.start
        for point in line.triggers:
            if point >= position:
                start, end = self._window(point, line)
                # a stamp that begins near the end may reach beyond it, and gets a window of its own
                position = end if end == line.end else end - _STAMP
                yield start, end

    def _window(self, point: int, line: Line) -> _Bounds:
        """Return the bounds of a window around a trigger, cut at spaces so that no date is cut."""
        start, end = max(point - _BEFORE, line.start), min(point + _AFTER, line.end)
        if start > line.start:
            start = max(self._text.find(" ", start, point), start)
        if end < line.end:
            end = max(self._text.rfind(" ", point + _STAMP, end), point + _STAMP)
        return start, end

    def _read(self, passage: Passage, line: Line) -> list[Candidate]:
        """Return the stamps of a passage, each with its phrase, its role and its bounds in the page."""
        stamps, phrases = self._complete(read_stamps(passage), passage, line)
        if not stamps:
            return []
        text, rest = passage.text, partial(_count_rest, passage.text, stamps, phrases)
        starts = [min((phrase or stamp).start, stamp.start) for phrase, stamp in zip(phrases, stamps, strict=True)]
        found = []
        past = 0
        for stamp, phrase, following in zip(stamps, phrases, (*starts[1:], len(text)), strict=True):
            spoken, introduced = None, phrase
            if phrase:
                spoken = passage.locate(phrase.start, phrase.end)
                if phrase.start > stamp.start:  # in visual order
                    introduced = Phrase(stamp.start, stamp.start, phrase.role)
            elif line.is_below_phrase and not text[: stamp.start].strip(_EDGE):
                spoken, introduced = self._phrase_above(line) or (None, None)
            opens = line.opens_body and passage.offset == line.start
            setting = Setting(
                text, past, following, rest, line.is_whole, line.label, line.is_beside_head, opens, line.is_dated
            )
            role, evidence = judge(stamp, introduced, setting)
            past = stamp.end
            dated, (start, end) = stamp, passage.locate(stamp.start, stamp.end)
            if role != "other" and line.is_near_time and len(stamps) == 1 and not (stamp.clock or stamp.relative):
                dated, (start, end) = self._with_time_nearby(stamp, (start, end), line)
            named = self._text[spoken[0] : spoken[1]] if spoken else None
            found.append(Candidate(dated, self._text[start:end], start, end, named, role, evidence))
            if role == "published" and line.is_near_time and following == len(text):
                found += self._update_below(dated, line)
        return found

    def _update_below(self, stamp: Stamp, line: Line) -> Iterator[Candidate]:
        """Give the update that one of the next lines tells by a phrase and a time of day: it is of the same day."""
        past = int(self._batch.page_lines[self._page + 1])
        for other in range(line.place + 1, min(line.place + 1 + _MOST_BETWEEN, past)):
            start, end = self._bounds(other)
            if end - start > MOST_ALONE:
                return
            passage = clean(self._text[start:end], start)
            stamps = read_stamps(passage)
            phrase = find_label(passage.text, stamps[0].start, self._further) if len(stamps) == 1 else None
            if phrase is None:
                continue
            timed = stamps[0]
            later = not stamp.clock or (timed.clock and timed.clock[:2] >= stamp.clock[:2])
            rest = _count_rest(passage.text, stamps, [phrase])
            if phrase.role == "modified" and timed.clock and not timed.has_date and later and not rest:
                spoken = passage.locate(phrase.start, phrase.end)
                start, end = passage.locate(timed.start, timed.end)
                both = stamp._replace(start=timed.start, end=timed.end, clock=timed.clock)
                named, evidence = self._text[slice(*spoken)], ("label", "day_above")
                yield Candidate(both, self._text[start:end], start, end, named, "modified", evidence)
            return

    def _complete(self, read: Sequence[Stamp], passage: Passage, line: Line) -> tuple[list[Stamp], list[Phrase | None]]:
        """Return the stamps with a date and their phrases; an update with a time alone is of the day before it."""
        stamps: list[Stamp] = []
        phrases: list[Phrase | None] = []
        for stamp in read:
            dated = stamp.has_date
            sought = line.has_phrase and (dated or stamps)
            phrase = self._phrase_beside(passage.text, stamp) if sought else None
            if dated:
                stamps.append(stamp)
                phrases.append(phrase)
            elif phrase and phrase.role == "modified":
                stamps.append(stamps[-1]._replace(start=stamp.start, end=stamp.end, clock=stamp.clock))
                phrases.append(phrase)
        return stamps, phrases

    def _phrase_beside(self, text: str, stamp: Stamp) -> Phrase | None:
        """Return the phrase that ends right before a stamp, or in visual order begins right after it."""
        phrase = find_label(text, stamp.start, self._further)
        if phrase is None and _VISUAL.search(text, stamp.end):
            behind = text[stamp.end : stamp.end + _AFTER][::-1]
            turned = find_label(behind, len(behind), self._further)
            if turned is not None:
                end = stamp.end + len(behind)
                phrase = Phrase(end - turned.end, end - turned.start, turned.role)
        return phrase

    def _phrase_above(self, line: Line) -> tuple[_Bounds, Phrase] | None:
        """Return where the phrase stands that is all of the line above, and the phrase as if it headed this line."""
        return self._phrase_of(line.place - 1)

    def _phrase_of(self, line: int) -> tuple[_Bounds, Phrase] | None:
        """Return where the phrase stands that is all of a line, and the phrase as if it headed a line."""
        start, end = self._bounds(line)
        passage = clean(self._text[start:end], start)
        phrase = find_label(passage.text, len(passage.text), self._further)
        if phrase is None or passage.text[: phrase.start].strip() or phrase.end == phrase.start:
            return None
        return passage.locate(phrase.start, phrase.end), Phrase(0, 0, phrase.role)

    def _with_time_nearby(self, stamp: Stamp, bounds: _Bounds, line: Line) -> tuple[Stamp, _Bounds]:
        """Add the time of day that stands alone on one of the next lines, or on the line before."""
        first, past = self._batch.page_lines[self._page : self._page + 2].tolist()
        for other in range(line.place + 1, min(line.place + 1 + _MOST_BETWEEN, past)):
            alone = self._alone(other)
            if len(alone) == 1 and not alone[0][0].has_date:
                return stamp._replace(clock=alone[0][0].clock), (bounds[0], alone[0][1][1])
            only_hebrew = alone and all(found.hebrew and not found.clock for found, _ in alone)
            if not only_hebrew and (line.label is None or self._labels is None or self._labels[other] != _CHROME):
                break
        alone = self._alone(line.place - 1) if line.place > first else []
        if len(alone) == 1 and not alone[0][0].has_date:
            return stamp._replace(clock=alone[0][0].clock), (alone[0][1][0], bounds[1])
        return stamp, bounds

    def _alone(self, line: int) -> list[tuple[Stamp, _Bounds]]:
        """Return the stamps of a short line that holds nothing else, with their bounds; none for a line of words."""
        start, end = self._bounds(line)
        if end - start > MOST_ALONE or not _ALONE.search(self._text, start, end):
            return []
        passage = clean(self._text[start:end], start)
        glue = vocabulary().words["glue"]
        stamps = read_stamps(passage)
        covered = sum(_count_words(passage.text[stamp.start : stamp.end]) for stamp in stamps)
        if sum(word not in glue for word in _WORD.findall(passage.text)) > covered:
            return []
        return [(stamp, passage.locate(stamp.start, stamp.end)) for stamp in stamps]

    def _bounds(self, line: int) -> _Bounds:
        start, end = self._batch.line_offsets[:, line].tolist()
        return start, end


def _count_rest(text: str, stamps: Sequence[Stamp], phrases: Sequence[Phrase | None]) -> int:
    """Count the words of a passage that stand in none of its stamps and phrases."""
    parts = [part for part in (*stamps, *phrases) if part]
    return _count_words(text) - sum(_count_words(text[part.start : part.end]) for part in parts)


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))
