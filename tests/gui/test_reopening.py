"""A known folder is shown as it was left, and checked behind that; what has changed takes its place."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.curation import Curation
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.gui.bars.tool_bar import MainToolBar
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.jobs import workflow
from desktop_app.gui.jobs.finding import Asked, Found, find
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, choose_k, draw, message, offer, open_organize, wait_for_groups

MakeWindow = Callable[[], MainWindow]
Hold = Callable[[int], threading.Event]


@pytest.fixture
def left(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window that was closed with the album in three groups, one of them named."""
    choose_k(qtbot, window, 3)
    window.corrections.rename(window.state.groups[1].id, "Mine")
    window.close()
    return window


def forget() -> None:
    """Let no folder be known as a whole."""
    shutil.rmtree(paths.cache_dir() / "kept")


def shown(window: MainWindow) -> dict[str, Any]:
    """All that a person sees of a folder."""
    state, rows = window.state, {}
    assert state.clustering is not None
    assert state.projection is not None
    assert state.elbow is not None
    for photo_id, xy, confidence in zip(
        state.projection.photo_ids.tolist(), state.projection.xy.tolist(), state.clustering.confidence, strict=True
    ):
        rows[photo_id] = (state.photos[photo_id], np.round(xy, 4).tolist(), round(float(confidence), 4))
    return {
        "photos": rows,
        "order": list(state.photos),
        "groups": [(group.id, group.name, group.photo_ids.tolist(), group.cover) for group in state.groups],
        "elbow": (state.elbow.suggested, np.round(state.elbow.inertia, 3).tolist()),
        "problems": (state.problems, state.ignored),
        "device": state.device,
        "chosen": (state.selected_group, state.selection.tolist(), state.selected_photo),
        "tiles": window.grid.model.ids.tolist(),
        "points": sorted(window.scatter.points.ids.tolist()),
        "table": None if state.table is None else state.table.ids.tolist(),
        "checked": state.checked,
    }


def opened(qtbot: QtBot, make_window: MakeWindow, album: Path) -> MainWindow:
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    return window


def checking(qtbot: QtBot, make_window: MakeWindow, album: Path, hold: Hold) -> tuple[MainWindow, threading.Event]:
    """A window in the midst of checking a folder in which a photo is new."""
    draw(album / "red new.jpg", (205, 45, 45), seed=123)
    go_on = hold(0)
    window = make_window()
    window.handlers.open_folder(album)
    qtbot.waitUntil(lambda: bool(window.state.groups) and window.runner.is_busy(Lane.CHECK), timeout=WAIT)
    return window, go_on


