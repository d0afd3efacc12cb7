r"""Decisions on proposed spellings: a file that a person keeps, replayed by every later run.

A row says of one spelling and one lexeme whether the one belongs to the other. ``bidi-news discover`` drafts the rows
with an open decision, a person writes ``accept`` or ``reject``; of several rows on the same pair the last one holds.
What is accepted becomes rows of a lexicon of the user's own (:func:`lexicon_tables`); nothing is accepted by itself.

Example:
    >>> header = "\t".join(COLUMNS)
    >>> row = "accept\thezbollah\tgroup\tLatn\tsafe\tHezbollah\tHizbolla\tseen"
    >>> [decided.form for decided in read_decisions(f"{header}\n{row}\n", "decisions.tsv")]
    ['Hizbolla']
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv
from bidi_news.variants.tables import FORM_COLUMNS, LEXEME_COLUMNS, SCRIPTS, Kind, Script, Status, lexicon_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bidi_news.variants.lexicon import Lexicon

__all__ = ["COLUMNS", "Decision", "decision_row", "lexicon_tables", "read_decisions"]

Answer = Literal["accept", "reject"]

COLUMNS = ("decision", "lexeme", "kind", "script", "status", "canonical", "form", "note")
"""The columns of a file of decisions."""

_STATUSES = tuple(status for status in get_args(Status) if status != "canonical")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNUSABLE = re.compile(r"[{},;\t\n]")
_SOURCE, _LICENCE = "review", "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person says of one spelling and one lexeme."""

    decision: Answer
    """Whether the spelling belongs to the lexeme."""
    lexeme: str
    """Id of the lexeme, known or new."""
    kind: Kind
    """What a new lexeme names."""
    script: Script
    """Script of the spelling."""
    status: Status
    """How sure the spelling is to be in the lexicon."""
    canonical: str
    """What is written in its place."""
    form: str
    """The spelling."""
    note: str
    """Whatever is to be remembered."""
    line: int
    """Line of the file."""

    @property
    def pair(self) -> tuple[str, str]:
        """Lexeme and key of the spelling."""
        return self.lexeme, lexicon_key(self.form)


def read_decisions(text: str, path: str) -> tuple[Decision, ...]:
    """Read a file of decisions; rows without one are left out, and a header may stand in it again.

    Args:
        text: the file.
        path: its name, for errors.

    Raises:
        DataFileError: at a row that cannot be understood.
    """
    decisions: dict[tuple[str, str], Decision] = {}
    for line, row in parse_tsv(text, COLUMNS, path=path):
        if row["decision"] in {"", COLUMNS[0]}:
            continue
        _check(row, path, line)
        decided = Decision(**row, line=line)  # type: ignore[arg-type]  # checked
        decisions.pop(decided.pair, None)
        decisions[decided.pair] = decided
    return tuple(decisions.values())


def _check(row: Mapping[str, str], path: str, line: int) -> None:
    """Refuse a row with a value that its column cannot have."""
    choices = {"decision": get_args(Answer), "kind": get_args(Kind), "script": tuple(SCRIPTS), "status": _STATUSES}
    for column, allowed in choices.items():
        if row[column] not in allowed:
            what = f"{row[column]!r} is none of {', '.join(allowed)}"
            raise DataFileError(what, path=path, line=line, column=column)
    if not _ID.fullmatch(row["lexeme"]):
        what = f"{row['lexeme']!r} is no id; it has small letters and digits, with hyphens between"
        raise DataFileError(what, path=path, line=line, column="lexeme")
    for column in ("canonical", "form"):
        if not lexicon_key(row[column]) or _UNUSABLE.search(row[column]):
            raise DataFileError(f"{row[column]!r} cannot be a spelling", path=path, line=line, column=column)


def decision_row(values: Iterable[str]) -> str:
    """Return the line of a row, in the order of :data:`COLUMNS`; white space inside a value becomes a space."""
    return "\t".join(" ".join(value.split()) for value in values) + "\n"


def lexicon_tables(decisions: Iterable[Decision], lexicon: Lexicon, path: str) -> dict[str, str]:
    """Return the lexicon that the accepted decisions make: the text of each table by its name, none where it is empty.

    Args:
        decisions: what was decided.
        lexicon: the lexicon that it is added to.
        path: name of the file of decisions, for errors.

    Raises:
        DataFileError: if a spelling is accepted for two lexemes, or is one of another lexeme already, or if a new
            lexeme has no spelling in Latin script.
    """
    accepted = [decided for decided in decisions if decided.decision == "accept"]
    known = {form.lexeme.id for form in lexicon.forms.values()} | {id_ for id_, _ in lexicon.names.values()}
    owners = {key: form.lexeme.id for key, form in lexicon.forms.items()}
    forms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    new: dict[str, dict[str, str]] = {}
    for decided in accepted:
        for text in (decided.form, decided.canonical):
            owner = owners.setdefault(lexicon_key(text), decided.lexeme)
            if owner != decided.lexeme:
                raise DataFileError(f"{text!r} is a spelling of {owner}", path=path, line=decided.line)
        if decided.lexeme not in known:
            row = new.setdefault(decided.lexeme, {"kind": decided.kind})
            name = row.setdefault(SCRIPTS[decided.script], decided.canonical)
            if row["kind"] != decided.kind or name != decided.canonical:
                what = f"{decided.lexeme} is {row['kind']} {name} in another row"
                raise DataFileError(what, path=path, line=decided.line)
        if lexicon_key(decided.form) != lexicon_key(decided.canonical):
            forms[decided.lexeme, decided.script, decided.status].append(decided.form)
    for id_, row in new.items():
        if "latin" not in row:
            raise DataFileError(f"the new lexeme {id_} has no row in Latin script", path=path)
    tables = {
        "lexemes.tsv": (LEXEME_COLUMNS, (_lexeme(id_, row) for id_, row in sorted(new.items()))),
        "forms.tsv": (
            FORM_COLUMNS,
            ((*key, ";".join(sorted(set(own))), _SOURCE, _LICENCE) for key, own in sorted(forms.items())),
        ),
    }
    texts = {name: "".join(_lines(columns, rows)) for name, (columns, rows) in tables.items()}
    return {name: text for name, text in texts.items() if text}


def _lexeme(id_: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields of a new lexeme."""
    own = {"lexeme": id_, "family": id_, "source": _SOURCE, "licence": _LICENCE, **row}
    return tuple(own.get(column, "") for column in LEXEME_COLUMNS)


def _lines(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Give the lines of a table; none at all without a row."""
    for number, row in enumerate(rows):
        if not number:
            yield "\t".join(columns) + "\n"
        yield "\t".join(row) + "\n"
