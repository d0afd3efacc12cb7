"""Machine text: addresses, handles, tags, paths, identifiers, code, JSON and markup, none of which may change.

The patterns are data, ``lexicon/guards.tsv``, each with the example that it is there for. A pattern sees a stretch of
the page that does not depend on how far away anything stands, and nothing in a stretch that it holds is edited, so that
no edit can turn a decision. Each stretch is looked at once, whatever the number of spellings in it.

Example:
    >>> first_guard("chunk", "https://example.org/shi'ite"), first_guard("chunk", "Shi'ite")
    ('address', None)
"""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import Literal, NamedTuple, get_args

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_text

__all__ = ["Guard", "Spans", "Where", "first_guard", "guard_at", "guarded_spans", "read_guards"]

Where = Literal["page", "line", "span", "chunk", "head", "tail"]
"""What a pattern sees: the page or the line, of which it holds what it matches (``page``, ``span``) or all (``line``);
the characters up to the next white space on both sides (``chunk``), before (``head``) or after (``tail``) the spelling.
"""

Spans = tuple[tuple[int, int, str], ...]
"""First code point, code point after the last, guard: in order and disjoint."""

_GUARDS = "lexicon/guards.tsv"
_COLUMNS = ("guard", "where", "pattern", "example", "source", "licence")


class Guard(NamedTuple):
    """One row of the table."""

    name: str
    """What it holds."""
    pattern: re.Pattern[str]
    """How that is told."""


@cache
def read_guards() -> dict[Where, tuple[Guard, ...]]:
    """Read the table of guards.

    Each pattern is searched for by itself: most begin with a rare character, which is found many times faster than any
    of several.

    Raises:
        DataFileError: if a row names no place, or its pattern is none.

    Example:
        >>> read_guards()["chunk"][0].name
        'address'
    """
    guards: dict[Where, list[Guard]] = {where: [] for where in get_args(Where)}
    for line, row in parse_tsv(read_text(_GUARDS), _COLUMNS, path=_GUARDS):
        if row["where"] not in guards:
            raise DataFileError(f"{row['where']!r} is no place", path=_GUARDS, line=line, column="where")
        try:
            guards[row["where"]].append(Guard(row["guard"], re.compile(row["pattern"])))
        except re.error as error:
            raise DataFileError(f"no pattern: {error}", path=_GUARDS, line=line, column="pattern") from error
    return {where: tuple(own) for where, own in guards.items()}


def first_guard(where: Where, text: str) -> str | None:
    """Return the first guard of a place whose pattern is in a text, or None.

    Example:
        >>> first_guard("chunk", "https://example.org")
        'address'
    """
    for guard in read_guards()[where]:
        if guard.pattern.search(text):
            return guard.name
    return None


def guarded_spans(where: Where, text: str) -> Spans:
    """Return all that the guards of a place hold of a text; of what overlaps, what begins first.

    Example:
        >>> guarded_spans("page", "a <b>")
        ((2, 5, 'markup'),)
    """
    found = [(*match.span(), guard.name) for guard in read_guards()[where] for match in guard.pattern.finditer(text)]
    outer: list[tuple[int, int, str]] = []
    for span in sorted(found):
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return tuple(outer)


def guard_at(spans: Spans, place: int) -> str | None:
    """Return the guard of the span that a code point lies in, or None.

    Example:
        >>> guard_at(((2, 5, "markup"),), 4)
        'markup'
    """
    before = bisect.bisect_right(spans, place, key=lambda span: span[0]) - 1
    return spans[before][2] if before >= 0 and place < spans[before][1] else None
