"""Pages made of other pages, to train on what collections hold little of.

One-paragraph flashes, pages with little chrome, dialogue of one sentence a line, lists, live blogs, pages without an
article, and pages whose body or chrome is in another script: Latin letters become Hebrew or Arabic ones, and known
words (stop words, interface, credits, dates) become words of the same kind in that language, so that a page in Hebrew
chrome trains as many weights as any other.

Example:
    >>> transpose("Share the end", "he", {}) != "Share the end"
    True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import regex

from bidi_news.segment.lexical import listed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["NO_AUGMENTATION", "Augmentation", "Piece", "augmented", "transpose"]

Piece = tuple[int, str]
"""Index of a line of the page, and the line or a part of it."""
_Target = Literal["he", "ar"]

_SENTENCE: Final = regex.compile(r"(?<=[.!?…؟。][\"”’'»)]?)\s+")
_LATIN_WORD: Final = regex.compile(r"[A-Za-z]+")
_LONG: Final = 12  # words of a line that can carry a flash alone
_LETTERS: Final[dict[_Target, str]] = {"he": "אבגדהוזחטיכלמנסעפצקרשתמליי", "ar": "ابتدهوزحطيكلمنسعفصقرشثخذضغ"}
_FEW: Final = 4  # paragraphs of an article that can be a list or a live blog
_BULLETS: Final = ("- ", "– ", "• ", '"', "1. ", "2. ")
_VOWELS: Final = frozenset("eou")  # left out inside a word, as these scripts do


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """How many pages are made: shares of the pages given, each drawn apart."""

    flashes: float = 0.2
    """With only the first lines of the body."""
    bare: float = 0.3
    """With only the lines next to the body."""
    chopped: float = 0.2
    """With each sentence of the body on a line of its own."""
    hollow: float = 0.15
    """With nothing of the article, as front pages and error pages are."""
    clipped: float = 0.15
    """With a few words of each of some paragraphs, as lists and short dialogue have."""
    live: float = 0.1
    """With a time of day before, or after, paragraphs, and a heading over some: a live blog."""
    transposed: float = 0.15
    """With the body, the rest or everything in another script; drawn for each of the pages above too."""


NO_AUGMENTATION: Final = Augmentation(flashes=0, bare=0, chopped=0, hollow=0, clipped=0, live=0, transposed=0)
"""The pages given, and no others."""


def augmented(
    lines: list[str], labels: NDArray[np.float32], rules: Augmentation, random: np.random.Generator
) -> Iterator[list[Piece]]:
    """Give the lines of the pages made of one page.

    Args:
        lines: its non-blank lines.
        labels: 1 where a line is body (first column) or another part of the article, shape (lines, outputs).
        rules: how many to make.
        random: source of every choice.
    """
    whole = list(enumerate(lines))
    is_body = labels[:, 0] > 0
    is_article = np.asarray(labels.any(axis=1))
    wanted = (rules.flashes, rules.bare, rules.chopped, rules.hollow, rules.clipped, rules.live)
    flash, bare, chopped, hollow, clipped, live = (
        drawn < share for drawn, share in zip(random.random(len(wanted)), wanted, strict=True)
    )
    keep, around = 1 + int(random.integers(2)), max(0, int(random.integers(-4, 12)))
    # a flash or a chopped page is as often one with little chrome
    base = _bare(whole, is_body, around) if random.random() < 0.5 else whole
    pages = [whole]
    if flash:
        pages.append(_flash(base, is_body, keep))
    if bare:
        pages.append(_bare(whole, is_body, around))
    if chopped:
        pages.append(_chopped(base, is_body))
    if hollow:
        pages.append([(i, line) for i, line in whole if not is_article[i]])
    if clipped:
        pages.append(_clipped(whole, is_body, random))
    if live:
        pages.append(_live(whole, is_body, is_article, random))
    for page in pages:
        if page and page is not whole:
            yield page
        if page and random.random() < rules.transposed:
            target: _Target = "he" if random.random() < 0.75 else "ar"
            part = random.random()  # the body in other chrome, other chrome around the body, or all of it
            known: dict[str, str] = {}
            yield [
                (i, transpose(line, target, known) if part < 0.4 or (part < 0.7) == bool(is_article[i]) else line)
                for i, line in page
            ]


def _flash(page: list[Piece], is_body: NDArray[np.bool_], keep: int) -> list[Piece]:
    """Return a page with only the first ``keep`` long lines of its body."""
    long = [i for i, line in page if is_body[i] and len(line.split()) >= _LONG][:keep]
    return [(i, line) for i, line in page if not is_body[i] or i in long] if long else []


def _bare(page: list[Piece], is_body: NDArray[np.bool_], around: int) -> list[Piece]:
    """Return a page from ``around`` lines above its body to as many below."""
    body = np.flatnonzero(is_body)
    return page[max(0, int(body[0]) - around) : int(body[-1]) + 1 + around] if body.size else []


def _chopped(page: list[Piece], is_body: NDArray[np.bool_]) -> list[Piece]:
    """Return a page with each sentence of its body on a line of its own, as in dialogue and live blogs."""
    return [
        (i, part.strip())
        for i, line in page
        for part in (_SENTENCE.split(line) if is_body[i] else [line])
        if part.strip()
    ]


def _clipped(page: list[Piece], is_body: NDArray[np.bool_], random: np.random.Generator) -> list[Piece]:
    """Return a page with only a few words of most paragraphs of a part of its body."""
    body = np.flatnonzero(is_body)
    if len(body) < _FEW:
        return []
    count = int(random.integers(_FEW, len(body) + 1))
    begin = int(random.integers(len(body) - count + 1))
    part, most = set(body[begin : begin + count].tolist()), int(random.choice([4, 6, 9]))
    return [(i, _words(line, most, random) if i in part and random.random() < 0.85 else line) for i, line in page]


def _words(line: str, most: int, random: np.random.Generator) -> str:
    """Return a few words of a line, often with an end of a sentence or a bullet."""
    words = line.split()
    count = 1 + int(random.integers(most))
    begin = int(random.integers(max(1, len(words) - count)))
    few = " ".join(words[begin : begin + count]).rstrip(",;:")
    if few and few[-1] not in ".?!" and random.random() < 0.45:
        few += str(random.choice([".", ".", "?", "!", ":"]))
    return str(random.choice(_BULLETS)) + few if random.random() < 0.1 else few or line


def _live(
    page: list[Piece], is_body: NDArray[np.bool_], is_article: NDArray[np.bool_], random: np.random.Generator
) -> list[Piece]:
    """Return a page whose paragraphs have a time of day before or after them, and some a heading of a few words."""
    rest = np.flatnonzero(~is_article)
    if is_body.sum() < _FEW or not rest.size:
        return []
    after, shape = random.random() < 0.3, str(random.choice(["{:02}:{:02}", "{}:{:02}", "{:02}.{:02}"]))
    minutes = int(random.integers(24 * 60))
    entries: list[Piece] = []
    for i, line in page:
        if not is_body[i] or random.random() < 0.4:
            entries.append((i, line))
            continue
        minutes += int(random.integers(1, 40))
        time = (int(rest[0]), shape.format(minutes // 60 % 24, minutes % 60))  # labelled as a line of the furniture
        heading = [(i, " ".join(line.split()[: int(random.integers(2, 8))]).rstrip(",.;:"))]
        entry = [*(heading if random.random() < 0.4 else ()), (i, line)]
        entries += [*entry, time] if after else [time, *entry]
    return entries


@cache
def _dictionary(target: _Target) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the category of each known word of the Latin script, and the words of each category in the target."""
    categories: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    for row in listed_words():
        if row["word"].isascii():
            categories.setdefault(row["word"], row["category"])
        elif row["language"] == target:
            words.setdefault(row["category"], []).append(row["word"])
    return categories, words


def transpose(line: str, target: _Target, known: dict[str, str]) -> str:
    """Return a line with its Latin words in the letters of another script.

    Args:
        line: any line.
        target: language whose script and known words are used.
        known: what words of the page became so far; filled here, so that a word becomes the same one everywhere.
    """
    categories, words = _dictionary(target)
    letters = _LETTERS[target]

    def other(match: regex.Match[str]) -> str:
        word = match[0].lower()
        if word not in known:
            category = categories.get(word)
            if category is not None and category in words:
                known[word] = words[category][sum(word.encode()) % len(words[category])]
            else:
                known[word] = "".join(
                    letters[ord(char) - 97] for at, char in enumerate(word) if at == 0 or char not in _VOWELS
                )
        return known[word]

    return str(_LATIN_WORD.sub(other, line))
