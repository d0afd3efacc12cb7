"""``bidi-news dates``: the publication dates of pages, and every stamp found.

Example:
    >>> main(["--to", "parquet"], program="bidi-news dates")
    2
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_dates,
    add_output,
    add_sources,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.session import Result, Session, collect, guarded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bidi_news.model import Article, Page
    from bidi_news.options import Options

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``dates`` and return its exit code."""
    parser = Parser(program, "Find the publication dates of pages, and every other stamp.")
    add_sources(parser, formats=SOURCE_FORMATS)
    add_output(parser, formats=("auto", "jsonl"))
    add_dates(parser)
    return guarded(program, lambda session: _dates(session, parser.parse_args(argv)))


def _dates(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    work = partial(_work, options=options_of(arguments), stop=arguments.on_error == "stop")
    return session.run_pages(work, arguments)


def _work(pages: list[Page], *, options: Options, stop: bool) -> Result:
    """Find the stamps of a batch of pages."""
    from bidi_news.pipeline import normalize_batch  # noqa: PLC0415  (where the work is done)
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415

    articles = normalize_batch(pages, options)
    return collect(((json_line(_row(article)), article.error) for article in articles), stop=stop)


def _row(article: Article) -> dict[str, Any]:
    """Return what the command says of one page; each stamp also tells its role."""
    from bidi_news.write.jsonl import failure_record, timestamp_record  # noqa: PLC0415

    row = {
        "id": article.id,
        "published": article.published and timestamp_record(article.published),
        "modified": article.modified and timestamp_record(article.modified),
        "timestamps": [{"role": stamp.role, **timestamp_record(stamp)} for stamp in article.timestamps],
    }
    if article.error is not None:
        row["error"] = failure_record(article.error)
    return row
