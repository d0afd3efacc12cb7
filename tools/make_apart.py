"""Write data/keys/apart.tsv: names of one Arabic root that sound alike and are others, as Rashid and Rashad.

Sources are two tables of names of persons in Wikidata (CC0-1.0), tab-separated, plain or gzip: Latin spelling (lower
case), Hebrew or Arabic spelling, how many persons have both. A name is an Arabic spelling of three consonants with long
vowels between them, which fewer letters stand for than the Latin spelling has vowels: the pattern of an Arabic noun.
Latin spellings go with it that twice as many persons write so as in any other way, then the Hebrew ones that go with
those and have a letter for a vowel. Names of one root are told apart; a root of one name is left out. Run:

    python -m tools.make_apart he.tsv.gz ar.tsv.gz && python tools/manifest.py
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.apart import APART, COLUMNS
from tools.make_names import read_aligned

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parent.parent / "data"
FEWEST = 3
"""Persons that a spelling needs."""
CONSONANT = "[بتثجحخدذرزسشصضطظعغفقكلمن]"
PATTERN = re.compile(f"({CONSONANT})[اوي]?({CONSONANT})[اوي]?({CONSONANT})")
VOWELS = re.compile("[aeiouy]+")


def root(latin: str, arabic: str) -> str:
    """Return the consonants of an Arabic spelling, or nothing if it is not that of an Arabic noun."""
    match = PATTERN.fullmatch(arabic)
    long_vowels = len(arabic) - len("".join(match.groups())) if match else 0
    return "".join(match.groups()) if match and long_vowels < len(VOWELS.findall(latin)) else ""


def usual(path: str) -> Iterator[tuple[str, str]]:
    """Give the Latin spellings of a table with the one that they mostly stand for, all folded."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for latin, spellings in read_aligned(path).items():
        for (count, _), folded in zip(spellings, fold_names([other for _, other in spellings]), strict=True):
            counts[fold_names([latin])[0]][folded] += count
    for latin, found in counts.items():
        (other, most), *less = found.most_common(2)
        if most >= FEWEST and all(most >= 2 * count for _, count in less):
            yield latin, other


def names(hebrew: str, arabic: str) -> dict[str, dict[str, set[str]]]:
    """Return all spellings of names, by root and Arabic spelling."""
    roots: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    written = dict(usual(hebrew))
    for latin, spelling in usual(arabic):
        if found := root(latin, spelling):
            hebrew_spelling = written.get(latin, "")
            roots[found][spelling] |= {latin, spelling}
            if len(hebrew_spelling) > len(found):  # else no vowel is written, and it may be another name of the root
                roots[found][spelling].add(hebrew_spelling)
    return {key: own for key, own in sorted(roots.items()) if len(own) > 1}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("hebrew")
    parser.add_argument("arabic")
    arguments = parser.parse_args()
    lines = [
        "# Names of one root that are others. Written by tools/make_apart.py; change that, not this.",
        "\t".join(COLUMNS),
    ]
    for key, own in names(arguments.hebrew, arguments.arabic).items():
        shared = Counter(spelling for spellings in own.values() for spelling in spellings)
        for _, spellings in sorted(own.items()):
            telling = sorted(spelling for spelling in spellings if shared[spelling] == 1)
            lines.append("\t".join((key, ";".join(telling), "wikidata", "CC0-1.0")))
    (DATA / APART).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 2} names")


if __name__ == "__main__":
    main()
