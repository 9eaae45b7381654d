"""What just happened, said above the panes at the foot of the window, which do not move for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from desktop_app.gui.plain_text import caption
from desktop_app.gui.theme import SPACE, accent, clear_layout, faded, is_dark

_WIDEST = 860
_NARROW = 620  # below this the buttons stand under the text


class NoticeBar(QWidget):
    """Says what happened, and offers what can be done about it, without standing in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_warning = False
        self._icon = QLabel()
        self.text = QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(SPACE)
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName("Dismiss the notice")
        close.setToolTip("Dismiss")
        close.clicked.connect(self.hide)
        said = QHBoxLayout()
        said.setSpacing(SPACE)
        said.addWidget(self._icon)
        said.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addLayout(self._offers)
        buttons.addWidget(close)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self._rows.setSpacing(SPACE)
        self._rows.addLayout(said, 1)
        self._rows.addLayout(buttons)
        self.hide()

    def float_over(self, ground: QWidget) -> None:
        """Stand at the foot of ``ground``, over what is there."""
        self.setParent(ground)
        ground.installEventFilter(self)

    def announce(
        self, text: str, offers: Sequence[tuple[str, Callable[[], object]]] = (), *, warning: bool = False
    ) -> None:
        """Show ``text`` with a button for each of ``offers``, until it is dismissed or the next takes its place.

        Args:
            text: what happened.
            offers: words and what the button does; using one leaves the others in reach.
            warning: something was not done, or does not last.
        """
        clear_layout(self._offers)
        for label, offer in offers:
            button = QPushButton(caption(label))
            button.clicked.connect(lambda _checked=False, offer=offer: offer())
            self._offers.addWidget(button)
        self.is_warning = warning
        sign = QStyle.StandardPixmap.SP_MessageBoxWarning
        self._icon.setPixmap(self.style().standardIcon(sign).pixmap(SPACE * 2, SPACE * 2))
        self._icon.setVisible(warning)
        self.text.setText(text)
        self.text.setAccessibleName(f"Warning: {text}" if warning else text)
        self.show()
        self._place()
        self.raise_()
        self.update()

    def _place(self) -> None:
        ground = self.parentWidget()
        if ground is None:
            return
        width = min(_WIDEST, ground.width() - 4 * SPACE)
        below = width < _NARROW and self._offers.count() > 0
        self._rows.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self._rows.invalidate()
        wanted = self._rows.totalHeightForWidth(width) if self._rows.hasHeightForWidth() else self.sizeHint().height()
        height = min(max(wanted, self._rows.totalMinimumSize().height()), ground.height())
        self.setGeometry((ground.width() - width) // 2, ground.height() - height - 2 * SPACE, width, height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        color = warning_color(palette) if self.is_warning else accent(palette)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(faded(color, 170), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, SPACE, SPACE)
        painter.setBrush(faded(color, 36))
        painter.drawRoundedRect(box, SPACE, SPACE)
        painter.end()


def warning_color(palette: QPalette) -> QColor:
    """Of what was not done, and of what does not last."""
    return QColor("#F0A83A" if is_dark(palette) else "#B86A00")
