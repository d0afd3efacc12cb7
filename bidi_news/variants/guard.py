"""What must not change: addresses, code, titles, organisations, other people's names.

:func:`is_machine_text` looks at the characters around a hit; :func:`judge` at the words around it. What the words
are is data (``lexicon/words.tsv`` and the cues and blocks of ``lexicon/lexemes.tsv``). All that a decision asks of a
line does not depend on how far away in the line it stands, so that an edit elsewhere in it cannot turn the decision.

Example:
    >>> from bidi_news.variants.guard import is_machine_text
    >>> text = "see https://example.org/shi'ite or ask a Shi'ite"
    >>> is_machine_text(text, 24, 31), is_machine_text(text, 41, 48)
    (True, False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.unicode.fold import fold

if TYPE_CHECKING:
    from bidi_news.model import Action
    from bidi_news.variants.lexicon import Context, Form, Lexicon

__all__ = ["Line", "Neighbours", "Verdict", "is_machine_text", "judge"]

_REACH = 200
"""How far, in code points, an address, a tag or a piece of code is looked for on each side of a hit."""

_ADDRESS = re.compile(r"://|^www\.|[@#\\_=]|^[~.]*/|/.*/|/.*\.[a-z]|\.[a-z]+/")
_NUMBERED = re.compile(r"\d[^\s]*[-_/:.]|[-_/:.][^\s]*\d")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,4}\b")
_HOST = re.compile(r"[a-z0-9]\.$")
_FIELD = re.compile(r'[{,]\s*"[^"]{1,60}"\s*:|"[^"\s]{1,60}"\s*:\s*["\d\[{]')
_ASSIGNED = re.compile(r"(?:=\s*|\w\()[\"']$")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*$")
_HUMP = re.compile(r"[a-z][A-Z]")
_PERSIAN = frozenset("پچژگکیےٹڈ")
_OUTER = "\"'“”‘’„«»()[]{}<>,;:.!?…*–—"
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_QUOTED = re.compile(r'"[^"\n]{1,120}"|“[^”\n]{1,120}”|«[^»\n]{1,120}»')
_CAPITALIZED_KINDS = frozenset({"person", "given", "place", "book"})
_NATIONAL = ("ian", "ans", "ese", "ish", "aqi", "aeli", "meni", "audi", "waiti", "bani")
_CERTAIN = frozenset({"safe", "canonical"})
_TITLE_WORD = 4
_OPENING_TITLES = frozenset({"person", "title"})


class Verdict(NamedTuple):
    """What becomes of a hit."""

    action: Action
    """``replace`` or ``annotate``."""
    rule: str
    """What decided."""
    score: float
    """Confidence, 0 to 1."""


class Neighbours(NamedTuple):
    """The words directly before and after a hit; empty where something other than a space stands between."""

    left: str
    """Word before it, as written."""
    right: str
    """Word after it, as written."""
    beyond: str
    """Word before ``left``, as written."""


@dataclass(frozen=True)
class Line:
    """One line of a page; what decisions need of it is computed once."""

    text: str
    """The line, without its outer white space."""
    start: int
    """Its first code point in the page."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Folded words."""
        return frozenset(_WORDS.findall(fold(self.text)))

    @cached_property
    def shouts(self) -> bool:
        """Whether the line has no small letter, so that capitals say nothing."""
        return not any(c.islower() for c in self.text)

    @cached_property
    def titles(self) -> tuple[tuple[int, int], ...]:
        """Bounds, in the page, of quotations written like the title of a work."""
        found = (match.span() for match in _QUOTED.finditer(self.text))
        return tuple((self.start + a, self.start + b) for a, b in found if _is_title(self.text[a + 1 : b - 1]))


def _is_title(quotation: str) -> bool:
    """Return whether every longer word has a capital, and there are several words and no end of a sentence."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", quotation)
    return (
        len(words) > 1
        and not quotation.endswith((".", ",", "!", "?"))
        and all(word[0].isupper() for word in words if len(word) >= _TITLE_WORD)
        and words[0][0].isupper()
    )


def is_machine_text(text: str, start: int, end: int) -> bool:
    """Return whether a span is part of an address, a file name, an identifier, code, JSON or a tag.

    Args:
        text: the page.
        start: first code point of the span.
        end: code point after it.
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    head = before[-1:].strip() and before.split()[-1]
    tail = after[:1].strip() and after.split()[0]
    if head or tail:
        chunk = (head + text[start:end] + tail).strip(_OUTER)
        if _ADDRESS.search(chunk) or _ADDRESS.search(head) or _NUMBERED.search(chunk):
            return True
        if _SUFFIX.match(tail) or _HOST.search(head) or (head.endswith("`") and tail.startswith("`")):
            return True
        if _ASSIGNED.search(before):
            return True
    last, first = before.rpartition("\n")[2], after.partition("\n")[0]
    if _TAG.search(before) and ">" in after:
        return True
    return bool(_FIELD.search(last + text[start:end] + first))


