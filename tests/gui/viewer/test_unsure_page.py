"""Unsure photos are decided one by one with keys; undo brings one back; corrections teach the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.curation.unsure import best_groups
from desktop_app.engine.types import UNSURE
from desktop_app.gui.dialogs.group_picker import GroupPicker
from desktop_app.gui.dialogs.teach import TeachDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, choose_k, open_unsure

KEY = Qt.Key


def test_unsure_photos_are_decided_with_keys(qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path) -> None:
    window = make_window()
    open_unsure(qtbot, window, album, below=95)
    state, page = window.state, window.unsure_page
    first, second, third = state.group(UNSURE).photo_ids[:3].tolist()
    count = len(state.group(UNSURE).photo_ids)
    best, other = best_groups(state.groups, state.clustering)
    row = {photo_id: place for place, photo_id in enumerate(state.clustering.photo_ids.tolist())}

    # What is unsure is no group that others could become one with.
    state.select_group(state.groups[0].id)
    window.menus["merge_group"].trigger()
    picker = window.findChild(GroupPicker)
    offered = {picker.list.topLevelItem(row).text(0) for row in range(picker.list.topLevelItemCount())}
    assert offered == {group.name for group in state.groups[1:] if group.id != UNSURE}
    picker.close()
    state.select_group(UNSURE)
    assert not window.menus["merge_group"].isEnabled()

    state.select_photo(first)
    for above, shown in (("view_photo", window.viewer), ("duplicates", window.duplicates)):
        window.menus[above].trigger()
        assert window.pages.currentWidget() is shown
        window.menus["unsure"].trigger()
        assert window.pages.currentWidget() is page, f"it lies below what {above} shows"
    assert page.title.text().startswith(f"1 of {count} unsure")
    qtbot.keyClick(page, KEY.Key_3)  # the list that it would count in is not in sight
    assert (page.current, state.group_of(first)) == (first, UNSURE)
    qtbot.keyClick(page, KEY.Key_Return)
    assert state.group_of(first) == best[row[first]]
    assert page.current == second
    qtbot.keyClick(page, KEY.Key_2)
    assert state.group_of(second) == other[row[second]]
    assert page.current == third
    qtbot.keyClick(page, KEY.Key_S)
    assert state.group_of(third) == UNSURE
    assert page.current not in (first, second, third)

    qtbot.keyClick(page, KEY.Key_Backspace)  # skipped once, decided after all, and taken back: asked about again
    assert page.current == third
    qtbot.keyClick(page, KEY.Key_1)
    assert state.group_of(third) == best[row[third]]
    window.menus["undo"].trigger()
    assert page.current == third
    qtbot.keyClick(page, KEY.Key_S)

    window.menus["undo"].trigger()  # the second decision: that photo is asked about again
    assert page.current == second
    qtbot.mouseClick(page.best.button, LEFT)
    assert state.group_of(second) == best[row[second]]
    qtbot.keyClick(page, KEY.Key_M)
    picker = next(one for one in window.findChildren(GroupPicker) if one.isVisible())
    picker.close()
    while page.current is not None:
        qtbot.keyClick(page, KEY.Key_S)
    assert "still unsure" in page.said.text()
    assert page.organize.isVisibleTo(page)
    qtbot.keyClick(page, KEY.Key_Backspace)
    assert page.current is not None
    qtbot.keyClick(page, KEY.Key_Escape)
    assert window.pages.currentWidget() is not page
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)


def test_corrections_teach_the_rest_after_a_look(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 2)  # one of the two groups holds two kinds
    state = window.state
    window.menus["teach"].trigger()
    assert "Put some photos into the groups they belong to first" in window.notice.text.text()
    mixed = max(state.groups, key=lambda group: len(group.photo_ids))
    names = {photo_id: state.photos[photo_id].path.name.split()[0] for photo_id in mixed.photo_ids.tolist()}
    kind = sorted(set(names.values()))[0]
    kin = [photo_id for photo_id, name in names.items() if name == kind]
    made = window.corrections.new_group(np.array(kin[:3]), "Mine")
    window.menus["teach"].trigger()
    dialog = window.findChild(TeachDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert list(dialog.checks) == [made]
    assert dialog.go.text() == f"Move {len(kin) - 3}"
    dialog.checks[made].setChecked(False)
    assert not dialog.go.isEnabled()
    dialog.checks[made].setChecked(True)
    qtbot.mouseClick(dialog.go, LEFT)
    assert set(state.group(made).photo_ids.tolist()) == set(kin)
    assert window.menus["undo"].text().startswith("&Undo moving 5 photos as your corrections say")
    window.menus["undo"].trigger()
    assert set(state.group(made).photo_ids.tolist()) == set(kin[:3])
