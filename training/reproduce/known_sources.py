"""How well features tell kinds of photos apart in the sources that they were learned from.

Labels are for measuring only: no feature learns from them. There are ten times as many photos and kinds as in the
labeled folders, so that small differences show; what counts for a person's own photos is measured on the folders.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine.evaluate import kmeans_accuracy, knn_accuracy, standardize
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Int64Array

from ..measuring.evaluation import network_embedder
from ..networks.backbones import BACKBONES
from ..networks.card import draft_card
from ..photos.data import PhotoArray
from ..runs.open import load_run
from .worlds import pools

_SCENES = ("dtd10", "rooms-places", "scenes8", "sports100")
"""Sources whose kinds differ as a whole; in the others it is the thing that counts."""
_KINDS, _PHOTOS, _FEWEST = 20, 400, 5


def drawn_kinds(names: Sequence[str], seed: int = 0) -> dict[str, tuple[Int64Array, Int64Array]]:
    """Some photos of some kinds of each source: source -> rows and labels, int64[n] each.

    Args:
        names: ``source/path`` of each photo, see `pools`.
        seed: of what is drawn.
    """
    drawn = {}
    for place, (source, kinds) in enumerate(sorted(pools(names).items())):
        if len(kinds) < 2:
            continue
        rng = np.random.default_rng([seed, place])
        chosen = [kinds[one] for one in rng.permutation(len(kinds))[:_KINDS]]
        share = max(_FEWEST, _PHOTOS // len(chosen))
        rows = [rng.permutation(members)[:share] for members in chosen]
        drawn[source] = np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    return drawn


def source_figures(
    run: Path, read_at: int, photos: PhotoArray, names: Sequence[str], ctx: JobContext
) -> dict[str, float]:
    """kNN5 and k-means ACC of a run's features, as pooled, mean over sources, and kNN5 where the thing counts or not.

    Args:
        run: folder of the run.
        read_at: side in pixels at which photos are read.
        photos: to read.
        names: of them, ``source/path``.
        ctx: progress and cancelling.

    Returns:
        Metric -> percent.
    """
    config, network, _ = load_run(run)
    embed = network_embedder(network, draft_card(config.name, read_at, BACKBONES[config.backbone].dim))
    knn, groups = {}, {}
    for source, (rows, labels) in drawn_kinds(names).items():
        ctx.check()
        vectors = embed([Image.fromarray(photos.images[row].transpose(1, 2, 0)) for row in rows])
        knn[source] = 100 * knn_accuracy(standardize(vectors), labels)
        groups[source] = 100 * kmeans_accuracy(vectors, labels)[0]
    scenes = [value for source, value in knn.items() if source in _SCENES]
    things = [value for source, value in knn.items() if source not in _SCENES]
    means = {"kNN5, sources": list(knn.values()), "k-means ACC, sources": list(groups.values())}
    means |= {"kNN5, things": things, "kNN5, scenes": scenes}
    return {metric: float(np.mean(values)) for metric, values in means.items() if values}
