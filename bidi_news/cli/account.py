"""What a run has done so far, and how it is told: a bar while it goes, a line when it is done, a report in a file.

The bar and the line are for a terminal, on standard error; the bar needs the extra ``progress``.

Example:
    >>> from bidi_news.model import Failure
    >>> from bidi_news.read.streams import Reading
    >>> account = Account(jobs=2, reading=Reading())
    >>> account.add(200, [Failure(code="limit_exceeded", message="too long")])
    >>> account.record()["errors"]
    {'limit_exceeded': 1}
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from bidi_news._version import __version__
from bidi_news.cli.output import open_output
from bidi_news.engine.memory import peak_memory
from bidi_news.engine.plan import Tally
from bidi_news.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bidi_news.model import Failure
    from bidi_news.read.streams import Reading

__all__ = ["Account", "open_report", "shown"]


@dataclass(slots=True)
class Account:
    """Pages, errors and time of a run, without what an interrupted run before it has done."""

    jobs: int
    """Worker processes that were asked for."""
    reading: Reading
    """How far the sources are read."""
    tally: Tally = field(default_factory=Tally)
    """What became of the workers."""
    pages: int = 0
    """Pages done."""
    errors: Counter[str] = field(default_factory=Counter)
    """Error records, by their codes."""
    began: float = field(default_factory=time.monotonic)
    """When the run began, by the monotonic clock."""

    def add(self, pages: int, failures: Iterable[Failure]) -> None:
        """Count some pages, and why some of them failed."""
        self.pages += pages
        self.errors.update(failure.code for failure in failures)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return max(time.monotonic() - self.began, 1e-9)

    def summary(self) -> str:
        """Return the run in one line."""
        size = self.reading.bytes
        speed = f"{self.pages / self.seconds:,.0f} pages/s"
        speed += f", {size / self.seconds / 1e6:,.1f} MB/s" if size is not None else ""
        errors = f"{self.errors.total():,} error{'s' * (self.errors.total() != 1)}"
        lost = self.tally.lost.total()
        workers = f", {lost} worker{'s' * (lost != 1)} lost" if lost else ""
        return f"{self.pages:,} pages in {self.seconds:,.1f} s ({speed}), {errors}{workers}"

    def record(self) -> dict[str, Any]:
        """Return the run as the report has it: see docs/reference/cli.md."""
        from bidi_news.resources import data_version  # noqa: PLC0415  (where a report is asked for)

        return {
            "pages": self.pages,
            "errors": dict(self.errors),
            "seconds": round(self.seconds, 3),
            "bytes": self.reading.bytes,
            "jobs": self.jobs,
            "workers_lost": {"died": self.tally.lost["died"], "slow": self.tally.lost["slow"]},
            "peak_memory": {"command": peak_memory(), "worker": self.tally.memory},
            "versions": {"bidi_news": __version__, "data": data_version(), "python": platform.python_version()},
        }


@contextmanager
def open_report(arguments: argparse.Namespace, account: Account) -> Iterator[None]:
    """Write the report of a run that comes to its end, if one is asked for; refuse at its beginning one that cannot be.

    Args:
        arguments: the command line, with the arguments of ``add_sources`` and ``add_output``.
        account: the run.

    Raises:
        OptionError: if it would be written over an input, the output, or without ``--force`` over any file.
        OSError: if it cannot be written.
    """
    if arguments.report is None:
        yield
        return
    if arguments.output is not None and os.path.realpath(arguments.output) == os.path.realpath(arguments.report):
        raise OptionError(f"report {arguments.report} is the output")
    with open_output(arguments.report, inputs=arguments.paths or ["-"], force=arguments.force) as stream:
        yield
        stream.write(orjson.dumps(account.record(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def shown(account: Account, sources: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal while a run goes.

    Args:
        account: the run.
        sources: its sources, whose sizes tell the time that is left.

    Yields:
        What brings the bar up to date.
    """
    if not sys.stderr.isatty() or find_spec("tqdm") is None:
        yield lambda: None
        return
    from tqdm import tqdm  # noqa: PLC0415  (only where it can be seen)

    tqdm.monitor_interval = 0  # its thread would be forked with the workers
    total = _size(sources)
    in_bytes = total is not None
    with tqdm(total=total, unit="B" if in_bytes else " pages", unit_scale=True, file=sys.stderr, leave=False) as bar:

        def update() -> None:
            speed = f"{account.pages / account.seconds:,.0f} pages/s, " if in_bytes else ""
            bar.set_postfix_str(f"{speed}{account.errors.total():,} errors", refresh=False)
            bar.update(((account.reading.bytes or 0) if in_bytes else account.pages) - bar.n)

        yield update


def _size(sources: Sequence[str]) -> int | None:
    """Return the bytes of some sources; None where one is no file, or there is none, which is standard input."""
    paths = [Path(source) for source in sources]
    return sum(path.stat().st_size for path in paths) if paths and all(path.is_file() for path in paths) else None
