"""Labelled photos for the benchmarks: folders whose sub-folders are the labels, feature files, and mixes of both."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop_app.engine.evaluate import Labels
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.types import Embeddings, Float32Array

CTX = JobContext()
_MOST_LABELS = 15
_MOST_PHOTOS = 600


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Some photos with their labels.

    Attributes:
        name: of the folder or file.
        vectors: float32[N, D].
        truth: int[N].
        clusters: float32[N, C], the model's own cluster probabilities, None where it has none.
    """

    name: str
    vectors: Float32Array
    truth: Labels
    clusters: Float32Array | None = None

    @property
    def k(self) -> int:
        """Number of labels."""
        return len(np.unique(self.truth))

    @property
    def embeddings(self) -> Embeddings:
        """As the engine takes them."""
        return Embeddings(np.arange(1, len(self.truth) + 1), self.vectors, "benchmark", self.clusters)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that choose the sets, for `from_options`."""
    parser.add_argument("folder", nargs="*", type=Path, help="its sub-folders are the labels")
    parser.add_argument("--model", help="of the folders; the default one when absent")
    parser.add_argument("--features", nargs="*", type=Path, default=[], help=".npz files with labels in the array y")
    parser.add_argument("--key", default="vectors", help="the array of the feature files that holds the features")


def from_options(options: argparse.Namespace) -> list[LabelledSet]:
    """The sets asked for, feature files first."""
    return [*_features(options.features, options.key), *_folders(options.folder, options.model)]


def _features(paths: Sequence[Path], key: str) -> Iterator[LabelledSet]:
    for path in paths:
        stored = np.load(path)
        yield LabelledSet(path.stem, stored[key].astype(np.float32), stored["y"])


def _folders(paths: Sequence[Path], model: str | None) -> Iterator[LabelledSet]:
    for path in paths:
        with Library(path, model=model) as library:
            library.index(CTX)
            names = [photo.path.relative_to(library.root).parts[0] for photo in library.photos]
            found = library.embeddings
            yield LabelledSet(path.name, found.vectors, np.unique(names, return_inverse=True)[1], found.clusters)


def mixes(sets: Sequence[LabelledSet], number: int, seed: int) -> Iterator[LabelledSet]:
    """Folders as people have them: 2 to 15 labels from one set or several, even or uneven, 600 photos at most.

    Args:
        sets: with vectors of one length.
        number: of mixes.
        seed: of what is drawn.
    """
    rng = np.random.default_rng(seed)
    pool = [(place, label) for place, one in enumerate(sets) for label in np.unique(one.truth)]
    for count in range(number):
        k = int(rng.integers(2, min(_MOST_LABELS, len(pool)) + 1))
        home = int(rng.integers(len(sets)))
        own = [pair for pair in pool if pair[0] == home]
        source = own if len(own) >= k and rng.random() < 0.6 else pool
        even = rng.random() < 0.4
        rows = []
        for place, label in (source[choice] for choice in rng.permutation(len(source))[:k]):
            members = rng.permutation(np.flatnonzero(sets[place].truth == label))
            share = 1.0 if even else rng.uniform(0.2, 1)
            rows += [(place, row) for row in members[: max(8, int(share * len(members)))]]
        labels = np.unique([f"{place}/{sets[place].truth[row]}" for place, row in rows], return_inverse=True)[1]
        kept = np.sort(rng.permutation(len(rows))[:_MOST_PHOTOS])
        vectors = np.stack([sets[rows[one][0]].vectors[rows[one][1]] for one in kept])
        yield LabelledSet(f"mix {count}", vectors, labels[kept])
