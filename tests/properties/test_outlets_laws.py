"""Outlet profiles, on any text and any address: nothing crashes, nothing passes unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bidi_news.outlets import find_outlet, load_outlets
from bidi_news.profile import parse_outlet

KEYS = ("id", "name", "hosts", "language", "zone", "date_order", "chrome", "stamp_labels", "article_ids", "sources")
SOUND: dict[str, Any] = {
    "id": "mine",
    "name": "Mine",
    "hosts": ["mine.example"],
    "language": "he",
    "zone": "Asia/Jerusalem",
    "sources": ["seen"],
}
# strings of JSON are basic strings of TOML, but DEL must not stand in these
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), max_size=12)
SCALARS = st.one_of(WORDS, st.integers(-(2**63), 2**63 - 1), st.booleans())
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.lists(st.lists(SCALARS, max_size=3), max_size=3))
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["b", "b-2", "B", "b-"]),
        "hosts": st.lists(st.sampled_from(["b.example", "אתר.example", "b.example:80", "b"]), max_size=2),
        "language": st.sampled_from(["ar", "he-IL", "zh-Hant-TW", "HE", "arabic"]),
        "zone": st.sampled_from(["UTC", "Europe/Berlin", "Europe/Nowhere"]),
        "date_order": st.sampled_from(["dmy", "mdy", "ymd", "ydm"]),
        "chrome": st.lists(WORDS, max_size=2),
        "sources": st.lists(WORDS, max_size=2),
    },
)
TABLES = st.one_of(LIKELY, st.dictionaries(st.sampled_from((*KEYS, "colour")), VALUES, max_size=6))


def toml(table: dict[str, Any]) -> str:
    """Return a flat table as TOML."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())


@given(TABLES)
@example({"article_ids": [[1, 2]]})
@example({"zone": "\x00"})
@example({"zone": "a" * 300})
def test_a_change_is_a_profile_or_has_its_faults_told(change: dict[str, Any]) -> None:
    """Whatever stands under the keys, the result is a profile with those values, or faults that name the keys."""
    table = SOUND | change
    outlet, problems = parse_outlet(toml(table), "mine.toml")
    assert (outlet is None) == bool(problems)
    assert all(problem.path == "mine.toml" and problem.column in table for problem in problems)
    if outlet is not None:
        assert (outlet.id, list(outlet.hosts), list(outlet.sources)) == (table["id"], table["hosts"], table["sources"])
        assert "colour" not in table


@given(st.text(max_size=60))
def test_any_text_is_a_profile_or_has_its_faults_told(text: str) -> None:
    """A file of anything is refused with its name, never with another error."""
    outlet, problems = parse_outlet(text, "mine.toml")
    assert (outlet is None) == bool(problems)
    assert all(str(problem).startswith("mine.toml") for problem in problems)


@given(st.text(max_size=60))
@example("http://[::1")
@example("http://" + "a." * 5000 + "ynet.co.il")
def test_any_address_finds_a_profile_or_none(url: str) -> None:
    """An address may hold anything; what is found names the end of its host."""
    outlet = find_outlet(url)
    assert outlet is None or any(host in url.lower() for host in outlet.hosts)


@pytest.mark.parametrize("outlet", load_outlets().values(), ids=lambda outlet: outlet.id)
@given(label=st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True))
def test_a_subdomain_belongs_to_its_domain(label: str, outlet: Any) -> None:
    """A subdomain that no profile names is read with the profile of its domain, also by the user's own profiles."""
    for host in outlet.hosts:
        below = f"{label}.{host}"
        if not any(below in other.hosts for other in load_outlets().values()):
            assert find_outlet(f"https://{below}/x") is outlet
            assert find_outlet(f"https://{below}/x", {host: load_outlets()["ynet"]}) is load_outlets()["ynet"]
