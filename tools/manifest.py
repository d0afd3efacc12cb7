"""Rewrite the file table of data/manifest.toml: for each data file its SHA-256, its licence and its source.

The licences of a table with a ``licence`` column are those of its rows. Of other files the licence and the source stand
in ``TABLE`` below, by file or by folder; files whose rows or profiles name sources of their own say so there.
The head of the manifest (project, schema, data version) stays as it is.

Run: python tools/manifest.py          rewrite the table
     python tools/manifest.py --check  say what is out of date, change nothing, exit 1 if anything is
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
MANIFEST = "manifest.toml"
TABLE = {
    "chrome/": ("MIT", "written for this project"),
    "dates/": ("MIT", "facts of usage; each row names its source"),
    "dates/months.tsv": ("Unicode-3.0", "CLDR through babel, by tools/make_months.py"),
    "dates/orders.tsv": ("Unicode-3.0", "CLDR through babel, by tools/make_months.py"),
    "dates/weekdays.tsv": ("Unicode-3.0", "CLDR through babel, by tools/make_months.py"),
    "encodings/": ("CC0-1.0", "WHATWG Encoding Standard; each file says what is of other sources"),
    "encodings/hebrew-pairs.tsv": ("MIT", "counted on data/gold/pages, by tools/make_pairs.py"),
    "encodings/mac-hebrew.tsv": ("Unicode-3.0", "facts of Apple's HEBREW.TXT among the Unicode vendor mappings"),
    "encodings/mojibake.tsv": ("MIT", "facts of usage; each row names its source"),
    "gold/": ("MIT", "labelled by hand for this project"),
    "html/": ("MIT", "written for this project"),
    "keys/": ("MIT", "written for this project"),
    "keys/costs.tsv": ("MIT", "fitted on names of persons in Wikidata (CC0-1.0), by tools/train_names.py"),
    "lexicon/": ("", "each row names its source"),
    "lexicon/anchors.tsv": ("MIT AND CC0-1.0 AND CC-BY-4.0 AND Unicode-3.0", "the tables, by tools/make_lexicon.py"),
    "lexicon/expanded.tsv": ("MIT AND CC0-1.0 AND CC-BY-4.0 AND Unicode-3.0", "the tables, by tools/make_lexicon.py"),
    "lexicon/generated-forms.tsv": ("", "each row names its source; by tools/make_names.py"),
    "lexicon/generated-lexemes.tsv": ("", "each row names its source; by tools/make_names.py"),
    "lexicon/pairs.bin": ("MIT", "hashes, by tools/make_lexicon.py"),
    "lexicon/parts.bin": ("MIT", "hashes, by tools/make_lexicon.py"),
    "lexicon/whole.bin": ("MIT", "hashes, by tools/make_lexicon.py"),
    "model/": ("MIT", "fitted by bidi_news.segment.train"),
    "model/names.npz": ("MIT", "fitted on names of persons in Wikidata (CC0-1.0), by tools/train_names.py"),
    "outlets/": ("MIT", "facts; each profile names its sources"),
    "samples/": ("MIT", "written for this project; people and events are invented"),
    "styles/": ("MIT", "facts; each rule names its source"),
    "unicode/": ("Unicode-3.0", "Unicode Character Database, by tools/make_classes.py"),
}


def data_files() -> list[str]:
    """Return the name of every data file but the manifest, relative to the data folder, sorted."""
    files = (path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())
    return sorted(name for name in files if name != MANIFEST and not name.endswith((".tmp", ".swp")))


def origin(name: str, content: bytes) -> tuple[str, str]:
    """Return the licence (an SPDX expression) and the source of a file; empty where nothing says."""
    folder = name.split("/", maxsplit=1)[0] + "/"
    licence, source = TABLE.get(name) or TABLE.get(folder, ("", ""))
    return (row_licences(content) if name.endswith(".tsv") else "") or licence, source


def row_licences(content: bytes) -> str:
    """Return the licences that the rows of a table name; empty when it has no such column."""
    lines = [line for line in content.decode("utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    if "licence" not in header:
        return ""
    column = header.index("licence")
    return " AND ".join(sorted({line.split("\t")[column] for line in lines[1:]} - {""}))


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def render(head: str) -> tuple[str, list[str]]:
    """Return the whole manifest and the files that lack a licence or a source."""
    parts, missing = [head.rstrip() + "\n"], []
    for name in data_files():
        content = (DATA / name).read_bytes()
        licence, source = origin(name, content)
        if not licence or not source:
            missing.append(name)
        digest = hashlib.sha256(content).hexdigest()
        parts.append(
            f"\n[files.{quoted(name)}]\nsha256 = {quoted(digest)}\n"
            f"licence = {quoted(licence)}\nsource = {quoted(source)}\n",
        )
    return "".join(parts), missing


def main() -> int:
    """Write or check the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the manifest is out of date")
    arguments = parser.parse_args()
    path = DATA / MANIFEST
    old = path.read_text("utf-8")
    new, missing = render(old.split("\n[files.", maxsplit=1)[0])
    tomllib.loads(new)
    for name in missing:
        print(f"{name}: no licence or no source; state both in TABLE of tools/manifest.py", file=sys.stderr)
    if arguments.check:
        if new != old:
            print("data/manifest.toml is out of date: run python tools/manifest.py", file=sys.stderr)
        return int(new != old or bool(missing))
    path.write_text(new, "utf-8")
    return int(bool(missing))


if __name__ == "__main__":
    raise SystemExit(main())
