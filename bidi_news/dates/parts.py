"""The parts of a stamp, each read for itself where it begins: a date, a time of day, a weekday, a relative time.

Nothing is decided here: the fields of a numeric date stay as they are written.

Example:
    >>> from bidi_news.dates.parts import FIGURES, read_part
    >>> from bidi_news.dates.tokens import tokenize
    >>> from bidi_news.dates.vocabulary import vocabulary
    >>> read_part(tokenize("21:05 gmt on sunday")[0], 0, FIGURES, vocabulary())[1].clock
    Clock(hour=21, minute=5, second=None, zone='+00:00')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.hebrew_calendar import read_day, read_year
from bidi_news.dates.relative import Relative, read_relative
from bidi_news.dates.tokens import clock_of, digits_of, in_half, kind_of
from bidi_news.dates.vocabulary import HEBREW_MONTH, MONTH, RELATIVE, WEEKDAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bidi_news.dates.vocabulary import Vocabulary
    from bidi_news.dates.zone import Clock

__all__ = ["FIGURES", "UNKNOWN", "UTC_NAMES", "Stamp", "read_part", "zone_at", "zone_before"]

FIGURES = 16
"""The bit of dates and times in figures, beside those of the vocabulary."""
UTC_NAMES = frozenset({"gmt", "utc"})
"""Names of zones that are no words of a language."""
_WITHIN = frozenset(",.-/'")  # marks between the fields of a date with a month's name
_MOST_NAME = 3  # words of a zone's name
_LOCAL = "local"  # a zone that is the page's own
_UTC = "+00:00"
UNKNOWN = "unknown"
"""A zone whose offset cannot be told, so that a time in it is none."""


class Stamp(NamedTuple):
    """A date with what stands beside it, undecided."""

    start: int = 0
    """First position in the passage."""
    end: int = 0
    """Position after the last."""
    fields: tuple[str, str, str] | None = None
    """The three numbers of a numeric date, as written."""
    separator: str | None = None
    """What separates them."""
    named: tuple[str, int, str] | None = None
    """Day, month and year of a date with the month's name; the year may have two digits."""
    hebrew: tuple[int, tuple[int, ...], int] | None = None
    """Day, possible months and year of the Hebrew calendar."""
    relative: Relative | None = None
    """Amount of time before the crawl."""
    weekday: int | None = None
    """0 for Monday to 6."""
    clock: Clock | None = None
    """Time of day."""
    zone: str | None = None
    """Offset that is named before the stamp, for a time without its own."""
    has_impossible_clock: bool = False
    """Whether a time of day beside it is none that a clock shows: "25:61"."""

    @property
    def has_date(self) -> bool:
        """Whether a day can be read from the stamp."""
        return bool(self.fields or self.named or self.hebrew or self.relative)

    def placed(self, start: int, end: int, zone: str | None) -> Stamp:
        """Return the stamp with its bounds, and the zone that is named before it."""
        placed = Stamp(start, end, *self[2:])
        return placed._replace(zone=zone) if zone else placed


_Read = tuple[int, Stamp]  # index after the last token of a part, and the part


def read_part(tokens: Sequence[str], index: int, kinds: int, words: Vocabulary) -> _Read | None:
    """Read one part of a stamp of some kinds, given as bits, at a token."""
    if kinds & FIGURES:
        token = tokens[index]
        if kind_of(token) != "date":
            return _read_time(tokens, index, words)
        separator = next(mark for mark in token if mark in "./-")
        first, second, third = (field.strip() for field in token.split(separator))
        return index + 1, Stamp(fields=(first, second, third), separator=separator)
    for kind, reader in _READERS:
        read = reader(tokens, index, words) if kinds & kind else None
        if read is not None:
            return read
    return None


