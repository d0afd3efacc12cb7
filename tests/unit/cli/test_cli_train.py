"""``bidi-news train``: a model file, the same every time, and figures of held-out sites."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bidi_news.cli.main import main
from bidi_news.segment.features import FEATURES
from bidi_news.segment.recipe import RECIPES

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The council met on Tuesday to discuss the lamp, the stairs and the birds, and decided nothing."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder of labelled pages: two layouts of tables, and a page whose body is known, in both forms."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("flash-01", "flash-02", "live-01"):
        (folder / f"{name}.tsv").write_text(f"chrome\tHome\nheadline\tThe lamp\nbody\t{BODY}\n", "utf-8")
    row = {
        "text": f"Home\n{BODY}",
        "html": f"<ul><li>Home</ul><p>{BODY}",
        "gold_body": BODY,
        "url": "https://example.org/",
    }
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return folder


def train(*arguments: object) -> int:
    """Run the command and return its exit code."""
    return main(["train", *map(str, arguments), "--epochs", "2"])


def note(path: Path) -> dict[str, Any]:
    """Return what a model says of its making."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read("training.json"))
    return found


def test_the_same_pages_and_seed_give_the_same_bytes(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two runs give one file; another seed gives another; progress is for terminals only."""
    one, same, other = (tmp_path / f"{name}.npz" for name in ("one", "same", "other"))
    assert [train("text", gold, "-o", one), train("text", gold, "-o", same)] == [0, 0]
    assert train("text", gold, "-o", other, "--seed", 1) == 0
    assert one.read_bytes() == same.read_bytes()
    assert one.read_bytes() != other.read_bytes()
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.splitlines()[0].startswith(f"{one}: 4 pages, ")


def test_the_model_says_how_it_was_made(gold: Path, tmp_path: Path) -> None:
    """It names recipe, seed and the hash of what it learned from, which changes with a label."""
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    train("text", gold, "-o", first, "--seed", 3)
    (gold / "live-01.tsv").write_text(f"chrome\tHome\ndeck\tThe lamp\nbody\t{BODY}\n", "utf-8")
    train("text", gold, "-o", second, "--seed", 3)
    made = note(first)
    assert (made["model"], made["pages"]) == ("text", 4)
    assert (made["recipe"]["seed"], made["recipe"]["epochs"]) == (3, 2)
    assert len(made["sha256"]) == 2 * hashlib.sha256().digest_size
    assert made["sha256"] != note(second)["sha256"]
    with np.load(io.BytesIO(first.read_bytes()), allow_pickle=False) as arrays:
        assert tuple(arrays["inputs"]) == tuple(FEATURES)


def test_pages_without_the_form_are_counted(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model for HTML learns from rows with HTML, and says how many pages it left out."""
    assert train("html", gold, "-o", tmp_path / "html.npz") == 0
    assert note(tmp_path / "html.npz")["pages"] == 1
    assert capsys.readouterr().err == "bidi-news train: 3 pages have no html that labels speak of; left out\n"


def test_held_out_folds(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With folds, the figures of pages of unseen sites are printed; the model is the one that it is without."""
    train("text", gold, "-o", tmp_path / "plain.npz")
    capsys.readouterr()
    assert train("text", gold, "-o", tmp_path / "folds.npz", "--held-out-folds", 3) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("held out: 4 pages of 3 sites")
    assert [line.split()[0] for line in lines[1:5]] == ["network", "body", "headline", "deck"]
    assert (tmp_path / "plain.npz").read_bytes() == (tmp_path / "folds.npz").read_bytes()


def test_progress_on_a_terminal(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal the epochs of all networks are counted on one line: two of each, for each fold and for all."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    train("text", gold, "-o", tmp_path / "model.npz", "--held-out-folds", 2)
    shown = capsys.readouterr().err
    total = 2 * (1 + RECIPES["text"].teachers) * 3
    assert shown == "".join(f"\repoch {epoch} of {total}" for epoch in range(1, total + 1)) + "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["text", "gold"], "-o/--output"),
        (["text", "-o", "x.npz"], "GOLD"),
        (["prose", "gold", "-o", "x.npz"], "'prose'"),
        (["text", "gold", "-o", "-"], "the model needs a file"),
        (["text", "gold", "-o", "x.npz", "--held-out-folds", "1"], "2 or more"),
        (["text", "gold", "-o", "x.npz", "--held-out-folds", "9"], "3 sites"),
        (["text", "gone.tsv", "-o", "x.npz"], "no labelled page with text"),
        (["long-text", "gold", "-o", "x.npz"], "no labelled page of a length that long-text learns from"),
        (["text", "gold", "-o", "gold/rows.jsonl"], "is an input"),
    ],
)
def test_errors_leave_no_file(
    gold: Path,
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A wrong command line or nothing to learn from is told, with exit code 2, and nothing is written."""
    monkeypatch.chdir(gold.parent)
    before = sorted(gold.parent.rglob("*"))
    assert main(["train", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(gold.parent.rglob("*")) == before
