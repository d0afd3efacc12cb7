"""The lexicon: which spellings are one lexeme, which of them may be replaced, and what a style makes of them.

What ships is ``data/lexicon`` and ``data/styles``; a user's own tables are laid over them. docs/reference/lexicon.md
describes every column. :mod:`bidi_news.variants.tables` reads, checks and expands the tables;
:mod:`bidi_news.variants.match` finds the forms in pages. Loading reads what was expanded beforehand and makes no form:
a page asks for few of them.

Example:
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> load_lexicon("house").forms["shi'ite"].canonical
    'Shiite'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bidi_news.errors import DataFileError, OptionError
from bidi_news.resources import read_text
from bidi_news.unicode.arabic import ARTICLE
from bidi_news.variants.styles import Target, load_style
from bidi_news.variants.tables import (
    LEXEME_COLUMNS,
    SCRIPTS,
    SHIPPED,
    Context,
    Entry,
    Kind,
    Row,
    Script,
    Status,
    Tables,
    context_of,
    expand,
    lexicon_key,
    read_tables,
    read_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bidi_news.variants.styles import Style

__all__ = ["EXPANDED", "WORDS", "Context", "Form", "Lexeme", "Lexicon", "lexicon_key", "load_lexicon"]

WORDS = "lexicon/words.tsv"
"""The sets of context words."""
EXPANDED = "lexicon/expanded.tsv"
"""Every entry of the shipped tables: its key, and the fields of :class:`~bidi_news.variants.tables.Entry`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """One name or word, whatever its spelling."""

    id: str
    """Name of the entry."""
    family: str
    """Entries that a style may unify."""
    kind: Kind
    """What it names."""
    drops_article: bool
    """Whether an Arabic article before it goes with the edit (``al-Raqqa`` to ``Raqqa``)."""
    cues: Context
    """What makes an ambiguous form certain."""
    blocks: Context
    """What makes any form somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A spelling of a lexeme in one number."""

    lexeme: Lexeme
    """What it spells."""
    script: Script
    """Script it is written in (ISO 15924)."""
    status: Status
    """How sure it is."""
    canonical: str
    """The style's spelling, in the same number."""
    prefix: int = 0
    """Letters at the front of the key that are no part of the edit."""


class _Forms(Mapping[str, Form]):
    """Forms by key, each made when it is first asked for."""

    def __init__(self, entries: Mapping[str, str], make: Callable[[Entry], Form]) -> None:
        self._entries, self._make = entries, make
        self._made: dict[str, Form] = {}

    def __getitem__(self, key: str) -> Form:
        form = self._made.get(key)
        if form is None:
            form = self._made[key] = self._make(_entry(self._entries[key]))
        return form

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self._entries else default

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """Everything the matcher asks, for one style."""

    style: str
    """Name of the style."""
    words: Mapping[str, Context]
    """Sets of context words that hold for every lexeme."""
    own: tuple[str, ...]
    """Keys of the forms that are in no shipped table."""
    rules: Style
    """The rules of the style."""
    rows: Mapping[str, str]
    """For each lexeme the rest of its row, tab-separated."""
    entries: Mapping[str, str]
    """For each key its entry, tab-separated."""

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Forms by :func:`lexicon_key`."""
        return _Forms(self.entries, self._form)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Lexeme and family of every house form by :func:`lexicon_key`, those included that can make no edit."""
        names = {}
        for id_ in self.rows:
            row = self._row(id_)
            names.update({lexicon_key(row[column]): (id_, row["family"]) for column in SCRIPTS.values() if row[column]})
        return names

    @cached_property
    def _lexemes(self) -> dict[str, Lexeme]:
        """Lexemes that were asked for."""
        return {}

    def lexeme(self, id_: str) -> Lexeme:
        """Return a lexeme by its id.

        Raises:
            DataFileError: if its cues or blocks are malformed.
        """
        if id_ not in self._lexemes:
            row = self._row(id_)
            self._lexemes[id_] = Lexeme(
                id=id_,
                family=row["family"],
                kind=row["kind"],  # type: ignore[arg-type]  # checked when the table was read
                drops_article=row["article"] == "drop",
                cues=self._context(row, "cues"),
                blocks=self._context(row, "blocks"),
            )
        return self._lexemes[id_]

    def _row(self, id_: str) -> Row:
        """Return the fields of a lexeme."""
        return _row(id_, self.rows[id_])

    def _form(self, entry: Entry) -> Form:
        """Return a form as the style has it."""
        row = self._row(entry.lexeme)
        house = row[SCRIPTS[entry.script]]
        target = Target(house) if entry.script != "Latn" else _target(row, self.rules)
        status = "safe" if entry.status == "canonical" and target.form != house else entry.status
        canonical = target.form + entry.ending if target.plural is None or not entry.ending else target.plural
        if entry.prefix:
            canonical = canonical[len(ARTICLE) :]
        lexeme = self.lexeme(entry.lexeme)
        return Form(lexeme=lexeme, script=entry.script, status=status, canonical=canonical, prefix=entry.prefix)

    def _context(self, row: Row, column: str) -> Context:
        """Return the cues or the blocks of a lexeme."""
        context = Context()
        for part in row[column].split():
            where, colon, listed = part.partition(":")
            if colon:
                context |= context_of(where, listed.split(","), f"lexeme {row['lexeme']}", 0)
            elif part.startswith("@"):
                context |= Context(line=frozenset((*self._spellings(part[1:]), part[1:])))
            elif part in self.words:
                context |= self.words[part]
            else:
                what = f"there are no words called {part!r}"
                raise DataFileError(what, path=f"lexeme {row['lexeme']}", column=column)
        return context

    def _spellings(self, id_: str) -> Iterator[str]:
        """Give the keys of a lexeme in Latin script."""
        start = f"{id_}\tLatn\t"
        return (key for key, entry in self.entries.items() if entry.startswith(start))


