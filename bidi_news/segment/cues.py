"""Cues to what the lines of a batch are, for all lines at once: what the rules of the frame look at first.

Example:
    >>> from bidi_news.segment.cues import CROSSHEAD
    >>> CROSSHEAD
    9
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.hashes import HashIndex, hash_words
from bidi_news.model import ChromeKind
from bidi_news.segment.lexical import hash_phrases
from bidi_news.segment.network import SCALE
from bidi_news.segment.shapes import agencies, notice_words
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bidi_news.batch import Batch

__all__ = ["CROSSHEAD", "MIXED", "Cues", "Said"]

CROSSHEAD: Final = 9
"""Most words of a crosshead."""
MIXED: Final = 14
"""Most words of a line that says who and when."""
_LONG_CROSSHEAD: Final = 16  # words
_LONG_STAMP: Final = 140  # characters; a longer line is no stamp
_LONG_CAPTION: Final = 320  # characters of a caption with its credit
_SEPARATORS: Final = np.zeros(256, bool)  # bytes that may stand between the figures of a date or a time
_SEPARATORS[[*b"./:-"]] = True
_SEPARATORS[0xE2] = True  # a bidi mark or a dash of another kind; the line itself tells
_NO_TITLE_OPENS, _NO_TITLE_ENDS = np.zeros((2, 256), bool)  # bytes; the rules look for the other characters
_NO_TITLE_OPENS[[*b"-*\"'0123456789"]] = True
_NO_TITLE_ENDS[[*b".!?:;,\"')*"]] = True
_COMMENTS: Final = tuple(ChromeKind).index(ChromeKind.COMMENTS)


class Said(NamedTuple):
    """What the words of the lines of a batch say."""

    categories: NDArray[np.int64]
    """Words of each line by category, as :mod:`bidi_news.segment.lexical` counts them."""
    hashes: NDArray[np.uint64]
    """Sum of the hashes of each line's words."""


