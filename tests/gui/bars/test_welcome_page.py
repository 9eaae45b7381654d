"""The first page takes a folder that is dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import apply_theme, mark
from tests.helpers.window import LEFT, wait_for_groups


def test_a_dropped_folder_opens(qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(album))])
    place, copy, nothing = QPointF(200, 200), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    moving = QDropEvent(place, Qt.DropAction.MoveAction | copy, data, LEFT, nothing)
    moving.setDropAction(Qt.DropAction.MoveAction)
    for target in (window, window.welcome):
        only = QDragEnterEvent(place.toPoint(), Qt.DropAction.MoveAction, data, LEFT, nothing)
        only.ignore()
        QApplication.sendEvent(target, only)
        assert not only.isAccepted(), "what may only be moved was taken"
    QApplication.sendEvent(window.welcome, QDragEnterEvent(place.toPoint(), copy, data, LEFT, nothing))
    QApplication.sendEvent(window.welcome, moving)
    assert moving.isAccepted()
    assert moving.dropAction() == copy
    wait_for_groups(qtbot, window)
    assert window.state.folder == album
    assert window.memory.recent() == [album]
    data.setUrls([QUrl.fromLocalFile(str(album / "red 0.jpg"))])
    photo = QDragEnterEvent(place.toPoint(), copy, data, LEFT, nothing)
    photo.ignore()
    QApplication.sendEvent(window, photo)
    assert not photo.isAccepted(), "a photo would have closed the folder"


def test_the_sample_album_is_said_to_be_drawn_at_once(qtbot: QtBot, make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    qtbot.mouseClick(window.welcome.sample_button, LEFT)
    assert window.work_bar.isVisible()
    assert window.work_bar.text.text() == "Drawing the sample album…"
    assert not window.work_bar.cancel.isVisible(), "what takes two seconds cannot be stopped"
    wait_for_groups(qtbot, window)
    assert window.state.folder == paths.sample_album_dir()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_is_there_where_there_is_room(qtbot: QtBot, make_window: Callable[[], MainWindow], theme: str) -> None:
    window = make_window()
    apply_theme(theme)
    page, found = window.welcome, {}
    for height in (768, 384, 331):
        window.resize(683, height)
        QApplication.processEvents()
        found[height] = page.sign.width() if page.sign.isVisible() else 0
        if page.sign.isVisible():
            assert not page.area.verticalScrollBar().maximum(), "what matters is in sight all the same"
    assert found == {768: 64, 384: 32, 331: 0}
    window.resize(1366, 768)
    QApplication.processEvents()
    for ratio in (1, 2):
        picture = QImage(page.sign.size() * ratio, QImage.Format.Format_ARGB32)
        picture.setDevicePixelRatio(ratio)
        picture.fill(page.palette().window().color())
        page.sign.render(picture)
        side = picture.width()
        colors = {picture.pixelColor(x, y).name() for x in range(0, side, 2) for y in range(0, side, 2)}
        drawn = {mark(label, dark=False).color.name() for label in range(4)}
        assert drawn <= colors, "four marks in the colors of the map"
    apply_theme("system")
