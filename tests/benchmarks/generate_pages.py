"""Pages for measuring, as many as wanted: rows of JSON Lines, made of the labelled pages of data/gold/pages.

Run: python tests/benchmarks/generate_pages.py 1000000 --bytes 5000 --seed 1 > pages.jsonl

A page has what stands above and below the article on one labelled page, and body lines of all labelled pages of its
language, Hebrew, Arabic, Russian or English, drawn until it is as large as wanted. The same arguments give the same
pages.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import orjson

from bidi_news.model import Label
from bidi_news.read.labelled import read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bidi_news.errors import SourceError

GOLD = Path(__file__).parents[2] / "data" / "gold" / "pages"
ALPHABETS = {
    "he": ("\N{HEBREW LETTER ALEF}", "\N{HEBREW LETTER TAV}"),
    "ar": ("\u0621", "\u064a"),
    "ru": ("\N{CYRILLIC CAPITAL LETTER A}", "\N{CYRILLIC SMALL LETTER YA}"),
    "en": ("A", "z"),
}


class Frame(NamedTuple):
    """What stands around an article."""

    language: str
    above: str
    below: str


def language_of(text: str) -> str:
    """Return the language whose letters a text has most of."""
    return max(ALPHABETS, key=lambda name: sum(ALPHABETS[name][0] <= letter <= ALPHABETS[name][1] for letter in text))


def refuse(error: SourceError) -> NoReturn:
    """Measure nothing with labelled pages that are damaged."""
    raise error


def parts() -> tuple[list[Frame], dict[str, list[str]]]:
    """Return the frames of the labelled pages, and the body lines of each language."""
    frames: list[Frame] = []
    lines: dict[str, list[str]] = {name: [] for name in ALPHABETS}
    for gold in read_gold([str(GOLD)], report=refuse):
        text = gold.text.text if gold.text is not None else None
        body = [block for block in gold.blocks or () if block.label == Label.BODY]
        if text is None or not body:
            continue
        own = [text[block.start : block.end] for block in body]
        language = language_of("".join(own))
        lines[language] += own
        frames.append(Frame(language, text[: body[0].start], text[body[-1].end :]))
    return frames, lines


def pages(count: int, size: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Give rows with an id, an address and a text.

    Args:
        count: how many.
        size: bytes of UTF-8 that a text has at least; it ends with the line, and what stands below it.
        seed: of what is drawn.
    """
    frames, lines = parts()
    sizes = {language: [len(line.encode()) + 1 for line in own] for language, own in lines.items()}
    random = Random(seed)  # noqa: S311  (no secret)
    for number in range(count):
        frame = random.choice(frames)
        own, own_sizes = lines[frame.language], sizes[frame.language]
        body: list[str] = []
        left = size - len(frame.above) - len(frame.below)
        while left > 0:
            place = int(random.random() * len(own))
            body.append(own[place])
            left -= own_sizes[place]
        url = f"https://news{number % 97}.example/{number}"
        yield {"id": number, "url": url, "text": frame.above + "\n".join(body) + frame.below}


def main() -> None:
    """Write the pages to standard output."""
    parser = argparse.ArgumentParser(description="Write pages for measuring as JSON Lines.")
    parser.add_argument("count", type=int, help="pages")
    parser.add_argument("--bytes", type=int, default=5000, help="size of a text (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn (default: %(default)s)")
    given = parser.parse_args()
    for row in pages(given.count, given.bytes, given.seed):
        sys.stdout.buffer.write(orjson.dumps(row) + b"\n")


if __name__ == "__main__":
    main()
