"""What came of the work, said to the person: progress in the work bar, results in the notice, failures in a box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.engine import runs
from desktop_app.engine.errors import Cancelled, NoImagesError, UserError
from desktop_app.engine.job import Progress
from desktop_app.engine.language import figure, tr, tr_noop
from desktop_app.engine.organize.actions.registry import changes_folder, noun
from desktop_app.engine.organize.reports import ApplyReport, RecoveryReport, RunCancelled, UndoReport
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.bars.work_bar import WorkBar
from desktop_app.gui.dialogs import messages
from desktop_app.gui.handlers import Handlers
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.organizer import LeftOver, Organizer
from desktop_app.gui.jobs.workflow import Workflow

Offer = tuple[str, Callable[[], object]]
"""A button of the notice, and what it does."""


class Announcer:
    """Listens to workflow and organizer, and speaks through the bars and boxes.

    Args:
        window: stands behind the boxes.
        state: knows the open folder.
        workflow: opens and groups.
        organizer: handles files.
        notice: gets results with what can be done about them.
        work_bar: gets progress.
        handlers: do what a notice offers.
    """

    def __init__(
        self,
        window: QWidget,
        state: AppState,
        workflow: Workflow,
        organizer: Organizer,
        notice: NoticeBar,
        work_bar: WorkBar,
        handlers: Handlers,
    ) -> None:
        self._window = window
        self._state = state
        self._workflow = workflow
        self._organizer = organizer
        self._notice = notice
        self._work_bar = work_bar
        self._handlers = handlers
        self._organizing = handlers.organizing
        self._lane: Lane | None = None
        self._came = ""
        self._emptying = False
        workflow.work_began.connect(self._began)
        workflow.work_progressed.connect(self._progressed)
        workflow.work_cancelled.connect(self._cancelled)
        workflow.failed.connect(self._failed)
        workflow.noticed.connect(lambda text: notice.announce(text, warning=True))
        handlers.regrouping.said.connect(notice.announce)
        handlers.regrouping.many_came.connect(self._many_came)
        organizer.recovered.connect(self._recovered)
        organizer.organized.connect(self._organized)
        organizer.undone.connect(self._undone)

    def say_without_memory(self) -> None:
        """Say once that nothing can be kept, where that is so."""
        if trouble := runs.without_memory():
            self._notice.announce(trouble, warning=True)

    def say_left_over(self, left: LeftOver) -> None:
        """Say what the last run did not come to before the program ended."""
        where = display_path(left.destination)
        if left.undoing:
            history: Offer = (tr("History"), self._organizing.show_history)
            text = tr(
                "Taking back the {run} to {folder} was stopped. The rest can be taken back, too.",
                run=noun(left.action),
                folder=where,
            )
            self._notice.announce(text, [history], warning=True)
            return
        go_on: Offer = (tr("Continue"), lambda: self._organizing.continue_run(left))
        text = tr(
            "Organizing {folder} to {destination} was stopped: %n photos not done yet.",
            "",
            left.photos,
            one="Organizing {folder} to {destination} was stopped: %n photo not done yet.",
            folder=display_path(left.root),
            destination=where,
        )
        self._notice.announce(text, [go_on], warning=True)

    def _began(self, lane: Lane, text: str) -> None:
        # Organizing goes on while the person looks around: quick work must not take its place in the bar.
        if self._lane == Lane.ORGANIZE and self._organizer.is_busy and lane != Lane.ORGANIZE:
            return
        self._lane = lane
        self._emptying = self._emptying and lane not in (Lane.INDEX, Lane.CHECK)
        if lane == Lane.ORGANIZE:
            self._notice.hide()  # its buttons are about how files stood before
        quick, drawing = lane in (Lane.CLUSTER, Lane.REGROUP, Lane.ELBOW), lane == Lane.SAMPLE
        at_once = not quick and lane != Lane.CHECK
        self._work_bar.begin(text, can_pause=not quick and not drawing, can_cancel=not drawing, at_once=at_once)

    def _progressed(self, lane: Lane, event: Progress) -> None:
        if lane == self._lane:
            self._work_bar.advance(event)

    def _cancelled(self, lane: Lane, stopped: Cancelled) -> None:
        report = stopped.report if isinstance(stopped, RunCancelled) else None
        if isinstance(report, ApplyReport):
            self._organized(report)
        elif report is not None:
            self._undone(report)
        elif lane == Lane.INDEX:
            text = tr_noop("Stopped after {read} of {found} photos. These can be grouped and organized.")
            if self._workflow.shows_previews:
                text = tr_noop("Stopped after the previews of {read} of {found} photos. These can be grouped only.")
            if not self._state.photos:
                text = tr_noop("Stopped before a photo was read.")
            read, found = figure(len(self._state.photos)), figure(len(self._state.files))
            self._notice.announce(tr(text, read=read, found=found), [self._go_on])
        elif lane == Lane.CHECK:
            self._organizing.say_unchecked()
        elif lane == Lane.ELBOW:
            self._notice.announce(tr("Stopped before there were groups."), [self._go_on])
        elif lane == Lane.ORGANIZE:
            self._notice.announce(tr("Stopped before anything was touched."))
        elif lane in (Lane.CLUSTER, Lane.REGROUP):
            self._notice.announce(tr("Stopped. The groups are as they were."))

    def _many_came(self, count: int) -> None:
        if not count:
            if self._notice.text.text() == self._came:
                self._notice.step_aside()
            return
        if self._notice.isVisible() and self._notice.stays:
            return  # what that one offers is worth more
        text = tr(
            "%n photos came since the groups were made.", "", count, one="%n photo came since the groups were made."
        )
        self._came = text
        self._notice.announce(text, [(tr("Group anew"), self._handlers.regrouping.anew)])

    @property
    def _go_on(self) -> Offer:
        return tr("Go on"), self._handlers.rescan

    def _failed(self, error: Exception) -> None:
        # Where all photos were moved there are none left, as the notice of the run says.
        if not (self._emptying and isinstance(error, NoImagesError)):
            messages.show_error(self._window, error)
        self._emptying = False
        # A folder of which nothing can be shown stays open only if its problems are worth a look.
        if isinstance(error, UserError) and not self._state.photos and not self._state.problems:
            self._workflow.close_folder()

    def _recovered(self, reports: tuple[RecoveryReport, ...]) -> None:
        texts = " ".join(report.text for report in reports)
        offer: Offer = (tr("History"), self._organizing.show_history)
        self._notice.announce(texts, [offer])

    def _organized(self, report: ApplyReport) -> None:
        offers = self._left_alone(report)
        left = self._organizer.left_over
        if report.waiting and left is not None:
            offers.append((tr("Continue"), lambda: self._organizing.continue_run(left)))
        if report.done:
            folder = report.done[0].dst.parent  # of a group: file managers show it in the destination
            offers.append((tr("Show folder"), lambda: self._handlers.show_path(folder)))
            offers.append((tr("Undo…"), lambda: self._organizing.undo_run(report.run_id)))
        self._notice.announce(report.text, offers, warning=not report.ok)
        if changes_folder(report.action) and report.done:
            self._handlers.rescan()
            self._emptying = True

    def _undone(self, report: UndoReport) -> None:
        offers = self._left_alone(report)
        if any(problem.code == "missing" for problem in report.problems):  # once it is back, there it can be undone
            offers.append((tr("History"), self._organizing.show_history))
        self._notice.announce(report.text, offers, warning=not report.ok)
        if changes_folder(report.action) and report.restored:
            self._handlers.rescan()

    def _left_alone(self, report: ApplyReport | UndoReport) -> list[Offer]:
        self._handlers.set_left_alone(report.problems)
        if not report.problems:
            return []
        return [(tr("Show %n files", "", len(report.problems), one="Show %n file"), self._handlers.show_left_alone)]
