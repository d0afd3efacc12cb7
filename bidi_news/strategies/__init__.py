"""Hypothesis strategies of news pages with their known answers, and the laws of this package as assertions.

They test this package, and they are for whoever builds on it: draw a page, run your own code over it, compare with what
the page was made of, and hold your results to the same laws. Needs the extra ``strategies``.

Example:
    >>> from hypothesis import given, settings
    >>> from bidi_news import normalize
    >>> from bidi_news.strategies import assert_lossless, pages
    >>> @settings(max_examples=2, database=None)
    ... @given(pages())
    ... def every_line_is_labelled(known):
    ...     assert_lossless(normalize(known.page))
    >>> every_line_is_labelled()
"""

from __future__ import annotations

from bidi_news.errors import MissingExtraError

try:
    import hypothesis  # noqa: F401  (only to say which extra is missing)
except ImportError as error:
    raise MissingExtraError("strategies", "bidi_news.strategies") from error

from bidi_news.strategies.encodings import (
    GarbledText,
    LegacyBytes,
    NoisyText,
    bidi_noise,
    legacy_bytes,
    mojibake,
)
from bidi_news.strategies.html_pages import KnownHtml, html_pages
from bidi_news.strategies.laws import (
    assert_batch_invariant,
    assert_idempotent,
    assert_lossless,
    assert_no_silent_guess,
    assert_offsets,
    assert_reversible,
    assert_total,
)
from bidi_news.strategies.pages import KnownPage, pages, texts
from bidi_news.strategies.stories import Expected
from bidi_news.strategies.timestamps import DstEdge, KnownStamp, dst_edges, timestamps
from bidi_news.strategies.variants import ExpectedEdit, VariantCase, variants

__all__ = [
    "DstEdge",
    "Expected",
    "ExpectedEdit",
    "GarbledText",
    "KnownHtml",
    "KnownPage",
    "KnownStamp",
    "LegacyBytes",
    "NoisyText",
    "VariantCase",
    "assert_batch_invariant",
    "assert_idempotent",
    "assert_lossless",
    "assert_no_silent_guess",
    "assert_offsets",
    "assert_reversible",
    "assert_total",
    "bidi_noise",
    "dst_edges",
    "html_pages",
    "legacy_bytes",
    "mojibake",
    "pages",
    "texts",
    "timestamps",
    "variants",
]
