"""Photos as a Qt model and how one is painted: shared by the grid and the neighbors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.engine.language import figure, tr, tr_noop
from desktop_app.engine.types import Int64Array, Photo, PhotoFile
from desktop_app.engine.wording import display_path, moment
from desktop_app.gui.app_state import is_in
from desktop_app.gui.plain_text import tip
from desktop_app.gui.views.dragged import photos_and_files
from desktop_app.gui.views.photo_tile import (
    BADGES_ROLE,
    CAPTION_ROLE,
    DAMAGED,
    DOUBTED,
    DUPLICATE,
    HEADING_ROLE,
    ID_ROLE,
    LOCKED,
    PhotoDelegate,
)
from desktop_app.gui.views.thumbnails import Thumbnails

_Index = QModelIndex | QPersistentModelIndex
_FEW = 500
_SIGNS = {
    DAMAGED: tr_noop("damaged"),
    LOCKED: tr_noop("locked"),
    DUPLICATE: tr_noop("duplicate"),
    DOUBTED: tr_noop("unsure"),
}
_MEANINGS = {
    LOCKED: tr_noop("Locked: regrouping leaves it in its group"),
    DUPLICATE: tr_noop("Duplicate: there more than once, see Tools > Duplicates"),
    DOUBTED: tr_noop("Unsure: no group claims it clearly"),
}
_DECORATION = int(Qt.ItemDataRole.DecorationRole)


class PhotoModel(QAbstractListModel):
    """A list of photo ids; pictures come as the view asks for them.

    Args:
        lookup: gives what is known of an id (a file that was not looked at yet has a negative one), None when it is
            gone.
        thumbnails: gives its picture.
    """

    def __init__(
        self,
        lookup: Callable[[int], Photo | PhotoFile | None],
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lookup = lookup
        self._thumbnails = thumbnails
        self._ids: Int64Array = np.empty(0, dtype=np.int64)
        self._captions: Sequence[str] = ()
        self._headings: Mapping[int, str] = {}
        self._order: Int64Array | None = None
        self._marked: dict[str, Int64Array] = {}
        thumbnails.ready.connect(self._refresh)

    def set_ids(self, ids: Int64Array, captions: Sequence[str] = (), headings: Mapping[int, str] | None = None) -> None:
        """Show these photos. Rows of ``headings`` have the id 0, and a text in place of a picture."""
        self.beginResetModel()
        self._headings = headings or {}
        self._ids = np.array(ids, dtype=np.int64)  # the caller goes on changing its own
        self._captions = captions
        self._order = None
        self.endResetModel()

    def set_marked(self, marked: Mapping[str, Int64Array]) -> None:
        """Give badges to other photos: ids, ascending, by `LOCKED`, `DUPLICATE` and `DOUBTED`."""
        before, self._marked = self._marked, dict(marked)
        same = before.keys() == marked.keys() and all(np.array_equal(before[sign], marked[sign]) for sign in marked)
        if len(self._ids) and not same:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1), [BADGES_ROLE])

    def set_captions(self, captions: Sequence[str]) -> None:
        """Other captions for the same rows."""
        if list(captions) != list(self._captions):
            self._captions = captions
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1), [CAPTION_ROLE])

    def replace_ids(self, ids: Int64Array) -> None:
        """Give rows another id where it differs: nothing moves, and the choice stays. As many rows as before."""
        rows = np.flatnonzero(self._ids != ids)
        fresh = rows[self._ids[rows] < 0]
        self._thumbnails.replace(dict(zip(ids[fresh].tolist(), self._ids[fresh].tolist(), strict=True)))
        self._ids, self._order = ids.copy(), None
        for first, last in _runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))

    def remove_rows(self, rows: Int64Array) -> None:
        """Take rows (ascending) out; the others keep their choice and the view its place."""
        for first, last in reversed(_runs(rows)):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._ids, self._order = np.delete(self._ids, slice(first, last + 1)), None
            self.endRemoveRows()

    @property
    def ids(self) -> Int64Array:
        """int64[N], a row each."""
        return self._ids

    def row_of(self, photo_id: int) -> int | None:
        row = int(self._places(np.array([photo_id], dtype=np.int64))[0])
        return row if row >= 0 else None

    def _places(self, photo_ids: Int64Array) -> Int64Array:
        """The row of each, -1 for those that are not here."""
        if not len(self._ids):
            return np.full(len(photo_ids), -1, dtype=np.int64)
        if self._order is None:  # a dict of 100,000 would take longer to fill, and 11 MB
            self._order = np.argsort(self._ids, kind="stable")
        places = np.searchsorted(self._ids, photo_ids, sorter=self._order)
        rows: Int64Array = self._order[np.minimum(places, len(self._ids) - 1)]
        return np.where(self._ids[rows] == photo_ids, rows, -1)

    def rows_of(self, photo_ids: Int64Array) -> Int64Array:
        """Rows, ascending, of those of ``photo_ids`` that are here."""
        if photo_ids.size < _FEW:
            rows = self._places(photo_ids)
            return np.sort(rows[rows >= 0])
        return np.flatnonzero(np.isin(self._ids, photo_ids))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        photo_id = int(self._ids[index.row()])
        if role == ID_ROLE:
            return photo_id
        if not photo_id:
            said = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HEADING_ROLE)
            return self._headings.get(index.row(), "") if role in said else None
        if role == _DECORATION:
            return self._thumbnails.get(photo_id)
        if role == CAPTION_ROLE:
            return self._captions[index.row()] if index.row() < len(self._captions) else ""
        photo = self._lookup(photo_id)
        if photo is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            name = display_path(photo.path.name)
            if role == Qt.ItemDataRole.DisplayRole:
                return name
            signs = [
                tr(_SIGNS[sign]) if sign in _SIGNS else tr("{count} companion", count=sign)
                for sign in self._badges(photo)
            ]
            return ", ".join(part for part in (name, self.data(index, CAPTION_ROLE), *signs) if part)
        if role == BADGES_ROLE:
            return self._badges(photo)
        if role == Qt.ItemDataRole.ToolTipRole:
            meanings = [tr(_MEANINGS[sign]) for sign in self._badges(photo) if sign in _MEANINGS]
            return tip("\n".join([describe(photo), *meanings]))
        return None

    def _badges(self, photo: Photo | PhotoFile) -> tuple[str, ...]:
        signs = [f"+{figure(len(photo.companions))}"] if photo.companions else []
        if isinstance(photo, PhotoFile):
            return tuple(signs)
        if photo.damaged:
            signs.insert(0, DAMAGED)
        return (*signs, *(sign for sign, ids in self._marked.items() if is_in(photo.id, ids)))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and not self._ids[index.row()]:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return photos_and_files([int(index.data(ID_ROLE)) for index in indexes], self._lookup)

    def supportedDragActions(self) -> Qt.DropAction:
        # A photo dragged out of the window is copied: a bare drag never moves a file.
        return Qt.DropAction.CopyAction

    def _refresh(self, photo_ids: list[int]) -> None:
        for row in self.rows_of(np.array(photo_ids, dtype=np.int64)).tolist():
            index = self.index(row)
            self.dataChanged.emit(index, index, [_DECORATION])


def _runs(rows: Int64Array) -> list[tuple[int, int]]:
    """First and last of each run of neighboring rows."""
    if not rows.size:
        return []
    breaks = np.flatnonzero(np.diff(rows) > 1)
    firsts, lasts = rows[np.r_[0, breaks + 1]], rows[np.r_[breaks, rows.size - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _in_words(badge: str) -> str:
    return tr(_SIGNS[badge]) if badge in _SIGNS else tr("{count} companion", count=badge)


def describe(photo: Photo | PhotoFile) -> str:
    """What a tooltip says of a photo."""
    if isinstance(photo, PhotoFile):
        unread = tr("Not looked at yet")
        return f"{display_path(photo.path)}\n{unread}"
    lines = [
        display_path(photo.path),
        tr("{width} × {height} pixels", width=figure(photo.width), height=figure(photo.height)),
    ]
    if photo.taken_at:
        lines.append(tr("Taken {time}", time=moment(photo.taken_at)))
    if photo.camera:
        lines.append(display_path(photo.camera))
    if photo.companions:
        files = ", ".join(display_path(path.name) for path in photo.companions)
        lines.append(tr("Travels with {files}", files=files))
    if photo.damaged:
        lines.append(tr("Damaged: only part of the picture could be read"))
    return "\n".join(lines)


class PhotoListView(QListView):
    """A wall of tiles of one size: uniform and laid out in batches, so that 100,000 open at once."""

    menu_wanted = Signal(object, QPoint)
    """The id of the photo that the menu is for, and where on the screen."""

    def __init__(self, name: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.side = side
        self.adds = False
        """Whether what was selected last was added to the rest, as with Ctrl."""
        self._rows: Int64Array | None = None
        self._top: int | None = None
        self._delegate = PhotoDelegate(side, self)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(2000)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.set_side(side)
        self.verticalScrollBar().rangeChanged.connect(self._scroll_to_top)
        self.verticalScrollBar().actionTriggered.connect(self._forget_top)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            for signal in (model.modelReset, model.rowsRemoved, model.layoutChanged):
                signal.connect(self._forget_rows)
            model.modelReset.connect(self._forget_top)

    def _forget_rows(self) -> None:
        self._rows = None

    def _forget_top(self) -> None:
        self._top = None

    def top_id(self) -> int:
        """Id of the first photo of the first row in sight; 0 at the very beginning."""
        first = self.indexAt(QPoint(self._delegate.side // 2, self._delegate.side // 2))
        if not self.verticalScrollBar().value() or not first.isValid():
            return 0
        # What stands there may be a heading, which has no id.
        following = (int(first.siblingAtRow(first.row() + by).data(ID_ROLE) or 0) for by in (0, 1))
        return next((photo_id for photo_id in following if photo_id > 0), 0)

    def show_at_top(self, row: int) -> None:
        """Scroll so that ``row`` stands at the upper edge, as soon as it is laid out."""
        self._top = row
        self._scroll_to_top()

    def _scroll_to_top(self) -> None:
        if self._top is None:
            return
        index = self.model().index(self._top, 0)
        # To ask lays out what waits for it, which may change the range, and so come here and scroll already.
        if self.visualRect(index).isValid() and self._top is not None:
            self._top = None
            self.scrollTo(index, QListView.ScrollHint.PositionAtTop)

    def set_side(self, side: int) -> None:
        """Tiles of about ``side`` by ``side`` logical pixels: rows are filled to the edge."""
        self.side = side
        self._fill_rows()

    def show_names(self, on: bool) -> None:
        """Write the name of the file on each photo, or leave it out."""
        self._delegate.names = on
        self.viewport().update()

    def _fill_rows(self) -> None:
        # The scroll bar's room is always set aside, so that its coming and going does not move the tiles.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2
        columns = max(1, round(room / self.side))
        fitted = max(32, room // columns)
        if fitted != self._delegate.side or self.gridSize().isEmpty():
            self._delegate.side = fitted
            self.setGridSize(QSize(fitted, fitted))
            self.verticalScrollBar().setSingleStep(fitted // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fill_rows()
        super().resizeEvent(event)

    def current_id(self) -> int | None:
        index = self.currentIndex()
        return int(index.data(ID_ROLE)) if index.isValid() else None

    def selected_rows(self) -> Int64Array:
        """Rows of the selected photos, ascending."""
        if self._rows is not None:
            return self._rows
        ranges = self.selectionModel().selection().toList()
        ends = np.array([(part.top(), part.bottom() + 1) for part in ranges], dtype=np.int64).reshape(-1, 2)
        # +1 where a run begins and -1 behind its end: summed up, 1 within.
        steps = np.zeros(self.model().rowCount() + 1, dtype=np.int32)
        np.add.at(steps, ends[:, 0], 1)
        np.add.at(steps, ends[:, 1], -1)
        self._rows = np.flatnonzero(np.cumsum(steps) > 0)
        return self._rows

    def select_rows(self, rows: Int64Array) -> None:
        """Select these rows (ascending), and no others."""
        model, selection = self.model(), QItemSelection()
        for first, last in _runs(rows):
            selection.append(QItemSelectionRange(model.index(first, 0), model.index(last, 0)))
        # Qt compares each range of the old selection with each of the new one: thousands of both would take seconds.
        self.selectionModel().clearSelection()
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)
        self._rows = rows

    def make_current(self, row: int) -> None:
        """Move the keyboard's place to a row and bring it into sight; the selection stays."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(int(index.data(ID_ROLE)), self.viewport().mapToGlobal(place))

    def selectAll(self) -> None:
        # Qt's own asks for the number of rows once a row.
        self.adds = False
        model = self.model()
        if not model.rowCount():
            return
        everything = QItemSelection(model.index(0, 0), model.index(model.rowCount() - 1, 0))
        self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionCommand(self, index: _Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        if command != QItemSelectionModel.SelectionFlag.NoUpdate:
            self.adds = not command & QItemSelectionModel.SelectionFlag.Clear
        return command

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        # Qt would ask for the place of every photo that changed, 60 ms of 96,000, to repaint a screen full of them.
        self._rows = None
        few = selected.size() + deselected.size() < _FEW
        if few and sum(part.height() for both in (selected, deselected) for part in both.toList()) < _FEW:
            super().selectionChanged(selected, deselected)
        else:
            self.viewport().update()
