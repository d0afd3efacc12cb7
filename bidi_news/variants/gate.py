"""The gate: which words of a batch may belong to a spelling of the lexicon, asked of all words at once.

A spelling is known by its longest word that is no function word, its anchor: "Eid al-Fitr" by "fitr", "Shi'ite" by
"ite". The hashes of the words are looked up among those of the anchors, with all that Hebrew and Arabic write together
with a word. Words with marks that folding takes away have other hashes; they are few and folded one by one.

Most anchors of several words are common words by themselves, such as "port" of "Port Said". They count only where a
neighbour stands as it does in some spelling, which is asked by the hashes of pairs.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> from bidi_news.variants.gate import candidates, gate_of
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> page = Page(text="Two Qaddafi men, one Ḥamās office")
    >>> candidates(Batch.of([Document(page=page, text=page.text)]), gate_of(load_lexicon("house"))).tolist()
    [1, 4]
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex, hash_words
from bidi_news.resources import read_bytes, read_text
from bidi_news.unicode.arabic import ARABIC_PROCLITICS, spellings
from bidi_news.unicode.fold import fold
from bidi_news.unicode.hebrew import PROCLITICS, split_proclitics

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.variants.lexicon import Lexicon
    from bidi_news.variants.tables import Context

__all__ = [
    "ANCHORS",
    "PAIRS",
    "PARTS",
    "WHOLE",
    "Gate",
    "Hashes",
    "anchors_of",
    "candidates",
    "cuts_of",
    "gate_of",
    "hashes_of",
    "read_anchors",
    "write_anchors",
]

_KEY_WORD = re.compile(r"[^ '\"]+")
_ALONE = (0, 1)
_COMMON = ("english", "foreign", "openers")
ANCHORS = "lexicon/anchors.tsv"
"""The shipped anchors of several words with their shapes."""
WHOLE, PARTS, PAIRS = "lexicon/whole.bin", "lexicon/parts.bin", "lexicon/pairs.bin"
"""The hashes of the shipped lexicon, as :class:`Hashes` has them."""
_PLAIN_WORD = re.compile(r"[^\W_]+")
_LAST_ONE_BYTE = 0xC2


def _marked_table() -> NDArray[np.bool_]:
    """Return which pairs of first bytes begin a letter with a mark of the transliterations, or such a mark alone.

    By range of code points: á â ê í î ú û ā ī ū ġ š and their like, ḍ ḥ ṣ ṭ ẓ, combining marks, niqqud, harakat.
    """
    letters = "áâêíîúûÁÂÊÍÎÚÛ"
    points = (*map(ord, letters), *range(0x100, 0x180), *range(0x1E00, 0x1E80), *range(0x300, 0x340),
              *range(0x591, 0x5C8), *range(0x64B, 0x653))  # fmt: skip
    table = np.zeros(1 << 16, bool)
    table[[int.from_bytes(chr(point).encode()[:2]) for point in points]] = True
    return table


_MARKED = _marked_table()


Shape = tuple[int, int]
"""Index of an anchor in a spelling, and the number of words of that spelling."""


class Hashes(NamedTuple):
    """The hashes of some spellings."""

    whole: NDArray[np.uint64]
    """Of the words that may be a spelling, and of those outside ASCII that may hold the anchor of one."""
    parts: NDArray[np.uint64]
    """Of the ASCII words that are the anchors of spellings of several words alone."""
    pairs: NDArray[np.uint64]
    """Of neighbouring ASCII words in spellings of several words, by :func:`_hash_pairs`."""

    def __or__(self, other: Hashes) -> Hashes:
        """Return the hashes of both."""
        return Hashes._make(map(np.concatenate, zip(self, other, strict=True)))


class Gate(NamedTuple):
    """What decides quickly that a word is in no spelling."""

    anchors: HashIndex
    """Hashes of the words that may hold an anchor, those that count without a neighbour first."""
    whole: int
    """How many these are."""
    pairs: HashIndex
    """:attr:`Hashes.pairs`."""
    is_marked_anchor: Callable[[bytes], bool]
    """Tells whether a word in UTF-8 is an anchor once folding has taken marks from it."""
    parts: Mapping[str, tuple[Shape, ...]]
    """For each folded anchor its shapes in spellings of several words."""
    forms: Container[str]
    """The spellings: one of a single word is its own anchor."""

    def shapes(self, word: str) -> tuple[Shape, ...]:
        """Return the shapes of a folded word in the spellings whose anchor it is."""
        shapes = self.parts.get(word, ())
        return (_ALONE, *shapes) if word in self.forms else shapes


@lru_cache(maxsize=8)
def gate_of(lexicon: Lexicon) -> Gate:
    """Return the gate of a lexicon: what was built beforehand, and the user's own forms."""
    parts = read_anchors(read_text(ANCHORS))
    hashes = Hashes._make(np.frombuffer(read_bytes(name), "<u8") for name in (WHOLE, PARTS, PAIRS))
    if lexicon.own:
        own = anchors_of(lexicon.own, lexicon.words)
        hashes |= hashes_of(lexicon.own, own)
        for anchor, shapes in own.items():
            parts[anchor] = tuple(dict.fromkeys((*parts.get(anchor, ()), *shapes)))
    anchors = HashIndex.of(np.concatenate((hashes.whole, hashes.parts)))

    @lru_cache(maxsize=1 << 14)
    def is_marked_anchor(word: bytes) -> bool:
        folded = fold(word.decode())
        return any(folded[cut:] in parts or folded[cut:] in lexicon.entries for cut in cuts_of(folded))

    return Gate(anchors, len(hashes.whole), HashIndex.of(hashes.pairs), is_marked_anchor, parts, lexicon.entries)


