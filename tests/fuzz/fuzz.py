"""Feed mutated pages to the package and stop at the first that breaks a law. Needs the package ``atheris``.

Targets: ``decode`` (any bytes as a page), ``html`` (any bytes as markup), ``dates`` and ``variants`` (any text),
``strip`` (any text, its unseen characters dropped), and ``source`` (any bytes as an archive, a table, or whatever they
begin like). The corpus beside this file is where the mutations start from.

Run: python tests/fuzz/fuzz.py TARGET [FOLDER] [-max_total_time=SECONDS] [more options of libFuzzer]

FOLDER keeps the pages that reached new code, so that a later run goes on from them.

What watches the code takes some 70 KB for each page that it is run on; for long runs give -rss_limit_mb=0.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

import atheris
import hypothesis  # noqa: F401  (the laws load it; it is not what is to be instrumented)

with atheris.instrument_imports(include=["bidi_news", "targets"]):
    TARGETS = importlib.import_module("targets").TARGETS

CORPUS = Path(__file__).with_name("corpus")


def main() -> None:
    """Run one target for as long as libFuzzer is told to."""
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as found:  # libFuzzer writes into the first folder that it is given
        atheris.Setup([sys.argv[0], *options, found, str(CORPUS)], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
