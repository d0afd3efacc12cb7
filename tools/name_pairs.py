"""Pairs of names to learn from: spellings of one name, and names that only look alike.

Sources are three tables of names in Wikidata (CC0-1.0), tab-separated, plain or gzip: Latin and Hebrew spelling, Latin
and Arabic spelling, two Latin spellings; further columns are not read. An entity is a Latin spelling; its Hebrew and
Arabic ones are joined to it. See tools/train_names.py.
"""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bidi_news.variants.alphabet import fold_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KINDS = ("LL", "HL", "AL", "HH", "HA", "AA")
"""Pairs of scripts, in the order of bidi_news.variants.likeness.SCRIPT_PAIRS."""
HELD_OUT = 12
"""Every so manieth entity is not learned from."""
LATIN_REPEATS = 4
"""Times that Latin pairs are learned from in each pass, each time with other look-alikes: they are few."""
MINIMAL_PAIRS = 8000
"""Pairs of Latin names, in each pass, that are close and yet others: both their Hebrew and Arabic spellings differ."""
POOL = 2500
BUCKETS = 192
_CLASSES = str.maketrans({
    **dict.fromkeys("kcqgx", "k"), **dict.fromkeys("szj", "s"), **dict.fromkeys("bpfvw", "b"),
    **dict.fromkeys("td", "t"), **dict.fromkeys("nm", "n"), **dict.fromkeys("aeiouyh ", ""),
})  # fmt: skip


def read_table(path: str) -> list[tuple[str, str]]:
    """Read the first two columns of a table, folded; rows without letters on either side are left out."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
    rows = [line.split("\t")[:2] for line in text.splitlines() if "\t" in line]
    left, right = (fold_names([row[side] for row in rows]) for side in (0, 1))
    return [pair for pair in zip(left, right, strict=True) if all(pair)]


@dataclass
class Names:
    """All names, and which of them are spellings of one."""

    hebrew: dict[str, str]
    arabic: dict[str, str]
    latin: list[tuple[str, str]]
    entities: list[str] = field(init=False)
    number: dict[str, int] = field(init=False)
    """Number of each spelling; those of entities come first, in order."""
    same: dict[int, set[int]] = field(init=False)
    """Entities that may be one, because they share a spelling."""
    shapes: dict[str, NDArray[np.float32]] = field(init=False)
    """What entities look like, by way of looking; shape (entities, BUCKETS), of length 1."""

    def __post_init__(self) -> None:
        """Number everything and join what shares a spelling."""
        self.entities = sorted({*self.hebrew, *self.arabic, *itertools.chain(*self.latin)})
        spellings = dict.fromkeys([*self.entities, *self.hebrew.values(), *self.arabic.values()])
        self.number = {spelling: index for index, spelling in enumerate(spellings)}
        self.same = defaultdict(set)
        for table in (self.hebrew, self.arabic):
            groups = defaultdict(set)
            for latin, other in table.items():
                groups[other].add(self.number[latin])
            for group in groups.values():
                for entity in group:
                    self.same[entity] |= group
        for pair in self.latin:
            a, b = (self.number[name] for name in pair)
            self.same[a].add(b)
            self.same[b].add(a)
        direct = {entity: sorted(group)[:20] for entity, group in self.same.items()}
        for group in self.same.values():
            group.update(*(direct[other] for other in sorted(group)[:20]))
        self.shapes = {
            way: np.array([shape(name, way) for name in self.entities]) for way in ("pairs", "bones", "front")
        }

    def pairs(self) -> dict[str, list[tuple[int, int, int]]]:
        """Return the spellings of one name by pair of scripts: two numbers of spellings and the second one's entity."""
        number, hebrew, arabic = self.number, self.hebrew, self.arabic
        both = [name for name in self.entities if name in hebrew and name in arabic]
        shared = defaultdict(list)
        for name in both:
            shared[hebrew[name], arabic[name]].append(name)
        latin = [*self.latin, *(pair for group in shared.values() for pair in itertools.combinations(group, 2))]
        found = {
            "LL": [(number[a], number[b], number[b]) for a, b in latin],
            "HL": [(number[other], number[name], number[name]) for name, other in hebrew.items()],
            "AL": [(number[other], number[name], number[name]) for name, other in arabic.items()],
            "HA": [(number[hebrew[name]], number[arabic[name]], number[name]) for name in both],
        }
        for kind, table in (("HH", hebrew), ("AA", arabic)):
            known = [pair for pair in latin if pair[0] in table and pair[1] in table]
            found[kind] = [(number[table[a]], number[table[b]], number[b]) for a, b in known if table[a] != table[b]]
        return found

    def spelling(self, entity: int, script: str) -> int | None:
        """Return the number of an entity's spelling in a script."""
        name = self.entities[entity]
        if script == "L":
            return entity
        return self.number.get((self.hebrew if script == "H" else self.arabic).get(name, ""))


