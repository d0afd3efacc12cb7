"""Find, read and check the data files that ship with the package.

The data lives in ``data/`` at the top of the source tree and in ``bidi_news/data`` inside a wheel; this module is the
only one that knows. ``manifest.toml`` names the data version and, for each file, its licence and SHA-256.

Example:
    >>> from bidi_news.resources import data_version
    >>> data_version().count(".")
    2
"""

from __future__ import annotations

import importlib.resources
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from bidi_news.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["data_root", "data_version", "list_files", "manifest", "parse_tsv", "read_bytes", "read_text", "read_toml"]

_MANIFEST = "manifest.toml"
_OURS = 'project = "bidi_news"'  # the line of a manifest that makes a data folder this project's


@cache
def data_root() -> Traversable:
    """Return the folder of the shipped data: inside the package, else beside it in a source tree of this project.

    Raises:
        DataFileError: if neither has this project's manifest.
    """
    package = importlib.resources.files("bidi_news")
    inside = package / "data"
    if (inside / _MANIFEST).is_file():
        return inside
    # A folder called "data" beside an installed package may be anybody's: only our own manifest makes it ours.
    with importlib.resources.as_file(package) as path:
        beside = path.parent / "data"
        found = beside / _MANIFEST
        if found.is_file() and _OURS in found.read_text("utf-8").splitlines():
            return beside
    raise DataFileError("the package's data is missing; install bidi_news again", path=_MANIFEST)


def read_bytes(name: str) -> bytes:
    """Return a data file as bytes; ``name`` is relative to the data folder, with forward slashes.

    Raises:
        DataFileError: if there is no such file.
    """
    try:
        return data_root().joinpath(*name.split("/")).read_bytes()
    except OSError as error:
        raise DataFileError(f"cannot be read: {error.strerror}", path=name) from error


def read_text(name: str) -> str:
    """Return a data file as text (UTF-8).

    Raises:
        DataFileError: if there is no such file or it is not UTF-8.
    """
    try:
        return read_bytes(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataFileError(f"is not UTF-8 at byte {error.start}", path=name) from error


def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML data file as a dictionary.

    Raises:
        DataFileError: if it is missing or malformed.
    """
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(str(error).lower(), path=name) from error


def parse_tsv(text: str, columns: tuple[str, ...], *, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    r"""Give the line number and the fields of each row of a tab-separated table.

    The first line that is no comment (``#``) is the header and must name exactly ``columns``; blank lines are skipped.

    Args:
        text: the whole table.
        columns: names that the header must have, in order.
        path: name of the file, for errors.

    Yields:
        Line number from 1 and a dictionary of the row's fields.

    Raises:
        DataFileError: at a wrong header or a row with too many or too few fields.

    Example:
        >>> list(parse_tsv("form\tsource\nShia\tstyle book\n", ("form", "source"), path="x.tsv"))
        [(2, {'form': 'Shia', 'source': 'style book'})]
    """
    header_seen = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.rstrip("\r").split("\t")
        if not header_seen:
            if tuple(fields) != columns:
                raise DataFileError(f"the header must be {' '.join(columns)}", path=path, line=number)
            header_seen = True
        elif len(fields) != len(columns):
            raise DataFileError(f"{len(fields)} fields where {len(columns)} are due", path=path, line=number)
        else:
            yield number, dict(zip(columns, fields, strict=True))


def list_files(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the names (relative to the data folder) of a folder's files with a suffix, sorted."""
    entries = data_root().joinpath(*folder.split("/")).iterdir()
    return tuple(sorted(f"{folder}/{entry.name}" for entry in entries if entry.name.endswith(suffix)))


@cache
def manifest() -> dict[str, Any]:
    """Return the manifest: ``project``, ``schema``, ``data_version`` and a table of files."""
    return read_toml(_MANIFEST)


def data_version() -> str:
    """Return the version of the shipped data; every run states it, so that the tables of files are not even read."""
    head, _, _ = read_text(_MANIFEST).partition("\n[")
    return str(tomllib.loads(head)["data_version"])
