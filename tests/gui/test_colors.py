"""Whatever is open when the system goes from light to dark looks as if it had been opened in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCursor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import UNSURE
from desktop_app.gui.app_state import AppState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import apply_theme, is_dark, mark
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import BETWEEN, WAIT, fill, open_organize, open_unsure, wait_for_groups

_NOWHERE = QPoint(30_000, 30_000)


@pytest.fixture(autouse=True)
def light_again() -> Iterator[None]:
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)  # a cursor that blinks is there in one picture and not in the other
    QCursor.setPos(_NOWHERE)  # what lies below the pointer is a shade lighter
    apply_theme("light")
    yield
    apply_theme("system")
    QApplication.setCursorFlashTime(flash)


def settled(qtbot: QtBot, window: MainWindow, widget: QWidget) -> QImage:
    """What a widget shows once nothing more arrives."""
    seen = [QImage()]

    def calm() -> bool:
        before, seen[0] = seen[0], widget.grab().toImage()
        return not window.runner.is_busy() and not window.beside.isActive() and before == seen[0]

    qtbot.waitUntil(calm, timeout=WAIT)
    return seen[0]


def opened(window: MainWindow, entry: str) -> QDialog:
    before = set(window.findChildren(QDialog))
    window.menus[entry].trigger()
    (dialog,) = set(window.findChildren(QDialog)) - before
    return dialog


def scenes(qtbot: QtBot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """The window in one state after another, and each of its dialogs."""
    state = window.state
    for text in ("A notice", "Another notice"):  # the first stands a pixel off
        window.notice.announce(text, [("Offer", lambda: None)], warning=True)
        QApplication.processEvents()
    window.resize(QSize(1200, 760))  # so that the notice is placed anew
    QApplication.processEvents()
    window.scatter.tools.legend.setChecked(True)
    window.scatter.legend.item(0).setCheckState(Qt.CheckState.Unchecked)
    state.set_selection(window.grid.model.ids[:2], int(window.grid.model.ids[0]))
    for name in ("explore", "look", "sort"):
        window.menus[f"arrange_{name}"].trigger()
        window.activateWindow()
        window.grid.list.setFocus()
        yield name, window
    window.menus["view_photo"].trigger()
    yield "large view", window
    window.viewer.close_view()
    window.menus["unsure"].trigger()
    assert window.pages.currentWidget() is window.unsure_page
    yield "unsure photos", window
    window.unsure_page.leave()
    window.menus["arrange_explore"].trigger()
    for entry in ("find_action", "keys", "settings", "history", "problems", "duplicates", "move_to_group"):
        if entry == "duplicates":
            window.menus[entry].trigger()
            yield entry, window
            window.duplicates.leave()
        else:
            dialog = opened(window, entry)
            yield entry, dialog
            dialog.close()
    organize = open_organize(qtbot, window)
    yield "organize", organize.tree  # free space is said below it
    organize.close()


def prepared(qtbot: QtBot, make: Callable[[], MainWindow], album: Path) -> MainWindow:
    window = make()
    open_unsure(qtbot, window, album, below=95, between={name: BETWEEN[name] for name in "wx"})
    photos = window.state.photos
    qtbot.waitUntil(lambda: all(window.thumbnails.get(photo_id) is not None for photo_id in photos), timeout=WAIT)
    wait_for_groups(qtbot, window)
    return window


def difference(one: QImage, other: QImage) -> str:
    """Where two pictures differ, and by how much; empty where they do not."""
    if one.size() != other.size():
        return f"{one.size()} and {other.size()}"
    pixels = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8).astype(int)
        for image in (one, other)
    ]
    apart = np.abs(pixels[0] - pixels[1]).reshape(one.height(), one.width(), 4)[:, :, :3].max(axis=2)
    rows, columns = np.nonzero(apart > 2)  # of blended edges the last digit
    if rows.size < 20:  # the corners of a frame
        return ""
    return f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}, by {apart.max()}, {rows.size} pixels"


def test_nothing_keeps_the_colors_of_before(qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path) -> None:
    changed: dict[str, QImage] = {}
    wrong: list[str] = []
    window = prepared(qtbot, make_window, album)
    for name, widget in scenes(qtbot, window):
        light = settled(qtbot, window, widget)
        apply_theme("dark")
        qtbot.waitUntil(lambda widget=widget: is_dark(widget.palette()), timeout=WAIT)
        changed[name] = settled(qtbot, window, widget)
        apply_theme("light")
        qtbot.waitUntil(lambda widget=widget: not is_dark(widget.palette()), timeout=WAIT)
        back = difference(settled(qtbot, window, widget), light)
        wrong += [f"{name}, light again: {back}"] * bool(back)
    window.close()
    apply_theme("dark")
    window = prepared(qtbot, make_window, album)
    for name, widget in scenes(qtbot, window):
        fresh = settled(qtbot, window, widget)
        old = difference(changed[name], fresh)
        wrong += [f"{name}, dark: {old}"] * bool(old)
    assert not wrong, "\n".join(wrong)


def test_points_of_the_map_change_their_colors(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    fill(state)
    view.tools.legend.setChecked(True)
    apply_theme("dark")
    qtbot.waitUntil(lambda: is_dark(view.palette()), timeout=WAIT)
    found = view.grab().toImage()
    colors = {found.pixelColor(x, y).name() for x in range(found.width()) for y in range(40, found.height())}
    for group in state.groups:
        assert (mark(group.id, dark=True).color.name() in colors) or group.id == UNSURE
        assert mark(group.id, dark=False).color.name() not in colors
    assert view.palette().color(QPalette.ColorRole.Base).name() in colors
