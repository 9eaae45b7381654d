"""The wall of photos follows group and photo, and says what was chosen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.app_state import AppState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.photo_list import CAPTION_ROLE, ID_ROLE
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import LEFT, WAIT, choose_k, fill


def test_grid_follows_the_group_and_the_photo(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    fill(state)
    assert view.model.rowCount() == 30
    state.select_group(1)
    assert view.title.text() == "Group 2"
    shown = [view.model.index(row).data(ID_ROLE) for row in range(view.model.rowCount())]
    assert sorted(shown) == [101 + 3 * i for i in range(9)]
    assert shown[0] == 125  # most sure first
    chosen: list[int | None] = []
    state.selected_photo_changed.connect(lambda: chosen.append(state.selected_photo))
    qtbot.mouseClick(
        view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.visualRect(view.model.index(1)).center()
    )
    assert chosen == [shown[1]]
    qtbot.keyClick(view.list, Qt.Key.Key_Right)
    assert chosen == shown[1:3]
    view.list.selectAll()
    assert state.selection.tolist() == sorted(shown)
    urls = view.model.mimeData([view.model.index(0)]).urls()
    assert [url.toLocalFile() for url in urls] == ["/album/125.jpg"]
    assert view.model.supportedDragActions() == Qt.DropAction.CopyAction


def test_grid_of_a_hundred_thousand_opens(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.model.set_ids(np.arange(100_000))
    last = view.model.index(99_999)
    # Laid out in batches, the window alive between.
    qtbot.waitUntil(lambda: view.list.visualRect(last).isValid(), timeout=WAIT)
    view.list.scrollTo(last)
    assert view.list.viewport().rect().contains(view.list.visualRect(last).center())


def test_grid_and_map_choose_the_same_photo(qtbot: QtBot, window: MainWindow) -> None:
    index = window.grid.model.index(3)
    qtbot.mouseClick(window.grid.list.viewport(), LEFT, pos=window.grid.list.visualRect(index).center())
    qtbot.waitUntil(lambda: window.state.neighbors is not None, timeout=WAIT)
    assert window.state.selected_photo == window.grid.list.current_id()
    assert window.scatter.points.ids[window.scatter.canvas.current] == window.state.selected_photo
    window.menus["copy_path"].trigger()
    chosen = window.state.selected_photo
    assert chosen is not None
    assert QGuiApplication.clipboard().text() == str(window.state.photos[chosen].path)


def test_each_photo_of_a_group_says_how_surely_it_belongs_there(qtbot: QtBot, window: MainWindow) -> None:
    assert {window.grid.model.index(row).data(CAPTION_ROLE) for row in range(24)} == {""}
    choose_k(qtbot, window, 3)
    window.state.select_group(1)
    captions = [window.grid.model.index(row).data(CAPTION_ROLE) for row in range(8)]
    shares = [int(caption.removesuffix(" %")) for caption in captions]
    assert shares == sorted(shares, reverse=True)
    assert 50 < shares[0] <= 100
    found = window.state.clustering
    assert found is not None
    first = window.state.groups[1].photo_ids[0]
    assert shares[0] == int(100 * found.confidence[found.photo_ids == first][0])
    assert str(window.grid.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)).endswith(f", {captions[0]}")
