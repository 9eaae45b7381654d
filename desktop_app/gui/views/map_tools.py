"""The small buttons above the map, and its legend."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QHideEvent,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QToolButton, QWidget

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.types import Group
from desktop_app.gui.item_looks import MARK_ROLE, QUIET_ROLE, ItemLooks
from desktop_app.gui.theme import SPACE, faded, follow_palette

_ICON = 18


class Mode(StrEnum):
    """What a drag with the left button does."""

    HAND = "hand"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


_TEXTS = {
    Mode.HAND: (
        tr_noop("&Move the map"),
        tr_noop(
            "A drag moves the map; one from a selected photo carries the selection to a group. "
            "With Shift it selects a rectangle, with Alt a lasso."
        ),
    ),
    Mode.RECTANGLE: (
        tr_noop("Select a &rectangle"),
        tr_noop("A drag selects the photos of a rectangle; Shift adds them to the others."),
    ),
    Mode.LASSO: (
        tr_noop("Select with a l&asso"),
        tr_noop("A drag selects the photos it goes around; Shift adds them to the others."),
    ),
}


class MapTools(QWidget):
    """A row of buttons; the menu of the map has the same actions."""

    mode_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modes: dict[Mode, QAction] = {}
        group = QActionGroup(self)
        for mode, (text, tip) in _TEXTS.items():
            action = QAction(tr(text), self, checkable=True, checked=mode is Mode.HAND)
            action.setToolTip(tr(tip))
            action.toggled.connect(lambda on, mode=mode: self.mode_chosen.emit(mode) if on else None)
            group.addAction(action)
            self.modes[mode] = action
        self.whole = QAction(tr("&Whole map"), self)
        self.whole.setToolTip(tr("Zoom so that every point is in sight (Home, or a double click)"))
        self.legend = QAction(tr("&Legend"), self, checkable=True)
        self.legend.setToolTip(tr("Show which mark is which group, and hide groups from the map"))
        self.save = QAction(tr("&Save a picture of the map…"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 4)
        for action in (*self.modes.values(), self.whole, self.legend):
            button = QToolButton(autoRaise=True)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().replace("&", ""))
            button.setIconSize(QSize(_ICON, _ICON))
            layout.addWidget(button)
        follow_palette(self, self._draw_icons)

    def drag_mode(self, modifiers: Qt.KeyboardModifier) -> Mode | None:
        """What a drag with these keys draws; None where it moves the map."""
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return Mode.LASSO
        mode = next(mode for mode, action in self.modes.items() if action.isChecked())
        if mode is Mode.HAND:
            return Mode.RECTANGLE if modifiers & Qt.KeyboardModifier.ShiftModifier else None
        return mode

    def menu(self, parent: QWidget) -> QMenu:
        """The menu over the ground of the map."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.whole, self.legend])
        menu.addSeparator()
        menu.addActions(list(self.modes.values()))
        menu.addSeparator()
        menu.addAction(self.save)
        return menu

    def _draw_icons(self) -> None:
        pictures = {
            self.modes[Mode.HAND]: _arrows(),
            self.modes[Mode.RECTANGLE]: _rectangle(),
            self.modes[Mode.LASSO]: _lasso(),
            self.whole: _corners(),
            self.legend: _list(),
        }
        for action, path in pictures.items():
            dashed = action in (self.modes[Mode.RECTANGLE], self.modes[Mode.LASSO])
            action.setIcon(_icon(path, self.palette(), dashed))


def _icon(path: QPainterPath, palette: QPalette, dashed: bool) -> QIcon:
    pixmap = QPixmap(_ICON * 2, _ICON * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(palette.color(QPalette.ColorRole.WindowText), 1.4)
    if dashed:
        pen.setDashPattern([2.2, 1.6])
    painter.setPen(pen)
    painter.drawPath(path)
    painter.end()
    return QIcon(pixmap)


def _arrows() -> QPainterPath:
    path = QPainterPath()
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        tip = QPointF(9 + 7 * x, 9 + 7 * y)
        path.moveTo(9, 9)
        path.lineTo(tip)
        for side in (-1, 1):
            path.moveTo(tip)
            path.lineTo(tip.x() - 2.5 * x + 2.5 * side * y, tip.y() - 2.5 * y + 2.5 * side * x)
    return path


def _rectangle() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(2.5, 4.5, 13, 9))
    return path


