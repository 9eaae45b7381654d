"""Garbage is collected while the window rests, and never among the objects of a large folder."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.collecting import Collecting
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane
from tests.helpers.window import WAIT


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    thresholds = gc.get_threshold()
    runner = JobRunner()
    yield runner
    runner.close()
    runner.deleteLater()
    gc.set_threshold(*thresholds)
    gc.unfreeze()


class Knot:
    """Refers to itself: only a collection finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_goes_when_the_work_is_over(qtbot: QtBot, runner: JobRunner) -> None:
    Collecting(runner)
    for _ in range(2):  # after a long one, what is there is not looked at again
        knot = Knot()
        for _ in range(3):
            gc.collect(1)  # it is old: no young collection looks at it any more
        gone = weakref.ref(knot)
        del knot
        runner.start(Lane.INDEX, lambda _ctx, _emit: None)
        qtbot.waitUntil(lambda gone=gone: gone() is None, timeout=WAIT)


def test_many_objects_start_no_full_collection(runner: JobRunner) -> None:
    Collecting(runner)
    full: list[str] = []

    def listen(phase: str, info: dict[str, int]) -> None:
        if info["generation"] == 2:
            full.append(phase)

    gc.callbacks.append(listen)
    try:
        kept = [[number] for number in range(600_000)]
    finally:
        gc.callbacks.remove(listen)
    assert len(kept) == 600_000
    assert not full
