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
    parser = Parser(program, "Check the shipped data: each file against its manifest, the lexicon and the styles.")
    parser.add_argument(
        "action", choices=("check",), help="check: compare every file with its SHA-256, and read the lexicon"
    )

    def check(session: Session) -> int:
        parser.parse_args(argv)
        return _check(session)

    return guarded(program, check)


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
