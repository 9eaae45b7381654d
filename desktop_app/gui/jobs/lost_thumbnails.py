"""Thumbnails that the cache has lost: made again from their files once they are asked for, behind everything else."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.views.thumbnails import Thumbnails

_QUEUE_LENGTH = 600  # as that of thumbnails: what was asked for before is long out of sight


class LostThumbnails(QObject):
    """Listens for thumbnails that were not there, and lets them be asked for again when they are.

    Args:
        state: tells when the folder is another.
        runner: runs the reading.
        thumbnails: what was asked for.
        library: of the open folder, None where there is none.
    """

    def __init__(
        self,
        state: AppState,
        runner: JobRunner,
        thumbnails: Thumbnails,
        library: Callable[[], Library | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._thumbnails = thumbnails
        self._library = library
        self._lock = threading.Lock()
        self._wanted: deque[int] = deque(maxlen=_QUEUE_LENGTH)
        self._tried: set[int] = set()
        self._made: set[int] = set()
        thumbnails.missed.connect(self._want)
        state.folder_changed.connect(self._forget)

    def _forget(self) -> None:
        with self._lock:
            self._wanted.clear()
        self._tried.clear()
        self._made.clear()

    def _want(self, photo_ids: list[int]) -> None:
        if self._runner.is_busy(Lane.INDEX):
            return  # photos are announced a moment before the cache has their thumbnails; those are asked for again
        # Looked for before they were made, and told only after: they are there by now.
        late = self._made.intersection(photo_ids)
        self._made -= late
        for photo_id in late:
            self._thumbnails.ask_again(photo_id)
        fresh = [photo_id for photo_id in photo_ids if photo_id not in self._tried]
        self._tried.update(fresh)  # a file that has gone would be tried at every glance
        with self._lock:
            self._wanted.extend(fresh)
        self._begin()

    def _begin(self) -> None:
        library = self._library()
        with self._lock:
            waiting = bool(self._wanted)
        if library is None or not waiting or self._runner.is_busy(Lane.LOST):
            return

        def work(ctx: JobContext, emit: Emit) -> None:
            while True:
                ctx.check()
                with self._lock:
                    photo_id = self._wanted.pop() if self._wanted else None
                if photo_id is None:
                    return
                if library.make_thumbnail(photo_id, ctx):
                    emit(photo_id)

        def made(photo_id: int) -> None:
            self._made.add(photo_id)
            self._thumbnails.ask_again(photo_id)

        def again(_result: object) -> None:
            self._begin()  # what was asked for while the last one ended

        self._runner.start(Lane.LOST, work, item=made, done=again, failed=again)
