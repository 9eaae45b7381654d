"""An action added to the registry is offered by the window, carried out, listed and taken back under its own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.fifth_action import add_clone
from tests.helpers.window import WAIT, answer


def test_a_fifth_action_from_the_dialog_to_undo(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = add_clone(monkeypatch)
    window.tools.organize.click()
    dialog = window.findChild(OrganizeDialog)
    assert dialog is not None
    dialog.destination.setText(str(tmp_path / "out"))
    dialog.action.setCurrentIndex(dialog.action.findText("Clone"))
    assert dialog.action.currentData() == name
    assert dialog.explanation.text() == "Shares the bytes until one of the two is edited."
    assert dialog.go.text() == "Clone"
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == "Clone 24 photos"
    dialog.go.click()
    qtbot.waitUntil(lambda: "24 photos cloned." in window.notice.text.text(), timeout=WAIT)
    window.menus["history"].trigger()
    history = window.findChild(HistoryDialog)
    assert history is not None
    row = history.table.topLevelItem(0)
    assert row is not None
    assert row.text(1) == "clone"
    history.undo_button.click()
    assert "Take back the clone of 24 photos" in answer(qtbot, window, "Take back").text()
    qtbot.waitUntil(lambda: "24 photos unmade." in window.notice.text.text(), timeout=WAIT)
    assert not (tmp_path / "out").exists()
