"""Teach a model its words: look at the photos, learn a head, write it beside the model."""

from __future__ import annotations

import csv
import dataclasses
import fnmatch
import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F

from desktop_app.engine.files import whole_file
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import WORDS_FILE, ModelCard, WordsHead, load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.models.words import check
from desktop_app.engine.settings import Settings

from .. import places
from ..files import explained
from ..networks.card import write_card
from ..runs.record import git_commit
from .head import Recipe, WordsNetwork, as_graph, chosen, train_head
from .lessons import Lessons, keys, lessons
from .looking import Looked, look

TEACHER = "teacher/mobilenetv2_int8.onnx"
SOURCES = ("photos", "photos160/sharp")
"""Folders of zip files below the data; the second is laid by whoever has it, and left out where it is not there."""
KEPT_BACK = (
    "pacs-photo/*",
    "imagenette2/*",
    "food-feedme/*",
    "groceries/*",
    "cars/*",
    "scenes8/test/*",
    "rooms-places/eval/*",
)
"""Photos that no word is learned from, so that words can be measured on them."""
_CSC411 = ("structures", "indoor", "people", "animals", "plant life", "food", "car", "sea")
_HELD_OUT = 4000  # of the photos learned from, for the loss that the card tells


def seen(card: ModelCard, ctx: JobContext) -> Looked:
    """All photos of `SOURCES` as teacher and model see them, from the cache where they were looked at before.

    Raises:
        NoImagesError: ``no-images``.
        Cancelled: what was looked at is kept.
    """
    folders = [places.data() / name for name in SOURCES]
    embedder = Embedder(card, Settings(device="cpu"))
    found = look(folders, embedder, places.data() / TEACHER, ctx, places.RUNS / "cache")
    return dataclasses.replace(found, names=_with_labels(found.names, folders[0]))


def _with_labels(names: Sequence[str], folder: Path) -> tuple[str, ...]:
    """The names of CSC411's photos with their labels, which stand beside the zip files, as folders."""
    table, source = folder / "csc411-flickr8-labels.csv", "csc411-flickr8/"
    if not table.exists():
        return tuple(names)
    with table.open(newline="", encoding="utf-8") as rows:
        label = {source + row["filename"]: _CSC411[int(row["label"]) - 1] for row in csv.DictReader(rows)}
    return tuple(f"{source}{label[name]}/{name[len(source) :]}" if name in label else name for name in names)


def kept_back(names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which photos are kept back, bool[N]."""
    return np.array([any(fnmatch.fnmatchcase(name, pattern) for pattern in KEPT_BACK) for name in names], bool)


def teach_words(folder: Path, ctx: JobContext, recipe: Recipe | None = None) -> ModelCard:
    """Learn the words of a model's embeddings and write them into its folder; the model itself stays bit for bit.

    Args:
        folder: of the model.
        ctx: progress and cancelling.
        recipe: how; the usual one when None.

    Raises:
        UserError: ``model-not-written``.
        ModelError: what `words.check` raises.
    """
    recipe = recipe or Recipe()
    card = load_card(folder)
    looked = seen(card, ctx)
    known = lessons(looked.names, looked.answers)
    rows = np.random.default_rng(recipe.seed).permutation(np.flatnonzero(~kept_back(looked.names)))
    rows, tested = np.split(rows, [-min(_HELD_OUT, len(rows) // 10)])
    network = train_head(looked.vectors[rows], chosen(known, rows), recipe, ctx)
    graph = as_graph(network).SerializeToString()
    figures: dict[str, Any] = {
        "photos": len(rows),
        "loss": round(loss(network, looked, known, rows[: len(tested)]), 3),
        "loss_held_out": round(loss(network, looked, known, tested), 3),
    }
    head = WordsHead(
        onnx_sha256=hashlib.sha256(graph).hexdigest(),
        names=keys(),
        data=_described([looked.names[row] for row in rows.tolist()]),
        method=(
            f"one hidden layer of {recipe.hidden} on the embeddings, which stay as they are; learned from the answers "
            f"of {TEACHER}, which had been trained with ImageNet's labels, gathered into everyday words by "
            "training/words/imagenet.csv, and from what training/words/sources.csv says all photos of a source show"
        ),
        figures=figures | {"recipe": dataclasses.asdict(recipe), "git_commit": git_commit()},
    )
    taught = dataclasses.replace(card, words=head)
    with explained(folder / WORDS_FILE, "model-not-written"):
        with whole_file(folder / WORDS_FILE) as out:
            out.write(graph)
        check(taught)
        write_card(taught, folder)
    return load_card(folder)


def loss(network: WordsNetwork, looked: Looked, known: Lessons, rows: npt.NDArray[np.int64]) -> float:
    """Cross-entropy a photo, summed over words, of some rows."""
    part = chosen(known, rows)
    with torch.no_grad():
        logits = network(torch.from_numpy(looked.vectors[rows]))
    shown, counts = torch.from_numpy(part.shown), torch.from_numpy(part.counts)
    total = F.binary_cross_entropy_with_logits(logits, shown, counts, reduction="sum")
    return float(total) / max(len(rows), 1)


def _described(names: Sequence[str]) -> str:
    """How many photos of which sources."""
    counts = Counter(name.split("/", 1)[0] for name in names)
    listed = ", ".join(f"{source} {number:,}" for source, number in sorted(counts.items()))
    return (
        f"{len(names):,} photos of the model's own sources and further ones ({listed}); terms: mostly research use or "
        "unstated"
    )