def judge(form: Form, surface: str, start: int, line: Line, around: Neighbours, lexicon: Lexicon) -> Verdict | None:
    """Decide what becomes of a hit in running text.

    Args:
        form: the form that was found.
        surface: its spelling on the page.
        start: its first code point in the page.
        line: the line it stands in.
        around: its neighbours in the line.
        lexicon: where the words that decide come from.

    Returns:
        The verdict, or None where the hit is not this lexeme at all.
    """
    lexeme, status = form.lexeme, form.status
    small = surface.islower()
    if form.script == "Latn":
        if small and (lexeme.kind in _CAPITALIZED_KINDS or (status not in _CERTAIN and lexeme.kind not in {"term", "title"})):
            return None
        if (_HUMP.search(surface) and surface.isalpha() and not _HUMP.search(form.canonical)) or _is_foreign(line, lexicon):
            return None
    elif form.script == "Arab" and not _PERSIAN.isdisjoint(line.text):
        return None
    if status == "never" or lexeme.kind == "given":
        return Verdict("annotate", "given_name" if lexeme.kind == "given" else "never", 0.5)
    near = Neighbours(*map(fold, around))
    if _speaks(lexeme.blocks, line, near):
        return Verdict("annotate", "blocked", 0.1)
    if _is_organisation(around, near, line, lexicon):
        return Verdict("annotate", "organisation", 0.2)
    if any(a < start < b for a, b in line.titles) and not line.words.isdisjoint(lexicon.words["work"].line):
        return Verdict("annotate", "title", 0.2)
    if status in _CERTAIN or (small and status == "name"):
        return Verdict("replace", "safe", 1.0)
    cued = near.left in lexeme.cues.left
    if not cued and _is_somebody_else(form, around, near, line, lexicon):
        return Verdict("annotate", "other_name", 0.3)
    if status == "name":
        return Verdict("replace", "name", 0.9)
    if cued or _speaks(lexeme.cues, line, near) or (lexeme.kind == "place" and near.left in lexicon.words["place"].left):
        return Verdict("replace", "cue", 0.8)
    return Verdict("annotate", "ambiguous", 0.4)


def _speaks(context: Context, line: Line, near: Neighbours) -> bool:
    """Return whether a word of the context stands where it has to."""
    if near.left in context.left or near.right in context.right:
        return True
    return bool(context.line) and not line.words.isdisjoint(context.line)


def _is_foreign(line: Line, lexicon: Lexicon) -> bool:
    """Return whether a line in Latin script has more function words of other languages than of English."""
    foreign = len(line.words & lexicon.words["foreign"].line)
    return foreign > len(line.words & lexicon.words["english"].line)


def _is_organisation(around: Neighbours, near: Neighbours, line: Line, lexicon: Lexicon) -> bool:
    """Return whether a neighbour makes the hit part of an organisation's or a street's name."""
    words = lexicon.words["organisation"]
    name, before = (around.beyond, near.beyond) if near.left == "of" else (around.left, near.left)
    if before in words.left and not name.islower():
        return True
    return near.right in words.right and not around.right.islower() and not line.shouts


def _is_somebody_else(form: Form, around: Neighbours, near: Neighbours, line: Line, lexicon: Lexicon) -> bool:
    """Return whether a neighbour with a capital makes the hit part of another name."""
    if line.shouts or form.script != "Latn":
        return False
    words = lexicon.words
    if around.right[:1].isupper() and near.right not in words["followers"].right and form.lexeme.kind != "title":
        return True
    if not around.left[:1].isupper() or near.left in words["openers"].left or near.left.endswith(_NATIONAL):
        return False
    return not (form.lexeme.kind in _OPENING_TITLES and near.left in words["titles"].left)
