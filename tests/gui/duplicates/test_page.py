"""Copies are found, chosen with a click, moved to the trash and brought back; the last of a set never goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.gui import desktop
from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, answer, contents, message, start_copy, wait_for_groups

KEY = Qt.Key


def press(qtbot: QtBot, window: MainWindow, text: str) -> None:
    box: QMessageBox = message(qtbot, window)
    (button,) = [one for one in box.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=WAIT)


def no_trash(_path: Path) -> None:
    raise OSError(95, "this disk has no trash that can be used")


def give_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()  # without it Qt finds no trash
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_no_key_acts_on_photos_and_groups_that_lie_below_the_page(qtbot: QtBot, window: MainWindow) -> None:
    state, menus = window.state, window.menus
    state.select_group(state.groups[0].id)
    state.set_selection(state.groups[0].photo_ids[:2], int(state.groups[0].photo_ids[0]))
    wait_for_groups(qtbot, window)
    about_them = ("file_2", "move_to_group", "lock_photos", "use_cover", "copy_path", "lock_group", "rename_group")
    assert all(menus[name].isEnabled() for name in about_them)
    menus["duplicates"].trigger()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    before = state.groups
    for key in (KEY.Key_2, KEY.Key_0):
        qtbot.keyClick(window.duplicates, key)
    assert state.groups == before
    assert not any(menus[name].isEnabled() for name in about_them)
    qtbot.keyClick(window.duplicates, KEY.Key_Escape)
    assert all(menus[name].isEnabled() for name in about_them)


def test_copies_go_to_the_trash_and_come_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_trash(tmp_path, monkeypatch)
    page, model = window.duplicates, window.duplicates.model
    original = min(path for path in album.rglob("*.*") if path.stem.startswith("red"))
    shutil.copy2(original, album / "again.jpg")
    (album / "again.xmp").write_text("<x:xmpmeta/>")
    window.workflow.rescan()
    qtbot.waitUntil(lambda: window.state.clustering is not None and not window.runner.is_busy(), timeout=WAIT)
    before = contents(album)

    window.menus["duplicates"].trigger()
    page.kind.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(model.sets) == 1, timeout=WAIT)
    assert window.pages.currentWidget() is page
    (one,) = model.sets
    assert one.keeper.path.name == "again.jpg"  # it has a sidecar
    assert window.state.duplicates is not None
    assert set(window.state.duplicates.tolist()) == {member.photo.id for member in one.members}
    page.list.setFocus()
    qtbot.keyClick(page.list, KEY.Key_Space)
    qtbot.keyClick(page.list, KEY.Key_Right)
    qtbot.keyClick(page.list, KEY.Key_Space)
    assert model.going == {one.keeper.id}, "the last one of a set cannot be chosen"
    assert page.status.text() == "One photo of each set stays."
    assert page.go.text() == "Move 1 photo to the trash…"

    real = desktop.move_to_trash
    monkeypatch.setattr(desktop, "move_to_trash", no_trash)
    qtbot.mouseClick(page.go, LEFT)
    press(qtbot, window, "Move to the trash")
    qtbot.waitUntil(lambda: "no trash" in page.status.text(), timeout=WAIT)
    assert contents(album) == before
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)

    monkeypatch.setattr(desktop, "move_to_trash", real)
    row = page.list.visualRect(model.index(0))
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=page.list.cell(row, 0).center())
    assert model.going == {one.keeper.id}
    qtbot.mouseClick(page.go, LEFT)
    press(qtbot, window, "Move to the trash")
    qtbot.waitUntil(lambda: page.status.text() == "1 photo moved to the trash.", timeout=WAIT)
    qtbot.waitUntil(lambda: not (album / "again.xmp").exists() and not model.sets, timeout=WAIT)
    assert not (album / "again.jpg").exists()
    assert original.exists()
    qtbot.waitUntil(lambda: page.undo.isVisible() and not window.runner.is_busy(), timeout=WAIT)
    assert page.undo.text() == "Bring 1 photo back"
    qtbot.mouseClick(page.undo, LEFT)
    qtbot.waitUntil(lambda: contents(album) == before and len(model.sets) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)

    qtbot.keyClick(page.list, KEY.Key_Return)
    assert window.pages.currentWidget() is window.viewer
    assert set(window.viewer.shown) == {member.photo.id for member in model.sets[0].members}
    qtbot.keyClick(window.viewer, KEY.Key_Escape)
    assert window.pages.currentWidget() is page
    qtbot.keyClick(page.list, KEY.Key_Escape)
    assert window.pages.currentWidget() is not page
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)


def test_escape_leaves_a_page_without_duplicates(qtbot: QtBot, window: MainWindow) -> None:
    page = window.duplicates
    window.menus["duplicates"].trigger()
    qtbot.waitUntil(lambda: page.nothing.text() == "No duplicates here.", timeout=WAIT)
    focus = window.focusWidget()
    assert focus is page or page.isAncestorOf(focus)
    qtbot.keyClick(focus, KEY.Key_Escape)
    assert window.pages.currentWidget() is not page
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)


def test_the_history_names_what_went_to_the_trash_asks_and_brings_it_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_trash(tmp_path, monkeypatch)
    original = min(path for path in album.rglob("*.*") if path.stem.startswith("red"))
    for name in ("again.jpg", "once more.jpg"):
        shutil.copy2(original, album / name)
    start_copy(qtbot, window, tmp_path / "out")
    qtbot.waitUntil(lambda: "24 photos copied" in window.notice.text.text(), timeout=WAIT)
    window.workflow.rescan()
    wait_for_groups(qtbot, window)
    before = contents(album)
    page = window.duplicates
    window.menus["duplicates"].trigger()
    page.kind.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(page.model.sets) == 1, timeout=WAIT)
    qtbot.mouseClick(page.choose, LEFT)
    qtbot.mouseClick(page.go, LEFT)
    press(qtbot, window, "Move to the trash")
    qtbot.waitUntil(lambda: page.status.text() == "2 photos moved to the trash.", timeout=WAIT)
    wait_for_groups(qtbot, window)
    qtbot.waitUntil(lambda: not page.list.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, KEY.Key_Escape)  # no set is left that could have the focus
    assert window.pages.currentWidget() is not page
    after = contents(album)
    assert len(after) == len(before) - 2

    window.menus["history"].trigger()
    history = window.findChild(HistoryDialog)
    assert history is not None
    qtbot.waitUntil(lambda: history.table.topLevelItemCount() == 2, timeout=WAIT)

    def line(row: int) -> list[str]:
        item = history.table.topLevelItem(row)
        assert item is not None
        return [item.text(column) for column in range(1, 5)]

    assert line(0) == ["duplicates", "2", "the trash", "in the trash"]
    assert line(1)[:2] == ["copy", "24"]
    history.table.setCurrentItem(history.table.topLevelItem(0))
    qtbot.mouseClick(history.undo_button, LEFT)
    box = answer(qtbot, window, "Leave as it is")
    assert box.text() == "Bring 2 photos back from the trash?"
    assert str(album) in box.informativeText()
    assert contents(album) == after, "a question that was not agreed to moved files"
    qtbot.mouseClick(history.undo_button, LEFT)
    answer(qtbot, window, "Bring back 2 photos")
    qtbot.waitUntil(lambda: window.notice.text.text() == "2 photos brought back.", timeout=WAIT)
    qtbot.waitUntil(lambda: line(0)[3] == "brought back", timeout=WAIT)
    assert contents(album) == before
    assert not history.undo_button.isEnabled()
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == 26
