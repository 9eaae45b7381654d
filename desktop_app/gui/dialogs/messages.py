"""What the person is told in a box: errors with a hint, words explained. Never a traceback."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.engine import paths
from desktop_app.engine.errors import UserError

_log = logging.getLogger(__name__)

WORDS = """
<p><b>Group</b>: photos that look alike to the model. Kindred finds groups by itself; you choose how many.</p>
<p><b>k</b>: the number of groups. <i>Auto</i> takes the number that the elbow chart suggests.</p>
<p><b>Elbow</b>: with each further group photos lie closer together. Where that stops paying, the curve bends like
an elbow: a good place to stop. Not every album has one, and the chart says so.</p>
<p><b>Silhouette</b>: a second opinion on the number of groups: how far apart the groups stand.</p>
<p><b>Map</b>: every photo a point. The two directions (PCA 1 and 2) are those in which the photos differ most;
the percentage says how much of all difference each shows.</p>
<p><b>Similarity</b>: 1.00 is the same picture, 0 has nothing in common (the cosine of two embeddings).</p>
<p><b>Unsure</b>: photos that no group claims clearly. Organize leaves them where they are.</p>
<p><b>Method</b>: how groups are found. k-means is fast and good for most albums.</p>
"""


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
        box.setText("Something went wrong that should not have.")
        box.setInformativeText(
            f"{str(error) or type(error).__name__}\n\nYour photos are as they were. The details were written to "
            f"{paths.log_dir()} (Help > Open the log folder)."
        )
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
