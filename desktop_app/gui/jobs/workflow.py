"""What the person asks for, turned into jobs, and what comes of them, put into the state.

The way of a folder: `open_folder` -> photos arrive -> the map and the elbow -> the groups, again each time another
method, number or threshold is chosen. This, `neighbor_search` and `organizer` are all of the window that calls the
engine's library.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine import curation
from desktop_app.engine.clustering import CLUSTERERS, DEFAULT
from desktop_app.engine.curation import Curation, arrange, group_ids
from desktop_app.engine.errors import Cancelled, ModelError, NoImagesError, UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.library import Library, groups_of
from desktop_app.engine.naming import Namer
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import (
    Clustering,
    Elbow,
    Float32Array,
    Group,
    IndexReport,
    Int32Array,
    Photo,
    PhotoFile,
    Scan,
)
from desktop_app.engine.wording import cache_trouble
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.early_map import EarlyMap
from desktop_app.gui.jobs.lanes import USING_LIBRARY, WAITED_FOR, Lane
from desktop_app.gui.jobs.refusals import in_titles
from desktop_app.gui.views.thumbnails import Source, Thumbnails

if TYPE_CHECKING:
    from PIL import Image

_log = logging.getLogger(__name__)


class Workflow(QObject):
    """Opens folders and groups their photos.

    Args:
        state: receives the results.
        runner: runs the work.
        thumbnails: is told where pictures come from.
        settings: the person's.
        model: name of a model that replaces the one in the settings.
    """

    leaving = Signal()
    """The open folder is about to be left, or looked at again; the state still knows it."""
    failed = Signal(object)
    noticed = Signal(str)
    """Something to know that stops nothing."""
    model_changed = Signal()
    """The settings chose another one."""
    work_began = Signal(object, str)
    work_progressed = Signal(object, object)
    work_cancelled = Signal(object, object)

    def __init__(
        self,
        state: AppState,
        runner: JobRunner,
        thumbnails: Thumbnails,
        settings: Settings,
        model: str | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._runner = runner
        self._thumbnails = thumbnails
        self._settings = settings
        self._model = model
        self._library: Library | None = None
        # Every library made for the open folder: that of a job which is replaced may never come to the window.
        self._made: list[Library] = []
        self._early_map = EarlyMap(state, runner)
        if settings.method in state.methods:
            state.default_method = state.method = settings.method
        # Photos are announced a moment before the cache has their thumbnails.
        self._retry = QTimer(self, interval=400)
        self._retry.timeout.connect(self._retry_thumbnails)
        # A drag along the elbow or a held key chooses many numbers; where it rests is worth a job.
        self._cluster_soon = QTimer(self, singleShot=True, interval=60)
        self._cluster_soon.timeout.connect(self._cluster)
        self._remember_soon = QTimer(self, singleShot=True, interval=1000)
        self._remember_soon.timeout.connect(self._remember_granted)
        self._may_remember, self._said_unwritable, self._said_wordless = True, False, False
        # What the shown groups were asked for with: a request that fails or is stopped gives way to it.
        self._granted: tuple[str, int | None, float] | None = None
        for signal in (state.request_changed, state.groups_changed, state.group_renamed):
            signal.connect(lambda *_: self._remember_soon.start())
        state.corrected.connect(self._remember)  # at once: nobody decides a thing twice

    # Opening

    def open_folder(self, folder: Path, *, retry: bool = False) -> None:
        """Leave what is open and look at ``folder``; every result arrives through the state.

        Args:
            folder: that is there, or was.
            retry: read the files again that could not be read before.
        """
        self._leave()
        self._state.set_folder(folder, self._recall(folder))
        self._index(folder, retry=retry)

    def rescan(self, *, retry: bool = False) -> None:
        """Look at the open folder again; what is known by content is not looked at twice."""
        state = self._state
        if state.folder is not None:
            self.open_folder(state.folder, retry=retry)

    def close_folder(self) -> None:
        """Forget the folder."""
        self._leave()
        self._state.set_folder(None)

    def _leave(self) -> None:
        """Let go of the open folder. The library is closed in a thread, once nothing uses it any more."""
        self.leaving.emit()
        self._remember()  # while the state still knows
        # Jobs before the state: a batch that came in between would fill the emptied state with the old folder's photos.
        self._cluster_soon.stop()
        self._runner.drop(*USING_LIBRARY)
        self._thumbnails.set_source(None)
        made, self._made, self._library, self._granted = self._made, [], None, None
        if self._state.folder is not None:
            # The list is looked at only then: a dropped job that is still under way may add to it.
            self._runner.after(USING_LIBRARY, lambda: _close_all(made))

    def _recall(self, folder: Path) -> Curation:
        """What is known of the groups of ``folder``. What this program cannot read, it does not overwrite either."""
        self._may_remember, self._said_unwritable, self._said_wordless = True, False, False
        try:
            known = curation.load(folder)
        except UserError as error:
            self._may_remember = False
            self.noticed.emit(f"{error} Until then names are not shown, and new ones are not kept.")
            return Curation()
        if known.trouble:
            self.noticed.emit(known.trouble)
        return known

    def _remember_granted(self) -> None:
        # What is still being worked out may fail, and would then be asked for again at each start. Its result, or what
        # it gives way to, is kept a moment later.
        if not self._cluster_soon.isActive() and not self._runner.is_busy(Lane.CLUSTER):
            self._remember()

    def _remember(self) -> None:
        """Keep what was decided about the open folder. One that could not be read has nothing to be remembered."""
        self._remember_soon.stop()
        if self._state.folder is None or not self._state.photos or not self._may_remember:
            return
        try:
            curation.save(self._state.folder, self._state.remembered())
        except UserError as error:
            _log.warning("refused: %s", error.code)
            _log.debug("%s", error)
            if not self._said_unwritable:
                self.noticed.emit(str(error))
            self._said_unwritable = True  # tried again with each change, said once a folder

    def _index(self, folder: Path, *, retry: bool) -> None:
        settings, model, made = self._settings, self._model, self._made

        def work(ctx: JobContext, emit: Emit) -> IndexReport:
            library = Library(folder, settings, model=model)
            made.append(library)
            emit(library)  # before any photo: a click on the first that arrives already asks it

            def arrived(photos: list[Photo], vectors: Float32Array) -> None:
                emit((photos, vectors))

            return library.index(ctx, arrived, emit, retry=retry)

        def item(value: Any) -> None:
            if isinstance(value, Library):
                self._library = value
                self._state.set_methods(value.methods())
            elif isinstance(value, Scan):
                self._state.set_files(value.files)
                self._thumbnails.set_source(_pictures(self._library, self._state.files))
            else:
                self._state.add_photos(value[0])
                self._early_map.add(*value)

        def failed(error: Exception) -> None:
            if isinstance(error, NoImagesError) and self._library is not None:
                self._state.set_problems(self._library.problems, self._library.ignored)
            self.failed.emit(error)

        self._early_map.begin()
        self._retry.start()
        self.work_began.emit(Lane.INDEX, "Looking for photos…")
        self._runner.start(
            Lane.INDEX,
            work,
            done=self._indexed,
            item=item,
            failed=failed,
            progress=self._progress(Lane.INDEX),
            cancelled=self._index_cancelled,
        )

    def _indexed(self, report: IndexReport) -> None:
        library = self._library
        if library is None:
            return
        if report.cache_trouble:
            self.noticed.emit(cache_trouble(report.cache_trouble))
        self._state.set_device(report.device, report.provider_reason)
        self._take_photos(library)
        self._find_groups(library)

    def _index_cancelled(self, stopped: Cancelled) -> None:
        """What was read until then is shown, grouped and organized as any folder is."""
        library = self._library
        if library is not None and library.photos:
            # A part of the photos says nothing of what was decided about all of them.
            self._may_remember = self._may_remember and not self._state.curation.is_decided
            self._take_photos(library)
        self.work_cancelled.emit(Lane.INDEX, stopped)
        if library is not None and library.photos:
            self._find_groups(library)

    def _take_photos(self, library: Library) -> None:
        self._early_map.begin()  # no further sketch may take the place of the map that is begun below
        # What was remembered of the folder may not fit its photos or this model any more: mended before anything asks.
        if self._state.method not in self._state.methods:
            self._state.set_request(method=self._state.default_method)
        if (self._state.wanted_k or 0) > len(library.photos):
            self._state.set_request(k=None)
        self._state.set_photos(library.photos)
        self._state.set_problems(library.problems, library.ignored)

    def _find_groups(self, library: Library) -> None:
        self._runner.start(
            Lane.MAP, lambda ctx, _emit: library.project(ctx), done=self._state.set_projection, failed=self.failed.emit
        )
        self.work_began.emit(Lane.ELBOW, "Finding out how many groups there are…")
        self._runner.start(
            Lane.ELBOW,
            lambda ctx, _emit: library.elbow(ctx),
            done=self._elbow_found,
            failed=self.failed.emit,
            progress=self._progress(Lane.ELBOW),
            cancelled=self._cancelled(Lane.ELBOW),
        )

    def _elbow_found(self, elbow: Elbow) -> None:
        self._state.set_elbow(elbow)
        self._cluster()  # only now: without a number chosen by the person, the elbow suggests it

    def _retry_thumbnails(self) -> None:
        if not self._runner.is_busy(Lane.INDEX):
            self._retry.stop()
        self._thumbnails.retry_missing()

    def _progress(self, lane: Lane) -> Callable[[Progress], None]:
        return lambda event: self.work_progressed.emit(lane, event)

    def _cancelled(self, lane: Lane) -> Callable[[Cancelled], None]:
        return lambda stopped: self.work_cancelled.emit(lane, stopped)

    def cancel(self) -> None:
        """Stop what the person waits for."""
        for lane in WAITED_FOR:
            self._runner.cancel(lane)

    def set_paused(self, paused: bool) -> None:
        """Hold what the person waits for, or let it go on."""
        for lane in WAITED_FOR:
            self._runner.set_paused(lane, paused)

    @property
    def library(self) -> Library | None:
        """The open folder's library, None before it is there."""
        return self._library

    # Groups

    def choose_k(self, k: int | None) -> None:
        """Ask for ``k`` groups, or for the suggested number."""
        self._state.set_request(k=k)
        self._cluster_soon.start()

    def choose_method(self, method: str) -> None:
        """Ask for another way of grouping."""
        self._state.set_request(method=method)
        self._cluster_soon.start()

    def choose_unsure(self, below: float) -> None:
        """Let photos with less confidence than ``below`` (0 to 1) be unsure."""
        self._state.set_request(unsure_below=below)
        self._cluster_soon.start()

    @property
    def model(self) -> str:
        """Name of the model in use."""
        return self._model or self._settings.model

    def choose_model(self, model: str) -> None:
        """Look at the folder with another model."""
        if model != self.model:
            self._model = model
            self.rescan()

    def forget_model(self) -> None:
        """Use the settings' model from now on, whatever was chosen before."""
        self._model = None
        self.model_changed.emit()

    def _cluster(self) -> None:
        library, elbow = self._library, self._state.elbow
        if library is None or elbow is None or not self._state.indexed:
            return
        method, unsure_below, known = self._state.method, self._state.unsure_below, self._state.curation
        asked = (method, self._state.wanted_k, unsure_below)
        k = self._state.wanted_k
        if k is None and not CLUSTERERS[method].finds_k:
            k = elbow.suggested

        suggests = self._settings.suggest_names == "on"

        def work(ctx: JobContext, emit: Emit) -> _Arranged:
            clustering = library.cluster(ctx, method=method, k=k, unsure_below=unsure_below)
            namer = None
            if suggests:
                try:
                    namer = library.namer(ctx)
                except ModelError as error:  # the groups are there all the same
                    emit(error)
            return _arranged(clustering, groups_of(clustering), known, namer)

        def done(found: _Arranged) -> None:
            if self._state.curation is not known:  # a person corrected something meanwhile
                found = _arranged(found[0], groups_of(found[0]), self._state.curation, found[4])
            self._granted = asked
            self._state.set_clustering(*found)

        self.work_began.emit(Lane.CLUSTER, "Grouping…")
        self._runner.start(
            Lane.CLUSTER,
            work,
            done=done,
            item=self._say_wordless,
            failed=self._grouping_failed,
            progress=self._progress(Lane.CLUSTER),
            cancelled=self._grouping_cancelled,
        )

    def _say_wordless(self, error: ModelError) -> None:
        """Say once a folder that its model's words cannot be used."""
        if not self._said_wordless:
            self.noticed.emit(str(error))
        self._said_wordless = True

    def _grouping_cancelled(self, stopped: Cancelled) -> None:
        self._give_way()
        self.work_cancelled.emit(Lane.CLUSTER, stopped)

    def _grouping_failed(self, error: Exception) -> None:
        method = self._state.method
        self._give_way()
        self.failed.emit(in_titles(error, method, self._state))

    def _give_way(self) -> None:
        """Ask for what is shown again, so that no bar names a method whose groups are not there."""
        if self._granted is not None:
            method, k, unsure_below = self._granted
            self._state.set_request(method=method, k=k, unsure_below=unsure_below)
        elif (self._state.method, self._state.wanted_k) != (DEFAULT, None):
            # Remembered of the folder, and impossible now: the usual way instead, or there would be no groups at all.
            self._state.set_request(method=DEFAULT, k=None)
            self._cluster_soon.start()

    def set_settings(self, **changes: Any) -> None:
        """Work with these settings changed from now on."""
        before, self._settings = self._settings, replace(self._settings, **changes)
        if self._settings.suggest_names != before.suggest_names:
            self._cluster_soon.start()  # the groups are known; only what they are called is worked out

    @property
    def is_working(self) -> bool:
        return self._runner.is_busy(*WAITED_FOR)

    def close(self) -> None:
        """Stop everything, wait for it, and let go of the folder."""
        self.leaving.emit()
        self._remember()
        self._cluster_soon.stop()
        self._retry.stop()
        self._runner.close()
        _close_all(self._made)  # once no thread is left that could ask them
        self._library = None


def _close_all(libraries: list[Library]) -> None:
    for library in libraries:
        library.close()


_Arranged = tuple[Clustering, Curation, tuple[Group, ...], Int32Array, Namer | None]


def _arranged(clustering: Clustering, groups: tuple[Group, ...], known: Curation, namer: Namer | None) -> _Arranged:
    """What `AppState.set_clustering` takes: of many photos more work than the window's thread has time for."""
    curation, groups = arrange(known, groups)
    if namer is not None:
        groups = namer.named(curation, groups)
    return clustering, curation, groups, group_ids(clustering.photo_ids, groups), namer


def _pictures(library: Library | None, files: tuple[PhotoFile, ...]) -> Source:
    """Thumbnails of photos, and previews of files that were not looked at yet."""
    from desktop_app.engine.pictures.preview import preview

    def picture(photo_id: int) -> bytes | Image.Image | None:
        if photo_id < 0:
            return preview(files[-1 - photo_id].path)
        return library.thumbnail(photo_id) if library is not None else None

    return picture
