# ruff: noqa: RUF002 (Hebrew and Arabic letters, and the marks that look like ASCII, are the subject)
"""Dates of the Hebrew calendar: numbers written in letters, and the civil day they name.

Letters have the values of the standard gematria (400 for ת down to 1 for א); 15 and 16 are written ט״ו and ט״ז.
Thousands are left out, or written as a leading ה (5000) with or without geresh. The arithmetic of months and leap years
is pyluach's. The civil day is the one that holds the daylight hours; the evening before has the same Hebrew date.

Example:
    >>> from bidi_news.dates.hebrew_calendar import civil_dates, read_gematria, read_year
    >>> read_gematria('כ"ט'), read_year('התשע"ה')
    (29, 5775)
    >>> civil_dates(5775, (4,), 6)
    (datetime.date(2015, 6, 23),)
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["civil_dates", "read_day", "read_gematria", "read_year"]

_LETTERS = dict(zip("אבגדהוזחטיכלמנסעפצקרשת", (*range(1, 10), *range(10, 100, 10), 100, 200, 300, 400), strict=True))
_FINALS = {"ך": 20, "ם": 40, "ן": 50, "ף": 80, "ץ": 90}
_VALUES = _LETTERS | _FINALS
_MARKS = str.maketrans("", "", "'\"")
_YEARS = range(5600, 5900)
"""Years that a news page may name: 1839 to 2139."""


def read_gematria(word: str) -> int | None:
    """Return the number that Hebrew letters write, or None if they do not: values must fall, except in טו and טז.

    Args:
        word: letters with ASCII geresh or gershayim, or without.

    Example:
        >>> read_gematria("ט'"), read_gematria("טו"), read_gematria("שלום")
        (9, 15, None)
    """
    numbers = [_VALUES[letter] for letter in word.translate(_MARKS) if letter in _VALUES]
    if not numbers or len(numbers) != len(word.translate(_MARKS)):
        return None
    steps = list(pairwise(numbers))
    falling = all(first > second or first == second == 400 for first, second in steps)
    return sum(numbers) if falling else None


def read_day(word: str) -> int | None:
    """Return the day of a month (1 to 30) that a word writes, or None.

    Example:
        >>> read_day('י"א'), read_day('ל"ב')
        (11, None)
    """
    number = read_gematria(word)
    return number if number is not None and number <= 30 else None


def read_year(word: str) -> int | None:
    """Return the Hebrew year that a word writes in letters, its thousands written or not, or in figures; or None.

    Example:
        >>> read_year("תשעה"), read_year('התשפ"ד'), read_year("התשפ"), read_year("5775")
        (5775, 5784, 5780, 5775)
    """
    if word.isdecimal():
        return int(word) if len(word) == 4 and int(word) in _YEARS else None
    bare = word.translate(_MARKS)
    if bare[:1] == "ה" and bare[1:2] == "ת":
        bare = bare[1:]
    number = read_gematria(bare) if bare[:1] == "ת" else None
    return number + 5000 if number is not None and number + 5000 in _YEARS else None


def civil_dates(year: int, months: tuple[int, ...], day: int) -> tuple[date, ...]:
    """Return the civil days that a Hebrew date may mean; none if it does not exist.

    Args:
        year: Hebrew year, 5775 for instance.
        months: the months that the name may mean, 1 for Nisan to 12 for Adar or Adar I, 13 for Adar II. A bare Adar
            may be either, and a year that is no leap year has one only.
        day: 1 to 30.

    Example:
        >>> civil_dates(5776, (12, 13), 11)
        (datetime.date(2016, 2, 20), datetime.date(2016, 3, 21))
        >>> civil_dates(5775, (8,), 30)
        ()
    """
    from pyluach.dates import HebrewDate  # noqa: PLC0415 (only pages with a Hebrew date need it)

    found = []
    for month in months:
        try:
            found.append(HebrewDate(year, month, day).to_pydate())
        except ValueError:  # the year has no such month, or the month no such day
            continue
    return tuple(found)