def shape(name: str, way: str) -> NDArray[np.float32]:
    """Return what a name looks like: by its pairs of letters, its bones of consonants, or its front."""
    text = f"^{name.translate(_CLASSES) if way == 'bones' else name}$"
    parts = [text[: i + 1] for i in range(1, 5)] if way == "front" else [text[i : i + 2] for i in range(len(text) - 1)]
    vector = np.zeros(BUCKETS, np.float32)
    for part in (*parts, *text[1:-1]):
        vector[zlib.crc32(part.encode()) % BUCKETS] += 1
    return vector / np.linalg.norm(vector)


def look_alikes(names: Names, entities: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    """Return for each entity another one of a random pool that looks like it, in one of three ways or none; or -1."""
    found = np.empty(len(entities), np.int64)
    order = random.permutation(len(entities))
    for start in range(0, len(entities), POOL):
        chosen = order[start : start + POOL]
        pool = random.choice(entities, 600) if len(chosen) < 300 else entities[chosen]
        ways = np.digitize(random.integers(0, 10, len(chosen)), [4, 7, 9])
        for number, way in enumerate(("pairs", "bones", "front", "")):
            part = chosen[ways == number]
            mine = entities[part]
            likeness = random.random((len(part), len(pool)))
            if way:
                likeness = names.shapes[way][mine] @ names.shapes[way][pool].T
            nearest = np.argsort(-likeness, axis=1)[:, :12]
            for row, entity in enumerate(mine):
                others = [x for x in pool[nearest[row]] if x not in names.same.get(entity, ()) and x != entity]
                rank = min(max(0, int(random.integers(-2, 3))), len(others) - 1)
                found[part[row]] = others[rank] if others else -1
    return found


def minimal_pairs(names: Names, allowed: Sequence[int], random: np.random.Generator) -> list[tuple[int, int]]:
    """Return pairs of close Latin names that both Hebrew and Arabic tell apart."""
    both = np.array([x for x in allowed if names.spelling(x, "H") is not None and names.spelling(x, "A") is not None])
    found: list[tuple[int, int]] = []
    for _ in range(20 if len(both) > 8 else 0):
        if len(found) >= MINIMAL_PAIRS:
            break
        pool = random.choice(both, min(4000, len(both)), replace=False)
        some = pool[:1200]
        shapes = names.shapes[("pairs", "bones", "pairs")[int(random.integers(0, 3))]]
        likeness = shapes[some] @ shapes[pool].T
        likeness[np.arange(len(some)), np.arange(len(some))] = -1
        nearest = np.argpartition(-likeness, 3, axis=1)[:, :3]
        for row, entity in enumerate(some):
            other = pool[nearest[row][int(random.integers(0, 3))]]
            apart = all(names.spelling(entity, script) != names.spelling(other, script) for script in "HA")
            if apart and other not in names.same.get(entity, ()):
                found.append((int(entity), int(other)))
    return found[:MINIMAL_PAIRS]


def draw(names: Names, random: np.random.Generator, *, held_out: bool) -> NDArray[np.int64]:
    """Return pairs to learn from, or to check on: two numbers of spellings, whether they are one name, their kind."""
    rows: list[tuple[int, int, int, int]] = []
    for kind, pairs in names.pairs().items():
        some = [pair for pair in pairs if (pair[2] % HELD_OUT == 0) == held_out]
        if not some:
            continue
        for _ in range(LATIN_REPEATS if kind == "LL" and not held_out else 1):
            others = look_alikes(names, np.array([entity for *_, entity in some]), random)
            for (a, b, _), other in zip(some, others, strict=True):
                rows.append((a, b, 1, KINDS.index(kind)))
                wrong = names.spelling(int(other), kind[1]) if other >= 0 else None
                if wrong is not None and wrong != a:
                    rows.append((a, wrong, 0, KINDS.index(kind)))
    if not held_out:
        allowed = [x for x in range(len(names.entities)) if x % HELD_OUT]
        rows += [(a, b, 0, KINDS.index("LL")) for a, b in minimal_pairs(names, allowed, random)]
    return np.array(rows)
