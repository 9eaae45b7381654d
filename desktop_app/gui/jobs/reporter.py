"""Writes, in the background, the report that a person gives to whoever helps them."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.support import report
from desktop_app.engine.wording import display_path
from desktop_app.gui import desktop
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.dialogs import messages
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.lanes import Lane


def save_report(window: QWidget, runner: JobRunner, notice: NoticeBar) -> None:
    """Ask where the report goes, write it, and say where it lies and what is in it."""
    start = str(Path.home() / time.strftime("kindred-report-%Y-%m-%d.txt"))
    # The system's question whether a file may be replaced would promise what never happens.
    keep = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(window, tr("Save a report"), start, tr("Text (*.txt)"), options=keep)
    if not chosen:
        return
    file = Path(chosen)

    def work(_ctx: JobContext, _emit: Emit) -> None:
        report.save(file)

    def done(_nothing: None) -> None:
        text = tr("The report lies in {file}.", file=display_path(file)) + f" {tr(report.CONTENTS)}"
        notice.announce(text, [(tr("Show in folder"), lambda: desktop.show_in_folder(file))])

    def failed(error: Exception) -> None:
        messages.show_error(window, error)

    runner.start(Lane.REPORT, work, done=done, failed=failed)
