"""Stamps of whole pages: roles, labels of lines, markup, and independence of the batch."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from bidi_news.batch import Batch, Document, Evidence, MachineStamp
from bidi_news.dates import choose_published, find_dates, find_publication
from bidi_news.model import Label, Page, Timestamp
from bidi_news.options import Options

BODY = "In the third paragraph of the story somebody recalls that on 05.06.2009 the harbour was closed for a day."


def document(text: str, evidence: Evidence | None = None, url: str | None = None) -> Document:
    """Return a page of text."""
    return Document(page=Page(text=text, url=url), text=text, evidence=evidence or Evidence())


def find(
    text: str, labels: str = "", evidence: Evidence | None = None, url: str | None = None
) -> tuple[Timestamp, ...]:
    """Return the stamps of one page; ``labels`` names the label of each non-blank line.

    Whatever they are, the publication found alone is the one that is chosen among them.
    """
    batch = Batch.of([document(text, evidence, url)])
    indices = np.array([tuple(Label).index(Label(name)) for name in labels.split()], np.uint8) if labels else None
    [(found, _)] = find_dates(batch, indices, [None], Options())
    assert find_publication(batch, indices, [None], Options())[0][:2] == choose_published(found)
    return found


def iso(stamp: Timestamp | None) -> str | None:
    """Return the value of a stamp."""
    return stamp.iso if stamp else None


def test_an_event_in_the_body_is_found_but_not_chosen() -> None:
    """Dates of sentences have the role other."""
    found = find(f"Title\n{BODY}")
    assert [stamp.role for stamp in found] == ["other"]
    assert choose_published(found) == (None, None)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("timestamp", "2016-04-17"),
        ("byline", "2016-04-17"),
        ("body", "2016-04-17"),
        ("chrome", None),
        ("caption", None),
    ],
)
def test_the_label_of_the_line_weighs_in(label: str, expected: str | None) -> None:
    """A date alone on a line counts unless the segmentation calls the line furniture or a caption."""
    text = "17.04.2016\nsomething\nmore\n" + BODY
    found = find(text, f"{label} chrome chrome body")
    assert iso(choose_published(found)[0]) == expected


def test_furniture_beside_the_headline_counts() -> None:
    """A line that is only a stamp next to the headline is the stamp, even where the segmentation missed it."""
    found = find("Title of the story\n17.04.2016", "headline chrome")
    assert iso(choose_published(found)[0]) == "2016-04-17"


def test_a_labelled_stamp_beats_one_that_stands_alone() -> None:
    """A page clock above does not win over the stamp below the text."""
    found = find(f"23.08.2019\n{BODY}\nפורסם: 17.04.2016, 08:30")
    assert iso(choose_published(found)[0]) == "2016-04-17T08:30:00+03:00"


def test_a_clock_later_than_the_update_is_passed_over() -> None:
    """Without a phrase and later than the update, a date is not the publication."""
    published, modified = choose_published(find(f"23.08.2019\n{BODY}\nUpdated: 17.04.2016 08:30"))
    assert (published, iso(modified)) == (None, "2016-04-17T08:30:00+03:00")


def test_outlets_add_their_own_phrases() -> None:
    """A phrase of the profile makes a stamp of what would be a sentence."""
    from bidi_news.outlets import get_outlet  # noqa: PLC0415

    batch = Batch.of([document("Latest update 17.04.2016, 08:30")])
    [(found, _)] = find_dates(batch, None, [get_outlet("ynetnews")], Options())
    assert found[0].role == "modified"


def markup(**fields: str) -> Evidence:
    """Return markup that states some dates; the name of each is its role and source."""
    sources = {"published": "json-ld:datePublished", "modified": "json-ld:dateModified", "other": "time:datetime"}
    stamps = tuple(MachineStamp(role=role, value=value, source=sources[role]) for role, value in fields.items())  # type: ignore[arg-type]
    return Evidence(stamps=stamps)


def test_markup_is_read_where_the_text_says_nothing() -> None:
    """A machine stamp has no place in the text; its raw is the value and its label the field."""
    found = find("Title", evidence=markup(published="20160417T083000+0300"))
    assert [(s.start, s.end, s.raw, s.label, s.iso) for s in found] == [
        (None, None, "20160417T083000+0300", "json-ld:datePublished", "2016-04-17T08:30:00+03:00")
    ]


def test_markup_decides_the_order_of_a_visible_stamp() -> None:
    """The reading that the markup confirms is the right one."""
    found = find("Published: 04/03/2016 08:30", evidence=markup(published="2016-03-04T06:30:00Z"))
    published = choose_published(found)[0]
    assert published is not None
    assert (published.iso, published.evidence[-1]) == ("2016-03-04T08:30:00+02:00", "markup_date")


@pytest.mark.parametrize(
    ("utc", "expected"), [("2016-04-16T22:30:00Z", "2016-04-17"), ("2016-04-16T09:00:00Z", "2016-04-16T09:00:00+00:00")]
)
def test_the_day_of_a_utc_value_is_the_readers(utc: str, expected: str) -> None:
    """The address's day wins over a UTC day where some zone has both, and only there."""
    found = find("Title", evidence=markup(published=utc), url="https://www.example.org/2016/04/17/title")
    assert iso(choose_published(found)[0]) == expected


