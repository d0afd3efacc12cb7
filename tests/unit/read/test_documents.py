"""Pages of any kind become documents: decoded, put right and in reading order, with what was done in the issues."""

from __future__ import annotations

from bidi_news.model import Page
from bidi_news.read import read_pages

VISUAL = "ןודנולב תחנ הלשממה שאר"
LOGICAL = "ראש הממשלה נחת בלונדון"


def test_visual_html_is_turned_after_it_is_rendered() -> None:
    """Lines and title of a page in visual order are in reading order, and each line keeps its element."""
    html = f'<meta charset="iso-8859-8"><title>{VISUAL}</title><h1>{VISUAL}</h1><p>2015 <b>{VISUAL}</b><br>{VISUAL}'
    (document,) = read_pages([Page(data=html.encode("iso8859-8"))])
    lines = [line for line in document.text.split("\n") if line]
    assert lines == [LOGICAL, f"{LOGICAL} 2015", LOGICAL]
    assert document.evidence.title == LOGICAL
    assert document.tags is not None
    assert len(document.tags) == 3
    assert [issue.code for issue in document.issues] == ["visual_order"]


def test_a_line_that_no_screen_has_is_left() -> None:
    """A line too long to have been shown is left as it is and counted."""
    data = (f"{VISUAL} " * 200).encode("iso8859-8")
    (document,) = read_pages([Page(data=data)])
    assert document.text == data.decode("iso8859-8")
    assert [issue.code for issue in document.issues] == ["encoding_guessed", "visual_order", "visual_order_left"]


def test_form_of_bytes_is_told_or_seen() -> None:
    """Bytes are HTML or text as their source says; without a word they are what they look like."""
    documents = read_pages([Page(data=b"<p>x", form=form) for form in ("text", "html", None)])
    assert [document.text.strip() for document in documents] == ["<p>x", "x", "x"]


def test_a_declaration_outside_the_page_counts() -> None:
    """The label that came with the bytes goes before the one inside."""
    data = '<meta charset="koi8-r"><p>שלום'.encode("cp1255")
    assert read_pages([Page(data=data, encoding="windows-1255")])[0].text.strip() == "שלום"


def test_nothing_is_repaired_when_the_encoding_is_chosen() -> None:
    """With an encoding of the user's, text is taken as it is: bytes, rows of text and rows of HTML."""
    garbled = LOGICAL.encode("cp1255").decode("cp1252")
    pages = [Page(data=LOGICAL.encode("cp1255")), Page(text=garbled), Page(html=f"<p>{garbled}")]
    assert [document.text.strip() for document in read_pages(pages, "windows-1252")] == [garbled] * 3
    assert [document.text.strip() for document in read_pages(pages)] == [LOGICAL] * 3
