"""A folder is found again as it was left: order, filter, place, selection and map."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation
from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.photo_order import Sort, Wanted
from tests.helpers.window import WAIT, choose_k, draw, wait_for_groups


def reopen(qtbot: QtBot, window: MainWindow, make: Callable[[], MainWindow], album: Path) -> MainWindow:
    window.close()
    again = make()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    return again


def name_of(window: MainWindow, photo_id: int) -> str:
    return window.state.photos[photo_id].path.name


def first_in_sight(window: MainWindow) -> int:
    QApplication.processEvents()
    return window.grid.list.top_id()


def wide_album(folder: Path) -> Path:
    for number in range(60):
        draw(folder / f"{number:02}.png", (40, 60 + 2 * number, 210), seed=number)
        os.utime(folder / f"{number:02}.png", (1_500_000_000 + number * 86_400 * 30,) * 2)
    return folder


def test_order_filter_selection_and_group_come_back(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    choose_k(qtbot, window, 3)
    window.state.select_group(window.state.groups[1].id)
    window.grid.sort(Sort.NAME)
    window.grid.order_button.names.setChecked(True)
    window.grid.filter_button.click()
    window.grid.filter.ask_for(Wanted(text="5"))
    window.grid.filter.damaged.setChecked(True)
    window.grid.filter.damaged.setChecked(False)
    shown = window.grid.model.ids.tolist()
    assert 0 < len(shown) < 8
    chosen = window.state.groups[1].photo_ids[:3]
    window.state.set_selection(chosen, int(chosen[1]))

    again = reopen(qtbot, window, make_window, album)
    assert again.state.selected_group == window.state.selected_group != ALL_PHOTOS
    assert again.grid.sorted_by is Sort.NAME
    assert again.grid.order_button.sorts[Sort.NAME].isChecked()
    assert again.grid.list.itemDelegate().names
    assert again.grid.filter.isVisible()
    assert again.grid.filter.wanted == Wanted(text="5")
    assert not again.grid.filter.text.hasFocus()
    assert again.grid.model.ids.tolist() == shown
    assert again.state.selection.tolist() == sorted(chosen.tolist())
    assert again.state.selected_photo == chosen[1]
    qtbot.waitUntil(lambda: again.state.neighbors_of == chosen[1], timeout=WAIT)
    wait_for_groups(qtbot, again)

    other = album.with_name("other")
    for number in range(3):
        draw(other / f"{number}.jpg", (90, 90, 90), seed=number)
    again.handlers.open_folder(other)
    wait_for_groups(qtbot, again)
    assert not again.grid.filter.isVisible()  # of another folder it would hide photos
    assert again.grid.model.rowCount() == 3
    assert again.grid.sorted_by is Sort.NAME


def test_place_headings_and_year_come_back(qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path) -> None:
    folder = wide_album(tmp_path / "wide")
    window = make_window()
    window.handlers.open_folder(folder)
    wait_for_groups(qtbot, window)
    window.grid.order_button.headings.setChecked(True)
    bar = window.grid.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = first_in_sight(window)
    assert top
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert first_in_sight(window) == top

    again = reopen(qtbot, window, make_window, folder)
    assert again.grid.has_headings
    assert first_in_sight(again) == top
    assert name_of(again, top) == name_of(window, top)

    again.grid.filter_button.click()
    year = again.grid.filter.year
    year.setCurrentIndex(year.findData(2019))
    shown = again.grid.model.ids.tolist()
    third = reopen(qtbot, again, make_window, folder)
    assert third.grid.filter.wanted == Wanted(year=2019)
    assert third.grid.filter.year.currentText() == "2019"
    assert third.grid.model.ids.tolist() == shown


def test_the_map_is_where_it_was_while_it_is_the_same_map(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    box = window.scatter.plot.getViewBox()
    assert window.scatter.looked_at()[0] == ()
    left, bottom, right, top = window.scatter.looked_at()[1]
    box.setRange(xRange=(left, (left + right) / 2), yRange=(bottom, (bottom + top) / 2), padding=0)
    seen = window.scatter.looked_at()[0]
    again = reopen(qtbot, window, make_window, album)
    np.testing.assert_allclose(again.scatter.looked_at()[0], seen, rtol=1e-6)
    for number in range(6):
        draw(album / f"other {number}.jpg", (250, 250, 20), seed=number)
    third = reopen(qtbot, again, make_window, album)
    np.testing.assert_allclose(third.scatter.looked_at()[0], seen, rtol=1e-6)  # new photos join the map that is there
    third.close()
    curation.file_of(album).unlink()  # and with it which photos the map was made of
    fourth = reopen(qtbot, third, make_window, album)
    assert fourth.scatter.looked_at()[0] == (), "another map is seen whole"


def test_photos_that_are_gone_are_left_out(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    ids = window.grid.model.ids[2:6].tolist()
    window.state.set_selection(ids, ids[0])
    gone = {window.state.photos[ids[0]].path, window.state.photos[ids[1]].path}
    window.close()
    for path in gone:
        path.unlink()
    again = make_window()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    assert again.state.selection.tolist() == sorted(ids[2:])
    assert again.state.selected_photo is None
    assert again.grid.model.rowCount() == 22


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        '{"version": 2}',
        '{"sort": "by mood"}',
        '{"selection": "?"}',
        '{"selection": "AAA="}',
        '{"seen": [1.0], "whole": [2.0]}',
        '{"top": 5, "current": 77}',
        '{"filtering": true, "wanted": {"year": 1812, "camera": "of wood"}}',
    ],
)
def test_a_bookmark_that_means_nothing_changes_nothing(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path, text: str
) -> None:
    window.close()
    place = curation.file_of(album).with_suffix(".window")
    assert json.loads(place.read_text())["version"] == 1
    place.write_text(text)
    again = make_window()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    assert again.grid.model.rowCount() == 24
    assert not again.state.selection.size
    assert again.state.selected_group == ALL_PHOTOS


def test_a_bookmark_that_cannot_be_kept_costs_nothing_but_itself(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    place = curation.file_of(album).with_suffix(".window")
    place.mkdir(parents=True)
    chosen = window.grid.model.ids[3:5].tolist()
    window.state.set_selection(chosen)
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    assert window.state.selection.tolist() == sorted(chosen)
    assert place.is_dir()
