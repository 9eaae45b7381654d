"""The questions "which photos are most like this one?", in the order they were asked."""

from __future__ import annotations

from pathlib import Path

import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Neighbors
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.workflow import Workflow
from desktop_app.gui.views.thumbnails import load_image

_COUNT = 36
_PICTURE_SIDE = 256


class NeighborSearch(QObject):
    """Asks the open library, and remembers what was asked so that one can go back.

    Args:
        flow: knows the open library.
        state: receives the neighbors.
        runner: runs the search.
    """

    history_changed = Signal()
    ranked = Signal(object, object)
    """What was asked about (int | Path), and all photos by their likeness to it (`Neighbors`, None for a failure)."""

    def __init__(self, flow: Workflow, state: AppState, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._state = state
        self._runner = runner
        self._asked: list[int | Path] = []
        self._position = -1
        self._quiet = False
        state.selected_photo_changed.connect(self._follow)
        state.folder_changed.connect(self._forget)
        state.photos_changed.connect(self._answer_late)
        state.renumbered.connect(self._renumber)

    def _forget(self) -> None:
        self._asked, self._position = [], -1
        self.history_changed.emit()

    def _renumber(self, ids: NewIds) -> None:
        self._asked = [one if isinstance(one, Path) else ids.one(one) for one in self._asked]

    def _answer_late(self) -> None:
        """What was asked while photos were still being read is answered now; nobody asks about what is gone."""
        if self._state.indexed:
            photos, before = self._state.photos, self._asked[: self._position + 1]
            self._asked = [one for one in self._asked if isinstance(one, Path) or one in photos]
            kept = sum(isinstance(one, Path) or one in photos for one in before)
            self._position = max(kept - 1, 0 if self._asked else -1)
        if self._asked and self._state.indexed:
            self._find()

    def ask(self, query: int | Path) -> None:
        """Show the photos most like ``query``; Back returns to what was shown before."""
        if isinstance(query, Path):
            # A file that is one of the photos is asked about as that photo: it has a group, and can be selected.
            known = self._state.id_at(query)
            if known is not None:
                self.select_beside([known], known)
                query = known
        if not self._asked or self._asked[self._position] != query:
            self._asked = [*self._asked[: self._position + 1], query]
            self._position = len(self._asked) - 1
        self._find()

    def _follow(self) -> None:
        """The photo that is looked at, wherever it was selected, is the question whose neighbors are shown."""
        if self._state.selected_photo is not None and not self._quiet:
            self.ask(self._state.selected_photo)

    def choose(self, photo_id: int) -> None:
        """Select a photo and show its neighbors, also when it is selected already."""
        self.select_beside([photo_id], photo_id)
        self.ask(photo_id)

    def select_beside(self, ids: npt.ArrayLike, current: int | None) -> None:
        """Select photos while the neighbors that are shown stay."""
        self._quiet = True
        try:
            self._state.set_selection(ids, current)
        finally:
            self._quiet = False

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) through the questions asked."""
        if 0 <= self._position + by < len(self._asked):
            self._position += by
            query = self._asked[self._position]
            if not isinstance(query, Path):
                self.select_beside([query], query)
            self._find()

    @property
    def can_go_back(self) -> bool:
        return self._position > 0

    @property
    def can_go_forward(self) -> bool:
        return self._position + 1 < len(self._asked)

    def _find(self) -> None:
        library, query = self._flow.library, self._asked[self._position]
        self.history_changed.emit()
        if library is None or not self._state.indexed:
            return

        def work(ctx: JobContext, _emit: Emit) -> tuple[Neighbors, QImage | None]:
            found = library.neighbors(query, _COUNT, ctx)
            return found, _picture(query) if isinstance(query, Path) else None

        self._runner.start(
            Lane.NEIGHBORS,
            work,
            done=lambda found: self._state.set_neighbors(query, *found),
            failed=lambda error: self._refused(query, error),
        )

    def _refused(self, query: int | Path, error: Exception) -> None:
        """A file that is no picture is not asked about again on the way back."""
        if isinstance(query, Path) and query in self._asked:
            place = self._asked.index(query)
            del self._asked[place]
            self._position -= place <= self._position
            if self._asked and self._position < 0:
                self._position = 0
            self.history_changed.emit()
        self._flow.failed.emit(error)

    def rank(self) -> None:
        """Order all photos by their likeness to the one that is asked about."""
        library, query = self._flow.library, self._state.neighbors_of
        if library is None or query is None or not self._state.indexed:
            return
        self._runner.start(
            Lane.RANKING,
            lambda ctx, _emit: library.neighbors(query, len(library.photos), ctx),
            done=lambda found: self.ranked.emit(query, found),
            failed=lambda error: self._not_ranked(query, error),
        )

    def _not_ranked(self, query: int | Path, error: Exception) -> None:
        self.ranked.emit(query, None)
        self._flow.failed.emit(error)


def _picture(path: Path) -> QImage:
    from desktop_app.engine.pictures.decode import decode, read_bytes

    return load_image(decode(read_bytes(path), _PICTURE_SIDE).image, _PICTURE_SIDE)
