"""Strategy of sentences with spellings of the lexicon in them, and what they have to become.

Example:
    >>> from hypothesis import given, settings
    >>> from bidi_news.variants import apply_edits
    >>> from bidi_news.strategies.variants import variants
    >>> @settings(max_examples=3, database=None)
    ... @given(variants())
    ... def edits_say_what_they_change(case):
    ...     assert all(case.text[edit.start : edit.end] == edit.surface for edit in case.edits)
    >>> edits_say_what_they_change()
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from bidi_news.unicode.fold import plain
from bidi_news.variants.lexicon import Form, load_lexicon
from bidi_news.variants.rewrite import in_style_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["ExpectedEdit", "VariantCase", "variants"]

_BEFORE = ("The paper wrote about ", "They have read of ", "Nobody was sure about ", "It was said of ")
_AFTER = (
    ", as before.",
    " and then it was silent.",
    "'s part was small.",
    "; the rest is known.",
    "-related notes were lost.",
)
_MARKS = (
    ("", ""),
    ("", ""),
    ("", ""),
    ('"', '"'),
    ("“", "”"),
    ("‘", "’"),
    ("«", "»"),
    ("״", "״"),
    ("pro-", ""),
    ("ANTI-", ""),
)
_APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{MODIFIER LETTER LEFT HALF RING}", "`")


class ExpectedEdit(NamedTuple):
    """A replacement that has to be made."""

    start: int
    """First code point in the text."""
    end: int
    """Code point after the last one."""
    surface: str
    """Spelling before."""
    canonical: str
    """Spelling after."""


class VariantCase(NamedTuple):
    """A text, what it has to become, and by which replacements."""

    text: str
    expected_text: str
    edits: tuple[ExpectedEdit, ...]


@cache
def _safe_forms(style: str) -> tuple[tuple[str, Form], ...]:
    """Return the keys of the Latin forms that are replaced wherever they stand."""
    forms = load_lexicon(style).forms.items()
    return tuple((key, form) for key, form in forms if form.script == "Latn" and form.status in {"safe", "canonical"})


@st.composite
def _sentence(draw: DrawFn, style: str) -> tuple[str, str, str, str]:
    """Draw what stands before a spelling, the spelling, its replacement, and what stands after it."""
    key, form = draw(st.sampled_from(_safe_forms(style)))
    surface = key.upper() if draw(st.booleans()) else " ".join(part[:1].upper() + part[1:] for part in key.split())
    surface = surface.replace("'", draw(st.sampled_from(_APOSTROPHES)))
    canonical = in_style_of(surface, form.canonical)
    if plain(surface) == plain(canonical):
        canonical = surface
    opening, closing = draw(st.sampled_from(_MARKS))
    return draw(st.sampled_from(_BEFORE)) + opening, surface, canonical, closing + draw(st.sampled_from(_AFTER))


def variants(*, style: str = "house", max_sentences: int = 3) -> SearchStrategy[VariantCase]:
    """Draw English sentences that name lexemes in spellings of any kind, in capitals, quotations and compounds or not.

    Args:
        style: style of the replacements.
        max_sentences: most sentences in one text; each is a line.

    Example:
        >>> from hypothesis import given, settings
        >>> from bidi_news import normalize_variants
        >>> @settings(max_examples=3, database=None)
        ... @given(variants())
        ... def spellings_become_what_is_expected(case):
        ...     assert normalize_variants(case.text)[0] == case.expected_text
        >>> spellings_become_what_is_expected()
    """

    def build(sentences: list[tuple[str, str, str, str]]) -> VariantCase:
        text = expected = ""
        edits = []
        for before, surface, canonical, after in sentences:
            text += before
            if surface != canonical:
                edits.append(ExpectedEdit(len(text), len(text) + len(surface), surface, canonical))
            text += surface + after + "\n"
            expected += before + canonical + after + "\n"
        return VariantCase(text, expected, tuple(edits))

    return st.lists(_sentence(style), min_size=1, max_size=max_sentences).map(build)
