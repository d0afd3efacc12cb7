"""A key of the consonants of a name, the same for most of its spellings in Latin, Hebrew and Arabic script.

``data/keys/letters.tsv`` says which sounds the letters of each script stand for, by their place in the word, and
``data/keys/classes.tsv`` which sounds are one class, because a script or its romanizations do not tell them apart. A
key is the classes in order, each once where it stands twice; a first sound that has no class is ``A``, or ``B`` for a
first w or vav, ``Y`` for a first y. Vowels are no part of it, for Hebrew and Arabic mostly do not write them: names
that differ only in those (Khamenei, Khomeini) share a key. It is made to find what is then compared.

Keys are stable: they change only with the data version, and the changelog says so.

Example:
    >>> variant_key("Qaddafi"), variant_key("קדאפי"), variant_key("القذافي")
    ('KDB', 'KDB', 'KDB')
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants.alphabet import ARABIC, HEBREW, fold_names

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["folded_key", "variant_key"]

_LETTERS = "keys/letters.tsv"
_LETTER_COLUMNS = ("script", "place", "letters", "sounds", "source", "licence")
_CLASSES = "keys/classes.tsv"
_CLASS_COLUMNS = ("class", "sounds", "source", "licence")
_PLACES = {"start": "(?P<start>^(?:{}))", "end": "(?P<end>(?:{})$)", "any": "(?P<any>{})"}
_SCRIPTS = {"Latn": "", "Hebr": HEBREW, "Arab": ARABIC}
_FIRST = {"w": "B", "W": "B", "y": "Y", "Y": "Y"}
_ARTICLE, _SHORTEST_WITH_ARTICLE = "ال", 4


class _Letters(NamedTuple):
    """The table of letters of one script."""

    pattern: re.Pattern[str]
    """Its letters and groups of letters, longest first, by place."""
    sounds: dict[tuple[str, str], str]
    """Their sounds by place and letters."""


def variant_key(name: str) -> str:
    """Return the consonants of a name as classes; most spellings of one name share it, in all three scripts.

    Args:
        name: name of one or several words, in Latin, Hebrew or Arabic script; a leading article does not count.

    Returns:
        Letters of ``data/keys/classes.tsv``; empty where the name has no letter of these scripts.

    Example:
        >>> variant_key("al-Zawahiri") == variant_key("Zawahiri") == variant_key("الظواهري") == "SKR"
        True
    """
    return folded_key(fold_names([name])[0])


def folded_key(name: str) -> str:
    """Return the key of a name that is folded already (:func:`bidi_news.variants.alphabet.fold_names`).

    Example:
        >>> folded_key("ben gurion")
        'BNGRN'
    """
    classes, key = _classes(), ""
    for word in name.split(" "):
        for sound in _sounds(word):
            found = classes.get(sound) or ("" if key else _FIRST.get(sound, "A"))
            if found != key[-1:]:
                key += found
    return key


def _sounds(word: str) -> Iterator[str]:
    """Give the sounds of a folded word."""
    letters = _letters()[_script(word)]
    if word.startswith(_ARTICLE) and len(word) > _SHORTEST_WITH_ARTICLE:
        word = word[len(_ARTICLE) :]
    for match in letters.pattern.finditer(word):
        yield from letters.sounds[match.lastgroup or "", match[0]]


def _script(word: str) -> str:
    """Return the script of the first letter of a word."""
    return next((script for script, letters in _SCRIPTS.items() if word[:1] and word[0] in letters), "Latn")


@cache
def _letters() -> dict[str, _Letters]:
    """Read the table of letters."""
    sounds: dict[str, dict[tuple[str, str], str]] = {script: {} for script in _SCRIPTS}
    for line, row in parse_tsv(read_text(_LETTERS), _LETTER_COLUMNS, path=_LETTERS):
        if row["script"] not in sounds or row["place"] not in _PLACES:
            raise DataFileError(f"{row['script']} {row['place']} is no script and place", path=_LETTERS, line=line)
        sounds[row["script"]][row["place"], row["letters"]] = row["sounds"]
    found = {}
    for script, table in sounds.items():
        groups = []
        for place, form in _PLACES.items():
            letters = sorted((letter for at, letter in table if at == place), key=len, reverse=True)
            if letters:
                groups.append(form.format("|".join(map(re.escape, letters))))
        found[script] = _Letters(re.compile("|".join(groups)), table)
    return found


@cache
def _classes() -> dict[str, str]:
    """Read the class of each sound."""
    found: dict[str, str] = {}
    for line, row in parse_tsv(read_text(_CLASSES), _CLASS_COLUMNS, path=_CLASSES):
        for sound in row["sounds"]:
            if found.setdefault(sound, row["class"]) != row["class"]:
                raise DataFileError(f"{sound!r} is in two classes", path=_CLASSES, line=line, column="sounds")
    return found
