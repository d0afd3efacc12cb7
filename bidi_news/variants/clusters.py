"""Which of many names are spellings of one: blocks of names with like keys, and in each the names that match.

Comparing all names with all would cost the square of their number. Names of one word are compared only where their
keys (:mod:`bidi_news.variants.keys`) are the same or differ in one class; names of several where one word has the same
key and the others' keys begin alike, in any order. Names of one lexeme or of one place (:mod:`knowledge`) are compared
however they sound. In a block of many names, each is compared with the first LARGEST_BLOCK of them only. So the cost
grows with the number of names.

Among many names most that look alike are others, so that a member has to be surer than a pair: LEAST_SCORE at least.

A cluster has a leader, its first name, and every other member matches the leader: names do not drift away from it from
one to the next. A name that matches the leaders of several clusters is in the one that began first.

Example:
    >>> clusters = cluster_names(["Qaddafi", "רפסנג'אני", "קדאפי", "Rafsanjani"])
    >>> [[member.place for member in cluster] for cluster in clusters]
    [[0, 2], [1, 3]]
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.keys import folded_key
from bidi_news.variants.knowledge import known_of
from bidi_news.variants.names import score_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bidi_news.variants.knowledge import Known

__all__ = ["LARGEST_BLOCK", "LEAST_SCORE", "Member", "cluster_names"]

LARGEST_BLOCK = 100
"""Names of one block that each other name of it is compared with."""
LEAST_SCORE = 0.95
"""Score that a member and its leader have at least."""
_SHORTEST_NEAR = 4
"""Classes of the shortest key that may differ in one; shorter ones have too many neighbours."""
_SLAB = 1 << 14


class Member(NamedTuple):
    """A name in a cluster."""

    place: int
    """Its index among the names."""
    score: float
    """How alike it and the leader are: 1 for the leader."""


def cluster_names(names: Sequence[str]) -> tuple[tuple[Member, ...], ...]:
    """Return the clusters of names; each name is in one, the leader of a cluster comes first, all in order.

    Args:
        names: any strings; a name without letters is alone.
    """
    distinct = list(dict.fromkeys(names))
    leaders: dict[int, tuple[int, float]] = {}
    earlier = _matches(distinct)
    for number in range(len(distinct)):
        to_leaders = [(other, score) for other, score in sorted(earlier.get(number, ())) if leaders[other][0] == other]
        leaders[number] = to_leaders[0] if to_leaders else (number, 1.0)
    place = {name: number for number, name in enumerate(distinct)}
    clusters: dict[int, list[Member]] = {}
    for index, name in enumerate(names):
        leader, score = leaders[place[name]]
        clusters.setdefault(leader, []).append(Member(index, score))
    return tuple(map(tuple, clusters.values()))


def _matches(names: Sequence[str]) -> dict[int, list[tuple[int, float]]]:
    """Return for each name the earlier ones that it matches, with their scores."""
    candidates = _candidates(names)
    found = defaultdict(list)
    for start in range(0, len(candidates), _SLAB):
        slab = candidates[start : start + _SLAB]
        first, second = (slab // len(names)).tolist(), (slab % len(names)).tolist()
        scores = score_pairs([names[index] for index in first], [names[index] for index in second]).scores.tolist()
        for one, two, score in zip(first, second, scores, strict=True):
            if score >= LEAST_SCORE:
                found[two].append((one, score))
    return found


def _candidates(names: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the pairs of names that are compared: the number of the first times their count, plus the second."""
    blocks = defaultdict(list)
    folded = fold_names(names)
    known = known_of(names, folded)
    for number, name in enumerate(folded):
        for key in dict.fromkeys((*_keys(name), *_known_keys(known.get(number)))):
            blocks[key].append(number)
    parts = [np.zeros(0, np.int64)]
    for block in blocks.values():
        if len(block) > 1:
            numbers = np.array(block)
            first = numbers[:LARGEST_BLOCK]
            pairs = first[:, None] * len(names) + numbers
            parts.append(pairs[first[:, None] < numbers])
    return np.unique(np.concatenate(parts))


def _known_keys(known: Known | None) -> Iterator[str]:
    """Give the keys of the blocks that a name is in for what is known of it: its lexeme, and each of its places."""
    if known is not None:
        yield from (f"={lexeme}" for lexeme in known.entry[:1])
        yield from (f"@{place}" for place in known.places)


def _keys(name: str) -> Iterator[str]:
    """Give the keys of the blocks that a folded name is in."""
    key = folded_key(name)
    words = sorted(map(folded_key, name.split(" ")))
    if key:
        yield key
    if len(words) > 1:
        for index, word in enumerate(words):
            yield f"{word} {''.join(other[:1] for other in words[:index] + words[index + 1 :])}"
    elif len(key) >= _SHORTEST_NEAR:
        for index in range(len(key)):
            yield f"{key[:index]}{key[index + 1 :]}-"
