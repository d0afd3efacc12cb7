r"""HTML in: parsed by lexbor, its evidence collected, its body rendered to lines.

Evidence is what the markup says for programs: title, og: and meta tags, JSON-LD, ``time``, canonical link. The body is
given to :mod:`bidi_news.read.render` as lexbor writes it out again: well formed, ``<`` and ``>`` escaped everywhere but
in tags, so that the rendering can be exact without a second parser.

Example:
    >>> from bidi_news.model import Page
    >>> read_html([Page(html="<title>T</title><h1>Head</h1><p>One <b>Shi</b>ite.")])[0].text
    'Head\nOne Shiite.'
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

from bidi_news.batch import Document, Evidence, MachineStamp
from bidi_news.model import Issue
from bidi_news.read.encoding import scrub
from bidi_news.read.json_ld import LD_ROLES, article_fields
from bidi_news.read.mojibake import repair
from bidi_news.read.render import render
from bidi_news.read.tags import VOID
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from bidi_news.model import Page, Role

__all__ = ["read_html"]

# Elements whose text a browser never shows on the page (WHATWG HTML, "Rendering", 15.3.1), and vector pictures.
_HIDDEN: Final = ["script", "style", "template", "noscript", "iframe", "noembed", "noframes", "svg", "object"]
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_RENDERED_BYTES: Final = 1024 * 1024  # bodies rendered at once: as measured, their arrays fit the processor's cache
_MAX_DEPTH: Final = 512  # where the WebKit and Blink parsers stop nesting
_MANY_TAGS: Final = 20_000  # from which on the nesting is looked at; with fewer no depth takes long
# Elements that have no end tag, or close themselves at the next of their kind (WHATWG HTML, 13.1.2).
_SELF_CLOSED: Final = frozenset(
    name.encode()
    for name in (
        *VOID,
        *("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
        *("rb", "rt", "rtc", "rp"),
    )
)
_PREFIX: Final = re.compile("[:._-]")  # what parts the prefixes of a field's name
# Elements that state a date, and the attributes that hold it. Sources: WHATWG HTML, schema.org as microdata; data
# attributes as news pages name them.
_VALUES: Final = ("datetime", "content", "data-timestamp", "data-datetime", "data-published", "data-time", "data-date")
_DATED: Final = ("time[datetime]", "[itemprop^=date]", *(f"[{name}]" for name in _VALUES[2:]))
# All elements that say something for programs: a walk through the tree costs more than a rule.
_TELLING: Final = ", ".join(("meta", 'script[type="application/ld+json"]', *_DATED))
# Meta tags that hold what is said of the article.
_META_NAMES: Final = frozenset(
    (
        *("og:title", "twitter:title", "og:description", "description", "author", "article:author"),
        *("og:site_name", "og:url"),
    )
)


class _Parsed(NamedTuple):
    """What the tree of a page gave."""

    page: Page
    evidence: Evidence
    body: bytes
    issues: tuple[Issue, ...]


def read_html(pages: Sequence[Page], *, repairs: bool = True) -> list[Document]:
    """Return the document of each page, in order; every page has ``html``.

    Args:
        pages: pages with decoded HTML; lone surrogates become U+FFFD and are reported.
        repairs: whether garbled lines are put right.
    """
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser  # noqa: PLC0415  (15 ms that text need not pay)

    documents: list[Document] = []
    parsed: list[_Parsed] = []
    size = 0
    for page in pages:
        html, issues = _markup(page, repairs=repairs)
        # as in a browser that runs scripts: what noscript holds is text, and cannot end the head
        tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS, scripting=True)
        parsed.append(_Parsed(page, _evidence(tree), _body(tree), issues))
        size += len(parsed[-1].body)
        if size >= _RENDERED_BYTES:
            documents += _documents(parsed)
            parsed, size = [], 0
    return documents + _documents(parsed)


def _documents(pages: Sequence[_Parsed]) -> list[Document]:
    """Return the documents of some parsed pages."""
    return [
        Document(
            page=page,
            text=made.text,
            evidence=evidence,
            tags=made.tags,
            marks=made.marks,
            issues=(*page.issues, *issues),
        )
        for (page, evidence, _, issues), made in zip(pages, render([page.body for page in pages]), strict=True)
    ]


def _markup(page: Page, *, repairs: bool) -> tuple[bytes, tuple[Issue, ...]]:
    """Return the markup of a page as UTF-8, fit to be parsed; and what was done to it."""
    html, scrubbed = _encoded(page.html or "")
    text, repaired = repair(page.html or "", html) if repairs else ("", ())
    if repaired:
        html, _ = _encoded(text)
    html, flattened = _flattened(html)
    # what was scrubbed or put right stood in the markup: its offsets say nothing about the text
    nowhere = tuple(replace(issue, start=None, end=None) for issue in (*scrubbed, *repaired))
    return html, (*nowhere, *flattened)


def _encoded(html: str) -> tuple[bytes, tuple[Issue, ...]]:
    """Return markup as UTF-8, and an issue if it held lone surrogates."""
    try:
        return html.encode(), ()
    except UnicodeEncodeError:
        clean, issues = scrub(html)
        return clean.encode(), issues


def _flattened(html: bytes) -> tuple[bytes, tuple[Issue, ...]]:
    """Return markup without the tags that nest deeper than a browser would build, and an issue if there were any.

    A tree builder looks up the open elements at each tag: its time grows with the square of the depth.
    """
    if len(html) < 3 * _MANY_TAGS or np.count_nonzero(np.frombuffer(html, np.uint8) == ord("<")) < _MANY_TAGS:
        return html, ()
    pieces: list[bytes] = []
    depth = done = dropped = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _SELF_CLOSED or tag.start() < done:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _MAX_DEPTH - bool(tag[1]):
            end = html.find(b">", tag.end()) + 1
            if not end:
                break
            pieces.append(html[done : tag.start()])
            done = end
            dropped += 1
    if not dropped:
        return html, ()
    message = f"{dropped} tags nested deeper than {_MAX_DEPTH} were left out"
    return b"".join((*pieces, html[done:])), (Issue(code="markup_flattened", message=message),)


def _body(tree: LexborHTMLParser) -> bytes:
    """Return the markup of what can be seen; the rest is taken out of the tree."""
    if (head := tree.head) is not None:
        head.decompose(recursive=False)
    tree.strip_tags(_HIDDEN)
    return _without_comments((tree.html or "").encode())


def _without_comments(html: bytes) -> bytes:
    """Return markup without its comments.

    A search for one byte is many times faster than one for two, and exclamation marks are few.
    """
    pieces: list[bytes] = []
    done, at = 0, html.find(b"!")
    while at >= 0:
        if html.startswith(b"<!--", at - 1):
            end = html.find(b"-->", at + 3)
            if end < 0:
                break
            pieces.append(html[done : at - 1])
            at = done = end + 3
        at = html.find(b"!", at + 1)
    return b"".join((*pieces, html[done:])) if pieces else html


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


def _evidence(tree: LexborHTMLParser) -> Evidence:
    """Collect what the markup says."""
    values: dict[str, list[str]] = {}
    stamps: list[MachineStamp] = []
    nodes: dict[str, list[LexborNode]] = {"meta": [], "script": []}
    dated: list[LexborNode] = []
    for node in tree.css(_TELLING):
        nodes.get(node.tag or "", dated).append(node)
    for node in nodes["meta"]:
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        role = _stamp_role(name)
        if role is None and name not in _META_NAMES:
            continue
        content = (attributes.get("content") or "").strip()
        if content and role is not None:
            stamps.append(MachineStamp(role=role, value=content, source=f"meta:{name}"))
        elif content:
            values.setdefault(name, []).append(content)
    for field, value in article_fields(_json_ld(nodes["script"])):
        if field in LD_ROLES:
            stamps.append(MachineStamp(role=LD_ROLES[field], value=value, source=f"json-ld:{field}"))
        else:
            values.setdefault(f"json-ld:{field}", []).append(value)
    stamps += _time_elements(dated)
    title = tree.css_first("title")
    canonical = tree.css_first('link[rel="canonical"]')
    root = tree.root
    return Evidence(
        title=_tidy(title.text()) or None if title is not None else None,
        headlines=_several(values, "json-ld:headline", "og:title", "twitter:title"),
        descriptions=_several(values, "json-ld:description", "og:description", "description"),
        body=_first(values, "json-ld:articleBody"),
        authors=_several(values, "json-ld:author", "author", "article:author"),
        site=next(iter(_several(values, "og:site_name", "json-ld:publisher")), None),
        canonical=(canonical.attributes.get("href") if canonical is not None else None) or _first(values, "og:url"),
        language=(root.attributes.get("lang") if root is not None else None) or None,
        stamps=tuple(dict.fromkeys(stamps)),
    )


def _time_elements(nodes: Sequence[LexborNode]) -> Iterator[MachineStamp]:
    """Give the dates of ``time`` elements and data attributes; ``pubdate`` and itemprop tell their role."""
    for node in nodes:
        attributes, tag = node.attributes, node.tag
        prop = attributes.get("itemprop") or ("datePublished" if "pubdate" in attributes else "")
        value = next((found for name in _VALUES if (found := (attributes.get(name) or "").strip())), "")
        known = prop in {"datePublished", "dateModified"}
        if value and (tag == "time" or known or "itemprop" not in attributes):
            source = f"{tag}:{prop or 'datetime'}"
            yield MachineStamp(role=LD_ROLES.get(prop, "other"), value=value, source=source)


def _json_ld(scripts: Sequence[LexborNode]) -> Iterator[str]:
    """Give the contents of a page's JSON-LD scripts."""
    for node in scripts:
        if node.attributes.get("type") == "application/ld+json":
            yield node.text() or ""


def _several(values: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    """Return the tidied values of some fields, the first field first, each once."""
    return tuple(dict.fromkeys(_tidy(value) for name in names for value in values.get(name, ())))


def _first(values: dict[str, list[str]], name: str) -> str | None:
    """Return the first value of a field."""
    return values[name][0] if name in values else None


def _tidy(text: str) -> str:
    """Return a text with its white space collapsed."""
    return " ".join(text.split())
