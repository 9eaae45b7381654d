"""What a screen reader and the keyboard find: names, roles, an order, and a focus that can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleInterface,
    QImage,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.job import Progress
from desktop_app.gui import spoken
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import apply_theme
from tests.helpers.hands import give_focus, press, until
from tests.helpers.window import WAIT, contents, message, open_organize, wait_for_groups

TELLING = 12
"""Pixels that must change where the focus comes: a thin frame around the smallest check box has more."""
DIALOGS = (
    "history", "problems", "words", "about", "settings", "keys", "models", "find_action",
    "move_to_group", "merge_group", "split_group",
)  # fmt: skip
SAY_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Separator)


def reached_by_tab(top: QWidget) -> list[QWidget]:
    """What the Tab key comes to, in that order, once around."""
    top.activateWindow()
    until(top.isActiveWindow)
    give_focus()
    found: list[QWidget] = []
    while True:
        press("Tab")
        now = QApplication.focusWidget()
        assert now is not None
        assert now.window() is top, f"Tab leaves for {told(now, QAccessible.Text.Name)!r}"
        if now in found:
            return found[found.index(now) :]
        found.append(now)


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
    window.menus["arrange_look"].trigger()
    QApplication.processEvents()
    yield "look", window
    window.menus["arrange_explore"].trigger()


def test_whatever_the_keyboard_comes_to_has_a_name_and_a_role(window: MainWindow, qtbot: QtBot) -> None:
    nameless = []
    for state, top in states(window, qtbot):
        for widget in reached_by_tab(top):
            interface = QAccessible.queryAccessibleInterface(widget)
            name = told(widget, QAccessible.Text.Name)
            if not name or interface.role() in SAY_NOTHING:
                nameless.append(f"{state}: {type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert not nameless, nameless


def test_map_and_large_photos_are_known_for_what_they_are(window: MainWindow, qtbot: QtBot) -> None:
    def role(widget: QWidget) -> QAccessible.Role:
        return QAccessible.queryAccessibleInterface(widget).role()

    assert role(window.scatter.plot) == QAccessible.Role.Chart
    assert told(window.scatter.plot, QAccessible.Text.Name) == "Map of photos"
    assert "arrow keys walk" in told(window.scatter.plot, QAccessible.Text.Description)
    state = window.state
    state.select_photo(next(iter(state.photos)))
    name = state.photos[state.selected_photo or 0].path.name
    window.menus["view_photo"].trigger()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    for canvas in (window.viewer.canvases[0], window.beside.photo.canvas):
        assert role(canvas) == QAccessible.Role.Graphic
        assert name in told(window.viewer.canvases[0], QAccessible.Text.Name)
    window.viewer.close_view()


def test_a_legend_out_of_sight_has_nothing_that_counts_as_showing(window: MainWindow) -> None:
    def showing(above: QAccessibleInterface) -> set[str]:
        below = [above.child(place) for place in range(above.childCount())]
        state = above.state()
        found = set() if state.invisible else {above.text(QAccessible.Text.Name)}
        return found.union(*map(showing, below))

    plot, legend = QAccessible.queryAccessibleInterface(window.scatter.plot), window.scatter.tools.legend
    names = {group.name for group in window.state.groups}
    assert not showing(plot) & {*names, "Legend of the map"}
    legend.setChecked(True)
    assert showing(plot) >= {*names, "Legend of the map"}
    legend.setChecked(False)
    assert not showing(plot) & {*names, "Legend of the map"}


def test_tab_goes_around_and_from_left_to_right_in_a_row(window: MainWindow, qtbot: QtBot) -> None:
    for state, top in states(window, qtbot):
        order = reached_by_tab(top)
        usable = {
            one
            for one in top.findChildren(QAbstractButton)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        missed = [told(one, QAccessible.Text.Name) for one in usable - set(order) if not is_of_a_choice(one)]
        assert missed == [], state
        for parent in {one.parentWidget() for one in order}:
            row = [one for one in order if one.parentWidget() is parent]
            places = [one.x() for one in row if abs(one.geometry().center().y() - row[0].geometry().center().y()) < 6]
            # One step back is that from the end to the beginning.
            assert sum(after < before for before, after in pairwise(places)) <= 1, f"{state}: {parent}"


def is_of_a_choice(button: QAbstractButton) -> bool:
    """Whether arrow keys come to it from the others of its group."""
    return isinstance(button, QRadioButton) or button.group() is not None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_can_be_seen_wherever_it_is(window: MainWindow, qtbot: QtBot, theme: str) -> None:
    apply_theme(theme)
    unseen = []
    try:
        for state, top in states(window, qtbot):
            order = reached_by_tab(top)
            for widget in [*order[1:], order[0]]:  # the focus has come around to the first
                without = picture(widget)
                press("Tab")
                assert QApplication.focusWidget() is widget
                QApplication.processEvents()
                typed_in = isinstance(widget, QLineEdit) and not widget.isReadOnly()  # the cursor blinks there
                changed = different(without, picture(widget))
                if changed < TELLING and not typed_in:
                    unseen.append(
                        f"{state}: {type(widget).__name__} {told(widget, QAccessible.Text.Name)!r}: {changed}"
                    )
    finally:
        apply_theme("system")
    assert not unseen, "\n".join(unseen)


def picture(widget: QWidget) -> QImage:
    """The widget with what is around it, since some frames lie there."""
    area = widget.rect().adjusted(-3, -3, 3, 3).translated(widget.mapTo(widget.window(), widget.rect().topLeft()))
    area = area.intersected(widget.window().rect())
    return widget.window().grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def different(one: QImage, other: QImage) -> int:
    if one.size() != other.size():
        return one.width() * one.height()
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in (one, other))
    return int((np.abs(first.astype(int) - second).reshape(-1, 4).max(axis=1) > 24).sum())


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What a screen reader is told of itself: the words, and whether they break off others."""
    said: list[tuple[str, bool]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        said.append((event.message(), event.politeness() == QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(spoken, "_send", hear)
    return said


def test_work_and_its_results_are_said(
    make_window: Callable[[], MainWindow], album: Path, qtbot: QtBot, heard: list[tuple[str, bool]]
) -> None:
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    words = [text for text, _ in heard]
    assert any("24" in text or "25" in text for text in words), "how far reading is"
    assert f"{len(window.state.groups)} groups" in words
    window.notice.announce("Three files stayed.", warning=True)
    assert heard[-1] == ("Warning: Three files stayed.", True)
    window.notice.announce("Done.")
    assert heard[-1] == ("Done.", False)


def test_each_photo_that_arrow_keys_come_to_on_the_map_is_said(
    window: MainWindow, heard: list[tuple[str, bool]]
) -> None:
    give_focus()
    window.scatter.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press("Right")
    photo = window.state.photos[window.state.selected_photo or 0]
    groups = [group.name for group in window.state.groups if group.id == window.state.group_of(photo.id)]
    assert heard[-1][0] == f"{photo.path.name}, {groups[0]}"


def test_progress_is_what_its_line_says(window: MainWindow, heard: list[tuple[str, bool]]) -> None:
    bar = window.work_bar
    bar.begin("Looking at photos", can_pause=True, at_once=True)
    for done in range(101):
        bar.advance(Progress(done, 100, "Reading", 1.0))
    told_here = [text for text, _ in heard if text == "Looking at photos" or "of 100" in text]
    assert len(told_here) == 5, "the beginning, and each quarter"
    assert told(bar.text, QAccessible.Text.Name) == bar.text.text()
    bar.end()


def find(name: str, role: QAccessible.Role, top: QWidget) -> QAccessibleInterface:
    """The one thing in the tree, from ``top`` down, that has this role and whose name begins so."""
    root = QAccessible.queryAccessibleInterface(top)
    waiting, found = [root], []
    while waiting:
        one = waiting.pop()
        if one.state().invisible:
            continue
        if one.role() == role and one.text(QAccessible.Text.Name).startswith(name):
            found.append(one)
        waiting += [child for row in range(one.childCount()) if (child := one.child(row)) is not None]
    assert len(found) == 1, f"{len(found)} of {role.name} are called {name!r}"
    return found[0]


def test_the_main_job_by_the_tree_alone(
    make_window: Callable[[], MainWindow], album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """What an assistive tool does: it finds things by role and name, sets values, and does their actions."""
    role, act = QAccessible.Role, QAccessibleActionInterface
    window = make_window()
    window.handlers.open_folder(album)  # the dialog for folders is the desktop's own
    wait_for_groups(qtbot, window)
    before = contents(album)

    find("Number of groups", role.SpinBox, window).valueInterface().setCurrentValue(3)
    qtbot.waitUntil(lambda: window.state.clustering.k == 3 and not window.runner.is_busy(), timeout=WAIT)
    find("Organize", role.Button, window.tools).actionInterface().doAction(act.pressAction())
    qtbot.waitUntil(lambda: window.findChild(OrganizeDialog) is not None, timeout=WAIT)
    organize = window.findChild(OrganizeDialog)
    field = find("Destination", role.EditableText, organize)
    field.setText(QAccessible.Text.Value, str(tmp_path / "Sorted"))
    qtbot.waitUntil(lambda: not window.runner.is_busy() and organize.go.isEnabled(), timeout=WAIT)
    find("Copy 24", role.Button, organize).actionInterface().doAction(act.pressAction())
    qtbot.waitUntil(lambda: "copied" in window.notice.text.text(), timeout=WAIT)
    assert sorted(contents(tmp_path / "Sorted").values()) == sorted(
        content for name, content in before.items() if name != "broken.jpg"
    )
    find("Undo", role.Button, window.notice).actionInterface().doAction(act.pressAction())
    box = message(qtbot, window)
    find("Take back 24", role.Button, box).actionInterface().doAction(act.pressAction())
    qtbot.waitUntil(lambda: not contents(tmp_path / "Sorted"), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert contents(album) == before
