"""Pieces of a cleaned passage: numeric dates, times of day, numbers, words, and single marks.

One regular expression, without nested repetition, cuts the passage: its work is linear. A token is a string; what it is
depends on its characters alone, and is asked of the few that stand near a part of a stamp.

Example:
    >>> from bidi_news.dates.tokens import tokenize
    >>> tokenize("published: 23.06.15, 9:05 pm")[0]
    ['published', ':', '23.06.15', ',', '9:05 pm']
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate

from bidi_news.dates.zone import Clock

__all__ = ["clock_of", "digits_of", "in_half", "kind_of", "numeric_dates", "tokenize"]

_DATES = {
    mark[
        -1
    ]: rf"\d{{1,4}}[ ]{{0,2}}{mark}[ ]{{0,2}}\d{{1,2}}[ ]{{0,2}}{mark}[ ]{{0,2}}(?:\d{{4}}|\d{{2}})(?!\d)(?!{mark}\d)"
    for mark in (r"\.", "/", "-")
}
_EVENING = 6  # first hour of a night that is before midnight
_HALF = r"(?:[ ]{0,2}[ap]\.?[ ]?m\b\.?)?"
_OFFSET = (
    r"(?:[ ]{{0,2}}(?:(?:gmt|utc)[ ]{{0,2}}[+-]\d{{1,2}}(?::?\d{{2}})?|{signs}\d{{2}}:?\d{{2}})(?!\d)"
    r"|[ ]{{0,2}}\((?:(?:gmt|utc)[ ]{{0,2}}[+-]\d{{1,2}}(?::?\d{{2}})?|[+-]\d{{2}}:?\d{{2}})\))?"
)
_OFFSET_NAMED = _OFFSET.format(signs="[+]")
_TIME = (
    rf"\d{{1,2}}:\d{{2}}:\d{{2}}(?:\.\d{{1,9}})?(?![\d:])(?!\.\d){_HALF}{_OFFSET.format(signs='[+-]')}"
    rf"|\d{{1,2}}:\d{{2}}(?![\d:])(?!\.\d){_HALF}{_OFFSET_NAMED}"
    rf"|\d{{1,2}}[ ]{{0,2}}[ap]\.?m\b\.?{_OFFSET_NAMED}"
    r"|(?:[01]\d|2[0-3])[0-5]\d[ ]?(?:gmt|utc)\b"  # "1951 GMT"
)
_WORD = r"[^\W\d_]+(?:(?:''|[\"'])[^\W\d_]+)*'?"
_MARK = r"[^\s\w]|_"
_NUMBER = r"\d+(?:(?:st|nd|rd|th)\b)?"
# A number with which no date or time begins, as most do: told at once.
_PLAIN = rf"{_NUMBER}(?![\d]|[ ]{{0,2}}[./:-]|[ ]{{0,2}}(?:[ap]\.?[ ]?m|gmt|utc)\b)"
_FIGURES_OF = {
    "date": rf"(?<!\d)(?<!\d[./-])(?:{'|'.join(_DATES.values())})",
    "time": rf"(?<!\d)(?<!\d[:.])(?:{_TIME})",
    "dotted": rf"(?<![\d.])(?<!\d:)\d{{1,2}}\.\d{{2}}(?![\d.:%]){_HALF}{_OFFSET_NAMED}",
}
_CUT = re.compile(rf"(?:{_WORD}|{_MARK}|{_PLAIN}|{'|'.join(_FIGURES_OF.values())}|{_NUMBER})\s*")
_FIGURES = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _FIGURES_OF.items()))
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[.:]?(?P<minute>\d\d)?(?::(?P<second>\d+)(?:\.\d+)?)?"
    r"(?:[ ]{0,2}(?P<half>[ap])\.?[ ]?m\b\.?)?(?P<offset>.+)?"
)


@cache
def numeric_dates(mark: str) -> re.Pattern[str]:
    """Return what finds the numeric dates of a cleaned passage whose numbers a mark separates: ``.``, ``/`` or ``-``.

    Example:
        >>> bool(numeric_dates("/").search("23/06/15")), bool(numeric_dates("/").search("https://example.org/15"))
        (True, False)
    """
    return re.compile(_DATES[mark])


def tokenize(text: str) -> tuple[list[str], list[int]]:
    """Cut a cleaned passage into tokens, white space left out; return them, and the position of each and of the end.

    Example:
        >>> tokenize(" at 12:04 am")
        (['at', '12:04 am'], [1, 4, 12])
    """
    pieces = _CUT.findall(text)
    return list(map(str.rstrip, pieces)), list(accumulate(map(len, pieces), initial=len(text) - len(text.lstrip())))


def kind_of(token: str) -> str:
    """Return what a token is: date, time, dotted, number, word or mark.

    Example:
        >>> [kind_of(token) for token in ("23.06.15", "9:05 pm", "21.05", "23rd", "june", ",")]
        ['date', 'time', 'dotted', 'number', 'word', 'mark']
    """
    first = token[0]
    if first.isdecimal():
        found = _FIGURES.match(token)
        return found.lastgroup if found and found.lastgroup else "number"
    return "word" if first.isalnum() else "mark"


def digits_of(token: str) -> str:
    """Return the digits of a number, without its ordinal ending; nothing for any other token.

    Example:
        >>> digits_of("23rd"), digits_of("23.06.15")
        ('23', '')
    """
    digits = token.rstrip("dhnrst")
    return digits if digits.isdecimal() else ""


@lru_cache(maxsize=1024)
def clock_of(token: str) -> Clock | None:
    """Return the time of day that a token of kind time or dotted states; None where there is no such time.

    Example:
        >>> clock_of("12:04 am")
        Clock(hour=0, minute=4, second=None, zone=None)
    """
    found = _CLOCK.match(token)
    if found is None:  # pragma: no cover
        return None
    minute, second = int(found["minute"] or 0), int(found["second"]) if found["second"] else None
    zone = _offset(found["offset"]) if found["offset"] else None
    half = found["half"]
    clock = in_half(Clock(int(found["hour"]), minute, second, zone), f"{half}m" if half else None)
    return clock if clock.hour <= 23 and minute <= 59 and (second or 0) <= 59 else None


def in_half(clock: Clock, half: str | None) -> Clock:
    """Return a time of day with ``am``, ``pm`` or ``night`` applied; a 24-hour time keeps its hour.

    Example:
        >>> in_half(Clock(6, 15), "pm").hour
        18
    """
    if half is None or not 1 <= clock.hour <= 12:
        return clock
    late = half == "pm" or (half == "night" and _EVENING <= clock.hour < 12)
    return Clock(clock.hour % 12 + (12 if late else 0), clock.minute, clock.second, clock.zone)


def _offset(text: str) -> str | None:
    """Return an offset as ±HH:MM, or None if no zone has it."""
    sign = "-" if "-" in text else "+"
    digits = re.sub(r"\D", "", text)
    if not digits.strip("0"):
        return "+00:00"
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes <= 59 else None
