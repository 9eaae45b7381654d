"""Panes hide, float, come back, and stand at the next start where they stood."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.gui.docks.layouts import ARRANGEMENTS
from desktop_app.gui.docks.panes import Panes
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, wait_for_groups

EXPLORE = {"groups", "map", "photos", "neighbors", "elbow"}


def in_sight(panes: Panes) -> set[str]:
    QApplication.processEvents()
    return {name for name, dock in panes.docks.items() if dock.isVisible()}


def places(panes: Panes) -> dict[str, tuple[int, ...]]:
    QApplication.processEvents()
    return {name: dock.geometry().getRect() for name, dock in panes.docks.items() if dock.isVisible()}


def opened(qtbot: QtBot, make: Callable[[], MainWindow], album: Path) -> MainWindow:
    window = make()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    return window


def test_each_pane_hides_and_comes_back_and_the_menu_tells(window: MainWindow) -> None:
    panes, menus = window.panes, window.menus
    assert in_sight(panes) == EXPLORE
    for name in panes.docks:
        entry = menus[f"pane_{name}"]
        before = name in panes.shown
        assert entry.isChecked() == before
        entry.trigger()
        assert (name in in_sight(panes)) == (not before) == entry.isChecked()
    panes.docks["details"].close()  # as a floating window is
    assert not menus["pane_details"].isChecked()
    menus["put_back"].trigger()
    assert in_sight(panes) == EXPLORE


def test_the_keyboard_stays_in_the_panes_when_they_stand_otherwise(window: MainWindow) -> None:
    grid, neighbors, menus = window.grid.list, window.neighbors.list, window.menus
    grid.setFocus()
    for name in (*ARRANGEMENTS, "explore"):
        menus[f"arrange_{name}"].trigger()
        assert QApplication.focusWidget() is grid
    neighbors.setFocus()
    menus["pane_elbow"].trigger()
    assert QApplication.focusWidget() is neighbors
    menus["pane_neighbors"].trigger()
    assert QApplication.focusWidget() is grid, "of what was hidden it goes to the photos"
    menus["arrange_explore"].trigger()
    neighbors.setFocus()
    menus["arrange_sort"].trigger()
    assert QApplication.focusWidget() is grid


def test_each_layout_shows_its_panes_inside_a_small_window(window: MainWindow) -> None:
    for name, arrangement in ARRANGEMENTS.items():
        window.menus[f"arrange_{name}"].trigger()
        wanted = {pane for column in arrangement.columns for pane, _ in column.panes}
        for width, height in ((1366, 768), (760, 480)):
            window.resize(width, height)
            assert in_sight(window.panes) == wanted
            ground = window.panes.rect()
            for pane, place in places(window.panes).items():
                dock = window.panes.docks[pane]
                assert ground.contains(dock.geometry()), f"{pane} of {name} lies outside at {width} x {height}"
                assert place[2] >= dock.minimumSizeHint().width()
                assert place[3] >= dock.minimumSizeHint().height()


def test_what_a_window_gains_goes_to_the_middle(window: MainWindow) -> None:
    window.resize(1200, 800)
    before = places(window.panes)
    window.resize(1500, 800)
    after = places(window.panes)
    for name in ("groups", "neighbors", "elbow"):
        assert after[name][2] == before[name][2]
    for name in ("map", "photos"):
        assert after[name][2] == before[name][2] + 300


def test_panes_stand_where_they_stood_at_the_next_start(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window.menus["pane_elbow"].trigger()
    window.panes.resizeDocks([window.panes.docks["groups"]], [300], Qt.Orientation.Horizontal)
    before = places(window.panes)
    window.close()
    again = opened(qtbot, make_window, album)
    assert places(again.panes) == before
    again.menus["arrange_look"].trigger()
    again.close()
    third = make_window()
    third.close()  # on the first page, where no pane was ever seen
    fourth = opened(qtbot, make_window, album)
    assert in_sight(fourth.panes) == {"photo", "photos", "details", "neighbors"}
    fourth.menus["pane_details"].trigger()
    fourth.menus["put_back"].trigger()
    assert "details" in in_sight(fourth.panes)


def test_a_start_in_a_larger_window_gives_the_panes_its_room(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path
) -> None:
    usual = opened(qtbot, make_window, album)
    usual.resize(1400, 880)
    usual.menus["put_back"].trigger()
    wanted = places(usual.panes)
    usual.resize(760, 480)
    QApplication.processEvents()
    squeezed = places(usual.panes)
    assert squeezed["neighbors"][2] < wanted["neighbors"][2]
    _, kept = usual.panes.keep()
    usual.close()
    again = make_window()
    again.resize(1400, 880)
    again.panes.recall("explore", kept)
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    assert places(again.panes) == wanted


def test_floating_panes_go_and_come_with_their_page(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    panes = window.panes
    floats = next(action for action in panes.docks["map"].findChild(QMenu).actions() if action.text() == "&Float")
    before = panes.docks["map"].mapToGlobal(QPoint())
    floats.trigger()
    assert panes.docks["map"].isFloating()
    assert panes.docks["map"].pos() != before, "nobody would see that it floats"
    assert floats.text() == "&Into the window"
    window.state.select_photo(next(iter(window.state.photos)))
    window.menus["view_photo"].trigger()
    assert window.pages.currentWidget() is window.viewer
    assert not panes.docks["map"].isVisible()
    assert not window.menus["pane_map"].isEnabled()
    assert window.menus["pane_map"].isChecked()
    window.viewer.close_view()
    assert panes.docks["map"].isVisible()
    window.menus["view_photo"].trigger()
    window.close()
    assert not panes.docks["map"].isVisible()

    again = opened(qtbot, make_window, album)
    assert again.panes.docks["map"].isFloating()
    assert again.panes.docks["map"].isVisible()
    assert again.scatter.plot.updatesEnabled(), "the floating pane stays black"
    again.menus["close_folder"].trigger()
    assert not again.panes.docks["map"].isVisible()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    again.menus["put_back"].trigger()
    assert not again.panes.docks["map"].isFloating()
    assert in_sight(again.panes) == EXPLORE


def damaged(kind: str, state: bytes) -> bytes:
    if kind == "cut":
        return state[: len(state) // 2]
    if kind == "changed":
        return state[:-3] + bytes([state[-3] ^ 0x41]) + state[-2:]
    return {"short": b"\x00", "garbage": b"\xff" * 400}[kind]


@pytest.mark.parametrize("kind", ["short", "garbage", "cut", "changed", "foreign"])
def test_a_state_that_means_nothing_gives_way_to_the_layout(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path, kind: str
) -> None:
    window.menus["arrange_sort"].trigger()
    window.menus["pane_groups"].trigger()
    window.close()
    if kind == "foreign":
        other = QMainWindow()
        foreign = other.saveState(99).data()
        state = hashlib.blake2b(foreign, digest_size=16).digest() + foreign
        other.deleteLater()
    else:
        state = damaged(kind, window.memory.bytes("panes").data())
    window.memory.set_bytes("panes", QByteArray(state))
    window.memory.save()
    again = opened(qtbot, make_window, album)
    assert in_sight(again.panes) == {"groups", "photos"}


def test_an_unknown_layout_gives_way_to_the_first(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window.close()
    window.memory.set_text("arrangement", "of another program")
    window.memory.set_bytes("panes", QByteArray())
    window.memory.save()
    assert in_sight(opened(qtbot, make_window, album).panes) == EXPLORE


def test_keys_go_from_pane_to_pane(window: MainWindow) -> None:
    window.activateWindow()
    views = {"groups": window.groups_view.list, "map": window.scatter.plot, "photos": window.grid.list}
    views |= {"neighbors": window.neighbors.list, "elbow": window.elbow.chart}
    window.tools.k.setFocus()
    seen = []
    for _ in range(len(views) + 1):
        window.menus["next_pane"].trigger()
        seen.append(next(name for name, view in views.items() if view.hasFocus()))
        # The focus frame asks for that; a list shows too little by itself.
        assert window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange), seen[-1]
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)  # as a click of the pointer does
    assert seen == [*views, "groups"]
    window.menus["previous_pane"].trigger()
    assert views["elbow"].hasFocus()
    window.menus["pane_neighbors"].trigger()
    window.menus["previous_pane"].trigger()
    assert views["photos"].hasFocus()
    for name in ("groups", "map", "photos", "elbow"):
        window.menus[f"pane_{name}"].trigger()
    window.menus["next_pane"].trigger()  # with none in sight there is nothing to go to
    assert not in_sight(window.panes)


def test_a_pane_that_is_needed_comes_back(window: MainWindow) -> None:
    window.menus["arrange_sort"].trigger()
    window.menus["pane_groups"].trigger()
    window.state.select_group(window.state.groups[0].id)
    window.menus["rename_group"].trigger()
    assert in_sight(window.panes) == {"groups", "photos"}
    window.state.select_photo(next(iter(window.state.photos)))
    window.menus["similar"].trigger()
    assert "neighbors" in in_sight(window.panes)


def test_the_photo_stands_large_beside_its_details(qtbot: QtBot, window: MainWindow) -> None:
    beside = window.beside
    window.menus["arrange_look"].trigger()
    assert not beside.details.pane.texts
    photo_id = next(iter(window.state.photos))
    window.state.select_photo(photo_id)
    photo = window.state.photos[photo_id]
    assert beside.details.pane.texts["File"] == photo.path.name
    assert beside.photo.canvas.accessibleName() == photo.path.name
    qtbot.waitUntil(lambda: any(i.width() == photo.width for i in beside.photo.canvas._images), timeout=WAIT)
    window.state.set_selection([])
    assert not beside.details.pane.texts
    wait_for_groups(qtbot, window)


def test_every_heading_has_a_button_with_its_name(window: MainWindow) -> None:
    names = set()
    for dock in window.panes.docks.values():
        buttons = dock.titleBarWidget().findChildren(QToolButton)
        names.add(next(one.accessibleName() for one in buttons if one.accessibleName().endswith("float or hide")))
        assert dock.windowTitle()
    assert len(names) == len(window.panes.docks)
