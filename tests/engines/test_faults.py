"""Whatever ends a process of a run, and whenever: counted row by row, no page is lost, none is doubled.

The runs are those of the command, in processes of their own, with the pages in JSON Lines. Times of kills are drawn
from seeds, so each run of these tests draws the same ones; where they find the program is the machine's to decide.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "bidi_news", "normalize", "--jobs", "2"]
PAGES = 900
KILLS = 20
RESUMED = 10
SECONDS = 120
FILLING = ("The council met on the second floor, as it does. " * 5 + "\n" + "פסקה של טקסט בעברית. " * 12 + "\n") * 11

# The commands, in a Python in which some pages are the end of whoever works on them.
POISONED = [
    sys.executable,
    "-c",
    """
import os, signal, time
from bidi_news import pipeline
from bidi_news.cli.main import run

sound = pipeline.normalize_batch

def poisoned(pages, *more):
    for page in pages:
        if page.text and page.text.startswith("POISON"):
            os.kill(os.getpid(), signal.SIGKILL)
        if page.text and page.text.startswith("HANG"):
            time.sleep(3600)
    return sound(pages, *more)

pipeline.normalize_batch = poisoned
run()
""",
]


def row(number: int, begin: str = "") -> bytes:
    """Return a page of about 7 KB, a little more than the 200th part of a batch."""
    text = f"{begin}כותרת {number}\n\nפורסם: 23.06.15, 21:05\n\nTwo Shi'ite groups met.\n" + FILLING
    return json.dumps({"id": number, "text": text}).encode() + b"\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pages, and their records as a run without faults makes them."""
    folder = tmp_path_factory.mktemp("faults")
    (folder / "pages.jsonl").write_bytes(b"".join(map(row, range(PAGES))))
    subprocess.run([*COMMAND[:-1], "1", folder / "pages.jsonl", "-o", folder / "whole.jsonl"], check=True)
    return folder


def workers(parent: int) -> list[int]:
    """Return the processes that a process has started; until it has noticed their end, dead ones too."""
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def is_alive(process: int) -> bool:
    """Whether a process is there, and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="the worker processes of another process are found under /proc"
)


@needs_proc
@pytest.mark.parametrize("options", [[], ["--unordered"]])
def test_workers_are_killed(options: list[str], tmp_path: Path) -> None:
    """Of workers killed at random moments none takes a page with it: each page has one record, and none an error.

    Pages come in until enough workers are killed, so that every kill finds the run at work.
    """
    random = Random(7)  # noqa: S311  (no secret)
    out = tmp_path / "out.jsonl"
    command = [*COMMAND, "--from", "jsonl", *options, "-o", str(out)]
    killed: set[int] = set()
    written = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        due = time.monotonic()
        while len(killed) < KILLS:
            process.stdin.write(row(written))
            written += 1
            living = [pid for pid in workers(process.pid) if pid not in killed and is_alive(pid)]
            if living and time.monotonic() >= due:
                victim = random.choice(living)
                os.kill(victim, signal.SIGKILL)
                killed.add(victim)
                due = time.monotonic() + random.uniform(0, 0.2)
        process.stdin.close()
        assert process.wait(SECONDS) == 0
    records = [json.loads(line) for line in out.read_bytes().splitlines()]
    ids = [record["id"] for record in records]
    assert (sorted(ids) if options else ids) == list(range(written))
    assert Counter(record["status"] for record in records) == {"ok": written}


@needs_proc
def test_the_run_is_killed_and_resumed(folder: Path, tmp_path: Path) -> None:
    """A run that is killed at random moments, and gone on with each time, gives the records of one that was not.

    No worker of a killed run stays behind.
    """
    whole = (folder / "whole.jsonl").read_bytes()
    out, unfinished = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.unfinished"
    command = [*COMMAND, "--resume", "-o", str(out), str(folder / "pages.jsonl")]
    random = Random(11)  # noqa: S311  (no secret)
    orphans: list[int] = []
    for size in sorted(random.randrange(len(whole) * 3 // 4) for _ in range(RESUMED)):
        with subprocess.Popen(command) as process:
            while not (unfinished.exists() and unfinished.stat().st_size >= size):
                time.sleep(0.005)
            time.sleep(random.uniform(0, 0.05))
            orphans += workers(process.pid)
            process.kill()
        assert not out.exists()
    assert subprocess.run(command, check=True, timeout=SECONDS).returncode == 0
    assert out.read_bytes() == whole
    due = time.monotonic() + 10
    while any(map(is_alive, orphans)) and time.monotonic() < due:
        time.sleep(0.05)
    assert not any(map(is_alive, orphans))


@pytest.mark.parametrize("options", [[], ["--resume"]])
def test_the_disk_is_full(options: list[str], folder: Path, tmp_path: Path) -> None:
    """A run that cannot write on says so in one line; nothing half-written has the output's name, and none is lost."""
    whole = (folder / "whole.jsonl").read_bytes()
    out = tmp_path / "out.jsonl"
    command = [*COMMAND, *options, "-o", str(out), str(folder / "pages.jsonl")]
    resource = pytest.importorskip("resource", reason="the system has no limit for the size of files")

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) // 2, len(whole) // 2))

    full = subprocess.run(command, preexec_fn=fill, stderr=subprocess.PIPE, check=False, timeout=SECONDS)
    assert full.returncode == 2
    assert full.stderr == b"bidi-news normalize: File too large\n"
    left = [entry.name for entry in tmp_path.iterdir()]
    assert sorted(left) == ([".out.jsonl.run", ".out.jsonl.unfinished"] if options else [])
    subprocess.run(command, check=True, timeout=SECONDS)
    assert out.read_bytes() == whole


