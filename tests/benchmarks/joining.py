"""Where photos go that come after groups were made, beside where grouping all of them would have put them.

    python -m tests.benchmarks.joining [--rounds 5]

The three labeled folders below ``KINDRED_DATA``, seen by the model that ships. A tenth of a folder is held out, groups
are made of the rest, and the tenth joins them. ``joined`` is the percentage of the tenth that stands in the group where
grouping all photos puts it, groups matched one to one over the whole folder; ``made of`` the same of the other nine
tenths. ACC is that of the tenth, as joined and as grouped. Means over folders, rounds, and numbers of groups (the true
and the suggested one, 6, 12 and 20) where the method takes one. Development figures: the rule was chosen on these
folders. Asserts nothing; takes two minutes of one core.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from desktop_app.engine.basis import Basis
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.evaluate import contingency, hungarian_accuracy
from desktop_app.engine.index.identity import photo_ids
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.types import Embeddings, Int64Array
from training import places
from training.measuring.evaluation import LABELED_FOLDERS, card_embedder, labeled_photos

METHODS = ("kmeans", "agglomerative", "gmm", "hdbscan", "spectral", "affinity")
CTX = JobContext()

Labels = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Folder:
    """Photos with their labels; a photo's content is its number."""

    embeddings: Embeddings
    truth: Labels
    cache: Cache

    def made_of(self, rows: Int64Array, there: Int64Array) -> Basis:
        """Groups of some photos, and of those that ``there`` are besides."""
        ids = self.embeddings.photo_ids
        shown = Embeddings(ids[there], self.embeddings.vectors[there], self.embeddings.model_id)
        return Basis(self.cache, shown, lambda: list(map(str, there.tolist())), np.sort(ids[rows]))


def groups(made: Basis, method: str, k: int | None) -> Labels:
    params = CLUSTERERS[method].params()
    return made.cluster(CTX, method=method, k=k, space="embedding", seed=0, params=params).best


def agreement(one: Labels, other: Labels, rows: Int64Array) -> float:
    """Share of ``rows`` in the same group, groups matched one to one over all."""
    table = contingency(one, other)
    matched = dict(zip(*linear_sum_assignment(-table), strict=True))
    names, others = np.unique(one), np.unique(other)
    known = {names[a]: others[b] for a, b in matched.items() if a < len(names) and b < len(others)}
    return float(np.mean([known.get(one[row]) == other[row] for row in rows]))


def rounds(folder: Folder, method: str, number: int) -> Iterator[tuple[float, float, float, float]]:
    """Joined, made of, ACC as joined, ACC as grouped; one for each round and number of groups."""
    count = len(folder.truth)
    everything = np.arange(count)
    for seed in range(number):
        held = np.sort(np.random.default_rng(seed).permutation(count)[: count // 10])
        rest = np.setdiff1d(everything, held)
        part, whole = folder.made_of(rest, everything), folder.made_of(everything, everything)
        chosen = {len(np.unique(folder.truth)), whole.elbow(CTX, k_max=None, space="embedding", seed=0).suggested}
        for k in sorted(chosen | {6, 12, 20}) if CLUSTERERS[method].takes_k else [None]:
            joined, grouped = groups(part, method, k), groups(whole, method, k)
            accuracy = (hungarian_accuracy(folder.truth[held], one[held]) for one in (joined, grouped))
            yield agreement(grouped, joined, held), agreement(grouped, joined, rest), *accuracy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    embed = card_embedder(shelf.resolve("photos"), "int8")
    print(f"{'':16}{'joined':>9}{'made of':>9}{'ACC joined':>12}{'ACC grouped':>13}")
    with tempfile.TemporaryDirectory() as scratch, Cache(Path(scratch)) as cache:
        folders = []
        for name in LABELED_FOLDERS:
            images, truth = labeled_photos(places.data() / "folders" / name, CTX)
            ids = photo_ids([f"{name} {row}" for row in range(len(truth))])
            folders.append(Folder(Embeddings(ids, embed(images), name), truth, cache))
        for method in METHODS:
            found = [figures for folder in folders for figures in rounds(folder, method, options.rounds)]
            joined, made, before, after = 100 * np.mean(found, axis=0)
            print(f"{method:16}{joined:9.1f}{made:9.1f}{before:12.1f}{after:13.1f}", flush=True)


if __name__ == "__main__":
    main()
