"""What a person sees at a terminal: everything found, marked, and safe to print."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bidi_news.model import Article, Block, Blocks, Edit, Failure, Image, Issue, Label, Timestamp, Versions
from bidi_news.write.pretty import Terminal, article_pretty

TEXT = "כותרת הידיעה\nThe Shi'ite bloc met Katyusha crews.\n"
PLAIN = Terminal(width=60, colour=False, isolate=False)
STAMP = Timestamp(
    iso="2015-06-23T21:05:00+03:00",
    precision="minute",
    ambiguous=False,
    candidates=("2015-06-23T21:05:00+03:00",),
    raw="06.23.15, 21:05",
    start=None,
    end=None,
    label="פרסום ראשון",
    role="published",
    order="mdy",
    zone="Asia/Jerusalem",
    evidence=("field_over_12",),
)
EDIT = Edit(
    start=17,
    end=24,
    surface="Shi'ite",
    canonical="Shiite",
    lexeme="shiite",
    family="shiite",
    action="replace",
    rule="lexicon",
    score=1.0,
)
NOTE = replace(EDIT, start=34, end=42, surface="Katyusha", canonical="Katyusha rocket", action="annotate")
ARTICLE = Article(
    id="page.txt",
    status="ok",
    headline="כותרת הידיעה",
    language="he",
    direction="rtl",
    outlet="example",
    authors=("פלוני",),
    published=STAMP,
    edits=(EDIT, NOTE),
    images=(Image(caption="A tower", credit="Agency", start=0, end=1),),
    issues=(Issue(code="encoding_guessed", message="read as windows-1255"),),
    blocks=Blocks.of(
        [
            Block(start=0, end=12, label=Label.HEADLINE, language="he", score=1.0),
            Block(start=13, end=50, label=Label.BODY, language="en", score=0.9),
        ]
    ),
    text=TEXT,
    versions=Versions(bidi_news="0", data="0"),
)


@pytest.fixture(autouse=True)
def _english_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader's language be English, whatever the machine's is."""
    monkeypatch.setenv("LC_TIME", "en_GB.UTF-8")


def test_everything_found_is_shown() -> None:
    """Headline, date with its evidence, outlet, authors, image, issue and every block with its label are there."""
    shown = article_pretty(ARTICLE, replace(PLAIN, width=100))
    for part in (
        "2015-06-23T21:05:00+03:00",
        "23 June 2015, 21:05",
        "פרסום ראשון: 06.23.15, 21:05",
        "mdy, Asia/Jerusalem, field_over_12",
        "example",
        "פלוני",
        "A tower · Agency",
        "read as windows-1255 (encoding_guessed)",
    ):
        assert part in shown
    assert [line.split()[0] for line in shown.splitlines() if "│" in line] == ["headline", "body"]


def test_undecided_date_shows_its_candidates() -> None:
    """A date that is not decided is called so, with every reading."""
    stamp = replace(STAMP, iso=None, ambiguous=True, candidates=("2015-03-05", "2015-05-03"), precision="day")
    assert "undecided: 2015-03-05 or 2015-05-03" in article_pretty(replace(ARTICLE, published=stamp), PLAIN)


def test_edits_without_colours() -> None:
    """Without colours, brackets show what a spelling became, and what an annotated one could be."""
    shown = article_pretty(ARTICLE, replace(PLAIN, width=100))
    assert "The [Shi'ite → Shiite] bloc met [Katyusha = Katyusha rocket] crews." in shown
    assert "\x1b" not in shown


def test_edits_with_colours() -> None:
    """With colours the old spelling is struck and the new one bold; an annotation is underlined."""
    shown = article_pretty(ARTICLE, replace(PLAIN, width=100, colour=True))
    assert "\x1b[2;9mShi'ite\x1b[0m \x1b[1;32mShiite\x1b[0m" in shown
    assert "\x1b[4mKatyusha\x1b[0m" in shown


def test_lines_fit_and_hebrew_stands_right() -> None:
    """No line is wider than the terminal, and a Hebrew line ends at its right edge."""
    long = replace(
        ARTICLE,
        text="שלום עולם " * 40,
        edits=(),
        blocks=Blocks.of([Block(start=0, end=399, label=Label.BODY, language="he", score=1.0)]),
    )
    body = [line for line in article_pretty(long, PLAIN).splitlines() if "│" in line]
    assert len(body) > 5
    assert {len(line) for line in body} == {60}


def test_isolates_are_balanced() -> None:
    """Where isolates are asked for, each line opens one and closes it, and colours stay inside the line."""
    for line in article_pretty(ARTICLE, replace(PLAIN, isolate=True, colour=True)).splitlines():
        assert line.count("\u2068") == line.count("\u2069") <= 1
        assert len(re.findall(r"\x1b\[[\d;]+m", line)) == 2 * line.count("\x1b[0m")
    assert "\u2068" not in article_pretty(ARTICLE, PLAIN)


def test_page_cannot_steer_the_terminal() -> None:
    """Escape sequences in any field of a page come out as pictures."""
    evil = "\x1b]0;title\x07\x9b2J\u202e"
    page = replace(
        ARTICLE,
        id=evil,
        url=evil,
        headline=evil,
        deck=evil,
        authors=(evil,),
        text=evil + TEXT,
        edits=(),
        published=replace(STAMP, raw=evil, label=evil),
        images=(Image(caption=evil, credit=evil, start=0, end=1),),
        issues=(Issue(code="x", message=evil),),
    )
    shown = article_pretty(page, PLAIN)
    assert not set("\x1b\x07\x9b\u202e") & set(shown)


def test_error_page() -> None:
    """A page that failed shows why."""
    failed = Article(
        id=7,
        status="error",
        error=Failure(code="wrong_type", message="x, line 1: text is a number"),
        versions=ARTICLE.versions,
    )
    assert "x, line 1: text is a number (wrong_type)" in article_pretty(failed, PLAIN)


@pytest.mark.parametrize(
    ("environment", "choice", "expected"),
    [
        ({"COLUMNS": "72"}, {"tty": True, "bidi": None}, Terminal(width=72, colour=True, isolate=True)),
        ({"COLUMNS": "5"}, {"tty": True, "bidi": "none"}, Terminal(width=40, colour=True, isolate=False)),
        (
            {"COLUMNS": "900", "NO_COLOR": "1"},
            {"tty": True, "bidi": None},
            Terminal(width=120, colour=False, isolate=True),
        ),
        ({"COLUMNS": "80"}, {"tty": False, "bidi": None}, Terminal(width=80, colour=False, isolate=False)),
        ({"COLUMNS": "80"}, {"tty": False, "bidi": "isolate"}, Terminal(width=80, colour=False, isolate=True)),
    ],
)
def test_terminal_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], choice: dict[str, Any], expected: Terminal
) -> None:
    """COLUMNS, NO_COLOR and the user's choice are respected; piped output gets neither colours nor controls unasked."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Terminal.of(**choice) == expected
