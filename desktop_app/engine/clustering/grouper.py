"""Clustering of one set of photos many times over: what does not depend on the number of groups is computed once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import numpy as np

from desktop_app.engine.clustering import elbow
from desktop_app.engine.clustering.attaching import Pattern, pattern_of
from desktop_app.engine.clustering.base import (
    Clusterer,
    Fitted,
    Grouping,
    Material,
    Neighboring,
    Nested,
    best_and_second,
)
from desktop_app.engine.clustering.calibration import calibrated
from desktop_app.engine.clustering.copies import counts_as
from desktop_app.engine.clustering.features import Features, distinct, learn
from desktop_app.engine.clustering.hierarchy import FINEST
from desktop_app.engine.clustering.registry import DEFAULT, clusterer
from desktop_app.engine.clustering.unsure import with_unsure
from desktop_app.engine.computing.child import ChildDied
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import UNSURE, Clustering, Elbow, Embeddings, Float32Array, Int32Array, Int64Array


class Grouper:
    """Keeps what does not depend on the number of groups: the points, the curves, and the last fit of each method.

    So a trained head or a dendrogram is only cut again when the number moves. Nothing that is kept changes a result: it
    is the same as that of a new `Grouper`. May be used from several threads.

    Names and places of files say nothing of what the pictures show: inside, photos stand in the order of their ids,
    which come from their contents, before anything is drawn at random. So the same photos make the same groups,
    whatever they are called and however they lie in folders.

    Args:
        embeddings: of the photos.
    """

    def __init__(self, embeddings: Embeddings) -> None:
        self._photo_ids = embeddings.photo_ids
        order = np.argsort(embeddings.photo_ids, kind="stable")
        self._place = np.empty(len(order), dtype=np.int64)
        self._place[order] = np.arange(len(order))
        clusters = embeddings.clusters
        self._embeddings = Embeddings(
            embeddings.photo_ids[order],
            embeddings.vectors[order],
            embeddings.model_id,
            clusters[order] if clusters is not None else None,
        )
        self._points: dict[str, tuple[Float32Array, int]] = {}
        self._features: dict[str, Features] = {}
        self._elbows: dict[tuple[str, int | None, int], Elbow] = {}
        self._fits: dict[tuple[str, str], tuple[tuple[int, Any], Fitted]] = {}

    def elbow(self, ctx: JobContext, *, k_max: int | None = None, space: str = "embedding", seed: int = 0) -> Elbow:
        """The curve from which the number of groups is chosen; see `elbow.elbow`."""
        key = (space, k_max, seed)
        if key not in self._elbows:
            points = self._prepared("embedding", ctx)[0]
            self._elbows[key] = elbow.elbow(self._embeddings, ctx, k_max=k_max, space=space, seed=seed, points=points)
        return self._elbows[key]

    def check(self, method: str, k: int | None) -> None:
        """Say before any work that groups could not be made so.

        Raises:
            UsageError: ``unknown-method``, ``k-too-large``, ``k-too-small``, ``too-many-photos``, ``no-clusters``.
        """
        _check_request(clusterer(method), self._embeddings, k)

    def cluster(
        self,
        ctx: JobContext,
        *,
        method: str = DEFAULT,
        k: int | None = None,
        space: str = "embedding",
        seed: int = 0,
        unsure_below: float = 0.0,
        params: Any = None,
    ) -> Clustering:
        """Put the photos into groups.

        Args:
            ctx: checked between small steps.
            method: key of `CLUSTERERS`.
            k: number of groups; None takes the number that the elbow suggests, or what a method that finds it itself
                finds. Methods that cannot be told (``takes_k`` is False) ignore it. Fewer groups come back where fewer
                photos differ.
            space: see `features.prepare`.
            seed: the same seed gives the same groups.
            unsure_below: photos with less confidence than this become unsure; what it means, `calibration` says.
            params: instance of the method's params class; its defaults when None.

        Returns:
            Labels by falling group size.

        Raises:
            UsageError: ``unknown-method``, ``unknown-space``, ``k-too-large``, ``k-too-small``, ``too-many-photos``,
                ``no-clusters``.
            UserError: ``out-of-memory``; ``method-ended``, when the process that a method runs in came to no result.
        """
        entry = clusterer(method)
        count = len(self._embeddings.photo_ids)
        _check_request(entry, self._embeddings, k)
        options = entry.params() if params is None else params
        _, different = self._prepared(space, ctx)
        wanted = k if entry.takes_k else None
        if wanted is None and not entry.finds_k:
            wanted = self.elbow(ctx, space=space, seed=seed).suggested if count else 0
        wanted = wanted if wanted is None else min(wanted, different)
        if wanted == 1 or different < 2:
            whole = Neighboring(0, None) if entry.nested else None
            grouping = Grouping(np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.float32), whole)
        else:
            with one_blas_thread(), _failures_told(entry):
                grouping = self._fitted(entry, space, seed, options, ctx).groups(wanted, seed, ctx)
        ctx.check()
        confidence = calibrated(grouping.confidence, *entry.calibration)
        named = by_size(grouping.labels)
        best, second = best_and_second(self._prepared(space, ctx)[0], named)
        split, join = _announced(grouping, named, different)
        found = Clustering(
            photo_ids=self._photo_ids,
            labels=named[self._place],
            confidence=confidence[self._place],
            method=method,
            params={"k": wanted, "space": space, **asdict(options)},
            seed=seed,
            best=best[self._place],
            second=second[self._place],
            next_split=split,
            next_join=join,
        )
        return with_unsure(found, unsure_below)

    def features(self, space: str, ctx: JobContext) -> Features:
        """How other photos become points among these; there must be some. See `features.learn`."""
        self._prepared(space, ctx)
        return self._features[space]

    def pattern(self, found: Clustering, ctx: JobContext, *, space: str = "embedding", params: Any = None) -> Pattern:
        """What further photos are put into groups by.

        Args:
            found: what `cluster` gave for these photos, no group's photo unsure.
            ctx: checked between small steps.
            space: in which it was found.
            params: with which it was found.
        """
        entry = clusterer(found.method)
        options = entry.params() if params is None else params
        points, labels = self._prepared(space, ctx)[0], np.empty(len(self._place), np.int32)
        labels[self._place] = found.labels
        levels: list[Int32Array] = []
        if entry.nested and found.k > 1:
            with one_blas_thread(), _failures_told(entry):
                nested = self._fitted(entry, space, found.seed, options, ctx)
                assert isinstance(nested, Nested)
                levels = [nested.labels(k, ctx) for k in range(2, min(FINEST, len(points)) + 1)]
        return pattern_of(points, labels, levels)

    def _prepared(self, space: str, ctx: JobContext) -> tuple[Float32Array, int]:
        """The points of a space, and how many of them differ."""
        if space not in self._points:
            points = np.zeros((0, 1), dtype=np.float32)
            if len(self._embeddings.vectors):
                self._features[space], points = learn(self._embeddings.vectors, space, ctx)
            self._points[space] = points, distinct(points)
        return self._points[space]

    def _counts_as(self, ctx: JobContext) -> Int64Array:
        return counts_as(self._embeddings.vectors, self._prepared("embedding", ctx)[0], ctx)

    def _fitted(self, entry: Clusterer, space: str, seed: int, options: Any, ctx: JobContext) -> Fitted:
        key, place = (seed, options), (entry.name, space)
        kept = self._fits.get(place)
        if kept is None or kept[0] != key:
            material = Material(self._prepared(space, ctx)[0], self._embeddings.clusters, self._counts_as)
            kept = self._fits[place] = key, entry.fit(material, options, seed, ctx)
        return kept[1]


def by_size(labels: Int32Array) -> Int32Array:
    """``labels`` renamed 0, 1, .. by falling group size (equal ones by their first photo); `UNSURE` stays."""
    sure = labels != UNSURE
    names, first, place, sizes = np.unique(labels[sure], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    out = np.full(len(labels), UNSURE, dtype=np.int32)
    out[sure] = rank[place]
    return out


def _announced(grouping: Grouping, named: Int32Array, different: int) -> tuple[int | None, tuple[int, int] | None]:
    """What `Clustering.next_split` and `Clustering.next_join` say, where the method's labels are now ``named``."""
    if grouping.neighboring is None or not named.size:
        return None, None

    def name(label: int) -> int:
        return int(named[(grouping.labels == label).argmax()])

    split, join = grouping.neighboring.split, grouping.neighboring.join
    # What is left to divide when each group holds one picture are copies.
    if named.max() + 1 >= different:
        split = None
    return name(split) if split is not None else None, (name(join[0]), name(join[1])) if join else None


