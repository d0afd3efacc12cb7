"""Laws of timestamps on generated stamps: what is written is what is read, however it is marked."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import Batch, Document
from bidi_news.dates import find_timestamps, parse_timestamp
from bidi_news.model import Page
from bidi_news.options import Options

LAYOUTS = (
    "{d:02}.{m:02}.{y}, {H:02}:{M:02}",
    "{d}/{m}/{y} {H:02}:{M:02}",
    "{H:02}:{M:02} {d:02}-{m:02}-{y}",
    "{H:02}:{M:02} | {d:02}.{m:02}.{s:02}",
    "פורסם: {d:02}.{m:02}.{s:02} , {H:02}:{M:02}",
    "{y}-{m:02}-{d:02} {H:02}:{M:02}",
    "{d} {en} {y}, {H}:{M:02}",
    "{en} {d}, {y} at {H}:{M:02}",
    "{d} ב{he} {y}, {H:02}:{M:02}",
    "ה-{d} ל{he} {y} בשעה {H:02}:{M:02}",
)
ENGLISH = "January February March April May June July August September October November December".split()  # noqa: SIM905
HEBREW = "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר".split()  # noqa: SIM905
MARKS = "\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"

moments = st.datetimes(datetime(1990, 1, 1), datetime(2026, 12, 31)).map(lambda d: d.replace(second=0, microsecond=0))  # noqa: DTZ001
DAY_FIRST = Options(date_order="dmy", now=datetime.fromisoformat("2026-12-31T00:00:00+02:00"))


def write(moment: datetime, layout: str) -> str:
    """Write a moment in a layout."""
    return layout.format(
        d=moment.day,
        m=moment.month,
        y=moment.year,
        s=moment.year % 100,
        H=moment.hour,
        M=moment.minute,
        en=ENGLISH[moment.month - 1],
        he=HEBREW[moment.month - 1],
    )


@given(moments, st.sampled_from(LAYOUTS))
def test_what_is_written_is_read(moment: datetime, layout: str) -> None:
    """Every layout gives back the local day and time."""
    stamp = parse_timestamp(write(moment, layout), options=DAY_FIRST)
    assert stamp.iso is not None
    assert stamp.iso[:16] == moment.isoformat()[:16]


@given(moments, st.sampled_from(LAYOUTS), st.lists(st.tuples(st.integers(0, 60), st.sampled_from(MARKS)), max_size=6))
def test_bidi_marks_change_nothing(moment: datetime, layout: str, marks: list[tuple[int, str]]) -> None:
    """Marks anywhere in a stamp leave its value, and the raw stamp is a slice of the page."""
    text = write(moment, layout)
    plain = parse_timestamp(text, options=DAY_FIRST).iso
    for place, mark in marks:
        text = text[:place] + mark + text[place:]
    [[stamp]] = find_timestamps(Batch.of([Document(page=Page(text=text), text=text)]), None, [None], DAY_FIRST)
    assert stamp.iso == plain
    assert stamp.start is not None
    assert text[stamp.start : stamp.end] == stamp.raw


@given(st.text(st.sampled_from("0123456789./:-, |'\"אבגהיתשוןJune agoפורסם\n\u200f\u05bc٢"), max_size=120))  # noqa: RUF001 (Hebrew letters)
def test_any_text_is_read_without_error(text: str) -> None:
    """Offsets fit the page, and a value is decided or has several candidates."""
    crawled = datetime.fromisoformat("2016-04-17T08:30:00+03:00")
    page = Page(text=text, crawled_at=crawled)
    [found] = find_timestamps(Batch.of([Document(page=page, text=text)]), None, [None], Options())
    for stamp in found:
        assert stamp.start is not None
        assert text[stamp.start : stamp.end] == stamp.raw
        assert stamp.ambiguous == (stamp.iso is None) == (len(stamp.candidates) > 1)
