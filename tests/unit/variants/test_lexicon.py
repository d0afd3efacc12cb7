"""The lexicon: the shipped tables are sound, and a user's own are laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news import Options, normalize_variants
from bidi_news.batch import Batch, Document
from bidi_news.errors import DataFileError, OptionError
from bidi_news.model import Page
from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants import apply_edits, find_edits, load_lexicon
from bidi_news.variants.lexicon import lexicon_key
from bidi_news.variants.styles import style_names
from bidi_news.variants.tables import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

_LEXEME_HEAD = "lexeme\tfamily\tkind\tlatin\tarticle\tplural\thebrew\tarabic\tcues\tblocks\tsource\tlicence\n"
_FORM_HEAD = "lexeme\tscript\tstatus\tforms\tsource\tlicence\n"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table."""
    text = read_text(name)
    header = next(line for line in text.split("\n") if not line.startswith("#"))
    return [row for _, row in parse_tsv(text, tuple(header.split("\t")), path=name)]


def table(folder: Path, text: str, name: str = "mine.tsv") -> str:
    """Write a table of one's own and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", [*SHIPPED, "lexicon/words.tsv"])
def test_every_row_has_source_and_licence(name: str) -> None:
    """No row of a table is without its source and its licence."""
    assert all(row["source"] and row["licence"] for row in rows(name))


def test_lexicon_is_large() -> None:
    """There are at least 800 lexemes, each once, and 8,000 spellings."""
    ids = [row["lexeme"] for name in SHIPPED if "lexemes" in name for row in rows(name)]
    lexicon = load_lexicon()
    assert len(ids) == len(set(ids)) == len(lexicon.rows) >= 800
    assert len(lexicon.forms.keys() | lexicon.names.keys()) >= 8000


@pytest.mark.parametrize("style", style_names())
def test_no_form_is_replaced_twice(style: str) -> None:
    """Whatever a style writes for a form, the style leaves alone."""
    loaded = load_lexicon(style)
    texts = sorted({f"They said {form.canonical} twice." for form in loaded.forms.values()})
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    for text, edits in zip(texts, find_edits(batch, loaded), strict=True):
        assert apply_edits(text, edits) == text


def test_longest_form_fits_the_window() -> None:
    """No spelling has more words than the matcher looks at."""
    assert max(len(key.replace("'", " ").split()) for key in load_lexicon().entries) <= 7


def test_edit_does_not_make_a_line_more_english() -> None:
    """No edit takes away a foreign function word or brings in an English one: a second pass would find more."""
    lexicon = load_lexicon()
    english, foreign = lexicon.words["english"].line, lexicon.words["foreign"].line
    for key, form in lexicon.forms.items():
        if form.script == "Latn" and form.status != "never":
            before, after = set(key.split()), set(lexicon_key(form.canonical).split())
            assert foreign & before <= after, key
            assert english & after <= before, key


def test_generated_rows_replace_nothing() -> None:
    """What no one has looked at is shown only."""
    assert {row["status"] for row in rows("lexicon/generated-forms.tsv")} <= {"never"}


def test_lexicon_is_read_once() -> None:
    """A second call gives the same object."""
    assert load_lexicon("house") is load_lexicon("house")


def test_own_spelling_of_a_shipped_lexeme(tmp_path: Path) -> None:
    """A user's table adds spellings to a lexeme, and changes the status of one that it has."""
    path = table(tmp_path, f"{_FORM_HEAD}hezbollah\tLatn\tsafe\tHezballoh\tour desk\tMIT\n"
                           "hezbollah\tLatn\tnever\tHizbullah\tour desk\tMIT\n")  # fmt: skip
    options = Options(lexicon=(path,))
    text, edits = normalize_variants("The Hezballoh of Hizbullah said so to Hizballah.", options)
    assert text == "The Hezbollah of Hizbullah said so to Hezbollah."
    assert [edit.action for edit in edits] == ["replace", "annotate", "replace"]


def test_own_lexeme(tmp_path: Path) -> None:
    """A user's lexeme in three scripts is one like the shipped ones, under any style."""
    lexemes = table(tmp_path, f"{_LEXEME_HEAD}zzyx\tzzyx\tplace\tZzyx Alpha\t\t\tזזקס\tززيقس\t\t\tour desk\tMIT\n")
    forms = table(tmp_path, f"{_FORM_HEAD}zzyx\tLatn\tsafe\tZzyks Alfa;Zizyx\tour desk\tMIT\n"
                            "zzyx\tHebr\tsafe\tזזקש\tour desk\tMIT\n"
                            "zzyx\tArab\tsafe\tزيزيقس\tour desk\tMIT\n", "forms.tsv")  # fmt: skip
    options = Options(style="ap", lexicon=(lexemes, forms))
    text = "They left Zzyks  Alfa for Zizyx; לזזקש, وزيزيقس"
    assert normalize_variants(text, options)[0] == "They left Zzyx  Alpha for Zzyx Alpha; לזזקס, وززيقس"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{_FORM_HEAD}shiva\tLatn\tsafe\tX\tus\tMIT\n", "'shiva' is not known"),
        (f"{_FORM_HEAD}shia\tGrek\tsafe\tX\tus\tMIT\n", "'Grek' is not known"),
        (f"{_FORM_HEAD}shia\tLatn\tsure\tX\tus\tMIT\n", "'sure' is not known"),
        (f"{_FORM_HEAD}shia\tLatn\tsafe\tHamas\tus\tMIT\n", "already a form of hamas"),
        (f"{_FORM_HEAD}shia\tLatn\tsafe\n", "3 fields"),
        ("sets\twhere\n", "header"),
        (f"{_LEXEME_HEAD}shia\tshia\tterm\tShia\t\t\t\t\t\t\tus\tMIT\n", "already"),
        (f"{_LEXEME_HEAD}zzyx\tzzyx\tplanet\tZzyx\t\t\t\t\t\t\tus\tMIT\n", "'planet' is not known"),
        (f"{_LEXEME_HEAD}zzyx\tzzyx\tplace\tZzyx\t\t\t\t\tatlantis\t\tus\tMIT\n", "no words called"),
        (f"{_LEXEME_HEAD}zzyx\tzzyx\tplace\tZzyx\t\t\t\t\tabove:x\t\tus\tMIT\n", "line, left, right"),
    ],
)  # fmt: skip
def test_malformed_table_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """An unknown value, a doubled form or a wrong header is an error that names its place, when it is loaded."""
    paths = [table(tmp_path, text)]
    if "zzyx" in text:
        paths.append(table(tmp_path, f"{_FORM_HEAD}zzyx\tLatn\tsafe\tZizyx\tus\tMIT\n", "forms.tsv"))
    with pytest.raises(DataFileError, match=reason):
        load_lexicon("house", tuple(paths))


def test_table_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing table is a mistake of the options; one in another encoding is an error with the place."""
    with pytest.raises(OptionError, match="cannot be read"):
        load_lexicon("house", (str(tmp_path / "none.tsv"),))
    path = tmp_path / "hebrew.tsv"
    path.write_bytes("צ".encode("cp1255"))
    with pytest.raises(DataFileError, match="UTF-8 at byte 0"):
        load_lexicon("house", (str(path),))
