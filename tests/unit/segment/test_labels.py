"""Labels of whole pages: furniture and its kinds, languages, weak lines between strong ones."""

from __future__ import annotations

import pytest

from bidi_news import Label, Options, Page, normalize, normalize_batch, split_page
from bidi_news.batch import Batch, Document
from bidi_news.outlets import get_outlet
from bidi_news.segment.labels import models_of
from bidi_news.segment.network import MODELS

PARAGRAPHS = (
    "The ferry company said on Sunday that the night boat would sail again, after a winter in which it had not.",
    "Passengers who had waited on the pier since six in the evening were given tea, and then a second tea.",
    "The captain, who has sailed the route for thirty years, said that the sea was the same as it had always been.",
)


def article(*more: str) -> str:
    """Return a small article with lines of our own after its first paragraph."""
    return "\n\n".join(["Night boat sails again", PARAGRAPHS[0], *more, *PARAGRAPHS[1:]])


def test_furniture_has_its_kind() -> None:
    """Lines that are page furniture word for word are chrome of their kind, whatever their case and punctuation."""
    blocks = split_page(Page(text="Menu\n" + article() + "\n\nSHARE THIS!\n\nתגובה חדשה\n\nAll rights reserved."))
    kinds = {str(block.kind) for block in blocks if block.label is Label.CHROME}
    assert {"nav", "share", "comments", "legal"} <= kinds


def test_furniture_inside_the_body_is_no_body() -> None:
    """A known phrase between two paragraphs is chrome, and the paragraphs around it are not."""
    blocks = split_page(Page(text=article("Advertisement")))
    assert [str(block.label) for block in blocks] == ["headline", "body", "chrome", "body", "body"]


def test_phrases_of_the_outlet_are_furniture() -> None:
    """A profile's chrome phrases count for its own pages."""
    phrase = get_outlet("ynet").chrome[0]
    blocks = split_page(Page(text=article(phrase)), Options(outlet="ynet"))
    assert blocks[2].label is Label.CHROME


def test_short_lines_between_paragraphs_are_let_in() -> None:
    """Dialogue is body although its lines are short."""
    labels = [block.label for block in split_page(Page(text=article('"Is it cold?"', '"It is the sea."')))]
    assert labels.count(Label.BODY) == 5


def test_each_line_has_its_language_and_the_page_that_of_its_body() -> None:
    """Hebrew chrome around an English article is Hebrew, and the article English."""
    page = normalize(Page(text="חדשות היום של העיר\n" + article() + "\n\nכל הזכויות שמורות של האתר"))
    assert (page.language, page.direction) == ("en", "ltr")
    assert [block.language for block in page.blocks] == ["he", "en", "en", "en", "en", "he"]


def test_a_page_without_words_has_no_language() -> None:
    """Nothing to vote leaves the language undecided, or to the hint."""
    assert normalize(Page(text="12 34\n\n56")).language == "und"
    assert normalize(Page(text="12 34", language="ar")).language == "ar"


def test_a_bare_flash_is_an_article() -> None:
    """A single paragraph under a headline is a body, not a standfirst."""
    text = f"Night boat sails again\n{PARAGRAPHS[0]}\nפרסום ראשון: 03.19.14, 06:30\nשתף\nהדפסה"
    assert normalize(Page(text=text)).body == PARAGRAPHS[0]


def test_the_frame_of_an_article_at_the_top_of_its_page() -> None:
    """Byline and stamp right under a headline in the first line are found."""
    text = f"Night boat sails again\n\nBy Dana Levi\nPublished: 3 May 2012 10:15\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    labels = [str(block.label) for block in split_page(Page(text=text))]
    assert labels == ["headline", "byline", "timestamp", "body", "body"]
    assert normalize(Page(text=text)).authors == ("Dana Levi",)


def test_a_page_that_says_its_article_is_missing_has_none() -> None:
    """A sentence of a site about a page that it has not is no article, whatever the language."""
    for missing, reason in (
        (
            "הדף שחיפשתם לא נמצא, סליחה",
            "אולי הכתובת הוקלדה בטעות, ואולי הכתבה עברה למדור אחר. אפשר לנסות שוב מעמוד השער.",
        ),
        (
            "Sorry, page not found",
            "It may have moved to another section, or its address was typed wrong. Try the front page.",
        ),
    ):
        page = normalize(Page(text=f"404\n\n{missing}\n\n{reason}\n\nHome\nSport"))
        assert (page.body, page.headline) == ("", None)


