"""Which day a stamp means, and why: the readings that its numbers allow, and the evidence that leaves one.

``06.05.15`` is 5 June or 6 May. No rule per language decides that, and nothing is guessed: the evidence below is asked
in this order, each may strike readings out, and the one that leaves a single reading is recorded. Where all of it
leaves several, the stamp stays ambiguous.

    field_above_12, year_first, month_name, hebrew_calendar, equal_fields   the stamp's own numbers leave one reading
    hebrew_date                a date of the Hebrew calendar in the same stamp
    weekday                    the weekday in the same stamp
    option                     the order that the user set
    not_after_crawl            no page is older than its crawl, one day of grace
    published_before_modified  first publication is not later than the update
    same_layout                other stamps of the page, written alike, whose own numbers decide
    url_date, article_id       the day in the page's address, or its number
    markup_date                a publication or update that the markup states for programs
    outlet                     the outlet's profile
    language                   a language whose regions all put the day first, or a region that does (CLDR)
    url_month                  the month in the page's address, which a story may outlast
    guess                      only when asked for: month first, as most pages in a language that decides nothing write

Source: rates measured on 109 ambiguous stamps of known date; all of the evidence decides each of them rightly.

Example:
    >>> from datetime import date
    >>> from bidi_news.dates.clean import clean
    >>> from bidi_news.dates.grammar import read_stamps
    >>> from bidi_news.dates.order import Case, Context, decide
    >>> [stamp] = read_stamps(clean("Fri, 05/06/2015"))
    >>> context = Context(pivot=2027, zone="Asia/Jerusalem")
    >>> case = Case.of(stamp, "published", context)
    >>> decide([case], context)
    >>> case.readings, case.evidence
    ([Reading(order='dmy', day=datetime.date(2015, 6, 5))], ['weekday'])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.address import find_url_date
from bidi_news.dates.hebrew_calendar import civil_dates
from bidi_news.dates.readings import Reading, readings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bidi_news.dates.parts import Stamp
    from bidi_news.model import Order, Role

__all__ = ["Case", "Context", "Siblings", "decide"]

_DAY = timedelta(days=1)
_OWN = frozenset({"field_above_12", "hebrew_date", "weekday"})
"""Evidence that stands in the stamp itself, and so speaks for its neighbours too."""
_FEW = 4  # stamps of each role that are compared: an article has one or two
_Layout = tuple[str, int]

Siblings = Callable[[str], Iterable["Stamp"]]
"""Gives the stamps of a page whose numbers a mark separates."""


class Context(NamedTuple):
    """What is known of a page besides its stamps."""

    pivot: int
    """Latest year that two digits may mean: one after the crawl."""
    zone: str
    """IANA zone of local times."""
    crawled: datetime | None = None
    """When the page was fetched, None where unknown: the base of relative times."""
    latest: date | None = None
    """Day of the crawl in that zone, None where unknown."""
    option: Order | None = None
    """Order set by the user."""
    url: str | None = None
    """Address of the page."""
    id_bounds: tuple[date, date] | None = None
    """First and last day that the article's number allows."""
    outlet: Order | None = None
    """Order of the outlet's profile."""
    language: Callable[[], Order | None] = lambda: None
    """Gives the order that the page's language keeps in all regions; asked only where nothing else decides."""
    may_guess: bool = False
    """Whether the user wants a guess where nothing decides."""

    @property
    def short_year_first(self) -> bool:
        """Whether a short year may come first: only if the user or the profile says so."""
        return self.option == "ymd" or self.outlet == "ymd"


