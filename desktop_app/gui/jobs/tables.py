"""Goes through the photos once, so that sorting and filtering them costs the window nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.engine.photo_list import PhotosById
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.views.photo_order import PhotoTable


class Tables(QObject):
    """Makes the table of the photos whenever they are others.

    Args:
        state: has the photos, and receives the table.
        runner: runs the work.
    """

    def __init__(self, state: AppState, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._runner = runner
        state.photos_changed.connect(self._make)

    def _make(self) -> None:
        photos = self._state.photos
        if isinstance(photos, PhotosById) and photos and self._state.table is None:
            listed = photos.listed
            self._runner.start(
                Lane.TABLE, lambda ctx, _emit: PhotoTable.of(listed, ctx.check), done=self._state.set_table
            )
