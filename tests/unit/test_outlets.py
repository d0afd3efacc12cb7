"""Outlet profiles: what ships, how a page finds its own, and what the validator refuses."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import DataFileError, OptionError
from bidi_news.outlets import find_outlet, get_outlet, load_outlets, read_outlet

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
id = "mine"
name = "Mine"
hosts = ["mine.example"]
language = "he"
zone = "Asia/Jerusalem"
sources = ["seen"]
"""


def test_the_shipped_profiles_load() -> None:
    """At least eight outlets ship, each under its own id."""
    outlets = load_outlets()
    assert len(outlets) >= 8
    assert all(outlet.id == name for name, outlet in outlets.items())


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.ynetnews.com/articles/0,7340,L-1,00.html", "ynetnews"),
        ("http://news.walla.co.il/item/1", "walla"),
        ("https://www.haaretz.com/x", "haaretz-en"),
        ("https://www.haaretz.co.il/x", "haaretz"),
        ("https://mobile.mako.co.il./x", "mako"),
        ("HTTPS://WWW.N12.CO.IL/", "mako"),
        ("https://notynet.co.il/", None),
        ("https://example.org/ynet.co.il", None),
        ("no address", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_a_host_finds_its_profile(url: str | None, outlet: str | None) -> None:
    """Subdomains belong to their domain, and nothing else does."""
    found = find_outlet(url)
    assert (found.id if found else None) == outlet


def test_a_page_without_address_loads_nothing() -> None:
    """No profile is read for pages that have no address."""
    code = "from bidi_news import outlets; outlets.find_outlet(None); print(outlets.load_outlets.cache_info().misses)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_an_unknown_id_names_the_choices() -> None:
    """The message lists what there is."""
    with pytest.raises(OptionError, match="maariv"):
        get_outlet("nobody")


def test_article_numbers_bound_the_date() -> None:
    """A number between two known ones lies between their days; outside it says nothing."""
    ids = get_outlet("ynet").article_ids
    assert ids is not None
    assert ids.bounds("https://www.ynet.co.il/articles/0,7340,L-4700000,00.html") == (
        date(2015, 8, 15),
        date(2018, 5, 17),
    )
    assert ids.bounds("https://www.ynet.co.il/articles/0,7340,L-9999999,00.html") is None
    assert ids.bounds("https://www.ynet.co.il/") is None


def test_a_users_own_profile_is_read(tmp_path: Path) -> None:
    """A file of the user's goes through the same validator."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD + '[stamp_labels]\npublished = ["יצא לאור"]\n', "utf-8")
    outlet = read_outlet(path)
    assert outlet.hosts == ("mine.example",)
    assert outlet.stamp_labels == {"יצא לאור": "published"}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (GOOD.replace('name = "Mine"\n', ""), "name"),
        (GOOD + 'colour = "blue"\n', "colour"),
        (GOOD.replace("Asia/Jerusalem", "Mars/Olympus"), "zone"),
        (GOOD.replace('hosts = ["mine.example"]', 'hosts = "mine.example"'), "hosts"),
        (GOOD + 'date_order = "myd"\n', "date_order"),
        (GOOD + '[stamp_labels]\nprinted = ["x"]\n', "stamp_labels.printed"),
        (GOOD + "[stamp_labels]\npublished = [1]\n", "stamp_labels.published"),
        (GOOD + "[article_ids]\npattern = 'L-(\\d+)'\nanchors = [[2, 2015-01-01], [1, 2016-01-01]]\n", "article_ids"),
        (GOOD + "[article_ids]\npattern = 'L-\\d+'\nanchors = []\n", "article_ids"),
        (GOOD + "[article_ids]\npattern = '('\nanchors = []\n", "article_ids"),
        ("not toml", None),
    ],
)
def test_a_malformed_profile_is_refused_with_its_place(tmp_path: Path, text: str, column: str | None) -> None:
    """The error names the file and the key."""
    path = tmp_path / "bad.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as caught:
        read_outlet(path)
    assert caught.value.column == column
    assert caught.value.path == str(path)


def test_a_missing_profile_is_an_error(tmp_path: Path) -> None:
    """A path that leads nowhere is a data file error, not a bare OSError."""
    with pytest.raises(DataFileError):
        read_outlet(tmp_path / "none.toml")


def test_the_reference_page_lists_every_profile(project: Path) -> None:
    """The table of the reference page is that of the shipped profiles."""
    page = (project / "docs" / "reference" / "outlets.md").read_text("utf-8")
    for outlet in load_outlets().values():
        row = f"| `{outlet.id}` | {', '.join(outlet.hosts)} | {outlet.language} | {outlet.date_order or ''} |"
        assert row in page
