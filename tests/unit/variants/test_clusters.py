"""Which of many names are spellings of one."""

from __future__ import annotations

import itertools

from bidi_news.variants import clusters as clustering
from bidi_news.variants.clusters import LARGEST_BLOCK, LEAST_SCORE, cluster_names
from bidi_news.variants.names import match_names


def clusters(names: list[str]) -> list[list[str]]:
    """Return the names of each cluster."""
    return [[names[member.place] for member in cluster] for cluster in cluster_names(names)]


def test_spellings_of_one_name_are_one_cluster() -> None:
    """Names in three scripts, in any order of the words, are together, in the order in which they came."""
    names = ["Yasser Arafat", "Ariel Sharon", "עראפאת, יאסר", "Yasir Arafat", "אריאל שרון", "Shimon Peres"]
    assert clusters(names) == [
        ["Yasser Arafat", "עראפאת, יאסר", "Yasir Arafat"],
        ["Ariel Sharon", "אריאל שרון"],
        ["Shimon Peres"],
    ]


def test_every_name_is_in_one_cluster() -> None:
    """Nothing is lost: equal names, names without letters and empty ones are each in a cluster once."""
    names = ["Sharon", "", "12", "Sharon", "", "13"]
    assert clusters(names) == [["Sharon", "Sharon"], ["", ""], ["12"], ["13"]]
    assert cluster_names([]) == ()


def test_members_match_their_leader() -> None:
    """The score of a member is that of its pair with the leader, and says that they are the same."""
    names = ["Lieberman", "Liberman", "ליברמן", "Libermann", "Lebrun", "لبرمان"]
    for leader, *members in cluster_names(names):
        assert leader.score == 1
        for member in members:
            assert member.score == match_names(names[leader.place], names[member.place]).score >= LEAST_SCORE


def test_names_that_all_share_a_key_cost_no_square() -> None:
    """Of names of one key, each is compared with the first of the block only."""
    names = ["m{}m{}n{}r{}l{}".format(*five) for five in itertools.product("aeiou", repeat=5)]
    candidates = clustering._candidates(names)  # noqa: SLF001  (what is compared cannot be seen from outside)
    assert len(names) < len(candidates) <= LARGEST_BLOCK * len(names)


def test_names_that_sound_apart_are_found_by_what_is_known_of_them() -> None:
    """Names of one place of the table, or of one lexeme, share a block whatever their keys."""
    assert clusters(["Cairo", "Haifa", "القاهرة", "al-Qahira", "Nablus", "שכם"]) == [
        ["Cairo", "القاهرة", "al-Qahira"],
        ["Haifa"],
        ["Nablus", "שכם"],
    ]
