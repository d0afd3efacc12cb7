"""``bidi-news apply``: a lexicon of your own, from what was decided on the proposals of ``bidi-news discover``.

Example:
    >>> main(["no-such-file", "-o", "lexicon"], program="bidi-news apply")
    2
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bidi_news.cli.arguments import Parser, add_file, add_lexicon
from bidi_news.cli.discover import read_file
from bidi_news.cli.session import Session, guarded
from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``apply`` and return its exit code."""
    parser = Parser(program, "Turn what was accepted into tables of a lexicon of your own: lexemes.tsv and forms.tsv.")
    parser.add_argument("decisions", metavar="DECISIONS", help="file of decisions, from discover --to decisions")
    add_lexicon(parser)
    add_file(parser, required=True, metavar="FOLDER", purpose="folder of the tables; it is made if it is not there")
    return guarded(program, lambda session: _apply(session, parser.parse_args(argv)))


def _apply(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    decisions = read_file(arguments.decisions)
    from bidi_news.cli.output import open_output  # noqa: PLC0415  (where the work is done)
    from bidi_news.variants.decisions import lexicon_tables  # noqa: PLC0415
    from bidi_news.variants.lexicon import load_lexicon  # noqa: PLC0415

    tables = lexicon_tables(decisions, load_lexicon(tables=tuple(arguments.lexicon)), arguments.decisions)
    if not tables:
        raise BidiNewsError(f"{arguments.decisions}: nothing was accepted, so there is nothing to apply")
    folder = Path(arguments.output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        with open_output(
            str(folder / name), inputs=[arguments.decisions, *arguments.lexicon], force=arguments.force
        ) as stream:
            stream.write(text.encode())
    accepted = sum(decided.decision == "accept" for decided in decisions)
    session.say(f"{accepted} accepted, {len(decisions) - accepted} rejected: {', '.join(tables)} in {folder}")
    return session.exit_code
