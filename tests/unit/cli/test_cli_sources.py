"""Old encodings, garbled text and damage inside every kind of source: what one room reads, the other decodes."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.discover import main as discover
from bidi_news.cli.learn import main as learn
from bidi_news.cli.normalize import main

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LINES = (
    "העירייה הודיעה אתמול כי הגשר החדש ייפתח לתנועה בתחילת השבוע הבא, לאחר עיכוב של שלושה חודשים.",
    "ראש העיר אמר שהעבודות יסתיימו בקרוב.",
)
TEXT = "\n".join(LINES)
MARKUP = f"<html><body><p>{LINES[0]}</p><p>{LINES[1]}</p></body></html>"
VISUAL = "\n".join(line[::-1] for line in LINES).encode("iso-8859-8")
RUSSIAN = "Новости дня"

Records = list[dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Records, str]]:
    """Return a function that runs ``normalize`` here, and gives its exit code, its records and what it said."""

    def normalized(*arguments: object) -> tuple[int, Records, str]:
        out = tmp_path / "out"
        code = main(["--jobs", "1", "--force", "-o", str(out), *map(str, arguments)])
        return code, list(map(json.loads, out.read_bytes().splitlines())), capsys.readouterr().err

    return normalized


def response(data: bytes, charset: bytes = b"", number: int = 1) -> bytes:
    """Return a WARC record of a response of HTML."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html%s\r\n\r\n%s" % (charset, data)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{number}>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """Return a tar archive."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return target.getvalue()


def rows(texts: Sequence[str]) -> bytes:
    """Return JSON Lines of some texts."""
    return b"".join(json.dumps({"id": number, "text": text}).encode() + b"\n" for number, text in enumerate(texts))


def table(path: Path, columns: dict[str, list[Any]]) -> None:
    """Write a Parquet file."""
    arrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    parquet.write_table(arrow.table(columns), path)


def codes(record: dict[str, Any]) -> list[str]:
    """Return the codes of a record's issues."""
    return [issue["code"] for issue in record["issues"]]


def test_an_old_response_without_charset(run: Callable[..., Any], tmp_path: Path) -> None:
    """A WARC response that declares nothing is read by its letters, in a packed archive too, and says so."""
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    path = tmp_path / "a.warc.gz"
    old, visual = response(MARKUP.encode("cp1255")), f"<p>{LINES[0][::-1]}</p>".encode("iso-8859-8")
    path.write_bytes(gzip.compress(old) + gzip.compress(response(visual, b"; charset=iso-8859-8", 2)))
    code, (first, second), said = run(path)
    assert (code, said) == (0, "")
    assert (first["id"], first["text"], codes(first)) == ("urn:x:1", TEXT, ["encoding_guessed"])
    assert (second["id"], second["text"], codes(second)) == ("urn:x:2", LINES[0], ["visual_order"])


def test_visual_order_inside_an_archive(run: Callable[..., Any], tmp_path: Path) -> None:
    """Hebrew in visual order is put into reading order wherever its page lies."""
    path = tmp_path / "a.tar.gz"
    path.write_bytes(
        gzip.compress(tarred({"old.txt": VISUAL, "inner.zip": zipped({"b.txt.gz": gzip.compress(VISUAL)})}))
    )
    _, records, said = run(path)
    assert said == ""
    assert [(record["id"], record["text"]) for record in records] == [
        (f"{path}/old.txt", TEXT),
        (f"{path}/inner.zip/b.txt.gz", TEXT),
    ]
    assert all("visual_order" in codes(record) for record in records)


def test_garbled_text_in_a_table(run: Callable[..., Any], tmp_path: Path) -> None:
    """Texts in a table are put right like those of files, and bytes in it are decoded by their letters."""
    garbled = [TEXT.encode("cp1255").decode("cp1252"), TEXT.encode().decode("latin-1"), TEXT, None]
    table(tmp_path / "a.parquet", {"id": [1, 2, 3, 4], "text": garbled, "bytes": [None] * 3 + [TEXT.encode("cp862")]})
    _, records, _ = run(tmp_path / "a.parquet")
    assert [record["text"] for record in records] == [TEXT] * 4
    assert list(map(codes, records)) == [["mojibake_repaired"], ["mojibake_repaired"], [], ["encoding_guessed"]]


@pytest.mark.parametrize("kind", ["txt", "html", "jsonl", "zip", "tar", "warc", "parquet"])
def test_a_chosen_encoding_holds_for_every_source(run: Callable[..., Any], tmp_path: Path, kind: str) -> None:
    """--encoding decides how bytes are read, in whatever source they lie and whatever is declared beside them."""
    data = RUSSIAN.encode("cp1251")
    path = tmp_path / f"a.{kind}"
    if kind == "parquet":
        table(path, {"bytes": [data], "charset": ["koi8-r"]})
    elif kind == "warc":
        pytest.importorskip("fastwarc", reason="the extra warc is not installed")
        path.write_bytes(response(data, b"; charset=koi8-r"))
    else:
        given = {
            "txt": data,
            "html": b'<meta charset="koi8-r"><p>' + data,
            "jsonl": json.dumps({"bytes": base64.b64encode(data).decode(), "encoding": "koi8-r"}).encode(),
            "zip": zipped({"a.txt": data}),
            "tar": tarred({"a.html": b'<meta charset="koi8-r"><p>' + data}),
        }
        path.write_bytes(given[kind])
    _, (record,), _ = run("--encoding", "windows-1251", path)
    assert (record["text"].strip(), record["issues"]) == (RUSSIAN, [])


