"""Write data/unicode/classes.tsv from the Unicode Character Database that Python carries.

Run: python tools/make_classes.py > data/unicode/classes.tsv
"""

from __future__ import annotations

import unicodedata

BREAKS = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}  # UAX 14: BK, CR, LF, NL
BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
STOPS = set(".!?\u2026\u061f\u06d4\u3002\uff01\uff1f\uff0e\u0589\u0964\u05c3")
COMMAS = set(",;:\u060c\u061b\u3001\uff0c\uff1a\uff1b\u00b7")
QUOTES = set("\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u05f3\u05f4\u02bc\u02bb\u02be\u02bf\u2032\u2033")
RTL = {"HEBREW": "hebrew", "ARABIC": "arabic", "SYRIAC": "other", "THAANA": "other"}
CASED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "FULLWIDTH LATIN", "MICRO", "FEMININE", "MASCULINE", "MODIFIER")
WIDE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "HALFWIDTH", "IDEOGRAPHIC", "YI ", "KANGXI", "THAI", "LAO", "KHMER", "MYANMAR")


def classify(code: int) -> str:
    """Return the class of one code point; the names are those of bidi_news.unicode.classes.CharClass."""
    char = chr(code)
    category = unicodedata.category(char)
    name = unicodedata.name(char, "")
    if code in BREAKS:
        return "newline"
    if char.isspace():
        return "space"
    if code in BIDI:
        return "bidi"
    if char in STOPS:
        return "stop"
    if char in COMMAS:
        return "comma"
    if char in QUOTES:
        return "quote"
    if category == "Nd":
        return "digit"
    if category[0] == "M" or code in {0x200C, 0x200D}:
        return "mark"
    if category[0] == "L" or category in {"Nl", "No"} or code == 0x0640:
        word = name.split(" ")[0]
        if word in RTL:
            return RTL[word]
        if category in {"Lu", "Lt"}:
            return "upper"
        if name.startswith(CASED):
            return "lower"
        return "wide" if name.startswith(WIDE) else "other"
    if category in {"Pd", "Pc"}:
        return "dash"
    if category[0] == "P":
        return "punct"
    return "symbol"


def main() -> None:
    """Print one row per run of code points of one class."""
    print(f"# Classes of the Basic Multilingual Plane, from the Unicode Character Database {unicodedata.unidata_version}")
    print("# (Unicode licence v3), by tools/make_classes.py. Bounds are hexadecimal and inclusive.")
    print("first\tlast\tclass")
    start, current = 0, classify(0)
    for code in range(1, 0x10001):
        name = classify(code) if code < 0x10000 else ""
        if name != current:
            print(f"{start:04X}\t{code - 1:04X}\t{current}")
            start, current = code, name


if __name__ == "__main__":
    main()
