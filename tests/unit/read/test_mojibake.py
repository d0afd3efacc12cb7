"""Garbled lines are put right, with a proof; everything else is left as it is."""

from __future__ import annotations

import pytest

from bidi_news import Page, normalize
from bidi_news.read.mojibake import repair
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.charsets import decode_as, encode_as

HEBREW = "ראש העיר פתח את הגשר הישן בחיפה ביום שני"
NAME = "encodings/mojibake.tsv"
PAIRS = [
    (row["really"], row["read_as"])
    for _, row in parse_tsv(read_text(NAME), ("really", "read_as", "letters", "source"), path=NAME)
]


def garble(text: str, really: str, read_as: str) -> str:
    """Return a text whose bytes were read in a wrong encoding."""
    data = encode_as(text, really)
    assert data is not None
    return decode_as(data, read_as)[0]


@pytest.mark.parametrize("name", sorted({name for pair in PAIRS for name in pair}))
def test_the_encodings_agree_on_ascii(name: str) -> None:
    """So the other characters of a line can tell alone that it cannot have been garbled."""
    ascii_text = bytes(range(128)).decode()
    assert encode_as(ascii_text, name) == ascii_text.encode()
    assert decode_as(ascii_text.encode(), name) == (ascii_text, False)


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_is_put_right(pair: tuple[str, str]) -> None:
    """Text garbled in a known way is put right, and the issue names the encoding and the place."""
    text, issues = repair(f"Home\n{garble(HEBREW, *pair)}\n2015")
    assert text == f"Home\n{HEBREW}\n2015"
    assert [(issue.code, issue.start, issue.end) for issue in issues] == [("mojibake_repaired", 5, 5 + len(HEBREW))]
    assert pair[0].lower() in issues[0].message.lower()


def test_twice_garbled() -> None:
    """What was garbled twice is put right in two steps."""
    twice = garble(garble(HEBREW, "utf-8", "latin-1"), "utf-8", "latin-1")
    assert repair(twice).text == HEBREW
    assert repair(twice).issues[0].message.count("UTF-8 that had been read") == 2


@pytest.mark.parametrize("text", ["العربية في الأخبار", "Новости дня", "It’s late – “very” late"])
def test_utf8_of_other_scripts(text: str) -> None:
    """UTF-8 read as windows-1252 is proven by its own form: Arabic, Cyrillic and typographic marks come back too."""
    assert repair(garble(text, "utf-8", "windows-1252")).text == text


def test_short_lines_follow_the_others() -> None:
    """A line of two letters proves nothing alone, but on a page whose other lines do."""
    garbled = garble("לא", "windows-1255", "windows-1252")
    assert repair(garbled).text == garbled
    assert repair(f"{garble(HEBREW, 'windows-1255', 'windows-1252')}\n{garbled}").text == f"{HEBREW}\nלא"


def test_lines_follow_in_either_encoding_that_explains_the_others() -> None:
    """Latin-1 and windows-1252 agree on Hebrew letters: dashes that only one of them explains come back as well."""
    page = f"{HEBREW}\n© 2005–2016"
    for read_as in ("latin-1", "windows-1252"):
        assert repair(garble(page, "windows-1255", read_as)).text == page


@pytest.mark.parametrize("text", ["תוכנית הבוקר", "דלג לתפריט הראשי", "יש תה, ויש סיבה."])
@pytest.mark.parametrize("pair", [("windows-1255", "windows-1252"), ("ibm862", "ibm437")])
def test_a_few_words_are_enough(text: str, pair: tuple[str, str]) -> None:
    """Some ten letters prove a line if their pairs are likely in Hebrew, be they as likely backwards."""
    assert repair(garble(text, *pair)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Le président a été réélu à l'issue d'un scrutin très serré, où l'été fut décisif",
        "Überraschung: Fußgänger überqueren künftig häufiger die Straße",
        "São Paulo não é só isso; a coração das manhãs",
        "CAFÉ… MAß“",
        "Премьер-министр прибыл в Лондон",
        "но она не может",
        "афиша через часов",
        "тривожні двери дочери",
        "Ход Федерацией тест делают",
        "Ελλάδα και Κύπρος",
        "ג׳ורג׳ וצ׳רלי אכלו ג׳ינג׳ר",
        "3×4×5 = 60",
        "日本語のニュース",
        "قال رئيس الوزراء إن المحادثات مستمرة",
        "Ä Ö Ü äöü éèê ÇÇÇÇ",
        "╔═╦╗ ╫ ╪ ┘",
        "🙂 🧅",
    ],
)
def test_clean_and_foreign_text_is_left(text: str) -> None:
    """Text that was never garbled stays the same object, whatever letters it has."""
    assert repair(text).text is text


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\u200b", "\ufeff"])
def test_unseen_characters_do_not_hide_garbled_text(mark: str) -> None:
    """What somebody put around garbled text or between its words stays where it is, and hinders no repair."""
    for garbled in (garble(HEBREW, "utf-8", "latin-1"), garble(HEBREW, "windows-1255", "windows-1252")):
        assert repair(f"{mark}{garbled}{mark} {garbled}").text == f"{mark}{HEBREW}{mark} {HEBREW}"


@pytest.mark.parametrize("lost", [("\x90", "?"), ("\xa0", " "), ("\x9d", "")])
def test_garbled_lines_that_lost_something_are_reported(lost: tuple[str, str]) -> None:
    """A line that is surely garbled, but not whole any more, is left and reported with its place."""
    garbled = garble(HEBREW, "utf-8", "latin-1")
    broken = garble(f"{HEBREW}\u05e0", "utf-8", "latin-1").replace(*lost)
    found = repair(f"clean\n{garbled}\n{broken}")
    assert found.text == f"clean\n{HEBREW}\n{broken}"
    left = found.issues[-1]
    assert (left.code, found.text[left.start : left.end]) == ("mojibake_left", broken)


def test_html_is_put_right_before_it_is_parsed() -> None:
    """Garbled markup gives the text and the title that it should, and the issue claims no place in the text."""
    html = f"<title>{HEBREW}</title><h1>{HEBREW}</h1><p>{HEBREW}."
    article = normalize(Page(html=garble(html, "utf-8", "windows-1252")))
    assert article.text.split("\n")[0] == HEBREW
    assert [(issue.code, issue.start) for issue in article.issues] == [("mojibake_repaired", None)]


def test_many_lines_are_linear() -> None:
    """A page of many garbled lines, and one long line of signs that lead nowhere, take linear time."""
    garbled = garble(HEBREW, "utf-8", "windows-1252")
    assert repair(f"{garbled}\n" * 5000).text == f"{HEBREW}\n" * 5000
    nothing = "×\x90×" * 300_000
    assert repair(nothing).text == nothing
