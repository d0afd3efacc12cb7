"""``bidi-news variants``: texts in the spelling of a style, and the edits that make them so.

Example:
    >>> main(["--to", "pretty"], program="bidi-news variants")
    2
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_controls,
    add_encoding,
    add_output,
    add_sources,
    add_style,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.session import Result, Session, collect, guarded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from bidi_news.model import Page
    from bidi_news.options import Options
    from bidi_news.pipeline import Variants

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``variants`` and return its exit code."""
    parser = Parser(program, "Rewrite texts in the spelling of a style; a text is not split, nor are its dates read.")
    add_sources(parser, formats=SOURCE_FORMATS)
    add_encoding(parser)
    add_output(parser, formats=("auto", "jsonl"))
    add_style(parser)
    add_controls(parser)
    parser.add_argument(
        "--explain", action="store_true", help="also list the spellings that were held back, each with its guard"
    )
    return guarded(program, lambda session: _variants(session, parser.parse_args(argv)))


def _variants(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    row = _explained if arguments.explain else _row
    work = partial(_work, row=row, options=options_of(arguments), stop=arguments.on_error == "stop")
    return session.run_pages(work, arguments)


def _work(pages: list[Page], *, row: Callable[..., dict[str, Any]], options: Options, stop: bool) -> Result:
    """Rewrite a batch of texts."""
    from bidi_news.pipeline import variants_batch  # noqa: PLC0415  (where the work is done)
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415

    results = variants_batch(pages, options)
    rows = ((json_line(row(page, found)), found.error) for page, found in zip(pages, results, strict=True))
    return collect(rows, stop=stop)


def _row(page: Page, found: Variants) -> dict[str, Any]:
    """Return what the command says of one text."""
    from bidi_news.write.jsonl import edit_record, failure_record  # noqa: PLC0415

    row: dict[str, Any] = {"id": page.id, "text": found.text, "edits": [edit_record(edit) for edit in found.edits]}
    if found.error is not None:
        row["error"] = failure_record(found.error)
    return row


def _explained(page: Page, found: Variants) -> dict[str, Any]:
    """Return what the command says of one text, with what was held back."""
    from bidi_news.write.jsonl import edit_record  # noqa: PLC0415

    return _row(page, found) | {"held": [edit_record(edit) for edit in found.held]}