def faulty(folder: Path, target: Path, begins: dict[int, str]) -> Path:
    """Write the pages again, some of which begin with a word that is the end of whoever reads it."""
    rows = (folder / "pages.jsonl").read_bytes().splitlines(keepends=True)
    for number, begin in begins.items():
        rows[number] = row(number, begin)
    target.write_bytes(b"".join(rows))
    return target


def check_given_up(out: Path, folder: Path, given_up: dict[int, dict[str, Any]]) -> None:
    """Compare records with those of a run without faults: all are the same but those that are given up."""
    pairs = zip(out.read_bytes().splitlines(), (folder / "whole.jsonl").read_bytes().splitlines(), strict=True)
    found = {}
    for number, (line, sound) in enumerate(pairs):
        if line != sound:
            record = json.loads(line)
            assert (record["id"], record["status"]) == (number, "error")
            found[number] = record["error"]
    assert found == given_up


def test_poison_pages(folder: Path, tmp_path: Path) -> None:
    """Pages that workers die of, wherever they stand, are error records that say so; all others have their records."""
    poison = [0, 500, 501, PAGES - 1]
    pages = faulty(folder, tmp_path / "pages.jsonl", dict.fromkeys(poison, "POISON"))
    out = tmp_path / "out.jsonl"
    subprocess.run([*POISONED, *COMMAND[3:], pages, "-o", out], check=True, timeout=SECONDS, stderr=subprocess.PIPE)
    error = {"code": "worker_died", "message": "the worker process died of this page, twice; it was given up"}
    check_given_up(out, folder, dict.fromkeys(poison, error))


def test_pages_that_hang(folder: Path, tmp_path: Path) -> None:
    """A page that never ends is given up after its time, and named; all others have their records."""
    pages = faulty(folder, tmp_path / "pages.jsonl", {PAGES - 5: "HANG"})
    out = tmp_path / "out.jsonl"
    command = [*POISONED, *COMMAND[3:], "--limit", "page_seconds=3", str(pages), "-o", str(out)]
    subprocess.run(command, check=True, timeout=SECONDS, stderr=subprocess.PIPE)
    message = "takes longer than 3 seconds (limit page_seconds)"
    check_given_up(out, folder, {PAGES - 5: {"code": "limit_exceeded", "message": message}})


def test_a_poison_page_among_labelled_ones(tmp_path: Path) -> None:
    """Evaluation counts a page that workers die of as one that failed, and goes on with the others."""
    texts = [("A long line of the body. " * 200 + "\n") * 250] * 6
    texts[2] = "POISON " + texts[2]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        "".join(json.dumps({"id": str(i), "text": text, "negative": True}) + "\n" for i, text in enumerate(texts))
    )
    command = [*POISONED, "evaluate", "--jobs", "2", "--by", "page", "--to", "jsonl", str(gold)]
    done = subprocess.run(command, check=True, timeout=SECONDS, stdout=subprocess.PIPE)
    rows = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {name: row["failed"] for name, row in rows.items()} == {
        None: 1,
        "0": 0,
        "1": 0,
        "2": 1,
        "3": 0,
        "4": 0,
        "5": 0,
    }
