"""The words of timestamps, read from ``data/dates`` once and shared.

Months and weekdays come from CLDR (``months.tsv``, ``weekdays.tsv``); what CLDR does not have stands in ``words.tsv``,
the phrases before a stamp in ``labels.tsv``, the words of relative times in ``relative.tsv``. Hebrew proclitics (ב ל מ
ה before a month, כ before an amount) are one rule here, not rows of a table.

Example:
    >>> from bidi_news.dates.vocabulary import vocabulary
    >>> vocabulary().month("ביוני")
    6
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from bidi_news.dates.clean import fold_word
from bidi_news.errors import DataFileError
from bidi_news.model import Order, Role
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["HEBREW_MONTH", "MONTH", "RELATIVE", "WEEKDAY", "Vocabulary", "spellings", "vocabulary"]

_PROCLITICS = "בלמה"
"""Hebrew letters that may stand before a month: in, to, from, the."""

MONTH, HEBREW_MONTH, WEEKDAY, RELATIVE = 1, 2, 4, 8
"""What a word shows, as bits: a word may be several (Spanish August is "ago")."""

_KINDS = frozenset({"month", "weekday", "hebrew_month", "half", "zone", "zone_word", "glue", "day", "byline", "guard"})
_RELATIVE_KINDS = frozenset({"past", "unit", "number", "part", "about", "and", "and_half", "day"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tables from a folded word (:func:`bidi_news.dates.clean.fold_word`) to what it means."""

    words: Mapping[str, Mapping[str, str]]
    """For each kind of ``words.tsv``, months and weekdays of CLDR included: form → value."""
    relative: Mapping[str, Mapping[str, str]]
    """For each kind of ``relative.tsv``: form → value."""
    marked: Mapping[str, int]
    """Every word, with its proclitics, that shows a part of a stamp: the kinds of part (:data:`MONTH` …), as bits."""
    labels: Mapping[str, Role]
    """Phrase → role of the stamp after it."""
    label_words: int
    """Words of the longest phrase."""
    label_ends: frozenset[str]
    """Words that a phrase may end with, and those that may stand between it and its stamp."""
    between: frozenset[str]
    """Words that may stand between a phrase and its stamp: "published on the …"."""
    loose: frozenset[str]
    """Fields of the markup, in lower case, that may hold any date of the page."""
    sentinels: frozenset[str]
    """Values that stand for "no date"."""
    orders: Mapping[str, Order]
    """Tag of a language, in lower case → order of the fields of a numeric date: of a language where all its regions
    agree whether the day goes first, else of those of its regions where it does."""

    def month(self, word: str) -> int | None:
        """Return the month (from 1) that a folded word names, its proclitic left aside, in logical or visual order."""
        value = self._without_proclitic("month", word)
        if value is None and _is_hebrew(word):
            value = self._without_proclitic("month", word[::-1])
        return int(value) if value else None

    def hebrew_months(self, word: str) -> tuple[int, ...]:
        """Return the months of the Hebrew calendar (1 = Nisan) that a folded word may mean: two for a bare Adar."""
        value = self._without_proclitic("hebrew_month", word)
        return tuple(map(int, value.split())) if value else ()

    def _without_proclitic(self, kind: str, word: str) -> str | None:
        table = self.words[kind]
        value = table.get(word) or table.get(word.rstrip("'"))
        if value is None and word[0] in _PROCLITICS:
            value = table.get(word[1:]) or table.get(word[1:].rstrip("'"))
        return value


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    path = f"dates/{name}.tsv"
    return parse_tsv(read_text(path), columns, path=path)


def _by_kind(name: str, kinds: frozenset[str]) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    for line, row in _rows(name, ("form", "kind", "value", "language", "source")):
        if row["kind"] not in kinds:
            raise DataFileError(f"kind is one of {', '.join(sorted(kinds))}", path=f"dates/{name}.tsv", line=line)
        tables[row["kind"]][fold_word(row["form"])] = row["value"]
    return tables


def _marked(words: Mapping[str, Mapping[str, str]], relative: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """Return the first word of every form that may begin or be the heart of a part of a stamp, with its kinds."""
    marked: dict[str, int] = {}
    for kind, tables in (
        (MONTH, (words["month"],)),
        (HEBREW_MONTH, (words["hebrew_month"],)),
        (WEEKDAY, (words["weekday"], words["day"])),
        (RELATIVE, (relative["past"], relative["day"])),
    ):
        for first in (form.split()[0] for table in tables for form in table):
            forms = (*spellings(first), *spellings(first.rstrip("'"))) if kind <= HEBREW_MONTH else (first,)
            for form in forms:
                marked[form] = marked.get(form, 0) | kind
    return marked


def spellings(word: str) -> list[str]:
    """Return a word with each proclitic that may stand before it, itself first, then the same in visual order.

    Pages that were written for browsers without bidirectional display have their letters the wrong way round.

    Example:
        >>> spellings("יוני")[:2], spellings("יוני")[5], spellings("june")
        (['יוני', 'ביוני'], 'ינוי', ['june'])
    """
    if not _is_hebrew(word):
        return [word]
    logical = [proclitic + word for proclitic in ("", *_PROCLITICS)]
    return [*logical, *(form[::-1] for form in logical)]


def _is_hebrew(word: str) -> bool:
    return "א" <= word[0] <= "ת"


@cache
def vocabulary() -> Vocabulary:
    """Return the shipped vocabulary.

    Raises:
        DataFileError: if a table is malformed.
    """
    words = _by_kind("words", _KINDS)
    for kind in ("month", "weekday"):
        for _, row in _rows(f"{kind}s", ("form", kind, "language", "source")):
            words[kind].setdefault(fold_word(row["form"]), row[kind])
    relative = _by_kind("relative", _RELATIVE_KINDS)
    labels: dict[str, Role] = {}
    for line, row in _rows("labels", ("phrase", "role", "language", "source")):
        if row["role"] not in get_args(Role):
            raise DataFileError(f"role is one of {', '.join(get_args(Role))}", path="dates/labels.tsv", line=line)
        labels[fold_word(row["phrase"])] = cast("Role", row["role"])
    zones = {part for name in words["zone"] for part in name.split()}
    between = frozenset(words["glue"].keys() | words["day"].keys() | zones)
    return Vocabulary(
        words=words,
        relative=relative,
        marked=_marked(words, relative),
        labels=labels,
        label_words=max(phrase.count(" ") + 1 for phrase in labels),
        label_ends=frozenset({phrase.split()[-1] for phrase in labels} | between),
        between=between,
        loose=frozenset(
            row["field"]
            for _, row in _rows("fields", ("field", "role", "strength", "source"))
            if row["strength"] == "loose"
        ),
        sentinels=frozenset(row["value"] for _, row in _rows("sentinels", ("value", "source"))),
        orders={
            row["language"]: cast("Order", row["order"]) for _, row in _rows("orders", ("language", "order", "source"))
        },
    )
