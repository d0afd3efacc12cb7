"""What recurs across an outlet's pages is learned as its chrome; what belongs to an article never is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bidi_news import Page, normalize
from bidi_news.errors import OptionError
from bidi_news.options import Options, Recurrence
from bidi_news.outlets import load_outlets
from bidi_news.profile import outlet_text, parse_outlet
from bidi_news.templates import MOST_PAGES, learn_templates

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.outlets import Outlet

BODY = (
    "The {0} left the eastern quay of the harbour at dawn on Monday, loaded with timber and salt for the islands.\n\n"
    "Her captain said that the {0} would be back within the week, unless the storm in the north turned south again.\n"
)
SHIPS = ("Alma", "Bora", "Cora", "Dora", "Edda")


def page(ship: str, *lines: str, host: str = "harbour.example", below: str = "") -> Page:
    """Return a page about a ship, with lines above its article and below it."""
    text = "\n".join((*lines, f"The {ship} sails for the islands", "", BODY.format(ship), below))
    return Page(text=text, url=f"https://www.{host}/{ship.lower()}")


def chrome(pages: list[Page], often: Recurrence | None = None) -> set[str]:
    """Return what pages of one outlet teach."""
    learned = learn_templates(pages, often=often or Recurrence()).outlets
    return set(learned[0].chrome) if learned else set()


def test_lines_on_every_page_are_learned() -> None:
    """Lines that all articles' pages have are the new profile's chrome; nothing of an article is."""
    pages = [page(ship, "Harbour News", "Tide tables", below="Write to the harbour master") for ship in SHIPS]
    (outlet,) = learn_templates(pages).outlets
    assert {"Harbour News", "Tide tables"} <= set(outlet.chrome)
    assert not any(ship in line for line in outlet.chrome for ship in SHIPS)
    assert (outlet.id, outlet.name, outlet.hosts) == ("harbour-example", "harbour.example", ("harbour.example",))
    assert (outlet.language, outlet.zone) == ("en", Options().zone)
    assert "5 articles" in outlet.sources[0]


@pytest.mark.parametrize(
    ("often", "learned"),
    [
        (Recurrence(), True),
        (Recurrence(least_articles=4), False),
        (Recurrence(least_share=0.6), True),
        (Recurrence(least_share=0.61), False),
    ],
)
def test_how_often_is_the_callers_choice(often: Recurrence, learned: bool) -> None:  # noqa: FBT001  (a parameter of cases)
    """A line on 3 of 5 articles recurs if 3 articles and 60 % are enough."""
    pages = [page(ship, *(["Tide tables"] if ship in SHIPS[:3] else [])) for ship in SHIPS]
    assert ("Tide tables" in chrome(pages, often)) is learned


def test_captures_of_one_article_count_once() -> None:
    """The same address, or the same paragraphs at other addresses, is one article however often it was fetched."""
    same = [page("Alma", "Only here") for _ in range(3)]
    moved = [Page(text=same[0].text, url=f"https://harbour.example/copy/{n}") for n in range(3)]
    others = [page(ship) for ship in SHIPS[1:4]]
    assert chrome([*same, *moved, *others]) == set()
    assert learn_templates([*same, *moved]).untaught == ("harbour.example",)


def test_a_figure_in_a_line_does_not_count() -> None:
    """What stands with another figure on each page is learned without it; what always has the same one keeps it."""
    pages = [page(ship, "Channel 7", below=f"{n + 2} boats at sea") for n, ship in enumerate(SHIPS)]
    learned = chrome(pages)
    assert {"Channel 7", "boats at sea"} <= learned
    assert "Channel" not in learned


def test_who_and_when_are_never_learned() -> None:
    """An agency, a reporter, a photographer and a day recur across pages, and are the articles' own."""
    above = ("Published: 23.06.15, 21:05", "By Dana Levi", "Photo: Reuters")
    learned = chrome([page(ship, "Tide tables", *above) for ship in SHIPS])
    assert "Tide tables" in learned
    assert learned.isdisjoint(above)


def test_figures_alone_are_never_learned() -> None:
    """The numbers of a list or of pages are on many pages, and say nothing."""
    assert chrome([page(ship, "Tide tables", "1", "2 3") for ship in SHIPS]) == {"Tide tables"}


def test_the_title_of_another_article_is_not_learned() -> None:
    """A list of headlines is on every page; each title is one page's own headline, here or on a page not given."""
    titles = [f"The {ship} sails for the islands" for ship in SHIPS[:2]] + [
        "Lighthouse keeper leaves after forty years"
    ]
    pages = [page(ship, below="\n".join(("Tide tables", *titles))) for ship in SHIPS]
    assert chrome(pages) == {"Tide tables"}


def test_pages_are_grouped_by_profile_then_host() -> None:
    """Subdomains of an outlet with a profile are its pages; without one each host is an outlet of its own."""
    known = [page(ship, "לוח הגאות", host=f"{ship.lower()}.ynet.co.il") for ship in SHIPS]
    new = [page(ship, "Tide tables", host="b.example") for ship in SHIPS]
    few = [page(ship, "Few", host="c.example") for ship in SHIPS[:2]]
    found = learn_templates([*known, *new, *few])
    assert [outlet.id for outlet in found.outlets] == ["b-example", "ynet"]
    assert (found.untaught, found.strays, found.pages) == (("c.example",), 0, 12)


