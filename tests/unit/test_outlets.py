"""Outlet profiles: what ships, how a page finds its own, and how a user's files are read."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bidi_news import Options, Page, normalize, parse_timestamp
from bidi_news.errors import DataFileError, OptionError
from bidi_news.outlets import check_outlets, find_outlet, get_outlet, load_outlets, read_hosts, read_outlet
from bidi_news.profile import parse_outlet
from bidi_news.resources import list_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bidi_news.outlets import Outlet

GOOD = """
id = "mine"
name = "Mine"
hosts = ["mine.example"]
language = "he"
zone = "Asia/Jerusalem"
sources = ["seen"]
"""
STAMP = """כותרת

יצא לאור: 06.05.15, 21:05
"""


@pytest.fixture
def profile(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a profile, changed, and returns its path."""

    def write(name: str, *changes: tuple[str, str], more: str = "") -> str:
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text + more, "utf-8")
        return str(path)

    return write


def test_the_shipped_profiles_are_sound() -> None:
    """At least 25 outlets ship, in three languages, each under its own id, and the validator finds nothing wrong."""
    outlets = load_outlets()
    assert len(outlets) >= 25
    assert check_outlets() == (len(outlets), ())
    assert {outlet.language for outlet in outlets.values()} == {"he", "en", "ar"}


def test_a_profile_is_named_as_its_file() -> None:
    """The id of a shipped profile is the name of its file, so that the one leads to the other."""
    assert [name.removeprefix("outlets/").removesuffix(".toml") for name in list_files("outlets", ".toml")] == list(
        load_outlets()
    )


