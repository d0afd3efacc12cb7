r"""Propose spellings: new ones of known lexemes, and clusters of spellings that no lexeme has.

A name of the corpus is compared with those whose key of sounds is the same or differs in one sound, so that a hundred
thousand names need no comparison of all with all. What sounds alike is proposed with its likeness, its counts and some
places; a person decides (:mod:`bidi_news.variants.decisions`), and what was decided is not proposed again.

Example:
    >>> from bidi_news.batch import Batch, Document
    >>> from bidi_news.model import Page
    >>> from bidi_news.variants.lexicon import load_lexicon
    >>> discovery = Discovery(load_lexicon("house"), limit=1000)
    >>> page = Page(text="The men of Hezbollaah left.\nSo the Hezbollaah men said.")
    >>> discovery.add(Batch.of([Document(page=page, text=page.text)]))
    >>> [(found.lexeme, found.spellings[0].form) for found in discovery.proposals(least_count=2, least_score=0.5)]
    [('hezbollah', 'Hezbollaah')]
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from bidi_news import match_names, variant_key
from bidi_news.unicode.fold import fold
from bidi_news.variants.census import Census
from bidi_news.variants.gate import cuts_of
from bidi_news.variants.lexicon import lexicon_key
from bidi_news.variants.names import score_pairs
from bidi_news.variants.soundalikes import SHORTEST_KEY, Known, KnownSounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bidi_news.batch import Batch
    from bidi_news.variants.census import Context, Name
    from bidi_news.variants.decisions import Decision
    from bidi_news.variants.lexicon import Lexicon
    from bidi_news.variants.tables import Kind, Script

__all__ = ["Discovery", "Proposal", "Spelling"]

_MOST_OF_A_KEY = 60
"""Names with one key that are put into clusters, the most frequent ones: all are compared with all."""
_SLAB = 1 << 14
"""Names that are compared at a time: each with some ten lexemes."""
_DERIVED = re.compile(
    r"(?:'?s|'|i|is|an|ans|ian|ians|ese|ish|ism|ist|ists|ite|ites|iya|\u05d9?\u05dd|\u05d9\u05ea?|\u05d5\u05ea)$"
)
"""Endings of English and Hebrew that make a people, a plural or an adjective of a known name."""
_NO_ID = re.compile(r"[^a-z0-9]+")
_NEW_KIND: Kind = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One spelling that is proposed."""

    form: str
    """The spelling, without its proclitics."""
    script: Script
    """Its script (ISO 15924)."""
    count: int
    """How often it stands in the corpus, in lines that differ."""
    pages: int
    """On how many pages."""
    score: float
    """Likeness with the canonical spelling, 0 to 1."""
    contexts: tuple[Context, ...]
    """Some places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Spellings that may be one name."""

    kind: Literal["variant", "cluster"]
    """Of a known lexeme, or of none."""
    lexeme: str
    """Its id; of a cluster one that is free."""
    names: Kind
    """What it names; of a cluster a guess."""
    canonical: str
    """The house spelling; of a cluster the most frequent one."""
    spellings: tuple[Spelling, ...]
    """What is proposed, the most alike first; the canonical one of a cluster is not among it."""


