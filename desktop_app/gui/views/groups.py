"""The list of groups: cover, name, count, and the mark each has on the map."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSlider,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.language import figure, tr, tr_noop
from desktop_app.engine.types import UNSURE, Group
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE, accent, faded, is_dark, mark, muted, paint_mark
from desktop_app.gui.views.dragged import DRAGGED, dragged
from desktop_app.gui.views.pane_head import PaneHead
from desktop_app.gui.views.photo_tile import paint_lock, paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

GROUP_ROLE = int(Qt.ItemDataRole.UserRole)
COUNT_ROLE = GROUP_ROLE + 1
HOLDS_PHOTO_ROLE = GROUP_ROLE + 2
"""Whether the photo that is looked at belongs to this group."""
MARKS_ROLE = GROUP_ROLE + 3
"""What was decided about the group, in words: locked, left out."""
LOCKED_ROLE = GROUP_ROLE + 5
KEY_ROLE = GROUP_ROLE + 4
"""The number key that files the selected photos here; empty while none are selected, or for want of keys."""
SUGGESTED_ROLE = GROUP_ROLE + 6
"""Whether nobody gave the name: it is a suggestion."""
_Index = QModelIndex | QPersistentModelIndex
_COVER = 40
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SUGGESTED = tr_noop("The name is a suggestion. Enter keeps it.")
_LOCKED = tr_noop("Locked: regrouping takes no photo out and adds none.")
_HIDDEN = tr_noop("Left out: Organize leaves its photos where they are.")


class GroupModel(QAbstractListModel):
    """Row 0 stands for all photos; the groups follow, the unsure one last. Photos can be dropped on a group."""

    rename_wanted = Signal(int, str)
    photos_dropped = Signal(object, int)
    """int64[n] and the id of the group."""

    def __init__(self, state: AppState, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._thumbnails = thumbnails
        self._groups: tuple[Group, ...] = ()
        self._holds_photo: int | None = None
        self._keys = False
        state.selected_photo_changed.connect(self._mark_group)
        state.selection_changed.connect(self._show_keys)
        state.groups_changed.connect(self._reset)
        state.files_found.connect(self._changed)
        state.photos_changed.connect(self._changed)
        state.group_renamed.connect(lambda _group_id: self._renamed())
        thumbnails.ready.connect(self._covers_arrived)

    def _mark_group(self) -> None:
        self._holds_photo = self._state.group_of(self._state.selected_photo)
        self._changed()

    def _show_keys(self) -> None:
        keys = self._state.selection.size > 0
        if keys != self._keys:
            self._keys = keys
            self._changed()

    def _reset(self) -> None:
        if [group.id for group in self._groups] == [group.id for group in self._state.groups]:
            # The same rows: the list stays where it was scrolled to.
            self._groups = self._state.groups
            self._mark_group()
            return
        self.beginResetModel()
        self._groups = self._state.groups
        self._holds_photo = self._state.group_of(self._state.selected_photo)
        self.endResetModel()

    def _renamed(self) -> None:
        self._groups = self._state.groups
        self._changed()

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._groups)))

    def _covers_arrived(self, photo_ids: list[int]) -> None:
        if {group.cover for group in self._groups} & set(photo_ids):
            self._changed()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else 1 + len(self._groups)

    def row_of(self, group_id: int) -> int:
        ids = [group.id for group in self._groups]
        return ids.index(group_id) + 1 if group_id in ids else 0

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() > len(self._groups):
            return None
        group = self._groups[index.row() - 1] if index.row() else None
        group_id = ALL_PHOTOS if group is None else group.id
        count = self._state.found_count if group is None else len(group.photo_ids)
        name = tr("All photos") if group is None else group.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return name
        if role == GROUP_ROLE:
            return group_id
        if role == COUNT_ROLE:
            return count
        if role == HOLDS_PHOTO_ROLE:
            return group is not None and group_id == self._holds_photo
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(group.cover) if group is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            holds = tr("with the selected photo") if self.data(index, HOLDS_PHOTO_ROLE) else ""
            suggested = tr("suggested name") if self.data(index, SUGGESTED_ROLE) else ""
            parts = (name, suggested, _counted(count), self.data(index, MARKS_ROLE), holds)
            return ", ".join(part for part in parts if part)
        if role == SUGGESTED_ROLE:
            return group is not None and group.suggested
        if role == MARKS_ROLE:
            return _marks(group) if group is not None else ""
        if role == LOCKED_ROLE:
            return group is not None and group.locked
        if role == KEY_ROLE:
            place = index.row()
            return str(place) if self._keys and group_id >= 0 and place < 10 else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            if group_id == UNSURE:
                return tr(
                    "Photos that no group claims clearly. Organize files them with the group they are most like, "
                    "unless you say otherwise."
                )
            return tip(f"{name}: {_counted(count)}" + ("" if group is None else self._hint(group, index.row())))
        return None

    @staticmethod
    def _hint(group: Group, place: int) -> str:
        lines = [tr(_SUGGESTED)] * group.suggested + [tr(_LOCKED)] * group.locked + [tr(_HIDDEN)] * group.hidden
        drop = tr("Drop photos here to put them into this group.")
        if place < 10:
            drop = tr("Drop photos here or press {key} to put them into this group.", key=place)
        return "\n".join(("", *lines, drop, tr("F2 gives it another name.")))

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index) -> bool:
        return data.hasFormat(DRAGGED) and row < 0 and bool(parent.flags() & Qt.ItemFlag.ItemIsDropEnabled)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.photos_dropped.emit(dragged(data), int(parent.data(GROUP_ROLE)))
        return True

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.row() == 0:
            return False
        self.rename_wanted.emit(self._groups[index.row() - 1].id, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        row = index.row()
        if 0 < row <= len(self._groups) and self._groups[row - 1].id != UNSURE:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        return flags


def _marks(group: Group) -> str:
    return " · ".join([tr("locked")] * group.locked + [tr("left out")] * group.hidden)


def _counted(photos: int) -> str:
    return tr("%n photos", "", photos, one="%n photo")


class _GroupDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(160, _COVER + 12 if index.row() else 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        rect = QRectF(option.rect)
        text = palette.color(QPalette.ColorRole.WindowText)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        back = rect.adjusted(2, 1, -2, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(faded(accent(palette), 70))
            painter.drawRoundedRect(back, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(faded(text, 16))
            painter.drawRoundedRect(back, 6, 6)
        if index.data(HOLDS_PHOTO_ROLE):
            painter.setBrush(accent(palette))
            painter.drawRoundedRect(QRectF(back.left(), back.top() + 8, 4, back.height() - 16), 2, 2)
        group_id = int(index.data(GROUP_ROLE))
        left = back.left() + 4
        if group_id != ALL_PHOTOS:
            cover = QRectF(left, rect.center().y() - _COVER / 2, _COVER, _COVER)
            paint_picture(painter, cover, index.data(Qt.ItemDataRole.DecorationRole), palette)
            if index.data(KEY_ROLE):
                _paint_key(painter, QPointF(cover.left(), cover.top()), index.data(KEY_ROLE), palette)
            left = cover.right() + 8
            paint_mark(painter, QRectF(left, rect.center().y() - 6, 12, 12), mark(group_id, is_dark(palette)))
            left += 18
        count = figure(index.data(COUNT_ROLE))
        metrics = QFontMetricsF(painter.font())
        right = back.right() - 5
        count_left = right - metrics.horizontalAdvance(count)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(muted(palette))
        painter.drawText(QRectF(count_left, rect.top(), right - count_left + 1, rect.height()), middle, count)
        painter.setPen(muted(palette) if index.data(SUGGESTED_ROLE) else text)
        metrics = _leaning(painter, bool(index.data(SUGGESTED_ROLE)))
        room = count_left - 6 - left
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        marks = str(index.data(MARKS_ROLE) or "")
        half = metrics.height() / 2 if marks else 0.0
        painter.drawText(QRectF(left, rect.top() - half, room, rect.height()), middle, name)
        metrics = _leaning(painter, False)
        if marks:
            painter.setPen(muted(palette))
            step = (
                paint_lock(painter, QPointF(left, rect.center().y() + 2), metrics) if index.data(LOCKED_ROLE) else 0.0
            )
            below = QRectF(left + step, rect.top() + half, room - step, rect.height())
            painter.drawText(below, middle, metrics.elidedText(marks, Qt.TextElideMode.ElideRight, room - step))
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = option.rect
        editor.setGeometry(rect.adjusted(_COVER + 32, 10, -8, -10))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(tr("Name of the group"))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Covers arrive while somebody types: Qt would put the old name in place of the new one, or drop its selection.
        if isinstance(editor, QLineEdit) and (editor.isModified() or editor.text() == index.data()):
            return
        super().setEditorData(editor, index)


def _leaning(painter: QPainter, leans: bool) -> QFontMetricsF:
    """Paint in italics, or upright, from now on; how wide letters are then."""
    font = painter.font()
    font.setItalic(leans)
    painter.setFont(font)
    return QFontMetricsF(font)


def _paint_key(painter: QPainter, corner: QPointF, key: str, palette: QPalette) -> None:
    """A key cap with its digit on the corner of a cover."""
    cap = QRectF(corner.x() - 2, corner.y() - 2, 18, 18)
    painter.setPen(palette.color(QPalette.ColorRole.Window))
    painter.setBrush(palette.color(QPalette.ColorRole.WindowText))
    painter.drawRoundedRect(cap, 4, 4)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    painter.setPen(Qt.PenStyle.NoPen)


class NewGroupButton(QPushButton):
    """Makes a group of the selected photos when pressed, and of those that are dropped on it."""

    photos_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("New group"), parent)
        self.setToolTip(tr("Drop photos here, or select some and press this, to put them into a group of their own"))
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAGGED):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.setDown(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.setDown(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.photos_dropped.emit(dragged(event.mimeData()))


class _GroupList(QListView):
    """Enter keeps the suggested name of the current group."""

    kept = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD
        if enter and index.isValid() and index.data(SUGGESTED_ROLE):
            self.kept.emit(int(index.data(GROUP_ROLE)))
        else:
            super().keyPressEvent(event)


class GroupsView(QWidget):
    """The pane at the left."""

    group_chosen = Signal(int)
    rename_wanted = Signal(int, str)
    name_kept = Signal(int)
    """The suggested name of a group is to be its name."""
    photos_dropped = Signal(object, int)
    group_wanted = Signal(object)
    """A group of its own for these photos (int64[n]), or for the selected ones (None)."""
    unsure_chosen = Signal(float)
    menu_wanted = Signal(QPoint)
    edited = Signal()
    """A name is about to be edited: the list must be in sight."""

    def __init__(self, state: AppState, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.head = PaneHead(tr("Groups"))
        self.list = _GroupList()
        self.list.setAccessibleName(tr("Groups"))
        self.model = GroupModel(state, thumbnails, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_GroupDelegate(self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setDragDropMode(QListView.DragDropMode.DropOnly)
        self.list.setDragDropOverwriteMode(True)  # onto a group, never between two
        self.new_group = NewGroupButton()
        self.new_group.setEnabled(False)
        self.unsure_text = QLabel()
        self.unsure = QSlider(Qt.Orientation.Horizontal)
        self.unsure.setRange(0, 95)
        self.unsure.setPageStep(10)
        self.unsure.setAccessibleName(tr("Unsure below, percent"))
        self.unsure.setToolTip(
            tr(
                "How sure Kindred must be that a photo belongs to its group. Photos below that stand under Unsure; "
                "Organize files them with the group they are most like, unless you say otherwise."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, 0, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.head)
        layout.addWidget(self.list, 1)
        self._new_row, self._unsure_row = QHBoxLayout(), QHBoxLayout()
        for row, widget in ((self._new_row, self.new_group), (self._unsure_row, self.unsure)):
            row.setSpacing(SPACE // 2)
            row.addWidget(widget, 1)
        layout.addLayout(self._new_row)
        layout.addWidget(self.unsure_text)
        layout.addLayout(self._unsure_row)

        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.customContextMenuRequested.connect(
            lambda where: self.menu_wanted.emit(self.list.viewport().mapToGlobal(where))
        )
        self.model.modelReset.connect(self._show_selection)
        self.model.rename_wanted.connect(self.rename_wanted)
        self.list.kept.connect(self.name_kept)
        self.model.photos_dropped.connect(self.photos_dropped)
        self.new_group.photos_dropped.connect(self.group_wanted)
        self.new_group.clicked.connect(lambda: self.group_wanted.emit(None))
        state.groups_changed.connect(lambda: self.new_group.setEnabled(bool(state.groups)))
        state.selected_group_changed.connect(self._show_selection)
        self.unsure.valueChanged.connect(lambda percent: self.unsure_chosen.emit(percent / 100))
        state.request_changed.connect(self._show_unsure)
        self._show_selection()
        self._show_unsure()

    def add_buttons(self, teach: QAction, decide: QAction) -> None:
        """Show two menu entries where they are wanted: beside New group, and beside the unsure slider."""
        for action, text, row in ((teach, tr("Teach"), self._new_row), (decide, tr("Decide"), self._unsure_row)):
            button = QPushButton(text)
            button.setToolTip(action.toolTip())
            button.setAccessibleName(text)
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            button.setEnabled(action.isEnabled())
            row.addWidget(button)

    def _show_unsure(self) -> None:
        percent = round(self._state.unsure_below * 100)
        with QSignalBlocker(self.unsure):
            self.unsure.setValue(percent)
        self.unsure_text.setText(tr("Unsure below {percent} %", percent=percent) if percent else tr("Unsure: none"))

    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.group_chosen.emit(int(current.data(GROUP_ROLE)))

    def _show_selection(self) -> None:
        index = self.model.index(self.model.row_of(self._state.selected_group))
        if index != self.list.currentIndex():
            self.list.setCurrentIndex(index)

    def step(self, by: int) -> None:
        """Choose the group ``by`` rows further down (up when negative), stopping at the ends."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def rename_current(self) -> None:
        """Edit the name of the current group in place."""
        self._edit(self.list.currentIndex())

    def rename(self, group_id: int) -> None:
        """Edit the name of a group in place."""
        self._edit(self.model.index(self.model.row_of(group_id)))

    def _edit(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edited.emit()
            self.list.scrollTo(index)
            self.list.edit(index)
