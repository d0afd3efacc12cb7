"""What an evaluation counts, on records made by hand, and that the program's own records go through it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bidi_news.evaluate import compare, compare_pages, evaluate
from bidi_news.figures import Figures, LabelFigures, Report
from bidi_news.gold import GoldBlock, GoldPage
from bidi_news.model import Article, Block, Blocks, Failure, Label, Page, Timestamp, Versions

LINES = ["Home", "Lamp and birds", "The council met on Tuesday.", "A heading", "It decided nothing.", "Share"]
TEXT = "\n".join(LINES)
SPANS = [(TEXT.index(line), TEXT.index(line) + len(line)) for line in LINES]
GOLD = (Label.CHROME, Label.HEADLINE, Label.BODY, Label.CROSSHEAD, Label.BODY, Label.CHROME)
FOUND = (Label.CHROME, Label.HEADLINE, Label.BODY, Label.BODY, Label.CHROME, Label.BODY)


def gold(*labels: Label, **more: Any) -> GoldPage:
    """Return the page with gold labels."""
    blocks = tuple(GoldBlock(*span, label) for span, label in zip(SPANS, labels, strict=True))
    return GoldPage(**{"id": 1, "text": Page(text=TEXT), "blocks": blocks, **more})


def article(*labels: Label, **more: Any) -> Article:
    """Return a record of the page with some labels."""
    blocks = Blocks.of(
        Block(start=start, end=end, label=label, language="en", score=1)
        for (start, end), label in zip(SPANS, labels, strict=True)
    )
    versions = Versions(bidi_news="0", data="0")
    return Article(**{"id": 1, "status": "ok", "blocks": blocks, "text": TEXT, "versions": versions, **more})


def stamp(iso: str | None) -> Timestamp:
    """Return a timestamp with a value."""
    return Timestamp(
        iso=iso,
        precision="minute",
        ambiguous=iso is None,
        candidates=(),
        raw="",
        start=None,
        end=None,
        label=None,
        role="published",
        order=None,
        zone=None,
        evidence=(),
    )


def test_labels_are_counted_line_by_line() -> None:
    """Precision is over the lines that got a label, recall over those that should have it."""
    figures = Figures.of([compare(gold(*GOLD), article(*FOUND))])
    found = {label.label: (label.right, label.found, label.support) for label in figures.labels}
    assert found == {
        Label.HEADLINE: (1, 1, 1),
        Label.BODY: (1, 3, 2),
        Label.CROSSHEAD: (0, 0, 1),
        Label.CHROME: (1, 2, 2),
    }
    body = next(label for label in figures.labels if label.label is Label.BODY)
    assert (body.precision, body.recall, body.f1) == (1 / 3, 1 / 2, 2 / 5)
    assert figures.lines == len(LINES)
    assert figures.macro_f1 == pytest.approx((1 + 2 / 5 + 0 + 1 / 2) / 4)


def test_a_label_without_support_is_shown_and_not_averaged() -> None:
    """A label that is given and never due has a precision, no recall, and no part in the macro F1."""
    wrong = (Label.CHROME, Label.DECK, *GOLD[2:])
    figures = Figures.of([compare(gold(Label.CHROME, Label.CHROME, *GOLD[2:]), article(*wrong))])
    deck = next(label for label in figures.labels if label.label is Label.DECK)
    assert (deck.precision, deck.recall, deck.f1) == (0, None, 0)
    assert figures.macro_f1 == pytest.approx((1 + 1 + 4 / 5) / 3)


def test_crossheads_are_lines_of_the_body() -> None:
    """A crosshead that got the label body is a wrong label, and no loss of the body."""
    assert compare(gold(*GOLD), article(*FOUND)).body_f1 == pytest.approx(2 * 2 / (3 + 3))


def test_a_known_body_gives_the_lines_of_the_body() -> None:
    """Where only the text of the body is known, its lines are found in the page by their words."""
    page = GoldPage(id=1, text=Page(text=TEXT), body="The council met on Tuesday. It decided nothing.")
    labels = (Label.CHROME, Label.CHROME, Label.CHROME, Label.CHROME, Label.BODY, Label.BODY)
    compared = compare(page, article(*labels))
    assert compared.lines == ()
    assert compared.body_f1 == pytest.approx(2 * 1 / (2 + 2))


@pytest.mark.parametrize(("body", "expected"), [("", 1.0), ("The council met.", 0.0)])
def test_a_page_without_a_body(body: str, expected: float) -> None:
    """No body where none is due is perfect; one where none is due, or none where one is, is worth nothing."""
    labels = (Label.CHROME,) * len(LINES)
    page = GoldPage(id=1, text=Page(text=TEXT), body=body)
    assert compare(page, article(*labels)).word_f1 == expected
    assert compare(GoldPage(id=1, text=Page(text=TEXT)), article(*GOLD, body="It.")).word_f1 == 0
    assert compare(GoldPage(id=1, text=Page(text=TEXT)), article(*GOLD)).body_f1 == 0


def test_words_count_as_often_as_they_occur() -> None:
    """The words of a body are a bag: said twice and found once is half found."""
    page = GoldPage(id=1, text=Page(text=TEXT), body="Lamp, lamp, bird")
    assert compare(page, article(*GOLD, body="lamp stairs")).word_f1 == pytest.approx(2 * 1 / (2 + 3))


@pytest.mark.parametrize(
    ("known", "said", "verdict"),
    [
        (None, None, "right"),
        (None, "2015-06-23", "wrong"),
        ("2015-06-23", None, "open"),
        ("2015-06-23", "2015-06-23", "right"),
        ("2015-06-23", "2015-06-23T21:05:00+03:00", "right"),
        ("2015-06-23", "2015-06-24", "wrong"),
        ("2015-06-23T21:05:00+03:00", "2015-06-23", "open"),
        ("2015-06-23T21:05:00+03:00", "2015-06-24", "wrong"),
        ("2015-06-23T21:05:00+03:00", "2015-06-23T18:05:59+00:00", "right"),
        ("2015-06-23T21:05:00+03:00", "2015-06-23T21:05:00+02:00", "wrong"),
    ],
)
def test_dates_are_right_open_or_wrong(known: str | None, said: str | None, verdict: str) -> None:
    """A date is compared as an instant to the minute, or as the day where only the day is known."""
    page = gold(*GOLD, facts={"published": known, "modified": known})
    compared = compare(page, article(*GOLD, published=stamp(said), modified=stamp(said)))
    assert (compared.published, compared.modified) == (verdict, verdict)


def test_no_date_at_all_is_open() -> None:
    """A record without a stamp leaves the date open."""
    assert compare(gold(*GOLD, facts={"published": "2015-06-23"}), article(*GOLD)).published == "open"


@pytest.mark.parametrize(
    ("page", "said", "right"),
    [
        (gold(*GOLD), "Lamp  and birds", True),
        (gold(*GOLD), "Lamp", False),
        (gold(*GOLD, facts={"headline": "Lamp"}), "Lamp", True),
        (gold(*GOLD, facts={"headline": None}), "Lamp", False),
        (gold(*(Label.CHROME,) * 6), None, True),
        (gold(*(Label.CHROME,) * 6), "Lamp", False),
        (GoldPage(id=1, text=Page(text=TEXT)), "Lamp", None),
    ],
)
def test_headlines(page: GoldPage, said: str | None, right: bool | None) -> None:  # noqa: FBT001  (the expected value)
    """The stated headline counts, else the lines labelled so, else there is nothing to compare."""
    assert compare(page, article(*GOLD, headline=said)).headline is right


def test_a_page_that_failed_has_missed_every_line() -> None:
    """An error record has no line: all gold lines are missed, none is wrongly labelled."""
    failed = Article(
        id=1, status="error", error=Failure(code="x", message="x"), versions=Versions(bidi_news="0", data="0")
    )
    compared = compare(gold(*GOLD), failed)
    assert (compared.failed, compared.body_f1) == (True, 0)
    assert {label.found for label in Figures.of([compared]).labels} == {0}
    assert Figures.of([compared]).lines == len(LINES)


def test_figures_of_nothing() -> None:
    """No page gives no figure, and no error."""
    figures = Report(()).figures
    assert (figures.pages, figures.macro_f1, figures.body_f1, figures.labels) == (0, None, None, ())
    empty = LabelFigures(label=Label.DECK, right=0, found=0, support=0)
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)


def test_pages_are_grouped() -> None:
    """Outlets are told by profile, else by host; layouts and pages by name."""
    urls = ["https://www.ynetnews.com/articles/0,7340,L-4700001,00.html", "https://www.example.org/", None]
    pages = [GoldPage(id=i, text=Page(text="Home", url=url), layout="ab"[i % 2]) for i, url in enumerate(urls)]
    report = evaluate(pages)
    assert list(report.by("outlet")) == ["example.org", "unknown", "ynetnews"]
    assert {name: figures.pages for name, figures in report.by("layout").items()} == {"a": 2, "b": 1}
    assert list(report.by("page")) == ["0", "1", "2"]


def test_the_form_that_is_read() -> None:
    """The HTML where there is some, unless the caller wants the text; a page without the wanted form is left out."""
    page = GoldPage(id=1, text=Page(text="Only text"), html=Page(html="<h1>Only markup</h1>"), body="")
    text = GoldPage(id=2, text=Page(text="Only text"))
    assert len(compare_pages([page, text])) == 2
    assert [found.page for found in compare_pages([page, text], content="html")] == ["1"]
    assert [found.page for found in compare_pages([page, text], content="text")] == ["1", "2"]


def test_many_pages_are_compared_as_one_by_one() -> None:
    """However pages are grouped, each has the comparison that it has alone."""
    pages = [gold(*GOLD, id=i) for i in range(70)]
    assert evaluate(pages).pages == tuple(found for page in pages for found in evaluate([page]).pages)


def test_labelled_lines_are_those_of_the_html_too() -> None:
    """A page with labelled lines and HTML is judged by its HTML, line by line."""
    tags = ("li", "h1", "p", "h3", "p", "li")
    html = "".join(f"<{tag}>{line}</{tag}>" for tag, line in zip(tags, LINES, strict=True))
    page = gold(*GOLD, html=Page(html=html))
    (found,) = compare_pages([page], content="html")
    assert (found,) == tuple(compare_pages([page]))
    wanted = Counter(label for label, _, count in found.lines for _ in range(count))
    assert wanted == Counter(GOLD)
