"""Write what the program reads in place of the tables of the lexicon: two tables, and hashes.

Run after every change of data/lexicon:

    python tools/make_lexicon.py && python tools/manifest.py
"""

from __future__ import annotations

from pathlib import Path

from bidi_news.variants.build import built_files

DATA = Path(__file__).resolve().parent.parent / "data"

if __name__ == "__main__":
    for name, content in built_files().items():
        (DATA / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
