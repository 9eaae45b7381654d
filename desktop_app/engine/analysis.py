"""What is computed of the photos of a folder: map, elbow, groups, their parts and their names.

Which photos groups are made of, says `basis`; results that outlive the program are in `kept`.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine.basis import Basis
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering import Grouper, clusterer
from desktop_app.engine.clustering.unsure import with_unsure
from desktop_app.engine.index.glances import glanced
from desktop_app.engine.job import JobContext
from desktop_app.engine.kept import Kept
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.words import words_of
from desktop_app.engine.naming import Namer, facts_of
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Clustering, Elbow, Embeddings, Int32Array, Int64Array, Projection

_log = logging.getLogger(__name__)


class Analysis:
    """The results of one set of photos; what they have in common is computed once. May be used from several threads.

    Args:
        root: the folder.
        photos: that it holds.
        embeddings: of these, rows in the same order.
        model: that made the embeddings.
        cache: keeps results, and vectors of photos that have gone.
    """

    def __init__(self, root: Path, photos: PhotoList, embeddings: Embeddings, model: ModelCard, cache: Cache) -> None:
        self.photos = photos
        self._root, self._embeddings, self._model, self._cache = root, embeddings, model, cache
        self._basis: Basis | None = None
        self._namer: Namer | None = None
        self._lock = threading.Lock()

    def made_of(self, photo_ids: Int64Array | None) -> Basis:
        """What is made of the photos ``photo_ids``, int64[n] ascending, all of them where it is None or empty."""
        wanted = np.empty(0, np.int64) if photo_ids is None else photo_ids
        with self._lock:
            if self._basis is None or not np.array_equal(self._basis.photo_ids, wanted):
                contents, passing = self.photos.hashes.texts, bool(glanced(self.photos).any())
                self._basis = Basis(self._cache, self._embeddings, contents, wanted, passing=passing)
            return self._basis

    def project(self, ctx: JobContext, basis: Int64Array | None) -> Projection:
        """The map, see `Library.project`.

        Raises:
            Cancelled: the person asked to stop.
        """
        ctx.check()
        return self.made_of(basis).project(ctx)

    def elbow(self, ctx: JobContext, basis: Int64Array | None, *, k_max: int | None, space: str, seed: int) -> Elbow:
        """The curve from which the number of groups is chosen, see `Library.elbow`.

        Raises:
            UsageError: ``unknown-space``.
            Cancelled: the person asked to stop.
        """
        start = time.monotonic()
        ctx.check()
        curve = self.made_of(basis).elbow(ctx, k_max=k_max, space=space, seed=seed)
        seconds = time.monotonic() - start
        _log.info("elbow: %d groups suggested, %s, in %.2f s", curve.suggested, curve.strength, seconds)
        return curve

    def cluster(
        self,
        ctx: JobContext,
        basis: Int64Array | None,
        *,
        method: str,
        k: int | None,
        space: str,
        seed: int,
        unsure_below: float,
        params: Any,
    ) -> Clustering:
        """The groups, see `Library.cluster`.

        Raises:
            UsageError: what `Library.cluster` raises.
            Cancelled: the person asked to stop.
        """
        start = time.monotonic()
        if params is None:
            params = clusterer(method).params()
        ctx.check()

        made = self.made_of(basis)
        found = with_unsure(made.cluster(ctx, method=method, k=k, space=space, seed=seed, params=params), unsure_below)
        seconds = time.monotonic() - start
        _log.info("grouped %d photos by %s: %d groups in %.2f s", found.labels.size, method, found.k, seconds)
        return found

    def parts(self, photo_ids: Int64Array, number: int, ctx: JobContext) -> Int32Array:
        """How some of the photos fall into parts among themselves, int32[n], see `Library.parts`.

        Raises:
            Cancelled: the person asked to stop.
        """
        order = np.argsort(self._embeddings.photo_ids)
        rows = order[np.searchsorted(self._embeddings.photo_ids, photo_ids, sorter=order)]
        chosen = Embeddings(photo_ids, self._embeddings.vectors[rows], self._embeddings.model_id)
        return Grouper(chosen).cluster(ctx, k=min(number, len(photo_ids))).labels

    def namer(self, ctx: JobContext) -> Namer:
        """What suggests names for groups of these photos, always the same one.

        Raises:
            ModelError: the model's words do not fit its card.
            Cancelled: the person asked to stop.
        """
        ctx.check()
        with self._lock:
            if self._namer is None:
                photos = self._embeddings
                kept = Kept(self._cache, photos.photo_ids, photos.model_id, clusters=photos.clusters is not None)
                head, ids, shown = self._model.words, np.sort(photos.photo_ids), None
                if head is not None:
                    compute = partial(words_of, self._model, photos.vectors)
                    shown = kept.words(compute, head.onnx_sha256, len(head.names), self._root)
                self._namer = Namer(facts_of(self._root, self.photos, ids, head.names if head else (), shown))
            return self._namer
