"""Labelled pages from tables and JSON Lines, and what is said of those that are malformed."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.gold import GoldBlock
from bidi_news.model import ChromeKind, Label
from bidi_news.read.labelled import read_gold

if TYPE_CHECKING:
    from pathlib import Path

    from bidi_news.gold import GoldPage

TABLE = "#url\thttps://example.org/1\n#published\t2015-06-23T21:05+03:00\nchrome:nav\tדף\n\t\nbody\t  Two  words. \n"


def read(*paths: Path) -> tuple[list[GoldPage], list[str]]:
    """Return the pages of some sources, and what was reported."""
    problems: list[str] = []
    pages = list(read_gold([str(path) for path in paths], report=lambda error: problems.append(str(error))))
    return pages, problems


def rows(folder: Path, *values: Any) -> Path:
    """Write JSON Lines."""
    path = folder / "pages.jsonl"
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


def test_a_table_is_a_page(tmp_path: Path) -> None:
    """The text is the lines as they stand, blocks are without outer white space, the head says what is known."""
    path = tmp_path / "example-flash-07.tsv"
    path.write_text(TABLE, "utf-8")
    (page,), problems = read(path)
    assert problems == []
    assert page.text is not None
    assert page.text.text == "דף\n\n  Two  words. "
    assert page.text.url == "https://example.org/1"
    assert page.blocks == (GoldBlock(0, 2, Label.CHROME, ChromeKind.NAV), GoldBlock(6, 17, Label.BODY))
    assert (page.id, page.layout) == (str(path), "example-flash")
    assert page.facts == {"published": "2015-06-23T21:05:00+03:00", "modified": None}


def test_a_table_may_be_packed_and_from_another_system(tmp_path: Path) -> None:
    """Line ends of two characters and gzip make no difference; an empty row is a blank line too."""
    plain, packed = tmp_path / "a-1.tsv", tmp_path / "a-2.tsv.gz"
    plain.write_text("body\tOne.\n\t\nbody\tTwo.\n", "utf-8")
    packed.write_bytes(gzip.compress(b"body\tOne.\r\n\r\nbody\tTwo.\r\n"))
    (first, second), problems = read(tmp_path)
    assert problems == []
    assert first.text is not None
    assert second.text is not None
    assert (first.text.text, first.blocks, first.layout) == (second.text.text, second.blocks, second.layout)


def test_invisible_characters_may_be_escaped(tmp_path: Path) -> None:
    """An escape is one character of the line; a backslash before anything else is itself."""
    path = tmp_path / "marks-1.tsv"
    path.write_text(r"body	\u200fOne C:\users." + "\n", "utf-8")
    (page,), problems = read(path)
    assert problems == []
    assert page.text is not None
    assert page.text.text == "\N{RIGHT-TO-LEFT MARK}One C:\\users."
    assert page.blocks == (GoldBlock(0, 14, Label.BODY),)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("body\tOne.\nboddy\tTwo.\n", "line 2: label 'boddy' is none of headline, deck"),
        ("body One.\n", "line 1: no tab between a label and its line"),
        ("\tOne.\n", "line 1: a line has no label"),
        ("body\t \n", "line 1: a blank line has a label"),
        ("chrome:menu\tHome\n", "line 1: kind 'menu' of chrome"),
        ("body:nav\tHome\n", "line 1: kind 'nav' of body"),
        ("#author\tA. B.\n", "line 1: #author is none of #url"),
        ("body\tOne.\n#url\tx\n", "line 2: #url must stand above the lines"),
        ("#html\tother/a.html\nbody\tOne.\n", "line 1: #html 'other/a.html' is not the name of a file beside"),
        ("#published\tTuesday\n", "line 1: published 'Tuesday' is not ISO 8601"),
        ("#published\t2015-06-23T21:05\n", "line 1: published '2015-06-23T21:05' has a time and no UTC offset"),
    ],
)
def test_a_malformed_table_is_reported_with_its_line(tmp_path: Path, table: str, message: str) -> None:
    """The page is left out, the place and the reason are told, the other pages are read."""
    (tmp_path / "bad-1.tsv").write_text(table, "utf-8")
    (tmp_path / "good-1.tsv").write_text(TABLE, "utf-8")
    pages, problems = read(tmp_path)
    assert [page.layout for page in pages] == ["good"]
    (problem,) = problems
    assert problem.startswith(f"{tmp_path / 'bad-1.tsv'}, {message}")


def test_a_table_may_name_its_html(tmp_path: Path) -> None:
    """The page has both forms: the lines as text, and the HTML as its bytes, with the address of the table."""
    (tmp_path / "a-1.tsv").write_text(
        "#html\ta-1.html\n#url\thttps://example.org/1\nbody\tשלום\nchrome\tHome\n", "utf-8"
    )
    html = '<meta charset="windows-1255"><p>שלום<ul><li>Home</ul>'.encode("cp1255")
    (tmp_path / "a-1.html").write_bytes(html)
    (page,), problems = read(tmp_path)
    assert problems == []
    assert page.text is not None
    assert page.html is not None
    assert (page.text.text, page.html.data, page.html.url) == ("שלום\nHome", html, "https://example.org/1")


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>One.</p><p>Too.</p>", "line 3: a-1.html has 'Too.' as line 2"),
        ("<p>One.</p>", "line 3: a-1.html has no such line"),
        ("<p>One.</p><p>Two.</p><p>Three.</p>", "line 4: a-1.html has 'Three.' as line 3"),
    ],
)
def test_html_with_other_lines_is_reported(tmp_path: Path, html: str, message: str) -> None:
    """Labels of lines that the HTML does not have are of no use: the page is left out, and the first such row told."""
    (tmp_path / "a-1.tsv").write_text("#html\ta-1.html\nbody\tOne.\nbody\tTwo.\n", "utf-8")
    (tmp_path / "a-1.html").write_text(html, "utf-8")
    pages, (problem,) = read(tmp_path)
    assert pages == []
    assert problem == f"{tmp_path / 'a-1.tsv'}, {message}"


def test_html_that_is_not_there_is_reported(tmp_path: Path) -> None:
    """A table whose HTML is missing is left out, and the missing file is named."""
    (tmp_path / "a-1.tsv").write_text("#html\ta-1.html\nbody\tOne.\n", "utf-8")
    pages, (problem,) = read(tmp_path)
    assert pages == []
    assert problem.startswith(f"{tmp_path / 'a-1.html'}: no such file")


def test_rows_with_blocks(tmp_path: Path) -> None:
    """Blocks, layout and stated facts are read; null says that there is none, a missing field says nothing."""
    row = {"id": 7, "text": "Title", "blocks": [{"start": 0, "end": 5, "label": "headline"}], "layout": "x"}
    (page,), problems = read(rows(tmp_path, {**row, "headline": "Title", "published": None, "language": "en"}))
    assert problems == []
    assert (page.id, page.layout, page.blocks) == (7, "x", (GoldBlock(0, 5, Label.HEADLINE),))
    assert page.facts == {"headline": "Title", "published": None}
    assert page.text is not None
    assert page.text.language == "en"


def test_rows_with_blocks_in_both_forms(tmp_path: Path) -> None:
    """The blocks of a row are those of its HTML too, if that is rendered to its text; else the row is malformed."""
    row = {"text": "Title\nOne.", "blocks": [{"start": 0, "end": 5, "label": "headline"}]}
    path = rows(tmp_path, {**row, "html": "<h1>Title</h1><p>One."}, {**row, "html": "<p>One."})
    (page,), (problem,) = read(path)
    assert page.content("html") is not None
    assert problem == f"{path}, line 2: line 1 of text: html has 'One.' as line 1"


def test_rows_with_a_body(tmp_path: Path) -> None:
    """A row may have both forms; its title is the headline; a page without an article needs no body."""
    path = rows(
        tmp_path,
        {"text": "a", "html": "<p>a", "gold_body": "a", "title": "T", "deck": "D", "line_labels": "1"},
        {"html": "<p>404", "negative": True},
    )
    (page, none), problems = read(path)
    assert problems == []
    assert (page.body, page.facts, page.deck, page.blocks) == ("a", {"headline": "T"}, "D", None)
    assert page.content("text") is not None
    assert page.content("html") is not None
    assert (none.id, none.body, none.content("text")) == (f"{path}, line 2", "", None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1], "is a list, not an object"),
        ({"gold_body": "a"}, "has none of text, html"),
        ({"text": 3, "gold_body": "a"}, "text is not a string"),
        ({"text": "a"}, "has none of blocks, gold_body, negative"),
        ({"html": "a", "blocks": []}, "blocks need text"),
        ({"text": "a", "blocks": {}}, "blocks is not a list"),
        ({"text": "a", "blocks": [1]}, "block 1: is not an object"),
        ({"text": "a", "blocks": [{"start": 0, "end": 2, "label": "body"}]}, "block 1: 0 to 2 is not after 0"),
        ({"text": "ab", "blocks": [{"start": 0, "end": 2, "label": "x"}]}, "block 1: label 'x' is none of"),
        (
            {"text": "ab", "blocks": [{"start": 0, "end": 2, "label": "body"}] * 2},
            "block 2: 0 to 2 is not after 2 and within 2 code points",
        ),
        ({"text": "a", "gold_body": "a", "published": 5}, "published is not a string"),
    ],
)
def test_a_malformed_row_is_reported_with_its_line(tmp_path: Path, row: Any, message: str) -> None:
    """The row is left out, the place and the reason are told, the other rows are read."""
    path = rows(tmp_path, row, {"text": "a", "gold_body": "a"})
    pages, problems = read(path)
    assert [page.body for page in pages] == ["a"]
    (problem,) = problems
    assert problem.startswith(f"{path}, line 1: {message}")


def test_sources_without_pages_are_reported(tmp_path: Path) -> None:
    """A folder without labelled pages and a file that is not there are one report each."""
    (tmp_path / "notes.txt").write_text("no page", "utf-8")
    pages, problems = read(tmp_path, tmp_path / "gone.tsv", tmp_path / "gone.jsonl")
    assert pages == []
    assert [problem.split(": ")[1][:12] for problem in problems] == ["the folder h", "no such file", "no such file"]
