"""Write data/unicode/classes.tsv from the Unicode Character Database that Python carries.

Run: python tools/make_classes.py > data/unicode/classes.tsv
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

# Code points whose class is not told by their category: line breaks (UAX 14: BK, CR, LF, NL), bidi controls (UAX 9),
# and the marks that end sentences, divide them, or quote.
BY_CODE = {
    "newline": [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029],
    "bidi": [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "stop": [*b".!?", 0x0589, 0x05C3, 0x061F, 0x06D4, 0x0964, 0x2026, 0x3002, 0xFF01, 0xFF0E, 0xFF1F],
    "comma": [*b",;:", 0xB7, 0x060C, 0x061B, 0x3001, 0xFF0C, 0xFF1A, 0xFF1B],
    "quote": [
        *(0x22, 0x27, 0x60, 0xAB, 0xB4, 0xBB, 0x02BB, 0x02BC, 0x02BE, 0x02BF, 0x05F3, 0x05F4),
        *(*range(0x2018, 0x2020), 0x2032, 0x2033, 0x2039, 0x203A),
    ],
    "mark": [0x200C, 0x200D],
    "arabic": [0x0640],
}
CODES = {code: name for name, codes in BY_CODE.items() for code in codes}
CATEGORIES = {
    "digit": ["Nd"],
    "mark": ["Mn", "Mc", "Me"],
    "letter": ["Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "No"],
    "dash": ["Pd", "Pc"],
    "punct": ["Po", "Ps", "Pe", "Pi", "Pf"],
}
CATEGORY = {category: name for name, categories in CATEGORIES.items() for category in categories}
SCRIPTS = {"HEBREW": "hebrew", "ARABIC": "arabic", "SYRIAC": "other", "THAANA": "other"}
CASED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "FULLWIDTH LATIN", "MICRO", "FEMININE", "MASCULINE")
WIDE = (
    *("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "IDEOGRAPHIC", "YI ", "KANGXI"),
    *("THAI", "LAO", "KHMER", "MYANMAR"),
)


def classify_letter(char: str) -> str:
    """Return the class of a letter or of a number that is no decimal digit."""
    name = unicodedata.name(char, "")
    script = SCRIPTS.get(name.split(" ")[0])
    if script:
        return script
    if unicodedata.category(char) in {"Lu", "Lt"}:
        return "upper"
    if name.startswith((*CASED, "MODIFIER")):
        return "lower"
    return "wide" if name.startswith(WIDE) else "other"


def classify(code: int) -> str:
    """Return the class of one code point; the names are those of bidi_news.unicode.classes.CharClass."""
    char = chr(code)
    if code in CODES:
        return CODES[code]
    if char.isspace():
        return "space"
    name = CATEGORY.get(unicodedata.category(char), "symbol")
    return classify_letter(char) if name == "letter" else name


def main() -> None:
    """Print one row per run of code points of one class."""
    version = unicodedata.unidata_version
    print(f"# Classes of the Basic Multilingual Plane, from the Unicode Character Database {version}")
    print("# (Unicode licence v3), by tools/make_classes.py. Bounds are hexadecimal and inclusive.")
    print("first\tlast\tclass")
    for name, run in groupby(range(0x10000), key=classify):
        codes = list(run)
        print(f"{codes[0]:04X}\t{codes[-1]:04X}\t{name}")


if __name__ == "__main__":
    main()
