"""Pages made of several: frames, stories, and what becomes of them."""

from __future__ import annotations

import numpy as np

from bidi_news.gold import GoldBlock, GoldPage
from bidi_news.model import Label, Page
from bidi_news.segment.graft import Frame, Story, frame_of, graft, story_of

LINES = (
    (Label.CHROME, "Home"),
    (Label.HEADLINE, "Old bridge falls"),
    (Label.DECK, "Nobody was on it."),
    (None, ""),
    (Label.BODY, "  It fell at noon. "),
    (None, ""),
    (Label.CROSSHEAD, "A witness"),
    (Label.BODY, "It was old."),
    (Label.CHROME, "Share"),
)
STORY = Story("other", ("One.", "Two.", "Three."), "Lamp lit", "At last.")


def page(lines: tuple[tuple[Label | None, str], ...] = LINES) -> GoldPage:
    """Return labelled lines as a page."""
    blocks, start = [], 0
    for label, line in lines:
        if label is not None:
            blocks.append(GoldBlock(start + len(line) - len(line.lstrip()), start + len(line.rstrip()), label))
        start += len(line) + 1
    return GoldPage(id=1, text=Page(text="\n".join(line for _, line in lines)), layout="bridge", blocks=tuple(blocks))


def grafted(story: Story | None) -> list[GoldPage]:
    """Return two hundred pages made of one."""
    frame = frame_of(page())
    assert frame is not None
    random = np.random.default_rng(0)
    return [made for made in (graft(frame, [frame], story, random) for _ in range(200)) if made is not None]


def lines_of(gold: GoldPage) -> list[tuple[Label | None, str]]:
    """Return the lines of a page that are not blank, stripped."""
    frame = frame_of(gold)
    assert frame is not None
    return [(label, line.strip()) for label, line in frame.lines if label]


def test_a_frame_is_every_line_of_a_page() -> None:
    """Labels and lines come back as they were; the article reaches from the headline to the last paragraph."""
    frame = frame_of(page())
    assert frame == Frame("bridge", LINES)
    assert frame.article() == range(1, 8)
    assert frame_of(GoldPage(id=1, text=Page(text="a"), body="a")) is None


def test_a_story_is_told_by_labels_or_by_the_body() -> None:
    """Paragraphs, headline and deck are found either way; a page without a body tells none."""
    told = story_of(page())
    assert told is not None
    assert (len(told.paragraphs), told.headline, told.deck) == (2, "Old bridge falls", "Nobody was on it.")
    known = story_of(GoldPage(id=1, text=Page(text="x"), body="One.\n\nTwo.", deck="At last."))
    assert known is not None
    assert (known.paragraphs, known.headline, known.deck) == (("One.", "Two."), None, "At last.")
    assert story_of(GoldPage(id=1, text=Page(text="x"))) is None


def test_another_story_is_told_in_the_same_frame() -> None:
    """Only lines of the frame and of the story stand on the page, each with its own label, and never both bodies."""
    allowed: set[tuple[Label | None, str]] = {
        (label, line.strip()) for label, line in LINES if label and label is not Label.BODY
    }
    allowed |= {(Label.BODY, line) for line in STORY.paragraphs}
    allowed |= {(Label.HEADLINE, "Lamp lit"), (Label.DECK, "At last.")}
    pages = [lines_of(made) for made in grafted(STORY)]
    assert all(set(lines) <= allowed for lines in pages)
    bodies = {tuple(line for label, line in lines if label is Label.BODY) for lines in pages}
    assert {("One.",), STORY.paragraphs} <= bodies


def test_without_a_story_the_article_stays_and_furniture_changes() -> None:
    """The lines of the article are all there in order; what surrounds it is not always the same."""
    article = [(label, line.strip()) for label, line in LINES[1:8] if label]
    pages = [lines_of(made) for made in grafted(None)]
    assert all([row for row in lines if row[0] is not Label.CHROME] == article for lines in pages)
    assert len({tuple(lines) for lines in pages}) > 3


def test_blocks_are_the_lines_of_the_text() -> None:
    """Each block of a page that was made is a line of its text without outer white space."""
    for made in grafted(STORY):
        assert made.text is not None
        text = made.text.text or ""
        assert [text[block.start : block.end] for block in made.blocks or ()] == [
            line.strip() for line in text.split("\n") if line.strip()
        ]
