"""The end of the window while files are handled or a model is learned, and what the next start says of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.engine.language import tr
from desktop_app.engine.organize.reports import ApplyReport, UndoReport
from desktop_app.gui.bars.work_bar import WorkBar
from desktop_app.gui.dialogs import messages
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.organizer import LeftOver, Organizer
from desktop_app.gui.window_settings import WindowSettings

_KEY = "left_over"


class Closing(QObject):
    """Asks before the window closes on a run or on learning, and keeps what was not done for the next start.

    Args:
        window: closes.
        organizer: tells what came of handling files.
        runner: stops what is under way, and says when it has ended.
        memory: keeps what was not done.
        work_bar: says that the window closes after the run.
    """

    def __init__(
        self, window: QWidget, organizer: Organizer, runner: JobRunner, memory: WindowSettings, work_bar: WorkBar
    ) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._memory, self._work_bar = memory, work_bar
        self._box: QMessageBox | None = None
        self._about = Lane.ORGANIZE
        self._close_if_whole = self._close_anyway = self._whole = False
        organizer.left_over_changed.connect(self._keep)
        organizer.organized.connect(self._take_report)
        organizer.undone.connect(self._take_report)
        runner.busy_changed.connect(self._go_on)

    def may_close(self) -> bool:
        """Whether the window may close now; while files are handled or a model is learned, the person is asked."""
        busy = [lane for lane in (Lane.ORGANIZE, Lane.LEARN) if self._runner.is_busy(lane)]
        if busy and self._box is None:
            self._about, self._whole = busy[0], False
            self._box = self._ask_about_files() if self._about == Lane.ORGANIZE else self._ask_about_learning()
            self._box.finished.connect(self._asked)
        return not busy

    def _ask_about_files(self) -> QMessageBox:
        return messages.ask(
            self._window,
            tr("Kindred is still working on files. Close it?"),
            tr("Stopping leaves every file whole, here or there; the next start offers to continue."),
            (
                (tr("Finish, then close"), QMessageBox.ButtonRole.AcceptRole, self._finish_first),
                (tr("Stop now and close"), QMessageBox.ButtonRole.DestructiveRole, self._stop),
                (tr("Keep working"), QMessageBox.ButtonRole.RejectRole, self._stay),
            ),
        )

    def _ask_about_learning(self) -> QMessageBox:
        return messages.ask(
            self._window,
            tr("Kindred is still learning from photos. Close it?"),
            tr("Stopping leaves photos and models as they are; what was learned so far is lost."),
            (
                (tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole, self._stop),
                (tr("Keep learning"), QMessageBox.ButtonRole.RejectRole, self._stay),
            ),
        )

    def _asked(self, _result: int) -> None:
        self._box = None

    def _finish_first(self) -> None:
        self._close_if_whole = True
        self._work_bar.say_after(tr("Kindred closes after this"))

    def _stop(self) -> None:
        self._close_anyway = True
        self._runner.set_paused(self._about, False)
        self._runner.cancel(self._about)

    def _stay(self) -> None:
        self._close_if_whole = False
        self._work_bar.say_after("")

    def _take_report(self, report: ApplyReport | UndoReport) -> None:
        self._whole = report.ok

    def _go_on(self) -> None:
        if self._runner.is_busy(self._about):
            return
        if self._box is not None:
            self._box.close()  # the question is answered: what it asked about is over
        # A run that did not come to its end as asked has something to tell, which nobody would read in a closed window.
        close = self._close_anyway or (self._close_if_whole and self._whole)
        self._close_anyway = self._close_if_whole = False
        if close:
            QTimer.singleShot(0, self._window, self._window.close)

    def _keep(self, left: LeftOver | None) -> None:
        self._memory.set_text(_KEY, "" if left is None else json.dumps(asdict(left), default=str))
        self._memory.save()

    def take_left_over(self) -> LeftOver | None:
        """What the last run left undone, once: a person who does not want the rest is not told again."""
        text = self._memory.text(_KEY)
        if not text:
            return None
        self._keep(None)
        try:
            known = json.loads(text)
            return LeftOver(
                Path(known["root"]),
                Path(known["destination"]),
                str(known["action"]),
                int(known["photos"]),
                undoing=bool(known["undoing"]),
            )
        except (ValueError, KeyError, TypeError):
            return None  # edited, or of another version: History knows the run all the same
