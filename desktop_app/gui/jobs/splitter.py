"""Works out the parts of a group in the background."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.engine.types import Int32Array, Int64Array
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.workflow import Workflow


class Splitter:
    """Asks the open library; of several questions the latest is answered.

    Args:
        flow: knows the library.
        runner: runs the work.
    """

    def __init__(self, flow: Workflow, runner: JobRunner) -> None:
        self._flow = flow
        self._runner = runner

    def stop(self) -> None:
        """Nobody waits for an answer any more."""
        self._runner.drop(Lane.SPLIT)

    def ask(
        self,
        photo_ids: Int64Array,
        number: int,
        done: Callable[[Int32Array], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Find ``number`` parts of these photos; ``done`` gets int32[n]."""
        library = self._flow.library
        if library is not None:
            self._runner.start(
                Lane.SPLIT, lambda ctx, _emit: library.parts(photo_ids, number, ctx), done=done, failed=failed
            )
