"""A million pages through the local engine: pages per second and memory of each process, over time.

Run: python tests/benchmarks/million.py [--pages 1000000] [--jobs 2] [--folder .]

Writes the generated pages to a file of the folder first (5.5 GB) and removes it at the end. The records are counted
and thrown away. Prints a row of a table each time another twentieth of the pages is done. Linux only: memory is read
under /proc.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import orjson

pages = import_module("generate_pages").pages
CHUNK = 1 << 20
HEAD = """\
| pages | seconds | pages/s since the last row | MB of the parent | most MB of a worker |
|---|---|---|---|---|"""


def memory(process: int) -> float:
    """Return the megabytes that a process holds now, shared ones included; 0 if it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def workers(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def measure(path: Path, count: int, jobs: int) -> int:
    """Run the command, print the table, and return the number of records."""
    print(HEAD)
    command = [sys.executable, "-m", "bidi_news", "normalize", "--jobs", str(jobs), "--to", "jsonl", str(path)]
    began = last = time.monotonic()
    done = told = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while chunk := process.stdout.read(CHUNK):
            done += chunk.count(b"\n")
            if done - told >= count / 20:
                now = time.monotonic()
                most = max(map(memory, workers(process.pid)), default=0.0)
                row = (done, now - began, (done - told) / (now - last), memory(process.pid), most)
                print("| {:,} | {:.0f} | {:.0f} | {:.0f} | {:.0f} |".format(*row), flush=True)
                told, last = done, now
    if process.returncode:
        sys.exit(f"exit code {process.returncode}")
    speed, usage = done / (time.monotonic() - began), getrusage(RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime
    print(f"\n{done:,} records of {count:,} pages, {speed:.0f} pages/s, {1e3 * cpu / done:.2f} ms of CPU for each")
    return done


def main() -> None:
    """Generate, measure, and see that nothing is lost."""
    parser = argparse.ArgumentParser(description="A million pages through the local engine.")
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", default=".", help="where there is room for the pages (default: here)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = Path(folder, "pages.jsonl")
        with path.open("wb") as file:
            file.writelines(orjson.dumps(row) + b"\n" for row in pages(given.pages, 5000))
        if measure(path, given.pages, given.jobs) != given.pages:
            sys.exit("pages are lost or doubled")


if __name__ == "__main__":
    main()
