"""How the cost of `normalize` grows: with the number of pages, with their size, and with the spellings of a lexicon.

Run: python tests/benchmarks/growth.py [--most 100000] [--json growth.json]
     python tests/benchmarks/plot.py growth.json growth.svg          (in an environment that has matplotlib)

Each figure is the CPU time of the whole command with one job, start-up and loading included; where cost is linear, the
last column tends to a constant. The pages are those of generate_pages.py and come through a named pipe as they are
made, so that a million of them need no disk. The spellings are nonsense in Latin letters.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pages, measure = import_module("generate_pages").pages, import_module("measure")

PAGES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
SIZES = {1_000: 10_000, 10_000: 2_000, 100_000: 200, 1_000_000: 20, 10_000_000: 2}
FORMS = (10, 100, 1_000, 10_000, 50_000)
FORM_PAGES = 1_000
LEXEME_FORMS = 10

Point = dict[str, float]


class Streamed(NamedTuple):
    """A run on generated pages."""

    seconds: float
    """Of CPU."""
    megabytes: float
    """Of JSON Lines."""


def streamed(count: int, size: int, *options: str) -> Streamed:
    """Measure the command with one job on pages that are made as it reads them: none is kept, here or on disk."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        pipe = Path(folder, "pages.jsonl")
        os.mkfifo(pipe)
        written = pool.submit(measure.write_rows, pipe, pages(count, size))
        cpu = measure.cost(pipe, "--jobs", "1", *options).cpu
        return Streamed(cpu, written.result() / 1e6)


def words() -> Iterator[str]:
    """Give words that no language has."""
    syllables = [first + second for first, second in product("bdfgklmnprstvz", "aeiou")]
    for parts in product(syllables, repeat=4):
        yield "xq" + "".join(parts)


def write_lexicon(folder: str, forms: int) -> list[str]:
    """Write a lexicon of so many spellings, and return its tables."""
    own = list(islice(words(), forms + forms // LEXEME_FORMS))
    lexemes = ["lexeme\tfamily\tkind\tlatin\tarticle\tplural\thebrew\tarabic\tcues\tblocks\tsource\tlicence"]
    spellings = ["lexeme\tscript\tstatus\tforms\tsource\tlicence"]
    for place in range(0, len(own), LEXEME_FORMS + 1):
        canonical, *others = own[place : place + LEXEME_FORMS + 1]
        lexemes.append(f"{canonical}\t{canonical}\tterm\t{canonical}\t\t\t\t\t\t\tmade for measuring\tMIT")
        spellings.append(f"{canonical}\tLatn\tsafe\t{';'.join(others)}\tmade for measuring\tMIT")
    tables = {"lexemes.tsv": lexemes, "forms.tsv": spellings}
    for name, rows in tables.items():
        Path(folder, name).write_text("\n".join(rows) + "\n", "utf-8")
    return [str(Path(folder, name)) for name in tables]


def by_pages(most: int) -> list[Point]:
    """Measure more and more pages of 5 KB."""
    points: list[Point] = []
    for count in (count for count in PAGES if count <= most):
        seconds = streamed(count, 5_000).seconds
        points.append({"pages": count, "CPU s": seconds, "CPU ms a page": 1e3 * seconds / count})
    return points


def by_size() -> list[Point]:
    """Measure larger and larger pages."""
    points: list[Point] = []
    for size, count in SIZES.items():
        seconds, megabytes = streamed(count, size)
        points.append(
            {"KB": 1e3 * megabytes / count, "pages": count, "CPU s": seconds, "CPU ms a MB": 1e3 * seconds / megabytes}
        )
    return points


def by_forms() -> list[Point]:
    """Measure larger and larger lexica; what one page takes with each is its loading."""
    points: list[Point] = []
    for forms in FORMS:
        with tempfile.TemporaryDirectory() as folder:
            options = [part for table in write_lexicon(folder, forms) for part in ("--lexicon", table)]
            loading, all_of_it = (streamed(count, 5_000, *options).seconds for count in (1, FORM_PAGES))
        each = 1e3 * (all_of_it - loading) / FORM_PAGES
        points.append({"own spellings": forms, "CPU s of loading": loading, "CPU ms a page, loaded": each})
    return points


def table(points: Sequence[Point]) -> str:
    """Return points as a table."""
    rows = [[f"{value:,.0f}" if value >= 100 else f"{value:,.3g}" for value in point.values()] for point in points]
    return "\n".join("| " + " | ".join(row) + " |" for row in [list(points[0]), ["---:"] * len(points[0]), *rows])


def main() -> None:
    """Measure all three, and print them."""
    parser = argparse.ArgumentParser(description="How the cost of normalize grows.")
    parser.add_argument("--most", type=int, default=100_000, help="pages at most, up to 1000000 (default: %(default)s)")
    parser.add_argument("--json", metavar="FILE", help="also write the points, to be drawn by plot.py")
    given = parser.parse_args()
    curves = {"pages": by_pages(given.most), "size": by_size(), "spellings": by_forms()}
    for points in curves.values():
        print(table(points), end="\n\n")
    if given.json:
        Path(given.json).write_bytes(orjson.dumps(curves))


if __name__ == "__main__":
    main()
