"""Learn what letters are worth beside each other, and how to judge alignments.

The result is data/keys/costs.tsv and data/model/names.npz.

The aligner is learned by gradient descent on pairs of spellings of one name and of names that look alike
(tools/name_pairs.py): the log odds of a pair are the worth of its alignments, first of all of them, each weighted by
how good it is, in the last passes of the best one alone. The table of letters begins with the rules of romanization
(SOUNDS below) and is learned together with the network that corrects it by what stands around. Weights are then rounded
to whole numbers, and the judge learns from the measures of the rounded aligner. Run, in the project's folder:

    python -m tools.train_names he.tsv.gz ar.tsv.gz latin.tsv.gz

It takes some minutes on one core and prints the F1 of entities that were not learned from. Everything hangs on SEED.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bidi_news.variants import likeness, vectors
from bidi_news.variants.alphabet import ALPHABET, MARGIN, spell
from tools.name_pairs import KINDS, Names, draw, read_table
from tools.soft_alignment import soft_alignment, soft_gradient

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Gradients = dict[str, Floats]

SEED = 0
UNITS, PARTS = 48, 16
PASSES = (0.5, 0.3, 0.2, *(0.1,) * 6, 0, 0, 0)
"""How soft the choice of the best step is in each pass over the pairs; 0 for the best alone."""
BATCH, RATE, DECAY = 1024, 6e-3, 1e-2
JUDGE_UNITS, JUDGE_PASSES, JUDGE_DRAWS = 24, 10, 3
LIKE, RATHER, UNLIKE = 1.5, 1.0, -2.0
WEAK = "aeiouy'הויאעءأإآؤئاويىةه"
SOUNDS = (
    "qkcגכךקخحكقهhx", "gגجغقكhה", "zsצץזסשصسزصظثضj", "cכצקסسشتש", "j\N{HEBREW LETTER YOD}جyגزچي", "wvbבווبفפףpouوf",
    "fפףفpبbvپڤ", "dדטתدتطضذثظt", "i\N{HEBREW LETTER YOD}yeaאعעئإاىي", "ouaוואاعؤأو", "lלل", "mמםم", "nנןن", "rרغ",
    "hהهحחخةkأא", "aeאعהةاىأآء", "xקكס",
)  # fmt: skip
"""Letters that stand for each other in some romanization, to begin with."""


def first_letter_pairs() -> Floats:
    """Return what two letters are worth before anything is learned."""
    table = np.full((len(ALPHABET), len(ALPHABET)), UNLIKE, np.float32)
    for group in SOUNDS:
        codes = [ALPHABET.index(letter) for letter in group]
        table[np.ix_(codes, codes)] = RATHER
    np.fill_diagonal(table, LIKE)
    return table


@dataclass
class Parameters:
    """What is learned of the aligner."""

    random: np.random.Generator
    context: Floats = field(init=False)
    bias: Floats = field(init=False)
    vectors: Floats = field(init=False)
    gaps: Floats = field(init=False)
    letter_pairs: Floats = field(init=False)
    letters: Floats = field(init=False)
    kinds: Floats = field(init=False)
    """What the log odds of a pair of scripts begin with."""
    lengths: Floats = field(init=False)
    """What ten letters add to them."""

    def __post_init__(self) -> None:
        """Begin with small random numbers, and with the rules of romanization."""
        normal = self.random.normal
        self.context = (normal(size=(2 * MARGIN + 1, len(ALPHABET), UNITS)) * 0.25).astype(np.float32)
        self.bias = np.full(UNITS, 0.3, np.float32)
        self.vectors = (normal(size=(UNITS, PARTS)) * 0.15).astype(np.float32)
        self.gaps = np.zeros(UNITS, np.float32)
        self.letter_pairs = first_letter_pairs()
        self.letters = np.array([-0.3 if letter in WEAK else -1.2 for letter in ALPHABET], np.float32)
        self.kinds, self.lengths = np.zeros(len(KINDS), np.float32), np.zeros(len(KINDS), np.float32)

    @property
    def signs(self) -> Floats:
        """Every other part of a vector speaks against likeness."""
        return np.where(np.arange(PARTS) % 2, -1, 1).astype(np.float32)

    def learned(self) -> dict[str, Floats]:
        """Return the arrays by name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "random"}


