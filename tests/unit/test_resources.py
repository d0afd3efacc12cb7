"""Reading the shipped data: what is found, and what a missing or broken file says."""

from __future__ import annotations

import tomllib

import pytest

from bidi_news import resources
from bidi_news.errors import DataFileError


def test_the_data_is_this_projects() -> None:
    """The folder found has this project's manifest."""
    assert resources.manifest()["project"] == "bidi_news"
    assert resources.data_version() == resources.manifest()["data_version"]


def test_text_is_the_bytes_as_utf8() -> None:
    """Reading as text and as bytes gives the same file."""
    name = "manifest.toml"
    assert resources.read_text(name).encode() == resources.read_bytes(name)
    assert resources.read_toml(name) == tomllib.loads(resources.read_text(name))


@pytest.mark.parametrize("name", ["no/such/file.tsv", "unicode"])
def test_a_missing_file_is_named(name: str) -> None:
    """A file that is not there, or is a folder, is an error that names it."""
    with pytest.raises(DataFileError, match="cannot be read") as caught:
        resources.read_bytes(name)
    assert caught.value.path == name


def test_a_file_that_is_not_utf8_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no UTF-8 are an error with the place of the first one."""
    monkeypatch.setattr(resources, "read_bytes", lambda _: b"ab\xff")
    with pytest.raises(DataFileError, match="not UTF-8 at byte 2"):
        resources.read_text("x.tsv")


def test_malformed_toml_is_a_data_file_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A TOML file that cannot be parsed is an error of this package, which names the file."""
    monkeypatch.setattr(resources, "read_bytes", lambda _: b"a = ")
    with pytest.raises(DataFileError, match=r"^x\.toml: "):
        resources.read_toml("x.toml")


def test_tables_skip_comments_and_blank_lines_and_count_them() -> None:
    """Comments and blank lines are no rows, and line numbers still count them; CRLF files read alike."""
    table = "# about\n\nform\tsource\r\n# more\nShia\tstyle book\r\n"
    assert list(resources.parse_tsv(table, ("form", "source"), path="x.tsv")) == [
        (5, {"form": "Shia", "source": "style book"}),
    ]


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("form\n", 1, "header"),
        ("source\tform\n", 1, "header"),
        ("form\tsource\na\n", 2, "1 fields"),
        ("form\tsource\na\tb\tc\n", 2, "3 fields"),
    ],
)
def test_a_malformed_table_says_where(table: str, line: int, message: str) -> None:
    """A wrong header, or a row with too few or too many fields, is an error at its line."""
    with pytest.raises(DataFileError, match=message) as caught:
        list(resources.parse_tsv(table, ("form", "source"), path="x.tsv"))
    assert (caught.value.path, caught.value.line) == ("x.tsv", line)


def test_files_are_listed_in_order() -> None:
    """A folder's files come sorted and can be read by the names given."""
    names = resources.list_files("samples", ".txt")
    assert list(names) == sorted(names)
    assert all(resources.read_text(name) for name in names)
