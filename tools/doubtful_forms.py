"""List the Latin spellings of the lexicon that are replaced without a cue although persons bear them as a name.

A spelling of a place, group or thing that is also somebody's name belongs among the ambiguous ones (or its lexeme needs
blocks): replacing it renames that person. Each line is a spelling, its lexeme, its status and how many persons of the
tables bear it; most are for a person to judge, for a name may be rare where the other meaning is not. Run:

    python tools/doubtful_forms.py he.tsv.gz ar.tsv.gz

The tables are those of tools/make_names.py: a Latin spelling, one in another script, how many persons have both.
"""

from __future__ import annotations

import argparse
from collections import Counter

from bidi_news.variants.lexicon import load_lexicon
from tools.make_names import read_aligned

FEWEST = 2
"""Persons that a name needs: one may be a mistake."""
REPLACED = frozenset({"safe", "name"})


def main() -> None:
    """Print the spellings, those of most persons first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("tables", nargs="+")
    persons: Counter[str] = Counter()
    for path in parser.parse_args().tables:
        for latin, spellings in read_aligned(path).items():
            persons[latin] = max(persons[latin], sum(count for count, _ in spellings))
    found = []
    for key, form in load_lexicon().forms.items():
        borne = persons[key]
        if form.script == "Latn" and form.status in REPLACED and form.lexeme.kind != "person" and borne >= FEWEST:
            found.append((-borne, key, form.lexeme.id, form.status))
    for borne, *row in sorted(found):
        print(*row, -borne, sep="\t")


if __name__ == "__main__":
    main()
