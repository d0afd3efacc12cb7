"""What the pages of certain date tell about their outlet decides the others; what they disagree on is never learned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bidi_news import Page, normalize
from bidi_news.habits import Dated, learn_article_ids, learn_order
from bidi_news.options import Options
from bidi_news.profile import outlet_text, parse_outlet
from bidi_news.templates import learn_templates

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.model import Order

DAY = timedelta(days=1)
FIRST = date(2015, 1, 4)
BODY = (
    "Ship number {0} left the eastern quay of the harbour at dawn, loaded with timber and salt for the islands.\n\n"
    "Its captain said that number {0} would be back within the week, unless the storm in the north turned again.\n"
)


def page(number: int, layout: str = "{d:02}.{m:02}.{y}", host: str = "quay.example") -> Page:
    """Return a page of an outlet that makes a story every third day; the day is written in a layout."""
    day = FIRST + 3 * number * DAY
    stamp = layout.format(d=day.day, m=day.month, y=day.year, s=day.year % 100)
    text = f"Ship {number} sails\n\nPublished: {stamp}\n\n{BODY.format(number)}"
    return Page(text=text, url=f"https://www.{host}/articles/{70_000 + 10 * number}")


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_an_order_is_learned_from_pages_that_show_it(tmp_path: Path, order: Order) -> None:
    """Dates with a field above 12 tell the order; the written profile then decides one that has none."""
    layout = {"dmy": "{d:02}.{m:02}.{y}", "mdy": "{m:02}.{d:02}.{y}"}[order]
    (outlet,) = learn_templates([page(number, layout) for number in range(40)]).outlets
    assert outlet.date_order == order
    assert any("articles whose own date tells" in source for source in outlet.sources)
    profile = tmp_path / "quay.toml"
    profile.write_text(outlet_text(outlet), "utf-8")
    unknown = Page(text="Published: 05.06.2019", url="https://quay.example/about")
    published = normalize(unknown, Options(outlets=(str(profile),))).published
    assert published is not None
    assert published.iso == {"dmy": "2019-06-05", "mdy": "2019-05-06"}[order]
    assert "outlet" in published.evidence


def test_article_numbers_are_learned_with_their_days(tmp_path: Path) -> None:
    """A number between known ones leaves one reading of its date, even where the order is not known."""
    pages = [page(number, "{y}-{m:02}-{d:02}") for number in range(60)]
    (outlet,) = learn_templates(pages).outlets
    assert outlet.date_order is None
    assert outlet.article_ids is not None
    assert any("60 of 60 articles lie" in source for source in outlet.sources)
    profile = tmp_path / "quay.toml"
    profile.write_text(outlet_text(outlet), "utf-8")
    assert parse_outlet(profile.read_text("utf-8"), "quay.toml") == (outlet, ())
    between = Page(text="Published: 05.03.2015", url="https://quay.example/articles/70204")
    published = normalize(between, Options(outlets=(str(profile),))).published
    assert published is not None
    assert (published.iso, "article_id" in published.evidence) == ("2015-03-05", True)


def test_pages_in_another_order_teach_the_same() -> None:
    """What is learned does not hang on the order of the pages."""
    pages = [page(number) for number in range(40)]
    assert learn_templates(pages) == learn_templates(pages[::-1])


def test_a_known_profile_keeps_its_order() -> None:
    """What somebody verified is not overruled by what pages seem to show."""
    pages = [page(number, "{m:02}.{d:02}.{y}", host="ynet.co.il") for number in range(40)]
    assert [outlet.date_order for outlet in learn_templates(pages).outlets if outlet.id == "ynet"] in ([], ["dmy"])


def test_an_outlet_that_writes_both_orders_has_none() -> None:
    """One page in twenty of the other order is too many."""
    dates = [Dated(None, None, "dmy")] * 57 + [Dated(None, None, "mdy")] * 3
    assert learn_order(dates, least=3) is None
    assert learn_order(dates[:57], least=3) is not None
    assert learn_order(dates[:2], least=3) is None


def test_numbers_that_do_not_rise_are_not_learned() -> None:
    """Numbers without an order say nothing about the day."""
    days = [Dated(f"https://quay.example/a/{10_000 + 7919 * n % 9973}", FIRST + n * DAY, None) for n in range(60)]
    assert learn_article_ids(days) is None


def test_a_few_republished_articles_do_no_harm() -> None:
    """One article in a hundred with a day of its own leaves the bounds as they are."""
    days = [Dated(f"https://quay.example/a/{10_000 + n}", FIRST + n * DAY, None) for n in range(200)]
    days[50] = days[50]._replace(day=date(2020, 1, 1))
    learned = learn_article_ids(days)
    assert learned is not None
    assert (learned.within, learned.articles) == (199, 200)
    bounds = learned.ids.bounds("https://quay.example/a/10060")
    assert bounds is not None
    assert bounds[0] <= FIRST + 60 * DAY <= bounds[1]


@pytest.mark.parametrize(
    "pages", [[], [Dated(None, FIRST, None)] * 20, [Dated("https://a.example/x", FIRST, None)] * 20]
)
def test_pages_without_numbers_teach_no_numbers(pages: list[Dated]) -> None:
    """No address, or none with a number, is nothing to learn from."""
    assert learn_article_ids(pages) is None