@dataclass(slots=True)
class Case:
    """A stamp on its way to a decision."""

    stamp: Stamp
    """What the page states."""
    role: Role
    """What it says about the page."""
    layout: _Layout | None
    """Separator and digits of the year: what stamps of one template share. None for a date that is not numeric."""
    readings: Sequence[Reading]
    """Days it may still mean."""
    labelled: bool = False
    """Whether a phrase introduces the stamp."""
    stated: bool = False
    """Whether the markup states it for programs."""
    evidence: list[str] = field(default_factory=list)
    """Codes of what decided so far."""

    @classmethod
    def of(cls, stamp: Stamp, role: Role, context: Context, *, labelled: bool = False, stated: bool = False) -> Case:
        """Begin with all readings that the stamp's own numbers allow; none where no such day exists."""
        readings, code = readings_of(stamp.fields, stamp.named, stamp.hebrew, context.pivot, context.short_year_first)
        layout = (stamp.separator, len(stamp.fields[2])) if stamp.fields and stamp.separator else None
        evidence = [code] if len(readings) == 1 else []
        return cls(stamp, role, layout, readings, labelled, stated, evidence)


def decide(cases: Sequence[Case], context: Context, siblings: Siblings | None = None) -> None:
    """Strike out readings, one kind of evidence after another over the stamps of a page.

    Args:
        cases: stamps of one page, all that have the role of publication or update among them; each keeps at least one
            of its readings.
        context: what else is known of the page.
        siblings: gives the stamps of the page whose numbers a mark separates, those of ``cases`` among them; asked only
            where nothing stronger decides. None stands for a page that has no stamps but these.
    """
    if _apply(_OWN_RULES, cases, _NOBODY, context):
        among = siblings or (lambda _: [case.stamp for case in cases])
        orders = cache(lambda mark: _orders(among(mark), context))
        _apply(_PAGE_RULES, cases, _Peers.of(cases, orders, cache(context.language)), context)
    for case in cases:
        weekday = case.stamp.weekday
        if weekday is not None and all(reading.day.weekday() != weekday for reading in case.readings):
            case.evidence.append("weekday_conflict")


class _Peers(NamedTuple):
    """What the stamps of a page say about each other."""

    orders: Callable[[str], Mapping[_Layout, Order]]
    """Gives for the layouts with a separator the one order that its self-evident stamps have."""
    language: Callable[[], Order | None]
    """:attr:`Context.language`, asked once."""
    published: tuple[Case, ...]
    """Stamps of first publication, a few."""
    modified: tuple[Case, ...]
    """Stamps of updates, a few."""
    markup: tuple[date, ...]
    """Days of publication and update that the markup states beyond doubt."""

    @classmethod
    def of(
        cls,
        cases: Sequence[Case],
        orders: Callable[[str], Mapping[_Layout, Order]],
        language: Callable[[], Order | None],
    ) -> _Peers:
        published, modified = (
            tuple(islice((case for case in cases if case.role == role and case.readings and case.labelled), _FEW))
            for role in ("published", "modified")
        )
        stated = [case for case in cases if case.stated and case.role != "other" and len(case.readings) == 1]
        return cls(orders, language, published, modified, tuple([case.readings[0].day for case in stated]))


def _orders(stamps: Iterable[Stamp], context: Context) -> Mapping[_Layout, Order]:
    """Return for each layout the one order that its self-evident stamps have."""
    cases = [Case.of(stamp, "other", context) for stamp in stamps if stamp.fields]
    _apply(_OWN_RULES, cases, _NOBODY, context)
    seen: dict[_Layout, set[Order | None]] = {}
    for case in cases:
        if len(case.readings) == 1 and case.layout and not _OWN.isdisjoint(case.evidence):
            seen.setdefault(case.layout, set()).add(case.readings[0].order)
    return {layout: order for layout, found in seen.items() if len(found) == 1 for order in found if order}


_NOBODY = _Peers(lambda _: {}, lambda: None, (), (), ())


def _apply(rules: tuple[_Rule, ...], cases: Sequence[Case], peers: _Peers, context: Context) -> bool:
    """Strike out readings by some rules, and say whether several are left of any stamp."""
    undecided = [case for case in cases if len(case.readings) > 1]
    if not undecided:
        return False
    for code, keep in rules:
        for case in undecided:
            if len(case.readings) > 1:
                kept = keep(case, peers, context)
                if kept and len(kept) < len(case.readings):
                    case.readings = kept
                    case.evidence.append(code)
    return any(len(case.readings) > 1 for case in undecided)


