"""``bidi-news outlets`` lists the profiles and finds what is wrong with them; ``--outlet`` takes a user's file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.main import main
from bidi_news.outlets import load_outlets
from bidi_news.profile import parse_outlet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROFILE = """
id = "mine"
name = "Mine"
hosts = ["mine.example"]
language = "he"
zone = "Asia/Jerusalem"
date_order = "mdy"
sources = ["seen"]
"""
STAMP = "כותרת\n\nפורסם: 06.05.15, 21:05\n".encode()


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return the file of a sound profile."""
    path = tmp_path / "mine.toml"
    path.write_text(PROFILE, "utf-8")
    return path


def test_the_list_is_all_that_the_profiles_say(command: Callable[..., Any]) -> None:
    """Off a terminal each profile is a row of JSON under the keys of its file, in the order of their names."""
    done = command("outlets")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == list(load_outlets())
    by_id = {row["id"]: row for row in rows}
    assert by_id["ynetnews"]["date_order"] == "mdy"
    assert by_id["ynetnews"]["stamp_labels"]["modified"] == ["Latest update", "Last update"]
    assert by_id["ynetnews"]["article_ids"]["anchors"][0] == [3156465, "2005-10-01"]
    assert all(row["sources"] and row["hosts"] for row in rows)


def test_the_table_has_a_row_for_each_profile(command: Callable[..., Any]) -> None:
    """For a person the list is a table: a head, then id, name, hosts and the rest of each profile on one line."""
    head, *rows = command("outlets", "--to", "table").stdout.decode().splitlines()
    assert head.split() == ["id", "name", "hosts", "language", "zone", "order", "labels", "sources"]
    assert [row.split()[0] for row in rows] == list(load_outlets())
    (ynet,) = (row for row in rows if row.startswith("ynet "))
    assert ynet.split() == ["ynet", "Ynet", "ynet.co.il", "he", "Asia/Jerusalem", "dmy", "3", "4"]


def test_the_shipped_profiles_pass(command: Callable[..., Any]) -> None:
    """``check`` without files looks at the shipped ones, and nothing is wrong with them."""
    done = command("outlets", "check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"{len(load_outlets())} outlet profiles: nothing is wrong\n"


def test_a_sound_file_passes(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A user's file is looked at in the same way."""
    assert main(["outlets", "check", str(mine)]) == 0
    assert capsys.readouterr() == ("1 outlet profile: nothing is wrong\n", "")


def test_every_fault_is_one_line(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault of each file, and a host that two claim, is one line with file and key; the exit code is 2."""
    bad = tmp_path / "bad.toml"
    bad.write_text(
        PROFILE.replace("Asia/Jerusalem", "Mars/Olympus").replace('sources = ["seen"]', "colour = 1"), "utf-8"
    )
    twin = tmp_path / "twin.toml"
    twin.write_text(PROFILE.replace('"mine"', '"twin"'), "utf-8")
    assert main(["outlets", "check", str(mine), str(bad), str(twin), str(tmp_path / "none.toml")]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    places = [(bad, ", colour"), (bad, ", zone"), (bad, ", sources"), (tmp_path / "none.toml", ""), (twin, ", hosts")]
    assert len(lines) == len(places)
    for line, (path, key) in zip(lines, places, strict=True):
        assert line.startswith(f"bidi-news outlets: {path}{key}: ")


@pytest.mark.parametrize(
    ("arguments", "words"), [(["mend"], "'mend'"), (["check", "--to", "table"], "--to"), (["--to", "toml"], "'toml'")]
)
def test_wrong_usage_is_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the command does not take is named in one line, with exit code 2."""
    assert main(["outlets", *arguments]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert words in shown.err


@pytest.mark.parametrize("tool", ["normalize", "dates"])
def test_pages_are_read_with_a_file(tool: str, command: Callable[..., Any], mine: Path) -> None:
    """``--outlet FILE.toml`` decides an order that nothing on the page decides."""
    done = command(tool, "--from", "text", "--outlet", mine, stdin=STAMP)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["published"]["iso"] == "2015-06-05T21:05:00+03:00"


@pytest.mark.parametrize(
    ("outlet", "words"), [("none.toml", b"none.toml: cannot be read"), ("nobody", b"no outlet is called 'nobody'")]
)
def test_an_outlet_that_is_none_is_one_line(outlet: str, words: bytes, command: Callable[..., Any]) -> None:
    """A file that is not there and an id that nobody has end the run with one line and exit code 2."""
    done = command("dates", "--from", "text", "--outlet", outlet, stdin=STAMP)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert words in done.stderr


def test_the_list_holds_what_a_file_needs() -> None:
    """The fixture of these tests is a profile, so that a refusal above has the reason that it names."""
    assert parse_outlet(PROFILE, "mine.toml")[1] == ()
