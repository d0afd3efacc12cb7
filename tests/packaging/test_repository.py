"""What the repository may hold: visible text, no path of a machine, true documents."""

from __future__ import annotations

import doctest
import json
import os
import re
import unicodedata
from pathlib import Path

import pytest

TEXT = {".py", ".md", ".toml", ".tsv", ".jsonl", ".json", ".txt", ".html", ".yml", ""}
GENERATED = re.compile(r"^(\.git|build|dist|__pycache__|\.venv.*|\.hypothesis|\.coverage.*|.*_cache|.*\.egg-info)$")
MACHINE = re.compile(
    r"(?<![\w.])(?:/(?:home|Users|root|work|farm)/[\w.]|[A-Z]:\\\\Users)|(?:py" r"pi|pythonhos" r"ted)\.org"
)


def decoded(data: bytes) -> str:
    """Return a file's text: UTF-8, or a page of HTML in the code page that it declares."""
    declared = re.search(rb"<meta [^>]{1,99}charset=(windows-\d+)", data, re.IGNORECASE)
    return data.decode(declared[1].decode() if declared else "utf-8", "replace")


def sources(project: Path) -> list[tuple[str, str]]:
    """Return the name and the text of every file that we write."""
    found: list[Path] = []
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(name for name in folders if not GENERATED.search(name))
        found += (Path(folder, name) for name in sorted(names) if not GENERATED.search(name))
    return [(path.relative_to(project).as_posix(), decoded(path.read_bytes())) for path in found if path.suffix in TEXT]


def documents(project: Path) -> list[Path]:
    """Return every document that a user reads."""
    return [*sorted(project.glob("*.md")), *sorted(project.glob("docs/**/*.md"))]


def test_no_invisible_characters(project: Path) -> None:
    """No file holds a bidi control or another invisible character: a reader must see what stands there.

    Spaces of other widths and joiners count too; data and tests write them as escapes.
    """
    invisible = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\x00-\x08\x0b-\x1f\x7f\ufffd]")
    strays = [
        f"{name}: {unicodedata.name(hit[0], repr(hit[0]))} at {hit.start()}"
        for name, text in sources(project)
        for hit in invisible.finditer(text)
    ]
    assert strays == []


def test_no_path_of_a_machine(project: Path) -> None:
    """No file names a folder of the machine it was written on, or a package registry's host."""
    strays = [f"{name}: {hit[0]}" for name, text in sources(project) for hit in MACHINE.finditer(text)]
    assert strays == []


def test_links_between_documents_lead_somewhere(project: Path) -> None:
    """Every relative link in the documents names a file that is there."""
    broken = [
        f"{path.relative_to(project)}: {target}"
        for path in documents(project)
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_document_examples_are_true(project: Path) -> None:
    """Every ``>>>`` example in the documents gives the output that it shows."""
    failed = {
        path.name: outcome.failed
        for path in documents(project)
        if (
            outcome := doctest.testfile(
                str(path), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS
            )
        ).failed
    }
    assert failed == {}


@pytest.mark.parametrize("marker", ["first", "test"])
def test_the_readme_has_its_commands(project: Path, marker: str) -> None:
    """The two commands that the pipeline takes from the README stand there, each in a shell block after its marker."""
    readme = (project / "README.md").read_text("utf-8")
    assert re.search(rf"^<!-- run: {marker} -->\n```sh\n[^`]+\n```$", readme, re.MULTILINE)


def test_the_readme_example_is_true(project: Path) -> None:
    """The page that the README shows is the sample, and the record that it shows is what the program makes of it."""
    from bidi_news import Page, normalize  # noqa: PLC0415  (the other tests of this file need no package)
    from bidi_news.write.jsonl import record  # noqa: PLC0415

    readme = (project / "README.md").read_text("utf-8")
    page = readme.split("<!-- page -->\n```text\n")[1].split("\n```")[0]
    shown = json.loads(readme.split("<!-- record -->\n```json\n")[1].split("\n```")[0])
    text = (project / "data/samples/english-in-hebrew-chrome.txt").read_text("utf-8")
    assert [line.strip() for line in page.split("\n") if line.strip()] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    full = json.loads(json.dumps(record(normalize(Page(text=text)))))
    assert shown == {name: abridged(full[name], shown[name]) for name in shown}


def abridged(full: object, shown: object) -> object:
    """Return the part of a record that an example shows: some fields of an object, the first items of a list."""
    if isinstance(full, dict) and isinstance(shown, dict):
        return {name: abridged(full[name], shown[name]) for name in shown}
    if isinstance(full, list) and isinstance(shown, list):
        return [abridged(*pair) for pair in zip(full, shown, strict=False)]
    if isinstance(full, str) and isinstance(shown, str) and shown.endswith(" …"):
        return full[: len(shown) - 2] + " …"
    return full
