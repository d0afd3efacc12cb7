"""What a passage says about time: dates, times, weekdays, and which of them belong to one stamp.

Reading has two steps. First each part is found for itself (an *atom*): a numeric date, a date with the month's name, a
date of the Hebrew calendar, a time of day, a weekday, a relative time. Then neighbours with nothing between them but
punctuation and words such as "at" are one stamp, in whatever order the outlet writes them. Nothing is decided here: the
fields of a numeric date stay as they are written.

Example:
    >>> from bidi_news.dates.clean import clean
    >>> from bidi_news.dates.grammar import read_stamps
    >>> [stamp] = read_stamps(clean("פורסם: 23.06.15 , 21:05"))
    >>> stamp.fields, stamp.clock
    (('23', '06', '15'), Clock(hour=21, minute=5, second=None, zone=None))
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bidi_news.dates.hebrew_calendar import read_day, read_year
from bidi_news.dates.relative import Relative, read_relative
from bidi_news.dates.tokens import clock_of, in_half, tokenize
from bidi_news.dates.vocabulary import HEBREW_MONTH, MONTH, RELATIVE, WEEKDAY, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bidi_news.dates.clean import Passage
    from bidi_news.dates.tokens import Token
    from bidi_news.dates.vocabulary import Vocabulary
    from bidi_news.dates.zone import Clock

__all__ = ["Stamp", "read_stamps"]

_MARKS = frozenset(",.|-/()[]•·:;~@–*")
_WITHIN = frozenset(",.-/'")  # marks between the fields of a date with a month's name
_MOST_GLUE = 5
_NUMERIC = frozenset({"date", "time", "dotted"})
_FIGURES = 16  # the bit of these beside those of the vocabulary
_FROM_BEFORE = MONTH | HEBREW_MONTH | RELATIVE
_BEGUN = {"number": _FROM_BEFORE, "word": HEBREW_MONTH | RELATIVE}
"""Kinds of part that a token begins whose heart is a word after it."""


class Stamp(NamedTuple):
    """A date with what stands beside it, undecided. Positions are those of the passage."""

    start: int
    """First position."""
    end: int
    """Position after the last."""
    fields: tuple[str, str, str] | None = None
    """The three numbers of a numeric date, as written."""
    separator: str | None = None
    """What separates them."""
    named: tuple[str, int, str] | None = None
    """Day, month and year of a date with the month's name; the year may have two digits."""
    hebrew: tuple[int, tuple[int, ...], int] | None = None
    """Day, possible months and year of the Hebrew calendar."""
    relative: Relative | None = None
    """Amount of time before the crawl."""
    weekday: int | None = None
    """0 for Monday to 6."""
    clock: Clock | None = None
    """Time of day."""

    @property
    def has_date(self) -> bool:
        """Whether a day can be read from the stamp."""
        return bool(self.fields or self.named or self.hebrew or self.relative)


_Read = tuple[int, Stamp]  # index after the last token of a part, and the part


def read_stamps(passage: Passage) -> tuple[Stamp, ...]:
    """Return the stamps of a passage in order; one without a date is a lone time of day.

    A weekday alone is none, and a date beside a word such as "version" is none.
    """
    return _read_text(passage.text)


@lru_cache(maxsize=1024)  # the pages of a site list the same stories under the same dates
def _read_text(text: str) -> tuple[Stamp, ...]:
    words = vocabulary()
    tokens = tokenize(text)
    stamps: list[Stamp] = []
    current: Stamp | None = None
    last = free = 0
    for index, kinds in _worth_reading(tokens, words):
        read = _read_atom(tokens, index, kinds, words) if index >= free else None
        if read is None:
            continue
        free, atom = read
        if _is_guarded(tokens, index, words):
            continue
        joined = _join(current, atom) if current and _is_glue(tokens[last:index], words) else None
        if joined is None:
            if current:
                stamps.append(current)
            joined = atom
        current, last = joined, free
    if current:
        stamps.append(current)
    return tuple([stamp for stamp in stamps if stamp.has_date or stamp.clock])


def _worth_reading(tokens: Sequence[Token], words: Vocabulary) -> list[tuple[int, int]]:
    """Return where parts of stamps may begin, and which kinds of part: at a date, a time, or up to 3 before a word."""
    worth: dict[int, int] = {}
    marked = words.marked
    for index in [i for i, token in enumerate(tokens) if token.word in marked or token.kind in _NUMERIC]:
        kinds = marked.get(tokens[index].word, _FIGURES)
        worth[index] = worth.get(index, 0) | kinds
        if kinds & _FROM_BEFORE:
            for near in range(max(index - 3, 0), index):
                begun = kinds & _BEGUN.get(tokens[near].kind, 0)
                if begun:
                    worth[near] = worth.get(near, 0) | begun
    return sorted(worth.items())


