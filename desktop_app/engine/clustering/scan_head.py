"""Cluster heads trained on a folder's own embeddings: SCAN's loss (`scan`) and TEMI's (`temi`).

Several linear heads learn together that a photo and its nearest neighbors belong to one group and that all groups are
used. The head with the lowest consistency less entropy is kept: no labels are needed to choose it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering.base import Grouping
from desktop_app.engine.clustering.heads import Adam, scan_loss, softmax, temi_loss, with_bias
from desktop_app.engine.clustering.merge import MergeTree, merge, similarity, split
from desktop_app.engine.clustering.self_label import self_label
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.parallel import one_blas_thread
from desktop_app.engine.types import Float32Array, Float64Array, Int64Array

MOST_CLUSTERS = 60
SAMPLE = 20_000
_BLOCK = 4096
_STAGE = "Training cluster heads"


@dataclass(frozen=True, slots=True)
class ScanParams:
    """Parameters of `scan` heads, and those that `temi` shares.

    Attributes:
        heads: restarts, trained together.
        neighbors: of each photo; fewer where groups of equal size would have less than twice as many photos.
        scale: length of the inputs. More makes probabilities sharper from the start.
        steps: of Adam.
        batch: photos a step.
        rate: learning rate at the start; it falls to 0 along a cosine.
        entropy_weight: lambda of SCAN: how much groups of equal size are wanted. The published 5 is for balanced sets;
            where the largest of a labelled folder's groups had five times as many photos as the smallest, mean accuracy
            over three folders and three qualities of features was 49.4 with 5, 53.9 with 2, 53.8 for k-means.
        overcluster: train `overclusters` of k and merge them, instead of k. On the uneven folders named above this had
            56.5 where k clusters had 53.9 (`temi`: 58.5 for 55.8), on the even ones 55.9 for 60.4 (`temi`: 56.5
            for 58.1).
        temperature: divides the logits for confidence only. Without it heads believe too much in themselves: on the
            labelled folders with three qualities of features, mean confidence was 0.85 (`temi`: 0.94) for 0.6 right.
        self_label: whether the head then learns from the photos it is surest of. On those folders, where no strong
            augmentation is at hand, it cost a point of accuracy (59.2 for 60.4).
    """

    heads: int = 8
    neighbors: int = 20
    scale: float = 8.0
    steps: int = 300
    batch: int = 1024
    rate: float = 0.03
    entropy_weight: float = 2.0
    overcluster: bool = False
    temperature: float = 2.0
    self_label: bool = False


@dataclass(frozen=True, slots=True)
class TemiParams(ScanParams):
    """Parameters of `temi` heads; ``entropy_weight`` has no part in them.

    Attributes:
        beta: 1 is pointwise mutual information; less wants groups of more equal size. The published 0.6 had 50.9 on the
            uneven folders named above and 59.4 on the even ones, 0.8 55.8 and 58.1 (k-means 53.8 and 58.7; few seeds).
        momentum: of the teacher. The paper's 0.996 is meant for a hundred times as many steps.
    """

    beta: float = 0.8
    momentum: float = 0.8
    temperature: float = 3.5


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained head; the caller may keep it and ask for any number of groups.

    Attributes:
        weights: float32[d + 1, C].
        factor: by which points are multiplied before the head sees them.
        temperature: of confidence.
        score: float64[H], consistency less entropy of every head; the lowest was kept.
        tree: in which its clusters merge.
        sample: int64[M], the photos it was trained on.
        neighbors: int64[M, K], places in ``sample``.
    """

    weights: Float32Array
    factor: float
    temperature: float
    score: Float64Array
    tree: MergeTree
    sample: Int64Array
    neighbors: Int64Array

    def groups(self, points: Float32Array, k: int, ctx: JobContext, *, seed: int = 0, refine: bool = False) -> Grouping:
        """Put the photos it was trained for into ``k`` groups without training again.

        Args:
            points: float32[N, d], those given to `train`.
            k: fewer than clusters merges them; more, or clusters that nobody is in, splits the most scattered.
            ctx: checked between blocks.
            seed: of splitting and self-labelling.
            refine: whether the head first learns from the photos it is surest of; see `self_label`.

        Returns:
            Labels, and the (tempered) probability of the own group as confidence.
        """
        merged = self.tree.cut(k)
        weights = self.weights
        if refine:
            inputs = with_bias(points[self.sample] * np.float32(self.factor))
            weights = self_label(inputs, self.neighbors, weights, merged, seed, ctx)
        labels = np.empty(len(points), dtype=np.int32)
        confidence = np.empty(len(points), dtype=np.float32)
        member = (merged[:, None] == np.arange(merged.max() + 1)).astype(np.float32)
        for start in range(0, len(points), _BLOCK):
            ctx.check()
            block = slice(start, start + _BLOCK)
            logits = with_bias(points[block] * np.float32(self.factor)) @ weights
            labels[block] = (softmax(logits) @ member).argmax(axis=1)
            soft = softmax(logits / np.float32(self.temperature)) @ member
            confidence[block] = np.take_along_axis(soft, labels[block, None], axis=1)[:, 0]
        labels, side = split(points, labels, k, seed, ctx)
        return Grouping(labels, np.clip(confidence * side, 0.0, 1.0).astype(np.float32))


