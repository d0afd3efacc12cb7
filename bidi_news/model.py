"""The values that flow through the package: all frozen, all slotted, every field documented.

Offsets everywhere are half-open and count Unicode code points of ``Article.text`` (Python ``str`` indices): never
bytes, never UTF-16 units. The fields of :class:`Article` are the fields of an output record, schema 1.

Example:
    >>> from bidi_news.model import Span
    >>> Span(0, 4).of("פורסם היום")
    'פורס'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, overload

from bidi_news.errors import SpanError

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

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


class Label(StrEnum):
    """What a block of a page is."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    BODY = "body"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    CREDIT = "credit"
    CHROME = "chrome"


class ChromeKind(StrEnum):
    """What a chrome block is for, where that is known."""

    NAV = "nav"
    SHARE = "share"
    COMMENTS = "comments"
    RELATED = "related"
    LEGAL = "legal"
    AD = "ad"


_LABELS, _KINDS = tuple(Label), tuple(ChromeKind)


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
        given = sum(x is not None for x in (self.text, self.html, self.data, self.failure))
        if given != 1:
            raise ValueError(f"a page has exactly one of text, html, data and failure; {given} were given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One labelled piece of a page: a non-blank line, without its outer white space."""

    start: int
    """First code point in ``text``."""
    end: int
    """Code point after the last one."""
    label: Label
    """What it is."""
    kind: ChromeKind | None = None
    """For chrome: what it is for, where known."""
    language: str
    """BCP 47 tag of the block, ``und`` where undecided."""
    score: float
    """Confidence in the label, 0 to 1, two decimals."""
    tag: str | None = None
    """HTML element that made the block; None for plain text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks(Sequence[Block]):
    """The blocks of a page, kept as arrays; a :class:`Block` is made when one is asked for.

    A page has hundreds of lines and most users read few of them: arrays are many times cheaper than objects.

    Example:
        >>> blocks = Blocks.of([Block(start=0, end=4, label=Label.BODY, language="en", score=0.9)])
        >>> blocks[0].label.value, len(blocks)
        ('body', 1)
    """

    starts: NDArray[np.int32]
    """:attr:`Block.start` of each."""
    ends: NDArray[np.int32]
    """:attr:`Block.end` of each."""
    labels: NDArray[np.uint8]
    """Index of each label in ``tuple(Label)``."""
    kinds: NDArray[np.int8]
    """Index of each kind in ``tuple(ChromeKind)``, -1 for none."""
    languages: NDArray[np.int8]
    """Index of each language in ``names``, -1 for ``und``."""
    names: tuple[str, ...]
    """BCP 47 tags."""
    percents: NDArray[np.uint8]
    """:attr:`Block.score` of each, in hundredths."""
    tags: tuple[str, ...] | None = None
    """:attr:`Block.tag` of each; None for plain text."""

    @classmethod
    def of(cls, blocks: Iterable[Block] = ()) -> Blocks:
        """Return some blocks as arrays. Scores keep two decimals; either all blocks have a tag or none has."""
        import numpy as np  # noqa: PLC0415  (whoever only names the types need not load it)

        rows = tuple(blocks)
        names = tuple(dict.fromkeys(row.language for row in rows if row.language != "und"))
        return cls(
            starts=np.array([row.start for row in rows], np.int32),
            ends=np.array([row.end for row in rows], np.int32),
            labels=np.array([_LABELS.index(row.label) for row in rows], np.uint8),
            kinds=np.array([-1 if row.kind is None else _KINDS.index(row.kind) for row in rows], np.int8),
            languages=np.array([names.index(x.language) if x.language != "und" else -1 for x in rows], np.int8),
            names=names,
            percents=np.array([round(100 * row.score) for row in rows], np.uint8),
            tags=tuple(row.tag for row in rows if row.tag is not None) or None,
        )

    def part(self, low: int, high: int, tags: tuple[str, ...] | None) -> Blocks:
        """Return the blocks of a range, which share these arrays, with their tags."""
        return Blocks(
            starts=self.starts[low:high],
            ends=self.ends[low:high],
            labels=self.labels[low:high],
            kinds=self.kinds[low:high],
            languages=self.languages[low:high],
            names=self.names,
            percents=self.percents[low:high],
            tags=tags,
        )

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        """Return one block, or a tuple of them for a slice."""
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        kind, language = int(self.kinds[index]), int(self.languages[index])
        return Block(
            start=int(self.starts[index]),
            end=int(self.ends[index]),
            label=_LABELS[self.labels[index]],
            kind=None if kind < 0 else _KINDS[kind],
            language="und" if language < 0 else self.names[language],
            score=int(self.percents[index]) / 100,
            tag=None if self.tags is None else self.tags[index],
        )

    def __iter__(self) -> Iterator[Block]:
        """Give the blocks in page order."""
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Compare block by block."""
        return tuple(self) == tuple(other) if isinstance(other, Blocks) else NotImplemented

    def __hash__(self) -> int:
        """Agree with ``==``."""
        return hash(tuple(self))

    def labelled(self, *labels: Label) -> tuple[Block, ...]:
        """Return the blocks with one of ``labels``, in page order."""
        wanted = {_LABELS.index(label) for label in labels}
        return tuple(self[i] for i, label in enumerate(self.labels.tolist()) if label in wanted)


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
