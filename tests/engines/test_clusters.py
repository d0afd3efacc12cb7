"""Runs in parts, here and on Ray and Spark with two workers each: nothing is lost, nothing doubled, whatever happens.

Each run is a process of its own. Its pages are counted row by row.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Launch = Callable[..., subprocess.Popen[bytes]]

PAGES = 600
TEXT = "Talks resume in Haifa\n\nPublished: 23.06.2015, 21:05\n\n" + "The pilots went back to work. " * 100
POISON, BROKEN = 77, 450
CODES = {POISON: "worker_died", BROKEN: "wrong_type"}

# Read by every Python process of a run at its start: a page that says POISON kills the process that normalizes it, as a
# fault in compiled code would.
HARM = """
import os, signal
import bidi_news.pipeline as pipeline

normalize_batch = pipeline.normalize_batch

def harmed(pages, *options):
    for page in pages:
        if page.text == "POISON":
            os.kill(os.getpid(), signal.SIGKILL)
    return normalize_batch(pages, *options)

pipeline.normalize_batch = harmed
"""

RAY = """
import json, sys, pyarrow as pa, ray
from bidi_news.engine.ray import normalize_dataset

ray.init("local", num_cpus=2, include_dashboard=False, logging_level="error", log_to_driver=False)
with open(sys.argv[1]) as file:
    pages = ray.data.from_arrow(pa.Table.from_pylist([json.loads(line) for line in file])).repartition(4)
print(json.dumps([[row["id"], row["error"] and row["error"]["code"]] for row in normalize_dataset(pages).take_all()]))
"""

SPARK = """
import json, os, sys
from pyspark.sql import SparkSession
from bidi_news.engine.spark import normalize_dataframe

