"""Whatever the sources hold and whatever is asked, a run gives a record for each page, in order, and tells its end."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tempfile
import zipfile
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import zstandard
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bidi_news.cli.normalize import main

TEXTS = st.text(st.sampled_from("אבגדם abc\n.,12:/\u200f\u202e\ufffd×—"), max_size=60)
ENCODINGS = st.sampled_from(["utf-8", "cp1255", "utf-16", "latin-1"])
IDS = st.none() | st.integers(0, 3) | st.sampled_from(["a", "ב"])
PACKINGS = st.sampled_from([(".jsonl", bytes), (".jsonl.gz", gzip.compress)])

WEB_PACKINGS = st.sampled_from([(".wet", bytes), (".wet.gz", gzip.compress), (".wet.zst", zstandard.compress)])


class Expected(NamedTuple):
    """What a page is to become."""

    id: Any
    status: str


class Runs(RuleBasedStateMachine):
    """Sources are written one after the other, and read as they stand, with any options."""

    def __init__(self) -> None:
        """Make a folder of its own."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.sources: list[tuple[Path, list[Expected], bool]] = []

    def teardown(self) -> None:
        """Remove the folder."""
        self.folder.cleanup()

    def path(self, suffix: str) -> Path:
        """Return the path of a new source."""
        return Path(self.folder.name, f"{len(self.sources):03}{suffix}")

    def add(self, path: Path, data: bytes, pages: list[Expected], *, whole: bool = True) -> None:
        """Write a source."""
        path.write_bytes(data)
        self.sources.append((path, pages, whole))

    @initialize(text=TEXTS)
    def first(self, text: str) -> None:
        """There is a page to begin with."""
        self.text_file(text, "utf-8")

    @rule(text=TEXTS, encoding=ENCODINGS)
    def text_file(self, text: str, encoding: str) -> None:
        """A file is a page, whatever its encoding."""
        path = self.path(".txt")
        data = b"." + text.encode(encoding, "ignore")
        self.add(path, data, [Expected(str(path), "ok")])

    @rule(
        rows=st.lists(
            st.tuples(IDS, TEXTS, st.sampled_from(["text", "html", "bytes", "none"])), min_size=1, max_size=5
        ),
        packing=PACKINGS,
    )
    def row_file(self, rows: list[tuple[Any, str, str]], packing: tuple[str, Any]) -> None:
        """A line is a page, and one without content an error record."""
        suffix, pack = packing
        lines, pages = [], []
        for number, text, field in rows:
            value = base64.b64encode(text.encode("cp1255", "ignore")).decode() if field == "bytes" else text
            lines.append(json.dumps({"id": number} | ({} if field == "none" else {field: value})))
            pages.append(Expected(number, "error" if field == "none" else "ok"))
        self.add(self.path(suffix), pack("\n".join(lines).encode()), pages)

    @rule(junk=st.sampled_from([b"{", b"[1]", b'{"id": 1}', b'{"text": 5}', b'{"bytes": "!"}']))
    def broken_row(self, junk: bytes) -> None:
        """A line that is no page is an error record, and the next one a page."""
        pages = [Expected(1 if b"id" in junk else None, "error"), Expected(2, "ok")]
        self.add(self.path(".jsonl"), junk + b'\n{"id": 2, "text": "x"}\n', pages)

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=4))
    def archive(self, texts: list[str]) -> None:
        """Each file of an archive is a page."""
        path = self.path(".zip")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, text in enumerate(texts):
                archive.writestr(f"{number}.html", "<p>." + text)
        self.add(path, target.getvalue(), [Expected(f"{path}/{number}.html", "ok") for number in range(len(texts))])

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=4), packing=WEB_PACKINGS, cut=st.integers(0, 8))
    def web_archive(self, texts: list[str], packing: tuple[str, Any], cut: int) -> None:
        """Each text of a WET archive is a page; of one that is cut in its last page, those before it are."""
        suffix, pack = packing
        path = self.path(suffix)
        datas = [f".{text}".encode() for text in [*texts, "x" * 30]]
        archive = b"".join(
            b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:%d>\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
            % (number, len(data), data)
            for number, data in enumerate(datas)
        )
        pages = [Expected(f"urn:{number}", "ok") for number in range(len(datas) - (cut > 4))]
        self.add(path, pack(archive[: len(archive) - cut]), pages, whole=not cut)

    @rule(count=st.integers(1, 5), cut=st.integers(1, 30))
    def cut_rows(self, count: int, cut: int) -> None:
        """Of packed rows that are cut inside the last one, those before it are pages; what is left of it is none."""
        rows = [json.dumps({"id": number, "text": "x" * 30}).encode() + b"\n" for number in range(count + 1)]
        packed = gzip.compress(b"".join(rows), 0)
        pages = [Expected(number, "ok") for number in range(count)]
        self.add(self.path(".jsonl.gz"), packed[: -8 - cut], pages, whole=False)

    @rule(
        whole_folder=st.booleans(),
        strict=st.booleans(),
        form=st.sampled_from(["jsonl", "parquet", "schema-org", "text"]),
        options=st.sampled_from(
            [(), ("--encoding", "windows-1255"), ("--bidi-controls", "strip"), ("--on-ambiguous", "guess")]
        ),
    )
    def normalize(self, *, whole_folder: bool, strict: bool, form: str, options: tuple[str, ...]) -> None:
        """One record a page, in the order of the sources; the exit code and one line say what went wrong."""
        paths = [self.folder.name] if whole_folder else [str(path) for path, *_ in self.sources]
        said = io.StringIO()
        with tempfile.TemporaryDirectory() as apart, redirect_stderr(said):
            out = Path(apart, "out")
            strictly = ["--strict"] if strict else []
            code = main(["--jobs", "1", "--to", form, "-o", str(out), *strictly, *options, *paths])
            data = out.read_bytes()
        pages = [page for _, own, _ in self.sources for page in own]
        failed = sum(page.status == "error" for page in pages)
        cuts = sum(not whole for *_, whole in self.sources)
        assert code == (2 if cuts else 1 if strict and failed else 0)
        assert said.getvalue().count("\n") == cuts + bool(failed)
        if form == "text":
            assert data.count(b"\f\n") == len(pages)
        if form == "parquet":
            table = pq.read_table(io.BytesIO(data))
            assert table["status"].to_pylist() == [page.status for page in pages]
        if form == "schema-org":
            assert len(data.splitlines()) == len(pages)
        if form == "jsonl":
            records = [json.loads(line) for line in data.split(b"\n")[:-1]]
            assert [Expected(record["id"], record["status"]) for record in records] == pages
            seen = set()
            for record in records:
                repeated = any(issue["code"] == "repeated_id" for issue in record["issues"])
                assert repeated == (record["id"] is not None and repr(record["id"]) in seen)
                seen.add(repr(record["id"]))

    @invariant()
    def nothing_else_is_written(self) -> None:
        """A run leaves nothing beside its sources."""
        assert sorted(Path(self.folder.name).iterdir()) == [path for path, *_ in self.sources]


Runs.TestCase.settings = settings(stateful_step_count=10)
TestRuns = Runs.TestCase
