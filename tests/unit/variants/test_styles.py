"""Styles: what they change, and what a style file may not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bidi_news.errors import DataFileError, OptionError
from bidi_news.variants import load_lexicon
from bidi_news.variants.styles import load_style, style_names

if TYPE_CHECKING:
    from pathlib import Path

_RULE = '[[rules]]\nlexeme = "sheikh"\nform = "Sheik"\nsince = "2020-01-01"\nsource = "our desk"\n'


def write(folder: Path, text: str) -> str:
    """Write a style file and return its path."""
    path = folder / "style.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_family_is_unified() -> None:
    """AP writes Shiite for the whole family, the BBC Shia, the house keeps both."""
    written = {style: load_lexicon(style).forms for style in ("house", "ap", "bbc")}
    found = {style: (forms["shi'a"].canonical, forms["shi'ite"].canonical) for style, forms in written.items()}
    assert found == {"house": ("Shia", "Shiite"), "ap": ("Shiite", "Shiite"), "bbc": ("Shia", "Shia")}


def test_every_style_differs_in_what_it_says() -> None:
    """Each shipped style writes its rules' forms, and only where there is a source with a date."""
    written = {style: load_lexicon(style).forms["qadhafi"].canonical for style in style_names()}
    assert written == {
        "ap": "Gadhafi",
        "bbc": "Gaddafi",
        "guardian": "Gaddafi",
        "haaretz": "Gadhafi",
        "house": "Gaddafi",
        "nyt": "Qaddafi",
        "reuters": "Gaddafi",
        "toi": "Gaddafi",
    }
    assert load_lexicon("toi").forms["shujaiyya"].canonical == "Shejaiya"


def test_style_has_its_own_plural() -> None:
    """A plural that a rule names is used in place of the lexeme's ending."""
    assert load_lexicon("bbc").forms["shi'ites"].canonical == "Shias"


def test_house_form_is_a_variant_in_another_style() -> None:
    """What is canonical in the house style is replaced where a style writes otherwise."""
    form = load_lexicon("ap").forms["al qaeda"]
    assert (form.status, form.canonical) == ("safe", "al-Qaida")


def test_own_style_file(tmp_path: Path) -> None:
    """A user's file is a style like the shipped ones."""
    path = write(tmp_path, f'name = "mine"\n{_RULE}')
    assert load_lexicon(path).forms["shaykh"].canonical == "Sheik"


def test_unknown_style_names_the_choices() -> None:
    """The error lists every shipped style."""
    with pytest.raises(OptionError) as caught:
        load_style("tabloid")
    assert all(name in str(caught.value) for name in style_names())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "invalid value"),
        ("title = 'no name'", "a style has a name"),
        ('name = "x"\nother = 1\n', "no more"),
        ('name = "x"\n[[rules]]\nlexeme = "sheikh"\n', "a rule has"),
        (f'name = "x"\n{_RULE}family = "sheikh"\n', "a rule has"),
        (f'name = "x"\n{_RULE}'.replace('"2020-01-01"', "2020-01-01"), "quote the date"),
        (f'name = "x"\n{_RULE}'.replace("2020-01-01", "2020"), "no date"),
        (f'name = "x"\n{_RULE}'.replace('"sheikh"', '"shaman"'), "no lexeme or family"),
        (f'name = "x"\n{_RULE}'.replace('"Sheik"', '"Hamas"'), "is a form of hamas"),
    ],
)
def test_malformed_style_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """Every rule is checked, and the error says what is wrong."""
    with pytest.raises(DataFileError, match=reason):
        load_lexicon(write(tmp_path, text))


def test_style_that_is_not_utf8(tmp_path: Path) -> None:
    """A style file in another encoding is an error with the place."""
    path = tmp_path / "style.toml"
    path.write_bytes('name = "צ"'.encode("cp1255"))
    with pytest.raises(DataFileError, match="UTF-8 at byte 8"):
        load_style(str(path))
