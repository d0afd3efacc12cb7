"""Run the commands as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Completed = subprocess.CompletedProcess[bytes]


@pytest.fixture
def command() -> Callable[..., Completed]:
    """Return a function that runs ``bidi-news`` with arguments, input and environment in a process of its own."""

    def run(*arguments: object, stdin: bytes = b"", **environment: str) -> Completed:
        return subprocess.run(
            [sys.executable, "-m", "bidi_news", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, **environment},
        )

    return run
