"""Outlet profiles: what is known of a site, one TOML file each in ``data/outlets``.

A profile names the hosts, the language, the zone, the order of numeric dates, chrome phrases, further stamp labels and,
where article numbers rise with time, what they say about the date. Every profile lists the sources of its facts. A
user's own file goes through the same validator (:func:`read_outlet`). Nothing is loaded for a page without an address.

Example:
    >>> from bidi_news.outlets import find_outlet
    >>> outlet = find_outlet("https://www.ynetnews.com/articles/0,7340,L-4672010,00.html")
    >>> outlet.id, outlet.date_order
    ('ynetnews', 'mdy')
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bidi_news.errors import DataFileError, OptionError
from bidi_news.model import Order, Role
from bidi_news.resources import list_files, read_toml

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

__all__ = ["ArticleIds", "Outlet", "find_outlet", "get_outlet", "load_outlets", "read_outlet"]

_FOLDER = "outlets"


@dataclass(frozen=True, slots=True)
class ArticleIds:
    """Article numbers that rise with time, and the known date of some."""

    pattern: re.Pattern[str]
    """Finds the number in an address, in group 1."""
    anchors: tuple[tuple[int, date], ...]
    """Numbers and the day of their article, both rising."""

    def bounds(self, url: str) -> tuple[date, date] | None:
        """Return the first and last day that the number in an address allows, or None where it says nothing.

        Example:
            >>> ids = get_outlet("ynet").article_ids
            >>> [str(day) for day in ids.bounds("https://www.ynet.co.il/articles/0,7340,L-4700000,00.html")]
            ['2015-08-15', '2018-05-17']
        """
        found = self.pattern.search(url)
        if found is None or len(found[1]) > 18:
            return None
        number = int(found[1])
        below = [day for anchor, day in self.anchors if anchor <= number]
        above = [day for anchor, day in self.anchors if anchor >= number]
        return (below[-1], above[0]) if below and above else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """What is known of one site or edition."""

    id: str
    """Name of the profile, as ``--outlet`` takes it."""
    name: str
    """Name for people."""
    hosts: tuple[str, ...]
    """Host names; their subdomains belong to them unless another profile names one."""
    language: str
    """BCP 47 tag of the edition."""
    zone: str
    """IANA zone of its local times."""
    date_order: Order | None = None
    """Order of numeric dates, None where the edition is not known to keep one."""
    chrome: tuple[str, ...] = ()
    """Phrases of its pages that belong to no article."""
    stamp_labels: Mapping[str, Role] = field(default_factory=dict)
    """Further phrases before a timestamp, each with what the stamp says."""
    article_ids: ArticleIds | None = None
    """What its article numbers say about dates."""
    sources: tuple[str, ...]
    """Where the facts were verified."""


_KEYS = frozenset(
    {"id", "name", "hosts", "language", "zone", "date_order", "chrome", "stamp_labels", "article_ids", "sources"}
)
_REQUIRED = ("id", "name", "hosts", "language", "zone", "sources")
_LISTS = ("hosts", "chrome", "sources")


def _validate(table: dict[str, Any], path: str) -> Outlet:
    """Make a profile of a parsed file.

    Raises:
        DataFileError: naming the key that is missing, unknown or malformed.
    """
    for key in table.keys() - _KEYS:
        raise DataFileError(f"unknown key; choose among {', '.join(sorted(_KEYS))}", path=path, column=key)
    for key in _REQUIRED:
        if not table.get(key):
            raise DataFileError("is missing or empty", path=path, column=key)
    for key, value in table.items():
        kind = list if key in _LISTS else dict if key in {"stamp_labels", "article_ids"} else str
        if not isinstance(value, kind) or (kind is list and not all(isinstance(entry, str) for entry in value)):
            raise DataFileError("has the wrong type", path=path, column=key)
    if table.get("date_order", "dmy") not in get_args(Order):
        raise DataFileError(f"is one of {', '.join(get_args(Order))}", path=path, column="date_order")
    try:
        ZoneInfo(table["zone"])
    except (KeyError, ValueError, OSError) as error:
        raise DataFileError(f"no IANA zone is called {table['zone']!r}", path=path, column="zone") from error
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    known["stamp_labels"] = _stamp_labels(table.get("stamp_labels", {}), path)
    if "article_ids" in table:
        known["article_ids"] = _article_ids(table["article_ids"], path)
    return Outlet(**known)


def _stamp_labels(table: dict[str, Any], path: str) -> Mapping[str, Role]:
    labels: dict[str, Role] = {}
    for role in get_args(Role):
        phrases = table.get(role, [])
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) and phrase for phrase in phrases):
            raise DataFileError("is a list of phrases", path=path, column=f"stamp_labels.{role}")
        labels |= dict.fromkeys(phrases, role)
    for key in table.keys() - set(get_args(Role)):
        raise DataFileError(f"is one of {', '.join(get_args(Role))}", path=path, column=f"stamp_labels.{key}")
    return MappingProxyType(labels)


def _article_ids(table: dict[str, Any], path: str) -> ArticleIds:
    column = "article_ids"
    try:
        pattern = re.compile(table["pattern"])
        anchors = tuple((int(number), day) for number, day in table["anchors"])
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataFileError(
            f"needs a pattern and anchors [[number, date], …]: {error}", path=path, column=column
        ) from error
    if pattern.groups < 1:
        raise DataFileError("the pattern must have a group", path=path, column=column)
    days = [day for _, day in anchors]
    if not all(type(day) is date for day in days) or list(anchors) != sorted(anchors) or days != sorted(days):
        raise DataFileError("the anchors are numbers and dates that rise together", path=path, column=column)
    return ArticleIds(pattern, anchors)


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return the shipped profiles by id.

    Raises:
        DataFileError: if one is malformed, or two share an id or a host.

    Example:
        >>> load_outlets()["haaretz-en"].date_order
        'dmy'
    """
    found: dict[str, Outlet] = {}
    hosts: dict[str, str] = {}
    for path in list_files(_FOLDER, ".toml"):
        outlet = _validate(read_toml(path), path)
        if outlet.id in found:
            raise DataFileError(f"two profiles are called {outlet.id}", path=path, column="id")
        for host in outlet.hosts:
            if hosts.setdefault(host, outlet.id) != outlet.id:
                raise DataFileError(f"{host} belongs to {hosts[host]} already", path=path, column="hosts")
        found[outlet.id] = outlet
    return MappingProxyType(found)


