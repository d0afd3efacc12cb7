"""Where results go: standard output, or a file that appears only when it is complete.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_output(f"{folder}/out", inputs=(), force=False) as stream:
    ...         hidden = stream.write(b"half"), not Path(folder, "out").exists()
    ...     hidden, Path(folder, "out").read_bytes()
    ((4, True), b'half')
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bidi_news.errors import OptionError
from bidi_news.write.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["open_output", "output_file"]


@contextmanager
def open_output(path: str | None, *, inputs: Sequence[str], force: bool) -> Iterator[BinaryIO]:
    """Open the output as a stream of bytes.

    A file is written under a temporary name beside it and renamed at the end; if the run fails, the temporary file is
    removed and nothing has changed. Devices and pipes are written to directly.

    Args:
        path: the file; None or ``-`` for standard output.
        inputs: the sources of the run, none of which may be the output or hold it.
        force: whether an existing file may be replaced.

    Yields:
        The stream.

    Raises:
        OptionError: if its folder does not exist, if it exists and may not be replaced, or is an input.
        OSError: if it cannot be written.
    """
    target = output_file(path, inputs=inputs, force=force)
    if target is None:
        yield sys.stdout.buffer
        return
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    with whole_file(target) as stream:
        yield stream


def output_file(path: str | None, *, inputs: Sequence[str], force: bool) -> Path | None:
    """Return the file, device or pipe that an output is; None for standard output. Arguments as above.

    Raises:
        OptionError: if its folder does not exist, if it exists and may not be replaced, or is an input.
    """
    if path is None or path == "-":
        return None
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise OptionError(f"output {path} cannot be made: there is no folder {target.parent}")
    if target.is_dir():
        raise OptionError(f"output {path} is a folder")
    if target.is_file():
        _check_no_input(target, path, inputs)
        if not force:
            raise OptionError(f"output {path} exists; --force replaces it")
    return target


def _check_no_input(target: Path, path: str, inputs: Sequence[str]) -> None:
    """Refuse an output that is one of the inputs or lies in one of them."""
    for source in inputs:
        if source == "-":
            same = os.path.samestat(os.fstat(0), target.stat())
        else:
            place = Path(source)
            same = place.exists() and (place.samefile(target) or target.is_relative_to(place.resolve()))
        if same:
            raise OptionError(f"output {path} is an input, or lies in one")
