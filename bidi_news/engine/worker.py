"""A worker process and the pipe to it: one message in, one answer out, and never a wait for what will not come.

The pipe is the worker's own, so a worker that is killed at any moment, also in the middle of an answer, ends its pipe
and no other. Whoever holds it knows what it was given, and since when.

Example:
    >>> worker = Worker(sum, None)
    >>> worker.give(pickle.dumps([1, 2]))
    >>> has_come = worker.pipe.poll(60)
    >>> worker.take().value
    3
    >>> worker.end()
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import socket
import struct
import sys
import time
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, TypeVar

from bidi_news.engine.memory import peak_memory
from bidi_news.errors import BidiNewsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

__all__ = ["Answer", "LostWorkerError", "Worker"]

R = TypeVar("R")

_STARTING = 10
"""Seconds that a process may take before its first answer: it loads the program, on a machine that may be busy."""

# Where it is safe: a fork shares what is loaded. Elsewhere system libraries do not survive it, or there is none.
_METHOD = "fork" if sys.platform == "linux" else "spawn"


class LostWorkerError(Exception):
    """A worker has died or is stopped, and what it was given has no answer."""


class Answer(NamedTuple, Generic[R]):
    """What a worker says of a message."""

    value: R | Exception
    """What the work gave, or the error that it raised."""
    memory: int
    """Most bytes of memory that the process has held so far; 0 where the system does not tell."""


class Worker(Generic[R]):
    """A process that does some work on messages, one at a time, and ends with the process that started it."""

    def __init__(self, work: Callable[[Any], R], seconds: int | None) -> None:
        """Start the process.

        Args:
            work: takes what a message holds; where processes are spawned it must be picklable.
            seconds: time for one message; a process that has to start has ten seconds more for its first one.
        """
        context: Any = multiprocessing.get_context(_METHOD)  # whose two kinds of process share no type
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(work, theirs), daemon=True)
        self.process.start()
        theirs.close()  # or the end of the process would not be the end of the pipe
        if seconds is not None:
            _bound_transfers(self.pipe, seconds + _STARTING)
        self._seconds = seconds
        self._grace = _STARTING
        self.deadline: float | None = None
        """When the message has taken too long, by the monotonic clock; None if there is none, or no limit."""

    def give(self, message: bytes) -> None:
        """Hand over a pickled message; the worker has none.

        Raises:
            LostWorkerError: if the process has died, or takes nothing.
        """
        if self._seconds is not None:
            self.deadline = time.monotonic() + self._seconds + self._grace
        try:
            self.pipe.send_bytes(message)
        except OSError:
            raise LostWorkerError from None

    def take(self) -> Answer[R]:
        """Return the answer, of which at least a part has come.

        Raises:
            LostWorkerError: if the process has died before the answer was whole, or gives no more of it.
        """
        try:
            if not self.pipe.poll():
                raise LostWorkerError  # it is the end of the process that was noticed
            answer: Answer[R] = pickle.loads(self.pipe.recv_bytes())  # noqa: S301  (from our own process)
        except (EOFError, OSError):
            raise LostWorkerError from None
        self._grace = 0
        self.deadline = None
        return answer

    def is_late(self) -> bool:
        """Whether the message has taken too long, and no answer is coming."""
        return self.deadline is not None and self.deadline <= time.monotonic() and not self.pipe.poll()

    def end(self) -> None:
        """End the process, whatever it does: it holds nothing that anybody waits for."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


def _bound_transfers(pipe: Connection, seconds: int) -> None:
    """Have transfers fail after some seconds without a byte: the process may be stopped in the midst of one."""
    if sys.platform == "win32":
        return  # where a pipe is no socket
    with socket.socket(fileno=os.dup(pipe.fileno())) as end:
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            end.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", seconds, 0))


def _serve(work: Callable[[Any], Any], pipe: Connection) -> NoReturn:
    """Answer one message after the other, as a process."""
    _follow_parent()
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:
            sys.exit()
        try:
            answer = Answer(work(pickle.loads(message)), peak_memory())  # noqa: S301  (from our own process)
        except Exception as error:  # noqa: BLE001  (raised again where the work was asked for)
            answer = Answer(_portable(error), peak_memory())
        pipe.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _portable(error: Exception) -> Exception:
    """Return an error that another process can read."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (just written)
    except Exception:  # noqa: BLE001  (whatever its class does when it is copied)
        return BidiNewsError(str(error))
    return error


def _follow_parent() -> None:
    """Make this worker end with its parent, and only with it: an interrupt from the keyboard is the parent's."""
    import signal  # noqa: PLC0415  (in a worker only)
    import threading  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Leave when the parent is gone: killed, it tells nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
