"""Bytes into text: which encoding they are in, and what had to be guessed or replaced on the way.

In this order: a byte order mark; UTF-16 by the pattern of its bytes; what the page declares; strict UTF-8; else a
legacy code page by its letters. Valid UTF-8 wins over a declared single-byte encoding, which would accept any bytes.
Labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels) as far as Python
has a codec for them; stateful encodings that hide ASCII (UTF-7 and its kind) are never used.

Example:
    >>> from bidi_news.read.encoding import decode
    >>> decode("שלום".encode("cp1255"))[0]
    'שלום'
"""

from __future__ import annotations

import codecs
import re
from functools import cache

import orjson

from bidi_news.model import Issue

__all__ = ["decode", "looks_binary", "looks_like_html", "scrub"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SNIFFED = 1024  # bytes of a page in which its charset must stand: HTML Standard, "determining the encoding"
_SAMPLE = 1 << 16  # bytes that are enough to know a legacy encoding by its letters

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Labels that Python does not know, or reads otherwise than the Encoding Standard does. x-mac-hebrew is no label of
# the standard; its letters stand where windows-1255 has them.
_ALIASES = {
    "iso-8859-8-i": "iso-8859-8",
    "csiso88598i": "iso-8859-8",
    "logical": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "csiso88598e": "iso-8859-8",
    "visual": "iso-8859-8",
    "x-mac-hebrew": "cp1255",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-8": "utf-8",
}
# Codecs that the standard replaces by one that reads more.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # a declaration that could be read as ASCII is not in UTF-16: HTML Standard, step "prescan"
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-8-sig": "utf-8",
}
_SINGLE_BYTE = frozenset(
    ["cp866", "cp862", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "macintosh"]
    + [f"cp125{n}" for n in range(9)]
    + [f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
)
_KNOWN = _SINGLE_BYTE | {"utf-8", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"}

_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|article|section|main|table|script|style|link|h[1-6]|ul)\b)",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_NOT_ASCII = bytes(range(128, 256))
_WIDE_LETTERS = re.compile(rb"[\xc0-\xff]")
_HEBREW_LETTERS = re.compile(rb"[\xe0-\xfa]")
_LATIN_ACCENTS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Issue, ...]]:
    r"""Return the text of some bytes, and what was guessed or lost.

    Args:
        data: a page, text or HTML.
        declared: label of the encoding by a header or the user; None looks for a ``meta`` element.

    Returns:
        The text, without its byte order mark, and issues: ``encoding_guessed``, ``encoding_mismatch`` and
        ``undecodable_bytes``, which counts the places that became U+FFFD.

    Example:
        >>> text, issues = decode(b'<meta charset="iso-8859-8-i"><p>\xf9\xec\xe5\xed')
        >>> text[-4:], issues
        ('שלום', ())
        >>> [issue.code for issue in decode("שלום עולם".encode("cp1255"))[1]]
        ['encoding_guessed']
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], marked)
    wide = _utf16(data)
    if wide is not None:
        return _read(data, wide, _guessed(wide))
    label = declared or _declared(data)
    codec = _codec(label)
    if codec in {None, "utf-8"} or codec in _SINGLE_BYTE:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            pass
        else:
            wrong = codec in _SINGLE_BYTE and not text.isascii()
            return text, (_mismatch(label, "utf-8"),) if wrong else ()
    if codec == "utf-8" or codec is None:
        found = "utf-8" if _mostly_utf8(data) else _legacy(data)
        if found == codec:
            return _read(data, found)
        return _read(data, found, _guessed(found) if codec is None else _mismatch(label, found))
    return _read(data, codec)


def scrub(text: str) -> tuple[str, tuple[Issue, ...]]:
    r"""Return a text with U+FFFD for each lone surrogate, which UTF-8 cannot hold, and an issue if there was one.

    Example:
        >>> ascii(scrub("a\ud800b")[0])
        "'a\\ufffdb'"
    """
    try:
        orjson.dumps(text)  # unlike str.encode it leaves the UTF-8 with the string, for the batch and for the record
    except orjson.JSONEncodeError:
        clean, count = _SURROGATE.subn(REPLACEMENT, text)
        start = next(_SURROGATE.finditer(text)).start()
        message = f"{count} lone surrogates became U+FFFD, the first at code point {start}"
        return clean, (Issue(code="lone_surrogate", message=message, start=start, end=start + 1),)
    return text, ()


def looks_like_html(text: str) -> bool:
    """Whether a text begins like a document or a fragment of HTML.

    Example:
        >>> looks_like_html("<!DOCTYPE html><p>x"), looks_like_html("a < b")
        (True, False)
    """
    head = text[: 4 * _SNIFFED].lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n\f")
    return head.startswith("<") and _HTML.search(head) is not None


def _declared(data: bytes) -> str | None:
    """Return the label in the first ``meta`` element or XML declaration that has one."""
    found = _CHARSET.search(data[:_SNIFFED])
    return found[1].decode("ascii", "replace") if found else None


@cache
def _codec(label: str | None) -> str | None:
    """Return the Python codec of a label; None for a label that is unknown or never to be used."""
    if label is None:
        return None
    name = label.strip().lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):  # ValueError: a NUL in the label
        return None
    codec = _WIDER.get(codec, codec)
    return codec if codec in _KNOWN else None


def _utf16(data: bytes) -> str | None:
    """Return the codec of UTF-16 without a mark: the high bytes are nearly all of Latin, Hebrew, Arabic or Cyrillic."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(sample) % 2 or 0 not in sample:
        return None
    for codec, high, low in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        scripts = sum(map(high.count, b"\x00\x04\x05\x06\x20"))
        if scripts >= 0.95 * len(high) and 20 * low.count(0) <= len(low):
            return codec
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken UTF-8 is still UTF-8: far more whole sequences than broken ones."""
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    whole = len(text) - (len(sample) - _high(sample)) - broken
    return whole >= 4 * broken


def _legacy(data: bytes) -> str:
    """Return the code page of Hebrew, Arabic or Western text, by its letters.

    Hebrew words are runs of E0–FA; Western accents stand among ASCII letters; what else is mostly letters is Arabic.
    """
    sample = data[:_SAMPLE]
    letters = len(_WIDE_LETTERS.findall(sample))
    if 2 * letters <= _high(sample) or 2 * len(_LATIN_ACCENTS.findall(sample)) > letters:
        return "cp1252"
    return "cp1255" if 2 * len(_HEBREW_LETTERS.findall(sample)) > letters else "cp1256"


def _high(sample: bytes) -> int:
    """Count the bytes that are not ASCII."""
    return len(sample) - len(sample.translate(None, _NOT_ASCII))


def _read(data: bytes, codec: str, *issues: Issue) -> tuple[str, tuple[Issue, ...]]:
    """Decode with U+FFFD for what the codec does not know, and count the places."""
    if codec == "cp1255":
        text, _ = codecs.charmap_decode(data, "strict", _hebrew_table())
    else:
        text = data.decode(codec, "replace")
    genuine = 0 if codec in _SINGLE_BYTE else data.count(REPLACEMENT.encode(codec))
    lost = text.count(REPLACEMENT) - genuine
    if lost > 0:
        message = f"{lost} places are not valid {_name(codec)} and became U+FFFD"
        issues = (*issues, Issue(code="undecodable_bytes", message=message))
    return text, issues


@cache
def _hebrew_table() -> str:
    """Return windows-1255 as the Encoding Standard has it: byte CA, which Python's codec lacks, is U+05BA."""
    table = list(bytes(range(256)).decode("cp1255", "replace"))
    table[0xCA] = "\N{HEBREW POINT HOLAM HASER FOR VAV}"
    return "".join(table)


def _name(codec: str) -> str:
    """Return a codec's name as people write it."""
    return f"windows-{codec[2:]}" if codec.startswith("cp12") else codec.upper()


def _guessed(codec: str) -> Issue:
    """Say that no declaration helped."""
    return Issue(code="encoding_guessed", message=f"no encoding is declared; read as {_name(codec)}")


def _mismatch(label: str | None, codec: str) -> Issue:
    """Say that the declaration does not fit the bytes."""
    return Issue(code="encoding_mismatch", message=f"declared as {label}, read as {_name(codec)}")


def looks_binary(data: bytes) -> bool:
    r"""Whether bytes are no text in any encoding: control characters stand all over them.

    Example:
        >>> looks_binary(bytes(range(256))), looks_binary("שלום\n".encode("utf-16"))
        (True, False)
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16(data[: len(data) & ~1]):
        return False
    return 20 * (len(data) - len(data.translate(None, _CONTROLS))) > len(data)
