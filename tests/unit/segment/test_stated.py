"""What JSON-LD states of the body, found among the lines."""

from __future__ import annotations

from bidi_news.batch import Batch, Document, Evidence
from bidi_news.model import Page
from bidi_news.segment.stated import stated_shares

BODY = "The mill was closed in spring. Nobody came to see it."


def batch(*pages: tuple[str, str | None]) -> Batch:
    """Return a batch of texts, each with the body that its page states."""
    return Batch.of(Document(page=Page(text=text), text=text, evidence=Evidence(body=body)) for text, body in pages)


def test_lines_of_the_stated_body_are_found() -> None:
    """Case and punctuation do not count; a line with half of its words there has half a share."""
    text = "Menu\nTHE MILL was closed, in spring\nnobody came to the sea at all, friends"
    assert stated_shares(batch((text, BODY))).tolist() == [0, 1, 3 / 8]


def test_words_count_only_beside_their_neighbours() -> None:
    """The same words in another order say nothing."""
    assert stated_shares(batch(("it see to came nobody", BODY))).tolist() == [0]


def test_a_page_is_not_told_by_the_body_of_another() -> None:
    """Two pages of one batch do not share what they state, nor does a pair reach over the end of a page."""
    pages = batch((BODY, None), ("Nobody", "in spring"), ("came", BODY), (BODY, BODY))
    assert stated_shares(pages).tolist() == [0, 0, 0, 1]


def test_a_batch_without_stated_bodies_has_no_shares() -> None:
    """Nor has one without a line."""
    assert stated_shares(batch((BODY, None))).tolist() == [0]
    assert stated_shares(batch(("", BODY))).tolist() == []


def test_words_of_two_pages_are_no_neighbours() -> None:
    """The last word of a page and the first of the next are no pair that a body could state."""
    pages = batch(("alpha", "alpha beta"), ("beta", "beta gamma"))
    assert stated_shares(pages).tolist() == [0, 0]
