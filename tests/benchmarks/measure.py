"""What a run of `normalize` costs: the program measured as its users run it, a whole process and its workers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any


class Cost(NamedTuple):
    """What a run has taken."""

    cpu: float
    """CPU seconds of all its processes."""
    wall: float
    """Seconds by the clock."""


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write rows as JSON Lines to a file or a named pipe, one by one, and return the number of bytes."""
    with path.open("wb") as file:
        return sum(file.write(orjson.dumps(row) + b"\n") for row in rows)


def cost(path: Path, *options: str) -> Cost:
    """Return what the command takes for a source, whose records are thrown away."""
    command = [sys.executable, "-m", "bidi_news", "normalize", "--to", "jsonl", *options, str(path)]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)  # its workers, which it has waited for, are counted with it
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall)
