"""Arabic words: what is written together with the next word, and the spellings that the press does not tell apart.

Sources: the one-letter particles and the article are those of any grammar of written Arabic; the look-alike endings
and the alif without its hamza are the common habits of newspaper text (Egyptian ى for final ي, ه for ة).

Example:
    >>> from bidi_news.unicode.arabic import spellings
    >>> sorted(spellings("القذافي")) == sorted(["القذافي", "القذافى"])
    True
"""

from __future__ import annotations

__all__ = ["ARABIC_PROCLITICS", "ARTICLE", "spellings"]

ARTICLE = "ال"
"""The definite article."""

ARABIC_PROCLITICS = (
    "",
    "و",
    "ف",
    "ب",
    "ك",
    "ل",
    "ال",
    "وال",
    "فال",
    "بال",
    "كال",
    "لل",
    "ولل",
    "وبال",
    "وكال",
    "وب",
    "ول",
)
"""Particles and the article as they are written together with a word; the empty one first."""

_FINAL = {"ي": "يى", "ه": "هة"}
_ALIF = "اأإآ"


def spellings(word: str) -> frozenset[str]:
    """Return the spellings that fold to ``word`` and that the press uses for it.

    Args:
        word: a folded Arabic word.
    """
    stem, last = word[:-1], word[-1]
    head = ARTICLE if stem.startswith(ARTICLE) else ""
    first = stem[len(head) : len(head) + 1]
    starts = _ALIF if first == "ا" else (first,)
    rest = stem[len(head) + 1 :]
    return frozenset(head + start + rest + end for start in starts for end in _FINAL.get(last, last))
