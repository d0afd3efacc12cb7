"""The figures of an evaluation: what was compared page by page, and what it adds up to.

What each figure counts stands in :mod:`bidi_news.evaluate`, which makes the comparisons.

Example:
    >>> LabelFigures(label=Label.DECK, right=3, found=4, support=6).f1
    0.6
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bidi_news.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Comparison", "Figures", "Group", "LabelFigures", "Report", "Verdict", "f1_of"]

Verdict = Literal["right", "open", "wrong"]
"""What a record's date is."""
Group = Literal["outlet", "layout", "page"]
"""What pages can be taken together by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One page's record beside what gold says; None for what gold does not say."""

    page: str
    """Id of the page."""
    outlet: str
    """Id of its outlet profile, else the host of its address, else ``unknown``."""
    layout: str
    """Its layout, else ``unknown``."""
    failed: bool
    """Whether it became an error record; what gold says of it is missed then."""
    lines: tuple[tuple[Label, Label | None, int], ...]
    """Gold label, label in the record (None on a page that failed), and how many lines have both."""
    body_f1: float
    """F1 of the lines of the body."""
    word_f1: float
    """F1 of the words of the body."""
    headline: bool | None
    """Whether it is right."""
    published: Verdict | None
    """What the publication date is."""
    modified: Verdict | None
    """What the date of the last update is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFigures:
    """How well one label is given."""

    label: Label
    """The label."""
    right: int
    """Lines that have it and should."""
    found: int
    """Lines that have it."""
    support: int
    """Lines that should."""

    @property
    def precision(self) -> float | None:
        """Share of the lines with the label that should have it; None where none has it."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the lines that should have the label and do; None where none should."""
        return self.right / self.support if self.support else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where no line has the label and none should."""
        return f1_of(self.right, self.found, self.support) if self.found + self.support else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some pages add up to; None or 0 of 0 for what gold says of none of them."""

    pages: int
    """Pages counted."""
    failed: int
    """Those that became error records."""
    lines: int
    """Their labelled lines."""
    labels: tuple[LabelFigures, ...]
    """Of each label that a line has or should have, in the order of :class:`~bidi_news.model.Label`."""
    macro_f1: float | None
    """Mean F1 of the labels that have support."""
    body_f1: float | None
    """Mean F1 of the lines of the body."""
    word_f1: float | None
    """Mean F1 of the words of the body."""
    headline: dict[Literal["right", "wrong"], int]
    """Pages whose headline is right, and whose is not."""
    published: dict[Verdict, int]
    """Pages by what their publication date is."""
    modified: dict[Verdict, int]
    """Pages by what their date of the last update is."""

    @classmethod
    def of(cls, pages: Sequence[Comparison]) -> Figures:
        """Return the figures of some pages."""
        counts: Counter[tuple[Label, Label | None]] = Counter()
        for page in pages:
            for gold, said, count in page.lines:
                counts[gold, said] += count
        labels = tuple(_label_figures(counts))
        f1s = [label.f1 for label in labels if label.f1 is not None and label.support]
        right = [page.headline for page in pages]
        return cls(
            pages=len(pages),
            failed=sum(page.failed for page in pages),
            lines=counts.total(),
            labels=labels,
            macro_f1=_mean(f1s),
            body_f1=_mean([page.body_f1 for page in pages]),
            word_f1=_mean([page.word_f1 for page in pages]),
            headline={"right": right.count(True), "wrong": right.count(False)},
            published=_verdicts([page.published for page in pages]),
            modified=_verdicts([page.modified for page in pages]),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The pages that were compared, and what they add up to."""

    pages: tuple[Comparison, ...]
    """One for each labelled page, in order."""

    @property
    def figures(self) -> Figures:
        """The figures of all pages."""
        return Figures.of(self.pages)

    def by(self, group: Group) -> dict[str, Figures]:
        """Return the figures of each outlet, layout or page, in the order of their names (pages: as given).

        Example:
            >>> Report(()).by("outlet")
            {}
        """
        groups: dict[str, list[Comparison]] = {}
        for page in self.pages:
            groups.setdefault(getattr(page, group), []).append(page)
        return {name: Figures.of(groups[name]) for name in (groups if group == "page" else sorted(groups))}


def _verdicts(said: list[Verdict | None]) -> dict[Verdict, int]:
    """Count the verdicts."""
    return {"right": said.count("right"), "open": said.count("open"), "wrong": said.count("wrong")}


def _label_figures(counts: Counter[tuple[Label, Label | None]]) -> Iterator[LabelFigures]:
    """Give the figures of each label that a line has or should have."""
    for label in Label:
        found = sum(count for (_, said), count in counts.items() if said == label)
        support = sum(count for (gold, _), count in counts.items() if gold == label)
        if found or support:
            yield LabelFigures(label=label, right=counts[label, label], found=found, support=support)


def f1_of(right: int, found: int, wanted: int) -> float:
    """Return the F1 of a choice; nothing found where nothing is wanted is perfect.

    Example:
        >>> f1_of(1, 2, 2), f1_of(0, 0, 0)
        (0.5, 1.0)
    """
    return 2 * right / (found + wanted) if found or wanted else 1.0


def _mean(values: list[float]) -> float | None:
    """Return the mean, None of nothing."""
    return sum(values) / len(values) if values else None
