r"""The tables of the lexicon: read, checked and expanded, whether shipped or a user's own.

A table of lexemes has one row per lexeme; a table of spellings has patterns, with ``{a,b}`` for alternatives. Both are
tab-separated and told apart by their header; docs/reference/lexicon.md describes every column. :func:`expand` turns
them into entries, one for each spelling in each number. That takes longer than all the rest of loading: for the shipped
tables :mod:`bidi_news.variants.build` does it beforehand, for a user's own it is done when they are read.

Example:
    >>> table = "lexeme\tscript\tstatus\tforms\tsource\tlicence\nqom\tLatn\tsafe\tQu{m,mm};Ghom\tour desk\tMIT\n"
    >>> base = {"qom": dict.fromkeys(LEXEME_COLUMNS, "") | {"kind": "place", "latin": "Qom"}}
    >>> sorted(expand(read_tables({"mine.tsv": table}, base), base))
    ['ghom', 'qum', 'qumm']
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv
from bidi_news.unicode.arabic import ARTICLE
from bidi_news.unicode.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "FORM_COLUMNS",
    "LEXEME_COLUMNS",
    "SCRIPTS",
    "SHIPPED",
    "Context",
    "Entry",
    "Kind",
    "Row",
    "Script",
    "Status",
    "Tables",
    "context_of",
    "expand",
    "expand_pattern",
    "lexicon_key",
    "read_tables",
    "read_words",
]

Kind = Literal["person", "given", "place", "group", "demonym", "title", "holiday", "month", "term", "book"]
"""What a lexeme names. A given name is never replaced; a person, place, month or book has a capital."""

Status = Literal["canonical", "safe", "name", "ambiguous", "never"]
"""How sure a form is: see docs/reference/lexicon.md."""

Script = Literal["Latn", "Hebr", "Arab"]

SHIPPED = tuple(f"lexicon/{name}.tsv" for name in ("lexemes", "forms", "generated-lexemes", "generated-forms"))
"""The shipped tables: those written by hand, then those that ``tools/make_names.py`` writes."""

LEXEME_COLUMNS = (
    "lexeme", "family", "kind", "latin", "article", "plural", "hebrew", "arabic", "cues", "blocks", "source", "licence",
)  # fmt: skip
FORM_COLUMNS = ("lexeme", "script", "status", "forms", "source", "licence")
_WORD_COLUMNS = ("set", "where", "words", "source", "licence")
_STATUSES: dict[str, Status] = {"safe": "safe", "name": "name", "ambiguous": "ambiguous", "never": "never"}
SCRIPTS: dict[Script, str] = {"Latn": "latin", "Hebr": "hebrew", "Arab": "arabic"}
"""The column of each script in a table of lexemes."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_LI = "لل"

Row = dict[str, str]
"""A lexeme: its fields by :data:`LEXEME_COLUMNS`."""


class Context(NamedTuple):
    """Words around a form that speak for or against a reading; folded."""

    line: frozenset[str] = frozenset()
    """Anywhere in its line."""
    left: frozenset[str] = frozenset()
    """Directly before it."""
    right: frozenset[str] = frozenset()
    """Directly after it."""

    def __or__(self, other: Context) -> Context:
        """Return the words of both."""
        return Context(self.line | other.line, self.left | other.left, self.right | other.right)


class Entry(NamedTuple):
    """One spelling of a lexeme in one number, whatever the style."""

    lexeme: str
    """Id of what it spells."""
    script: Script
    """Script it is written in (ISO 15924)."""
    status: Status
    """How sure it is; ``canonical`` for the house form."""
    ending: str = ""
    """Ending of its number, which the canonical form takes too."""
    prefix: int = 0
    """Letters at its front that are no part of the name: the Arabic particle that swallows the article."""


class _Spelling(NamedTuple):
    """One pattern and where it stands."""

    pattern: str
    status: Status
    path: str
    line: int


class Tables(NamedTuple):
    """What some tables say."""

    lexemes: Mapping[str, Row]
    """Lexemes by id."""
    places: Mapping[str, tuple[str, int]]
    """File and line of each."""
    spellings: Mapping[tuple[str, Script], tuple[_Spelling, ...]]
    """Spellings of each lexeme in each script; the lexeme may be another table's."""


def lexicon_key(text: str) -> str:
    """Return the key of a spelling: folded, its dashes and white space alike, outer apostrophes gone.

    Example:
        >>> lexicon_key("al-Qaʿida"), lexicon_key("Al Qa’ida")
        ("al qa'ida", "al qa'ida")
    """
    return " ".join(fold(text).replace("-", " ").split()).strip("'")


def expand_pattern(pattern: str) -> Iterator[str]:
    """Give every spelling of a pattern; ``{a,b}`` stands for either.

    Example:
        >>> list(expand_pattern("Raq{q,}a{,h}"))
        ['Raqqa', 'Raqqah', 'Raqa', 'Raqah']
    """
    pieces = _BRACES.split(pattern)
    choices = [piece.split(",") if index % 2 else (piece,) for index, piece in enumerate(pieces)]
    return map("".join, itertools.product(*choices))


