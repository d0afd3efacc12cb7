"""``bidi-news run``: many pages in parts, on this machine or on a cluster; what is interrupted can be gone on with.

Example:
    >>> main(["--engine", "ray", "-o", "records"], program="bidi-news run")
    2
"""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_controls,
    add_dates,
    add_encoding,
    add_jobs,
    add_sources,
    add_style,
    limits_of,
    options_of,
)
from bidi_news.cli.session import Session, guarded
from bidi_news.cli.values import size
from bidi_news.errors import MissingExtraError, OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import ModuleType

    from bidi_news.engine.parts import Part, Run

__all__ = ["main"]

_PART_BYTES = "64M"
_SETTINGS, _SUCCESS = "_run.json", "_SUCCESS"


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``run`` and return its exit code."""
    return guarded(program, lambda session: _run(session, _parser(program).parse_args(argv)))


def _parser(program: str) -> Parser:
    """Return the command line."""
    parser = Parser(program, "Normalize many pages in parts, on this machine or on a cluster.")
    add_sources(parser, formats=SOURCE_FORMATS, only_files=True)
    add_encoding(parser)
    parser.add_argument(
        "--engine",
        choices=("local", "ray", "spark"),
        default="local",
        help="who works on the parts: this machine (default), or Ray or Spark, here or on a cluster",
    )
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", required=True, help="folder of the records, with a file for each part"
    )
    parser.add_argument(
        "--to", dest="target", choices=("parquet", "jsonl"), default="parquet", help="form of the files (%(default)s)"
    )
    parser.add_argument(
        "--part-bytes",
        type=size,
        metavar="N",
        default=_PART_BYTES,
        help="about how much of the sources is in a part (default: %(default)s)",
    )
    parser.add_argument("--resume", action="store_true", help="go on with an interrupted run of this output")
    add_jobs(parser)
    add_style(parser)
    add_controls(parser)
    add_dates(parser)
    return parser


def _run(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    from bidi_news.engine.parts import Run, clear_unfinished, missing_parts, plan_parts, write_part  # noqa: PLC0415

    folder = Path(arguments.output).resolve()
    sources = [str(Path(path).resolve()) for path in arguments.paths]  # a worker may be in another folder
    if any(folder.is_relative_to(source) for source in sources):
        raise OptionError(f"output {arguments.output} is an input, or lies in one")
    cluster = _cluster(arguments.engine)
    if arguments.target == "parquet":
        import_module("bidi_news.write.tables")  # says what is missing before anything is made
    if cluster is not None:
        cluster.start(jobs=arguments.jobs)
    run = Run(
        folder=str(folder),
        form=arguments.target,
        source=arguments.source,
        options=options_of(arguments),
        limits=limits_of(arguments),
    )
    parts = plan_parts(sources, run.source, size=arguments.part_bytes, report=session.report)
    _open_folder(folder, _settings(arguments, session.program, parts), resume=arguments.resume)
    todo = missing_parts(run, parts)
    if cluster is None:
        for part in todo:
            write_part(run, part, jobs=arguments.jobs)
    else:
        cluster.for_each(partial(write_part, run), todo, report=session.report)
    clear_unfinished(run)
    return _close(session, run, parts)


def _cluster(engine: str) -> ModuleType | None:
    """Return the module of an engine that is no part of this machine's; None for the local one.

    Raises:
        MissingExtraError: if what it needs is not installed.
    """
    try:
        return None if engine == "local" else import_module(f"bidi_news.engine.{engine}")
    except ImportError:
        raise MissingExtraError(engine, f"--engine {engine}") from None


def _settings(arguments: argparse.Namespace, program: str, parts: list[Part]) -> bytes:
    """Return what the parts of a run hang on, as JSON."""
    from bidi_news.cli.resume import settings_of  # noqa: PLC0415  (heavy imports come after the command line)

    sources = hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()
    return orjson.dumps({**settings_of(arguments, program), "sources": sources})


def _open_folder(folder: Path, settings: bytes, *, resume: bool) -> None:
    """Make the folder of the output, or go on with the one of an interrupted run.

    Raises:
        OptionError: if it holds something else.
        OSError: if it cannot be made.
    """
    from bidi_news.cli.resume import differences  # noqa: PLC0415  (as above)
    from bidi_news.write.files import unfinished_files, whole_file  # noqa: PLC0415

    note = folder / _SETTINGS
    if note.exists():
        if not resume:
            raise OptionError(f"output {folder} holds a run; --resume goes on with it")
        if changed := differences(note.read_bytes(), settings):
            raise OptionError(f"the run in {folder} had other {', '.join(changed)}; give the same, or another output")
        return
    folder.mkdir(parents=True, exist_ok=True)
    if set(folder.iterdir()) - set(unfinished_files(folder)):
        raise OptionError(f"output {folder} is not empty")
    with whole_file(note) as file:
        file.write(settings)


def _close(session: Session, run: Run, parts: list[Part]) -> int:
    """Say what a run has done, mark it as a success if it is one, and return the exit code."""
    from bidi_news.engine.parts import notes  # noqa: PLC0415  (as above)
    from bidi_news.write.files import whole_file  # noqa: PLC0415

    done = list(notes(run, parts))
    for problem in [problem for note in done for problem in note.problems]:
        session.report(problem)
    if len(done) < len(parts):
        session.report(f"{len(parts) - len(done):,} of {len(parts):,} parts are not done; --resume does them")
    pages = sum(note.pages for note in done)
    errors = sum((Counter(note.errors) for note in done), Counter())
    of_parts = "part" if len(done) == 1 else "parts"
    session.say(f"{pages:,} pages in {len(done):,} {of_parts}, {errors.total():,} of them error records")
    if not session.exit_code:
        with whole_file(Path(run.folder, _SUCCESS)) as file:
            file.write(orjson.dumps({"parts": len(parts), "pages": pages, "errors": errors}))
    return session.exit_code
