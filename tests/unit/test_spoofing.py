"""Unseen characters are counted, and those that can deceive are reported where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news import Page, normalize
from bidi_news.batch import Batch, Document
from bidi_news.spoofing import find_unseen
from bidi_news.unicode.classes import class_table
from bidi_news.unicode.controls import UNSEEN_CLASSES, kind_of, strippable, unseen_table

if TYPE_CHECKING:
    from bidi_news.model import Issue


def found(*texts: str) -> list[tuple[Issue, ...]]:
    """Return what is said of some pages."""
    return find_unseen(Batch.of([Document(page=Page(text=text), text=text) for text in texts]))


def spoofs(text: str) -> list[tuple[str, int | None, int | None]]:
    """Return the spoofs of one page: all but the inventory."""
    return [(issue.code, issue.start, issue.end) for issue in found(text)[0] if issue.code != "unseen_characters"]


def test_inventory_names_and_counts() -> None:
    """Each unseen character is named and counted, the most frequent first; the place is that of the first."""
    ((issue,),) = found("א\u200f ב\u200f\u200e")
    assert (issue.code, issue.start, issue.end) == ("unseen_characters", 1, 2)
    assert issue.message == "the page holds 2 × U+200F RIGHT-TO-LEFT MARK, 1 × U+200E LEFT-TO-RIGHT MARK"


def test_pages_without_any_have_no_issue() -> None:
    """A page has the issues of its own characters, not those of its neighbours."""
    assert [len(issues) for issues in found("abc", "א\u200f", "", "“quoted” – text…")] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u202e17.05.18\u202c, 16:57", [("bidi_override", 0, 10)]),
        ("a \u202dbc\nd", [("bidi_override", 2, 5), ("bidi_unclosed", 2, 5)]),
        ("a \u2067b\n\u2069", [("bidi_unclosed", 2, 4)]),
        ("\u2066a \u202bb\u2069 c", []),
        ("\u2066a\u2069 \u202bb\u202c", []),
        ("\u202aa \u2067b\u202c\u2069\u202c", []),
        ("\u202c\u2069", []),
        ("if \u2066access\u2069 != \u202e\u2066user", [
            ("bidi_override", 15, 21), ("bidi_unclosed", 15, 21), ("bidi_unclosed", 16, 21)
        ]),
    ],
)  # fmt: skip
def test_stretches(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Overrides, and whatever is not closed in its line, are reported; what is closed, or closes nothing, is not."""
    assert spoofs(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("pay\u200bpal", (3, 4)),
        ("של\u200fום", (2, 3)),
        ("של\u200dום", (2, 3)),
        ("של\ufeff\u2060ום", (2, 4)),
        ("ســ\u200bلام", (3, 4)),
        ("שָ\u200eלום", (2, 3)),
    ],
)
def test_inside_a_word(text: str, place: tuple[int, int]) -> None:
    """An unseen character between two letters of one script is reported."""
    assert spoofs(text) == [("unseen_in_word", *place)]


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "exam\u00adple", "ל\u200eNATO", "👩\u200d👩", "abc\u200b, def", "สวัส\u200bดี", "ab\u200b"]
)
def test_at_home(text: str) -> None:
    """Persian joiners, soft hyphens, marks between scripts and pictures of several characters are no spoofs."""
    assert spoofs(text) == []


def test_issues_of_one_kind_are_bounded() -> None:
    """Twenty places are reported, and the last says how many more there are; the cost stays linear."""
    (issues,) = found("\u2067\u202a" * 25_000)
    assert len([issue for issue in issues if issue.code == "bidi_unclosed"]) == 20
    assert issues[-1].message.endswith("49980 more like this on the page")


def test_tags_and_fillers_are_seen() -> None:
    """Characters outside the bidi controls, and above U+FFFF, are in the inventory; variation selectors are not."""
    ((issue,),) = found("\N{HANGUL FILLER} \U000e0041 \ufe0f \U000e0100")
    assert issue.message == "the page holds 1 × U+3164 HANGUL FILLER, 1 × U+E0041 TAG LATIN CAPITAL LETTER A"


def test_table_and_kinds_agree() -> None:
    """What the table says is unseen has a kind, and what can be dropped is unseen."""
    codes = [code for code in range(0x10000) if unseen_table()[code]]
    assert all(kind_of(chr(code)) for code in codes)
    assert {code for code in range(0x10000) if strippable().match(chr(code))} < set(codes)


def test_every_unseen_character_is_of_a_class_that_is_looked_at() -> None:
    """A character is looked at by its class alone, so no unseen one may be of another."""
    assert set(class_table()[unseen_table()].tolist()) <= set(map(int, UNSEEN_CLASSES))


def test_record_has_them() -> None:
    """A record carries what was found, after what reading the page had to say."""
    article = normalize(Page(data="פורסם\u202e: 17.05.18".encode("utf-16-le")))
    assert [issue.code for issue in article.issues] == [
        "encoding_guessed",
        "unseen_characters",
        "bidi_override",
        "bidi_unclosed",
    ]
