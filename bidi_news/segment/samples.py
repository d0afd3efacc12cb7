r"""Labelled pages as the network trains on them: features and wanted outputs of each line, and variations of the pages.

Where every line has a label, body and crosshead are the body; where only the body's text is known, its lines are found
by their words.

Example:
    >>> from bidi_news.gold import GoldPage
    >>> from bidi_news.model import Page
    >>> from bidi_news.segment.recipe import Recipe
    >>> page = Page(text="Menu\nA first paragraph, with a stop.")
    >>> gold = GoldPage(id=1, text=page, body="A first paragraph, with a stop.")
    >>> next(read_samples([(Document(page=page, text=page.text), gold)], Recipe())).labels[:, 0].tolist()
    [0.0, 1.0]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from bidi_news.batch import Batch, Document
from bidi_news.model import Label
from bidi_news.segment.align import align, tokens
from bidi_news.segment.augment import Piece, augmented
from bidi_news.segment.features import line_features, mark_features
from bidi_news.segment.graft import frame_of, graft, story_of
from bidi_news.segment.lexical import count_words
from bidi_news.segment.network import OUTPUTS
from bidi_news.unicode.classes import CharClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from bidi_news.gold import GoldPage
    from bidi_news.segment.graft import Frame, Story
    from bidi_news.segment.recipe import Recipe

__all__ = ["Sample", "read_samples"]

_TOLD: Final = 0.8
"""Share of the pages made of several that tell another page's story."""
_MEANT: Final = tuple((Label.BODY, Label.CROSSHEAD) if output is Label.BODY else (output,) for output in OUTPUTS)
"""Labels of the lines of each output: a crosshead is body and crosshead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled page, ready to train on."""

    features: NDArray[np.float32]
    """Whole numbers, shape (lines, features)."""
    labels: NDArray[np.float32]
    """1 where the line is the output's, 0 where not, shape (lines, len(OUTPUTS))."""
    known: NDArray[np.float32]
    """How much each output counts: 1 where the page's labels speak of it, else 0; shape (len(OUTPUTS),)."""
    words: NDArray[np.float32]
    """Words of each line, shape (lines,)."""
    weight: float = 1.0
    """Of the whole page."""
    sites: frozenset[str] = frozenset()
    """Where the page is from; a page made of several is from all their sites."""
    whole: bool = False
    """Whether it is the page as given, for the first time: the ones to measure on."""


def read_samples(pages: Iterable[tuple[Document, GoldPage]], recipe: Recipe) -> Iterator[Sample]:
    """Give the samples of each page: itself and the pages made of it, as often and as long as the recipe says.

    Args:
        pages: documents, each with its labels.
        recipe: how to train.
    """
    most = np.inf if recipe.most_words is None else recipe.most_words
    return (sample for sample in _samples(pages, recipe) if recipe.least_words <= sample.words.sum() <= most)


def _samples(pages: Iterable[tuple[Document, GoldPage]], recipe: Recipe) -> Iterator[Sample]:
    """Give the samples of each page and of the pages made of them, of any length."""
    random = np.random.default_rng(recipe.seed)
    frames: list[Frame] = []
    told: tuple[list[Story], list[Story]] = ([], [])  # on pages with and without labelled lines
    for document, gold in pages:
        sample = _sample(document, gold, recipe)
        if sample is None:
            continue
        # pages made of several are text: HTML is learned from as it is
        frame, story = frame_of(gold) if document.marks is None else None, story_of(gold)
        if frame is not None:
            frames.append(frame)
        if story is not None:
            told[frame is None].append(story)
        lines = [line.strip() for line in document.text.split("\n") if line.strip()]
        if len(lines) != len(sample.labels):
            lines = []  # a line end that is none to str.split: the page itself is enough
        for turn in range(1 if frame is None else recipe.repeats):
            yield replace(sample, whole=turn == 0)
            for pieces in augmented(lines, sample.labels, recipe.augmentation, random) if lines else ():
                part = _part(document, sample, pieces)
                if part is not None:
                    yield part
    yield from _grafts(frames, [stories for stories in told if stories], recipe, random)


