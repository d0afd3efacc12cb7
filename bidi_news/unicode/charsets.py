r"""Encodings by their labels, as browsers know them: bytes to text and, for single bytes, text back to bytes.

Labels and tables are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org), which Python's codecs
are not: they lack labels of Hebrew pages and leave out bytes that browsers read. Labels that could hide ASCII (UTF-7
and its kind) and such that the standard maps to nothing are unknown.

Example:
    >>> find_encoding("ISO-8859-8-I"), find_encoding("utf-7")
    ('iso-8859-8-i', None)
    >>> decode_as(b"\xe5\xca", "windows-1255")
    ('\u05d5\u05ba', 0)
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import Any, NamedTuple

from bidi_news.resources import parse_tsv, read_text

__all__ = ["decode_as", "encode_as", "find_encoding", "is_single_byte"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_FOLDER = "encodings"


class _Row(NamedTuple):
    """How an encoding is read."""

    codec: str  # of Python, or a table in the data folder
    single: bool
    missing: str  # bytes that Python's table leaves out


def find_encoding(label: str | None) -> str | None:
    """Return the name of the encoding that a label means, in lower case; None for no label and for an unknown one.

    Example:
        >>> find_encoding(" Latin1 "), find_encoding("visual"), find_encoding("klingon")
        ('windows-1252', 'iso-8859-8', None)
    """
    return None if label is None else _labels().get(label.strip("\t\n\f\r ").lower())


def is_single_byte(name: str) -> bool:
    """Whether each byte of an encoding is a character: any bytes at all can then be read in it.

    Example:
        >>> is_single_byte("ibm862"), is_single_byte("utf-8")
        (True, False)
    """
    return _encodings()[name].single


def decode_as(data: bytes, name: str) -> tuple[str, int]:
    r"""Return the text of some bytes, and how many places of it became U+FFFD because the encoding has no such bytes.

    Args:
        data: the bytes, without a byte order mark.
        name: an encoding as :func:`find_encoding` names it.

    Example:
        >>> decode_as(b"\xd7\x90\xff", "utf-8")
        ('א\ufffd', 1)
    """
    row = _encodings()[name]
    if row.single:
        text, _ = codecs.charmap_decode(data, "strict", _table(name))
        return text, text.count(REPLACEMENT)
    text = data.decode(row.codec, "replace")
    return text, text.count(REPLACEMENT) - data.count(REPLACEMENT.encode(row.codec)) if REPLACEMENT in text else 0


def encode_as(text: str, name: str) -> bytes | None:
    r"""Return the bytes that an encoding has for a text; None if it has none for some character.

    Example:
        >>> encode_as("שלום", "windows-1255"), encode_as("שלום", "windows-1252")
        (b'\xf9\xec\xe5\xed', None)
    """
    try:
        if _encodings()[name].single:
            return codecs.charmap_encode(text, "strict", _bytes(name))[0]
        return text.encode(_encodings()[name].codec)
    except UnicodeEncodeError:
        return None


@cache
def _labels() -> dict[str, str]:
    """Return the encoding of each label."""
    name = f"{_FOLDER}/labels.tsv"
    return {row["label"]: row["encoding"] for _, row in parse_tsv(read_text(name), ("label", "encoding"), path=name)}


@cache
def _encodings() -> dict[str, _Row]:
    """Return how each encoding is read."""
    name = f"{_FOLDER}/encodings.tsv"
    rows = parse_tsv(read_text(name), ("encoding", "codec", "kind", "missing"), path=name)
    return {row["encoding"]: _Row(row["codec"], row["kind"] == "single", row["missing"]) for _, row in rows}


@cache
def _table(name: str) -> str:
    """Return the character of each byte, U+FFFD for none."""
    codec, _, missing = _encodings()[name]
    if codec.endswith(".tsv"):
        table = [chr(byte) for byte in range(128)] + [REPLACEMENT] * 128
        path = f"{_FOLDER}/{codec}"
        for _, row in parse_tsv(read_text(path), ("byte", "code"), path=path):
            table[int(row["byte"], 16)] = chr(int(row["code"], 16))
        return "".join(table)
    table = list(bytes(range(256)).decode(codec, "replace"))
    for item in missing.split():
        if item == "c1":
            table[0x80:0xA0] = [chr(0x80 + i) if x == REPLACEMENT else x for i, x in enumerate(table[0x80:0xA0])]
        else:
            byte, _, code = item.partition("=")
            table[int(byte, 16)] = chr(int(code, 16))
    return "".join(table)


@cache
def _bytes(name: str) -> Any:
    """Return the byte of each character, as Python's own codecs keep it; of two bytes with one character the first."""
    table = _table(name)
    unmapped = "\ufffe"
    return codecs.charmap_build(
        "".join(unmapped if char == REPLACEMENT or char in table[:byte] else char for byte, char in enumerate(table))
    )