def _is_guarded(tokens: Sequence[Token], first: int, words: Vocabulary) -> bool:
    """Say whether the word right before an atom says that it is something else: "version 10.5.12"."""
    before = first - 1
    while before >= 0 and before >= first - 2 and tokens[before].word in {".", ":"}:
        before -= 1
    return before >= 0 and tokens[before].word in words.words["guard"]


def _is_glue(between: Sequence[Token], words: Vocabulary) -> bool:
    """Say whether nothing but glue stands between two atoms."""
    if len(between) > _MOST_GLUE:
        return False
    glue = words.words["glue"]
    return all(token.word in (_MARKS if token.kind == "mark" else glue) for token in between)


def _join(stamp: Stamp, atom: Stamp) -> Stamp | None:
    """Return two neighbours as one stamp, or None where both have a part that a stamp has once."""
    civil = bool(stamp.fields or stamp.named)
    if atom.fields or atom.named:
        if civil or (stamp.relative and stamp.relative.unit != "day"):
            return None
        # "today, 23.06.15": the date says it better
        stamp = stamp._replace(relative=None)
    if atom.relative and stamp.has_date:
        return None
    both = (
        (stamp.hebrew and atom.hebrew)
        or (stamp.clock and atom.clock)
        or (stamp.weekday is not None and atom.weekday is not None)
    )
    if both:
        return None
    return Stamp(
        start=stamp.start,
        end=atom.end,
        fields=stamp.fields or atom.fields,
        separator=stamp.separator or atom.separator,
        named=stamp.named or atom.named,
        hebrew=stamp.hebrew or atom.hebrew,
        relative=stamp.relative or atom.relative,
        weekday=atom.weekday if stamp.weekday is None else stamp.weekday,
        clock=stamp.clock or atom.clock,
    )


def _read_atom(tokens: Sequence[Token], index: int, kinds: int, words: Vocabulary) -> _Read | None:
    """Read one part of a stamp of some kinds, given as bits, at a token."""
    token = tokens[index]
    if token.kind == "date":
        separator = token.found["separator"]
        first, second, third = (field.strip() for field in token.word.split(separator))
        return index + 1, Stamp(token.start, token.end, fields=(first, second, third), separator=separator)
    if token.kind in _NUMERIC:
        return _read_time(tokens, index, words)
    for kind, reader in _READERS:
        read = reader(tokens, index, words) if kinds & kind else None
        if read is not None:
            return read
    return None


