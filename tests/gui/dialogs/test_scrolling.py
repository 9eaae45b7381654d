"""Dialogs that scroll give the keyboard to what can be written into."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QScrollArea, QToolButton

from desktop_app.gui.dialogs.palette import Palette
from desktop_app.gui.dialogs.settings import SettingsDialog
from desktop_app.gui.dialogs.shortcuts import ShortcutsDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.hands import dialog, press, write


@pytest.mark.parametrize(("entry", "kind"), [("find_action", Palette), ("keys", ShortcutsDialog)])
def test_what_is_typed_is_looked_for_at_once(
    make_window: Callable[[], MainWindow], entry: str, kind: type[Palette | ShortcutsDialog]
) -> None:
    window = make_window()
    window.menus[entry].trigger()
    shown = dialog(kind)
    write("un")
    assert shown.field.text() == "un"
    assert all(button.accessibleName() for button in shown.field.findChildren(QToolButton))
    shown.close()


def test_keys_change_a_setting_at_once_and_scroll_a_text(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    for entry, scrolls in (("settings", False), ("words", True)):
        window.menus[entry].trigger()
        shown: QDialog = dialog(SettingsDialog if entry == "settings" else QDialog)
        assert isinstance(shown.focusWidget(), QScrollArea) == scrolls
        press("Escape")
