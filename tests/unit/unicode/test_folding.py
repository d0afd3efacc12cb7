"""Folding many characters at once."""

from __future__ import annotations

import pytest

from bidi_news.unicode.fold import fold
from bidi_news.unicode.folding import Folding


@pytest.mark.parametrize("text", ["", "Ḥamās", "חָמָאס", "القذافى", "ﬁﬁ x ﷺ", "a\0b\ud800c", "\U0001f600 ’"])
def test_each_character_becomes_what_it_becomes_alone(text: str) -> None:
    """Characters that become several, one or none, and those that are met again, are those of the folding."""
    folding = Folding(fold)
    assert folding(text) == folding(text) == "".join(map(fold, text))
