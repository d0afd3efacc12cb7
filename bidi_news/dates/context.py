"""What is known of a page besides its stamps: its crawl, its address, its outlet, its language, the user's choices."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.dates.order import Context
from bidi_news.dates.vocabulary import vocabulary
from bidi_news.dates.zone import zone_info
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from datetime import date

    from bidi_news.batch import Batch
    from bidi_news.model import Order
    from bidi_news.options import Options
    from bidi_news.outlets import Outlet

__all__ = ["context_of"]

_DAY = timedelta(days=1)
_TAG = re.compile(r"/([a-z]{2}-[a-zA-Z]{2})/")
_SENTENCE = 8  # words of a line of running text
_LEAST_WORDS = 30  # of running text that tell the language: a stamp and some labels do not
_MOST_LINES = 200  # of running text that are looked at
_LEAST_SHARE = 0.6  # of the words of running text that the script of a language needs
_COUNTED = np.zeros(len(CharClass), bool)  # classes of the letters that words are counted by
_COUNTED[[CharClass.LOWER, CharClass.UPPER, CharClass.HEBREW, CharClass.ARABIC]] = True


def context_of(batch: Batch, page: int, outlet: Outlet | None, options: Options, written: str) -> Context:
    """Collect what one page of a batch and the options say besides the stamps.

    Args:
        batch: the batch of the page.
        page: its index.
        outlet: its profile, or None.
        options: choices of the run.
        written: tag of the language of its body, ``und`` where that is not known.
    """
    document = batch.documents[page]
    zone = outlet.zone if outlet else options.zone
    crawled = document.page.crawled_at or options.now
    url = document.page.url or document.evidence.canonical
    return Context(
        pivot=(crawled or datetime.now(UTC)).year + 1,
        zone=zone,
        crawled=document.page.crawled_at,
        latest=_local_day(crawled, zone) if crawled else None,
        option=None if options.date_order == "auto" else options.date_order,
        url=url,
        id_bounds=outlet.article_ids.bounds(url) if outlet and outlet.article_ids and url else None,
        outlet=outlet.date_order if outlet else None,
        language=lambda: _order(_language(batch, page, written)),
        may_guess=options.on_ambiguous == "guess",
    )


def _local_day(moment: datetime, zone: str) -> date | None:
    """Return the day of a moment in a zone; None at the ends of the calendar, where there is no day after."""
    try:
        return (moment.astimezone(zone_info(zone)) + _DAY).date() - _DAY
    except OverflowError:
        return None


def _order(tag: str) -> Order | None:
    """Return the order of the fields that a language, or its region, keeps."""
    orders = vocabulary().orders
    return orders.get(tag) or orders.get(tag.partition("-")[0])


def _tag_in(url: str | None) -> str | None:
    """Return the language and region that an address names as a folder: "/en-gb/"."""
    found = _TAG.search(url) if url else None
    return found[1] if found else None


def _language(batch: Batch, page: int, written: str) -> str:
    """Return the tag that speaks for the order of dates, in lower case, else ``und``.

    It is the hint, else that of the running text, else the document's own statement, else a folder of the address,
    else what the body is written in.

    Hebrew and Arabic letters tell the language well enough for this. Other ones do not, and then the document's own
    statement counts, unless it names a language that its text is not written in.
    """
    document = batch.documents[page]
    if document.page.language:
        return document.page.language.lower()
    begins = batch.line_words[batch.page_lines[page] : batch.page_lines[page + 1] + 1]
    sizes = np.diff(begins)
    running = sizes >= _SENTENCE
    running &= np.cumsum(running) <= _MOST_LINES
    words = batch.word_starts[begins[0] : begins[-1]][np.repeat(running, sizes)]
    counts = np.bincount(batch.classes[words], minlength=len(_COUNTED))
    total = int(counts[_COUNTED].sum())
    if total < _LEAST_WORDS:
        total = 0
    for kind, language in ((CharClass.HEBREW, "he"), (CharClass.ARABIC, "ar")):
        if total and counts[kind] >= _LEAST_SHARE * total:
            return language
    stated = (document.evidence.language or _tag_in(document.page.url or document.evidence.canonical) or "und").lower()
    if stated == "und" and total:
        stated = written.lower()
    return "und" if total and stated.partition("-")[0] in {"he", "iw", "ar"} else stated
