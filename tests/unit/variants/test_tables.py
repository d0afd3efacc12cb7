"""The tables of the lexicon: patterns, keys, and what is built of them before they ship."""

from __future__ import annotations

import itertools

import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_bytes, read_text
from bidi_news.variants.build import built_files, lexicon_faults
from bidi_news.variants.gate import ANCHORS, read_anchors, write_anchors
from bidi_news.variants.tables import LEXEME_COLUMNS, SHIPPED, expand, expand_pattern, lexicon_key, read_tables

_FORM_HEAD = "lexeme\tscript\tstatus\tforms\tsource\tlicence\n"


def row(**fields: str) -> dict[str, str]:
    """Return a row of a table of lexemes."""
    return dict.fromkeys(LEXEME_COLUMNS, "") | fields


def test_pattern_gives_every_combination() -> None:
    """Braces stand for either of their parts, the empty one included."""
    assert list(expand_pattern("{a,b}c{,d}")) == ["ac", "acd", "bc", "bcd"]


def test_key_forgets_dashes_marks_and_outer_apostrophes() -> None:
    """Spellings that differ in these only have one key."""
    keys = [lexicon_key(text) for text in ("al-Qaʿida", "Al Qa’ida", "al–qa'ida'", "ʿal Qāʿida")]
    assert all(a == b for a, b in itertools.pairwise(keys))


def test_endings() -> None:
    """A Latin spelling takes the lexeme's plurals, a Hebrew name of a people the regular endings."""
    base = {"x": row(kind="demonym", plural="s", latin="Xi", hebrew="קסי")}
    table = f"{_FORM_HEAD}x\tLatn\tsafe\tKsi\tus\tMIT\nx\tHebr\tsafe\tכסי\tus\tMIT\n"  # noqa: RUF001
    entries = expand(read_tables({"t.tsv": table}, base), base)
    assert set(entries) == {"ksi", "ksis", "כסי", "כסים", "כסית", "כסיות"}
    assert entries["ksis"].ending == "s"


def test_arabic_particle_swallows_the_article() -> None:
    """Where "li" swallows the article, the entry says how many letters are no part of the name."""
    base = {"x": row(kind="place", arabic="القس")}
    entries = expand(read_tables({"t.tsv": f"{_FORM_HEAD}x\tArab\tsafe\tالقص\tus\tMIT\n"}, base), base)
    assert {key: entry.prefix for key, entry in entries.items()} == {"القص": 0, "للقص": 2}


def test_no_spelling_belongs_to_two_lexemes() -> None:
    """A spelling of two lexemes is refused with its place."""
    base = {"x": row(kind="place"), "y": row(kind="place")}
    table = f"{_FORM_HEAD}x\tLatn\tsafe\tKsi\tus\tMIT\ny\tLatn\tambiguous\tKsi\tus\tMIT\n"
    with pytest.raises(DataFileError, match="already a form of x") as caught:
        expand(read_tables({"t.tsv": table}, base), base)
    assert (caught.value.path, caught.value.line) == ("t.tsv", 3)


def test_anchors_are_read_as_written() -> None:
    """What is written of the shipped anchors is what is read."""
    assert write_anchors(read_anchors(read_text(ANCHORS))) == read_text(ANCHORS)


def test_shipped_lexicon_is_sound() -> None:
    """The tables are well formed under every style, and what was built of them is up to date."""
    assert lexicon_faults() == []


def test_stale_built_file_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A built file that is not what the tables make is named."""
    monkeypatch.setattr(
        "bidi_news.variants.build.read_bytes", lambda name: b"" if name == ANCHORS else read_bytes(name)
    )
    assert [fault.partition(":")[0] for fault in lexicon_faults()] == [ANCHORS]


def test_built_files_know_every_table() -> None:
    """Every lexeme with a spelling stands in the expanded table."""
    expanded = {line.split("\t")[1] for line in built_files()["lexicon/expanded.tsv"].decode().splitlines()[1:]}
    spelled = set(read_tables({name: read_text(name) for name in SHIPPED}, {}).spellings)
    assert expanded == {id_ for id_, _ in spelled}
