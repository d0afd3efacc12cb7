"""``bidi-news match``: whether two names are spellings of one name, across scripts; or which of many names are.

Rows are ``{id, a, b}``; results are ``{id, score, same}``, the score from 0 to 1. With ``--dedupe`` rows are
``{id, name}``, and results are clusters, ``{id, name, members}``.

Example:
    >>> main(["--from", "html"], program="bidi-news match")
    2
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import Parser, add_output, add_sources, limits_of, refuse_unbuilt
from bidi_news.cli.session import Items, Result, Session, collect, guarded
from bidi_news.model import Failure

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from bidi_news.read.jsonl import Row

__all__ = ["main"]

_ROW_WEIGHT = 128
"""Bytes that a row counts in a batch beside its strings: some thousand pairs share the calls and the cache."""

Output = dict[str, Any]
_Judged = tuple[Output, Failure | None]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``match`` and return its exit code."""
    parser = Parser(program, "Say whether two names are spellings of one name, across scripts.")
    add_sources(parser, formats=("auto", "jsonl"))
    add_output(parser, formats=("auto", "jsonl"))
    parser.add_argument("--dedupe", action="store_true", help="rows are single names; print which of them are one")
    return guarded(program, lambda session: _match(session, parser.parse_args(argv)))


def _match(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    from bidi_news.read.sources import source_rows  # noqa: PLC0415  (after the command line: it may be wrong)
    from bidi_news.read.streams import Reading  # noqa: PLC0415

    reading = Reading()
    rows = source_rows(arguments.paths or ["-"], limits=limits_of(arguments), report=session.report, reading=reading)
    stop = arguments.on_error == "stop"
    if arguments.dedupe:
        arguments.jobs = 1  # all names are compared with each other here; writing them needs no help
        clusters = Items(_clusters(rows), reading, lambda _: _ROW_WEIGHT, lambda result, failure: (result[0], failure))
        return session.run(clusters, partial(_write, stop=stop), arguments)
    return session.run(Items(rows, reading, _weigh, _failed_row), partial(_work, stop=stop), arguments)


def _weigh(row: Row) -> int:
    """Return about how many bytes a row holds."""
    return _ROW_WEIGHT + sum(len(value) for value in row.value.values() if isinstance(value, str))


def _failed_row(row: Row, failure: Failure) -> Row:
    """Return a row that says why it failed."""
    return row._replace(failure=failure)


def _work(rows: list[Row], *, stop: bool) -> Result:
    """Match a batch of pairs."""
    from bidi_news.variants.names import score_pairs  # noqa: PLC0415  (where the work is done)

    failures = [_failure(row, "a", "b") for row in rows]
    pairs = [row.value for row, failure in zip(rows, failures, strict=True) if failure is None]
    scores = iter(score_pairs([pair["a"] for pair in pairs], [pair["b"] for pair in pairs]).scores.tolist())
    results: list[_Judged] = []
    for row, failure in zip(rows, failures, strict=True):
        score = next(scores) if failure is None else None
        result = {"id": row.value.get("id"), "score": score, "same": None if score is None else score >= 0.5}
        results.append((result, failure))
    return _write(results, stop=stop)


def _clusters(rows: Iterable[Row | None]) -> Iterator[_Judged]:
    """Give the clusters of all names, in the order of their first ones; rows that fail come first."""
    from bidi_news.variants.clusters import cluster_names  # noqa: PLC0415  (where the work is done)

    good: list[dict[str, Any]] = []
    for row in rows:
        if row is not None and (failure := _failure(row, "name")) is not None:
            yield {"id": row.value.get("id"), "name": None, "members": []}, failure
        elif row is not None:
            good.append(row.value)
    for cluster in cluster_names([value["name"] for value in good]):
        members = [
            {"id": good[index].get("id"), "name": good[index]["name"], "score": score} for index, score in cluster
        ]
        yield {"id": members[0]["id"], "name": members[0]["name"], "members": members}, None


def _failure(row: Row, *fields: str) -> Failure | None:
    """Return why a row is none, or which of its names is no string."""
    if row.failure is not None:
        return row.failure
    for field in fields:
        if not isinstance(row.value.get(field), str):
            return Failure(code="wrong_type", message=f"line {row.number}: {field} must be a string")
    return None


def _write(results: list[_Judged], *, stop: bool) -> Result:
    """Return the output of some results."""
    from bidi_news.write.jsonl import failure_record, json_line  # noqa: PLC0415  (where the work is done)

    lines = (
        (json_line(result if failure is None else result | {"error": failure_record(failure)}), failure)
        for result, failure in results
    )
    return collect(lines, stop=stop)
