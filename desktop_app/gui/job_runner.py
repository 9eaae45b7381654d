"""The only bridge between worker threads and Qt.

Work is a function ``work(ctx, emit)`` that runs in a thread of a pool; whatever it has to say comes back to the
window's thread through one queued signal that carries the job's number. A job that was replaced has no number any
more, so that its late events fall on the floor instead of on a view that has moved on.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext, Progress
from desktop_app.gui.jobs.lanes import Lane

Emit = Callable[[Any], None]
Work = Callable[[JobContext, Emit], Any]
Steps = Generator[None, None, None]
"""What a callback does piece by piece: between two pieces the window answers."""

_ENDS = ("done", "failed", "cancelled")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    lane: Lane
    context: JobContext
    done: Callable[[Any], Steps | None] | None
    failed: Callable[[Exception], None] | None
    item: Callable[[Any], Steps | None] | None
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[Cancelled], None] | None


class JobRunner(QObject):
    """Runs work in threads, one job a lane: a new job of a lane replaces the one before it.

    Args:
        workers: threads in the pool.
        parent: Qt parent; `close` must be called before it goes away.
    """

    busy_changed = Signal()
    """A job began or ended."""
    _event = Signal(int, str, object)

    def __init__(self, workers: int = 4, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="kindred-job")
        self._jobs: dict[int, _Job] = {}
        self._futures: dict[int, tuple[Lane | None, Future[None]]] = {}
        self._next = 1
        self._closed = False
        self._steps: deque[tuple[int, Steps, bool]] = deque()  # and whether its job ends with it
        self._step_soon = QTimer(self, singleShot=True, interval=0)
        self._step_soon.timeout.connect(self._step)
        self._event.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        lane: Lane,
        work: Work,
        *,
        done: Callable[[Any], Steps | None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        item: Callable[[Any], Steps | None] | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[Cancelled], None] | None = None,
    ) -> int:
        """Run ``work`` in ``lane`` and call back in the window's thread; returns the job's number.

        The job before it in the lane is cancelled, and its callbacks never come. ``failed`` gets every exception but
        `Cancelled`; ``item`` gets what the work emits; ``cancelled`` is for `cancel` alone, not for a replaced job.
        ``item`` and ``done`` may be generators (`Steps`): the lane counts as busy until it has come to its end.
        """
        if self._closed:
            return 0
        self._drop(lane)
        number, self._next = self._next, self._next + 1
        # The number goes with every event, not the lane: by the time it arrives another job may have the lane.
        context = JobContext(lambda event: self._event.emit(number, "progress", event))
        self._jobs[number] = _Job(lane, context, done, failed, item, progress, cancelled)
        future = self._pool.submit(self._run, number, context, work)
        self._futures[number] = (lane, future)
        self.busy_changed.emit()
        return number

    def _run(self, number: int, context: JobContext, work: Work) -> None:
        try:
            context.check()  # one that was replaced while it waited for a thread does not begin
            result = work(context, lambda item: self._event.emit(number, "item", item))
        except Cancelled as stopped:
            self._event.emit(number, "cancelled", stopped)
        except Exception as error:  # noqa: BLE001  the thread's outermost frame: whatever happened belongs to the window
            self._event.emit(number, "failed", error)
        else:
            self._event.emit(number, "done", result)

    def _deliver(self, number: int, kind: str, payload: Any) -> None:
        if kind in _ENDS:
            # Of dropped jobs too: `after` would wait for ever longer lists of jobs long gone.
            self._futures.pop(number, None)
            if kind == "failed" and number not in self._jobs:
                _log.info("a job that nobody waits for failed: %s", payload)
        if any(one == number for one, _, _ in self._steps):
            self._steps.append((number, self._handle_later(number, kind, payload), False))
        else:
            self._handle(number, kind, payload)

    def _handle_later(self, number: int, kind: str, payload: Any) -> Steps:
        yield
        self._handle(number, kind, payload)

    def _handle(self, number: int, kind: str, payload: Any) -> None:
        job = self._jobs.get(number)
        if job is None:
            return
        ended = kind in _ENDS
        if ended:
            # Before its callback, which may start the next job of the lane: that one would cancel this as its
            # predecessor, and whoever asks would find the lane busy with what is over.
            del self._jobs[number]
        callback = {
            "done": job.done,
            "failed": job.failed,
            "item": job.item,
            "progress": job.progress,
            "cancelled": job.cancelled,
        }[kind]
        steps = callback(payload) if callback is not None else None
        if isinstance(steps, Generator):
            self._jobs[number] = job
            self._steps.appendleft((number, steps, ended))
            self._step_soon.start()
        elif ended:
            # After its callback: between a job and the one that follows from it the window must not look idle.
            self.busy_changed.emit()

    def _step(self) -> None:
        number, steps, ends = self._steps.popleft()
        over = True
        try:
            if number in self._jobs:  # else another job has its place, or its folder was left
                over = next(steps, steps) is steps
        finally:
            if over and ends and self._jobs.pop(number, None) is not None:
                self.busy_changed.emit()
            if not over:
                self._steps.appendleft((number, steps, ends))
            if self._steps:
                self._step_soon.start()

    def is_busy(self, *lanes: Lane) -> bool:
        """True while a job of one of ``lanes`` runs (of any lane when none is named)."""
        return any(not lanes or job.lane in lanes for job in self._jobs.values())

    def cancel(self, lane: Lane) -> None:
        """Ask the lane's job to stop; its ``cancelled`` callback comes when it has."""
        for job in self._jobs.values():
            if job.lane == lane:
                job.context.cancel()

    def set_paused(self, lane: Lane, paused: bool) -> None:
        """Hold the lane's job, or let it go on."""
        for job in self._jobs.values():
            if job.lane == lane:
                if paused:
                    job.context.pause()
                else:
                    job.context.resume()

    def drop(self, *lanes: Lane) -> None:
        """Cancel the jobs of ``lanes`` and forget them: no callback of theirs comes any more."""
        for lane in lanes:
            self._drop(lane)
        self.busy_changed.emit()

    def _drop(self, lane: Lane) -> None:
        for number in [number for number, job in self._jobs.items() if job.lane == lane]:
            self._jobs.pop(number).context.cancel()

    def after(self, lanes: tuple[Lane, ...], release: Callable[[], None]) -> None:
        """Call ``release`` in a thread once every job begun so far in ``lanes``, dropped ones too, has ended."""
        earlier = [future for lane, future in self._futures.values() if lane in lanes]

        def work(_ctx: JobContext, _emit: Emit) -> None:
            # This holds a thread, but never the last one that a job it waits for would need: the pool is first in,
            # first out, so that those jobs have their threads already, or are done.
            wait(earlier)
            release()

        number, self._next = self._next, self._next + 1
        self._futures[number] = (None, self._pool.submit(self._run, number, JobContext(), work))

    def close(self) -> None:
        """Cancel everything, wait for the threads, deliver nothing more."""
        if self._closed:
            return
        # Closed first, so that nothing begins behind our back; the threads are waited for before anything they use goes
        # away; and what they said to the end is still queued, for objects that Qt takes down next.
        self._closed = True
        for job in self._jobs.values():
            job.context.cancel()
        self._jobs.clear()
        self._step_soon.stop()
        self._steps.clear()
        self._pool.shutdown(wait=True)
        self._futures.clear()
        self._event.disconnect(self._deliver)
        self.busy_changed.emit()  # nobody may go on waiting for what will not come, such as a bar about to appear
