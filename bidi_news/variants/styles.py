"""Styles: which spelling of a lexeme, or of a whole family, an outlet's style book asks for.

A style is a TOML file, shipped in ``data/styles`` or the user's own. Every rule names its source and the date since
which it is known to hold, for outlets change. What a style does not say stays as in the house style.

Example:
    >>> from bidi_news.variants.styles import load_style
    >>> load_style("ap").lexemes["gaddafi"].form
    'Gadhafi'
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bidi_news.errors import DataFileError, OptionError
from bidi_news.resources import list_files, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Style", "Target", "load_style", "style_names"]

_FOLDER = "styles"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEYS = {"lexeme", "family", "form", "plural", "since", "source"}


class Target(NamedTuple):
    """What a style writes."""

    form: str
    """The spelling in the singular."""
    plural: str | None = None
    """The plural, where it is not made with the lexeme's own ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The rules of one style."""

    name: str
    """Its name."""
    lexemes: Mapping[str, Target] = field(default_factory=dict)
    """Spellings by lexeme."""
    families: Mapping[str, Target] = field(default_factory=dict)
    """One spelling for all lexemes of a family."""


def style_names() -> tuple[str, ...]:
    """Return the names of the shipped styles, sorted.

    Example:
        >>> "house" in style_names()
        True
    """
    return tuple(name.removeprefix(f"{_FOLDER}/").removesuffix(".toml") for name in list_files(_FOLDER, ".toml"))


def load_style(style: str) -> Style:
    """Read a style.

    Args:
        style: name of a shipped style, or path of a TOML file.

    Raises:
        OptionError: if it is neither.
        DataFileError: if the file is malformed.
    """
    if style in style_names():
        path = f"{_FOLDER}/{style}.toml"
        return _read(read_text(path), path)
    try:
        return _read(Path(style).read_text("utf-8"), style)
    except OSError:
        choices = ", ".join(style_names())
        raise OptionError(f"style is {style!r}; choose one of {choices}, or the path of a style file") from None
    except UnicodeDecodeError as error:
        raise DataFileError(f"is not UTF-8 at byte {error.start}", path=style) from error


def _read(text: str, path: str) -> Style:
    """Read and check the text of a style file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(str(error).lower(), path=path) from error
    unknown = table.keys() - {"name", "title", "rules"}
    if unknown or not isinstance(table.get("name"), str):
        raise DataFileError("a style has a name, a title and rules, and no more", path=path)
    chosen: dict[str, dict[str, Target]] = {"lexeme": {}, "family": {}}
    for rule in table.get("rules", []):
        what = _check(rule, path)
        chosen[what][rule[what]] = Target(rule["form"], rule.get("plural"))
    return Style(name=table["name"], lexemes=chosen["lexeme"], families=chosen["family"])


def _check(rule: Any, path: str) -> str:
    """Return whether a rule is for a lexeme or for a family, after checking all of it."""
    if not isinstance(rule, dict) or not all(isinstance(value, str) for value in rule.values()):
        raise DataFileError("a rule is a table of strings (quote the date)", path=path, column="rules")
    if (
        rule.keys() - _KEYS
        or not rule.keys() >= {"form", "since", "source"}
        or ("lexeme" in rule) == ("family" in rule)
    ):
        keys = "lexeme or family, form, since, source, and perhaps plural"
        raise DataFileError(f"a rule has {keys}; this one has {', '.join(rule)}", path=path, column="rules")
    if not _DATE.fullmatch(rule["since"]):
        raise DataFileError(f"{rule['since']!r} is no date (YYYY-MM-DD)", path=path, column="since")
    return "lexeme" if "lexeme" in rule else "family"
