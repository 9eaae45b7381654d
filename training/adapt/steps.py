"""What can be learned from a folder without touching the network: the layers and the head behind it."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.clustering.features import DIMENSIONS, WHITENING
from desktop_app.engine.clustering.heads import with_bias
from desktop_app.engine.clustering.scan_head import ScanParams, train
from desktop_app.engine.clustering.self_label import self_label
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.types import Float32Array, Float64Array, Int64Array

from .layers import Head, Layer
from .score import whitened

AXES = 128
WHITENINGS = (0.0, 0.25, 0.5)
"""Exponents of the variance that A0 chooses from by the label-free score."""

_NEIGHBORS = 10
_SPREAD = 0.5
_RIDGE, _FLOOR = 0.01, 0.1


def view_layers(photos: Float32Array, views: Float32Array) -> tuple[Layer, Layer]:
    """Two maps learned from random views (A1): what a photo and its views share, and its neighbors.

    The first is the ridge regression from one picture to the mean of its views, so that one look gives what many
    would. The second divides by the root of the scatter between mutual neighbors: directions in which look-alikes
    differ count less (relevant component analysis, Bar-Hillel et al. 2005, with half of its whitening).

    Args:
        photos: unit rows float32[N, d].
        views: the same of the random views, float32[V, N, d].
    """
    mean = photos.mean(axis=0, dtype=np.float64)
    inputs = photos - mean
    target = (views.sum(axis=0, dtype=np.float64) + photos) / (len(views) + 1)
    target -= target.mean(axis=0)
    with one_blas_thread():
        gram = inputs.T @ inputs
        shrunk = gram + _RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram))
        weight = np.linalg.solve(shrunk, inputs.T @ target)
    first = Layer(weight.astype(np.float32), (-mean @ weight).astype(np.float32))
    return first, _neighbor_layer(first(photos))


def _neighbor_layer(photos: Float32Array) -> Layer:
    rows, columns = mutual_neighbors(photos, _NEIGHBORS)
    with one_blas_thread():
        apart = (photos[rows] - photos[columns]).astype(np.float64)
        scatter = apart.T @ apart / max(len(apart), 1)
        scatter += (_FLOOR * np.trace(scatter) / len(scatter) + 1e-12) * np.eye(len(scatter))
        values, axes = np.linalg.eigh(scatter)
    weight: Float64Array = axes * values ** (-_SPREAD / 2)
    weight /= np.sqrt(np.square(photos @ weight).sum(axis=1).mean())
    return Layer(weight.astype(np.float32), np.zeros(weight.shape[1], dtype=np.float32))


def mutual_neighbors(photos: Float32Array, number: int) -> tuple[Int64Array, Int64Array]:
    """Pairs of photos of which each is among the ``number`` nearest of the other, both ways round: int64[M] each."""
    count = len(photos)
    found, _ = nearest(photos, photos, number, JobContext(), exclude=np.arange(count))
    pair = np.repeat(np.arange(count), found.shape[1]) * count + found.ravel()
    back = found.ravel() * count + np.repeat(np.arange(count), found.shape[1])
    mutual = np.intersect1d(pair, back)
    return mutual // count, mutual % count


def scan_head(photos: Float32Array, k: int, seed: int, ctx: JobContext, *, refine: bool = False) -> Head:
    """A head of ``k`` clusters trained with SCAN's loss on the points that the app would group (A1).

    Args:
        photos: embeddings float32[N, d].
        k: clusters.
        seed: of the training.
        ctx: checked at every step.
        refine: whether it then learns from the photos it is surest of (A2).
    """
    layer = whitened(photos, DIMENSIONS, WHITENING, ctx)
    points = layer(photos)
    trained = train(points, k, ScanParams(), seed, ctx)
    weights = trained.weights
    if refine:
        inputs = with_bias(points[trained.sample] * np.float32(trained.factor))
        weights = self_label(inputs, trained.neighbors, weights, seed, ctx)
    # Temperature divides all logits: the groups stay, only the probabilities become milder.
    scale = np.float32(1 / trained.params.temperature)
    return Head(layer, weights[:-1] * np.float32(trained.factor) * scale, weights[-1] * scale)
