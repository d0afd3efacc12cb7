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

import bisect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.unicode.fold import fold

if TYPE_CHECKING:
    from bidi_news.model import Action
    from bidi_news.variants.lexicon import Context, Form

__all__ = ["Line", "Neighbours", "Setting", "Verdict", "is_machine_text", "judge"]

_REACH = 200
"""How far, in code points, an address, a tag or a piece of code is looked for on each side of a hit."""

_ADDRESS = re.compile(r"://|^www\.|[@#\\_=]|^[~.]*/|/.*/|/.*\.[a-z]|\.[a-z]+/")
_NUMBERED = re.compile(r"\d[^\s]*[-_/:.]|[-_/:.][^\s]*\d")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,4}(?=[-\s\"/.,;:!?)\]}>]|$)")
_HOST = re.compile(r"[a-z0-9]\.$")
_FIELD = re.compile(r'[{,]\s*"[^"]{1,60}"\s*:|"[^"\s]{1,60}"\s*:\s*["\d\[{]')
_ASSIGNED = re.compile(r"(?:=\s*|\w\()[\"']$")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*$")
_HUMP = re.compile(r"[a-z][A-Z]")
_PERSIAN = frozenset("پچژگکیےٹڈ")
_OUTER = "\"'“”‘’„«»()[]{}<>,;:.!?…*–—"
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_QUOTED = re.compile(r'"[^"\n]{1,120}"|“[^“”\n]{1,120}”|«[^«»\n]{1,120}»')
_SMALL_KINDS = frozenset({"term", "title"})
_CAPITALIZED_KINDS = frozenset({"person", "given", "place", "month", "book"})
_NATIONAL = ("ian", "ans", "ese", "ish", "aqi", "aeli", "meni", "audi", "waiti", "bani")
_CERTAIN = frozenset({"safe", "canonical"})
_SCORES = {"canonical": 1.0, "safe": 1.0, "name": 0.9, "ambiguous": 0.8}
_TITLE_WORD = 4
_TITLED_KINDS = frozenset({"person", "title"})


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
    is_foreign: bool = False
    """Whether the function words of the page are rather those of another language than English."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Folded words."""
        return frozenset(_WORDS.findall(fold(self.text)))

    @cached_property
    def is_persian(self) -> bool:
        """Whether the line has letters of Persian, Kurdish or Urdu, which spell these names in their own way."""
        return not _PERSIAN.isdisjoint(self.text)

    @cached_property
    def shouts(self) -> bool:
        """Whether the line has no small letter, so that capitals say nothing."""
        return not any(c.islower() for c in self.text)

    @cached_property
    def titles(self) -> tuple[tuple[int, int], ...]:
        """Bounds, in the page, of quotations written like the title of a work."""
        found = (match.span() for match in _QUOTED.finditer(self.text))
        return tuple((self.start + a, self.start + b) for a, b in found if _is_titled(self.text[a + 1 : b - 1]))


def _is_titled(quotation: str) -> bool:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A hit and what stands around it."""

    form: Form
    """The form that was found."""
    surface: str
    """Its spelling on the page."""
    start: int
    """Its first code point in the page."""
    line: Line
    """The line it stands in."""
    around: Neighbours
    """Its neighbours, as written."""
    near: Neighbours
    """Its neighbours, folded."""

    def speaks(self, context: Context) -> bool:
        """Return whether a word of a context stands where it has to."""
        if self.near.left in context.left or self.near.right in context.right:
            return True
        return bool(context.line) and not self.line.words.isdisjoint(context.line)


Words = Mapping[str, "Context"]


def judge(setting: Setting, words: Words) -> Verdict | None:
    """Decide what becomes of a hit in running text.

    Args:
        setting: the hit.
        words: sets of context words of the lexicon.

    Returns:
        The verdict, or None where the hit cannot be its lexeme at all.
    """
    if not _can_be(setting, words):
        return None
    for rule, score, holds in _DOUBTS:
        if holds(setting, words):
            return Verdict("annotate", rule, score)
    status = setting.form.status
    return Verdict("replace", status, _SCORES[status])


def _can_be(setting: Setting, words: Words) -> bool:
    """Return whether case and language allow the lexeme: no name without a capital, no code, no other language."""
    form, surface, line = setting.form, setting.surface, setting.line
    if form.script == "Arab":
        return not line.is_persian
    if form.script == "Hebr":
        return True
    kind = form.lexeme.kind
    if surface.islower() and (kind in _CAPITALIZED_KINDS or (form.status not in _CERTAIN and kind not in _SMALL_KINDS)):
        return False
    if surface.isalpha() and _HUMP.search(surface) and not _HUMP.search(form.canonical):
        return False
    lead = len(line.words & words["english"].line) - len(line.words & words["foreign"].line)
    # a short line has no function word, and "in" is one of many languages: there the page decides
    return lead > 1 if line.is_foreign else lead >= 0


def _is_given_name(setting: Setting, words: Words) -> bool:  # noqa: ARG001  (every doubt is asked alike)
    """Return whether it is a given name: people choose their own spelling."""
    return setting.form.lexeme.kind == "given"


def _is_shown_only(setting: Setting, words: Words) -> bool:  # noqa: ARG001
    """Return whether the spelling is to be shown and never to be replaced."""
    return setting.form.status == "never"


def _is_blocked(setting: Setting, words: Words) -> bool:  # noqa: ARG001
    """Return whether a word that the lexeme names makes it something else."""
    return setting.speaks(setting.form.lexeme.blocks)


def _is_organisation(setting: Setting, words: Words) -> bool:
    """Return whether a neighbour makes the hit part of the name of an organisation or a street."""
    around, near, names = setting.around, setting.near, words["organisation"]
    name, before = (around.beyond, near.beyond) if near.left == "of" else (around.left, near.left)
    if before in names.left and not name.islower():
        return True
    return near.right in names.right and not around.right.islower() and not setting.line.shouts


def _is_title(setting: Setting, words: Words) -> bool:
    """Return whether the hit stands in the quoted title of a work."""
    before = bisect.bisect_left(setting.line.titles, (setting.start,)) - 1
    if before < 0 or setting.line.titles[before][1] <= setting.start:
        return False
    return not setting.line.words.isdisjoint(words["work"].line)


def _is_somebody_else(setting: Setting, words: Words) -> bool:
    """Return whether a neighbour with a capital makes an unsure form part of another name."""
    form, around, near = setting.form, setting.around, setting.near
    lexeme = form.lexeme
    if _is_sure(setting) or near.left in lexeme.cues.left or form.script != "Latn":
        return False
    surface = setting.surface
    if _stands_out(around.right, surface) and near.right not in words["followers"].right and lexeme.kind != "title":
        return True
    if not _stands_out(around.left, surface) or near.left in words["openers"].left or near.left.endswith(_NATIONAL):
        return False
    return not (lexeme.kind in _TITLED_KINDS and near.left in words["titles"].left)


def _stands_out(neighbour: str, surface: str) -> bool:
    """Return whether a neighbour has a capital that says something: not where both are all capitals."""
    shouts = len(neighbour) > 1 and neighbour.isupper() and surface.isupper()
    return neighbour[:1].isupper() and not shouts


def _is_ambiguous(setting: Setting, words: Words) -> bool:
    """Return whether the form is mostly something else, and nothing speaks for the lexeme."""
    lexeme = setting.form.lexeme
    if setting.form.status != "ambiguous" or setting.speaks(lexeme.cues):
        return False
    return not (lexeme.kind == "place" and setting.near.left in words["place"].left)


def _is_sure(setting: Setting) -> bool:
    """Return whether the spelling alone is enough; a small letter makes it so for a form that may be a name."""
    return setting.form.status in _CERTAIN or (setting.form.status == "name" and setting.surface.islower())


_DOUBTS: tuple[tuple[str, float, Callable[[Setting, Words], bool]], ...] = (
    ("given_name", 0.5, _is_given_name),
    ("shown_only", 0.5, _is_shown_only),
    ("blocked", 0.1, _is_blocked),
    ("organisation", 0.2, _is_organisation),
    ("title", 0.2, _is_title),
    ("other_name", 0.3, _is_somebody_else),
    ("ambiguous", 0.4, _is_ambiguous),
)
"""What keeps a hit from being replaced, asked in this order: rule, confidence in the lexeme, question."""
