"""What the person asks for, turned into jobs, and what comes of them, put into the state.

The way of a folder: `open_folder` -> photos arrive -> `grouping` makes the map, the elbow and the groups of them.
Camera files are grouped by their previews first, and read in full behind that, as a folder that has changed. A folder
that is known is shown as it was left, and checked behind that; what has changed is put in its place once all of it is
worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.engine.curation import renumbering
from desktop_app.engine.errors import Cancelled, NoImagesError
from desktop_app.engine.index.glances import glanced
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import (
    Float32Array,
    IndexReport,
    Photo,
    PhotoFile,
    Scan,
)
from desktop_app.engine.wording import cache_trouble
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner, Steps
from desktop_app.gui.jobs.early_map import EarlyMap
from desktop_app.gui.jobs.finding import Found, asked_of, find, possible
from desktop_app.gui.jobs.lanes import ABOUT_PHOTOS, USING_LIBRARY, WAITED_FOR, Lane
from desktop_app.gui.jobs.remembering import Remembering
from desktop_app.gui.views.thumbnails import Source, Thumbnails

if TYPE_CHECKING:
    from PIL import Image

    from desktop_app.gui.views.photo_order import PhotoTable

_CLOSER = tr_noop("Looking closer…")
_MUCH = 2
_MANY = 1000


class _MuchIsNewError(Exception):
    """There is so much more than before that a person should see it arrive."""


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
    all_there = Signal()
    """The state has all photos of the folder that there will be; map, elbow and groups can be worked out."""
    found = Signal(object)
    """The state has photos, map and elbow of what was found (`finding.Found`); its groups can follow."""
    names_wanted = Signal()
    """Only what groups are called is to be worked out anew."""
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
        self._remembering = Remembering(state, runner, self)
        self._remembering.noticed.connect(self.noticed)
        # Whether all photos of the folder are shown, as they are or were; and what the library in use was made with.
        self.whole, self._made_with = False, (settings, model)
        # What has become of the folder, while a dialog is open that asks about how it was.
        self._waiting: Found | None = None
        self._ask_again = QTimer(self, interval=200)
        self._ask_again.timeout.connect(self._show_waiting)

    # Opening

    def open_folder(self, folder: Path, *, retry: bool = False) -> None:
        """Leave what is open and look at ``folder``; every result arrives through the state.

        Args:
            folder: that is there, or was.
            retry: read the files again that could not be read before.
        """
        self._leave()
        self._state.set_folder(folder, self._remembering.recall(folder))
        self._index(folder, retry=retry)

    def rescan(self, *, retry: bool = False) -> None:
        """Look at the open folder again; what is known by content is not looked at twice."""
        state, library = self._state, self._library
        if state.folder is None:
            return
        if library is not None and self.whole and state.groups and self._made_with == (self._settings, self._model):
            self._check(library, retry=retry)  # all stays in sight meanwhile
        else:
            self.open_folder(state.folder, retry=retry)

    def close_folder(self) -> None:
        """Forget the folder."""
        self._leave()
        self._state.set_folder(None)

    def _leave(self) -> None:
        """Let go of the open folder. The library is closed in a thread, once nothing uses it any more."""
        self.leaving.emit()
        self._remembering.keep()  # while the state still knows
        # Jobs before the state: a batch that came in between would fill the emptied state with the old folder's photos.
        self._runner.drop(*USING_LIBRARY)
        self._thumbnails.set_source(None)
        made, self._made, self._library = self._made, [], None
        self.whole, self._waiting = False, None
        self._ask_again.stop()
        if self._state.folder is not None:
            # The list is looked at only then: a dropped job that is still under way may add to it.
            self._runner.after(USING_LIBRARY, lambda: _close_all(made))

    def _index(self, folder: Path, *, retry: bool, recall: bool = True) -> None:
        settings, model, made = self._settings, self._model, self._made
        self._made_with = settings, model
        asked, known, suggests = asked_of(self._state), self._state.curation, self.suggests

        def work(ctx: JobContext, emit: Emit) -> Found | IndexReport:
            library = Library(folder, settings, model=model)
            made.append(library)
            library.hold(known.held)
            before = renumbering.load(folder)
            recalled = recall and library.recall()
            emit(library)  # before any photo: a click on the first that arrives already asks it

            def arrived(photos: list[Photo], vectors: Float32Array) -> None:
                emit((photos, vectors))

            if not recalled:
                report = library.index(ctx, arrived, emit, retry=retry, quick=None)
                if not (report.glanced or before):
                    return report
                emit(report)
            # The groups take a while where they are not kept.
            return find(library, possible(asked, library), known, ctx, suggests=suggests, before=before)

        def item(value: Any) -> Steps | None:
            if isinstance(value, Library):
                self._use(value)
                if value.photos:
                    self._thumbnails.set_source(self._pictures(()))
                    return self._take_photos(value)
            elif isinstance(value, IndexReport):
                self._tell(value)
            elif isinstance(value, Scan):
                self._state.set_files(value.files)
                self._thumbnails.set_source(self._pictures(self._state.files))
            else:
                self._state.add_photos(value[0])
                self._early_map.add(*value)
            return None

        def done(result: Found | IndexReport) -> Steps:
            if isinstance(result, IndexReport):
                yield from self._indexed(result)
            else:
                self._runner.drop(Lane.MAP)  # a sketch that is late
                yield from self._show(result)
                self._check(result.library, retry=retry)

        def failed(error: Exception) -> None:
            if isinstance(error, NoImagesError) and self._library is not None:
                self._state.set_problems(self._library.problems, self._library.ignored)
            self.failed.emit(error)

        self._early_map.begin()
        self._retry.start()
        self.work_began.emit(Lane.INDEX, tr("Looking for photos…"))
        self._runner.start(
            Lane.INDEX,
            work,
            done=done,
            item=item,
            failed=failed,
            progress=self._progress(Lane.INDEX),
            cancelled=self._index_cancelled,
        )

    def _use(self, library: Library) -> None:
        self._library = library
        self._state.set_methods(library.methods())

    def _indexed(self, report: IndexReport) -> Steps:
        library = self._library
        if library is None:
            return
        self._tell(report)
        yield from self._take_photos(library)
        self.whole = True
        self._state.set_checked(True)
        self.all_there.emit()

    def _tell(self, report: IndexReport) -> None:
        if report.cache_trouble:
            self.noticed.emit(cache_trouble(report.cache_trouble))
        self._state.set_device(report.device, report.provider_reason)

    def _index_cancelled(self, stopped: Cancelled) -> None:
        """What was read until then is shown, grouped and organized as any folder is."""
        library = self._library
        if self._state.indexed:
            # Nothing was read: the folder is shown as it was left, and only its groups were being worked out.
            self.work_cancelled.emit(Lane.ELBOW, stopped)
            return
        if library is not None and library.photos:
            self._remembering.spare()
            for _ in self._take_photos(library):
                pass
            self._state.set_checked(not glanced(library.photos).any())
        self.work_cancelled.emit(Lane.INDEX, stopped)
        if library is not None and library.photos:
            self.all_there.emit()

    def _take_photos(self, library: Library, table: PhotoTable | None = None) -> Steps:
        self._early_map.begin()  # no further sketch may take the place of the map that is begun below
        # What was remembered of the folder may not fit its photos or this model any more: mended before anything asks.
        method, k, _ = possible(asked_of(self._state), library)
        self._state.set_request(method=method, k=k)
        self._state.set_photos(library.photos, table)
        yield
        self._state.set_problems(library.problems, library.ignored)

    # Checking

    def _check(self, shown: Library, *, retry: bool) -> None:
        """See whether the folder is as it is shown, behind what is shown; read in full what was seen in previews."""
        made, begun, before = self._made, list[Library](), list[renumbering.Named]()
        closer = self.shows_previews
        text = tr(_CLOSER) if closer else tr("Checking the folder…")

        def scanned(found: Scan) -> None:
            if len(found.files) > _MUCH * len(shown.photos) + _MANY:
                raise _MuchIsNewError

        def work(ctx: JobContext, _emit: Emit) -> IndexReport:
            library = shown.successor()
            made.append(library)
            begun.append(library)
            before.extend(renumbering.named(shown.photos) if closer else ())
            return library.index(ctx, None, scanned, retry=retry)

        def done(report: IndexReport) -> None:
            (library,) = begun
            self._tell(report)
            if report.unchanged and library.photos is shown.photos:
                if (library.problems, library.ignored) != (self._state.problems, self._state.ignored):
                    self._state.set_problems(library.problems, library.ignored)
                made.remove(library)
                library.close()
                self._state.set_checked(True)
            else:
                self._find_anew(library, before)

        def failed(error: Exception) -> None:
            folder = self._state.folder
            if isinstance(error, _MuchIsNewError) and folder is not None:
                self._start_over(folder)
                self._index(folder, retry=retry, recall=False)
                return
            if isinstance(error, NoImagesError) and folder is not None:
                self._start_over(folder)
                self._state.set_problems(begun[0].problems, begun[0].ignored)
            self.failed.emit(error)

        self._state.set_checked(False)
        self.work_began.emit(Lane.CHECK, text)
        self._runner.start(
            Lane.CHECK,
            work,
            done=done,
            failed=failed,
            progress=self._progress(Lane.CHECK, text),
            cancelled=self._cancelled(Lane.CHECK),
        )

    def _start_over(self, folder: Path) -> None:
        """Show nothing of the folder any more."""
        self._leave()
        self._state.set_folder(folder, self._remembering.recall(folder))

    def _find_anew(self, library: Library, before: Sequence[renumbering.Named] = ()) -> None:
        """Work out what is to be shown of a folder that has changed; until then it stays as it was."""
        asked, known, suggests = asked_of(self._state), self._state.curation, self.suggests
        wanted: dict[str, Any] = {"suggests": suggests, "before": before, "table": True}
        self.work_began.emit(Lane.CHECK, tr("Grouping…"))
        self._runner.start(
            Lane.CHECK,
            lambda ctx, _emit: find(library, possible(asked, library), known, ctx, **wanted),
            done=self._show_changed,
            failed=self.failed.emit,
            progress=self._progress(Lane.CHECK, tr("Checking the folder…")),
            cancelled=self._cancelled(Lane.CHECK),
        )

    def _show_changed(self, found: Found) -> Steps:
        if possible(asked_of(self._state), found.library) != found.asked or self._state.curation is not found.known:
            self._find_anew(found.library, found.before)  # a person chose or corrected something meanwhile
            return
        if QApplication.activeModalWidget() is not None:
            self._waiting = found
            self._ask_again.start()
            return
        self._runner.drop(*ABOUT_PHOTOS)  # what is on its way is about other photos
        yield from self._show(found)
        self._state.set_checked(True)

    def _show_waiting(self) -> None:
        found = self._waiting
        if found is not None and QApplication.activeModalWidget() is None:
            self._waiting = None
            self._ask_again.stop()
            self._runner.start(Lane.CHECK, lambda _ctx, _emit: found, done=self._show_changed)

    def _show(self, found: Found) -> Steps:
        """Put what was found into the state, in pieces that hold nobody up."""
        self._use(found.library)
        found = self._renumbered(found)
        if self._state.photos is not found.library.photos.by_id:
            yield from self._take_photos(found.library, found.table)
            yield
        self._state.set_projection(found.projection)
        yield
        self._state.set_elbow(found.elbow)
        yield
        self.whole = True
        self.found.emit(found)

    def _renumbered(self, found: Found) -> Found:
        """Give what is shown the ids that its photos have now; to be followed by the photos, with nothing between."""
        ids, state = found.ids, self._state
        if not ids:
            return found
        arranged_so = state.curation is found.known
        self._thumbnails.renumber(ids)
        state.renumber(ids)
        return replace(found, known=state.curation) if arranged_so else found

    def _pictures(self, files: tuple[PhotoFile, ...]) -> Source:
        """Thumbnails of photos, and previews of files that were not looked at yet."""
        from desktop_app.engine.pictures.preview import preview

        def picture(photo_id: int) -> bytes | Image.Image | None:
            if photo_id < 0:
                return preview(files[-1 - photo_id].path)
            library = self._library
            try:
                return library.thumbnail(photo_id) if library is not None else None
            except KeyError:
                return None  # it has gone since

        return picture

    def _retry_thumbnails(self) -> None:
        if not self._runner.is_busy(Lane.INDEX):
            self._retry.stop()
        self._thumbnails.retry_missing()

    def _progress(self, lane: Lane, text: str = "") -> Callable[[Progress], None]:
        def tell(event: Progress) -> None:
            if text and (event.total == 0 or text == tr(_CLOSER)):  # whatever the step, it is that one to a person
                event = replace(event, text=text)
            self.work_progressed.emit(lane, event)

        return tell

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

    @property
    def shows_previews(self) -> bool:
        """Whether photos are grouped by the previews in their files, which were not read in full yet."""
        return self._library is not None and bool(glanced(self._library.photos).any())

    # Settings

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

    def set_settings(self, **changes: Any) -> None:
        """Work with these settings changed from now on."""
        before, self._settings = self._settings, replace(self._settings, **changes)
        if self._settings.suggest_names != before.suggest_names:
            self.names_wanted.emit()

    @property
    def suggests(self) -> bool:
        """Whether names are suggested for groups."""
        return self._settings.suggest_names == "on"

    @property
    def is_working(self) -> bool:
        return self._runner.is_busy(*WAITED_FOR) or self._waiting is not None

    def close(self) -> None:
        """Stop everything, wait for it, and let go of the folder."""
        self.leaving.emit()
        self._remembering.keep()
        self._ask_again.stop()
        self._retry.stop()
        self._runner.close()
        _close_all(self._made)  # once no thread is left that could ask them
        self._library = None


def _close_all(libraries: list[Library]) -> None:
    for library in libraries:
        library.close()
