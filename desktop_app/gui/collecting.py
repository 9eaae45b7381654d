"""When Python looks for garbage: while nothing else is done, for its look at all objects holds up every thread.

A folder of 100,000 files makes a million objects for a while. A full collection among them takes 0.2 s, in which no
thread runs, the window's neither.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from desktop_app.gui.job_runner import JobRunner

_SELDOM = 1000
"""Young collections before a full one comes all the same: some seven million objects, in hours of work."""
_REST_MS = 1500
_LONG = 0.02  # seconds


class Collecting(QObject):
    """Collects all garbage each time that the work is over; what is there at the start is never looked at again.

    Args:
        runner: tells when.
    """

    def __init__(self, runner: JobRunner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._collect)
        first, second, _ = gc.get_threshold()
        gc.set_threshold(first, second, _SELDOM)
        gc.freeze()  # modules, classes and the window: they live to the end
        runner.busy_changed.connect(self._wait_for_rest)

    def _wait_for_rest(self) -> None:
        if self._runner.is_busy():
            self._rest.stop()
        else:
            self._rest.start()

    def _collect(self) -> None:
        began = time.thread_time()
        gc.collect()
        if time.thread_time() - began > _LONG:
            # So much is there to stay, such as modules imported since, or the files of a folder: not looked at again,
            # it makes the next time short. It goes all the same when nothing refers to it.
            gc.freeze()