os.environ["PYSPARK_PYTHON"] = sys.executable
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
pages = spark.read.schema("id long, text string").json(sys.argv[1]).repartition(4)
rows = normalize_dataframe(pages).select("id", "error.code").collect()
print(json.dumps([[row.id, row.code] for row in rows]))
"""


def needs(engine: str) -> None:
    """Skip a test whose engine is not installed."""
    if engine == "ray" and find_spec("ray") is None:
        pytest.skip("the extra ray is not installed")
    if engine == "spark" and find_spec("pyspark") is None:
        pytest.skip("the extra spark is not installed")
    if engine == "spark" and which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which some pages kill."""
    folder = tmp_path_factory.mktemp("harmful")
    (folder / "sitecustomize.py").write_text(HARM)
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "RAY_USAGE_STATS_ENABLED": "0"}  # a test tells nobody that it ran


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a file of pages, none of which does harm."""
    return written(tmp_path / "pages.jsonl", {})


@pytest.fixture
def harmful_pages(tmp_path: Path) -> Path:
    """Return a file of pages of which one kills and one is no page."""
    return written(tmp_path / "pages.jsonl", {POISON: "POISON", BROKEN: 5})


@pytest.fixture
def launch(tmp_path: Path, harmful: dict[str, str]) -> Iterator[Launch]:
    """Return a function that starts a run whose output is ``records``; none of them outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bidi_news", "run", "--to", "jsonl", "-o", tmp_path / "records", *arguments]
        started.append(
            subprocess.Popen([*map(str, command)], env=harmful, stderr=subprocess.PIPE, start_new_session=True)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def written(path: Path, special: dict[int, object]) -> Path:
    """Write rows of JSON Lines with ids from 0; some have a text of their own."""
    rows = [{"id": number, "text": special.get(number, TEXT)} for number in range(PAGES)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def said(process: subprocess.Popen[bytes]) -> str:
    """Wait for a run, and return what it said."""
    return process.communicate(timeout=900)[1].decode()


def records(tmp_path: Path) -> list[dict[str, Any]]:
    """Return all records of a run, in the order of its parts."""
    paths = sorted((tmp_path / "records").glob("part-*"))
    return [json.loads(line) for path in paths for line in path.read_bytes().splitlines()]


def assert_complete(tmp_path: Path, codes: dict[int, str]) -> None:
    """Assert that each page has one record, in order, and that those that failed say why; and that nothing is left."""
    found = records(tmp_path)
    assert [record["id"] for record in found] == list(range(PAGES))
    assert {record["id"]: record["error"]["code"] for record in found if record["error"]} == codes
    folder = tmp_path / "records"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    success = json.loads((folder / "_SUCCESS").read_bytes())
    assert (success["pages"], success["errors"]) == (PAGES, dict.fromkeys(codes.values(), 1))


@pytest.mark.parametrize("engine", ["local", "ray", "spark"])
def test_pages_that_do_harm_are_error_records(engine: str, harmful_pages: Path, tmp_path: Path, launch: Launch) -> None:
    """A page that kills its worker ends no run and is not tried for ever; all others are done."""
    needs(engine)
    options = ["--engine", engine, "--jobs", 2, "--part-bytes", "300K", harmful_pages]
    process = launch(*options)
    assert "2 of them error records" in said(process)
    assert process.returncode == 0
    assert_complete(tmp_path, CODES)


@pytest.mark.parametrize("engine", ["ray", "spark"])
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the workers of an engine are found in /proc")
def test_a_killed_worker_costs_no_page(engine: str, pages: Path, tmp_path: Path, launch: Launch) -> None:
    """A worker of the engine that is killed from outside has its part done again by another one."""
    needs(engine)
    process = launch("--engine", engine, "--jobs", 2, "--part-bytes", "60K", pages)
    notes = tmp_path / "records" / "_notes"
    while process.poll() is None and not (notes.is_dir() and any(notes.glob("part-*"))):
        time.sleep(0.05)
    worker = busy_worker(process, b"ray::task" if engine == "ray" else b"pyspark.daemon")
    os.kill(worker, signal.SIGKILL)
    said(process)
    assert process.returncode == 0
    assert_complete(tmp_path, {})


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_and_gone_on_with(seed: int, pages: Path, tmp_path: Path, launch: Launch) -> None:
    """A run that is killed again and again, at random moments, has in the end each page once."""
    moments = random.Random(seed)  # noqa: S311  (moments of a test)
    options = ["--jobs", 2, "--part-bytes", "120K", "--resume", pages]
    for _ in range(3):
        process = launch(*options)
        time.sleep(moments.uniform(0.5, 2.5))
        process.kill()
        process.wait()
    process = launch(*options)
    said(process)
    assert process.returncode == 0
    assert_complete(tmp_path, {})


@pytest.mark.parametrize(("engine", "program"), [("ray", RAY), ("spark", SPARK)])
def test_datasets(engine: str, program: str, tmp_path: Path, harmful: dict[str, str]) -> None:
    """A dataset of pages gives a record for each of them; one that kills its worker is an error record, no retry."""
    needs(engine)
    path = written(tmp_path / "pages.jsonl", {POISON: "POISON"})
    done = subprocess.run(
        [sys.executable, "-c", program, path], env=harmful, capture_output=True, check=True, timeout=900
    )
    rows = json.loads(done.stdout.splitlines()[-1])
    assert sorted(int(identity) for identity, _ in rows) == list(range(PAGES))
    assert [row for row in rows if row[1]] == [[str(POISON), "worker_died"]]


def busy_worker(process: subprocess.Popen[bytes], mark: bytes) -> int:
    """Return a worker process of an engine that has a page in work: it has a process of its own for that.

    Args:
        process: the run.
        mark: stands in the command line of a worker and of what it has started.
    """
    deadline = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < deadline:
        parents = {int(path.name): parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
        for pid in parents:
            line = [pid]
            while line[-1] in parents:
                line.append(parents[line[-1]])
            marked = [x for x in line if mark in command_line(x)]
            if process.pid in line and len(marked) == (2 if mark.startswith(b"ray") else 3):
                return marked[1]
        time.sleep(0.005)
    raise AssertionError("no worker was at work")


def parent(process: Path) -> int:
    """Return the parent of a process; 0 if it is gone."""
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def command_line(pid: int) -> bytes:
    """Return the command line of a process; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
