"""From candidates to timestamps: what is known of the page, the decision, and the values written out.

A stamp later than the crawl, or a value that publishing systems write for "no date", is no date of the page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.dates.clean import clean
from bidi_news.dates.grammar import Stamp, read_stamps
from bidi_news.dates.order import Case, Context, decide, find_url_date
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.dates.zone import Instant, localize, zone_info
from bidi_news.model import Timestamp
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bidi_news.batch import Batch, Document, MachineStamp
    from bidi_news.model import Role
    from bidi_news.options import Options
    from bidi_news.outlets import Outlet

__all__ = ["Candidate", "settle"]

_DAY = timedelta(days=1)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_SENTENCE = 8  # words of a line of running text
_LEAST_WORDS = 30  # of running text that tell the language: a stamp and some labels do not
_MOST_LINES = 200  # of running text that are looked at
_LEAST_SHARE = 0.6  # of the words of running text that the script of a language needs
_COUNTED = np.zeros(len(CharClass), bool)  # classes of the letters that words are counted by
_COUNTED[[CharClass.LOWER, CharClass.UPPER, CharClass.HEBREW, CharClass.ARABIC]] = True
_MOST_VALUE = 80  # characters of a value of the markup


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


def settle(
    batch: Batch, page: int, candidates: Sequence[Candidate], outlet: Outlet | None, options: Options
) -> tuple[Timestamp, ...]:
    """Decide the candidates of one page, and the dates of its markup, together.

    Args:
        batch: the batch of the page.
        page: its index.
        candidates: stamps of its text, in order.
        outlet: its profile, or None.
        options: choices of the run.

    Returns:
        The timestamps of the markup and of the address, then those of the text in order.
    """
    document = batch.documents[page]
    candidates = [*_machine_candidates(document), *_url_candidates(document), *candidates]
    if not candidates:
        return ()
    context = _context(batch, page, candidates, outlet, options)
    crawled = document.page.crawled_at
    cases = [
        Case.of(candidate.stamp, candidate.role, context, labelled="label" in candidate.evidence)
        for candidate in candidates
    ]
    decide(cases, context)
    settled = []
    for candidate, case in zip(candidates, cases, strict=True):
        instants = _instants(case, context.zone, crawled)
        if instants:
            settled.append(_timestamp(candidate, case, instants, context))
    return tuple(settled if document.tags is None else _with_only_date(settled))


def _with_only_date(stamps: list[Timestamp]) -> list[Timestamp]:
    """Let the one day that a whole HTML page names be its publication, where nothing says what it is.

    HTML pages of articles nearly always show their date, often in furniture without any phrase.
    """
    if not stamps or any(stamp.role != "other" or stamp.label or stamp.ambiguous for stamp in stamps):
        return stamps
    if len({stamp.candidates[0][:10] for stamp in stamps}) > 1 or "after_crawl" in stamps[0].evidence:
        return stamps
    return [replace(stamps[0], role="published", evidence=(*stamps[0].evidence, "only_date")), *stamps[1:]]


def _instants(case: Case, zone: str, crawled: datetime | None) -> list[Instant]:
    """Write out every reading that is left; none for a value that means "no date"."""
    relative, clock = case.stamp.relative, case.stamp.clock
    if relative is not None:
        if crawled is None:
            return []
        try:
            moment = relative.before(crawled, zone)
        except (OverflowError, ValueError):  # the crawl stands at an end of the calendar
            return []
        case.evidence.append("relative")
        if relative.is_fine:
            iso = moment.replace(second=0, microsecond=0).isoformat(timespec="seconds")
            return [Instant(iso, "minute", zone, ())]
        return [localize(moment.date(), clock, zone)]
    instants = [localize(reading.day, clock, zone) for reading in case.readings]
    sentinels = vocabulary().sentinels
    return [instant for instant in instants if instant.iso[:19] not in sentinels]


def _timestamp(candidate: Candidate, case: Case, instants: Sequence[Instant], context: Context) -> Timestamp:
    decided = len(instants) == 1
    role, evidence = candidate.role, (*candidate.evidence, *case.evidence, *instants[0].evidence)
    # ISO dates of one form sort as the days do
    if context.latest and min(instant.iso[:10] for instant in instants) > (context.latest + _DAY).isoformat():
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


def _machine_candidates(document: Document) -> list[Candidate]:
    """Return the dates that the markup states."""
    found = []
    for machine in document.evidence.stamps:
        stamp = _read_value(machine)
        if stamp is not None:
            found.append(
                Candidate(
                    stamp=stamp,
                    raw=machine.value,
                    start=None,
                    end=None,
                    label=machine.source,
                    role=machine.role,
                    evidence=("markup",),
                )
            )
    return found


def _url_candidates(document: Document) -> list[Candidate]:
    """Return the day that the page's address states, if it states one."""
    url = document.page.url or document.evidence.canonical
    found = find_url_date(url) if url else None
    if found is None or not found[4]:
        return []
    stamp = Stamp(fields=(found[1], found[3], found[4]), separator="/")
    raw = found.group()
    return [Candidate(stamp=stamp, raw=raw, start=None, end=None, label="url", role="published", evidence=("url",))]


