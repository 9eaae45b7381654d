"""Everything of the window that is about models: use, add, remove, compare, learn from the open folder, take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.engine.errors import ModelError, UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.library import Library
from desktop_app.engine.models import comparing, learning, shelf, using
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.workflow import Workflow

if TYPE_CHECKING:
    from desktop_app.engine.models.comparing import Comparison
    from desktop_app.engine.models.learning import Learned

_BUSY = tr_noop("Files are being organized. Another model can be chosen when that is done.")


class ModelKeeper(QObject):
    """Outlives the dialog: learning goes on while the person looks around.

    Args:
        flow: looks at the open folder with a model.
        state: knows the folder.
        runner: runs the work.
        organizer: while it handles files, the folder is not looked at anew.
    """

    changed = Signal()
    """The models there are, which one is in use, or what is under way."""
    folder_changed = Signal()
    """The models are the same: reading their cards takes long enough to hold up the opening of a folder."""
    said = Signal(str)
    """What was done, or why not."""
    compared = Signal(object)
    """The `Comparison`."""
    compare_progressed = Signal(object)
    learn_progressed = Signal(object)
    learned = Signal(str)
    """What came of learning, in words."""

    def __init__(
        self, flow: Workflow, state: AppState, runner: JobRunner, organizer: Organizer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._flow, self._state, self._runner, self._organizer = flow, state, runner, organizer
        self.progress: Progress | None = None
        self.learning_from = ""
        self._compared_in: Path | None = None
        state.folder_changed.connect(self._follow_folder)

    def _follow_folder(self) -> None:
        if self.folder != self._compared_in:
            self._runner.drop(Lane.COMPARE)  # it was about another folder
        self.folder_changed.emit()

    @property
    def current(self) -> ModelCard | None:
        """The model in use; None where it cannot be read."""
        try:
            return shelf.resolve(self._flow.model)
        except ModelError:
            return None

    @property
    def before(self) -> ModelCard | None:
        """The model that the one in use was learned from, if it was."""
        card = self.current
        return using.model_before(card) if card is not None else None

    @property
    def folder(self) -> Path | None:
        """The open folder."""
        return self._state.folder

    @property
    def is_learning(self) -> bool:
        return self._runner.is_busy(Lane.LEARN)

    @property
    def is_comparing(self) -> bool:
        return self._runner.is_busy(Lane.COMPARE)

    def use(self, name: str) -> bool:
        """Look at the folder with a model at once, and remember; False where it cannot be."""
        refused = tr(_BUSY) if self._organizer.is_busy else ""
        if not refused:
            try:
                using.use(name)
                self._flow.choose_model(name)
                self._flow.set_settings(model=name)
            except UserError as error:
                refused = str(error)
        self.changed.emit()  # after a refusal, too: the tool bar shows what was asked for
        if refused:
            self.said.emit(refused)
        return not refused

    def take_back(self) -> None:
        """Use the model again that the one in use was learned from; the learned one stays in the list."""
        card, before = self.current, self.before
        if card is not None and before is not None and self.use(before.name):
            self.said.emit(
                tr(
                    "“{before}” is in use again. {model} stays in the list; Remove deletes it.",
                    before=display_path(tr(before.title)),
                    model=card.name,
                )
            )

    def add(self, path: Path) -> None:
        """Check a model and copy it into the person's models folder."""

        def work(_ctx: JobContext, _emit: Emit) -> str:
            card = shelf.add(path)
            added = tr("“{title}” was added as {model}.", title=display_path(tr(card.title)), model=card.name)
            return " ".join((added, *shelf.warnings(card)))

        self._change(tr("Checking {file}…", file=display_path(path.name)), work)

    def remove(self, name: str) -> None:
        """Remove one of the person's models; where it is in use, the one before or the usual one takes its place."""
        in_use = name == self._flow.model
        if in_use and self._organizer.is_busy:
            self.said.emit(tr(_BUSY))
            return

        # The folder is looked at with another model before this one's files go.
        follows = self._successor(name) if in_use else ""

        def work(_ctx: JobContext, _emit: Emit) -> str:
            using.remove(name)
            return tr("{model} was removed.", model=name)

        def removed() -> None:
            if follows == name:  # a shipped one of the same name stood behind it
                self._flow.rescan()

        if not in_use or self.use(follows):
            self._change(tr("Removing {model}…", model=name), work, removed)

    def _successor(self, name: str) -> str:
        try:
            return using.successor(shelf.resolve(name))
        except ModelError:
            return using.usual()

    def _change(
        self, text: str, work: Callable[[JobContext, Emit], str], then: Callable[[], None] = lambda: None
    ) -> None:
        def done(said: str) -> None:
            then()
            self.changed.emit()
            self.said.emit(said)

        if self._runner.is_busy(Lane.MODELS):
            self.said.emit(tr("A model is being added or removed. Try again when that is done."))
            return  # a new job would take the place of that one, and nobody would hear of it
        self.said.emit(text)
        self._runner.start(Lane.MODELS, work, done=done, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.said.emit(str(error))
        else:
            self._flow.failed.emit(error)

    def compare(self, first: str, second: str) -> None:
        """Let two models look at the open folder."""
        folder = self.folder
        if folder is None:
            return
        self._compared_in = folder

        def work(ctx: JobContext, _emit: Emit) -> Comparison:
            return comparing.compare(lambda name: Library(folder, model=name), (first, second), ctx)

        self._start(Lane.COMPARE, work, self.compared.emit, self.compare_progressed.emit)

    def learn(self, minutes: float) -> None:
        """Fit the model in use to the open folder; the new one is added and used."""
        folder, base = self.folder, self.current
        if folder is None or base is None or self.is_learning:
            return

        def advance(event: Progress) -> None:
            self.progress = event
            self.learn_progressed.emit(event)

        self.progress, self.learning_from = None, display_path(folder.name or str(folder))
        self._start(
            Lane.LEARN,
            lambda ctx, _emit: learning.learn(folder, base, ctx, minutes=minutes),
            self._take_learned,
            advance,
        )

    def _start(
        self,
        lane: Lane,
        work: Callable[[JobContext, Emit], object],
        done: Callable[[Any], None],
        progress: Callable[[Progress], None],
    ) -> None:
        def then(callback: Callable[[Any], None]) -> Callable[[Any], None]:
            def ended(result: Any) -> None:
                callback(result)
                self.changed.emit()

            return ended

        self._runner.start(
            lane,
            work,
            done=then(done),
            failed=then(self._fail),
            progress=progress,
            cancelled=then(lambda _stopped: self.said.emit(tr("Stopped. The models are as they were."))),
        )
        self.changed.emit()

    def _take_learned(self, result: Learned) -> None:
        card, folder = result.card, self.learning_from
        if card is None:
            text = tr("Nothing that was learned from {folder} helped, so the model stays as it is.", folder=folder)
        elif self.use(card.name):
            text = tr("Learned from {folder}. The new model, {model}, is in use.", folder=folder, model=card.name)
        else:
            text = tr("Learned from {folder}. The new model, {model}, is in the list.", folder=folder, model=card.name)
        self.learned.emit(text)

    def stop(self, lane: Lane) -> None:
        """Stop learning or comparing."""
        self._runner.cancel(lane)
