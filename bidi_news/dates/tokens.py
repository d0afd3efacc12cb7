"""Pieces of a cleaned passage: numeric dates, times of day, numbers, words, and single marks.

One regular expression, without nested repetition: its work is linear in the passage.

Example:
    >>> from bidi_news.dates.tokens import tokenize
    >>> [(token.kind, token.word) for token in tokenize("published: 23.06.15, 9:05 pm")]
    [('word', 'published'), ('mark', ':'), ('date', '23.06.15'), ('mark', ','), ('time', '9:05 pm')]
"""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from bidi_news.dates.zone import Clock

__all__ = ["Token", "clock_of", "tokenize"]

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_]+(?:(?:''|["'])[^\W\d_]+)*'?)
    |(?P<mark>[^\s\w]|_)
    |(?=\d)(?:(?P<date>(?<!\d)(?<!\d[./-])
        \d{1,4}[ ]{0,2}(?P<separator>[./-])[ ]{0,2}\d{1,2}[ ]{0,2}(?P=separator)[ ]{0,2}(?:\d{4}|\d{2})
        (?!\d)(?!(?P=separator)\d))
    |(?P<time>(?<![\d:])(?<!\d\.)
        (?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?![\d:])(?!\.\d)
            (?:[ ]?(?P<half>[ap])\.?[ ]?m\b\.?)?
            (?P<offset>[ ]?(?:
                (?:gmt|utc)[ ]?[+-]\d{1,2}(?::?\d{2})?|\+\d{2}:?\d{2}|(?(second)-\d{2}:?\d{2}|(?!)))(?!\d))?
        |(?P<bare_hour>\d{1,2})[ ]?(?P<bare_half>[ap])\.?m\b\.?))
    |(?P<dotted>(?<![\d.:])\d{1,2}\.\d{2}(?![\d.:%])(?:[ ]?(?P<dotted_half>[ap])\.?[ ]?m\b\.?)?)
    |(?P<number>\d+)(?:(?:st|nd|rd|th)\b)?)
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One piece of a passage."""

    kind: str
    """date, time, dotted, number, word or mark."""
    start: int
    """First position in the passage."""
    end: int
    """Position after the last."""
    word: str
    """The piece; of a number, its digits without the ordinal ending."""
    found: re.Match[str]
    """The match, with the groups of the expression."""


_token = partial(tuple.__new__, Token)  # half the time of the constructor, which is most of the work of a passage


def tokenize(text: str) -> list[Token]:
    """Cut a cleaned passage into tokens; white space is left out."""
    # the last group is the outermost of an alternative, which closes last
    return [
        _token((found.lastgroup, *found.span(), found[found.lastgroup or 0], found)) for found in _TOKEN.finditer(text)
    ]


def clock_of(token: Token) -> Clock | None:
    """Return the time of day that a token of kind time or dotted states; None where there is no such time.

    Example:
        >>> clock_of(tokenize("12:04 am")[0])
        Clock(hour=0, minute=4, second=None, zone=None)
    """
    found = token.found
    if token.kind == "dotted":
        digits = re.match(r"\d+\.\d+", token.word)
        hour, minute = map(int, digits.group().split(".")) if digits else (99, 0)
        return _clock(hour, minute, None, found["dotted_half"], None)
    hour = int(found["hour"] or found["bare_hour"])
    second = int(found["second"]) if found["second"] else None
    return _clock(hour, int(found["minute"] or 0), second, found["half"] or found["bare_half"], found["offset"])


def _clock(hour: int, minute: int, second: int | None, half: str | None, offset: str | None) -> Clock | None:
    clock = in_half(Clock(hour, minute, second, _offset(offset) if offset else None), f"{half}m" if half else None)
    return clock if clock.hour <= 23 and minute <= 59 and (second or 0) <= 59 else None


def in_half(clock: Clock, half: str | None) -> Clock:
    """Return a time of day with ``am`` or ``pm`` applied; a 24-hour time keeps its hour.

    Example:
        >>> in_half(Clock(6, 15), "pm").hour
        18
    """
    if half is None or not 1 <= clock.hour <= 12:
        return clock
    return Clock(clock.hour % 12 + (12 if half == "pm" else 0), clock.minute, clock.second, clock.zone)


def _offset(text: str) -> str | None:
    """Return an offset as ±HH:MM, or None if no zone has it."""
    sign = "-" if "-" in text else "+"
    digits = re.sub(r"\D", "", text)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes <= 59 else None
