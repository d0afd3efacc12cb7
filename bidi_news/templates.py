r"""Templates: the lines that recur across an outlet's pages belong to its pages, not to its articles.

:func:`learn_templates` reads pages of one outlet or of many and gives each outlet's profile with those lines among its
chrome, and with the habits of its dates (:mod:`bidi_news.habits`); written down (:func:`bidi_news.profile.outlet_text`)
it is a profile like any other. No page needs one.

The pages of an outlet are those whose address leads to its profile, else those of one host. Pages that are one article
count once. What says who and when is never learned, nor is what may be the title of another article, which a list of
headlines repeats. Memory is that of :data:`MOST_PAGES` pages for each outlet, whatever the number of its pages.

Example:
    >>> from bidi_news.model import Page
    >>> pages = [
    ...     Page(text=f"Harbour News\n\nThe {name} sails", url=f"https://harbour.example/{name}")
    ...     for name in ("Alma", "Bora", "Cora")
    ... ]
    >>> [outlet.chrome for outlet in learn_templates(pages).outlets]
    [('Harbour News',)]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from bidi_news.errors import OptionError
from bidi_news.gold import host_of
from bidi_news.habits import learn_article_ids, learn_order
from bidi_news.options import Options, Recurrence
from bidi_news.outlets import find_outlet, read_hosts
from bidi_news.pipeline import label_batches
from bidi_news.profile import Outlet, is_host
from bidi_news.segment.lexical import hash_phrases
from bidi_news.segment.shapes import credit_shape, is_byline, stamp_shape
from bidi_news.sightings import Sighting, article_numbers, see_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from numpy.typing import NDArray

    from bidi_news.model import Page

__all__ = ["MOST_PAGES", "Templates", "learn_templates"]

MOST_PAGES: Final = 500
"""Pages of an outlet that are learned from; of more, those are taken whose address and text have the smallest hashes.
A share that is counted on 500 pages is true to two in a hundred."""

_DEFAULT = Options()
_FIGURE = re.compile(r"(?<![^\W_])\d[^\W_]*")
_ROUNDING = 1e-9  # 0.2 * 15 is a little more than 3
_NO_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """What some pages taught."""

    outlets: tuple[Outlet, ...] = ()
    """Profiles with learned chrome, order or article numbers, by id."""
    untaught: tuple[str, ...] = ()
    """Ids or hosts of the outlets whose pages are too few, or tell nothing that is not known."""
    pages: int = 0
    """Pages that belong to an outlet."""
    strays: int = 0
    """Pages without an address that names a host."""


_OFTEN = Recurrence()


def learn_templates(
    pages: Iterable[Page], options: Options = _DEFAULT, *, host: str | None = None, often: Recurrence = _OFTEN
) -> Templates:
    """Learn the profiles of outlets from their pages.

    Args:
        pages: the pages, in any order; they are read once, one batch at a time.
        options: as for the pages' records. Profiles that it names are extended, as are the shipped ones; ``outlet``
            says whose pages all of them are.
        host: host of the pages that have no address.
        often: how often a line must recur.

    Returns:
        For each outlet with something to learn its profile, extended, or a new one, with where the lines were learned
        among its sources. A line that stands with differing figures is learned without its figure; an order or article
        numbers are learned only where the profile has none.

    Raises:
        OptionError: if ``host`` is no host name, or the options name an unknown outlet.
        DataFileError: if a profile that the options name is malformed.

    Example:
        >>> from bidi_news.model import Page
        >>> learn_templates([Page(text="one page")], host="mine.example").untaught
        ('mine.example',)
    """
    if host is not None and not is_host(host):
        raise OptionError(f"host is {host!r}, which is no host name such as news.example, in small letters")
    own = read_hosts(options.outlets)
    sites: dict[str, _Site] = {}
    strays = 0
    for labelled in label_batches(pages, options):
        for outlet, page in zip(labelled.outlets, see_pages(labelled), strict=True):
            if page is None:
                continue
            name = (host_of(page.address) or "").rstrip(".")
            if outlet is None and not is_host(name):
                if host is None:
                    strays += 1
                    continue
                outlet, name = find_outlet(f"https://{host}/", own), host  # noqa: PLW2901  (the page has none)
            sites.setdefault(outlet.id if outlet else name, _Site(outlet, name)).add(page)
    learned: list[Outlet] = []
    untaught: list[str] = []
    for key in sorted(sites):
        profile = sites[key].profile(often, options.zone, {outlet.id for outlet in learned})
        if profile is None:
            untaught.append(key)
        else:
            learned.append(profile)
    counted = sum(site.count for site in sites.values())
    return Templates(outlets=tuple(learned), untaught=tuple(untaught), pages=counted, strays=strays)


@dataclass(slots=True)
class _Site:
    """The pages of one outlet."""

    known: Outlet | None
    """Its profile."""
    host: str
    """Its host where it has none."""
    count: int = 0
    """Its pages."""
    kept: dict[int, Sighting] = field(default_factory=dict)
    """Those of smallest rank, up to twice as many as are learned from."""
    days: set[date] = field(default_factory=set)
    """First and last day on which they were fetched."""

    def add(self, page: Sighting) -> None:
        """Take a page."""
        self.count += 1
        self.kept[page.rank] = page
        if len(self.kept) >= 2 * MOST_PAGES:
            self._cut()
        if page.crawled_at is not None:
            days = self.days | {page.crawled_at.date()}
            self.days = {min(days), max(days)}

    def _cut(self) -> None:
        """Keep the pages that are learned from."""
        self.kept = {rank: self.kept[rank] for rank in sorted(self.kept)[:MOST_PAGES]}

    def profile(self, often: Recurrence, zone: str, taken: set[str]) -> Outlet | None:
        """Return the profile with what the pages teach, None where that is nothing new."""
        self._cut()
        pages = list(self.kept.values())
        articles = article_numbers(pages)
        outlet = self.known or self._new(pages, zone, taken)
        chrome = _recurring(pages, articles, often, frozenset(hash_phrases(outlet.chrome).tolist()))
        when = _when(self.days)
        learned = [f"chrome: lines that recur, learned from {max(articles) + 1} articles{when}"] if chrome else []
        # one page of each article, the same ones in any order of the pages
        dates = [page.dated for page in dict(zip(articles, pages, strict=True)).values()]
        order = None if outlet.date_order else learn_order(dates, least=often.least_articles)
        if order:
            learned.append(
                f"date_order: that of {order.agreed} of {order.articles} articles whose own date tells{when}"
            )
        ids = None if outlet.article_ids else learn_article_ids(dates)
        if ids:
            within = f"{ids.within} of {ids.articles} articles lie where theirs puts them"
            learned.append(f"article_ids: numbers that rise with the day; {within}{when}")
        if not learned:
            return None
        return replace(
            outlet,
            chrome=(*outlet.chrome, *chrome),
            date_order=order.order if order else outlet.date_order,
            article_ids=ids.ids if ids else outlet.article_ids,
            sources=(*self.known.sources, *learned) if self.known else (*learned, *outlet.sources),
        )

    def _new(self, pages: list[Sighting], zone: str, taken: set[str]) -> Outlet:
        """Return the profile of an outlet that has none, before anything is learned for it."""
        languages = Counter(page.language for page in pages)
        return Outlet(
            id=_new_id(self.host, taken),
            name=self.host,
            hosts=(self.host,),
            language=min(languages, key=lambda name: (-languages[name], name)),
            zone=zone,
            sources=(f"language: that of most of these pages; zone: not learned, {zone} is assumed",),
        )


def _when(days: set[date]) -> str:
    """Say when pages were fetched, where that is known."""
    return f", crawled {' to '.join(str(day) for day in sorted(days))}" if days else ""


def _new_id(host: str, taken: set[str]) -> str:
    """Return an id for the profile of a host that none of some others has."""
    name = _NO_ID.sub("-", host if host.isascii() else host.encode("punycode").decode().lower()).strip("-")
    number = 1
    while (free := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return free


def _recurring(pages: list[Sighting], articles: list[int], often: Recurrence, known: frozenset[int]) -> tuple[str, ...]:
    """Return the lines that recur and are not known, the commonest first."""
    lines = _Lines.of(pages, articles)
    exact = lines.recurring(lines.exact, often)
    folded = lines.recurring(lines.folded, often)
    # what always stands with the same figure is learned with it only
    forms = np.unique(np.stack((lines.folded, lines.exact)), axis=1)[0]
    several = set(forms[1:][forms[1:] == forms[:-1]].tolist())
    folded = {key: count for key, count in folded.items() if key in several}
    phrases = lines.phrases(pages, lines.exact, exact, str) | lines.phrases(pages, lines.folded, folded, _unfigured)
    found = [
        (-(exact.get(key, 0) or folded[key]), phrase)
        for key, phrase in phrases.items()
        if key not in known and not _says_who_or_when(phrase)
    ]
    return tuple(phrase for _, phrase in sorted(found))


def _says_who_or_when(line: str) -> bool:
    """Return whether a line's own words make it a byline, a credit or a stamp, wherever it stands."""
    return is_byline(line) or credit_shape(line) is not None or stamp_shape(line) is not None


