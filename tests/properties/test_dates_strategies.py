"""Laws of drawn stamps of every layout: what is written is read back, or left open between readings that hold it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_news import Page, find_timestamps, parse_timestamp
from bidi_news.errors import AmbiguousDateError
from bidi_news.strategies import DstEdge, KnownStamp, dst_edges, timestamps

LAYOUTS = {
    "dmy": ("{d:02}.{m:02}.{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{s:02}", "{d:02}-{m:02}-{y} 21:05"),
    "mdy": ("{m:02}.{d:02}.{y}", "{m}/{d}/{y}", "{m:02}.{d:02}.{s:02}", "{m:02}-{d:02}-{y} 21:05"),
}
PHRASES = ("Published: {}", "Updated: {}", "{}", "Dana Levi | {}", "Event date: {}", "The fair was held on {} in town.")
days = st.dates(date(1995, 1, 1), date(2025, 12, 31))


@given(timestamps())
def test_a_stamp_says_what_was_written_or_stays_open(stamp: KnownStamp) -> None:
    """From 1995 to 2035 every layout gives the moment back; where numbers leave two days, both and no other."""
    if stamp.iso is not None:
        assert parse_timestamp(stamp.text).iso == stamp.iso
        return
    with pytest.raises(AmbiguousDateError) as caught:
        parse_timestamp(stamp.text)
    assert tuple(sorted(caught.value.candidates)) == stamp.candidates


@given(dst_edges())
def test_edges_of_summer_time_keep_a_value_and_say_so(stamp: DstEdge) -> None:
    """A skipped or repeated hour has the value of Israel's rules of its year and says gap or fold; others say none."""
    read = parse_timestamp(stamp.text)
    assert read.iso == stamp.iso
    assert [code for code in read.evidence if code in {"gap", "fold"}] == ([stamp.flag] if stamp.flag else [])


@given(
    st.sampled_from(("dmy", "mdy")),
    st.integers(0, 3),
    st.lists(st.tuples(days, st.sampled_from(PHRASES)), min_size=2, max_size=8),
    st.booleans(),
)
def test_the_order_never_flips_within_a_page(
    order: Literal["dmy", "mdy"],
    layout: int,
    drawn: list[tuple[date, str]],
    has_crawl: bool,  # noqa: FBT001  (drawn)
) -> None:
    """Of stamps that a page writes in one order, each has its day or stays open; none has a day of the other."""
    written = LAYOUTS[order][layout]
    updates = max(day for day, _ in drawn)
    lines = [
        phrase.format(written.format(d=day.day, m=day.month, y=day.year, s=day.year % 100))
        # an update is never earlier than what it updates
        for day, phrase in ((updates if phrase.startswith("Updated") else day, phrase) for day, phrase in drawn)
    ]
    crawled = datetime.combine(updates + timedelta(days=1), datetime.min.time(), UTC) if has_crawl else None
    found = find_timestamps(Page(text="\n".join(lines), crawled_at=crawled))
    truth = {day.isoformat() for day, _ in drawn}
    assert len(found) == len(drawn)
    for stamp in found:
        assert truth & {candidate[:10] for candidate in stamp.candidates}
        assert stamp.iso is None or stamp.iso[:10] in truth
