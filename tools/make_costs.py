"""Learn data/keys/costs.tsv from pairs of spellings of one name.

Each table of pairs is aligned by the cheapest way, the steps are counted, and the cost of a step becomes the negative
logarithm of its share among the steps of its sounds; a few rounds settle it. Run:

    python tools/make_costs.py Hebr-Latn=he.tsv Arab-Latn=ar.tsv Latn-Latn=latin.tsv > data/keys/costs.tsv

Each file has two spellings a line, tab-separated, the Latin one first, further columns not read (plain or gzip).
Hebr-Arab is learned from names that two files share the Latin spelling of.
"""

from __future__ import annotations

import gzip
import itertools
import math
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from bidi_news.variants import keys

ROUNDS = 5
MOST_PAIRS = 8000
SCALE = 3.0
SUBSTITUTION_CAP, GAP_CAP = 2.5, 1.5
CLASSES = (
    "qkKXQHh%", "gGjJ", "kqgGQ", "Zzs$Jx", "csS$ZC", "ZzsTD", "S$XC", "S$s", "jJCyY", "wvbBWuo", "fPp", "dDtT",
    "iyY3e&^", "aeiou&A*E@3W^", "@%",
)  # fmt: skip
VOWELS = frozenset("aeiou3")
WEAK = frozenset("AYyW*E@h^")
SILENT = frozenset("%&")
PRIOR_WEIGHT = {
    "Hebr-Latn": 200.0,
    "Arab-Latn": 300.0,
    "Latn-Latn": 300.0,
    "Hebr-Arab": 80.0,
    "Hebr-Hebr": 9e4,
    "Arab-Arab": 9e4,
}
SAME, CLOSE, FAR = 0.6, 0.4, 0.0005
GAP = {"silent": 0.7, "vowel": 0.2, "weak": 0.25, "firm": 0.01}

Pairs = list[tuple[str, str]]
Costs = dict[str, float]


def read_pairs(path: str) -> Pairs:
    """Read the first two columns."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
    return [(fields[0], fields[1]) for fields in (line.split("\t") for line in text.splitlines()) if len(fields) > 1]


def first_costs(pairs: Pairs) -> Costs:
    """Return costs to begin with: free for a sound itself, cheap within a class, cheap to leave out a vowel."""
    left, right = ({sound for pair in pairs for sound in pair[side]} for side in (0, 1))
    costs = {
        a + b: 0.0 if a == b else 0.4 for a in left for b in right if a == b or any({a, b} <= {*c} for c in CLASSES)
    }
    costs |= {a + "-": 0.3 if a in VOWELS | SILENT else 0.8 for a in left}
    return costs | {"-" + b: 0.3 if b in VOWELS | SILENT else 0.8 for b in right}


def prior(a: str, b: str) -> float:
    """Return the share that a step is believed to have before any pair is seen: the rules of romanization."""
    if not a or not b:
        sound = a or b
        if sound in SILENT:
            return GAP["silent"]
        return GAP["vowel" if sound in VOWELS else "weak" if sound in WEAK else "firm"]
    if a == b:
        return SAME
    return CLOSE if any(a in c and b in c for c in CLASSES) else FAR


def learn(pairs: Pairs, weight: float) -> Costs:
    """Return the costs that explain the pairs best; ``weight`` is how many steps the rules count for."""
    costs = first_costs(pairs)
    sounds = [{sound for pair in pairs for sound in pair[side]} | {""} for side in (0, 1)]
    for _ in range(ROUNDS):
        steps: Counter[tuple[str, str]] = Counter()
        for a, b in pairs:
            likeness, way = keys._align(a, b, costs)  # noqa: SLF001  (the same alignment as the matcher's)
            if likeness > 0.3:  # what does not align at all is no pair of spellings
                steps.update((step.left, step.right) for step in way)
        left: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for (a, b), count in steps.items():
            left[a] += count
            right[b] += count
        costs = {}
        for a, b in itertools.product(*sounds):
            if a or b:
                among = math.sqrt(left[a] * right[b]) if a and b else left[a] if a else right[b]
                share = (steps[a, b] + weight * prior(a, b)) / (among + weight)
                cost = round(-math.log(min(share, 1)) / SCALE, 2)
                if cost < (SUBSTITUTION_CAP if a and b else GAP_CAP):
                    costs[(a or "-") + (b or "-")] = max(cost, 0.0)
    return costs


def sound_pairs(pairs: Pairs) -> Pairs:
    """Return the keys of the pairs."""
    return [(keys._sounds(a).keys[0], keys._sounds(b).keys[0]) for a, b in pairs]  # noqa: SLF001


def main() -> None:
    """Learn one table for each pair of scripts and print them."""
    named = {name: read_pairs(path) for name, _, path in (argument.partition("=") for argument in sys.argv[1:])}
    other = {name: [(b, a) for a, b in pairs] for name, pairs in named.items() if name != "Latn-Latn"}
    by_latin = defaultdict(list)
    for arabic, latin in other["Arab-Latn"]:
        by_latin[latin].append(arabic)
    other["Hebr-Arab"] = [(hebrew, arabic) for hebrew, latin in other["Hebr-Latn"] for arabic in by_latin[latin]]
    for name in (
        "Hebr",
        "Arab",
    ):  # no spellings of one name in these scripts: the rules alone, and every name its own spelling
        other[f"{name}-{name}"] = [(spelling, spelling) for spelling, _ in other[f"{name}-Latn"]]
    other["Latn-Latn"] = named["Latn-Latn"] + [(b, a) for a, b in named["Latn-Latn"]]
    print("# Cost of each replacement of a sound, or of leaving it out (-), by pair of scripts. Source: names of")
    print(
        "# persons in Wikidata (CC0-1.0), aligned by tools/make_costs.py. A step that is not listed costs 2.5, or 1.5"
    )
    print("# to leave out.")
    print("scripts\tleft\tright\tcost")
    for name, pairs in sorted(other.items()):
        random.Random(1).shuffle(pairs)  # noqa: S311  (a sample, not a secret)
        for step, cost in sorted(learn(sound_pairs(pairs[:MOST_PAIRS]), PRIOR_WEIGHT[name]).items()):
            print(name, step[0], step[1], cost, sep="\t")


if __name__ == "__main__":
    main()
