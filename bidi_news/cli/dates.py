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
    add_encoding,
    add_output,
    add_sources,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.session import Result, Session, collect, guarded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bidi_news.model import Page
    from bidi_news.options import Options
    from bidi_news.pipeline import Dates

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``dates`` and return its exit code."""
    parser = Parser(program, "Find the publication dates of pages, and every other stamp.")
    add_sources(parser, formats=SOURCE_FORMATS)
    add_encoding(parser)
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
    from bidi_news.pipeline import dates_batch  # noqa: PLC0415  (where the work is done)
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415

    found = zip(pages, dates_batch(pages, options), strict=True)
    return collect(((json_line(_row(page, dates)), dates.error) for page, dates in found), stop=stop)


def _row(page: Page, dates: Dates) -> dict[str, Any]:
    """Return what the command says of one page; each stamp also tells its role."""
    from bidi_news.write.jsonl import failure_record, issue_record, timestamp_record  # noqa: PLC0415

    row = {
        "id": page.id,
        "published": dates.published and timestamp_record(dates.published),
        "modified": dates.modified and timestamp_record(dates.modified),
        "timestamps": [{"role": stamp.role, **timestamp_record(stamp)} for stamp in dates.timestamps],
        "issues": list(map(issue_record, dates.issues)),
    }
    if dates.error is not None:
        row["error"] = failure_record(dates.error)
    return row
