r"""Shapes of single lines: what states a time, what credits a picture, what says who wrote.

Patterns and words are data (``data/chrome/patterns.toml``, ``data/chrome/words.tsv``).

Example:
    >>> stamp_shape("פורסם: 22.06.14 , 15:08")
    'labelled'
    >>> stamp_shape("He was born on 22.06.14 in Haifa, on the day that the bridge was opened to everybody") is None
    True
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

import regex

from bidi_news.model import Label
from bidi_news.resources import read_toml
from bidi_news.segment.lexical import words_of

__all__ = [
    "NUMERIC",
    "TAIL",
    "Shape",
    "agencies",
    "credit_behind",
    "credit_shape",
    "has_dated_part",
    "has_dateline",
    "introduced",
    "is_byline",
    "is_missing",
    "is_notice",
    "no_names",
    "notice_words",
    "stamp_shape",
    "words_in",
]

Shape = Literal["labelled", "date", "clock"]
"""How a line states a time: behind a label, as a bare date, as a bare time of day."""

_WORD: Final = r"\w+(?:['’׳״\"]\w+)*"
_words, _ascii_words = regex.compile(_WORD).findall, re.compile(_WORD).findall
NUMERIC: Final = re.compile(r"\d{1,4}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2,4}|\d{4}-\d\d-\d\d")
"""A numeric date, whatever its order."""
_SHORT_CREDIT: Final = 7  # words after "Photo:"; more of them describe what it shows
_SHORT_LINE: Final = 90  # characters
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')]?\s+")  # a credit with its sign may follow
_OPENER: Final = re.compile(r"[(\[|/—–]|\s-\s")  # what stands before a credit inside a line
_CLOCK: Final = re.compile(r"(?<![\d.,+\-])\d{1,2}[:.][0-5]\d(?![\d%])")
_HEBREW_YEAR: Final = re.compile("(?:ה['׳’]?)?תש[א-ת]?[\"״][א-ת]")  # 5700 to 5799: from 1939 to 2039
_PART: Final = re.compile(r"\s*[|•·–—]\s*|\s{2,}")  # what stands between the parts of a line
_DATELINE: Final = re.compile(  # "LIMASSOL, Cyprus (LP) — ", "HAIFA, May 14 - "
    r"[^\W\d_][^.!?()]{1,60}\([^()]{2,30}\)\s*[–—-]|[A-Z][A-Z'’ -]+[A-Z](?:,[^.,!?()–—-]{2,30})?\s+[–—-]{1,2}\s"
)
_MOST_PARTS: Final = 4
_ARTICLE_OF_NAMES: Final = "אל"  # and a preposition
_PLAYED: Final = re.compile(r"(?<![\d:])0:[0-5]\d(?!\d)")  # where a video stands; no clock shows a single 0
TAIL: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]][\s.\"”]*$")
"""What stands in brackets at the end of a line."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compile the patterns of data/chrome/patterns.toml."""
    table = read_toml("chrome/patterns.toml")
    flags = re.VERBOSE | re.IGNORECASE
    credit = table["credit"]
    return {
        "credit": re.compile(rf"\s*[(\[]?\s*{credit['introduction']}(?!\w)\s*(?P<sign>{credit['sign']})?\s*", flags),
        "byline": re.compile(table["byline"]["line"], flags),
        "stamp": re.compile(rf"[\W_]*{table['timestamp']['label']}(?![^\W\d_])", flags),
    }


@cache
def agencies() -> frozenset[str]:
    """Return the agencies and desks that stand alone as a story's source, in lower case."""
    return frozenset(read_toml("chrome/patterns.toml")["byline"]["agencies"])


@cache
def _notices() -> dict[str, tuple[str, ...]]:
    """Return the phrases of notices, and words one of which stands in each."""
    table = read_toml("chrome/patterns.toml")["notice"]
    return {name: tuple(table[name]) for name in ("words", "phrases")}


def notice_words() -> tuple[str, ...]:
    """Return the words one of which every notice has."""
    return _notices()["words"]


def is_notice(line: str) -> bool:
    """Return whether a line speaks of the site and not of the world: consent, subscription, rules for comments.

    Example:
        >>> is_notice("We and 212 partners store information on your device.")
        True
    """
    lower = line.lower()
    return any(phrase in lower for phrase in _notices()["phrases"])


@cache
def _missing() -> re.Pattern[str]:
    """Return the pattern of the lines of pages without their article."""
    phrases = "|".join(map(re.escape, read_toml("chrome/patterns.toml")["missing"]["phrases"]))
    return re.compile(rf"(?<!\w)(?:{phrases})", re.IGNORECASE)


