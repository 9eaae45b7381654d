"""Space opens a photo; keys walk, zoom and close; several stand side by side; the window is about the shown one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, draw, wait_for_groups

KEY = Qt.Key


def choose_first(qtbot: QtBot, window: MainWindow) -> None:
    grid = window.grid.list
    qtbot.mouseClick(grid.viewport(), LEFT, pos=grid.visualRect(window.grid.model.index(0)).center())
    qtbot.waitUntil(lambda: window.state.selected_photo is not None, timeout=WAIT)


def test_a_photo_is_looked_at_walked_from_and_left(qtbot: QtBot, window: MainWindow) -> None:
    viewer, state, ids = window.viewer, window.state, window.grid.model.ids.tolist()
    choose_first(qtbot, window)
    qtbot.waitUntil(lambda: state.neighbors_of == ids[0], timeout=WAIT)
    qtbot.keyClick(window.grid.list, KEY.Key_Space)
    assert window.pages.currentWidget() is viewer
    assert viewer.shown == [ids[0]]
    assert viewer.strip_model.ids.tolist() == state.neighbors.photo_ids[0].tolist()  # which were there before
    qtbot.waitUntil(lambda: bool(viewer._loader.sizes_of(ids[0])), timeout=WAIT)
    assert state.photos[ids[0]].path.name in viewer.title.text()
    assert f"1 of {len(ids)}" in viewer.title.text()
    for key, row in (
        (KEY.Key_Right, 1),
        (KEY.Key_End, len(ids) - 1),
        (KEY.Key_Right, len(ids) - 1),
        (KEY.Key_Left, -2),
    ):
        qtbot.keyClick(viewer, key)
        assert viewer.shown == [ids[row]]
        assert state.selected_photo == ids[row]
    qtbot.waitUntil(lambda: state.neighbors_of == ids[-2], timeout=WAIT)
    assert viewer.strip_model.ids.tolist() == state.neighbors.photo_ids[0].tolist()
    found = state.group(state.group_of(ids[-2]))
    assert viewer.details.texts["Group"] == found.name
    assert viewer.details.texts["Size"].startswith("64 × 48")

    qtbot.keyClick(viewer, KEY.Key_Z)
    assert viewer.zoom_text.text() == "100 %"
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    qtbot.keyClick(viewer, KEY.Key_I)
    assert viewer.details.isHidden()
    strip, nearest = viewer.strip, int(state.neighbors.photo_ids[0][0])
    qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.visualRect(viewer.strip_model.index(0)).center())
    assert viewer.shown == [nearest]
    qtbot.keyClick(viewer, KEY.Key_Escape)
    assert window.pages.currentWidget() is not viewer
    assert viewer.shown == []
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)


def test_selected_photos_stand_side_by_side_and_zoom_together(qtbot: QtBot, window: MainWindow) -> None:
    viewer, grid, model = window.viewer, window.grid.list, window.grid.model
    assert grid.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    choose_first(qtbot, window)
    window.menus["compare"].trigger()
    assert viewer.shown == []  # one alone compares with nothing
    for row in (1, 2):
        place = grid.visualRect(model.index(row)).center()
        qtbot.mouseClick(grid.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place)
    window.menus["compare"].trigger()
    assert sorted(viewer.shown) == sorted(model.ids[:3].tolist())
    assert [canvas.isVisible() for canvas in viewer.canvases] == [True, True, True, False]
    viewer.canvases[1].zoom_by(4)
    assert len({canvas.look for canvas in viewer.canvases[:3]}) == 1
    qtbot.mouseClick(viewer.canvases[2], LEFT, pos=QPoint(20, 20))
    assert window.state.selected_photo == viewer.shown[2]
    assert window.state.selection.size == 3
    assert [canvas.marked for canvas in viewer.canvases] == [False, False, True, False]
    qtbot.keyClick(viewer, KEY.Key_Right)
    assert window.state.selected_photo == viewer.shown[0]
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    window.viewer.close_view()


def test_a_photo_that_is_gone_or_broken_says_so(qtbot: QtBot, window: MainWindow) -> None:
    viewer, state = window.viewer, window.state
    first, second = window.grid.model.ids[:2].tolist()
    state.photos[first].path.unlink()
    state.photos[second].path.write_bytes(b"nothing of a picture")
    choose_first(qtbot, window)
    qtbot.keyClick(window.grid.list, KEY.Key_Space)
    for photo_id, words in ((first, "is not there any more"), (second, "cannot be shown")):
        qtbot.waitUntil(lambda photo_id=photo_id: bool(viewer._loader.sizes_of(photo_id)), timeout=WAIT)
        assert words in viewer.active.accessibleName()
        qtbot.keyClick(viewer, KEY.Key_Right)
    draw(state.photos[second].path, (200, 40, 40), seed=99)
    window.menus["rescan"].trigger()
    third = viewer.shown
    wait_for_groups(qtbot, window)
    # The photo in sight is still there; the one that is gone, and what the other one was, cannot be walked to.
    assert window.pages.currentWidget() is viewer
    qtbot.keyClick(viewer, KEY.Key_Left)
    assert viewer.shown == third
    assert not {first, second} & set(state.photos)
    state.photos[third[0]].path.unlink()
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert window.pages.currentWidget() is not viewer
