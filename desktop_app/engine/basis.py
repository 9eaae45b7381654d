"""Elbow, map and groups of a folder, made of some of its photos; what came later joins these.

So one photo more or less moves no other, and the suggested number stays as well. Which photos those are, says
`curation.basis`; a person can ask for all of them anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from itertools import count
from typing import Any

import numpy as np

from desktop_app.engine import project
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering import Grouper, clusterer
from desktop_app.engine.clustering.attaching import Pattern
from desktop_app.engine.clustering.calibration import calibrated
from desktop_app.engine.clustering.features import Features
from desktop_app.engine.clustering.grouper import too_many_groups
from desktop_app.engine.curation.members import among, without
from desktop_app.engine.index.identity import photo_id
from desktop_app.engine.job import JobContext
from desktop_app.engine.kept import Kept
from desktop_app.engine.types import Clustering, Elbow, Embeddings, Float32Array, Int64Array, Projection

_COPIES = 8
"""Among how many of one content those are looked for that had gone before: each takes its time for each photo."""


class Basis:
    """The photos that groups are made of, and what is made of them. May be used from several threads.

    Photos that have gone still count, as long as the cache has their vectors: so those that are left stay where they
    are. Where it has lost them, groups are made without them and may change by that.

    Args:
        cache: keeps results, and vectors of photos that have gone.
        embeddings: of the photos that there are.
        contents: gives the content hash of each of these, in their order.
        photo_ids: int64[n] ascending, the photos that groups are made of; all that there are where it is empty, or
            where nothing is known of any of them.
        passing: these photos will have other ids as soon as they are read in full; none joins their groups later.
    """

    def __init__(
        self,
        cache: Cache,
        embeddings: Embeddings,
        contents: Callable[[], Sequence[str]],
        photo_ids: Int64Array,
        *,
        passing: bool = False,
    ) -> None:
        self.photo_ids = photo_ids
        self._passing = passing
        self._all = embeddings
        self._contents = contents
        here = among(embeddings.photo_ids, photo_ids)
        self._gone, self._gone_contents = _gone(cache, embeddings, photo_ids)
        if not here.any() and not self._gone.photo_ids.size:
            here[:] = True
        self._here, self._later = np.flatnonzero(here), np.flatnonzero(~here)
        ids = np.concatenate([embeddings.photo_ids[self._here], self._gone.photo_ids])
        self._kept = Kept(cache, ids, embeddings.model_id, clusters=embeddings.clusters is not None)
        self._ids = ids
        self._made: Grouper | None = None
        self._lock = threading.Lock()

    def project(self, ctx: JobContext) -> Projection:
        """The map; what came later is placed on it. See `project.project`."""
        found = self._kept.projection(lambda: project.project(self._embeddings(), ctx))
        if self._is_all:
            return found
        xy = np.empty((len(self._all.photo_ids), 2), np.float32)
        xy[self._here] = found.xy[: len(self._here)]
        xy[self._later] = project.place(found, self._all.vectors[self._later])
        return replace(found, photo_ids=self._all.photo_ids, xy=xy)

    def elbow(self, ctx: JobContext, **asked: Any) -> Elbow:
        """The curve from which the number of groups is chosen; see `Grouper.elbow`."""
        return self._kept.elbow(lambda: self._grouper().elbow(ctx, **asked), **asked)

    def cluster(self, ctx: JobContext, *, method: str, k: int | None, space: str, seed: int, params: Any) -> Clustering:
        """The groups, no group's photo unsure; see `Grouper.cluster`.

        Groups of nothing but photos that have gone keep their number. Fewer come back where the photos that groups are
        made of are fewer.

        Raises:
            UsageError: what `Grouper.cluster` raises.
        """
        entry, most = clusterer(method), max(len(self._ids), len(self._all.photo_ids))
        asked: dict[str, Any] = {"method": method, "k": k, "space": space, "seed": seed, "params": asdict(params)}
        if k is not None and k > most and entry.takes_k:
            raise too_many_groups(k, most)

        def how_to_join(found: Clustering) -> tuple[Features, Pattern]:
            more: dict[str, Any] = {"space": space, "params": params}
            return (
                self._kept.features(lambda: self._grouper().features(space, ctx), space=space),
                self._kept.pattern(lambda: self._grouper().pattern(found, ctx, **more), **asked),
            )

        def compute() -> Clustering:
            grouper, number = self._grouper(), k if k is None else min(k, len(self._ids))
            grouper.check(method, number)
            if k is None and not entry.finds_k:
                number = self.elbow(ctx, k_max=None, space=space, seed=seed).suggested
            made = grouper.cluster(ctx, method=method, k=number, space=space, seed=seed, params=params)
            if len(self._ids) and not self._passing:
                how_to_join(made)  # kept with it: the next photo that comes needs none of the others' vectors
            return made

        found = self._kept.clustering(compute, **asked)
        if self._is_all:
            return found
        features, pattern = how_to_join(found)
        best, second, confidence = pattern.attach(features.transform(self._all.vectors[self._later]))
        confidence = calibrated(confidence, *entry.calibration)
        return self._joined(found, {"labels": best, "best": best, "second": second, "confidence": confidence})

    def _joined(self, found: Clustering, later: dict[str, Any]) -> Clustering:
        """Groups with the photos that came later, and without those that have gone."""
        twins = self._twins()
        columns: dict[str, Any] = {}
        for name, values in later.items():
            made: Any = getattr(found, name)
            column = np.empty(len(self._all.photo_ids), made.dtype)
            column[self._here] = made[: len(self._here)]
            column[self._later] = np.where(twins >= 0, made[twins], values)
            columns[name] = column
        there = set(np.unique(columns["best"]).tolist())
        split, join = found.next_split, found.next_join
        return replace(
            found,
            photo_ids=self._all.photo_ids,
            next_split=split if split in there else None,
            next_join=join if join is not None and there.issuperset(join) else None,
            **columns,
        )

    def _twins(self) -> Int64Array:
        """For each photo that came later, the row of one with the same content that groups are made of, else -1.

        A copy goes where the other is, also where that lies on the border of two groups.
        """
        contents = self._contents()
        made_of = [*(contents[row] for row in self._here.tolist()), *self._gone_contents]
        row_of = {content: row for row, content in enumerate(made_of)}
        return np.array([row_of.get(contents[row], -1) for row in self._later.tolist()], np.int64)

    @property
    def _is_all(self) -> bool:
        return not self._later.size and not self._gone.photo_ids.size

    def _grouper(self) -> Grouper:
        with self._lock:
            if self._made is None:
                self._made = Grouper(self._embeddings())
            return self._made

    def _embeddings(self) -> Embeddings:
        """Of the photos that groups are made of, rows as in ``_ids``."""
        if self._is_all:
            return self._all

        def both(one: Float32Array | None, other: Float32Array | None) -> Float32Array | None:
            return None if one is None or other is None else np.concatenate([one[self._here], other])

        vectors = both(self._all.vectors, self._gone.vectors)
        assert vectors is not None
        return Embeddings(self._ids, vectors, self._all.model_id, both(self._all.clusters, self._gone.clusters))


def _gone(cache: Cache, there: Embeddings, photo_ids: Int64Array) -> tuple[Embeddings, list[str]]:
    """What the cache still has of those of ``photo_ids`` int64[n] that are not there, by ascending ids.

    Returns:
        Their embeddings, and the content hash of each.
    """
    dim, width = there.vectors.shape[1], 0 if there.clusters is None else there.clusters.shape[1]
    gone = set(without(photo_ids, np.sort(there.photo_ids)).tolist())
    found = _contents_of(gone, set(photo_ids.tolist()), cache.contents(there.model_id)) if gone else {}
    ids = sorted(found)
    vectors, known = cache.vectors([found[one] for one in ids], there.model_id, dim + width)
    vectors = vectors[known]
    clusters = vectors[:, dim:] if there.clusters is not None else None
    contents = [found[one] for one, there_is in zip(ids, known.tolist(), strict=True) if there_is]
    return Embeddings(np.array(ids, np.int64)[known], vectors[:, :dim], there.model_id, clusters), contents


def _contents_of(gone: set[int], made_of: set[int], contents: Sequence[str]) -> dict[int, str]:
    """The contents of ids that have gone, among ``contents``; ``made_of`` has these ids and those still there."""
    found: dict[int, str] = {}
    for content in contents:
        for copy in count():
            if (one := photo_id(content, copy)) not in made_of:
                break
            if one in gone:
                found[one] = content
    if len(found) < len(gone):  # mostly the cache has lost them; else they were copies of one that had gone before
        for content in contents:
            found |= {one: content for copy in range(1, _COPIES) if (one := photo_id(content, copy)) in gone}
    return found
