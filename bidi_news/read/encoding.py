r"""Bytes into text: which encoding they are in, and what had to be guessed or replaced on the way.

In this order: a byte order mark; UTF-16 by the pattern of its bytes; what the page declares; strict UTF-8; else a
legacy code page by its letters. Valid UTF-8 wins over a declared single-byte encoding, which would accept any bytes,
and Hebrew letters win over windows-1252, which servers declare of everything.

Hebrew in a single-byte encoding is in logical or in visual order, line by line as it was shown; the pairs of its
letters tell (:mod:`bidi_news.unicode.hebrew_pairs`), since labels do not: ``iso-8859-8`` stands for both.

Example:
    >>> from bidi_news.read.encoding import decode
    >>> decode("שלום".encode("cp1255"))[0]
    'שלום'
"""

from __future__ import annotations

import codecs
import re
from typing import Literal, NamedTuple

import orjson

from bidi_news.model import Issue
from bidi_news.read.legacy import guess_code_page
from bidi_news.unicode.charsets import decode_as, find_encoding, is_single_byte
from bidi_news.unicode.hebrew_pairs import weigh_pairs

__all__ = ["Encoding", "Order", "decode", "find_declared", "identify", "looks_binary", "looks_like_html", "scrub"]

Order = Literal["logical", "visual"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SNIFFED = 1024  # bytes of a page in which its charset must stand: HTML Standard, "determining the encoding"
_SAMPLE = 1 << 16  # bytes that are enough to know a legacy encoding by its letters

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
# A declaration that could be read as ASCII is in none of these: HTML Standard, "prescan a byte stream".
_NOT_DECLARABLE = {"utf-16le", "utf-16be", "utf-32le", "utf-32be"}
_VISUAL = {"iso-8859-8"}  # labels that mean visual order by the Encoding Standard
_HEBREW = {"windows-1255", "iso-8859-8", "iso-8859-8-i", "ibm862", "x-mac-hebrew"}
_SURE = 3.0  # log odds, 20 to 1, from which letters overrule the order that a label means

_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|article|section|main|table|script|style|link|h[1-6]|ul)\b)",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_NOT_ASCII = bytes(range(128, 256))
_HIGH_BYTES = b"\x00\x01\x03\x04\x05\x06\x20\xd8\xdc\xdd\xde"  # Latin to Arabic, punctuation, pairs of surrogates


class Encoding(NamedTuple):
    """What some bytes are in."""

    name: str
    """As :func:`~bidi_news.unicode.charsets.find_encoding` names it."""
    order: Order = "logical"
    """Whether Hebrew stands as it is read, or as it was shown: from left to right, line by line."""
    mark: int = 0
    """Length of the byte order mark, in bytes."""
    issues: tuple[Issue, ...] = ()
    """What had to be guessed."""
    text: str | None = None
    """The text, where finding the encoding has read it already."""

    def read(self, data: bytes) -> tuple[str, tuple[Issue, ...]]:
        """Return the text of the bytes, in their own order, and the issues with what was lost.

        Example:
            >>> Encoding("windows-1255").read("שלום".encode("cp1255"))
            ('שלום', ())
        """
        if self.text is not None:
            return self.text, self.issues
        text, lost = decode_as(data[self.mark :], self.name)
        if not lost:
            return text, self.issues
        message = f"{lost} places are not valid {_shown(self.name)} and became U+FFFD"
        return text, (*self.issues, Issue(code="undecodable_bytes", message=message))


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Issue, ...]]:
    r"""Return the text of some bytes, and what was guessed or lost; lines in visual order are left as they are.

    Args:
        data: a page, text or HTML.
        declared: label of the encoding by a header or a field beside the page; None looks for a ``meta`` element.

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
    return identify(data, declared).read(data)


def identify(data: bytes, declared: str | None = None, *, chosen: str | None = None) -> Encoding:
    """Return the encoding of some bytes, the order of their Hebrew, and what had to be guessed.

    Args:
        data: a page, text or HTML.
        declared: label by a header or a field beside the page; None looks for a ``meta`` element. It is evidence.
        chosen: label that the user decided on; it is taken whatever the bytes are, only their order is looked at.

    Example:
        >>> identify("שלום עולם".encode("cp862")).name, identify("םלוע םולש".encode("cp1255")).order
        ('ibm862', 'visual')
    """
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if chosen is not None and (name := find_encoding(chosen)) is not None:
        return _ordered(data, Encoding(name, mark=len(marked[0]) if marked is not None and marked[1] == name else 0))
    if marked is not None:
        return Encoding(marked[1], mark=len(marked[0]))
    wide = _utf16(data)
    if wide is not None:
        return Encoding(wide, issues=(_guessed(wide),))
    label = declared or find_declared(data)
    name = find_encoding(label)
    if name in _NOT_DECLARABLE:
        name = "utf-8"
    if name in {None, "utf-8"} or is_single_byte(name):
        return _ordered(data, _single_or_utf8(data, label, name))
    return Encoding(name)


def _single_or_utf8(data: bytes, label: str | None, name: str | None) -> Encoding:
    """Return UTF-8 or a single-byte encoding, declared or known by its letters."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        found = _by_letters(data, name)
    else:
        wrong = name not in {None, "utf-8"} and not text.isascii()
        return Encoding("utf-8", issues=(_mismatch(label, "utf-8"),) if wrong else (), text=text)
    if found == name:
        return Encoding(found)
    return Encoding(found, issues=(_guessed(found) if name is None else _mismatch(label, found),))


