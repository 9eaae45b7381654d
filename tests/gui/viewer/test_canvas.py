"""The large picture: what lies under the pointer stays there, nothing leaves the room, the sharp one is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop_app.gui.viewer.canvas import Look, PhotoCanvas
from tests.helpers.window import LEFT


@pytest.fixture
def canvas(qtbot: QtBot) -> PhotoCanvas:
    made = PhotoCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.set_picture([halves(1600, 800)], 1600, 800)
    return made


def halves(width: int, height: int, left: str = "red", right: str = "blue") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(right))
    painter = QPainter(image)
    painter.fillRect(0, 0, width // 2, height, QColor(left))
    painter.end()
    return image


def under(canvas: PhotoCanvas, at: QPointF) -> tuple[float, float]:
    """The place in the picture, 0 to 1, that is shown at a point of the widget."""
    place = canvas._place()
    return (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()


def test_fit_shows_all_of_it_and_100_percent_a_pixel_on_a_pixel(canvas: PhotoCanvas) -> None:
    assert canvas.percent == pytest.approx(25)
    assert canvas._place() == QRectF(0, 50, 400, 200)
    canvas.show_pixels()
    assert canvas.percent == pytest.approx(100)
    canvas.toggle_pixels()
    assert canvas.look == Look()


def test_zooming_keeps_what_is_under_the_pointer(canvas: PhotoCanvas) -> None:
    at = QPointF(150, 130)
    canvas.show_pixels(at)
    for steps in (3, -1, 2, -4):
        before = under(canvas, at)
        canvas.zoom_by(steps, at)
        assert under(canvas, at) == pytest.approx(before, abs=1e-6)


@pytest.mark.parametrize("steps", [-100, 100])
def test_zoom_ends_at_the_whole_picture_and_at_sixteen_fold(canvas: PhotoCanvas, steps: int) -> None:
    canvas.zoom_by(steps)
    assert canvas.percent == pytest.approx(25 if steps < 0 else 1600)


def test_a_small_picture_is_enlarged_threefold_and_can_be_seen_as_it_is(canvas: PhotoCanvas) -> None:
    canvas.set_picture([halves(40, 20)], 40, 20)
    assert canvas.percent == pytest.approx(300)
    canvas.show_pixels()
    assert canvas.percent == pytest.approx(100)


def test_a_drag_moves_the_picture_and_never_out_of_sight(qtbot: QtBot, canvas: PhotoCanvas) -> None:
    canvas.show_pixels()
    seen: list[Look] = []
    canvas.looked.connect(lambda: seen.append(canvas.look))
    qtbot.mousePress(canvas, LEFT, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(160, 150))
    assert canvas.look.x == pytest.approx(0.5 + 40 / 1600)
    for _ in range(3):
        qtbot.mouseMove(canvas, QPoint(0, 150))
        qtbot.mouseMove(canvas, QPoint(-2000, 150))
    assert canvas.look.x == pytest.approx(1 - 200 / 1600)
    qtbot.mouseRelease(canvas, LEFT)
    assert seen
    qtbot.mouseMove(canvas, QPoint(300, 150))
    assert canvas.look == seen[-1]


def test_the_smallest_picture_that_is_sharp_enough_is_painted(canvas: PhotoCanvas) -> None:
    canvas.set_picture([halves(1600, 800, "lime", "lime"), halves(400, 200)], 1600, 800)
    assert canvas.grab().toImage().pixelColor(100, 150) == QColor("red")
    assert canvas.grab().toImage().pixelColor(300, 150) == QColor("blue")
    canvas.zoom_by(2)
    assert canvas.grab().toImage().pixelColor(100, 150) == QColor("lime")


def test_two_canvases_show_the_same_part_of_pictures_of_two_sizes(qtbot: QtBot, canvas: PhotoCanvas) -> None:
    other = PhotoCanvas()
    qtbot.addWidget(other)
    other.resize(400, 300)
    other.set_picture([], 800, 400, "…")
    canvas.zoom_by(5, QPointF(350, 100))
    other.set_look(canvas.look)
    assert under(other, QPointF(200, 150)) == pytest.approx(under(canvas, QPointF(200, 150)))
    assert other.percent == pytest.approx(2 * canvas.percent)


def test_a_double_click_goes_to_the_pixels_there_and_back(qtbot: QtBot, canvas: PhotoCanvas) -> None:
    place = QPoint(120, 150)
    before = under(canvas, QPointF(place))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)  # or it counts as held in the next test
    assert canvas.percent == pytest.approx(100)
    assert under(canvas, QPointF(place)) == pytest.approx(before, abs=1e-6)
    qtbot.mouseRelease(canvas, LEFT)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)  # or it counts as held in the next test
    assert canvas.look == Look()
    qtbot.mouseRelease(canvas, LEFT)
