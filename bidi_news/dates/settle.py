"""From candidates to timestamps: the decision, and the values written out.

A stamp later than the crawl, or a value that publishing systems write for "no date", is no date of the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.order import Case, decide
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.dates.zone import Instant, localize
from bidi_news.model import Issue, Timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bidi_news.dates.order import Context, Siblings
    from bidi_news.dates.parts import Stamp
    from bidi_news.model import Role

__all__ = ["Candidate", "Settled", "settle", "with_only_date"]

_DAY = timedelta(days=1)
_ISO_DAY = len("2015-06-23")


class Candidate(NamedTuple):
    """A stamp, located and judged, before its day is decided."""

    stamp: Stamp
    """What it states."""
    raw: str
    """The stamp as written."""
    start: int | None
    """First code point in the page's text, None for one of the markup."""
    end: int | None
    """Code point after the last one."""
    label: str | None
    """The phrase that introduces it, as written, or the field of the markup."""
    role: Role
    """What it says about the page."""
    evidence: tuple[str, ...]
    """Codes of what the role hangs on."""


class Settled(NamedTuple):
    """What became of candidates."""

    stamps: list[Timestamp]
    """The timestamps, in the same order, without those that are no date."""
    issues: tuple[Issue, ...]
    """Why a stamp that may be the page's own has no value, or less than it states."""


def settle(candidates: Sequence[Candidate], context: Context, siblings: Siblings) -> Settled:
    """Decide candidates of one page together.

    Args:
        candidates: all of the page, or all of those that may be its publication or update.
        context: what else is known of the page.
        siblings: gives all stamps of the page whose numbers a mark separates.

    """
    cases = [
        Case.of(stamp, role, context, labelled="label" in evidence, stated="markup" in evidence)
        for stamp, _, _, _, _, role, evidence in candidates
    ]
    decide(cases, context, siblings)
    stamps: list[Timestamp] = []
    issues: list[Issue] = []
    for candidate, case in zip(candidates, cases, strict=True):
        instants = _instants(case, context)
        if candidate.role != "other":
            issues += _issues(candidate, case, instants, context)
        if instants:
            stamps.append(_timestamp(candidate, case, instants, context))
    return Settled(stamps, tuple(issues))


def _issues(candidate: Candidate, case: Case, instants: Sequence[Instant], context: Context) -> Iterator[Issue]:
    """Give what is wrong with a stamp that may be the page's own."""
    raw, start, end = candidate.raw, candidate.start, candidate.end
    if case.stamp.relative is not None:  # without a crawl it means nothing, and is no fault of the page
        return
    if case.stamp.has_impossible_clock and case.readings:
        yield Issue(code="impossible_time", message=f"{raw!r} states no time of day", start=start, end=end)
    # the year 1 is no reading at all
    elif not instants and (case.readings or any(raw.startswith(value[:_ISO_DAY]) for value in vocabulary().sentinels)):
        yield Issue(code="sentinel_date", message=f"{raw!r} stands for no date", start=start, end=end)
    elif not instants:
        yield Issue(code="impossible_date", message=f"{raw!r} is no day of 1900 to 2100", start=start, end=end)
    elif _is_late(instants, context):
        yield Issue(code="date_after_crawl", message=f"{raw!r} is later than the crawl", start=start, end=end)


def with_only_date(stamps: list[Timestamp]) -> list[Timestamp]:
    """Let the one day that a whole HTML page names be its publication, where nothing says what it is.

    HTML pages of articles nearly always show their date, often in furniture without any phrase.

    Args:
        stamps: all of the page.
    """
    if not stamps or any(stamp.role != "other" or stamp.label or stamp.ambiguous for stamp in stamps):
        return stamps
    if len({stamp.candidates[0][:10] for stamp in stamps}) > 1 or "after_crawl" in stamps[0].evidence:
        return stamps
    return [replace(stamps[0], role="published", evidence=(*stamps[0].evidence, "only_date")), *stamps[1:]]


def _instants(case: Case, context: Context) -> list[Instant]:
    """Write out every reading that is left; none for a value that means "no date", or beside a time that is none."""
    if case.stamp.has_impossible_clock:
        return []
    relative, clock, zone = case.stamp.relative, case.stamp.clock, context.zone
    if relative is not None:
        if context.crawled is None:
            return []
        try:
            moment = relative.before(context.crawled, zone)
        except (OverflowError, ValueError):  # the crawl stands at an end of the calendar
            return []
        case.evidence.append("relative")
        if relative.is_fine:
            iso = moment.replace(second=0, microsecond=0).isoformat(timespec="seconds")
            return [Instant(iso, "minute", zone, ())]
        return [localize(moment.date(), clock, zone)]
    instants = [localize(reading.day, clock, zone) for reading in case.readings]
    return [instant for instant in instants if not _is_sentinel(instant)]


@lru_cache(maxsize=4096)
def _is_sentinel(instant: Instant) -> bool:
    """Say whether an instant stands for "no date", as it is written or in UTC: the epoch is 01:00 in Paris."""
    sentinels = vocabulary().sentinels
    if instant.iso[:19] in sentinels:
        return True
    if "offset_stated" not in instant.evidence:
        return False
    return datetime.fromisoformat(instant.iso).astimezone(UTC).isoformat()[:19] in sentinels


def _is_late(instants: Sequence[Instant], context: Context) -> bool:
    """Say whether every reading is later than the crawl, one day of grace."""
    # ISO dates of one form sort as the days do
    return context.latest is not None and min(i.iso[:10] for i in instants) > (context.latest + _DAY).isoformat()


def _timestamp(candidate: Candidate, case: Case, instants: Sequence[Instant], context: Context) -> Timestamp:
    decided = len(instants) == 1
    role, evidence = candidate.role, (*candidate.evidence, *case.evidence, *instants[0].evidence)
    if _is_late(instants, context):
        role, evidence = "other", (*evidence, "after_crawl")
    return Timestamp(
        iso=instants[0].iso if decided else None,
        precision=instants[0].precision,
        ambiguous=not decided,
        candidates=tuple([instant.iso for instant in instants]),
        raw=candidate.raw,
        start=candidate.start,
        end=candidate.end,
        label=candidate.label,
        role=role,
        order=case.readings[0].order if decided and case.readings else None,
        zone=instants[0].zone,
        evidence=evidence,
    )
