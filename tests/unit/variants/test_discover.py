"""Proposals of spellings, and the decisions that are replayed."""

from __future__ import annotations

import pytest

from bidi_news.batch import Batch, Document
from bidi_news.errors import DataFileError
from bidi_news.model import Page
from bidi_news.variants.decisions import COLUMNS, Decision, decision_row, lexicon_tables, read_decisions
from bidi_news.variants.discover import Discovery, Proposal
from bidi_news.variants.lexicon import load_lexicon

_END = "\n"
_CORPUS = (
    "Men of Hezbollaah left.\nIts Hezbollaah chief Tzurbel came.",
    f"לוחמי חיזבוללה{_END}בחיזבוללה מסרו{_END}He met Tsurbel, then Tzurbel and Hezbollaah men.",
    "Tsurbel and Tzurbel spoke.\nIn Hezbollah and Hezbollahs nothing was new, as Hamas said; so Hamas said.",
)


def proposed(*decisions: Decision, corpus: tuple[str, ...] = _CORPUS, least_score: float = 0.5) -> list[Proposal]:
    """Return what a corpus proposes after some decisions."""
    discovery = Discovery(load_lexicon(), decisions, limit=1000)
    for number, text in enumerate(corpus):
        discovery.add(Batch.of([Document(page=Page(id=number, text=text), text=text)]))
    return list(discovery.proposals(least_count=2, least_score=least_score))


def decided(decision: str, lexeme: str, canonical: str, form: str, **more: str) -> Decision:
    """Return one decision, as a file has it."""
    values = {"kind": "person", "script": "Latn", "status": "safe", "note": "", **more}
    values |= {"decision": decision, "lexeme": lexeme, "canonical": canonical, "form": form}
    text = decision_row(COLUMNS) + decision_row(values[column] for column in COLUMNS)
    [read] = read_decisions(text, "d.tsv")
    return read


def test_variants_and_clusters_are_proposed() -> None:
    """A spelling like a known one is proposed for its lexeme, and names that are alike as a cluster."""
    found = {(x.kind, x.lexeme, x.canonical): [(y.form, y.count) for y in x.spellings] for x in proposed()}
    assert found == {
        ("variant", "hezbollah", "Hezbollah"): [("Hezbollaah", 3)],
        ("variant", "hezbollah", "חיזבאללה"): [("חיזבוללה", 2)],
        ("cluster", "tzurbel", "Tzurbel"): [("Tsurbel", 2)],
    }


def test_known_spellings_are_not_proposed() -> None:
    """What the lexicon has, and what is made of it with an ending, is no news."""
    assert proposed(corpus=("Hezbollah and Hezbollahs.", "Hizbullah’s Hezbollah", "Hezbollahs of Hizbullah")) == []


def test_a_stricter_likeness_proposes_less() -> None:
    """Every proposal is as alike as was asked for, and fewer are."""
    strict = proposed(least_score=0.99)
    assert all(
        spelling.score >= 0.99 for proposal in strict for spelling in proposal.spellings if spelling.score is not None
    )
    assert len(strict) < len(proposed(least_score=0.5))


def test_given_names_are_not_proposed() -> None:
    """People choose how they spell their given names."""
    corpus = ("Here Mohhamed sat.", "There Mohhamed stood.", "Then Mohhamed left.")
    assert [found for found in proposed(corpus=corpus) if found.kind == "variant"] == []


def test_decisions_are_replayed() -> None:
    """What was accepted or rejected is not proposed again; what is new beside it still is."""
    accepted = decided("accept", "hezbollah", "Hezbollah", "Hezbollaah", kind="group")
    rejected = decided("reject", "tzurbel", "Tzurbel", "Tsurbel")
    assert [found.canonical for found in proposed(accepted)] == ["חיזבאללה", "Tzurbel"]
    assert [found.canonical for found in proposed(accepted, rejected)] == ["חיזבאללה"]


def test_rejected_pair_stays_apart_whichever_is_in_front() -> None:
    """A spelling that was parted from another does not join it when the corpus makes the other one rarer."""
    rejected = decided("reject", "tsurbel", "Tsurbel", "Tzurbel")
    assert all(found.kind != "cluster" for found in proposed(rejected))


def test_one_candidate_excluded() -> None:
    """Two spellings that were parted are in no cluster together; a third one still is in one."""
    corpus = tuple(f"On day {n} {name} spoke" for n in "abc" for name in ("Tzurbel", "Tsurbel", "Tzurbell"))
    rejected = decided("reject", "tzurbel", "Tzurbel", "Tsurbel")
    forms = [{found.canonical, *(x.form for x in found.spellings)} for found in proposed(rejected, corpus=corpus)]
    assert any("Tzurbell" in own for own in forms)
    assert not any({"Tzurbel", "Tsurbel"} <= own for own in forms)


