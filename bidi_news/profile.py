r"""One outlet profile: what it holds, and how the text of a TOML file becomes one.

Shipped profiles and a user's own go through the same :func:`parse_outlet`, which reports everything that is wrong with
a file at once. Nothing here reads a file or knows which profiles there are; that is :mod:`bidi_news.outlets`.

Example:
    >>> outlet, problems = parse_outlet('id = "mine"\nname = "Mine"\nhosts = ["mine.example"]', "mine.toml")
    >>> [str(problem) for problem in problems]  # doctest: +NORMALIZE_WHITESPACE
    ['mine.toml, language: is missing or empty', 'mine.toml, zone: is missing or empty',
     'mine.toml, sources: is missing or empty']
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args
from zoneinfo import ZoneInfo

from bidi_news.errors import DataFileError
from bidi_news.model import Order, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["ArticleIds", "Outlet", "is_host", "outlet_table", "outlet_text", "parse_outlet"]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"[^\s/:@?#.]+(\.[^\s/:@?#.]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")  # RFC 5646: language, script, region
_ORDERS, _ROLES = get_args(Order), get_args(Role)
_LISTS = ("chrome", "sources")  # a line of the file for each entry
_LAST_SHORT = 0xFFFF  # code point that four digits can write
_LONGEST_NUMBER = 18  # digits of an article's number; longer ones are something else


@dataclass(frozen=True, slots=True)
class ArticleIds:
    """Article numbers that rise with time, and the known date of some."""

    pattern: re.Pattern[str]
    """Finds the number in an address, in group 1."""
    anchors: tuple[tuple[int, date], ...]
    """Numbers and the day of their article, both rising."""

    def bounds(self, url: str) -> tuple[date, date] | None:
        r"""Return the first and last day that the number in an address allows, or None where it says nothing.

        Example:
            >>> ids = ArticleIds(re.compile(r"/(\d+)$"), ((10, date(2015, 8, 15)), (20, date(2018, 5, 17))))
            >>> [str(day) for day in ids.bounds("https://mine.example/15")]
            ['2015-08-15', '2018-05-17']
        """
        found = self.pattern.search(url)
        digits = (found[1] if found else None) or ""
        if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
            return None
        number = int(digits)
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


def parse_outlet(text: str, path: str) -> tuple[Outlet | None, tuple[DataFileError, ...]]:
    """Make a profile of the text of a TOML file.

    Args:
        text: the whole file.
        path: its name, for errors.

    Returns:
        The profile and no problem, or None and everything that is wrong, each with its key.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (DataFileError(str(error).lower(), path=path),)
    problems = tuple(DataFileError(message, path=path, column=key) for key, message in _problems(table))
    return (None if problems else _outlet(table)), problems


def outlet_table(outlet: Outlet) -> dict[str, Any]:
    """Return all that a profile says, under the keys of its file; what it does not say is None or empty."""
    ids = outlet.article_ids
    labels = {role: [phrase for phrase, says in outlet.stamp_labels.items() if says == role] for role in _ROLES}
    return {
        "id": outlet.id,
        "name": outlet.name,
        "hosts": outlet.hosts,
        "language": outlet.language,
        "zone": outlet.zone,
        "date_order": outlet.date_order,
        "chrome": outlet.chrome,
        "sources": outlet.sources,
        "stamp_labels": {role: phrases for role, phrases in labels.items() if phrases},
        "article_ids": ids and {"pattern": ids.pattern.pattern, "anchors": ids.anchors},
    }


def outlet_text(outlet: Outlet) -> str:
    r"""Return the TOML of a profile, of which :func:`parse_outlet` makes the same profile.

    Example:
        >>> mine = Outlet(id="mine", name="M", hosts=("m.example",), language="he", zone="UTC", sources=("seen",))
        >>> outlet_text(mine).splitlines()[:2]
        ['id = "mine"', 'name = "M"']
    """
    lines: list[str] = []
    for key, value in outlet_table(outlet).items():
        if isinstance(value, dict):  # the tables stand last
            lines += ["", f"[{key}]"] if value else []
            lines += [f"{name} = {_toml(entry)}" for name, entry in value.items()]
        elif value:
            lines.append(f"{key} = {_toml(value, wide=key in _LISTS)}")
    return "\n".join((*lines, ""))


def is_host(name: str) -> bool:
    """Return whether a profile may name a host.

    Example:
        >>> is_host("news.example"), is_host("localhost"), is_host("News.example")
        (True, False, False)
    """
    return bool(_HOST.fullmatch(name)) and name == name.lower()


