"""What was encoded, garbled or laced with unseen characters comes out as it was; what was not, stays as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bidi_news import Page, normalize, normalize_variants
from bidi_news.options import Options
from bidi_news.read.mojibake import repair
from bidi_news.strategies import (
    GarbledText,
    LegacyBytes,
    NoisyText,
    assert_idempotent,
    assert_offsets,
    assert_reversible,
    bidi_noise,
    legacy_bytes,
    mojibake,
    pages,
    texts,
)
from bidi_news.unicode.reorder import display_order, reading_order

STRIP = Options(bidi_controls="strip")


@given(legacy_bytes())
def test_old_encodings_are_read(case: LegacyBytes) -> None:
    """Hebrew in any of the encodings of old pages is read in reading order, without a declaration."""
    article = normalize(Page(data=case.data, form="text"))
    assert article.text == case.text
    assert "undecodable_bytes" not in {issue.code for issue in article.issues}


@given(mojibake())
def test_garbled_text_is_put_right(case: GarbledText) -> None:
    """Hebrew garbled in any of the known ways is put right, and an issue says that it was."""
    article = normalize(Page(text=case.garbled))
    assert article.text == case.text
    assert [issue.code for issue in article.issues] == ["mojibake_repaired"]


@given(mojibake())
def test_repair_is_done_once(case: GarbledText) -> None:
    """A text that was put right is left alone."""
    once = repair(case.garbled).text
    assert repair(once).text is once


@given(st.one_of(pages().map(lambda known: known.page.text or ""), legacy_bytes().map(lambda case: case.text)))
def test_clean_pages_are_not_repaired(text: str) -> None:
    """Pages in Hebrew and English are never touched."""
    assert repair(text).text is text


@given(bidi_noise())
def test_unseen_characters_are_reported(case: NoisyText) -> None:
    """Each kind of unseen character is said, and only those, at places where they stand."""
    article = normalize(Page(text=case.text))
    assert {issue.code for issue in article.issues} == case.codes
    assert {issue.start for issue in article.issues} <= set(case.places)
    assert_offsets(article)


@given(bidi_noise())
def test_stripping_gives_the_clean_text(case: NoisyText) -> None:
    """Stripped of its unseen characters, a text is what it was without them, but for joiners."""
    assert normalize_variants(case.text, STRIP)[0].replace("\u200d", "") == case.clean


@given(st.one_of(texts(), bidi_noise().map(lambda case: case.text)))
def test_stripping_keeps_the_laws(text: str) -> None:
    """Laws 3 and 4 hold for pages whose unseen characters are stripped."""
    assert_reversible(normalize(Page(text=text), STRIP))
    assert_idempotent(Page(text=text), STRIP)


@given(st.text(alphabet="אבםשת abz019.,:;()%-$\"'/", max_size=40), st.booleans())
def test_reading_order_is_proven(line: str, right_to_left: bool) -> None:  # noqa: FBT001  (drawn)
    """A line that is put into reading order is shown as it stood, whatever it is made of."""
    shown = display_order(line, right_to_left=right_to_left)
    found = reading_order(shown)
    if found is not None:
        core = shown.strip()
        assert core in {display_order(found.strip(), right_to_left=base) for base in (True, False)}
        assert sorted(found.translate({40: 41, 91: 93})) == sorted(shown.translate({40: 41, 91: 93}))
