"""Templates, on drawn pages: no order matters, no single page's line is learned, the file says the same again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bidi_news import Page
from bidi_news.options import Options, Recurrence
from bidi_news.outlets import load_outlets
from bidi_news.profile import Outlet, outlet_text, parse_outlet
from bidi_news.templates import Templates, learn_templates

COMMON = [
    "ראשי",
    "Tide tables",
    "Sign up for our newsletter",
    "12 comments",
    "7 comments",
    "Photo: Reuters",
    "עמוד\u200f 3",
    "שִׁתּוּף",
    "The harbour office keeps its books open to every captain and to every heir of a captain.",
]
LINES = st.lists(st.one_of(st.sampled_from(COMMON), st.text(max_size=20)), max_size=8)
ADDRESSES = st.sampled_from(
    ["https://a.example/", "https://www.a.example/", "https://ynet.co.il/", "https://b.example/"]
)
PAGES = st.lists(
    st.builds(
        lambda lines, host, number: Page(text="\n".join(lines), url=f"{host}{number}"),
        LINES,
        ADDRESSES,
        st.integers(0, 9),
    ),
    max_size=12,
)
PROFILES = st.builds(
    Outlet,
    id=st.just("mine"),
    name=st.text(min_size=1),
    hosts=st.just(("mine.example",)),
    language=st.just("he"),
    zone=st.just("UTC"),
    date_order=st.sampled_from([None, "dmy"]),
    chrome=st.lists(st.text().filter(str.strip)).map(tuple),
    stamp_labels=st.dictionaries(st.text().filter(str.strip), st.sampled_from(["published", "modified", "other"])),
    sources=st.lists(st.text().filter(str.strip), min_size=1).map(tuple),
)


def said(text: str) -> str:
    """Return the letters of a text: what a line says, without figures, punctuation and marks."""
    return "".join(char for char in text.lower() if char.isalpha())


@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_the_pages_does_not_matter(pages: list[Page], random: object) -> None:
    """The same pages in any order teach the same."""
    shuffled = list(pages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert learn_templates(pages) == learn_templates(shuffled)


@given(PAGES)
def test_a_line_of_one_page_is_never_learned(pages: list[Page]) -> None:
    """Every learned line says what at least two pages of different addresses say."""
    for outlet in learn_templates(pages, often=Recurrence(least_articles=2)).outlets:
        known = load_outlets()["ynet"].chrome if outlet.id == "ynet" else ()
        for phrase in outlet.chrome[len(known) :]:
            pages_with = {
                page.url for page in pages for line in (page.text or "").splitlines() if said(line) == said(phrase)
            }
            assert len(pages_with) >= 2


@given(PAGES)
def test_learning_again_changes_nothing(pages: list[Page]) -> None:
    """The file of a learned profile gives the same profile, and with it the same pages teach nothing new."""
    outlets = learn_templates(pages, often=Recurrence(least_articles=2)).outlets
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{outlet.id}.toml") for outlet in outlets]
        for path, outlet in zip(paths, outlets, strict=True):
            path.write_text(outlet_text(outlet), "utf-8", newline="\n")
            assert parse_outlet(path.read_text("utf-8"), str(path)) == (outlet, ())
        options = Options(outlets=tuple(map(str, paths)))
        again: Templates = learn_templates(pages, options, often=Recurrence(least_articles=2))
    assert again.outlets == ()


@given(PROFILES)
def test_the_file_of_a_profile_says_all_of_it(outlet: Outlet) -> None:
    """Whatever its strings hold, a profile that is written and read is the same."""
    assert parse_outlet(outlet_text(outlet), "mine.toml") == (outlet, ())
