"""Options: closed choices, refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from bidi_news import Options
from bidi_news.errors import OptionError


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"date_order": "us"}, "auto, dmy, mdy, ymd"),
        ({"on_ambiguous": "shrug"}, "abstain, guess, error"),
        ({"zone": "Asia/Atlantis"}, "no IANA time zone"),
        ({"zone": "../etc/passwd"}, "no IANA time zone"),
    ],
)
def test_a_value_that_is_no_choice_is_refused_with_the_choices(choice: dict[str, Any], words: str) -> None:
    """A wrong value is an OptionError that names what would do."""
    with pytest.raises(OptionError, match=words):
        Options(**choice)


def test_another_zone_is_taken() -> None:
    """Any zone of the database can be that of pages without a profile."""
    assert Options(zone="Europe/Berlin").zone == "Europe/Berlin"


def test_encoding_is_a_label() -> None:
    """Any label of the Encoding Standard may be chosen; another word is refused."""
    assert Options(encoding="ISO-8859-8-I").encoding == "ISO-8859-8-I"
    with pytest.raises(OptionError, match="klingon"):
        Options(encoding="klingon")
    with pytest.raises(OptionError, match="bidi_controls"):
        Options(bidi_controls="drop")  # type: ignore[arg-type]
