"""Outlet profiles: what is known of a site, one TOML file each in ``data/outlets``.

A profile (:class:`Outlet`) names the hosts, the language, the zone, the order of numeric dates, chrome phrases, further
stamp labels and, where article numbers rise with time, what they say about the date. Every profile lists the sources
of its facts. A user's own file goes through the same validator. Nothing is loaded for a page without an address.

Example:
    >>> from bidi_news.outlets import find_outlet
    >>> outlet = find_outlet("https://www.ynetnews.com/articles/0,7340,L-4672010,00.html")
    >>> outlet.id, outlet.date_order
    ('ynetnews', 'mdy')
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bidi_news.errors import DataFileError, OptionError
from bidi_news.profile import ArticleIds, Outlet, parse_outlet
from bidi_news.resources import list_files, read_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "ArticleIds",
    "Outlet",
    "check_outlets",
    "find_outlet",
    "get_outlet",
    "load_outlets",
    "read_hosts",
    "read_outlet",
]

_FOLDER = "outlets"
_FILE = ".toml"
_MOST_LABELS = 8  # labels of a host, from its end, that are looked up
_NO_HOSTS: Mapping[str, Outlet] = MappingProxyType({})


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return the shipped profiles by id.

    Raises:
        DataFileError: if one is malformed, or two share an id or a host.

    Example:
        >>> load_outlets()["haaretz-en"].date_order
        'dmy'
    """
    profiles = [(path, _sound(read_text(path), path)) for path in list_files(_FOLDER, _FILE)]
    _refuse(_clashes(profiles))
    return MappingProxyType({outlet.id: outlet for _, outlet in profiles})


def find_outlet(url: str | None, own: Mapping[str, Outlet] = _NO_HOSTS) -> Outlet | None:
    """Return the profile of an address, by its host or the nearest domain above it; None where none is known.

    Args:
        url: absolute address; None or anything else that names no host finds nothing.
        own: further profiles by host (:func:`read_hosts`), which come before the shipped ones of the same host.

    Example:
        >>> find_outlet("https://news.walla.co.il/item/3200007").id
        'walla'
        >>> find_outlet(None) is None
        True
    """
    host = _host(url)
    if not host:
        return None
    shipped = _shipped_hosts()
    labels = host.split(".")[-_MOST_LABELS:]
    for first in range(len(labels)):
        domain = ".".join(labels[first:])
        outlet = own.get(domain) or shipped.get(domain)
        if outlet is not None:
            return outlet
    return None


def get_outlet(name: str) -> Outlet:
    """Return a profile by its name.

    Args:
        name: id of a shipped profile, or path of a profile file, which ends in ``.toml``.

    Raises:
        OptionError: if no shipped profile has that id; the message names the choices.
        DataFileError: if the file is missing or malformed.

    Example:
        >>> get_outlet("maariv").zone
        'Asia/Jerusalem'
    """
    if name.endswith(_FILE):
        return read_outlet(name)
    outlets = load_outlets()
    if name not in outlets:
        raise OptionError(
            f"no outlet is called {name!r}; choose one of {', '.join(outlets)}, or the path of a {_FILE} file"
        )
    return outlets[name]


def read_outlet(path: str | os.PathLike[str]) -> Outlet:
    """Read a profile of the user's own.

    Raises:
        DataFileError: if the file is missing, no TOML, or no profile.
    """
    return _sound(_text(path), str(path))


def read_hosts(paths: Sequence[str | os.PathLike[str]]) -> Mapping[str, Outlet]:
    """Read profiles of the user's own, by host, as :func:`find_outlet` takes them.

    Raises:
        DataFileError: if a file is missing or malformed, or two of them share an id or a host.
    """
    return _read_hosts(tuple((str(path), _stamp(path)) for path in paths))


def check_outlets(paths: Sequence[str | os.PathLike[str]] = ()) -> tuple[int, tuple[DataFileError, ...]]:
    """Look for everything that is wrong with some profiles.

    Args:
        paths: profile files; none for the shipped ones.

    Returns:
        How many profiles were looked at, and all that is wrong, file by file; last come ids and hosts that two share.

    Example:
        >>> check_outlets()[1]
        ()
    """
    problems: list[DataFileError] = []
    profiles: list[tuple[str, Outlet]] = []
    names = list(paths) or list_files(_FOLDER, _FILE)
    for name in names:
        try:
            outlet, found = parse_outlet(_text(name) if paths else read_text(str(name)), str(name))
        except DataFileError as error:
            problems.append(error)
        else:
            problems += found
            profiles += [(str(name), outlet)] if outlet else []
    return len(names), (*problems, *_clashes(profiles))


@lru_cache(maxsize=8)  # every batch of a run asks for the same files
def _read_hosts(files: tuple[tuple[str, object], ...]) -> Mapping[str, Outlet]:
    """Read profiles by host, anew where a file has changed."""
    profiles = [(path, read_outlet(path)) for path, _ in files]
    _refuse(_clashes(profiles))
    return _by_host(outlet for _, outlet in profiles)


def _stamp(path: str | os.PathLike[str]) -> object:
    """Return what changes when a file does; None for one that is not there."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _clashes(profiles: Iterable[tuple[str, Outlet]]) -> Iterator[DataFileError]:
    """Give every id and every host that an earlier profile has too."""
    ids: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for path, outlet in profiles:
        if ids.setdefault(outlet.id, path) != path:
            yield DataFileError(f"{outlet.id!r} is the id of {ids[outlet.id]} already", path=path, column="id")
        for host in outlet.hosts:
            if hosts.setdefault(host, path) != path:
                yield DataFileError(f"{host!r} belongs to {hosts[host]} already", path=path, column="hosts")


def _sound(text: str, path: str) -> Outlet:
    """Return the profile of a text.

    Raises:
        DataFileError: the first thing that is wrong with it.
    """
    outlet, problems = parse_outlet(text, path)
    if outlet is None:
        raise problems[0]
    return outlet


def _refuse(problems: Iterator[DataFileError]) -> None:
    """Raise the first problem, if there is one."""
    for problem in problems:
        raise problem


def _text(path: str | os.PathLike[str]) -> str:
    """Return the text of a user's file.

    Raises:
        DataFileError: if it cannot be read or is not UTF-8.
    """
    try:
        return Path(path).read_text("utf-8")
    except OSError as error:
        raise DataFileError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"is not UTF-8 at byte {error.start}", path=str(path)) from error


@cache
def _shipped_hosts() -> Mapping[str, Outlet]:
    """Return the shipped profiles by host."""
    return _by_host(load_outlets().values())


def _by_host(outlets: Iterable[Outlet]) -> Mapping[str, Outlet]:
    """Return profiles by host."""
    return MappingProxyType({host: outlet for outlet in outlets for host in outlet.hosts})


def _host(url: str | None) -> str:
    """Return the host of an address, empty where it names none."""
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:  # an address may hold anything
        return ""
