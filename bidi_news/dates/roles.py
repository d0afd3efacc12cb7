"""What a stamp says about its page: the phrase before it, the line it stands in, and so its role.

A phrase alone is no evidence (``פרסום ראשון`` also means "exclusive"), and a date in a sentence is an event. A stamp
counts for the page if a phrase introduces it at the head of its line or field, or if its line holds little else; what
the segmentation says about the line weighs in where it is known.

Example:
    >>> from bidi_news.dates.clean import clean
    >>> from bidi_news.dates.grammar import read_stamps
    >>> from bidi_news.dates.roles import find_label
    >>> passage = clean("Last updated on 23.06.15")
    >>> find_label(passage.text, read_stamps(passage)[0].start, {})
    Phrase(start=0, end=15, role='modified')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.vocabulary import vocabulary
from bidi_news.model import Label, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bidi_news.dates.parts import Stamp

__all__ = ["PLAIN", "TRUSTED", "Phrase", "Setting", "find_label", "judge"]

_WORD = re.compile(r"[^\W\d_]+(?:(?:''|[\"'])[^\W\d_]+)*'?")
_TAIL = 80  # characters before a stamp in which its phrase may stand
_FIELD = frozenset("|•·-–:()[]/,;>»*")  # marks that close a field of a line
_CLOSES_DATE, _CLOSES_DATELINE, _CLOSES_PLACE = frozenset("-|:./"), frozenset("-|:/()"), frozenset(",-(|/")
_MOST_PLACE = 4  # words of the place in a dateline, and of the agency before it
_MOST_BETWEEN = 3  # places where a phrase may end: right before the stamp, and before one or two words of glue
_MOST_NAME = 6  # words from "by" to the stamp behind a phrase and a name
_MOST_WORDS = 6  # words beside an unlabelled stamp in a line that is no sentence
_MOST_LABELLED = 12  # the same behind a phrase
_BODY, _CHROME, _DECK = Label.BODY, Label.CHROME, Label.DECK  # looking a member up costs more than the rest of a rule
PLAIN = frozenset({None, Label.DECK, _BODY, _CHROME})
"""Labels of lines whose shape and words tell whether a stamp counts; None where the segmentation was not asked."""
TRUSTED = frozenset({Label.TIMESTAMP, Label.BYLINE})
"""Labels of lines whose stamps count, whatever their shape."""


class Phrase(NamedTuple):
    """A phrase that introduces a stamp; positions in the cleaned passage."""

    start: int
    end: int
    role: Role


class Setting(NamedTuple):
    """What surrounds a stamp."""

    text: str
    """The cleaned passage."""
    previous_end: int
    """Where the stamp before it in the passage ends, 0 if there is none."""
    next_start: int
    """Where the phrase or the stamp after it begins, the end of the passage if there is none."""
    rest: Callable[[], int]
    """Counts the words of the passage that belong to no stamp and no phrase; asked only where it matters."""
    is_whole_line: bool
    """Whether the passage is a line, not a window of a long one."""
    label: Label | None
    """What the segmentation says about the line, None where it was not asked."""
    is_beside_head: bool
    """Whether the segmentation sees a headline, deck or byline within two lines."""
    opens_body: bool
    """Whether the passage begins a line that opens the body."""
    is_dated: bool
    """Whether the markup calls the line a date or byline."""


def find_label(text: str, start: int, further: Mapping[str, Role]) -> Phrase | None:
    """Return the phrase before a position, only glue or who wrote it between; None if there is none.

    Args:
        text: cleaned passage.
        start: where the stamp begins.
        further: folded phrases of the outlet, beside the shipped ones.
    """
    offset = max(start - _TAIL, 0)
    tail = text[offset:start]
    heard = _WORD.findall(tail)
    phrase = _right_before(heard, tail, further) or _before_name(heard, tail, further)
    return phrase and phrase._replace(start=offset + phrase.start, end=offset + phrase.end)


def _right_before(heard: Sequence[str], tail: str, further: Mapping[str, Role]) -> Phrase | None:
    """Return the phrase that ends a text whose words are given, "published on the …" with its glue."""
    words = vocabulary()
    if not heard or (heard[-1] not in words.label_ends and not further):
        return None
    for last in range(len(heard), max(len(heard) - _MOST_BETWEEN, 0), -1):
        phrase = _ending_at(last, heard, tail, further)
        if phrase or heard[last - 1] not in words.between:
            return phrase
    return None


def _before_name(heard: Sequence[str], tail: str, further: Mapping[str, Role]) -> Phrase | None:
    """Return the phrase behind which who wrote it is told up to the end of a text: "posted by Dana Levi on"."""
    bylines = vocabulary().words["byline"]
    first = max(len(heard) - _MOST_NAME, 1)
    by = next((place for place in range(first, len(heard)) if heard[place] in bylines), None)
    return _ending_at(by, heard, tail, further) if by else None


def _ending_at(last: int, heard: Sequence[str], tail: str, further: Mapping[str, Role]) -> Phrase | None:
    """Return the phrase whose last word is the one before an index of the words of a text, longest first, or None."""
    words = vocabulary()
    for first in range(max(last - words.label_words, 0), last):
        phrase = " ".join(heard[first:last])
        role = further.get(phrase) or words.labels.get(phrase)
        if role:
            places = list(_WORD.finditer(tail))
            begin, end = places[first].start(), places[last - 1].end()
            raw = tail[begin:end]
            # nothing but white space and the proclitic's hyphen stands between the words
            if raw == phrase or re.sub(r"[\s-]+", " ", raw) == phrase:
                return Phrase(begin, end, role)
    return None


def judge(stamp: Stamp, phrase: Phrase | None, setting: Setting) -> tuple[Role, tuple[str, ...]]:
    """Return the role of a stamp and the codes of what it hangs on.

    ``label``: a phrase introduces it. ``timestamp_line``, ``byline_line``, ``chrome_line``: the segmentation says so.
    ``stamp_line``: its line holds nothing else; ``head_line``: so, and it is chrome beside the headline;
    ``date_element``: the markup calls its line, which is chrome, a date or byline; ``dateline``: it opens the deck or
    the body; ``short_line``: its line holds little else.
    """
    codes: tuple[str, ...] = ("label",) if phrase else ()
    if setting.label in _LINE_CODES:
        codes += (_LINE_CODES[setting.label],)
    if phrase:
        return (phrase.role if _counts(stamp, phrase, setting) else "other"), codes
    if setting.label in TRUSTED:
        return "published", (*codes, "beside_head") if setting.is_beside_head else codes
    code = _shape(stamp, setting)
    return ("published", (*codes, code)) if code else ("other", codes)


_LINE_CODES: Mapping[Label | None, str] = {
    Label.TIMESTAMP: "timestamp_line",
    Label.BYLINE: "byline_line",
    Label.CHROME: "chrome_line",
}


def _is_dateline(before: str, after: str) -> bool:
    """Say whether a stamp opens a story by what stands around it: "23 June 2015. The …", "Haifa, 23 June 2015 (AP) - ".

    Args:
        before: what stands before it on its line.
        after: the mark after it, or the first letter.
    """
    if not before:
        return after in _CLOSES_DATE
    return before[-1] in _CLOSES_PLACE and after in _CLOSES_DATELINE and len(_WORD.findall(before)) <= _MOST_PLACE


def _counts(stamp: Stamp, phrase: Phrase, setting: Setting) -> bool:
    """Say whether a stamp behind a phrase speaks for the page."""
    return setting.label in TRUSTED or (setting.label in PLAIN and _introduces(stamp, phrase, setting))


def _shape(stamp: Stamp, setting: Setting) -> str | None:
    """Return the code of a line whose shape alone makes a stamp count, or None."""
    if setting.opens_body or setting.label is _DECK:
        before, after = setting.text[: stamp.start].strip(), setting.text[stamp.end :].lstrip()[:1]
        if (before == "(" and after == ")") or (setting.opens_body and _is_dateline(before, after)):
            return "dateline"
    if setting.label not in PLAIN or not setting.is_whole_line:
        return None
    if setting.label is _CHROME:  # a clock or a related story's date, except beside the headline
        if setting.is_beside_head and setting.rest() == 0:
            return "head_line"
        return "date_element" if setting.is_dated and _stands_apart(stamp, setting) else None
    if setting.rest() == 0:
        return "stamp_line"
    return "short_line" if setting.label is not _BODY and _stands_apart(stamp, setting) else None


def _introduces(stamp: Stamp, phrase: Phrase, setting: Setting) -> bool:
    """Say whether a phrase heads its line or field, so that it is a label and not part of a sentence."""
    before = setting.text[setting.previous_end : phrase.start].rstrip()
    heads = not before or before[-1] in _FIELD
    colon = ":" in setting.text[phrase.end : stamp.start]
    if not setting.is_whole_line:
        return heads and colon
    return (heads and (colon or setting.rest() <= _MOST_LABELLED)) or setting.rest() <= _MOST_WORDS // 2


def _stands_apart(stamp: Stamp, setting: Setting) -> bool:
    """Say whether an unlabelled stamp is a field of its line, or the end of a byline, and not part of a sentence."""
    text = setting.text
    first = _WORD.search(text)
    if first and first.group() in vocabulary().words["byline"]:
        return setting.rest() <= _MOST_WORDS + 4
    if setting.rest() > _MOST_WORDS:
        return False
    before, after = text[setting.previous_end : stamp.start].rstrip(), text[stamp.end : setting.next_start].lstrip()
    if before and before[-1] not in _FIELD:
        tail = _WORD.findall(before)[-1:]
        # "at the meeting on 23.06.15": a word such as "on" makes it part of a sentence
        if after or (tail and tail[0] in vocabulary().words["glue"]):
            return False
    return not after or after[0] in _FIELD or not before
