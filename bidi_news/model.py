"""The values that flow through the package: all frozen, all slotted, every field documented.

Offsets everywhere are half-open and count Unicode code points of ``Article.text`` (Python ``str`` indices): never
bytes, never UTF-16 units. The fields of :class:`Article` are the fields of an output record, schema 1.

Example:
    >>> from bidi_news.model import Span
    >>> Span(0, 4).of("פורסם היום")
    'פורס'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bidi_news.blocks import Block, Blocks, ChromeKind, Label
from bidi_news.errors import SpanError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = [
    "SCHEMA",
    "Article",
    "Block",
    "Blocks",
    "ChromeKind",
    "Edit",
    "Failure",
    "Image",
    "Issue",
    "Label",
    "Page",
    "Span",
    "Timestamp",
    "Versions",
]

SCHEMA = 1
"""Version of the record layout."""

Order = Literal["dmy", "mdy", "ymd"]
Precision = Literal["day", "minute", "second"]
Role = Literal["published", "modified", "other"]
Action = Literal["replace", "annotate", "keep"]
Direction = Literal["ltr", "rtl"]
Status = Literal["ok", "error"]
Form = Literal["text", "html"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    Raises:
        SpanError: if the bounds are negative or reversed.
    """

    start: int
    """First code point of the range."""
    end: int
    """Code point after the last one."""

    def __post_init__(self) -> None:
        """Refuse bounds that no text can have."""
        if not 0 <= self.start <= self.end:
            raise SpanError(f"not a span: start {self.start}, end {self.end}")

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of ``text`` that the span covers.

        Raises:
            SpanError: if the span reaches past the end of ``text``.
        """
        if self.end > len(text):
            raise SpanError(f"span {self.start}:{self.end} reaches past a text of {len(text)} code points")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something about a page that its user should know: a repair, a guess, a doubt."""

    code: str
    """Stable name, lower case with underscores, such as ``encoding_guessed``."""
    message: str
    """One sentence for a person."""
    start: int | None = None
    """First code point of ``text`` that is meant; None where the whole page is."""
    end: int | None = None
    """Code point after the last one that is meant; None where the whole page is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a page could not be processed."""

    code: str
    """Stable name, lower case with underscores, such as ``invalid_json``."""
    message: str
    """One sentence for a person; it names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    r"""One page as it came in: exactly one of ``text``, ``html``, ``data`` and ``failure`` is given.

    Raises:
        ValueError: if none or several of them are given.

    Example:
        >>> Page(text="כותרת\n\nפסקה ראשונה.").id is None
        True
    """

    id: Any = None
    """The input's own id, as given (any JSON value); else the path; else None."""
    text: str | None = None
    """Plain text, decoded."""
    html: str | None = None
    """HTML, decoded."""
    data: bytes | None = None
    """Text or HTML as bytes."""
    encoding: str | None = None
    """Label of the encoding of ``data`` as its source declares it (a header of HTTP, a field of the row); None where it
    says nothing. The bytes may prove it wrong."""
    form: Form | None = None
    """What ``data`` holds, where its source says so; None asks the content."""
    failure: Failure | None = None
    """Why the source could not give the page; it becomes an error record, so that no row is lost."""
    url: str | None = None
    """Address of the page, as given."""
    crawled_at: datetime | None = None
    """When it was fetched, with a UTC offset: upper bound of its dates and base of relative ones."""
    language: str | None = None
    """BCP 47 hint of the edition's language."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the input row that this package does not know; handed through."""
    issues: tuple[Issue, ...] = ()
    """What reading the page had to repair or guess."""

    def __post_init__(self) -> None:
        """Refuse a page without content or with two."""
        contents = (self.text, self.html, self.data, self.failure)
        given = len(contents) - contents.count(None)
        if given != 1:
            raise ValueError(f"a page has exactly one of text, html, data and failure; {given} were given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """One date or instant found on a page, with the reasons for its reading."""

    iso: str | None
    """ISO 8601: a date for precision ``day``, else a date-time with its UTC offset; None when ambiguous."""
    precision: Precision
    """Finest part that the page states; missing parts are never filled in."""
    ambiguous: bool
    """Whether the evidence leaves several readings."""
    candidates: tuple[str, ...]
    """Every reading that the evidence leaves, as ISO 8601; one when it is decided."""
    raw: str
    """The stamp as it stands on the page, label not included."""
    start: int | None
    """First code point of ``raw`` in ``text``; None for a stamp that stands in the markup only."""
    end: int | None
    """Code point after the last one of ``raw``."""
    label: str | None
    """The words that introduce it (``פרסום ראשון``), or the field of the markup that holds it."""
    role: Role
    """What it says about the page; ``other`` for event dates, clocks, comments."""
    order: Order | None
    """Order of the fields of a numeric date, None where it does not apply or is undecided."""
    zone: str | None
    """IANA zone used for a local time, or the offset that the page states; None for a day."""
    evidence: tuple[str, ...]
    """Codes of what decided, in the order they were applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One spelling, and what the style makes of it."""

    start: int
    """First code point in ``text``."""
    end: int
    """Code point after the last one."""
    surface: str
    """The spelling on the page."""
    canonical: str
    """The spelling of the style, in the surface's own case and inflection."""
    lexeme: str
    """Id of the lexicon entry."""
    family: str
    """Id of the family of entries that a style may unify."""
    action: Action
    """``replace`` changes the text, ``annotate`` only says what it could be; ``keep``, which no record has, says why a
    spelling was left without a word."""
    rule: str
    """Name of the rule that made the edit."""
    score: float
    """Confidence, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What the page says about one picture or video."""

    caption: str | None
    """Caption without its credit; a doubled caption counts once."""
    credit: str | None
    """Photographer or agency, without "Photo:"."""
    start: int
    """First code point in ``text`` of the line that says it (the first, when doubled)."""
    end: int
    """Code point after the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What made a record."""

    bidi_news: str
    """Version of the code."""
    data: str
    """Version of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One complete record of one page, schema 1."""

    id: Any
    """The input's id, as given."""
    status: Status
    """``error`` when the page could not be processed; then only ``id``, ``url`` and ``error`` carry anything."""
    error: Failure | None = None
    """Why, for status ``error``."""
    url: str | None = None
    """Address as given or found (canonical link, archive header)."""
    outlet: str | None = None
    """Id of the outlet profile, or None."""
    language: str = "und"
    """BCP 47 tag of the body."""
    direction: Direction = "ltr"
    """Base direction of the body."""
    headline: str | None = None
    """Title of the article."""
    deck: str | None = None
    """Standfirst under the headline."""
    authors: tuple[str, ...] = ()
    """Names of people or agencies."""
    published: Timestamp | None = None
    """First publication."""
    modified: Timestamp | None = None
    """Last update."""
    body: str = ""
    """Paragraphs and crossheads in order, joined by a blank line; white space tidied, spelling as written."""
    normalized: str = ""
    """The body after the replace-edits."""
    edits: tuple[Edit, ...] = ()
    """Spellings found, over the whole text."""
    images: tuple[Image, ...] = ()
    """Captions and credits."""
    blocks: Blocks = field(default_factory=Blocks.of)
    """Every non-blank line, labelled."""
    issues: tuple[Issue, ...] = ()
    """Repairs, guesses and doubts."""
    text: str = ""
    """The decoded page text that all offsets point into."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Unknown fields of the input row."""
    versions: Versions
    """What made the record."""
