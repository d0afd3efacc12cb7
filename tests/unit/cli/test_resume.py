"""An interrupted run is gone on with: every page has one record, whenever and however the run was ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.normalize import main

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 600
ARGUMENTS = [sys.executable, "-m", "bidi_news", "normalize", "--resume", "--jobs", "2"]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a file of pages, some of which fail."""
    path = tmp_path / "pages.jsonl"
    text = "כותרת\n\n" + "פסקה של טקסט, and some English.\n" * 200
    rows = [{"id": number, "text": f"{number} {text}" if number % 7 else 5} for number in range(PAGES)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def run(*arguments: object) -> int:
    """Run the command with --resume in this process."""
    return main(["--resume", "--jobs", "1", *map(str, arguments)])


def files(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_and_gone_on_with(pages: Path, tmp_path: Path, end: signal.Signals) -> None:
    """However the run is ended, the output is in the end that of a run that was not."""
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    assert main([str(pages), "--jobs", "1", "-o", str(whole)]) == 0
    unfinished = tmp_path / ".out.jsonl.unfinished"
    with subprocess.Popen([*ARGUMENTS, str(pages), "-o", str(out)], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (unfinished.exists() and unfinished.stat().st_size):
            time.sleep(0.01)
        process.send_signal(end)
    assert not out.exists()
    os.truncate(unfinished, unfinished.stat().st_size - 3)  # as a full disk would leave it
    assert run(pages, "-o", out) == 0
    assert out.read_bytes() == whole.read_bytes()
    assert files(tmp_path) == ["out.jsonl", "pages.jsonl", "whole.jsonl"]


def test_what_is_complete_stays(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that was not interrupted is done once: the next one says so, with exit code 0."""
    out = tmp_path / "out.jsonl"
    assert run(pages, "-o", out) == 0
    made = out.stat().st_mtime_ns
    capsys.readouterr()
    assert run(pages, "-o", out) == 0
    assert capsys.readouterr().err == f"normalize: output {out} is complete\n"
    assert out.stat().st_mtime_ns == made


def unfinished_run(pages: Path, out: Path, *options: str) -> None:
    """Leave the output of a run that stopped at its first bad page."""
    assert run("--on-error", "stop", *options, pages, "-o", out) == 1


@pytest.mark.parametrize("change", ["options", "inputs", "size"])
def test_another_run_is_refused(pages: Path, tmp_path: Path, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An output is not gone on with by other options, from other inputs, or from an input that has grown."""
    out = tmp_path / "out.jsonl"
    unfinished_run(pages, out)
    arguments: list[Any] = [pages]
    if change == "options":
        arguments += ["--style", "ap"]
    elif change == "inputs":
        arguments.append(pages)
    else:
        pages.write_bytes(pages.read_bytes() + b"\n")
    assert run(*arguments, "-o", out) == 2
    what = {"options": "style", "inputs": "inputs", "size": "sizes"}[change]
    assert f"the interrupted run of {out} had other {what}; " in capsys.readouterr().err
    assert not out.exists()


def test_earlier_failures_count(pages: Path, tmp_path: Path) -> None:
    """--strict minds the error records of the interrupted run, too."""
    rows = pages.read_text("utf-8").split("\n")
    pages.write_text("\n".join([rows[0], *rows[1:3]]), "utf-8")
    out = tmp_path / "out.jsonl"
    assert main([str(pages), "--jobs", "1", "-o", str(tmp_path / "whole")]) == 0
    unfinished_run(pages, out)
    (tmp_path / ".out.jsonl.unfinished").write_bytes((tmp_path / "whole").read_bytes())
    assert run("--strict", pages, "-o", out) == 1
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()


def test_only_what_is_in_order_can_be_gone_on_with(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Records in any order do not tell which pages are done: that is said before anything is."""
    assert run("--unordered", pages, "-o", tmp_path / "out.jsonl") == 2
    assert capsys.readouterr().err.endswith("must be in the order of the pages: leave out --unordered\n")
    assert files(tmp_path) == ["pages.jsonl"]
