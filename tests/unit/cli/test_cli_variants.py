"""``bidi-news variants``: what it says of quotations, and of what it held back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXT = 'See #Hizbullah: "The Shi\'ites left."'


def row_of(data: bytes) -> dict[str, Any]:
    """Return the only row of some output."""
    (line,) = data.decode().splitlines()
    row: dict[str, Any] = json.loads(line)
    return row


def test_explain_lists_what_was_held_back(command: Callable[..., Any]) -> None:
    """With --explain a row says which guard held back which spelling; the rest of it stays the same."""
    plain = row_of(command("variants", "--from", "text", stdin=_TEXT.encode()).stdout)
    told = row_of(command("variants", "--from", "text", "--explain", stdin=_TEXT.encode()).stdout)
    (held,) = told.pop("held")
    assert (held["surface"], held["action"], held["rule"], held["lexeme"]) == ("Hizbullah", "keep", "tag", "hezbollah")
    assert told == plain


@pytest.mark.parametrize("name", ["variants", "normalize"])
@pytest.mark.parametrize(("policy", "actions"), [("replace", ["replace"]), ("annotate", ["annotate"]), ("keep", [])])
def test_in_quotes(command: Callable[..., Any], name: str, policy: str, actions: list[str]) -> None:
    """Both commands leave quotations alone when asked to."""
    done = command(name, "--from", "text", "--to", "jsonl", "--in-quotes", policy, stdin=_TEXT.encode())
    assert [edit["action"] for edit in row_of(done.stdout)["edits"]] == actions


def test_unknown_policy(command: Callable[..., Any]) -> None:
    """Another policy is refused with the choices."""
    done = command("variants", "--in-quotes", "drop")
    assert done.returncode == 2
    assert b"annotate" in done.stderr
