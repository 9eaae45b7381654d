"""Folders are opened, cancelled, replaced and grouped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LARGE, LEFT, WAIT, choose_k, choose_method, draw, offer, wait_for_groups


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
    state.rename_group(0, "Mine")
    mine = set(state.groups[0].photo_ids.tolist())
    head = library._grouping()._fits["scan", "embedding"][1]
    for k in (4, 2, 3):
        choose_k(qtbot, window, k)
    assert library._grouping()._fits["scan", "embedding"][1] is head
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
    go_on.set()
    qtbot.mouseClick(offer(window, "Go on"), LEFT)
    qtbot.waitUntil(lambda: seen <= set(window.state.photos), timeout=WAIT)


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
