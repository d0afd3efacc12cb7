"""The manifest of the shipped data against the data itself."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from bidi_news.resources import data_root, manifest, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

FILES: dict[str, dict[str, str]] = manifest().get("files", {})
LICENCES = {"MIT", "CC0-1.0", "CC-BY-4.0", "Unicode-3.0"}
"""What shipped data may carry, as SPDX identifiers; a row of a table may be under one of several."""


def shipped(folder: Traversable, prefix: str = "") -> Iterator[str]:
    """Give the name of every file below a folder."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from shipped(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".tmp", ".swp")):
            yield prefix + entry.name


def test_every_data_file_is_listed() -> None:
    """The manifest lists exactly the files that ship, itself left out."""
    assert sorted(FILES) == sorted(name for name in shipped(data_root()) if name != "manifest.toml")


@pytest.mark.parametrize("name", FILES)
def test_the_hash_is_that_of_the_file(name: str) -> None:
    """A data file has the SHA-256 that the manifest gives; after a change run tools/manifest.py."""
    assert hashlib.sha256(read_bytes(name)).hexdigest() == FILES[name]["sha256"]


@pytest.mark.parametrize("name", FILES)
def test_licence_and_source_are_stated(name: str) -> None:
    """Every data file says under which licences it stands and where it comes from."""
    licences = set(re.findall(r"[A-Za-z][\w.-]*\d[\w.-]*|MIT", FILES[name]["licence"]))
    assert licences
    assert licences <= LICENCES
    assert FILES[name]["source"]


def test_the_data_version_is_a_date_with_a_count() -> None:
    """The data has a version of its own: year, month, number."""
    assert re.fullmatch(r"20\d\d\.(1[0-2]|[1-9])\.\d+", manifest()["data_version"])
