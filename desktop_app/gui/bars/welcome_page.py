"""The first page: where to drop a folder, the folders opened before, and one promise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_icon import paint_app_icon
from desktop_app.gui.plain_text import caption, tip
from desktop_app.gui.theme import SPACE, accent, clear_layout, faded, set_title_font

_LARGEST, _SMALLEST = (SPACE * 8, SPACE * 23), (0, SPACE * 17)
_SIZES = (_LARGEST, (SPACE * 4, SPACE * 23), (SPACE * 4, SPACE * 17))
"""Side of the program's sign and height of where folders are dropped, as large as there is room."""
_AROUND = SPACE * 5
"""Between the sign and what is below it, and above and below all."""
PROMISE = tr_noop("Kindred only reads your folder until you say otherwise. Nothing leaves this computer.")


def dropped_folder(event: QDragEnterEvent | QDropEvent, *, of_file: bool = False) -> Path | None:
    """The folder that is being dropped, and with ``of_file`` the folder around a file."""
    for url in event.mimeData().urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            if path.is_dir() or of_file:
                return path if path.is_dir() else path.parent
    return None


def accept_unmoved(event: QDragEnterEvent | QDropEvent) -> bool:
    """Take what is dropped, but never as a move: a file manager may delete what it was told has moved."""
    for action in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if event.possibleActions() & action:
            event.setDropAction(action)
            event.accept()
            return True
    event.ignore()
    return False


class _DropArea(QWidget):
    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit = False
        self.setMinimumWidth(360)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = accent(self.palette()) if self.lit else faded(self.palette().color(QPalette.ColorRole.WindowText), 90)
        painter.setBrush(faded(accent(self.palette()), 40 if self.lit else 12))
        painter.setPen(QPen(line, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 12, 12)
        painter.end()


class _Sign(QWidget):
    """The program's own sign, sharp on every screen."""

    def set_side(self, side: int) -> None:
        """Be so large; with 0 give all room to what people came for."""
        self.setFixedSize(side, side)
        self.setVisible(side > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_app_icon(painter, self.width())
        painter.end()


class WelcomePage(QWidget):
    """Shown while no folder is open."""

    open_wanted = Signal()
    sample_wanted = Signal()
    folder_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(tr("Sort photos by what they show"), wordWrap=True)
        set_title_font(title, 1.8)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area = _DropArea()
        self._area.clicked.connect(self.open_wanted)
        hint = QLabel(tr("Drop a folder of photos here"))
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open_button = QPushButton(tr("Open folder…"), default=True)
        self.open_button.clicked.connect(self.open_wanted)
        self.sample_button = QPushButton(tr("Open the sample album"))
        self.sample_button.setToolTip(tr("Draws 120 small pictures and shows them, to try Kindred out"))
        self.sample_button.clicked.connect(self.sample_wanted)
        for button in (self.open_button, self.sample_button):
            button.setMinimumHeight(SPACE * 4)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch(1)
        inside = QVBoxLayout(self._area)
        inside.setSpacing(SPACE * 2)
        inside.addStretch(1)
        inside.addWidget(hint)
        inside.addLayout(buttons)
        inside.addStretch(1)
        promise = QLabel(tr(PROMISE), wordWrap=True)
        promise.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._recent_title = QLabel(tr("Opened before"))
        set_title_font(self._recent_title)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE // 2)

        self._column = column = QVBoxLayout()
        column.setSpacing(SPACE * 2)
        column.addStretch(2)
        self.sign = _Sign()
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (title, self._area, promise, self._recent_title):
            column.addWidget(widget)
        column.addLayout(self._recent)
        column.addStretch(3)
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(640)
        inner.setMinimumWidth(400)
        page = QWidget()
        middle = QHBoxLayout(page)
        middle.addStretch(1)
        middle.addWidget(inner, 10)
        middle.addStretch(1)
        # On a small screen the page scrolls: its folders must not make the window higher than that.
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.setAcceptDrops(True)
        self.set_recent([])

    def set_recent(self, folders: list[Path]) -> None:
        """Offer the folders opened before."""
        clear_layout(self._recent)
        self._recent_title.setVisible(bool(folders))
        for folder in folders[:4]:
            button = QCommandLinkButton(caption(folder.name or str(folder)), caption(str(folder.parent)))
            button.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_DirIcon))
            button.setAccessibleName(tr("Open {folder}", folder=display_path(folder)))
            button.setToolTip(tip(display_path(folder)))
            button.clicked.connect(lambda _checked=False, folder=folder: self.folder_wanted.emit(folder))
            self._recent.addWidget(button)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the sign and the place for folders as large as leaves everything in sight."""
        self.sign.set_side(0)
        self._area.setMinimumHeight(0)
        others = self._column.minimumSize().height() - self._area.minimumSizeHint().height() + _AROUND
        fits = (sizes for sizes in _SIZES if sum(sizes) + others <= self.height())
        side, height = next(fits, _SMALLEST)
        self.sign.set_side(side)
        self._area.setMinimumHeight(height)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_folder(event, of_file=True) is not None and accept_unmoved(event):
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        folder = dropped_folder(event, of_file=True)
        if folder is not None and accept_unmoved(event):
            self.folder_wanted.emit(folder)

    def _light(self, lit: bool) -> None:
        self._area.lit = lit
        self._area.update()
