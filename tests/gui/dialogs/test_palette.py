"""Any action by a few letters; keys of one's own that stay, and never two actions on the same ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.palette import Palette, rank
from desktop_app.gui.dialogs.shortcuts import ShortcutsDialog
from desktop_app.gui.item_looks import QUIET_ROLE
from desktop_app.gui.main_window import MainWindow

KEY = Qt.Key


@pytest.mark.parametrize(
    ("words", "better", "worse"),
    [
        ("un", "Undo", "Show the number"),
        ("sel", "Select all", "Deselect"),
        ("sel", "My selection", "Deselect"),
        ("all", "Select all", "Find"),
        ("merge groups", "Merge groups", "Merge groups of one name"),
    ],
)
def test_a_beginning_is_better_than_a_middle_and_a_middle_than_a_tip(words: str, better: str, worse: str) -> None:
    first, second = rank(better, "", words), rank(worse, "selection of all", words)
    assert first is not None
    assert second is None or first < second


def test_every_word_must_be_found() -> None:
    assert rank("Select all", "Edit", "sel ed") is not None
    assert rank("Select all", "Edit", "sel nothing") is None
    assert rank("Anything", "", "") == 0


def test_letters_and_enter_do_an_action(qtbot: QtBot, window: MainWindow) -> None:
    window.menus["find_action"].trigger()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "select al")
    assert palette.list.topLevelItem(0).text(0).startswith("Select all")
    assert palette.list.topLevelItem(0).text(1) == window.menus["select_all"].shortcut().toString()
    qtbot.keyClick(palette.field, KEY.Key_Return)
    assert window.state.selection.size == len(window.state.photos)
    qtbot.waitUntil(lambda: window.findChild(Palette) is None)

    window.menus["find_action"].trigger()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "cancel what")
    qtbot.keyClick(palette.field, KEY.Key_Return)  # makes no sense now
    assert palette.isVisible()
    assert "Not possible at the moment" in palette.tip.text()
    qtbot.keyClicks(palette.field, " no such thing")
    assert palette.list.topLevelItemCount() == 0
    qtbot.keyClick(palette.field, KEY.Key_Return)
    palette.close()


def shown(palette: Palette) -> list[str]:
    return [palette.list.topLevelItem(row).text(0) for row in range(palette.list.topLevelItemCount())]


def test_the_best_fit_comes_first_even_if_it_is_switched_off(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    window = make_window()  # without a folder, so that most entries are switched off
    window.menus["find_action"].trigger()
    palette = window.findChild(Palette)
    for words, entry in (("unsure", "unsure"), ("merge", "merge_group"), ("teach", "teach")):
        palette.field.setText(words)
        listed = shown(palette)
        best = [rank(name.rpartition("   (")[0], "", words) for name in listed]
        named = [fit for fit in best if fit is not None]
        assert best[: len(named)] == sorted(named), listed  # who is called so, before whoever only speaks of it
        wanted = window.menus[entry]
        assert not wanted.isEnabled()
        assert wanted.text().replace("&", "").removesuffix("…") in listed[0], listed
    palette.field.setText("")
    able = [not palette.list.topLevelItem(row).data(0, QUIET_ROLE) for row in range(palette.list.topLevelItemCount())]
    assert able == sorted(able, reverse=True)  # to look through all: what can be done now
    palette.close()


def row_of(dialog: ShortcutsDialog, name: str) -> QTreeWidgetItem:
    (item,) = dialog.table.findItems(name, Qt.MatchFlag.MatchExactly)
    return item


def test_other_keys_are_chosen_kept_and_given_back(qtbot: QtBot, make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    window.menus["keys"].trigger()
    dialog = window.findChild(ShortcutsDialog)
    dialog.table.setCurrentItem(row_of(dialog, "History"))
    for keys, taken in (("Ctrl+K", True), ("Ctrl+J", False)):
        dialog.keys.setKeySequence(QKeySequence(keys))
        dialog.change.click()
        assert ("belongs to “Use the suggested number of groups”" in dialog.said.text()) == taken
    history = window.menus["history"]
    assert history.shortcut().toString() == "Ctrl+J"
    assert "(Ctrl+J)" in history.toolTip()
    again = make_window()
    assert again.menus["history"].shortcut().toString() == "Ctrl+J"
    dialog.reset.click()
    assert history.shortcut().toString() == "Ctrl+H"
    assert make_window().menus["history"].shortcut().toString() == "Ctrl+H"
    dialog.field.setText("large view")
    assert "Large view" in {dialog.table.topLevelItem(row).text(1) for row in range(dialog.table.topLevelItemCount())}
    dialog.close()


def test_the_list_of_keys_calls_each_action_by_what_it_is_at_any_time(window: MainWindow) -> None:
    window.state.select_photo(next(iter(window.state.photos)))
    window.corrections.rename(window.state.groups[0].id, "Roses & thorns")
    window.menus["keys"].trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert row_of(dialog, "Undo").text(2)
    assert row_of(dialog, "Group in place 1").text(2) == "1"
    dialog.close()
