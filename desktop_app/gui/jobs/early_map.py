"""The map while photos are still arriving: drawn anew each time it has grown by half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop_app.engine.project import project
from desktop_app.engine.types import Embeddings, Float32Array, Photo
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane

_FIRST = 12
_GROWTH = 1.5  # so that all the sketches together cost about three times the last one


class EarlyMap:
    """Collects vectors as they arrive and has them projected now and then.

    Args:
        state: receives the projections.
        runner: runs them, in the lane of the final one, which replaces a sketch that comes late.
    """

    def __init__(self, state: AppState, runner: JobRunner) -> None:
        self._state = state
        self._runner = runner
        self.begin()

    def begin(self) -> None:
        """Forget what was collected: another folder, or the end."""
        self._ids: list[int] = []
        self._vectors: list[Float32Array] = []
        self._next = _FIRST

    def add(self, photos: Sequence[Photo], vectors: Float32Array) -> None:
        """Take more photos with their vectors, float32[B, D]."""
        self._ids += [photo.id for photo in photos]
        self._vectors.append(vectors)
        if len(self._ids) < self._next or self._runner.is_busy(Lane.MAP):
            return
        self._next = int(len(self._ids) * _GROWTH)
        ids, parts = np.array(self._ids, dtype=np.int64), list(self._vectors)
        self._runner.start(
            Lane.MAP,
            lambda ctx, _emit: project(Embeddings(ids, np.concatenate(parts), ""), ctx),
            done=self._state.set_projection,
        )