class Cues(NamedTuple):
    """The lines of a batch as the rules read them: what each line has, and which lines have something.

    What the rules ask of few lines are views of the arrays; lists would hold an object for each line.
    """

    batch: Batch
    """The pages."""
    headline: Sequence[int]
    """The network's score for a headline, less what no title is like: a word or two, a whole paragraph, words of the
    interface, bars and arrows."""
    deck: Sequence[int]
    """The network's score for a deck."""
    furniture: bytes
    """Whether the line is known page furniture."""
    body: bytes
    """Whether the network takes the line for body."""
    hebrew: bytes
    """Whether the line has more Hebrew letters than Latin ones in lower case."""
    marked: bytes
    """Whether the line is short and has a word of the interface, or a bar, an arrow or another symbol."""
    crossheads: bytes
    """Whether the network takes the line for a crosshead, and it is short."""
    starts: Sequence[int]
    """First code point of the line."""
    ends: Sequence[int]
    """Code point after its last."""
    words: list[int]
    """Words of the line."""
    hashes: NDArray[np.uint64]
    """Sum of the hashes of the line's words: equal lines have equal ones."""
    body_words: Sequence[int]
    """Words of the body before each line of the batch, and of all of it."""
    dated: list[int]
    """The lines, in rising order like all below, that are short and have figures enough for a stamp."""
    bylined: list[int]
    """Those that are short and have a word of bylines, or are the name of an agency."""
    credited: list[int]
    """Those that have a word of credits."""
    captions: list[int]
    """Those that the network takes for captions."""
    bylines: list[int]
    """Those that it takes for bylines, and that are short."""
    short: list[int]
    """Those of the body that may be crossheads: by the network, or short, open and over a long line of the body."""
    notices: list[int]
    """Those that have a word of notices."""
    comments: list[int]
    """Those that are furniture of a comment section."""
    doubled: list[int]
    """Those whose next line seems to say the same."""

    @classmethod
    def of(
        cls,
        batch: Batch,
        said: Said,
        scores: NDArray[np.int64],
        kinds: NDArray[np.int8],
        body: NDArray[np.bool_],
    ) -> Cues:
        """Compute the cues.

        Args:
            batch: the pages.
            said: what the words of each line say.
            scores: the network's scores of each line.
            kinds: kind of page furniture of each line, -1 for none.
            body: whether the network takes each line for body.
        """
        categories, hashes = said
        counts = batch.line_classes
        characters = counts.sum(axis=1)
        dated = (_figures(batch) | (categories[:, 4] > 0)) & (counts[:, CharClass.DIGIT] >= 3)
        words = np.diff(batch.line_words)
        body_score, headline, deck, byline, caption, crosshead = scores.T  # the order of OUTPUTS
        unlikely = np.maximum(5 - words, 0) + np.maximum(words - 25, 0) // 4
        interface, symbol = categories[:, 1] > 0, counts[:, CharClass.SYMBOL] > 0
        unlikely += interface.astype(np.int64) + symbol
        crossheads = (crosshead > 0) & (words <= _LONG_CROSSHEAD)
        return cls(
            batch=batch,
            headline=(headline - SCALE * unlikely).data,
            deck=deck.data,
            furniture=(kinds >= 0).tobytes(),
            body=body.tobytes(),
            hebrew=(counts[:, CharClass.HEBREW] > counts[:, CharClass.LOWER]).tobytes(),
            marked=((interface | symbol) & (words <= MIXED)).tobytes(),
            crossheads=crossheads.tobytes(),
            starts=batch.line_offsets[0].data,
            ends=batch.line_offsets[1].data,
            words=words.tolist(),
            hashes=hashes,
            body_words=np.cumsum(np.append(0, words * body)).data,
            dated=_lines(dated & (characters <= _LONG_STAMP)),
            bylined=_lines(((categories[:, 3] > 0) & (words <= MIXED)) | _is_agency(hashes)),
            credited=_lines((categories[:, 2] > 0) & (characters <= _LONG_CAPTION)),
            captions=_lines((caption > SCALE) & (body_score < 0)),
            bylines=_lines((byline > 0) & (words <= MIXED) & (words > 0)),
            short=_lines(
                body & (crossheads | ((words <= CROSSHEAD) & _next(body & (words > CROSSHEAD)) & ~_closed(batch)))
            ),
            notices=_lines(_has_notice_word(batch)),
            comments=_lines(kinds == _COMMENTS),
            doubled=_lines((hashes[1:] == hashes[:-1]) & (words[1:] == words[:-1]) & (words[1:] >= 2)),
        )


def _lines(flags: NDArray[np.bool_]) -> list[int]:
    """Return the lines that are flagged."""
    lines: list[int] = np.flatnonzero(flags).tolist()
    return lines


def _next(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which lines stand over a flagged one."""
    return np.append(flags[1:], np.zeros(min(len(flags), 1), bool))


def _closed(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines open or end with a byte that no title does."""
    return _NO_TITLE_OPENS.take(batch.data[batch.line_starts]) | _NO_TITLE_ENDS.take(batch.data[batch.line_ends - 1])


def _is_agency(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which lines are the name of an agency, by the sums of the hashes of their words."""
    found = np.zeros(len(hashes), bool)
    found[_agencies().find(hashes)[0]] = True
    return found


@cache
def _agencies() -> HashIndex:
    """Return the sum of the hashes of the words of each agency."""
    return HashIndex.of(hash_phrases(sorted(agencies())))


def _has_notice_word(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines have a word of notices."""
    words, _ = _notice_words().find(batch.word_hashes)
    found = np.zeros(len(batch.line_starts), bool)
    found[batch.line_of(batch.word_starts[words])] = True
    return found


@cache
def _notice_words() -> HashIndex:
    """Return the hashes of the words of notices."""
    return HashIndex.of(hash_words(notice_words()))


def _figures(batch: Batch) -> NDArray[np.bool_]:
    """Return which lines have two figures with a separator of dates or times between them."""
    figures = batch.run_classes == CharClass.DIGIT.value
    between = batch.run_starts[np.flatnonzero(figures[:-2] & figures[2:]) + 1]
    found = np.zeros(len(batch.line_starts), bool)
    found[batch.line_of(between[_SEPARATORS.take(batch.data[between])])] = True
    return found
