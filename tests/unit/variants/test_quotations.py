"""Where quotations begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news import Options, Page
from bidi_news.pipeline import normalize, variants_batch
from bidi_news.variants.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Callable

    Growth = Callable[[Callable[[int], object], int], float]


def quoted(text: str) -> list[str]:
    """Return the quotations of a text."""
    return [text[start:end] for start, end in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "here" twice: “there” too', ['"here"', "“there”"]),
        ("‘So,’ he said, 'so'", ["‘So,’", "'so'"]),
        ('הוא אמר "כך" ואז ״כך״', ['"כך"', "״כך״"]),
        (',,כך" אמר', [',,כך"']),
        ("قال «نعم» ثم « لا »", ["«نعم»", "« لا »"]),
        ("„So“ sagt er »so«", ["„So“", "»so«"]),
        ("``this'' and ''that''", ["``this''", "''that''"]),
        ('("in brackets") —"after a dash" "x," "y."', ['"in brackets"', '"after a dash"', '"x,"', '"y."']),
        ('ב"הארץ" נכתב כי מ"חמאס" וב"חדשות"', ['"הארץ"', '"חמאס"', '"חדשות"']),
        ('قال و"حماس" قالت', ['"حماس"']),
        ('he said " with spaces " inside', ['" with spaces "']),
    ],
)
def test_marks_of_three_scripts(text: str, expected: list[str]) -> None:
    """The marks of English, Hebrew and Arabic, and their usual replacements, are read."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the Shi'ites' bloc and 'Id",
        "Shi'ite, Qur’an, Ka`ba",
        'דאע"ש וצה״ל, דו"חות ומש"קים',
        'a 5" gun',
        "rock 'n' roll"[:7],
        "",
    ],
)
def test_apostrophes_and_gershayim_are_no_quotations(text: str) -> None:
    """Marks inside words, after numbers and at the edges of words open nothing that is not closed."""
    assert quoted(text) == []


def test_nested() -> None:
    """A quotation inside another is found, in other marks or the same."""
    assert quoted("“He said ‘no’ to me”") == ["“He said ‘no’ to me”", "‘no’"]
    assert quoted('"He said "no" to me"') == ['"He said "no" to me"', '"no"']


def test_wrapped_lines_and_paragraphs() -> None:
    """A quotation runs over a line end; what a paragraph leaves open ends with the line that it began in."""
    assert quoted('"one\ntwo" three') == ['"one\ntwo"']
    assert quoted('"one\ntwo\n \nthree" four') == ['"one']
    assert quoted("“One.\n“Two.”\nThree") == ["“One.", "“Two.”"]
    assert quoted('a "b\nc "d" e') == ['"b', '"d"']


def test_apostrophe_that_opens_does_not_hide_what_follows() -> None:
    """A single quote that nothing closes was none; a double one counts to the end of its line."""
    assert quoted("the ‘Ashura “rite” of\nthem") == ["“rite”"]


@pytest.mark.parametrize("piece", ['"a ', 'a" ', "‘a ", '"', "«a ", "'a' ", 'ב"ab ', "“ ”", '"a\n', "'\n\n"])
def test_cost_is_linear(piece: str, growth: Growth) -> None:
    """Four times as many marks take about four times as many steps."""
    assert growth(lambda times: find_quotations(piece * times), 500) < 6


_TEXT = "The Shi'ites said: \"No Shi'ite left.\" The Qaddafi men did."


@pytest.mark.parametrize(
    ("policy", "text", "actions"),
    [
        ("replace", 'The Shiites said: "No Shiite left." The Gaddafi men did.', ["replace", "replace", "replace"]),
        ("annotate", 'The Shiites said: "No Shi\'ite left." The Gaddafi men did.', ["replace", "annotate", "replace"]),
        ("keep", 'The Shiites said: "No Shi\'ite left." The Gaddafi men did.', ["replace", "replace"]),
    ],
)
def test_policy_for_quotations(policy: str, text: str, actions: list[str]) -> None:
    """Spellings in quotations are replaced, annotated or kept, as asked; all others are replaced."""
    options = Options(in_quotes=policy)  # type: ignore[arg-type]
    [found] = variants_batch([Page(text=_TEXT)], options)
    assert found.text == text
    assert [edit.action for edit in found.edits] == actions
    assert [edit.rule for edit in found.held] == (["quotation"] if policy == "keep" else [])
    assert normalize(Page(text=_TEXT), options).edits == found.edits


def test_policy_does_not_weaken_a_guard() -> None:
    """What is annotated or kept outside quotations has the same rule inside them."""
    text = '"#Shi\'ite, he met Mohamed Salah"'
    for policy in ("replace", "annotate", "keep"):
        [found] = variants_batch([Page(text=text)], Options(in_quotes=policy))
        assert [edit.rule for edit in (*found.edits, *found.held)] == ["given_name", "tag"]
