"""Organize shows what it would do, does that, and takes it back: real files throughout."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import (
    LEFT,
    WAIT,
    answer,
    choose_k,
    contents,
    message,
    move_to,
    offer,
    open_organize,
    open_unsure,
    wait_for_groups,
)


def test_copy_and_undo(qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path) -> None:
    choose_k(qtbot, window, 3)
    before = contents(album)
    dialog = open_organize(qtbot, window)
    assert dialog.action.currentData() == "copy"
    dialog.destination.setText(str(tmp_path / "out"))
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == f"Copy {window.state.sorted_count} photos"
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert [top.child(i).text(1) for i in range(top.childCount())] == [
        str(len(group.photo_ids)) for group in window.state.groups
    ]
    assert not (tmp_path / "out").exists()

    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "24 photos copied" in window.notice.text.text(), timeout=WAIT)
    assert contents(album) == before
    assert sorted(contents(tmp_path / "out").values()) == sorted(v for k, v in before.items() if k != "broken.jpg")

    # No key takes files back: the notice and the history do, and both say first what goes from where.
    assert not window.menus["undo"].isEnabled()  # it is about corrections, and there was none
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(contents(tmp_path / "out")) == 24
    qtbot.mouseClick(offer(window, "Undo"), LEFT)
    assert str(tmp_path / "out") in (box := answer(qtbot, window, "Leave as it is")).text()
    assert "copy of 24 photos" in box.text()
    assert len(contents(tmp_path / "out")) == 24
    assert offer(window, "Show folder").isVisible(), "a button that was used took the others away"
    qtbot.mouseClick(offer(window, "Undo"), LEFT)
    answer(qtbot, window, "Take back 24 photos")
    qtbot.waitUntil(lambda: "taken back" in window.notice.text.text(), timeout=WAIT)
    assert contents(album) == before
    assert not contents(tmp_path / "out") if (tmp_path / "out").exists() else True


def test_a_place_inside_the_photos_own_folder_is_warned_of(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    dialog = open_organize(qtbot, window)
    assert "lies inside" not in dialog.summary.text()
    dialog.destination.setText(str(album / "sorted"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert "lies inside the folder of the photos" in dialog.summary.text()
    dialog.reject()


def test_organize_into_a_place_that_is_a_file_says_so(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    dialog = open_organize(qtbot, window)
    (tmp_path / "file").write_text("x")
    dialog.destination.setText(str(tmp_path / "file"))
    qtbot.waitUntil(lambda: "Working out" not in dialog.summary.text(), timeout=WAIT)
    assert not dialog.go.isEnabled()
    assert dialog.summary.text()
    dialog.reject()


def test_the_line_below_the_plan_counts_what_is_left_alone(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    """The list of them may lie out of sight, below many folders."""
    (album / "red 3.jpg").unlink()
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == "Copy 23 photos"
    assert "1 file left alone" in dialog.summary.text().split(" · ")
    dialog.reject()


def test_renamed_group_gives_its_name_to_the_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    choose_k(qtbot, window, 3)
    window.corrections.rename(0, "Red things")
    window.state.select_group(0)
    assert window.grid.title.text() == "Red things"
    named = set(window.state.groups[0].photo_ids.tolist())
    choose_k(qtbot, window, 4)  # the name stays with its photos
    assert [len(named & set(g.photo_ids.tolist())) > 4 for g in window.state.groups if g.name == "Red things"] == [True]
    choose_k(qtbot, window, 3)
    window.state.select_group(next(group.id for group in window.state.groups if group.name == "Red things"))
    window.menus["organize_group"].trigger()
    dialog = window.findChild(OrganizeDialog)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: "copied" in window.notice.text.text(), timeout=WAIT)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Red things"]


def test_unsure_photos_are_set_apart_and_left_alone(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, tmp_path: Path
) -> None:
    # Four pictures of other colors; two of them belong nowhere quite.
    window = make_window()
    between = {"between": (120, 110, 50), "a": (90, 90, 90), "b": (95, 95, 100), "c": (120, 50, 125)}
    open_unsure(qtbot, window, album, below=90, between=between)
    unsure = [window.state.photos[i].path.name for i in window.state.groups[-1].photo_ids.tolist()]
    assert set(unsure) == {"between.jpg", "c.jpg"}
    assert window.groups_view.unsure_text.text() == "Unsure below 90 %"
    assert window.tools.organize.text() == "Organize 28…"
    dialog = open_organize(qtbot, window)
    assert dialog.go.text() == "Copy 28 photos, 2 of them unsure"
    assert dialog.tree.topLevelItem(0).childCount() == 3
    dialog.unsure.setCurrentIndex(dialog.unsure.findData("folder"))
    qtbot.waitUntil(lambda: dialog.tree.topLevelItem(0).childCount() == 4, timeout=WAIT)
    dialog.unsure.setCurrentIndex(dialog.unsure.findData("leave"))
    qtbot.waitUntil(lambda: dialog.go.text() == "Copy 26 photos", timeout=WAIT)
    left_out = "Left where they are, as you decided: 2 unsure photos."
    assert left_out in dialog.summary.text()
    listed = dialog.tree.topLevelItem(dialog.tree.topLevelItemCount() - 1)
    assert listed.text(0) == "Left where they are, as you decided (2)"
    assert {listed.child(row).text(0) for row in range(2)} == {"between.jpg: it is unsure", "c.jpg: it is unsure"}
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: "26 photos copied" in window.notice.text.text(), timeout=WAIT)
    assert left_out in window.notice.text.text()
    window.groups_view.unsure.setValue(0)
    qtbot.waitUntil(lambda: window.state.groups[-1].name != "Unsure", timeout=WAIT)
    wait_for_groups(qtbot, window)


def test_folders_by_a_pattern_with_names_edited_in_place(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    choose_k(qtbot, window, 3)
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    dialog.pattern.setCurrentText("{year}/{place}")
    qtbot.waitUntil(lambda: "no field {place}" in dialog.summary.text(), timeout=WAIT)
    assert not dialog.go.isEnabled()
    assert not dialog.example.text()
    dialog.pattern.setCurrentText("{year}/{group}")
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.example.text() == f"For example: No date/{window.state.groups[0].name}"
    year = dialog.tree.topLevelItem(0).child(0)
    assert (year.text(0), year.childCount()) == ("No date", 3)
    year.child(1).setText(0, "Roses")
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "24 photos copied" in window.notice.text.text(), timeout=WAIT)
    assert len(list((tmp_path / "out" / "No date" / "Roses").iterdir())) == 8
    assert "Roses" not in {group.name for group in window.state.groups}


def test_the_selected_photos_alone_go_into_a_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    chosen = window.grid.model.ids[[1, 4, 6]]
    window.state.set_selection(chosen)
    window.menus["organize_selection"].trigger()
    dialog = window.findChild(OrganizeDialog)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and dialog.tree.topLevelItemCount() == 1, timeout=WAIT)
    assert dialog.go.text() == "Copy 3 photos"
    dialog.tree.topLevelItem(0).child(0).setText(0, "Chosen")
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "3 photos copied" in window.notice.text.text(), timeout=WAIT)
    names = {window.state.photos[i].path.name for i in chosen.tolist()}
    assert {path.name for path in (tmp_path / "out" / "Chosen").iterdir()} == names


def test_moving_all_photos_is_no_reason_for_a_warning(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    (album / "broken.jpg").unlink()
    before = contents(album)
    move_to(qtbot, window, tmp_path / "out")
    qtbot.waitUntil(lambda: window.state.folder is None, timeout=WAIT)
    assert window.findChild(QMessageBox) is None
    assert window.notice.text.text() == "24 photos moved."
    offer(window, "Undo").click()
    answer(qtbot, window, "Take back 24 photos")
    qtbot.waitUntil(lambda: "24 photos brought back" in window.notice.text.text(), timeout=WAIT)
    assert contents(album) == before
    # Found empty later, the folder is told of.
    shutil.rmtree(album)
    album.mkdir()
    window.handlers.open_folder(album)
    assert "There are no photos" in message(qtbot, window).text()
