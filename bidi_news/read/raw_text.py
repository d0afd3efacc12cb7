"""Where comments and elements of raw text end in HTML as lexbor writes it: nothing in them is a tag.

Example:
    >>> find_extents(b"<p>a<!-- <b> -->", [4], [16])
    [(0, 16)]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RAW_TEXT", "find_extents"]

RAW_TEXT: Final = ("script", "style", "noscript", "iframe", "noembed", "noframes")
"""Elements whose content is written unescaped and never shown (WHATWG HTML, 13.3), scripts being run."""
_END_TAGS: Final = {b"<" + name.encode(): b"</" + name.encode() + b">" for name in RAW_TEXT}
_NAME: Final = re.compile(rb"<[^ >]*")
_COMMENT: Final = b"<!--"
# What changes the state of a script, and the two that are its end tag or not (WHATWG HTML, 13.2.5.15 to 13.2.5.32). A
# comment in it may end with the dashes that it begins with.
_SCRIPT_STEP: Final = re.compile(rb"<!(?=--)|-->|<(/?)script[\t\n\f />]", re.IGNORECASE)


def find_extents(html: bytes, starts: Sequence[int], limits: Sequence[int]) -> list[tuple[int, int]]:
    """Return (index, byte after its end) of those tags that begin a comment or an element of raw text.

    Those within another one are left out. Time is linear in the length of the HTML: where an end is missing, which
    lexbor only writes in ``plaintext`` and ``xmp``, the rest of the page has none.

    Args:
        html: pages as lexbor serializes them.
        starts: first byte of each tag that may be one, in order.
        limits: byte after the page of each.
    """
    extents: list[tuple[int, int]] = []
    done = 0
    for index, (start, limit) in enumerate(zip(starts, limits, strict=True)):
        if start < done:
            continue
        if html.startswith(_COMMENT, start):
            end = _after(html, b"-->", start + len(_COMMENT), limit)
        elif (end_tag := _END_TAGS.get(_name(html, start))) is not None:
            end = _element_end(html, start, limit, end_tag)
        else:
            continue
        if end:
            extents.append((index, end))
        done = end or limit
    return extents


def _after(html: bytes, mark: bytes, start: int, limit: int) -> int:
    """Return the byte after the next mark, 0 if there is none."""
    at = html.find(mark, start, limit)
    return at + len(mark) if at >= 0 else 0


def _name(html: bytes, start: int) -> bytes:
    """Return the beginning of a tag up to the end of its name."""
    found = _NAME.match(html, start)
    return found[0] if found else b""


def _element_end(html: bytes, start: int, limit: int, end_tag: bytes) -> int:
    """Return the byte after the end tag of an element of raw text, 0 if there is none.

    Only in a script can the text look like the end tag: after ``<!--`` and another ``<script>``.
    """
    at = html.find(b">", start)
    end = _after(html, end_tag, at, limit)
    if end_tag != b"</script>" or html.find(_COMMENT, at, end) < 0:
        return end
    escaped = doubly = False
    for step in _SCRIPT_STEP.finditer(html, at, limit):
        if step[1] == b"/":
            if not doubly:
                return step.end()
            doubly = False
        elif step[1] is not None:
            doubly = escaped
        else:
            escaped = step[0] != b"-->"
            doubly = doubly and escaped
    return html.rfind(end_tag, at, limit) + len(end_tag)  # a script that ran to the end of its page