def overclusters(k: int) -> int:
    """Clusters to train so that ``k`` can move without training again: three times as many, 12 to 60."""
    return min(max(3 * k, 12), MOST_CLUSTERS)


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
    wanted = min(params.neighbors, max(1, len(seen) // (2 * clusters)))
    neighbors, _ = nearest(lifted, lifted, wanted, ctx, exclude=np.arange(len(seen)))
    factor = params.scale / float(np.sqrt(np.einsum("nd,nd->n", seen, seen).mean()))
    inputs = with_bias(seen * np.float32(factor))
    with one_blas_thread():
        weights = _descend(inputs, neighbors, clusters, params, rng, ctx)
        score = _score(inputs, neighbors, weights, params.heads, ctx)
        best = weights.reshape(-1, params.heads, clusters)[:, int(score.argmin())].copy()
        probability = softmax(inputs @ best)
        used = np.bincount(probability.argmax(axis=1), minlength=clusters)
        tree = merge(similarity(seen, probability, neighbors), used)
    return Trained(best, factor, params.temperature, score, tree, sample, neighbors)


def _descend(
    inputs: Float32Array,
    neighbors: Int64Array,
    clusters: int,
    params: ScanParams,
    rng: np.random.Generator,
    ctx: JobContext,
) -> Float32Array:
    """Weights float32[d + 1, H * C] of all heads after training."""
    shape = (-1, params.heads, clusters)
    weights = (0.1 * rng.standard_normal((inputs.shape[1], params.heads * clusters))).astype(np.float32)
    weights[-1] = 0.0
    teacher = weights.copy()
    mean = np.full(shape[1:], 1 / clusters, dtype=np.float32)
    adam = Adam(weights)
    batch = min(params.batch, len(inputs))
    queue = np.empty(0, dtype=np.int64)
    for step in range(params.steps):
        ctx.progress(step, params.steps, _STAGE)
        if len(queue) < batch:
            queue = np.concatenate([queue, rng.permutation(len(inputs))])
        anchor, queue = queue[:batch], queue[batch:]
        pair = inputs[anchor], inputs[neighbors[anchor, rng.integers(0, neighbors.shape[1], batch)]]
        logits = (pair[0] @ weights).reshape(shape), (pair[1] @ weights).reshape(shape)
        if isinstance(params, TemiParams):
            taught = softmax((pair[0] @ teacher).reshape(shape)), softmax((pair[1] @ teacher).reshape(shape))
            mean = 0.9 * mean + 0.05 * (taught[0].mean(axis=0) + taught[1].mean(axis=0))
            _, *by_logits = temi_loss(logits, taught, mean, params.beta)
        else:
            _, *by_logits = scan_loss(*logits, params.entropy_weight)
        gradient = pair[0].T @ by_logits[0].reshape(batch, -1) + pair[1].T @ by_logits[1].reshape(batch, -1)
        adam.step(gradient, params.rate * 0.5 * (1 + float(np.cos(np.pi * step / params.steps))))
        if isinstance(params, TemiParams):
            teacher += (1 - params.momentum) * (weights - teacher)
    return teacher if isinstance(params, TemiParams) else weights


def _score(
    inputs: Float32Array, neighbors: Int64Array, weights: Float32Array, heads: int, ctx: JobContext
) -> Float64Array:
    """Mean ``-log <p, q>`` over all neighbors less the entropy of the mean, float64[H]: low is good."""
    count = len(inputs)
    score = np.empty(heads)
    by_head = weights.reshape(inputs.shape[1], heads, -1)
    for head in range(heads):
        ctx.check()
        p = softmax(inputs @ by_head[:, head])
        total = 0.0
        for column in neighbors.T:
            agreement = np.einsum("nc,nc->n", p, p[column])
            total -= float(np.log(np.maximum(agreement, 1e-8)).sum(dtype=np.float64))
        mean = p.mean(axis=0, dtype=np.float64)
        score[head] = total / (count * neighbors.shape[1]) + float((mean * np.log(mean + 1e-12)).sum())
    return score


def run(points: Float32Array, k: int | None, params: ScanParams, seed: int, ctx: JobContext) -> Grouping:
    """Heads as a clustering method; see `clustering.base.Method`."""
    assert k is not None
    trained = train(points, overclusters(k) if params.overcluster else min(k, MOST_CLUSTERS), params, seed, ctx)
    return trained.groups(points, k, ctx, seed=seed, refine=params.self_label)
