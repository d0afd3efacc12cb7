r"""An article for a person at a terminal: what was found on top, then the page with a label beside every block.

Page text can never steer the terminal: control characters and bidi embeddings in it are shown as pictures. Bidi
isolates around page text are added only where the terminal is asked to have them; reordering is left to it.

Example:
    >>> from bidi_news.model import Article, Versions
    >>> article = Article(id="a\x1b[2J", status="ok", headline="Talks", versions=Versions(bidi_news="0", data="0"))
    >>> print(article_pretty(article, Terminal(width=40, colour=False, isolate=False)))
    Talks
    id          a␛[2J
    language    und
    ────────────────────────────────────────
    <BLANKLINE>
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError, default_locale
from babel.dates import format_date, format_time

from bidi_news.write.columns import Piece, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bidi_news.model import Article, Block, Direction, Edit, Timestamp

__all__ = ["Terminal", "article_pretty"]

_GUTTER = 12
"""Columns for labels and names of fields."""
_NARROWEST, _WIDEST = 40, 120
_RESET = "\x1b[0m"
_STYLES = {
    "": "",
    "headline": "\x1b[1;36m",
    "deck": "\x1b[36m",
    "byline": "\x1b[35m",
    "timestamp": "\x1b[33m",
    "body": "",
    "crosshead": "\x1b[1m",
    "caption": "\x1b[32m",
    "credit": "\x1b[32m",
    "chrome": "\x1b[2m",
    "field": "\x1b[2m",
    "doubt": "\x1b[1;33m",
    "error": "\x1b[1;31m",
    "surface": "\x1b[2;9m",
    "canonical": "\x1b[1;32m",
    "annotated": "\x1b[4m",
}
# FSI looks for the first strong character: the mark that follows it makes that the block's own direction, also where
# a wrapped line of it begins with a word of the other
_OPEN: dict[Direction, str] = {
    "ltr": "\N{FIRST STRONG ISOLATE}\N{LEFT-TO-RIGHT MARK}",
    "rtl": "\N{FIRST STRONG ISOLATE}\N{RIGHT-TO-LEFT MARK}",
}
_CLOSE = "\N{POP DIRECTIONAL ISOLATE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """What the output can show."""

    width: int
    """Columns."""
    colour: bool
    """Whether it takes colours."""
    isolate: bool
    """Whether page text is put between FSI and PDI."""

    @classmethod
    def of(cls, *, tty: bool, bidi: Literal["isolate", "none"] | None) -> Terminal:
        """Return what the environment says: ``COLUMNS`` or the terminal's width, ``NO_COLOR``.

        Args:
            tty: whether the output is a terminal.
            bidi: the user's choice; None isolates on a terminal only.
        """
        width = shutil.get_terminal_size().columns
        return cls(
            width=min(max(width, _NARROWEST), _WIDEST),
            colour=tty and not os.environ.get("NO_COLOR"),
            isolate=tty if bidi is None else bidi == "isolate",
        )


def article_pretty(article: Article, terminal: Terminal) -> str:
    """Return an article as lines for a person."""
    rule = _painted("─" * terminal.width, "field", terminal)
    lines = chain(_summary(article, terminal), (rule,), _blocks(article, terminal))
    return "\n".join(lines) + "\n"


def _summary(article: Article, terminal: Terminal) -> Iterator[str]:
    """Give the lines on top: what the record says besides its text."""
    direction = article.direction
    if article.headline:
        yield from _text([(article.headline, "headline")], direction, terminal, indent=0)
    if article.deck:
        yield from _text([(article.deck, "deck")], direction, terminal, indent=0)
    yield from _field("id", None if article.id is None else str(article.id), terminal)
    if article.error is not None:
        yield from _field("error", f"{article.error.message} ({article.error.code})", terminal, style="error")
    yield from _field("address", article.url, terminal)
    yield from _field("outlet", article.outlet, terminal)
    yield from _field("language", article.language, terminal)
    yield from _field("authors", ", ".join(article.authors), terminal)
    for name, stamp in (("published", article.published), ("modified", article.modified)):
        if stamp is not None:
            yield from _stamp(name, stamp, terminal)
    for image in article.images:
        yield from _field("image", " · ".join(x for x in (image.caption, image.credit) if x), terminal)
    for issue in article.issues:
        yield from _field("issue", f"{issue.message} ({issue.code})", terminal, style="doubt")


def _stamp(name: str, stamp: Timestamp, terminal: Terminal) -> Iterator[str]:
    """Give the lines of a date: its value, how it stands on the page, and what decided."""
    if stamp.iso is None:
        yield from _field(name, "undecided: " + " or ".join(stamp.candidates), terminal, style="doubt")
    else:
        yield from _field(name, f"{stamp.iso}  ({_written_out(stamp)})", terminal, style="timestamp")
    label = f"{stamp.label}: " if stamp.label else ""
    yield from _field("", f"{label}{stamp.raw}", terminal)
    reasons = (stamp.order, stamp.zone, *stamp.evidence)
    yield from _field("", ", ".join(x for x in reasons if x), terminal, style="field")


def _written_out(stamp: Timestamp) -> str:
    """Return a decided date in the reader's language (CLDR forms)."""
    locale = _reader()
    if stamp.precision == "day":
        return format_date(date.fromisoformat(stamp.iso or ""), "long", locale=locale)
    time = datetime.fromisoformat(stamp.iso or "")
    clock = format_time(time, "short" if stamp.precision == "minute" else "medium", locale=locale)
    return f"{format_date(time.date(), 'long', locale=locale)}, {clock}"


