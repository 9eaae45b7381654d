"""The history lists what was organized and brings it back."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import (
    LEFT,
    WAIT,
    answer,
    choose_k,
    contents,
    draw,
    move_to,
    offer,
    open_organize,
    wait_for_groups,
)


def test_a_folder_deleted_after_a_move_leads_to_the_history_and_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    choose_k(qtbot, window, 3)
    before = contents(album)
    del before["broken.jpg"]  # no photo, so that it does not go along
    draw(album / "white.jpg", (250, 250, 250), seed=1)
    move_to(qtbot, window, tmp_path / "out")
    qtbot.waitUntil(lambda: "24 photos moved" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    shutil.rmtree(album)
    window.menus["rescan"].trigger()
    assert f"Kindred moved photos from there to {tmp_path / 'out'}" in window.notice.text.text()
    offer(window, "History").click()
    qtbot.mouseClick(window.findChild(HistoryDialog).undo_button, LEFT)
    answer(qtbot, window, "Take back 24 photos")
    qtbot.waitUntil(lambda: "24 photos brought back" in window.notice.text.text(), timeout=WAIT)
    assert f"{album} was gone and was made again" in window.notice.text.text()
    wait_for_groups(qtbot, window)
    assert contents(album) == before


def test_a_group_folder_that_was_taken_away_is_named_and_returns_once_it_is_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    choose_k(qtbot, window, 3)
    draw(album / "white.jpg", (250, 250, 250), seed=1)  # arrived since: keeps the folder from being empty
    before = contents(album)
    move_to(qtbot, window, tmp_path / "out")
    qtbot.waitUntil(lambda: "24 photos moved" in window.notice.text.text(), timeout=WAIT)
    group = next(folder for folder in (tmp_path / "out").iterdir() if folder.is_dir())
    group.rename(tmp_path / "desk")
    offer(window, "Undo").click()
    answer(qtbot, window, "Take back 24 photos")
    qtbot.waitUntil(lambda: "16 photos brought back" in window.notice.text.text(), timeout=WAIT)
    assert (
        f"{group} is not there any more; to take its files back, too, put it there again" in window.notice.text.text()
    )
    wait_for_groups(qtbot, window)
    (tmp_path / "desk").rename(group)
    offer(window, "History").click()
    qtbot.mouseClick(window.findChild(HistoryDialog).undo_button, LEFT)
    answer(qtbot, window, "Take back")
    qtbot.waitUntil(lambda: contents(album) == before, timeout=WAIT)
    qtbot.waitUntil(lambda: not (tmp_path / "out").exists(), timeout=WAIT)
    wait_for_groups(qtbot, window)


def test_move_rescans_and_undo_brings_everything_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    choose_k(qtbot, window, 3)
    before = contents(album)
    draw(album / "white.jpg", (250, 250, 250), seed=1)  # arrived since: stays, and keeps the folder from being empty
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    dialog.action.setCurrentIndex(dialog.action.findData("move"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == "Move 24 photos"
    dialog.go.click()
    qtbot.waitUntil(lambda: "24 photos moved" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert [photo.path.name for photo in window.state.photos.values()] == ["white.jpg"]
    window.menus["history"].trigger()
    history = window.findChild(HistoryDialog)
    assert history.table.topLevelItemCount() == 1
    qtbot.waitUntil(history.isActiveWindow, timeout=WAIT)
    qtbot.mouseClick(history.undo_button, LEFT)
    answer(qtbot, window, "Leave as it is")
    qtbot.waitUntil(history.isActiveWindow, timeout=WAIT)  # or the next key would act below it
    assert len(contents(album)) == 2, "a question that was not agreed to moved files"
    qtbot.mouseClick(history.undo_button, LEFT)
    answer(qtbot, window, "Take back 24 photos")
    qtbot.waitUntil(lambda: "24 photos brought back" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    (album / "white.jpg").unlink()
    assert contents(album) == before
    assert len(window.state.photos) == 25
    assert not history.undo_button.isEnabled()