def _toml(value: Any, *, wide: bool = False) -> str:
    """Write a value of a profile: a string, a number, a date, or a list of such; a wide list has a line for each."""
    if isinstance(value, list | tuple):
        entries = [_toml(entry) for entry in value]
        return "[\n" + "".join(f"    {entry},\n" for entry in entries) + "]" if wide else f"[{', '.join(entries)}]"
    if isinstance(value, str):
        # strings of JSON are strings of TOML, but DEL must not stand in these; what nobody sees is better escaped too
        return "".join(
            char if char == " " or char.isprintable() else _escape(char)
            for char in json.dumps(value, ensure_ascii=False)
        )
    return str(value)


def _escape(char: str) -> str:
    """Return the escape of a character in a string of TOML."""
    return f"\\U{ord(char):08x}" if ord(char) > _LAST_SHORT else f"\\u{ord(char):04x}"


def _problems(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the key and the fault of everything that is wrong with a parsed file."""
    for key in sorted(table.keys() - _CHECKS.keys()):
        yield key, f"unknown key; choose among {', '.join(_CHECKS)}"
    for key, check in _CHECKS.items():
        if key in _REQUIRED and not table.get(key):
            yield key, "is missing or empty"
        elif key in table:
            for suffix, message in check(table[key]):
                yield key + suffix, message


def _outlet(table: dict[str, Any]) -> Outlet:
    """Make a profile of a parsed file that is sound."""
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    labels = known.pop("stamp_labels", {})
    ids = known.pop("article_ids", None)
    return Outlet(
        **known,
        stamp_labels=MappingProxyType({phrase: role for role, phrases in labels.items() for phrase in phrases}),
        article_ids=_article_ids(ids) if ids else None,
    )


def _article_ids(table: dict[str, Any]) -> ArticleIds:
    """Make the article numbers of a parsed table."""
    return ArticleIds(re.compile(table["pattern"]), tuple((number, day) for number, day in table["anchors"]))


# Each check gives what is wrong with the value of a key: what to add to the key's name, and a message.


def _check_id(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        yield "", f"{value!r} is not made of small letters and digits, joined by hyphens"


def _check_text(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str):
        yield "", "must be a string"


def _check_phrases(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
        yield "", "must be a list of strings, none of them empty"


def _check_hosts(value: Any) -> Iterator[tuple[str, str]]:
    wrong = list(_check_phrases(value))
    yield from wrong
    for host in value if not wrong else ():
        if not is_host(host):
            yield "", f"{host!r} is no host name such as news.example, in small letters"


def _check_language(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        yield "", f"{value!r} is no BCP 47 tag such as he, en or ar-EG"


def _check_zone(value: Any) -> Iterator[tuple[str, str]]:
    try:
        ZoneInfo(value)
    except (KeyError, TypeError, ValueError, OSError):
        yield "", f"no IANA zone is called {value!r}"


def _check_order(value: Any) -> Iterator[tuple[str, str]]:
    if value not in _ORDERS:
        yield "", f"{value!r} is not one of {', '.join(_ORDERS)}"


def _check_labels(value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield "", f"must be a table of {', '.join(_ROLES)}"
        return
    known: set[str] = set()
    for role, phrases in value.items():
        if role not in _ROLES:
            yield f".{role}", f"unknown key; choose among {', '.join(_ROLES)}"
            continue
        wrong = list(_check_phrases(phrases))
        yield from ((f".{role}{suffix}", message) for suffix, message in wrong)
        if not wrong:
            yield from ((f".{role}", f"{phrase!r} stands twice") for phrase in phrases if phrase in known)
            known.update(phrases)


def _check_ids(value: Any) -> Iterator[tuple[str, str]]:
    try:
        ids = _article_ids(value)
        numbers, days = zip(*ids.anchors, strict=True)
    except (KeyError, TypeError, ValueError, re.error) as error:
        yield "", f"needs a pattern and anchors [[number, date], …]: {error}"
        return
    if ids.pattern.groups < 1:
        yield "", "the pattern must have a group, which holds the number"
    # a date-time is a date too, and True a number: only the plain types are meant
    if not all(type(number) is int for number in numbers) or not all(type(day) is date for day in days):
        yield "", "an anchor is a whole number and a date"
    elif list(numbers) != sorted(numbers) or list(days) != sorted(days):
        yield "", "the anchors are numbers and dates that rise together"


_CHECKS: Mapping[str, Callable[[Any], Iterator[tuple[str, str]]]] = {
    "id": _check_id,
    "name": _check_text,
    "hosts": _check_hosts,
    "language": _check_language,
    "zone": _check_zone,
    "date_order": _check_order,
    "chrome": _check_phrases,
    "stamp_labels": _check_labels,
    "article_ids": _check_ids,
    "sources": _check_phrases,
}
"""Every key of a profile."""
_REQUIRED = frozenset({"id", "name", "hosts", "language", "zone", "sources"})
