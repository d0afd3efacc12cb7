"""Bytes become text in the right encoding, and what was guessed or lost is said."""

from __future__ import annotations

import pytest

from bidi_news.read.encoding import decode, looks_binary, looks_like_html, scrub

HEBREW = "ראש הממשלה נחת בלונדון\nפורסם: 23.06.15, 21:05\n"
ARABIC = "قال رئيس الوزراء إن المحادثات مستمرة"
FRENCH = "Le président a été réélu à l'issue d'un scrutin serré"


def codes(data: bytes, declared: str | None = None) -> list[str]:
    """Return the issue codes of decoding."""
    return [issue.code for issue in decode(data, declared)[1]]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_mark_names_the_encoding(codec: str) -> None:
    """A byte order mark decides, is no part of the text, and leaves nothing to report."""
    assert decode(HEBREW.encode(codec)) == (HEBREW, ())


def test_only_one_mark_is_the_mark() -> None:
    """What follows the first byte order mark is text, whatever it is: nothing is dropped."""
    assert decode(("\ufeff\ufeff" + HEBREW).encode())[0] == "\ufeff" + HEBREW


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(codec: str) -> None:
    """UTF-16 without a mark is known by its high bytes, and the guess is reported."""
    text, issues = decode(HEBREW.encode(codec))
    assert text == HEBREW
    assert [issue.code for issue in issues] == ["encoding_guessed"]


def test_utf16_of_many_scripts_or_cut_in_a_character() -> None:
    """Accented Latin letters and emoji are scripts of UTF-16 like others; half a character at the end is lost alone."""
    assert decode("\N{ONION} può dirlo şu".encode("utf-16-be"))[0] == "\N{ONION} può dirlo şu"
    text, issues = decode(HEBREW.encode("utf-16-le")[:-1])
    assert text == f"{HEBREW[:-1]}\N{REPLACEMENT CHARACTER}"
    assert [issue.code for issue in issues] == ["encoding_guessed", "undecodable_bytes"]


def test_nul_between_letters_is_not_utf16() -> None:
    """A NUL here and there in UTF-8 stays a NUL in UTF-8."""
    assert decode("ש\0ל\0ום".encode()) == ("ש\0ל\0ום", ())


@pytest.mark.parametrize(
    ("text", "codec"), [(HEBREW, "cp1255"), (ARABIC, "cp1256"), (FRENCH, "cp1252"), ("“Quoted” text – so", "cp1252")]
)
def test_legacy_page_without_declaration(text: str, codec: str) -> None:
    """Hebrew, Arabic and Western code pages are told apart by their letters, and the guess is reported."""
    assert decode(text.encode(codec))[0] == text
    assert codes(text.encode(codec)) == ["encoding_guessed"]


@pytest.mark.parametrize("label", ["iso-8859-8-i", "ISO-8859-8", "visual", "logical", "windows-1255", "x-mac-hebrew"])
def test_hebrew_labels(label: str) -> None:
    """Every label that Hebrew pages declare is known, also those that Python is not."""
    page = f'<html><head><meta charset="{label}"></head><body>שלום עולם</body></html>'
    assert decode(page.encode("cp1255")) == (page, ())


def test_http_equiv_declares_too() -> None:
    """The long form of the declaration counts like the short one."""
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет'
    assert decode(page.encode("koi8-r")) == (page, ())


def test_header_goes_before_meta() -> None:
    """An encoding declared outside the page goes before the one declared in it."""
    page = '<meta charset="windows-1252"><p>שלום לכולם'
    assert decode(page.encode("cp1255"), "windows-1255") == (page, ())


def test_valid_utf8_wins_over_a_single_byte_declaration() -> None:
    """A page in UTF-8 that declares a code page is read as UTF-8, and the contradiction is reported."""
    page = f'<meta charset="windows-1255"><p>{HEBREW}'
    assert decode(page.encode())[0] == page
    assert codes(page.encode()) == ["encoding_mismatch"]


def test_declared_utf8_that_is_not() -> None:
    """A page that declares UTF-8 and holds a code page is read by its letters, and the contradiction is reported."""
    page = f'<meta charset="utf-8"><p>{HEBREW}'
    assert decode(page.encode("cp1255"))[0] == page
    assert codes(page.encode("cp1255")) == ["encoding_mismatch"]


@pytest.mark.parametrize("label", ["utf-7", "rot13", "unicode_escape", "idna", "no\0label", ""])
def test_dangerous_and_unknown_labels_are_not_used(label: str) -> None:
    """A label that is unknown, or that hides text in ASCII, changes nothing."""
    assert decode(b"+ADw-script+AD4-", label) == ("+ADw-script+AD4-", ())


def test_byte_ca_is_a_hebrew_point() -> None:
    """Byte CA of windows-1255, which Python's codec lacks, is U+05BA as the Encoding Standard says."""
    assert decode(b"\xee\xf6\xe5\xca\xfa \xf9\xec\xe5\xed", "windows-1255") == ("מצו\u05baת שלום", ())


def test_broken_bytes_are_counted() -> None:
    """A byte that fits nowhere becomes U+FFFD and is counted; U+FFFD that the page itself holds is not."""
    text, issues = decode(HEBREW.encode() + b"\xff" + "\ufffd".encode() + HEBREW.encode())
    assert text == f"{HEBREW}\ufffd\ufffd{HEBREW}"
    assert [issue.message[:8] for issue in issues if issue.code == "undecodable_bytes"] == ["1 places"]


def test_any_bytes_give_text() -> None:
    """All byte values at once give a text that can be written as UTF-8, and the loss is reported."""
    text, issues = decode(bytes(range(256)), "windows-1255")
    assert text.encode()
    assert "undecodable_bytes" in {issue.code for issue in issues}


def test_scrub_keeps_length() -> None:
    """A lone surrogate becomes one U+FFFD, so that offsets hold; a clean text stays the same object."""
    text, issues = scrub("א\ud800\udfffב")
    assert text == "א\ufffd\ufffdב"
    assert [(issue.code, issue.start) for issue in issues] == [("lone_surrogate", 1)]
    assert scrub(HEBREW)[0] is HEBREW


@pytest.mark.parametrize("text", ["<!doctype html><p>x", "\ufeff\n <HTML lang=he>", "<div class=a>x", "<?xml?><html>"])
def test_html_is_seen(text: str) -> None:
    """A document and a fragment begin like HTML."""
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "a <b> c", "<3 this", "<pre-election poll>", "אם x<y ו y>z אז <p>"])
def test_text_is_not_html(text: str) -> None:
    """Text with angle brackets is not HTML because of them."""
    assert not looks_like_html(text)


def test_binary_is_told_from_utf16() -> None:
    """Control characters all over make a binary file; the NULs of UTF-16 and UTF-32 do not."""
    assert looks_binary(bytes(range(64)))
    assert not any(looks_binary(HEBREW.encode(codec)) for codec in ("utf-8", "utf-16-le", "utf-16", "utf-32", "cp1255"))
