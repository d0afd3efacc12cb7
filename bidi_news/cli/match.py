"""``bidi-news match``: whether two names are spellings of one name, across scripts.

Rows are ``{id, a, b}``; results are ``{id, score, same}``, the score from 0 to 1.

Example:
    >>> main(["--from", "html"], program="bidi-news match")
    2
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import Parser, add_output, add_sources, limits_of, refuse_unbuilt
from bidi_news.cli.session import ItemKind, Result, Session, collect, guarded
from bidi_news.model import Failure

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bidi_news.read.jsonl import Row

__all__ = ["main"]

_ROW_WEIGHT = 256
"""Bytes that a pair counts in a batch: a thousand pairs are worth a round trip to a worker."""


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``match`` and return its exit code."""
    parser = Parser(program, "Say whether two names are spellings of one name, across scripts.")
    add_sources(parser, formats=("auto", "jsonl"))
    add_output(parser, formats=("auto", "jsonl"))
    return guarded(program, lambda session: _match(session, parser.parse_args(argv)))


def _match(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    from bidi_news.read.sources import source_rows  # noqa: PLC0415  (after the command line: it may be wrong)

    rows = source_rows(arguments.paths or ["-"], limits=limits_of(arguments), report=session.report)
    work = partial(_work, stop=arguments.on_error == "stop")
    return session.run(rows, work, arguments, kind=ItemKind(lambda _: _ROW_WEIGHT, _failed_row))


def _failed_row(row: Row, failure: Failure) -> Row:
    """Return a row that says why it failed."""
    return row._replace(failure=failure)


def _work(rows: list[Row], *, stop: bool) -> Result:
    """Match a batch of pairs."""
    return collect(map(_line, rows), stop=stop)


def _line(row: Row) -> tuple[bytes, Failure | None]:
    """Match one pair."""
    from bidi_news.variants.keys import match_names  # noqa: PLC0415  (where the work is done)
    from bidi_news.write.jsonl import failure_record, json_line  # noqa: PLC0415

    first, second = row.value.get("a"), row.value.get("b")
    result: dict[str, Any] = {"id": row.value.get("id"), "score": None, "same": None}
    failure = row.failure
    if failure is None and not (isinstance(first, str) and isinstance(second, str)):
        failure = Failure(code="wrong_type", message=f"line {row.number}: a and b must both be strings")
    if failure is None and isinstance(first, str) and isinstance(second, str):
        match = match_names(first, second)
        result.update(score=match.score, same=match.same)
    elif failure is not None:
        result["error"] = failure_record(failure)
    return json_line(result), failure
