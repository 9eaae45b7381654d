"""What a person's hands do with the window: the pointer on what is in sight, and keys to whatever has the focus."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QMouseEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QLineEdit, QMenu, QWidget

from desktop_app.gui.main_window import MainWindow
from tests.helpers.waiting import WAIT

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
W = TypeVar("W", bound=QWidget)


def until(there: Callable[[], object], what: str = "") -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + WAIT
    while not there():
        assert time.monotonic() < end, what or "what was waited for did not come"
        pause(10)


def pause(milliseconds: int) -> None:
    """Let the window work for a while. `QTest.qWait` would keep the interpreter from all other threads meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def focus() -> QWindow:
    """The window that the keyboard writes to."""
    give_focus()
    window = QGuiApplication.focusWindow()
    assert window is not None
    return window


def give_focus() -> None:
    """Let the window on top have the focus where a closed one has left it to nobody; window managers do so."""
    if QGuiApplication.focusWindow() is None or QApplication.focusWidget() is None:
        on_top = QApplication.activeModalWidget() or next(
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow) and widget.isVisible()
        )
        on_top.activateWindow()
        until(on_top.isActiveWindow, "no window has the focus")
        QApplication.processEvents()
        if QApplication.focusWidget() is None:
            (on_top.focusWidget() or on_top).setFocus()


def press(keys: str | QKeySequence.StandardKey, times: int = 1) -> None:
    """Press keys such as ``Ctrl+M`` with whatever has the focus."""
    for _ in range(times):
        for number in range(QKeySequence(keys).count()):
            combination = QKeySequence(keys)[number]
            QTest.keyClick(focus(), combination.key(), combination.keyboardModifiers())


def write(text: str) -> None:
    """Type letters into whatever has the focus."""
    for letter in text:
        QTest.keyClick(focus(), letter)


def tab_to(wanted: QWidget, key: str = "Tab") -> None:
    """Press Tab until ``wanted`` has the focus, as a person without a mouse must."""
    seen: list[QWidget | None] = []
    while not has_focus(wanted):
        now = QApplication.focusWidget()
        names = [f"{type(one).__name__} {one.accessibleName()!r}" for one in seen if one is not None]
        assert seen.count(now) < 2, f"Tab does not come to {wanted.accessibleName()!r}, only to {', '.join(names)}"
        seen.append(now)
        press(key)


def has_focus(widget: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is widget or (now is not None and widget.focusProxy() is now)


def click(widget: QWidget, at: QPoint | None = None, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Click what is in sight and can be used."""
    give_focus()
    assert widget.isVisible(), f"{widget} is not in sight"
    assert widget.isEnabled(), f"{widget} cannot be used now"
    QTest.mouseClick(widget, LEFT, modifiers, at if at is not None else widget.rect().center())


def click_row(view: QAbstractItemView, index: QModelIndex, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Click a row of a list."""
    give_focus()
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, modifiers, view.visualRect(index).center())


def choose(window: MainWindow, menu: str, entry: str) -> None:
    """Open a menu of the menu bar with the pointer and click an entry, named as in the code."""
    give_focus()
    bar, wanted = window.menuBar(), window.menus.by_name[menu]
    QTest.mouseClick(bar, LEFT, PLAIN, bar.actionGeometry(wanted.menuAction()).center())
    until(wanted.isVisible, f"the menu {menu} does not open")
    choose_in(wanted, window.menus[entry])


def choose_in(menu: QMenu, action: QAction) -> None:
    """Click an entry of an open menu."""
    assert action in menu.actions()
    assert action.isEnabled(), f"{action.text()!r} cannot be used now"
    QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(action).center())
    until(lambda: not menu.isVisible(), "the menu stays open")


def drag(path: Sequence[QPoint], widget: QWidget, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at the first point, move over the others, and let go at the last."""
    give_focus()
    QTest.mousePress(widget, LEFT, modifiers, path[0])
    for point in path[1:]:
        where = QPointF(point)
        # `QTest.mouseMove` forgets which button is held.
        moved = QMouseEvent(
            QEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT, modifiers
        )
        QApplication.sendEvent(widget, moved)
    QTest.mouseRelease(widget, LEFT, modifiers, path[-1])


def drop(source: QAbstractItemView, target: QWidget, at: QPoint) -> None:
    """Let go of the selected photos of a list over a widget.

    The screenless platform carries nothing from one widget to another: the data is what the list gives to a drag, and
    what the target sees are the events of one.
    """
    data = source.model().mimeData(source.selectedIndexes())
    copy, where = Qt.DropAction.CopyAction, QPointF(at)
    enter = QDragEnterEvent(at, copy, data, LEFT, PLAIN)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted(), "nothing can be dropped here"
    move = QDragMoveEvent(at, copy, data, LEFT, PLAIN)
    QApplication.sendEvent(target, move)
    assert move.isAccepted(), "nothing can be dropped at this place"
    end = QDropEvent(where, copy, data, LEFT, PLAIN)
    QApplication.sendEvent(target, end)


def dialog(kind: type[W]) -> W:
    """The open dialog of a kind, once it is there."""

    def found() -> list[W]:
        return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]

    until(found, f"no {kind.__name__} opens")
    (one,) = found()
    until(one.isActiveWindow, f"the keyboard does not write to the {kind.__name__}")
    return one


def answer_file_dialog(path: str) -> None:
    """Paste a path into the dialog for files that is about to open; it holds up whoever opens it."""

    def fill() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QFileDialog) or not asked.isActiveWindow():
            QTimer.singleShot(20, fill)
            return
        field = asked.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(path)  # as pasted: the list of what fits, which opens while one types, takes the Return key
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, fill)
