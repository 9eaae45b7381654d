"""The map alone, over a state filled by hand: what is drawn, what the pointer says, and what a hand can do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import UNSURE, Projection
from desktop_app.gui.app_state import AppState
from desktop_app.gui.theme import is_dark, mark
from desktop_app.gui.views.dragged import dragged
from desktop_app.gui.views.map_points import thumbnail_side
from desktop_app.gui.views.map_tools import Mode
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import LEFT, WAIT, double_click, fill

_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class _Map:
    """A map of 30 photos, with hands."""

    def __init__(self, qtbot: QtBot, thumbnails: Thumbnails) -> None:
        self._qtbot = qtbot
        self.state = AppState()
        self.view = ScatterView(self.state, thumbnails)
        qtbot.addWidget(self.view)
        self.view.resize(600, 500)
        self.view.show()
        fill(self.state)
        qtbot.waitExposed(self.view, timeout=WAIT)
        self.viewport = self.view.plot.viewport()

    def place(self, photo_id: int) -> QPoint:
        place = self.view.screen_position(photo_id)
        assert place is not None
        return place

    def ids(self, label: int) -> list[int]:
        return sorted(self.state.group(label).photo_ids.tolist())  # type: ignore[union-attr]

    def around(self, photo_ids: list[int]) -> list[QPoint]:
        """Corners of a rectangle around some photos."""
        places = [self.place(photo_id) for photo_id in photo_ids]
        left, right = min(p.x() for p in places) - 6, max(p.x() for p in places) + 6
        top, bottom = min(p.y() for p in places) - 6, max(p.y() for p in places) + 6
        return [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]

    def drag(self, way: list[QPoint], modifier: Qt.KeyboardModifier = _NONE) -> None:
        self._qtbot.mousePress(self.viewport, LEFT, modifier, way[0])
        for place in way[1:]:
            self._qtbot.mouseMove(self.viewport, place)
        self._qtbot.mouseRelease(self.viewport, LEFT, modifier, way[-1])

    def turn_wheel(self, steps: int) -> None:
        middle = QPointF(self.viewport.rect().center())
        for _ in range(abs(steps)):
            event = QWheelEvent(
                middle, self.viewport.mapToGlobal(middle), QPoint(), QPoint(0, 120 if steps > 0 else -120),
                Qt.MouseButton.NoButton, _NONE, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(self.viewport, event)

    def span(self) -> tuple[float, float]:
        (left, right), (bottom, top) = self.view.plot.getViewBox().viewRange()
        return right - left, top - bottom


@pytest.fixture
def on(qtbot: QtBot, thumbnails: Thumbnails) -> _Map:
    return _Map(qtbot, thumbnails)


def test_points_have_the_color_of_their_group_and_the_others_are_dimmed(on: _Map) -> None:
    def alpha(photo_id: int) -> int:
        on.view.canvas.grab()  # painted by now
        look, drawn = on.view._look(), on.view.canvas._drawn
        assert look is not None
        assert drawn is not None
        place = QPointF(on.place(photo_id)) - look[1].topLeft()
        color = drawn[1].pixelColor(place.toPoint())
        wanted = mark(on.view.points.labels[on.view.points.row_of(photo_id)], is_dark(on.view.palette())).color
        assert max(abs(a - b) for a, b in zip(color.getRgb()[:3], wanted.getRgb()[:3], strict=True)) < 12
        return color.alpha()

    assert on.view.plot.getAxis("bottom").labelText == "PCA 1: 31 %"
    assert alpha(103) == alpha(104) == 255
    on.state.select_group(1)
    assert alpha(104) == 255
    assert alpha(103) < 60


def test_a_click_selects_a_drag_moves_and_the_right_button_distorts_nothing(qtbot: QtBot, on: _Map) -> None:
    qtbot.mouseClick(on.viewport, LEFT, pos=on.place(104))
    assert on.state.selection.tolist() == [104]
    before, place = on.span(), on.place(103)
    on.drag([place, place + QPoint(20, 10), place + QPoint(40, 30)])
    assert on.state.selection.tolist() == [104]
    assert on.place(103) != place
    qtbot.mousePress(on.viewport, Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    qtbot.mouseMove(on.viewport, QPoint(300, 90))
    qtbot.mouseRelease(on.viewport, Qt.MouseButton.RightButton, pos=QPoint(300, 90))
    assert on.span() == pytest.approx(before)
    on.turn_wheel(400)
    closest = on.span()
    assert closest[0] > before[0] / 5000
    on.turn_wheel(-800)
    assert on.span()[0] < 3 * before[0]
    double_click(qtbot, on.viewport, QPoint(300, 40))
    assert on.span() == pytest.approx(before)


@pytest.mark.parametrize("zoom", [0, 12, -12])
def test_photos_stay_in_sight_however_far_the_map_is_moved(on: _Map, zoom: int) -> None:
    on.turn_wheel(zoom)
    view, area = on.view.plot.getViewBox(), on.view.points
    for way in (QPoint(90, 0), QPoint(0, 90), QPoint(-90, 0), QPoint(0, -90), QPoint(-80, 70)):
        for _ in range(40):
            middle = on.viewport.rect().center()
            on.drag([middle, middle + way / 2, middle + way])
        (left, right), (bottom, top) = view.viewRange()
        in_sight = area.within(left, bottom, right, top).size
        assert in_sight, f"nothing to be seen after moving by {way}"
        assert zoom > 0 or in_sight > 2
    before = on.span()
    on.view.show_everything()
    if not zoom:
        assert on.span() == pytest.approx(before)


def test_rectangle_and_lasso_select_shift_adds_and_escape_clears(qtbot: QtBot, on: _Map) -> None:
    first, second = on.ids(0), on.ids(1)
    corners = on.around(first)
    on.drag([corners[0], corners[2]], _SHIFT)
    inside = set(on.state.selection.tolist())
    assert set(first) <= inside
    assert not inside & set(second)
    corners = on.around(second)
    on.drag([*corners, corners[0]], _ALT)
    assert set(second) <= set(on.state.selection.tolist())
    assert not set(first) & set(on.state.selection.tolist())
    assert on.view.canvas.gesture.isEmpty()
    on.view.tools.modes[Mode.RECTANGLE].trigger()
    corners = on.around(first)
    on.drag([corners[2], corners[0]], _SHIFT)
    assert set(first + second) <= set(on.state.selection.tolist())
    on.view.tools.modes[Mode.LASSO].trigger()
    on.drag([*corners, corners[0]])
    assert set(on.state.selection.tolist()) == inside
    qtbot.keyClick(on.view.plot, Qt.Key.Key_Escape)
    assert not on.state.selection.size

    on.view.legend.show()
    item = next(on.view.legend.item(row) for row in range(4) if on.view.legend.item(row).text() == "Group 1")
    qtbot.mouseClick(on.view.legend.viewport(), LEFT, pos=on.view.legend.visualItemRect(item).center())
    on.drag([*corners, corners[0]])
    assert not set(first) & set(on.state.selection.tolist())
    qtbot.mouseClick(on.view.legend.viewport(), LEFT, pos=on.view.legend.visualItemRect(item).center())
    on.drag([*corners, corners[0]])
    assert set(on.state.selection.tolist()) == inside


def test_keys_walk_from_point_to_point_and_open(qtbot: QtBot, on: _Map) -> None:
    opened: list[int] = []
    on.view.photo_opened.connect(lambda photo: opened.append(photo.id))
    on.state.select_photo(103)
    before = on.place(103)
    qtbot.keyClick(on.view.plot, Qt.Key.Key_Right)
    first = on.state.selected_photo
    assert first not in (None, 103)
    assert on.place(first).x() > before.x()
    qtbot.keyClick(on.view.plot, Qt.Key.Key_Right, _SHIFT)
    assert on.state.selection.size == 2
    assert first in on.state.selection
    qtbot.keyClick(on.view.plot, Qt.Key.Key_Return)
    assert opened == [on.state.selected_photo]


def test_hover_shows_the_photo_and_its_group_until_the_pointer_or_the_map_moves(qtbot: QtBot, on: _Map) -> None:
    card = on.view._card
    qtbot.mouseMove(on.viewport, on.place(111))
    assert card.isVisible()
    assert card.accessibleDescription() == "111.jpg"
    assert on.viewport.rect().contains(card.geometry())
    assert on.view.canvas.hovered_group == 2
    assert not on.view.plot.toolTip()
    qtbot.mouseMove(on.viewport, QPoint(2, 2))
    assert not card.isVisible()
    assert on.view.canvas.hovered_group is None
    qtbot.mouseMove(on.viewport, on.place(111))
    on.turn_wheel(1)
    assert not card.isVisible()


def test_a_menu_over_a_point_is_the_photo_s_and_over_the_ground_the_map_s(
    qtbot: QtBot, on: _Map, tmp_path: Path
) -> None:
    over_photo: list[int | None] = []
    on.view.menu_wanted.connect(lambda _where: over_photo.append(on.state.selected_photo))

    def ask(place: QPoint) -> None:
        where = on.viewport.mapToGlobal(place)
        QApplication.sendEvent(on.viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where))

    on.state.set_selection([104, 107], 104)
    ask(on.place(107))
    ask(on.place(103))
    assert over_photo == [107, 103]
    assert on.state.selection.tolist() == [103]
    ask(QPoint(2, 2))
    menu = on.view.findChild(QMenu)
    assert menu is not None
    assert "Whole map" in menu.actions()[0].text().replace("&", "")
    menu.close()
    on.view.save_picture(str(tmp_path / "map.png"))
    assert QImage(str(tmp_path / "map.png")).width() == 2 * on.view.plot.width()
    said: list[str] = []
    on.view.failed.connect(said.append)
    on.view.save_picture(str(tmp_path / "none" / "map.png"))
    assert len(said) == 1


@pytest.mark.parametrize("count", [1, 2])
def test_scatter_survives_one_photo_and_identical_ones(qtbot: QtBot, thumbnails: Thumbnails, count: int) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.show()
    fill(state, count=count, k=1, unsure=0)
    assert state.projection is not None
    same = Projection(state.projection.photo_ids, np.zeros((count, 2), np.float32), *[np.zeros(4, np.float32)] * 2,
                      np.zeros(2))  # fmt: skip
    state.set_projection(same)
    place = view.screen_position(100)
    assert place is not None
    assert view.photo_at(place) in (100, 101)
    assert UNSURE not in view.points.labels


def test_a_drag_from_a_selected_point_carries_the_selection_and_any_other_moves_the_map(
    on: _Map, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[list[int]] = []

    def drop(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        assert [Path(url.toLocalFile()).stem for url in drag.mimeData().urls()] == ["100", "103", "106"]
        assert not drag.pixmap().isNull()
        carried.append(dragged(drag.mimeData()).tolist())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)  # Qt's own waits for a hand
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)  # else the plot misses moves that follow at once
    on.state.set_selection([100, 103, 106], 100)
    start, far = on.place(103), on.place(103) + QPoint(60, 40)
    before = on.view.plot.getViewBox().viewRange()
    on.drag([start, start + QPoint(2, 1), far])
    assert carried == [[100, 103, 106]]
    assert on.view.plot.getViewBox().viewRange() == before
    assert on.state.selection.tolist() == [100, 103, 106]
    # With a key held down it draws, whatever it begins on.
    on.drag([start, far], _SHIFT)
    assert len(carried) == 1
    on.state.set_selection([100, 103, 106], 100)
    # A click chooses the one photo, a drag from another point or the ground moves the map.
    on.drag([start, start])
    assert on.state.selection.tolist() == [103]
    for begin in (on.place(101), QPoint(300, 40)):
        before = on.view.plot.getViewBox().viewRange()
        on.drag([begin, begin + QPoint(30, 10), begin + QPoint(60, 20)])
        assert on.view.plot.getViewBox().viewRange() != before
        assert on.state.selection.tolist() == [103]
    assert len(carried) == 1


@pytest.mark.parametrize("size", [(600, 500), (420, 260)])
def test_photos_at_the_edge_are_seen_whole_on_the_whole_map(on: _Map, size: tuple[int, int]) -> None:
    on.view.resize(*size)
    on.view.show_everything()
    look = on.view._look()
    assert look is not None
    area, count = look[1], len(on.view.points.ids)
    half = thumbnail_side(area.width(), area.height(), count) / 2 - 1
    assert half > 15
    inner = area.adjusted(half, half, -half, -half)
    assert all(inner.contains(QPointF(on.place(photo_id))) for photo_id in on.view.points.ids.tolist())
