r"""Strategies of what goes wrong with characters before a page is read, each value with what should come out.

The words are those of :mod:`bidi_news.strategies.stories`: our own sentences about invented doings.

Example:
    >>> from hypothesis import given, settings
    >>> from bidi_news import Page, normalize
    >>> @settings(max_examples=3, database=None)
    ... @given(legacy_bytes())
    ... def old_pages_are_read(case):
    ...     assert normalize(Page(data=case.data)).text == case.text
    >>> old_pages_are_read()
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from bidi_news.resources import parse_tsv, read_text
from bidi_news.strategies.stories import sentences
from bidi_news.unicode.charsets import decode_as, encode_as
from bidi_news.unicode.reorder import display_order

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["GarbledText", "LegacyBytes", "NoisyText", "bidi_noise", "legacy_bytes", "mojibake"]

_LEGACY = ("utf-8", "utf-16le", "utf-16be", "windows-1255", "iso-8859-8-i", "iso-8859-8", "ibm862")
_VISUAL = "iso-8859-8"
_HARMLESS = "\u200e\u200f\u061c"
_SPOOFS = (("\u202e", "\u202c"), ("\u202d", "\u202c"), ("\u2066", ""), ("\u2067", ""), ("\u202b", ""))


class LegacyBytes(NamedTuple):
    """A Hebrew text in an old encoding."""

    data: bytes
    """The bytes, without a declaration."""
    text: str
    """What they say, in reading order."""
    encoding: str
    """The encoding; ``iso-8859-8`` holds its lines as they are shown."""


class GarbledText(NamedTuple):
    """A Hebrew text whose bytes somebody read in a wrong encoding."""

    garbled: str
    """What that gave."""
    text: str
    """What it was."""
    really: str
    """The encoding that the bytes were in."""
    read_as: str
    """The encoding that they were read in."""


class NoisyText(NamedTuple):
    """A text with unseen characters in it."""

    text: str
    """The text."""
    clean: str
    """The text without them."""
    places: tuple[int, ...]
    """Code points of ``text`` at which they stand."""
    codes: frozenset[str]
    """Codes of the issues that they are worth."""


@st.composite
def _legacy(draw: DrawFn, max_lines: int) -> LegacyBytes:
    """Draw a text and one of the encodings."""
    text = "\n".join(draw(st.lists(sentences("he", end="."), min_size=2, max_size=max_lines)))
    encoding = draw(st.sampled_from(_LEGACY))
    stored = text
    if encoding == _VISUAL:
        stored = "\n".join(display_order(line, right_to_left=True) for line in text.split("\n"))
    return LegacyBytes(encode_as(stored, encoding) or b"", text, encoding)


def legacy_bytes(*, max_lines: int = 6) -> SearchStrategy[LegacyBytes]:
    r"""Draw Hebrew text in UTF-8, UTF-16 without a mark, windows-1255, ISO-8859-8-I and -8 (visual), or DOS Hebrew.

    Args:
        max_lines: most lines of one text, 2 or more.

    Example:
        >>> from hypothesis import find
        >>> find(legacy_bytes(), lambda case: case.encoding == "ibm862").data[:1] > b"\x7f"
        True
    """
    return _legacy(max_lines)


@cache
def _garbled_pairs() -> list[tuple[str, str]]:
    """Return the ways of garbling: the encoding of the bytes, and the one that they were read in."""
    path = "encodings/mojibake.tsv"
    rows = parse_tsv(read_text(path), ("really", "read_as", "letters", "source"), path=path)
    return [(row["really"], row["read_as"]) for _, row in rows]


@st.composite
def _garbled(draw: DrawFn, max_lines: int) -> GarbledText:
    """Draw a text and a pair of encodings."""
    text = "\n".join(draw(st.lists(sentences("he", end="."), min_size=1, max_size=max_lines)))
    really, read_as = draw(st.sampled_from(_garbled_pairs()))
    garbled, _ = decode_as(encode_as(text, really) or b"", read_as)
    return GarbledText(garbled, text, really, read_as)


def mojibake(*, max_lines: int = 4) -> SearchStrategy[GarbledText]:
    """Draw Hebrew text that was garbled in one of the ways that the package undoes.

    Args:
        max_lines: most lines of one text.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import Page, normalize
        >>> @settings(max_examples=3, database=None)
        ... @given(mojibake())
        ... def garbled_text_is_put_right(case):
        ...     assert normalize(Page(text=case.garbled)).text == case.text
        >>> garbled_text_is_put_right()
    """
    return _garbled(max_lines)


@st.composite
def _noisy(draw: DrawFn) -> NoisyText:
    """Draw words with unseen characters between them and, for a spoof, around or inside one."""
    words = draw(sentences("he", end=".")).split(" ")
    pieces = [draw(st.sampled_from(("", *_HARMLESS))) + word for word in words]
    codes = {"unseen_characters"} if any(piece[0] in _HARMLESS for piece in pieces) else set()
    target = draw(st.sampled_from([index for index, word in enumerate(words) if len(word) > 1 and word.isalpha()]))
    spoof = draw(st.sampled_from(("none", "inside", "stretch")))
    if spoof == "inside":
        pieces[target] = words[target][0] + draw(st.sampled_from("\u200b\u2060\ufeff\u200d")) + words[target][1:]
        codes |= {"unseen_characters", "unseen_in_word"}
    elif spoof == "stretch":
        opener, closer = draw(st.sampled_from(_SPOOFS))
        pieces[target] = opener + pieces[target] + closer
        codes |= {"unseen_characters"}
        codes |= {"bidi_override"} if opener in "\u202d\u202e" else set()
        codes |= {"bidi_unclosed"} if not closer else set()
    text = " ".join(pieces)
    clean = " ".join(words)
    places = tuple(index for index, char in enumerate(text) if char not in clean)
    return NoisyText(text, clean, places, frozenset(codes))


def bidi_noise() -> SearchStrategy[NoisyText]:
    """Draw a line of Hebrew with bidi marks between its words, and perhaps one spoof.

    A spoof is an override, an isolate or embedding that is left open, or an unseen character inside a word.

    Example:
        >>> from hypothesis import find
        >>> sorted(find(bidi_noise(), lambda case: "bidi_override" in case.codes).codes)
        ['bidi_override', 'unseen_characters']
    """
    return _noisy()