class _Lines(NamedTuple):
    """The lines of an outlet's pages, in one array each."""

    articles: NDArray[np.int64]
    pages: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    exact: NDArray[np.uint64]
    folded: NDArray[np.uint64]
    told: NDArray[np.bool_]
    text_like: NDArray[np.bool_]
    title_like: NDArray[np.bool_]

    @classmethod
    def of(cls, pages: list[Sighting], articles: list[int]) -> _Lines:
        """Join the lines of the pages."""
        sizes = [len(page.exact) for page in pages]
        names = cls._fields[2:]  # the others are of the page, not of its lines
        columns = (np.concatenate([getattr(page, name) for page in pages]) for name in names)
        return cls(np.repeat(articles, sizes), np.repeat(np.arange(len(pages)), sizes), *columns)

    def recurring(self, keys: NDArray[np.uint64], often: Recurrence) -> dict[int, int]:
        """Return what recurs often enough and may be learned, and how many articles have it."""
        distinct, lines = np.unique(keys, return_inverse=True)
        counts = self._articles_of(lines, np.ones(len(lines), bool), len(distinct))
        text_like = self._articles_of(lines, self.text_like, len(distinct))
        told, title_like = (
            np.bincount(lines, weights=flags, minlength=len(distinct)) > 0 for flags in (self.told, self.title_like)
        )
        total = int(self.articles.max()) + 1
        enough = (counts >= often.least_articles) & (counts >= often.least_share * total - _ROUNDING)
        # a list of headlines repeats a title that one page has as its own
        learned = np.flatnonzero(enough & ~told & ~(title_like & (text_like < 2)) & (distinct > 0))
        return dict(zip(distinct[learned].tolist(), counts[learned].tolist(), strict=True))

    def _articles_of(self, lines: NDArray[np.int64], chosen: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
        """Count the articles that have each distinct line among some lines."""
        total = int(self.articles.max()) + 1
        pairs = np.unique(lines[chosen] * total + self.articles[chosen])
        return np.bincount(pairs // total, minlength=size)

    def phrases(
        self, pages: list[Sighting], keys: NDArray[np.uint64], chosen: Iterable[int], write: Callable[[str], str]
    ) -> dict[int, str]:
        """Return the commonest spelling of some lines, as far as a profile can say it."""
        spellings: dict[int, Counter[str]] = {key: Counter() for key in chosen}
        for line in np.flatnonzero(np.isin(keys, np.array(list(spellings), np.uint64))).tolist():
            text = pages[self.pages[line]].text[self.starts[line] : self.ends[line]]
            spellings[int(keys[line])][write(_tidy(text))] += 1
        best = {key: min(found, key=lambda text: (-found[text], text)) for key, found in spellings.items()}
        # marks and invisible characters inside words are no part of a profile's words
        said = hash_phrases(list(best.values())).tolist()
        return {key: phrase for (key, phrase), value in zip(best.items(), said, strict=True) if key == value}


def _tidy(text: str) -> str:
    """Return a line with single spaces and nothing invisible."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _unfigured(text: str) -> str:
    """Return a line without its figure."""
    return " ".join(_FIGURE.sub("", text).split())
