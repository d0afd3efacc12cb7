r"""How well labelled pages are read: figures of the program's records against what people say.

Every figure is a count of lines or of pages:

- A line's *label* is right when it is the gold one, character for character. Of each label: precision (right among the
  lines that got it), recall (right among the lines that gold gives it), F1 (their harmonic mean), support (its gold
  lines). *Macro F1* is the mean over the labels that have support.
- *Body F1* is, per page, the F1 of the lines of the body (body and crosshead), and of several pages the mean. Where
  only the text of the body is known, the lines that stand in it, in its order, are the gold ones.
- *Word F1* is the same of the words of the body: folded to lower case, counted as often as they occur.
- A *headline* is right when it is the one that gold states, else any line that gold labels headline, or none where
  there is none; white space is tidied.
- A *date* is right when it is the minute of gold, or the day where gold knows only the day, or none where gold has
  none; open when the record gives no date, or only the day, where gold has one; else it is wrong, and silently so.

Pages without an article have no body: body F1 and word F1 are 1 when the record has none either, else 0.

Example:
    >>> from bidi_news.gold import GoldBlock
    >>> from bidi_news.model import Label, Page
    >>> text = "פרסום ראשון: 06.23.15, 21:05"
    >>> facts = {"published": "2015-06-23T21:05:00+03:00"}
    >>> gold = GoldPage(id=1, text=Page(text=text), blocks=(GoldBlock(0, 28, Label.TIMESTAMP),), facts=facts)
    >>> figures = evaluate([gold]).figures
    >>> figures.macro_f1, figures.published
    (1.0, {'right': 1, 'open': 0, 'wrong': 0})
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from bidi_news.figures import Comparison, Report, Verdict, f1_of
from bidi_news.gold import Content, GoldPage, host_of
from bidi_news.model import Label
from bidi_news.options import Options
from bidi_news.pipeline import normalize_batch
from bidi_news.segment.align import align, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bidi_news.model import Article, Timestamp

__all__ = ["compare", "compare_pages", "evaluate"]

_DEFAULT: Final = Options()
_BODY: Final = (Label.BODY, Label.CROSSHEAD)
_AT_ONCE: Final = 64  # pages


def evaluate(pages: Iterable[GoldPage], options: Options = _DEFAULT, *, content: Content | None = None) -> Report:
    """Normalize labelled pages and compare each record with its gold.

    Args:
        pages: the pages; only the comparisons are kept.
        options: how to normalize.
        content: which form of the pages is read, and a page without it is left out; None takes the HTML where there
            is some.

    Raises:
        OptionError: if the options name an unknown style or outlet.

    Example:
        >>> from bidi_news.model import Page
        >>> evaluate([GoldPage(id=1, text=Page(text="Home"), body="")]).figures.body_f1
        1.0
    """
    return Report(tuple(_compared(pages, options, content)))


def _compared(pages: Iterable[GoldPage], options: Options, content: Content | None) -> Iterator[Comparison]:
    """Give the comparisons of a stream of pages."""
    stream = iter(pages)
    while group := list(islice(stream, _AT_ONCE)):
        yield from compare_pages(group, options, content=content)


def compare_pages(
    pages: Sequence[GoldPage], options: Options = _DEFAULT, *, content: Content | None = None
) -> list[Comparison]:
    """Return the comparison of each of some pages, held in memory at once; arguments as for :func:`evaluate`.

    Example:
        >>> from bidi_news.model import Page
        >>> compare_pages([GoldPage(id=1, text=Page(text="Home"))])[0].word_f1
        1.0
    """
    chosen = [
        (gold, page)
        for gold in pages
        if (page := gold.content(content) if content else gold.content("html") or gold.text) is not None
    ]
    articles = normalize_batch([page for _, page in chosen], options)
    return [compare(gold, article) for (gold, _), article in zip(chosen, articles, strict=True)]


def compare(gold: GoldPage, article: Article) -> Comparison:
    """Return what a page's record has right.

    Args:
        gold: the labelled page.
        article: its record, made of the form that gold speaks of.

    Example:
        >>> from bidi_news.model import Page
        >>> from bidi_news.pipeline import normalize
        >>> compare(GoldPage(id=1, text=Page(text="Home")), normalize(Page(text="Home"))).outlet
        'unknown'
    """
    facts = gold.facts
    lines: Counter[tuple[Label, Label | None]] = Counter()
    blocks = tuple(article.blocks)
    if gold.blocks is not None and blocks:
        labels = gold.labels((block.start, block.end) for block in blocks)
        lines.update(zip(labels, (block.label for block in blocks), strict=True))
    elif gold.blocks is not None:
        lines.update((block.label, None) for block in gold.blocks)
    text = gold.text.text if gold.text is not None and gold.text.text is not None else ""
    wanted = _lines(text, gold, _BODY)
    body = gold.body if gold.blocks is None else "\n".join(wanted)
    return Comparison(
        page=str(gold.id),
        outlet=article.outlet or host_of(article.url) or "unknown",
        layout=gold.layout or "unknown",
        failed=article.status == "error",
        lines=tuple((label, said, count) for (label, said), count in lines.items()),
        body_f1=_body_f1(lines) if gold.blocks is not None else _aligned_f1(article, body),
        word_f1=_word_f1(article.body, body),
        headline=_is_headline(gold, article, _lines(text, gold, (Label.HEADLINE,))),
        published=_verdict(facts["published"], article.published) if "published" in facts else None,
        modified=_verdict(facts["modified"], article.modified) if "modified" in facts else None,
    )


def _lines(text: str, gold: GoldPage, labels: tuple[Label, ...]) -> list[str]:
    """Return the lines of a text that gold gives one of some labels."""
    return [text[block.start : block.end] for block in gold.blocks or () if block.label in labels]


def _is_headline(gold: GoldPage, article: Article, lines: list[str]) -> bool | None:
    """Return whether a record's headline is right; None where gold says nothing of it."""
    if "headline" in gold.facts:
        return _tidy(article.headline) == _tidy(gold.facts["headline"])
    if gold.blocks is None:
        return None
    return _tidy(article.headline) in map(_tidy, lines or [""])