def _lasso() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(2, 2.5, 14, 8.5))
    path.moveTo(6, 10.5)
    path.cubicTo(4, 12, 8, 13, 6, 16)
    return path


def _corners() -> QPainterPath:
    path = QPainterPath()
    for x, y in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        corner = QPointF(9 - 6.5 * x, 9 - 6.5 * y)
        path.moveTo(corner.x() + 4 * x, corner.y())
        path.lineTo(corner)
        path.lineTo(corner.x(), corner.y() + 4 * y)
    return path


def _list() -> QPainterPath:
    path = QPainterPath()
    for y in (4, 9, 14):
        path.addEllipse(QPointF(4, y), 1.2, 1.2)
        path.moveTo(8, y)
        path.lineTo(16, y)
    return path


class MapLegend(QListWidget):
    """One line a group; a click hides it from the map, or brings it back."""

    hidden_changed = Signal(object)
    """Ids of the groups (frozenset[int]) that are hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._area = parent
        self.setAccessibleName(tr("Legend of the map"))
        self.setToolTip(tr("Click a group to hide it from the map, and again to bring it back"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setItemDelegate(ItemLooks(self))
        self.setIconSize(QSize(12, 12))
        follow_palette(parent, self._let_through)
        self.hidden: frozenset[int] = frozenset()
        self._groups: tuple[Group, ...] = ()
        self.itemClicked.connect(self._switch)
        self.itemChanged.connect(self._take)
        self.hide()

    def _let_through(self) -> None:
        """What lies below shows through."""
        palette = QPalette(self._area.palette())
        palette.setColor(QPalette.ColorRole.Base, faded(palette.color(QPalette.ColorRole.Base), 215))
        self.setPalette(palette)

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """List these groups; of hidden ones, those that are gone are forgotten."""
        self.hidden &= {group.id for group in groups}
        self._groups = groups
        self._fill(self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._fill(False)  # assistive tools take the lines of a list out of sight to be showing

    def _fill(self, seen: bool) -> None:
        with QSignalBlocker(self):
            self.clear()
            for group in self._groups if seen else ():
                item = QListWidgetItem(group.name, self)
                item.setData(MARK_ROLE, group.id)
                font = item.font()
                font.setItalic(group.suggested)
                item.setFont(font)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                self._paint(item, group.id not in self.hidden)
        self.fit()

    def _paint(self, item: QListWidgetItem, seen: bool) -> None:
        item.setCheckState(Qt.CheckState.Checked if seen else Qt.CheckState.Unchecked)
        item.setData(QUIET_ROLE, not seen)

    def fit(self) -> None:
        """As large as the lines need, and at most most of the map."""
        area = self._area.size()
        lines = sum(self.sizeHintForRow(row) for row in range(self.count()))
        width = min(self.sizeHintForColumn(0) + 2 * SPACE, 220, max(area.width() // 2, 80))
        self.setGeometry(SPACE, SPACE, width, min(lines + 4, max(area.height() - 5 * SPACE, 40)))

    def _switch(self, item: QListWidgetItem) -> None:
        # A click on the box has changed it already.
        group_id = int(item.data(MARK_ROLE))
        if (item.checkState() == Qt.CheckState.Checked) == (group_id not in self.hidden):
            item.setCheckState(Qt.CheckState.Unchecked if group_id not in self.hidden else Qt.CheckState.Checked)

    def _take(self, item: QListWidgetItem) -> None:
        group_id, seen = int(item.data(MARK_ROLE)), item.checkState() == Qt.CheckState.Checked
        hidden = self.hidden - {group_id} if seen else self.hidden | {group_id}
        if hidden != self.hidden:
            self.hidden = hidden
            with QSignalBlocker(self):
                self._paint(item, seen)
            self.hidden_changed.emit(hidden)
