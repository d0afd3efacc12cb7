"""Laws of timestamps on generated stamps: what is written is what is read, however it is marked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bidi_news.batch import Batch, Document, Evidence, MachineStamp
from bidi_news.dates import choose_published, find_dates, find_publication, parse_timestamp
from bidi_news.dates.clean import clean
from bidi_news.dates.grammar import read_stamps
from bidi_news.dates.prefilter import find_places
from bidi_news.model import Label, Page
from bidi_news.options import Options
from bidi_news.outlets import find_outlet

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
    [((stamp,), _)] = find_dates(Batch.of([Document(page=Page(text=text), text=text)]), None, [None], DAY_FIRST)
    assert stamp.iso == plain
    assert stamp.start is not None
    assert text[stamp.start : stamp.end] == stamp.raw


ZONED = ("{H}:{M:02} GMT+3", "{H:02}:{M:02} (GMT +0300)", "{H}:{M:02} UTC +03:00", "{H}:{M:02} GMT", "{H}:{M:02} EST")


@given(moments, st.sampled_from(LAYOUTS + tuple(f"{{en}} {{d}}, {{y}} {zoned}" for zoned in ZONED)))
def test_doubled_spaces_change_nothing(moment: datetime, layout: str) -> None:
    """Pages break lines and indent inside a stamp; its zone is no less a part of it then."""
    text = write(moment, layout)
    assert (
        parse_timestamp(text.replace(" ", "  "), options=DAY_FIRST).iso == parse_timestamp(text, options=DAY_FIRST).iso
    )


@given(
    st.lists(
        st.sampled_from(("21", "9", "05", "1951", ":", ".", " ", "pm", "a.m.", "GMT", "&nbsp;", *"\u00a0\u200f")),
        max_size=8,
    )
)
def test_every_lone_time_of_day_is_looked_for(pieces: list[str]) -> None:
    """The look over the bytes of a batch misses no time that the grammar reads, however it is spaced and marked."""
    text = "".join(pieces)
    batch = Batch.of([Document(page=Page(text=text), text=text)])
    if any(stamp.clock for stamp in read_stamps(clean(text))):
        assert find_places(batch).clocks.size


UNITS = ("weeks", "days", "hours", "minutes")


@given(st.dictionaries(st.sampled_from(UNITS), st.integers(2, 40), min_size=1), st.sampled_from((" ", ", ", " and ")))
def test_amounts_of_several_units_add_up(amounts: dict[str, int], joint: str) -> None:
    """What is added in smaller units counts, whatever stands between; from days on a day is meant."""
    crawled = datetime.fromisoformat("2015-02-20T12:00:00+00:00")
    text = joint.join(f"{amounts[unit]} {unit}" for unit in UNITS if unit in amounts) + " ago"
    moment = crawled - timedelta(**amounts)
    stamp = parse_timestamp(text, crawled_at=crawled, options=Options(zone="UTC"))
    expected = moment.isoformat()
    assert stamp.iso == (expected[:10] if amounts.keys() & {"weeks", "days"} else expected)


@given(st.text(st.sampled_from("0123456789./:-, |'\"אבגהיתשוןJune agoפורסם\n\u200f\u05bc٢"), max_size=120))  # noqa: RUF001 (Hebrew letters)
def test_any_text_is_read_without_error(text: str) -> None:
    """Offsets fit the page, and a value is decided or has several candidates."""
    crawled = datetime.fromisoformat("2016-04-17T08:30:00+03:00")
    page = Page(text=text, crawled_at=crawled)
    [(found, _)] = find_dates(Batch.of([Document(page=page, text=text)]), None, [None], Options())
    for stamp in found:
        assert stamp.start is not None
        assert text[stamp.start : stamp.end] == stamp.raw
        assert stamp.ambiguous == (stamp.iso is None) == (len(stamp.candidates) > 1)


PHRASES = (
    *(
        "",
        "",
        "Published: ",
        "Posted on ",
        "Last updated ",
        "עודכן: ",
        "פורסם ב",
        "until ",
        "Dana Levi | ",
        "20Updated ",
    ),
    "A sentence that goes on for a while and then says that on ",
    "A line of words without an end " * 6 + "Updated: ",
)
PLAIN = ("Title of the story", "Published", "עודכן", "21:05", "9 pm", "ו' בתמוז תשע\"ה", "Home", "3", "two hours ago")
AFTER = ("", "", " | 5 comments", " there was a meeting", ", updated 22:10", MARKS[0])
WRITTEN = (*LAYOUTS, "{d:02}.{m:02}.{y}", "{m:02}/{d:02}/{y}", "{d:02}.{m:02}.{s:02}", "{en} {d}, {y}")
SOURCES = ("json-ld:datePublished", "meta:article:modified_time", "time:datetime")
MACHINE = ("{y}-{m:02}-{d:02}", "{y}-{m:02}-{d:02}T{H:02}:{M:02}:00Z", "{y}-{m:02}-{d:02}T{H:02}:{M:02}+03:00")

# few different days, so that stamps of a page meet
near = st.integers(0, 40).map(lambda step: datetime(2015, 3, 1 + step % 28, 6 + step % 13, step))  # noqa: DTZ001
stamped = st.builds(
    lambda phrase, moment, layout, after: phrase + write(moment, layout) + after,
    *(st.sampled_from(PHRASES), near, st.sampled_from(WRITTEN), st.sampled_from(AFTER)),
)
lines = st.tuples(stamped | st.sampled_from(PLAIN), st.integers(0, len(Label) - 1))
machine = st.builds(
    lambda role, moment, layout, source: MachineStamp(role=role, value=write(moment, layout), source=source),
    *(st.sampled_from(("published", "modified", "other")), near),
    *(st.sampled_from((*MACHINE, *WRITTEN)), st.sampled_from(SOURCES)),
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[int]]:
    """Draw a page of stamps, phrases and furniture in any order, with or without markup, and a label for each line."""
    drawn = draw(st.lists(lines, max_size=12))
    text = "\n".join(line for line, _ in drawn)
    url = draw(st.sampled_from((None, None, "https://example.org/2015/03/09/a", "https://www.ynetnews.com/a")))
    crawled = draw(st.sampled_from((None, None, datetime.fromisoformat("2015-03-10T08:30:00+02:00"))))
    is_html = draw(st.booleans())
    page = Page(html="<p>", url=url, crawled_at=crawled) if is_html else Page(text=text, url=url, crawled_at=crawled)
    evidence = Evidence(stamps=tuple(draw(st.lists(machine, max_size=3 if is_html else 0))))
    tags = ("p",) * len(drawn) if is_html else None
    return Document(page=page, text=text, evidence=evidence, tags=tags), [label for _, label in drawn]


@given(drawn=st.lists(documents(), max_size=4), has_labels=st.booleans(), order=st.sampled_from(("auto", "mdy")))
def test_the_publication_is_the_one_chosen_among_all_stamps(
    *, drawn: list[tuple[Document, list[int]]], has_labels: bool, order: Literal["auto", "mdy"]
) -> None:
    """Reading only what may answer gives what reading everything gives, with all that is said of it."""
    batch = Batch.of([document for document, _ in drawn])
    labels = np.array([label for _, own in drawn for label in own], np.uint8) if has_labels else None
    outlets = [find_outlet(document.page.url) for document, _ in drawn]
    options = Options(date_order=order)
    everything = find_dates(batch, labels, outlets, options)
    publications = [found.publication[:2] for found in everything]
    assert [choose_published(found.timestamps) for found in everything] == publications
    assert [found[:2] for found in find_publication(batch, labels, outlets, options)] == publications