def test_a_cut_file_in_an_archive(run: Callable[..., Any], tmp_path: Path) -> None:
    """Of packed rows that were cut, the whole ones come out; the files after them too; and the exit code is 2."""
    packed = gzip.compress(rows([f"{number} {TEXT}" for number in range(50)]), 0)[:-1500]
    path = tmp_path / "a.tar"
    path.write_bytes(tarred({"a.txt": TEXT.encode("cp1255"), "b.jsonl.gz": packed, "c.txt": b"last"}))
    code, records, said = run(path)
    assert code == 2
    assert said.startswith(f"normalize: {path}/b.jsonl.gz: the gzip data ends before its end mark, after ")
    good = [record for record in records if record["status"] == "ok"]
    assert [record["id"] for record in good[1:-1]] == list(range(len(good) - 2))
    assert len(good) > 30
    assert (good[0]["text"], good[-1]["text"]) == (TEXT, "last")


def test_bombs_stop_nothing_else(run: Callable[..., Any], tmp_path: Path) -> None:
    """A bomb in an archive is a record that names the limit; the files beside it are read."""
    zeros = bytes(80_000_000)
    path = tmp_path / "a.zip"
    path.write_bytes(
        zipped({"rows.jsonl": b'{"text": "a"}\n' + zeros, "b.txt.gz": gzip.compress(zeros), "c.txt": b"c"})
    )
    code, records, said = run("--limit", "page_bytes=1M", path)
    assert [record["text"] for record in records if record["status"] == "ok"] == ["a", "c"]
    failures = [record["error"] for record in records if record["status"] == "error"]
    assert {failure["code"] for failure in failures} == {"limit_exceeded"}
    assert [failure["message"].rpartition("(")[2] for failure in failures] == [
        "limit page_bytes)",
        "limit unpacked_ratio)",
        "limit page_bytes)",
    ]
    assert (code, said.count("\n")) == (2, 2)


def test_repeated_ids_across_sources(run: Callable[..., Any], tmp_path: Path) -> None:
    """An id that came before is kept and reported, whichever source it came from."""
    table(tmp_path / "a.parquet", {"id": [0, 7], "text": ["a", "b"]})
    (tmp_path / "b.jsonl").write_bytes(rows(["c", "d"]))
    (tmp_path / "c.zip").write_bytes(zipped({"rows.jsonl.gz": gzip.compress(rows(["e"]))}))
    _, records, _ = run(tmp_path / "a.parquet", tmp_path / "b.jsonl", tmp_path / "c.zip")
    assert [(record["id"], codes(record)) for record in records] == [
        (0, []),
        (7, []),
        (0, ["repeated_id"]),
        (1, []),
        (0, ["repeated_id"]),
    ]


def test_a_folder_of_many_kinds(run: Callable[..., Any], tmp_path: Path) -> None:
    """A folder gives the pages of all its sources in the order of their paths; other files are left out."""
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_bytes(TEXT.encode("cp1255"))
    (folder / "b" / "rows.jsonl.gz").write_bytes(gzip.compress(rows(["one", "two"])))
    (folder / "b" / "image.png").write_bytes(b"\x89PNG\r\n")
    (folder / "c.zip").write_bytes(zipped({"x/y.html": MARKUP.encode("utf-16")}))
    table(folder / "d.parquet", {"id": ["p"], "text": [TEXT]})
    code, records, said = run(folder)
    assert (code, said) == (0, "")
    assert [record["id"] for record in records] == [f"{folder}/a.txt", 0, 1, f"{folder}/c.zip/x/y.html", "p"]
    assert [record["text"] for record in records] == [TEXT, "one", "two", TEXT, TEXT]


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "warc", "text"])
def test_standard_input_of_any_kind(command: Callable[..., Any], kind: str) -> None:
    """What comes down a pipe is told by its content, archives too, and is read front to back."""
    if kind == "warc":
        pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    data = {
        "zip": zipped({"a.txt": VISUAL}),
        "tar.gz": gzip.compress(tarred({"a.txt": VISUAL})),
        "warc": response(MARKUP.encode("cp1255")),
        "text": VISUAL,
    }[kind]
    done = command("normalize", stdin=data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["text"] == TEXT


def test_discover_and_learn_read_as_normalize_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Limits and a chosen encoding hold for the commands that learn from pages, too."""
    lines = ("Men of Hezbollaah left.", "Its Hezbollaah chief came.", "So Hezbollaah said.")
    paths = [str(tmp_path / f"{number}.txt") for number in range(len(lines))]
    for path, line in zip(paths, lines, strict=True):
        (tmp_path / path).write_bytes(line.encode("utf-16-le"))
    (tmp_path / "large.txt").write_bytes(b"x" * 2000)
    asked = ["--encoding", "utf-16le", "--limit", "page_bytes=1K"]
    assert discover([*paths, str(tmp_path / "large.txt"), *asked], program="discover") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["spellings"][0]["form"] == "Hezbollaah"
    assert captured.err == "discover: 1 page failed and was left out\n"
    assert learn([*paths, "--encoding", "klingon", "-o", "-"], program="learn") == 2
    assert "klingon" in capsys.readouterr().err