def test_a_known_profile_is_extended() -> None:
    """Every fact of the profile stays; the new lines and where they come from stand behind its own."""
    before = load_outlets()["ynet"]
    (after,) = learn_templates([page(ship, "לוח הגאות", host="ynet.co.il") for ship in SHIPS]).outlets
    assert after.chrome == (*before.chrome, "לוח הגאות")
    assert after.sources[:-1] == before.sources
    assert (after.id, after.date_order, after.stamp_labels) == (before.id, before.date_order, before.stamp_labels)


def test_pages_without_an_address_need_a_host() -> None:
    """They are strays unless the caller says whose they are; then they are pages of that outlet."""
    pages = [Page(text=page(ship, "Tide tables").text) for ship in SHIPS]
    assert learn_templates(pages).strays == len(SHIPS)
    (outlet,) = learn_templates(pages, host="harbour.example").outlets
    assert outlet.chrome == ("Tide tables",)
    assert learn_templates(pages, host="ynet.co.il").outlets[0].id == "ynet"


def test_the_options_outlet_has_all_pages() -> None:
    """With ``outlet`` in the options all pages are that outlet's, whatever their address."""
    pages = [page(ship, "Tide tables") for ship in SHIPS]
    assert [outlet.id for outlet in learn_templates(pages, Options(outlet="kan")).outlets] == ["kan"]


def test_the_source_says_when_pages_were_fetched() -> None:
    """The first and last day stand in the source where they are known."""
    days = [datetime(2015, 6, 20 + n, tzinfo=UTC) for n in range(3)]
    pages = [
        Page(text=page(ship, "Tide tables").text, url=f"https://h.example/{ship}", crawled_at=day)
        for ship, day in zip(SHIPS, days, strict=False)
    ]
    assert "2015-06-20 to 2015-06-22" in learn_templates(pages).outlets[0].sources[0]


def test_memory_is_bounded_and_the_order_does_not_matter() -> None:
    """Of more pages than are learned from, the same ones are kept in any order."""
    pages = [Page(text=f"Tide tables\nShip {n}", url=f"https://h.example/{n}") for n in range(2 * MOST_PAGES + 50)]
    found = learn_templates(pages)
    assert f"{MOST_PAGES} articles" in found.outlets[0].sources[0]
    assert found == learn_templates(pages[::-1])


def test_pages_of_hosts_with_similar_names_have_ids_of_their_own() -> None:
    """Two hosts that differ in punctuation only, and one in Hebrew letters, get profiles that pass the check."""
    hosts = ("a-b.example", "a.b.example", "נמל.example")
    outlets = learn_templates([page(ship, "Tide tables", host=host) for host in hosts for ship in SHIPS]).outlets
    assert len({outlet.id for outlet in outlets}) == 3
    assert all(parse_outlet(outlet_text(outlet), "x.toml") == (outlet, ()) for outlet in outlets)


def test_failed_and_empty_pages_teach_nothing() -> None:
    """Pages without a line are no pages of an outlet."""
    assert learn_templates([Page(text="", url=f"https://h.example/{n}") for n in range(5)]).pages == 0


@pytest.mark.parametrize(
    "wrong", [{"least_articles": 1}, {"least_share": 0.0}, {"least_share": 1.1}, {"least_share": float("nan")}]
)
def test_a_single_page_can_never_be_enough(wrong: dict[str, float]) -> None:
    """Numbers that would make chrome of one page's lines are refused."""
    with pytest.raises(OptionError):
        Recurrence(**wrong)  # type: ignore[arg-type]


def test_a_host_that_is_none_is_refused() -> None:
    """The message names what was given."""
    with pytest.raises(OptionError, match="'Harbour'"):
        learn_templates([], host="Harbour")


def test_learned_lines_are_chrome_of_another_page(tmp_path: Path) -> None:
    """Given back, the profile takes a line that the program takes for an article's for what it is."""
    notice = "The harbour office keeps its books open to every captain and to every heir of a captain."

    def noticed(ship: str) -> Page:
        """Return a page with the notice between its paragraphs."""
        plain = page(ship)
        return Page(text=(plain.text or "").replace("islands.\n\n", f"islands.\n\n{notice}\n\n"), url=plain.url)

    (outlet,) = learn_templates([noticed(ship) for ship in SHIPS]).outlets
    path = written(outlet, tmp_path)
    other = noticed("Freya")
    assert notice in (normalize(other).body or "")
    after = normalize(other, Options(outlets=(path,)))
    assert notice not in (after.body or "")
    assert (after.outlet, after.headline) == ("harbour-example", "The Freya sails for the islands")


def written(outlet: Outlet, folder: Path) -> str:
    """Write a profile and return its path."""
    path = folder / f"{outlet.id}.toml"
    path.write_text(outlet_text(outlet), "utf-8")
    return str(path)
