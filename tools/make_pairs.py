"""Write data/encodings/hebrew-pairs.tsv: how often each two letters stand side by side in Hebrew words.

Counted on every second labelled page of data/gold/pages, in the order of their names; the others are left for
tools/decode_table.py, which measures what the counts are used for. Points are left out; a hyphen stands for the edge
of a word.

Run: python tools/make_pairs.py > data/encodings/hebrew-pairs.tsv
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "data" / "gold" / "pages"
POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
WORD = re.compile("[\u05d0-\u05ea]+")
EDGE = "-"


def main() -> None:
    """Print one row for each pair that occurs."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(PAGES.glob("*.tsv"))[::2]:
        for word in WORD.findall(POINTS.sub("", path.read_text("utf-8"))):
            counts.update(pairwise(f"{EDGE}{word}{EDGE}"))
    print(
        "# How often two letters stand side by side in Hebrew words, a hyphen for the edge of a word: counted on every"
    )
    print("# second page of data/gold/pages, by tools/make_pairs.py.")
    print("first\tsecond\tcount")
    for (first, second), count in sorted(counts.items()):
        print(f"{first}\t{second}\t{count}")


if __name__ == "__main__":
    main()