def test_groups_are_there_before_the_folder_is_looked_at(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    window = make_window()
    began: list[Lane] = []
    before: list[tuple[bool, list[Lane], list[str]]] = []
    window.workflow.work_began.connect(lambda lane, _text: began.append(lane))
    window.state.groups_changed.connect(
        lambda: (
            window.state.groups
            and before.append((window.state.checked, list(began), [group.name for group in window.state.groups]))
        )
    )
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    ((checked, lanes, names),) = before
    assert (checked, lanes) == (False, [Lane.INDEX])
    assert "Mine" in names
    assert began == [Lane.INDEX, Lane.CHECK]
    assert window.state.checked
    assert window.state.device.startswith("CPU")
    window.close()
    forget()
    assert shown(opened(qtbot, make_window, album)) == shown(window)


def lose_two(album: Path) -> None:
    (album / "red 1.jpg").unlink()
    (album / "blue 5.jpg").unlink()


def gain_two(album: Path) -> None:
    draw(album / "green new.jpg", (45, 185, 65), seed=91)
    draw(album / "inner" / "blue new.jpg", (45, 65, 205), seed=92)


def change_one(album: Path) -> None:
    draw(album / "green 3.jpg", (40, 60, 210), seed=93)


def rename_one(album: Path) -> None:
    (album / "red 2.jpg").rename(album / "zinnober 2.jpg")


def move_all(album: Path) -> None:
    (album / "inner").mkdir()
    for path in album.glob("*.jpg"):
        path.rename(album / "inner" / path.name)


def mend_one(album: Path) -> None:
    draw(album / "broken.jpg", (200, 40, 40), seed=94)


def break_one(album: Path) -> None:
    (album / "green 1.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"nothing" * 30)


def add_a_text(album: Path) -> None:
    (album / "notes.txt").write_text("not a photo", encoding="utf-8")


CHANGES: list[Callable[[Path], None]] = [
    lose_two,
    gain_two,
    change_one,
    rename_one,
    move_all,
    mend_one,
    break_one,
    add_a_text,
]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_a_folder_that_changed_ends_as_if_nothing_had_been_kept(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, change: Callable[[Path], None]
) -> None:
    change(album)
    home = paths.config_dir()
    shutil.copytree(home, home.with_name("as it was left"))
    window = opened(qtbot, make_window, album)
    found = shown(window)
    assert found["checked"]
    assert "Mine" in [group.name for group in window.state.groups]
    window.close()
    shutil.rmtree(home)
    home.with_name("as it was left").rename(home)
    forget()
    assert shown(opened(qtbot, make_window, album)) == found


def test_a_change_leaves_group_selection_and_place_alone(
    qtbot: QtBot, window: MainWindow, album: Path, make_window: MakeWindow
) -> None:
    for number in range(70):
        draw(album / f"red more {number:02}.jpg", (200, 40, 40), seed=200 + number)
    window.workflow.rescan()
    wait_for_groups(qtbot, window)
    state = window.state
    red = max(state.groups, key=lambda group: len(group.photo_ids))
    state.choose_group(red.id)
    window.grid.resize_thumbnails(9)
    chosen = red.photo_ids[40:43]
    state.set_selection(chosen, int(chosen[1]))
    window.grid.list.verticalScrollBar().setValue(window.grid.list.verticalScrollBar().maximum() // 2)
    QApplication.processEvents()
    top, groups = window.grid.list.top_id(), [(group.id, group.name) for group in state.groups]
    assert top
    gone = int(red.photo_ids[0])
    state.photos[gone].path.unlink()
    draw(album / "green new.jpg", (45, 185, 65), seed=91)
    emptied: list[int] = []
    state.folder_changed.connect(lambda: emptied.append(1))
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    QApplication.processEvents()
    assert not emptied
    assert gone not in state.photos
    assert gone not in window.grid.model.ids
    assert [(group.id, group.name) for group in state.groups] == groups
    assert (state.selected_group, state.selected_photo) == (red.id, int(chosen[1]))
    assert state.selection.tolist() == sorted(chosen.tolist())

    def in_first_row() -> bool:
        row = window.grid.model.row_of(top)
        place = window.grid.list.visualRect(window.grid.model.index(row or 0))
        return row is not None and 0 <= place.top() < place.height() // 2 and window.grid.list.top_id() > 0

    qtbot.waitUntil(in_first_row, timeout=WAIT)


def test_a_named_group_and_the_number_stay_though_another_would_be_suggested_of_all_photos(
    qtbot: QtBot, window: MainWindow, album: Path, make_window: MakeWindow
) -> None:
    assert window.state.wanted_k is None
    number = window.state.shown_k
    window.corrections.rename(window.state.groups[-1].id, "Mine")
    for kind, color in enumerate([(40, 40, 210), (220, 210, 40), (30, 30, 30), (240, 240, 240)]):
        for seed in range(8):
            draw(album / f"new {kind} {seed}.jpg", color, seed=300 + 10 * kind + seed)
    window.workflow.rescan()
    wait_for_groups(qtbot, window)
    assert window.state.elbow is not None
    assert (window.state.wanted_k, window.state.shown_k, window.state.elbow.suggested) == (None, number, number)
    assert "Mine" in [group.name for group in window.state.groups]
    (bar,) = window.findChildren(MainToolBar)
    assert bar.auto.isChecked()
    window.regrouping.anew()
    wait_for_groups(qtbot, window)
    assert window.state.elbow.suggested != number


def test_no_file_is_handled_before_the_folder_is_checked(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    assert "red new.jpg" not in {photo.path.name for photo in window.state.photos.values()}
    for name in ("organize", "keywords", "duplicates", "organize_group", "rescan"):
        assert not window.menus[name].isEnabled()
    window.handlers.organizing.organize()  # as from the page of the unsure photos
    assert window.findChild(OrganizeDialog) is None
    assert "being checked" in window.notice.text.text()
    assert window.situations is not None
    go_on.set()
    wait_for_groups(qtbot, window)
    dialog = open_organize(qtbot, window)
    assert dialog.go.text() == "Copy 25 photos"
    dialog.reject()


def test_the_line_at_the_foot_says_that_the_folder_is_checked(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window = make_window()
    told: list[str] = []
    window.workflow.work_began.connect(lambda _lane, _text: told.append(window.work_bar.text.text()))
    draw(album / "red new.jpg", (205, 45, 45), seed=123)
    go_on = hold_reading(0)
    window.handlers.open_folder(album)
    qtbot.waitUntil(lambda: window.runner.is_busy(Lane.CHECK) and window.work_bar.isVisible(), timeout=WAIT)
    assert window.state.groups
    assert told[-1] == "Checking the folder…" or window.work_bar.text.text() == "Checking the folder…"
    go_on.set()
    wait_for_groups(qtbot, window)
    assert not window.work_bar.isVisible()


def test_a_check_that_was_stopped_leaves_all_in_sight_and_touches_no_file(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    window.work_bar.cancel.click()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert len(window.state.photos) == 24
    assert window.state.groups
    assert not window.state.checked
    window.menus["organize"].trigger()
    window.menus["keywords"].trigger()
    window.menus["duplicates"].trigger()
    assert window.findChild(OrganizeDialog) is None
    assert "how the folder was left" in window.notice.text.text()
    go_on.set()
    offer(window, "Look again").click()
    wait_for_groups(qtbot, window)
    assert window.state.checked
    assert len(window.state.photos) == 25
    open_organize(qtbot, window).reject()


def test_stopping_before_there_are_groups_does_not_count_as_a_check(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(library: Library, asked: Asked, known: Curation, ctx: JobContext, **more: Any) -> Found:
        ctx.cancel()
        return find(library, asked, known, ctx, **more)

    window = make_window()
    with monkeypatch.context() as patched:
        patched.setattr(workflow, "find", stopped)
        window.handlers.open_folder(album)
        qtbot.waitUntil(lambda: bool(window.state.photos) and not window.workflow.is_working, timeout=WAIT)
    assert len(window.state.photos) == 24
    assert not window.state.checked
    assert "Stopped before there were groups" in window.notice.text.text()
    offer(window, "Go on").click()
    wait_for_groups(qtbot, window)
    assert window.state.checked


def test_closing_while_it_is_checked_loses_nothing(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    window.corrections.rename(window.state.groups[0].id, "Later")
    window.close()
    go_on.set()
    again = opened(qtbot, make_window, album)
    assert {"Mine", "Later"} <= {group.name for group in again.state.groups}
    assert len(again.state.photos) == 25


def test_another_folder_can_be_opened_while_one_is_checked(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, tmp_path: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    for number in range(5):
        draw(tmp_path / "other" / f"{number}.jpg", (9 * number, 90, 90), seed=number)
    go_on.set()
    window.handlers.open_folder(tmp_path / "other")
    wait_for_groups(qtbot, window)
    assert {photo.path.parent.name for photo in window.state.photos.values()} == {"other"}


def test_what_is_corrected_meanwhile_holds(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    state = window.state
    photo_id, target = int(state.groups[0].photo_ids[0]), state.groups[2].id
    window.corrections.move(np.array([photo_id]), target)
    window.corrections.rename(target, "Later")
    go_on.set()
    wait_for_groups(qtbot, window)
    group = state.group(target)
    assert group is not None
    assert group.name == "Later"
    assert photo_id in group.photo_ids
    assert len(state.photos) == 25
    window.menus["undo"].trigger()
    window.menus["undo"].trigger()
    group = state.group(target)
    assert group is not None
    assert photo_id not in group.photo_ids


def test_a_dialog_about_the_folder_as_it_was_is_not_pulled_away(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, hold_reading: Hold
) -> None:
    window, go_on = checking(qtbot, make_window, album, hold_reading)
    question = QMessageBox(window)
    question.open()
    go_on.set()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert window.workflow.is_working
    assert len(window.state.photos) == 24
    question.reject()
    question.deleteLater()
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == 25


def test_a_folder_that_goes_away_while_it_is_checked_stays_in_sight(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    window = make_window()
    window.state.groups_changed.connect(lambda: window.state.groups and album.rename(album.with_name("elsewhere")))
    window.handlers.open_folder(album)
    box = message(qtbot, window)
    assert "There is no folder" in box.text()
    box.accept()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert len(window.state.photos) == 24
    assert window.state.groups
    assert not window.state.checked
    window.menus["organize"].trigger()
    assert window.findChild(OrganizeDialog) is None
    offer(window, "Look again").click()
    assert "is not there any more" in window.notice.text.text()
    album.with_name("elsewhere").rename(album)
    offer(window, "Look again").click()
    wait_for_groups(qtbot, window)
    assert window.state.checked


def test_a_folder_that_was_gone_before_is_not_shown(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    album.rename(album.with_name("elsewhere"))
    window = make_window()
    window.handlers.open_folder(album)
    box = message(qtbot, window)
    assert "There is no folder" in box.text()
    box.accept()
    qtbot.waitUntil(lambda: window.state.folder is None, timeout=WAIT)
    assert not window.state.photos


def test_a_folder_that_was_emptied_shows_nothing_of_what_was(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    for path in album.glob("*.jpg"):
        if path.name != "broken.jpg":
            path.unlink()
    window = make_window()
    window.handlers.open_folder(album)
    message(qtbot, window).accept()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert not window.state.photos
    assert not window.state.groups
    assert [problem.path.name for problem in window.state.problems] == ["broken.jpg"]


def test_where_much_is_new_it_is_seen_arriving(
    qtbot: QtBot,
    left: MainWindow,
    make_window: MakeWindow,
    album: Path,
    hold_reading: Hold,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workflow, "_MANY", 0)
    for number in range(40):
        draw(album / f"red more {number:02}.jpg", (200, 40, 40), seed=200 + number)
    window, go_on = make_window(), hold_reading(45)
    window.handlers.open_folder(album)
    qtbot.waitUntil(lambda: len(window.state.photos) >= 34 and not window.state.indexed, timeout=WAIT)
    assert window.grid.model.rowCount() == 65
    go_on.set()
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == 64
    assert "Mine" in [group.name for group in window.state.groups]


def test_a_continued_run_waits_for_the_check(
    qtbot: QtBot, left: MainWindow, make_window: MakeWindow, album: Path, tmp_path: Path, hold_reading: Hold
) -> None:
    from desktop_app.gui.jobs.organizer import LeftOver

    draw(album / "red new.jpg", (205, 45, 45), seed=123)
    go_on, window = hold_reading(0), make_window()
    window.handlers.organizing.continue_run(LeftOver(album, tmp_path / "sorted", "copy", 3))
    qtbot.waitUntil(lambda: bool(window.state.groups) and window.runner.is_busy(Lane.CHECK), timeout=WAIT)
    assert window.findChild(OrganizeDialog) is None
    go_on.set()
    qtbot.waitUntil(lambda: window.findChild(OrganizeDialog) is not None, timeout=WAIT)
    dialog = window.findChild(OrganizeDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == "Copy 25 photos"
    dialog.reject()
    wait_for_groups(qtbot, window)
