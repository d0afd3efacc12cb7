"""Hebrew words, Arabic words, and the guarded tokenizer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bidi_news.unicode.arabic import spellings
from bidi_news.unicode.hebrew import MAX_RUN, PROCLITICS, hebrew_spans, split_proclitics


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("לוחמי דאע״ש נסוגו", ["לוחמי", "דאע״ש", "נסוגו"]),
        ("ח'אן יונס", ["ח'אן", "יונס"]),
        ("אל־קאעידה", ["אל", "קאעידה"]),
        ("in 2015 חמאס said", ["חמאס"]),
        ("חָמָאס", ["חָמָאס"]),
        ("", []),
    ],
)
def test_spans_are_whole_words(run: str, words: list[str]) -> None:
    """Acronyms stay whole, other scripts are left out, offsets point into the run."""
    assert [run[start:end] for start, end in hebrew_spans(run)] == words


def test_long_run_is_cut() -> None:
    """No more than the bound is looked at, so that a long run costs no more than a short one."""
    spans = hebrew_spans("מלה " * 100_000)
    assert spans[-1][1] <= MAX_RUN


def test_import_is_guarded() -> None:
    """The tokenizer is imported on first use only, prints nothing, and leaves the search path alone."""
    code = (
        "import sys; from bidi_news.unicode import hebrew; before = list(sys.path);"
        "assert 'hebrew_tokenizer' not in sys.modules; hebrew.hebrew_spans('חמאס');"
        "assert 'hebrew_tokenizer' in sys.modules and sys.path == before"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=True)
    assert done.stdout == b""


def test_proclitics_end_where_a_word_may_begin() -> None:
    """Every listed sequence is taken off, a whole word never."""
    for proclitic in PROCLITICS:
        assert len(proclitic) in split_proclitics(proclitic + "חמאס")
    assert split_proclitics("ב") == (0,)


def test_arabic_spellings() -> None:
    """The first alif and the last letter vary, nothing else."""
    assert spellings("حماس") == {"حماس"}
    assert {"القران", "القرآن"} & spellings("القران") == {"القران"}
    assert spellings("اسامه") >= {"أسامة", "اسامة", "إسامه"}
