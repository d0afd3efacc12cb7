"""Which of the days that an HTML page states is its publication: its fields, its elements, and what a reader sees."""

from __future__ import annotations

import pytest

from bidi_news import Page, normalize
from bidi_news.dates import choose_published
from bidi_news.model import Role, Timestamp
from bidi_news.pipeline import dates_batch

BODY = "".join(
    f"<p>The {what} was counted again in the old hall on the hill, and the town talked about it all night.</p>"
    for what in ("bridge", "boat", "clock", "lemon tree")
)


def published(head: str, body: str, url: str | None = None) -> str | None:
    """Return the publication of an article's page."""
    html = (
        f"<html><head>{head}</head><body><article><h1>Counting in the old hall</h1>{body}{BODY}</article></body></html>"
    )
    stamp = normalize(Page(html=html, url=url)).published
    return stamp.iso if stamp else None


def meta(name: str, value: str) -> str:
    """Return a meta element."""
    return f'<meta name="{name}" content="{value}">'


@pytest.mark.parametrize(
    "name",
    ["article:published_time", "citation_publication_date", "DC:date", "dcterms.issued", "date", "datePublished"],
)
def test_fields_of_the_table_state_the_publication(name: str) -> None:
    """Every field is read, whatever the case of its name."""
    assert published(meta(name, "2016-04-17"), "") == "2016-04-17"


@pytest.mark.parametrize("name", ["w-published-date", "site:publishdate", "x.article:published_time", "published_at"])
def test_what_systems_put_before_the_name_of_a_field_is_left_aside(name: str) -> None:
    """The end of the name says what the date is."""
    assert published(meta(name, "2016-04-17"), "") == "2016-04-17"


@pytest.mark.parametrize("name", ["expiration-date", "event:date", "last-published-date"])
def test_the_end_of_a_name_that_may_mean_any_date_says_nothing(name: str) -> None:
    """Only names of one date count behind a prefix."""
    assert published(meta(name, "2016-04-17"), "") is None


def test_a_weekday_of_another_language_belongs_to_the_stamp() -> None:
    """A line that is a weekday and a date is a stamp, and holds nothing else."""
    assert published("", "<p>mercredi 11 septembre 2019</p>") == "2019-09-11"


def test_a_field_that_names_its_date_comes_before_one_that_does_not() -> None:
    """``date`` may be the update's; ``article:published_time`` is none but the publication's."""
    head = meta("date", "2016-04-20") + meta("article:published_time", "2016-04-17")
    assert published(head, "") == "2016-04-17"


def test_a_loose_field_yields_to_the_stamp_that_a_reader_sees() -> None:
    """What stands below the headline, on a line for stamps, is the article's own."""
    assert published(meta("date", "2016-04-20"), '<p class="date">17.04.2016</p>') == "2016-04-17"


def test_of_several_stated_days_the_one_that_a_reader_sees_is_taken() -> None:
    """Two fields differ; the line below the headline says which is meant."""
    head = meta("publishdate", "2016-04-16") + meta("article:published_time", "2016-04-17T10:00:00+03:00")
    assert published(head, '<p class="date">17.04.2016</p>') == "2016-04-17T10:00:00+03:00"


def test_the_time_of_a_seen_day_is_that_of_the_markup() -> None:
    """A day is chosen, and the field of that day tells the time."""
    stated = meta("article:published_time", "2016-04-17T10:00:00+03:00")
    assert published(stated, '<p class="date">Published: 17.04.2016</p>') == "2016-04-17T10:00:00+03:00"


@pytest.mark.parametrize("kind", ["Recipe", "NewsArticle", "SocialMediaPosting", "HowTo"])
def test_json_ld_of_pages_with_a_date_is_read(kind: str) -> None:
    """The types of schema.org that have one article on their page."""
    script = f'<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "2016-04-17"}}</script>'
    assert published(script, "") == "2016-04-17"


def test_the_creation_of_the_object_is_weaker_than_its_publication() -> None:
    """A system creates an article before it publishes it."""
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "dateCreated": "2016-04-01", '
        '"datePublished": "2016-04-17"}</script>'
    )
    assert published(script, "") == "2016-04-17"


@pytest.mark.parametrize(
    "element",
    [
        '<time datetime="2016-04-17T10:00:00+03:00">a while ago</time>',
        '<span data-timestamp="1460876400">a while ago</span>',
        '<span data-datetime="2016-04-17T07:00:00Z">a while ago</span>',
    ],
)
def test_elements_state_a_moment(element: str) -> None:
    """Where nothing else names a day, the first element that holds one does."""
    value = published("", f"<p>{element}</p>")
    assert value is not None
    assert value[:10] == "2016-04-17"


def test_comments_dates_are_no_publication() -> None:
    """What the markup calls a date counts, but not inside a comment."""
    comment = '<div class="comments"><div class="comment"><span class="date">18.04.2016</span> So true!</div></div>'
    assert published("", '<p class="date">17.04.2016</p>' + BODY + comment) == "2016-04-17"


def test_a_region_that_the_address_names_decides() -> None:
    """British pages write the day first; an address without a region decides nothing."""
    seen = '<p class="date">Published: 02/10/2020</p>'
    assert published("", seen, "https://www.example.com/en-gb/news/1") == "2020-10-02"
    assert published("", seen, "https://www.example.com/news/1") is None


