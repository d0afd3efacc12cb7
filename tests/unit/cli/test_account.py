"""What a run says of itself: on a terminal a bar and a line, off it nothing; a report in a file, if asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Any

import pytest

from bidi_news.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a file of pages, one of which fails."""
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps({"id": number, "text": "Home" if number else 5}) + "\n" for number in range(9)))
    return path


def run(*arguments: object) -> int:
    """Run ``normalize`` in this process."""
    return main(["normalize", "--jobs", "2", *map(str, arguments)])


def test_report(pages: Path, tmp_path: Path) -> None:
    """The report counts pages, errors by their codes and bytes, and names what made the records."""
    report = tmp_path / "report.json"
    assert run(pages, "-o", tmp_path / "out", "--report", report) == 0
    found: dict[str, Any] = json.loads(report.read_bytes())
    assert found.pop("seconds") > 0
    assert found.pop("peak_memory")["worker"] == 0  # nine pages need none
    assert found.pop("versions").keys() == {"bidi_news", "data", "python"}
    assert found == {
        "pages": 9,
        "errors": {"wrong_type": 1},
        "bytes": pages.stat().st_size,
        "jobs": 2,
        "workers_lost": {"died": 0, "slow": 0},
    }


def test_report_of_workers(pages: Path, tmp_path: Path) -> None:
    """Where there are workers, the report says how much memory one of them held."""
    report = tmp_path / "report.json"
    assert run(pages, "-o", tmp_path / "out", "--report", report, "--limit", "page_seconds=60") == 0
    assert json.loads(report.read_bytes())["peak_memory"]["worker"] > 1 << 20


def test_a_pipe_has_no_size(pages: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    """Of what comes through a pipe the bytes are not known, and null."""
    report = tmp_path / "report.json"
    assert command("normalize", "--report", report, stdin=pages.read_bytes()).stderr.count(b"\n") == 1
    assert json.loads(report.read_bytes())["bytes"] is None


@pytest.mark.parametrize("report", ["pages.jsonl", "out", "there"])
def test_report_over_something(
    report: str, pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is written over no input, not over the output and over no other file; that is said before the run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").write_text("precious")
    assert run("pages.jsonl", "-o", "out", "--report", report) == 2
    assert report in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == [pages.name, "there"]
    assert (tmp_path / "there").read_text() == "precious"


def test_no_report_of_a_run_that_failed(pages: Path, tmp_path: Path) -> None:
    """A run that was stopped leaves no report."""
    assert run(pages, "-o", tmp_path / "out", "--on-error", "stop", "--report", tmp_path / "report.json") == 1
    assert list(tmp_path.iterdir()) == [pages]


def on_terminal(*command: str, stdin: IO[bytes] | None = None) -> str:
    """Return what a command writes to a standard error that is a terminal."""
    pty = pytest.importorskip("pty", reason="the system has no terminals that a program can make")
    termios = pytest.importorskip("termios", reason="the same")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 100))
    said = b""
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=theirs):
        os.close(theirs)
        while True:
            try:
                said += os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
    os.close(ours)
    return said.decode()


def test_terminal(pages: Path) -> None:
    """On a terminal the run ends with a line that sums it up; the bar before it is wiped away."""
    pytest.importorskip("tqdm", reason="the extra progress is not installed")
    said = on_terminal(sys.executable, "-m", "bidi_news", "normalize", "--to", "jsonl", str(pages))
    assert "0%|" in said  # a run as short as this one may end before the bar is drawn again
    lines = [line.rpartition("\r")[2] for line in said.replace("\r\n", "\n").splitlines()]
    assert lines[-2].startswith("bidi-news normalize: 9 pages in ")
    assert lines[-2].endswith("), 1 error")
    assert lines[-1].endswith("1 of 9 pages failed; their records say why")


def test_terminal_and_a_pipe(pages: Path) -> None:
    """What comes through a pipe has no end that the bar could know: it counts pages."""
    pytest.importorskip("tqdm", reason="the extra progress is not installed")
    with subprocess.Popen(["cat", pages], stdout=subprocess.PIPE) as pipe:
        said = on_terminal(sys.executable, "-m", "bidi_news", "normalize", "--to", "jsonl", stdin=pipe.stdout)
    assert " pages" in said.partition("bidi-news")[0]
    assert "%" not in said


def test_terminal_without_the_extra(pages: Path) -> None:
    """Without the extra there is no bar, and no word about it."""
    hidden = "import sys; sys.modules['tqdm'] = None; from bidi_news.cli.normalize import run; run()"
    said = on_terminal(sys.executable, "-c", hidden, "--to", "jsonl", str(pages))
    assert said.count("\n") == 2
    assert "%" not in said