def _read_value(machine: MachineStamp) -> Stamp | None:
    """Read a value of the markup: any stamp of the grammar, or ISO 8601 without separators."""
    value = clean(machine.value.strip()[:_MOST_VALUE]).text
    compact = _COMPACT.match(value)
    if compact:
        year, month, day, hour, minute, second = compact.groups()
        value = (
            f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second or '00'}" if hour else "") + value[compact.end() :]
        )
    stamps = [stamp for stamp in read_stamps(clean(value)) if stamp.has_date and not stamp.relative]
    return stamps[0] if stamps else None


def _context(
    batch: Batch, page: int, candidates: Sequence[Candidate], outlet: Outlet | None, options: Options
) -> Context:
    """Collect what the page and the options say besides the stamps."""
    document = batch.documents[page]
    zone = outlet.zone if outlet else options.zone
    crawled = document.page.crawled_at or options.now
    url = document.page.url or document.evidence.canonical
    context = Context(
        pivot=(crawled or datetime.now(UTC)).year + 1,
        zone=zone,
        latest=_local_day(crawled, zone) if crawled else None,
        option=None if options.date_order == "auto" else options.date_order,
        url=url,
        id_bounds=outlet.article_ids.bounds(url) if outlet and outlet.article_ids and url else None,
        outlet=outlet.date_order if outlet else None,
        language=cache(lambda: vocabulary().orders.get(_language(batch, page))),
        may_guess=options.on_ambiguous == "guess",
    )
    markup = tuple(
        reading.day
        for candidate in candidates
        if candidate.start is None and "markup" in candidate.evidence and candidate.role == "published"
        for reading in Case.of(candidate.stamp, candidate.role, context).readings
    )
    return context._replace(markup=markup) if markup else context


def _local_day(moment: datetime, zone: str) -> date | None:
    """Return the day of a moment in a zone; None at the ends of the calendar, where there is no day after."""
    try:
        return (moment.astimezone(zone_info(zone)) + _DAY).date() - _DAY
    except OverflowError:
        return None


def _language(batch: Batch, page: int) -> str:
    """Return the language that speaks for the order of dates: the hint, else that of the running text, else ``und``.

    Hebrew and Arabic letters tell the language well enough for this. Other ones do not, and then the document's own
    statement counts, unless it names a language that its text is not written in.
    """
    document = batch.documents[page]
    if document.page.language:
        return document.page.language.split("-")[0].lower()
    lines = slice(batch.page_lines[page], batch.page_lines[page + 1])
    begins = np.searchsorted(batch.word_starts, batch.line_starts[lines])
    sizes = np.searchsorted(batch.word_starts, batch.line_ends[lines]) - begins
    running = sizes >= _SENTENCE
    running &= np.cumsum(running) <= _MOST_LINES
    first, last = np.searchsorted(batch.word_starts, batch.page_starts[page : page + 2])
    words = batch.word_starts[first:last][np.repeat(running, sizes)]  # each word of a page is one of a line
    counts = np.bincount(batch.classes[words], minlength=len(_COUNTED))
    total = int(counts[_COUNTED].sum())
    if total < _LEAST_WORDS:
        total = 0
    for kind, language in ((CharClass.HEBREW, "he"), (CharClass.ARABIC, "ar")):
        if total and counts[kind] >= _LEAST_SHARE * total:
            return language
    stated = (document.evidence.language or "und").split("-")[0].lower()
    return "und" if total and stated in {"he", "iw", "ar"} else stated