def _grafts(
    frames: Sequence[Frame], told: Sequence[Sequence[Story]], recipe: Recipe, random: np.random.Generator
) -> Iterator[Sample]:
    """Give the samples of pages made of several: each frame, as often as the recipe says, with stories of each kind."""
    for frame in frames:
        for _ in range(recipe.grafts):
            story = None
            if told and random.random() < _TOLD:
                stories = told[int(random.integers(len(told)))]
                story = stories[int(random.integers(len(stories)))]
            gold = graft(frame, frames, story, random)
            if gold is None or gold.text is None or gold.text.text is None:
                continue
            sample = _sample(Document(page=gold.text, text=gold.text.text), gold, recipe)
            if sample is not None:
                yield sample if story is None else replace(sample, sites=sample.sites | {story.site})


def _sample(document: Document, gold: GoldPage, recipe: Recipe) -> Sample | None:
    """Return the sample of a document, None where it has no line."""
    batch = Batch.of([document])
    if not len(batch.line_starts):
        return None
    spans = list(zip(*batch.line_offsets.tolist(), strict=True))
    lines = [document.text[start:end] for start, end in spans]
    labels, known = _found_labels(lines, gold) if gold.blocks is None else _given_labels(gold.labels(spans))
    return Sample(
        features=_inputs(batch),
        labels=labels,
        known=known,
        words=np.array([len(tokens(line)) for line in lines], np.float32),
        weight=(recipe.right_to_left if _is_right_to_left(batch) else 1.0) * (recipe.labelled if gold.blocks else 1.0),
        sites=frozenset({gold.site}),
    )


def _is_right_to_left(batch: Batch) -> bool:
    """Return whether most letters of a page's long lines are Hebrew or Arabic."""
    counts = batch.line_classes[batch.line_classes.sum(axis=1) >= 60].sum(axis=0)
    return bool(counts[[CharClass.HEBREW, CharClass.ARABIC]].sum() > counts[[CharClass.LOWER, CharClass.UPPER]].sum())


def _given_labels(labels: list[Label]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the outputs wanted of lines that have labels, and that all are known."""
    wanted = [[label in meant for meant in _MEANT] for label in labels]
    return np.array(wanted, np.float32), np.ones(len(OUTPUTS), np.float32)


def _found_labels(lines: list[str], gold: GoldPage) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the outputs wanted of the lines of a page whose body is known, and which outputs are."""
    labels = np.zeros((len(lines), len(OUTPUTS)), np.float32)
    labels[:, 0] = align(lines, gold.body)
    folded = [" ".join(tokens(line)) for line in lines]
    body = np.flatnonzero(labels[:, 0])
    limit = int(body[0]) + 3 if body.size else len(lines)
    known = np.zeros(len(OUTPUTS), np.float32)
    known[0] = 1
    for column, given in ((1, gold.facts.get("headline")), (2, gold.deck)):
        wanted = " ".join(tokens(given or ""))
        for i, line in enumerate(folded[:limit] if wanted else ()):
            labels[i, column] = line == wanted
        known[column] = labels[:, column].any()
    return labels, known


def _part(document: Document, sample: Sample, pieces: list[Piece]) -> Sample | None:
    """Return the sample of a page made of some lines, or parts of lines, of another; None where it has none."""
    if not pieces:
        return None
    kept = [i for i, _ in pieces]
    gap = "\n\n" if "\n\n" in document.text else "\n"
    text = "".join(line + (gap if sample.labels[i, 0] else "\n") for i, line in pieces)
    marks = None if document.marks is None else document.marks[kept]
    batch = Batch.of([Document(page=document.page, text=text, marks=marks, evidence=document.evidence)])
    if len(batch.line_starts) != len(kept):
        return None
    words = np.array([len(tokens(line)) for _, line in pieces], np.float32)
    return replace(sample, features=_inputs(batch), labels=sample.labels[kept], words=words, whole=False)


def _inputs(batch: Batch) -> NDArray[np.float32]:
    """Return what the network sees of the lines of a batch of one page."""
    features = line_features(batch, count_words(batch))
    if batch.documents[0].marks is None:
        return features
    return np.concatenate((features, mark_features(batch)), axis=1)
