r"""Unseen characters on a page: an inventory, and those of them that can make a page read otherwise than it is stored.

Spoofing is what UTS 39 and the report "Trojan Source" (CVE-2021-42574) describe: overrides, which turn the order of
letters; embeddings and isolates that are left open at the end of their line, so that what follows is drawn into them;
and unseen characters inside a word, which make two words of it for a program and one for a reader. Everything is
found over the bytes of a batch; Python looks only at what was found.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> batch = Batch.of([Document(page=Page(text=""), text="pay\u200bpal \u202eabc")])
    >>> [(issue.code, issue.start, issue.end) for issue in find_unseen(batch)[0]]
    [('unseen_characters', 3, 4), ('bidi_override', 8, 12), ('bidi_unclosed', 8, 12), ('unseen_in_word', 3, 4)]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.model import Issue
from bidi_news.unicode.classes import CharClass, class_table
from bidi_news.unicode.controls import kind_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bidi_news.batch import Batch

__all__ = ["find_unseen"]

_MOST: Final = 20  # issues of one code on a page; the last one counts the rest
_OPENERS: Final = ("embedding", "override", "isolate")
_SCRIPTS: Final = {
    CharClass.LOWER: "Latn",
    CharClass.UPPER: "Latn",
    CharClass.HEBREW: "Hebr",
    CharClass.MARK: "Hebr",
    CharClass.ARABIC: "Arab",
}


class _Unseen(NamedTuple):
    """One unseen character of a page."""

    place: int  # code point
    line_end: int  # code point after its line
    char: str
    kind: str


_Stretch = tuple[_Unseen, int | None]


def find_unseen(batch: Batch) -> list[tuple[Issue, ...]]:
    """Return for each page of a batch what is to be said of its unseen characters.

    ``unseen_characters`` counts all of them; ``bidi_override``, ``bidi_unclosed`` and ``unseen_in_word`` stand for one
    place each, twenty of a page at most.

    Args:
        batch: the pages; cost is linear in their bytes.
    """
    issues: list[tuple[Issue, ...]] = [()] * len(batch.documents)
    positions = batch.unseen_starts
    if not positions.size:
        return issues
    pages = batch.page_of(positions)
    places = batch.offsets(positions, pages).tolist()
    ends = batch.line_offsets[1, batch.line_of(positions)].tolist()
    cuts = np.searchsorted(pages, np.arange(len(batch.documents) + 1)).tolist()
    for page in np.unique(pages).tolist():
        text = batch.documents[page].text
        own = slice(cuts[page], cuts[page + 1])
        found = [
            _Unseen(place, end, text[place], kind)
            for place, end in zip(places[own], ends[own], strict=True)
            if (kind := kind_of(text[place])) is not None
        ]
        if found:
            stretches = _stretches(found)
            spoofing = (_overrides(stretches), _unclosed(stretches), _inside(text, found))
            issues[page] = (_inventory(found), *(issue for kind in spoofing for issue in _most(kind)))
    return issues


def _inventory(found: list[_Unseen]) -> Issue:
    """Count the unseen characters of a page."""
    counts = Counter(one.char for one in found)
    named = ", ".join(f"{count} × {shown(char)}" for char, count in counts.most_common())
    first = found[0].place
    return Issue(code="unseen_characters", message=f"the page holds {named}", start=first, end=first + 1)


def _overrides(stretches: list[_Stretch]) -> Iterator[Issue]:
    """Give the stretches of text whose direction is overridden."""
    for opener, end in stretches:
        if opener.kind == "override":
            message = f"{shown(opener.char)} turns the order of what follows"
            yield Issue(code="bidi_override", message=message, start=opener.place, end=end or opener.line_end)


def _unclosed(stretches: list[_Stretch]) -> Iterator[Issue]:
    """Give the embeddings, overrides and isolates that nothing ends in their line."""
    for opener, end in stretches:
        if end is None:
            message = f"nothing ends {shown(opener.char)} in its line"
            yield Issue(code="bidi_unclosed", message=message, start=opener.place, end=opener.line_end)


def _stretches(found: list[_Unseen]) -> list[_Stretch]:
    """Return what opens a stretch of text, and the code point after what ends it, None for nothing.

    UAX 9, BD9 to BD13: a pop ends the last embedding or override, unless an isolate was opened since; the end of an
    isolate ends all that was opened in it, and the end of a line everything.
    """
    ends: list[int | None] = [None] * len(found)
    waiting: list[int] = []
    isolates = 0  # among them
    line_end = -1
    for index, one in enumerate(found):
        if one.line_end != line_end:
            waiting, isolates, line_end = [], 0, one.line_end
        if one.kind in _OPENERS:
            waiting.append(index)
            isolates += one.kind == "isolate"
        elif one.kind == "pop" and waiting and found[waiting[-1]].kind != "isolate":
            ends[waiting.pop()] = one.place + 1
        elif one.kind == "pop-isolate" and isolates:
            isolates -= 1
            last = -1
            while last < 0 or found[last].kind != "isolate":  # and with it all that was opened inside
                last = waiting.pop()
                ends[last] = one.place + 1
    return [(one, end) for one, end in zip(found, ends, strict=True) if one.kind in _OPENERS]


def _inside(text: str, found: list[_Unseen]) -> Iterator[Issue]:
    """Give the unseen characters between two letters of one script, where they make no sense.

    Soft hyphens do, and joiners between Arabic letters.
    """
    last = 0
    for index, one in enumerate(found):
        if one.place < last:
            continue
        after = index + 1
        while after < len(found) and found[after].place == found[after - 1].place + 1:
            after += 1
        last = found[after - 1].place + 1
        script = _script(text[one.place - 1 : one.place])
        if script is None or script != _script(text[last : last + 1]) or one.char == "\N{SOFT HYPHEN}":
            continue
        if script != "Arab" or one.kind != "joiner":
            message = f"{shown(one.char)} stands inside a word"
            yield Issue(code="unseen_in_word", message=message, start=one.place, end=last)


def _script(char: str) -> str | None:
    """Return the script of a letter, or of a point, that words are written in without a break; None for others."""
    if not char or not (char.isalpha() or "\u0591" <= char <= "\u05c7"):
        return None
    kind = CharClass(class_table()[ord(char)]) if ord(char) < 0x10000 else CharClass.OTHER
    return _SCRIPTS.get(kind)


def _most(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Give the first issues of a kind; the last one says how many more there are."""
    given = list(issues)
    yield from given[: _MOST - 1]
    if len(given) > _MOST:
        last = given[_MOST - 1]
        yield replace(last, message=f"{last.message}; {len(given) - _MOST} more like this on the page")
    else:
        yield from given[_MOST - 1 :]
