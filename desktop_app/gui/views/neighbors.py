"""The photos most like the one that was chosen, with how alike they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QInputEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.engine.language import decimal, figure, tr
from desktop_app.engine.types import Int64Array, Neighbors
from desktop_app.engine.wording import breakable, display_path, moment
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.welcome_page import accept_unmoved
from desktop_app.gui.theme import SPACE
from desktop_app.gui.views.pane_head import PaneHead
from desktop_app.gui.views.photo_list import PhotoListView, PhotoModel
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.shared_selection import SharedSelection
from desktop_app.gui.views.similar_bar import SimilarBar
from desktop_app.gui.views.thumbnails import Thumbnails

_QUERY_SIDE = 112
_LEAST_SIDE = 36
"""Of the picture where there is little room: what is like it needs that more."""
_TILE = 84
_TITLE = 4
"""Letters of the heading: its buttons have words, too."""
_SLIT = 32
"""Of a very small screen: enough to scroll by."""


class _QueryPicture(QWidget):
    """The photo the others are compared with, a square; smaller where the pane is low."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.photo_id: int | None = None
        self.image: QPixmap | None = None
        """Of a file that is none of the folder's photos."""
        self.setFixedWidth(_QUERY_SIDE)
        self.setMinimumHeight(_LEAST_SIDE)
        self.setAccessibleName(tr("The photo the others are compared with"))
        thumbnails.ready.connect(lambda ids: self.update() if self.photo_id in ids else None)

    def sizeHint(self) -> QSize:
        return QSize(_QUERY_SIDE, _QUERY_SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedWidth(self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = self._thumbnails.get(self.photo_id) if self.photo_id is not None else self.image
        painter = QPainter(self)
        paint_picture(painter, QRectF(self.rect()), pixmap, self.palette(), radius=6)
        painter.end()


class _NeighborList(PhotoListView):
    """Keys walk and a click asks on; only with Ctrl or Shift is a neighbor selected beside the others."""

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if isinstance(event, QInputEvent) and not event.modifiers() & modifiers:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        command = super().selectionCommand(index, event)
        self.adds = True  # to the photo that they are the neighbors of
        return command


class NeighborsView(QWidget):
    """Nearest first. A click on one makes it the new question; Back returns to the one before."""

    photo_chosen = Signal(object)
    selection_wanted = Signal(object, object)
    """Ids (int64[n]) and the current one: to select without asking anew."""
    menu_wanted = Signal(QPoint)
    file_dropped = Signal(object)
    """A picture from anywhere (`Path`), to find photos like it."""
    ranking_wanted = Signal()

    def __init__(
        self, state: AppState, thumbnails: Thumbnails, back: QAction, forward: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self.head = PaneHead(tr("Neighbors"), least=_TITLE)
        self.caption = QLabel(wordWrap=True)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.picture = _QueryPicture(thumbnails)
        self.list = _NeighborList(tr("Neighbors"), _TILE)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setToolTip(
            tr("The number is the cosine similarity: 1.00 is the same picture, 0 has nothing in common.")
        )
        self.model = PhotoModel(state.item, thumbnails, self)
        self.list.setModel(self.model)
        self._selection = SharedSelection(state, self.list, self.model, self._selected)

        self.all_similar = QToolButton(autoRaise=True)
        self.all_similar.setCheckable(True)
        self.all_similar.setText(tr("All similar…"))
        self.all_similar.setToolTip(tr("Select every photo that is more like this one than a limit"))
        self.similar = SimilarBar()
        self.similar.hide()
        self.setAcceptDrops(True)

        self.head.add(self.all_similar)
        for action, arrow in ((back, Qt.ArrowType.LeftArrow), (forward, Qt.ArrowType.RightArrow)):
            button = QToolButton(autoRaise=True)
            button.setDefaultAction(action)
            button.setArrowType(arrow)
            button.setAccessibleName(action.text().replace("&", ""))
            self.head.add(button)
        self.head.give_way(self.all_similar, "≈")
        query = QHBoxLayout()
        query.setSpacing(SPACE)
        query.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        query.addWidget(self.caption, 1, Qt.AlignmentFlag.AlignTop)
        self._query = QWidget()
        self._query.setLayout(query)
        query.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.head)
        layout.addWidget(self._query)
        layout.addWidget(self.similar)
        layout.addWidget(self.list, 1)

        self._since_choice = QElapsedTimer()
        # Arrow keys walk along the neighbors; only a click or Enter asks the next question.
        self.list.clicked.connect(self._chosen)
        self.list.activated.connect(self._chosen)
        self.list.menu_wanted.connect(self._want_menu)
        self.all_similar.toggled.connect(self._switch_similar)
        self.similar.chosen.connect(self._select_similar)
        state.neighbors_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        found, query = self._state.neighbors, self._state.neighbors_of
        self.all_similar.setEnabled(found is not None)
        if found is None:
            self.all_similar.setChecked(False)  # there is nothing to count for
        self._ask_for_ranking()
        if found is None or query is None:
            self.model.set_ids(np.empty(0, dtype=np.int64))
            self.picture.photo_id = None
            self.picture.hide()
            self.list.setMinimumHeight(1)  # the words alone need room
            self.caption.setText(
                tr("Click a photo or a point on the map to see the photos most like it, or drop any picture here.")
            )
            return
        similarity = [decimal(value, 2) for value in found.similarity[0]]
        self.model.set_ids(found.photo_ids[0], similarity)
        self._selection.show()
        self.list.setMinimumHeight(_SLIT)
        if isinstance(query, Path):
            picture = self._state.neighbors_picture
            self.picture.photo_id = None
            self.picture.image = None if picture is None else QPixmap.fromImage(picture)
            self.picture.setVisible(picture is not None)
            self.picture.update()
            self.caption.setText(tr("Most like the file {file}", file=breakable(display_path(query.name))))
            return
        photo = self._state.photos.get(query)
        self.picture.photo_id = query
        self.picture.show()
        self.picture.update()
        if photo is not None:
            lines = [breakable(display_path(photo.path.name)), f"{figure(photo.width)} × {figure(photo.height)}"]
            if photo.taken_at:
                lines.append(moment(photo.taken_at, seconds=False))
            if photo.camera:
                lines.append(photo.camera)
            self.caption.setText("\n".join(lines))

    def _switch_similar(self, on: bool) -> None:
        self.similar.setVisible(on)
        self._ask_for_ranking()

    def _ask_for_ranking(self) -> None:
        if self.similar.isHidden():
            return
        self.similar.show_ranking(None)
        if self._state.neighbors_of is not None:
            self.ranking_wanted.emit()

    def show_ranking(self, query: int | Path, ranking: Neighbors | None) -> None:
        """All photos by their likeness to ``query``, None where that failed; too late for another question."""
        if query != self._state.neighbors_of:
            return
        if ranking is None:
            self.all_similar.setChecked(False)
        else:
            self.similar.show_ranking(ranking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.similar.isHidden():
            self.all_similar.setChecked(False)
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _select_similar(self, ids: Int64Array) -> None:
        query = self._state.neighbors_of
        if isinstance(query, int):
            self.selection_wanted.emit(np.append(ids, query), query)
        else:
            self.selection_wanted.emit(ids, None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            accept_unmoved(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None and accept_unmoved(event):
            self.file_dropped.emit(path)

    def _selected(self, ids: Int64Array, _current: int | None) -> None:
        if not np.array_equal(np.sort(ids), self._state.selection):
            self.selection_wanted.emit(ids, None)

    def _want_menu(self, photo_id: int, where: QPoint) -> None:
        # The neighbors stay as they are under the menu: asking anew is one of its entries.
        self.selection_wanted.emit(*self._state.point_at(photo_id))
        self.menu_wanted.emit(where)

    def _chosen(self) -> None:
        if QGuiApplication.keyboardModifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return
        # The list changes under the pointer: the second half of a double click must not choose what came to lie there.
        if not self._since_choice.isValid() or self._since_choice.elapsed() > 400:
            self._since_choice.start()
            self.photo_chosen.emit(self.list.current_id())


def _dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None
