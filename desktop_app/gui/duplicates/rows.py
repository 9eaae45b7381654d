"""Sets of duplicates as rows of thumbnails: what stays, what goes, and a button for each set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import Photo
from desktop_app.engine.wording import data_size, display_path
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE, accent, faded, muted
from desktop_app.gui.views.photo_list import describe
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.sets import Copy, DuplicateSet

TILE = 128
_CELL = TILE + SPACE
_BUTTON = 144
_MOST_TILES = 48
_GOES = QColor("#B3261E")
_Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key


def kind_of(one: DuplicateSet) -> str:
    """``The same file, 3 times``, ``4 nearly the same``."""
    count = len(one.members)
    if one.kind == "exact":
        return tr("The same file, {count} times", count=figure(count))
    return tr("{count} nearly the same", count=figure(count))


class SetModel(QAbstractListModel):
    """A row for each set. Which photos go is decided here: never all of a set."""

    going_changed = Signal()
    refused = Signal(str)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self.sets: Sequence[DuplicateSet] = ()
        self.going: set[int] = set()
        self._rows: dict[int, int] = {}
        thumbnails.ready.connect(self._repaint)

    def set_sets(self, sets: Sequence[DuplicateSet]) -> None:
        """Other sets; photos that go still do where another of their set stays."""
        self.beginResetModel()
        self.sets = sets
        self._rows = {member.photo.id: row for row, one in enumerate(sets) for member in one.members}
        stay = set()
        for one in sets:
            ids = {member.photo.id for member in one.members}
            stay |= ids if ids <= self.going else ids - self.going
        self.going = set(self._rows) - stay
        self.endResetModel()
        self.going_changed.emit()

    def toggle(self, row: int, photo_id: int) -> None:
        """Let a photo go, or keep it."""
        if photo_id not in self.going and self.staying(row) == 1:
            self.refused.emit(tr("One photo of each set stays."))
            return
        self.going ^= {photo_id}
        self._changed(row)

    def toggle_set(self, row: int) -> None:
        """Let all but the suggested one go, or keep all where some go."""
        ids = [member.photo.id for member in self.sets[row].members]
        if self.going.isdisjoint(ids):
            self.going.update(ids[1:])
        else:
            self.going.difference_update(ids)
        self._changed(row)

    def choose_all(self, suggested: bool) -> None:
        """In every set let all but the suggested one go, or keep everything."""
        self.going = {member.photo.id for one in self.sets for member in one.members[1:]} if suggested else set()
        if self.sets:
            self.dataChanged.emit(self.index(0), self.index(len(self.sets) - 1))
        self.going_changed.emit()

    def staying(self, row: int) -> int:
        return sum(member.photo.id not in self.going for member in self.sets[row].members)

    def chosen(self) -> list[tuple[DuplicateSet, frozenset[int]]]:
        """The sets of which photos go, with their ids."""
        found = ((one, self.going & {member.photo.id for member in one.members}) for one in self.sets)
        return [(one, frozenset(ids)) for one, ids in found if ids]

    @property
    def going_bytes(self) -> int:
        return sum(member.bytes for one in self.sets for member in one.members if member.photo.id in self.going)

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))
        self.going_changed.emit()

    def _repaint(self, ids: list[int]) -> None:
        for row in {self._rows[photo_id] for photo_id in ids if photo_id in self._rows}:
            self.dataChanged.emit(self.index(row), self.index(row), [int(Qt.ItemDataRole.DecorationRole)])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.sets)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        one = self.sets[index.row()]
        text = tr(
            "{kind}. Suggested: {file}, {reason}",
            kind=kind_of(one),
            file=display_path(one.keeper.path.name),
            reason=one.reason,
        )
        gone = len(one.members) - self.staying(index.row())
        return f"{text}. " + tr("%n photos to the trash", "", gone, one="%n photo to the trash") if gone else text


class SetDelegate(QStyledItemDelegate):
    """Paints a set: a line of words with a button, and the tiles below it."""

    def __init__(self, view: SetList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        count = min(len(self._view.sets[index.row()].members), _MOST_TILES)
        lines = -(-count // self._view.columns)
        return QSize(self._view.columns * _CELL, SPACE * 3 + self._view.line * 2 + lines * self._view.cell_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        palette: QPalette = option.palette
        one = self._view.sets[index.row()]
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setPen(faded(palette.color(QPalette.ColorRole.WindowText), 40))
        painter.drawLine(rect.left() + SPACE, rect.bottom(), rect.right() - SPACE, rect.bottom())
        self._paint_words(painter, rect, palette, one)
        self._paint_button(painter, option, index.row())
        for place, member in enumerate(one.members[:_MOST_TILES]):
            cell = self._view.cell(rect, place)
            self._paint_tile(painter, cell, palette, one, member, place)
            if current and place == self._view.place:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(accent(palette), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(cell).adjusted(-2, -2, 2, TILE - cell.height() + 2), 5, 5)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, palette: QPalette, one: DuplicateSet) -> None:
        line = QRect(rect.left() + SPACE, rect.top() + SPACE, rect.width() - _BUTTON - SPACE * 4, self._view.line * 2)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words = f"{kind_of(one)} "
        painter.drawText(line, flags, words)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(words) + SPACE)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(muted(palette))
        hidden = len(one.members) - _MOST_TILES
        name = display_path(one.keeper.path.name)
        parts = [
            tr("keep {file} ({reason})", file=name, reason=one.reason),
            tr("{size} can go", size=data_size(one.bytes_freed)),
        ]
        if hidden > 0:
            parts.append(tr("{number} more not shown", number=figure(hidden)))
        text = " · ".join(parts)
        painter.drawText(
            line, flags, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
        )

    def _paint_button(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        button = QStyleOptionButton()
        button.rect = self._view.button(option.rect)
        button.palette = option.palette
        button.fontMetrics = painter.fontMetrics()
        button.text = self._view.button_text(row)
        button.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Raised
        self._view.style().drawControl(QStyle.ControlElement.CE_PushButton, button, painter, self._view)

    def _paint_tile(
        self, painter: QPainter, cell: QRect, palette: QPalette, one: DuplicateSet, member: Copy, place: int
    ) -> None:
        model = self._view.sets_model
        picture = QRectF(cell.left(), cell.top(), TILE, TILE)
        goes = member.photo.id in model.going
        paint_picture(painter, picture, model.thumbnails.get(member.photo.id), palette)
        if goes:
            painter.fillRect(picture, faded(palette.color(QPalette.ColorRole.Base), 170))
            self._paint_pill(painter, picture, tr("to the trash"), _GOES)
        elif place == 0:
            self._paint_pill(painter, picture, tr("suggested"), accent(palette))
        metrics = painter.fontMetrics()
        words = QRect(cell.left(), cell.top() + TILE + 2, TILE, self._view.line)
        painter.setPen(muted(palette) if goes else palette.color(QPalette.ColorRole.WindowText))
        name = display_path(member.photo.path.name)
        painter.drawText(words, 0, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, TILE))
        painter.setPen(muted(palette))
        size = f"{figure(member.photo.width)} × {figure(member.photo.height)}"
        for text in (f"{size} · {data_size(member.bytes)}", how(one, member)):
            words.translate(0, self._view.line)
            painter.drawText(words, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, TILE))

    @staticmethod
    def _paint_pill(painter: QPainter, picture: QRectF, text: str, color: QColor) -> None:
        metrics = painter.fontMetrics()
        pill = QRectF(picture.left() + 4, picture.top() + 4, metrics.horizontalAdvance(text) + 12, metrics.height() + 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(QColor("white"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def how(one: DuplicateSet, member: Copy) -> str:
    """How a member compares with the suggested one; of files that lie in several folders, where."""
    if member.same_file or member.photo is one.keeper:
        where = display_path(member.photo.path.parent.name)
        return tr("same file, in {folder}", folder=where) if member.same_file else tr("in {folder}", folder=where)
    return tr("{percent} % alike", percent=min(int(100 * member.similarity), 99))  # all alike is only the same file


class SetList(QListView):
    """Rows of sets. A click on a photo lets it go or keeps it; on the button, all but the suggested one.

    Keys: Up and Down walk among sets, Left and Right within one, Space lets a photo go, Delete all but the suggested
    one, Return compares.
    """

    compare_wanted = Signal(object)

    def __init__(self, model: SetModel) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sets of duplicates"))
        self.sets_model = model
        self.place = 0
        self.setModel(model)
        self.setItemDelegate(SetDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(40)

    @property
    def sets(self) -> Sequence[DuplicateSet]:
        return self.sets_model.sets

    @property
    def line(self) -> int:
        return self.fontMetrics().height() + 1

    @property
    def cell_height(self) -> int:
        return TILE + 3 * self.line + SPACE * 2

    @property
    def columns(self) -> int:
        return max(1, (self.viewport().width() - SPACE) // _CELL)

    def cell(self, row: QRect, place: int) -> QRect:
        """Where the tile at ``place`` lies, picture and words."""
        down, right = divmod(place, self.columns)
        top = row.top() + SPACE * 2 + self.line * 2 + down * self.cell_height
        return QRect(row.left() + SPACE + right * _CELL, top, TILE, self.cell_height - SPACE * 2)

    def button(self, row: QRect) -> QRect:
        return QRect(row.right() - _BUTTON - SPACE, row.top() + SPACE, _BUTTON, self.line * 2)

    def button_text(self, row: int) -> str:
        return (
            tr("Keep the suggested") if self.sets_model.staying(row) == len(self.sets[row].members) else tr("Keep all")
        )

    def current_set(self) -> DuplicateSet | None:
        row = self.currentIndex().row()
        return self.sets[row] if 0 <= row < len(self.sets) else None

    def _at(self, where: QPoint) -> tuple[int, int]:
        """Row and place of a tile; place -1 is the button, row -1 nothing."""
        index = self.indexAt(where)
        if not index.isValid():
            return -1, 0
        rect = self.visualRect(index)
        if self.button(rect).contains(where):
            return index.row(), -1
        shown = range(min(len(self.sets[index.row()].members), _MOST_TILES))
        place = next((place for place in shown if self.cell(rect, place).contains(where)), None)
        return (-1, 0) if place is None else (index.row(), place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, place = self._at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        self.setCurrentIndex(self.sets_model.index(row))
        if place < 0:
            self.sets_model.toggle_set(row)
        else:
            self.place = place
            self.sets_model.toggle(row, self._photo(row).id)

    def _photo(self, row: int) -> Photo:
        members = self.sets[row].members
        self.place = min(max(self.place, 0), min(len(members), _MOST_TILES) - 1)
        return members[self.place].photo

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if row < 0 or key not in (_Key.Key_Left, _Key.Key_Right, _Key.Key_Space, _Key.Key_Delete, _Key.Key_Return):
            super().keyPressEvent(event)
            return
        if key == _Key.Key_Space:
            self.sets_model.toggle(row, self._photo(row).id)
        elif key == _Key.Key_Delete:
            self.sets_model.toggle_set(row)
        elif key == _Key.Key_Return:
            self.compare_wanted.emit(self.sets[row])
        else:
            self.place += 1 if key == _Key.Key_Right else -1
            self._photo(row)
            self.update(self.currentIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row, place = self._at(event.pos())
            if row >= 0 and place >= 0:
                one, member = self.sets[row], self.sets[row].members[place]
                note = "\n" + tr("Only here: {note}", note=member.note) if member.note else ""
                why = "\n" + tr("Suggested: {reason}", reason=one.reason) if place == 0 else ""
                QToolTip.showText(event.globalPos(), tip(f"{describe(member.photo)}{note}{why}"), self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # another width has room for another number of tiles a line
