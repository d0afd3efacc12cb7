"""Read one timestamp from a string: the library's door to the same path that pages take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bidi_news.batch import Batch, Document
from bidi_news.dates.find import find_dates
from bidi_news.errors import AmbiguousDateError, DateParseError
from bidi_news.model import Page
from bidi_news.options import Options
from bidi_news.outlets import find_outlet, get_outlet, read_hosts

if TYPE_CHECKING:
    from datetime import datetime

    from bidi_news.model import Timestamp
    from bidi_news.outlets import Outlet

__all__ = ["parse_timestamp"]

_DEFAULTS = Options()


def parse_timestamp(  # noqa: PLR0913 (the context of a stamp, each part a keyword)
    text: str,
    *,
    url: str | None = None,
    outlet: Outlet | str | None = None,
    crawled_at: datetime | None = None,
    language: str | None = None,
    options: Options = _DEFAULTS,
) -> Timestamp:
    """Read the timestamp of a string, label and all.

    Args:
        text: the stamp, or a few lines around it.
        url: address of its page; evidence for the order of the fields, and for the outlet.
        outlet: profile, its id or its file; None takes that of ``options``, else finds it by ``url``, the profiles of
            ``options`` first.
        crawled_at: base of relative times and upper bound, with a UTC offset.
        language: BCP 47 tag of the edition.
        options: choices; ``on_ambiguous="guess"`` returns a value for an ambiguous stamp.

    Returns:
        The stamp of publication, else that of the update, else the first one of the string.

    Raises:
        DateParseError: if the string holds no timestamp, a day that no calendar has, or a relative one without
            ``crawled_at``.
        OptionError: if no outlet has that id.
        AmbiguousDateError: if the evidence leaves several readings; ``.candidates`` has them.

    Example:
        >>> parse_timestamp("פרסום ראשון: 06.23.15, 21:05").iso
        '2015-06-23T21:05:00+03:00'
        >>> parse_timestamp("06.05.15", outlet="ynetnews").iso
        '2015-06-05'
        >>> parse_timestamp("06.05.15")
        Traceback (most recent call last):
            ...
        bidi_news.errors.AmbiguousDateError: '06.05.15' may be read in several ways: 2015-05-06 or 2015-06-05
    """
    name = outlet or options.outlet
    profile = get_outlet(name) if isinstance(name, str) else name or find_outlet(url, read_hosts(options.outlets))
    page = Page(text=text, url=url, crawled_at=crawled_at, language=language)
    [(found, (published, modified, issues))] = find_dates(
        Batch.of([Document(page=page, text=text)]), None, [profile], options
    )
    if not found:
        reasons = [issue.message for issue in issues] or [
            f"no timestamp in {text[:80]!r}; a relative one needs crawled_at"
        ]
        raise DateParseError("; ".join(reasons))
    chosen = published or modified or found[0]
    if chosen.ambiguous:
        raise AmbiguousDateError(f"{chosen.raw!r} may be read in several ways", candidates=chosen.candidates)
    return chosen
