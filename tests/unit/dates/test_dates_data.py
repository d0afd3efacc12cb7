"""The tables of words are those of CLDR, and well formed."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest

from bidi_news.dates.vocabulary import vocabulary
from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def tool(project: Path) -> Any:
    """Return the script that makes the generated tables."""
    spec = importlib.util.spec_from_file_location("make_months", project / "tools" / "make_months.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", ["months", "weekdays"])
@pytest.mark.parametrize("language", ["en", "he", "ar", "ru"])
def test_names_are_those_of_cldr(tool: Any, kind: str, language: str) -> None:
    """Every name that the installed CLDR has stands in the shipped table with the same number."""
    path = f"dates/{kind}.tsv"
    rows = parse_tsv(read_text(path), ("form", kind.removesuffix("s"), "language", "source"), path=path)
    shipped = {(row["language"], row["form"]): int(row[kind.removesuffix("s")]) for _, row in rows}
    expected = {key: number for key, number in tool.table(kind).items() if key[0] == language}
    assert expected
    assert expected.items() <= shipped.items()


def test_languages_with_a_month_first_region_decide_nothing() -> None:
    """English and Spanish are written month-first somewhere; Hebrew, Arabic and Russian nowhere."""
    orders = vocabulary().orders
    assert {"he", "ar", "ru"} <= orders.keys()
    assert not {"en", "es"} & orders.keys()


@pytest.mark.parametrize(
    ("name", "key", "columns"),
    [
        ("words", ("form", "kind"), ("form", "kind", "value", "language", "source")),
        ("relative", ("form", "kind"), ("form", "kind", "value", "language", "source")),
        ("labels", ("phrase",), ("phrase", "role", "language", "source")),
    ],
)
def test_rows_are_unique_and_sourced(name: str, key: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """No form stands twice under one kind, and every row says where it is from."""
    rows = [row for _, row in parse_tsv(read_text(f"dates/{name}.tsv"), columns, path=name)]
    keys = [tuple(row[column] for column in key) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("word", ["יוני", "ביוני", "ליוני", "מיוני", "היוני"])
def test_a_proclitic_changes_no_month(word: str) -> None:
    """In, to, from and the June are all June."""
    assert vocabulary().month(word) == 6
