"""What all tests share: how Hypothesis draws, the samples, and the switch that rewrites golden records."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

# The same examples on every machine and in every run; "nightly" looks for new ones.
settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one switch of this suite."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite what tests/golden accepts; read the diff after"
    )


def pytest_report_header() -> str:
    """Say which copy of the package is tested: the checkout or an installed wheel."""
    import bidi_news  # noqa: PLC0415  (only here, so that coverage sees its import in the tests)

    return f"bidi_news {bidi_news.__version__} from {Path(bidi_news.__file__).parent}"


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the root of the source tree."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def growth() -> Callable[[Callable[[int], object], int], float]:
    """Return what tells how many times as many lines of Python a work runs on four times as much.

    Unlike a time this is the same on every machine. About 4 is linear, 16 a square.
    """

    def factor(work: Callable[[int], object], few: int) -> float:
        work(1)  # what is loaded once does not count
        return _lines_run(work, 4 * few) / _lines_run(work, few)

    return factor


def _lines_run(work: Callable[[int], object], size: int) -> int:
    """Count the lines of Python that a work of some size runs."""
    lines = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()  # that of coverage
    sys.settrace(trace)
    try:
        work(size)
    finally:
        sys.settrace(before)
    return lines
