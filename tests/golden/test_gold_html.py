"""The labelled pages of ``data/gold/html``, whose lines are those of the HTML beside each table.

The tables are the truth; ``html-mistakes.txt`` is where the program differs from them at present, so that every change
shows as a diff, for the better or the worse. ``pytest --update-golden`` rewrites it.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest

from bidi_news import normalize
from bidi_news.cli.main import main
from bidi_news.evaluate import compare
from bidi_news.read.labelled import read_gold
from bidi_news.resources import list_files
from bidi_news.segment.network import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bidi_news import Article
    from bidi_news.errors import SourceError
    from bidi_news.gold import GoldPage

TABLES = list_files("gold/html", ".tsv")


@pytest.fixture(scope="module")
def pages(project: Path) -> list[GoldPage]:
    """Return the labelled pages; each must be read without complaint."""
    problems: list[SourceError] = []
    found = list(read_gold([str(project / "data" / "gold" / "html")], report=problems.append))
    assert problems == []
    return found


def test_every_table_has_its_html() -> None:
    """Tables and HTML files are pairs of one name."""
    assert TABLES
    assert [PurePath(name).stem for name in TABLES] == [
        PurePath(name).stem for name in list_files("gold/html", ".html")
    ]


def test_every_page_has_both_forms(pages: list[GoldPage]) -> None:
    """Each table names its HTML and is a page of its own, in a layout of its kind."""
    assert len(pages) == len(TABLES)
    assert all(page.html is not None and page.text is not None for page in pages)
    assert len({page.layout for page in pages}) >= 20


def mistakes(gold: GoldPage, article: Article) -> Iterator[str]:
    """Give what a record has otherwise than gold: labels of lines, the headline, the dates."""
    name = PurePath(str(gold.id)).stem
    for block, label in zip(
        article.blocks, gold.labels((block.start, block.end) for block in article.blocks), strict=True
    ):
        if block.label != label:
            yield f"{name}: {block.label} for {label}: {article.text[block.start : block.end]}"
    found = compare(gold, article)
    if found.published != "right":
        yield f"{name}: published {article.published and article.published.iso} for {gold.facts['published']}"
    if found.modified != "right":
        yield f"{name}: modified {article.modified and article.modified.iso} for {gold.facts['modified']}"
    if not found.headline:
        yield f"{name}: headline {article.headline}"


def test_mistakes_are_the_known_ones(pages: list[GoldPage], request: pytest.FixtureRequest, project: Path) -> None:
    """Labels, headlines and dates are the gold ones, but for the mistakes that are written down.

    A mistake that is new fails the test, and so does one that is gone: run with --update-golden and read the diff.
    """
    path = project / "tests" / "golden" / "html-mistakes.txt"
    found = [line for page in pages if page.html is not None for line in mistakes(page, normalize(page.html))]
    if request.config.getoption("--update-golden"):
        path.write_text("".join(f"{mistake}\n" for mistake in found), "utf-8")
    assert found == path.read_text("utf-8").splitlines()


def test_the_command_evaluates_them(project: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """``bidi-news evaluate`` counts every page and every line, as HTML and as text, and has nothing to complain of."""
    folder = str(project / "data" / "gold" / "html")
    for content in ("html", "text"):
        assert main(["evaluate", folder, "--content", content, "--jobs", "1"]) == 0
        captured = capsysbinary.readouterr()
        figures = json.loads(captured.out.splitlines()[0])
        assert (captured.err, figures["pages"], figures["failed"]) == (b"", len(TABLES), 0)
        assert figures["macro_f1"] > 0.5


def test_a_model_for_html_is_trained_on_them(project: Path, tmp_path: Path) -> None:
    """``bidi-news train html`` learns every output from every page."""
    model = tmp_path / "html.npz"
    assert main(["train", "html", str(project / "data" / "gold" / "html"), "-o", str(model), "--epochs", "1"]) == 0
    with zipfile.ZipFile(model) as archive:
        assert json.loads(archive.read("training.json"))["pages"] == len(TABLES)
        assert all(output.value.encode() in archive.read("outputs.npy").replace(b"\0", b"") for output in OUTPUTS)
