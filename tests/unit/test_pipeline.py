"""The program as a whole: records of single pages, batches, failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bidi_news import (
    Options,
    Page,
    find_timestamps,
    normalize,
    normalize_batch,
    normalize_variants,
    segment,
    split_page,
    variants,
)
from bidi_news.errors import OptionError
from bidi_news.model import Failure
from bidi_news.pipeline import Variants, variants_batch

if TYPE_CHECKING:
    from bidi_news.batch import Batch

STORY = """The lamp on the pier

The lamp on the pier was lit again on Sunday, eleven years after the harbour council had voted to light it at once.

Two Shi'ite fishermen and a Sunni one held the ladder, and the Koran and a psalm were read over the noise of the wind.
"""


def test_a_page_becomes_a_complete_record() -> None:
    """Body, spelling edits, language and direction stand in the record, and the text is kept whole."""
    article = normalize(Page(id=7, text=STORY))
    assert (article.id, article.status, article.language, article.direction) == (7, "ok", "en", "ltr")
    assert article.headline == "The lamp on the pier"
    assert [(edit.surface, edit.canonical) for edit in article.edits] == [("Shi'ite", "Shiite"), ("Koran", "Quran")]
    assert "Two Shiite fishermen" in article.normalized
    assert "Two Shi'ite fishermen" in article.body
    assert article.text == STORY


def test_batches_keep_order_and_number() -> None:
    """One page, one record, in order, failed pages included."""
    broken = Failure(code="invalid_json", message="line 2")
    pages = [Page(id=1, text=STORY), Page(id=2, failure=broken), Page(id=3, html="<p>x")]
    articles = normalize_batch(pages)
    assert [(article.id, article.status) for article in articles] == [(1, "ok"), (2, "error"), (3, "ok")]
    assert articles[1].error == broken


def test_an_ambiguous_date_is_an_error_only_when_asked() -> None:
    """``abstain`` leaves the date open with its candidates; ``error`` makes an error record that keeps everything."""
    page = Page(text="פרסום ראשון: 06.05.15, 10:15")
    open_date = normalize(page).published
    assert open_date is not None
    assert (open_date.iso, open_date.ambiguous, len(open_date.candidates)) == (None, True, 2)
    failed = normalize(page, Options(on_ambiguous="error"))
    assert failed.status == "error"
    assert failed.error is not None
    assert failed.error.code == "ambiguous_date"
    assert failed.text == page.text


def test_the_outlet_comes_from_the_address_the_markup_or_the_options() -> None:
    """The profile is found by url, by canonical link, or named; an unknown name is refused."""
    assert normalize(Page(text="x", url="https://www.ynetnews.com/article/1")).outlet == "ynetnews"
    assert normalize(Page(html='<link rel="canonical" href="https://www.ynetnews.com/a">')).outlet == "ynetnews"
    assert normalize(Page(text="x"), Options(outlet="ynetnews")).outlet == "ynetnews"
    with pytest.raises(OptionError, match="nowhere"):
        normalize(Page(text="x"), Options(outlet="nowhere"))


def test_one_shot_functions_agree_with_the_record() -> None:
    """Splitting, dating and rewriting alone give what the record has."""
    page = Page(text=STORY + "\nפרסום ראשון: 06.23.15, 21:05")
    article = normalize(page)
    assert split_page(page) == article.blocks
    assert find_timestamps(page) == (article.published,)
    text, edits = normalize_variants(page.text or "")
    assert edits == article.edits
    assert "Shi'ite" not in text


def test_images_pair_captions_with_credits_once() -> None:
    """A doubled caption is one image, and a credit on its own line joins the caption beside it."""
    doubled = "The ladder (Photo: Dana Levi)\n" * 2
    page = f"{STORY}\n{doubled}\nThe wind died down at about nine o'clock.\n"
    article = normalize(Page(text="Photo: Omar H\nThe pier at dusk\nPhoto: Omar H\n\n" + page))
    assert [(image.caption, image.credit) for image in article.images] == [
        ("The pier at dusk", "Omar H"),
        ("The ladder", "Dana Levi"),
    ]


def test_a_page_that_breaks_a_step_is_an_error_record_and_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected failure is narrowed down to its page; the others of the batch come out as they would alone."""
    label_lines = segment.label_lines

    def fragile(batch: Batch, outlets: list[None]) -> object:
        if any("poison" in document.text for document in batch.documents):
            raise MemoryError("too much")
        return label_lines(batch, outlets)

    monkeypatch.setattr(segment, "label_lines", fragile)
    pages = [Page(id=i, text="poison" if i == 3 else STORY) for i in range(6)]
    articles = normalize_batch(pages)
    assert [article.status for article in articles] == ["ok", "ok", "ok", "error", "ok", "ok"]
    assert articles[3].error == Failure(code="internal_error", message="MemoryError: too much")


def test_a_page_that_breaks_the_spellings_is_one_error_and_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a batch of texts only the one with the defect has an error; asked for alone, the defect is raised as it is."""
    find_candidates = variants.find_candidates

    def fragile(batch: Batch, **options: Any) -> object:
        if any("poison" in document.text for document in batch.documents):
            raise MemoryError("too much")
        return find_candidates(batch, **options)

    monkeypatch.setattr(variants, "find_candidates", fragile)
    found = variants_batch([Page(id=i, text="poison" if i == 3 else STORY) for i in range(6)])
    assert [len(own.edits) for own in found] == [2, 2, 2, 0, 2, 2]
    assert found[3] == Variants(error=Failure(code="internal_error", message="MemoryError: too much"))
    with pytest.raises(MemoryError):
        normalize_variants("poison")
