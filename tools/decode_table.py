"""Measure how often bytes without a declaration, and garbled text, come out as they should, and print the tables.

The text is that of every second page of data/gold/pages: the pages that tools/make_pairs.py has not counted. Each kind
is cut at random places, from a fixed seed: Hebrew lines; Hebrew and English by turns, some words each; English after a
short Hebrew line, as under a menu. A sample is right if its text is; in visual order, if encoding and order are known,
for a line of two scripts may have been shown so for several readings: how many lines come back is counted apart.

Run: python tools/decode_table.py
"""

from __future__ import annotations

import random
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bidi_news.model import Page
from bidi_news.read import read_pages
from bidi_news.read.encoding import identify
from bidi_news.read.labelled import read_gold
from bidi_news.read.mojibake import repair
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.charsets import decode_as, encode_as
from bidi_news.unicode.reorder import display_order, reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGES = Path(__file__).resolve().parent.parent / "data" / "gold" / "pages"
SIZES = (40, 200, 2000)
SAMPLES = 1000
WIDTH = 70
# Name, encoding, whether lines are stored as they are shown.
ENCODINGS = (
    ("UTF-8", "utf-8", False),
    ("UTF-16 LE, no mark", "utf-16le", False),
    ("UTF-16 BE, no mark", "utf-16be", False),
    ("windows-1255", "windows-1255", False),
    ("ISO-8859-8-I", "iso-8859-8-i", False),
    ("ISO-8859-8, visual", "iso-8859-8", True),
    ("DOS (IBM862)", "ibm862", False),
    ("Mac Hebrew", "x-mac-hebrew", False),
)
OTHERS = (("windows-1256", "ar"), ("windows-1251", "ru"), ("windows-1252", "en"))
GARBLED = "encodings/mojibake.tsv"
LETTERS = {"he": "[\u05d0-\u05ea]", "ar": "[\u0621-\u064a]", "ru": "[\u0430-\u044f]", "en": "[a-z]"}


def lines(language: str, *, every: bool = False) -> list[str]:
    """Return the lines of the pages that are mostly in a language, of every page or of every second."""
    found = []
    for line in (line.strip() for text in pages(every=every) for line in text.split("\n")):
        letters = len(re.findall(r"[^\W\d_]", line))
        if letters > 10 and len(re.findall(LETTERS[language], line)) > 0.8 * letters:
            found.append(line)
    return found


def pages(*, every: bool = False) -> list[str]:
    """Return the text of every page or of every second."""
    paths = sorted(PAGES.glob("*.tsv"))[0 if every else 1 :: 1 if every else 2]
    return [gold.text.text or "" for gold in read_gold([*map(str, paths)], report=print) if gold.text]


def cut(texts: list[str], size: int, draw: random.Random) -> str:
    """Return a piece of some lines, at least so many characters, from the beginning of a word."""
    start = draw.randrange(len(texts))
    words: list[str] = []
    length = 0
    while length < size:
        own = texts[start % len(texts)].split()
        own = own[draw.randrange(len(own)) :] if not words else own
        words += [*own, "\n"]
        length += sum(map(len, own)) + len(own)
        start += 1
    return " ".join(words).replace(" \n ", "\n")


def mixed(hebrew: list[str], english: list[str], size: int, draw: random.Random) -> str:
    """Return Hebrew and English by turns, some words each."""
    piece = ""
    while len(piece) < size:
        for texts in (hebrew, english):
            piece += " ".join(draw.choice(texts).split()[: draw.randint(2, 6)]) + " "
        piece = piece.strip() + "\n"
    return piece


def chrome(hebrew: list[str], english: list[str], size: int, draw: random.Random) -> str:
    """Return English under Hebrew lines of a fifth of the size, two words at least."""
    above: list[str] = []
    while not above or sum(map(len, above)) < size / 5:
        above.append(" ".join(draw.choice(hebrew).split()[: draw.randint(2, 4)]))
    return "\n".join((*above, cut(english, size, draw)))


