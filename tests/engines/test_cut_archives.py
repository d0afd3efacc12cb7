"""Archives that are cut anywhere give every whole page before the cut, and say that they are cut."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "cut_archives.py"


def test_cut_archives(tmp_path: Path) -> None:
    """Of WET archives cut at random bytes, packed or not, nothing is lost, doubled or half read; the cut is told."""
    for package in ("fastwarc", "zstandard"):
        pytest.importorskip(package, reason=f"the archives need {package}, of the extras warc and zstd")
    command = [sys.executable, str(SCRIPT), "--size", "300K", "--cuts", "12", "--whole", "0", "--commands", "1"]
    done = subprocess.run([*command, "--folder", str(tmp_path)], capture_output=True, text=True, check=False)
    rows = [line for line in done.stdout.splitlines() if line.startswith("| pages.wet")]
    assert len(rows) == 3 * 12
    assert all("| yes |" in row for row in rows), done.stdout
    assert done.returncode == 0, done.stderr