def test_accepted_cluster_is_known() -> None:
    """Of a new lexeme that was accepted, further spellings are proposed as variants."""
    accepted = decided("accept", "tzurbel", "Tzurbel", "Tsurbel")
    corpus = ("He met Tzurbell.", "They met Tzurbell.", "So said Tsurbel", "So did Tsurbel")
    [found] = proposed(accepted, corpus=corpus)
    assert (found.kind, found.lexeme, [x.form for x in found.spellings]) == ("variant", "tzurbel", ["Tzurbell"])


def rows(*lines: str) -> str:
    """Return a file of decisions."""
    return "".join("\t".join(line.split("|")) + "\n" for line in ("|".join(COLUMNS), *lines))


def test_last_decision_holds_and_open_ones_do_not() -> None:
    """Rows without a decision are left out, a repeated header is none, and the last row on a pair holds."""
    text = rows(
        "|hezbollah|group|Latn|name|Hezbollah|Hezbola|",
        "reject|hezbollah|group|Latn|name|Hezbollah|Hezbollaah|at first",
        "|".join(COLUMNS),
        "accept|hezbollah|group|Latn|safe|Hezbollah|HEZBOLLAAH|on second thought",
    )
    [decision] = read_decisions(text, "d.tsv")
    assert (decision.decision, decision.note, decision.line) == ("accept", "on second thought", 5)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("yes|hezbollah|group|Latn|safe|Hezbollah|Hezbollaah|", "decision"),
        ("accept|Hez bollah|group|Latn|safe|Hezbollah|Hezbollaah|", "lexeme"),
        ("accept|hezbollah|party|Latn|safe|Hezbollah|Hezbollaah|", "kind"),
        ("accept|hezbollah|group|Cyrl|safe|Hezbollah|Hezbollaah|", "script"),
        ("accept|hezbollah|group|Latn|canonical|Hezbollah|Hezbollaah|", "status"),
        ("accept|hezbollah|group|Latn|safe|Hezbollah|Hez{b,bb}ollaah|", "form"),
        ("accept|hezbollah|group|Latn|safe||Hezbollaah|", "canonical"),
    ],
)
def test_malformed_row_names_its_place(row: str, column: str) -> None:
    """A value that cannot be is refused with its line and column."""
    with pytest.raises(DataFileError) as caught:
        read_decisions(rows(row), "d.tsv")
    assert (caught.value.line, caught.value.column) == (2, column)


def test_accepted_rows_become_tables() -> None:
    """Spellings of known lexemes are rows of forms; a new lexeme has a row of its own; what was rejected is nowhere."""
    text = rows(
        "accept|hezbollah|group|Latn|safe|Hezbollah|Hezbollaah|",
        "accept|hezbollah|group|Latn|safe|Hezbollah|Hezbolaah|",
        "accept|tzurbel|person|Latn|name|Tzurbel|Tsurbel|",
        "reject|tzurbel|person|Latn|name|Tzurbel|Turbel|",
    )
    tables = lexicon_tables(read_decisions(text, "d.tsv"), load_lexicon(), "d.tsv")
    assert tables == {
        "lexemes.tsv": "lexeme\tfamily\tkind\tlatin\tarticle\tplural\thebrew\tarabic\tcues\tblocks\tsource\tlicence\n"
        "tzurbel\ttzurbel\tperson\tTzurbel\t\t\t\t\t\t\treview\town\n",
        "forms.tsv": "lexeme\tscript\tstatus\tforms\tsource\tlicence\n"
        "hezbollah\tLatn\tsafe\tHezbolaah;Hezbollaah\treview\town\n"
        "tzurbel\tLatn\tname\tTsurbel\treview\town\n",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["accept|hamas|group|Latn|safe|Hamas|Hizbullah|"],
        ["accept|new|person|Latn|safe|New Name|Tsurbel|", "accept|other|person|Latn|safe|Other|Tsurbel|"],
        ["accept|new|person|Latn|safe|Tzurbel|Tsurbel|", "accept|new|place|Latn|safe|Tzurbel|Tsurbell|"],
        ["accept|new|person|Latn|safe|Tzurbel|Tsurbel|", "accept|new|person|Latn|safe|Tsurbal|Tsurbell|"],
        ["accept|new|person|Hebr|safe|צורבל|צורבאל|"],
    ],
)
def test_contradictions_are_refused(lines: list[str]) -> None:
    """A spelling of two lexemes, a lexeme with two house forms or kinds, or without one in Latin script, is refused."""
    with pytest.raises(DataFileError):
        lexicon_tables(read_decisions(rows(*lines), "d.tsv"), load_lexicon(), "d.tsv")
