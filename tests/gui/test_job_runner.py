"""The bridge: results come back in the window's thread, late ones never, and closing leaves no thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.engine.job import JobContext
from desktop_app.gui.job_runner import Emit, JobRunner, Steps
from desktop_app.gui.jobs.lanes import Lane
from tests.helpers.window import WAIT


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner(workers=3)
    yield runner
    runner.close()
    runner.deleteLater()


def test_result_items_and_progress_arrive_in_order_in_the_main_thread(runner: JobRunner, qtbot: QtBot) -> None:
    events: list[tuple[str, object]] = []
    threads = set()

    def work(ctx: JobContext, emit: Emit) -> str:
        threads.add(threading.current_thread())
        ctx.progress(0, 2, "counting")
        emit("first")
        emit("second")
        ctx.progress(2, 2, "counting")
        return "result"

    def note(kind: str, value: object) -> None:
        assert threading.current_thread() is threading.main_thread()
        events.append((kind, value))

    runner.start(
        Lane.INDEX,
        work,
        item=lambda value: note("item", value),
        progress=lambda event: note("progress", event.done),
        done=lambda value: note("done", value),
    )
    qtbot.waitUntil(lambda: not runner.is_busy(), timeout=WAIT)
    assert events == [("progress", 0), ("item", "first"), ("item", "second"), ("progress", 2), ("done", "result")]
    assert threading.main_thread() not in threads


def test_a_new_job_of_a_lane_replaces_the_one_before_and_its_late_result_is_dropped(
    runner: JobRunner, qtbot: QtBot
) -> None:
    release, started = threading.Event(), threading.Event()
    results: list[str] = []

    def stubborn(_ctx: JobContext, emit: Emit) -> str:
        started.set()
        release.wait(WAIT / 1000)  # never looks at its flag, as a library call would not
        emit("late item")
        return "late"

    runner.start(Lane.INDEX, stubborn, done=results.append, item=results.append)
    assert started.wait(WAIT / 1000)
    runner.start(Lane.INDEX, lambda _ctx, _emit: "new", done=results.append)
    qtbot.waitUntil(lambda: results == ["new"], timeout=WAIT)
    release.set()
    finished: list[None] = []
    runner.after((Lane.INDEX,), lambda: finished.append(None))
    qtbot.waitUntil(lambda: bool(finished), timeout=WAIT)
    qtbot.wait(50)
    assert results == ["new"]


def test_cancel_reaches_the_work_and_is_announced(runner: JobRunner, qtbot: QtBot) -> None:
    announced: list[object] = []

    def endless(ctx: JobContext, _emit: Emit) -> None:
        while True:
            ctx.check()
            threading.Event().wait(0.005)

    runner.start(Lane.INDEX, endless, cancelled=announced.append)
    runner.cancel(Lane.INDEX)
    qtbot.waitUntil(lambda: len(announced) == 1, timeout=WAIT)
    assert not runner.is_busy(Lane.INDEX)


def test_a_paused_job_stands_still_and_goes_on(runner: JobRunner, qtbot: QtBot) -> None:
    steps: list[int] = []
    ended: list[object] = []

    def work(ctx: JobContext, _emit: Emit) -> None:
        for step in range(400):
            ctx.check()
            steps.append(step)
            threading.Event().wait(0.002)

    runner.start(Lane.INDEX, work, done=ended.append)
    qtbot.waitUntil(lambda: len(steps) > 3, timeout=WAIT)
    runner.set_paused(Lane.INDEX, True)
    stood = len(steps)
    qtbot.wait(110)
    assert len(steps) <= stood + 1  # the one that was under way
    runner.set_paused(Lane.INDEX, False)
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT)
    assert len(steps) == 400


def test_an_exception_reaches_the_window(runner: JobRunner, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(_ctx: JobContext, _emit: Emit) -> None:
        raise ValueError("three")

    runner.start(Lane.INDEX, work, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors), timeout=WAIT)
    assert isinstance(errors[0], ValueError)
    assert str(errors[0]) == "three"


def test_close_waits_for_paused_running_and_waiting_jobs(runner: JobRunner) -> None:
    results: list[object] = []
    ended: list[str] = []

    def endless(ctx: JobContext, _emit: Emit) -> None:
        try:
            while True:
                ctx.check()
                threading.Event().wait(0.005)
        finally:
            ended.append("ended")

    for lane in list(Lane)[:5]:  # more than there are threads: two of them never begin
        runner.start(lane, endless, done=results.append)
    runner.set_paused(Lane.INDEX, True)
    runner.close()
    assert not results
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kindred-job")]
    assert runner.start(Lane.SAMPLE, endless) == 0


def test_a_callback_in_pieces_keeps_its_lane_busy_and_later_events_in_order(runner: JobRunner, qtbot: QtBot) -> None:
    said: list[str] = []
    answered: list[int] = []

    def item(value: str) -> Steps:
        for piece in "ab":
            said.append(f"{value}{piece}")
            yield

    def done(_result: object) -> Steps:
        said.append("done")
        QTimer.singleShot(0, lambda: answered.append(len(said)))
        yield
        assert runner.is_busy(Lane.INDEX)
        yield
        said.append("over")

    def work(_ctx: JobContext, emit: Emit) -> None:
        emit("1")
        emit("2")

    runner.start(Lane.INDEX, work, done=done, item=item)
    qtbot.waitUntil(lambda: not runner.is_busy(), timeout=WAIT)
    assert said == ["1a", "1b", "2a", "2b", "done", "over"]
    assert answered == [5], "the loop answers between two pieces"


def test_pieces_of_a_job_that_is_dropped_or_failing_come_to_an_end(runner: JobRunner, qtbot: QtBot) -> None:
    said: list[str] = []

    def dropping(_result: object) -> Steps:
        said.append("first")
        runner.drop(Lane.INDEX)
        yield
        said.append("never")

    runner.start(Lane.INDEX, lambda _ctx, _emit: None, done=dropping)
    qtbot.waitUntil(lambda: not runner.is_busy(), timeout=WAIT)

    def failing(_result: object) -> Steps:
        yield
        raise RuntimeError("a defect")

    with qtbot.captureExceptions() as caught:
        runner.start(Lane.MAP, lambda _ctx, _emit: None, done=failing)
        qtbot.waitUntil(lambda: bool(caught) and not runner.is_busy(), timeout=WAIT)
    runner.start(Lane.MAP, lambda _ctx, _emit: None, done=lambda _result: said.append("after"))
    qtbot.waitUntil(lambda: not runner.is_busy(), timeout=WAIT)
    assert said == ["first", "after"]
