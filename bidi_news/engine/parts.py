"""A long run in parts: each part of the input has a file of its own in the output folder, whoever works on it.

A part is written under a temporary name, then gets its own; what it held is noted last. So a part that has a note is
whole, and one that has none is done again, by the next attempt or the next run: no page is lost, none is there twice.
A part that met a source which it could not read is done again by the next run as well.

Example:
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source, output = Path(folder, "pages.jsonl"), Path(folder, "records")
    ...     size = source.write_text('{"text": "Talks resume"}')
    ...     run = Run(folder=str(output), form="jsonl")
    ...     part, = plan_parts([str(source)], size=1 << 20, report=print)
    ...     write_part(run, part)
    ...     missing_parts(run, [part]), sorted(path.name for path in output.glob("part-*"))
    ([], ['part-00000.jsonl'])
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import orjson

from bidi_news.engine.memory import keep_freed_memory
from bidi_news.engine.pages import normalized
from bidi_news.options import Limits, Options
from bidi_news.read.slices import Slice, slice_pages, source_slices
from bidi_news.write.files import unfinished_files, whole_file
from bidi_news.write.jsonl import article_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from bidi_news.errors import SourceError
    from bidi_news.model import Article
    from bidi_news.read.formats import SourceFormat
    from bidi_news.write.tables import TableWriter

    _Opened = Callable[[BinaryIO], AbstractContextManager[BinaryIO | TableWriter]]

__all__ = ["Note", "Part", "PartForm", "Run", "clear_unfinished", "missing_parts", "notes", "plan_parts", "write_part"]

PartForm = Literal["parquet", "jsonl"]
"""What the files of the parts are."""

_NOTES = "_notes"  # engines take files and folders that begin so for no data


class Part(NamedTuple):
    """Slices of sources whose records have a file of their own."""

    number: int
    """From 0, in the order of the sources."""
    slices: tuple[Slice, ...]


class Note(NamedTuple):
    """What became of a part."""

    pages: int
    """How many records it has."""
    errors: dict[str, int]
    """How many of them are error records, by code."""
    problems: list[str]
    """What is wrong with its sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What all parts of a run have in common."""

    folder: str
    """Of the output; every process that works on a part reaches it by this path."""
    form: PartForm = "parquet"
    source: SourceFormat = "auto"
    """What the sources hold."""
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)


def plan_parts(
    paths: Sequence[str], source: SourceFormat = "auto", *, size: int, report: Callable[[SourceError], None]
) -> list[Part]:
    """Deal sources into parts, which hang on the sources and the size alone.

    Args:
        paths: files and folders, by names that every process of the run can open them by.
        source: what they hold.
        size: bytes of a part as they are on disk; a file that cannot be cut may have more.
        report: called for each source that cannot be read.
    """
    parts: list[tuple[Slice, ...]] = []
    waiting: list[Slice] = []
    weight = 0
    for piece in source_slices(paths, source, size=size, report=report):
        if waiting and weight + piece.size > size:
            parts.append(tuple(waiting))
            waiting, weight = [], 0
        waiting.append(piece)
        weight += piece.size
    if waiting:
        parts.append(tuple(waiting))
    return [Part(number, slices) for number, slices in enumerate(parts)]


def write_part(run: Run, part: Part, *, jobs: int = 1) -> None:
    """Normalize the pages of a part into its file, and note what they were.

    Args:
        run: the run; its folder is made if it is not there.
        part: the part.
        jobs: worker processes; this one reads and writes.

    Raises:
        OSError: if the file cannot be written.
    """
    keep_freed_memory()
    pages, errors, problems = 0, Counter[str](), list[str]()
    read = partial(slice_pages, form=run.source, limits=run.limits, report=lambda x: problems.append(str(x)))
    write, opened = _writer(run.form)
    note = _note_path(run, part)
    note.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(_part_path(run, part)) as file:
        with opened(file) as sink:
            pages_of_slices = chain.from_iterable(map(read, part.slices))
            for result in normalized(pages_of_slices, write, run.options, seconds=run.limits.page_seconds, jobs=jobs):
                sink.write(result.data)
                pages += result.pages
                errors += result.errors
        _to_disk(file)
    with whole_file(note) as file:
        file.write(orjson.dumps(Note(pages, errors, problems)._asdict()))
        _to_disk(file)


def notes(run: Run, parts: Iterable[Part]) -> Iterator[Note]:
    """Give the notes of those parts that are done."""
    for part in parts:
        note = _note(run, part)
        if note is not None:
            yield note


def missing_parts(run: Run, parts: Iterable[Part]) -> list[Part]:
    """Return the parts that are to be done: those not done yet, and those whose sources could not all be read."""
    return [part for part in parts if (note := _note(run, part)) is None or note.problems]


def clear_unfinished(run: Run) -> None:
    """Remove what killed processes have left; nobody works on the run any more."""
    for folder in (Path(run.folder), Path(run.folder, _NOTES)):
        for path in unfinished_files(folder):
            path.unlink(missing_ok=True)


def _note(run: Run, part: Part) -> Note | None:
    """Read the note of a part, if it has one."""
    try:
        return Note(**orjson.loads(_note_path(run, part).read_bytes()))
    except FileNotFoundError:
        return None


def _note_path(run: Run, part: Part) -> Path:
    """Return where the note of a part is."""
    return Path(run.folder, _NOTES, f"part-{part.number:05}.json")


def _part_path(run: Run, part: Part) -> Path:
    """Return where the records of a part are."""
    return Path(run.folder, f"part-{part.number:05}.{run.form}")


def _to_disk(file: BinaryIO) -> None:
    """Let nothing of a file wait in memory: a name must not outlive the content in a power cut."""
    file.flush()
    os.fsync(file.fileno())


def _writer(form: PartForm) -> tuple[Callable[[Sequence[Article]], bytes], _Opened]:
    """Return what makes bytes of some records, and what takes them to a file.

    Raises:
        MissingExtraError: if that needs a package that is not installed.
    """
    if form == "jsonl":
        return article_lines, nullcontext
    from bidi_news.write.tables import open_table, table_part  # noqa: PLC0415  (pyarrow, only when asked for)

    return table_part, partial(open_table, form=form)
