"""``bidi-news outlets learn`` makes profiles that the other commands take; ``--learn-templates`` does so in one run."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.main import main
from bidi_news.cli.normalize import main as normalize
from bidi_news.outlets import read_outlet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTICE = "The harbour office keeps its books open to every captain and to every heir of a captain."
SHIPS = ("Alma", "Bora", "Cora", "Dora")


def row(ship: str, host: str | None = "harbour.example") -> str:
    """Return a page as a row."""
    text = (
        f"Tide tables\nThe {ship} sails for the islands\n\n"
        f"The {ship} left the eastern quay of the harbour at dawn on Monday, loaded with timber for the islands.\n\n"
        f"Her captain said that the {ship} would be back within the week, unless the storm turned south again.\n\n"
        f"{NOTICE}\n"
    )
    return json.dumps({"id": ship, "text": text} | ({"url": f"https://{host}/{ship}"} if host else {})) + "\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file with four pages of one host."""
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(map(row, SHIPS)), "utf-8")
    return path


def learn(*arguments: object) -> int:
    """Run the command."""
    return main(["outlets", "learn", *map(str, arguments)])


def bodies(output: str) -> list[str]:
    """Return the bodies of some records."""
    return [json.loads(line)["body"] for line in output.splitlines()]


def test_what_is_learned_is_a_profile_to_use(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file passes the check, and normalize reads pages with it."""
    target = tmp_path / "harbour.toml"
    assert learn(source, "-o", target) == 0
    assert capsys.readouterr() == ("", "")
    assert set(read_outlet(target).chrome) == {"Tide tables", NOTICE}
    assert main(["outlets", "check", str(target)]) == 0
    capsys.readouterr()
    assert normalize([str(source)]) == 0
    assert all(NOTICE in body for body in bodies(capsys.readouterr().out))
    assert normalize([str(source), "--outlet", str(target)]) == 0
    assert not any(NOTICE in body for body in bodies(capsys.readouterr().out))


def test_several_outlets_make_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages of several hosts give a file each; one file for all of them is refused before anything is written."""
    source = tmp_path / "pages.jsonl"
    hosts = ("a.example", "b.example")
    source.write_text("".join(row(ship, host) for ship in SHIPS for host in hosts) + row("X", None), "utf-8")
    assert learn(source, "-o", tmp_path / "one.toml") == 2
    assert "must be a folder" in capsys.readouterr().err
    assert learn(source, "-o", tmp_path / "profiles") == 0
    assert "1 page" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*.toml")) == ["a-example.toml", "b-example.toml"]
    assert learn(source, "-o", tmp_path / "profiles") == 2
    assert "--force replaces it" in capsys.readouterr().err
    assert learn(source, "-o", tmp_path / "profiles", "--force") == 0


def test_a_profile_goes_to_standard_output(source: Path, command: Callable[..., Any]) -> None:
    """``-o -`` writes the one profile where results go, and standard input is a source."""
    done = command("outlets", "learn", "-o", "-", stdin=source.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b'id = "harbour-example"\n')


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ("", [], "is empty"),
        (row("Alma", None), [], "no page has an address"),
        (row("Alma") + row("Bora"), [], "on the pages of 3 articles"),
        ("".join(map(row, SHIPS)), ["--least-pages", "5"], "on the pages of 5 articles"),
        (row("Alma"), ["--least-pages", "1"], "2 or more"),
        (row("Alma"), ["--least-share", "0"], "'0' is not a number above 0"),
        (row("Alma"), ["--least-share", "most"], "'most' is not a number above 0"),
        (row("Alma"), ["--host", "Harbour"], "'Harbour', which is no host name"),
        (row("Alma"), ["--from", "warc"], "Invalid WARC header"),
    ],
)
def test_what_teaches_nothing_is_told(
    rows: str, options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page, no address, too few pages and wrong numbers end with code 2, a line that says so, and no file."""
    source, target = tmp_path / "pages.jsonl", tmp_path / "x.toml"
    source.write_text(rows, "utf-8")
    assert learn(source, "-o", target, *options) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert all(line.startswith("bidi-news outlets learn: ") for line in shown.err.splitlines())
    assert not target.exists()


def test_pages_without_an_address_take_the_host(tmp_path: Path) -> None:
    """``--host`` says whose pages those are that have no address."""
    for ship in SHIPS:
        (tmp_path / f"{ship}.txt").write_text(json.loads(row(ship))["text"], "utf-8")
    target = tmp_path / "x.toml"
    assert learn(tmp_path, "-o", target, "--host", "harbour.example") == 0
    assert read_outlet(target).hosts == ("harbour.example",)


def test_learn_stands_first(capsys: pytest.CaptureFixture[str]) -> None:
    """The action after an option of the list is told, not misread."""
    assert main(["outlets", "--to", "table", "learn"]) == 2
    assert "learn comes before its options" in capsys.readouterr().err


def test_a_run_learns_from_its_own_pages(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--learn-templates`` takes what recurs for chrome, and says whose profile it used."""
    assert normalize([str(source), "--learn-templates"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    records = [json.loads(line) for line in shown.out.splitlines()]
    assert [record["id"] for record in records] == list(SHIPS)
    assert not any(NOTICE in record["body"] for record in records)
    assert {record["outlet"] for record in records} == {"harbour-example"}


def test_a_run_learns_for_the_outlet_that_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--outlet`` the pages need no address, and that profile is extended for the run."""
    source = tmp_path / "pages.jsonl"
    source.write_text("".join(row(ship, None) for ship in SHIPS), "utf-8")
    assert normalize([str(source), "--learn-templates", "--outlet", "kan"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(record["outlet"], NOTICE in record["body"]) for record in records] == [("kan", False)] * len(SHIPS)


def test_a_run_that_learns_nothing_is_told_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages without addresses, and a missing file, give the records that the run gives without the option."""
    source = tmp_path / "pages.jsonl"
    source.write_text("".join(row(ship, None) for ship in SHIPS), "utf-8")
    assert normalize([str(source)]) == 0
    plain = capsys.readouterr().out
    assert normalize([str(source), str(tmp_path / "none.txt"), "--learn-templates"]) == 2
    shown = capsys.readouterr()
    assert shown.out == plain
    learning, missing = shown.err.splitlines()
    assert "no page has an address" in learning
    assert "none.txt" in missing


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_cannot_be_read_twice(arguments: list[str], command: Callable[..., Any]) -> None:
    """A run that reads its sources twice refuses standard input in one line."""
    done = command("normalize", "--learn-templates", *arguments, stdin=row("Alma").encode())
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"standard input" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_cannot_be_read_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A named pipe is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe")
    assert normalize([str(tmp_path / "pipe"), "--learn-templates"]) == 2
    assert "can be read once only" in capsys.readouterr().err
