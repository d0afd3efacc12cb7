"""How pages are to be normalized, and templates learned: frozen values of closed choices.

Example:
    >>> from bidi_news.options import Options
    >>> Options(date_order="mdy").on_ambiguous
    'abstain'
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

from bidi_news.errors import OptionError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["BidiControls", "DateOrder", "InQuotes", "Limits", "OnAmbiguous", "Options", "Recurrence"]

BidiControls = Literal["keep", "strip"]
DateOrder = Literal["auto", "dmy", "mdy", "ymd"]
OnAmbiguous = Literal["abstain", "guess", "error"]
InQuotes = Literal["replace", "annotate", "keep"]
_ZONE = "Asia/Jerusalem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices that hold for every page of a run.

    Raises:
        OptionError: if a value is none of its choices.
    """

    style: str = "house"
    """Name of a shipped style, or the path of a style file."""
    lexicon: tuple[str, ...] = ()
    """Paths of tables of your own, laid over the shipped lexicon."""
    in_quotes: InQuotes = "replace"
    """What becomes of a spelling in a quotation that is replaced elsewhere: ``replace`` it too, for a transcription is
    the writer's, not the speaker's; ``annotate`` it only; ``keep`` it and say nothing."""
    date_order: DateOrder = "auto"
    """Order of numeric dates that their own fields leave open; ``auto`` asks the evidence."""
    on_ambiguous: OnAmbiguous = "abstain"
    """``abstain`` gives a null date with candidates; ``guess`` takes the outlet's or the language's habit and says so;
    ``error`` makes the page an error record."""
    outlet: str | None = None
    """Outlet profile of every page: the id of a shipped one, or the path of a file, which ends in ``.toml``; None finds
    it by address."""
    outlets: tuple[str, ...] = ()
    """Paths of profiles of your own; found by address, before the shipped ones."""
    encoding: str | None = None
    """Label of the encoding of every page that comes in as bytes, whatever they say; None asks the evidence."""
    bidi_controls: BidiControls = "keep"
    """``strip`` drops bidi controls and other invisible characters from the normalized text, by edits."""
    zone: str = _ZONE
    """IANA zone of local times on pages whose outlet has no profile."""
    now: datetime | None = None
    """Stands in for the crawl time where a page has none: pivot of two-digit years, never the base of relative times.
    None takes the clock."""

    def __post_init__(self) -> None:
        """Refuse a value that is none of the choices, naming them."""
        choices = {
            "in_quotes": get_args(InQuotes),
            "date_order": get_args(DateOrder),
            "on_ambiguous": get_args(OnAmbiguous),
            "bidi_controls": get_args(BidiControls),
        }
        for name, allowed in choices.items():
            value = getattr(self, name)
            if value not in allowed:
                raise OptionError(f"{name} is {value!r}; choose one of {', '.join(allowed)}")
        for name in ("lexicon", "outlets"):
            if isinstance(getattr(self, name), str):
                raise OptionError(f"{name} is {getattr(self, name)!r}; give a tuple of paths")
        if self.zone != _ZONE:
            _check_zone(self.zone)
        if self.encoding is not None:
            _check_encoding(self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a source is read before it is taken for an attack or a mistake; what exceeds a limit says so.

    Raises:
        OptionError: if a number is below 1.

    Example:
        >>> Limits(page_bytes=1 << 20).nesting
        4
    """

    page_bytes: int = 32 << 20
    """Bytes of one page as its source holds it: a file, a row of JSON Lines, the block of a WARC record. The longest
    articles with all their markup have a few megabytes."""
    unpacked_bytes: int = 64 << 30
    """Bytes that one packed stream may unpack to. The archives in general use, Common Crawl's, unpack to 5 GB each."""
    unpacked_ratio: int = 200
    """How many times its packed size a stream may unpack to, once that is 64 MiB: pages pack about 5 : 1."""
    nesting: int = 4
    """Packings and archives in each other: a packed page in a packed tar archive has 3."""
    page_seconds: int = 120
    """Time that the commands' worker processes may take for one page, in seconds: the largest that ``page_bytes`` lets
    in takes a twentieth of it."""

    def __post_init__(self) -> None:
        """Refuse numbers that would let nothing in."""
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise OptionError(f"{field.name} is {getattr(self, field.name)}; a limit is 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often a line must stand on an outlet's pages to be chrome.

    Raises:
        OptionError: if a number is out of its range.
    """

    least_articles: int = 3
    """Articles whose pages have it, 2 or more: two articles of one story may share a paragraph, three hardly do."""
    least_share: float = 0.2
    """Share of the outlet's articles, above 0 and at most 1: the furniture of a section is on the pages of that section
    only, and few outlets have more than five large ones."""

    def __post_init__(self) -> None:
        """Refuse numbers that would make chrome of a single page's lines."""
        if self.least_articles < 2:
            raise OptionError(f"least_articles is {self.least_articles}; a line that recurs is on 2 articles or more")
        if not 0 < self.least_share <= 1:
            raise OptionError(f"least_share is {self.least_share}; choose a share above 0 and at most 1")


def _check_zone(name: str) -> None:
    """Refuse a zone that the time zone database does not have."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  (only for another zone than the default)

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OptionError(f"zone is {name!r}, which is no IANA time zone") from None


def _check_encoding(label: str) -> None:
    """Refuse a label that is no encoding's."""
    from bidi_news.unicode.charsets import find_encoding  # noqa: PLC0415  (only where one is chosen)

    if find_encoding(label) is None:
        raise OptionError(f"encoding is {label!r}, which is no label of the Encoding Standard, such as windows-1255")
