"""Attributes: each word of the table counts, and nothing that only looks like one; what hides an element."""

from __future__ import annotations

import numpy as np
import pytest

from bidi_news.marks import GROUPS, MARKS
from bidi_news.model import Page
from bidi_news.read import read_pages
from bidi_news.read.attributes import attribute_groups
from bidi_news.read.markup import Markup
from bidi_news.resources import parse_tsv, read_text

WORDS = [row for _, row in parse_tsv(read_text("html/words.tsv"), ("word", "group"), path="html/words.tsv")]


def groups_of(value: str) -> list[str]:
    """Return the groups of one class attribute."""
    markup = Markup.of([f'<div class="{value}"></div>'.encode()])
    owners, columns = attribute_groups(markup.data, markup.quoted, markup.tags, markup.tags.sign > 0)
    assert set(owners.tolist()) <= {1}
    return [MARKS[column].removeprefix("class:") for column in columns]


@pytest.mark.parametrize("form", ["{}", "x-{}_y", "{}Box9", "main {}"])
def test_every_word_of_the_table_is_found(form: str) -> None:
    """A word counts alone, between others, and before a capital, whatever its length."""
    for row in WORDS:
        assert row["group"] in GROUPS
        assert row["group"] in groups_of(form.format(row["word"]))


def test_words_of_the_table_can_be_told_apart() -> None:
    """A key has room for 2 to 16 letters and digits in lower case."""
    for row in WORDS:
        assert 2 <= len(row["word"]) <= 16
        assert row["word"].isascii()
        assert row["word"].isalnum()
        assert row["word"] == row["word"].lower()


@pytest.mark.parametrize(
    "value", ["", "navs", "na", "unnav", "adx", "headlinez", "recommendationsx", "articlebodyx", "9nav"]
)
def test_other_words_are_not(value: str) -> None:
    """A word that a known one begins, or that ends in one, is another word."""
    assert groups_of(value) == []


def test_words_fold_case_and_part_at_capitals() -> None:
    """Capitals count as letters in lower case, and one after another letter or a digit begins a word."""
    assert groups_of("NAV") == ["nav"]
    assert groups_of("siteNavFooter2 2Nav") == ["nav", "nav"]


def test_only_wanted_tags_are_read() -> None:
    """Attributes of other tags, and text that looks like one, say nothing."""
    markup = Markup.of([b'<i class="nav"></i><b id="share">text class="ad" more</b>'])
    wanted = np.arange(len(markup.closers)) == 3
    owners, columns = attribute_groups(markup.data, markup.quoted, markup.tags, wanted)
    assert [(owner, MARKS[column]) for owner, column in zip(owners, columns, strict=True)] == [(3, "class:share")]


@pytest.mark.parametrize(
    ("attribute", "hides"),
    [
        ("hidden", True),
        ('hidden="until-found"', True),
        ('aria-hidden="true"', True),
        ('aria-hidden="false"', False),
        ('style="display:none"', True),
        ('style="color:red; DISPLAY: None !important"', True),
        ('style="display:block; text-decoration:none"', False),
        ('style="display:"', False),
        ('title="display:none"', False),
        ('data-style="hidden"', False),
    ],
)
def test_hidden_elements_are_told(attribute: str, hides: bool) -> None:  # noqa: FBT001  (a table of cases)
    """An element is hidden by an attribute of its own or by its style, and by nothing that only looks like it."""
    page = read_pages([Page(html=f"<p>seen</p><p {attribute}>a <b>line</b></p><p>seen</p>")])[0]
    assert page.text == "seen\na line\nseen"
    assert page.marks is not None
    assert page.marks[:, MARKS.index("class:hidden")].tolist() == [0, float(hides), 0]
