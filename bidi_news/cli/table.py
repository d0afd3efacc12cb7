r"""Rows of cells as columns for a terminal.

Example:
    >>> print(table([("label", "lines"), ("body", "12")]))
    label  lines
    body      12
    <BLANKLINE>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bidi_news.write.columns import columns_of, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["cell", "table"]

_GAP = "  "


def cell(value: float | Mapping[str, int] | None) -> str:
    """Return a figure as a cell: shares with three decimals, counts of several kinds with slashes between.

    Example:
        >>> cell(0.25), cell(1200), cell({"right": 3, "wrong": 0}), cell(None), cell({"right": 0})
        ('0.250', '1,200', '3/0', '–', '–')
    """
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    return "/".join(map(str, value.values())) if value and any(value.values()) else "–"


def table(rows: Sequence[tuple[str, ...]], *, words: int = 1) -> str:
    r"""Return rows as lines: columns of words at their left edge, the others at their right.

    What would steer a terminal is shown as a picture.

    Args:
        rows: cells, as many in each row.
        words: number of columns of words; they come first.

    Example:
        >>> table([("a\x1b", "1"), ("c", "20")])
        'a␛   1\nc   20\n'
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(columns_of, column)) for column in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        blanks = [" " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [cell + blank for cell, blank in zip(row[:words], blanks, strict=False)]
        cells += (blank + cell for cell, blank in zip(row[words:], blanks[words:], strict=True))
        lines.append(_GAP.join(cells).rstrip() + "\n")
    return "".join(lines)
