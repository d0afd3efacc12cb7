"""What large corpora would take, computed from what was measured: the tables of docs/explanation/scale.md.

Run: python tests/benchmarks/scale.py

Nothing here is measured; the figures of MEASURED are, and docs/explanation/performance.md says how.
"""

from __future__ import annotations

from typing import NamedTuple

CORES = 10
"""Of one machine."""
COMMAND = 170
"""Megabytes of memory of the process of the command."""
LOSSES = 1_000
"""Hours after which a rented machine is taken away, on average: an assumption, and a gloomy one."""
ALL_CORES = 0.85
"""What each of many cores does of what one does alone: they share caches and memory, and somebody has to read."""


class Page(NamedTuple):
    """One page on average, as measured."""

    kilobytes: float
    milliseconds: float
    """Of CPU, all processes together."""
    record: float
    """Kilobytes of its record in Parquet, packed with Zstandard."""
    command: float
    """Milliseconds of it that the process of the command needs, which reads and writes."""


class Corpus(NamedTuple):
    """Many pages of one kind."""

    name: str
    pages: float
    page: Page
    megabytes: float
    """Of memory, for each worker."""


TEXT = Page(kilobytes=5.5, milliseconds=0.93, record=4.2, command=0.06)
HTML = Page(kilobytes=92, milliseconds=4.7, record=15.1, command=0.47)
MEASURED = (
    Corpus("a national archive, text", 1e7, TEXT, 145),
    Corpus("a national archive, HTML", 1e7, HTML, 205),
    Corpus("a Common Crawl month, WET", 2.5e9, TEXT, 145),
    Corpus("a Common Crawl month, WARC", 2.5e9, HTML, 205),
)


def short(value: float) -> str:
    """Return a number with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def row(corpus: Corpus) -> list[str]:
    """Return a row of the table."""
    page = corpus.page
    core_hours = corpus.pages * page.milliseconds / 3.6e6 / ALL_CORES
    machine_hours = core_hours / CORES
    return [
        corpus.name,
        f"{corpus.pages:,.0f}",
        f"{short(corpus.pages * page.kilobytes / 1e9)} TB",
        short(core_hours),
        short(machine_hours),
        short(machine_hours / 100),
        f"{(CORES * corpus.megabytes + COMMAND) / 1e3:.1f} GB",
        f"{short(corpus.pages * page.record / 1e9)} TB",
        short(machine_hours / LOSSES),
        f"{page.milliseconds / page.command:.0f}",
    ]


def main() -> None:
    """Print the table."""
    head = [
        *("corpus", "pages", "read, unpacked", "core hours", f"hours of one machine of {CORES} cores"),
        *("of a hundred", "memory of a machine", "written, Parquet", "machines lost", "cores that one command feeds"),
    ]
    rows = [head, ["---", *["---:"] * (len(head) - 1)], *map(row, MEASURED)]
    print("\n".join("| " + " | ".join(cells) + " |" for cells in rows))


if __name__ == "__main__":
    main()