@pytest.mark.parametrize("outlet", load_outlets().values(), ids=lambda outlet: outlet.id)
def test_sources_can_be_followed(outlet: Outlet) -> None:
    """Each fact of a shipped profile leads to pages that were seen, a public address, or a file of a public repository.

    A reason for the zone alone would verify nothing.
    """
    followed = re.compile(r"archived |article pages|its feed |https?://\S|github\.com/[\w.-]+/[\w.-]+ \S")
    assert any(followed.match(source) for source in outlet.sources)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.ynetnews.com/articles/0,7340,L-1,00.html", "ynetnews"),
        ("http://news.walla.co.il/item/1", "walla"),
        ("https://www.haaretz.com/x", "haaretz-en"),
        ("https://www.haaretz.co.il/x", "haaretz"),
        ("https://mobile.mako.co.il./x", "mako"),
        ("HTTPS://WWW.N12.CO.IL/", "mako"),
        ("https://en.globes.co.il/en/x", "globes-en"),
        ("https://www.globes.co.il/x", "globes"),
        ("https://www.aljazeera.net/x", "aljazeera"),
        ("https://www.aljazeera.com/x", "aljazeera-en"),
        ("https://edition.cnn.com/x", None),
        ("https://notynet.co.il/", None),
        ("https://example.org/ynet.co.il", None),
        ("no address", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_a_host_finds_its_profile(url: str | None, outlet: str | None) -> None:
    """Subdomains belong to the nearest domain that a profile names, and nothing else does."""
    found = find_outlet(url)
    assert (found.id if found else None) == outlet


def test_a_page_without_address_loads_nothing() -> None:
    """No profile is read for pages that have no address."""
    code = "from bidi_news import outlets; outlets.find_outlet(None); print(outlets.load_outlets.cache_info().misses)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_an_unknown_id_names_the_choices() -> None:
    """The message lists what there is, and that a file would do."""
    with pytest.raises(OptionError, match=r"maariv.*\.toml file"):
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


def test_a_file_is_a_profile_too(profile: Callable[..., str]) -> None:
    """A name that ends in .toml is a file, which works as a shipped profile does: order, zone, labels, id."""
    more = 'date_order = "mdy"\n[stamp_labels]\npublished = ["יצא לאור"]\n'
    path = profile("mine.toml", ("Asia/Jerusalem", "Europe/Berlin"), more=more)
    assert get_outlet(path) == read_outlet(path)
    article = normalize(Page(text=STAMP), Options(outlet=path))
    assert article.outlet == "mine"
    assert article.published is not None
    assert (article.published.iso, article.published.label) == ("2015-06-05T21:05:00+02:00", "יצא לאור")
    assert parse_timestamp("06.05.15", outlet=path).iso == "2015-06-05"


def test_profiles_of_the_users_own_are_found_by_address(profile: Callable[..., str]) -> None:
    """They come before a shipped one of the same host; pages of other hosts keep theirs."""
    paths = (profile("a.toml"), profile("b.toml", ('"mine"', '"other"'), ("mine.example", "ynet.co.il")))
    options = Options(outlets=paths)
    addresses = [
        "https://www.mine.example/1",
        "https://www.ynet.co.il/1",
        "https://www.ynetnews.com/1",
        "https://x.example/",
    ]
    assert [normalize(Page(text=STAMP, url=url), options).outlet for url in addresses] == [
        "mine",
        "other",
        "ynetnews",
        None,
    ]


def test_a_path_where_paths_are_due_is_refused() -> None:
    """A string is no tuple of paths: its characters are not meant."""
    with pytest.raises(OptionError, match="give a tuple of paths"):
        Options(outlets="mine.toml")  # type: ignore[arg-type]


def test_the_first_fault_of_a_file_is_raised(profile: Callable[..., str]) -> None:
    """Reading a malformed profile is a data file error that names the file and the key."""
    path = profile("bad.toml", ('"he"', '"hebrew"'))
    with pytest.raises(DataFileError) as caught:
        read_outlet(path)
    assert (caught.value.path, caught.value.column) == (path, "language")
    with pytest.raises(DataFileError):
        normalize(Page(text=STAMP), Options(outlet=path))


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A path that leads nowhere, to a folder or to another encoding is a data file error, not a bare OSError."""
    (tmp_path / "cp1255.toml").write_bytes("name = 'הארץ'".encode("cp1255"))
    for name, words in (
        ("none.toml", "cannot be read"),
        (".", "cannot be read"),
        ("cp1255.toml", "not UTF-8 at byte 8"),
    ):
        with pytest.raises(DataFileError, match=words):
            read_outlet(tmp_path / name)


def test_two_profiles_cannot_share_a_host_or_an_id(profile: Callable[..., str]) -> None:
    """The later file is at fault, and the message names the earlier one."""
    first = profile("a.toml")
    host, same_id = profile("b.toml", ('"mine"', '"other"')), profile("c.toml", ("mine.example", "c.example"))
    count, problems = check_outlets([first, host, same_id])
    assert count == 3
    assert [(problem.path, problem.column) for problem in problems] == [(host, "hosts"), (same_id, "id")]
    assert all(first in str(problem) for problem in problems)
    with pytest.raises(DataFileError, match="belongs to"):
        read_hosts([first, host])


def test_one_bad_file_does_not_hide_the_others(profile: Callable[..., str], tmp_path: Path) -> None:
    """Every file that is named is looked at."""
    bad = [profile("a.toml", ('"he"', '"x y"')), str(tmp_path / "none.toml"), profile("c.toml", ('["seen"]', "[]"))]
    assert [problem.path for problem in check_outlets(bad)[1]] == bad


def test_the_reference_page_lists_every_profile(project: Path) -> None:
    """The table of the reference page is that of the shipped profiles, no row more or less."""
    page = (project / "docs" / "reference" / "outlets.md").read_text("utf-8")
    table = page.split("## The shipped profiles\n\n")[1].split("\n\n")[0].split("\n")
    for row, outlet in zip(table[2:], load_outlets().values(), strict=True):
        labels = ", ".join(f"{phrase} ({role})" for phrase, role in outlet.stamp_labels.items())
        cells = (outlet.name, ", ".join(outlet.hosts), outlet.language, outlet.zone, outlet.date_order or "", labels)
        assert row == f"| `{outlet.id}` | {' | '.join(cells)} |"


def test_the_profile_of_the_how_to_is_sound(project: Path) -> None:
    """What the how-to tells to write passes the check that it tells to run."""
    page = (project / "docs" / "how-to" / "outlet-profiles.md").read_text("utf-8")
    outlet, problems = parse_outlet(page.split("```toml\n")[1].split("```")[0], "harbour.toml")
    assert (outlet and outlet.id, problems) == ("harbour-news", ())


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    """Profiles of the user's own are read once for many batches, and again when their file has changed."""
    path = tmp_path / "mine.toml"
    text = 'id = "mine"\nname = "M"\nhosts = ["mine.example"]\nlanguage = "he"\nzone = "UTC"\nsources = ["seen"]\n'
    path.write_text(text, "utf-8")
    assert read_hosts([path])["mine.example"] is read_hosts([path])["mine.example"]
    path.write_text(text.replace('"M"', '"Mine"'), "utf-8")
    assert read_hosts([path])["mine.example"].name == "Mine"
    path.unlink()
    with pytest.raises(DataFileError, match="cannot be read"):
        read_hosts([path])
