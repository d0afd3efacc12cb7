"""Values of options, as a command line writes them.

Example:
    >>> count("2"), size("2K"), fraction("0.5")
    (2, 2048, 0.5)
"""

from __future__ import annotations

import argparse
from dataclasses import fields

from bidi_news.options import Limits

__all__ = ["LIMITS", "count", "fraction", "limit", "size"]

LIMITS = tuple(field.name for field in fields(Limits))
"""Names of the limits."""

_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def fraction(value: str) -> float:
    """Read a number above 0 and at most 1.

    Raises:
        argparse.ArgumentTypeError: if it is none.

    Example:
        >>> fraction("0.5")
        0.5
    """
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number above 0 and at most 1")
    return number


def count(value: str, *, least: int = 1) -> int:
    """Read a whole number, ``least`` or more.

    Raises:
        argparse.ArgumentTypeError: if it is none.

    Example:
        >>> count("2")
        2
    """
    if not value.isdecimal() or int(value) < least:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number, {least} or more")
    return int(value)


def size(value: str) -> int:
    """Read a whole number of 1 or more, which may end in K, M or G.

    Raises:
        argparse.ArgumentTypeError: if it is none.

    Example:
        >>> size("64"), size("2K")
        (64, 2048)
    """
    unit = _UNITS.get(value[-1:].upper(), 1)
    return count(value if unit == 1 else value[:-1]) * unit


def limit(value: str) -> tuple[str, int]:
    """Read a limit and what it is set to.

    Raises:
        argparse.ArgumentTypeError: if it is none.

    Example:
        >>> limit("page_bytes=64M")
        ('page_bytes', 67108864)
    """
    name, _, number = value.partition("=")
    if name not in LIMITS:
        raise argparse.ArgumentTypeError(f"{name!r} is no limit; choose one of {', '.join(LIMITS)}")
    return name, size(number)
