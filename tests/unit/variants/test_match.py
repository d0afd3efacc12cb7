"""The matcher: spans, annotations, edges, and the cost of a hostile line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.model import Edit, Page
from bidi_news.variants import apply_edits, find_edits, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    Growth = Callable[[Callable[[int], object], int], float]


def edits_of(text: str, style: str = "house") -> tuple[Edit, ...]:
    """Return the edits of one page."""
    [edits] = find_edits(Batch.of([Document(page=Page(text=text), text=text)]), load_lexicon(style))
    return edits


def test_edit_says_what_why_and_where() -> None:
    """Every field of an edit is filled from the lexicon and the page."""
    [edit] = edits_of("Two Shi'ite militias")
    assert edit == Edit(
        start=4,
        end=11,
        surface="Shi'ite",
        canonical="Shiite",
        lexeme="shiite",
        family="shia",
        action="replace",
        rule="safe",
        score=1.0,
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Mohamed Salah scored.", "given_name"),
        ("Hapoel Be'er Sheva won.", "organisation"),
        ("Peter Daish wrote it.", "other_name"),
        ("The Chamas report was late.", "ambiguous"),
        ("They spoke in Sulaimani on Monday.", "blocked"),
        ('The book "The Road to Fallujah and Rakka" sold well.', "title"),
    ],
)
def test_doubt_is_annotated_with_its_rule(text: str, rule: str) -> None:
    """What is not certain is shown with the rule that kept it, and not replaced."""
    assert [(edit.action, edit.rule) for edit in edits_of(text)] == [("annotate", rule)]


def test_edits_are_disjoint_and_in_order() -> None:
    """The longest of overlapping forms stays, and edits come in page order."""
    edits = edits_of("Kataib Hizbullah and Hizbullah")
    assert [(edit.surface, edit.lexeme) for edit in edits] == [
        ("Kataib Hizbullah", "kataib-hezbollah"),
        ("Hizbullah", "hezbollah"),
    ]


def test_shorter_form_where_the_longer_has_no_edge() -> None:
    """A longer form whose edge fails does not hide the shorter one."""
    [edit] = edits_of("Rosh Hashana'ya is no word, but Hizb Allah'ye is neither; Chanuka")
    assert edit.surface == "Chanuka"


def test_offsets_count_code_points_of_the_page() -> None:
    """Offsets are right after astral characters and Hebrew, on any page of a batch."""
    texts = ["😀 שלום Hizbullah", "", "חָמָאס 😀😀 in Petach Tikva"]
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    found = find_edits(batch, load_lexicon("house"))
    for text, edits in zip(texts, found, strict=True):
        assert [text[edit.start : edit.end] for edit in edits] == [edit.surface for edit in edits]
    assert [len(edits) for edits in found] == [1, 0, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Petach\n    Tikva now", "in Petah\n    Tikva now"),
        ("in Petach\r\nTikva", "in Petah\r\nTikva"),
        ("the Khan\N{NO-BREAK SPACE}Younis road", "the Khan\N{NO-BREAK SPACE}Yunis road"),
        ("Umm el-Fahm, Um\nal-Fahm", "Umm al-Fahm, Umm\nal-Fahm"),
        ("Petach-Tikva, Eid-ul-Fitr", "Petah Tikva, Eid al-Fitr"),
        ("AL-QAIDA'S MEN; Al-Qaida’s men", "AL-QAEDA'S MEN; Al-Qaeda’s men"),
        ("the Shi'ites' vote, SHI'ITES, two Qaddafis", "the Shiites' vote, SHIITES, two Gaddafis"),
        ("anti-Hizbullah, Hizbullah-led, post-Gadhafi-era", "anti-Hezbollah, Hezbollah-led, post-Gaddafi-era"),
        ("In Khan Younis And Deir El-Balah", "In Khan Yunis And Deir Al-Balah"),
        ("(Hizbullah) “Hizbullah” \N{RIGHT-TO-LEFT ISOLATE}Hizbullah\N{POP DIRECTIONAL ISOLATE}",
         "(Hezbollah) “Hezbollah” \N{RIGHT-TO-LEFT ISOLATE}Hezbollah\N{POP DIRECTIONAL ISOLATE}"),
        ("וכשבחיזבללה, ולאל-קעידה", "וכשבחיזבללה, ולאל-קאעידה"),
        ("החות'ים והחותים", "החות'ים והחות'ים"),
        ("والقذافى للقذافى بالقذافى فالقذافى", "والقذافي للقذافي بالقذافي فالقذافي"),
        ("القَذّافى", "القذافي"),
    ],
)  # fmt: skip
def test_name_is_found_however_it_is_written(text: str, expected: str) -> None:
    """White space, wraps, case, endings, compounds, proclitics, niqqud and harakat hide no name, and stay."""
    assert apply_edits(text, edits_of(text)) == expected


@pytest.mark.parametrize(
    "text", ["Imran Khan – Younis agreed", "in the Khan\n \nYounis said", "Al - Qaida", "Deir al-\nZour"]
)
def test_what_parts_two_names_makes_none_of_them(text: str) -> None:
    """A dash between spaces or a blank line stands between two names, not in one; and no edit joins two lines."""
    assert apply_edits(text, edits_of(text)) == text


def test_language_of_the_page_decides_a_line_without_function_words() -> None:
    """A heading in a page of another language is that language's, in an English page it is English."""
    german = "Hizbullah\nDas ist nicht der Tag und die Nacht.\n"
    english = "Hizbullah\nIt was not the day and the night.\n"
    assert edits_of(german) == ()
    assert [edit.canonical for edit in edits_of(english)] == ["Hezbollah"]
    assert [edit.canonical for edit in edits_of(german + "The men of Hizbullah were in the town.")] == ["Hezbollah"]


def test_no_pages() -> None:
    """A batch without pages, and pages without words, have no edits."""
    assert find_edits(Batch.of([]), load_lexicon("house")) == []
    assert edits_of("") == ()


@pytest.mark.parametrize(
    "piece",
    [
        "Daish ",
        "Shi'ite “Al ",
        'the "Big Daish" book ',
        "القذافى ",
        'דאע"ש ',
        "al-",
        "Khan ",
        "<b Hizbullah ",
        "//Hizbullah",
    ],
)
def test_long_line_costs_linear_time(piece: str, growth: Growth) -> None:
    """Four times as much of one line takes about four times as many steps, not sixteen."""
    assert growth(lambda times: edits_of(piece * times), 200) < 6
