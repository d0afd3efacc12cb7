"""Files that are there only when they are whole.

Example:
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder, "out")
    ...     with whole_file(target) as stream:
    ...         size = stream.write(b"half")
    ...         before = target.exists()
    ...     before, target.read_bytes()
    (False, b'half')
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["unfinished_files", "whole_file"]

_UNFINISHED = ".{}.{}.tmp"


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Write a file under a temporary name beside it, and give it its own name at the end.

    If that is not reached, the temporary file is removed, unless the process is killed. Several processes, also on
    several machines, may write the same file at once: the last one stays.

    Args:
        target: the file; one of that name is replaced.

    Yields:
        The stream to write to.

    Raises:
        OSError: if it cannot be written.
    """
    unfinished = target.with_name(_UNFINISHED.format(target.name, os.urandom(8).hex()))
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def unfinished_files(folder: Path) -> Iterator[Path]:
    """Give the temporary files that killed processes have left in a folder."""
    return folder.glob(_UNFINISHED.format("*", "*"))
