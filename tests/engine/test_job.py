"""Cancel, pause and the throttle of progress events."""

from __future__ import annotations

import threading

import pytest

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext, Progress
from tests.helpers.waiting import WAIT


def test_a_cancelled_job_stops_at_its_next_check_even_while_paused() -> None:
    ctx = JobContext()
    ctx.check()
    ctx.pause()
    stopped = threading.Event()

    def work() -> None:
        with pytest.raises(Cancelled):
            ctx.check()
        stopped.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert not stopped.wait(0.05), "a paused job went on"
    ctx.cancel()
    thread.join(WAIT)
    assert stopped.is_set()
    assert ctx.cancelled


def test_resume_lets_a_paused_job_go_on() -> None:
    ctx = JobContext()
    ctx.pause()
    thread = threading.Thread(target=ctx.check)
    thread.start()
    ctx.resume()
    thread.join(WAIT)
    assert not thread.is_alive()


def test_a_pause_counts_neither_for_the_rate_nor_for_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("desktop_app.engine.job.time.monotonic", lambda: clock[0])
    events: list[Progress] = []
    ctx = JobContext(events.append)
    ctx.progress(0, 100, "Reading")
    clock[0] += 10
    ctx.pause()
    ctx.pause()
    clock[0] += 1000
    ctx.resume()
    ctx.resume()
    ctx.progress(50, 100, "Reading")
    assert (events[-1].rate, events[-1].seconds_left) == (5.0, pytest.approx(10.0))


def test_a_flood_of_progress_is_throttled_but_first_and_last_of_each_stage_arrive() -> None:
    events: list[Progress] = []
    ctx = JobContext(events.append, max_events_per_second=1e-9)
    for stage in ("Looking", "Grouping"):
        for done in range(1, 1001):
            ctx.progress(done, 1000, stage)
    seen = [(event.text, event.done) for event in events]
    assert seen == [("Looking", 1), ("Looking", 1000), ("Grouping", 1), ("Grouping", 1000)]


def test_rate_and_time_left_follow_from_the_stage_so_far() -> None:
    assert Progress(50, 200, "x", 10.0).rate == 5.0
    assert Progress(50, 200, "x", 10.0).seconds_left == pytest.approx(30.0)
    assert Progress(50, 0, "x", 10.0).seconds_left is None
