"""An article as plain text has what a reader wants, and nothing else."""

from __future__ import annotations

from bidi_news.model import Article, Failure, Timestamp, Versions
from bidi_news.write.text import article_text

VERSIONS = Versions(bidi_news="0", data="0")
STAMP = Timestamp(
    iso="2015-06-23",
    precision="day",
    ambiguous=False,
    candidates=("2015-06-23",),
    raw="23.06.15",
    start=0,
    end=8,
    label=None,
    role="published",
    order="dmy",
    zone=None,
    evidence=(),
)


def test_parts_in_order() -> None:
    """Headline, deck, authors, date and normalized body follow each other; no bidi control is added."""
    text = article_text(
        Article(
            id=1,
            status="ok",
            headline="כותרת",
            deck="Deck",
            authors=("A", "ב"),
            published=STAMP,
            body="Shi'ite",
            normalized="Shiite",
            versions=VERSIONS,
        )
    )
    assert text == "כותרת\n\nDeck\n\nA, ב\n\n2015-06-23\n\nShiite\n"


def test_missing_parts_leave_no_gap() -> None:
    """What an article lacks leaves no blank line behind."""
    assert article_text(Article(id=1, status="ok", normalized="Body", versions=VERSIONS)) == "Body\n"


def test_error_is_told() -> None:
    """A page that failed is one line that says why."""
    failure = Failure(code="wrong_type", message="x, line 1: text is a number, not a string")
    text = article_text(Article(id=1, status="error", error=failure, versions=VERSIONS))
    assert text == "[wrong_type] x, line 1: text is a number, not a string\n"
