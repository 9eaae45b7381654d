"""What a person decided about a photo stays with its file, whatever copies of it come and go."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation, paths
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import choose_k as chosen
from tests.helpers.window import kinds, wait_for_groups


def group_with(window: MainWindow, kind: str) -> int:
    return next(group.id for group in window.state.groups if kinds(window, group) == {kind})


def where(window: MainWindow, path: Path) -> int | None:
    """Id of the group that a file is in."""
    return window.state.group_of(window.state.id_at(path))


def opened(qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path) -> MainWindow:
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    return window


def look_again(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path, way: str
) -> MainWindow:
    if way == "refreshed":
        window.menus["rescan"].trigger()
        wait_for_groups(qtbot, window)
        return window
    window.close()
    if way == "reopened without its cache":
        shutil.rmtree(paths.cache_dir())
    return opened(qtbot, make_window, album)


WAYS = pytest.mark.parametrize("way", ["refreshed", "reopened", "reopened without its cache"])


@WAYS
def test_a_copy_takes_the_place_of_no_photo_that_was_placed_by_hand(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path, way: str
) -> None:
    chosen(qtbot, window, 3)
    red, blue = group_with(window, "red"), group_with(window, "blue")
    file, copy = album / "red 3.jpg", album / "a copy.jpg"
    window.corrections.move(np.array([window.state.id_at(file)]), blue)
    assert where(window, file) == blue
    shutil.copy(file, copy)
    window = look_again(qtbot, window, make_window, album, way)
    assert (where(window, file), where(window, copy)) == (blue, red)
    later = curation.basis.came_later(window.state.curation, window.state.clustering.photo_ids)
    if way != "reopened without its cache":
        assert later.tolist() == [window.state.id_at(copy)], "the copy is what is new"
    # Of a copy that goes, nothing stays; the other one is as it was.
    copy.rename(album / "b copy.jpg")
    window = look_again(qtbot, window, make_window, album, way)
    assert (where(window, file), where(window, album / "b copy.jpg")) == (blue, red)
    (album / "b copy.jpg").unlink()
    window = look_again(qtbot, window, make_window, album, way)
    assert where(window, file) == blue
    # Moved and renamed it is known by its content, as any photo.
    (album / "inner").mkdir()
    file.rename(album / "inner" / "z.jpg")
    window = look_again(qtbot, window, make_window, album, way)
    assert where(window, album / "inner" / "z.jpg") == blue


@WAYS
def test_of_two_copies_the_one_that_was_placed_stays_placed_when_the_other_goes(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, way: str
) -> None:
    first, second = album / "a copy.jpg", album / "red 3.jpg"
    shutil.copy(second, first)
    window = opened(qtbot, make_window, album)
    chosen(qtbot, window, 3)
    blue = group_with(window, "blue")
    window.corrections.move(np.array([window.state.id_at(second)]), blue)
    first.unlink()
    window = look_again(qtbot, window, make_window, album, way)
    assert where(window, second) == blue


@WAYS
def test_a_copy_does_not_slip_into_a_locked_group_in_place_of_its_photo(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path, way: str
) -> None:
    chosen(qtbot, window, 3)
    red = group_with(window, "red")
    before = {window.state.photos[one].path for one in window.state.group(red).photo_ids.tolist()}
    window.corrections.set_locked([red], True)
    copy = album / "a copy.jpg"
    shutil.copy(album / "red 3.jpg", copy)
    window = look_again(qtbot, window, make_window, album, way)
    assert {window.state.photos[one].path for one in window.state.group(red).photo_ids.tolist()} == before
    assert where(window, copy) != red


def test_what_is_selected_stays_with_its_file(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    file = album / "red 3.jpg"
    window.state.select_photo(window.state.id_at(file))
    shutil.copy(file, album / "a copy.jpg")
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert window.state.photos[window.state.selected_photo].path == file
