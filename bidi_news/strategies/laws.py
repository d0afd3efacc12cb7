"""The laws that every release is held to, as assertions on records and pages.

Each function returns None when its law holds and raises :class:`AssertionError` with the place when it does not. They
need no drawn data: call them on your own pages as well. Their cost is linear in the text.

Example:
    >>> from bidi_news import Page, normalize
    >>> assert_offsets(normalize(Page(text="Published: 14 March 2019, 18:05")))
"""

from __future__ import annotations

import json
from collections import deque
from datetime import date, datetime
from typing import TYPE_CHECKING

from bidi_news.model import Label, Page, Span
from bidi_news.options import Options
from bidi_news.pipeline import normalize, normalize_batch, normalize_variants
from bidi_news.variants import apply_edits, invert_edits
from bidi_news.write.jsonl import article_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bidi_news.model import Article, Edit, Timestamp

__all__ = [
    "assert_batch_invariant",
    "assert_idempotent",
    "assert_lossless",
    "assert_no_silent_guess",
    "assert_offsets",
    "assert_reversible",
    "assert_total",
]

_DEFAULT = Options()
_BREAKS = frozenset("\n\v\f\r\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")  # UAX 14, mandatory breaks


def assert_lossless(article: Article) -> None:
    r"""Law 1: the blocks are disjoint, in order, one line each, and cover every non-blank character of the text.

    Blank is what ``str.isspace`` says is.

    Example:
        >>> assert_lossless(normalize(Page(text="one\n\n  two ")))
    """
    text, done = article.text, 0
    for block in article.blocks:
        _hold(done <= block.start < block.end <= len(text), f"block {block} is empty, out of order or out of the text")
        _hold(not text[done : block.start].strip(), f"{text[done : block.start]!r} before {block} has no label")
        line = text[block.start : block.end]
        _hold(line == line.strip(), f"block {block} has outer white space")
        _hold(_BREAKS.isdisjoint(line), f"block {block} holds more than one line")
        done = block.end
    _hold(not text[done:].strip(), f"{text[done:]!r} after the last block has no label")


def assert_offsets(article: Article) -> None:
    """Law 2: every offset is a code point of the text, and ``text[start:end]`` is what the record says stands there.

    Example:
        >>> assert_offsets(normalize(Page(text="Shi'ite groups, 14 March 2019")))
    """
    text = article.text
    for stamp in _stamps(article):
        if stamp.start is None or stamp.end is None:
            _hold(stamp.start is stamp.end is None, f"{stamp} has half a place")
        else:
            _hold(Span(stamp.start, stamp.end).of(text) == stamp.raw, f"the text has no {stamp.raw!r} at {stamp.start}")
    for edit in article.edits:
        _hold(Span(edit.start, edit.end).of(text) == edit.surface, f"the text has no {edit.surface!r} at {edit.start}")
    for image in article.images:
        Span(image.start, image.end).of(text)
    for issue in article.issues:
        if issue.start is not None and issue.end is not None:
            Span(issue.start, issue.end).of(text)


def assert_reversible(article: Article) -> None:
    """Law 3: the replace-edits are disjoint; applied they give the normalized text, inverted they give the source back.

    The same edits make ``normalized`` of ``body``, which is the tidied text of its blocks.

    Example:
        >>> assert_reversible(normalize(Page(text="Shi'ite groups")))
    """
    edits = _replacing(article.edits)
    done = 0
    for edit in edits:
        _hold(done <= edit.start < edit.end, f"{edit} is empty or overlaps the edit before it")
        done = edit.end
    changed = apply_edits(article.text, edits)
    _hold(_rewritten(article.text, edits, 0, len(article.text)) == changed, "something outside the edits changed")
    back = apply_edits(changed, invert_edits(article.text, edits))
    _hold(back == article.text, "the inverse edits do not give the source back")
    _hold(article.body == _body(article, ()), "the body is not the text of its blocks")
    _hold(article.normalized == _body(article, edits), "the normalized body is not the body after its edits")


def assert_idempotent(page: Page, options: Options = _DEFAULT) -> None:
    """Law 4: normalizing normalized text makes no edit.

    Args:
        page: any page; its text is normalized twice.
        options: only the style matters.

    Example:
        >>> assert_idempotent(Page(text="Shi'ite groups"))
    """
    article = normalize(page, options)
    once = apply_edits(article.text, _replacing(article.edits))
    twice, edits = normalize_variants(once, options)
    _hold(not _replacing(edits), f"the normalized text is edited again: {_replacing(edits)}")
    _hold(twice == once, "the normalized text changes without an edit")


