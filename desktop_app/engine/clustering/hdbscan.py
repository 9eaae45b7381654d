"""HDBSCAN (Campello, Moulavi and Sander 2013): groups are dense places, and what lies between them is unsure.

Our own instead of scikit-learn's, which builds its tree in one call that cannot be cancelled. Memory grows with N: the
spanning tree is Prim's, each step one product of all remaining points with the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.parallel import spread
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_STAGE = "Looking for dense places"
_BLOCK_VALUES = 2_000_000
_CHECK_EVERY = 64
_NEAREST = 1e-6


@dataclass(frozen=True, slots=True)
class HdbscanParams:
    """Parameters of HDBSCAN.

    Attributes:
        min_group: fewest photos that make a group; 0 chooses by the size of the folder (5 to 15).
        min_samples: how many near photos, itself among them, make a place dense; more leaves more photos unsure.
    """

    min_group: int = 0
    min_samples: int = 3


@dataclass(frozen=True, slots=True)
class Condensed:
    """The tree of dense places, places smaller than the least group left out. Place 0 is the whole folder.

    Density is 1 / distance throughout.

    Attributes:
        parent: int64[P], the place each one split off from; -1 for the whole.
        birth: float64[P], density at which each place came to be.
        size: int64[P], photos in it then.
        left: int64[N], the last place each photo belonged to.
        until: float64[N], the density at which it dropped out.
    """

    parent: Int64Array
    birth: Float64Array
    size: Int64Array
    left: Int64Array
    until: Float64Array


def core_distances(points: Float32Array, min_samples: int, ctx: JobContext) -> Float32Array:
    """Distance float32[N] to the ``min_samples``-th nearest point, the point itself being the first."""
    squares = np.einsum("nd,nd->n", points, points)
    rows = max(1, _BLOCK_VALUES // len(points))
    rank = min(min_samples, len(points)) - 1

    def block(start: int) -> Float32Array:
        part = slice(start, start + rows)
        squared = squares[part, None] + squares - 2 * (points[part] @ points.T)
        squared[np.arange(len(squared)), np.arange(start, start + len(squared))] = 0.0
        nearest: Float32Array = np.sqrt(np.maximum(np.partition(squared, rank, axis=1)[:, rank], 0.0))
        return nearest

    return np.concatenate(list(spread(block, range(0, len(points), rows), ctx)))


def spanning_tree(points: Float32Array, core: Float32Array, ctx: JobContext) -> tuple[Int64Array, Float64Array]:
    """Minimum spanning tree of the mutual reachability distance ``max(core_a, core_b, |a - b|)``.

    Args:
        points: float32[N, d].
        core: float32[N], from `core_distances`.
        ctx: checked every few dozen steps.

    Returns:
        Edges int64[N - 1, 2] and their lengths float64[N - 1], shortest first.
    """
    count = len(points)
    rest, squares, reach = points.copy(), np.einsum("nd,nd->n", points, points), core.copy()
    name = np.arange(count)
    best, source = np.full(count, np.inf, dtype=np.float32), np.zeros(count, dtype=np.int64)
    edges, lengths = np.empty((count - 1, 2), dtype=np.int64), np.empty(count - 1)
    place, remaining = 0, count
    for step in range(count - 1):
        last, own, square, number = rest[place].copy(), reach[place], squares[place], name[place]
        remaining -= 1
        # What is in the tree makes room for the last of the rest, so that every product is over the rest alone.
        for column in (rest, squares, reach, name, best, source):
            column[place] = column[remaining]
        squared = squares[:remaining] - 2 * (rest[:remaining] @ last) + square
        distance = np.sqrt(np.maximum(squared, 0.0))
        np.maximum(distance, reach[:remaining], out=distance)
        np.maximum(distance, own, out=distance)
        nearer = distance < best[:remaining]
        best[:remaining][nearer] = distance[nearer]
        source[:remaining][nearer] = number
        place = int(best[:remaining].argmin())
        edges[step] = source[place], name[place]
        lengths[step] = best[place]
        if step % _CHECK_EVERY == 0:
            ctx.progress(step, count - 1, _STAGE)
    order = np.argsort(lengths, kind="stable")
    return edges[order], lengths[order]


def condense(edges: Int64Array, lengths: Float64Array, min_group: int) -> Condensed:
    """The tree of dense places from a spanning tree: cut its longest edges first, ignore splinters.

    Args:
        edges: int64[N - 1, 2], shortest first.
        lengths: float64[N - 1].
        min_group: smallest place.
    """
    count = len(edges) + 1
    children, leaves = _dendrogram(edges)
    density = 1.0 / np.maximum(lengths, _NEAREST)
    left, until = np.zeros(count, dtype=np.int64), np.zeros(count)
    parent, birth, size = [-1], [0.0], [count]
    todo = [(2 * count - 2, 0)]
    while todo:
        node, place = todo.pop()
        split = density[node - count]
        sides = children[node - count]
        large = [side for side in sides if len(leaves[side]) >= min_group]
        for side in sides:
            if side not in large:
                left[leaves[side]], until[leaves[side]] = place, split
            elif len(large) == 1:
                todo.append((side, place))
            else:
                parent.append(place)
                birth.append(split)
                size.append(len(leaves[side]))
                todo.append((side, len(parent) - 1))
    return Condensed(np.array(parent), np.array(birth), np.array(size), left, until)


def _dendrogram(edges: Int64Array) -> tuple[list[tuple[int, int]], dict[int, Int64Array]]:
    """Both sides of each merge, and the photos under each node (views of one array); node N + i is merge i."""
    count = len(edges) + 1
    root = list(range(count))
    top = list(range(count))
    children: list[tuple[int, int]] = []
    weight = [1] * count

    def find(point: int) -> int:
        while root[point] != point:
            root[point] = root[root[point]]
            point = root[point]
        return point

    for step, (first, second) in enumerate(edges.tolist()):
        one, other = find(first), find(second)
        children.append((top[one], top[other]))
        weight.append(weight[top[one]] + weight[top[other]])
        root[other] = one
        top[one] = count + step
    order = np.empty(count, dtype=np.int64)
    leaves: dict[int, Int64Array] = {2 * count - 2: order}
    for node in range(2 * count - 2, count - 1, -1):
        here, (one, other) = leaves[node], children[node - count]
        leaves[one], leaves[other] = here[: weight[one]], here[weight[one] :]
    for leaf in range(count):
        leaves[leaf][0] = leaf
    return children, leaves


def select(tree: Condensed) -> tuple[Int32Array, Float32Array]:
    """The places that persist longest over density ("excess of mass"), the whole folder not among them.

    Returns:
        Labels int32[N], -1 outside every place, and float32[N]: how deep in its place a photo lies, 0..1.
    """
    places = len(tree.parent)
    excess = np.bincount(tree.left, weights=tree.until - tree.birth[tree.left], minlength=places)
    densest = np.zeros(places)
    np.maximum.at(densest, tree.left, tree.until)
    for place in range(1, places):
        above = tree.parent[place]
        excess[above] += tree.size[place] * (tree.birth[place] - tree.birth[above])
        densest[above] = max(densest[above], tree.birth[place])
    below = np.zeros(places)
    chosen = np.zeros(places, dtype=bool)
    for place in range(places - 1, 0, -1):
        chosen[place] = below[place] <= excess[place]
        below[tree.parent[place]] += max(excess[place], below[place])
    owner = np.full(places, -1)
    for place in range(1, places):
        inherited = owner[tree.parent[place]]
        owner[place] = inherited if inherited >= 0 else place if chosen[place] else -1
    labels = owner[tree.left].astype(np.int32)
    sure = labels >= 0
    depth = np.zeros(len(labels), dtype=np.float32)
    depth[sure] = np.minimum(tree.until[sure] / densest[labels[sure]], 1.0)
    return labels, depth


def run(points: Float32Array, k: int | None, params: HdbscanParams, seed: int, ctx: JobContext) -> Grouping:
    """HDBSCAN as a clustering method; see `clustering.base.Method`. ``k`` and ``seed`` play no part."""
    count = len(points)
    min_group = params.min_group or int(np.clip(count // 60, 5, 15))
    if count < 2 * min_group:
        return Grouping(np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.float32))
    core = core_distances(points, params.min_samples, ctx)
    labels, confidence = select(condense(*spanning_tree(points, core, ctx), min_group))
    sure = labels >= 0
    # A dense place may be long: a photo at its far end, near another group, is not certain.
    if sure.any():
        confidence[sure] = np.minimum(confidence[sure], centroid_confidence(points[sure], labels[sure]))
    return Grouping(labels, confidence)
