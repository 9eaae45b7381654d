"""Files that could not be read are named with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, message


def test_a_folder_of_broken_pictures_stays_open_with_its_problems(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    window = make_window()
    window.handlers.open_folder(tmp_path)
    message(qtbot, window).accept()
    assert window.status_line.problems.isVisible()
    qtbot.mouseClick(window.status_line.problems, LEFT)
    table = window.findChild(ProblemsView).table
    assert table.topLevelItem(0).text(0) == "broken.jpg"
    assert table.topLevelItem(0).text(1)
