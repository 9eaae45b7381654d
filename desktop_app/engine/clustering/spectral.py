"""Spectral clustering (Ng, Jordan and Weiss 2001) on a graph of nearest neighbors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.project import normalize
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Float64Array

_DENSE_BELOW = 400


@dataclass(frozen=True, slots=True)
class SpectralParams:
    """Parameters of spectral clustering.

    Attributes:
        neighbors: edges a photo.
        restarts: of the k-means on the eigenvectors.
    """

    neighbors: int = field(default=10, metadata=limits(low=1, high=200))
    restarts: int = field(default=10, metadata=limits(low=1, high=1000))


def neighbor_graph(points: Float32Array, neighbors: int, ctx: JobContext) -> Any:
    """Nearest-neighbor graph: scipy CSR float64[N, N], 2 where two photos are mutual neighbors, 1 where one is."""
    from scipy.sparse import csr_matrix

    count = len(points)
    index, _ = nearest(points, points, neighbors, ctx, exclude=np.arange(count))
    rows = np.repeat(np.arange(count), index.shape[1])
    directed = csr_matrix((np.ones(index.size), (rows, index.ravel())), shape=(count, count))
    return directed + directed.T


def mutual_graph(points: Float32Array, neighbors: int, ctx: JobContext) -> Any:
    """`neighbor_graph` with the edges between mutual neighbors only, each 1."""
    return (neighbor_graph(points, neighbors, ctx) >= 2).astype(np.float64)


def leading_eigenvectors(graph: Any, number: int, ctx: JobContext) -> tuple[Float64Array, Float64Array]:
    """Of the symmetrically normalized graph Laplacian, the smallest eigenvalues.

    Args:
        graph: scipy sparse float64[N, N], symmetric.
        number: of eigenvalues wanted, below N.
        ctx: checked at every product with the graph.

    Returns:
        Eigenvalues float64[number], rising from 0, and eigenvectors float64[N, number].
    """
    from scipy.sparse import diags
    from scipy.sparse.linalg import LinearOperator, eigsh

    degree = np.asarray(graph.sum(axis=1)).ravel()
    root = np.zeros_like(degree)
    root[degree > 0] = degree[degree > 0] ** -0.5
    scaled = diags(root) @ graph @ diags(root)
    count = scaled.shape[0]
    if count <= _DENSE_BELOW:
        ctx.check()
        with one_blas_thread():
            values, vectors = np.linalg.eigh(scaled.toarray())
        return 1.0 - values[::-1][:number], vectors[:, ::-1][:, :number]

    def product(vector: Float64Array) -> Float64Array:
        ctx.check()
        out: Float64Array = scaled @ vector
        return out

    start = np.random.default_rng(0).normal(size=count)
    operator = LinearOperator((count, count), matvec=product, dtype=np.float64)
    with one_blas_thread():  # only now that SciPy is there, which brings a BLAS of its own
        values, vectors = eigsh(operator, k=number, which="LA", v0=start, tol=1e-4, maxiter=20 * count)
    order = np.argsort(-values)
    return 1.0 - values[order], vectors[:, order]


def leading_eigenvalues(graph: Any, number: int, ctx: JobContext) -> Float64Array:
    """The eigenvalues of `leading_eigenvectors`."""
    return leading_eigenvectors(graph, number, ctx)[0]


def run(points: Float32Array, k: int | None, params: SpectralParams, seed: int, ctx: JobContext) -> Grouping:
    """Spectral clustering as a clustering method; see `clustering.base.Method`."""
    assert k is not None
    if k >= len(points):
        labels = np.arange(len(points), dtype=np.int32)
        return Grouping(labels, centroid_confidence(points, labels))
    graph = neighbor_graph(points, params.neighbors, ctx)
    _, vectors = leading_eigenvectors(graph, k, ctx)
    rows = normalize(vectors.astype(np.float32))
    labels = kmeans.fit(rows, k, ctx, seed=seed, restarts=params.restarts).labels
    return Grouping(labels, centroid_confidence(points, labels))
