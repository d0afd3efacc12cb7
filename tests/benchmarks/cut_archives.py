"""A WET archive of generated pages, cut at random bytes: what still comes out of it, and what is said of the rest.

Run: python tests/benchmarks/cut_archives.py [--size 1G] [--cuts 20] [--whole 4] [--commands 2] [--folder .]

Writes the pages of generate_pages.py as JSON Lines and as WET, plain, with a gzip member and with a Zstandard frame
for each record. First whole files are normalized, with one job: CPU time and the most memory of the command. Then
each archive is cut at random bytes, the last one first, and read again, some times by the command. Every page whose
record is whole before the cut must come out as it was, no other page but one of which the end mark alone is cut, and
a message must tell the cut. Exits with 1 if it is not so.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import zlib
from bisect import bisect_right
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import orjson
import zstandard

from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bidi_news.errors import SourceError

pages = import_module("generate_pages").pages

PAGE = 5_000
"""Bytes of a page, about."""
UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
HEAD = """\
WARC/1.0\r
WARC-Type: conversion\r
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r
WARC-Target-URI: {url}\r
WARC-Date: 2026-11-01T00:00:00Z\r
Content-Type: text/plain\r
Content-Length: {length}\r
\r
"""
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "pages.wet": bytes,
    "pages.wet.gz": lambda record: gzip.compress(record, 1, mtime=0),
    "pages.wet.zst": zstandard.ZstdCompressor(level=1).compress,
}


class Archive(NamedTuple):
    """An archive, and what it holds."""

    path: Path
    ends: list[int]
    """First byte after each record, as it is on disk."""
    sums: list[int]
    """Checksum of each page."""


def write(folder: str, size: int) -> tuple[Path, list[Archive]]:
    """Write the pages, until their text has a size, as JSON Lines and as archives."""
    lines = Path(folder, "pages.jsonl")
    archives = [Archive(Path(folder, name), [], []) for name in PACKINGS]
    with lines.open("wb") as rows:
        files = [archive.path.open("wb") for archive in archives]
        for row in pages(sys.maxsize, PAGE):
            data = row["text"].encode()
            record = HEAD.format(number=row["id"], url=row["url"], length=len(data)).encode() + data + b"\r\n\r\n"
            rows.write(orjson.dumps(row) + b"\n")
            for file, archive, pack in zip(files, archives, PACKINGS.values(), strict=True):
                file.write(pack(record))
                archive.ends.append(file.tell())
                archive.sums.append(zlib.crc32(data))
            size -= len(data)
            if size <= 0:
                break
        for file in files:
            file.close()
    return lines, archives


def normalized(path: Path) -> tuple[str, int, float, int]:
    """Return what the command says of a file, its records, its CPU seconds and the most memory that it held, in MB."""
    command = [sys.executable, "-m", "bidi_news", "normalize", "--jobs", "1", "--to", "jsonl", str(path)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)
        assert process.stdout is not None
        records = sum(1 for _ in process.stdout)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        message = said.read().decode().strip()
    seconds = usage.ru_utime + usage.ru_stime
    return f"exit code {process.returncode} {message}".strip(), records, seconds, usage.ru_maxrss >> 10


def read(archive: Archive) -> tuple[int, list[SourceError]]:
    """Return how many pages of an archive come out, each as it was, and what is said; -1 if one is another."""
    problems: list[SourceError] = []
    found = 0
    for page, expected in zip(source_pages([str(archive.path)], report=problems.append), archive.sums, strict=False):
        if page is None or page.data is None or zlib.crc32(page.data) != expected:
            return -1, problems
        found += 1
    return found, problems


def is_right(archive: Archive, cut: int, found: int, problems: int) -> bool:
    """Whether all of an archive that is cut came out, and the cut was told."""
    whole = bisect_right(archive.ends, cut)
    at_an_end = whole > 0 and archive.ends[whole - 1] == cut  # nobody could tell
    return found in {whole, whole + 1} and problems == (0 if at_an_end else 1)


def try_cuts(archive: Archive, cuts: Sequence[int], commands: int) -> bool:
    """Cut an archive shorter and shorter, print what comes out of it, and return whether it is right."""
    right = True
    for number, cut in enumerate(sorted(cuts, reverse=True)):
        os.truncate(archive.path, cut)
        found, problems = read(archive)
        good = is_right(archive, cut, found, len(problems))
        said = str(problems[0]).removeprefix(f"{archive.path}: ") if problems else ""
        if number >= len(cuts) - commands:
            said, records, _, memory = normalized(archive.path)
            good = good and records == found and said.startswith("exit code 2") and said.count("\n") == 0
            said = f"{said.replace(f'{archive.path.parent}/', '')}, {memory} MB"
        whole = bisect_right(archive.ends, cut)
        print(
            f"| {archive.path.name} | {cut:,} | {whole:,} | {found:,} | {'yes' if good else 'NO'} | {said} |",
            flush=True,
        )
        right = right and good
    return right


def main() -> None:
    """Measure the whole files, then cut them."""
    parser = argparse.ArgumentParser(description="Cut WET archives at random bytes, and read what is left.")
    parser.add_argument("--size", default="1G", help="bytes of text; K, M and G are units (default: %(default)s)")
    parser.add_argument("--cuts", type=int, default=20, help="cuts of each archive (default: %(default)s)")
    parser.add_argument("--whole", type=int, default=4, help="files to normalize whole (default: all four)")
    parser.add_argument(
        "--commands", type=int, default=2, help="cuts that the command reads, too (default: %(default)s)"
    )
    parser.add_argument("--folder", default=".", help="where the files are for a while (default: %(default)s)")
    given = parser.parse_args()
    size = int(given.size.rstrip("KMG")) * UNITS.get(given.size[-1:], 1)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        lines, archives = write(folder, size)
        print("| file | bytes | records | CPU s | most MB | said |\n|---|---:|---:|---:|---:|---|")
        for path in [lines, *(archive.path for archive in archives)][: given.whole]:
            said, records, seconds, memory = normalized(path)
            print(
                f"| {path.name} | {path.stat().st_size:,} | {records:,} | {seconds:.1f} | {memory} | {said} |",
                flush=True,
            )
        print("\n| archive | cut at byte | whole records | came out | right | said |\n|---|---:|---:|---:|---|---|")
        draw = Random(0)  # noqa: S311  (the same cuts in every run)
        ends = [archive.path.stat().st_size for archive in archives]
        cuts = [[draw.randrange(1, end) for _ in range(given.cuts)] for end in ends]
        right = [try_cuts(archive, own, given.commands) for archive, own in zip(archives, cuts, strict=True)]
    sys.exit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
