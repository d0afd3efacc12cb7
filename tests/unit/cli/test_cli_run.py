"""``bidi-news run``: what it takes, what it leaves in its folder, and what it goes on with."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bidi_news.cli.main import main
from bidi_news.cli.normalize import main as normalize

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 40


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder of two sources, and rows of which some fail."""
    folder = tmp_path / "pages"
    folder.mkdir()
    rows = [json.dumps({"id": number, "text": f"Talks {number} resume" if number % 7 else 5}) for number in range(ROWS)]
    (folder / "a.jsonl").write_text("\n".join(rows))
    (folder / "b.txt").write_text("Rain at last")
    return folder


def run(pages: Path, *arguments: str, part_bytes: int = 300) -> int:
    """Run the command in this process, with its output beside the pages."""
    output = ["-o", str(pages.parent / "records"), "--part-bytes", str(part_bytes), "--jobs", "1"]
    return main(["run", str(pages), *output, *arguments])


def lines(pages: Path) -> bytes:
    """Return what is in the parts of the output, in their order."""
    return b"".join(path.read_bytes() for path in sorted((pages.parent / "records").glob("part-*")))


def test_the_parts_are_what_normalize_gives(pages: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """All parts together are the output of normalize, but for where a message counts lines from."""
    assert run(pages, "--to", "jsonl", part_bytes=10**6) == 0
    assert normalize([str(pages), "-o", str(tmp_path / "whole.jsonl"), "--jobs", "1"]) == 0
    assert lines(pages) == (tmp_path / "whole.jsonl").read_bytes()
    assert "41 pages in 1 part, 6 of them error records" in capfd.readouterr().err


def test_tables(pages: Path) -> None:
    """Parts are Parquet unless asked otherwise, and a reader of tables takes nothing else in the folder for one."""
    dataset = pytest.importorskip("pyarrow.dataset", reason="the extra parquet is not installed")
    assert run(pages) == 0
    table = dataset.dataset(pages.parent / "records", format="parquet").to_table()
    assert table["id"].to_pylist() == [*map(str, range(ROWS)), str(pages / "b.txt")]


def test_what_is_done_stays(pages: Path) -> None:
    """--resume does only the parts that have no note: here the one that is taken away; what was left goes."""
    assert run(pages, "--to", "jsonl") == 0
    first, *_, last = sorted((pages.parent / "records").glob("part-*"))
    whole = lines(pages)
    first.write_bytes(b"as it was\n")
    (pages.parent / "records" / "_notes" / f"{last.stem}.json").unlink()
    last.unlink()
    left = [first.with_name(".part-00001.jsonl.0a.tmp"), first.parent / "_notes" / ".part-00001.json.0a.tmp"]
    for path in left:
        path.touch()
    assert run(pages, "--to", "jsonl", "--resume") == 0
    assert not any(path.exists() for path in left)
    assert first.read_bytes() == b"as it was\n"
    assert whole.endswith(last.read_bytes())


def test_a_part_that_cannot_be_written(pages: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It ends the run with one line, what was done stays, and the run is no success."""
    records = pages.parent / "records"
    assert run(pages, "--to", "jsonl") == 0
    (records / "_SUCCESS").unlink()
    (records / "_notes" / "part-00001.json").unlink()
    (records / "part-00001.jsonl").unlink()
    (records / "part-00001.jsonl").mkdir()
    assert run(pages, "--to", "jsonl", "--resume") == 2
    assert "Is a directory" in capfd.readouterr().err.splitlines()[-1]
    assert (records / "part-00000.jsonl").is_file()
    assert not (records / "_SUCCESS").exists()


def test_killed_before_it_began(pages: Path) -> None:
    """What a run that was killed at once has left in the folder does not stop the next one."""
    (pages.parent / "records").mkdir()
    (pages.parent / "records" / "._run.json.0a.tmp").touch()
    assert run(pages, "--to", "jsonl") == 0


def test_a_source_that_cannot_be_read_is_tried_again(pages: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is named, all others are done, the run is no success; once it is whole again, --resume makes it one."""
    packed = gzip.compress(b'{"text": "Sun"}')
    (pages / "c.jsonl.gz").write_bytes(packed[:-4] + b"\0\0\0\0")
    assert run(pages, "--to", "jsonl") == 2
    assert f"{pages / 'c.jsonl.gz'}: the gzip data is damaged" in capfd.readouterr().err
    assert lines(pages).count(b"\n") >= ROWS + 1
    assert not (pages.parent / "records" / "_SUCCESS").exists()
    (pages / "c.jsonl.gz").write_bytes(packed)
    assert run(pages, "--to", "jsonl", "--resume") == 0
    assert lines(pages).count(b"\n") == ROWS + 2
    assert (pages.parent / "records" / "_SUCCESS").exists()


@pytest.mark.parametrize(
    ("arguments", "part_bytes", "message"),
    [
        ([], 300, "holds a run; --resume goes on with it"),
        (["--resume", "--style", "ap"], 300, "had other style"),
        (["--resume"], 301, "had other part_bytes, sources"),
    ],
)
def test_another_run_is_refused(
    pages: Path, arguments: list[str], part_bytes: int, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A folder takes the parts of one run only, and says what is different in another one."""
    assert run(pages) == 0
    assert run(pages, *arguments, part_bytes=part_bytes) == 2
    assert message in capfd.readouterr().err.splitlines()[-1]


def test_folders_that_are_no_place_for_a_run(pages: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A folder that holds anything else, or is read itself, is not written to."""
    before = sorted(pages.parent.rglob("*"))
    assert main(["run", str(pages), "-o", str(pages / "records")]) == 2
    assert main(["run", str(pages / "b.txt"), "-o", str(pages)]) == 2
    assert sorted(pages.parent.rglob("*")) == before
    first, second = capfd.readouterr().err.splitlines()
    assert first.endswith("is an input, or lies in one")
    assert second.endswith("is not empty")


@pytest.mark.parametrize(("engine", "module"), [("ray", "ray.data"), ("spark", "pyspark")])
def test_an_engine_that_is_not_installed(
    engine: str, module: str, pages: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One line names the extra; nothing is written."""
    for name in (module, engine):
        monkeypatch.setitem(sys.modules, name, None)
    assert run(pages, "--engine", engine) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert f"pip install 'bidi_news[{engine}]'" in line
    assert not (pages.parent / "records").exists()


@pytest.mark.parametrize(
    ("options", "extra"), [(["--engine", "ray"], "ray"), (["--engine", "spark"], "spark"), ([], "parquet")]
)
def test_an_extra_that_is_missing_is_named(pages: Path, options: list[str], extra: str) -> None:
    """Without the packages of an engine or of tables one line says how to get them, and nothing is made."""
    hidden = "import sys; sys.modules.update(pyarrow=None, ray=None, pyspark=None)"
    output = pages.parent / "records"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{hidden}; from bidi_news.cli.main import run; run()",
            "run",
            *options,
            "-o",
            output,
            pages,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"pip install 'bidi_news[{extra}]'" in done.stderr
    assert not output.exists()
