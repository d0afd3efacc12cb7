r"""An output that outlives its run: what an interrupted run has written is kept, and the next run goes on after it.

Records stand in the order of their pages, one line for each, so the number of whole lines says how many pages are done.
What the run was stands beside the output until it is complete; a run with other options or other inputs is refused.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     try:
    ...         with open_resumed(f"{folder}/out", inputs=(), force=False, settings={}) as (stream, done):
    ...             raise KeyboardInterrupt(stream.write(b'{"id":1}\n{"id":'))
    ...     except KeyboardInterrupt:
    ...         with open_resumed(f"{folder}/out", inputs=(), force=False, settings={}) as (stream, done):
    ...             size = stream.write(b'{"id":2}\n')
    ...     done.pages, Path(folder, "out").read_bytes()
    (1, b'{"id":1}\n{"id":2}\n')
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import orjson

from bidi_news._version import __version__
from bidi_news.cli.output import open_output, output_file
from bidi_news.errors import OptionError
from bidi_news.resources import data_version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Done", "differences", "is_complete", "open_asked", "open_resumed", "settings_of"]

# Of an error record. In a JSON string its quotation marks would be escaped.
_FAILED = b'"error":{"code":'
_LINES = ("auto", "jsonl", "schema-org")
# What the records of a run do not hang on.
_WITHOUT_EFFECT = {"output", "force", "resume", "jobs", "strict", "on_error", "report", "paths", "engine"}


class Done(NamedTuple):
    """What an earlier run has written."""

    pages: int
    """How many records, of the first pages."""
    failed: int
    """How many of them are error records."""


def is_complete(path: str | None) -> bool:
    """Whether an output is there, and so complete: until then it has another name."""
    return path is not None and Path(path).is_file()


@contextmanager
def open_asked(arguments: argparse.Namespace, program: str) -> Iterator[tuple[BinaryIO, Done]]:
    """Open the output that a command line asks for, and say what an interrupted run has left in it.

    Args:
        arguments: the command line, with the arguments of ``add_sources`` and ``add_output``.
        program: name of the command.

    Yields:
        The stream, and what is done.

    Raises:
        OptionError: if the output cannot be opened so, or cannot be gone on with.
        OSError: if it cannot be written.
    """
    inputs = arguments.paths or ["-"]
    if not arguments.resume:
        with open_output(arguments.output, inputs=inputs, force=arguments.force) as stream:
            yield stream, Done(0, 0)
        return
    if arguments.target not in _LINES:
        raise OptionError(f"--resume goes on with lines only: --to {' or '.join(_LINES[1:])}")
    if arguments.unordered:
        raise OptionError("--resume counts the records, which must be in the order of the pages: leave out --unordered")
    settings = settings_of(arguments, program)
    with open_resumed(arguments.output, inputs=inputs, force=arguments.force, settings=settings) as resumed:
        yield resumed


def settings_of(arguments: argparse.Namespace, program: str) -> dict[str, Any]:
    """Return what the records of a run hang on beside its sources, as JSON values."""
    settings = {name: value for name, value in vars(arguments).items() if name not in _WITHOUT_EFFECT}
    return settings | {"command": program.rsplit(maxsplit=1)[-1], "versions": [__version__, data_version()]}


@contextmanager
def open_resumed(
    path: str | None, *, inputs: Sequence[str], force: bool, settings: Mapping[str, Any]
) -> Iterator[tuple[BinaryIO, Done]]:
    """Open an output after what an interrupted run has written to it; it appears when it is complete.

    Args:
        path: the file.
        inputs: the sources of the run, none of which may be the output or hold it.
        force: whether an existing file may be replaced.
        settings: what the records hang on, as JSON values; the sizes of the inputs are added.

    Yields:
        The stream, and what is done.

    Raises:
        OptionError: if the output is no file of its own, or the interrupted run had other settings or inputs.
        OSError: if it cannot be written.
    """
    target = output_file(path, inputs=inputs, force=force)
    if path is None or target is None or (target.exists() and not target.is_file()):
        raise OptionError("--resume needs a file to go on with; name it with -o")
    unfinished, note = (target.with_name(f".{target.name}.{suffix}") for suffix in ("unfinished", "run"))
    sizes = {name: Path(name).stat().st_size for name in inputs if Path(name).is_file()}
    own = orjson.dumps({**settings, "inputs": list(inputs), "sizes": sizes})
    if not note.exists() or not unfinished.exists():
        unfinished.write_bytes(b"")
        note.write_bytes(own)
    if changed := differences(note.read_bytes(), own):
        raise OptionError(
            f"the interrupted run of {path} had other {', '.join(changed)}; give the same ones, or remove {unfinished}"
        )
    with unfinished.open("r+b") as stream:
        done = _whole_lines(stream)
        yield stream, done
    unfinished.replace(target)
    note.unlink()


def differences(given: bytes, own: bytes) -> list[str]:
    """Return the names of the settings that two runs do not share."""
    try:
        first, second = orjson.loads(given), orjson.loads(own)
    except orjson.JSONDecodeError:
        return ["settings, which are damaged"]
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _whole_lines(stream: BinaryIO) -> Done:
    """Count the whole lines of a stream, cut off the rest, and leave the stream at its end."""
    pages = failed = end = 0
    for line in stream:
        if line.endswith(b"\n"):
            pages += 1
            failed += _FAILED in line
            end += len(line)
    stream.seek(end)
    stream.truncate()
    os.fsync(stream.fileno())
    return Done(pages, failed)
