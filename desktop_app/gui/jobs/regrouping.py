"""Groups made of other photos than before: of all that are here, or of those of a time that undo returns to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop_app.engine.curation import basis, group_ids
from desktop_app.engine.curation.members import no_photos, without
from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE, Elbow, Int64Array, Projection
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner, Steps
from desktop_app.gui.jobs.finding import Arranged, asked_of, group, outline
from desktop_app.gui.jobs.grouping import Grouping
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.refusals import in_titles
from desktop_app.gui.jobs.workflow import Workflow


class Regrouping(QObject):
    """Groups anew when a person asks for it, and says when that may be worth it.

    Args:
        flow: has the library.
        grouping: shows the groups.
        state: receives the results.
        runner: runs the work.
    """

    said = Signal(str)
    """Why nothing had to be done."""
    many_came = Signal(int)
    """How many photos joined groups that were made without them, where these are many; 0 where none did."""
    few_came = Signal(int, int)
    """How many photos came where these are few, and how many of them no group claims; said once."""
    grouped_anew = Signal(object, object)
    """Groups were made of all photos because a person asked for it: what was known before, and since."""

    def __init__(
        self, flow: Workflow, grouping: Grouping, state: AppState, runner: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._flow, self._grouping, self._state, self._runner = flow, grouping, state, runner
        self._forget()
        state.folder_changed.connect(self._forget)
        state.renumbered.connect(self._renumber)
        state.groups_changed.connect(self._count)
        state.checked_changed.connect(self._count)

    def anew(self) -> None:
        """Make the groups of all photos that are here, also of those that only joined; ids and names go along."""
        library, known = self._flow.library, self._state.curation
        if library is None or not self._state.groups:
            return
        if len(known.basis) == len(library.photos) and not self._came().size:
            self.said.emit(tr("The groups are made of all photos that are here already."))
        else:
            self._start(anew=True)

    def again(self) -> None:
        """Show the groups of the photos that they are made of now."""
        self._start(anew=False)

    def go_on(self) -> None:
        """The same where nothing is at it: it was stopped, or failed."""
        if not self._runner.is_busy(Lane.REGROUP):
            self.again()

    def _start(self, *, anew: bool) -> None:
        flow, library = self._flow, self._flow.library
        if library is None:
            return
        asked, before, photos = asked_of(self._state), self._state.curation, library.embeddings
        known = basis.anew(before, photos.photo_ids, photos.model_id) if anew else before
        more = {"suggests": flow.suggests, "whole": flow.whole}

        def work(ctx: JobContext, _emit: Emit) -> tuple[Projection, Elbow, Arranged]:
            projection, elbow = outline(library, asked, known, ctx)
            return projection, elbow, group(library, asked, elbow, known, ctx, **more)

        def done(found: tuple[Projection, Elbow, Arranged]) -> Steps:
            if (flow.library, asked_of(self._state)) != (library, asked) or self._state.curation is not before:
                self._start(anew=anew)  # a person chose or corrected something meanwhile, or the folder has changed
                return
            self._runner.drop(Lane.CLUSTER)  # of the groups as they were made before
            self._grouping.show(found[2], asked)
            if anew:
                self.grouped_anew.emit(before, self._state.curation)
            yield
            self._state.set_projection(found[0])
            yield
            self._state.set_elbow(found[1])

        def cancelled(stopped: Cancelled) -> None:
            flow.work_cancelled.emit(Lane.REGROUP, stopped)

        flow.work_began.emit(Lane.REGROUP, tr("Grouping…"))
        self._runner.start(
            Lane.REGROUP,
            work,
            done=done,
            failed=lambda error: flow.failed.emit(in_titles(error, asked[0], self._state)),
            progress=lambda event: flow.work_progressed.emit(Lane.REGROUP, event),
            cancelled=cancelled,
        )

    # What came later

    def _forget(self) -> None:
        # The photos that joined the groups, as far as that was told; of which photos and groups that was.
        self._told: Int64Array | None = None
        self._counted: tuple[object, object] = None, None

    def _renumber(self, ids: NewIds) -> None:
        self._told = None if self._told is None else np.sort(ids.of(self._told))

    def _came(self) -> Int64Array:
        library = self._flow.library
        return no_photos() if library is None else basis.came_later(self._state.curation, library.embeddings.photo_ids)

    def _count(self) -> None:
        """Say it once where photos joined groups that were made without them."""
        state, library = self._state, self._flow.library
        if library is None or not state.groups or (self._told is not None and not state.checked):
            return
        counted = library.embeddings.photo_ids, state.curation.basis
        if self._counted[0] is counted[0] and self._counted[1] is counted[1]:
            return  # another number or method
        came, told = self._came(), self._told
        if state.clustering is None or not np.isin(came, state.clustering.photo_ids).all():
            return  # their groups are still being worked out
        if state.checked:
            self._counted = counted
        self._told = np.sort(came)  # of a folder that is shown as it was left it is no news
        if not came.size:
            self.many_came.emit(0)
        elif state.checked and len(came) > (0 if told is None else len(told)) and self._are_many(came):
            self.many_came.emit(len(came))
        elif state.checked and told is not None and (new := without(came, told)).size:
            groups = group_ids(new, state.groups)
            self.few_came.emit(len(new), int((groups == UNSURE).sum()))

    def _are_many(self, came: Int64Array) -> bool:
        return len(came) >= basis.MANY * len(self._state.photos)