def _tidy(line: str | None) -> str:
    """Return a line with single spaces."""
    return " ".join((line or "").split())


def _body_f1(lines: Counter[tuple[Label, Label | None]]) -> float:
    """Return the F1 of the lines of a body."""
    found = sum(count for (_, said), count in lines.items() if said in _BODY)
    wanted = sum(count for (gold, _), count in lines.items() if gold in _BODY)
    return f1_of(sum(count for (gold, said), count in lines.items() if gold in _BODY and said in _BODY), found, wanted)


def _aligned_f1(article: Article, body: str) -> float:
    """Return the F1 of the lines of a body of which the text is known."""
    gold = align([article.text[block.start : block.end] for block in article.blocks], body)
    said = [block.label in _BODY for block in article.blocks]
    return f1_of(sum(one and other for one, other in zip(gold, said, strict=True)), sum(said), sum(gold))


def _word_f1(body: str, gold: str) -> float:
    """Return the F1 of the words of a body."""
    found, wanted = Counter(tokens(body)), Counter(tokens(gold))
    return f1_of((found & wanted).total(), found.total(), wanted.total())


def _verdict(gold: str | None, stamp: Timestamp | None) -> Verdict:
    """Return what a record's date is."""
    said = stamp.iso if stamp is not None else None
    if gold is None:
        return "right" if said is None else "wrong"
    if said is None:
        return "open"
    if "T" not in gold:
        return "right" if said[:10] == gold else "wrong"
    if "T" not in said:
        return "open" if said == gold[:10] else "wrong"
    return "right" if _minute(said) == _minute(gold) else "wrong"


def _minute(value: str) -> datetime:
    """Return an instant to the minute."""
    return datetime.fromisoformat(value).replace(second=0, microsecond=0)
