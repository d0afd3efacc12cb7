"""Draw what growth.py has measured: one panel for each curve, both axes logarithmic.

Run: python tests/benchmarks/plot.py growth.json growth.svg     (in an environment that has matplotlib)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

PANELS = {
    "pages": ("pages", "CPU s", "pages of 5 KB"),
    "size": ("KB", "CPU ms a MB", "KB of a page"),
    "spellings": ("own spellings", "CPU ms a page, loaded", "spellings of an own lexicon"),
}


def main(source: str, target: str) -> None:
    """Draw a file of points."""
    curves = json.loads(Path(source).read_bytes())
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bidi_news", "font.size": 9})
    figure, axes = plt.subplots(1, len(PANELS), figsize=(10, 3), layout="constrained")
    for axis, (curve, (across, up, label)) in zip(axes, PANELS.items(), strict=True):
        axis.loglog([point[across] for point in curves[curve]], [point[up] for point in curves[curve]], "o-")
        axis.set(xlabel=label, ylabel=up)
        axis.minorticks_off()
        axis.grid(visible=True, which="major", alpha=0.3)
        if up != "CPU s":
            axis.set_ylim(bottom=min(point[up] for point in curves[curve]) / 10, top=axis.get_ylim()[1] * 10)
    figure.savefig(target, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))


if __name__ == "__main__":
    main(*sys.argv[1:])
