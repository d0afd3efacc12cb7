"""What the fuzzer feeds with bytes: each function raises if a law is broken, and for nothing else."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from bidi_news import Page, find_timestamps, normalize, normalize_variants
from bidi_news.errors import SourceError
from bidi_news.options import Limits, Options
from bidi_news.read.mojibake import repair
from bidi_news.read.sources import stream_pages
from bidi_news.strategies import (
    assert_idempotent,
    assert_lossless,
    assert_no_silent_guess,
    assert_offsets,
    assert_reversible,
    assert_total,
)
from bidi_news.variants import apply_edits, invert_edits
from bidi_news.write.jsonl import article_line

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TARGETS"]

STRIP = Options(bidi_controls="strip")
LIMITS = Limits(page_bytes=1 << 16, unpacked_bytes=1 << 20)


def decode(data: bytes) -> None:
    """Any bytes are a page, and its record keeps the laws."""
    assert_total(data)
    assert normalize(Page(data=data)).status == "ok"


def html(data: bytes) -> None:
    """Any bytes are markup, and its record keeps the laws."""
    article = normalize(Page(data=data, form="html"))
    assert article.status == "ok", article.error
    assert json.loads(article_line(article))["text"] == article.text
    assert_lossless(article)
    assert_offsets(article)
    assert_reversible(article)


def dates(data: bytes) -> None:
    """The dates of any text are decided with evidence or left open."""
    page = Page(text=data.decode("utf-8", "surrogateescape"))
    article = normalize(page)
    assert article.status == "ok", article.error
    assert_no_silent_guess(article)
    for stamp in find_timestamps(page):
        assert stamp.start is None or article.text[stamp.start : stamp.end] == stamp.raw


def variants(data: bytes) -> None:
    """The spellings of any text are replaced once and for all, and given back by the inverse."""
    text = data.decode("utf-8", "replace")
    changed, edits = normalize_variants(text)
    assert apply_edits(changed, invert_edits(normalize(Page(text=text)).text, edits)) == normalize(Page(text=text)).text
    assert_idempotent(Page(text=text))


def strip(data: bytes) -> None:
    """Dropping unseen characters is an edit like any other; what is garbled when they are gone is to be read anew."""
    page = Page(text=data.decode("utf-8", "surrogateescape"))
    article = normalize(page, STRIP)
    assert_reversible(article)
    clean = apply_edits(article.text, [edit for edit in article.edits if edit.action == "replace"])
    if repair(clean).text == clean:
        assert_idempotent(page, STRIP)


def source(data: bytes) -> None:
    """Any bytes are a source: what can be read of it comes as pages, and why it cannot be read on is said."""
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(data))
    with suppress(SourceError):
        for page in stream_pages(stream, "source", limits=LIMITS, report=lambda _: None):
            assert page is None or page.failure or (page.text, page.html, page.data) != (None, None, None)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": decode,
    "html": html,
    "dates": dates,
    "variants": variants,
    "strip": strip,
    "source": source,
}
