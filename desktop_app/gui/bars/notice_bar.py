"""What just happened, said at the foot of the page, over photos that can be scrolled or moved, and over no control."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QHideEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QWidget,
)

from desktop_app.engine.language import tr
from desktop_app.gui.plain_text import caption
from desktop_app.gui.spoken import say
from desktop_app.gui.theme import SPACE, accent, faded, is_dark

_WIDEST = 860
_NARROW = 620  # below this the buttons stand under the text
_STAYS, _STAYS_A_LETTER = 4_000, 60  # milliseconds; reading aloud takes about as long
_LEAST_OF_A_LIST = SPACE * 5
_MOVES = QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide  # of what a notice stands on


class NoticeBar(QWidget):
    """Says what happened, and offers what can be done about it, without standing in the way.

    What is only for information goes by itself, once it could be read: not under the pointer, nor while the window is
    not looked at. What offers something stays until the next action (`step_aside`), a warning until it is dismissed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_warning = False
        self._grounds: tuple[QWidget, ...] = ()
        self._list: QAbstractItemView | QScrollArea | None = None
        self._icon = QLabel()
        self.text = QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offers = QWidget()
        self._buttons: list[QPushButton] = []
        self._places = QGridLayout(self._offers)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(SPACE)
        close = QToolButton(autoRaise=True)
        close.setText("✕")
        close.setAccessibleName(tr("Dismiss the notice"))
        close.setToolTip(tr("Dismiss"))
        close.clicked.connect(self.hide)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self._rows.setSpacing(SPACE)
        self._rows.setColumnStretch(1, 1)
        self._rows.addWidget(self._icon, 0, 0)
        self._rows.addWidget(self.text, 0, 1)
        self._rows.addWidget(close, 0, 3, Qt.AlignmentFlag.AlignTop)
        self._away = QTimer(self, singleShot=True)
        self._away.timeout.connect(self._go)
        self.hide()

    def stand_on(self, *grounds: QWidget) -> None:
        """Stand at the foot of the first of ``grounds`` that is in sight and tall enough, else of the tallest.

        Args:
            grounds: within the same parent; what lies at their foot can do without the room. The last rows of one that
                scrolls can be scrolled above the notice. Of several, the last is for when no other is in sight, or the
                others have no room for so much.
        """
        if grounds == self._grounds:
            return
        for ground in self._grounds:
            ground.removeEventFilter(self)
        self._grounds = grounds
        for ground in grounds:
            ground.installEventFilter(self)
        if self.isVisible():
            self._place()

    @property
    def stays(self) -> bool:
        """Whether it waits for the person, instead of going by itself."""
        return self.is_warning or bool(self._buttons)

    def announce(
        self, text: str, offers: Sequence[tuple[str, Callable[[], object]]] = (), *, warning: bool = False
    ) -> None:
        """Show ``text`` with a button for each of ``offers``, in place of what was said before.

        Args:
            text: what happened.
            offers: words and what the button does; using one leaves the others in reach.
            warning: something was not done, or does not last.
        """
        for button in self._buttons:
            button.setParent(None)
            button.deleteLater()  # not at once: it may be the one that is being pressed
        self._buttons = []
        for label, offer in offers:
            button = QPushButton(caption(label))
            button.clicked.connect(lambda _checked=False, offer=offer: offer())
            self._buttons.append(button)
        self.is_warning = warning
        sign = QStyle.StandardPixmap.SP_MessageBoxWarning
        self._icon.setPixmap(self.style().standardIcon(sign).pixmap(SPACE * 2, SPACE * 2))
        self._icon.setVisible(warning)
        self.text.setText(text)
        self.text.setAccessibleName(tr("Warning: {what}", what=text) if warning else text)
        self.show()
        self._place()
        self.raise_()
        self.update()
        self._wait()
        say(self, self.text.accessibleName(), at_once=warning)

    def step_aside(self) -> None:
        """Something else was done: only a warning still matters."""
        if not self.is_warning:
            self.hide()

    # When it goes

    def _wait(self) -> None:
        if self.stays or self.underMouse():
            self._away.stop()
        else:
            self._away.start(_STAYS + _STAYS_A_LETTER * len(self.text.text()))

    def _go(self) -> None:
        if self.window().isActiveWindow():
            self.hide()
        else:
            self._wait()  # nobody was there to read it

    def enterEvent(self, event: QEnterEvent) -> None:
        self._away.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._wait()
        super().leaveEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait()

    def hideEvent(self, event: QHideEvent) -> None:
        self._away.stop()
        self._leave_list()
        super().hideEvent(event)

    # Where it stands

    def _place(self) -> None:
        self._leave_list()
        parent = self.parentWidget()
        there = [one for one in self._grounds if one.isVisible() and parent is not None and parent.isAncestorOf(one)]
        if not there or parent is None:
            return
        best = there[:-1] or there
        fits = [one for one in best if one.height() >= self._wanted_height(one) + _LEAST_OF_A_LIST]
        ground = fits[0] if fits else max(best, key=QWidget.height)
        # One that is longer than its ground is high covers what lies above, until it was read.
        most = ground.mapTo(parent, ground.rect().bottomLeft()).y() + 1 - SPACE
        if self._wanted_height(ground) > most:
            ground = there[-1]
        room = QRect(ground.mapTo(parent, QPoint()), ground.size())
        height = min(self._wanted_height(ground), room.bottom() + 1 - SPACE)
        width = self._width_on(ground)
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() + 1 - height - SPACE, width, height)
        if isinstance(ground, QAbstractItemView | QScrollArea):
            self._list = ground
            covered = min(room.bottom() + 1 - self.y() + SPACE, ground.height() - _LEAST_OF_A_LIST)
            ground.setViewportMargins(0, 0, 0, max(0, covered))

    def _width_on(self, ground: QWidget) -> int:
        return min(_WIDEST, ground.width() - 2 * SPACE)

    def _wanted_height(self, ground: QWidget) -> int:
        width = self._width_on(ground)
        self._lay_out(width)
        wanted = self._rows.totalHeightForWidth(width) if self._rows.hasHeightForWidth() else self.sizeHint().height()
        return max(wanted, self._rows.totalMinimumSize().height())

    def _lay_out(self, width: int) -> None:
        """Buttons beside the text, or below it where it is narrow, in as many rows as they need."""
        below = width < _NARROW and bool(self._buttons)
        self._rows.removeWidget(self._offers)
        if below:
            self._rows.addWidget(self._offers, 1, 0, 1, 4, Qt.AlignmentFlag.AlignRight)
        else:
            self._rows.addWidget(self._offers, 0, 2)
        columns = _columns(
            [button.sizeHint().width() for button in self._buttons], width - 4 * SPACE if below else None
        )
        for place, button in enumerate(self._buttons):
            self._places.removeWidget(button)
            self._places.addWidget(button, place // columns, place % columns)
            button.show()
        self._offers.setVisible(bool(self._buttons))
        self._places.invalidate()
        self._rows.invalidate()

    def _leave_list(self) -> None:
        if self._list is not None:
            self._list.setViewportMargins(0, 0, 0, 0)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        color = warning_color(palette) if self.is_warning else accent(palette)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(color, 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, SPACE, SPACE)
        painter.setBrush(faded(color, 36))
        painter.drawRoundedRect(box, SPACE, SPACE)
        painter.end()


def _columns(widths: Sequence[int], room: int | None) -> int:
    """How many buttons of these widths stand side by side in ``room``; all of them where there is no bound."""
    for columns in range(len(widths), 1, -1):
        row = sum(max(widths[column::columns]) for column in range(columns)) + SPACE * (columns - 1)
        if room is None or row <= room:
            return columns
    return 1


def warning_color(palette: QPalette) -> QColor:
    """Of what was not done, and of what does not last."""
    return QColor("#F0A83A" if is_dark(palette) else "#B86A00")
