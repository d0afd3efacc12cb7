"""What the markup of a page says for programs: title, og: and meta tags, JSON-LD, ``time``, canonical link.

Example:
    >>> from bidi_news.read.markup import Markup
    >>> find_evidence(Markup.of([b'<head><title>A bridge</title></head>']))[0].title
    'A bridge'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Self, cast

import numpy as np

from bidi_news.batch import Evidence, MachineStamp
from bidi_news.read.attributes import named
from bidi_news.read.eights import eights
from bidi_news.read.json_ld import LD_JSON, LD_ROLES, article_fields
from bidi_news.read.tags import INERT, TELLING
from bidi_news.read.visible import extents
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bidi_news.model import Role
    from bidi_news.read.eights import Ints
    from bidi_news.read.markup import Markup

__all__ = ["find_evidence"]

_PREFIX: Final = re.compile("[:._-]")  # what parts the prefixes of a field's name
# Attributes that hold a date. Sources: WHATWG HTML, schema.org as microdata; data attributes as news pages name them.
_VALUES: Final = ("datetime", "content", "data-timestamp", "data-datetime", "data-published", "data-time", "data-date")
_DATED: Final = frozenset(_VALUES[2:])  # those that state a date on any element
_ENDINGS: Final = tuple(f'{name}="'.encode()[-8:] for name in ("itemprop", *sorted(_DATED)))
_NAMINGS: Final = (b'operty="', b' name="')  # ends of the attributes that name what a meta element says
_CANONICAL: Final = np.frombuffer(b"canonica", "<u8")  # the beginning of a value
_ATTRIBUTE: Final = re.compile(' ([^ =]+)="([^"]*)"')
# The entities of attributes and text that lexbor writes, the one that can make others last.
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\N{NO-BREAK SPACE}"), ("&amp;", "&"))
# Meta tags that hold what is said of the article.
_META_NAMES: Final = frozenset(
    (
        *("og:title", "twitter:title", "og:description", "description", "author", "article:author"),
        *("og:site_name", "og:url"),
    )
)


@cache
def _stamp_names() -> Mapping[str, tuple[Role, bool]]:
    """Return the meta elements that hold dates, each with what the date is, and whether its name says so."""
    path = "dates/fields.tsv"
    rows = parse_tsv(read_text(path), ("field", "role", "strength", "source"), path=path)
    return {row["field"]: (cast("Role", row["role"]), row["strength"] == "exact") for _, row in rows}


@lru_cache(maxsize=4096)  # the names on the pages of a site are few
def _stamp_role(name: str) -> Role | None:
    """Return what the date in a meta element is; what a publishing system puts before the name is left aside."""
    known = _stamp_names()
    role, _ = known.get(name, (None, False))
    for prefix in _PREFIX.finditer(name) if role is None else ():
        role, is_exact = known.get(name[prefix.end() :], (None, False))
        if is_exact:
            return role
        role = None
    return role


class _Element(NamedTuple):
    """An element that may say something."""

    tag: str
    attributes: dict[str, str]
    content: str  # what comes before the next tag

    @classmethod
    def of(cls, piece: str) -> Self:
        """Read a tag and what comes before the next one."""
        opening, _, content = piece.partition(">")
        tag = opening[1:].partition(" ")[0]
        return cls(tag, {name: _resolved(value) for name, value in _ATTRIBUTE.findall(opening)}, content)


def find_evidence(markup: Markup) -> list[Evidence]:
    """Return what the markup of each page says, in order."""
    html, tags = markup.html, markup.tags
    telling = _telling(markup)
    starts = tags.starts.take(telling).tolist()
    ends = np.append(tags.starts, len(html)).take(telling + 1).tolist()  # where the next tag begins
    pieces = [html[start:end] for start, end in zip(starts, ends, strict=True)]
    return [
        _evidence([_Element.of(piece.decode()) for piece in pieces[low:high]])
        for low, high in pairwise(telling.searchsorted(tags.first).tolist())
    ]


def _telling(markup: Markup) -> Ints:
    """Return the tags of elements that may say something, none in a template or a comment."""
    tags, quoted = markup.tags, markup.quoted
    tells = tags.flags & TELLING > 0
    tells[named(quoted, tags, _ENDINGS)[1]] = True
    found, owner = named(quoted, tags, (b' rel="',))
    tells[owner[eights(markup.data, quoted.starts.take(found)) == _CANONICAL]] = True
    found, owner = named(quoted, tags, _NAMINGS)
    values = zip(quoted.starts.take(found).tolist(), quoted.ends.take(found).tolist(), strict=True)
    known = [_is_known(markup.html[start:end]) for start, end in values]
    tells[owner[np.array(known, bool)]] = True
    tells &= tags.sign >= 0
    tells[tags.first[:-1]] = False  # the element around a page is not its own
    for inert in extents(tags, markup.closers, ((tags.flags & INERT > 0) & (tags.sign >= 0)).nonzero()[0]):
        tells[inert] = False
    return tells.nonzero()[0]


@lru_cache(maxsize=4096)  # as above
def _is_known(name: bytes) -> bool:
    """Tell whether meta elements of a name say something of the article."""
    lower = name.decode().lower()
    return lower in _META_NAMES or _stamp_role(lower) is not None


def _evidence(elements: Sequence[_Element]) -> Evidence:
    """Return what some elements say."""
    by_tag: dict[str, list[_Element]] = {tag: [] for tag in ("html", "title", "link", "meta", "script")}
    for element in elements:
        by_tag.setdefault(element.tag, []).append(element)
    values: dict[str, list[str]] = {}
    stamps: list[MachineStamp] = []
    for name, content in _meta_values(by_tag["meta"]):
        role = _stamp_role(name)
        if role is not None:
            stamps.append(MachineStamp(role=role, value=content, source=f"meta:{name}"))
        elif name in _META_NAMES:
            values.setdefault(name, []).append(content)
    for field, value in article_fields(_json_ld(by_tag["script"])):
        if field in LD_ROLES:
            stamps.append(MachineStamp(role=LD_ROLES[field], value=value, source=f"json-ld:{field}"))
        else:
            values.setdefault(f"json-ld:{field}", []).append(value)
    stamps += _dated_elements(elements)
    canonical = next((link for link in by_tag["link"] if link.attributes.get("rel") == "canonical"), None)
    return Evidence(
        title=next((_tidy(_resolved(title.content)) for title in by_tag["title"]), None) or None,
        headlines=_several(values, "json-ld:headline", "og:title", "twitter:title"),
        descriptions=_several(values, "json-ld:description", "og:description", "description"),
        body=_first(values, "json-ld:articleBody"),
        authors=_several(values, "json-ld:author", "author", "article:author"),
        site=next(iter(_several(values, "og:site_name", "json-ld:publisher")), None),
        canonical=(canonical.attributes.get("href") if canonical is not None else None) or _first(values, "og:url"),
        language=next((root.attributes.get("lang") for root in by_tag["html"]), None) or None,
        stamps=tuple(dict.fromkeys(stamps)),
    )


def _meta_values(elements: Sequence[_Element]) -> Iterator[tuple[str, str]]:
    """Give the name and the content of each meta element that has both."""
    for _, attributes, _ in elements:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content", "").strip()
        if name and content:
            yield name.lower(), content


def _dated_elements(elements: Sequence[_Element]) -> Iterator[MachineStamp]:
    """Give the dates of ``time`` elements and data attributes; ``pubdate`` and itemprop tell their role."""
    for tag, attributes, _ in elements:
        if tag in {"meta", "script"}:
            continue
        prop = attributes.get("itemprop", "")
        if not (prop.startswith("date") or (tag == "time" and "datetime" in attributes) or _DATED & attributes.keys()):
            continue
        prop = prop or ("datePublished" if "pubdate" in attributes else "")
        value = next((found for name in _VALUES if (found := attributes.get(name, "").strip())), "")
        known = prop in {"datePublished", "dateModified"}
        if value and (tag == "time" or known or "itemprop" not in attributes):
            source = f"{tag}:{prop or 'datetime'}"
            yield MachineStamp(role=LD_ROLES.get(prop, "other"), value=value, source=source)


def _json_ld(scripts: Sequence[_Element]) -> Iterator[str]:
    """Give the contents of a page's JSON-LD scripts."""
    for _, attributes, content in scripts:
        if attributes.get("type") == LD_JSON:
            yield content.rpartition("</script>")[0]


def _resolved(text: str) -> str:
    """Return what an attribute or a text says."""
    if "&" in text:
        for entity, char in _ENTITIES:
            text = text.replace(entity, char)
    return text


def _several(values: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    """Return the tidied values of some fields, the first field first, each once."""
    return tuple(dict.fromkeys(_tidy(value) for name in names for value in values.get(name, ())))


def _first(values: dict[str, list[str]], name: str) -> str | None:
    """Return the first value of a field."""
    return values[name][0] if name in values else None


def _tidy(text: str) -> str:
    """Return a text with its white space collapsed."""
    return " ".join(text.split())
