"""The reference of the commands names everything that the commands take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bidi_news.cli import apply, dates, discover, evaluate, learn, match, normalize, outlets, run, train, variants

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "cli.md"


@pytest.mark.parametrize(
    "module", [normalize, dates, variants, match, evaluate, train, outlets, learn, discover, apply, run]
)
def test_every_option_is_documented(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    """Each option that --help shows stands in the reference."""
    with pytest.raises(SystemExit):
        module.main(["--help"], program="x")  # type: ignore[attr-defined]
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert options
    assert options - set(re.findall(r"--[a-z-]+", REFERENCE.read_text("utf-8"))) == set()
