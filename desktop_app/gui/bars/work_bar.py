"""What is running, in the one place that tells count, rate and time left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop_app.engine.job import Progress
from desktop_app.engine.language import figure, tr
from desktop_app.engine.wording import progress_text
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.spoken import say
from desktop_app.gui.theme import SPACE


class WorkBar(QWidget):
    """Progress of the work the person waits for, with Pause and Cancel. Hidden while there is none."""

    pause_wanted = Signal(bool)
    cancel_wanted = Signal()
    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begun, self._after = "", ""
        self._last: Progress | None = None
        self.text = ElidedLabel()
        self.text.setAccessibleDescription(tr("Progress"))  # as its name, it would stand before what the text says
        self.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress bar"))
        self.bar.setFixedHeight(6)
        self.bar.setMinimumWidth(SPACE * 6)
        self.bar.setMaximumWidth(SPACE * 20)
        self.pause = QPushButton(tr("Pause"))
        self.pause.setCheckable(True)
        self.pause.setToolTip(tr("Hold the work; nothing is lost"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop the work; what was done so far stays"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.pause)
        layout.addWidget(self.cancel)
        self._show_soon = QTimer(self, singleShot=True, interval=500)
        self._show_soon.timeout.connect(self.show)
        self.pause.toggled.connect(self._toggle)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.hide()

    def _toggle(self, paused: bool) -> None:
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self._tell()
        say(self, self.text.text())
        self.pause_wanted.emit(paused)

    def begin(self, text: str, *, can_pause: bool, can_cancel: bool = True, at_once: bool) -> None:
        """Show the bar for new work of which nothing is known yet; quick work gets it only if it takes a while."""
        self.pause.blockSignals(True)
        self.pause.setChecked(False)
        self.pause.blockSignals(False)
        self.pause.setText(tr("Pause"))
        self.pause.setVisible(can_pause)
        self.cancel.setVisible(can_cancel)
        self._begun, self._last, self._after = text, None, ""
        self.bar.setRange(0, 0)
        self._tell()
        if at_once:
            self.show()
        elif not self.isVisible():
            self._show_soon.start()

    def end(self) -> None:
        """The work is over."""
        self._show_soon.stop()
        self.hide()

    def advance(self, event: Progress) -> None:
        before, self._last = self._last, event
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)
        self._tell()
        if _quarter(before) < _quarter(event):
            say(self, self.text.text())

    def say_after(self, text: str) -> None:
        """Say what follows once this work is done."""
        self._after = text
        self._tell()

    def _tell(self) -> None:
        text = self._begun
        if self.pause.isChecked():
            # A rate and a time left would be those of work that goes on.
            text = tr("Paused")
            if self._last is not None:
                done, total = figure(self._last.done), figure(self._last.total)
                text = tr("Paused · {done} of {total}", done=done, total=total)
        elif self._last is not None:
            text = progress_text(self._last)
        self.text.setText(f"{text} · {self._after}" if self._after else text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        say(self, self.text.text())
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown_changed.emit(False)


def _quarter(progress: Progress | None) -> int:
    """How many quarters are done: as often as progress is worth a sentence."""
    return 4 * progress.done // progress.total if progress is not None and progress.total else 0
