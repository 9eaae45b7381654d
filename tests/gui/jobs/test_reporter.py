"""A report is saved from the menu, in the background, and never over another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.engine.support import report
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, message


def test_a_report_is_saved_once_and_said(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.txt"
    chosen = ["", str(file), str(file)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen.pop(0), ""))
    window = make_window()
    window.menus["save_report"].trigger()
    assert not window.notice.isVisible()
    window.menus["save_report"].trigger()
    qtbot.waitUntil(lambda: str(file) in window.notice.text.text(), timeout=WAIT)
    assert report.CONTENTS in window.notice.text.text()
    before = file.read_bytes()
    assert b"Settings" in before
    window.menus["save_report"].trigger()
    box = message(qtbot, window)
    assert "stays as it is" in box.text()
    box.accept()
    assert file.read_bytes() == before
