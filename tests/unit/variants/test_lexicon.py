"""The lexicon: the shipped tables are sound, and a malformed one is refused with its place."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.errors import DataFileError
from bidi_news.model import Page
from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants import apply_edits, find_edits, lexicon, load_lexicon
from bidi_news.variants.lexicon import expand_pattern, lexicon_key

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLES = ("house", "ap", "bbc")


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table."""
    text = read_text(f"lexicon/{name}.tsv")
    header = next(line for line in text.split("\n") if not line.startswith("#"))
    return [row for _, row in parse_tsv(text, tuple(header.split("\t")), path=name)]


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts other texts in the place of shipped tables."""

    def put(**texts: str) -> None:
        shipped = {f"lexicon/{name}.tsv": text for name, text in texts.items()}
        monkeypatch.setattr(lexicon, "read_text", lambda name: shipped.get(name) or read_text(name))
        load_lexicon.cache_clear()

    return put


@pytest.mark.parametrize("name", ["lexemes", "forms", "words"])
def test_every_row_has_source_and_licence(name: str) -> None:
    """No row of a table is without its source and its licence."""
    assert all(row["source"] and row["licence"] for row in rows(name))


def test_lexicon_is_of_use() -> None:
    """There are at least 150 lexemes, each once, and nearly all have a spelling besides the canonical one."""
    ids = [row["lexeme"] for row in rows("lexemes")]
    assert len(ids) == len(set(ids)) >= 150
    assert len({row["lexeme"] for row in rows("forms")}) > 0.95 * len(ids)


@pytest.mark.parametrize("style", _STYLES)
def test_no_form_is_replaced_twice(style: str) -> None:
    """Whatever a style writes for a form, the style leaves alone."""
    loaded = load_lexicon(style)
    texts = sorted({f"They said {form.canonical} twice." for form in loaded.forms.values()})
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    for text, edits in zip(texts, find_edits(batch, loaded), strict=True):
        assert apply_edits(text, edits) == text


def test_longest_form_fits_the_window() -> None:
    """No spelling has more words than the matcher looks at."""
    assert max(len(key.replace("'", " ").split()) for key in load_lexicon("house").forms) <= 7


def test_pattern_gives_every_combination() -> None:
    """Braces stand for either of their parts, the empty one included."""
    assert list(expand_pattern("{a,b}c{,d}")) == ["ac", "acd", "bc", "bcd"]


def test_key_forgets_dashes_marks_and_outer_apostrophes() -> None:
    """Spellings that differ in these only have one key."""
    keys = [lexicon_key(text) for text in ("al-Qaʿida", "Al Qa’ida", "al–qa'ida'", "ʿal Qāʿida")]
    assert all(a == b for a, b in itertools.pairwise(keys))


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("forms", "shia\tLatn\tsafe", "shiva\tLatn\tsafe", "lexeme"),
        ("forms", "shia\tLatn\tsafe", "shia\tGrek\tsafe", "script"),
        ("forms", "shia\tLatn\tsafe", "shia\tLatn\tsure", "status"),
        ("forms", "shia\tLatn\tsafe\t", "shia\tLatn\tsafe\tHamas;", "hamas"),
        ("lexemes", "shia\tshia\tdemonym", "shia\tshia\tpeople", "kind"),
        ("lexemes", "right:labeouf", "labeouf", "blocks"),
        ("lexemes", "right:labeouf", "above:labeouf", "line, left, right"),
        ("words", "libya\tline", "libya\tpage", "line, left, right"),
        ("words", "set\twhere", "sets\twhere", "header"),
    ],
)
def test_malformed_table_is_refused(tables: Callable[..., None], name: str, old: str, new: str, place: str) -> None:
    """An unknown value, a doubled form or a wrong header is an error that names file and place."""
    text = read_text(f"lexicon/{name}.tsv")
    assert old in text
    tables(**{name: text.replace(old, new, 1)})
    with pytest.raises(DataFileError, match=place) as caught:
        load_lexicon("house")
    assert caught.value.path.startswith("lexicon/")


def test_lexicon_is_read_once() -> None:
    """A second call gives the same object."""
    load_lexicon.cache_clear()
    assert load_lexicon("house") is load_lexicon("house")
