"""The census of names: what counts, where, and in how much memory."""

from __future__ import annotations

from bidi_news.batch import Batch, Document
from bidi_news.model import Page
from bidi_news.variants.census import Census, Name


def counted(*texts: str, limit: int = 1000, least: int = 1) -> dict[str, Name]:
    """Return the names of some pages, each a batch of its own."""
    census = Census(limit=limit, wanted=lambda word, script: script == "Hebr" and word.startswith("ח"))
    for number, text in enumerate(texts):
        census.add(Batch.of([Document(page=Page(id=number, text=text), text=text)]))
    return {name.form: name for name in census.names(least=least)}


def test_names_have_capitals_and_stand_in_no_address() -> None:
    """Words with a capital, compounds and pairs of them are names; addresses, tags and small words are none."""
    names = counted("see al-Hezbolla and Kata'ib Hezbolla’s, not x@Hezbolla.example, #Hezbolla or some www.Foo.example")
    assert set(names) == {"al-Hezbolla", "Kata'ib", "Hezbolla", "Kata'ib Hezbolla"}


def test_small_words_at_the_beginning_of_a_sentence_are_no_names() -> None:
    """A word that stands in small letters as often as with a capital is left out, alone and in a pair."""
    names = counted("The men and the women", "The Kowal men of the town")
    assert set(names) == {"Kowal"}


def test_words_without_capitals_are_counted_where_they_are_wanted() -> None:
    """Hebrew and Arabic words are asked for one by one."""
    assert set(counted("חיזבללה אמר שלום", "قال حماس")) == {"חיזבללה"}


def test_a_line_counts_once() -> None:
    """A line that recurs, on a page or in another batch, is no more evidence."""
    names = counted("Kowal left.\nKowal left.\nThen Kowal came", "Kowal left.\nbut Kowal stayed")
    assert (names["Kowal"].count, names["Kowal"].pages) == (3, 2)


def test_places_are_code_points_of_the_page() -> None:
    """A place names the page, its offsets point to the name, and what stands around it is of its line."""
    text = "😀 שורה\nold Kowal's men"
    [place] = counted(text)["Kowal"].contexts
    assert text[place.start : place.end] == "Kowal"
    assert (place.id, place.before, place.after) == (0, "old ", "'s men")


def test_rare_names_make_room() -> None:
    """However many names there are, few are kept, the frequent ones among them, and the census says what it lost."""
    census = Census(limit=50, wanted=lambda *_: True)
    texts = [f"Kowal met Nam{chr(97 + n % 26)}{chr(97 + n // 26)}k on day {n}" for n in range(400)]
    for text in texts:
        census.add(Batch.of([Document(page=Page(text=text), text=text)]))
    kept = list(census.names(least=1))
    assert len(kept) <= 101
    assert max(kept, key=lambda name: name.count).form == "Kowal"
    assert census.dropped >= 1
    assert census.pages == 400


def test_the_same_in_any_batch() -> None:
    """Pages in one batch are counted as pages in many."""
    texts = ["Kowal left.\nKowal came", "Kowal left.\nKowal stayed", "no name"]
    census = Census(limit=10, wanted=lambda *_: True)
    census.add(Batch.of([Document(page=Page(id=n, text=text), text=text) for n, text in enumerate(texts)]))
    assert {name.form: name for name in census.names(least=1)} == counted(*texts)