def test_a_bare_time_element_is_the_last_resort() -> None:
    """A time element without a property counts only where nothing else does."""
    only = find("Title", evidence=markup(other="2016-04-17T08:30:00+03:00"))
    assert iso(choose_published(only)[0]) == "2016-04-17T08:30:00+03:00"
    both = find("פורסם: 18.04.2016", evidence=markup(other="2016-04-17T08:30:00+03:00"))
    assert iso(choose_published(both)[0]) == "2016-04-18"


def test_an_update_is_never_before_the_publication() -> None:
    """An older "modified" of the markup is dropped."""
    evidence = markup(published="2016-04-17T08:30:00+03:00", modified="2015-01-01T00:00:00+02:00")
    assert choose_published(find("Title", evidence=evidence))[1] is None


def test_a_page_gives_the_same_stamps_alone_and_in_a_batch() -> None:
    """Neighbours in the batch change nothing."""
    texts = [
        "פורסם: 04.03.14",
        "",
        "Published: 14.03.14\n" + BODY,
        "17.04.2016\n\n08:30",
        "no date",
        "ז׳ באדר ב׳ תשע״ו",
    ]
    together = [
        page.timestamps for page in find_dates(Batch.of(map(document, texts)), None, [None] * len(texts), Options())
    ]
    assert together == [find(text) for text in texts]


def test_dates_in_a_long_line_keep_their_offsets() -> None:
    """A long line is read in windows; each stamp is found once and whole."""
    text = "filler words " * 30 + "on 17.04.2016 at noon " + "and more " * 9 + "18 באפריל 2016 ב-08:30 " + "x " * 60
    found = find(text)
    assert [stamp.raw for stamp in found] == ["17.04.2016", "18 באפריל 2016 ב-08:30"]
    assert all(text[stamp.start : stamp.end] == stamp.raw for stamp in found)


def test_a_list_of_dates_is_read_up_to_a_bound() -> None:
    """A page of very many dates costs bounded work."""
    assert len(find("17.04.2016\n" * 2000)) == 500


def test_a_label_far_before_its_date_is_read_in_bounded_work() -> None:
    """However much space a line has, only a window around its numbers is read, and the stamp keeps its offsets."""
    text = "פורסם:" + " " * 100_000 + "23.06.2015" + " " * 100_000 + "."
    [stamp] = find(text)
    assert (stamp.start, stamp.end, stamp.raw, stamp.iso) == (100_006, 100_016, "23.06.2015", "2015-06-23")
    assert stamp.label is None


def test_one_long_line_of_dates_is_read_up_to_a_bound() -> None:
    """A line without an end costs bounded work: 500 windows, of which none holds more than a few stamps."""
    found = find("17.04.2016 " * 20_000)
    assert 500 <= len(found) <= 5_000
    assert [stamp.start for stamp in found] == [11 * place for place in range(len(found))]


def test_an_undecided_date_of_the_markup_needs_no_text() -> None:
    """A page without a word has no language that could decide, and that is no error."""
    [stamp] = find("", evidence=markup(published="04/03/2016"))
    assert stamp.ambiguous
    assert stamp.candidates == ("2016-03-04", "2016-04-03")


def test_relative_times_need_a_short_line() -> None:
    """A sentence that says "ago" is no stamp."""
    text = "Two hours ago nobody knew. " * 8
    crawled = datetime.fromisoformat("2016-04-17T08:30:00+03:00")
    batch = Batch.of([Document(page=Page(text=text, crawled_at=crawled), text=text)])
    assert find_dates(batch, None, [None], Options())[0].timestamps == ()


