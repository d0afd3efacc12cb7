"""Relative times ("two hours ago", ``לפני שעתיים``): the words, and the instant they mean.

They count from the time of the crawl and mean nothing without it. Seconds, minutes and hours give an instant of
precision ``minute``; days and longer give a day, because no page means the hour when it says "a week ago".

Example:
    >>> from datetime import datetime
    >>> from bidi_news.dates.relative import Relative
    >>> crawled = datetime.fromisoformat("2015-06-24T01:30:00+03:00")
    >>> Relative("day", 2).before(crawled, "Asia/Jerusalem").date()
    datetime.date(2015, 6, 22)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from bidi_news.dates.tokens import digits_of
from bidi_news.dates.zone import zone_info

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bidi_news.dates.vocabulary import Vocabulary

__all__ = ["Relative", "read_relative"]

_FINE = {"second", "minute", "hour"}
_WHOLE = {"week": ("day", 7), "year": ("month", 12)}  # so that half a year is six months
_ABOUT = "כ"  # proclitic "about": כשעה
_SIZES = {unit: size for size, unit in enumerate(("second", "minute", "hour", "day", "week", "month", "year"))}
_LOOSE = {"", ","}  # what may stand between two amounts that a marker closes
_LONGEST = 1000  # an amount beyond it is no relative time, and would leave the calendar


@dataclass(frozen=True, slots=True)
class Relative:
    """An amount of time before the crawl."""

    unit: str
    """second, minute, hour, day, week, month or year."""
    amount: float
    """How many of them."""
    further: Relative | None = None
    """What is added in smaller units: the 20 minutes of "an hour and 20 minutes"."""

    @property
    def is_fine(self) -> bool:
        """Whether the amount means an instant, not a day."""
        return self.unit in _FINE

    def before(self, crawled: datetime, zone: str) -> datetime:
        """Return the local time that is meant, with its offset; of a coarse unit only its day counts.

        Args:
            crawled: base, with an offset.
            zone: IANA zone of the page.
        """
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 (only pages with a relative time need it)

        where = zone_info(zone)
        if self.is_fine:
            # Elapsed time counts in UTC, so that a change of the clock in between does not shift it.
            elapsed = relativedelta(**{f"{self.unit}s": self.amount})
            moment: datetime = (crawled.astimezone(UTC) - elapsed).astimezone(where)
        else:
            unit, size = _WHOLE.get(self.unit, (self.unit, 1))
            moment = crawled.astimezone(where) - relativedelta(**{f"{unit}s": int(self.amount * size)})
        return self.further.before(moment, zone) if self.further else moment


def read_relative(tokens: Sequence[str], index: int, vocabulary: Vocabulary) -> tuple[int, Relative] | None:
    """Read a relative time that begins at a token.

    Args:
        tokens: the passage.
        index: where to begin.
        vocabulary: the shipped words.

    Returns:
        Index after the last token and the amount; None if no relative time begins here.
    """
    tables = vocabulary.relative
    word = tokens[index]
    for after in range(
        min(index + 2, len(tokens)), index, -1
    ):  # the Arabic day before yesterday is two words, the second of them yesterday
        days = tables["day"].get(" ".join(tokens[index:after]))
        if days is not None:
            return after, Relative("day", int(days))
    if word in tables["past"]:  # Hebrew and Arabic: the marker goes before
        return _amounts(tokens, index + 1, vocabulary, tables["and"].keys())
    found = _amounts(tokens, index, vocabulary, _LOOSE | tables["and"].keys())  # English and Russian: it follows
    if found is not None and found[0] < len(tokens) and tokens[found[0]] in tables["past"]:
        return found[0] + 1, found[1]
    return None


def _amounts(
    tokens: Sequence[str], index: int, vocabulary: Vocabulary, joints: Collection[str]
) -> tuple[int, Relative] | None:
    """Read an amount and those in ever smaller units behind it, one of some words or marks between them."""
    found = _amount(tokens, index, vocabulary)
    if found is None:
        return None
    after, amount = found
    start = after
    if start < len(tokens) and tokens[start] in joints:
        start += 1
        start += tokens[start : start + 1] == ["-"]  # a Hebrew "and" has a hyphen before figures
    elif "" not in joints:
        return found
    behind = _amounts(tokens, start, vocabulary, joints)
    if behind is None or _SIZES[behind[1].unit] >= _SIZES[amount.unit]:
        return found
    return behind[0], Relative(amount.unit, amount.amount, behind[1])


def _amount(tokens: Sequence[str], index: int, vocabulary: Vocabulary) -> tuple[int, Relative] | None:
    """Read ``[about] [fraction] [number] unit [number] [and a half]``."""
    tables = vocabulary.relative
    many = 1.0

    def word(position: int) -> str:
        return tokens[position] if position < len(tokens) else ""

    if word(index) in tables["about"]:
        index += 1
    if word(index) in tables["part"]:
        many = float(tables["part"][word(index)])
        index += 1
    number = _number(word(index), vocabulary)
    if number is not None:
        many *= number
        index += 1
    name = word(index)
    unit = tables["unit"].get(name) or tables["unit"].get(name.removeprefix(_ABOUT))
    if unit is None:
        return None
    index += 1
    if number is None and (after := _number(word(index), vocabulary)) == 1:  # Hebrew: שעה אחת
        many *= after
        index += 1
    kind, size = unit.split()
    if word(index) in tables["and_half"]:
        many += 0.5
        index += 1
    many *= float(size)
    return (index, Relative(kind, many)) if many <= _LONGEST else None


def _number(word: str, vocabulary: Vocabulary) -> int | None:
    digits = digits_of(word)
    if 1 <= len(digits) <= 3:
        return int(digits)
    value = vocabulary.relative["number"].get(word)
    return int(value) if value else None
