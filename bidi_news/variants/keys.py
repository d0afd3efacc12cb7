"""Match names across spellings and scripts: a key of sounds, and a distance that knows the habits of transliteration.

A name in Latin, Hebrew or Arabic script becomes a string of sounds by ``data/keys/letters.tsv`` (:func:`variant_key`):
doubled letters count once, apostrophes and articles are gone, letters with several values (vav, bet, pe) are sounds of
their own. Two keys are then compared by an edit distance whose costs, ``data/keys/costs.tsv``, say how usual each
replacement is between the two scripts; ``data/keys/thresholds.toml`` says from which likeness on names are the same.

No likeness of sounds tells Sunni from sunny or Gaza from Giza. Where the lexicon knows both names it decides; where it
knows one, the other has to be very like it; and pages are edited by the lexicon alone.

Example:
    >>> from bidi_news.variants.keys import match_names
    >>> match_names("Qaddafi", "קדאפי").same, match_names("Qaddafi", "Netanyahu").same
    (True, False)
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from bidi_news.errors import DataFileError
from bidi_news.resources import parse_tsv, read_text, read_toml
from bidi_news.unicode.fold import fold, plain, strip_marks
from bidi_news.variants.lexicon import lexicon_key, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["NameMatch", "Step", "match_names", "variant_key"]

Script = Literal["Latn", "Hebr", "Arab"]

_LETTERS = "keys/letters.tsv"
_COSTS = "keys/costs.tsv"
_THRESHOLDS = "keys/thresholds.toml"
_GAP = "-"
_UNHEARD, _LOST = 2.5, 1.5
_SAME = 0.5
_KNOWN_SAME = 0.99
_MAX_NAME = 100
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=\w|$))*|[^\W\d_]+")
_RANGES: dict[Script, re.Pattern[str]] = {
    "Latn": re.compile("[a-z]"),
    "Hebr": re.compile("[א-ת]"),
    "Arab": re.compile("[\u0621-\u064a\u067e-\u06cc]"),
}
_ORDER = {"Hebr": 0, "Arab": 1, "Latn": 2}
_PLACES = {"start": "(?P<start>^(?:{}))", "end": "(?P<end>(?:{})$)", "any": "(?P<any>{})"}
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLES = frozenset({"al", "el", "ul", "il", "אל", "א", "ال"})
_GLUED = frozenset({"al", "el", "אל", "ال"})
_SHORTEST_WITH_ARTICLE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an alignment."""

    left: str
    """Sound of the first name; empty where it has none."""
    right: str
    """Sound of the second name; empty where it has none."""
    cost: float
    """What the step costs: 0 for the usual, 1 for the unheard-of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How alike two names are, and why."""

    score: float
    """Likeness from 0 to 1, three decimals; 0.5 and more is the same name."""
    same: bool
    """Whether the two are spellings of one name."""
    rule: Literal["lexicon", "sound"]
    """What decided: the lexicon, where it knows both names, else the likeness of their sounds."""
    steps: tuple[Step, ...]
    """The alignment of the two keys."""


def variant_key(name: str) -> str:
    """Return the sounds of a name, one character each; spellings of one name often share it.

    Args:
        name: name of one or several words, in Latin, Hebrew or Arabic script.

    Returns:
        Sounds of ``data/keys/letters.tsv``; empty where the name has no letter of these scripts.

    Example:
        >>> variant_key("al-Zawahiri") == variant_key("Zawahiri")
        True
    """
    return _sounds(name).keys[0]


class _Sounds(NamedTuple):
    """A name as sounds."""

    script: Script
    keys: tuple[str, ...]
    """The key, and after it the key with what may be an article left in or taken off."""


@lru_cache(maxsize=1 << 14)
def _sounds(name: str) -> _Sounds:
    """Return the keys of a name and the script it is mostly written in."""
    text = plain(strip_marks(unicodedata.normalize("NFKC", name[:_MAX_NAME]).lower()))
    script = max(_RANGES, key=lambda script: len(_RANGES[script].findall(text)))
    if script == "Latn":
        text = fold(text)
    if script != "Hebr":
        text = text.replace("'", "")
    words = _without_articles(_WORD.findall(text))
    key = _key(words, script)
    if words and words[0][:2] in _GLUED and len(words[0]) > _SHORTEST_WITH_ARTICLE:
        bare = _key([words[0][2:], *words[1:]], script)
        return _Sounds(script, (bare, key) if script == "Arab" else (key, bare))
    return _Sounds(script, (key,))


def _without_articles(words: list[str]) -> list[str]:
    """Return the words of a name without its free-standing articles, unless nothing would be left."""
    kept = [
        word
        for word, after in itertools.zip_longest(words, words[1:], fillvalue="")
        if not after or not (word in _ARTICLES or (word[0] in "ae" and word[1:] in {after[:1], after[:2]}))
    ]
    return kept or words


def _key(words: Iterable[str], script: Script) -> str:
    """Return the sounds of some folded words; Latin letters that are doubled count once."""
    pattern, values = _letters()[script]
    sounds = (values[match.lastgroup or "", match[0]] for word in words for match in pattern.finditer(word))
    key = "".join(sounds)
    return _DOUBLED.sub(r"\1", key) if script == "Latn" else key


@cache
def _letters() -> dict[Script, tuple[re.Pattern[str], dict[tuple[str, str], str]]]:
    """Read the table of letters: for each script a pattern of them, longest first, and their sounds by place."""
    values: dict[Script, dict[tuple[str, str], str]] = {script: {} for script in _RANGES}
    for line, row in parse_tsv(
        read_text(_LETTERS), ("script", "place", "letters", "sounds", "source", "licence"), path=_LETTERS
    ):
        if row["script"] not in values or row["place"] not in _PLACES:
            raise DataFileError(f"{row['script']} {row['place']} is no script and place", path=_LETTERS, line=line)
        values[row["script"]][row["place"], row["letters"]] = row["sounds"]
    patterns = {}
    for script, table in values.items():
        groups = []
        for place, form in _PLACES.items():
            letters = sorted((letter for at, letter in table if at == place), key=len, reverse=True)
            groups.append(form.format("|".join(map(re.escape, letters))))
        patterns[script] = (re.compile("|".join(groups)), table)
    return patterns