def test_an_article_may_speak_of_missing_pages() -> None:
    """With paragraphs of its own it is an article."""
    page = normalize(Page(text=article("“Page not found”, the ferry's timetable said until Sunday.")))
    assert page.headline == "Night boat sails again"
    assert len(page.body.split("\n\n")) == 4


def test_the_only_sentence_of_a_small_dated_page_is_its_flash() -> None:
    """However little it looks like running text to the network."""
    sentence = "A light rain fell early on Monday in Holon and on the roads around the tram depot."
    around = (
        f"מבזקים\nTram doors stuck in Holon\n\n{sentence}\n\nפרסום ראשון: 05.01.15, 06:30\nשתף קטע נבחר\nPrint\nynet"
    )
    assert normalize(Page(text=around)).body == sentence


def test_a_player_between_paragraphs_is_no_part_of_the_article() -> None:
    """The buttons and the position of a video are chrome, in whatever language its player speaks."""
    player = ["Play Video", "Mute", "0:00 / 2:14", "זמן נותר", "تشغيل الفيديو"]
    text = article("The sea was cold.", *player, "Nobody went in before noon.")
    found = {text[block.start : block.end]: block.label for block in split_page(Page(text=text))}
    assert {found[line] for line in player} == {Label.CHROME}


def test_the_date_over_the_headline_is_the_page_clock_where_one_stands_under_it() -> None:
    """Of two bare dates around a headline the lower one is the article's; a lone one over it is."""
    clock, stamp = "Sunday, December 20, 2009 19:02", "20/12/2009 17:25"
    story = "\n\n".join(PARAGRAPHS)
    both = normalize(Page(text=f"{clock}\nNight boat sails again\nBy Dana Levi\n{stamp}\n\n{story}"))
    assert both.published is not None
    assert both.published.raw == stamp
    alone = normalize(Page(text=f"{clock}\nNight boat sails again\nBy Dana Levi\n\n{story}"))
    assert alone.published is not None
    assert alone.published.raw == clock


def test_a_line_that_says_who_and_when_is_a_stamp() -> None:
    """In the head of an article a date behind a bar or a dash counts, whoever stands before it."""
    for line in ("Interview by Dana Levi  •  Thursday, February 18, 2021", "18 FEB 2021 — words by Dana Levi"):
        page = normalize(Page(text=f"Night boat sails again\n{line}\n\n" + "\n\n".join(PARAGRAPHS)))
        assert page.published is not None
        assert page.published.iso == "2021-02-18"


def test_a_name_under_the_headline_is_a_byline_and_a_button_is_none() -> None:
    """A name between headline and body says who wrote it; words of the interface beside the stamp do not."""
    text = "Night boat sails again\nדנה לוין\n" + "\n\n".join(PARAGRAPHS)
    assert normalize(Page(text=text)).authors == ("דנה לוין",)
    button = "مشاركة على فيسبوك\nPublished: 3 May 2012 10:15"
    assert not normalize(Page(text=f"Night boat sails again\n{button}\n\n" + "\n\n".join(PARAGRAPHS))).authors


def test_the_first_paragraph_of_a_wire_story_is_no_deck() -> None:
    """A line that opens with its place and agency is body; rows of buttons and stars are no deck either."""
    wire = f"LIMASSOL, Cyprus (LP) — {PARAGRAPHS[0]}"
    head = "Night boat sails again\nFacebook | Twitter | Print\nBy Dana Levi\n3 May 2012 10:15\n"
    page = normalize(Page(text=head + "\n\n".join([wire, *PARAGRAPHS[1:]])))
    assert page.deck is None
    assert page.body.startswith("LIMASSOL")


def test_the_line_over_a_credit_in_brackets_is_its_caption() -> None:
    """Under the head of an article a credit in brackets belongs to the line above it."""
    head = "Night boat sails again\nBy Dana Levi\n3 May 2012 10:15\nA ferry at its pier\n(photo credit: REUTERS)\n"
    page = normalize(Page(text=head + "\n\n".join(PARAGRAPHS)))
    assert [image.caption for image in page.images] == ["A ferry at its pier"]


