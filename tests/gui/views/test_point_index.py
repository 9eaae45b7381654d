"""The index finds what a walk over all points would find; the raster keeps every point."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.gui.views.point_index import PointIndex, rasterize


def slow_nearest(xy: np.ndarray, x: float, y: float, rx: float, ry: float) -> float | None:
    away = (xy.astype(np.float64) - (x, y)) / (rx, ry)
    squared = (away**2).sum(axis=1)
    return float(squared.min()) if len(squared) and squared.min() <= 1 else None


@pytest.mark.parametrize("count", [0, 1, 2, 7, 500, 20_000])
def test_nearest_agrees_with_a_walk_over_all(count: int) -> None:
    rng = np.random.default_rng(count)
    xy = rng.normal(size=(count, 2)).astype(np.float32) * (1, 30)
    index = PointIndex(xy.astype(np.float32))
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


def test_raster_shows_each_point_where_it_is_and_mixes_colors() -> None:
    xy = np.array([[0.5, 0.5], [9.5, 4.5], [9.5, 4.5], [20.0, 1.0]], dtype=np.float32)
    colors = np.array([[255, 0, 0], [0, 200, 0], [0, 100, 0], [1, 2, 3]], dtype=np.uint8)
    picture = rasterize(xy, colors, (0, 0, 10, 5), width=10, height=5)
    assert picture.shape == (5, 10, 4)
    assert picture[0, 0, :3].tolist() == [255, 0, 0]
    assert picture[4, 9, :3].tolist() == [0, 150, 0]
    assert np.count_nonzero(picture[..., 3]) == 2  # the fourth lies outside
    assert picture[4, 9, 3] > picture[0, 0, 3] > 100
