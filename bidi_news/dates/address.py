"""The date in the address of a page: ``/2015/06/23/``, ``/2015/6/23/``, ``/2015/jun/23/``, ``20150623``, or a month.

Example:
    >>> find_url_date("https://example.org/2015/jun/23/title")
    UrlDate(text='2015/jun/23', year='2015', month='6', day='23')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bidi_news.dates.vocabulary import vocabulary

__all__ = ["UrlDate", "find_url_date"]

_FIGURES = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
# Folders, each a field: the month with one figure or by its name.
_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2]|[a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=[/?#]|$)", re.IGNORECASE)


class UrlDate(NamedTuple):
    """A date in an address, its fields in figures."""

    text: str
    """As the address has it."""
    year: str
    """Four figures."""
    month: str
    """One or two figures."""
    day: str | None
    """One or two figures, None where the address names a month alone."""


def find_url_date(url: str) -> UrlDate | None:
    """Return the date in an address; None where there is none.

    Example:
        >>> find_url_date("https://example.org/2015/06/title").day is None
        True
        >>> find_url_date("https://example.org/201506") is None
        True
    """
    found = _FOLDERS.search(url)
    if found:
        year, name, day = found.groups()
        month = name if name.isdecimal() else vocabulary().month(name.lower())
        if month is not None:
            return UrlDate(found.group()[1:], year, str(month), day)
    found = _FIGURES.search(url)
    # six digits in a row are a number like any other
    if found and (found[2] or found[4]):
        return UrlDate(found.group(), found[1], found[3], found[4])
    return None