def _read_relative(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    """Read an amount of time before the crawl."""
    relative = read_relative(tokens, index, words)
    if relative is None:
        return None
    after, amount = relative
    return after, Stamp(tokens[index].start, tokens[after - 1].end, relative=amount)


def _read_time(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    """Read a time of day with the half of the day or the zone after it; a dotted time needs a date beside it."""
    token = tokens[index]
    clock = clock_of(token)
    if clock is None or (token.kind == "dotted" and not _beside_date(tokens, index)):
        return None
    after = index + 1
    for kind in ("half", "zone"):
        value = words.words[kind].get(tokens[after].word) if after < len(tokens) else None
        if value:
            clock = in_half(clock, value) if kind == "half" else clock._replace(zone=value)
            after += 1
    return after, Stamp(token.start, tokens[after - 1].end, clock=clock)


def _beside_date(tokens: Sequence[Token], index: int) -> bool:
    near = tokens[max(index - 3, 0) : index + 3]
    return any(token.kind == "date" or (token.kind == "number" and len(token.word) == 4) for token in near)


def _read_named(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    """Read a date with the month's name: day month year, year month day, or month day year."""
    token = tokens[index]
    if token.kind == "word":
        return _read_month_first(tokens, index, words)
    if token.kind != "number" or len(token.word) not in {1, 2, 4}:
        return None
    month, after = _month_at(tokens, _skip(tokens, index + 1, words), words)
    if month is None:
        return None
    last = _skip(tokens, after, words)
    if len(token.word) == 4:
        return _named(tokens, (index, last), _number_at(tokens, last, (1, 2)), month, token.word)
    year = _number_at(tokens, last, (2, 4))
    following = _number_at(tokens, _skip(tokens, last + 1, words), (4,))
    if year and len(year) == 2 and following:  # "6 June 23, 2015": the six is something else
        return None
    return _named(tokens, (index, last), token.word, month, year)


def _read_month_first(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    month, after = _month_at(tokens, index, words)
    if month is None:
        return None
    middle = _skip(tokens, after, words)
    day = _number_at(tokens, middle, (1, 2))
    last = _skip(tokens, middle + 1, words)
    short = last < len(tokens) and tokens[last - 1].word == "'"
    year = _number_at(tokens, last, (2, 4) if short else (4,))
    if day and year is None:  # "Jun 23 21:05:00 2015", as programs write it
        return _read_with_time_inside(tokens, (index, last), day, month, words)
    return _named(tokens, (index, last), day, month, year)


def _named(
    tokens: Sequence[Token], bounds: tuple[int, int], day: str | None, month: int, year: str | None
) -> _Read | None:
    """Return a date with the month's name, given its first and last token, if all of it is there."""
    if day is None or year is None or not 1 <= int(day) <= 31:
        return None
    first, last = bounds
    return last + 1, Stamp(tokens[first].start, tokens[last].end, named=(day, month, year))


def _read_with_time_inside(
    tokens: Sequence[Token], bounds: tuple[int, int], day: str, month: int, words: Vocabulary
) -> _Read | None:
    """Read a date whose year stands behind the time of day; ``bounds`` are its first token and that of the time."""
    index, middle = bounds
    timed = _read_time(tokens, middle, words) if middle < len(tokens) and tokens[middle].kind == "time" else None
    year = _number_at(tokens, timed[0], (4,)) if timed else None
    if timed is None or year is None:
        return None
    after, time = timed
    return after + 1, Stamp(tokens[index].start, tokens[after].end, named=(day, month, year), clock=time.clock)


def _read_hebrew(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    """Read a date of the Hebrew calendar: day in letters, month, year in letters."""
    token = tokens[index]
    if token.kind not in {"word", "number"}:
        return None
    place = _skip(tokens, index + 1, words)
    if place >= len(tokens):
        return None
    two = " ".join(piece.word for piece in tokens[place : place + 2])
    months, after = words.hebrew_months(two), place + 2
    if not months:
        months, after = words.hebrew_months(tokens[place].word), place + 1
    last = _skip(tokens, after, words)
    if not months or last >= len(tokens):
        return None
    day = int(token.word) if token.kind == "number" and len(token.word) <= 2 else read_day(token.word)
    year = read_year(tokens[last].word)
    if day is None or year is None:
        return None
    return last + 1, Stamp(token.start, tokens[last].end, hebrew=(day, months, year))


def _read_weekday(tokens: Sequence[Token], index: int, words: Vocabulary) -> _Read | None:
    """Read a weekday; Hebrew ones are ordinals too, and count only behind the word "day" or behind no word at all."""
    token = tokens[index]
    table = words.words["weekday"]
    if token.word in words.words["day"] and index + 1 < len(tokens):
        value = table.get(tokens[index + 1].word)
        if value is not None:
            return index + 2, Stamp(token.start, tokens[index + 1].end, weekday=int(value))
    value = table.get(token.word)
    if value is None or ("א" <= token.word[0] <= "ת" and index and tokens[index - 1].kind != "mark"):
        return None
    return index + 1, Stamp(token.start, token.end, weekday=int(value))


def _skip(tokens: Sequence[Token], index: int, words: Vocabulary) -> int:
    """Return the index after at most two pieces that may stand between the fields of a date."""
    glue = words.words["glue"]
    for _ in range(2):
        if index < len(tokens) and (tokens[index].word in _WITHIN or tokens[index].word in glue):
            index += 1
    return index


def _month_at(tokens: Sequence[Token], index: int, words: Vocabulary) -> tuple[int | None, int]:
    """Return the month at a token and the index after it; some Arabic names are two words."""
    if index >= len(tokens) or tokens[index].kind != "word":
        return None, index
    month = words.month(tokens[index].word)
    if month is not None:
        return month, index + 1
    two = " ".join(piece.word for piece in tokens[index : index + 2])
    return words.month(two), index + 2


def _number_at(tokens: Sequence[Token], index: int, lengths: tuple[int, ...]) -> str | None:
    """Return the digits of a number token of one of some lengths, else None."""
    if index >= len(tokens) or tokens[index].kind != "number" or len(tokens[index].word) not in lengths:
        return None
    return tokens[index].word


_READERS = (
    (MONTH, _read_named),
    (HEBREW_MONTH, _read_hebrew),
    (WEEKDAY, _read_weekday),
    (RELATIVE, _read_relative),
)