class Discovery:
    """A corpus on its way to proposals."""

    def __init__(self, lexicon: Lexicon, decisions: Sequence[Decision] = (), *, limit: int) -> None:
        """Begin.

        Args:
            lexicon: what is known.
            decisions: what was decided; accepted spellings are known, too.
            limit: most names that are kept in memory, see :class:`~bidi_news.variants.census.Census`.
        """
        self._lexicon = lexicon
        self._decided = {decided.pair for decided in decisions}
        self._parted = {
            frozenset({lexicon_key(x.canonical), lexicon_key(x.form)}) for x in decisions if x.decision == "reject"
        }
        self._accepted = {
            key: Known(x.lexeme, x.kind, x.script, x.canonical)
            for x in decisions
            if x.decision == "accept"
            for key in (lexicon_key(x.form), lexicon_key(x.canonical))
        }
        self._sounds = KnownSounds(lexicon, self._accepted)
        self.census = Census(limit=limit, wanted=self._is_near)

    def add(self, batch: Batch) -> None:
        """Take in some pages."""
        self.census.add(batch)

    def proposals(self, *, least_count: int, least_score: float) -> tuple[Proposal, ...]:
        """Return what the corpus proposes: variants, then clusters, each the most alike and most frequent first.

        Args:
            least_count: how often a spelling must stand in the corpus.
            least_score: how alike it must be, 0 to 1; from 0.5 on two names are the same.
        """
        variants: dict[Known, list[Spelling]] = defaultdict(list)
        others: list[Name] = []
        names = list(self._unknown(least_count))
        slabs = (self._most_alike(names[start : start + _SLAB]) for start in range(0, len(names), _SLAB))
        for name, best in zip(names, chain.from_iterable(slabs), strict=True):
            if best is None or best[1].score < least_score:
                others.append(name)
            elif best[0].names != "given":
                variants[best[0]].append(best[1])
        found = []
        for known, spellings in variants.items():
            frequent = [spelling for spelling in _merged(spellings) if spelling.count >= least_count]
            if frequent:
                found.append(
                    Proposal(
                        kind="variant",
                        lexeme=known.lexeme,
                        names=known.names,
                        canonical=known.canonical,
                        spellings=tuple(sorted(frequent, key=_rank)),
                    )
                )
        found.sort(key=lambda proposal: (*_rank(proposal.spellings[0]), proposal.lexeme))
        clusters = list(self._clusters(others, least_score))
        clusters.sort(key=lambda proposal: (*_rank(proposal.spellings[0]), proposal.lexeme))
        return (*found, *clusters)

    def _is_near(self, word: str, script: Script) -> bool:
        """Return whether a word, or what is left of it after its proclitics, sounds like a known name."""
        return any(self._sounds.near(word[cut:], script) for cut in cuts_of(fold(word)))

    def _unknown(self, least: int) -> Iterator[Name]:
        """Give the names of the census that neither the lexicon nor a decision knows, nor are derived from one.

        Those that differ in case and marks only are one name, in the most frequent of its spellings.
        """
        alike: dict[str, list[Name]] = defaultdict(list)
        for name in self.census.names(least=least):
            alike[lexicon_key(name.form)].append(name)
        for key, names in alike.items():
            if not any(self._is_known(key[cut:]) for cut in cuts_of(key)):
                first = max(names, key=lambda name: name.count)
                yield replace(first, count=sum(name.count for name in names))

    def _is_known(self, key: str) -> bool:
        """Return whether a key is a spelling of the lexicon, or one with an ending."""
        stem = _DERIVED.sub("", key)
        return any(
            part in table
            for part in {key, stem}
            for table in (self._lexicon.forms, self._lexicon.names, self._accepted)
        )

    def _most_alike(self, names: Sequence[Name]) -> list[tuple[Known, Spelling] | None]:
        """Return for each name the lexeme that it is most like, with the name as its spelling; None if none is near."""
        compared = [(index, *found) for index, name in enumerate(names) for found in self._candidates(name)]
        scores = score_pairs([form for *_, form in compared], [known.canonical for *_, known, _ in compared]).scores
        best: dict[int, tuple[float, int, Known, str]] = {}
        for (index, cut, known, form), score in zip(compared, scores.tolist(), strict=True):
            if index not in best or (score, -cut) > best[index][:2]:
                best[index] = score, -cut, known, form
        found: list[tuple[Known, Spelling] | None] = [None] * len(names)
        for index, (score, _, known, form) in best.items():
            found[index] = known, _spelling(names[index], form, score)
        return found

    def _candidates(self, name: Name) -> Iterator[tuple[int, Known, str]]:
        """Give the lexemes that sound like a name or what is left of it after its proclitics: their length first."""
        for cut in cuts_of(fold(name.form)) if name.script != "Latn" else (0,):
            form = name.form[cut:]
            for known in self._sounds.near(form, name.script):
                if (known.lexeme, lexicon_key(form)) not in self._decided:
                    yield cut, known, form

    def _clusters(self, names: Iterable[Name], least_score: float) -> Iterator[Proposal]:
        """Give the clusters of names that sound alike; single words of Latin script, the most frequent one in front."""
        blocks: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if name.script == "Latn" and " " not in name.form:
                blocks[variant_key(name.form)].append(name)
        taken = self._sounds.lexemes()
        for key, block in sorted(blocks.items()):
            if len(key) < SHORTEST_KEY:
                continue
            block.sort(key=lambda name: (-name.count, name.form))
            for members in self._grouped(block[:_MOST_OF_A_KEY], least_score):
                id_ = _free_id(members[0].form, taken)
                yield Proposal(
                    kind="cluster",
                    lexeme=id_,
                    names=_NEW_KIND,
                    canonical=members[0].form,
                    spellings=tuple(sorted(members[1:], key=_rank)),
                )

    def _grouped(self, block: Sequence[Name], least_score: float) -> Iterator[list[Spelling]]:
        """Give the groups of two spellings or more: each is alike to the first, and rejected with none."""
        groups: list[list[Spelling]] = []
        for name in block:
            own = lexicon_key(name.form)
            for group in groups:
                if any(frozenset({own, lexicon_key(member.form)}) in self._parted for member in group):
                    continue
                match = match_names(group[0].form, name.form)
                if match.same and match.score >= least_score:
                    group.append(_spelling(name, name.form, match.score))
                    break
            else:
                groups.append([_spelling(name, name.form, 1.0)])
        for group in groups:
            if len({lexicon_key(member.form) for member in group}) > 1:
                yield group


def _spelling(name: Name, form: str, score: float) -> Spelling:
    """Return a name of the census as a spelling."""
    contexts = tuple(name.contexts)
    return Spelling(form=form, script=name.script, count=name.count, pages=name.pages, score=score, contexts=contexts)


def _merged(spellings: Iterable[Spelling]) -> Iterator[Spelling]:
    """Give spellings, those that differ in their proclitics as one with the sum of the counts."""
    by_form: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        by_form[spelling.form].append(spelling)
    for form, own in by_form.items():
        first = max(own, key=lambda spelling: spelling.count)
        yield Spelling(
            form=form,
            script=first.script,
            count=sum(spelling.count for spelling in own),
            pages=max(spelling.pages for spelling in own),
            score=max(spelling.score for spelling in own),
            contexts=first.contexts,
        )


def _rank(spelling: Spelling) -> tuple[float, int, str]:
    """Return what spellings are sorted by: the most alike, then the most frequent, then the alphabet."""
    return -spelling.score, -spelling.count, spelling.form


def _free_id(form: str, taken: set[str]) -> str:
    """Return an id for a new lexeme, and take it."""
    base = _NO_ID.sub("-", fold(form).replace("'", "")).strip("-") or "name"
    id_, number = base, 2
    while id_ in taken:
        id_, number = f"{base}-{number}", number + 1
    taken.add(id_)
    return id_
