"""Everything of the window that touches files: plan, apply, undo, and what was done so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.engine import runs
from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled, UndoReport
from desktop_app.engine.types import Group
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.workflow import Workflow

if TYPE_CHECKING:
    from desktop_app.engine.keywords.plan import KeywordPlan
    from desktop_app.engine.keywords.sidecars import Spelling
    from desktop_app.engine.organize.journal.history import RunInfo
    from desktop_app.engine.organize.planning.layout import Layout
    from desktop_app.engine.organize.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What a run, or taking one back, did not come to before it ended.

    Attributes:
        root: the folder of the photos.
        destination: where they were to go.
        action: key of `registry.ACTIONS`.
        photos: how many; 0 where it is not known.
        undoing: the run was being taken back.
    """

    root: Path
    destination: Path
    action: str
    photos: int
    undoing: bool = False


class Organizer(QObject):
    """Plans, organizes and undoes, one at a time.

    Args:
        flow: knows the open library, and announces the progress.
        runner: runs the work.
    """

    recovered = Signal(object)
    planned = Signal(object)
    keywords_planned = Signal(object)
    plan_failed = Signal(object)
    organized = Signal(object)
    undone = Signal(object)
    runs_changed = Signal()
    left_over_changed = Signal(object)
    """What the latest run left undone (`LeftOver`), None when nothing."""

    def __init__(self, flow: Workflow, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._runner = runner
        self.runs: tuple[RunInfo, ...] = ()
        self.left_over: LeftOver | None = None

    def start_up(self) -> None:
        """Put interrupted runs in order and learn what could be undone."""

        def work(ctx: JobContext, _emit: Emit) -> tuple[Any, ...]:
            return runs.recover(ctx), _known_runs()  # in this order: what was put in order stands in the history

        def done(result: tuple[Any, ...]) -> None:
            reports, self.runs = result
            if reports:
                self.recovered.emit(reports)
            self.runs_changed.emit()

        self._runner.start(Lane.RUNS, work, done=done, failed=self._flow.failed.emit)

    def plan(self, groups: tuple[Group, ...], destination: Path, action: str, layout: Layout) -> None:
        """Work out what organizing would do; touches nothing."""
        library = self._flow.library
        if library is not None:
            self._runner.start(
                Lane.PLAN,
                lambda ctx, _emit: library.plan(groups, destination, action, ctx, layout),
                done=self.planned.emit,
                failed=self.plan_failed.emit,
            )

    def plan_keywords(self, groups: tuple[Group, ...], spelling: Spelling) -> None:
        """Work out which sidecars writing keywords would change; touches nothing."""
        library = self._flow.library
        if library is not None:
            self._runner.start(
                Lane.PLAN,
                lambda ctx, _emit: library.plan_keywords(groups, ctx, spelling),
                done=self.keywords_planned.emit,
                failed=self.plan_failed.emit,
            )

    def write_keywords(self, plan: KeywordPlan) -> None:
        """Write the sidecars of a plan the person has seen."""
        library = self._flow.library
        if library is None:
            return

        def work(ctx: JobContext, _emit: Emit) -> tuple[ApplyReport, tuple[RunInfo, ...]]:
            return library.write_keywords(plan, ctx), _known_runs()

        # Nothing to go on with: asked for once more, it looks at all sidecars again.
        self._file_job(tr("Writing keywords…"), work, self.organized.emit, lambda _report: None)

    def organize(self, plan: Plan) -> None:
        """Carry out a plan the person has seen.

        The lane of organizing is none of those that are dropped with the folder: a run under way ends by itself or by
        Cancel, never because something else was opened.
        """
        library = self._flow.library
        if library is None:
            return

        def work(ctx: JobContext, _emit: Emit) -> tuple[ApplyReport, tuple[RunInfo, ...]]:
            return library.apply(plan, ctx), _known_runs()

        def rest(report: ApplyReport) -> LeftOver | None:
            waiting = len({step.photo_id for step in report.waiting})
            return LeftOver(plan.root, plan.destination, plan.action, waiting) if waiting else None

        self._file_job(tr("Organizing…"), work, self.organized.emit, rest)

    def run(self, run_id: str) -> RunInfo | None:
        """The run of that number, None when there is none any more."""
        return next((run for run in self.runs if run.id == run_id), None)

    def undo(self, run_id: str) -> None:
        """Take back a run."""
        run = self.run(run_id)

        def work(ctx: JobContext, _emit: Emit) -> tuple[UndoReport, tuple[RunInfo, ...]]:
            return runs.undo(run_id, ctx), _known_runs()

        def rest(report: UndoReport) -> LeftOver | None:
            if run is None or report.outcome == "finished":
                return None
            return LeftOver(run.root, run.destination, run.action, 0, undoing=True)

        self._file_job(tr("Taking back…"), work, self.undone.emit, rest)

    def _file_job(
        self,
        text: str,
        work: Callable[[JobContext, Emit], Any],
        announce: Callable[[Any], None],
        rest: Callable[[Any], LeftOver | None],
    ) -> None:
        def keep(report: Any) -> None:
            self.left_over = rest(report)
            self.left_over_changed.emit(self.left_over)

        def done(result: tuple[Any, tuple[RunInfo, ...]]) -> None:
            report, self.runs = result
            keep(report)
            self.runs_changed.emit()  # before the notice, whose Undo must find the run
            announce(report)

        def failed(error: Exception) -> None:
            # The run may have got as far as its journal: it is put in order now, not at the next start of the program.
            self.start_up()
            self._flow.failed.emit(error)

        def cancelled(stopped: Cancelled) -> None:
            # What was done until then is in the journal and can be taken back: the history must show it.
            self.start_up()
            if isinstance(stopped, RunCancelled):
                keep(stopped.report)
            self._flow.work_cancelled.emit(Lane.ORGANIZE, stopped)

        self._flow.work_began.emit(Lane.ORGANIZE, text)
        self._runner.start(
            Lane.ORGANIZE,
            work,
            done=done,
            failed=failed,
            progress=lambda event: self._flow.work_progressed.emit(Lane.ORGANIZE, event),
            cancelled=cancelled,
        )

    @property
    def is_busy(self) -> bool:
        """Files are being handled at this moment."""
        return self._runner.is_busy(Lane.ORGANIZE)


def _known_runs() -> tuple[RunInfo, ...]:
    try:
        return runs.history()
    except UserError:
        return ()  # without a place for the record, which the window says once at its start
