"""Names and captions out of labelled lines.

Example:
    >>> author_names("By Dana Levi and Omar Haddad")
    ('Dana Levi', 'Omar Haddad')
    >>> split_caption("The old bridge (Photo: Dana Levi)")
    ('The old bridge', 'Dana Levi')
"""

from __future__ import annotations

from typing import Final

import regex

from bidi_news.segment.shapes import TAIL, credit_behind, introduced

__all__ = ["author_names", "split_caption"]

_OPENING: Final = regex.compile(
    r"^(?:(?:written\s+|story\s+|reported\s+)?by\b|מאת|כתב(?:ה|ו|ת)?\s*:|بقلم|автор)\s*[:\uff1a]?\s*", regex.IGNORECASE
)
_BETWEEN: Final = regex.compile(r"\s*(?:,|;|\||/|&|\band\b|\s(?=ו\p{Hebrew}+\s\p{Hebrew})|\sו-)\s*", regex.IGNORECASE)
_FIGURES: Final = regex.compile(r"\d")
_EDGES: Final = " \t()[]|•·-–—:.,\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\N{NO-BREAK SPACE}"
_EDGES_BUT_BRACKETS: Final = _EDGES.translate(dict.fromkeys(map(ord, "()[]")))


def author_names(byline: str) -> tuple[str, ...]:
    """Return the names in a byline, without "By", brackets, dates and addresses; each once."""
    line = _OPENING.sub("", " ".join(byline.split()).strip(_EDGES))
    names = []
    for part in _BETWEEN.split(line):
        name = _OPENING.sub("", part.strip(_EDGES))
        if name and len(name) <= 60 and not _FIGURES.search(name) and "@" not in name:
            names.append(name)
    return tuple(dict.fromkeys(names))


def split_caption(line: str) -> tuple[str | None, str | None]:
    """Return the caption and the credit that a caption or credit line holds, None for what it does not.

    The credit is the line itself behind "Photo:", or what stands at its end in brackets, behind a bar or a "Photo:".
    """
    text = " ".join(line.split()).strip(_EDGES_BUT_BRACKETS)
    found = introduced(text)
    if found and found[1]:
        return None, text[found[0] :].strip(_EDGES) or None
    tail = TAIL.search(text)
    if tail:
        inside = introduced(tail[1])
        return text[: tail.start()].strip() or None, tail[1][inside[0] if inside else 0 :].strip(_EDGES) or None
    if behind := credit_behind(text):
        return text[: behind[0]].strip() or None, text[behind[1] :].strip(_EDGES) or None
    bar = max(text.rfind(mark) for mark in "|/—–")
    found = introduced(text, bar + 1) if bar >= 0 else None
    if found:
        return text[:bar].strip() or None, text[found[0] :].strip(_EDGES) or None
    return text or None, None