def test_a_front_page_has_no_article() -> None:
    """A paragraph is the body of a small page, but not of a long one of which it is hardly anything."""
    teasers = [f"Street {number} gets its lamp back" for number in range(300)]
    small, long = ("\n".join([*teasers[:count], "", PARAGRAPHS[0], "", *teasers[-count:]]) for count in (3, 150))
    assert [normalize(Page(text=text)).body for text in (small, long)] == [PARAGRAPHS[0], ""]


def test_a_page_may_end_right_under_its_headline() -> None:
    """Nothing stands below the last line of a page, in a batch of its own and before another page."""
    page = Page(html=f"<h1>Night boat sails again</h1><p>{PARAGRAPHS[0]}</p>")
    assert normalize(page).status == "ok"
    assert normalize_batch([page, Page(text=PARAGRAPHS[0])])[0] == normalize(page)


def html_page(*elements: str) -> Page:
    """Return a page of HTML with an article that has some elements after its first paragraph."""
    story = [f"<p>{line}</p>" for line in PARAGRAPHS]
    return Page(html="".join(("<main><h1>Night boat sails again</h1>", story[0], *elements, *story[1:], "</main>")))


def labels_of(page: Page) -> dict[str, str]:
    """Return the label of each line."""
    article = normalize(page)
    return {article.text[block.start : block.end]: str(block.label) for block in article.blocks}


def test_a_heading_between_paragraphs_is_a_crosshead() -> None:
    """What the markup calls a heading is one, also where it ends as no title does; a paragraph is none."""
    said = 'He said: "It was the tea!"'
    assert labels_of(html_page(f"<h2>{said}</h2>"))[said] == "crosshead"
    assert labels_of(html_page(f"<p>{said}</p>"))[said] == "body"


def test_a_heading_under_the_last_paragraph_is_chrome() -> None:
    """It heads what follows the article."""
    page = (html_page().html or "").replace("</main>", "<h2>More from the harbour</h2></main>")
    assert labels_of(Page(html=page))["More from the harbour"] == "chrome"


def test_what_stands_in_a_figcaption_is_a_caption() -> None:
    """No word of credits is needed."""
    caption = "The pier at six in the evening"
    assert labels_of(html_page(f"<figure><img><figcaption>{caption}</figcaption></figure>"))[caption] == "caption"


def test_an_h1_is_the_headline_where_no_title_is_known() -> None:
    """It counts against what stands nearer to the body, and over a table of contents of any length."""
    for between in ("<p>The coast from north to south</p>", "<li>A chapter of the coast</li>" * 40):
        page = (html_page().html or "").replace("</h1>", f"</h1>{between}")
        assert normalize(Page(html=page)).headline == "Night boat sails again"


def test_the_heading_that_is_the_title_is_the_headline() -> None:
    """Of several the one that the title begins with counts, though it is a single word and a crumb names it too."""
    page = f"<title>Ferries - The Coast</title><h1>Ferries</h1><div>Home, Coast, Ferries</div><p>{PARAGRAPHS[0]}</p>"
    for other in ("", "<h1>The news of the whole coast</h1>"):
        assert normalize(Page(html=page.replace("<div>", other + "<div>"))).headline == "Ferries"


@pytest.mark.parametrize(("element", "label"), [("h3", "crosshead"), ("p", "byline")])
def test_a_heading_is_no_name(element: str, label: str) -> None:
    """Two words under the stamp are a byline, but not as a heading."""
    head = f"</h1><div>Published: 3 May 2012 10:15</div><{element}>Dana Levi</{element}>"
    page = (html_page().html or "").replace("</h1>", head)
    assert labels_of(Page(html=page))["Dana Levi"] == label


@pytest.mark.parametrize(("characters", "name"), [(4999, "text"), (5000, "long-text")])
def test_each_page_is_read_by_the_network_for_its_length(characters: int, name: str) -> None:
    """White space around lines does not count, and neither do the other pages of the batch."""
    texts = ["x", " \n" + "x" * 3000 + "  \n\n  " + "y" * (characters - 3000) + "\n", "z" * 9000]
    batch = Batch.of([Document(page=Page(text=text), text=text) for text in texts])
    assert [MODELS[number] for number in models_of(batch).tolist()] == ["text", name, name, "long-text"]


def test_short_and_long_pages_of_a_batch_keep_their_labels() -> None:
    """A batch in which the networks take turns gives the records of its pages alone."""
    pages = [Page(text=article(*PARAGRAPHS * count)) for count in (1, 20, 2, 30)]
    assert normalize_batch(pages) == [normalize(page) for page in pages]
