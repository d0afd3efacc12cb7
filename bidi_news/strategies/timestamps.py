"""Strategies of stamps in the layouts of news pages, with what they say.

The expected values are worked out here from the drawn moment and the time zone database, not by this package's reader,
so that a test compares two roads to one answer. The layouts are those of real outlets and of CLDR; the months are those
of CLDR.

Example:
    >>> from hypothesis import given, settings
    >>> from bidi_news import parse_timestamp
    >>> from bidi_news.strategies.timestamps import dst_edges
    >>> @settings(max_examples=3, database=None)
    ... @given(dst_edges())
    ... def edges_of_summer_time_are_read(stamp):
    ...     assert parse_timestamp(stamp.text).iso == stamp.iso
    >>> edges_of_summer_time_are_read()
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["MONTHS", "DstEdge", "KnownStamp", "dst_edges", "timestamps"]

Order = Literal["dmy", "mdy", "ymd"]

_ZONE = "Asia/Jerusalem"
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
# d, m: two digits; D, M: without a leading zero; y: year, s: its last two digits; H, N: time; h: of 12 hours, with p
_NUMERIC: tuple[tuple[str, Order], ...] = (
    ("{d}.{m}.{y}", "dmy"),
    ("{d}/{m}/{y}", "dmy"),
    ("{D}-{M}-{y}", "dmy"),
    ("{D} / {M} / {y}", "dmy"),
    ("{d}.{m}.{s}", "dmy"),
    ("{m}/{d}/{y}", "mdy"),
    ("{m}.{d}.{s}", "mdy"),
    ("{y}-{m}-{d}", "ymd"),
    ("{y}/{m}/{d}", "ymd"),
)
_NAMED = (
    "{D} {en} {y}",
    "{en} {D}, {y}",
    "{D} ב{he} {y}",
    "ה-{D} ב{he}, {y}",
    "{D} {he} {y}",
    "{D} {ar} {y}",
    "{D} {ar}، {y}",
    "{D} {ru} {y} г.",  # noqa: RUF001  (Russian: of the year)
)
_WITH_TIME = (
    "{date}",
    "{date} {H}:{N}",
    "{date}, {H}:{N}",
    "{date} , {H}:{N}",
    "{date} | {H}:{N}",
    "{H}:{N} {date}",
    "{H}:{N} , {date}",
    "{date} at {h}:{N} {p}",
    "{date} בשעה {H}:{N}",
)
_PHRASES = ("", "פורסם: ", "פרסום ראשון: ", "Published: ", "Posted on ", "نشر في: ", "опубликовано: ", "|  ")
_EMBEDDING = "\N{RIGHT-TO-LEFT EMBEDDING}{}\N{POP DIRECTIONAL FORMATTING}"
_ISOLATE = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in (*range(0x30, 0x3A), ord(":"), ord("/"))})


class KnownStamp(NamedTuple):
    """A stamp and what it says."""

    text: str
    """The stamp, perhaps behind a phrase."""
    iso: str | None
    """ISO 8601; None where its own numbers leave two days."""
    candidates: tuple[str, ...]
    """Every value that its numbers allow, sorted; one where they decide."""


class DstEdge(NamedTuple):
    """A stamp near a change of Israel's clock."""

    text: str
    """The stamp."""
    iso: str
    """ISO 8601: of a skipped hour with the offset before the gap, of a repeated one the first pass."""
    flag: Literal["gap", "fold"] | None
    """What its evidence has to say; None beside the edge."""


def timestamps(*, since: date = date(1995, 1, 1), until: date = date(2035, 12, 31)) -> SearchStrategy[KnownStamp]:
    """Draw stamps of Israel's local time: numeric ones in every order, and dates with the month's name.

    They may stand behind a phrase, carry bidi marks, no-break spaces, Arabic-Indic or full-width digits.

    Args:
        since: first day.
        until: last day; years of two digits are drawn up to this year only, for they mean no later one.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import parse_timestamp
        >>> from bidi_news.errors import AmbiguousDateError
        >>> @settings(max_examples=3, database=None)
        ... @given(timestamps())
        ... def read_or_left_open(stamp):
        ...     try:
        ...         assert parse_timestamp(stamp.text).iso == stamp.iso
        ...     except AmbiguousDateError as error:
        ...         assert sorted(error.candidates) == list(stamp.candidates)
        >>> read_or_left_open()
    """
    return _stamps(since, until)


