"""Write data/dates/months.tsv, weekdays.tsv and orders.tsv from the CLDR that babel carries.

Run: python tools/make_months.py months > data/dates/months.tsv
     python tools/make_months.py weekdays > data/dates/weekdays.tsv
     python tools/make_months.py orders > data/dates/orders.tsv

What CLDR does not have (other spellings in use) stands in data/dates/words.tsv, written by hand.
"""

from __future__ import annotations

import re
import sys

import babel
from babel import Locale
from babel.localedata import locale_identifiers

# Arabic has three sets of month names: of Egypt and the Gulf, of the Levant, and two of the Maghreb.
LOCALES = ("en", "he", "ar", "ar_LB", "ar_DZ", "ar_MA", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "uk")
# Only Russian says a month differently when no day goes before it; elsewhere both contexts are one table.
CONTEXTS = {"ru": ("format", "stand-alone")}
# Languages whose weekdays are read in short too; those of others are words of some language: "do", "so", "mar".
SHORT_WEEKDAYS = {"en", "he", "ar", "ru"}


def tidy(form: str) -> str:
    """Return a form as the grammar looks it up: lower case, ASCII geresh, no full stop."""
    return form.lower().replace("\N{HEBREW PUNCTUATION GERESH}", "'").rstrip(".")


def table(kind: str) -> dict[tuple[str, str], int]:
    """Return (language, form) → number; months from 1, weekdays from 0 for Monday."""
    rows: dict[tuple[str, str], int] = {}
    for name in LOCALES:
        locale = Locale.parse(name)
        names = locale.months if kind == "months" else locale.days
        for context in CONTEXTS.get(name, ("format",)):
            for width in ("wide", "abbreviated"):
                for number, form in names[context][width].items():
                    if kind == "months" or locale.language in SHORT_WEEKDAYS or (width == "wide" and form.isalpha()):
                        rows.setdefault((locale.language, tidy(form)), number)
    return rows


def render(kind: str) -> str:
    """Return the whole file."""
    column = {"months": "month", "weekdays": "weekday"}[kind]
    lines = [
        f"# Names of {kind} from CLDR (Unicode licence v3) through babel, by tools/make_months.py.",
        "# Forms: lower case, ASCII geresh, no full stop; months count from 1, weekdays from 0 = Monday.",
        f"form\t{column}\tlanguage\tsource",
    ]
    lines += [f"{form}\t{number}\t{language}\tCLDR" for (language, form), number in table(kind).items()]
    return "\n".join(lines) + "\n"


def orders() -> str:
    """Return the table of languages whose regions all write the day before the month, and of such regions of others."""
    found: dict[str, set[str]] = {}
    regions: dict[str, str] = {}
    for name in locale_identifiers():
        locale = Locale.parse(name)
        fields = re.findall("[dMy]", re.sub("'[^']*'", "", locale.date_formats["short"].pattern))
        order = "".join(dict.fromkeys(fields))
        found.setdefault(locale.language, set()).add(order)
        if locale.territory and not locale.script:
            regions[f"{locale.language}-{locale.territory.lower()}"] = order
    lines = [
        "# Languages that write the day before the month in every region, and such regions of the other languages,",
        "# from CLDR short date patterns (Unicode licence v3) through babel, by tools/make_months.py.",
        "language\torder\tsource",
    ]
    keep = {name for name, kinds in found.items() if "dMy" in kinds and "Mdy" not in kinds}
    regions.pop("en-il")  # its outlets write both: Haaretz in English the day first, Ynetnews the month
    keep |= {name for name, order in regions.items() if order == "dMy" and name.split("-")[0] not in keep}
    lines += [f"{name}\tdmy\tCLDR" for name in sorted(keep)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(f"babel {babel.__version__}", file=sys.stderr)
    sys.stdout.write(orders() if sys.argv[1] == "orders" else render(sys.argv[1]))