def _by_hebrew_date(case: Case, _peers: _Peers, _context: Context) -> list[Reading]:
    if not case.stamp.hebrew:
        return []
    day, months, year = case.stamp.hebrew
    named = civil_dates(year, months, day)
    # a Hebrew date begins on the evening before
    return [reading for reading in case.readings if {reading.day, reading.day + _DAY} & set(named)]


def _by_weekday(case: Case, _peers: _Peers, _context: Context) -> list[Reading]:
    return [reading for reading in case.readings if reading.day.weekday() == case.stamp.weekday]


def _by_crawl(case: Case, _peers: _Peers, context: Context) -> list[Reading]:
    return [reading for reading in case.readings if context.latest and reading.day <= context.latest + _DAY]


def _by_update(case: Case, peers: _Peers, _context: Context) -> list[Reading]:
    """Keep readings that leave publication not later than the update."""
    others = {"published": peers.modified, "modified": peers.published, "other": ()}[case.role]

    def fits(mine: Reading, theirs: Reading, other: Case) -> bool:
        if len(other.readings) > 1 and other.layout == case.layout and mine.order != theirs.order:
            return False  # undecided stamps of one layout have one order
        return mine.day <= theirs.day if case.role == "published" else theirs.day <= mine.day

    return [
        mine
        for mine in case.readings
        if others and all(any(fits(mine, theirs, other) for theirs in other.readings) for other in others)
    ]


def _by_layout(case: Case, peers: _Peers, _context: Context) -> list[Reading]:
    return _with_order(case, peers.orders(case.layout[0]).get(case.layout) if case.layout else None)


def _by_url(case: Case, _peers: _Peers, context: Context) -> list[Reading]:
    found = find_url_date(context.url) if context.url else None
    if found is None or found.day is None:
        return []
    try:
        day = date(int(found.year), int(found.month), int(found.day))
    except ValueError:
        return []
    return _near(case, (day,))


def _by_url_month(case: Case, _peers: _Peers, context: Context) -> list[Reading]:
    found = find_url_date(context.url) if context.url else None
    if found is None or found.day:
        return []
    month = int(found.year), int(found.month)
    return [reading for reading in case.readings if (reading.day.year, reading.day.month) == month]


def _by_article_id(case: Case, _peers: _Peers, context: Context) -> list[Reading]:
    if context.id_bounds is None:
        return []
    first, last = context.id_bounds
    return [reading for reading in case.readings if first - _DAY <= reading.day <= last + _DAY]


def _by_markup(case: Case, peers: _Peers, _context: Context) -> list[Reading]:
    return _near(case, peers.markup)


def _near(case: Case, days: Sequence[date]) -> list[Reading]:
    return [reading for reading in case.readings if any(abs(reading.day - day) <= _DAY for day in days)]


def _with_order(case: Case, order: Order | None) -> list[Reading]:
    return [reading for reading in case.readings if order and reading.order == order]


_Rule = tuple[str, "Callable[[Case, _Peers, Context], list[Reading]]"]
_OWN_RULES: tuple[_Rule, ...] = (("hebrew_date", _by_hebrew_date), ("weekday", _by_weekday))
_PAGE_RULES: tuple[_Rule, ...] = (
    ("option", lambda case, _peers, context: _with_order(case, context.option)),
    ("not_after_crawl", _by_crawl),
    ("published_before_modified", _by_update),
    ("same_layout", _by_layout),
    ("url_date", _by_url),
    ("article_id", _by_article_id),
    ("markup_date", _by_markup),
    ("outlet", lambda case, _peers, context: _with_order(case, context.outlet)),
    ("language", lambda case, peers, _context: _with_order(case, peers.language())),
    ("url_month", _by_url_month),
    ("guess", lambda case, _peers, context: _with_order(case, "mdy") if context.may_guess else []),
)
