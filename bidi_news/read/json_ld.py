"""What the JSON-LD of an HTML page says about its article (schema.org), broken JSON-LD as far as its dates go.

Example:
    >>> list(article_fields(['{"@type": "NewsArticle", "datePublished": "2015-06-23", }']))
    [('datePublished', '2015-06-23')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bidi_news.model import Role

__all__ = ["LD_JSON", "LD_ROLES", "article_fields"]

LD_JSON: Final = "application/ld+json"
"""The type of its scripts."""
LD_ROLES: Final[dict[str, Role]] = {
    "datePublished": "published",
    "dateCreated": "published",
    "dateModified": "modified",
}
"""Fields that hold dates, and what the date is."""

_MAX_OBJECTS: Final = 50  # nested objects looked at on one page
# schema.org types whose fields speak of the page's own article.
_TYPES: Final = re.compile(r"Article|Posting|Report|Review$|Page$|Recipe$|HowTo$|CreativeWork$")
_BROKEN_TYPE: Final = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([A-Za-z]{1,40})"')
_BROKEN_DATE: Final = re.compile(rf'"({"|".join(LD_ROLES)})"\s{{0,9}}:\s{{0,9}}"([^"\\]{{8,40}})"')


def article_fields(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the fields of the page's own article, as (name, value).

    Args:
        scripts: contents of the page's scripts of type ``application/ld+json``.
    """
    todo: list[Any] = []
    for script in scripts:
        try:
            todo.append(orjson.loads(script))
        except orjson.JSONDecodeError:
            yield from _broken_fields(script)
    for _ in range(_MAX_OBJECTS):
        if not todo:
            return
        value = todo.pop(0)
        if isinstance(value, list):
            todo = [*value[:_MAX_OBJECTS], *todo]
        elif isinstance(value, dict):
            if isinstance(value.get("@graph"), list):
                todo = [*value["@graph"][:_MAX_OBJECTS], *todo]
            kinds = value.get("@type")
            if any(isinstance(k, str) and _TYPES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                yield from _known_fields(value)


def _broken_fields(script: str) -> Iterator[tuple[str, str]]:
    """Give the first date of each kind in a script that is no JSON, if its first object is an article.

    Raw line feeds in strings and commas before brackets are common; which object a field behind them belongs to is
    not sure, so nothing but dates is taken.
    """
    kind = _BROKEN_TYPE.search(script)
    if kind and _TYPES.search(kind[1]):
        dates: dict[str, str] = {}
        for found in _BROKEN_DATE.finditer(script):
            dates.setdefault(found[1], found[2].strip())
        yield from dates.items()


def _known_fields(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the fields of one JSON-LD object that this package uses."""
    for field in ("headline", "description", "articleBody", *LD_ROLES):
        if isinstance(value.get(field), str) and value[field].strip():
            yield field, value[field].strip()
    for field in ("author", "publisher"):
        people = value.get(field)
        for person in people if isinstance(people, list) else [people]:
            name = person.get("name") if isinstance(person, dict) else person
            if isinstance(name, str) and name.strip():
                yield field, name.strip()