def test_an_update_beside_the_headline_is_no_publication() -> None:
    """A page that says only when it was updated has no publication."""
    html = f"<h1>Counting in the old hall</h1><p>Updated: 17.04.2016</p>{BODY}"
    [dates] = dates_batch([Page(html=html)])
    assert dates.published is None
    assert dates.modified is not None
    assert dates.modified.iso == "2016-04-17"


@pytest.mark.parametrize(
    "opening",
    [
        "23.06.2015 - ",
        "(23.06.2015) ",
        "23 June 2015. ",
        "Haifa, 23 June 2015 - ",
        "Tel Aviv, June 23, 2015 (Agency) - ",
        "Tuesday, 23 June 2015 | ",
    ],
)
def test_a_date_that_opens_the_body_is_the_article_s(opening: str) -> None:
    """The dateline stands before the first sentence, perhaps behind the place."""
    story = "The bridge was counted again in the old hall on the hill, and the town talked about it all night long."
    assert published("", f"<p>{opening}{story}</p>") == "2015-06-23"


@pytest.mark.parametrize(
    "opening", ["On 23 June 2015 ", "By 23 June 2015, ", "The 23 June 2015 edition: ", "23 June 2015 "]
)
def test_a_date_in_the_first_sentence_is_an_event(opening: str) -> None:
    """Words before it, or a sentence that goes on behind it, make it part of what is told."""
    story = "the bridge was counted again in the old hall on the hill, and the town talked about it all night long."
    page = f"<p>{opening}{story}</p><p>It was counted on 24 June 2015 too, they say in the town.</p>"
    assert published("", page) is None


def test_the_update_of_the_markup_decides_between_two_readings() -> None:
    """A field may be ambiguous itself; the update that another one states is a day of one reading."""
    head = meta("article:published_time", "10/05/2022 05:22 pm") + meta("article:modified_time", "2022-05-10T17:36:11")
    assert published(head, "") == "2022-05-10T17:22:00+03:00"


@pytest.mark.parametrize(
    ("place", "day"),
    [(("chrome_line", "head_line"), "2022-04-26"), (("timestamp_line",), "2022-04-27")],
)
def test_a_page_s_clock_does_not_confirm_the_day_of_the_markup(place: tuple[str, ...], day: str) -> None:
    """Late at night UTC is a day ahead of the line for stamps; furniture that shows the day is a clock."""
    stated = stamped("2022-04-27T02:10:09+00:00", "markup")
    other, line = stamped("2022-04-27", *place, start=0), stamped("2022-04-26", "timestamp_line", start=20)
    chosen, _ = choose_published((stated, other, line))
    assert chosen is not None
    assert chosen.iso is not None
    assert chosen.iso[:10] == day


def test_a_day_that_only_the_update_has_is_the_page_s_own() -> None:
    """An outlet that shows the day of the update has dated the article anew, unless it shows the first day too."""
    stated = stamped("2022-04-20T09:00:00+03:00", "markup")
    update = stamped("2022-04-27T09:00:00+03:00", "markup", role="modified")
    line, first = stamped("2022-04-27", "timestamp_line", start=20), stamped("2022-04-20", "chrome_line", start=90)
    assert choose_published((stated, update, line))[0] == line
    assert choose_published((stated, update, line, first))[0] == stated
    other = stamped("2022-04-25", "timestamp_line", start=20)
    assert choose_published((stated, update, other))[0] == stated


def test_a_list_behind_the_update_is_no_publication() -> None:
    """A page that says when it was updated, and then names several days, lists them; one day is its own."""
    update = stamped("2022-04-27", "label", "timestamp_line", start=20, role="modified")
    first, second = (stamped(day, "timestamp_line", start=at) for day, at in (("2022-04-20", 80), ("2022-04-22", 160)))
    assert choose_published((update, first, second)) == (None, update)
    assert choose_published((update, first)) == (first, update)
    before = stamped("2022-04-20", "timestamp_line", start=0)
    assert choose_published((before, update, second)) == (before, update)


@pytest.mark.parametrize(("days", "day"), [(1, "2016-04-17"), (2, "2016-04-17"), (3, None)])
def test_elements_of_many_days_are_a_list(days: int, day: str | None) -> None:
    """The first element that holds a date is the article's, unless there are more than it needs."""
    elements = "".join(
        f'<time datetime="2016-04-{17 + more}T10:00:00+03:00">a while ago</time>' for more in range(days)
    )
    value = published("", f"<p>{elements}</p>")
    assert (value and value[:10]) == day


def test_what_the_markup_calls_dates_of_several_days_is_a_list() -> None:
    """One day is the page's own; of several nothing tells which is."""
    first, second = (
        stamped(day, "chrome_line", "date_element", start=at) for day, at in (("2022-04-20", 80), ("2022-04-22", 9))
    )
    assert choose_published((first,)) == (first, None)
    assert choose_published((first, second)) == (None, None)


def stamped(iso: str, *evidence: str, start: int | None = None, role: Role = "published") -> Timestamp:
    """Return a stamp, of publication where nothing else is said."""
    return Timestamp(
        iso=iso,
        precision="day" if len(iso) == len("2022-04-27") else "second",
        ambiguous=False,
        candidates=(iso,),
        raw=iso,
        start=start,
        end=None if start is None else start + len(iso),
        label=None,
        role=role,
        order="ymd",
        zone=None,
        evidence=evidence,
    )
