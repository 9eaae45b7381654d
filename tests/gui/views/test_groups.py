"""The list of groups, and renaming in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import UNSURE
from desktop_app.gui.app_state import AppState
from desktop_app.gui.corrections import Corrections
from desktop_app.gui.views.groups import COUNT_ROLE, GROUP_ROLE, GroupsView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import WAIT, fill


def test_groups_are_listed_with_counts_unsure_last(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GroupsView(state, thumbnails)
    qtbot.addWidget(view)
    fill(state)
    rows = [view.model.index(row) for row in range(view.model.rowCount())]
    assert [(row.data(), row.data(COUNT_ROLE)) for row in rows] == [
        ("All photos", 30), ("Group 1", 10), ("Group 2", 9), ("Group 3", 9), ("Unsure", 2)
    ]  # fmt: skip
    chosen: list[int] = []
    view.group_chosen.connect(chosen.append)
    view.step(1)
    view.step(1)
    assert chosen == [0, 1]
    state.select_group(UNSURE)
    assert view.list.currentIndex().data(GROUP_ROLE) == UNSURE


def test_f2_renames_a_group_in_place(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GroupsView(state, thumbnails)
    qtbot.addWidget(view)
    corrections = Corrections(state)
    view.rename_wanted.connect(corrections.rename)
    view.show()
    fill(state)
    qtbot.waitExposed(view, timeout=WAIT)
    view.list.setCurrentIndex(view.model.index(2))
    view.rename_current()
    editor = next(child for child in view.list.viewport().children() if child.inherits("QLineEdit"))
    index = view.model.index(2)
    for letters in ("Rec", "eipts"):
        view.model.dataChanged.emit(index, index)  # a cover arrives
        qtbot.keyClicks(editor, letters)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.groups[1].name == "Receipts", timeout=WAIT)
    corrections.rename(UNSURE, "Sure")
    corrections.rename(0, "   ")
    assert [group.name for group in state.groups] == ["Group 1", "Receipts", "Group 3", "Unsure"]
