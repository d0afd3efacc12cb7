"""What becomes of a spelling: replaced, annotated or kept, and which guard decided.

:func:`judge` asks what stands around a hit (:mod:`bidi_news.variants.surroundings`). What the words and patterns are is
data: ``lexicon/guards.tsv``, ``lexicon/words.tsv`` and the cues and blocks of ``lexicon/lexemes.tsv``.

Example:
    >>> from bidi_news.variants.guard import RULES
    >>> "given_name" in RULES["annotate"], "quotation" in RULES["keep"]
    (True, True)
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bidi_news.unicode.fold import fold
from bidi_news.unicode.hebrew import split_proclitics

if TYPE_CHECKING:
    from bidi_news.model import Action
    from bidi_news.variants.lexicon import Context, Form
    from bidi_news.variants.surroundings import Line, Neighbours

__all__ = ["RULES", "Setting", "Verdict", "judge"]

_HUMP = re.compile(r"[a-z][A-Z]")
_SMALL_KINDS = frozenset({"term", "title"})
_CAPITALIZED_KINDS = frozenset({"person", "given", "place", "month", "book"})
_NATIONAL = ("ian", "ans", "ese", "ish", "aqi", "aeli", "meni", "audi", "waiti", "bani")
_CERTAIN = frozenset({"safe", "canonical"})
_SCORES = {"canonical": 1.0, "safe": 1.0, "name": 0.9, "ambiguous": 0.8}
_BORNE_KINDS = frozenset({"person", "given", "title"})
"""Kinds of lexemes that may follow a given name."""
_TITLED_KINDS = frozenset({"person", "title"})
_REACH = 160
"""Code points before a hit in which a title without quotation marks, or a list of spellings, may begin."""
_BARE_TITLE = re.compile(r"([a-z]+)((?: [A-Z][\w’'-]*:?(?: (?:of|the|in|and|a|an|to|for|on|with|from))*){1,8}) $")
_MENTION = re.compile(
    r"\((?:also|or|aka|sometimes|formerly)\b[^()\n]*$"
    r"|\b(?:spel(?:led|t|lings?)|transliterated|romani[sz]ed)"
    r"(?: (?:as|either|or|and|[\"“‘'«]?[A-Z][\w’'-]*[\"”’'»]?,?))* [\"“‘'«]?$"
)
"""A spelling named as a spelling; all between its beginning and the hit is one, too."""
_REGION = re.compile(r", ([A-Z][a-z]*\.?|[A-Z]{2})(?: ([A-Z][a-z]+))?")
"""A comma and a capitalized name of one or two words."""
_LAST_WORD = re.compile(r"\w+$")
_LONGEST_WORD = 30
_QUOTATION: Final = "quotation"


class Verdict(NamedTuple):
    """What becomes of a hit."""

    action: Action
    """``replace``, ``annotate`` or ``keep``."""
    rule: str
    """What decided."""
    score: float
    """Confidence in the lexeme, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A hit and what stands around it."""

    form: Form
    """The form that was found."""
    surface: str
    """Its spelling on the page."""
    canonical: str
    """What would stand in its place."""
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

    def before(self, count: int) -> str:
        """Return up to so many code points of the line before the hit."""
        at = max(0, self.start - self.line.start)
        return self.line.text[max(0, at - count) : at]

    def after(self, count: int) -> str:
        """Return up to so many code points of the line after the hit."""
        at = max(0, self.start - self.line.start) + len(self.surface)
        return self.line.text[at : at + count]


Words = Mapping[str, "Context"]


def judge(setting: Setting, words: Words) -> Verdict:
    """Decide what becomes of a hit.

    Args:
        setting: the hit.
        words: sets of context words of the lexicon.
    """
    guard = setting.line.machine_guard(setting.start, setting.start + len(setting.surface))
    if guard is not None:
        return Verdict("keep", guard, 0.0)
    for rule, holds in _REFUSALS:
        if holds(setting, words):
            return Verdict("keep", rule, 0.0)
    for rule, score, holds in _DOUBTS:
        if holds(setting, words):
            return Verdict("annotate", rule, score)
    status = setting.form.status
    page = setting.line.page
    if page.in_quotes != "replace" and page.is_quoted(setting.start):
        return Verdict(page.in_quotes, _QUOTATION, _SCORES[status])
    return Verdict("replace", status, _SCORES[status])


def _is_persian(setting: Setting, words: Words) -> bool:  # noqa: ARG001  (every question is asked alike)
    """Return whether it is Arabic script of another language, which spells these names in its own way."""
    return setting.form.script == "Arab" and setting.line.is_persian


def _is_common_word(setting: Setting, words: Words) -> bool:  # noqa: ARG001
    """Return whether a name, which has a capital, is written without one: he hums, an acre."""
    form = setting.form
    if form.script != "Latn" or not setting.surface.islower():
        return False
    kind = form.lexeme.kind
    return kind in _CAPITALIZED_KINDS or (form.status not in _CERTAIN and kind not in _SMALL_KINDS)


def _is_code_name(setting: Setting, words: Words) -> bool:  # noqa: ARG001
    """Return whether a capital inside a word makes it a name of code."""
    form, surface = setting.form, setting.surface
    return (
        form.script == "Latn"
        and surface.isalpha()
        and _HUMP.search(surface) is not None
        and not _HUMP.search(form.canonical)
    )


def _is_foreign(setting: Setting, words: Words) -> bool:
    """Return whether a line of Latin script has more small words of another language than of English."""
    if setting.form.script != "Latn":
        return False
    own = setting.line.words
    lead = len(own & words["english"].line) - len(own & words["foreign"].line)
    lead -= setting.line.foreign_letters
    # a short line has no function word, and "in" is one of many languages: there the page decides
    return lead < 0 or (lead <= 1 and setting.line.page.is_foreign)


def _is_given_name(setting: Setting, words: Words) -> bool:  # noqa: ARG001
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


def _is_elsewhere(setting: Setting, words: Words) -> bool:
    """Return whether a state or province far away follows: Bagdad, Ky.; Medina, Ohio."""
    after = _REGION.match(setting.after(_REACH))
    if after is None or setting.form.script != "Latn":
        return False
    first, second = after.groups(default="")
    if len(first) == len("KY") and (setting.line.shouts or not first.isupper()):
        return False
    name = fold(first)
    return not words["region"].right.isdisjoint((name, name.rstrip("."), f"{name}-{fold(second)}"))


def _is_title(setting: Setting, words: Words) -> bool:
    """Return whether the hit stands in the title of a work: in a quotation that looks like one, or after its kind."""
    line, works = setting.line, words["work"]
    if setting.form.script == "Latn":
        if line.words.isdisjoint(works.line) and line.words.isdisjoint(works.left):
            return False
        bare = _BARE_TITLE.search(setting.before(_REACH))
        if _holds(line.titles, setting.start) is not None or (bare is not None and bare[1] in works.left):
            return True
    quotation = _holds(line.outer_quotations, setting.start)
    if quotation is None:
        return False
    at = quotation - line.start
    word = _LAST_WORD.search(line.text[max(0, at - _LONGEST_WORD) : at].rstrip())
    last = fold(word[0]) if word else ""
    return any(last[cut:] in works.left for cut in split_proclitics(last))


def _holds(spans: list[tuple[int, int]], start: int) -> int | None:
    """Return where the span begins that a code point lies in, or None; the spans are sorted and disjoint."""
    before = bisect.bisect_left(spans, (start,)) - 1
    return spans[before][0] if before >= 0 and start < spans[before][1] else None


def _is_mention(setting: Setting, words: Words) -> bool:
    """Return whether the page speaks of the spelling itself: spelled so, or in brackets as another one."""
    if not setting.line.words.isdisjoint(words["mention"].line):
        return True
    return _MENTION.search(setting.before(_REACH)) is not None


def _is_wrapped(setting: Setting, words: Words) -> bool:  # noqa: ARG001
    """Return whether the edit would join two lines: the lines of a page stay as they are."""
    return setting.surface.count("\n") != setting.canonical.count("\n")


def _is_somebody_else(setting: Setting, words: Words) -> bool:
    """Return whether a given name, or for an unsure form any capitalized neighbour, makes it part of another name."""
    form, around, near = setting.form, setting.around, setting.near
    lexeme = form.lexeme
    if lexeme.kind not in _BORNE_KINDS and near.left in words["given"].left and not around.left.islower():
        return form.script == "Latn" and near.left not in lexeme.cues.left
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


Question = Callable[[Setting, Words], bool]

_REFUSALS: tuple[tuple[str, Question], ...] = (
    ("persian", _is_persian),
    ("common_word", _is_common_word),
    ("code_name", _is_code_name),
    ("foreign", _is_foreign),
)
"""What makes a hit no spelling of its lexeme at all, asked in this order after the guards of machine text."""

_DOUBTS: tuple[tuple[str, float, Question], ...] = (
    ("given_name", 0.5, _is_given_name),
    ("shown_only", 0.5, _is_shown_only),
    ("blocked", 0.1, _is_blocked),
    ("organisation", 0.2, _is_organisation),
    ("elsewhere", 0.1, _is_elsewhere),
    ("title", 0.2, _is_title),
    ("mention", 0.9, _is_mention),
    ("other_name", 0.3, _is_somebody_else),
    ("ambiguous", 0.4, _is_ambiguous),
    ("wrapped", 0.9, _is_wrapped),
)
"""What keeps a hit from being replaced, asked in this order: rule, confidence in the lexeme, question."""

RULES: Mapping[Action, tuple[str, ...]] = {
    "replace": tuple(_SCORES),
    "annotate": (*(rule for rule, *_ in _DOUBTS), _QUOTATION),
    "keep": (*(rule for rule, _ in _REFUSALS), _QUOTATION),
}
"""Every rule that an edit may name, by its action; one that is kept may also name a guard of ``lexicon/guards.tsv``."""
