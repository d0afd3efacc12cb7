"""What the commands have in common on their command lines.

Example:
    >>> parser = Parser("normalize", "Pages in, records out.")
    >>> add_sources(parser, formats=SOURCE_FORMATS)
    >>> parser.parse_args(["--from", "text", "page.txt"]).paths
    ['page.txt']
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from bidi_news.cli.values import LIMITS, count, limit
from bidi_news.errors import OptionError
from bidi_news.options import BidiControls, DateOrder, InQuotes, Limits, OnAmbiguous, Options

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "SOURCE_FORMATS",
    "Parser",
    "add_controls",
    "add_dates",
    "add_encoding",
    "add_file",
    "add_jobs",
    "add_lexicon",
    "add_output",
    "add_sources",
    "add_style",
    "limits_of",
    "options_of",
    "refuse_unbuilt",
]

SOURCE_FORMATS = ("auto", "text", "html", "jsonl", "parquet", "arrow", "warc", "wet", "cdx")
"""Every value of ``--from``."""

_UNBUILT = {"target": ("review",), "bidi": ("visual",)}
_FLAGS = {"target": "--to", "bidi": "--bidi"}


class Parser(argparse.ArgumentParser):
    """A parser that raises its errors as one line instead of printing usage and leaving."""

    def __init__(self, program: str, description: str, **more: Any) -> None:
        """Make a parser that takes no abbreviated options and knows ``--version``."""
        super().__init__(prog=program, description=description, allow_abbrev=False, **more)
        self.add_argument("--version", action=_Version, help="print the versions of code and data, and leave")

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line.

        Raises:
            OptionError: always.
        """
        raise OptionError(f"{message} (see {self.prog} --help)")


class _Version(argparse.Action):
    """Print the versions and leave; they are only read when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002  (its name in argparse)
        super().__init__(option_strings, dest, default=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        """Print them."""
        from bidi_news._version import __version__  # noqa: PLC0415  (only when asked for)
        from bidi_news.resources import data_version  # noqa: PLC0415  (only when asked for)

        print(f"bidi_news {__version__}, data {data_version()}")
        parser.exit()


def add_sources(parser: Parser, *, formats: Sequence[str], only_files: bool = False) -> None:
    """Add the sources: paths and ``--from``; with ``only_files`` standard input is none."""
    if only_files:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="file or folder")
    else:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder, or - for standard input (default)")
    parser.add_argument(
        "--from",
        dest="source",
        choices=formats,
        default="auto",
        help="what the sources hold; auto (default) asks the suffix, then the content",
    )
    parser.add_argument(
        "--limit",
        dest="limits",
        action="append",
        type=limit,
        default=[],
        metavar="NAME=N",
        help="how much of a source is read at most, such as page_bytes=64M; names: " + ", ".join(LIMITS),
    )


def add_encoding(parser: Parser) -> None:
    """Add the encoding of sources that are not Unicode text."""
    parser.add_argument(
        "--encoding",
        metavar="LABEL",
        help="encoding of pages that come in as bytes, whatever they declare, such as windows-1255 (default: the "
        "evidence); nothing is repaired then",
    )


def add_controls(parser: Parser) -> None:
    """Add what happens to invisible characters."""
    parser.add_argument(
        "--bidi-controls",
        choices=get_args(BidiControls),
        default=Options().bidi_controls,
        help="keep bidi controls and other invisible characters in normalized text, or strip them (default: "
        "%(default)s)",
    )


def add_output(parser: Parser, *, formats: Sequence[str]) -> None:
    """Add where the results go, how, and what happens to pages that fail."""
    parser.add_argument(
        "--to",
        dest="target",
        choices=formats,
        default="auto",
        help="form of the results; auto (default) is jsonl" + (", pretty on a terminal" if "pretty" in formats else ""),
    )
    add_file(parser)
    parser.add_argument(
        "--resume", action="store_true", help="keep the output of an interrupted run, and go on with it"
    )
    add_jobs(parser)
    parser.add_argument(
        "--unordered", action="store_true", help="write results as they are ready, not in the order of the pages"
    )
    parser.add_argument("--report", metavar="FILE", help="write what the run did, as JSON, when it is done")
    parser.add_argument(
        "--on-error",
        choices=("record", "stop"),
        default="record",
        help="a page that fails becomes an error record (default), or ends the run",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if any page failed")


def add_file(
    parser: Parser,
    *,
    required: bool = False,
    metavar: str = "PATH",
    purpose: str = "write to a file, which appears when it is complete; never an input",
) -> None:
    """Add the file, or what else the results go to."""
    parser.add_argument("-o", "--output", metavar=metavar, required=required, help=purpose)
    parser.add_argument("--force", action="store_true", help="replace an existing output")


def add_jobs(parser: Parser) -> None:
    """Add the number of worker processes."""
    parser.add_argument(
        "--jobs", type=count, metavar="N", default=_cores(), help="worker processes (default: all cores)"
    )


def add_style(parser: Parser) -> None:
    """Add the choices of spellings."""
    add_lexicon(parser)
    parser.add_argument(
        "--style", metavar="NAME|FILE", default=Options().style, help="style of the spellings (default: %(default)s)"
    )
    parser.add_argument(
        "--in-quotes",
        choices=get_args(InQuotes),
        default=Options().in_quotes,
        help="what becomes of spellings in quotations that are replaced elsewhere (default: %(default)s)",
    )


def add_lexicon(parser: Parser) -> None:
    """Add tables of the user's own."""
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        action="append",
        default=[],
        help="table of lexemes or spellings of your own, laid over the shipped ones; may be given several times",
    )


def add_dates(parser: Parser) -> None:
    """Add the choices of how dates are read."""
    defaults = Options()
    parser.add_argument(
        "--date-order",
        choices=get_args(DateOrder),
        default=defaults.date_order,
        help="order of numeric dates that nothing decides (default: %(default)s, the evidence)",
    )
    parser.add_argument(
        "--on-ambiguous",
        choices=get_args(OnAmbiguous),
        default=defaults.on_ambiguous,
        help="what an undecided date becomes: no date but its candidates (default: %(default)s), the likelier one, "
        "or an error record",
    )
    parser.add_argument(
        "--outlet",
        metavar="ID|FILE",
        help="outlet profile of all pages: a shipped one, or a .toml file (default: by their address)",
    )


def options_of(arguments: argparse.Namespace) -> Options:
    """Return the options that a command line gives; what it cannot say keeps its default.

    Example:
        >>> options_of(argparse.Namespace(style="ap")).style
        'ap'
    """
    names = ("style", "in_quotes", "date_order", "on_ambiguous", "outlet", "encoding", "bidi_controls")
    chosen = {name: getattr(arguments, name) for name in names if hasattr(arguments, name)}
    return Options(lexicon=tuple(getattr(arguments, "lexicon", ())), **chosen)


def limits_of(arguments: argparse.Namespace) -> Limits:
    """Return the limits that a command line gives; of one that is given twice, the last.

    Example:
        >>> limits_of(argparse.Namespace(limits=[("nesting", 2)])).nesting
        2
    """
    return Limits(**dict(arguments.limits))


def refuse_unbuilt(arguments: argparse.Namespace) -> None:
    """Refuse what the command line names and the program cannot do yet.

    Raises:
        OptionError: naming it.
    """
    for name, unbuilt in _UNBUILT.items():
        value = getattr(arguments, name, None)
        if value in unbuilt:
            raise OptionError(f"{_FLAGS[name]} {value} is not built yet")


def _cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
