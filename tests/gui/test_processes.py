"""A method that works in a process of its own, in the window: cancelling and closing end the process."""

from __future__ import annotations

import subprocess

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.clustering import affinity
from desktop_app.gui.main_window import MainWindow
from tests.helpers import child_tasks
from tests.helpers.processes import watched
from tests.helpers.window import WAIT


@pytest.fixture
def started(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that grouping by a method without end has started: one."""
    monkeypatch.setattr(affinity, "exemplars", child_tasks.forever)
    started = watched(monkeypatch)
    window.grouping.choose_method("affinity")
    qtbot.waitUntil(lambda: len(started) == 1, timeout=WAIT)
    return started


def test_cancelling_ends_the_process_and_the_groups_before_stay(
    qtbot: QtBot, window: MainWindow, started: list[subprocess.Popen[bytes]]
) -> None:
    before = window.state.groups
    window.workflow.cancel()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert started[0].returncode not in (None, 0)
    assert window.state.groups == before
    assert window.tools.method.currentData() == window.state.method == "kmeans"
    assert window.notice.text.text() == "Stopped. The groups are as they were."


def test_closing_the_window_ends_the_process(window: MainWindow, started: list[subprocess.Popen[bytes]]) -> None:
    assert started[0].poll() is None
    window.close()
    assert started[0].returncode not in (None, 0)
