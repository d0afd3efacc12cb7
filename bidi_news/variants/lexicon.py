"""The lexicon: which spellings are one lexeme, which of them may be replaced, and what a style makes of them.

Four kinds of file, all in ``data``: ``lexicon/lexemes.tsv`` (one row per lexeme), ``lexicon/forms.tsv`` (its
spellings, with ``{a,b}`` for alternatives), ``lexicon/words.tsv`` (words around a spelling that decide for or against
it) and ``styles/*.toml``. docs/reference/lexicon.md describes every column. This module reads, checks and expands
them; :mod:`bidi_news.variants.match` finds the forms in pages.

Example:
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> load_lexicon("house").forms["shi'ite"].canonical
    'Shiite'
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_text
from bidi_news.unicode.arabic import ARTICLE
from bidi_news.unicode.fold import fold
from bidi_news.variants.styles import Target, load_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bidi_news.variants.styles import Style

__all__ = ["Context", "Form", "Kind", "Lexeme", "Lexicon", "Status", "expand_pattern", "lexicon_key", "load_lexicon"]

Kind = Literal["person", "given", "place", "group", "demonym", "title", "holiday", "term", "book"]
"""What a lexeme names. A given name is never replaced; a person, place or book is only ever written with a capital."""

Status = Literal["canonical", "safe", "name", "ambiguous", "never"]
"""How sure a form is: see docs/reference/lexicon.md."""

Script = Literal["Latn", "Hebr", "Arab"]

_LEXEMES = "lexicon/lexemes.tsv"
_LEXEME_COLUMNS = (
    "lexeme", "family", "kind", "latin", "article", "plural", "hebrew", "arabic", "cues", "blocks", "source", "licence",
)  # fmt: skip
_FORMS = "lexicon/forms.tsv"
_FORM_COLUMNS = ("lexeme", "script", "status", "forms", "source", "licence")
_WORDS = "lexicon/words.tsv"
_WORD_COLUMNS = ("set", "where", "words", "source", "licence")
_STATUSES: dict[str, Status] = {"safe": "safe", "name": "name", "ambiguous": "ambiguous", "never": "never"}
_SCRIPTS: dict[Script, str] = {"Latn": "latin", "Hebr": "hebrew", "Arab": "arabic"}
_BRACES = re.compile(r"\{([^{}]*)\}")
_LI = "لل"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words around a form that speak for or against a reading; folded."""

    line: frozenset[str] = frozenset()
    """Anywhere in its line."""
    left: frozenset[str] = frozenset()
    """Directly before it."""
    right: frozenset[str] = frozenset()
    """Directly after it."""

    def __or__(self, other: Context) -> Context:
        """Return the words of both."""
        return Context(line=self.line | other.line, left=self.left | other.left, right=self.right | other.right)


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


class _Spelling(NamedTuple):
    """One pattern of the table of forms."""

    line: int
    status: Status
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """Everything the matcher asks, for one style."""

    style: str
    """Name of the style."""
    forms: Mapping[str, Form]
    """Forms by :func:`lexicon_key`."""
    names: Mapping[str, tuple[str, str]]
    """Lexeme and family of every canonical form by :func:`lexicon_key`, those included that can make no edit."""
    words: Mapping[str, Context]
    """Sets of context words that hold for every lexeme."""


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


@cache
def load_lexicon(style: str = "house") -> Lexicon:
    """Return the lexicon under a style.

    Args:
        style: name of a shipped style, or path of a style file.

    Raises:
        OptionError: if there is no such style.
        DataFileError: if a file is malformed.

    Example:
        >>> load_lexicon("bbc").forms["shi'ite"].canonical
        'Shia'
    """
    chosen = load_style(style)
    words = _read_words()
    lexemes = {
        row["lexeme"]: (line, row) for line, row in parse_tsv(read_text(_LEXEMES), _LEXEME_COLUMNS, path=_LEXEMES)
    }
    _check_style(chosen, frozenset(lexemes), frozenset(row["family"] for _, row in lexemes.values()))
    spellings = _read_forms(frozenset(lexemes))
    targets = {id_: _target(id_, row, chosen) for id_, (_, row) in lexemes.items()}
    forms: dict[str, Form] = {}
    names: dict[str, tuple[str, str]] = {}
    for id_, (line, row) in lexemes.items():
        lexeme = _lexeme(row, words, spellings, line)
        for script, column in _SCRIPTS.items():
            patterns = spellings.get((id_, script), ())
            if row[column]:
                names[lexicon_key(row[column])] = (id_, row["family"])
            if script != "Latn" and not patterns:
                continue  # outside Latin script a canonical form alone can make no edit
            target = targets[id_] if script == "Latn" else Target(row[column])
            suffixes = ("", *row["plural"].split()) if script == "Latn" else _inflections(script, lexeme.kind)
            spelled = (_Spelling(line, "canonical" if target.form == row[column] else "safe", row[column]), *patterns)
            for suffix, spelling in itertools.product(suffixes, spelled):
                canonical = target.form + suffix if target.plural is None or not suffix else target.plural
                form = Form(lexeme=lexeme, script=script, status=spelling.status, canonical=canonical)
                for key in _keys(spelling.pattern + suffix):
                    _add(forms, key, form, spelling.line)
    _check_targets(chosen, forms)
    return Lexicon(style=chosen.name, forms=forms, names=names, words=words)


