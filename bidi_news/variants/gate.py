"""The gate: which words of a batch may belong to a spelling of the lexicon, asked of all words at once.

A spelling is known by its longest word, its anchor: "Eid al-Fitr" by "fitr", "Shi'ite" by "shi". The
hashes of the words are looked up among those of the anchors, with all that Hebrew and Arabic write together with a
word. Words with marks that folding takes away have other hashes; they are few and folded one by one.

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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex, hash_words
from bidi_news.unicode.arabic import ARABIC_PROCLITICS, spellings
from bidi_news.unicode.fold import fold
from bidi_news.unicode.hebrew import PROCLITICS, split_proclitics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch
    from bidi_news.variants.lexicon import Lexicon

__all__ = ["Gate", "candidates", "cuts_of", "gate_of"]

_KEY_WORD = re.compile(r"[^ '\"]+")
_ALONE = ((0, 1),)
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


class Gate(NamedTuple):
    """What decides quickly that a word is in no spelling."""

    anchors: HashIndex
    """Hashes of the anchors."""
    shapes: Mapping[str, tuple[tuple[int, int], ...]]
    """For each folded anchor: its index in a spelling and the number of words of that spelling."""


@lru_cache(maxsize=8)
def gate_of(lexicon: Lexicon) -> Gate:
    """Build the gate of a lexicon."""
    common = lexicon.words["english"].line | lexicon.words["foreign"].line
    shapes = dict.fromkeys(filter(str.isalpha, lexicon.forms), _ALONE)
    for key in lexicon.forms:
        if not key.isalpha():
            words = _KEY_WORD.findall(key)
            anchor = max(reversed(words), key=lambda word: len(word) - (word in common))
            shape = (words.index(anchor), len(words))
            known = shapes.get(anchor, ())
            if shape not in known:
                shapes[anchor] = (shape, *known)
    words = [word for word in shapes if word.isascii()]
    for anchor in shapes.keys() - set(words):
        words += _written(anchor)
    return Gate(HashIndex.of(hash_words(words)), shapes)


def _written(anchor: str) -> Sequence[str]:
    """Return the words of a page that may hold an anchor, all that is written together with it included."""
    if _is_hebrew(anchor):
        return [proclitic + anchor for proclitic in PROCLITICS]
    return [proclitic + word for proclitic in ARABIC_PROCLITICS for word in spellings(anchor)]


def _is_hebrew(word: str) -> bool:
    """Return whether a folded word begins with a Hebrew letter."""
    return "א" <= word[:1] <= "ת"


def candidates(batch: Batch, gate: Gate) -> NDArray[np.int64]:
    """Return the indexes of the words that may be an anchor, sorted."""
    exact, _ = gate.anchors.find(batch.word_hashes)
    marked = _marked_words(batch, gate)
    if not marked:
        return exact
    either = np.zeros(len(batch.word_hashes), bool)
    either[exact] = True
    either[marked] = True
    return np.flatnonzero(either)


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
    return [word for word, start, end in bounds if not gate.shapes.keys().isdisjoint(_readings(data[start:end]))]


@lru_cache(maxsize=1 << 14)
def _readings(word: bytes) -> tuple[str, ...]:
    """Return a word folded, and what is left of it after its proclitics."""
    folded = fold(word.decode())
    return tuple(folded[cut:] for cut in cuts_of(folded))


def cuts_of(word: str) -> tuple[int, ...]:
    """Return where the proclitics of a folded Hebrew or Arabic word may end."""
    if word.isascii():
        return (0,)
    if _is_hebrew(word):
        return split_proclitics(word)
    return tuple(len(p) for p in ARABIC_PROCLITICS if word.startswith(p) and len(p) < len(word))
