"""Places that have several names, and which names are theirs.

No likeness of sounds tells that Vienna is Bécs, or Eshtemoa as-Samu. The table is ``data/keys/places.tsv``, alternate
names of GeoNames (CC BY 4.0), written by ``tools/make_places.py``. It only ever says yes: that two names are not
those of one place says nothing of two persons who bear them.

Example:
    >>> places_of("eshtemoa") == places_of("samu"), places_of("eshtemoa") & places_of("haifa")
    (True, frozenset())
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bidi_news.resources import parse_tsv, read_text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["COLUMNS", "PLACES", "all_places", "places_of"]

PLACES = "keys/places.tsv"
COLUMNS = ("place", "names", "source", "licence")
_NOWHERE: frozenset[int] = frozenset()


def places_of(name: str) -> frozenset[int]:
    """Return the places that a name is of, by their lines in the table; none for a name that is not there.

    Args:
        name: folded name (:func:`bidi_news.variants.alphabet.fold_names`). White space does not count: Kfar Kisch is
            also written in one word.
    """
    return _places().get(name.replace(" ", ""), _NOWHERE)


def all_places() -> AbstractSet[str]:
    """Return the names of all places, without white space."""
    return _places().keys()


@cache
def _places() -> dict[str, frozenset[int]]:
    """Read the places of each name."""
    places: dict[str, frozenset[int]] = {}
    for line, row in parse_tsv(read_text(PLACES), COLUMNS, path=PLACES):
        own = frozenset((line,))
        for name in row["names"].replace(" ", "").split(";"):
            places[name] = places[name] | own if name in places else own
    return places
