"""What a second worker process gains: pages per second by the clock, and CPU time, with one job and with more.

Run: python tests/benchmarks/jobs.py [--pages 20000] [--jobs 1 2] [--rounds 3] [FILE]

The clock counts here, so the machine must have as many idle cores as the largest number of jobs. The numbers of jobs
take turns; a row is the median of its rounds, and its ratio the median of those within each round. Without a file of
JSON Lines, the pages are those of generate_pages.py, written to the folder of temporary files first.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import median

pages, measure = import_module("generate_pages").pages, import_module("measure")

HEAD = """\
| jobs | wall s | pages/s | CPU s | CPU ms a page | times as fast |
| ---: | ---: | ---: | ---: | ---: | ---: |"""


def compare(path: Path, jobs: list[int], rounds: int) -> None:
    """Print a row for each number of jobs."""
    with path.open("rb") as file:
        count = sum(1 for _ in file)
    costs = [[measure.cost(path, "--jobs", str(number)) for number in jobs] for _ in range(rounds)]
    load = os.getloadavg()[0]
    print(HEAD)
    for place, number in enumerate(jobs):
        wall, cpu = (median(getattr(own[place], name) for own in costs) for name in ("wall", "cpu"))
        ratio = median(own[0].wall / own[place].wall for own in costs)
        cells = (f"{wall:.1f}", f"{count / wall:,.0f}", f"{cpu:.1f}", f"{1e3 * cpu / count:.3g}", f"{ratio:.2f}")
        print(f"| {number} | {' | '.join(cells)} |")
    print(f"\n{count:,} pages, {os.cpu_count()} cores; {load:.1f} processes ran on average in the last minute")


def main() -> None:
    """Write the pages, if need be, and measure."""
    parser = argparse.ArgumentParser(description="What a second worker process gains.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="pages (default: generated ones)")
    parser.add_argument("--pages", type=int, default=20_000, help="generated pages (default: %(default)s)")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="numbers of jobs (default: 1 2)")
    parser.add_argument("--rounds", type=int, default=3, help="runs with each (default: %(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder, "pages.jsonl")
        if given.file is None:
            measure.write_rows(path, pages(given.pages, 5_000))
        compare(path, given.jobs, given.rounds)


if __name__ == "__main__":
    main()
