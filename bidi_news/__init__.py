"""Turn scraped news pages into lossless, labelled, dated, spelling-normalized records.

The public names are loaded when first used: importing the package alone loads nothing heavy.

Example:
    >>> from bidi_news import Page, normalize
    >>> normalize(Page(text="")).status
    'ok'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from bidi_news._version import __version__

if TYPE_CHECKING:
    from bidi_news.model import Article as Article
    from bidi_news.model import Edit as Edit
    from bidi_news.model import Label as Label
    from bidi_news.model import Page as Page
    from bidi_news.model import Span as Span
    from bidi_news.model import Timestamp as Timestamp
    from bidi_news.options import Options as Options
    from bidi_news.pipeline import find_timestamps as find_timestamps
    from bidi_news.pipeline import normalize as normalize
    from bidi_news.pipeline import normalize_batch as normalize_batch
    from bidi_news.pipeline import normalize_variants as normalize_variants
    from bidi_news.pipeline import parse_timestamp as parse_timestamp
    from bidi_news.pipeline import split_page as split_page
    from bidi_news.variants.keys import variant_key as variant_key
    from bidi_news.variants.names import match_names as match_names

_HOMES = {
    "Article": "model",
    "Edit": "model",
    "Label": "model",
    "Page": "model",
    "Span": "model",
    "Timestamp": "model",
    "Options": "options",
    "find_timestamps": "pipeline",
    "normalize": "pipeline",
    "normalize_batch": "pipeline",
    "normalize_variants": "pipeline",
    "parse_timestamp": "pipeline",
    "split_page": "pipeline",
    "match_names": "variants.names",
    "variant_key": "variants.keys",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604  (names of the table above)


def __getattr__(name: str) -> Any:
    """Load a public name from its home when it is first used."""
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