def anchors_of(keys: Iterable[str], words: Mapping[str, Context]) -> dict[str, tuple[Shape, ...]]:
    """Return the anchors of some spellings, with their shapes in those of several words.

    Args:
        keys: spellings by their keys.
        words: sets of context words; function words and what opens a sentence are too common for an anchor.

    Example:
        >>> from bidi_news.variants.tables import Context
        >>> anchors_of(["qum", "eid al fitr", "port said"], {"openers": Context(left=frozenset({"said"}))})
        {'qum': (), 'fitr': ((2, 3),), 'port': ((0, 2),)}
    """
    common = frozenset().union(*(part for name in _COMMON if name in words for part in words[name]))
    anchors: dict[str, tuple[Shape, ...]] = {}
    for key in keys:
        parts = _KEY_WORD.findall(key)
        anchor = max(reversed(parts), key=lambda part: (part not in common, len(part)))
        shape = (parts.index(anchor), len(parts))
        known = anchors.setdefault(anchor, ())
        if shape != _ALONE and shape not in known:
            anchors[anchor] = (*known, shape)
    return anchors


def read_anchors(text: str) -> dict[str, tuple[Shape, ...]]:
    """Return the anchors of several words that :func:`write_anchors` wrote."""
    anchors = {}
    for line in text.splitlines():
        anchor, *numbers = line.split()
        anchors[anchor] = tuple((int(a), int(b)) for a, b in zip(numbers[::2], numbers[1::2], strict=True))
    return anchors


def write_anchors(anchors: Mapping[str, tuple[Shape, ...]]) -> str:
    r"""Return the anchors of several words as text, one a line with the numbers of its shapes.

    Example:
        >>> write_anchors({"qum": (), "fitr": ((2, 3),)})
        'fitr 2 3\n'
    """
    lines = (f"{anchor} {' '.join(f'{a} {b}' for a, b in anchors[anchor])}\n" for anchor in sorted(anchors))
    return "".join(line for line in lines if not line.endswith(" \n"))


