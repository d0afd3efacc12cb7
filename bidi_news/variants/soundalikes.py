"""The lexemes by how their spellings sound: those that a name may be, without comparing it with all.

Example:
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> KnownSounds(load_lexicon("house"), {}).near("Hezbollaah", "Latn")[0].canonical
    'Hezbollah'
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bidi_news import variant_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bidi_news.variants.lexicon import Lexicon
    from bidi_news.variants.tables import Kind, Script

__all__ = ["SHORTEST_KEY", "Known", "KnownSounds"]

SHORTEST_KEY = 4
"""Sounds of a key from which on one may differ: shorter names are alike by chance."""


@dataclass(frozen=True, slots=True)
class Known:
    """A lexeme in one script."""

    lexeme: str
    """Its id."""
    names: Kind
    """What it names."""
    script: Script
    """The script (ISO 15924)."""
    canonical: str
    """Its house spelling in that script."""


class KnownSounds:
    """What is known, by the keys of its spellings and by those keys with one sound left out."""

    def __init__(self, lexicon: Lexicon, accepted: Mapping[str, Known]) -> None:
        """Sort spellings by their keys.

        Args:
            lexicon: lexemes and their spellings.
            accepted: spellings, folded, that were accepted besides.
        """
        spelled = dict(accepted)
        own: dict[tuple[str, Script], Known] = {}
        kinds: dict[str, Kind] = {}
        for key, form in lexicon.forms.items():
            lexeme = form.lexeme
            kinds[lexeme.id] = lexeme.kind
            known = Known(lexeme.id, lexeme.kind, form.script, form.canonical)
            spelled[key] = own.setdefault((lexeme.id, form.script), known)
        for key, (id_, _) in lexicon.names.items():
            script = _script(key)
            if id_ in kinds:  # house forms of scripts in which no edit is made yet; their key is all that is known
                spelled.setdefault(key, own.setdefault((id_, script), Known(id_, kinds[id_], script, key)))
        self._index: dict[str, dict[Known, None]] = defaultdict(dict)
        for key, known in spelled.items():
            for sounds in _neighbourhood(variant_key(key)):
                self._index[sounds][known] = None
        self.near = lru_cache(maxsize=1 << 16)(self._near)

    def lexemes(self) -> set[str]:
        """Return the ids of all that is known."""
        return {known.lexeme for table in self._index.values() for known in table}

    def _near(self, form: str, script: Script) -> tuple[Known, ...]:
        """Return the lexemes with a spelling in a script whose key is that of a name, or differs in one sound."""
        key = variant_key(form)
        found = (known for sounds in _neighbourhood(key) for known in self._index.get(sounds, ())) if key else ()
        return tuple(dict.fromkeys(known for known in found if known.script == script))


def _script(key: str) -> Script:
    """Return the script that a folded name begins in."""
    return "Hebr" if "א" <= key[:1] <= "ת" else "Arab" if "\u0621" <= key[:1] <= "\u06d3" else "Latn"


def _neighbourhood(key: str) -> Iterator[str]:
    """Give a key, and if it is long enough each key that one sound less makes of it."""
    yield key
    if len(key) >= SHORTEST_KEY:
        for place in range(len(key)):
            yield key[:place] + key[place + 1 :]
