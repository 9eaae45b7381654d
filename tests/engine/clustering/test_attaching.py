"""A photo that comes later joins the group that the definition says, and stays in it at every number of groups."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from desktop_app.engine.clustering import CLUSTERERS, Grouper
from desktop_app.engine.clustering.attaching import pattern_of
from desktop_app.engine.clustering.hierarchy import FINEST
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import UNSURE
from tests.helpers.point_sets import cloud, embeddings_of

CTX = JobContext()
MADE, LATER = 90, 12


def made_and_later() -> tuple[np.ndarray, np.ndarray]:
    points = cloud(MADE + LATER, 12, seed=7)
    return points[:MADE], points[MADE:]


def worth(points: np.ndarray, level: np.ndarray) -> float:
    """What the squared distances at one number of groups count."""
    groups = [points[level == one].astype(np.float64) for one in np.unique(level)]
    scatter = sum(float(((group - group.mean(axis=0)) ** 2).sum()) for group in groups)
    return 1 / (len(groups) * max(scatter, 1e-3 * float((points.astype(np.float64) ** 2).sum())))


def joined_slowly(points: np.ndarray, labels: np.ndarray, levels: list[np.ndarray], x: np.ndarray) -> int:
    """The definition, word for word: the part nearest at all numbers of groups, then the nearest group of it."""

    def far(members: np.ndarray) -> float:
        return float(((x - points[members].mean(axis=0, dtype=np.float64)) ** 2).sum())

    allowed = set(labels.tolist())
    if levels:
        worths = [worth(points, level) for level in levels]
        costs = {}
        for part in np.unique(levels[-1]).tolist():
            inside = int(np.flatnonzero(levels[-1] == part)[0])
            costs[part] = sum(w * far(level == level[inside]) for w, level in zip(worths, levels, strict=True))
        nearest = min(costs, key=lambda part: costs[part])
        allowed = set(labels[levels[-1] == nearest].tolist())
    return min(sorted(allowed), key=lambda group: far(labels == group))


@pytest.mark.parametrize("k", [1, 5, FINEST, FINEST + 9])
@pytest.mark.parametrize("method", ["kmeans", "agglomerative", "gmm"])
def test_a_photo_joins_the_group_that_the_definition_says(method: str, k: int) -> None:
    made, later = made_and_later()
    grouper = Grouper(embeddings_of(made))
    found = grouper.cluster(CTX, method=method, k=k)
    features = grouper.features("embedding", CTX)
    points, new = features.transform(made), features.transform(later)
    levels = []
    if CLUSTERERS[method].nested and k > 1:
        levels = [grouper.cluster(CTX, method=method, k=one).labels for one in range(2, FINEST + 1)]
    best, second, confidence = grouper.pattern(found, CTX).attach(new)
    assert best.tolist() == [joined_slowly(points, found.labels, levels, x) for x in new]
    means = np.stack([points[found.labels == group].mean(axis=0) for group in range(found.k)])
    for x, own, other, sure in zip(new, best, second, confidence, strict=True):
        squares = ((x - means) ** 2).sum(axis=1)
        assert sure == pytest.approx(1 / ((squares[own] / squares) ** 5).sum(), rel=1e-3)
        rest = [group for group in range(found.k) if group != own]
        assert other == (min(rest, key=lambda group: squares[group]) if rest else UNSURE)


@pytest.mark.parametrize("method", ["kmeans", "agglomerative"])
def test_one_group_more_divides_one_of_those_that_came_later_too(method: str) -> None:
    made, later = made_and_later()
    grouper = Grouper(embeddings_of(made))
    new = grouper.features("embedding", CTX).transform(later)
    joined = []
    for k in range(1, FINEST + 1):
        found = grouper.cluster(CTX, method=method, k=k)
        both = np.concatenate([found.labels, grouper.pattern(found, CTX).attach(new)[0]])
        joined.append(both)
    for few, many in itertools.pairwise(joined):
        pairs = set(zip(few.tolist(), many.tolist(), strict=True))
        assert len(pairs) == many.max() + 1, "a group more than one was divided, or photos changed sides"


def test_a_photo_that_groups_were_made_of_would_join_its_own_where_groups_lie_apart() -> None:
    rng = np.random.default_rng(3)
    centers = np.eye(5, 16, dtype=np.float32) * 9
    labels = np.repeat(np.arange(5, dtype=np.int32), 20)
    points = (centers[labels] + rng.normal(size=(100, 16))).astype(np.float32)
    best, _, confidence = pattern_of(points, labels).attach(points)
    assert best.tolist() == labels.tolist()
    assert confidence.min() > 0.9


def test_where_no_group_claims_a_photo_nothing_is_joined() -> None:
    points = cloud(6, 4)
    best, second, confidence = pattern_of(points, np.full(6, UNSURE, np.int32)).attach(points)
    assert (best == UNSURE).all()
    assert (second == UNSURE).all()
    assert (confidence == 0).all()
