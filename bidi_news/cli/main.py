"""``bidi-news``: the toolbox, one subcommand per tool.

Example:
    >>> main(["train"])
    2
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from bidi_news.cli.arguments import Parser
from bidi_news.cli.session import guarded, start
from bidi_news.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "run"]

_PROGRAM = "bidi-news"
_COMMANDS = {
    "normalize": "pages in, complete records out (also a command of its own)",
    "run": "many pages in parts, on this machine or on a cluster of Ray or Spark",
    "dates": "the publication dates of pages, and every stamp found",
    "variants": "texts in the spelling of a style, and the edits",
    "match": "whether two names are spellings of one name",
    "discover": "new spellings that a corpus has, for a person to decide on",
    "apply": "a lexicon of your own, from what was decided",
    "evaluate": "labelled pages against what the program makes of them, in figures",
    "train": "a model of the lines of pages, from labelled pages",
    "outlets": "list the outlet profiles, check them or your own, or learn new ones",
    "data": "check the shipped data files",
}
_UNBUILT = ("review",)


def run() -> None:
    """Run the command of this process and leave with its exit code."""
    start(main)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``bidi-news`` and return its exit code; ``argv`` None takes the arguments of the process."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in _COMMANDS:
        command = importlib.import_module(f"bidi_news.cli.{arguments[0]}")
        code: int = command.main(arguments[1:], program=f"{_PROGRAM} {arguments[0]}")
        return code
    return guarded(_PROGRAM, lambda _: _without_command(arguments))


def _without_command(arguments: list[str]) -> int:
    """Print help or versions, or say what is wrong with the command."""
    if arguments and arguments[0] in _UNBUILT:
        raise OptionError(f"the command {arguments[0]} is not built yet")
    parser = Parser(_PROGRAM, "The toolbox of bidi_news.", usage=f"{_PROGRAM} COMMAND [OPTIONS] …")
    commands = parser.add_argument_group("commands (each has its own --help)")
    for name, purpose in _COMMANDS.items():
        commands.add_argument(name, nargs="?", help=purpose)
    parser.usage = f"{_PROGRAM} COMMAND [OPTIONS] [PATH …]"
    if arguments and not arguments[0].startswith("-"):
        raise OptionError(f"there is no command {arguments[0]!r}; choose one of {', '.join(_COMMANDS)}")
    parser.parse_args(arguments)
    raise OptionError(f"which command? choose one of {', '.join(_COMMANDS)} (see {_PROGRAM} --help)")