def read_tables(texts: Mapping[str, str], base: Mapping[str, Row]) -> Tables:
    """Read tables of lexemes and of spellings, told apart by their headers.

    Args:
        texts: content of each file by its path.
        base: lexemes that there are already, by id; spellings may be added to them.

    Raises:
        DataFileError: at a wrong header, an unknown value, or a lexeme that is there twice or not at all.
    """
    lexemes: dict[str, Row] = {}
    places: dict[str, tuple[str, int]] = {}
    spellings: dict[tuple[str, Script], tuple[_Spelling, ...]] = {}
    parts = {path: _rows(text, path) for path, text in texts.items()}
    for path, rows in parts.items():
        for line, row in rows:
            if "kind" in row:
                _check(row, "kind", get_args(Kind), path, line)
                if row["lexeme"] in lexemes or row["lexeme"] in base:
                    raise DataFileError(f"there is a lexeme {row['lexeme']!r} already", path=path, line=line)
                lexemes[row["lexeme"]] = row
                places[row["lexeme"]] = path, line
    for path, rows in parts.items():
        for line, row in rows:
            if "kind" not in row:
                _check(row, "lexeme", lexemes if row["lexeme"] in lexemes else base, path, line)
                _check(row, "script", SCRIPTS, path, line)
                _check(row, "status", _STATUSES, path, line)
                status = _STATUSES[row["status"]]
                new = tuple(_Spelling(pattern, status, path, line) for pattern in row["forms"].split(";"))
                key: tuple[str, Script] = row["lexeme"], row["script"]  # type: ignore[assignment]  # checked above
                spellings[key] = spellings.get(key, ()) + new
    return Tables(lexemes, places, spellings)


def _rows(text: str, path: str) -> list[tuple[int, Row]]:
    """Return the rows of one table, whichever of the two kinds it is."""
    header = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    columns = LEXEME_COLUMNS if "\tkind\t" in header else FORM_COLUMNS
    return list(parse_tsv(text, columns, path=path))


def _check(row: Row, column: str, values: Iterable[str], path: str, line: int) -> None:
    """Refuse a value that is none of those known."""
    if row[column] not in values:
        raise DataFileError(f"{row[column]!r} is not known", path=path, line=line, column=column)


def expand(tables: Tables, base: Mapping[str, Row]) -> dict[str, Entry]:
    """Return the entries of some tables by :func:`lexicon_key`.

    A lexeme whose house form alone is known makes no entry: there is nothing to replace.

    Args:
        tables: what :func:`read_tables` gave.
        base: the lexemes of other tables that it was given.

    Raises:
        DataFileError: if one spelling belongs to two lexemes.
    """
    entries: dict[str, Entry] = {}
    for (id_, script), patterns in tables.spellings.items():
        own = tables.lexemes.get(id_)
        row = own or base[id_]
        suffixes = ("", *row["plural"].split()) if script == "Latn" else _inflections(script, row["kind"])
        if own:
            path, line = tables.places[id_]
            patterns = (_Spelling(row[SCRIPTS[script]], "canonical", path, line), *patterns)  # noqa: PLW2901  (its own first)
        for suffix, spelling in itertools.product(suffixes, patterns):
            entry = Entry(id_, script, spelling.status, suffix)
            for key in _keys(spelling.pattern + suffix):
                _add(entries, key, entry, spelling)
    return entries


def _inflections(script: Script, kind: str) -> tuple[str, ...]:
    """Return the endings of a noun outside Latin script: a Hebrew name of a people has the regular four forms."""
    return ("", "ם", "ת", "ות") if script == "Hebr" and kind == "demonym" else ("",)


def _keys(pattern: str) -> Iterator[str]:
    """Give the keys of every spelling of a pattern; folding once, before the expansion, is what keeps this fast."""
    keys = expand_pattern(fold(pattern).replace("-", " "))
    return (key.strip("'") for key in keys) if "'" in pattern else keys


def _add(entries: dict[str, Entry], key: str, entry: Entry, spelling: _Spelling) -> None:
    """Enter one spelling; the first status of a lexeme stays, and no two lexemes may share a spelling."""
    known = entries.setdefault(key, entry)
    if known.lexeme != entry.lexeme:
        raise DataFileError(f"{key!r} is already a form of {known.lexeme}", path=spelling.path, line=spelling.line)
    if entry.script == "Arab" and key.startswith(ARTICLE) and known is entry:
        # "li" and the article are written as one: the alif goes, and the lam before it is no part of the name
        entries.setdefault(_LI + key[len(ARTICLE) :], entry._replace(prefix=len(_LI)))


def read_words(text: str, path: str) -> dict[str, Context]:
    """Read the table of context words: sets of words by name.

    Raises:
        DataFileError: if it is malformed.
    """
    sets: dict[str, Context] = {}
    for line, row in parse_tsv(text, _WORD_COLUMNS, path=path):
        sets[row["set"]] = sets.get(row["set"], Context()) | context_of(row["where"], row["words"].split(), path, line)
    return sets


def context_of(where: str, words: Iterable[str], path: str, line: int) -> Context:
    """Return the context of some words in one place.

    Raises:
        DataFileError: if there is no such place.
    """
    folded = frozenset(map(fold, words))
    match where:
        case "line":
            return Context(line=folded)
        case "left":
            return Context(left=folded)
        case "right":
            return Context(right=folded)
    raise DataFileError(f"{where!r} is none of line, left, right", path=path, line=line)