def sample(text: str, encoding: str, size: int, *, visual: bool) -> tuple[bytes, str]:
    """Return so many bytes of a text in an encoding, and what they say; characters that it has not are left out."""
    text = "".join(char for char in text if encode_as(char, encoding) is not None)
    folded = "\n".join(piece for line in text.split("\n") for piece in wrapped(line))
    whole = len(encode_as(folded, encoding) or b"")
    step = 2 if encoding.startswith("utf-16") else 1
    data = (encode_as(folded, encoding) or b"")[: min(size, whole) // step * step]
    text, _ = decode_as(data, encoding)
    if visual:
        text = "\n".join(line.strip() for line in text.split("\n"))
        data = encode_as("\n".join(map(shown, text.split("\n"))), encoding) or b""
    return data, text.removesuffix("\N{REPLACEMENT CHARACTER}")


def shown(line: str) -> str:
    """Return a line as a page in visual order holds it: a paragraph is Hebrew if most of its letters are."""
    hebrew = len(re.findall(LETTERS["he"], line)) >= len(re.findall("[A-Za-z]", line))
    return display_order(line, right_to_left=hebrew)


def wrapped(line: str) -> list[str]:
    """Return a line in pieces of the width of a screen."""
    pieces = [""]
    for word in line.split():
        if len(pieces[-1]) + len(word) > WIDTH:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {word}".strip()
    return pieces


def is_right(data: bytes, text: str) -> bool:
    """Whether bytes are decoded to a text; a character that the cut has broken does not count."""
    found = read_pages([Page(data=data, form="text")])[0].text
    return found.removesuffix("\N{REPLACEMENT CHARACTER}") == text


def main() -> None:
    """Print the tables."""
    hebrew, english = lines("he"), lines("en")
    kinds: dict[str, Callable[[int, random.Random], str]] = {
        "Hebrew": lambda size, draw: cut(hebrew, size, draw),
        "mixed": lambda size, draw: mixed(hebrew, english, size, draw),
        "English, Hebrew chrome": lambda size, draw: chrome(hebrew, english, size, draw),
    }
    table("bytes in", [f"{kind}, {size}" for kind in kinds for size in SIZES])
    for name, encoding, visual in ENCODINGS:
        row(name, [share(make, encoding, size, visual=visual) for make in kinds.values() for size in SIZES])
    table("bytes in", map(str, SIZES))
    for encoding, language in OTHERS:
        texts = [text for text in lines(language) if not text.isascii()]
        row(encoding, [share(partial(cut, texts), encoding, size, visual=False) for size in SIZES])
    table("lines in visual order", ["as written", "another reading", "left"])
    for kind, make in kinds.items():
        row(kind, turned(make))
    table("garbled", ["lines", "pages"])
    whole = [text for text in pages() if len(re.findall(LETTERS["he"], text)) > 100]
    for _, pair in parse_tsv(read_text(GARBLED), ("really", "read_as", "letters", "source"), path=GARBLED):
        really, read_as = pair["really"], pair["read_as"]
        row(f"{really} read as {read_as}", [put_right(texts, really, read_as) for texts in (hebrew, whole)])
    clean = [text for language in LETTERS for text in lines(language, every=True)]
    touched = sum(repair(text).text != text for text in clean)
    print(f"\nClean lines that were touched: {touched} of {len(clean)}")


def table(head: str, columns: Iterable[str]) -> None:
    """Print the head of a table."""
    names = [head, *columns]
    print(f"\n| {' | '.join(names)} |\n{'|---' * len(names)}|")


def row(name: str, shares: Iterable[float]) -> None:
    """Print a row of a table."""
    print(f"| {name} | {' | '.join(f'{x:.3f}' for x in shares)} |")


def turned(make: Callable[[int, random.Random], str]) -> list[float]:
    """Return the shares of lines in visual order that come back as written, with another reading, or not at all."""
    draw = random.Random(0)  # noqa: S311  (the same samples in every run)
    texts = [text for _ in range(SAMPLES) for text in make(200, draw).split("\n")]
    pieces = [piece for text in texts for piece in wrapped(text) if re.search(LETTERS["he"], piece)]
    found = [reading_order(shown(piece)) for piece in pieces]
    same = sum(own == piece for own, piece in zip(found, pieces, strict=True))
    left = found.count(None)
    return [count / len(pieces) for count in (same, len(pieces) - same - left, left)]


def put_right(texts: list[str], really: str, read_as: str) -> float:
    """Return the share of texts that come back when they are garbled; characters that would be lost are left out."""
    right = 0
    for text in texts:
        kept = "".join(char for char in text if garbled(char, really, read_as) is not None)
        right += repair(garbled(kept, really, read_as) or "").text == kept
    return right / len(texts)


def garbled(text: str, really: str, read_as: str) -> str | None:
    """Return a text read in a wrong encoding; None if something of it is lost."""
    data = encode_as(text, really)
    wrong, lost = decode_as(data, read_as) if data is not None else ("", 1)
    return None if lost else wrong


def share(make: Callable[[int, random.Random], str], encoding: str, size: int, *, visual: bool) -> float:
    """Return the share of samples of a size that are decoded as they should be."""
    draw = random.Random(size)  # noqa: S311  (the same samples in every run)
    pairs = [sample(make(size, draw), encoding, size, visual=visual) for _ in range(SAMPLES)]
    if visual:
        guesses = [identify(data) for data, _ in pairs]
        return sum((guess.name, guess.order) == ("windows-1255", "visual") for guess in guesses) / SAMPLES
    return sum(is_right(*pair) for pair in pairs) / SAMPLES


if __name__ == "__main__":
    main()
