"""What a passage says about time: dates, times, weekdays, and which of them belong to one stamp.

Reading has two steps. First each part is found for itself (an *atom*): a numeric date, a date with the month's name, a
date of the Hebrew calendar, a time of day, a weekday, a relative time. Then neighbours with nothing between them but
punctuation and words such as "at" are one stamp, in whatever order the outlet writes them. Nothing is decided here: the
fields of a numeric date stay as they are written.

Example:
    >>> from bidi_news.dates.clean import clean
    >>> from bidi_news.dates.grammar import read_stamps
    >>> [stamp] = read_stamps(clean("פורסם: 23.06.15 , 21:05"))
    >>> stamp.fields, stamp.clock
    (('23', '06', '15'), Clock(hour=21, minute=5, second=None, zone=None))
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bidi_news.dates.parts import FIGURES, UNKNOWN, UTC_NAMES, Stamp, read_part, zone_at, zone_before
from bidi_news.dates.tokens import digits_of, tokenize
from bidi_news.dates.vocabulary import HEBREW_MONTH, MONTH, RELATIVE, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.dates.clean import Passage
    from bidi_news.dates.vocabulary import Vocabulary

__all__ = ["read_stamps"]

_MARKS = frozenset(",.|-/()[]•·⋅∙●:;~@–*")
_MOST_GLUE = 5
_MOST_BEFORE = 21  # tokens before a marker such as "ago": seven units with their numbers, what joins them, and "about"
_MOST_RANGE = 4  # characters from the first day of a range to the second: "17.-"
_FROM_BEFORE = MONTH | HEBREW_MONTH | RELATIVE
_AFTER_NUMBER, _AFTER_WORD = _FROM_BEFORE, HEBREW_MONTH | RELATIVE
"""Kinds of part that a number, or a word, begins whose heart is a word after it."""


def read_stamps(passage: Passage) -> tuple[Stamp, ...]:
    """Return the stamps of a passage in order; one without a date is a lone time of day.

    A weekday alone is none, and a date beside a word such as "version" is none.
    """
    return _read_text(passage.text)


@lru_cache(maxsize=1024)  # the pages of a site list the same stories under the same dates
def _read_text(text: str) -> tuple[Stamp, ...]:
    words = vocabulary()
    tokens, starts = tokenize(text)
    stamps: list[Stamp] = []
    current: Stamp | None = None
    last = free = 0
    for index, kinds in _worth_reading(tokens, words):
        read = read_part(tokens, index, kinds, words) if index >= free else None
        if read is None:
            continue
        free, atom = read
        if _is_guarded(tokens, index, words) or _ends_range(tokens, index, starts):
            continue
        end = starts[free - 1] + len(tokens[free - 1])
        joined = _join(current, atom, end) if current and _is_glue(tokens[last:index], words) else None
        if joined is None:
            if current:
                stamps.append(_zoned(current, tokens, last, starts, words))
            joined = atom.placed(starts[index], end, zone_before(tokens, index))
        current, last = joined, free
    if current:
        stamps.append(_zoned(current, tokens, last, starts, words))
    return tuple([stamp for stamp in stamps if stamp.has_date or stamp.clock])


def _zoned(stamp: Stamp, tokens: Sequence[str], last: int, starts: Sequence[int], words: Vocabulary) -> Stamp:
    """Give the time of day of a stamp the zone that is named before the stamp, or behind it, where it has none."""
    if stamp.clock is None or stamp.clock.zone:
        return stamp
    zone, after = stamp.zone, last
    # other zones are words of a language too: "et", "ist"
    if zone is None and tokens[last : last + 1] and (tokens[last] == "(" or tokens[last] in UTC_NAMES):
        zone, after = zone_at(tokens, last, words)
    if zone is None:
        return stamp
    end = stamp.end if after == last else starts[after - 1] + len(tokens[after - 1])
    return stamp._replace(end=end, clock=None if zone == UNKNOWN else stamp.clock._replace(zone=zone))


def _worth_reading(tokens: Sequence[str], words: Vocabulary) -> list[tuple[int, int]]:
    """Return where parts of stamps may begin, and which kinds of part: at a date, a time, or up to 3 before a word."""
    worth: dict[int, int] = {}
    marked = words.marked
    for index in [place for place, token in enumerate(tokens) if token in marked or token[0].isdecimal()]:
        token = tokens[index]
        kinds = marked.get(token, 0)
        if kinds & _FROM_BEFORE:
            first = max(index - (_MOST_BEFORE if kinds & RELATIVE else 3), 0)
            for near, before in enumerate(tokens[first:index], first):
                begun = kinds & (_AFTER_NUMBER if before[0].isdecimal() else _AFTER_WORD)
                if begun:
                    worth[near] = worth.get(near, 0) | begun
        elif not (kinds or token.isdecimal() or digits_of(token)):
            kinds = FIGURES
        if kinds:
            worth[index] = kinds
    return sorted(worth.items())


def _is_guarded(tokens: Sequence[str], first: int, words: Vocabulary) -> bool:
    """Say whether the word right before an atom says that it is something else: "version 10.5.12"."""
    before = first - 1
    while before >= 0 and before >= first - 2 and tokens[before] in {".", ":"}:
        before -= 1
    return before >= 0 and tokens[before] in words.words["guard"]


def _ends_range(tokens: Sequence[str], first: int, starts: Sequence[int]) -> bool:
    """Say whether an atom is the end of a range of days, whose first is a number glued to it: "17.-20.06.2024"."""
    if not first or tokens[first - 1] != "-":
        return False
    before = first - 2 - (tokens[first - 2 : first - 1] == ["."])
    return before >= 0 and 1 <= len(digits_of(tokens[before])) <= 2 and starts[first] - starts[before] <= _MOST_RANGE


def _is_glue(between: Sequence[str], words: Vocabulary) -> bool:
    """Say whether nothing but glue stands between two atoms."""
    glue = words.words["glue"]
    return len(between) <= _MOST_GLUE and all(token in _MARKS or token in glue for token in between)


def _join(stamp: Stamp, atom: Stamp, end: int) -> Stamp | None:
    """Return two neighbours as one stamp up to ``end``, or None where both have what a stamp has once."""
    civil = bool(stamp.fields or stamp.named)
    if atom.fields or atom.named:
        if civil or (stamp.relative and stamp.relative.unit != "day"):
            return None
        # "today, 23.06.15": the date says it better
        stamp = stamp._replace(relative=None)
    if atom.relative and stamp.has_date:
        return None
    both = (
        (stamp.hebrew and atom.hebrew)
        or (_is_timed(stamp) and _is_timed(atom))
        or (stamp.weekday is not None and atom.weekday is not None)
    )
    if both:
        return None
    return Stamp(
        start=stamp.start,
        end=end,
        fields=stamp.fields or atom.fields,
        separator=stamp.separator or atom.separator,
        named=stamp.named or atom.named,
        hebrew=stamp.hebrew or atom.hebrew,
        relative=stamp.relative or atom.relative,
        weekday=atom.weekday if stamp.weekday is None else stamp.weekday,
        clock=stamp.clock or atom.clock,
        zone=stamp.zone or atom.zone,
        has_impossible_clock=stamp.has_impossible_clock or atom.has_impossible_clock,
    )


def _is_timed(stamp: Stamp) -> bool:
    return stamp.clock is not None or stamp.has_impossible_clock
