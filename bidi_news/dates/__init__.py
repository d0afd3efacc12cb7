"""When a page was published: find stamps, read them, decide between readings, or say that nothing decides."""

from __future__ import annotations

from bidi_news.dates.choose import choose_published
from bidi_news.dates.find import Publication, find_dates, find_publication
from bidi_news.dates.parse import parse_timestamp

__all__ = ["Publication", "choose_published", "find_dates", "find_publication", "parse_timestamp"]
