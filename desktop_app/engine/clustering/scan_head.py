"""Cluster heads trained on a folder's own embeddings: SCAN's loss (`scan`) and TEMI's (`temi`).

Several linear heads learn together that a photo and its nearest neighbors belong to one cluster and that all clusters
are used. The head with the lowest consistency less entropy is kept: no labels are needed to choose it. It has more
clusters than there are groups (overclustering); for a number of groups they are merged, and a head of that many outputs
settles from there within a tenth of a second. So the number moves without training again.

Accuracy (Hungarian, percent) with the true number of groups, mean over three labeled folders and two seeds; features
from a first SimCLR model, and from an ImageNet-supervised network on 48 px and 24 px pictures:

| | scan | temi |
|---|---|---|
| merged and settled | 59.9 | 59.8 |
| merged by Ward's criterion, nearest center | 58.6 | 58.5 |
| k-means | 59.4 | 59.4 |
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from desktop_app.engine.clustering.base import Grouping, Material
from desktop_app.engine.clustering.heads import Adam, scan_loss, softmax, temi_loss, with_bias
from desktop_app.engine.clustering.merge import MergeTree, merge, split
from desktop_app.engine.clustering.self_label import self_label
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.project import normalize
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

MOST_CLUSTERS = 60
SAMPLE = 20_000
_BLOCK = 4096
_SETTLING = 100
_SETTLED_ENTROPY = 1.0
_STAGE = tr_noop("Training cluster heads")


@dataclass(frozen=True, slots=True)
class ScanParams:
    """Parameters of `scan` heads, and those that `temi` shares.

    Attributes:
        heads: restarts, trained together.
        neighbors: of each photo; fewer where clusters of equal size would have less than twice as many photos.
        scale: length of the inputs. More makes probabilities sharper from the start.
        steps: of Adam.
        batch: photos a step.
        rate: learning rate at the start; it falls to 0 along a cosine.
        entropy_weight: lambda of SCAN: how much groups of equal size are wanted. The published 5 is for balanced sets;
            where the largest of a labeled folder's groups had five times as many photos as the smallest, mean accuracy
            over three folders and three qualities of features was 49.4 with 5, 53.9 with 2, 53.8 for k-means.
        temperature: divides the logits for confidence only. Without it heads believe too much in themselves: on the
            labeled folders with three qualities of features, mean confidence was 0.82 (`temi`: 0.96) for 0.6 right.
        self_label: whether the head then learns from the photos it is surest of. On those folders, where no strong
            augmentation is at hand, it cost a point of accuracy (59.2 for 60.4).
    """

    heads: int = field(default=8, metadata=limits(low=1, high=64))
    neighbors: int = field(default=20, metadata=limits(low=1, high=200))
    scale: float = field(default=8.0, metadata=limits(low=0.1, high=100))
    steps: int = field(default=300, metadata=limits(low=1, high=100_000))
    batch: int = field(default=1024, metadata=limits(low=16, high=16_384))
    rate: float = field(default=0.03, metadata=limits(low=1e-6, high=1))
    entropy_weight: float = field(default=2.0, metadata=limits(low=0, high=100))
    temperature: float = field(default=2.3, metadata=limits(low=0.1, high=100))
    self_label: bool = False


@dataclass(frozen=True, slots=True)
class TemiParams(ScanParams):
    """Parameters of `temi` heads; ``entropy_weight`` has no part in them.

    Attributes:
        beta: 1 is pointwise mutual information; less wants groups of more equal size. The published 0.6 had 50.9 on the
            uneven folders named above and 59.4 on the even ones, 0.8 55.8 and 58.1 (k-means 53.8 and 58.7; few seeds).
        momentum: of the teacher. The paper's 0.996 is meant for a hundred times as many steps.
    """

    beta: float = field(default=0.8, metadata=limits(low=0.1, high=1))
    momentum: float = field(default=0.8, metadata=limits(low=0, high=0.9999))
    temperature: float = field(default=4.5, metadata=limits(low=0.1, high=100))


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained head; the caller may keep it and ask for any number of groups.

    Attributes:
        params: it was trained with.
        weights: float32[d + 1, C].
        factor: by which points are multiplied before a head sees them.
        score: float64[H], consistency less entropy of every head; the lowest was kept.
        sample: int64[M], the photos it was trained on.
        clusters: int32[M], the cluster of each of these.
        tree: in which its clusters merge.
        neighbors: int64[M, K], places in ``sample``, nearest first.
    """

    params: ScanParams
    weights: Float32Array
    factor: float
    score: Float64Array
    sample: Int64Array
    clusters: Int32Array
    tree: MergeTree
    neighbors: Int64Array

    def groups(self, points: Float32Array, k: int, seed: int, ctx: JobContext) -> Grouping:
        """Put the photos it was trained for into ``k`` groups without training again.

        Args:
            points: float32[N, d], those given to `train`.
            k: fewer than clusters merges them; more, or clusters that nobody is in, splits the most scattered.
            seed: of settling, splitting and self-labeling.
            ctx: checked between blocks and steps.

        Returns:
            Labels, and the (tempered) probability of the own group as confidence.
        """
        head = self._settled(points, k, seed, ctx)
        labels = np.empty(len(points), dtype=np.int32)
        confidence = np.empty(len(points), dtype=np.float32)
        for start in range(0, len(points), _BLOCK):
            ctx.check()
            block = slice(start, start + _BLOCK)
            logits = with_bias(points[block] * np.float32(self.factor)) @ head
            labels[block] = logits.argmax(axis=1)
            confidence[block] = softmax(logits / np.float32(self.params.temperature)).max(axis=1)
        labels, side = split(points, labels, k, seed, ctx)
        return Grouping(labels, np.clip(confidence * side, 0.0, 1.0).astype(np.float32))

    def _settled(self, points: Float32Array, k: int, seed: int, ctx: JobContext) -> Float32Array:
        """A head float32[d + 1, k'] for the merged clusters: it starts at their centers and learns for a moment."""
        seen = points[self.sample]
        of_cluster = self.tree.cut(k)
        group = of_cluster[np.searchsorted(self.tree.used, self.clusters)]
        number = int(of_cluster.max()) + 1
        centers = np.zeros((number, seen.shape[1]))
        np.add.at(centers, group, seen)
        start = np.vstack([normalize(centers.astype(np.float32)).T, np.zeros(number, dtype=np.float32)])
        inputs = with_bias(seen * np.float32(self.factor))
        neighbors = self.neighbors[:, : _wanted(self.params.neighbors, len(seen), number)]
        rng = np.random.default_rng(seed)
        with one_blas_thread():
            # A larger weight would share a large group out: the clusters' sizes are settled already.
            mild = replace(self.params, entropy_weight=min(self.params.entropy_weight, _SETTLED_ENTROPY))
            head = _descend(inputs, neighbors, start[:, None], mild, _SETTLING, rng, ctx)[:, 0]
            return self_label(inputs, neighbors, head, seed, ctx) if self.params.self_label else head