def assert_batch_invariant(pages: Sequence[Page], options: Options = _DEFAULT) -> None:
    """Law 5: a page has the same record alone and in any batch, whatever its size and order.

    Args:
        pages: at least one page; with few of them the check is quick and says little.
        options: the choices for all of them.

    Example:
        >>> assert_batch_invariant([Page(text="one"), Page(text="שתיים")])
    """
    alone = [normalize(page, options) for page in pages]
    last = len(pages) - 1
    orders = {
        "in order": range(len(pages)),
        "in reverse": range(last, -1, -1),
        "twice over": [*range(len(pages)), *range(len(pages))],
        "with neighbours swapped": [min(index ^ 1, last) for index in range(len(pages))],
    }
    for name, order in orders.items():
        for size in (2, 3, len(order)):
            for part in _parts(list(order), size):
                articles = normalize_batch([pages[index] for index in part], options)
                _hold(len(articles) == len(part), f"{len(part)} pages gave {len(articles)} records")
                for index, article in zip(part, articles, strict=True):
                    _hold(article == alone[index], f"page {index} has another record {name}, in batches of {size}")


def assert_no_silent_guess(article: Article) -> None:
    """Law 6: a date is decided with evidence, or it is null, flagged, and has all its candidates.

    Example:
        >>> assert_no_silent_guess(normalize(Page(text="Posted: 04/05/2017 10:00")))
    """
    for stamp in _stamps(article):
        _hold(stamp.ambiguous == (stamp.iso is None), f"{stamp} is neither decided nor flagged")
        for candidate in stamp.candidates:
            _readable(candidate, stamp)
        if stamp.iso is None:
            _hold(len(set(stamp.candidates)) > 1, f"{stamp} is ambiguous with fewer than two candidates")
        else:
            _readable(stamp.iso, stamp)
            _hold(stamp.iso in stamp.candidates, f"{stamp} is none of its candidates")
            _hold(bool(stamp.evidence), f"{stamp} is decided without evidence")


def assert_total(data: bytes, options: Options = _DEFAULT) -> None:
    r"""Law 7: any bytes give one record, which is written as JSON and keeps laws 1, 2, 3 and 6.

    That time and memory stay linear is for a test with a clock or a limit; this one has neither.

    Example:
        >>> assert_total(b"\xff\xfe\x00<p>")
    """
    article = normalize(Page(data=data), options)
    _hold((article.status == "error") == (article.error is not None), "the status and the error disagree")
    _hold(json.loads(article_line(article))["status"] == article.status, "the written record has another status")
    for assert_law in (assert_lossless, assert_offsets, assert_reversible, assert_no_silent_guess):
        assert_law(article)


def _hold(condition: bool, message: str) -> None:  # noqa: FBT001  (reads as a sentence)
    """Raise when a law does not hold; ``python -O`` must not switch it off, so it is no assert statement."""
    if not condition:
        raise AssertionError(message)


def _stamps(article: Article) -> Iterator[Timestamp]:
    """Give the stamps of a record."""
    return (stamp for stamp in (article.published, article.modified) if stamp is not None)


def _replacing(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that change the text."""
    return tuple(edit for edit in edits if edit.action == "replace")


def _rewritten(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """Return a part of a text with its spellings replaced, in the plainest way: the reference for ``apply_edits``."""
    parts = []
    for edit in edits:
        parts += [text[start : edit.start], edit.canonical]
        start = edit.end
    return "".join([*parts, text[start:end]])


def _body(article: Article, edits: Sequence[Edit]) -> str:
    """Return the body that the blocks of a record have after some edits, white space tidied."""
    paragraphs, waiting = [], deque(edits)
    for block in article.blocks.labelled(Label.BODY, Label.CROSSHEAD):
        while waiting and waiting[0].start < block.start:
            waiting.popleft()
        own = []
        while waiting and waiting[0].end <= block.end:
            own.append(waiting.popleft())
        paragraphs.append(" ".join(_rewritten(article.text, own, block.start, block.end).split()))
    return "\n\n".join(paragraphs)


def _parts(order: list[int], size: int) -> Iterator[list[int]]:
    """Cut a list into pieces of a size."""
    yield from (order[start : start + size] for start in range(0, len(order), max(size, 1)))


def _readable(iso: str, stamp: Timestamp) -> None:
    """Check that a value is ISO 8601 of the precision that the stamp names."""
    try:
        if stamp.precision == "day":
            date.fromisoformat(iso)
        else:
            _hold(datetime.fromisoformat(iso).tzinfo is not None, f"{iso} of {stamp} has no offset")
    except ValueError as error:
        raise AssertionError(f"{iso} of {stamp} is no value of precision {stamp.precision}") from error
