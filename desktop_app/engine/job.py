"""Cancelling and progress for long work, the same for the window and the command line.

Work calls `JobContext.check` between small steps and `JobContext.progress` as often as it likes: events are
throttled here, where they are made, so that no listener can be flooded.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.engine.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """One progress event: ``done`` of ``total`` (0 when unknown), the stage in a person's words, and timing."""

    done: int
    total: int
    text: str
    seconds: float

    @property
    def rate(self) -> float:
        """Items per second of this stage so far; 0 before anything is known."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end of the stage, None while it cannot be known."""
        if self.total <= 0 or self.done <= 0 or self.seconds <= 0:
            return None
        return (self.total - self.done) * self.seconds / self.done


class JobContext:
    """Carries one job's cancel and pause flags and its progress listener; safe to share between threads.

    Args:
        listener: called with at most ``max_events_per_second`` `Progress` events, always with the first and the last
            of a stage (a stage is a run of calls with the same text).
        max_events_per_second: the throttle.
    """

    def __init__(
        self,
        listener: Callable[[Progress], None] | None = None,
        max_events_per_second: float = 10.0,
    ) -> None:
        self._listener = listener
        self._interval = 1.0 / max_events_per_second
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._lock = threading.Lock()
        self._stage = ""
        self._stage_start = 0.0
        self._paused_at: float | None = None
        self._last_event = 0.0

    def cancel(self) -> None:
        """Ask the job to stop; it raises `Cancelled` at its next check."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Hold the job at its next check until `resume` or `cancel`."""
        with self._lock:
            if self._paused_at is None:
                self._paused_at = time.monotonic()
        self._running.clear()

    def resume(self) -> None:
        """Let a paused job go on."""
        with self._lock:
            if self._paused_at is not None:
                # Rest is no work: without this the rate would fall, and the time left grow, with each pause.
                self._stage_start += time.monotonic() - self._paused_at
                self._paused_at = None
        self._running.set()

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Return at once, wait while paused, raise `Cancelled` when asked to stop."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def progress(self, done: int, total: int, text: str) -> None:
        """Report ``done`` of ``total`` (0 = unknown) of the stage called ``text``; also checks for cancellation."""
        self.check()
        if self._listener is None:
            return
        now = time.monotonic()
        with self._lock:
            if text != self._stage:
                self._stage, self._stage_start, self._last_event = text, now, -math.inf
            if now - self._last_event < self._interval and done != total:
                return
            self._last_event = now
            event = Progress(done, total, text, now - self._stage_start)
        self._listener(event)
