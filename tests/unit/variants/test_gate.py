"""The gate: no spelling is kept out, and what is part of spellings alone is let in only beside a word of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.model import Page
from bidi_news.variants import find_edits, load_lexicon
from bidi_news.variants.gate import candidates, gate_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def batch_of(text: str) -> Batch:
    """Return the batch of one page."""
    return Batch.of([Document(page=Page(text=text), text=text)])


def candidates_of(text: str) -> list[str]:
    """Return the words of a page that the shipped gate lets pass."""
    batch = batch_of(text)
    words = candidates(batch, gate_of(load_lexicon()))
    starts, ends = batch.spans(
        batch.word_starts[words], batch.word_ends[words], batch.page_of(batch.word_starts[words])
    )
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    "written",
    [
        str,
        str.upper,
        lambda key: key.replace(" ", "-"),
        lambda key: key.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
    ],
    ids=["key", "capitals", "hyphens", "quotation_marks"],
)
def test_every_spelling_is_let_in(written: Callable[[str], str]) -> None:
    """On the line of each shipped spelling, whatever stands before and after it, at least one word is a candidate."""
    keys = list(load_lexicon().entries)
    batch = batch_of("".join(f"the {written(key)} was\n" for key in keys))
    lines = set(batch.line_of(batch.word_starts[candidates(batch, gate_of(load_lexicon()))]).tolist())
    assert [key for line, key in enumerate(keys) if line not in lines] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port is closed.", []),
        ("Port\nof call", []),
        ("He left Port Said.", ["Port"]),
        ("He left port said nothing.", ["port"]),  # the case is not known yet
        ("He left Port Sa\N{COMBINING DIAERESIS}id.", ["Port"]),  # must be folded to tell
    ],
)
def test_part_of_a_spelling_needs_its_neighbour(text: str, expected: list[str]) -> None:
    """A word that is only a part of spellings is let in beside one that stands there in a spelling, or may do so."""
    assert candidates_of(text) == expected


def test_gate_has_the_spellings_of_a_table(tmp_path: Path) -> None:
    """A user's own spellings pass, of one word and of several, also where a shipped one has the same anchor."""
    table = tmp_path / "mine.tsv"
    table.write_text(
        "lexeme\tscript\tstatus\tforms\tsource\tlicence\nport-said\tLatn\tsafe\tPort Zad;Bursayyid\tour desk\tMIT\n",
        "utf-8",
    )
    edits = find_edits(batch_of("From Port Zad, or Bursayyid, to port."), load_lexicon("house", (str(table),)))
    assert [edit.surface for edit in edits[0]] == ["Port Zad", "Bursayyid"]