class Learner:
    """One gradient of the loss of a batch of pairs."""

    def __init__(self, spellings: Sequence[str]) -> None:
        """Spell all names once."""
        self.spelled = spell(spellings)
        self.lengths = np.diff(self.spelled.starts)
        self.codes = self.spelled.codes.astype(np.int64)

    def batches(self, pairs: NDArray[np.int64], random: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Deal the pairs into batches of about one length, each pair in either order."""
        left, right = self.lengths[pairs[:, 0]], self.lengths[pairs[:, 1]]
        order = np.argsort(left + right * 1.01 + random.random(len(pairs)) * 1.5)
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        random.shuffle(batches)
        for batch in batches:
            dealt = pairs[batch].copy()
            turned = random.random(len(dealt)) < 0.5
            dealt[turned, :2] = dealt[turned, 1::-1]
            yield dealt

    def gradients(self, now: Parameters, batch: NDArray[np.int64], softness: float) -> Gradients:
        """Return the gradients of the mean logistic loss of a batch."""
        left, right, same, kind = batch.T
        counts = self.lengths[left], self.lengths[right]
        sides = [self._side(now, names, count) for names, count in zip((left, right), counts, strict=True)]
        (rows, hidden_rows, vectors_rows, alone_rows), (columns, hidden_columns, vectors_columns, alone_columns) = sides
        table = now.letter_pairs[self.codes[rows][:, :, None], self.codes[columns][:, None, :]]
        pairs = np.matmul(vectors_rows * now.signs, vectors_columns.transpose(0, 2, 1)) + table
        worth, steps = soft_alignment(pairs, alone_rows, alone_columns, counts, softness)
        tens = (counts[0] + counts[1]) / 10 - 1
        odds = worth + now.kinds[kind] + now.lengths[kind] * tens
        wrong = ((1 / (1 + np.exp(-odds)) - same) / len(batch)).astype(np.float32)
        of_pairs, of_rows, of_columns = soft_gradient(wrong, steps, counts)
        found: Gradients = {
            "kinds": np.bincount(kind, wrong, len(KINDS)).astype(np.float32),
            "lengths": np.bincount(kind, wrong * tens, len(KINDS)).astype(np.float32),
        }
        found |= self._of_table(rows, columns, of_pairs, of_rows, of_columns)
        of_vectors = [
            (np.matmul(of_pairs, vectors_columns) * now.signs).reshape(-1, PARTS),
            (np.matmul(of_pairs.transpose(0, 2, 1), vectors_rows) * now.signs).reshape(-1, PARTS),
        ]
        of_alone = [of_rows.ravel(), of_columns.ravel()]
        hidden = [hidden_rows, hidden_columns]
        found["vectors"] = sum(x.T @ y for x, y in zip(hidden, of_vectors, strict=True))
        found["gaps"] = sum(x.T @ y for x, y in zip(hidden, of_alone, strict=True))
        of_hidden = np.concatenate(
            [
                (y @ now.vectors.T + z[:, None] * now.gaps) * (x > 0)
                for x, y, z in zip(hidden, of_vectors, of_alone, strict=True)
            ]
        )
        found["bias"] = of_hidden.sum(0)
        found["context"] = self._of_context(np.concatenate([rows.ravel(), columns.ravel()]), of_hidden)
        return found

    def _side(self, now: Parameters, names: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[Any, ...]:
        """Return the places of the letters of one side, their hidden units, vectors, and worths alone."""
        within = np.minimum(np.arange(counts.max()), counts[:, None] - 1)
        places = self.spelled.letters[self.spelled.starts[names][:, None] + within]
        flat = places.ravel()
        hidden = now.bias + sum(now.context[at][self.codes[flat + at - MARGIN]] for at in range(2 * MARGIN + 1))
        np.maximum(hidden, 0, out=hidden)
        alone = (hidden @ now.gaps).reshape(places.shape) + now.letters[self.codes[places]]
        return places, hidden, (hidden @ now.vectors).reshape(*places.shape, PARTS), alone

    def _of_table(self, rows: Any, columns: Any, of_pairs: Floats, of_rows: Floats, of_columns: Floats) -> Gradients:
        """Return the gradients of the table of letters."""
        size = len(ALPHABET)
        left, right = self.codes[rows], self.codes[columns]
        cells = (left[:, :, None] * size + right[:, None, :]).ravel()
        table = np.bincount(cells, of_pairs.ravel(), size * size).reshape(size, size)
        alone = np.bincount(left.ravel(), of_rows.ravel(), size) + np.bincount(right.ravel(), of_columns.ravel(), size)
        return {"letter_pairs": ((table + table.T) / 2).astype(np.float32), "letters": alone.astype(np.float32)}

    def _of_context(self, places: NDArray[np.int64], of_hidden: Floats) -> Floats:
        """Return the gradient of the window's weights."""
        found = np.zeros((2 * MARGIN + 1, len(ALPHABET), UNITS), np.float32)
        for at in range(2 * MARGIN + 1):
            codes = self.codes[places + at - MARGIN].astype(np.uint8)
            order = np.argsort(codes, kind="stable")
            first = np.flatnonzero(np.diff(codes[order], prepend=np.uint8(255)))
            found[at, codes[order][first]] = np.add.reduceat(of_hidden[order], first, axis=0)
        return found


class Adam:
    """Kingma and Ba, "Adam: a method for stochastic optimization", 2015; the rate rises, then falls to nothing."""

    def __init__(self, rate: float, steps: int, *, decayed: tuple[str, ...] = ()) -> None:
        """Take the largest rate, about how many steps there will be, and the names of what decays."""
        self.rate, self.steps, self.decayed, self.done = rate, steps, decayed, 0
        self.mean: Gradients = {}
        self.square: Gradients = {}

    def step(self, values: dict[str, Floats], gradients: Gradients) -> None:
        """Take one step."""
        self.done += 1
        rate = self.rate * min(1, self.done / 100) * max(0.02, 1 - self.done / (1.02 * self.steps))
        for name, gradient in gradients.items():
            self.mean[name] = 0.9 * self.mean.get(name, np.float32(0)) + 0.1 * gradient
            self.square[name] = 0.99 * self.square.get(name, np.float32(0)) + 0.01 * gradient * gradient
            mean, square = self.mean[name] / (1 - 0.9**self.done), self.square[name] / (1 - 0.99**self.done)
            change = mean / (np.sqrt(square) + 1e-8) + (DECAY * values[name] if name in self.decayed else 0)
            values[name] -= (rate * change).astype(values[name].dtype)


def learn_alignment(names: Names, random: np.random.Generator) -> Parameters:
    """Learn the aligner."""
    now, learner, optimizer = Parameters(random), Learner(list(names.number)), None
    for number, softness in enumerate(PASSES):
        pairs = draw(names, random, held_out=False)
        optimizer = optimizer or Adam(RATE, len(PASSES) * -(-len(pairs) // BATCH), decayed=("context", "vectors"))
        for batch in learner.batches(pairs, random):
            optimizer.step(now.learned(), learner.gradients(now, batch, softness))
        print(f"pass {number + 1} of {len(PASSES)}, {len(pairs):,} pairs", flush=True)
    return now


def whole(now: Parameters) -> vectors.Weights:
    """Return the aligner in whole numbers."""
    levels, parts, fine = 32, 16, 64  # of a hidden unit, of a part of a vector, of their weights

    def rounded(values: Floats, unit: float, largest: int = 1 << 15) -> Floats:
        near: Floats = np.clip(np.rint(values * unit), -largest, largest).astype(np.float32)
        return near

    table = rounded(now.letter_pairs, vectors.UNIT).astype(np.int32)
    return vectors.Weights(
        context=rounded(now.context, levels),
        bias=rounded(now.bias, levels),
        vectors=rounded(now.vectors, fine, 255),
        vector_scale=parts / (levels * fine),
        signs=now.signs,
        gaps=rounded(now.gaps, fine, 255),
        gap_scale=vectors.UNIT / (levels * fine),
        letter_pairs=table,
        letters=rounded(now.letters, vectors.UNIT).astype(np.int32),
    )


def learn_judge(measured: NDArray[np.float64], pairs: NDArray[np.int64], random: np.random.Generator) -> likeness.Judge:
    """Learn the judge of measured pairs."""
    mean, spread = measured.mean(0), measured.std(0) + 1e-3
    inputs = np.concatenate([(measured - mean) / spread, np.eye(len(KINDS))[pairs[:, 3]]], axis=1)
    values: dict[str, Any] = {
        "hidden": random.normal(size=(inputs.shape[1], JUDGE_UNITS)) * 0.3,
        "bias": np.zeros(JUDGE_UNITS),
        "output": random.normal(size=JUDGE_UNITS) * 0.2,
        "output_bias": np.zeros(1),
    }
    optimizer = Adam(4e-3, JUDGE_PASSES * -(-len(pairs) // 512))
    for _ in range(JUDGE_PASSES):
        order = random.permutation(len(pairs))
        for start in range(0, len(order), 512):
            chosen = order[start : start + 512]
            hidden = np.maximum(inputs[chosen] @ values["hidden"] + values["bias"], 0)
            odds = hidden @ values["output"] + values["output_bias"]
            wrong = (1 / (1 + np.exp(-odds)) - pairs[chosen, 2]) / len(chosen)
            of_hidden = wrong[:, None] * values["output"] * (hidden > 0)
            gradients = {
                "hidden": inputs[chosen].T @ of_hidden, "bias": of_hidden.sum(0), "output": hidden.T @ wrong,
                "output_bias": wrong.sum(keepdims=True),
            }  # fmt: skip
            optimizer.step(values, gradients)
    count = measured.shape[1]  # mean and spread become part of the weights
    values["bias"] = values["bias"] - (mean / spread) @ values["hidden"][:count]
    values["hidden"][:count] /= spread[:, None]
    rounded = {name: value.astype(np.float32).astype(np.float64) for name, value in values.items()}
    return likeness.Judge(rounded["hidden"], rounded["bias"], rounded["output"], float(rounded["output_bias"][0]))


def report(odds: NDArray[np.float64], pairs: NDArray[np.int64]) -> None:
    """Print the balanced F1 of each pair of scripts."""
    for number, name in enumerate(likeness.SCRIPT_PAIRS):
        mine = pairs[:, 3] == number
        said = [odds[mine & (pairs[:, 2] == same)] > 0 for same in (1, 0)]
        if all(map(len, said)):
            hits, false = (answers.mean() for answers in said)
            print(f"{name}: {mine.sum():,} pairs, balanced F1 {2 * hits / (hits + false + 1):.3f}")


def save(weights: vectors.Weights, judge: likeness.Judge, data: Path) -> None:
    """Write the table of costs and the model."""
    lines = [
        "# What two letters are worth beside each other, and a letter alone (-), in 1/256 of a unit of log odds,",
        "# before what stands around them is counted; two letters that are not listed: -512. Source: names of persons",
        "# in Wikidata (CC0-1.0), learned by tools/train_names.py, which begins with the rules of romanization.",
        "left\tright\tworth",
    ]
    for code, letter in list(enumerate(ALPHABET))[1:]:
        lines.append(f"{letter}\t-\t{weights.letters[code]}")
        worths = enumerate(weights.letter_pairs[code][code:], code)
        lines += [f"{letter}\t{ALPHABET[other]}\t{worth}" for other, worth in worths if worth != vectors.UNUSUAL]
    (data / vectors.COSTS).write_text("\n".join(lines) + "\n", "utf-8")
    arrays = {
        "format": np.array(vectors.FORMAT), "alphabet": np.array(ALPHABET),
        "context": weights.context.astype(np.int16), "bias": weights.bias.astype(np.int16),
        "vectors": weights.vectors.astype(np.int16), "vector_scale": np.array(weights.vector_scale),
        "signs": weights.signs.astype(np.int8), "gaps": weights.gaps.astype(np.int16),
        "gap_scale": np.array(weights.gap_scale), "judge_hidden": judge.hidden.astype(np.float32),
        "judge_bias": judge.bias.astype(np.float32), "judge_output": judge.output.astype(np.float32),
        "judge_output_bias": np.array(judge.output_bias, np.float32),
    }  # fmt: skip
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # the stub wants a bool for allow_pickle
    (data / vectors.MODEL).write_bytes(buffer.getvalue())


def main() -> None:
    """Learn everything and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name in ("hebrew", "arabic", "latin"):
        parser.add_argument(name, help="two columns, the first one Latin; tab-separated, plain or gzip")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder that the files go to")
    arguments = parser.parse_args()
    tables = {name: read_table(getattr(arguments, name)) for name in ("hebrew", "arabic", "latin")}
    names = Names(dict(tables["hebrew"]), dict(tables["arabic"]), tables["latin"])
    random = np.random.default_rng(SEED)
    weights = whole(learn_alignment(names, random))
    encoded = vectors.encode(spell(list(names.number)), weights)
    pairs = np.concatenate([draw(names, random, held_out=False) for _ in range(JUDGE_DRAWS)])
    measured = likeness.measure_pairs(encoded, pairs[:, 0], pairs[:, 1], weights)
    judge = learn_judge(measured, pairs, random)
    save(weights, judge, arguments.data)
    unseen = draw(names, random, held_out=True)
    report(judge.decide(likeness.measure_pairs(encoded, unseen[:, 0], unseen[:, 1], weights), unseen[:, 3]), unseen)


if __name__ == "__main__":
    main()