def match_names(a: str, b: str) -> NameMatch:
    """Compare two names, whatever the scripts they are written in.

    Args:
        a: first name; letters after the hundredth do not count.
        b: second name; the order of the two does not matter.

    Example:
        >>> match_names("Yitzhak", "יצחק").score > 0.5
        True
    """
    known = _known(a), _known(b)
    one = bool(known[0]) != bool(known[1])
    likeness, steps = _compare(_sounds(a), _sounds(b), _thresholds()["known" if one else "same"])
    if not all(known) or (known[0] != known[1] and known[0][1:] == known[1][1:]):
        return NameMatch(score=round(likeness, 3), same=likeness >= _SAME, rule="sound", steps=steps)
    same = known[0] == known[1]
    score = max(likeness, _KNOWN_SAME) if same else min(likeness, 1 - _KNOWN_SAME)
    return NameMatch(score=round(score, 3), same=same, rule="lexicon", steps=steps)


def _known(name: str) -> tuple[str, ...]:
    """Return the lexeme and the family of a name that the lexicon has, with or without its article; else nothing."""
    lexicon = load_lexicon("house")
    key = lexicon_key(name)
    article, _, bare = key.partition(" ")
    for candidate in (key, bare) if article in _ARTICLES or article[:1] in "ae" else (key,):
        form = lexicon.forms.get(candidate)
        if form is not None:
            return form.lexeme.id, form.lexeme.family
        if candidate in lexicon.names:
            return lexicon.names[candidate]
    return ()


def _compare(left: _Sounds, right: _Sounds, thresholds: Mapping[str, float]) -> tuple[float, tuple[Step, ...]]:
    """Return the likeness of two names, 0.5 at the threshold of their scripts, and their alignment."""
    if not left.keys[0] or not right.keys[0]:
        return float(left == right), ()
    if _ORDER[left.script] > _ORDER[right.script]:
        likeness, steps = _compare(right, left, thresholds)
        return likeness, tuple(Step(left=step.right, right=step.left, cost=step.cost) for step in steps)
    pair = f"{left.script}-{right.script}"
    ways = [_align(x, y, _costs()[pair]) for x, y in itertools.product(left.keys, right.keys)]
    likeness, steps = max(ways, key=lambda way: way[0])
    threshold = thresholds[pair]
    if likeness < threshold:
        return likeness / threshold * _SAME, steps
    return _SAME + (likeness - threshold) / (1 - threshold) * (1 - _SAME), steps


def _align(a: str, b: str, costs: Mapping[str, float]) -> tuple[float, tuple[Step, ...]]:
    """Return the likeness of two keys, 0 to 1, and the cheapest way from one to the other.

    Likeness is what the cheapest way saves of the cost of leaving out all of one name and writing all of the other.
    """
    leave = [costs.get(x + _GAP, _LOST) for x in a]
    write = [costs.get(_GAP + y, _LOST) for y in b]
    row = [0.0, *itertools.accumulate(write)]
    rows = [row]
    for x, out in zip(a, leave, strict=True):
        above = row[0]
        last = above + out
        row = [last]
        for y, put, over in zip(b, write, rows[-1][1:], strict=True):
            best = above + costs.get(x + y, _UNHEARD)
            if over + out < best:  # noqa: PLR1730  (twice as fast as min() here, in the innermost loop)
                best = over + out
            if last + put < best:  # noqa: PLR1730
                best = last + put
            row.append(best)
            last, above = best, over
        rows.append(row)
    whole = sum(leave) + sum(write)
    return 1 - rows[-1][-1] / whole if whole else float(a == b), tuple(_trace(a, b, rows, costs))[::-1]


def _trace(a: str, b: str, rows: list[list[float]], costs: Mapping[str, float]) -> Iterator[Step]:
    """Give the steps of the cheapest way, last one first."""
    i, j = len(a), len(b)
    while i or j:
        cost = rows[i][j]
        if i and j and cost == rows[i - 1][j - 1] + costs.get(a[i - 1] + b[j - 1], _UNHEARD):
            i, j, left, right = i - 1, j - 1, a[i - 1], b[j - 1]
        elif i and cost == rows[i - 1][j] + costs.get(a[i - 1] + _GAP, _LOST):
            i, left, right = i - 1, a[i - 1], ""
        else:
            j, left, right = j - 1, "", b[j - 1]
        yield Step(left=left, right=right, cost=round(cost - rows[i][j], 2))


@cache
def _costs() -> dict[str, dict[str, float]]:
    """Read the table of costs: for each pair of scripts, the cost of each pair of sounds."""
    tables: dict[str, dict[str, float]] = {}
    for line, row in parse_tsv(read_text(_COSTS), ("scripts", "left", "right", "cost"), path=_COSTS):
        try:
            tables.setdefault(row["scripts"], {})[row["left"] + row["right"]] = float(row["cost"])
        except ValueError as error:
            raise DataFileError(f"{row['cost']!r} is no cost", path=_COSTS, line=line, column="cost") from error
    return tables


@cache
def _thresholds() -> dict[str, dict[str, float]]:
    """Read the likeness from which on two names are the same: tables by pair of scripts."""
    return {
        name: {str(pair): float(value) for pair, value in table.items()}
        for name, table in read_toml(_THRESHOLDS).items()
    }
