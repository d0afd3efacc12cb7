"""Names of several words."""

from __future__ import annotations

import pytest

from bidi_news.errors import DataFileError
from bidi_news.resources import read_text
from bidi_news.variants import words
from bidi_news.variants.words import Arrangement, arrange, without_designations


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("khirbat hatta", "hatta", ("hatta", "hatta")),
        ("hatta", "خربة حتى", ("hatta", "حتى")),
        ("beit hanun", "בית חנון", ("hanun", "חנון")),
        ("tel aviv", "aviv", ("tel aviv", "aviv")),
        ("ein gedi", "beit gedi", ("ein gedi", "beit gedi")),
        ("kafr", "kafr qasim", ("kafr", "qasim")),
        ("sharon", "שרון", ("sharon", "שרון")),
    ],
)
def test_designations(left: str, right: str, expected: tuple[str, str]) -> None:
    """What both are called goes, and what one is called if it may lack; a name is never left empty."""
    assert without_designations(left, right) == expected
    assert without_designations(right, left) == expected[::-1]


def test_words_are_paired_by_likeness() -> None:
    """The most alike words are paired first, and the right name follows the left one's order."""
    alike = {(0, 0): 1.0, (0, 1): 5.0, (1, 0): 2.0, (1, 1): 4.0}
    assert arrange(["a1", "a2"], ["b1", "b2"], alike) == Arrangement("a1 a2", "b2 b1", 0, turned=True)


def test_words_without_a_counterpart_stay() -> None:
    """Words that nothing is like are still compared."""
    assert arrange(["a1", "a2"], ["b1"], {(1, 0): 1.0}) == Arrangement("a1 a2", "b1", 0, turned=False)


@pytest.mark.parametrize(
    ("initial", "word"), [("y", "ياسر"), ("\N{HEBREW LETTER YOD}", "yasser"), ("م", "muhammad"), ("a", "עמוס")]
)
def test_initials_in_any_script(initial: str, word: str) -> None:
    """An initial goes with a word that begins with its sound, and both no longer count."""
    found = arrange([initial, "cohen"], ["cohen", word], {(1, 0): 9.0})
    assert found == Arrangement("cohen", "cohen", 1, turned=False)


def test_other_initial_takes_nothing() -> None:
    """An initial that a word does not begin with leaves the word to be compared."""
    assert arrange(["k", "cohen"], ["moshe", "cohen"], {(1, 1): 9.0}).right == "cohen moshe"


@pytest.mark.parametrize(
    ("old", "new"), [("ruin\tyes", "ruin\tperhaps"), ("village\tyes\tLatn\t", "village\tyes\tLatn\twadi ")]
)
def test_malformed_designations_are_refused(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """A wrong value or a word with two meanings is an error with its line."""
    text = read_text("keys/designations.tsv")
    assert old in text
    monkeypatch.setattr(words, "read_text", lambda _: text.replace(old, new))
    with pytest.raises(DataFileError) as caught:
        words._designations.__wrapped__()  # noqa: SLF001  (past the cache)
    assert caught.value.line is not None
