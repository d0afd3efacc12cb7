"""The seven laws, on drawn pages, on hostile texts and bytes, and on every sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bidi_news import Page, find_timestamps, normalize
from bidi_news.options import Options
from bidi_news.resources import list_files, read_bytes
from bidi_news.strategies import (
    KnownPage,
    assert_batch_invariant,
    assert_idempotent,
    assert_lossless,
    assert_no_silent_guess,
    assert_offsets,
    assert_reversible,
    assert_total,
    pages,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bidi_news import Article

ARTICLE_LAWS = [assert_lossless, assert_offsets, assert_reversible, assert_no_silent_guess]
SAMPLES = [
    *(pytest.param(Page(data=read_bytes(name)), id=name) for name in list_files("samples", ".txt")),
    *(pytest.param(Page(html=read_bytes(name).decode()), id=name) for name in list_files("samples", ".html")),
]
TEXT_PAGES = texts().map(lambda text: Page(text=text))
MARKUP = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class='nav'>",
            "</div>",
            "<h1>",
            "</h1>",
            "<nav>",
            "<article>",
            "</article>",
            "<a href='/'>",
        ),
        *(
            "</a>",
            "<img>",
            "<br>",
            "<meta name='x'>",
            "<figcaption>",
            "</figcaption>",
            "<time datetime='2020-01-09'>",
            "<x-y>",
        ),
        *(
            "Home",
            "By Dana Melamed",
            "Published: 14 March 2019, 18:05",
            "צילום: רויטרס",
            "The pilots went back to work.",
            " ",
        ),
    ]
)
HTML_PAGES = st.one_of(texts(), st.lists(MARKUP, max_size=40).map("".join)).map(lambda text: Page(html=text))
KNOWN_PAGES = pages(max_paragraphs=3).map(lambda known: known.page)
ANY_PAGE = st.one_of(KNOWN_PAGES, TEXT_PAGES, HTML_PAGES)
ANY_BYTES = st.one_of(
    st.binary(max_size=200),
    texts().map(lambda text: text.encode("utf-8", "surrogatepass")),
    texts().map(lambda text: text.encode("cp1255", "replace")),
    texts().map(lambda text: text.encode("utf-16", "surrogatepass")),
)
EVERY_OPTION = st.builds(
    Options,
    date_order=st.sampled_from(["auto", "dmy", "mdy", "ymd"]),
    on_ambiguous=st.sampled_from(["abstain", "guess", "error"]),
)


@pytest.mark.parametrize("law", ARTICLE_LAWS)
@example(page=Page(html="\r\ud800"))  # a place in the markup is no place in the text
@given(page=ANY_PAGE)
def test_records_keep_the_laws(law: Callable[[Article], None], page: Page) -> None:
    """Laws 1, 2, 3 and 6 hold for the record of any page."""
    law(normalize(page))


@pytest.mark.parametrize("law", ARTICLE_LAWS)
@pytest.mark.parametrize("page", SAMPLES)
def test_sample_records_keep_the_laws(law: Callable[[Article], None], page: Page) -> None:
    """Laws 1, 2, 3 and 6 hold for the record of every sample."""
    law(normalize(page))


@given(ANY_PAGE)
def test_normalizing_again_makes_no_edit(page: Page) -> None:
    """Law 4 holds for any page."""
    assert_idempotent(page)


@pytest.mark.parametrize("page", SAMPLES)
def test_normalizing_a_sample_again_makes_no_edit(page: Page) -> None:
    """Law 4 holds for every sample."""
    assert_idempotent(page)


@example(drawn=[Page(text="A1 ديسمبر/٢000")])  # a month with one number near it, and another in the next page
@example(drawn=[Page(html="<!DOCTYPE html><p>Home</p>")] * 2)  # a tag that nothing closes
@given(drawn=st.lists(ANY_PAGE, min_size=1, max_size=4))
def test_a_page_is_the_same_in_any_batch(drawn: list[Page]) -> None:
    """Law 5 holds for any pages together."""
    assert_batch_invariant(drawn)


def test_samples_are_the_same_in_any_batch() -> None:
    """Law 5 holds for all samples together."""
    assert_batch_invariant([parameter.values[0] for parameter in SAMPLES])  # type: ignore[misc]  # pages, as made above


@given(data=ANY_BYTES, options=EVERY_OPTION)
def test_any_bytes_give_a_record(data: bytes, options: Options) -> None:
    """Law 7 holds for any bytes in any encoding, under every option."""
    assert_total(data, options)


SENTENCE = "The night boat would sail again, they said on Sunday, after a winter in which it had not sailed at all.\n"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page(text="ab\n" * 200_000), id="200,000 lines"),
        pytest.param(Page(text="word " * 1_000_000), id="one line of 5 MB"),
        pytest.param(Page(text="1.2.3 " * 100_000), id="one line of numbers"),
        pytest.param(Page(text="06.23.15, 21:05\n" * 20_000), id="20,000 stamps"),
        pytest.param(Page(text="Shi'ite " * 50_000), id="50,000 spellings in one line"),
        pytest.param(Page(text="וכשלכש" * 100_000), id="one Hebrew word of 600,000 letters"),
        pytest.param(Page(html="<div>" * 50_000 + "x"), id="50,000 open elements"),
        pytest.param(Page(text=f"{SENTENCE}Photo: Dana Levi\nA lamp at dusk\n" * 20_000), id="20,000 credits"),
        pytest.param(Page(text=f"{SENTENCE}Comments\n" * 20_000), id="20,000 comment forms"),
        pytest.param(Page(text="23/06/15 21:05\nDana Levi\n" * 20_000), id="20,000 names with stamps and no body"),
    ],
)
def test_large_pages_are_linear(page: Page) -> None:
    """Law 7: pages that punish a quadratic step pass within the suite's time, and keep every character."""
    article = normalize(page)
    assert article.status == "ok"
    assert_lossless(article)
    assert_reversible(article)


@given(pages())
def test_blocks_are_the_lines(known: KnownPage) -> None:
    """The blocks of a drawn page stand where its lines were put."""
    blocks = normalize(known.page).blocks
    assert [(block.start, block.end) for block in blocks] == [
        (span.start, span.end) for span, _ in known.expected.blocks
    ]


@given(pages())
def test_drawn_stamps_are_read(known: KnownPage) -> None:
    """The stamp of a drawn page is found whole and read as it was written, or left open with both readings."""
    expected = known.expected
    found = {(stamp.start, stamp.end): stamp for stamp in find_timestamps(known.page)}
    if expected.stamp is not None:
        stamp = found[expected.stamp.start, expected.stamp.end]
        assert (stamp.iso, tuple(sorted(stamp.candidates))) == (expected.published, expected.candidates)


@given(pages(language="en"))
def test_drawn_spellings_are_replaced(known: KnownPage) -> None:
    """Exactly the spellings that a drawn page was given are replaced, each by the house form."""
    edits = [edit for edit in normalize(known.page).edits if edit.action == "replace"]
    assert [((edit.start, edit.end), edit.canonical) for edit in edits] == [
        ((span.start, span.end), canonical) for span, canonical in known.expected.edits
    ]