def _inflections(script: Script, kind: Kind) -> tuple[str, ...]:
    """Return the endings of a noun outside Latin script: a Hebrew name of a people has the regular four forms."""
    return ("", "ם", "ת", "ות") if script == "Hebr" and kind == "demonym" else ("",)


def _keys(pattern: str) -> Iterator[str]:
    """Give the keys of every spelling of a pattern; folding once, before the expansion, is what keeps loading fast."""
    keys = expand_pattern(fold(pattern).replace("-", " "))
    return (key.strip("'") for key in keys) if "'" in pattern else keys


def _read_words() -> dict[str, Context]:
    """Read the sets of context words."""
    sets: dict[str, Context] = {}
    for line, row in parse_tsv(read_text(_WORDS), _WORD_COLUMNS, path=_WORDS):
        sets[row["set"]] = sets.get(row["set"], Context()) | _context(row["where"], row["words"].split(), _WORDS, line)
    return sets


def _context(where: str, words: Iterable[str], path: str, line: int) -> Context:
    """Return the context of some words in one place."""
    folded = frozenset(map(fold, words))
    match where:
        case "line":
            return Context(line=folded)
        case "left":
            return Context(left=folded)
        case "right":
            return Context(right=folded)
    raise DataFileError(f"{where!r} is none of line, left, right", path=path, line=line)


def _read_forms(lexemes: frozenset[str]) -> dict[tuple[str, str], tuple[_Spelling, ...]]:
    """Read the spellings of each lexeme in each script."""
    found: dict[tuple[str, str], tuple[_Spelling, ...]] = {}
    allowed = {"lexeme": lexemes, "script": _SCRIPTS, "status": _STATUSES}
    for line, row in parse_tsv(read_text(_FORMS), _FORM_COLUMNS, path=_FORMS):
        for column, values in allowed.items():
            if row[column] not in values:
                raise DataFileError(f"{row[column]!r} is not known", path=_FORMS, line=line, column=column)
        key = (row["lexeme"], row["script"])
        new = tuple(_Spelling(line, _STATUSES[row["status"]], pattern) for pattern in row["forms"].split(";"))
        found[key] = found.get(key, ()) + new
    return found


def _target(id_: str, row: dict[str, str], style: Style) -> Target:
    """Return what the style writes for a lexeme: its own rule, else its family's, else the house form."""
    if id_ in style.lexemes:
        return style.lexemes[id_]
    return style.families.get(row["family"], Target(row["latin"]))


def _check_style(style: Style, lexemes: frozenset[str], families: frozenset[str]) -> None:
    """Refuse a style with a rule for a lexeme or a family that there is not."""
    for unknown in sorted((style.lexemes.keys() - lexemes) | (style.families.keys() - families)):
        raise DataFileError(f"there is no lexeme or family called {unknown!r}", path=style.name, column="rules")


def _check_targets(style: Style, forms: Mapping[str, Form]) -> None:
    """Refuse a style that writes one lexeme as a form of another, which would be taken for that one next time."""
    for name, target in (*style.lexemes.items(), *style.families.items()):
        for text in filter(None, target):
            form = forms.get(lexicon_key(text))
            if form and (name not in {form.lexeme.id, form.lexeme.family} or form.canonical not in target):
                raise DataFileError(f"{text!r} is a form of {form.lexeme.id}", path=style.name, column="rules")


def _lexeme(
    row: dict[str, str],
    words: Mapping[str, Context],
    spellings: Mapping[tuple[str, str], tuple[_Spelling, ...]],
    line: int,
) -> Lexeme:
    """Read one row of the table of lexemes."""
    if row["kind"] not in get_args(Kind):
        raise DataFileError(f"{row['kind']!r} is not known", path=_LEXEMES, line=line, column="kind")
    contexts = []
    for column in ("cues", "blocks"):
        context = Context()
        for part in row[column].split():
            where, colon, listed = part.partition(":")
            if colon:
                context |= _context(where, listed.split(","), _LEXEMES, line)
            elif part.startswith("@"):
                own = (x for spelling in spellings[part[1:], "Latn"] for x in expand_pattern(spelling.pattern))
                context |= _context("line", (*own, part[1:]), _LEXEMES, line)
            elif part in words:
                context |= words[part]
            else:
                raise DataFileError(f"there are no words called {part!r}", path=_LEXEMES, line=line, column=column)
        contexts.append(context)
    return Lexeme(
        id=row["lexeme"],
        family=row["family"],
        kind=row["kind"],  # type: ignore[arg-type]  # checked above
        drops_article=row["article"] == "drop",
        cues=contexts[0],
        blocks=contexts[1],
    )


def _add(forms: dict[str, Form], key: str, form: Form, line: int) -> None:
    """Enter one spelling; the surest status of a lexeme wins, and no two lexemes may share a spelling."""
    known = forms.setdefault(key, form)
    if known.lexeme is not form.lexeme:
        raise DataFileError(f"{key!r} is already a form of {known.lexeme.id}", path=_FORMS, line=line)
    if form.script == "Arab" and key.startswith(ARTICLE) and known is form:
        # "li" and the article are written as one: the alif goes, and the lam before it is no part of the name
        bare = replace(form, canonical=form.canonical[len(ARTICLE) :], prefix=len(_LI))
        forms.setdefault(_LI + key[len(ARTICLE) :], bare)
