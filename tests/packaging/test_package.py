"""What a user gets: names, documentation, start-up, and a wheel with the data in it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import bidi_news
from bidi_news.errors import MissingExtraError

if TYPE_CHECKING:
    from pathlib import Path

MODULES = sorted(
    name for _, name, _ in pkgutil.walk_packages(bidi_news.__path__, "bidi_news.") if not name.endswith("__main__")
)
EXTRAS = {"pyarrow", "fastwarc", "zstandard"}
HEAVY = {"numpy", "regex", "orjson", "selectolax", "hebrew_tokenizer", "babel", "dateutil", "pyluach", "hypothesis"}
PUBLIC = [
    *(("bidi_news", name) for name in bidi_news.__all__ if name != "__version__"),
    *(("bidi_news.strategies", name) for name in importlib.import_module("bidi_news.strategies").__all__),
]


def python(*arguments: str, cwd: Path) -> str:
    """Run this Python in a folder of its own, away from the checkout, and return what it prints."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["bidi_news", *MODULES])
def test_docstring_examples_are_true(name: str) -> None:
    """Every example in the docstrings of a module gives the output that it shows."""
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert outcome.failed == 0


@pytest.mark.parametrize("name", ["bidi_news", *MODULES])
def test_modules_say_what_they_are_for(name: str) -> None:
    """Every module has a docstring, and every name in its ``__all__`` is there."""
    module = importlib.import_module(name)
    assert module.__doc__
    assert [public for public in getattr(module, "__all__", ()) if not hasattr(module, public)] == []


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_public_names_are_documented(module: str, name: str) -> None:
    """Every public function and class has a docstring; a function's own has an example that runs."""
    value = getattr(importlib.import_module(module), name)
    documentation = inspect.getdoc(value)
    assert documentation
    if inspect.isfunction(value):
        assert ">>> " in documentation


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy package refuses a name that it does not have, naming it."""
    with pytest.raises(AttributeError, match="nonesuch"):
        bidi_news.nonesuch  # noqa: B018  (the look-up is the test)
    assert set(bidi_news.__all__) <= set(dir(bidi_news))


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    """``import bidi_news`` loads no dependency: those come with the first public name that is used."""
    code = f"import sys, bidi_news; print(sorted({HEAVY | EXTRAS!r} & set(sys.modules)))"
    assert python("-c", code, cwd=tmp_path) == "[]"


def test_a_plain_page_loads_only_what_it_needs(tmp_path: Path) -> None:
    """A plain English page needs neither the HTML parser nor the calendars nor the Hebrew tokenizer."""
    code = (
        "import sys; from bidi_news import Page, normalize;"
        "normalize(Page(text='Ferry pilots end strike\\n\\nThe pilots went back to work on Monday.'));"
        f"print(sorted({(HEAVY | EXTRAS) - {'numpy', 'regex', 'orjson'}!r} & set(sys.modules)))"
    )
    assert python("-c", code, cwd=tmp_path) == "[]"


def test_strategies_without_hypothesis_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Hypothesis, importing the strategies says which extra to install."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "bidi_news.strategies")
    with pytest.raises(MissingExtraError, match=r"bidi_news\[strategies\]") as caught:
        importlib.import_module("bidi_news.strategies")
    assert caught.value.extra == "strategies"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, project: Path) -> zipfile.ZipFile:
    """Return the wheel that the source tree builds."""
    if not (project / "bidi_news").is_dir():
        pytest.skip("no source tree beside the tests")
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(project), cwd=folder)
    return zipfile.ZipFile(next(folder.glob("bidi_news-*.whl")))


@pytest.mark.build
def test_the_wheel_ships_the_package_and_its_data(wheel: zipfile.ZipFile, project: Path) -> None:
    """A wheel holds every module, the type marker and every data file, and nothing else but its own metadata."""
    expected = {
        path.relative_to(project).as_posix()
        for path in (project / "bidi_news").rglob("*")
        if path.is_file() and path.suffix in {".py", ".typed"}
    }
    data = (path for path in (project / "data").rglob("*") if path.is_file() and path.suffix not in {".tmp", ".swp"})
    expected |= {f"bidi_news/{path.relative_to(project).as_posix()}" for path in data}
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == expected


@pytest.mark.build
def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    """The metadata carries the version of the code, the licence file and both commands."""
    info = f"bidi_news-{bidi_news.__version__}.dist-info"
    assert f"Version: {bidi_news.__version__}\n" in wheel.read(f"{info}/METADATA").decode()
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    commands = wheel.read(f"{info}/entry_points.txt").decode()
    assert "normalize = bidi_news.cli" in commands
    assert "bidi-news = bidi_news.cli" in commands
