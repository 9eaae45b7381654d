"""Finding duplicates, moving copies to the trash and bringing them back, in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.engine import paths
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.gui import desktop
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.workflow import Workflow

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.finder import Duplicates
    from desktop_app.engine.duplicates.sets import DuplicateSet
    from desktop_app.engine.duplicates.trash import Batch, TrashReport


class DuplicateSearch(QObject):
    """Looks for duplicates in the open folder.

    Args:
        flow: knows the open library, and announces progress.
        runner: runs the work.
        organizer: files are handled by one at a time.
    """

    found = Signal(object)
    """The sets that were asked for."""
    progressed = Signal(object)
    trashed = Signal(str, bool)
    """What came of moving or bringing back, in words, and whether files changed place."""
    last_changed = Signal()
    """What went to the trash so far is known, or other than before."""

    def __init__(self, flow: Workflow, runner: JobRunner, organizer: Organizer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._runner = runner
        self._organizer = organizer
        self._known: Duplicates | None = None
        self.batches: tuple[Batch, ...] = ()
        """Every time that something went to the trash, newest first, as far as it was looked for."""

    @property
    def last(self) -> Batch | None:
        """The latest time of which something can be brought back, or is in doubt."""
        from desktop_app.engine.duplicates import trash

        return trash.latest(self.batches)

    def look_back(self) -> None:
        """Learn what went to the trash so far."""
        self._runner.start(
            Lane.TRASH, lambda _ctx, _emit: _batches(), done=self._set_batches, failed=self._flow.failed.emit
        )

    def _set_batches(self, batches: tuple[Batch, ...]) -> None:
        self.batches = batches
        self.last_changed.emit()

    def forget(self) -> None:
        """The photos are others now."""
        self._known = None
        self._runner.drop(Lane.DUPLICATES)

    def ask(self, similarity: float, *, exact: bool) -> None:
        """Find the sets; a later question takes the place of an earlier one, and photos are measured once."""
        library = self._flow.library
        if library is None:
            return

        def work(ctx: JobContext, _emit: Emit) -> tuple[Duplicates, Sequence[DuplicateSet], tuple[Batch, ...]]:
            known = self._known or library.duplicates(ctx)
            return known, known.sets(similarity, exact=exact), _batches()

        def done(result: tuple[Duplicates, Sequence[DuplicateSet], tuple[Batch, ...]]) -> None:
            self._known, sets, batches = result
            self._set_batches(batches)
            self.found.emit(sets)

        self._runner.start(
            Lane.DUPLICATES, work, done=done, failed=self._flow.failed.emit, progress=self.progressed.emit
        )

    def move(self, chosen: Sequence[tuple[DuplicateSet, frozenset[int]]]) -> None:
        """Move these photos of these sets to the trash."""

        def work(ctx: JobContext, _emit: Emit) -> tuple[TrashReport, str]:
            from desktop_app.engine.duplicates import trash

            report = trash.move(chosen, desktop.move_to_trash, paths.journal_dir(), ctx)
            return report, trash.summary(report)

        self._file_job(tr("Moving to the trash…"), work)

    def bring_back(self, batch: Batch) -> None:
        """Take what went then out of the trash again."""

        def work(ctx: JobContext, _emit: Emit) -> tuple[TrashReport, str]:
            from desktop_app.engine.duplicates import trash

            report = trash.bring_back(batch, paths.journal_dir(), ctx)
            return report, trash.summary(report, back=True)

        self._file_job(tr("Bringing back…"), work)

    def _file_job(self, text: str, work: Callable[[JobContext, Emit], tuple[TrashReport, str]]) -> None:
        if self._organizer.is_busy:
            return  # a new job of the lane would stop the run under way

        def done(result: tuple[TrashReport, str]) -> None:
            report, words = result
            self.look_back()
            self.trashed.emit(words, report.files > 0)

        self._flow.work_began.emit(Lane.ORGANIZE, text)
        self._runner.start(
            Lane.ORGANIZE,
            work,
            done=done,
            failed=self._flow.failed.emit,
            progress=lambda event: self._flow.work_progressed.emit(Lane.ORGANIZE, event),
            cancelled=lambda stopped: self._flow.work_cancelled.emit(Lane.ORGANIZE, stopped),
        )


def _batches() -> tuple[Batch, ...]:
    from desktop_app.engine.duplicates import trash

    return trash.batches(paths.journal_dir())
