"""The laws of the variants step, on drawn texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bidi_news.batch import Batch, Document
from bidi_news.model import Edit, Page
from bidi_news.strategies.variants import VariantCase, variants
from bidi_news.variants import apply_edits, find_edits, invert_edits, load_lexicon
from bidi_news.variants.names import match_names, score_pairs
from bidi_news.variants.quotations import find_quotations
from bidi_news.variants.styles import style_names

if TYPE_CHECKING:
    from bidi_news.options import InQuotes

_PIECES = st.sampled_from([
    "Shi'ite", "al-Qaida", "Al", "el-", "Qaddafi", "Daish", "fighters", "Peter", " ", " ", " ", "\n", "-", "'s", "’",
    "Hizb", "Allah", "Hizbullah", "Petach", "Tikva", "לחיזבללה", "אל", "-", "קעידה", 'דאע"ש', "القذافى", "و", '"', ".",
    "Khan", "Younis", "the", "Nasrullah", "Sana", "in", "jehad", "ʿ", "/", "@", "<", ">", "University", "of", "#",
    "\N{HEBREW POINT QAMATS}", "\N{ZERO WIDTH JOINER}", "SHI'ITE", "AL-QAIDA", "'S", "s'", "Raqqah", "HIZBULLAH", "“",
    "”", "«", "»", "‘", 'ב"', ",", "(", ")", "book", "Inside", "spelled", "also", "or", "pro-", "-led", "-LED", "=",
    "`", "{", ":", "Chamas", "Hizballah",
])  # fmt: skip


def edits_of(*texts: str, style: str = "house", in_quotes: InQuotes = "replace") -> list[tuple[Edit, ...]]:
    """Return the edits of some pages in one batch."""
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    return find_edits(batch, load_lexicon(style), in_quotes)


@pytest.mark.parametrize("style", style_names())
@given(data=st.data())
def test_safe_spellings_become_the_canonical_one(style: str, data: st.DataObject) -> None:
    """Every safe spelling becomes the style's, and nothing around it changes."""
    case: VariantCase = data.draw(variants(style=style))
    [edits] = edits_of(case.text, style=style)
    assert apply_edits(case.text, edits) == case.expected_text


@example("ʿAl -Houms")
@example("Daish in Raqqah")
@example("Nasrullah and HIZBULLAH")
@example("Hizballah Daish")
@example("Shi'iteʿ\N{HEBREW POINT QAMATS}")
@example("al-al-Qaddafi ʿQaddafiʾʾ")
@example("EID ALFITRʿ\N{COMBINING ACUTE ACCENT}")
@example("וKATAIB HEZB ALLA’\N{HEBREW POINT QAMATS}")
@example("ID EL FITER.shabu'ot then")
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_edits_can_be_undone_and_made_once(text: str) -> None:
    """Edits fit the text, inverting them gives the source back, and a second pass finds nothing to replace."""
    [edits] = edits_of(text)
    normalized = apply_edits(text, edits)
    assert apply_edits(normalized, invert_edits(text, edits)) == text
    [again] = edits_of(normalized)
    assert [edit for edit in again if edit.action == "replace"] == []


@pytest.mark.parametrize("in_quotes", ["annotate", "keep"])
@given(text=st.lists(_PIECES, max_size=25).map("".join))
def test_policy_for_quotations_spares_them_and_nothing_else(in_quotes: InQuotes, text: str) -> None:
    """The edits outside quotations are the same under any policy, inside none is made, and a second pass makes none."""
    quotations = find_quotations(text)
    [edits] = edits_of(text, in_quotes=in_quotes)
    made = [edit for edit in edits if edit.action == "replace"]
    [others] = edits_of(text)
    outside = [edit for edit in others if not any(start <= edit.start < end for start, end in quotations)]
    assert made == [edit for edit in outside if edit.action == "replace"]
    [again] = edits_of(apply_edits(text, edits), in_quotes=in_quotes)
    assert [edit for edit in again if edit.action == "replace"] == []


@given(st.lists(st.lists(_PIECES, max_size=12).map("".join), min_size=1, max_size=4))
def test_edits_do_not_depend_on_the_batch(texts: list[str]) -> None:
    """A page has the same edits alone and among others."""
    assert edits_of(*texts) == [edits_of(text)[0] for text in texts]


_WORDS = ["Yasser", "ياسر", "יאסר", "Arafat", "ערפאת", "عرفات", "Y.", "J", "al-", "Abd", "bin", "Kafr", "כפר", "Nablus"]
_NAMES = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join))


@given(_NAMES, _NAMES)
def test_matching_is_total_and_even_handed(a: str, b: str) -> None:
    """Any two strings have a likeness between 0 and 1, the same in both orders, and by the same steps."""
    match, turned = match_names(a, b), match_names(b, a)
    assert 0 <= match.score <= 1
    assert (turned.score, turned.same, turned.rule) == (match.score, match.same, match.rule)
    if a != b:
        mirrored = [(step.right, step.left, step.worth) for step in turned.steps]
        assert mirrored == [(step.left, step.right, step.worth) for step in match.steps]


@given(_NAMES)
def test_name_matches_itself(name: str) -> None:
    """Every string is the same name as itself."""
    assert match_names(name, name).score == 1


@given(st.lists(st.tuples(_NAMES, _NAMES), max_size=8))
def test_pairs_do_not_depend_on_the_batch(pairs: list[tuple[str, str]]) -> None:
    """A pair has the same score alone and among others."""
    together = score_pairs([a for a, _ in pairs], [b for _, b in pairs])
    assert together.scores.tolist() == [match_names(a, b).score for a, b in pairs]
    assert together.rules == tuple(match_names(a, b).rule for a, b in pairs)