def _by_letters(data: bytes, name: str | None) -> str:
    """Return the encoding of bytes that are not whole UTF-8: the declared one, unless the letters say otherwise."""
    sample = data[:_SAMPLE]
    if name is None or name == "utf-8":
        return "utf-8" if _mostly_utf8(sample) else guess_code_page(sample)
    if name == "windows-1252":
        found = guess_code_page(sample)
        return found if found in _HEBREW else name
    return "windows-1255" if name.startswith("iso-8859-8") and _outside_iso(sample) else name


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


def find_declared(data: bytes) -> str | None:
    """Return the label in the first ``meta`` element or XML declaration that has one.

    Example:
        >>> find_declared(b'<meta charset="windows-1255">')
        'windows-1255'
    """
    found = _CHARSET.search(data[:_SNIFFED])
    return found[1].decode("ascii", "replace") if found else None


def _utf16(data: bytes) -> str | None:
    """Return UTF-16 without a mark: the high bytes are nearly all of a few scripts, marks and emoji."""
    sample = data[: min(_SAMPLE, len(data)) & ~1]
    if len(sample) < 4 or 0 not in sample:
        return None
    for name, high, low in (
        ("utf-16le", sample[1::2], sample[0::2]),
        ("utf-16be", sample[0::2], sample[1::2]),
    ):
        scripts = len(high) - len(high.translate(None, _HIGH_BYTES))
        if scripts >= 0.95 * len(high) and 20 * low.count(0) <= len(low):
            return name
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether broken UTF-8 is still UTF-8: far more whole sequences than broken ones."""
    text = sample.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    whole = len(text) - len(sample.translate(None, _NOT_ASCII)) - broken
    return whole >= 4 * broken


def _outside_iso(sample: bytes) -> bool:
    """Whether bytes hold what windows-1255 has and ISO 8859-8 has not: quotation marks, dashes and points."""
    return len(sample) != len(sample.translate(None, bytes((*range(0x80, 0xA0), *range(0xC0, 0xD9)))))


def _ordered(data: bytes, encoding: Encoding) -> Encoding:
    """Return an encoding with the order of its Hebrew: what the label means, unless the letters say otherwise."""
    if encoding.name not in _HEBREW:
        return encoding
    text, _ = decode_as(data[:_SAMPLE], encoding.name)
    bound = _SURE if encoding.name in _VISUAL else -_SURE
    return encoding._replace(order="visual" if weigh_pairs(text).forward < bound else "logical")


def _shown(name: str) -> str:
    """Return an encoding's name as people write it."""
    return name if name.startswith(("windows", "x-")) else name.upper()


def _guessed(name: str) -> Issue:
    """Say that no declaration helped."""
    return Issue(code="encoding_guessed", message=f"no encoding is declared; read as {_shown(name)}")


def _mismatch(label: str | None, name: str) -> Issue:
    """Say that the declaration does not fit the bytes."""
    return Issue(code="encoding_mismatch", message=f"declared as {label}, read as {_shown(name)}")


def looks_binary(data: bytes) -> bool:
    r"""Whether bytes are no text in any encoding: control characters stand all over them.

    Example:
        >>> looks_binary(bytes(range(256))), looks_binary("שלום\n".encode("utf-16"))
        (True, False)
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _utf16(data):
        return False
    return 20 * (len(data) - len(data.translate(None, _CONTROLS))) > len(data)