def html(text: str) -> tuple[Timestamp, ...]:
    """Return the stamps of an HTML page whose lines are all called furniture."""
    lines = text.count("\n") + 1
    page = Document(page=Page(html="<p>"), text=text, tags=("p",) * lines)
    labels = np.full(lines, tuple(Label).index(Label.CHROME), np.uint8)
    batch = Batch.of([page])
    [(found, _)] = find_dates(batch, labels, [None], Options())
    assert find_publication(batch, labels, [None], Options())[0][:2] == choose_published(found)
    return found


def test_the_only_day_of_an_html_page_is_its_publication() -> None:
    """One day without any phrase counts; two days do not; plain text has no such rule."""
    furniture = "a\nb\nc\nd\ne\n17.04.2016"
    published = choose_published(html(furniture))[0]
    assert published is not None
    assert (published.iso, published.evidence[-1]) == ("2016-04-17", "only_date")
    assert choose_published(html(f"{furniture}\n19.04.2016"))[0] is None
    assert choose_published(find(furniture, "chrome " * 6))[0] is None


def test_a_few_lines_without_body_are_read_without_their_labels() -> None:
    """Segmentation cannot tell a lone stamp from furniture."""
    assert iso(choose_published(find("17.04.2016", "chrome"))[0]) == "2016-04-17"


def test_markup_beats_a_line_that_only_looks_like_a_stamp() -> None:
    """An unlabelled stamp of another day loses against the markup, a labelled one wins."""
    evidence = markup(published="2016-04-17T08:30:00+03:00")
    plain = find("18.05.2016\n" + BODY, "timestamp body", evidence)
    assert iso(choose_published(plain)[0]) == "2016-04-17T08:30:00+03:00"
    labelled = find("פורסם: 18.05.2016\n" + BODY, "timestamp body", evidence)
    assert iso(choose_published(labelled)[0]) == "2016-05-18"


def test_a_visible_stamp_beats_the_day_of_the_address() -> None:
    """The address says the day, the stamp says the minute."""
    found = find("17 April 2016, 8:30 am\n" + BODY, url="https://www.example.org/2016/04/17/title")
    assert iso(choose_published(found)[0]) == "2016-04-17T08:30:00+03:00"
    assert iso(choose_published(find(BODY, url="https://www.example.org/2016/04/17/title"))[0]) == "2016-04-17"


def test_a_list_of_other_stories_tells_how_dates_are_written() -> None:
    """Stamps that can never be the page's own are evidence for the order of the one that is."""
    stories = "\n".join(f"Another story, {day}.07.2016" for day in range(13, 19))
    labels = "timestamp " + "chrome " * 6 + "body"
    published = choose_published(find(f"06.05.2016\n{stories}\n{BODY}", labels))[0]
    assert published is not None
    assert (published.iso, published.evidence[-1]) == ("2016-05-06", "same_layout")


def test_a_lone_time_between_marks_is_no_stamp() -> None:
    """A line that is read for its bidi control and holds a time without a day gives nothing."""
    assert find("\N{RIGHT-TO-LEFT MARK}21:05", "timestamp") == ()


def test_a_phrase_glued_to_a_number_is_heard() -> None:
    """Text that lost its spaces keeps its update."""
    found = find(f"17.04.2016Updated 18.04.2016\n{BODY}", "timestamp body")
    assert [stamp.role for stamp in found[:2]] == ["published", "modified"]


def test_an_outlets_own_phrase_is_heard_on_furniture() -> None:
    """A phrase that only the profile has makes a stamp eligible, on its line and on the line above."""
    from dataclasses import replace  # noqa: PLC0415

    from bidi_news.outlets import get_outlet  # noqa: PLC0415

    outlet = replace(get_outlet("ynetnews"), stamp_labels={"On the wire": "published"})
    labels = np.array([tuple(Label).index(Label(name)) for name in ("chrome", "chrome", "body")], np.uint8)
    for text in ("On the wire: 17.04.2016\nHome", "On the wire\n17.04.2016"):
        batch = Batch.of([document(f"{text}\n{BODY}")])
        [(published, _, _)] = find_publication(batch, labels, [outlet], Options())
        assert iso(published) == "2016-04-17"
