"""A page that takes too long is an error record that names the limit; all other pages have theirs."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import Parser, add_output, add_sources
from bidi_news.cli.session import Items, Result, Session
from bidi_news.engine import worker
from bidi_news.model import Failure
from bidi_news.read.streams import Reading

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    import pytest

_Item = tuple[int, Failure | None]


def _arguments(*given: str) -> argparse.Namespace:
    """Return a command line."""
    parser = Parser("x", "A command.")
    add_sources(parser, formats=("auto",))
    add_output(parser, formats=("auto", "jsonl"))
    return parser.parse_args([*given])


def _work(items: list[_Item]) -> Result:
    """Hang on item 3, as compiled code would; say of the others that they are done."""
    lines = []
    for number, failure in items:
        if number == 3 and failure is None:
            time.sleep(3600)
        lines.append(json.dumps([number, failure and failure.code, failure and failure.message]).encode() + b"\n")
    return Result(b"".join(lines), len(items), tuple(failure for _, failure in items if failure))


def test_a_page_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even with one job and on a small input, a page that hangs is given up after the time that was asked for."""
    monkeypatch.setattr(worker, "_STARTING", 1)
    out = tmp_path / "out"
    arguments = _arguments("--jobs", "1", "--limit", "page_seconds=1", "--strict", "-o", str(out))
    pages: list[_Item] = [(number, None) for number in range(6)]
    items = Items(pages, Reading(), lambda _: 1, lambda item, failure: (item[0], failure))
    code = Session("x").run(items, _work, arguments)
    got: list[list[Any]] = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [number for number, *_ in got] == list(range(6))
    message = "takes longer than 1 seconds (limit page_seconds)"
    assert [row[1:] for row in got if row[1]] == [["limit_exceeded", message]]
    assert code == 1
    assert capsys.readouterr().err == "x: 1 of 6 pages failed; their records say why\n"


def test_a_time_limit_changes_no_record(command: Callable[..., Any]) -> None:
    """Pages that are done in worker processes, for their time to be limited, give the records that they give here."""
    row = json.dumps({"id": 1, "text": "Headline\n\nShi'ite groups met."}).encode()
    here, apart = command("normalize", stdin=row), command("normalize", "--limit", "page_seconds=60", stdin=row)
    assert (apart.returncode, apart.stderr) == (0, b"")
    assert apart.stdout == here.stdout