def _reader() -> Locale:
    """Return the locale that the reader's environment names, else English."""
    try:
        return Locale.parse(default_locale("LC_TIME") or "en")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _field(name: str, value: str | None, terminal: Terminal, *, style: str = "body") -> Iterator[str]:
    """Give the lines of one named value; none where it is empty."""
    if value:
        gutter = _painted(f"{name:<{_GUTTER}}", "field", terminal)
        for line in _text([(value, style)], "ltr", terminal, indent=_GUTTER):
            yield gutter + line
            gutter = " " * _GUTTER


def _blocks(article: Article, terminal: Terminal) -> Iterator[str]:
    """Give the lines of every block, its label in the gutter."""
    edits = iter(article.edits)
    edit = next(edits, None)
    for block in article.blocks:
        inside: list[Edit] = []
        while edit is not None and edit.start < block.end:
            inside.append(edit)
            edit = next(edits, None)
        direction = _direction(block.language, article.direction)
        gutter = _painted(f"{block.label:<{_GUTTER - 2}}", block.label, terminal) + "│ "
        for line in _text(_pieces(article.text, block, inside, terminal), direction, terminal, indent=_GUTTER):
            yield gutter + line
            gutter = " " * (_GUTTER - 2) + "│ "


def _pieces(text: str, block: Block, edits: Iterable[Edit], terminal: Terminal) -> Iterator[Piece]:
    """Give the text of a block with its edits marked, by style or, without colours, by brackets."""
    place = block.start
    for edit in edits:
        if edit.start < place:
            continue
        yield text[place : edit.start], block.label
        place = edit.end
        replaced = edit.action == "replace"
        if not terminal.colour:
            yield f"[{edit.surface}{' → ' if replaced else ' = '}{edit.canonical}]", block.label
        elif replaced:
            yield edit.surface, "surface"
            yield " ", "canonical"
            yield edit.canonical, "canonical"
        else:
            yield edit.surface, "annotated"
            yield f"({edit.canonical})", "field"
    yield text[place : block.end], block.label


def _text(pieces: Iterable[Piece], direction: Direction, terminal: Terminal, *, indent: int) -> Iterator[str]:
    """Give page text as wrapped lines, to the right where it runs from the right."""
    room = terminal.width - indent
    for line, columns in wrap(((visible(text), style) for text, style in pieces), room):
        painted = "".join(_painted(text, style, terminal) for text, style in line)
        if terminal.isolate:
            painted = f"{_OPEN[direction]}{painted}{_CLOSE}"
        yield (" " * (room - columns) if direction == "rtl" else "") + painted


def _painted(text: str, style: str, terminal: Terminal) -> str:
    """Return a text in its style."""
    code = _STYLES[style] if terminal.colour else ""
    return f"{code}{text}{_RESET}" if code else text


@cache
def _direction(language: str, default: Direction) -> Direction:
    """Return the direction of a language's script, by CLDR."""
    try:
        return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"
    except (ValueError, UnknownLocaleError):
        return default
