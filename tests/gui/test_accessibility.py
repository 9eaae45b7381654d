"""What a screen reader and the keyboard find: names, roles, an order, and a focus that can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import apply_theme
from tests.helpers.hands import give_focus, press
from tests.helpers.window import WAIT, open_organize

TELLING = 12
"""Pixels that must change where the focus comes: a thin frame around the smallest check box has more."""
DIALOGS = (
    "history", "problems", "words", "about", "settings", "keys", "models", "find_action",
    "move_to_group", "merge_group", "split_group",
)  # fmt: skip
SAY_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Separator)


def reached_by_tab(top: QWidget) -> list[QWidget]:
    """What the Tab key comes to, in that order."""
    found, one = [], top.nextInFocusChain()
    while one is not top:
        takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and one.isVisible() and one.isEnabled() and one.focusProxy() is None and one.window() is top:
            found.append(one)
        one = one.nextInFocusChain()
    return found


def told(widget: QWidget, what: QAccessible.Text) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(what) if interface is not None else ""


def states(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Every page, pane and dialog, one after the other, with its name."""
    state = window.state
    state.select_group(state.groups[0].id)
    state.select_photo(next(iter(state.photos)))
    qtbot.waitUntil(lambda: state.neighbors is not None and not window.runner.is_busy(), timeout=WAIT)
    window.grid.filter_button.setChecked(True)
    window.neighbors.all_similar.setChecked(True)
    qtbot.waitUntil(window.neighbors.similar.select.isEnabled, timeout=WAIT)
    yield "panes", window
    for name in DIALOGS:
        window.menus[name].trigger()
        (dialog,) = (one for one in window.findChildren(QDialog) if one.isVisible())
        qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
        dialog.resize(1000, 900)  # so that nothing is out of sight
        yield name, dialog
        dialog.close()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    dialog = open_organize(qtbot, window)
    dialog.resize(1000, 900)
    yield "organize", dialog
    dialog.close()
    QApplication.sendPostedEvents(None, 52)
    window.menus["view_photo"].trigger()
    yield "large", window
    press("Escape")
    window.menus["duplicates"].trigger()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    yield "duplicates", window
    window.duplicates.leave()
    window.panes.arrange("look")
    yield "look", window


def test_whatever_the_keyboard_comes_to_has_a_name_and_a_role(window: MainWindow, qtbot: QtBot) -> None:
    nameless = []
    for state, top in states(window, qtbot):
        for widget in reached_by_tab(top):
            interface = QAccessible.queryAccessibleInterface(widget)
            name = told(widget, QAccessible.Text.Name)
            if not name or interface.role() in SAY_NOTHING:
                nameless.append(f"{state}: {type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert not nameless, nameless


def test_tab_goes_around_everything_and_from_left_to_right_in_a_row(window: MainWindow, qtbot: QtBot) -> None:
    for state, top in states(window, qtbot):
        order = reached_by_tab(top)
        assert order, state
        assert len(set(order)) == len(order)
        back = []
        for parent in {one.parentWidget() for one in order}:
            row = [one for one in order if one.parentWidget() is parent]
            for one, after in zip(row, row[1:], strict=False):
                beside = abs(one.geometry().center().y() - after.geometry().center().y()) < 6
                if beside and one.x() > after.x():
                    back.append(f"{told(one, QAccessible.Text.Name)} before {told(after, QAccessible.Text.Name)}")
        assert back == [], state


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_can_be_seen_wherever_it_is(window: MainWindow, qtbot: QtBot, theme: str) -> None:
    apply_theme(theme)
    unseen = []
    try:
        for state, top in states(window, qtbot):
            for widget in reached_by_tab(top):
                if not shows_focus(widget):
                    unseen.append(f"{state}: {type(widget).__name__} {told(widget, QAccessible.Text.Name)!r}")
    finally:
        apply_theme("system")
    assert unseen == []


def shows_focus(widget: QWidget) -> bool:
    """Whether enough pixels of a widget, or of what it stands in, are others with the focus than without."""
    give_focus()
    reason = Qt.FocusReason.TabFocusReason
    others = [one for one in reached_by_tab(widget.window()) if one is not widget and not one.isAncestorOf(widget)]
    if not others:
        return True  # it always has the focus
    others[0].setFocus(reason)
    QApplication.processEvents()
    assert widget.isVisible(), f"{told(widget, QAccessible.Text.Name)} is there only with the focus"
    without = picture(widget)
    assert not without.isNull(), (
        f"{widget} {told(widget, QAccessible.Text.Name)} {widget.geometry()} {widget.window().size()}"
    )
    widget.setFocus(reason)
    QApplication.processEvents()
    if isinstance(widget, QLineEdit) and not widget.isReadOnly():
        return True  # the cursor blinks there
    return different(without, picture(widget)) >= TELLING


def picture(widget: QWidget) -> QImage:
    """The widget with what is around it, since some frames lie there."""
    area = widget.rect().adjusted(-3, -3, 3, 3).translated(widget.mapTo(widget.window(), widget.rect().topLeft()))
    area = area.intersected(widget.window().rect())
    return widget.window().grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def different(one: QImage, other: QImage) -> int:
    import numpy as np

    assert not one.isNull() and not other.isNull(), "nothing of it is in sight"
    if one.size() != other.size():
        return one.width() * one.height()
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in (one, other))
    return int((np.abs(first.astype(int) - second).reshape(-1, 4).max(axis=1) > 24).sum())
