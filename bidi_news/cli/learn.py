"""``bidi-news outlets learn``: outlet profiles from pages; and what ``normalize --learn-templates`` does first.

Example:
    >>> main(["pages.jsonl"], program="bidi-news outlets learn")
    2
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_encoding,
    add_file,
    add_sources,
    limits_of,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.session import Session, guarded
from bidi_news.cli.values import count, fraction
from bidi_news.errors import BidiNewsError, OptionError
from bidi_news.options import Recurrence

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from bidi_news.options import Options
    from bidi_news.outlets import Outlet
    from bidi_news.templates import Templates

__all__ = ["learned_options", "main"]

_FILE = ".toml"
_OFTEN = Recurrence()
_SHOWN = 3  # outlets of a message


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``outlets learn`` and return its exit code."""
    parser = Parser(
        program,
        "Learn outlet profiles from pages: the lines that recur across an outlet's pages are chrome; what the pages of "
        "certain date tell about the order of its dates and its article numbers decides the others.",
    )
    add_sources(parser, formats=SOURCE_FORMATS)
    add_encoding(parser)
    add_file(
        parser,
        required=True,
        metavar="FILE.toml|FOLDER",
        purpose="the profile, or - for standard output; or a folder with a profile for each outlet",
    )
    parser.add_argument("--host", metavar="HOST", help="host of the pages that have no address, such as news.example")
    parser.add_argument(
        "--least-pages",
        type=partial(count, least=2),
        metavar="N",
        default=_OFTEN.least_articles,
        help="pages that must have a line; those of one article count once (default: %(default)s)",
    )
    parser.add_argument(
        "--least-share",
        type=fraction,
        metavar="X",
        default=_OFTEN.least_share,
        help="share of the outlet's pages that must have it, above 0 and at most 1 (default: %(default)s)",
    )
    return guarded(program, lambda session: _learn(session, parser.parse_args(argv)))


@contextmanager
def learned_options(session: Session, arguments: argparse.Namespace, options: Options) -> Iterator[Options]:
    """Give the options of a run with what its own pages teach; the profiles are files while the run lasts.

    Args:
        session: the run.
        arguments: the command line, with the arguments of ``add_sources``.
        options: what the command line says besides.

    Raises:
        OptionError: if a source can be read once only.
    """
    for path in arguments.paths or ["-"]:
        if path == "-" or (Path(path).exists() and not (Path(path).is_file() or Path(path).is_dir())):
            what = "standard input" if path == "-" else path
            raise OptionError(
                f"--learn-templates reads its sources twice, and {what} can be read once only; name files"
            )
    # what is wrong with a source is told when its pages are normalized
    found = _templates(arguments, options, None, _OFTEN, report=lambda _: None)
    if not found.outlets:
        session.say(f"--learn-templates: {_why_nothing(found, _OFTEN)}")
        yield options
        return
    with TemporaryDirectory() as folder:
        paths = [str(Path(folder, f"{outlet.id}{_FILE}")) for outlet in found.outlets]
        for path, outlet in zip(paths, found.outlets, strict=True):
            Path(path).write_bytes(_data(outlet))
        yield replace(options, outlets=tuple(paths)) if options.outlet is None else replace(options, outlet=paths[0])


def _learn(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    often = Recurrence(least_articles=arguments.least_pages, least_share=arguments.least_share)
    found = _templates(arguments, options_of(arguments), arguments.host, often, report=session.report)
    if not found.outlets:
        raise BidiNewsError(_why_nothing(found, often))
    if found.strays:
        session.say(f"{found.strays} pages without an address were left out; --host says whose pages they are")
    if found.untaught:
        session.say(f"{len(found.untaught)} of the outlets taught nothing: too few pages, or nothing new")
    _write(arguments, found)
    return session.exit_code


def _templates(
    arguments: argparse.Namespace,
    options: Options,
    host: str | None,
    often: Recurrence,
    *,
    report: Callable[[object], None],
) -> Templates:
    """Learn from the sources of a command line."""
    from bidi_news.read.sources import source_pages  # noqa: PLC0415  (where the work is done)
    from bidi_news.templates import learn_templates  # noqa: PLC0415

    limits = limits_of(arguments)
    pages = source_pages(arguments.paths or ["-"], arguments.source, limits=limits, report=report)
    return learn_templates((page for page in pages if page is not None), options, host=host, often=often)


def _why_nothing(found: Templates, often: Recurrence) -> str:
    """Say why there is nothing to be learned."""
    if found.pages:
        return (
            f"nothing to learn: no new line is on the pages of {often.least_articles} articles of an outlet, or of "
            "more, and their dates tell nothing new"
        )
    if found.strays:
        return "nothing to learn: no page has an address that says whose it is"
    return "nothing to learn: the sources have no page"


def _write(arguments: argparse.Namespace, found: Templates) -> None:
    """Write the profiles: one to a file, one or several to a folder."""
    from bidi_news.cli.output import open_output  # noqa: PLC0415  (where the work is done)

    inputs = arguments.paths or ["-"]
    names = {arguments.output: found.outlets[0]}
    if arguments.output != "-" and not arguments.output.endswith(_FILE):
        folder = Path(arguments.output)
        folder.mkdir(exist_ok=True)
        names = {str(folder / f"{outlet.id}{_FILE}"): outlet for outlet in found.outlets}
    elif len(found.outlets) > 1:
        what = ", ".join(outlet.id for outlet in found.outlets[:_SHOWN])
        raise OptionError(f"the pages are of {len(found.outlets)} outlets ({what} …); -o must be a folder for so many")
    for name, outlet in names.items():
        with open_output(name, inputs=inputs, force=arguments.force) as stream:
            stream.write(_data(outlet))


def _data(outlet: Outlet) -> bytes:
    """Return the file of a profile."""
    from bidi_news.profile import outlet_text  # noqa: PLC0415  (where the work is done)

    return outlet_text(outlet).encode()