def _read_relative(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    """Read an amount of time before the crawl."""
    relative = read_relative(tokens, index, words)
    if relative is None:
        return None
    after, amount = relative
    return after, Stamp(relative=amount)


def _read_time(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    """Read a time of day with the half of the day or the zone after it; a dotted time needs a date beside it."""
    token = tokens[index]
    clock, kind = clock_of(token), kind_of(token)
    if clock is None:
        return (index + 1, Stamp(has_impossible_clock=True)) if kind == "time" else None
    if kind == "dotted" and not (_beside_date(tokens, index) or zone_at(tokens, index + 1, words)[0]):
        return None
    after = index + 1
    half, after = _named_at(tokens, after, words.words["half"])
    if half:
        clock = in_half(clock, half)
    zone, after = zone_at(tokens, after, words)
    if zone == UNKNOWN:
        return after, Stamp()
    return after, Stamp(clock=clock._replace(zone=zone) if zone else clock)


def zone_at(tokens: Sequence[str], index: int, words: Vocabulary) -> tuple[str | None, int]:
    """Return the zone that is named at a token, perhaps in brackets, and the index after it."""
    opened = tokens[index : index + 1] == ["("]
    zone, after = _named_at(tokens, index + opened, words.words["zone"])
    if zone is None:
        zone, after = _named_at(tokens, index + opened, words.words["zone_word"])
        follower = tokens[after] if after < len(tokens) else ","
        if zone is None or (kind_of(follower) == "word" and follower not in words.marked):
            return None, index
    after += opened and tokens[after : after + 1] == [")"]
    return (None if zone == _LOCAL else zone), after


def zone_before(tokens: Sequence[str], index: int) -> str | None:
    """Return UTC if it is named right before a part of a stamp: "GMT 14:20"."""
    return _UTC if index and tokens[index - 1] in UTC_NAMES else None


def _named_at(tokens: Sequence[str], index: int, table: Mapping[str, str]) -> tuple[str | None, int]:
    """Return the value of the name of most words at a token, and the index after it."""
    for after in range(min(index + _MOST_NAME, len(tokens)), index, -1):
        value = table.get(" ".join(tokens[index:after]))
        if value:
            return value, after
    return None, index


def _beside_date(tokens: Sequence[str], index: int) -> bool:
    near = tokens[max(index - 3, 0) : index + 3]
    return any(len(digits_of(token)) == 4 or kind_of(token) == "date" for token in near)


def _read_named(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    """Read a date with the month's name: day month year, year month day, or month day year."""
    digits = digits_of(tokens[index])
    if not digits:
        return _read_month_first(tokens, index, words)
    if len(digits) not in {1, 2, 4}:
        return None
    month, after = _month_at(tokens, _skip(tokens, index + 1, words), words)
    if month is None:
        return None
    last = _skip(tokens, after, words)
    if len(digits) == 4:
        return _named(last, _number_at(tokens, last, (1, 2)), month, digits)
    year = _number_at(tokens, last, (2, 4))
    following = _number_at(tokens, _skip(tokens, last + 1, words), (4,))
    if year and len(year) == 2 and following:  # "6 June 23, 2015": the six is something else
        return None
    return _named(last, digits, month, year)


def _read_month_first(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    month, after = _month_at(tokens, index, words)
    if month is None:
        return None
    middle = _skip(tokens, after, words)
    day = _number_at(tokens, middle, (1, 2))
    last = _skip(tokens, middle + 1, words)
    short = last < len(tokens) and tokens[last - 1] == "'"
    year = _number_at(tokens, last, (2, 4) if short else (4,))
    if day and year is None:  # "Jun 23 21:05:00 2015", as programs write it
        return _read_with_time_inside(tokens, last, day, month, words)
    return _named(last, day, month, year)


def _named(last: int, day: str | None, month: int, year: str | None) -> _Read | None:
    """Return a date with the month's name, given its last token, if all of it is there."""
    if day is None or year is None or not 1 <= int(day) <= 31:
        return None
    if len(year) == 4 and year[0] not in "12":  # a year of the Hebrew calendar: Nisan is a month of the Turks too
        return None
    return last + 1, Stamp(named=(day, month, year))


def _read_with_time_inside(tokens: Sequence[str], middle: int, day: str, month: int, words: Vocabulary) -> _Read | None:
    """Read a date whose year stands behind the time of day, which is at ``middle``."""
    timed = _read_time(tokens, middle, words) if middle < len(tokens) and kind_of(tokens[middle]) == "time" else None
    year = _number_at(tokens, timed[0], (4,)) if timed else None
    if timed is None or year is None:
        return None
    after, time = timed
    if time.clock is None:
        return None
    return after + 1, Stamp(named=(day, month, year), clock=time.clock)


def _read_hebrew(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    """Read a date of the Hebrew calendar: day, month, year, or in Latin letters also month, day, year."""
    token = tokens[index]
    if kind_of(token) not in {"word", "number"}:
        return None
    day = _hebrew_day(token)
    months, after = _hebrew_months_at(tokens, _skip(tokens, index + 1, words), words)
    if not months:
        months, after = _hebrew_months_at(tokens, index, words)
        middle = _skip(tokens, after, words)
        digits, after = _number_at(tokens, middle, (1, 2)), middle + 1
        day = _hebrew_day(digits) if digits else None
    last = _skip(tokens, after, words)
    if not months or day is None or last >= len(tokens):
        return None
    year = read_year(tokens[last])
    return (last + 1, Stamp(hebrew=(day, months, year))) if year is not None else None


def _hebrew_day(token: str) -> int | None:
    """Return the day of a Hebrew month that figures or letters write."""
    digits = digits_of(token)
    return int(digits) if 1 <= len(digits) <= 2 else read_day(token)


def _hebrew_months_at(tokens: Sequence[str], index: int, words: Vocabulary) -> tuple[tuple[int, ...], int]:
    """Return the months that a name of one or two words may mean, and the index after it."""
    for after in (index + 2, index + 1):
        months = words.hebrew_months(" ".join(tokens[index:after])) if index < len(tokens) else ()
        if months:
            return months, after
    return (), index


def _read_weekday(tokens: Sequence[str], index: int, words: Vocabulary) -> _Read | None:
    """Read a weekday; Hebrew ones are ordinals too, and count only behind the word "day" or behind no word at all."""
    token = tokens[index]
    table = words.words["weekday"]
    if token in words.words["day"] and index + 1 < len(tokens):
        value = table.get(tokens[index + 1])
        if value is not None:
            return index + 2, Stamp(weekday=int(value))
    value = table.get(token)
    if value is None or ("א" <= token[0] <= "ת" and index and kind_of(tokens[index - 1]) != "mark"):
        return None
    return index + 1, Stamp(weekday=int(value))


def _skip(tokens: Sequence[str], index: int, words: Vocabulary) -> int:
    """Return the index after at most two pieces that may stand between the fields of a date."""
    glue = words.words["glue"]
    last = min(index + 2, len(tokens))
    while index < last and (tokens[index] in _WITHIN or tokens[index] in glue):
        index += 1
    return index


def _month_at(tokens: Sequence[str], index: int, words: Vocabulary) -> tuple[int | None, int]:
    """Return the month at a token and the index after it; Arabic pages may name it twice: آب/اغسطس."""
    month, after = _month_name_at(tokens, index, words)
    if month is not None and tokens[after : after + 1] in (["/"], ["("]):
        again, end = _month_name_at(tokens, after + 1, words)
        if again == month:
            return month, end + (tokens[after] == "(" and tokens[end : end + 1] == [")"])
    return month, after


def _month_name_at(tokens: Sequence[str], index: int, words: Vocabulary) -> tuple[int | None, int]:
    """Return the month that a name says and the index after it; some Arabic names are two words."""
    if index >= len(tokens) or kind_of(tokens[index]) != "word":
        return None, index
    month = words.month(tokens[index])
    if month is not None:
        return month, index + 1
    two = " ".join(tokens[index : index + 2])
    return words.month(two), index + 2


def _number_at(tokens: Sequence[str], index: int, lengths: tuple[int, ...]) -> str | None:
    """Return the digits of a number token of one of some lengths, else None."""
    digits = digits_of(tokens[index]) if index < len(tokens) else ""
    return digits if len(digits) in lengths else None


_READERS = (
    (MONTH, _read_named),
    (HEBREW_MONTH, _read_hebrew),
    (WEEKDAY, _read_weekday),
    (RELATIVE, _read_relative),
)
