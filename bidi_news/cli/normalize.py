"""``normalize``: pages in, records out; a pure filter.

Example:
    >>> main(["--to", "review"], program="normalize")
    2
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from bidi_news.cli.arguments import (
    SOURCE_FORMATS,
    Parser,
    add_controls,
    add_dates,
    add_encoding,
    add_output,
    add_sources,
    add_style,
    options_of,
    refuse_unbuilt,
)
from bidi_news.cli.learn import learned_options
from bidi_news.cli.session import Result, Session, guarded, start
from bidi_news.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from bidi_news.cli.session import Opened
    from bidi_news.model import Article, Page
    from bidi_news.options import Options
    from bidi_news.write.pretty import Terminal

__all__ = ["main", "run"]

_TARGETS = ("auto", "jsonl", "parquet", "arrow", "schema-org", "text", "pretty", "review")
_TABLES = ("parquet", "arrow")
_PAGE_BREAK = "\f\n"


def run() -> None:
    """Run the command of this process and leave with its exit code."""
    start(main)


def main(argv: Sequence[str] | None = None, *, program: str = "normalize") -> int:
    """Run ``normalize`` and return its exit code.

    Args:
        argv: arguments; None takes those of the process.
        program: name of the command in messages.
    """
    return guarded(program, lambda session: _normalize(session, _parser(program).parse_args(argv)))


def _parser(program: str) -> Parser:
    """Return the command line."""
    parser = Parser(program, "Turn scraped news pages into labelled, dated, spelling-normalized records.")
    add_sources(parser, formats=SOURCE_FORMATS)
    add_encoding(parser)
    add_output(parser, formats=_TARGETS)
    parser.add_argument(
        "--bidi",
        choices=("isolate", "visual", "none"),
        help="pretty: isolate page text with bidi controls (default on a terminal), reorder it (not built yet), or "
        "leave it alone",
    )
    add_style(parser)
    add_controls(parser)
    add_dates(parser)
    parser.add_argument(
        "--learn-templates",
        action="store_true",
        help="read the sources twice: lines that recur across the pages of an outlet are chrome",
    )
    return parser


def _normalize(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    refuse_unbuilt(arguments)
    options = options_of(arguments)
    learned = learned_options(session, arguments, options) if arguments.learn_templates else nullcontext(options)
    write, opened = _writer(arguments)
    with learned as options:
        work = partial(_work, options=options, write=write, stop=arguments.on_error == "stop")
        return session.run_pages(work, arguments, opened=opened)


def _work(pages: list[Page], *, options: Options, write: Callable[[list[Article]], bytes], stop: bool) -> Result:
    """Normalize a batch of pages; with ``stop`` only as far as the first that fails."""
    from bidi_news.pipeline import normalize_batch  # noqa: PLC0415  (where the work is done)

    articles = normalize_batch(pages, options)
    failures = [(place, article.error) for place, article in enumerate(articles) if article.error is not None]
    done = articles[: failures[0][0]] if stop and failures else articles
    return Result(write(done), len(articles), tuple(failure for _, failure in failures))


def _writer(arguments: argparse.Namespace) -> tuple[Callable[[list[Article]], bytes], Opened]:
    """Return what writes some articles in the form that the command line asks for, and what takes that.

    Raises:
        OptionError: if a table is to go to a terminal.
        MissingExtraError: if a table needs a package that is not installed.
    """
    target = arguments.target
    on_terminal = arguments.output is None and sys.stdout.isatty()
    if target in _TABLES:
        if on_terminal:
            raise OptionError(f"--to {target} is not for a terminal; name a file with -o")
        from bidi_news.write.tables import open_table, table_part  # noqa: PLC0415  (pyarrow, only when asked for)

        return table_part, partial(open_table, form=target)
    return partial(_lines, line=_line(arguments, "pretty" if target == "auto" and on_terminal else target)), nullcontext


def _lines(articles: list[Article], *, line: Callable[[Article], bytes]) -> bytes:
    """Write articles one by one."""
    return b"".join(map(line, articles))


def _line(arguments: argparse.Namespace, target: str) -> Callable[[Article], bytes]:
    """Return what writes one article."""
    if target == "pretty":
        from bidi_news.write.pretty import Terminal  # noqa: PLC0415  (for people only)

        on_terminal = arguments.output is None and sys.stdout.isatty()
        return partial(_pretty, terminal=Terminal.of(tty=on_terminal, bidi=arguments.bidi))
    if target == "text":
        return _plain
    if target == "schema-org":
        from bidi_news.write.schema_org import news_article_line  # noqa: PLC0415  (only what is asked for)

        return news_article_line
    from bidi_news.write.jsonl import article_line  # noqa: PLC0415  (only what is asked for)

    return article_line


def _pretty(article: Article, *, terminal: Terminal) -> bytes:
    """Write an article for a person."""
    from bidi_news.write.pretty import article_pretty  # noqa: PLC0415  (for people only)

    return article_pretty(article, terminal).encode("utf-8", "backslashreplace")


def _plain(article: Article) -> bytes:
    """Write an article as plain text that a form feed closes."""
    from bidi_news.write.text import article_text  # noqa: PLC0415  (only what is asked for)

    return (article_text(article) + _PAGE_BREAK).encode()
