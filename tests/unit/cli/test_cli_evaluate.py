"""``bidi-news evaluate``: figures of labelled pages, as rows and as tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = "#url\thttps://example.org/1\nchrome:nav\tHome\n\t\ntimestamp\tפרסום ראשון: 06.23.15, 21:05\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder of two labelled pages."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "stamp-01.tsv").write_text(PAGE, "utf-8")
    (folder / "menu-01.tsv").write_text("chrome\tHome\nchrome\tNews\n", "utf-8")
    return folder


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, str, str]:
    """Run the command and return its exit code, output and messages."""
    code = main(["evaluate", *map(str, arguments)])
    captured = capsysbinary.readouterr()
    return code, captured.out.decode(), captured.err.decode()


def test_rows(gold: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Off a terminal, a row for all pages, one for each label and one for each outlet; shares are not over 1."""
    code, out, err = run(capsysbinary, gold)
    rows: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(row["by"], row["name"]) for row in rows if row["by"] != "label"] == [
        ("all", None),
        ("outlet", "example.org"),
        ("outlet", "unknown"),
    ]
    assert {row["name"]: row["support"] for row in rows if row["by"] == "label" and row["support"]} == {
        "timestamp": 1,
        "chrome": 3,
    }
    assert (rows[0]["pages"], rows[0]["failed"], rows[0]["lines"]) == (2, 0, 4)
    assert sum(rows[0]["modified"].values()) == 2
    assert 0 <= rows[0]["macro_f1"] <= 1


@pytest.mark.parametrize(("group", "names"), [("layout", ["menu", "stamp"]), ("page", ["menu-01.tsv", "stamp-01.tsv"])])
def test_by(gold: Path, group: str, names: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """--by gives rows of one kind beside the one for all pages."""
    _, out, _ = run(capsysbinary, gold, "--by", group)
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["by"] for row in rows] == ["all", group, group]
    assert [row["name"].rsplit("/")[-1] for row in rows[1:]] == names


def test_table(gold: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The table has the same figures, in a file when asked."""
    code, out, _ = run(capsysbinary, gold, "--to", "table", "-o", tmp_path / "figures.txt")
    lines = (tmp_path / "figures.txt").read_text("utf-8").splitlines()
    assert (code, out) == (0, "")
    assert lines[1].split()[:4] == ["all", "2", "0", "4"]
    assert any(line.startswith("timestamp") for line in lines)
    assert any(line.startswith("example.org") for line in lines)


def test_a_malformed_page_is_told_and_the_rest_goes_on(gold: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """One line names the file and the line; the figures are those of the other pages, and all is well."""
    (gold / "bad-01.tsv").write_text("headline\tA\nheadlin\tB\n", "utf-8")
    code, out, err = run(capsysbinary, gold, "--by", "page")
    assert code == 0
    assert err.startswith(f"bidi-news evaluate: {gold / 'bad-01.tsv'}, line 2: ")
    assert err.count("\n") == 1
    assert json.loads(out.splitlines()[0])["pages"] == 2


def test_nothing_to_evaluate_is_an_error(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Where no page can be used, or a source is missing, the exit code is 2 and no figure is printed."""
    (tmp_path / "bad-01.tsv").write_text("headlin\tB\n", "utf-8")
    code, out, err = run(capsysbinary, tmp_path)
    assert (code, out) == (2, "")
    assert err.endswith("the sources hold no labelled page that can be used\n")
    code, out, err = run(capsysbinary, tmp_path / "gone.tsv")
    assert (code, out, err.count("\n")) == (2, "", 2)


def test_a_missing_source_does_not_stop_the_others(gold: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The other pages are evaluated, and the exit code tells."""
    code, out, err = run(capsysbinary, gold, gold / "gone.tsv")
    assert code == 2
    assert "gone.tsv: no such file" in err
    assert json.loads(out.splitlines()[0])["pages"] == 2


def test_standard_input_and_workers(command: Callable[..., Any]) -> None:
    """Rows come in through a pipe too; the figures are the same with any number of workers."""
    row = {"text": "Home\nA first paragraph, with a stop.", "gold_body": "A first paragraph, with a stop."}
    rows = "".join(json.dumps({**row, "id": i}) + "\n" for i in range(3)).encode()
    first, second = (command("evaluate", "-", "--jobs", jobs, stdin=rows) for jobs in ("1", "2"))
    assert first.returncode == 0
    assert json.loads(first.stdout.splitlines()[0])["pages"] == 3
    assert first.stdout == second.stdout