@cache
def load_lexicon(style: str = "house", tables: tuple[str, ...] = ()) -> Lexicon:
    """Return the lexicon under a style.

    Args:
        style: name of a shipped style, or path of a style file.
        tables: paths of tables of your own, which add lexemes, or spellings to a lexeme; a spelling that the lexeme
            has already gets the status that they give it.

    Raises:
        OptionError: if there is no such style or table.
        DataFileError: if a file is malformed, or a spelling belongs to two lexemes.

    Example:
        >>> load_lexicon("bbc").forms["shi'ite"].canonical
        'Shia'
    """
    rows: dict[str, str] = {}
    for name in SHIPPED:
        if "lexemes" in name:
            rows |= _keyed(read_text(name))
    entries = _keyed(read_text(EXPANDED))
    own: tuple[str, ...] = ()
    if tables:
        base = {id_: _row(id_, rest) for id_, rest in rows.items()}
        added = read_tables({path: _read(path) for path in tables}, base)
        rows |= {id_: "\t".join(list(row.values())[1:]) for id_, row in added.lexemes.items()}
        own = tuple(_overlay(entries, added, base))
    rules = load_style(style)
    words = read_words(read_text(WORDS), WORDS)
    lexicon = Lexicon(style=rules.name, words=words, own=own, rules=rules, rows=rows, entries=entries)
    _check_style(rules, lexicon)
    for key in own:
        lexicon.forms[key]  # a mistake in a table is told when it is loaded, not when a page needs it
    return lexicon


def _keyed(text: str) -> dict[str, str]:
    """Return the rest of each row of a shipped table by its first field; only the head of a table has comments."""
    lines = text.rstrip("\n").split("\n")
    first = next(number for number, line in enumerate(lines) if line[0] != "#") + 1
    return dict([line.split("\t", 1) for line in lines[first:]])


def _row(id_: str, rest: str) -> Row:
    """Return the fields of a lexeme."""
    return dict(zip(LEXEME_COLUMNS, (id_, *rest.split("\t")), strict=True))


def _entry(fields: str) -> Entry:
    """Return the entry that its fields make."""
    lexeme, script, status, ending, prefix = fields.split("\t")
    return Entry(lexeme, script, status, ending, int(prefix))  # type: ignore[arg-type]  # checked when they were written


def _read(path: str) -> str:
    """Read a table of the user's.

    Raises:
        OptionError: if there is no such file.
        DataFileError: if it is not UTF-8.
    """
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        raise OptionError(f"lexicon is {path!r}, which cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataFileError(f"is not UTF-8 at byte {error.start}", path=path) from error


def _overlay(entries: dict[str, str], added: Tables, base: Mapping[str, Row]) -> Iterator[str]:
    """Lay a user's entries over the shipped ones and give their keys."""
    for key, entry in expand(added, base).items():
        known = entries.get(key, entry.lexeme).partition("\t")[0]
        if known != entry.lexeme:
            raise DataFileError(f"{key!r} is already a form of {known}", path=f"lexeme {entry.lexeme}")
        entries[key] = "\t".join(map(str, entry))
        yield key


def _target(row: Row, style: Style) -> Target:
    """Return what the style writes for a lexeme: its own rule, else its family's, else the house form."""
    if row["lexeme"] in style.lexemes:
        return style.lexemes[row["lexeme"]]
    return style.families.get(row["family"], Target(row["latin"]))


def _check_style(style: Style, lexicon: Lexicon) -> None:
    """Refuse a style with a rule for what is not there, or that writes one lexeme as a form of another.

    Such a form would be taken for the other lexeme's the next time.
    """
    families = {rest.partition("\t")[0] for rest in lexicon.rows.values()} if style.families else frozenset()
    for unknown in sorted((style.lexemes.keys() - lexicon.rows.keys()) | (style.families.keys() - families)):
        raise DataFileError(f"there is no lexeme or family called {unknown!r}", path=style.name, column="rules")
    for name, target in (*style.lexemes.items(), *style.families.items()):
        for text in filter(None, target):
            form = lexicon.forms.get(lexicon_key(text))
            if form and (name not in {form.lexeme.id, form.lexeme.family} or form.canonical not in target):
                raise DataFileError(f"{text!r} is a form of {form.lexeme.id}", path=style.name, column="rules")