@st.composite
def _stamps(draw: DrawFn, since: date, until: date) -> KnownStamp:
    form, order = draw(st.sampled_from(_NUMERIC) | st.sampled_from(_NAMED).map(lambda form: (form, None)))
    this_year = datetime.now(UTC).year
    latest = min(until, date(this_year, 12, 31)) if "{s}" in form else until
    earliest = max(since, date(this_year - 90, 1, 1)) if "{s}" in form else since
    day = draw(st.dates(earliest, latest))
    frame = draw(st.sampled_from(_WITH_TIME))
    clock = draw(st.times()).replace(second=0, microsecond=0, fold=0) if "{N}" in frame else None
    text = frame.format(date=_written(day, form), **_clock_fields(clock or time()))
    text = draw(st.sampled_from(_PHRASES)) + _perturbed(draw, text)
    days = {day}
    if order in {"dmy", "mdy"} and day.day <= 12:
        days.add(date(day.year, day.day, day.month))
    candidates = tuple(sorted(_iso(one, clock) for one in days))
    return KnownStamp(text, candidates[0] if len(candidates) == 1 else None, candidates)


def _written(day: date, form: str) -> str:
    """Write a day."""
    names = {language: names.split()[day.month - 1] for language, names in MONTHS.items()}
    year = day.year
    return form.format(
        d=f"{day.day:02}", m=f"{day.month:02}", D=day.day, M=day.month, y=year, s=f"{year % 100:02}", **names
    )


def _clock_fields(clock: time) -> dict[str, object]:
    """Return the fields that a layout writes a time of day with."""
    half = "pm" if clock.hour >= 12 else "am"
    return {"H": f"{clock.hour:02}", "N": f"{clock.minute:02}", "h": (clock.hour - 1) % 12 + 1, "p": half}


def _perturbed(draw: DrawFn, text: str) -> str:
    """Write a stamp as scraped pages may have it; what it says stays the same."""
    kind = draw(st.sampled_from(("plain", "plain", "indic", "wide", "spaces", "embedded", "isolated", "marks")))
    if kind == "marks":
        place, mark = draw(st.integers(0, len(text))), draw(st.sampled_from(_MARKS))
        return text[:place] + mark + text[place:]
    return {
        "plain": text,
        "indic": text.translate(_INDIC),
        "wide": text.translate(_WIDE),
        "spaces": text.replace(" ", "\N{NO-BREAK SPACE}"),
        "embedded": _EMBEDDING.format(text),
        "isolated": _ISOLATE.format(text),
    }[kind]


def _iso(day: date, clock: time | None) -> str:
    """Write a local day, and a time of day, as ISO 8601: the first pass, or the offset before a gap."""
    if clock is None:
        return day.isoformat()
    return datetime.combine(day, clock, ZoneInfo(_ZONE)).isoformat(timespec="seconds")


def dst_edges(*, since: int = 1940, until: int = 2035) -> SearchStrategy[DstEdge]:
    """Draw stamps within the hour before a change of Israel's clock, in the hour that it skips or repeats, and after.

    Args:
        since: first year; Israel's zone changes its clock since 1940, with pauses.
        until: last year.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import parse_timestamp
        >>> @settings(max_examples=3, database=None)
        ... @given(dst_edges(since=2013))
        ... def gaps_and_folds_are_told(stamp):
        ...     evidence = parse_timestamp(stamp.text).evidence
        ...     assert [code for code in evidence if code in {"gap", "fold"}] == [stamp.flag] * bool(stamp.flag)
        >>> gaps_and_folds_are_told()
    """
    changes = [change for year in range(since, until + 1) for change in _changes(year)]
    return st.builds(
        _edge, st.sampled_from(changes), st.integers(-60, 119), st.sampled_from(("{y}-{m}-{d}", "{D} {en} {y}"))
    )


def _edge(change: tuple[datetime, timedelta], minutes: int, form: str) -> DstEdge:
    """Return the stamp some minutes from a change, which is the local time at which the clock is moved."""
    moment, shift = change
    # the clock is moved on from here, or back to an hour before
    first = moment if shift > timedelta() else moment + shift
    local = first + minutes * _MINUTE
    inside = first <= local < first + abs(shift)
    flag: Literal["gap", "fold"] | None = None
    if inside:
        flag = "gap" if shift > timedelta() else "fold"
    text = f"{_written(local.date(), form)} {local:%H:%M}"
    return DstEdge(text, _iso(local.date(), local.time()), flag)


@cache
def _changes(year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """Return the local times, by the old clock, at which the zone's clock is moved in a year, and by how much."""
    found = []
    zone = ZoneInfo(_ZONE)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(zone).utcoffset() or timedelta()

    start = datetime(year, 1, 1, tzinfo=UTC)
    for day in range(366):
        low, high = start + day * _DAY, start + (day + 1) * _DAY
        if low.year != year or offset(low) == offset(high):
            continue
        while high - low > _MINUTE:
            middle = low + (high - low) / 2 // _MINUTE * _MINUTE
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        before = offset(high - _MINUTE)
        found.append(((high + before).replace(tzinfo=None), offset(high) - before))
    return tuple(found)
