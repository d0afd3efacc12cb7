"""Code pages without a declaration are told by the places of their letters, and Hebrew by its order too."""

from __future__ import annotations

import pytest

from bidi_news.read.encoding import identify
from bidi_news.read.legacy import guess_code_page

HEBREW = "ראש הממשלה נחת בלונדון אחרי ויכוח ארוך"
RUSSIAN = "Премьер-министр прибыл в Лондон после долгого спора между министрами"
ARABIC = "قال رئيس الوزراء إن المحادثات مستمرة"
VISUAL = "ןודנולב תחנ הלשממה שאר"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (HEBREW, "cp1255", "windows-1255"),
        (HEBREW, "iso8859-8", "windows-1255"),
        (HEBREW, "cp862", "ibm862"),
        (VISUAL, "cp862", "ibm862"),
        ("Home | " + HEBREW, "cp862", "ibm862"),
        ("“Yes,” he said – and left", "cp1252", "windows-1252"),
        ("Le café où l'été a commencé", "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (ARABIC, "cp1256", "windows-1256"),
        ("שָׁלוֹם עֲלֵיכֶם", "cp1255", "windows-1255"),
    ],
)
def test_letters_tell_the_code_page(text: str, codec: str, name: str) -> None:
    """Each script has its code page, also in a sentence of another."""
    assert guess_code_page(text.encode(codec)) == name


@pytest.mark.parametrize(
    "data",
    [
        HEBREW.encode("cp1255").replace(b" ", b"\xac\xa0"),  # commas and spaces of right-to-left text
        b"\xf9\xec\xe5\xed \xd0 " + HEBREW.encode("cp1255"),  # a dash where windows-1255 has a point
        HEBREW.encode("cp1255") + b" says\xc9",  # an ellipsis where windows-1255 has a point
        b"\xf9\xd9\xec\xe5\xed " + HEBREW.encode("cp1255"),  # a point where windows-1255 has nothing
        HEBREW.encode("cp1255") + b" caf\x8e",  # an accented letter where it has nothing
        HEBREW.encode("cp1255") + b" Espa\x96a, qui\x8en s\x87b",  # where it has a sign that stands in no word
        HEBREW.encode("cp1255") + b"\xd0" + HEBREW.encode("cp1255"),  # a dash where it has punctuation of the Bible
        HEBREW.encode("cp1255") + b" said.\xd3",  # a quotation mark likewise, after no letter
        HEBREW.encode("cp1255") + b" 60\n\xa6",  # a sheqel, and the line is folded before it
    ],
)
def test_a_mac_is_known_by_its_marks(data: bytes) -> None:
    """Hebrew letters are the same on Windows and on a Mac; marks and points decide."""
    assert guess_code_page(data) == "x-mac-hebrew"


def test_quotation_marks_of_windows_are_no_mac() -> None:
    """A stray byte does not make a Mac page of one with the dashes and quotation marks of Windows."""
    assert guess_code_page(f"“{HEBREW}” – ".encode("cp1255") + b"\xa9 \xd0") == "windows-1255"


@pytest.mark.parametrize(
    "text",
    [
        f"It’s “new” – {HEBREW}… word—word ‘so’",
        f"Comment•May 4×4 {HEBREW}",
        f"{HEBREW} ארה״ב ג׳ורג׳ שָׁלוֹם עֲלֵיכֶם",
        f"אדידס® קוקה־קולה™ © {HEBREW} 100 ₪ 20°",
        f"ראשי ¦ חדשות ¦ {HEBREW}",
    ],
)
def test_marks_of_windows_are_no_mac(text: str) -> None:
    """Quotation marks, dashes, signs and points of Windows are no Mac where Hebrew and English have them."""
    assert guess_code_page(text.encode("cp1255")) == "windows-1255"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("חדשות חוץהמזרח התיכון", "cp1255", "windows-1255"),
        ("Новости дня", "cp1251", "windows-1251"),
    ],
)
def test_pairs_of_letters_tell_scripts_apart(text: str, codec: str, name: str) -> None:
    """A few letters are enough, and a space that somebody dropped between two Hebrew words does not matter."""
    assert guess_code_page(text.encode(codec)) == name


@pytest.mark.parametrize(
    ("label", "text", "order"),
    [
        (None, HEBREW, "logical"),
        (None, VISUAL, "visual"),
        ("iso-8859-8", HEBREW, "logical"),
        ("visual", VISUAL, "visual"),
        ("iso-8859-8-i", VISUAL, "visual"),
        ("windows-1255", VISUAL, "visual"),
        ("iso-8859-8", "ב", "visual"),
        ("iso-8859-8-i", "ב", "logical"),
    ],
)
def test_letters_tell_the_order(label: str | None, text: str, order: str) -> None:
    """The pairs of letters decide on the order, whatever the label says; without any, the label does."""
    assert identify(text.encode("cp1255"), label).order == order


def test_hebrew_wins_over_the_western_default() -> None:
    """Servers declare windows-1252 of everything: Hebrew letters prove them wrong, French ones do not."""
    assert identify(HEBREW.encode("cp1255"), "iso-8859-1").name == "windows-1255"
    assert identify("Le café où l'été a commencé".encode("cp1252"), "iso-8859-1").name == "windows-1252"


def test_a_chosen_encoding_is_taken() -> None:
    """What the user chose is used against mark, declaration and letters, and nothing is said of it."""
    data = b'<meta charset="utf-8">' + HEBREW.encode("cp1255")
    encoding = identify(data, "utf-8", chosen="cp1251")
    assert (encoding.name, encoding.issues) == ("windows-1251", ())
    assert identify(b"\xef\xbb\xbfabc", chosen="utf-8").read(b"\xef\xbb\xbfabc") == ("abc", ())


def test_iso_with_marks_of_windows_is_windows() -> None:
    """A page declared as ISO 8859-8 with the quotation marks of Windows is read as Windows, and that is said."""
    text, issues = identify(f"“{HEBREW}”".encode("cp1255"), "iso-8859-8-i").read(f"“{HEBREW}”".encode("cp1255"))
    assert text == f"“{HEBREW}”"
    assert [issue.code for issue in issues] == ["encoding_mismatch"]
