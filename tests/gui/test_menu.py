"""Every menu entry has its words and keys, and does something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.menu import ENTRIES, Menus


def test_every_entry_stands_in_a_menu_with_a_tip_does_something_and_no_two_share_a_key(window: MainWindow) -> None:
    shortcuts: dict[str, str] = {}
    bare, clicked = QMainWindow(), "2triggered(bool)"
    unconnected = Menus(bare, window.memory)
    for spec in ENTRIES:
        action = window.menus[spec.id]
        assert action.toolTip()
        assert spec.keys is None or action.shortcuts(), f"{spec.id} has a key that no bare window system knows"
        assert action in window.menus.by_name[spec.menu].actions()
        assert action.receivers(clicked) > unconnected[spec.id].receivers(clicked)
        for sequence in action.shortcuts():
            key = sequence.toString()
            assert key not in shortcuts, f"{spec.id} and {shortcuts[key]} share {key}"
            shortcuts[key] = spec.id


def test_the_words_and_about_open_and_close(qtbot: QtBot, window: MainWindow) -> None:
    for action in ("words", "about", "problems"):
        window.menus[action].trigger()
    dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert len(dialogs) == 3
    for dialog in dialogs:
        dialog.close()
    window.groups_view.step(1)
    assert window.state.selected_group != ALL_PHOTOS


def test_entries_that_only_pass_on_reach_their_part(window: MainWindow) -> None:
    menus, grid = window.menus, window.grid
    menus["select_all"].trigger()
    assert window.state.selection.tolist() == sorted(window.state.photos)
    window.state.select_photo(int(window.state.selection[3]))
    menus["select_all"].trigger()
    menus["select_none"].trigger()
    assert not grid.list.selected_rows().size
    menus["next_group"].trigger()
    first = window.state.selected_group
    assert first != ALL_PHOTOS
    menus["previous_group"].trigger()
    assert window.state.selected_group == ALL_PHOTOS
    window.scatter.plot.getViewBox().setRange(xRange=(0, 1e-6), yRange=(0, 1e-6))
    menus["fit_map"].trigger()
    (left, right), _ = window.scatter.plot.getViewBox().viewRange()
    assert right - left > 1e-3
    for full in (True, False):
        menus["full_screen"].trigger()
        assert window.isFullScreen() == menus["full_screen"].isChecked() == full
    window.showFullScreen()  # as by the system's own keys
    assert menus["full_screen"].isChecked()
    window.showNormal()
    assert not menus["full_screen"].isChecked()
    menus["quit"].trigger()
    assert not window.isVisible()


def test_keys_that_the_manual_promises_work_on_every_system(window: MainWindow) -> None:
    def keys(name: str) -> set[str]:
        return {one.toString() for one in window.menus[name].shortcuts()}

    assert keys("redo") == {"Ctrl+Y", "Ctrl+Shift+Z"}
    assert "F11" in keys("full_screen")
    (redo,) = [one for one in window.menus.keys.actions if one.action is window.menus["redo"]]
    assert keys("redo") == set(redo.keys.split(", ")), "the list of keys tells some of them only"
    assert not redo.is_changed


def test_what_makes_no_sense_now_is_disabled(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    enabled = {spec.id for spec in ENTRIES if window.menus[spec.id].isEnabled()}
    assert not enabled & {"rescan", "close_folder", "organize", "rename_group", "copy_path", "back", "cancel"}
    assert enabled >= {"open_folder", "open_sample", "history", "quit", "words"}
