"""``bidi-news outlets``: the outlet profiles; ``outlets check``: whether they, or files of your own, are sound.

``outlets learn`` is :mod:`bidi_news.cli.learn`.

Example:
    >>> main(["mend"], program="bidi-news outlets")
    2
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bidi_news.cli import learn
from bidi_news.cli.arguments import Parser
from bidi_news.cli.session import Session, guarded
from bidi_news.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from bidi_news.outlets import Outlet

__all__ = ["main"]

_COLUMNS = ("id", "name", "hosts", "language", "zone", "order", "labels", "sources")
_WORDS = 6  # columns of words; those after them are numbers


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``outlets`` and return its exit code."""
    if argv[:1] == ["learn"]:
        return learn.main(argv[1:], program=f"{program} learn")
    parser = Parser(program, "List the shipped outlet profiles, check them or files of your own, or learn new ones.")
    parser.add_argument(
        "action",
        nargs="?",
        choices=("check", "learn"),
        help="check: look for all that is wrong; learn: make profiles of pages, see learn --help; list them without it",
    )
    parser.add_argument(
        "paths", nargs="*", metavar="FILE", help="profiles to check, TOML files (default: the shipped ones)"
    )
    parser.add_argument(
        "--to",
        dest="target",
        choices=("auto", "jsonl", "table"),
        default="auto",
        help="form of the list; auto (default) is a table on a terminal, else jsonl",
    )

    def run(session: Session) -> int:
        arguments = parser.parse_args(argv)
        if arguments.action == "learn":
            raise OptionError("learn comes before its options")
        return _list(session, arguments) if arguments.action is None else _check(session, arguments)

    return guarded(program, run)


def _check(session: Session, arguments: argparse.Namespace) -> int:
    """Say everything that is wrong, a line each."""
    if arguments.target != "auto":
        raise OptionError("--to is for the list of profiles, not for check")
    from bidi_news.outlets import check_outlets  # noqa: PLC0415  (after the command line: it may be wrong)

    profiles, problems = check_outlets(arguments.paths)
    for problem in problems:
        session.report(problem)
    if not problems:
        print(f"{profiles} outlet profile{'' if profiles == 1 else 's'}: nothing is wrong")
    return session.exit_code


def _list(session: Session, arguments: argparse.Namespace) -> int:
    """Write the shipped profiles."""
    from bidi_news.outlets import load_outlets  # noqa: PLC0415  (after the command line: it may be wrong)

    as_table = arguments.target == "table" or (arguments.target == "auto" and sys.stdout.isatty())
    sys.stdout.buffer.write((_table if as_table else _lines)(load_outlets().values()))
    return session.exit_code


def _lines(outlets: Iterable[Outlet]) -> bytes:
    """Return profiles as JSON Lines."""
    from bidi_news.profile import outlet_table  # noqa: PLC0415  (where the work is done)
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415  (only what is asked for)

    return b"".join(json_line(outlet_table(outlet)) for outlet in outlets)


def _table(outlets: Iterable[Outlet]) -> bytes:
    """Return profiles as a table for a person, with the numbers of their labels and sources."""
    from bidi_news.cli.table import cell, table  # noqa: PLC0415  (for people only)

    rows = [
        (
            outlet.id,
            outlet.name,
            " ".join(outlet.hosts),
            outlet.language,
            outlet.zone,
            outlet.date_order or cell(None),
            cell(len(outlet.stamp_labels) or None),
            cell(len(outlet.sources)),
        )
        for outlet in outlets
    ]
    return table([_COLUMNS, *rows], words=_WORDS).encode("utf-8", "backslashreplace")
