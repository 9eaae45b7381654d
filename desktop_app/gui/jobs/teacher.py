"""Finds, in the background, which photos would follow those that a person placed by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from desktop_app.engine.curation import group_ids
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Proposal
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.workflow import Workflow


class Teacher:
    """Asks the open library; of several questions the latest is answered.

    Args:
        flow: knows the library.
        state: has the groups and what was placed.
        runner: runs the work.
    """

    def __init__(self, flow: Workflow, state: AppState, runner: JobRunner) -> None:
        self._flow = flow
        self._state = state
        self._runner = runner

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        self._runner.drop(Lane.TEACH)

    def ask(self, done: Callable[[Proposal], None], failed: Callable[[Exception], None]) -> None:
        """Find what the corrections say of the other photos."""
        library, clustering = self._flow.library, self._state.clustering
        if library is None or clustering is None:
            return
        groups, placed = self._state.groups, self._state.curation.placed

        def work(ctx: JobContext, _emit: Emit) -> Proposal:
            photo_ids = library.embeddings.photo_ids
            sure = dict(zip(clustering.photo_ids.tolist(), clustering.confidence.tolist(), strict=True))
            confidence = np.array([sure.get(photo_id, 0.0) for photo_id in photo_ids.tolist()], np.float32)
            hand_made = np.isin(photo_ids, placed)
            shown, locked = group_ids(photo_ids, groups), [group.id for group in groups if group.locked]
            return library.teach(shown, hand_made, ctx, confidence=confidence, locked=locked)

        self._runner.start(Lane.TEACH, work, done=done, failed=failed)
