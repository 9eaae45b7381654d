"""Files that could not be read are named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.index.reading import Outcome, Reader
from desktop_app.engine.types import PhotoFile
from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, draw, message, open_organize


def test_a_folder_of_broken_pictures_stays_open_with_its_problems(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert window.scatter.hint.text() == "No photo of this folder could be read."
    # The same bytes may be readable to another try: the answer must not come from memory.
    read: list[Path] = []
    decode = Reader.read

    def note(reader: Reader, files: Sequence[tuple[int, PhotoFile]]) -> list[Outcome]:
        read.extend(file.path for _, file in files)
        return decode(reader, files)

    monkeypatch.setattr(Reader, "read", note)
    qtbot.mouseClick(window.findChild(ProblemsView).retry, LEFT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert read == [tmp_path / "broken.jpg"]
    assert table.topLevelItem(0).text(0) == "broken.jpg"


def test_what_a_run_left_alone_stays_listed(qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path) -> None:
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    draw(album / "red 0.jpg", (9, 9, 9), seed=3)
    dialog.go.click()
    qtbot.waitUntil(lambda: "23 photos copied" in window.notice.text.text(), timeout=WAIT)
    assert window.notice.is_warning
    window.notice.hide()
    window.menus["problems"].trigger()
    view = window.findChild(ProblemsView)
    assert view.tabs.tabText(view.LEFT_ALONE) == "Left &alone (1)"
    assert view.left_alone.topLevelItem(0).text(0) == "red 0.jpg"
    view.close()
