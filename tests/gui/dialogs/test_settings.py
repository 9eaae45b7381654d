"""The form follows the declarations; what is saved holds at once; what cannot be is said and not saved."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from desktop_app.engine import settings
from desktop_app.engine.settings import Settings, declaration
from desktop_app.gui.dialogs.settings import SettingsDialog
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import is_dark
from tests.helpers.window import WAIT, answer, message, wait_for_groups


def opened(window: MainWindow) -> SettingsDialog:
    window.menus["settings"].trigger()
    return window.findChildren(SettingsDialog)[-1]


def test_the_form_shows_saves_and_applies(qtbot: QtBot, window: MainWindow) -> None:
    settings.save(Settings(model="tiny"))
    dialog = opened(window)
    assert set(dialog.editors) == {one.name for one in fields(Settings)}
    kinds = {name: type(editor) for name, editor in dialog.editors.items()}
    assert (kinds["device"], kinds["workers"], kinds["exclude"]) == (QComboBox, QSpinBox, QLineEdit)
    assert "k-means" in dialog.editors["method"].currentText()
    said = {name: editor.currentText() for name, editor in dialog.editors.items() if isinstance(editor, QComboBox)}
    assert (said["device"], said["precision"], said["theme"]) == ("Chosen by Kindred",) * 2 + ("As the system",)
    assert dialog.editors["workers"].text() == "One for each core"
    for name in ("device", "precision", "theme"):
        combo, words = dialog.editors[name], declaration(name).words
        assert {combo.itemText(row): combo.itemData(row) for row in range(combo.count())} == {
            words[choice]: choice for choice in declaration(name).choices
        }
    dialog.editors["exclude"].setText("red*; *.gif ;")
    dialog.editors["theme"].setCurrentIndex(dialog.editors["theme"].findData("dark"))
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    saved = settings.load()
    assert (saved.exclude, saved.theme, saved.model) == (("red*", "*.gif"), "dark", "tiny")
    assert is_dark(QApplication.palette())
    qtbot.waitUntil(lambda: len(window.state.photos) == 16 and bool(window.state.groups), timeout=WAIT)
    wait_for_groups(qtbot, window)

    dialog = opened(window)
    dialog.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    dialog.editors["model"].setCurrentIndex(dialog.editors["model"].findData("tiny"))
    dialog.reject()
    assert settings.load() == saved
    window.handlers.choose_theme("system")


def test_a_value_out_of_bounds_is_said_and_nothing_saved(window: MainWindow) -> None:
    settings.save(Settings(model="tiny"))
    dialog = opened(window)
    dialog.editors["exclude"].setText(";".join(f"{n}.gif" for n in range(1001)))
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    assert dialog.isVisible()
    assert "exclude" in dialog.said.text()
    assert settings.load() == Settings(model="tiny")
    dialog.reject()


def test_settings_that_cannot_be_read_are_said_and_kept_whole(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = settings.settings_file()
    file.write_text("theme = dark", encoding="utf-8")
    shown: list[Path] = []
    monkeypatch.setattr(window.handlers, "show_path", shown.append)
    window.handlers.choose_theme("light")  # holds, and is not kept
    assert not is_dark(QApplication.palette())
    said = message(qtbot, window)
    assert "no setting is kept" in said.text()
    assert str(file) in said.informativeText()
    assert "line 1" in said.informativeText()
    assert "delete the file" in said.informativeText()
    next(button for button in said.buttons() if button.text() == "Show the file").click()
    assert shown == [file]
    assert file.read_text(encoding="utf-8") == "theme = dark"

    window.menus["settings"].trigger()
    assert not window.findChildren(SettingsDialog)
    answer(qtbot, window, "Set it aside")
    aside = file.with_name("settings.damaged-1.toml")
    assert aside.read_text(encoding="utf-8") == "theme = dark"
    assert str(aside) in window.notice.text.text()
    window.handlers.choose_theme("dark")
    assert settings.load() == Settings(theme="dark")
    window.handlers.choose_theme("system")
