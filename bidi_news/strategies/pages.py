"""Strategies of whole pages: plausible ones with their known answer, and hostile ones without.

The word lists are our own: short plain sentences about invented doings, in Hebrew and in English.

Example:
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, database=None)
    ... @given(pages(language="he"))
    ... def headline_stands_in_the_page(known):
    ...     assert known.expected.headline in known.page.text
    >>> headline_stands_in_the_page()
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bidi_news.errors import OptionError
from bidi_news.model import Label, Page, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["Expected", "KnownPage", "pages", "texts"]

Language = Literal["en", "he"]

_ZONE = ZoneInfo("Asia/Jerusalem")
_SENTENCES = {
    "en": (
        ("The mayor", "A bus driver", "The school librarian", "A young baker", "Her neighbor"),
        ("opened", "counted", "painted", "repaired", "measured"),
        ("the old bridge", "forty lemon trees", "the clock in the square", "a wooden boat", "the last phone booth"),
        ("in Haifa on Monday", "near Afula", "after a long argument", "before the first rain", "for the third time"),
    ),
    "he": (
        ("ראש העיר", "נהג האוטובוס", "מנהל הספרייה", "הדוור", "השכן מלמעלה"),
        ("פתח", "ספר", "צבע", "תיקן", "מדד"),
        ("את הגשר הישן", "את עצי הלימון", "את השעון שבכיכר", "את סירת העץ", "את תא הטלפון האחרון"),
        ("בחיפה ביום שני", "ליד עפולה", "אחרי ויכוח ארוך", "לפני הגשם הראשון", "בפעם השלישית"),
    ),
}
_BYLINES = {"en": ("By Dana Melamed", "By Gilad Shemer"), "he": ("מאת דנה מלמד", "מאת גלעד שמר")}
_CREDITS = {"en": ("Photo: Reuters", "Photo: AFP"), "he": ("צילום: רויטרס", "צילום: דנה מלמד")}
_CHROME = {
    "en": ("Home", "Sign in", "Share on Facebook", "Subscribe to our newsletter", "Terms of use", "new comment"),
    "he": ("דף הבית", "התחברות", "שתפו בפייסבוק", "הרשמה לניוזלטר", "תנאי שימוש", "תגובה חדשה"),
}
# A sentence with one name in it, the name as a page may spell it, and as the house style does.
_SPELLINGS = (
    ("Leaders of the {} movement met near Afula.", "Shi'ite", "Shiite"),
    ("Leaders of the {} movement met near Afula.", "Shi\N{RIGHT SINGLE QUOTATION MARK}ite", "Shiite"),
    ("Three {} families own the press.", "Shiia", "Shiite"),
    ("A spokesman for {} declined to answer.", "Hizbullah", "Hezbollah"),
    ("A spokesman for {} declined to answer.", "Hizballah", "Hezbollah"),
    ("A reading from the {} opened the evening.", "Qur'an", "Quran"),
    ("A spokesman for {} declined to answer.", "Hezbollah", "Hezbollah"),
    ("A reading from the {} opened the evening.", "Quran", "Quran"),
)
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
    "he": (
        *("ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט"),
        *("ספטמבר", "אוקטובר", "נובמבר", "דצמבר"),
    ),
}

_BREAKS = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n \t\n")
_CONTROLS = (
    *"\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    *"\x00\x1b\x1c\x7f",
    *"\ud800\udfff",
)
_TRAPS = (
    *(
        "פרסום ראשון: 06.23.15, 21:05",
        "פורסם: 99.99.99",
        "31/02/2015",
        "12:60",
        "6 ביוני",
        'תשע"ה',
        "לפני יום",
        "yesterday",
    ),
    *("Shi'ite", "shi\u2019ites'", "חיזבאללה", "שָׁלוֹם", 'ארה"ב', "https://example.org/Shi'ite", "@Hizbullah"),
    *("&nbsp;", "<p>", "<!--", "</script>", "\U0001f9c5", "\u05b0\u05b0\u05b0", "٠٨ ديسمبر, ٢٠٢٥"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a drawn page was made of. Offsets are code points of the page's text."""

    headline: str
    """Its headline."""
    blocks: tuple[tuple[Span, Label], ...]
    """Every non-blank line, without its outer white space, and what it is."""
    published: str | None
    """Publication date as ISO 8601; None when the page has none or leaves it open."""
    candidates: tuple[str, ...]
    """Every reading of the stamp; several when the page leaves it open, none when it has no stamp."""
    stamp: Span | None
    """The stamp, its label words left out."""
    edits: tuple[tuple[Span, str], ...]
    """Spellings to replace, in order, and what the house style makes of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page and its right answer."""

    page: Page
    """A plain-text page without address or crawl time: all evidence stands in its text."""
    expected: Expected
    """What it was made of."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A stamp as a page writes it: words before it, itself, and every way to read it."""

    words: str
    raw: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line to come, with what is known in it; offsets from the start of the line."""

    label: Label
    text: str
    edits: tuple[tuple[Span, str], ...] = ()
    stamp: Span | None = None


def pages(
    *, language: Language | None = None, min_paragraphs: int = 1, max_paragraphs: int = 5
) -> SearchStrategy[KnownPage]:
    """Draw plain-text news pages: an article in one language, chrome in either, and the right answer.

    A page has a headline and paragraphs, and may have a deck, a byline, doubled captions, credits, a publication stamp
    (decided by its own numbers or words, or left open by them) and spellings that the house style replaces.

    Args:
        language: language of the article; None draws it.
        min_paragraphs: fewest body paragraphs, at least one.
        max_paragraphs: most body paragraphs.

    Raises:
        OptionError: if an argument has a value that it cannot have.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=3, database=None)
        ... @given(pages(min_paragraphs=2))
        ... def spellings_stand_where_they_should(known):
        ...     for span, canonical in known.expected.edits:
        ...         assert span.of(known.page.text) != canonical
        >>> spellings_stand_where_they_should()
    """
    if language not in {None, *_SENTENCES}:
        raise OptionError(f"language is {language!r}; choose one of {', '.join(_SENTENCES)}, or None for any")
    if not 1 <= min_paragraphs <= max_paragraphs:
        raise OptionError(f"{min_paragraphs} to {max_paragraphs} paragraphs is no range that starts at 1 or above")
    languages = st.sampled_from(sorted(_SENTENCES)) if language is None else st.just(language)
    return _pages(languages, min_paragraphs, max_paragraphs)


def texts(*, max_pieces: int = 30) -> SearchStrategy[str]:
    """Draw hostile texts: any Unicode, bidi controls, lone surrogates, every line break, half-made dates and tags.

    Args:
        max_pieces: most pieces that a text is joined from.

    Raises:
        OptionError: if ``max_pieces`` is negative.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import normalize
        >>> @settings(max_examples=3, database=None)
        ... @given(texts())
        ... def any_text_has_a_record(text):
        ...     assert normalize(Page(text=text)).status == "ok"
        >>> any_text_has_a_record()
    """
    if max_pieces < 0:
        raise OptionError(f"max_pieces is {max_pieces}; it cannot be negative")
    pieces = st.one_of(
        st.text(max_size=20),
        st.sampled_from(_BREAKS),
        st.sampled_from(_CONTROLS),
        st.sampled_from(_TRAPS),
        st.sampled_from([sentence for lists in _SENTENCES.values() for words in lists for sentence in words]),
    )
    return st.lists(pieces, max_size=max_pieces).map("".join)


@st.composite
def _pages(draw: DrawFn, languages: SearchStrategy[str], min_paragraphs: int, max_paragraphs: int) -> KnownPage:
    """Draw the lines of a page in their order and put them together."""
    language = draw(languages)
    headline = draw(sentences(language))
    stamp = draw(st.none() | _stamps(language))
    line = [] if stamp is None else [_stamp_line(stamp)]
    at_foot = draw(st.booleans())
    head = [_Line(Label.HEADLINE, headline), *draw(_few(sentences(language, end="."), Label.DECK, 1))]
    head += draw(_few(st.sampled_from(_BYLINES[language]), Label.BYLINE, 1))
    paragraphs = draw(st.lists(_paragraphs(language), min_size=min_paragraphs, max_size=max_paragraphs))
    pictures = [draw(_pictures(language)) for _ in paragraphs]
    body = [item for paragraph, picture in zip(paragraphs, pictures, strict=True) for item in (paragraph, *picture)]
    lines = [*draw(_chrome()), *head, *(() if at_foot else line), *body, *(line if at_foot else ()), *draw(_chrome())]
    gaps = draw(
        st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n", " \n\n  "]), min_size=len(lines), max_size=len(lines))
    )
    return _assembled(lines, gaps, headline, () if stamp is None else stamp.readings)


def _assembled(lines: Sequence[_Line], gaps: Sequence[str], headline: str, readings: tuple[str, ...]) -> KnownPage:
    """Join lines with the white space after each, and move what is known to its place in the text."""
    sizes = (len(line.text) + len(gap) for line, gap in zip(lines, gaps, strict=True))
    starts = list(accumulate(sizes, initial=0))[:-1]
    placed = list(zip(starts, lines, strict=True))
    expected = Expected(
        headline=headline,
        blocks=tuple((Span(start, start + len(line.text)), line.label) for start, line in placed),
        published=readings[0] if len(readings) == 1 else None,
        candidates=readings,
        stamp=next((_moved(line.stamp, start) for start, line in placed if line.stamp is not None), None),
        edits=tuple((_moved(span, start), canonical) for start, line in placed for span, canonical in line.edits),
    )
    text = "".join(line.text + gap for line, gap in zip(lines, gaps, strict=True))
    return KnownPage(page=Page(text=text), expected=expected)


def _moved(span: Span, by: int) -> Span:
    """Return a span of a line as a span of the text."""
    return Span(span.start + by, span.end + by)


def sentences(language: str, *, end: str = "") -> SearchStrategy[str]:
    """Draw one plain sentence.

    Args:
        language: ``en`` or ``he``.
        end: what closes it.
    """
    return st.tuples(*map(st.sampled_from, _SENTENCES[language])).map(lambda words: " ".join(words) + end)


def _few(lines: SearchStrategy[str], label: Label, most: int) -> SearchStrategy[list[_Line]]:
    """Draw none to some lines of one label."""
    return st.lists(lines.map(lambda text: _Line(label, text)), max_size=most)


def _chrome() -> SearchStrategy[list[_Line]]:
    """Draw a run of chrome, in either language."""
    return st.sampled_from(sorted(_CHROME)).flatmap(
        lambda language: _few(st.sampled_from(_CHROME[language]), Label.CHROME, 4)
    )


@st.composite
def _pictures(draw: DrawFn, language: str) -> list[_Line]:
    """Draw nothing, or a credit line, or a caption with its credit, doubled as scraped pages have it."""
    credit = draw(st.sampled_from(_CREDITS[language]))
    caption = _Line(Label.CAPTION, f"{draw(sentences(language))} ({credit})")
    return draw(st.sampled_from([[], [_Line(Label.CREDIT, credit)], [caption], [caption, caption]]))


@st.composite
def _paragraphs(draw: DrawFn, language: str) -> _Line:
    """Draw a body paragraph; an English one may hold spellings, each in a sentence of its own."""
    plain = sentences(language, end=".").map(lambda text: (text, "", ""))
    kinds = st.one_of(plain, st.sampled_from(_SPELLINGS)) if language == "en" else plain
    text, edits = "", []
    for frame, surface, canonical in draw(st.lists(kinds, min_size=2, max_size=5)):
        sentence = (" " if text else "") + frame
        start = len(text) + sentence.find("{}")
        if surface != canonical:
            edits.append((Span(start, start + len(surface)), canonical))
        text += sentence.replace("{}", surface)
    return _Line(Label.BODY, text, tuple(edits))


@st.composite
def _stamps(draw: DrawFn, language: str) -> _Stamp:
    """Draw a publication stamp: decided by a day above 12, a month's name or a leading year, or left open."""
    # hours that no clock in the zone ever repeats or skips
    hour, minute, year = draw(st.integers(6, 22)), draw(st.integers(0, 59)), draw(st.integers(2005, 2024))
    month, day = draw(st.integers(1, 12)), draw(st.integers(13, 28))
    clock = f"{hour:02}:{minute:02}"

    def instant(month: int, day: int) -> str:
        return datetime(year, month, day, hour, minute, tzinfo=_ZONE).isoformat()

    short, decided = f"{year % 100:02}", (instant(month, day),)
    stamps = [
        _Stamp("פרסום ראשון: ", f"{month:02}.{day}.{short}, {clock}", decided),
        _Stamp("פורסם: ", f"{day}.{month:02}.{short}, {clock}", decided),
        _Stamp("Published: ", f"{day}/{month:02}/{year} {clock}", decided),
        _Stamp("Published: ", f"{year}-{month:02}-{day} {clock}", decided),
        _Stamp("Published: ", f"{day} {_MONTHS['en'][month - 1]} {year}, {clock}", decided),
        _Stamp("Published: ", f"{_MONTHS['en'][month - 1]} {day}, {year}", (f"{year}-{month:02}-{day}",)),
        _Stamp("פורסם: ", f"{day} ב{_MONTHS['he'][month - 1]} {year}, {clock}", decided),
    ]
    low = draw(st.integers(1, 12).filter(lambda low: low != month))
    if language == "en":  # a Hebrew page's own habit may decide
        readings = (instant(month, low), instant(low, month))
        stamps.append(_Stamp("Posted: ", f"{month:02}/{low:02}/{year} {clock}", tuple(sorted(readings))))
    return draw(st.sampled_from(stamps))


def _stamp_line(stamp: _Stamp) -> _Line:
    """Return the line of a stamp, its label words first."""
    span = Span(len(stamp.words), len(stamp.words) + len(stamp.raw))
    return _Line(Label.TIMESTAMP, stamp.words + stamp.raw, stamp=span)
