"""Which lines of a page are its body, when the body's text is known.

Example:
    >>> align(["Menu", "One two three four five six.", "Seven."], "One two three four five six. Seven.")
    [False, True, True]
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["align", "tokens"]

_WORD: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\w--[\p{Han}\p{Hiragana}\p{Katakana}]]+", regex.V1)
_ANCHOR: Final = 6  # words of a line that is looked for anywhere in the body; shorter ones must stand between two such


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded; each CJK character is one."""
    return list(map(str, _WORD.findall(text.lower())))


def align(lines: Sequence[str], gold: str) -> list[bool]:
    """Return which lines stand in a gold text, in its order.

    Lines of six words or more are looked up anywhere and the heaviest chain in rising order is kept; shorter lines must
    stand between their neighbours' places.
    """
    target = f" {' '.join(tokens(gold))} "
    padded = [f" {' '.join(tokens(line))} " for line in lines]
    chain = _heaviest_chain(
        [(i, at, at + len(line)) for i, line in enumerate(padded) if (at := _anchor(line, target)) >= 0]
    )
    found = [False] * len(lines)
    bounds = [(-1, 0, 1), *chain, (len(lines), len(target) - 1, len(target))]
    for (left, _, begin), (right, end, _) in pairwise(bounds):
        if left >= 0:
            found[left] = True
        near = range(max(left + 1, right - _ANCHOR) if left < 0 and chain else left + 1, right)
        at = max(begin - 1, 0)
        for i in near if right < len(lines) or not chain else near[:_ANCHOR]:
            place = target.find(padded[i], at, end + 1) if padded[i].strip() else -1
            if place >= 0:
                found[i] = True
                at = place + len(padded[i]) - 1
    return found


def _anchor(line: str, target: str) -> int:
    """Return where a long line stands in the target, by its whole or by eight of its words, or -1."""
    words = line.split()
    if len(words) < _ANCHOR:
        return -1
    at = target.find(line)
    if at < 0 and len(words) >= 2 * _ANCHOR:
        at = target.find(f" {' '.join(words[2:10])} ")
    return at


def _heaviest_chain(places: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the chain of (line, begin, end) with rising begin that covers most."""
    best: list[int] = []
    before: list[int] = []
    for i, (_, begin, end) in enumerate(places):
        options = [(best[j], j) for j in range(max(0, i - 400), i) if places[j][1] < begin]
        gain, j = max(options, default=(0, -1))
        best.append(gain + end - begin)
        before.append(j)
    chain = []
    at = best.index(max(best)) if best else -1
    while at >= 0:
        chain.append(places[at])
        at = before[at]
    return chain[::-1]
