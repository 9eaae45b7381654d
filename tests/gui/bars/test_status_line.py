"""The line at the foot says what runs the model, and why to those who ask."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.job import JobContext, Progress
from desktop_app.gui.job_runner import Emit
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT


def test_one_place_tells_how_far_work_is_and_nothing_of_it_while_paused(qtbot: QtBot, window: MainWindow) -> None:
    bar, height = window.work_bar, window.pages.height()
    over = threading.Event()  # as long as work is under way, no other job that ends takes the bar away

    def work(ctx: JobContext, _emit: Emit) -> None:
        while not over.wait(0.05):
            ctx.check()

    window.runner.start(Lane.INDEX, work)
    bar.begin("Reading photos", can_pause=True, at_once=True)
    bar.advance(Progress(1204, 6214, "Reading photos", 20.0))
    assert bar.text.text() == "Reading photos · 1,204 of 6,214 · 60/s · about 1 min 20 s left"
    assert not window.status_line.activity.isVisible()
    bar.pause.click()
    bar.advance(Progress(1210, 6214, "Reading photos", 20.1))  # what was under way still arrives
    assert bar.text.text() == "Paused · 1,210 of 6,214"
    bar.pause.click()
    assert "/s" in bar.text.text()
    window.notice.announce("Something happened, of which there is more to say than fits into one line. " * 3)
    assert window.pages.height() == height, "work and notices moved the page"
    over.set()
    qtbot.waitUntil(lambda: not bar.isVisible() and not window.runner.is_busy(), timeout=WAIT)
    assert window.status_line.activity.text() == "idle"
    assert window.pages.height() == height


@pytest.mark.parametrize("lane", [Lane.DUPLICATES, Lane.LEARN, Lane.COMPARE])
def test_what_was_asked_for_counts_as_work_without_a_work_bar(qtbot: QtBot, window: MainWindow, lane: Lane) -> None:
    line, over = window.status_line, threading.Event()
    qtbot.waitUntil(lambda: not window.runner.is_busy() and line.activity.text() == "idle", timeout=WAIT)
    window.runner.start(lane, lambda _ctx, _emit: over.wait(WAIT / 1000))
    qtbot.waitUntil(lambda: line.activity.text() == "working", timeout=WAIT)
    assert not window.work_bar.isVisible()
    over.set()
    qtbot.waitUntil(lambda: line.activity.text() == "idle", timeout=WAIT)


def test_the_device_is_named_shortly_and_explained_on_hover(window: MainWindow) -> None:
    assert window.status_line.device.text() == "CPU, float ·"
    assert window.status_line.device.toolTip().startswith("CPU, float (this model has no int8 form);")


def test_several_selected_photos_are_counted(window: MainWindow) -> None:
    counts, state = window.status_line.counts, window.state
    before = counts.text()
    assert "selected" not in before
    state.set_selection(sorted(state.photos)[:5])
    assert counts.text() == f"{before} · 5 selected"
    state.set_selection([])
    assert counts.text() == before


def test_a_passing_message_lies_over_nothing(qtbot: QtBot, window: MainWindow) -> None:
    line, group = window.status_line, window.state.groups[0]
    assert line.problems.isVisible()
    window.corrections.rename(group.id, "Mine")
    window.state.groups_changed.emit()  # what stands in the line is said anew while it tells of the correction
    assert line.currentMessage()
    assert not line.problems.isVisible()
    assert not line.counts.isVisible()
    line.clearMessage()
    assert line.problems.isVisible()
    assert line.counts.isVisible()
