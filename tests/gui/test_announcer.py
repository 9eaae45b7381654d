"""What went wrong, was stopped or was done is told in words, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled, Step, UndoReport
from desktop_app.gui import desktop
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, message, offer, open_organize, wait_for_groups


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "text"])
def test_a_bad_folder_gets_a_message(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("x")
    elif kind != "missing":
        target.mkdir()
    if kind == "text":
        (target / "notes.txt").write_text("no picture")
    window = make_window()
    window.handlers.open_folder(target)
    box = message(qtbot, window)
    assert "target" in box.text()
    assert "Traceback" not in box.text() + box.informativeText()
    box.accept()
    assert not window.workflow.is_working
    assert window.memory.recent() == []
    assert window.pages.currentWidget() is window.welcome


def test_an_unexpected_error_is_told_kindly_and_logged(
    qtbot: QtBot, make_window: Callable[[], MainWindow], caplog: pytest.LogCaptureFixture
) -> None:
    window = make_window()
    window.workflow.failed.emit(ZeroDivisionError("division by zero"))
    box = message(qtbot, window)
    assert "should not have" in box.text()
    assert "Traceback" not in box.informativeText()
    assert any(record.exc_info for record in caplog.records)
    (file,) = paths.log_dir().glob("crash-*.txt")
    assert str(file) in box.informativeText()
    assert "ZeroDivisionError: […]" in file.read_text(encoding="utf-8")
    box.accept()


def test_show_folder_shows_what_is_there(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(desktop, "show_in_folder", lambda path: shown.append(path) or True)
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: "24 photos copied" in window.notice.text.text(), timeout=WAIT)
    qtbot.mouseClick(offer(window, "Show folder"), LEFT)
    assert [path.exists() for path in shown] == [True]
    assert shown[0].parent == tmp_path / "out"


def test_a_run_that_was_stopped_offers_what_a_finished_one_does(window: MainWindow, tmp_path: Path) -> None:
    step = Step(1, tmp_path / "a.jpg", tmp_path / "out" / "Group 1" / "a.jpg", 1, 1)
    applied = ApplyReport("r", "copy", "cancelled", (step,), (), (), 1, 0.1)
    window.workflow.work_cancelled.emit(Lane.ORGANIZE, RunCancelled(applied))
    assert window.notice.text.text() == applied.text
    assert offer(window, "Undo").isEnabled()
    undone = UndoReport("r", "copy", "cancelled", (step,), (), 0.1)
    window.workflow.work_cancelled.emit(Lane.ORGANIZE, RunCancelled(undone))
    assert window.notice.text.text() == undone.text
    window.workflow.work_cancelled.emit(Lane.ORGANIZE, Cancelled())
    assert "before anything was touched" in window.notice.text.text()


def test_without_a_place_of_its_own_the_window_opens_and_says_so(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, kindred_home: Path
) -> None:
    for name in ("journals", "cache", "config", "logs"):
        (kindred_home / name).touch()
    window = make_window()
    window.handlers.open_folder(album)
    window.announcer.say_without_memory()
    assert "Kindred works without a memory" in window.notice.text.text()
    assert str(kindred_home / "journals") in window.notice.text.text()
    wait_for_groups(qtbot, window)
    assert window.findChild(QMessageBox) is None