def _check_request(entry: Clusterer, embeddings: Embeddings, k: int | None) -> None:
    from desktop_app.engine.clustering.registry import CLUSTERERS

    count = len(embeddings.photo_ids)
    if count > entry.max_photos:
        others = ", ".join(
            other.name for other in CLUSTERERS.values() if other.max_photos >= count and not other.from_model
        )
        raise UsageError(
            "too-many-photos",
            tr(
                "The method “{method}” takes at most {most} photos; here are {count}.",
                method=entry.name,
                most=figure(entry.max_photos),
                count=figure(count),
            ),
            tr("Open a smaller folder, or choose one of: {methods}.", methods=others)
            if others
            else tr("Open a smaller folder."),
        )
    if entry.from_model and embeddings.clusters is None:
        raise no_clusters(entry.name)
    if k is None or not entry.takes_k:
        return
    if k < 1:
        raise UsageError("k-too-small", tr("{number} groups cannot be made.", number=k), tr("Ask for 1 or more."))
    if k > count:
        raise too_many_groups(k, count)


def too_many_groups(k: int, count: int) -> UsageError:
    """The error of ``k`` groups where there are ``count`` photos."""
    message = tr("{number} groups cannot be made of {count} photos.", number=k, count=count)
    return UsageError("k-too-large", message, tr("Ask for at most {count}.", count=count))


@contextmanager
def _failures_told(entry: Clusterer) -> Iterator[None]:
    """What the machine denied a method, as errors with a way out."""
    others = tr(
        "Close other programs, open a smaller folder, or choose another method, such as {method}.", method=DEFAULT
    )
    try:
        yield
    except MemoryError as error:
        message = tr("The method “{method}” needs more memory than this machine can give.", method=entry.name)
        raise UserError("out-of-memory", message, others) from error
    except ChildDied as error:
        message = tr("The method “{method}” came to no result: {why}.", method=entry.name, why=error)
        raise UserError("method-ended", message, others) from error


def no_clusters(method: str) -> UsageError:
    """The error of a method that needs cluster probabilities where the model has none."""
    return UsageError(
        "no-clusters",
        tr("The method “{method}” needs a model that carries clusters of its own; this one has none.", method=method),
        tr("Choose another method, or another model (`kindred models list`)."),
    )
