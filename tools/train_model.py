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

from bidi_news.segment.network import save_network
from bidi_news.segment.train import Recipe, fit, read_samples


def main(kind: str, source: str) -> None:
    """Write data/model/<kind>.npz."""
    path = Path(source)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    other = {"text": "html", "html": "text"}[kind]
    rows = [orjson.loads(line) for line in data.splitlines() if line.strip()]
    rows = [row for row in rows if row.get(kind) and (row.get("gold_body") or row.get("negative") or "blocks" in row)]
    for row in rows:
        row.pop(other, None)
    recipe = Recipe()
    samples = list(read_samples(rows, recipe))
    print(f"{len(rows)} pages, {len(samples)} samples")
    target = Path(__file__).parent.parent / "data" / "model" / f"{kind}.npz"
    target.write_bytes(save_network(fit(samples, recipe)))
    print(f"wrote {target.name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
