"""``bidi-news discover`` and ``bidi-news apply``: from a corpus to a lexicon of one's own, under review."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LINES = ("Men of Hezbollaah left.", "Its Hezbollaah chief came.", "So Hezbollaah said.", "Hamas was silent.")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of a few rows, one of which cannot be read."""
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(_LINES)) + "{\n")
    return path


def test_proposals_as_rows(command: Callable[..., Any], corpus: Path) -> None:
    """A proposal says what it proposes, how often and where; a page that failed is left out and told."""
    done = command("discover", corpus)
    assert done.returncode == 0
    assert b"1 page failed" in done.stderr
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["kind"], row["lexeme"], row["canonical"]) == ("variant", "hezbollah", "Hezbollah")
    (spelling,) = row["spellings"]
    assert (spelling["form"], spelling["count"], spelling["pages"]) == ("Hezbollaah", 3, 3)
    for context in spelling["contexts"]:
        assert _LINES[context["id"]][context["start"] : context["end"]] == "Hezbollaah"


def test_table(command: Callable[..., Any], corpus: Path) -> None:
    """A person gets a table with a place of each spelling."""
    head, line = command("discover", "--to", "table", corpus).stdout.decode().splitlines()
    assert head.split() == ["kind", "lexeme", "canonical", "form", "place", "count", "pages", "score"]
    assert "Men of [Hezbollaah] left." in line


def test_from_proposals_to_a_lexicon(command: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    """Drafts are undecided; once accepted they are not proposed again, and become a table of spellings."""
    drafts, folder = tmp_path / "decisions.tsv", tmp_path / "mine"
    assert command("discover", corpus, "--to", "decisions", "-o", drafts).returncode == 0
    assert command("apply", drafts, "-o", folder).returncode == 2
    drafts.write_text(
        "".join("accept" + x if x.startswith("\t") else x for x in drafts.read_text().splitlines(keepends=True))
    )
    assert command("discover", corpus, "--decisions", drafts).stdout == b""
    done = command("apply", drafts, "-o", folder)
    assert done.returncode == 0
    assert b"1 accepted, 0 rejected" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["forms.tsv"]
    assert "hezbollah\tLatn\tname\tHezbollaah\t" in (folder / "forms.tsv").read_text()
    assert command("apply", drafts, "-o", folder).returncode == 2  # there is one already
    own = ("--lexicon", folder / "forms.tsv")
    done = command("variants", *own, "--from", "text", stdin=_LINES[0].encode())
    assert json.loads(done.stdout)["text"] == "Men of Hezbollah left."
    assert command("discover", corpus, *own).stdout == b""


def test_it_says_when_names_had_to_make_room(command: Callable[..., Any], tmp_path: Path) -> None:
    """A corpus with more names than fit is worked on, and a line says what that means."""
    corpus = tmp_path / "many.txt"
    corpus.write_text("\n".join(f"then Nam{chr(97 + n % 26)}{chr(97 + n // 26)}k came" for n in range(600)))
    done = command("discover", "--most-names", 10, corpus)
    assert done.returncode == 0
    assert b"--most-names" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["discover", "--decisions", "no-such-file"],
        ["discover", "--least-score", "7"],
        ["apply", "x"],
        ["discover", "no-such"],
    ],
)
def test_wrong_usage(command: Callable[..., Any], arguments: list[str]) -> None:
    """What cannot be is one line and exit code 2."""
    done = command(*arguments)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
