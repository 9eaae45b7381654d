"""The first page takes a folder that is dropped on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.gui.main_window import MainWindow
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
