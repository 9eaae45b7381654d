"""The index finds what a walk over all points would find."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.gui.views.point_index import PointIndex


def slow_nearest(xy: np.ndarray, x: float, y: float, rx: float, ry: float) -> float | None:
    away = (xy.astype(np.float64) - (x, y)) / (rx, ry)
    squared = (away**2).sum(axis=1)
    return float(squared.min()) if len(squared) and squared.min() <= 1 else None


@pytest.mark.parametrize("count", [0, 1, 2, 7, 500, 20_000])
def test_nearest_agrees_with_a_walk_over_all(count: int) -> None:
    rng = np.random.default_rng(count)
    xy = rng.normal(size=(count, 2)).astype(np.float32) * (1, 30)
    index = PointIndex(xy.astype(np.float32))
    assert sorted(index.order.tolist()) == list(range(count))
    assert index.in_cell.sum() == count
    found = 0
    for x, y in rng.normal(size=(200, 2)) * (1.5, 40):
        row = index.nearest(x, y, 0.05, 0.9)
        expected = slow_nearest(xy.astype(np.float32), x, y, 0.05, 0.9)
        if row is None:
            assert expected is None
        else:
            found += 1
            away = (xy[row].astype(np.float32).astype(np.float64) - (x, y)) / (0.05, 0.9)
            assert (away**2).sum() == pytest.approx(expected)
    assert found or count < 500


def test_identical_points_are_found() -> None:
    index = PointIndex(np.zeros((5, 2), dtype=np.float32))
    assert index.nearest(0.0, 0.0, 0.1, 0.1) in range(5)
    assert index.nearest(3.0, 0.0, 0.1, 0.1) is None


def test_a_rectangle_holds_every_point_that_lies_in_it() -> None:
    xy = np.random.default_rng(3).normal(size=(9_000, 2)).astype(np.float32)
    index = PointIndex(xy)
    for left, bottom, right, top in ((-0.3, -0.2, 0.4, 0.1), (1.0, -9.0, 9.0, 9.0), (-9.0, -9.0, 9.0, 9.0)):
        inside = (xy >= (left, bottom)).all(axis=1) & (xy <= (right, top)).all(axis=1)
        assert set(np.flatnonzero(inside)) <= set(index.order[index.places(left, bottom, right, top)].tolist())
    assert index.spans(-9.0, -9.0, 9.0, 9.0) == [slice(0, 9_000)]


@pytest.mark.parametrize("count", [0, 1, 3, 400, 20_000])
def test_whether_a_rectangle_is_empty_agrees_with_a_walk_over_all(count: int) -> None:
    rng = np.random.default_rng(count)
    xy = (rng.normal(size=(count, 2)) ** 3).astype(np.float32)
    index, empty = PointIndex(xy), 0
    for size in (0.001, 0.01, 0.1, 1.0, 5.0):
        for x, y in rng.normal(size=(60, 2)) * 2:
            low, high = np.array([x, y]) - size, np.array([x, y]) + size
            inside = bool(((xy >= low).all(axis=1) & (xy <= high).all(axis=1)).any())
            assert index.has_any(*low, *high) == inside
            empty += not inside
    assert 0 < empty < 300 or count < 10
