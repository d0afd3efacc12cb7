"""Train the segmentation models of data/model from labelled pages.

Run: OPENBLAS_NUM_THREADS=1 python tools/train_model.py text|html PAGES.jsonl[.gz]

Each row has ``text`` or ``html`` (the one named is used) and ``blocks`` or ``gold_body``, with ``title`` and ``deck``
where known; see bidi_news/segment/train.py. One thread, because a threaded BLAS adds in another order.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import orjson

from bidi_news.model import Page
from bidi_news.read import read_pages
from bidi_news.segment.network import save_network
from bidi_news.segment.train import Recipe, fit, read_samples


def page_of(kind: str, content: str) -> Page:
    """Return a page of text or of HTML."""
    return Page(html=content) if kind == "html" else Page(text=content)


def main(kind: str, source: str) -> None:
    """Write data/model/<kind>.npz."""
    path = Path(source)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [orjson.loads(line) for line in data.splitlines() if line.strip()]
    rows = [row for row in rows if row.get("gold_body") or row.get("negative") or "blocks" in row]
    # one page at a time: only the features of each are kept
    pages = ((read_pages([page_of(kind, row.get(kind) or "")])[0], row) for row in rows)
    recipe = Recipe()
    samples = list(read_samples(pages, recipe))
    print(f"{len(rows)} pages, {len(samples)} samples")
    target = Path(__file__).parent.parent / "data" / "model" / f"{kind}.npz"
    target.write_bytes(save_network(fit(samples, recipe)))
    print(f"wrote {target.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
