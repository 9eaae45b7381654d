"""The wall of photos of the chosen group."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop_app.engine.wording import counted
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.theme import SPACE, heading
from desktop_app.gui.views.photo_list import PhotoListView, PhotoModel
from desktop_app.gui.views.shared_selection import SharedSelection
from desktop_app.gui.views.thumbnails import Thumbnails

_SIDES = (64, 224)
_SIDE_STEP = 16


class GridView(QWidget):
    """Shows the selected group, most sure first and each with how sure that is, or all photos in path order.

    While a folder is being looked at each of its files has its tile from the beginning, so that nothing moves when
    photos arrive.
    """

    photo_opened = Signal(object)
    """A `Photo`, or a `PhotoFile` that was not looked at yet."""
    menu_wanted = Signal(QPoint)

    def __init__(self, state: AppState, thumbnails: Thumbnails, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.title = heading("Photos")
        self.order = ElidedLabel()
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setAccessibleName("Thumbnail size")
        self.size_slider.setToolTip("Thumbnail size")
        self.size_slider.setRange(*_SIDES)
        self.size_slider.setSingleStep(_SIDE_STEP)
        self.size_slider.setPageStep(_SIDE_STEP * 2)
        self.size_slider.setValue(side)
        self.size_slider.setMinimumWidth(48)
        self.size_slider.setMaximumWidth(120)
        self.list = PhotoListView("Photos of the chosen group", self.size_slider.value())
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.model = PhotoModel(state.item, thumbnails, self)
        self.list.setModel(self.model)
        self._selection = SharedSelection(state, self.list, self.model, state.set_selection)

        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title)
        head.addWidget(self.order)
        head.addStretch(1)
        head.addWidget(self.size_slider)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

        self.size_slider.valueChanged.connect(self.list.set_side)
        self.list.activated.connect(self._open)
        self.list.menu_wanted.connect(self._want_menu)
        self.list.verticalScrollBar().valueChanged.connect(lambda _place: thumbnails.forget_previews())
        state.selected_group_changed.connect(self._show_group)
        state.files_found.connect(self._show_group)
        state.photos_added.connect(lambda _photos: self._fill())
        state.photos_changed.connect(self._settle)
        state.group_renamed.connect(lambda _group_id: self._show_title())

    def _show_group(self) -> None:
        ids = self._state.shown_ids()
        if not np.array_equal(ids, self.model.ids):
            self.model.set_ids(ids)
            self.list.scrollToTop()
        in_group = self._state.group(self._state.selected_group) is not None
        shares = self._state.confidence(ids) * 100 if in_group else ()
        self.model.set_captions([f"{int(share)} %" for share in shares])
        self._show_title()
        self._selection.show()

    def _fill(self) -> None:
        tiles = self._state.tiles
        if self._state.selected_group == ALL_PHOTOS and len(tiles) == self.model.rowCount():
            self.model.replace_ids(tiles)
        else:
            self._show_group()

    def _settle(self) -> None:
        """All photos are there; what could not be read loses its tile."""
        self._fill()
        self.model.remove_rows(np.flatnonzero(self.model.ids < 0))
        if not self._state.selection.size:
            self._selection.tell()  # while they were only files, a click could not choose them
        self._show_group()

    def _show_title(self) -> None:
        group = self._state.group(self._state.selected_group)
        name = "All photos" if group is None else group.name
        self.title.setText(name)
        order = "by path" if group is None else "most sure first"
        self.order.setText(f"{counted(self.model.rowCount(), 'photo')} · {order}" if self.model.rowCount() else "")

    def _open(self) -> None:
        photo_id = self.list.current_id()
        item = self._state.item(photo_id) if photo_id is not None else None
        if item is not None:
            self.photo_opened.emit(item)

    def _want_menu(self, photo_id: int, where: QPoint) -> None:
        if photo_id > 0:
            self._state.set_selection(*self._state.point_at(photo_id))
        self.menu_wanted.emit(where)

    def resize_thumbnails(self, steps: int) -> None:
        """Make the tiles larger or smaller by ``steps``."""
        self.size_slider.setValue(self.size_slider.value() + steps * _SIDE_STEP)
