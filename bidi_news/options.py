"""How pages are to be normalized: one frozen value of closed choices.

Example:
    >>> from bidi_news.options import Options
    >>> Options(date_order="mdy").on_ambiguous
    'abstain'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from bidi_news.errors import OptionError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["DateOrder", "OnAmbiguous", "Options"]

DateOrder = Literal["auto", "dmy", "mdy", "ymd"]
OnAmbiguous = Literal["abstain", "guess", "error"]
_ZONE = "Asia/Jerusalem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices that hold for every page of a run.

    Raises:
        OptionError: if a value is none of its choices.
    """

    style: str = "house"
    """Name of a shipped style, or the path of a style file."""
    date_order: DateOrder = "auto"
    """Order of numeric dates that their own fields leave open; ``auto`` asks the evidence."""
    on_ambiguous: OnAmbiguous = "abstain"
    """``abstain`` gives a null date with candidates; ``guess`` takes the outlet's or the language's habit and says so;
    ``error`` makes the page an error record."""
    outlet: str | None = None
    """Outlet profile of every page: the id of a shipped one, or the path of a file, which ends in ``.toml``; None finds
    it by address."""
    outlets: tuple[str, ...] = ()
    """Paths of profiles of your own; found by address, before the shipped ones."""
    zone: str = _ZONE
    """IANA zone of local times on pages whose outlet has no profile."""
    now: datetime | None = None
    """Stands in for the crawl time where a page has none: pivot of two-digit years, never the base of relative times.
    None takes the clock."""

    def __post_init__(self) -> None:
        """Refuse a value that is none of the choices, naming them."""
        choices = {"date_order": get_args(DateOrder), "on_ambiguous": get_args(OnAmbiguous)}
        for name, allowed in choices.items():
            value = getattr(self, name)
            if value not in allowed:
                raise OptionError(f"{name} is {value!r}; choose one of {', '.join(allowed)}")
        if isinstance(self.outlets, str):
            raise OptionError(f"outlets is {self.outlets!r}; give a tuple of paths")
        if self.zone != _ZONE:
            _check_zone(self.zone)


def _check_zone(name: str) -> None:
    """Refuse a zone that the time zone database does not have."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  (only for another zone than the default)

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise OptionError(f"zone is {name!r}, which is no IANA time zone") from None
