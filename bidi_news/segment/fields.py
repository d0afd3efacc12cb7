"""Names and captions out of labelled lines.

Example:
    >>> author_names("By Dana Levi and Omar Haddad")
    ('Dana Levi', 'Omar Haddad')
    >>> split_caption("The old bridge (Photo: Dana Levi)")
    ('The old bridge', 'Dana Levi')
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from bidi_news.resources import read_toml

__all__ = ["author_names", "split_caption"]

_OPENING: Final = regex.compile(
    r"^(?:(?:written\s+|story\s+|reported\s+)?by\b|מאת|כתב(?:ה|ו|ת)?\s*:|بقلم|автор)\s*[:\uff1a]?\s*", regex.IGNORECASE
)
_BETWEEN: Final = regex.compile(r"\s*(?:,|;|\||/|&|\band\b|\s(?=ו\p{Hebrew}+\s\p{Hebrew})|\sו-)\s*", regex.IGNORECASE)
_FIGURES: Final = regex.compile(r"\d")
_EDGES: Final = " \t()[]|•·-–—:.,\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\N{NO-BREAK SPACE}"


def author_names(byline: str) -> tuple[str, ...]:
    """Return the names in a byline, without "By", brackets, dates and addresses; each once."""
    line = _OPENING.sub("", " ".join(byline.split()).strip(_EDGES))
    names = []
    for part in _BETWEEN.split(line):
        name = _OPENING.sub("", part.strip(_EDGES))
        if name and len(name) <= 60 and not _FIGURES.search(name) and "@" not in name:
            names.append(name)
    return tuple(dict.fromkeys(names))


@cache
def _credit_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """Compile what a credit looks like: alone on its line, in brackets at the end, after a bar at the end."""
    table = read_toml("chrome/patterns.toml")["credit"]
    opening = rf"(?:{table['introduction']}\s*(?:{table['sign']})?\s*)"
    flags = regex.VERBOSE | regex.IGNORECASE
    return (
        regex.compile(rf"^[(\[]?\s*{table['introduction']}\s*(?:{table['sign']})\s*(?P<credit>.+?)[)\]]?\s*$", flags),
        regex.compile(rf"\s*[(\[]\s*{opening}?(?P<credit>[^()\[\]]{{2,60}})[)\]][\s.]*$", flags),
        regex.compile(rf"\s*[|/—–]\s*{opening}(?P<credit>[^|]{{2,60}})$", flags),
    )


def split_caption(line: str) -> tuple[str | None, str | None]:
    """Return the caption and the credit that a caption or credit line holds, None for what it does not."""
    alone, bracketed, barred = _credit_patterns()
    text = " ".join(line.split()).strip(_EDGES.replace("(", "").replace(")", "").replace("[", "").replace("]", ""))
    whole = alone.match(text)
    if whole:
        return None, whole["credit"].strip(_EDGES) or None
    for pattern in (bracketed, barred):
        tail = pattern.search(text)
        if tail:
            return text[: tail.start()].strip() or None, tail["credit"].strip(_EDGES) or None
    return text or None, None
