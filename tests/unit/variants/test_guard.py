"""What must not change, guard by guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.model import Edit, Page
from bidi_news.resources import parse_tsv, read_text
from bidi_news.variants import find_candidates, load_lexicon
from bidi_news.variants.guard import RULES
from bidi_news.variants.machine import first_guard, guarded_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    Growth = Callable[[Callable[[int], object], int], float]

_COLUMNS = ("guard", "where", "pattern", "example", "source", "licence")
_ROWS = [row for _, row in parse_tsv(read_text("lexicon/guards.tsv"), _COLUMNS, path="lexicon/guards.tsv")]


def candidates_of(text: str) -> list[Edit]:
    """Return what is found in a text, and what is held back."""
    [found] = find_candidates(Batch.of([Document(page=Page(text=text), text=text)]), load_lexicon("house"))
    return list(found)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['guard']} {row['where']}: {row['example']}") for row in _ROWS]
)
def test_each_pattern_holds_its_example(row: dict[str, str]) -> None:
    """The spelling of a row's example is kept, and the row's guard is the reason."""
    assert [(edit.action, edit.rule) for edit in candidates_of(row["example"])] == [("keep", row["guard"])]


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("www.Hizbullah.example", "address"),
        ("#Hizbullah’s", "tag"),
        ("/srv/data/Hizbullah", "path"),
        ("C:\\Hizbullah", "path"),
        ("Hizbullah_list", "identifier"),
        ("the image <img\nalt='A Hizbullah leader'>", "markup"),
        ("</Hizbullah>", "markup"),
        ("hizbullah::list", "code"),
        ("if (Hizbullah == 1) {", "code"),
        ('["x"], "name": "Hizbullah"', "json"),
        (f"https://a.example/{'x/' * 500}Hizbullah", "address"),
        ("the man hums", "common_word"),
        ("for 20 dunams in acre", "common_word"),
        ("It calls TalEban.", "code_name"),
        ("Les chiites de la ville ne sont pas avec le Hizbullah", "foreign"),
    ],
)
def test_held_back_with_its_guard(text: str, guard: str) -> None:
    """What no spelling of a lexeme is, is kept, and the guard says why."""
    assert {(edit.action, edit.rule) for edit in candidates_of(text)} == {("keep", guard)}


@pytest.mark.parametrize(
    "text",
    [
        "Hizbullah.",
        "Hizbullah.The next",
        "Hamas/Hizbullah talks",
        "(Hizbullah)",
        "“Hizbullah” said",
        '"Hizbullah": so it began',
        "Hizbullah > x",
        "x < y and Hizbullah",
        "non-Hizbullah",
        "Hizbullah’s",
        "in 2006, Hizbullah",
        "a call(s) to Hizbullah",
        "IDF-Hizbullah fire",
        "For Hizbullah (Iran) {sic}",
        "Shi`ite, Qur`an and Hizbullah",
        "@ Hizbullah",
        "pro-Hizbullah.[12][a]",
        "the return of Hizbullah:",
        "if Hizbullah fires (as it may)",
    ],
)
def test_prose_is_not_machine_text(text: str) -> None:
    """Ordinary punctuation around a name makes no machine text of it."""
    assert "Hizbullah" in {edit.surface for edit in candidates_of(text) if edit.action == "replace"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Hapoel Be'er Sheva won.", "organisation"),
        ("University of Be'er Sheva", "organisation"),
        ("Soroka Be'er Sheva Medical Center", "organisation"),
        ("the Qaddafi Stadium in Lahore", "organisation"),
        ("הפועל באר-שבע", "organisation"),
        ("Shi'a LaBeouf", "blocked"),
        ("the Jolani Brigade", "blocked"),
        ("Judge Daish", "other_name"),
        ("Mr. Daish said", "other_name"),
        ("Mohamed Salah scored.", "given_name"),
        ("the film “Inside Al Qaida” opened", "title"),
        ("the film ‘Inside Al Qaida’ opened", "title"),
        ("the film 'Inside Al Qaida' opened", "title"),
        ('the film "Hizbullah" opened', "title"),
        ("her book Inside Al Qaida came out", "title"),
        ("The novel Daughters of the Shi'ite South sold well.", "title"),
        ('הסרט "בתוך אל-קעידה" עלה', "title"),
        ("فيلم «القذافى»", "title"),
        ("also spelled Qaddafi", "mention"),
        ("Hezbollah (also Hizbullah)", "mention"),
        ("the strike on Hizb\nAllah failed", "wrapped"),
    ],
)
def test_annotated_with_its_rule(text: str, rule: str) -> None:
    """Names of organisations, units, works and other people stay, and so does a spelling that is spoken of."""
    assert {(edit.action, edit.rule) for edit in candidates_of(text)} == {("annotate", rule)}


def test_list_of_spellings() -> None:
    """All spellings of a list are mentioned, not the first one only."""
    for text in ("spelled Kadafi, Gaddafi or “Qaddafi”", "the group (also Hizbullah, Hizballah or Hizbollah)"):
        assert {edit.rule for edit in candidates_of(text)} == {"mention"}


@pytest.mark.parametrize(
    "text",
    [
        "New Film Says Shi'ites Were There",
        "the book says Shi'ites were there",
        'In the film he says: "The Shi\'ites are here."',
        "(or so the Shi'ites say)",
        "He spelled out what the Shi'ites want.",
    ],
)
def test_no_title_and_no_mention(text: str) -> None:
    """A work or a spelling in the line does not make a title or a mention of what merely stands there."""
    rules = {edit.rule for edit in candidates_of(text)}
    assert rules == ({"mention"} if text.startswith("(or") else {"safe"})


@pytest.mark.parametrize(
    "text",
    [
        "סוני",
        "מצלמת סוני חדשה",
        "גזל וחמס",
        "סיעת הליכוד",
        "القاعدة الجوية",
        "القاعدة العسكرية",
        "Golani soldiers entered",
    ],
)
def test_look_alikes_are_not_even_candidates(text: str) -> None:
    """Words of Hebrew and Arabic that only look like a name, and names spelled right, are nothing to the matcher."""
    assert candidates_of(text) == []


def test_every_rule_is_listed() -> None:
    """The rules and guards that edits may name are listed without repetition."""
    for rules in RULES.values():
        assert len(set(rules)) == len(rules)
    assert first_guard("chunk", "plain") is None
    assert guarded_spans("page", "<a <b> ```x ``` <c>") == ((3, 6, "markup"), (7, 15, "code"), (16, 19, "markup"))


@pytest.mark.parametrize(
    "piece", ["Hizbullah.x", "/Hizbullah", "'Hizbullah", "(Hizbullah", "`Hizbullah`", ".-Hizbullah", '="']
)
def test_one_long_chunk_costs_linear_time(piece: str, growth: Growth) -> None:
    """Four times as many spellings in one run without white space take about four times as many steps."""
    assert growth(lambda times: candidates_of(piece * times + " Hizbullah"), 200) < 6