def clusters_for(count: int) -> int:
    """Clusters to train for ``count`` photos: more than there are likely to be groups, 12 to 60.

    The number of groups asked for has no part in it, so that it can move without training again and the groups do not
    depend on the way it took.
    """
    return min(max(count // 15, 12), MOST_CLUSTERS)


def train(points: Float32Array, clusters: int, params: ScanParams, seed: int, ctx: JobContext) -> Trained:
    """Train heads and keep the best.

    Args:
        points: float32[N, d], N >= 2, not all the same.
        clusters: outputs of a head, at most `MOST_CLUSTERS`.
        params: `TemiParams` trains with TEMI's loss, `ScanParams` with SCAN's.
        seed: of sample, start and batches.
        ctx: checked at every step.

    Returns:
        The head. Above 20,000 photos it has seen a sample of that many, and the sample's own neighbors.
    """
    rng = np.random.default_rng(seed)
    sample = np.arange(len(points))
    if len(points) > SAMPLE:
        sample = np.sort(rng.choice(len(points), SAMPLE, replace=False))
    seen = points[sample]
    # One more coordinate, the same for all, lets distance decide where points are not of unit length.
    lifted = np.column_stack([seen, np.full(len(seen), np.linalg.norm(seen, axis=1).max(), dtype=np.float32)])
    neighbors, _ = nearest(lifted, lifted, params.neighbors, ctx, exclude=np.arange(len(seen)))
    close = neighbors[:, : _wanted(params.neighbors, len(seen), clusters)]
    factor = params.scale / float(np.sqrt(np.einsum("nd,nd->n", seen, seen).mean()))
    inputs = with_bias(seen * np.float32(factor))
    start = (0.1 * rng.standard_normal((inputs.shape[1], params.heads, clusters))).astype(np.float32)
    start[-1] = 0.0
    with one_blas_thread():
        weights = _descend(inputs, close, start, params, params.steps, rng, ctx)
        score = _score(inputs, close, weights, ctx)
        best = weights[:, int(score.argmin())].copy()
        labels = (inputs @ best).argmax(axis=1).astype(np.int32)
        return Trained(params, best, factor, score, sample, labels, merge(seen, labels, ctx), neighbors)


def _wanted(neighbors: int, count: int, clusters: int) -> int:
    return min(neighbors, max(1, count // (2 * clusters)))


def _descend(
    inputs: Float32Array,
    neighbors: Int64Array,
    start: Float32Array,
    params: ScanParams,
    steps: int,
    rng: np.random.Generator,
    ctx: JobContext,
) -> Float32Array:
    """Heads float32[d + 1, H, C] after training from ``start``."""
    shape = start.shape[1:]
    weights = start.reshape(len(start), -1).copy()
    teacher = weights.copy()
    mean = softmax((inputs @ weights).reshape(-1, *shape)).mean(axis=0)
    adam = Adam(weights)
    batch = min(params.batch, len(inputs))
    queue = np.empty(0, dtype=np.int64)
    for step in range(steps):
        ctx.progress(step, steps, _STAGE)
        if len(queue) < batch:
            queue = np.concatenate([queue, rng.permutation(len(inputs))])
        anchor, queue = queue[:batch], queue[batch:]
        pair = inputs[anchor], inputs[neighbors[anchor, rng.integers(0, neighbors.shape[1], batch)]]
        logits = (pair[0] @ weights).reshape(-1, *shape), (pair[1] @ weights).reshape(-1, *shape)
        if isinstance(params, TemiParams):
            taught = tuple(softmax((side @ teacher).reshape(-1, *shape)) for side in pair)
            mean = 0.9 * mean + 0.05 * (taught[0].mean(axis=0) + taught[1].mean(axis=0))
            _, *by_logits = temi_loss(logits, (taught[0], taught[1]), mean, params.beta)
        else:
            _, *by_logits = scan_loss(*logits, params.entropy_weight)
        gradient = pair[0].T @ by_logits[0].reshape(batch, -1) + pair[1].T @ by_logits[1].reshape(batch, -1)
        adam.step(gradient, params.rate * 0.5 * (1 + float(np.cos(np.pi * step / steps))))
        if isinstance(params, TemiParams):
            teacher += (1 - params.momentum) * (weights - teacher)
    return (teacher if isinstance(params, TemiParams) else weights).reshape(-1, *shape)


def _score(inputs: Float32Array, neighbors: Int64Array, weights: Float32Array, ctx: JobContext) -> Float64Array:
    """Mean ``-log <p, q>`` over all neighbors less the entropy of the mean, float64[H]: low is good."""
    count, heads = len(inputs), weights.shape[1]
    score = np.empty(heads)
    for head in range(heads):
        ctx.check()
        p = softmax(inputs @ weights[:, head])
        total = 0.0
        for column in neighbors.T:
            agreement = np.einsum("nc,nc->n", p, p[column])
            total -= float(np.log(np.maximum(agreement, 1e-8)).sum(dtype=np.float64))
        mean = p.mean(axis=0, dtype=np.float64)
        score[head] = total / (count * neighbors.shape[1]) + float((mean * np.log(mean + 1e-12)).sum())
    return score


@dataclass(frozen=True, slots=True)
class Heads:
    """A trained head with the photos it is for.

    Attributes:
        points: float32[N, d].
        trained: the head.
    """

    points: Float32Array
    trained: Trained

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        """``k`` groups without training again; see `clustering.base.Fitted`."""
        assert k is not None
        return self.trained.groups(self.points, k, seed, ctx)


def fit(material: Material, params: ScanParams, seed: int, ctx: JobContext) -> Heads:
    """Heads as a clustering method; see `clustering.base.Fit`."""
    points = material.points
    return Heads(points, train(points, clusters_for(len(points)), params, seed, ctx))
