"""``bidi-news``: each tool takes the same sources and gives one row for each row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows(data: bytes) -> list[dict[str, Any]]:
    """Return the rows of some output."""
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def test_dates(command: Callable[..., Any]) -> None:
    """``dates`` gives the id, both dates, all stamps and issues; a row that fails has its id and an error."""
    done = command("dates", "--from", "jsonl", stdin=b'{"id": 1, "text": "a"}\n{"id": 2, "text": 3}\n')
    good, failed = rows(done.stdout)
    assert list(good) == ["id", "published", "modified", "timestamps", "issues"]
    assert (failed["id"], failed["error"]["code"]) == (2, "wrong_type")


def test_variants(command: Callable[..., Any]) -> None:
    """``variants`` gives the id, the rewritten text and the edits that make it."""
    text = "The Shi'ite bloc."
    done = command("variants", "--from", "jsonl", stdin=json.dumps({"id": 1, "text": text}).encode() + b"\n{\n")
    good, failed = rows(done.stdout)
    assert list(good) == ["id", "text", "edits"]
    (edit,) = good["edits"]
    assert text[: edit["start"]] + edit["canonical"] + text[edit["end"] :] == good["text"] == "The Shiite bloc."
    assert failed["error"]["code"] == "invalid_json"


def test_variants_with_a_lexicon_of_ones_own(command: Callable[..., Any], tmp_path: Path) -> None:
    """``--lexicon`` lays tables over the shipped lexicon; ``data check`` says beforehand whether it can."""
    head = "lexeme\tscript\tstatus\tforms\tsource\tlicence\n"
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text(f"{head}hezbollah\tLatn\tsafe\tHezballoh\tour desk\tMIT\n", "utf-8")
    bad.write_text(f"{head}hamas\tLatn\tsafe\tHizbullah\tour desk\tMIT\n", "utf-8")
    row = b'{"id": 1, "text": "The Hezballoh men."}\n'
    done = command("variants", "--from", "jsonl", "--lexicon", str(good), stdin=row)
    assert rows(done.stdout)[0]["text"] == "The Hezbollah men."
    assert command("data", "check", str(good)).stdout == b"1 spellings are added or given another status\n"
    for arguments in (("variants", "--lexicon", str(bad)), ("data", "check", str(bad))):
        done = command(*arguments, stdin=row)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert b"already a form of hezbollah" in done.stderr


def test_match(command: Callable[..., Any]) -> None:
    """``match`` gives the id, a score and a verdict; a pair that is none has its id and an error."""
    pairs = b'{"id": 1, "a": "Haifa", "b": "Haifa"}\n{"id": 2, "a": "x"}\n[]\n{"id": 4, "a": "x", "b": "x"}\n'
    good, failed, no_row, last = rows(command("match", "--jobs", "1", stdin=pairs).stdout)
    assert good == {"id": 1, "score": good["score"], "same": True}
    assert 0.5 < good["score"] <= 1
    assert (failed["id"], failed["error"]["code"]) == (2, "wrong_type")
    assert (no_row["id"], no_row["error"]["code"]) == (None, "invalid_row")
    assert last["id"] == 4


def test_match_of_a_pair_that_is_no_pair(command: Callable[..., Any]) -> None:
    """The error of a row names the line and the field; with ``--on-error stop`` the run ends there."""
    pairs = b'{"id": 1, "a": "x", "b": "x"}\n{"id": 2, "a": "x", "b": 5}\n'
    _, failed = rows(command("match", stdin=pairs).stdout)
    assert failed["error"]["message"] == "line 2: b must be a string"
    assert command("match", "--on-error", "stop", stdin=pairs).returncode == 1


def test_match_dedupe(command: Callable[..., Any]) -> None:
    """``match --dedupe`` gives each cluster once, with its members and their scores, and the rows that fail."""
    names = [
        {"id": "a", "name": "Yasser Arafat"}, {"id": "b", "name": "Sharon"}, {"id": "c"},
        {"id": "d", "name": "ערפאת, יאסר"}, {"name": "Sharon"},
    ]  # fmt: skip
    stdin = b"".join(json.dumps(name).encode() + b"\n" for name in names)
    failed, first, second = rows(command("match", "--dedupe", stdin=stdin).stdout)
    assert (failed["id"], failed["members"], failed["error"]["message"]) == ("c", [], "line 3: name must be a string")
    assert (first["id"], first["name"], [member["id"] for member in first["members"]]) == (
        "a",
        "Yasser Arafat",
        ["a", "d"],
    )
    assert first["members"][0]["score"] == 1 > first["members"][1]["score"] >= 0.5
    assert [(member["id"], member["score"]) for member in second["members"]] == [("b", 1), (None, 1)]


def test_normalize_is_the_same_command(command: Callable[..., Any]) -> None:
    """The toolbox has normalize too."""
    (record,) = rows(command("normalize", "--from", "text", stdin=b"a").stdout)
    assert record["schema"] == 1


def test_changed_data_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A data file that is not the one of the manifest, or is not there, is one line and exit code 2."""
    files = {"manifest.toml": {"sha256": "0" * 64}, "no/such.tsv": {"sha256": "0" * 64}}
    monkeypatch.setattr("bidi_news.resources.manifest", lambda: {"data_version": "1.0.0", "files": files})
    assert main(["data", "check"]) == 2
    assert [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()] == list(files)


def test_data_check(command: Callable[..., Any]) -> None:
    """The shipped data is what its manifest says."""
    done = command("data", "check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"data ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "which command?"),
        (["nope"], "there is no command 'nope'"),
        (["--nope"], "--nope"),
        *((([name], f"the command {name} is not built yet")) for name in ("review",)),
        (["dates", "--to", "pretty"], "'pretty'"),
        (["match", "--from", "html"], "'html'"),
        (["data", "mend"], "'mend'"),
    ],
)
def test_usage_errors_are_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command or option is one line that names it, and exit code 2."""
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("bidi-news")
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_help_names_every_command(command: Callable[..., Any]) -> None:
    """The toolbox lists its commands."""
    shown = command("--help").stdout.decode()
    names = ("normalize", "dates", "variants", "match", "evaluate", "train", "outlets", "data")
    assert all(name in shown for name in names)


def test_help_loads_nothing_heavy(command: Callable[..., Any]) -> None:
    """Help and versions come at once: neither the pipeline nor numpy is loaded for them."""
    for arguments in (["--version"], ["normalize", "--help"]):
        loaded = command(*arguments, PYTHONPROFILEIMPORTTIME="1").stderr.decode()
        assert "argparse" in loaded
        assert "numpy" not in loaded.split()
