"""``bidi-news discover``: new spellings that a corpus has, for a person to decide on.

Example:
    >>> main(["--least-score", "2"], program="bidi-news discover")
    2
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_encoding,
    add_file,
    add_lexicon,
    add_sources,
    limits_of,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.session import Session, guarded
from bidi_news.cli.values import count, fraction
from bidi_news.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bidi_news.model import Page
    from bidi_news.variants.census import Context
    from bidi_news.variants.decisions import Decision
    from bidi_news.variants.discover import Proposal, Spelling

__all__ = ["main", "read_file"]

_STATUS = "name"
"""What is drafted for a spelling in a file of decisions: the least sure status that replaces."""
_COLUMNS = ("kind", "lexeme", "canonical", "form", "place", "count", "pages", "score")
_WORDS = 5  # columns of words; those after them are numbers


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``discover`` and return its exit code."""
    parser = Parser(program, "Propose new spellings of known names, and clusters of spellings of unknown ones.")
    add_sources(parser, formats=SOURCE_FORMATS)
    add_encoding(parser)
    parser.add_argument(
        "--to",
        dest="target",
        choices=("auto", "jsonl", "table", "decisions"),
        default="auto",
        help="form of the proposals; auto (default) is a table on a terminal, else jsonl; decisions: rows to decide on",
    )
    add_file(parser)
    add_lexicon(parser)
    parser.add_argument("--decisions", metavar="FILE", help="what was decided; it is not proposed again")
    parser.add_argument(
        "--least-count",
        type=count,
        metavar="N",
        default=3,
        help="lines that a spelling must stand in (default: %(default)s)",
    )
    parser.add_argument(
        "--least-score",
        type=fraction,
        metavar="X",
        default=0.5,
        help="likeness that a spelling must have, above 0 and at most 1 (default: %(default)s, the same name)",
    )
    parser.add_argument(
        "--most-names",
        type=count,
        metavar="N",
        default=100_000,
        help="names kept in memory, about a kilobyte each; the rarest make room (default: %(default)s)",
    )
    return guarded(program, lambda session: _discover(session, parser.parse_args(argv)))


def read_file(path: str) -> tuple[Decision, ...]:
    """Read a file of decisions.

    Raises:
        OptionError: if there is no such file.
        DataFileError: if it is malformed.
    """
    from bidi_news.errors import DataFileError  # noqa: PLC0415  (only with decisions)
    from bidi_news.variants.decisions import read_decisions  # noqa: PLC0415

    try:
        return read_decisions(Path(path).read_text("utf-8"), path)
    except OSError as error:
        raise OptionError(f"the decisions {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataFileError(f"is not UTF-8 at byte {error.start}", path=path) from error


def _discover(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    options = options_of(arguments)
    decisions = read_file(arguments.decisions) if arguments.decisions else ()
    from bidi_news.cli.output import open_output  # noqa: PLC0415  (heavy imports come after the command line)
    from bidi_news.pipeline import read_batches  # noqa: PLC0415
    from bidi_news.variants.discover import Discovery  # noqa: PLC0415
    from bidi_news.variants.lexicon import load_lexicon  # noqa: PLC0415

    discovery = Discovery(load_lexicon(tables=tuple(arguments.lexicon)), decisions, limit=arguments.most_names)
    inputs = [*(arguments.paths or ["-"]), *arguments.lexicon, *filter(None, [arguments.decisions])]
    with open_output(arguments.output, inputs=inputs, force=arguments.force) as stream:
        for batch in read_batches(_pages(session, arguments), options):
            discovery.add(batch)
        proposals = discovery.proposals(least_count=arguments.least_count, least_score=arguments.least_score)
        stream.write(_writer(arguments)(proposals))
    if discovery.census.dropped:
        session.say(
            f"not all names fit into memory: those that stand in {discovery.census.dropped} lines or fewer may be "
            "missing, or counted too low; --most-names makes room"
        )
    return session.exit_code


def _pages(session: Session, arguments: argparse.Namespace) -> Iterator[Page]:
    """Give the pages of the command line's sources; those that fail are counted and left out."""
    from bidi_news.read.sources import source_pages  # noqa: PLC0415  (after the command line: it may be wrong)

    failed = 0
    limits = limits_of(arguments)
    for page in source_pages(arguments.paths or ["-"], arguments.source, limits=limits, report=session.report):
        if page is None:
            continue
        if page.failure is not None:
            failed += 1
        else:
            yield page
    if failed:
        session.say(f"{failed} page{'' if failed == 1 else 's'} failed and {'was' if failed == 1 else 'were'} left out")


def _writer(arguments: argparse.Namespace) -> Callable[[Iterable[Proposal]], bytes]:
    """Return what writes the proposals in the form that the command line asks for."""
    target = arguments.target
    if target == "auto":
        target = "table" if arguments.output is None and sys.stdout.isatty() else "jsonl"
    return {"jsonl": _lines, "table": _table, "decisions": _drafts}[target]


def _lines(proposals: Iterable[Proposal]) -> bytes:
    """Return proposals as JSON Lines."""
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415  (only what is asked for)

    return b"".join(json_line(_record(proposal)) for proposal in proposals)


def _record(proposal: Proposal) -> dict[str, Any]:
    """Return what is said of one proposal."""
    spellings = [
        {
            "form": spelling.form,
            "script": spelling.script,
            "count": spelling.count,
            "pages": spelling.pages,
            "score": spelling.score,
            "contexts": [context._asdict() for context in spelling.contexts],
        }
        for spelling in proposal.spellings
    ]
    return {
        "kind": proposal.kind,
        "lexeme": proposal.lexeme,
        "names": proposal.names,
        "canonical": proposal.canonical,
        "spellings": spellings,
    }


def _table(proposals: Iterable[Proposal]) -> bytes:
    """Return proposals as a table for a person, a row for each spelling."""
    from bidi_news.cli.table import cell, table  # noqa: PLC0415  (for people only)

    rows = [
        (
            proposal.kind,
            proposal.lexeme,
            proposal.canonical,
            spelling.form,
            _place(spelling),
            cell(spelling.count),
            cell(spelling.pages),
            cell(spelling.score),
        )
        for proposal in proposals
        for spelling in proposal.spellings
    ]
    return table([_COLUMNS, *rows], words=_WORDS).encode("utf-8", "backslashreplace")


def _drafts(proposals: Iterable[Proposal]) -> bytes:
    """Return proposals as rows of a file of decisions, none of them decided."""
    from bidi_news.variants.decisions import COLUMNS, decision_row  # noqa: PLC0415  (only what is asked for)

    rows = [decision_row(COLUMNS)]
    for proposal in proposals:
        for spelling in proposal.spellings:
            note = f"{spelling.score:.2f}, {spelling.count} lines: {_place(spelling)}"
            fields = (
                proposal.lexeme,
                proposal.names,
                spelling.script,
                _STATUS,
                proposal.canonical,
                spelling.form,
                note,
            )
            rows.append(decision_row(("", *fields)))
    return "".join(rows).encode("utf-8", "backslashreplace")


def _place(spelling: Spelling) -> str:
    """Return one place of a spelling with what stands around it, as far as whole words go."""
    context: Context = spelling.contexts[0]
    before, after = context.before.split(" ")[-4:], context.after.split(" ")[:4]
    return f"{' '.join(before)}[{spelling.form}]{' '.join(after)}"
