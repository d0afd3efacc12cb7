r"""A census of names: how often each word that may be a name stands in a corpus, where, and with what around it.

In Latin script a name is a word, or two in a row, with capitals; in Hebrew and Arabic, which have none, it is any word
that somebody asks for. Lines that recur (menus, notices, one story on several pages) count once.

Memory does not grow with the corpus: so many names are kept, the rarest make room for new ones, and the two tables of
lines and of small words have a fixed size (about 48 MB). In them two of millions may meet: a new line may be taken for
an old one, a name for a small word; as measured, fewer than one of a hundred lines in a corpus of 300,000.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> census = Census(limit=1000, wanted=lambda word, script: False)
    >>> page = Page(id="a", text="The men of Hizbolla left the town; the Hizbolla men said so.")
    >>> census.add(Batch.of([Document(page=page, text=page.text)]))
    >>> [(name.form, name.count) for name in census.names(least=2)]
    [('Hizbolla', 2)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bidi_news.hashes import hash_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.variants.tables import Script

__all__ = ["Census", "Context", "Name"]

_NAMES = re.compile(
    r"(?P<Latn>(?<![\w@#/.'’-])(?:[AaEe][a-z]{1,2}-)?[A-ZÀ-ÖØ-ÞĀ-žḀ-ẓ][^\W\d_]+(?:['’‘ʿʾʼʻ`-][^\W\d_]+)*(?![\w@/]))"
    "|(?P<Hebr>[א-ת][א-ת\u05b0-\u05c7]*(?:[-\"'׳״־][א-ת]+)*)"
    "|(?P<Arab>[\u0621-\u064a][\u0621-\u0652]*)"
)
_POSSESSIVE = re.compile(r"['’][sS]$")
_PART = re.compile(r"[^\W_]+")
_LEAST_LETTERS, _MOST_LETTERS = 3, 60
_AROUND = 40
"""Code points of context on each side."""
_MOST_CONTEXTS = 3
_LINE_BITS, _WORD_BITS = 25, 22
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 over the golden ratio: the highest bits hang on all others


class Context(NamedTuple):
    """One place of a name."""

    id: Any
    """The page's id."""
    start: int
    """First code point in the page's text."""
    end: int
    """Code point after the last one."""
    before: str
    """What stands before it in its line."""
    after: str
    """What stands after it."""


@dataclass(slots=True)
class Name:
    """A name as it is written."""

    form: str
    """Its spelling."""
    script: Script
    """Its script (ISO 15924)."""
    count: int = 0
    """How often it stands in lines that differ; too low if the census had no room for it once."""
    pages: int = 0
    """On how many pages."""
    contexts: list[Context] = field(default_factory=list)
    """Some places."""
    last_page: int = -1
    """Number of the page that was counted last."""


class _Place(NamedTuple):
    """A page."""

    number: int
    id: Any


class Census:
    """The names of a corpus, counted page by page."""

    def __init__(self, *, limit: int, wanted: Callable[[str, Script], bool]) -> None:
        """Begin an empty census.

        Args:
            limit: most names that are kept; up to twice as many in between. About a kilobyte each.
            wanted: whether a word of Hebrew or Arabic script, with that script, is to be counted.
        """
        self.dropped = 0
        """Highest count of a name that had to make room."""
        self.pages = 0
        """Pages seen."""
        self._limit, self._wanted = limit, wanted
        self._names: dict[str, Name] = {}
        self._lines = np.zeros(1 << _LINE_BITS, bool)
        self._small = np.zeros(1 << _WORD_BITS, np.int32)

    def add(self, batch: Batch) -> None:
        """Count the names of some pages."""
        fresh = self._fresh(batch)
        self._count_small(batch, fresh)
        starts, ends = batch.line_offsets.tolist()
        pages = batch.line_pages.tolist()
        for line in np.flatnonzero(fresh).tolist():
            document = batch.documents[pages[line]]
            place = _Place(self.pages + pages[line], document.page.id)
            self._read(document.text, starts[line], ends[line], place)
        self.pages += len(batch.documents)
        if len(self._names) > 2 * self._limit:
            self._make_room()

    def names(self, *, least: int) -> Iterator[Name]:
        """Give the names that are no words which stand in small letters as often.

        Args:
            least: how often those in Latin script must have been counted; of the others every one is given, for what
                is written together with them has yet to be taken off.
        """
        for name in self._names.values():
            if name.script != "Latn" or (name.count >= least and self._count_of_small(name.form) < name.count):
                yield name

    def _fresh(self, batch: Batch) -> NDArray[np.bool_]:
        """Return which lines were not seen before: a line is known by the sum of its words' hashes."""
        sums = batch.line_sums(batch.word_hashes)
        slots = _slots(sums, _LINE_BITS)
        fresh = np.zeros(len(sums), bool)
        fresh[np.unique(slots, return_index=True)[1]] = True
        fresh &= ~self._lines[slots]
        self._lines[slots] = True
        return fresh

    def _count_small(self, batch: Batch, fresh: NDArray[np.bool_]) -> None:
        """Count the words of fresh lines that begin with a small Latin letter."""
        first = batch.data[batch.word_starts]
        small = (first >= ord("a")) & (first <= ord("z")) & np.repeat(fresh, np.diff(batch.line_words))
        slots, counts = np.unique(_slots(batch.word_hashes[small], _WORD_BITS), return_counts=True)
        self._small[slots] += counts.astype(np.int32)

    def _count_of_small(self, form: str) -> int:
        """Return how often the words of a name stand in small letters: the one that does most often."""
        words = [max(_PART.findall(word), key=len) for word in form.split(" ")]
        return int(self._small[_slots(hash_words([word.lower() for word in words]), _WORD_BITS)].max())

    def _read(self, text: str, start: int, end: int, place: _Place) -> None:
        """Count the names of one line, and the pairs of names with one space between them."""
        before = (-1, -1)
        for match in _NAMES.finditer(text, start, end):
            script: Script = match.lastgroup  # type: ignore[assignment]  # the groups are named after scripts
            form = _POSSESSIVE.sub("", match[0])
            first, last = match.start(), match.start() + len(form)
            if not _LEAST_LETTERS <= len(form) <= _MOST_LETTERS or (
                script != "Latn" and not self._wanted(form, script)
            ):
                continue
            self._note(text, (first, last), (start, end), script, place)
            if script == "Latn":
                if before[1] == first - 1 and text[before[1]] == " ":
                    self._note(text, (before[0], last), (start, end), script, place)
                before = (first, last)

    def _note(self, text: str, span: tuple[int, int], line: tuple[int, int], script: Script, place: _Place) -> None:
        """Count one name."""
        start, end = span
        form = text[start:end]
        name = self._names.get(form)
        if name is None:
            name = self._names[form] = Name(form, script)
        name.count += 1
        name.pages += name.last_page != place.number
        name.last_page = place.number
        if len(name.contexts) < _MOST_CONTEXTS:
            before, after = text[max(line[0], start - _AROUND) : start], text[end : min(line[1], end + _AROUND)]
            name.contexts.append(Context(place.id, start, end, before, after))

    def _make_room(self) -> None:
        """Forget the rarest names."""
        ranked = sorted(self._names.values(), key=lambda name: -name.count)
        self.dropped = max(self.dropped, ranked[self._limit].count)
        self._names = {name.form: name for name in ranked[: self._limit]}


def _slots(hashes: NDArray[np.uint64], bits: int) -> NDArray[np.int64]:
    """Return a place in a table of ``2 ** bits`` for each hash."""
    return (hashes * _SPREAD >> np.uint64(64 - bits)).astype(np.int64)
