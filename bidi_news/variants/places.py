"""Places that have several names: whether two names are those of one place.

No likeness of sounds tells that Vienna is Bécs, or Eshtemoa as-Samu. The table is ``data/keys/places.tsv``, alternate
names of GeoNames (CC BY 4.0), written by ``tools/make_places.py``. It only ever says yes: that two names are not
those of one place says nothing of two persons who bear them.

Example:
    >>> share_place("eshtemoa", "samu"), share_place("eshtemoa", "haifa")
    (True, False)
"""

from __future__ import annotations

from functools import cache

from bidi_news.resources import parse_tsv, read_text

__all__ = ["COLUMNS", "PLACES", "share_place"]

PLACES = "keys/places.tsv"
COLUMNS = ("place", "names", "source", "licence")


def share_place(name: str, other: str) -> bool:
    """Return whether two names, folded (:func:`bidi_news.variants.alphabet.fold_names`), are those of one place.

    White space does not count: Kfar Kisch is also written in one word.
    """
    places = _places()
    one = places.get(name.replace(" ", ""))
    return one is not None and not one.isdisjoint(places.get(other.replace(" ", ""), ()))


@cache
def _places() -> dict[str, frozenset[int]]:
    """Read the places that each name is of, by their lines in the table."""
    places: dict[str, frozenset[int]] = {}
    for line, row in parse_tsv(read_text(PLACES), COLUMNS, path=PLACES):
        own = frozenset((line,))
        for name in row["names"].replace(" ", "").split(";"):
            places[name] = places[name] | own if name in places else own
    return places
