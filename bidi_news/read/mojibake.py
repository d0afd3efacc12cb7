r"""Garbled text put right: bytes of one encoding that somebody read as another, taken back and proven line by line.

A line is repaired only if all of it can be taken back to bytes, the bytes are whole in the encoding that they really
are in, reading them wrongly once more gives the same garbled line, and what comes out is Hebrew, Arabic or Cyrillic by
its letters. The pairs of encodings are ``data/encodings/mojibake.tsv``.

Example:
    >>> repair("שלום עולם".encode().decode("latin-1")).text
    'שלום עולם'
    >>> repair("Le café où l'été a commencé").text
    "Le café où l'été a commencé"
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bidi_news.model import Issue
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.charsets import decode_as, encode_as
from bidi_news.unicode.hebrew_pairs import PairWeights, weigh_each

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Repaired", "repair"]

_NAME: Final = "encodings/mojibake.tsv"
# Lines and what bidi controls and zero widths divide them into: these came after the garbling, since no encoding that
# text is wrongly read in has them. Not U+0085 and U+00AD, which garbled text is full of.
_LINE: Final = re.compile(r"[^\n\v\f\r\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_ROUNDS: Final = 3  # a page may have been garbled more than once
_ASCII: Final = bytes(range(128))
_DOUBT: Final = -5.0  # log odds, 1 to 150, at which a line does not follow the others of its page

# What garbled text looks like. To look for one byte is many times faster than to look for two or for a pattern, so that
# these are tried only where their first byte is.
# A lead byte of UTF-8 in windows-1252 or Latin-1 and a byte that continues it; a typographic mark of three bytes.
_LATIN_SIGN: Final = re.compile(
    rb"\xc3(?:[\x82\x83\x90\x91\x97-\x99](?:\xc2[\x80-\xbf]|[\xc5\xc6\xcb]|\xe2[\x80\x82\x84])|\xa2(?:\xe2\x82\xac|\xc2\x80))"
)
# A word of Hebrew letters in windows-1252, Latin-1 or 437: only accented letters.
_ACCENTS_SIGN: Final = re.compile(rb"\xc3[\x84-\x87\x89\x96\x9c\xa0-\xbf](?:\xc3[\x84-\x87\x89\x96\x9c\xa0-\xbf]){2}")
# The lead bytes of Cyrillic, Arabic and Hebrew in 437, which draws boxes with them. A pattern, since to look for two
# bytes without one takes three times as long; no pattern, where one of the bytes is nowhere.
_BOX_SIGN: Final = re.compile(rb"\xe2\x95")
_GERESH: Final = "\N{HEBREW PUNCTUATION GERESH}"
_GERESH_SIGN: Final = re.compile(
    f"(?:{_GERESH}[\x80-\xbf\u2018-\u201e\u2020-\u2026\u2013\u2014\u203a\u20aa\u20ac\u2122\u02dc\xd7]){{2}}"
)
# Letters that Russian cannot do without (one in eighteen) and that stand for nothing in windows-1255.
_RUSSIAN_ONLY: Final = "яьы"
_FEW: Final = 5
_SURELY: Final = 8  # signs in a line that are no accident

_SCRIPTS: Final = re.compile("[\u0400-\u045f\u05d0-\u05ea\u0620-\u064a]")
_MARKS: Final = re.compile("[\u2010-\u2044\u20aa\u20ac\u2122]")
_FOREIGN: Final = re.compile(
    "[^\x00-\x7f\u0400-\u04ff\u0590-\u05ff\u0600-\u06ff\ufb1d-\ufb4f\u2010-\u2044\u20aa\u20ac\u2122\xa0-\xbf\u200b-\u200f]"
)
_MISPLACED: Final = re.compile(
    "[A-Za-z][\u05d0-\u05ea]|[\u05d0-\u05ea][A-Za-z]"  # letters among ASCII letters are accents
    "|[\u05da\u05dd\u05df\u05e3\u05e5][\u05d0-\u05ea]"  # a final letter that is not final
    "|(?<![\u05b0-\u05ea])[\u05b0-\u05c7]"  # a point without a letter
    "|[\u05d0-\u05ea](?:[\u200e\u200f][\u05d0-\u05ea]|[\xb2\xb3\xbf])"  # a mark within a word, or a sign after it, and
    "|[\u05f0-\u05f2]"  # ligatures of Yiddish: letters of Cyrillic have these places
)


class _Pair(NamedTuple):
    """A way of garbling."""

    really: str
    read_as: str
    letters: int  # that it takes to prove it


class Repaired(NamedTuple):
    """A text after its repair."""

    text: str
    """The text; the same object where nothing was to be done."""
    issues: tuple[Issue, ...] = ()
    """``mojibake_repaired`` for each way in which lines were garbled, ``mojibake_left`` for lines that are so still;
    the span is the first of them."""


_Way = tuple[_Pair, ...]
"""What to undo, in order; nothing where a line is garbled and was left."""


class _Line(NamedTuple):
    """A garbled line, and what it says."""

    way: _Way
    text: str


def repair(text: str, encoded: bytes | None = None) -> Repaired:
    """Return a text with its garbled lines put right.

    Lines that are too short to prove anything follow the others, if they can have been garbled in the same way.

    Args:
        text: any text; cost is linear in it, and next to none where nothing looks garbled.
        encoded: the same in UTF-8, where the caller has it.
    """
    pairs = () if text.isascii() else _possible_pairs(text, encoded or text.encode("utf-8", "surrogatepass"))
    if not pairs:
        return Repaired(text)
    places = [line.span() for line in _LINE.finditer(text) if not line[0].isascii()]
    lines = [text[start:end] for start, end in places]
    found = _proven(lines, pairs, _ROUNDS)
    ways = Counter(line.way for line in found if line is not None)
    for way in [own for most, _ in ways.most_common() for own in _alike(most, pairs, lines, found)]:
        _follow(lines, found, way)
    found = [
        _Line((), own) if line is None and _is_evident(own) else line for own, line in zip(lines, found, strict=True)
    ]
    garbled = [(*place, line) for place, line in zip(places, found, strict=True) if line is not None]
    return _replaced(text, garbled) if garbled else Repaired(text)


def _replaced(text: str, lines: list[tuple[int, int, _Line]]) -> Repaired:
    """Return a text with some lines replaced, and what is to be said of them."""
    pieces: list[str] = []
    places: dict[_Way, list[int]] = {}
    done = shift = 0
    for start, end, line in lines:
        pieces += [text[done:start], line.text]
        places.setdefault(line.way, []).extend((start + shift, start + shift + len(line.text)))
        shift += len(line.text) - (end - start)
        done = end
    issues = []
    for way, bounds in places.items():
        steps = ", then ".join(f"{_shown(pair.really)} that had been read as {_shown(pair.read_as)}" for pair in way)
        count = len(bounds) // 2
        if way:
            code, message = "mojibake_repaired", f"garbled lines that were put right: {count}; {steps}"
        else:
            code, message = (
                "mojibake_left",
                f"garbled lines that were left, since nothing proves what they say: {count}",
            )
        issues.append(Issue(code=code, message=message, start=bounds[0], end=bounds[1]))
    return Repaired("".join((*pieces, text[done:])), tuple(issues))


def _possible_pairs(text: str, data: bytes) -> tuple[_Pair, ...]:
    """Return the ways in which a text shows signs of being garbled; the text is given in UTF-8 as well."""
    signs = set()
    if b"\xc3" in data:
        if _LATIN_SIGN.search(data):
            signs |= {("utf-8", "windows-1252"), ("utf-8", "latin-1")}
        if _ACCENTS_SIGN.search(data):
            signs |= {("windows-1255", "windows-1252"), ("windows-1255", "latin-1"), ("ibm862", "ibm437")}
    if b"\x95" in data and _BOX_SIGN.search(data):
        signs.add(("utf-8", "ibm437"))
    if b"\xd7" in data and _GERESH in text and _GERESH_SIGN.search(text):
        signs.add(("utf-8", "windows-1255"))
    if b"\xd0" in data:
        cyrillic = data.count(b"\xd0")  # about half of the letters
        if cyrillic > _FEW and 40 * sum(map(text.count, _RUSSIAN_ONLY)) <= cyrillic:
            signs.add(("windows-1255", "windows-1251"))
    return tuple([pair for pair in _pairs() if pair[:2] in signs]) if signs else ()


def _proven(lines: list[str], pairs: Iterable[_Pair], rounds: int) -> list[_Line | None]:
    """Return how each line was garbled, and what it says, if its letters prove it; None if they do not."""
    found: list[_Line | None] = [None] * len(lines)
    best = [0.0] * len(lines)
    for pair in pairs:
        undone = {
            index: text
            for index, line in enumerate(lines)
            if (found[index] is None or best[index]) and (text := _undone(line, pair)) is not None
        }
        if pair.really == "utf-8":
            deeper = {index: text for index, text in undone.items() if not _is_text(text, pair.letters)}
            for index in undone.keys() - deeper.keys():
                found[index] = _Line((pair,), undone[index])
            if deeper and rounds > 1:
                texts = list(deeper.values())
                joined = "\n".join(texts)
                again = _proven(texts, _possible_pairs(joined, joined.encode()), rounds - 1)
                for index, line in zip(deeper, again, strict=True):
                    found[index] = line and _Line((pair, *line.way), line.text)
        else:  # any bytes can be read in a code page: the likeliest one is taken
            undone = {i: text for i, text in undone.items() if not _says(found[i], text) and _is_possible(text)}
            for (index, text), weights in zip(undone.items(), weigh_each(list(undone.values())), strict=True):
                if weights.likeness > best[index] and _is_hebrew(weights, pair.letters):
                    found[index], best[index] = _Line((pair,), text), weights.likeness
    return found


def _alike(way: _Way, pairs: Iterable[_Pair], lines: list[str], found: list[_Line | None]) -> list[_Way]:
    """Return a way and those that explain the same lines: what two encodings agree on does not tell which it was."""
    proven = [(own, line.text) for own, line in zip(lines, found, strict=True) if line is not None and line.way == way]
    others = [(*way[:-1], pair) for pair in pairs if pair.really == way[-1].really and pair != way[-1]]
    return [way, *(like for like in others if all(_undone_all(own, like) == text for own, text in proven))]


def _follow(lines: list[str], found: list[_Line | None], way: _Way) -> None:
    """Put right what nothing proves, but can have been garbled as other lines were."""
    undone: dict[int, str] = {}
    for index, line in enumerate(lines):
        text = _undone_all(line, way) if found[index] is None else None
        if text and text != line:
            undone[index] = text
    if way[-1].really != "utf-8":
        undone = {index: text for index, text in undone.items() if _is_possible(text)}
        weights = weigh_each(list(undone.values()))
        undone = {index: undone[index] for index, own in zip(undone, weights, strict=True) if own.likeness > _DOUBT}
    for index, text in undone.items():
        found[index] = _Line(way, text)


def _undone_all(line: str, way: _Way) -> str | None:
    """Return a line read as it should have been in each step; None if it cannot have been garbled so."""
    text: str | None = line
    for pair in way:
        text = None if text is None else _undone(text, pair)
    return text


def _undone(line: str, pair: _Pair) -> str | None:
    """Return a line read as it should have been; None if it cannot have been garbled so.

    All these encodings agree on ASCII, so the other characters, which are few, can tell alone that it cannot.
    """
    return None if _reread(_beyond_ascii(line), pair) is None else _reread(line, pair)


def _reread(text: str, pair: _Pair) -> str | None:
    """Return a text read as it should have been, if reading it wrongly once more gives the same."""
    data = encode_as(text, pair.read_as)
    if data is None:
        return None
    reread, lost = decode_as(data, pair.really)
    return reread if not lost and encode_as(reread, pair.really) == data else None


def _is_text(text: str, least: int) -> bool:
    """Whether what was whole UTF-8 is Hebrew, Arabic or Cyrillic, or typographic marks among ASCII."""
    letters, foreign = len(_SCRIPTS.findall(text)), len(_FOREIGN.findall(text))
    return (letters >= least and letters > foreign) or (not foreign and not letters and bool(_MARKS.search(text)))


def _says(line: _Line | None, text: str) -> bool:
    """Whether this is what a line is known to say: two encodings may agree on its letters."""
    return line is not None and line.text == text


def _is_evident(line: str) -> bool:
    """Whether a line that nothing proves is full of letters of UTF-8 read as Latin ones: a part of it was lost."""
    signs = len(_LATIN_SIGN.findall(line.encode("utf-8", "surrogatepass")))
    return signs >= _SURELY and 3 * signs >= len(_beyond_ascii(line))


def _beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _is_possible(text: str) -> bool:
    """Whether nothing speaks against a line that was read in a Hebrew code page."""
    return not _FOREIGN.search(text) and not _MISPLACED.search(text)


def _is_hebrew(weights: PairWeights, least: int) -> bool:
    """Whether letters are Hebrew in reading order by their pairs, and enough of them."""
    letters, forward, likeness = weights
    return letters >= least and likeness + min(forward, 0.0) > max(4.0, 0.5 * letters)


def _shown(name: str) -> str:
    """Return an encoding's name as people write it."""
    return name if name.startswith("windows") else name.upper()


@cache
def _pairs() -> tuple[_Pair, ...]:
    """Return the ways of garbling, in the order in which they are tried."""
    rows = parse_tsv(read_text(_NAME), ("really", "read_as", "letters", "source"), path=_NAME)
    return tuple(_Pair(row["really"], row["read_as"], int(row["letters"])) for _, row in rows)
