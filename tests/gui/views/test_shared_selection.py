"""One selection: what is selected anywhere shows everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Neighbors
from desktop_app.gui import desktop
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import HOLDS_PHOTO_ROLE, GroupsView
from desktop_app.gui.views.neighbors import NeighborsView
from desktop_app.gui.views.photo_list import PhotoListView
from desktop_app.gui.views.photo_tile import ID_ROLE
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import LEFT, WAIT, choose_k, fill, wait_for_groups

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier


class _Views:
    """All views over one state, side by side."""

    def __init__(self, qtbot: QtBot, thumbnails: Thumbnails) -> None:
        self._qtbot = qtbot
        self.state = AppState()
        self.grid = GridView(self.state, thumbnails, 64)
        self.map = ScatterView(self.state, thumbnails)
        self.groups = GroupsView(self.state, thumbnails)
        self.neighbors = NeighborsView(self.state, thumbnails, QAction("Back"), QAction("Forward"))
        self.neighbors.selection_wanted.connect(self.state.set_selection)
        views: list[QWidget] = [self.grid, self.map, self.groups, self.neighbors]
        for view in views:
            qtbot.addWidget(view)
            view.resize(600, 500)
            view.show()
        fill(self.state)
        qtbot.waitExposed(self.map, timeout=WAIT)

    def click(self, view: PhotoListView, row: int, modifier: Qt.KeyboardModifier = _NONE) -> None:
        place = view.visualRect(view.model().index(row, 0)).center()
        self._qtbot.mouseClick(view.viewport(), LEFT, modifier, place)

    def click_point(self, photo_id: int, modifier: Qt.KeyboardModifier = _NONE) -> None:
        place = self.map.screen_position(photo_id)
        assert place is not None
        self._qtbot.mouseClick(self.map.plot.viewport(), LEFT, modifier, place)

    def shown_in_grid(self) -> list[int]:
        return sorted(self.grid.model.ids[self.grid.list.selected_rows()].tolist())

    def marked_groups(self) -> list[str]:
        rows = [self.groups.model.index(row) for row in range(self.groups.model.rowCount())]
        return [row.data() for row in rows if row.data(HOLDS_PHOTO_ROLE)]


def test_what_is_selected_anywhere_shows_everywhere(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    on = _Views(qtbot, thumbnails)
    state, grid = on.state, on.grid
    on.click(grid.list, 3)
    on.click(grid.list, 6, _SHIFT)
    on.click(grid.list, 9, _CTRL)
    assert state.selection.tolist() == [103, 104, 105, 106, 109]
    assert state.selected_photo == 109
    assert on.marked_groups() == ["Group 1"]
    assert sorted(on.map.points.ids[on.map.canvas.selected].tolist()) == [103, 104, 105, 106, 109]
    on.click(grid.list, 9, _CTRL)  # taken out again: it is no longer what is looked at
    assert state.selection.tolist() == [103, 104, 105, 106]
    assert state.selected_photo is None

    on.click_point(110)
    assert on.shown_in_grid() == state.selection.tolist() == [110]
    assert grid.list.current_id() == 110
    assert on.marked_groups() == ["Group 2"]
    assert state.selected_group == ALL_PHOTOS  # marked, not switched
    on.click_point(113, _CTRL)
    on.click_point(116, _SHIFT)
    on.click_point(113, _CTRL)
    assert on.shown_in_grid() == state.selection.tolist() == [110, 116]

    state.set_neighbors(116, Neighbors(np.array([[119, 110, 101]]), np.array([[0.9, 0.8, 0.7]], dtype=np.float32)))
    assert on.neighbors.list.selected_rows().tolist() == [1]
    on.click(on.neighbors.list, 0, _CTRL)  # beside the others, and no new question
    assert on.shown_in_grid() == state.selection.tolist() == [110, 116, 119]
    assert state.selected_photo == 116
    qtbot.keyClick(on.neighbors.list, Qt.Key.Key_Right)  # keys walk
    assert state.selection.tolist() == [110, 116, 119]

    state.select_group(2)
    assert on.shown_in_grid() == []
    on.click(grid.list, 0, _CTRL)
    assert state.selection.tolist() == sorted([110, 116, 119, int(grid.model.ids[0])])
    grid.list.selectAll()
    assert state.selection.tolist() == sorted(grid.model.ids.tolist())
    state.set_selection([])
    assert not grid.list.selected_rows().size
    assert state.selected_photo is None
    assert on.marked_groups() == []


def test_a_selection_in_a_hundred_thousand_comes_back_whole(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 64)
    qtbot.addWidget(view)
    fill(state, 100_000)
    every_third = np.arange(100, 100_100, 3)
    state.set_selection(np.random.default_rng(0).permutation(every_third))
    assert np.array_equal(view.model.ids[view.list.selected_rows()], every_third)
    view.list.selectionModel().setCurrentIndex(view.model.index(5), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert state.selection.tolist() == [105]
    view.list.selectAll()
    assert state.selection.size == 100_000
    assert state.selected_photo == 105


def test_the_selection_outlives_looking_again_and_grouping_anew(qtbot: QtBot, window: MainWindow) -> None:
    state = window.state
    ids = sorted(state.photos)
    state.set_selection(ids[:6], ids[2])
    choose_k(qtbot, window, 4)
    assert (state.selection.tolist(), state.selected_photo) == (ids[:6], ids[2])
    state.photos[ids[5]].path.unlink()
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert (state.selection.tolist(), state.selected_photo) == (ids[:5], ids[2])
    assert sorted(window.grid.model.ids[window.grid.list.selected_rows()].tolist()) == ids[:5]
    assert state.neighbors_of == ids[2]


def test_a_menu_acts_on_the_photo_under_the_pointer(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(desktop, "open_file", lambda path: opened.append(path) or True)
    state, grid, neighbors = window.state, window.grid, window.neighbors

    def open_from_menu(view: PhotoListView, row: int) -> int:
        """Open the photo of a row with its menu; its id."""
        index = view.model().index(row, 0)
        place = view.visualRect(index).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), event)
        assert window.menus.over_photo.isVisible()
        window.menus.over_photo.close()
        window.menus["open_photo"].trigger()
        return int(index.data(ID_ROLE))

    first, second = (int(photo_id) for photo_id in grid.model.ids[:2])
    state.set_selection([first, second], first)
    assert open_from_menu(grid.list, 1) == second
    assert state.selection.tolist() == sorted([first, second])
    third = open_from_menu(grid.list, 2)
    assert state.selection.tolist() == [third]
    qtbot.waitUntil(lambda: state.neighbors_of == third and not window.runner.is_busy(), timeout=WAIT)
    neighbor = open_from_menu(neighbors.list, 1)
    assert state.selection.tolist() == [neighbor]
    assert state.neighbors_of == third  # no new question
    assert opened == [state.photos[photo_id].path for photo_id in (second, third, neighbor)]
