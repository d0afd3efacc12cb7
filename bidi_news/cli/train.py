"""``bidi-news train``: a model of the lines of pages, from labelled pages.

Example:
    >>> main(["text", "gold.jsonl"], program="bidi-news train")
    2
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bidi_news.cli.arguments import Parser, add_file
from bidi_news.cli.evaluate import report_of
from bidi_news.cli.session import Session, guarded
from bidi_news.cli.values import count
from bidi_news.errors import BidiNewsError, OptionError
from bidi_news.segment.network import MODELS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bidi_news.batch import Document
    from bidi_news.gold import Content, GoldPage
    from bidi_news.segment.held_out import HeldOut
    from bidi_news.segment.recipe import Recipe

__all__ = ["main"]


def main(argv: Sequence[str], *, program: str) -> int:
    """Run ``train`` and return its exit code."""
    parser = Parser(program, "Train the model that finds the lines of an article, from labelled pages.")
    parser.add_argument("model", choices=MODELS, help="what pages it is for: short or long ones of plain text, or HTML")
    parser.add_argument("paths", nargs="+", metavar="GOLD", help="tables of labelled lines, JSON Lines, folders, -")
    add_file(parser, required=True)
    parser.add_argument(
        "--seed", type=partial(count, least=0), metavar="N", help="of every random choice (default: the recipe's, 0)"
    )
    parser.add_argument("--epochs", type=count, metavar="N", help="passes over the pages (default: the recipe's)")
    parser.add_argument(
        "--held-out-folds",
        type=partial(count, least=2),
        metavar="K",
        help="also deal the sites into K folds, train once without each, and print how its pages are scored",
    )
    return guarded(program, lambda session: _train(session, parser.parse_args(argv)))


@dataclass(slots=True)
class _Inputs:
    """The pages of a training, and what is to be told of them."""

    content: Content
    """Form of the pages that is trained on."""
    used: int = 0
    """Pages that have it."""
    left_out: int = 0
    """Pages that do not."""
    digest: Any = field(default_factory=hashlib.sha256)
    """SHA-256 over everything that is learned from, in order."""

    def documents(self, pages: Iterable[GoldPage]) -> Iterator[tuple[Document, GoldPage]]:
        """Give the document of each page that can be used, one at a time."""
        from bidi_news.read import read_pages  # noqa: PLC0415  (where the work is done)

        for gold in pages:
            page = gold.content(self.content)
            if page is None:
                self.left_out += 1
                continue
            self.used += 1
            document = read_pages([page])[0]
            blocks = gold.blocks and [(block.start, block.end, block.label) for block in gold.blocks]
            facts = (gold.body, gold.facts.get("headline"), gold.deck)
            self.digest.update(json.dumps((document.page.text, document.page.html, blocks, *facts)).encode())
            yield document, gold


def _train(session: Session, arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.output == "-":
        raise OptionError("the model needs a file: -o PATH")
    from bidi_news._version import __version__  # noqa: PLC0415  (after the command line: it may be wrong)
    from bidi_news.cli.output import open_output  # noqa: PLC0415
    from bidi_news.read.labelled import read_gold  # noqa: PLC0415
    from bidi_news.segment.held_out import held_out  # noqa: PLC0415
    from bidi_news.segment.recipe import RECIPES  # noqa: PLC0415
    from bidi_news.segment.samples import read_samples  # noqa: PLC0415
    from bidi_news.segment.train import fit, save_model  # noqa: PLC0415

    chosen = {name: value for name in ("seed", "epochs") if (value := getattr(arguments, name)) is not None}
    recipe, folds = replace(RECIPES[arguments.model], **chosen), arguments.held_out_folds
    # opened first: a name that cannot be written to is told before the hours of training
    with open_output(arguments.output, inputs=arguments.paths, force=arguments.force) as stream:
        inputs = _Inputs("html" if arguments.model == "html" else "text")
        pages = read_gold(arguments.paths, report=partial(report_of, session))
        samples = list(read_samples(inputs.documents(pages), recipe))
        if not samples:
            what = f"of a length that {arguments.model} learns from" if inputs.used else f"with {inputs.content}"
            raise BidiNewsError(f"the sources hold no labelled page {what}")
        if inputs.left_out:
            session.say(f"{inputs.left_out} pages have no {inputs.content} that labels speak of; left out")
        progress = _progress(recipe, folds)
        if folds is not None:
            _print_figures(held_out(samples, recipe, folds, progress=progress))
        note = {
            "bidi_news": __version__,
            "model": arguments.model,
            "pages": inputs.used,
            "samples": len(samples),
            "sha256": inputs.digest.hexdigest(),
            "recipe": asdict(recipe),
        }
        stream.write(save_model(fit(samples, recipe, progress=progress), note))
    print(f"{arguments.output}: {inputs.used:,} pages, {len(samples):,} samples, seed {recipe.seed}")
    return session.exit_code


def _progress(recipe: Recipe, folds: int | None) -> Callable[[], None]:
    """Return what counts the epochs of all trainings on a terminal."""
    total, done = recipe.epochs * (1 + recipe.teachers) * (1 + (folds or 0)), 0

    def tell() -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            print(f"\repoch {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return tell


def _print_figures(found: HeldOut) -> None:
    """Print how the lines of held-out sites are scored."""
    from bidi_news.cli.table import cell, table  # noqa: PLC0415  (where there is something to show)

    rows = [
        (label.label.value, cell(label.precision), cell(label.recall), cell(label.f1), cell(label.support))
        for label in found.labels
    ]
    print(f"held out: {found.pages:,} pages of {found.sites:,} sites, body F1 {found.body_f1:.3f} per page")
    print(table([("network", "precision", "recall", "F1", "lines"), *rows]), end="")
