"""Folders are opened, cancelled, replaced and grouped."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation, paths
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.curation import Choices, Curation
from desktop_app.gui import desktop
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LARGE, LEFT, WAIT, choose_k, choose_method, draw, message, offer, wait_for_groups


def test_three_groups_are_the_three_kinds(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 3)
    kinds = [
        {window.state.photos[photo_id].path.name.split()[0] for photo_id in group.photo_ids.tolist()}
        for group in window.state.groups
    ]
    assert sorted(map(len, kinds)) == [1, 1, 1]
    assert set.union(*kinds) == {"red", "green", "blue"}
    assert window.tools.k.value() == 3
    assert not window.tools.auto.isChecked()
    window.menus["suggested_k"].trigger()
    assert window.tools.auto.isChecked()
    assert window.state.elbow is not None
    assert window.tools.k.value() == window.state.elbow.suggested
    wait_for_groups(qtbot, window)
    qtbot.waitUntil(lambda: window.state.clustering.k == window.state.elbow.suggested, timeout=WAIT)


@pytest.mark.parametrize("count", [1, 2])
def test_one_photo_and_two_identical_ones_are_one_group(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, count: int
) -> None:
    for number in range(count):
        draw(tmp_path / "few" / f"{number}.png", (90, 90, 200), seed=0)
    window = make_window()
    window.handlers.open_folder(tmp_path / "few")
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == count
    assert len(window.state.groups) == 1


def test_moving_k_cuts_the_trained_head_anew_and_leaves_given_names_alone(qtbot: QtBot, window: MainWindow) -> None:
    state, library = window.state, window.workflow.library
    assert library is not None
    choose_method(window, "scan")
    qtbot.waitUntil(lambda: state.clustering is not None and state.clustering.method == "scan", timeout=WAIT)
    choose_k(qtbot, window, 3)
    window.corrections.rename(0, "Mine")
    mine = set(state.groups[0].photo_ids.tolist())
    head = library._computed().made_of(state.curation.basis)._grouper()._fits["scan", "embedding"][1]
    for k in (4, 2, 3):
        choose_k(qtbot, window, k)
    assert library._computed().made_of(state.curation.basis)._grouper()._fits["scan", "embedding"][1] is head
    assert {group.name: set(group.photo_ids.tolist()) for group in state.groups}["Mine"] == mine


def test_cancel_while_looking(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    large_album: Path,
    hold_reading: Callable[[int], threading.Event],
) -> None:
    go_on = hold_reading(LARGE // 2)
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.scatter.points.ids) > 0, timeout=WAIT)  # the map fills while photos arrive
    assert len(window.state.photos) < LARGE
    assert "only reads" in window.notice.text.text()
    assert window.work_bar.isVisible()
    qtbot.mouseClick(window.work_bar.cancel, LEFT)
    qtbot.waitUntil(lambda: not window.workflow.is_working, timeout=WAIT)
    assert not window.work_bar.isVisible()
    assert "Stopped" in window.notice.text.text()
    seen = set(window.state.photos)
    assert 0 < len(seen) < LARGE
    assert f"Stopped after {len(seen)} of {LARGE} photos." in window.notice.text.text()
    assert window.memory.recent() == [large_album]
    wait_for_groups(qtbot, window)  # of what was read
    assert set(window.state.clustering.photo_ids.tolist()) == seen
    assert window.tools.organize.isEnabled()
    assert window.grid.model.rowCount() == len(seen)
    go_on.set()
    qtbot.mouseClick(offer(window, "Go on"), LEFT)
    qtbot.waitUntil(lambda: seen <= set(window.state.photos), timeout=WAIT)


def test_a_request_that_fails_leaves_everything_as_it_was(
    qtbot: QtBot,
    window: MainWindow,
    make_window: Callable[[], MainWindow],
    album: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose_k(qtbot, window, 4)
    window.workflow._remembering.keep()
    before, kept = window.state.groups, curation.file_of(album).read_bytes()
    affinity = replace(CLUSTERERS["affinity"], max_photos=20)
    monkeypatch.setitem(CLUSTERERS, "affinity", affinity)
    choose_method(window, "affinity")
    box = message(qtbot, window)
    assert affinity.title in box.text()
    assert "takes at most 20 photos; this folder has 24" in box.text()
    assert "The groups stay as they are." in box.informativeText()
    assert not [name for name in CLUSTERERS if f"“{name}”" in box.text() or name in box.informativeText().split()]
    box.accept()
    state, tools = window.state, window.tools
    assert (state.method, tools.method.currentData(), tools.k.value()) == ("kmeans", "kmeans", 4)
    assert not tools.auto.isChecked()
    assert state.groups is before
    window.workflow._remembering.keep()
    assert curation.file_of(album).read_bytes() == kept
    tools._show()
    row = tools.method.findData("affinity")
    assert not tools.method.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    tools.k.setValue(999)
    assert tools.k.value() == 24
    qtbot.waitUntil(lambda: state.clustering.k == 24, timeout=WAIT)
    wait_for_groups(qtbot, window)
    window.close()

    curation.save(album, Curation(choices=Choices(method="affinity", k=3)))  # as another version may have kept it
    again = make_window()
    again.handlers.open_folder(album)
    message(qtbot, again).accept()
    wait_for_groups(qtbot, again)
    assert (again.state.method, again.tools.auto.isChecked()) == ("kmeans", True)


def test_looking_again_keeps_photo_and_group_and_says_what_has_gone(
    qtbot: QtBot, window: MainWindow, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_k(qtbot, window, 3)
    group = window.state.groups[1]
    chosen = int(group.photo_ids[2])
    window.state.select_group(group.id)
    window.state.select_photo(chosen)
    wait_for_groups(qtbot, window)
    pages: list[int] = []
    window.pages.currentChanged.connect(pages.append)
    draw(album / "green 9.jpg", (40, 180, 60), seed=77)
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    qtbot.waitUntil(lambda: window.state.neighbors is not None, timeout=WAIT)
    assert len(window.state.photos) == 25
    assert (window.state.selected_photo, window.state.neighbors_of) == (chosen, chosen)
    assert set(group.photo_ids.tolist()) <= set(window.state.group(window.state.selected_group).photo_ids.tolist())
    assert window.grid.list.current_id() == chosen
    assert not pages, "the first page showed in between"

    opened: list[Path] = []
    monkeypatch.setattr(desktop, "open_file", lambda path: opened.append(path) or True)
    window.menus["open_photo"].trigger()
    assert len(opened) == 1
    opened[0].unlink()
    window.menus["open_photo"].trigger()
    assert len(opened) == 1
    assert f"{opened[0]} is not there any more" in window.notice.text.text()
    assert offer(window, "Look again")
    shutil.move(album, album.with_name("elsewhere"))
    window.menus["rescan"].trigger()
    assert "is not there any more. What was read of it stays in sight." in window.notice.text.text()
    assert "open it where it is now" in window.notice.text.text()
    started: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: started.append(asked[2]) or "")
    offer(window, "Open folder…").click()
    assert started == [str(album.parent)]
    assert window.state.folder == album
    assert len(window.state.groups) == 3
    assert window.pages.currentIndex() == 1


def test_from_the_sample_album_a_folder_is_looked_for_where_the_photos_are(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: started.append(asked[2]) or "")
    monkeypatch.setattr(paths, "sample_album_dir", lambda: album)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    window.handlers.choose_folder()
    assert started == [str(Path.home())]


def test_another_folder_takes_the_place_of_the_one_being_read(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    large_album: Path,
    album: Path,
    hold_reading: Callable[[int], threading.Event],
) -> None:
    go_on = hold_reading(LARGE // 2)
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 0, timeout=WAIT)
    window.handlers.open_folder(album)
    go_on.set()
    wait_for_groups(qtbot, window)
    assert {photo.path.parent for photo in window.state.photos.values()} == {album}
    window.menus["close_folder"].trigger()
    assert window.pages.currentWidget() is window.welcome
    assert not window.state.photos
