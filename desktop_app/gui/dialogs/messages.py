"""What the person is told in a box: errors with a hint, words explained. Never a traceback."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QMessageBox, QWidget

from desktop_app.engine import screen
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.support import report
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.plain_text import all_plain

_log = logging.getLogger(__name__)

_WORDS = (
    tr_noop("<b>Group</b>: photos that look alike to the model. Kindred finds groups by itself; you choose how many."),
    tr_noop("<b>k</b>: the number of groups. <i>Auto</i> takes the number that the elbow chart suggests."),
    tr_noop(
        "<b>Elbow</b>: with each further group photos lie closer together. Where that stops paying, the "
        "curve bends like an elbow: a good place to stop. Not every album tells how many groups it has, and then "
        "the chart says so."
    ),
    tr_noop("<b>Silhouette</b>: a second opinion on the number of groups: how far apart the groups stand."),
    tr_noop(
        "<b>Map</b>: every photo a point. The two directions (PCA 1 and 2) are those in which the photos "
        "differ most; the percentage says how much of all difference each shows."
    ),
    tr_noop("<b>Similarity</b>: 1.00 is the same picture, 0 has nothing in common (the cosine of two embeddings)."),
    tr_noop(
        "<b>Unsure</b>: photos that no group claims clearly. Organize files them with the group they are "
        "most like, unless you say otherwise."
    ),
    tr_noop("<b>Method</b>: how groups are found. k-means is fast and good for most albums."),
)


def words() -> str:
    """What the words of the window mean, as paragraphs with emphasis."""
    return "".join(f"<p>{tr(one)}</p>" for one in _WORDS)


@contextmanager
def instead_of_aborting() -> Iterator[None]:
    """Where Qt finds no screen, or lacks a library, end with a sentence: Qt itself ends with a core dump."""
    heard: list[str] = []  # the first complaint says more than the last

    def last_words(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            message, hint = screen.why_no_window(os.environ, heard[0] if heard else text)
            print(f"kindred: {message} {hint}", file=sys.stderr, flush=True)  # noqa: T201
            os._exit(UsageError.exit_code)  # Qt aborts when this returns
        heard.append(text)
        _log.info("Qt: %s", text)

    previous = qInstallMessageHandler(last_words)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def show_error(parent: QWidget, error: BaseException) -> QMessageBox:
    """Tell what happened and what can be done; the box does not block the window's other work."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Kindred")
    box.setTextFormat(Qt.TextFormat.PlainText)
    if isinstance(error, UserError):
        _log.warning("refused: %s", error.code)
        _log.debug("%s", error)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(error.message)
        box.setInformativeText(error.hint)
    else:
        _log.error("unexpected", exc_info=error)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText(tr("Something went wrong that should not have."))
        box.setInformativeText(
            f"{str(error) or type(error).__name__}\n\n"
            + tr(
                "Your photos are as they were. {report} (Help > Open the log folder)",
                report=report.crash_said(report.save_crash(error)),
            )
        )
    all_plain(box)  # the hint's label as well, which the box's own format leaves out
    box.open()
    return box


class Explanation(ScrollingDialog):
    """A text of our own, with headings and emphasis."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(title, QSize(560, 480), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = QLabel(text, textFormat=Qt.TextFormat.RichText, wordWrap=True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if "<a href" in text:  # a text without links leaves the keyboard to what scrolls it
            flags |= Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        label.setTextInteractionFlags(flags)
        label.setOpenExternalLinks(True)
        self.body.addWidget(label)
        self.body.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        self.finish(buttons)


Answer = tuple[str, QMessageBox.ButtonRole, Callable[[], object] | None]
"""Words of a button, what it means, and what it does."""


def ask(parent: QWidget, question: str, explanation: str, answers: Sequence[Answer]) -> QMessageBox:
    """Ask without holding up the window's other work. Escape, Enter and closing the box choose the last answer.

    Over a dialog of ``parent`` that is in use, so that the keys return to it.
    """
    used = QApplication.activeWindow()
    box = QMessageBox(used if isinstance(used, QDialog) and used.parent() is parent else parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Kindred")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(explanation)
    for words, role, act in answers:
        button = box.addButton(words, role)
        if act is not None:
            button.clicked.connect(lambda _checked=False, act=act: act())
    box.setDefaultButton(button)
    box.setEscapeButton(button)
    all_plain(box)
    box.open()
    return box


def catch_unexpected(parent: QWidget) -> None:
    """Show what no handler caught, instead of printing it where nobody looks."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            show_error(parent, error.with_traceback(trace))

    sys.excepthook = hook
