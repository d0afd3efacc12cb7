r"""Pages made of several others: one page's frame, another's story, the furniture of a third.

A collection has few pages with every line labelled. What surrounds an article does not hang on what it tells, so each
such page is learned from again with other stories in it and other furniture around it.

Example:
    >>> from bidi_news.model import Page
    >>> text = "Home\nOld bridge\n\nIt fell.\n\nIt was old.\nShare"
    >>> blocks = (GoldBlock(5, 15, Label.HEADLINE), GoldBlock(17, 25, Label.BODY), GoldBlock(27, 38, Label.BODY))
    >>> frame = frame_of(GoldPage(id=1, text=Page(text=text), blocks=blocks))
    >>> [(label and label.value, line) for label, line in frame.lines][:3]
    [('chrome', 'Home'), ('headline', 'Old bridge'), (None, '')]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bidi_news.gold import GoldBlock, GoldPage
from bidi_news.model import Label, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

__all__ = ["Frame", "Story", "frame_of", "graft", "story_of"]

Line = tuple[Label | None, str]
"""A line and its label; None for a blank one."""

_BLANK: Final[Line] = (None, "")
_LENGTHS: Final = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20)
"""Paragraphs of a story that are taken."""
_MOST_FURNITURE: Final = 40
"""Lines of furniture that are taken from another page at a time."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page with every line labelled."""

    site: str
    """Where it is from."""
    lines: tuple[Line, ...]
    """All its lines, the blank ones too."""

    def article(self) -> range:
        """Return the lines from the article's first to its last; at the end where the page has none."""
        found = [place for place, (label, _) in enumerate(self.lines) if label not in {None, Label.CHROME}]
        return range(found[0], found[-1] + 1) if found else range(len(self.lines), len(self.lines))


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells."""

    site: str
    """Where it is from."""
    paragraphs: tuple[str, ...]
    """Its body, at least one."""
    headline: str | None
    """Its title, where that is known."""
    deck: str | None
    """Its standfirst, where that is known."""


def frame_of(gold: GoldPage) -> Frame | None:
    """Return the frame of a page, None for a page whose lines have no labels."""
    if gold.blocks is None or gold.text is None or gold.text.text is None:
        return None
    lines: list[Line] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for line in gold.text.text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    for (low, high), label in zip(spans, gold.labels(spans), strict=True):
        line = gold.text.text[low:high]
        lines.append((label, line) if line.strip() else _BLANK)
    return Frame(gold.site, tuple(lines))


def story_of(gold: GoldPage) -> Story | None:
    """Return what a page tells, None where it tells nothing."""
    frame = frame_of(gold)
    if frame is None:
        told = {Label.BODY: [line.strip() for line in gold.body.split("\n") if line.strip()]}
        headline, deck = gold.facts.get("headline"), gold.deck
    else:
        told = {label: [line for said, line in frame.lines if said is label] for label in Label}
        headline, deck = (next(iter(told[label]), None) for label in (Label.HEADLINE, Label.DECK))
    return Story(gold.site, tuple(told[Label.BODY]), headline, deck) if told[Label.BODY] else None


def graft(frame: Frame, others: Sequence[Frame], story: Story | None, random: np.random.Generator) -> GoldPage | None:
    """Return a page with a frame's order of things, another story, and furniture left out, put in or exchanged.

    Args:
        frame: the page to begin with.
        others: pages whose furniture may be taken.
        story: what it is to tell; None keeps its own.
        random: source of every choice.

    Returns:
        The page, its text the lines joined by line feeds; None if nothing is left of it.
    """
    article = frame.article()
    above, lines, below = (
        list(frame.lines[: article.start]),
        list(frame.lines[article.start : article.stop]),
        list(frame.lines[article.stop :]),
    )
    if story is not None:
        lines = _told(lines, story, random)
    above = _exchanged(above, others, random, top=True)
    below = _exchanged(below, others, random, top=False)
    lines = above + lines + below
    drawn = random.random()
    if drawn < 0.2:
        lines = [line for line in lines if line[0]]
    elif drawn < 0.32:
        lines = [part for line in lines for part in ((line, _BLANK) if line[0] else (line,))]
    return _page(lines, frame.site)


def _told(lines: list[Line], story: Story, random: np.random.Generator) -> list[Line]:
    """Return the lines of an article with another story in them."""
    body = [place for place, (label, _) in enumerate(lines) if label is Label.BODY]
    if not body:
        return lines
    count = _LENGTHS[int(random.integers(len(_LENGTHS)))]
    begin = 0 if random.random() < 0.6 else int(random.integers(max(1, len(story.paragraphs) - count + 1)))
    paragraphs = list(story.paragraphs[begin : begin + count])
    # what stands between the first two paragraphs stands between those that are added
    between = lines[body[0] + 1 : body[1]] if len(body) > 1 else [_BLANK]
    gap = [_BLANK] * len(between) if not any(label for label, _ in between) else [_BLANK]
    given = {Label.HEADLINE: story.headline, Label.DECK: story.deck}
    dropped = {Label.CROSSHEAD: 0.4, Label.DECK: 0.0 if story.deck is not None else 0.5}
    told: list[Line] = []
    for place, (label, line) in enumerate(lines):
        if label is Label.BODY:
            added = paragraphs if place == body[-1] else paragraphs[:1]
            paragraphs = paragraphs[len(added) :]
            for number, paragraph in enumerate(added):
                told += [*(gap if number else ()), (Label.BODY, paragraph)]
        elif label is None or random.random() >= dropped.get(label, 0):
            told.append((label, given.get(label) or line if label else line))
    return told


def _exchanged(furniture: list[Line], others: Sequence[Frame], random: np.random.Generator, *, top: bool) -> list[Line]:
    """Return the furniture above or below an article with some of it cut out, or with some of another page."""
    drawn = random.random()
    if drawn < 0.3:
        return _cut(furniture, random)
    if drawn < 0.5:
        return _taken(others, random, top=top)
    if drawn < 0.6:
        return _taken(others, random, top=top) + furniture
    if drawn < 0.7:
        return furniture + _taken(others, random, top=top)
    return [] if drawn < 0.76 else furniture


def _cut(lines: list[Line], random: np.random.Generator) -> list[Line]:
    """Return some lines without a run of them."""
    if len(lines) < 2:
        return lines
    begin = int(random.integers(len(lines)))
    return lines[:begin] + lines[int(random.integers(begin, len(lines))) + 1 :]


def _taken(others: Sequence[Frame], random: np.random.Generator, *, top: bool) -> list[Line]:
    """Return a run of the furniture that stands above, or below, the article of another page."""
    other = others[int(random.integers(len(others)))]
    article = other.article()
    lines = other.lines[: article.start] if top else other.lines[article.stop :]
    if not lines:
        return []
    count = 1 + int(random.integers(min(_MOST_FURNITURE, len(lines))))
    begin = int(random.integers(len(lines) - count + 1))
    return list(lines[begin : begin + count])


def _page(lines: list[Line], site: str) -> GoldPage | None:
    """Return labelled lines as a page."""
    if not any(label for label, _ in lines):
        return None
    blocks: list[GoldBlock] = []
    start = 0
    for label, line in lines:
        if label is not None:
            begin = start + len(line) - len(line.lstrip())
            blocks.append(GoldBlock(begin, begin + len(line.strip()), label))
        start += len(line) + 1
    text = "\n".join(line for _, line in lines)
    return GoldPage(id=None, text=Page(text=text), layout=site, blocks=tuple(blocks))
