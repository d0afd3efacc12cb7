"""Zip and tar archives give their files in order; of a cut one all whole files come out, and the cut is said."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import SourceError
from bidi_news.options import Limits
from bidi_news.read.archives import archive_files
from bidi_news.read.sources import source_pages

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.model import Page

FILES = {f"pages/{number}.txt": f"עמוד {number}\n".encode() * (1 + 50 * number) for number in range(20)}


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, data: bytes = b"") -> None:
        """Hold the data."""
        super().__init__()
        self.data = io.BytesIO(data)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader hands a memoryview
        """Give little at a time."""
        return self.data.readinto(buffer[:1000])


class Sink(io.RawIOBase):
    """A stream to which a zip file is written without going back: then lengths stand behind the files."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self.data = b""

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile writes bytes
        """Take some bytes."""
        self.data += data
        return len(data)


def zipped(method: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False, zip64: bool = False) -> bytes:
    """Return the files as a zip archive."""
    target = Sink() if streamed else io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.mkdir("pages")
        for name, data in FILES.items():
            with archive.open(name, "w", force_zip64=zip64) as file:
                file.write(data)
    return target.data if isinstance(target, Sink) else target.getvalue()


def tarred(form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return the files as a tar archive, among folders and links."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        folder = tarfile.TarInfo("pages")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, data in FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("pages/link.txt")
        link.type = tarfile.SYMTYPE
        link.linkname = "0.txt"
        archive.addfile(link)
    return target.getvalue()


ARCHIVES = {
    "deflated": ("zip", zipped()),
    "stored": ("zip", zipped(zipfile.ZIP_STORED)),
    "streamed": ("zip", zipped(streamed=True)),
    "streamed-zip64": ("zip", zipped(streamed=True, zip64=True)),
    "zip64": ("zip", zipped(zip64=True)),
    "pax": ("tar", tarred()),
    "gnu": ("tar", tarred(tarfile.GNU_FORMAT)),
}


def files(data: bytes, kind: str, into: dict[str, bytes]) -> dict[str, bytes]:
    """Read the files of an archive."""
    for name, stream in archive_files(io.BufferedReader(Pipe(data)), "archive", kind, Limits()):
        into[name] = stream.read()
    return into


@pytest.mark.parametrize("name", ARCHIVES)
def test_all_files_in_order(name: str) -> None:
    """Every kind of archive gives its files, also through a pipe."""
    kind, data = ARCHIVES[name]
    assert list(files(data, kind, {}).items()) == list(FILES.items())


@pytest.mark.parametrize("name", ARCHIVES)
def test_files_may_be_left(name: str) -> None:
    """A file that nobody reads does not harm the next one."""
    kind, data = ARCHIVES[name]
    found = [path for path, _ in archive_files(io.BufferedReader(Pipe(data)), "archive", kind, Limits())]
    assert found == list(FILES)


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_cut_is_an_error_after_all_whole_files(name: str) -> None:
    """Wherever an archive is cut, the files before the cut are whole, and the cut is reported."""
    kind, data = ARCHIVES[name]
    end = data.rindex(b"PK\x05\x06") if kind == "zip" else len(data.rstrip(b"\0"))
    for cut in random.Random(2).sample(range(1, end), 20):  # noqa: S311  (places, not secrets)
        got: dict[str, bytes] = {}
        with pytest.raises(SourceError, match="archive"):
            files(data[:cut], kind, got)
        assert list(got.items()) == list(FILES.items())[: len(got)]


def test_a_cut_between_two_files_of_a_tar() -> None:
    """A tar archive that ends after a whole file, without its end mark, is a cut one."""
    data = tarred()
    with pytest.raises(SourceError, match="the tar archive is damaged or cut"):
        files(data[: data.index(b"pages/5.txt")], "tar", {})


def test_a_damaged_header_of_a_tar_is_not_its_end() -> None:
    """A header whose sum is wrong is reported."""
    data = bytearray(tarred(tarfile.GNU_FORMAT))
    data[data.index(b"pages/5.txt") + 2] ^= 1
    got: dict[str, bytes] = {}
    with pytest.raises(SourceError, match="the tar archive is damaged or cut"):
        files(bytes(data), "tar", got)
    assert list(got) == list(FILES)[:5]


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_name_without_end_is_refused(kind: bytes) -> None:
    """A name or a record of attributes that would fill the memory is refused before it is read."""
    header = tarfile.TarInfo("long")
    header.type = kind
    header.size = 1 << 33
    data = header.tobuf(tarfile.GNU_FORMAT) + b"x" * 10_000
    with pytest.raises(SourceError, match="a name or attributes of 8,589,934,592 bytes"):
        files(data, "tar", {})


def with_attributes(**attributes: str) -> bytes:
    """Return a tar archive of one sound file, and one that such attributes stand before."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("sound.txt"))
        odd = tarfile.TarInfo("odd.txt")
        odd.pax_headers = attributes
        archive.addfile(odd)
    return target.getvalue()


def names_on_names() -> bytes:
    """Return a tar archive of one sound file, and one that more long names stand before than Python nests calls."""
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 1
    return tarfile.TarInfo("sound.txt").tobuf() + (header.tobuf(tarfile.GNU_FORMAT) + bytes(512)) * 3000


@pytest.mark.parametrize(
    "data",
    [
        with_attributes(**{"GNU.sparse.size": "many", "GNU.sparse.map": "0,4"}),
        with_attributes(**{"GNU.sparse.size": "4", "GNU.sparse.map": "0,much"}),
        with_attributes(**{"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}),
        names_on_names(),
    ],
    ids=["size", "map", "no map", "names on names"],
)
def test_impossible_attributes_are_damage(data: bytes) -> None:
    """Attributes that the library of Python stumbles over are damage like any other; files before them come out."""
    got: dict[str, bytes] = {}
    with pytest.raises(SourceError, match=r"the tar archive is damaged or cut \(impossible attributes; read as far"):
        files(data, "tar", got)
    assert list(got) == ["sound.txt"]


def pages(path: Path, limits: Limits | None = None) -> tuple[list[Page], list[str]]:
    """Return the pages of a source and the messages of what could not be read."""
    problems: list[str] = []
    found = source_pages([str(path)], limits=limits or Limits(), report=lambda error: problems.append(str(error)))
    return [page for page in found if page is not None], problems


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    """Files with a known suffix are pages or sources of pages, packed or not; the id of a page is its path."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b.html", "<p>b")
        archive.writestr("image.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("rows.jsonl.gz", gzip.compress(b'{"id": 1, "text": "c"}\n{"id": 2, "text": "d"}'))
        archive.writestr("c.txt", "e")
    found, problems = pages(path)
    assert [page.id for page in found] == [f"{path}/b.html", 1, 2, f"{path}/c.txt"]
    assert problems == []


def test_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    """A file of an archive that is damaged, encrypted or no page is reported by its name."""
    data = bytearray(zipped(zipfile.ZIP_STORED))
    data[data.index(b"pages/5.txt") + 20] ^= 1
    data[data.index(b"pages/7.txt") - 24] |= 1
    data[data.index(b"pages/9.txt") + 11 :][:4] = b""
    start = data.index(b"pages/9.txt") + 11
    data[start : start + 5] = b"%PDF-"
    path = tmp_path / "a"
    path.write_bytes(data)
    found, problems = pages(path)
    assert [page.id for page in found] == [f"{path}/{name}" for name in FILES if name[6] not in "579"]
    assert problems == [
        f"{path}/pages/5.txt: its check sum is wrong",
        f"{path}/pages/7.txt: is encrypted",
        f"{path}/pages/9.txt: is a PDF document, not a page",
    ]


def test_a_cut_packed_archive_is_said_once(tmp_path: Path) -> None:
    """What cuts the archive is reported by the archive's own name, once."""
    path = tmp_path / "a.tar.gz"
    packed = gzip.compress(tarred(), 0)
    path.write_bytes(packed[: packed.index(b"pages/12.txt")])
    found, problems = pages(path)
    assert [page.id for page in found] == [f"{path}/{name}" for name in list(FILES)[: len(found)]]
    assert len(found) == 12
    (problem,) = problems
    assert problem.startswith(f"{path}: the gzip data ends before its end mark")


def test_an_archive_without_pages_is_said(tmp_path: Path) -> None:
    """An archive without a single file of a known suffix, such as an office document, is reported."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w>")
    assert pages(path)[1][0].startswith(f"{path}: the archive has no pages")


def test_limits_name_themselves_in_a_record(tmp_path: Path) -> None:
    """A file, a row or an archive that goes past a limit is an error record that names the limit."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("large.txt", b"a" * 2000)
        archive.writestr("rows.jsonl", b'{"text": "%s"}\n{"text": "small"}\n' % (b"b" * 2000))
        archive.writestr("small.html", "<p>c")
        archive.writestr("bomb.txt", bytes(100_000_000))
    found, problems = pages(path, Limits(page_bytes=1000, unpacked_bytes=50_000_000))
    failures = [page.failure for page in found]
    assert [failure and failure.message.partition(": ")[2] for failure in failures] == [
        "is larger than 1,000 bytes (limit page_bytes)",
        "is larger than 1,000 bytes (limit page_bytes)",
        None,
        None,
        "is larger than 1,000 bytes (limit page_bytes)",
    ]
    assert {failure.code for failure in failures if failure} == {"limit_exceeded"}
    assert problems == []


def test_nested_archives_are_limited(tmp_path: Path) -> None:
    """Archives in archives are read as deep as the limit says; what is deeper is a record and a message."""
    data = b"page"
    name = "page.txt"
    for _ in range(3):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr(name, data)
        data, name = inner.getvalue(), "inner.zip"
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert [page.id for page in pages(path)[0]] == [f"{path}/inner.zip/inner.zip/page.txt"]
    (page,), (problem,) = pages(path, Limits(nesting=2))
    assert page.failure is not None
    assert page.failure.message == problem == f"{path}/inner.zip/inner.zip: is packed more than 2 times (limit nesting)"
