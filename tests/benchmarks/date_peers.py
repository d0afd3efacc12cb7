"""What other date readers make of the stamps in tests/cases: right, none, or a wrong date without a word.

Run: python tests/benchmarks/date_peers.py bidi_news
     python tests/benchmarks/date_peers.py dateparser dateutil htmldate     (in an environment that has them)

Each reader gets the text of a case as it stands, and the crawl time where the case has one. A reader that gives a local
time without a zone is right if its wall clock is; htmldate gives days, and is right if the day is. A case that nothing
decides counts as right only for a reader that gives no date, or both.
"""

from __future__ import annotations

import sys
import time
import tomllib
from datetime import UTC, datetime
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

Case = dict[str, Any]
CASES = Path(__file__).parents[1] / "cases"
TABLES = ("formats", "layouts", "styles", "order", "negative")
ZONE = ZoneInfo("Asia/Jerusalem")


def load() -> list[Case]:
    """Return all cases."""
    return [
        case
        for name in TABLES
        for case in tomllib.loads((CASES / f"dates_{name}.toml").read_text("utf-8")).get("case", [])
    ]


def ours(case: Case) -> object:
    """Read a case with this package."""
    package, pipeline = import_module("bidi_news"), import_module("bidi_news.pipeline")
    crawled = datetime.fromisoformat(case["crawled_at"]) if "crawled_at" in case else None
    page = package.Page(text=case["text"], url=case.get("url"), crawled_at=crawled, language=case.get("language"))
    [dates] = pipeline.dates_batch([page])
    stamp = dates.published or dates.modified
    return stamp.iso if stamp else None


def dateparser(case: Case) -> object:
    """Read a case with dateparser's search, told the languages and the time of the crawl."""
    search = import_module("dateparser.search").search_dates
    settings: dict[str, Any] = {"TIMEZONE": "Asia/Jerusalem"}
    if "crawled_at" in case:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(case["crawled_at"]).astimezone(ZONE).replace(tzinfo=None)
    found = search(case["text"], languages=["he", "en", "ar", "ru"], settings=settings)
    return found[0][1].isoformat() if found else None


def dateutil(case: Case) -> object:
    """Read a case with python-dateutil's fuzzy parser."""
    parser = import_module("dateutil.parser")
    try:
        return parser.parse(case["text"], fuzzy=True).isoformat()
    except (ValueError, OverflowError):
        return None


def htmldate(case: Case) -> object:
    """Read a case with htmldate, as the one paragraph of a page."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in case["text"].splitlines())
    html = f"<html><body><article>{lines}</article></body></html>"
    return import_module("htmldate").find_date(html, original_date=True)


READERS: dict[str, Callable[[Case], object]] = {
    "bidi_news": ours,
    "dateparser": dateparser,
    "dateutil": dateutil,
    "htmldate": htmldate,
}


def is_same(found: str, wanted: str) -> bool:
    """Say whether two dates agree, as finely as both state it."""
    if len(found) == len("2015-06-23") or len(wanted) == len("2015-06-23"):
        return found[:10] == wanted[:10]
    mine, theirs = datetime.fromisoformat(found), datetime.fromisoformat(wanted)
    if mine.tzinfo is None:
        return mine.replace(second=0) == theirs.replace(tzinfo=None, second=0)
    return mine.astimezone(UTC) == theirs.astimezone(UTC)


def main(names: list[str]) -> int:
    """Write a row for each reader."""
    cases = load()
    sys.stdout.write("| reader | cases | right | none | silently wrong | ms a case |\n|---|---|---|---|---|---|\n")
    for name in names or ["bidi_news"]:
        READERS[name](cases[0])  # what is loaded once is not counted
        right = wrong = 0
        start = time.perf_counter()
        for case in cases:
            found, wanted = READERS[name](case), case.get("published") or case.get("modified")
            if found is None or wanted is None:
                right += found is wanted
                wrong += found is not None
            else:
                right += is_same(str(found), wanted)
                wrong += not is_same(str(found), wanted)
        took = (time.perf_counter() - start) / len(cases) * 1000
        none = len(cases) - right - wrong
        sys.stdout.write(f"| {name} | {len(cases)} | {right / len(cases):.3f} | {none / len(cases):.3f} | ")
        sys.stdout.write(f"{wrong / len(cases):.3f} | {took:.1f} |\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
