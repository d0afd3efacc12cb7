"""``bidi-news evaluate``: labelled pages against what the program makes of them, in figures.

Example:
    >>> main(["--by", "colour"], program="bidi-news evaluate")
    2
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from bidi_news.cli.arguments import Parser, add_dates, add_file, add_jobs, options_of
from bidi_news.cli.session import Session, guarded
from bidi_news.engine.pages import failed_page, failure_of
from bidi_news.errors import BidiNewsError
from bidi_news.options import Limits

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bidi_news.engine.plan import Loss
    from bidi_news.errors import SourceError
    from bidi_news.figures import Comparison, Figures, Group, LabelFigures, Report
    from bidi_news.gold import Content, GoldPage
    from bidi_news.model import Failure
    from bidi_news.options import Options

__all__ = ["main", "report_of"]

_COLUMNS: Final = ("pages", "failed", "lines", "macro F1", "body F1", "word F1", "headline", "published", "modified")
_GROUPS: Final = ("label", "outlet", "layout", "page")


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``evaluate`` and return its exit code."""
    parser = Parser(program, "Compare labelled pages with what the program makes of them, and print figures.")
    parser.add_argument("paths", nargs="*", metavar="GOLD", help="tables of labelled lines, JSON Lines, folders, -")
    parser.add_argument(
        "--content",
        choices=("auto", "text", "html"),
        default="auto",
        help="which form of the pages is read; auto (default) takes the HTML of rows that have it",
    )
    parser.add_argument(
        "--by", choices=_GROUPS, help="figures of each label, outlet, layout or page (default: labels and outlets)"
    )
    parser.add_argument(
        "--to",
        dest="target",
        choices=("auto", "jsonl", "table"),
        default="auto",
        help="form of the figures; auto (default) is a table on a terminal, else jsonl",
    )
    add_file(parser)
    add_jobs(parser)
    add_dates(parser)
    return guarded(program, lambda session: _evaluate(session, parser.parse_args(argv)))


def report_of(session: Session, error: SourceError) -> None:
    """Tell of a labelled page that is malformed, or remember that a whole source cannot be read."""
    (session.report if error.line is None else session.say)(error)


def _evaluate(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    from bidi_news.cli.output import open_output  # noqa: PLC0415  (after the command line: it may be wrong)
    from bidi_news.engine.local import results  # noqa: PLC0415
    from bidi_news.engine.plan import Plan, Rescue  # noqa: PLC0415
    from bidi_news.figures import Report  # noqa: PLC0415
    from bidi_news.groups import into_batches  # noqa: PLC0415
    from bidi_news.read.labelled import read_gold  # noqa: PLC0415

    paths = arguments.paths or ["-"]
    content = None if arguments.content == "auto" else arguments.content
    work = partial(_work, options=options_of(arguments), content=content)
    seconds = Limits().page_seconds
    batches = into_batches(read_gold(paths, report=partial(report_of, session)), weigh=_weigh)

    def bury(gold: GoldPage, loss: Loss) -> list[Comparison]:
        return work([_failed(gold, failure_of(loss, seconds))])

    found = results(work, batches, Plan(arguments.jobs), Rescue(bury, seconds))
    pages = [page for group in found for page in group]
    if not pages:
        raise BidiNewsError("the sources hold no labelled page that can be used")
    on_terminal = arguments.output is None and sys.stdout.isatty()
    as_table = arguments.target == "table" or (arguments.target == "auto" and on_terminal)
    groups: Sequence[Group | Literal["label"]] = ("label", "outlet") if arguments.by is None else (arguments.by,)
    with open_output(arguments.output, inputs=paths, force=arguments.force) as stream:
        stream.write((_table if as_table else _lines)(Report(tuple(pages)), groups))
    return session.exit_code


def _work(pages: list[GoldPage], *, options: Options, content: Content | None) -> list[Comparison]:
    """Compare a batch of pages."""
    from bidi_news.evaluate import compare_pages  # noqa: PLC0415  (where the work is done)

    return compare_pages(pages, options, content=content)


def _failed(gold: GoldPage, failure: Failure) -> GoldPage:
    """Return a labelled page with a failure in the place of its content."""
    text, html = (page and failed_page(page, failure) for page in (gold.text, gold.html))
    return replace(gold, text=text, html=html)


def _weigh(gold: GoldPage) -> int:
    """Return about how many bytes of text a page has."""
    from bidi_news.groups import weigh_page  # noqa: PLC0415  (as above)

    page = gold.text or gold.html
    return weigh_page(page) if page is not None else 0


def _lines(report: Report, groups: Sequence[Group | Literal["label"]]) -> bytes:
    """Return the figures as JSON Lines."""
    from bidi_news.write.jsonl import json_line  # noqa: PLC0415  (only what is asked for)

    rows: list[dict[str, Any]] = [{"by": "all", "name": None, **_row(report.figures)}]
    for group in groups:
        if group == "label":
            rows += ({"by": group, "name": label.label, **_label_row(label)} for label in report.figures.labels)
        else:
            rows += ({"by": group, "name": name, **_row(figures)} for name, figures in report.by(group).items())
    return b"".join(map(json_line, rows))


def _row(figures: Figures) -> dict[str, Any]:
    """Return the main figures of some pages."""
    return {
        "pages": figures.pages,
        "failed": figures.failed,
        "lines": figures.lines,
        "macro_f1": _rounded(figures.macro_f1),
        "body_f1": _rounded(figures.body_f1),
        "word_f1": _rounded(figures.word_f1),
        "headline": figures.headline,
        "published": figures.published,
        "modified": figures.modified,
    }


def _label_row(label: LabelFigures) -> dict[str, Any]:
    """Return the figures of a label."""
    return {
        "precision": _rounded(label.precision),
        "recall": _rounded(label.recall),
        "f1": _rounded(label.f1),
        "support": label.support,
    }


def _rounded(value: float | None) -> float | None:
    """Return a share to four decimals."""
    return None if value is None else round(value, 4)


def _table(report: Report, groups: Sequence[Group | Literal["label"]]) -> bytes:
    """Return the figures as tables for a person."""
    from bidi_news.cli.table import cell, table  # noqa: PLC0415  (for people only)

    def page_table(group: str, found: dict[str, Figures]) -> str:
        rows = [(name, *map(cell, _row(figures).values())) for name, figures in found.items()]
        return table([(group, *_COLUMNS), *rows])

    tables = [page_table("", {"all": report.figures})]
    for group in groups:
        if group == "label":
            rows = [(label.label.value, *map(cell, _label_row(label).values())) for label in report.figures.labels]
            tables.append(table([(group, "precision", "recall", "F1", "lines"), *rows]))
        else:
            tables.append(page_table(group, report.by(group)))
    tables.append("headline: right/wrong; published, modified: right/open/wrong\n")
    return "\n".join(tables).encode("utf-8", "backslashreplace")
