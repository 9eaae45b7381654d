"""The picture of the points shows each where it is, in the color of its group, faint ones below."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage

from desktop_app.engine.types import UNSURE
from desktop_app.gui.theme import mark
from desktop_app.gui.views.map_picture import PointPicture, View, inside_polygon
from desktop_app.gui.views.map_points import MapPoints, nearest_towards, outline, places_without_overlap
from desktop_app.gui.views.point_index import PointIndex

_VIEW = View(0, 0, 400, 200, 400, 200)
_ACCENT = QColor("#123456")


def drawn(xy: np.ndarray, labels: np.ndarray, chosen: int | None = None) -> PointPicture:
    index = PointIndex(np.asarray(xy, dtype=np.float32))
    return PointPicture(index, np.asarray(labels, dtype=np.int32), False, QColor("white"), _ACCENT, chosen)


def ink(image: QImage, x: float, y: float) -> QColor:
    """What the picture has at a point of the map."""
    return image.pixelColor(int(x * image.width() / 400), int((200 - y) * image.height() / 200))


def like(color: QColor, label: int) -> bool:
    wanted = mark(label, False).color
    return max(abs(a - b) for a, b in zip(color.getRgb()[:3], wanted.getRgb()[:3], strict=True)) < 6


@pytest.mark.parametrize("more", [0, 2_000, 7_000, 400_000])
def test_each_point_has_the_color_of_its_group_however_many_there_are(more: int) -> None:
    rng = np.random.default_rng(0)
    crowd = rng.uniform((0, 0), (390, 90), size=(more, 2))
    xy = np.vstack([[[50, 150], [150, 150], [250, 150], [250, 150]], crowd])
    labels = np.concatenate([[0, 1, 2, UNSURE], np.full(more, 3)])
    picture = drawn(xy, labels)
    image = picture.draw(_VIEW)
    for x, label in ((50, 0), (150, 1), (250, 2)):  # at 250 the unsure one lies below
        assert like(ink(image, x, 150), label)
    assert ink(image, 350, 150).alpha() == 0
    assert ink(image, 200, 45).alpha() > 100 or more < 7_000
    picture.chosen = 1
    image = picture.draw(_VIEW)
    assert ink(image, 150, 150).alpha() > 5 * ink(image, 50, 150).alpha() > 0
    picture.selected = (labels == 0)[picture.index.order]
    assert (
        max(abs(a - b) for a, b in zip(ink(picture.draw(_VIEW), 50, 150).getRgb(), _ACCENT.getRgb(), strict=True)) < 6
    )


def test_a_far_off_crowd_keeps_its_shape_and_its_strays() -> None:
    xy = np.vstack([np.random.default_rng(1).uniform((100, 50), (300, 150), size=(600_000, 2)), [[5, 5], [395, 195]]])
    image = drawn(xy, np.zeros(len(xy))).draw(_VIEW)
    alpha = np.array([[image.pixelColor(x, y).alpha() for x in range(image.width())] for y in range(image.height())])
    inner = alpha[27:73, 52:148]
    assert (inner > 0).mean() > 0.99
    assert np.count_nonzero(alpha[:20]) == np.count_nonzero(alpha[80:]) == 1


def test_a_lasso_holds_what_it_goes_around() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.uniform(0, 400, 5_000).astype(np.float32), rng.uniform(0, 200, 5_000).astype(np.float32)
    angles = np.linspace(0, 2 * np.pi, 300)
    corners = [QPointF(200 + 80 * np.cos(a), 100 + 80 * np.sin(a)) for a in angles]
    away = np.hypot(x - 200, y - 100)
    found = inside_polygon(_VIEW, corners, x, y)
    assert found[away < 78.5].all()
    assert not found[away > 81.5].any()


def test_hidden_groups_are_neither_found_nor_enclosed() -> None:
    ids = np.array([30, 10, 20, 40])
    xy = np.array([[0, 0], [1, 1], [2, 2], [3, 3]], dtype=np.float32)
    points = MapPoints(ids, xy, np.array([0, 1, 0, 1], dtype=np.int32), frozenset({1}))
    assert points.rows_of(np.array([10, 20, 30, 99])).tolist() == [2, 0]
    assert points.nearest(1, 1, 0.5, 0.5) is None
    assert points.nearest(2, 2, 0.5, 0.5) == 2
    assert sorted(points.within(-1, -1, 9, 9).tolist()) == [0, 2]
    assert points.row_of(40) is None


def test_an_outline_holds_most_of_a_group_and_leaves_a_stray_out() -> None:
    crowd = np.random.default_rng(4).normal(size=(500, 2))
    path = outline(np.vstack([crowd, [[40, 40]]]).astype(np.float32))
    held = sum(path.contains(QPointF(*point)) for point in crowd.tolist())
    assert held > 400
    assert outline(np.zeros((9, 2), dtype=np.float32)).isEmpty()
    assert outline(np.zeros((0, 2), dtype=np.float32)).isEmpty()


def test_walking_goes_to_what_lies_ahead() -> None:
    x = np.array([0, 10, 12, 0, 200], dtype=np.float32)
    y = np.array([0, 30, 2, -8, 0], dtype=np.float32)
    assert nearest_towards(x, y, 0, (1, 0)) == 2
    assert nearest_towards(x, y, 0, (0, 1)) == 1
    assert nearest_towards(x, y, 0, (0, -1)) == 3
    assert nearest_towards(x, y, 0, (-1, 0)) is None
    assert nearest_towards(x, y, 4, (1, 0)) is None


def test_squares_that_are_placed_never_overlap_and_the_first_has_the_first_choice() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.uniform(0, 600, 300), rng.uniform(0, 300, 300)
    placed = places_without_overlap(x, y, 40.0)
    assert placed[0] == 0
    apart = np.maximum(np.abs(x[placed, None] - x[placed]), np.abs(y[placed, None] - y[placed]))
    assert (apart[~np.eye(len(placed), dtype=bool)] >= 40).all()
    assert len(placed) > 40
