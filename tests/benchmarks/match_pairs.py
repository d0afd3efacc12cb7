"""How many pairs of names `bidi-news match` compares a second, on one core.

Run: python tests/benchmarks/match_pairs.py [--pairs 100000]

Names are made of the words of data/keys/places.tsv, in three scripts, the same on every machine: once few names that
repeat, once many, once names of two words that hardly repeat. Each figure is the CPU time of the whole command with
one job, without that of its start, which is the same command on one pair.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson

from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants.places import COLUMNS, PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 0
REPEATING = 5_000
"""Names of one word that pairs are drawn from."""
SHORTEST = 3
_COMMAND = (
    "import sys; from bidi_news.cli.main import main; from bidi_news.cli.session import start; "
    "start(lambda: main(sys.argv[1:]))"
)


def words() -> list[str]:
    """Return the words of the names of places, in Latin, Hebrew and Arabic script."""
    rows = parse_tsv(read_text(PLACES), COLUMNS, path=PLACES)
    found = {word for _, row in rows for word in row["names"].replace(";", " ").split() if len(word) >= SHORTEST}
    return sorted(found)


def write_pairs(path: Path, count: int, draw: Callable[[], str]) -> None:
    """Write pairs of drawn names."""
    with path.open("wb") as file:
        for number in range(count):
            file.write(orjson.dumps({"id": f"p{number}", "a": draw(), "b": draw()}) + b"\n")


def seconds(path: Path) -> float:
    """Return the CPU time of the command on a file of pairs."""
    command = [sys.executable, "-c", _COMMAND, "match", "--jobs", "1", str(path)]
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--pairs", type=int, default=100_000)
    count = parser.parse_args().pairs
    generator, known = random.Random(SEED), words()  # noqa: S311  (nothing is secret)
    few = generator.sample(known, REPEATING)
    kinds: dict[str, Callable[[], str]] = {
        f"{REPEATING:,} names of one word": lambda: generator.choice(few),
        f"{len(known):,} names of one word": lambda: generator.choice(known),
        "names of two words, nearly all distinct": lambda: " ".join(generator.choices(known, k=2)),
    }
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        for name, draw in kinds.items():
            path, one = Path(folder, "pairs.jsonl"), Path(folder, "one.jsonl")
            write_pairs(path, count, draw)
            write_pairs(one, 1, draw)
            took = seconds(path) - seconds(one)
            print(f"{name}: {count:,} pairs, {took:.2f} s, {count / took:,.0f} a second")


if __name__ == "__main__":
    main()
