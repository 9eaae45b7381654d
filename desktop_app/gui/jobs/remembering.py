"""What a person decided about the open folder, read when it is opened and kept whenever it changes."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine import curation
from desktop_app.engine.curation import Curation, renumbering
from desktop_app.engine.errors import UserError
from desktop_app.engine.index.glances import glanced
from desktop_app.engine.language import tr
from desktop_app.engine.photo_list import PhotoList, PhotosById
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane

_SOON = 1000  # ms

_log = logging.getLogger(__name__)


class Remembering(QObject):
    """Keeps the state's curation. Corrections are written at once, in a thread: a disk may take its time.

    Args:
        state: has it.
        runner: runs the writing.
    """

    noticed = Signal(str)
    """Something to know that stops nothing."""

    def __init__(self, state: AppState, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._keep_granted)
        self._may, self._said = True, False
        self._lock = threading.Lock()
        self._number, self._written = 0, 0
        self._kept_for: PhotoList | None = None
        self._shared = curation.Shared()
        for signal in (state.request_changed, state.groups_changed, state.group_renamed):
            signal.connect(lambda *_: self._soon.start())
        state.corrected.connect(self._keep_at_once)  # nobody decides a thing twice

    def recall(self, folder: Path) -> Curation:
        """What is known of the groups of ``folder``. What this program cannot read, it does not overwrite either."""
        self._may, self._said = True, False
        try:
            known = curation.load(folder)
        except UserError as error:
            self._may = False
            self.noticed.emit(tr("{error} Until then names are not shown, and new ones are not kept.", error=error))
            return Curation()
        self._shared.note(folder, known)
        if known.trouble:
            self.noticed.emit(known.trouble)
        return known

    def spare(self) -> None:
        """A part of the photos says nothing of what was decided about all of them: from now on nothing is kept."""
        self._may = self._may and not self._state.curation.is_decided

    def keep(self) -> None:
        """Keep what was decided about the open folder, before this returns."""
        if (asked := self._asked()) is not None:
            self._tell(self._write(*asked))

    def _keep_granted(self) -> None:
        # What is still being worked out may fail, and would then be asked for again at each start. Its result, or what
        # it gives way to, is kept a moment later.
        if not self._runner.is_busy(Lane.CLUSTER):
            self._keep_at_once()

    def _keep_at_once(self) -> None:
        asked = self._asked()
        if asked is not None:
            self._runner.start(Lane.KEEP, lambda _ctx, _emit: self._write(*asked), done=self._tell)

    def _asked(self) -> tuple[int, Path, Curation, PhotoList | None] | None:
        """What is to be kept; None of a folder that could not be read, which has nothing to be remembered."""
        self._soon.stop()
        folder, photos = self._state.folder, self._state.photos
        if folder is None or not photos or not self._may:
            return None
        self._number += 1
        listed = photos.listed if isinstance(photos, PhotosById) else None
        return self._number, folder, self._state.remembered(), listed

    def _write(self, number: int, folder: Path, known: Curation, photos: PhotoList | None) -> UserError | None:
        """Called in any thread; why it could not be written, None where it was, or where a later one was already."""
        with self._lock:
            if number < self._written:
                return None
            self._written = number
            try:
                if not self._shared.may_write(folder, known):
                    return None
                if photos is not None and photos is not self._kept_for:
                    renumbering.keep(folder, renumbering.glances(photos))  # before: the ids mean nothing without
                    self._kept_for = photos
                curation.save(folder, known if photos is None else known.with_files(photos, folder.absolute()))
                self._shared.note(folder, known)
            except UserError as error:
                return error
            if photos is not None and not glanced(photos).any():
                renumbering.forget(folder, known)
        return None

    def _tell(self, error: UserError | None) -> None:
        if error is None:
            return
        _log.warning("refused: %s", error.code)
        _log.debug("%s", error)
        if not self._said:
            self.noticed.emit(str(error))
        self._said = True  # tried again with each change, said once a folder