def hashes_of(keys: Collection[str], anchors: Iterable[str]) -> Hashes:
    """Return the hashes of some spellings, each once and sorted.

    Args:
        keys: the spellings by their keys.
        anchors: their anchors.

    Example:
        >>> [len(hashes) for hashes in hashes_of(["qum", "eid al fitr"], ["qum", "fitr"])]
        [1, 1, 2]
    """
    known = frozenset(keys)
    parts = {anchor for anchor in anchors if anchor.isascii() and anchor not in known}
    whole = [word for anchor in anchors if anchor not in parts for word in _written(anchor)]
    neighbours = [pair for key in keys for pair in pairwise(_PLAIN_WORD.findall(key)) if "".join(pair).isascii()]
    first, second = (hash_words([pair[place] for pair in neighbours]) for place in (0, 1))
    return Hashes(*map(np.unique, (hash_words(whole), hash_words(sorted(parts)), _hash_pairs(first, second))))


def _hash_pairs(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the hashes of words and the words after them as one."""
    return first * np.uint64(0x9E3779B97F4A7C15) ^ second


def _written(anchor: str) -> Sequence[str]:
    """Return the words of a page that may hold an anchor."""
    if anchor.isascii():
        return [anchor]
    if _is_hebrew(anchor):
        return [proclitic + anchor for proclitic in PROCLITICS]
    return [proclitic + word for proclitic in ARABIC_PROCLITICS for word in spellings(anchor)]


def _is_hebrew(word: str) -> bool:
    """Return whether a folded word begins with a Hebrew letter."""
    return "א" <= word[:1] <= "ת"


def candidates(batch: Batch, gate: Gate) -> NDArray[np.int64]:
    """Return the indexes of the words that may be an anchor, sorted."""
    exact, rows = gate.anchors.find(batch.word_hashes)
    exact = exact[(rows < gate.whole) | _are_paired(batch, exact, gate.pairs)]
    marked = _marked_words(batch, gate)
    if not marked:
        return exact
    either = np.zeros(len(batch.word_hashes), bool)
    either[exact] = True
    either[marked] = True
    return np.flatnonzero(either)


def _are_paired(batch: Batch, words: NDArray[np.int64], pairs: HashIndex) -> NDArray[np.bool_]:
    """Return which words have a neighbour as in some spelling, or one outside ASCII, which must be folded to tell."""
    before, after = np.maximum(words - 1, 0), np.minimum(words + 1, len(batch.word_hashes) - 1)
    paired = _goes_beyond_ascii(batch, before) | _goes_beyond_ascii(batch, after)
    for first, second in ((before, words), (words, after)):
        paired[pairs.find(_hash_pairs(batch.word_hashes[first], batch.word_hashes[second]))[0]] = True
    return paired


def _goes_beyond_ascii(batch: Batch, words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words have more bytes than characters."""
    starts, ends = batch.word_starts[words], batch.word_ends[words]
    found: NDArray[np.bool_] = ends - starts > batch.points[ends] - batch.points[starts]
    return found


def _marked_words(batch: Batch, gate: Gate) -> list[int]:
    """Return the words that are an anchor once folding has taken marks from them, which the hash does not know of."""
    high = np.flatnonzero(batch.data > _LAST_ONE_BYTE)
    if not high.size:
        return []
    lead = batch.data[high]
    second = batch.data[high + 1]  # every page ends in a line feed, so there is one
    high = high[_MARKED[lead.astype(np.uint16) << 8 | second]]
    if not high.size:
        return []
    words = np.searchsorted(batch.word_starts, high, side="right") - 1
    words = words[np.diff(words, prepend=-1) > 0]
    data = batch.data.tobytes()
    bounds = zip(words.tolist(), batch.word_starts[words].tolist(), batch.word_ends[words].tolist(), strict=True)
    return [word for word, start, end in bounds if gate.is_marked_anchor(data[start:end])]


def cuts_of(word: str) -> tuple[int, ...]:
    """Return where the proclitics of a folded Hebrew or Arabic word may end."""
    if word.isascii():
        return (0,)
    if _is_hebrew(word):
        return split_proclitics(word)
    return tuple(len(p) for p in ARABIC_PROCLITICS if word.startswith(p) and len(p) < len(word))