@cache
def _by_host() -> Mapping[str, Outlet]:
    return {host: outlet for outlet in load_outlets().values() for host in outlet.hosts}


def find_outlet(url: str | None) -> Outlet | None:
    """Return the profile of an address, by its host or the nearest domain above it; None where none is known.

    Args:
        url: absolute address; None or anything else that names no host finds nothing.

    Example:
        >>> find_outlet("https://news.walla.co.il/item/3200007").id
        'walla'
        >>> find_outlet(None) is None
        True
    """
    if not url:
        return None
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # an address may hold anything
        return None
    if not host:
        return None
    table = _by_host()
    labels = host.split(".")[-8:]
    for first in range(len(labels)):
        outlet = table.get(".".join(labels[first:]))
        if outlet is not None:
            return outlet
    return None


def get_outlet(id: str) -> Outlet:  # noqa: A002 (the profile's own field name)
    """Return a shipped profile.

    Raises:
        OptionError: if there is none of that id; the message names the choices.

    Example:
        >>> get_outlet("maariv").zone
        'Asia/Jerusalem'
    """
    outlets = load_outlets()
    if id not in outlets:
        raise OptionError(f"no outlet is called {id!r}; choose one of {', '.join(outlets)}")
    return outlets[id]


def read_outlet(path: str | os.PathLike[str]) -> Outlet:
    """Read a profile of the user's own.

    Raises:
        DataFileError: if the file is missing, no TOML, or no profile.
    """
    try:
        table = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(str(error).lower(), path=str(path)) from error
    return _validate(table, str(path))
