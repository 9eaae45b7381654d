"""Two thin bars above the panes: what is running, and what just happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.job import Progress
from desktop_app.engine.wording import progress_text
from desktop_app.gui.plain_text import caption
from desktop_app.gui.theme import SPACE, accent, clear_layout, faded


class WorkBar(QWidget):
    """Progress of the work the person waits for, with Pause and Cancel. Hidden while there is none."""

    pause_wanted = Signal(bool)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.text.setAccessibleName("Progress")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Progress bar")
        self.bar.setFixedHeight(4)
        self.pause = QPushButton("Pause")
        self.pause.setCheckable(True)
        self.pause.setToolTip("Hold the work; nothing is lost")
        self.cancel = QPushButton("Cancel")
        self.cancel.setToolTip("Stop the work; what was read so far is remembered")
        row = QHBoxLayout()
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self.text, 1)
        row.addWidget(self.pause)
        row.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        self._show_soon = QTimer(self, singleShot=True, interval=500)
        self._show_soon.timeout.connect(self.show)
        self.pause.toggled.connect(self._toggle)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.hide()

    def _toggle(self, paused: bool) -> None:
        self.pause.setText("Resume" if paused else "Pause")
        self.pause_wanted.emit(paused)

    def begin(self, text: str, *, can_pause: bool, at_once: bool) -> None:
        """Show the bar for new work of which nothing is known yet; quick work gets it only if it takes a while."""
        self.pause.blockSignals(True)
        self.pause.setChecked(False)
        self.pause.blockSignals(False)
        self.pause.setText("Pause")
        self.pause.setVisible(can_pause)
        self.text.setText(text)
        self.bar.setRange(0, 0)
        if at_once:
            self.show()
        elif not self.isVisible():
            self._show_soon.start()

    def end(self) -> None:
        """The work is over."""
        self._show_soon.stop()
        self.hide()

    def advance(self, event: Progress) -> None:
        self.text.setText(progress_text(event))
        self.bar.setRange(0, event.total)
        self.bar.setValue(event.done)


class NoticeBar(QWidget):
    """Says what happened, and offers what can be done about it, without standing in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName("Dismiss the notice")
        close.setToolTip("Dismiss")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.text, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(close)
        self.hide()

    def announce(self, text: str, offers: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show ``text`` with a button for each of ``offers``; a button that was used takes the notice away."""
        clear_layout(self._buttons)
        for label, offer in offers:
            button = QPushButton(caption(label))
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _checked=False, offer=offer: offer())
            self._buttons.addWidget(button)
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), faded(accent(self.palette()), 36))
        painter.fillRect(0, 0, 4, self.height(), accent(self.palette()))
        painter.setPen(faded(self.palette().color(QPalette.ColorRole.WindowText), 40))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()
