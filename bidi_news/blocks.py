"""The labelled blocks of a page: what a block can be, one block, and those of a page as arrays.

Example:
    >>> from bidi_news.blocks import Block, Blocks, Label
    >>> Blocks.of([Block(start=0, end=4, label=Label.BODY, language="en", score=0.9)]).labels.tolist()
    [4]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Block", "Blocks", "ChromeKind", "Label"]


class Label(StrEnum):
    """What a block of a page is."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    TIMESTAMP = "timestamp"
    BODY = "body"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    CREDIT = "credit"
    CHROME = "chrome"


class ChromeKind(StrEnum):
    """What a chrome block is for, where that is known."""

    NAV = "nav"
    SHARE = "share"
    COMMENTS = "comments"
    RELATED = "related"
    LEGAL = "legal"
    AD = "ad"


_LABELS, _KINDS = tuple(Label), tuple(ChromeKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One labelled piece of a page: a non-blank line, without its outer white space."""

    start: int
    """First code point in ``text``."""
    end: int
    """Code point after the last one."""
    label: Label
    """What it is."""
    kind: ChromeKind | None = None
    """For chrome: what it is for, where known."""
    language: str
    """BCP 47 tag of the block, ``und`` where undecided."""
    score: float
    """Confidence in the label, 0 to 1, two decimals."""
    tag: str | None = None
    """HTML element that made the block; None for plain text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks(Sequence[Block]):
    """The blocks of a page, kept as arrays; a :class:`Block` is made when one is asked for.

    A page has hundreds of lines and most users read few of them: arrays are many times cheaper than objects.

    Example:
        >>> blocks = Blocks.of([Block(start=0, end=4, label=Label.BODY, language="en", score=0.9)])
        >>> blocks[0].label.value, len(blocks)
        ('body', 1)
    """

    starts: NDArray[np.int32]
    """:attr:`Block.start` of each."""
    ends: NDArray[np.int32]
    """:attr:`Block.end` of each."""
    labels: NDArray[np.uint8]
    """Index of each label in ``tuple(Label)``."""
    kinds: NDArray[np.int8]
    """Index of each kind in ``tuple(ChromeKind)``, -1 for none."""
    languages: NDArray[np.int8]
    """Index of each language in ``names``, -1 for ``und``."""
    names: tuple[str, ...]
    """BCP 47 tags."""
    percents: NDArray[np.uint8]
    """:attr:`Block.score` of each, in hundredths."""
    tags: tuple[str, ...] | None = None
    """:attr:`Block.tag` of each; None for plain text."""

    @classmethod
    def of(cls, blocks: Iterable[Block] = ()) -> Blocks:
        """Return some blocks as arrays. Scores keep two decimals; either all blocks have a tag or none has."""
        import numpy as np  # noqa: PLC0415  (whoever only names the types need not load it)

        rows = tuple(blocks)
        names = tuple(dict.fromkeys(row.language for row in rows if row.language != "und"))
        return cls(
            starts=np.array([row.start for row in rows], np.int32),
            ends=np.array([row.end for row in rows], np.int32),
            labels=np.array([_LABELS.index(row.label) for row in rows], np.uint8),
            kinds=np.array([-1 if row.kind is None else _KINDS.index(row.kind) for row in rows], np.int8),
            languages=np.array([names.index(x.language) if x.language != "und" else -1 for x in rows], np.int8),
            names=names,
            percents=np.array([round(100 * row.score) for row in rows], np.uint8),
            tags=tuple(row.tag for row in rows if row.tag is not None) or None,
        )

    def part(self, low: int, high: int, tags: tuple[str, ...] | None) -> Blocks:
        """Return the blocks of a range, which share these arrays, with their tags."""
        return Blocks(
            starts=self.starts[low:high],
            ends=self.ends[low:high],
            labels=self.labels[low:high],
            kinds=self.kinds[low:high],
            languages=self.languages[low:high],
            names=self.names,
            percents=self.percents[low:high],
            tags=tags,
        )

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        """Return one block, or a tuple of them for a slice."""
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        kind, language = int(self.kinds[index]), int(self.languages[index])
        return Block(
            start=int(self.starts[index]),
            end=int(self.ends[index]),
            label=_LABELS[self.labels[index]],
            kind=None if kind < 0 else _KINDS[kind],
            language="und" if language < 0 else self.names[language],
            score=int(self.percents[index]) / 100,
            tag=None if self.tags is None else self.tags[index],
        )

    def __iter__(self) -> Iterator[Block]:
        """Give the blocks in page order."""
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Compare block by block."""
        return tuple(self) == tuple(other) if isinstance(other, Blocks) else NotImplemented

    def __hash__(self) -> int:
        """Agree with ``==``."""
        return hash(tuple(self))

    def labelled(self, *labels: Label) -> tuple[Block, ...]:
        """Return the blocks with one of ``labels``, in page order."""
        wanted = {_LABELS.index(label) for label in labels}
        return tuple(self[i] for i, label in enumerate(self.labels.tolist()) if label in wanted)