def is_missing(text: str) -> bool:
    r"""Return whether a short line of a page says that its article is not there.

    Example:
        >>> is_missing("Home\nSorry, page not found\nSearch")
        True
    """
    for match in _missing().finditer(text):
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        if (end if end >= 0 else len(text)) - start <= _SHORT_LINE:
            return True
    return False


@cache
def _beside_dates() -> frozenset[str]:
    """Return the words of dates and of the interface."""
    return words_of("date") | words_of("ui")


@cache
def no_names() -> frozenset[str]:
    """Return words, in lower case, of which a name has none: of the interface, and stop words without letter case."""
    return words_of("ui") | {word for word in words_of("stop") - {_ARTICLE_OF_NAMES} if word == word.upper()}


def words_in(line: str) -> list[str]:
    """Return the words of a line, with the apostrophes and gershayim inside them.

    Example:
        >>> words_in("The Shi'ite side"), words_in('דו"ח של שָׁלוֹם')
        (['The', "Shi'ite", 'side'], ['דו"ח', 'של', 'שָׁלוֹם'])
    """
    return _ascii_words(line) if line.isascii() else _words(line)  # re is faster, and parts words at niqqud


def stamp_shape(line: str) -> Shape | None:
    """Return how a line states a time: ``labelled``, a bare ``date``, a bare ``clock`` time; None if it does not.

    A line states a time when it holds a date or a time and little besides: at most two words that are no part of dates,
    beside a bare time of day one, after a label six; a date of the Hebrew calendar has three more.
    """
    labelled = bool(_patterns()["stamp"].match(line))
    dates, fitting = words_of("date"), _beside_dates()
    words = words_in(line.lower())
    others = [word for word in words if word not in fitting and not word[0].isdigit()]
    too_many = len(others) - (6 if labelled else 2)
    if too_many > 3 or (too_many > 0 and not any(map(_HEBREW_YEAR.fullmatch, others))):
        return None
    dated = bool(NUMERIC.search(line)) or (
        not dates.isdisjoint(words) and any(len(word) == 4 and word.isdecimal() for word in words)
    )
    if not dated and (len(others) > 1 or not _CLOCK.search(line) or _PLAYED.search(line)):
        return None
    if labelled:
        return "labelled"
    return "date" if dated else "clock"


def has_dated_part(line: str) -> bool:
    """Return whether a part of a line, between bars, dashes or wide spaces, is a date: it may say who and when.

    Example:
        >>> has_dated_part("Interview by A. Name • Thursday, February 18, 2021"), has_dated_part("In 1990 • and now")
        (True, False)
    """
    return any(stamp_shape(part) in {"date", "labelled"} for part in _PART.split(line)[:_MOST_PARTS])


def has_dateline(line: str) -> bool:
    """Return whether a line opens with where and by which agency it was written, as a first paragraph does.

    Example:
        >>> has_dateline("LIMASSOL, Cyprus (LP) — Veterinarians refused"), has_dateline("The EU — and its borders")
        (True, False)
    """
    return _DATELINE.match(line) is not None


def introduced(line: str, start: int = 0) -> tuple[int, bool] | None:
    """Return where the words that introduce a credit end, and whether a sign follows them; None if none stand there.

    Args:
        line: any line.
        start: where they would begin.
    """
    match = _patterns()["credit"].match(line, start)
    return (match.end(), match["sign"] is not None) if match else None


def credit_behind(line: str) -> tuple[int, int] | None:
    """Return where a credit with its sign begins behind a sentence, and what it credits; None if none does.

    Example:
        >>> credit_behind("The bridge at dawn. Photo: Dana Levi"), credit_behind("He took a photo. It was blurred.")
        ((20, 27), None)
    """
    for stop in _SENTENCE_END.finditer(line):
        found = introduced(line, stop.end())
        if found and found[1]:
            return stop.end(), found[0]
    return None


def credit_shape(line: str) -> Label | None:
    """Return whether a line is a credit, a caption with its credit, or (None) neither."""
    found = introduced(line)
    if found and found[1]:
        return Label.CREDIT if len(words_in(line[found[0] :])) <= _SHORT_CREDIT else Label.CAPTION
    if any(introduced(line, opener.end()) for opener in _OPENER.finditer(line)):
        return Label.CAPTION
    if credit_behind(line):
        return Label.CAPTION
    tail = TAIL.search(line)
    credited = tail is not None and not words_of("credit").isdisjoint(words_in(tail[1].lower()))
    return Label.CAPTION if credited else None


def is_byline(line: str) -> bool:
    """Return whether a line says who wrote the article, by its own words."""
    if len(line) > 120:
        return False
    return line.lower().strip(" .") in agencies() or bool(_patterns()["byline"].match(line))
