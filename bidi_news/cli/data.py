"""``bidi-news data check``: whether the shipped data files are those that the manifest names, and the lexicon is sound.

Example:
    >>> main(["mend"], program="bidi-news data")
    2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bidi_news.cli.arguments import Parser
from bidi_news.cli.session import Session, guarded

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``data`` and return its exit code."""
    parser = Parser(program, "Check the shipped data, or tables of a lexicon of your own.")
    parser.add_argument("action", choices=("check",), help="check: compare with the manifest, and read the lexicon")
    parser.add_argument(
        "tables", nargs="*", default=[], metavar="FILE", help="tables of your own to check in place of the data"
    )

    def check(session: Session) -> int:
        tables = tuple(parser.parse_args(argv).tables)
        return _check_tables(tables) if tables else _check(session)

    return guarded(program, check)


def _check_tables(tables: tuple[str, ...]) -> int:
    """Lay tables over the shipped lexicon, which reads and checks them."""
    from bidi_news.variants import load_lexicon  # noqa: PLC0415

    print(f"{len(load_lexicon(tables=tables).own)} spellings are added or given another status")
    return 0


def _check(session: Session) -> int:
    """Compare every file of the manifest, and prove that no spelling of the lexicon belongs to two lexemes."""
    import hashlib  # noqa: PLC0415  (for this command only)

    from bidi_news.errors import DataFileError  # noqa: PLC0415
    from bidi_news.resources import data_version, manifest, read_bytes  # noqa: PLC0415
    from bidi_news.variants.build import lexicon_faults  # noqa: PLC0415

    files = manifest().get("files", {})
    for name, about in sorted(files.items()):
        try:
            if hashlib.sha256(read_bytes(name)).hexdigest() != about["sha256"]:
                session.report(f"{name}: is not the file that the manifest names")
        except DataFileError as error:
            session.report(error)
    for fault in lexicon_faults():
        session.report(fault)
    if session.exit_code == 0:
        print(f"data {data_version()}: {len(files)} files are as the manifest names them")
    return session.exit_code
