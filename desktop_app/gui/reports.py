"""What the workflow has to say, said to the person: progress, results, failures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.job import Progress
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.wording import counted
from desktop_app.gui.dialogs import messages
from desktop_app.gui.jobs import workflow

if TYPE_CHECKING:
    from desktop_app.engine.organize.reports import ApplyReport, RecoveryReport, UndoReport
    from desktop_app.gui.main_window import MainWindow

Offer = tuple[str, Callable[[], object]]


class Reports:
    """Connects the workflow's signals to the bars and boxes of the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        flow = window.workflow
        flow.work_began.connect(self._began)
        flow.work_progressed.connect(self._progressed)
        flow.work_cancelled.connect(self._cancelled)
        flow.failed.connect(self._failed)
        flow.noticed.connect(window.notice.announce)
        window.organizer.recovered.connect(self._recovered)
        window.organizer.organized.connect(self._organized)
        window.organizer.undone.connect(self._undone)
        window.state.photos_changed.connect(self._looked)
        self._lane = ""

    def _began(self, lane: str, text: str) -> None:
        # Organizing goes on while the person looks around: quick work must not take its place in the bar.
        if self._lane == workflow.ORGANIZE and self._window.organizer.is_busy and lane != workflow.ORGANIZE:
            return
        self._lane = lane
        quick = lane in (workflow.CLUSTER, workflow.ELBOW)
        self._window.work_bar.begin(text, can_pause=not quick, at_once=not quick)

    def _progressed(self, lane: str, event: Progress) -> None:
        if lane == self._lane:
            self._window.work_bar.advance(event)

    def _cancelled(self, lane: str, stopped: Cancelled) -> None:
        report: Any = getattr(stopped, "report", None)
        if report is not None:
            self._organized(report) if hasattr(report, "done") else self._undone(report)
        elif lane == workflow.INDEX:
            again: Offer = ("Go on", self._window.workflow.rescan)
            self._window.notice.announce("Stopped. What was looked at so far is remembered.", [again])
        elif lane == workflow.ORGANIZE:
            self._window.notice.announce("Stopped before anything was touched.")

    def _failed(self, error: Exception) -> None:
        window = self._window
        messages.show_error(window, error)
        # A folder of which nothing can be shown stays open only if its problems are worth a look.
        if isinstance(error, UserError) and not window.state.photos and not window.state.problems:
            window.workflow.close_folder()

    def _looked(self) -> None:
        window = self._window
        if window.state.folder is not None and window.state.indexed:
            window.memory.add_recent(window.state.folder)
            window.refresh_recent()

    def _recovered(self, reports: tuple[RecoveryReport, ...]) -> None:
        texts = " ".join(report.text for report in reports)
        offer: Offer = ("History", self._window.commands.history)
        self._window.notice.announce(texts, [offer])

    def _organized(self, report: ApplyReport) -> None:
        offers: list[Offer] = []
        if report.problems:
            offers.append((f"Show {counted(len(report.problems), 'file')}", self._show_problems(report)))
        if report.done:
            target = report.done[0].dst.parent.parent
            offers.append(("Show folder", lambda: self._window.commands.show_path(target / "x")))
            offers.append(("Undo", lambda: self._window.organizer.undo(report.run_id)))
        self._window.notice.announce(report.text, offers)
        if ACTIONS[report.action].takes_source and report.done:
            self._window.workflow.rescan()

    def _undone(self, report: UndoReport) -> None:
        offers: list[Offer] = []
        if report.problems:
            offers.append((f"Show {counted(len(report.problems), 'file')}", self._show_problems(report)))
        self._window.notice.announce(report.text, offers)
        if ACTIONS[report.action].takes_source and report.restored:
            self._window.workflow.rescan()

    def _show_problems(self, report: ApplyReport | UndoReport) -> Callable[[], None]:
        def show() -> None:
            from desktop_app.gui.dialogs.problems import FilesLeftAlone

            FilesLeftAlone(report.problems, self._window.state.folder, self._window).show()

        return show
