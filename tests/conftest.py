"""What all tests share: how Hypothesis draws, the samples, and the switch that rewrites golden records."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
