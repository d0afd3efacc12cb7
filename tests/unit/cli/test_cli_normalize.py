"""``normalize``: a pure filter whose every error is one clear line."""

from __future__ import annotations

import gzip
import json
import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.cli.normalize import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS: list[dict[str, Any]] = [
    {"id": 1, "text": "כותרת\n\nשורה ראשונה."},
    {"id": "b", "html": "<h1>Title</h1><p>Body text."},
]

SENTENCE = "העירייה הודיעה אתמול כי הגשר החדש ייפתח לתנועה בתחילת השבוע הבא, לאחר עיכוב של שלושה חודשים. "
PAGE = "\n\n".join(["הגשר החדש ייפתח ביום ראשון", "פורסם: 23.06.15, 21:05", SENTENCE * 3, SENTENCE * 2, SENTENCE * 3])


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Return a file of two good rows."""
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def records(data: bytes) -> list[dict[str, Any]]:
    """Return the records of some output."""
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def one_line(message: str) -> str:
    """Return a message that is one line without a traceback."""
    assert message.endswith("\n")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    return message.rstrip("\n")


def test_rows_in_records_out(command: Callable[..., Any], rows: Path) -> None:
    """Each row becomes one record, in order, with its id; nothing is said on standard error."""
    done = command("normalize", rows)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(record["id"], record["status"]) for record in records(done.stdout)] == [(1, "ok"), ("b", "ok")]


def test_same_bytes_in_every_process(command: Callable[..., Any], project: Path) -> None:
    """Records do not hang on the order in which a process happens to hold sets: neither fields nor what is found."""
    row = {"id": 1, "text": PAGE, **dict.fromkeys(("section", "kind", "tags", "source", "a", "n"), "x")}
    sources, stdin = ("-", project / "data/samples"), json.dumps(row).encode()
    first, second = (command("normalize", *sources, stdin=stdin, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert list(records(first)[0]["extra"]) == ["section", "kind", "tags", "source", "a", "n"]
    assert first == second


def test_standard_input(command: Callable[..., Any]) -> None:
    """Without a path, and for a dash, the page comes from standard input; what it is shows in its content."""
    for path in ((), ("-",)):
        (text,) = records(command("normalize", *path, stdin="כותרת\n".encode("cp1255")).stdout)
        assert (text["id"], text["text"]) == (None, "כותרת\n")
    packed = gzip.compress(json.dumps(ROWS[0]).encode())
    assert [record["id"] for record in records(command("normalize", stdin=packed).stdout)] == [1]


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}]
)
def test_utf8_whatever_the_locale(command: Callable[..., Any], tmp_path: Path, environment: dict[str, str]) -> None:
    """Input, output, names and messages are UTF-8 in any locale."""
    path = tmp_path / "עמוד.txt"
    path.write_text(PAGE, encoding="utf-8")
    for target in ("jsonl", "text", "pretty"):
        done = command("normalize", "--to", target, path, "חסר.txt", **environment)
        assert "העירייה" in done.stdout.decode("utf-8")
        assert "חסר.txt: no such file" in done.stderr.decode("utf-8")


def test_bad_rows_are_records_and_the_rest_goes_on(command: Callable[..., Any], tmp_path: Path) -> None:
    """A broken line and a row without text are error records with their line number; exit 0, and 1 under --strict."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": 1, "text": "a"}\n{"id": 2,\n{"id": 3}\n{"id": 4, "text": "b"}\n')
    done = command("normalize", path)
    got = records(done.stdout)
    assert [record["status"] for record in got] == ["ok", "error", "error", "ok"]
    assert "x.jsonl, line 2: is not JSON" in got[1]["error"]["message"]
    assert "x.jsonl, line 3: has none of text, html, bytes" in got[2]["error"]["message"]
    assert done.returncode == 0
    assert one_line(done.stderr.decode()) == "bidi-news normalize: 2 of 4 pages failed; their records say why"
    assert command("normalize", "--strict", path).returncode == 1


def test_stop_at_the_first_error(command: Callable[..., Any], tmp_path: Path) -> None:
    """--on-error stop writes the records before the page that failed, and makes no output file."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": 1, "text": "a"}\n{"id": 2}\n{"id": 3, "text": "b"}\n')
    done = command("normalize", "--on-error", "stop", path)
    assert [record["id"] for record in records(done.stdout)] == [1]
    assert done.returncode == 1
    assert "line 2: has none of" in one_line(done.stderr.decode())
    assert command("normalize", "--on-error", "stop", path, "-o", tmp_path / "out").returncode == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.jsonl"]


def test_bad_sources_among_good_ones(command: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    """Each source that cannot be read is one line; the others are read, and the exit code is 2."""
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    names = ["missing.txt", "image.txt", "folder", "empty.txt"]
    done = command("normalize", *(tmp_path / name for name in names), rows)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == len(names)
    for name, line in zip(names, lines, strict=True):
        assert line.startswith(f"bidi-news normalize: {tmp_path}/{name}: ")
    assert [record["status"] for record in records(done.stdout)] == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--date-order", "xyz"], "'xyz'"),
        (["--on-ambiguous", "maybe"], "'maybe'"),
        (["--from", "pdf"], "'pdf'"),
        (["--to", "xml"], "'xml'"),
        (["--jobs", "0"], "'0'"),
        (["--jobs", "many"], "'many'"),
        (["--nope"], "--nope"),
        (["--stri"], "--stri"),
        (["--limit", "pages=3"], "'pages' is no limit; choose one of page_bytes"),
        (["--limit", "page_bytes=many"], "'many' is not a whole number"),
        (["--to", "review"], "--to review is not built yet"),
        (["--resume"], "--resume needs a file"),
        (["--resume", "--to", "text", "-o", "out"], "--resume goes on with lines only: --to jsonl or schema-org"),
        (["--bidi", "visual"], "--bidi visual is not built yet"),
        (["-o", "/nowhere/at/all"], "/nowhere/at/"),
    ],
)
def test_usage_errors_are_one_line(
    arguments: list[str], message: str, rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong option is one line that names it, and exit code 2; nothing is written."""
    assert main([*arguments, str(rows)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    line = one_line(captured.err)
    assert line.startswith("normalize: ")
    assert message in line


def test_a_limit_is_an_error_record(command: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    """--limit says how much is read; what is larger becomes an error record that names the limit."""
    (tmp_path / "large.txt").write_bytes(b"x" * 3000)
    done = command("normalize", "--limit", "page_bytes=1k", "--strict", rows, tmp_path / "large.txt")
    assert [record["status"] for record in records(done.stdout)] == ["ok", "ok", "error"]
    assert records(done.stdout)[-1]["error"] == {
        "code": "limit_exceeded",
        "message": f"{tmp_path}/large.txt: is larger than 1,024 bytes (limit page_bytes)",
    }
    assert done.returncode == 1


def test_a_table_without_its_extra(
    rows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without pyarrow, --to parquet is one line that says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in ("tables", "arrow"):
        monkeypatch.delitem(sys.modules, f"bidi_news.write.{name}", raising=False)
    assert main(["--to", "parquet", str(rows)]) == 2
    assert one_line(capsys.readouterr().err).endswith("pip install 'bidi_news[parquet]'")


@pytest.mark.parametrize("target", ["parquet", "arrow"])
def test_tables_in_and_out(command: Callable[..., Any], rows: Path, tmp_path: Path, target: str) -> None:
    """A table of records has a row for each page with any number of workers, to a file or a pipe, and can be read."""
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"id": n, "text": f"{n}\n\n{PAGE * 20}"}) + "\n" for n in range(300)), "utf-8")
    out = tmp_path / "out"
    done = command("normalize", "--to", target, "--jobs", "2", rows, many, "-o", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert command("normalize", "--to", target, "--jobs", "1", rows, many).stdout == out.read_bytes()
    again = records(command("normalize", "--from", target, out).stdout)
    assert [record["id"] for record in again] == ["1", "b", *map(str, range(300))]
    assert again[0]["text"] == ROWS[0]["text"]


def test_a_cut_archive_exits_with_2(command: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    """Of a packed source that was cut, whole rows come out, a line says where it was cut, and the exit code is 2."""
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(rows.read_bytes(), 0)[:-20])
    done = command("normalize", packed)
    assert [record["id"] for record in records(done.stdout)] == [1]
    assert f"{packed}: the gzip data ends before its end mark, after " in one_line(done.stderr.decode())
    assert done.returncode == 2


def test_version_and_help(command: Callable[..., Any]) -> None:
    """--version prints the versions of code and data, --help the options; both on standard output with exit code 0."""
    version = command("normalize", "--version")
    assert version.returncode == 0
    assert version.stdout.decode().startswith("bidi_news ")
    assert ", data " in version.stdout.decode()
    assert b"--date-order" in command("normalize", "--help").stdout


def test_output_file(command: Callable[..., Any], rows: Path, tmp_path: Path) -> None:
    """An output appears complete, is not replaced unasked, and is never an input."""
    out = tmp_path / "out.jsonl"
    assert command("normalize", rows, "-o", out).returncode == 0
    assert len(records(out.read_bytes())) == 2
    before = out.read_bytes()
    for arguments in ([rows, "-o", out], [out, "-o", out, "--force"], [tmp_path, "-o", out, "--force"]):
        done = command("normalize", *arguments)
        assert done.returncode == 2
        one_line(done.stderr.decode())
        assert out.read_bytes() == before
    assert command("normalize", rows, "-o", out, "--force").returncode == 0
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.jsonl", "rows.jsonl"]


@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_output_in_no_folder(command: Callable[..., Any], rows: Path, tmp_path: Path, resume: list[str]) -> None:
    """An output whose folder does not exist is refused in one line that names both, and no temporary file."""
    output = tmp_path / "nowhere" / "out.jsonl"
    done = command("normalize", "-o", output, *resume, rows)
    assert done.returncode == 2
    message = f"bidi-news normalize: output {output} cannot be made: there is no folder {output.parent}\n"
    assert done.stderr.decode() == message


def test_workers_change_nothing(command: Callable[..., Any], tmp_path: Path) -> None:
    """One process and three give the same bytes, in the same order."""
    path = tmp_path / "many.jsonl"
    text = "כותרת\n" + "פסקה של טקסט, and some English.\n" * 1500
    with path.open("w", encoding="utf-8") as stream:
        for number in range(60):
            stream.write(json.dumps({"id": number, "text": f"{number} {text}" if number % 7 else 5}) + "\n")
    alone, shared = (command("normalize", "--jobs", jobs, path) for jobs in (1, 3))
    assert alone.returncode == 0
    assert [record["id"] for record in records(alone.stdout)] == list(range(60))
    assert (alone.stdout, alone.stderr) == (shared.stdout, shared.stderr)


def test_reader_that_leaves_early(rows: Path) -> None:
    """A reader that has closed the pipe ends the run without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        arguments = [sys.executable, "-m", "bidi_news", "normalize", str(rows)]
        done = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_live_input_is_answered_at_once(rows: Path) -> None:
    """A row that comes down a pipe is answered before the next one comes, and an interrupt ends the run quietly."""
    line = rows.read_bytes().split(b"\n")[0] + b"\n"
    with subprocess.Popen(
        [sys.executable, "-m", "bidi_news", "normalize"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        for _ in range(6):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""


def test_terminated_run_leaves_nothing(rows: Path, tmp_path: Path) -> None:
    """A run that is terminated removes its unfinished output, and its workers end too."""
    arguments = [sys.executable, "-m", "bidi_news", "normalize", "--jobs", "2", "-o", str(tmp_path / "out.jsonl")]
    line = rows.read_bytes().split(b"\n")[0] + b"\n"
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(6):  # more batches than are done without workers
            process.stdin.write(line)
            process.stdin.flush()
            time.sleep(0.3)
        assert len(list(tmp_path.iterdir())) == 2
        process.terminate()
        assert process.wait(60) == 143
        # the pipe ends when the last process that holds it has ended
        assert process.stdout.read() == b""
    assert list(tmp_path.iterdir()) == [rows]


def test_plain_text_has_page_breaks(command: Callable[..., Any], rows: Path) -> None:
    """--to text gives each page as words, and a form feed after it."""
    done = command("normalize", "--to", "text", rows)
    assert done.stdout.count(b"\f\n") == 2


def test_schema_org_lines(command: Callable[..., Any], rows: Path) -> None:
    """--to schema-org gives each page as a line of JSON-LD."""
    done = command("normalize", "--to", "schema-org", rows)
    assert [(node["@type"], node["identifier"]) for node in records(done.stdout)] == [
        ("NewsArticle", "1"),
        ("NewsArticle", "b"),
    ]


def test_pretty_when_piped_is_plain(command: Callable[..., Any], rows: Path) -> None:
    """Pretty output that no terminal takes has neither colours nor bidi controls, unless they are asked for."""
    assert not set("\x1b\u2068\u2069") & set(command("normalize", "--to", "pretty", rows).stdout.decode())
    assert "\u2068" in command("normalize", "--to", "pretty", "--bidi", "isolate", rows).stdout.decode()


def test_pretty_is_for_terminals(rows: Path) -> None:
    """On a terminal the pages are shown for a person, in colours and isolates."""
    parent, child = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "bidi_news", "normalize", str(rows)], stdout=child, env={**environment, "COLUMNS": "80"}
    ) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                chunk = os.read(parent, 1 << 16)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        assert process.wait(60) == 0
    os.close(parent)
    assert "\x1b[" in shown.decode()
    assert "\u2068" in shown.decode()
