"""What the commands let a user say about encodings and unseen characters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RUSSIAN = "Новости дня"


def record(data: bytes) -> dict[str, Any]:
    """Return the only record of some output."""
    fields: dict[str, Any] = json.loads(data)
    return fields


def test_encoding_overrules_the_evidence(command: Callable[..., Any], tmp_path: Path) -> None:
    """The encoding that the user chose is used for files and for rows of bytes, whatever they declare."""
    path = tmp_path / "page.html"
    path.write_bytes(b'<meta charset="koi8-r"><p>' + RUSSIAN.encode("cp1251"))
    found = record(command("normalize", "--encoding", "windows-1251", path).stdout)
    assert (found["text"].strip(), found["issues"]) == (RUSSIAN, [])
    assert record(command("normalize", path).stdout)["text"].strip() != RUSSIAN


@pytest.mark.parametrize("name", ["normalize", "dates", "variants"])
def test_an_unknown_encoding_is_one_line(command: Callable[..., Any], name: str) -> None:
    """A label that is no encoding's is refused before anything is read."""
    done = command(name, "--encoding", "klingon")
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "klingon" in done.stderr.decode()


def test_bidi_controls_are_stripped_on_request(command: Callable[..., Any]) -> None:
    """Unseen characters leave the normalized text only when that is asked for, and never the text."""
    text = "\u200fHiz\u200bbullah"
    row = json.dumps({"id": 1, "text": text}).encode()
    kept = record(command("variants", stdin=row).stdout)
    stripped = record(command("variants", "--bidi-controls", "strip", stdin=row).stdout)
    assert kept["text"] == "\u200fHezbollah"
    assert stripped["text"] == "Hezbollah"
    page = record(command("normalize", "--bidi-controls", "strip", stdin=row).stdout)
    assert page["text"] == text
    assert [edit["rule"] for edit in page["edits"]] == ["unseen", "safe"]
