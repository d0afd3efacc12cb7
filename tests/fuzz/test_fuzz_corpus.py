"""Every page of the fuzzer's corpus, and each that it once found, keeps the laws."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("fuzz_targets", FOLDER / "targets.py")
assert SPEC is not None
assert SPEC.loader is not None
MODULE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(MODULE)
TARGETS: dict[str, Callable[[bytes], None]] = MODULE.TARGETS


@pytest.mark.parametrize("target", sorted(TARGETS))
@pytest.mark.parametrize("path", sorted((FOLDER / "corpus").iterdir()), ids=lambda path: path.name)
def test_corpus_keeps_the_laws(target: str, path: Path) -> None:
    """No page of the corpus breaks a law, whatever it is taken for."""
    TARGETS[target](path.read_bytes())
