"""Map, elbow and groups of the open folder, worked out once its photos are there, and again as others are asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop_app.engine.clustering import DEFAULT
from desktop_app.engine.errors import Cancelled, ModelError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.language import tr
from desktop_app.engine.types import Elbow
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.finding import Arranged, Asked, Found, arranged, asked_of, group, settled
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.refusals import in_titles
from desktop_app.gui.jobs.workflow import Workflow


class Grouping(QObject):
    """Groups the photos as a person chooses.

    Args:
        flow: opens folders, and says when there is something to group.
        state: receives the results.
        runner: runs the work.
    """

    def __init__(self, flow: Workflow, state: AppState, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow, self._state, self._runner = flow, state, runner
        # A drag along the elbow or a held key chooses many numbers; where it rests is worth a job.
        self.soon = QTimer(self, singleShot=True, interval=60)
        self.soon.timeout.connect(self.cluster)
        self._forget()
        flow.leaving.connect(self._forget)
        flow.all_there.connect(self._find)
        flow.found.connect(self._take)
        flow.names_wanted.connect(self.soon.start)  # the groups are known; only what they are called is worked out

    def _forget(self) -> None:
        self.soon.stop()
        # What the shown groups were asked for with: a request that fails or is stopped gives way to it.
        self._granted: Asked | None = None
        self._said_wordless = False

    # What is asked for

    def choose_number(self, number: int | None) -> None:
        """Ask for as many groups to be shown, merged ones counted as one, or for the suggested number."""
        self.choose_k(None if number is None else self._state.k_for(number))

    def choose_k(self, k: int | None) -> None:
        """Ask for ``k`` groups to be found in the photos, or for the suggested number."""
        self._state.set_request(k=k)
        self.soon.start()

    def choose_method(self, method: str) -> None:
        """Ask for another way of grouping."""
        self._state.set_request(method=method)
        self.soon.start()

    def choose_unsure(self, below: float) -> None:
        """Let photos with less confidence than ``below`` (0 to 1) be unsure."""
        self._state.set_request(unsure_below=below)
        self.soon.start()

    # Map, elbow

    def _find(self) -> None:
        library = self._flow.library
        if library is None:
            return
        basis = settled(library, asked_of(self._state), self._state.curation).basis
        self._runner.start(
            Lane.MAP,
            lambda ctx, _emit: library.project(ctx, basis=basis),
            done=self._state.set_projection,
            failed=self._flow.failed.emit,
        )
        self._flow.work_began.emit(Lane.ELBOW, tr("Finding out how many groups there are…"))
        self._runner.start(
            Lane.ELBOW,
            lambda ctx, _emit: library.elbow(ctx, basis=basis),
            done=self._elbow_found,
            failed=self._flow.failed.emit,
            progress=self._progress(Lane.ELBOW),
            cancelled=lambda stopped: self._flow.work_cancelled.emit(Lane.ELBOW, stopped),
        )

    def _elbow_found(self, elbow: Elbow) -> None:
        self._state.set_elbow(elbow)
        self.cluster()  # only now: without a number chosen by the person, the elbow suggests it

    def _progress(self, lane: Lane) -> Callable[[Progress], None]:
        return lambda event: self._flow.work_progressed.emit(lane, event)

    # Groups

    def cluster(self) -> None:
        """Work out the groups that are asked for; nothing happens before photos and elbow are there."""
        library, elbow, flow = self._flow.library, self._state.elbow, self._flow
        if library is None or elbow is None or not self._state.indexed:
            return
        asked, known, suggests, whole = asked_of(self._state), self._state.curation, flow.suggests, flow.whole

        def work(ctx: JobContext, _emit: Emit) -> Arranged:
            return group(library, asked, elbow, known, ctx, suggests=suggests, whole=whole)

        def done(found: Arranged) -> None:
            if self._state.curation is not known:  # a person corrected something meanwhile
                now = self._state.curation
                found = arranged(found[0], settled(library, asked, now) if whole else now, found[4])
            self.show(found, asked)

        flow.work_began.emit(Lane.CLUSTER, tr("Grouping…"))
        self._runner.start(
            Lane.CLUSTER,
            work,
            done=done,
            failed=self._failed,
            progress=self._progress(Lane.CLUSTER),
            cancelled=self._cancelled,
        )

    def _take(self, found: Found) -> None:
        if found.arranged is None or asked_of(self._state) != found.asked or self._state.curation is not found.known:
            self.cluster()
        else:
            self.show(found.arranged, found.asked)

    def show(self, found: Arranged, asked: Asked) -> None:
        """Put groups that were asked for so into the state; once a folder, say why its model's words cannot be used."""
        self._granted = asked
        clustering, curation, groups, ids, namer = found
        if isinstance(namer, ModelError):
            if not self._said_wordless:
                self._flow.noticed.emit(str(namer))
            self._said_wordless, namer = True, None
        self._state.set_clustering(clustering, curation, groups, ids, namer, asked[1])

    def _cancelled(self, stopped: Cancelled) -> None:
        self._give_way()
        self._flow.work_cancelled.emit(Lane.CLUSTER, stopped)

    def _failed(self, error: Exception) -> None:
        method = self._state.method
        self._give_way()
        self._flow.failed.emit(in_titles(error, method, self._state))

    def _give_way(self) -> None:
        """Ask for what is shown again, so that no bar names a method whose groups are not there."""
        if self._granted is not None:
            method, k, unsure_below = self._granted
            self._state.set_request(method=method, k=k, unsure_below=unsure_below)
        elif (self._state.method, self._state.wanted_k) != (DEFAULT, None):
            # Remembered of the folder, and impossible now: the usual way instead, or there would be no groups at all.
            self._state.set_request(method=DEFAULT, k=None)
            self.soon.start()
