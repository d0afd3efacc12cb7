"""Stories to make pages of: what a page says, line by line, and what each line is.

The word lists are our own: short plain sentences about invented doings, in Hebrew, English and Arabic.

Example:
    >>> from hypothesis import find
    >>> story = find(stories(language="ar"), lambda story: story.stamp is None)
    >>> [line.label.value for line in story.article]
    ['headline', 'body']
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bidi_news.errors import OptionError
from bidi_news.model import Label, Span
from bidi_news.strategies.timestamps import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["Expected", "Language", "Line", "Stamp", "Story", "placed", "sentences", "stamps", "stories", "words"]

Language = Literal["en", "he", "ar"]

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
    "ar": (
        ("رئيس البلدية", "سائق الحافلة", "أمين المكتبة", "ساعي البريد", "الجار"),
        ("فتح", "عد", "طلى", "أصلح", "قاس"),
        ("الجسر القديم", "أشجار الليمون", "ساعة الميدان", "القارب الخشبي", "كشك الهاتف الأخير"),
        ("في حيفا يوم الاثنين", "قرب العفولة", "بعد نقاش طويل", "قبل المطر الأول", "للمرة الثالثة"),
    ),
}
_BYLINES = {
    "en": ("By Dana Melamed", "By Gilad Shemer"),
    "he": ("מאת דנה מלמד", "מאת גלעד שמר"),
    "ar": ("بقلم سلمى حداد", "بقلم رامي نصر"),
}
_CREDITS = {
    "en": ("Photo: Reuters", "Photo: AFP"),
    "he": ("צילום: רויטרס", "צילום: דנה מלמד"),
    "ar": ("تصوير: رويترز", "تصوير: سلمى حداد"),
}
_CHROME = {
    "en": ("Home", "Sign in", "Share on Facebook", "Subscribe to our newsletter", "Terms of use", "new comment"),
    "he": ("דף הבית", "התחברות", "שתפו בפייסבוק", "הרשמה לניוזלטר", "תנאי שימוש", "תגובה חדשה"),
    "ar": ("الرئيسية", "تسجيل الدخول", "شارك على فيسبوك", "النشرة البريدية", "شروط الاستخدام", "أضف تعليقا"),
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


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as a page writes it: words before it, itself, and every way to read it."""

    words: str
    raw: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to come, with what is known in it; offsets from the start of the line."""

    label: Label
    text: str
    edits: tuple[tuple[Span, str], ...] = ()
    stamp: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A page's lines, in order."""

    language: str
    """Language of the article."""
    above: tuple[Line, ...]
    """Chrome before the article, in any language."""
    article: tuple[Line, ...]
    """The article, from its headline on."""
    below: tuple[Line, ...]
    """Chrome after it."""
    stamp: Stamp | None
    """The publication stamp that is one of the article's lines."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return (*self.above, *self.article, *self.below)


def stories(
    *, language: Language | None = None, min_paragraphs: int = 1, max_paragraphs: int = 5
) -> SearchStrategy[Story]:
    """Draw stories: a headline and paragraphs; perhaps deck, byline, captions, credits and a stamp; chrome around them.

    Args:
        language: language of the article; None draws it.
        min_paragraphs: fewest body paragraphs, at least one.
        max_paragraphs: most body paragraphs.

    Raises:
        OptionError: if an argument has a value that it cannot have.

    Example:
        >>> from hypothesis import find
        >>> find(stories(language="en"), lambda story: len(story.lines) == 2).lines[0].text
        'The mayor opened the old bridge in Haifa on Monday'
    """
    if language not in {None, *_SENTENCES}:
        raise OptionError(f"language is {language!r}; choose one of {', '.join(_SENTENCES)}, or None for any")
    if not 1 <= min_paragraphs <= max_paragraphs:
        raise OptionError(f"{min_paragraphs} to {max_paragraphs} paragraphs is no range that starts at 1 or above")
    languages = st.sampled_from(list(_SENTENCES)) if language is None else st.just(language)
    return _stories(languages, min_paragraphs, max_paragraphs)


@st.composite
def _stories(draw: DrawFn, languages: SearchStrategy[str], min_paragraphs: int, max_paragraphs: int) -> Story:
    """Draw the parts of a page and put them in their order."""
    language = draw(languages)
    head = [Line(Label.HEADLINE, draw(sentences(language)))]
    stamp = draw(st.none() | stamps(language))
    line = [] if stamp is None else [_stamp_line(stamp)]
    at_foot = draw(st.booleans())
    head += draw(_few(sentences(language, end="."), Label.DECK, 1))
    head += draw(_few(st.sampled_from(_BYLINES[language]), Label.BYLINE, 1))
    paragraphs = draw(st.lists(_paragraphs(language), min_size=min_paragraphs, max_size=max_paragraphs))
    pictures = [draw(_pictures(language)) for _ in paragraphs]
    body = [item for paragraph, picture in zip(paragraphs, pictures, strict=True) for item in (paragraph, *picture)]
    return Story(
        language=language,
        above=tuple(draw(_chrome())),
        article=(*head, *(() if at_foot else line), *body, *(line if at_foot else ())),
        below=tuple(draw(_chrome())),
        stamp=stamp,
    )


def placed(story: Story, gaps: Sequence[str], candidates: Sequence[str]) -> tuple[str, Expected]:
    """Join the lines of a story, and say what stands where.

    Args:
        story: the story.
        gaps: white space after each line.
        candidates: every reading of the publication date that the page allows.

    Returns:
        The text, and what it was made of.
    """
    lines = story.lines
    sizes = (len(line.text) + len(gap) for line, gap in zip(lines, gaps, strict=True))
    starts = list(accumulate(sizes, initial=0))[:-1]
    places = list(zip(starts, lines, strict=True))
    expected = Expected(
        headline=story.article[0].text,
        blocks=tuple((Span(start, start + len(line.text)), line.label) for start, line in places),
        published=candidates[0] if len(candidates) == 1 else None,
        candidates=tuple(candidates),
        stamp=next((_moved(line.stamp, start) for start, line in places if line.stamp is not None), None),
        edits=tuple((_moved(span, start), canonical) for start, line in places for span, canonical in line.edits),
    )
    return "".join(line.text + gap for line, gap in zip(lines, gaps, strict=True)), expected


def words() -> list[str]:
    """Return every piece that sentences are made of."""
    return [piece for lists in _SENTENCES.values() for pieces in lists for piece in pieces]


def _moved(span: Span, by: int) -> Span:
    """Return a span of a line as a span of the text."""
    return Span(span.start + by, span.end + by)


def sentences(language: str, *, end: str = "") -> SearchStrategy[str]:
    """Draw one plain sentence.

    Args:
        language: ``en``, ``he`` or ``ar``.
        end: what closes it.
    """
    return st.tuples(*map(st.sampled_from, _SENTENCES[language])).map(lambda words: " ".join(words) + end)


def _few(lines: SearchStrategy[str], label: Label, most: int) -> SearchStrategy[list[Line]]:
    """Draw none to some lines of one label."""
    return st.lists(lines.map(lambda text: Line(label, text)), max_size=most)


def _chrome() -> SearchStrategy[list[Line]]:
    """Draw a run of chrome, in one language or another."""
    return st.sampled_from(sorted(_CHROME)).flatmap(
        lambda language: _few(st.sampled_from(_CHROME[language]), Label.CHROME, 4)
    )


@st.composite
def _pictures(draw: DrawFn, language: str) -> list[Line]:
    """Draw nothing, or a credit line, or a caption with its credit, doubled as scraped pages have it."""
    credit = draw(st.sampled_from(_CREDITS[language]))
    caption = Line(Label.CAPTION, f"{draw(sentences(language))} ({credit})")
    return draw(st.sampled_from([[], [Line(Label.CREDIT, credit)], [caption], [caption, caption]]))


@st.composite
def _paragraphs(draw: DrawFn, language: str) -> Line:
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
    return Line(Label.BODY, text, tuple(edits))


def stamps(language: str) -> SearchStrategy[Stamp]:
    """Draw a publication stamp: decided by a day above 12, a month's name or a leading year, or left open.

    Args:
        language: language of the page; only English ones are left open.
    """
    return _stamps(language)


@st.composite
def _stamps(draw: DrawFn, language: str) -> Stamp:
    """Draw a moment and a way to write it."""
    # hours that no clock in the zone ever repeats or skips
    hour, minute, year = draw(st.integers(6, 22)), draw(st.integers(0, 59)), draw(st.integers(2005, 2024))
    month, day = draw(st.integers(1, 12)), draw(st.integers(13, 28))
    clock = f"{hour:02}:{minute:02}"

    def instant(month: int, day: int) -> str:
        return datetime(year, month, day, hour, minute, tzinfo=_ZONE).isoformat()

    short, decided = f"{year % 100:02}", (instant(month, day),)
    names = {name: months.split()[month - 1] for name, months in MONTHS.items()}
    drawn = [
        Stamp("פרסום ראשון: ", f"{month:02}.{day}.{short}, {clock}", decided),
        Stamp("פורסם: ", f"{day}.{month:02}.{short}, {clock}", decided),
        Stamp("Published: ", f"{day}/{month:02}/{year} {clock}", decided),
        Stamp("Published: ", f"{year}-{month:02}-{day} {clock}", decided),
        Stamp("Published: ", f"{day} {names['en']} {year}, {clock}", decided),
        Stamp("Published: ", f"{names['en']} {day}, {year}", (f"{year}-{month:02}-{day}",)),
        Stamp("פורסם: ", f"{day} ב{names['he']} {year}, {clock}", decided),
        Stamp("نشر في: ", f"{day} {names['ar']} {year}, {clock}", decided),
    ]
    low = draw(st.integers(1, 12).filter(lambda low: low != month))
    if language == "en":  # a Hebrew page's own habit may decide
        readings = (instant(month, low), instant(low, month))
        drawn.append(Stamp("Posted: ", f"{month:02}/{low:02}/{year} {clock}", tuple(sorted(readings))))
    return draw(st.sampled_from(drawn))


def _stamp_line(stamp: Stamp) -> Line:
    """Return the line of a stamp, its label words first."""
    span = Span(len(stamp.words), len(stamp.words) + len(stamp.raw))
    return Line(Label.TIMESTAMP, stamp.words + stamp.raw, stamp=span)
