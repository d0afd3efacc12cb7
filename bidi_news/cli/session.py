"""One run of a command: its messages, its exit code, and the way from sources to output.

Exit codes: 0 done; 1 pages failed and ``--strict`` or ``--on-error stop`` minds; 2 usage or input and output errors,
each one line on standard error.

Example:
    >>> Session("normalize").exit_code
    0
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, Protocol, TypeAlias, TypeVar

from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from bidi_news.cli.account import Account
    from bidi_news.cli.resume import Done
    from bidi_news.engine.plan import Loss
    from bidi_news.model import Failure, Page
    from bidi_news.read.streams import Reading

__all__ = ["Items", "Opened", "Result", "Session", "collect", "guarded", "start"]

T = TypeVar("T")


class Sink(Protocol):
    """What takes the results of a run."""

    def write(self, data: bytes, /) -> int:
        """Take the result of one batch."""

    def flush(self) -> None:
        """Hand on what is written."""


Opened: TypeAlias = "Callable[[BinaryIO], AbstractContextManager[Sink]]"
"""What makes a sink of the output."""

_TIME_LIMIT = "page_seconds"
_DONE, _PAGES_FAILED, _ERROR, _INTERRUPTED, _TERMINATED = 0, 1, 2, 130, 143


class Result(NamedTuple):
    """What the work on one batch gives."""

    data: bytes
    """The output of its pages, in order."""
    pages: int
    """How many they are."""
    failures: tuple[Failure, ...] = ()
    """Why some of them failed."""


class Items(NamedTuple, Generic[T]):
    """What a run works on, be it pages or rows."""

    stream: Iterable[T | None]
    """They, and None for each pause of their source."""
    reading: Reading
    """How far their sources are read."""
    weigh: Callable[[T], int]
    """Gives the bytes of text that an item is worth."""
    failed: Callable[[T, Failure], T]
    """Makes of an item the one that says why it failed."""


@dataclass(slots=True)
class Session:
    """What a run has met so far."""

    program: str
    """Name of the command, as messages begin with it."""
    exit_code: int = field(default=_DONE, init=False)
    """The code that the run will end with."""

    def say(self, message: object) -> None:
        """Print one line on standard error."""
        line = " ".join(str(message).splitlines())
        print(f"{self.program}: {line}", file=sys.stderr, flush=True)

    def report(self, error: object) -> None:
        """Say what went wrong with one source, and remember it."""
        self.say(error)
        self.exit_code = _ERROR

    def run(
        self,
        items: Items[T],
        work: Callable[[list[T]], Result],
        arguments: argparse.Namespace,
        *,
        opened: Opened = nullcontext,
    ) -> int:
        """Take items through the work and write what it gives, batch by batch.

        Args:
            items: pages or rows.
            work: what is done with a batch of them.
            arguments: the command line, with the arguments of ``add_sources`` and ``add_output``.
            opened: makes of the output what takes the results.

        Returns:
            The exit code.
        """
        from bidi_news.cli.account import Account, open_report, shown  # noqa: PLC0415  (after the command line)
        from bidi_news.cli.arguments import limits_of  # noqa: PLC0415
        from bidi_news.cli.resume import is_complete, open_asked  # noqa: PLC0415
        from bidi_news.engine.local import results  # noqa: PLC0415
        from bidi_news.engine.memory import keep_freed_memory  # noqa: PLC0415
        from bidi_news.engine.pages import failure_of  # noqa: PLC0415
        from bidi_news.engine.plan import Plan, Rescue  # noqa: PLC0415
        from bidi_news.groups import into_batches  # noqa: PLC0415

        seconds = limits_of(arguments).page_seconds
        apart = any(name == _TIME_LIMIT for name, _ in arguments.limits)
        plan = Plan(arguments.jobs, ordered=not arguments.unordered, apart=apart)

        def bury(item: T, loss: Loss) -> Result:
            return work([items.failed(item, failure_of(loss, seconds))])

        if arguments.resume and not arguments.force and is_complete(arguments.output):
            self.say(f"output {arguments.output} is complete")
            return self.exit_code
        keep_freed_memory()
        account = Account(arguments.jobs, items.reading)
        with open_report(arguments, account), open_asked(arguments, self.program) as (file, done):
            batches = into_batches(_after(items.stream, done.pages), weigh=items.weigh)
            parts = results(work, batches, plan, Rescue(bury, seconds), account.tally)
            with opened(file) as stream, closing(parts), shown(account, arguments.paths) as update:
                for part in parts:
                    stream.write(part.data)
                    stream.flush()
                    account.add(part.pages, part.failures)
                    update()
                    if part.failures and arguments.on_error == "stop":
                        raise _StoppedError(part.failures[0].message)
        return self._end(account, done, strict=arguments.strict)

    def _end(self, account: Account, done: Done, *, strict: bool) -> int:
        """Say how a run went, and return its exit code."""
        if sys.stderr.isatty():
            self.say(account.summary())
        if failed := done.failed + account.errors.total():
            self.say(f"{failed} of {done.pages + account.pages} pages failed; their records say why")
        if failed and strict and self.exit_code == _DONE:
            self.exit_code = _PAGES_FAILED
        return self.exit_code

    def run_pages(
        self, work: Callable[[list[Page]], Result], arguments: argparse.Namespace, *, opened: Opened = nullcontext
    ) -> int:
        """Take the pages of the command line's sources through the work, and write what it gives.

        Args:
            work: what is done with a batch of pages.
            arguments: the command line, with the arguments of ``add_sources`` and ``add_output``.
            opened: makes of the output what takes the results.

        Returns:
            The exit code.
        """
        from bidi_news.cli.arguments import limits_of  # noqa: PLC0415  (as above)
        from bidi_news.engine.pages import failed_page  # noqa: PLC0415
        from bidi_news.groups import weigh_page  # noqa: PLC0415
        from bidi_news.read.sources import source_pages  # noqa: PLC0415
        from bidi_news.read.streams import Reading  # noqa: PLC0415

        limits = limits_of(arguments)
        reading = Reading()
        pages = source_pages(
            arguments.paths or ["-"], arguments.source, limits=limits, report=self.report, reading=reading
        )
        return self.run(Items(pages, reading, weigh_page, failed_page), work, arguments, opened=opened)


def _after(items: Iterable[T | None], done: int) -> Iterator[T | None]:
    """Give the items after the first ones, which are done."""
    for item in items:
        if done and item is not None:
            done -= 1
        else:
            yield item


class _StoppedError(Exception):
    """A page failed and the run is to end there."""


def collect(lines: Iterable[tuple[bytes, Failure | None]], *, stop: bool) -> Result:
    """Join the output of a batch; with ``stop`` it ends before the first page that failed.

    Example:
        >>> collect([(b"a", None), (b"b", None)], stop=False)
        Result(data=b'ab', pages=2, failures=())
    """
    data: list[bytes] = []
    failures: list[Failure] = []
    pages = 0
    for line, failure in lines:
        pages += 1
        if failure is not None:
            failures.append(failure)
            if stop:
                break
        data.append(line)
    return Result(b"".join(data), pages, tuple(failures))


def guarded(program: str, command: Callable[[Session], int]) -> int:
    """Run a command and turn what it raises into one line and an exit code; a reader that leaves early is no error.

    Example:
        >>> guarded("normalize", lambda session: session.exit_code)
        0
    """
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    session = Session(program)
    try:
        code = command(session)
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still buffered must not raise again when Python closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return session.exit_code
    except _StoppedError as error:
        session.say(f"stopped at the first page that failed: {error}")
        return _PAGES_FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BidiNewsError as error:
        session.report(error)
    except OSError as error:
        session.report(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    else:
        return code
    return session.exit_code


def start(main: Callable[[], int]) -> NoReturn:
    """Run a command as this process and leave with its exit code."""
    signal.signal(signal.SIGTERM, _leave)
    gc.set_threshold(100_000)  # neither what is being loaded nor records hold many cycles
    sys.exit(main())


def _leave(*_: object) -> None:
    """End a terminated run as an error ends it: no half-written output and no worker stays behind."""
    raise SystemExit(_TERMINATED)


def _write_utf8(stream: Any) -> None:
    """Make a standard stream write UTF-8 whatever the locale says; what UTF-8 cannot hold is shown escaped."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
