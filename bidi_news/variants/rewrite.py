"""Edits as text: a canonical form in the surface's own case, edits applied, edits undone.

Example:
    >>> from bidi_news.variants.rewrite import in_style_of
    >>> in_style_of("AL-QAIDA", "al-Qaeda"), in_style_of("Al Qaida", "al-Qaeda"), in_style_of("jehad", "jihad")
    ('AL-QAEDA', 'Al-Qaeda', 'jihad')
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bidi_news.errors import SpanError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bidi_news.model import Edit

__all__ = ["apply_edits", "in_style_of", "invert_edits"]

_PART = re.compile(r"[^\s-]+")
_SPACES = re.compile(r"\s+")


def in_style_of(surface: str, canonical: str) -> str:
    """Return ``canonical`` in the case and with the white space of ``surface``.

    Capitals stay capitals, all of them or the first one; small letters stay small where the whole surface is.

    Example:
        >>> in_style_of("Bar Mitsva", "bar mitzvah"), in_style_of("SHI'ITES", "Shiites")
        ('Bar Mitzvah', 'SHIITES')
    """
    if surface == canonical:
        return canonical
    letters = [c for c in surface if c.isupper() or c.islower()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        canonical = canonical.upper()
    elif letters and all(c.islower() for c in letters):
        canonical = canonical.lower()
    else:
        canonical = _capitalize(surface, canonical)
    spaces = _SPACES.findall(surface)
    if len(spaces) == canonical.count(" "):
        kept = iter(spaces)
        canonical = re.sub(" ", lambda _: next(kept), canonical)
    return canonical


def _capitalize(surface: str, canonical: str) -> str:
    """Give the parts of ``canonical`` the capitals that the same parts of ``surface`` have."""
    wanted = [part.lstrip("'ʿʾ‘’ʻʼ")[:1].isupper() for part in _PART.findall(surface)]
    parts = list(_PART.finditer(canonical))
    if len(wanted) != len(parts):
        wanted = [surface[:1].isupper()]
    out = list(canonical)
    for upper, part in zip(wanted, parts, strict=False):
        if upper:
            out[part.start()] = out[part.start()].upper()
    return "".join(out)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with its replace-edits made; annotations change nothing.

    Args:
        text: text that the offsets point into.
        edits: edits in any order.

    Raises:
        SpanError: if an edit does not stand in ``text`` where it says, or two edits overlap.

    Example:
        >>> from bidi_news.model import Edit
        >>> edit = Edit(start=2, end=9, surface="Shi'ite", canonical="Shiite", lexeme="shiite", family="shia",
        ...             action="replace", rule="safe", score=1.0)
        >>> apply_edits("A Shi'ite party", [edit])
        'A Shiite party'
    """
    pieces, end = [], 0
    for edit in _checked(text, edits):
        pieces += [text[end : edit.start], edit.canonical]
        end = edit.end
    pieces.append(text[end:])
    return "".join(pieces)


def invert_edits(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits on the new text that give the old one back.

    Args:
        text: the text before the edits.
        edits: edits of ``text``, in any order; annotations are left out.

    Raises:
        SpanError: as in :func:`apply_edits`.

    Example:
        >>> from bidi_news.model import Edit
        >>> edit = Edit(start=2, end=9, surface="Shi'ite", canonical="Shiite", lexeme="shiite", family="shia",
        ...             action="replace", rule="safe", score=1.0)
        >>> apply_edits("A Shiite party", invert_edits("A Shi'ite party", [edit]))
        "A Shi'ite party"
    """
    inverse, shift = [], 0
    for edit in _checked(text, edits):
        start = edit.start + shift
        end = start + len(edit.canonical)
        inverse.append(replace(edit, start=start, end=end, surface=edit.canonical, canonical=edit.surface))
        shift += len(edit.canonical) - len(edit.surface)
    return tuple(inverse)


def _checked(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return the replace-edits in order, after checking that they fit the text and each other."""
    ordered = sorted((edit for edit in edits if edit.action == "replace"), key=lambda edit: (edit.start, edit.end))
    end = 0
    for edit in ordered:
        if edit.start < end:
            raise SpanError(f"edits overlap: {edit.surface!r} begins at {edit.start}, before {end}")
        if text[edit.start : edit.end] != edit.surface or edit.end > len(text):
            raise SpanError(f"the text has no {edit.surface!r} at {edit.start}:{edit.end}")
        end = edit.end
    return ordered
