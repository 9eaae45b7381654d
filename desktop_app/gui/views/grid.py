"""The wall of photos of the chosen group."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSlider, QToolButton, QVBoxLayout, QWidget

from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import UNSURE, Float32Array, Int64Array
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE
from desktop_app.gui.views.grid_tools import FilterBar, OrderButton, said
from desktop_app.gui.views.pane_head import PaneHead
from desktop_app.gui.views.photo_list import PhotoListView, PhotoModel
from desktop_app.gui.views.photo_order import PhotoTable, Sort, Wanted, headings
from desktop_app.gui.views.photo_tile import DOUBTED, DUPLICATE, LOCKED
from desktop_app.gui.views.shared_selection import SharedSelection
from desktop_app.gui.views.thumbnails import Thumbnails

_LEAST_WIDTH = 220  # its buttons, squeezed as far as they can still be told apart
_SIDES = (64, 224)
_SIDE_STEP = 16
_TITLE = 14  # letters


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
        self.order = ElidedLabel(least=0)  # where there is no room for both, the title tells it on hover
        self.head = PaneHead(tr("Photos"), self.order, least=_TITLE)
        self.title = self.head.title
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setAccessibleName(tr("Thumbnail size"))
        self.size_slider.setToolTip(tr("Thumbnail size"))
        self.size_slider.setRange(*_SIDES)
        self.size_slider.setSingleStep(_SIDE_STEP)
        self.size_slider.setPageStep(_SIDE_STEP * 2)
        self.size_slider.setValue(side)
        self.size_slider.setMinimumWidth(32)
        self.size_slider.setMaximumWidth(120)
        self.list = PhotoListView(tr("Photos of the chosen group"), self.size_slider.value())
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.model = PhotoModel(state.item, thumbnails, self)
        self.list.setModel(self.model)
        self._selection = SharedSelection(state, self.list, self.model, state.set_selection)

        self.order_button = OrderButton()
        self.filter = FilterBar()
        self.filter_button = QToolButton()
        self.filter_button.setText(tr("Filter"))
        self.filter_button.setAutoRaise(True)
        self.filter_button.setCheckable(True)
        self.filter_button.setToolTip(tr("Show only some of the photos"))
        self._headings: dict[int, str] = {}
        self._sort, self._with_headings = Sort.LIKENESS, False
        self._offered: PhotoTable | None = None
        self._unsure: Int64Array = np.empty(0, dtype=np.int64)
        self._shown: tuple[object, ...] = ()

        # Right of the filter, the slider would look like a part of it.
        self.head.add(self.size_slider, self.order_button, self.filter_button)
        self.head.give_way(self.order_button, "⇅")
        self.head.give_way(self.filter_button, "▽")
        self.setMinimumWidth(_LEAST_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.head)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)

        self.size_slider.valueChanged.connect(self.list.set_side)
        self.list.activated.connect(self._open)
        self.list.menu_wanted.connect(self._want_menu)
        self.list.verticalScrollBar().valueChanged.connect(lambda _place: thumbnails.forget_previews())
        self.order_button.sort_chosen.connect(self.sort)
        self.order_button.headings_wanted.connect(self._show_headings)
        self.order_button.names_wanted.connect(self.list.show_names)
        self.filter_button.toggled.connect(self._switch_filter)
        self.filter_button.clicked.connect(lambda on: (self.filter.text if on else self.list).setFocus())
        self.filter.changed.connect(self._show_group)
        state.selected_group_changed.connect(self._show_group)
        state.files_found.connect(self._show_group)
        state.photos_added.connect(lambda _photos: self._fill())
        state.photos_changed.connect(self._settle)
        state.renumbered.connect(lambda ids: self.model.replace_ids(ids.of(self.model.ids)))
        state.table_changed.connect(self._take_table)
        state.group_renamed.connect(lambda _group_id: self._show_title())
        state.corrected.connect(self._show_badges)
        state.duplicates_changed.connect(self._show_duplicates)

    def _show_group(self) -> None:
        state = self._state
        self._show_badges()
        ids, places = self._arranged(state.shown_ids())
        shown = (state.folder, state.selected_group, self._sort, self.filter.wanted)
        stays = self.model.ids[:0]
        if not np.array_equal(ids, self.model.ids) or places != self._headings:
            # The same group of a folder that has changed since stays where it was scrolled to.
            before, first = self.model.ids, self.list.top_id() if shown == self._shown else 0
            top = np.flatnonzero(before == first) if first else before[:0]
            self._headings = places
            self.model.set_ids(ids, headings=places)
            self.list.scrollToTop()
            stays = before[top[0] :] if top.size else stays
        self._shown = shown
        captions = [""] * len(ids)
        if state.group(state.selected_group) is not None:
            rows = np.flatnonzero(ids)
            shares = (state.confidence(ids[rows]) * 100).astype(np.int64).tolist()
            for row, share in zip(rows.tolist(), shares, strict=True):
                captions[row] = f"{share} %"
        self.model.set_captions(captions)
        self._show_title()
        self._selection.show()
        if stays.size:
            self._show_first_of(stays)

    def _show_badges(self) -> None:
        state = self._state
        unsure, duplicates, nothing = state.group(UNSURE), state.duplicates, np.empty(0, dtype=np.int64)
        self._unsure = nothing if unsure is None else np.sort(unsure.photo_ids)
        self.model.set_marked(
            {
                LOCKED: state.curation.fixed if state.groups else nothing,
                DUPLICATE: nothing if duplicates is None else duplicates,
                DOUBTED: self._unsure,
            }
        )

    def _show_duplicates(self) -> None:
        self.filter.offer_duplicates(self._state.duplicates is not None)
        self._show_group()

    def _arranged(self, ids: Int64Array) -> tuple[Int64Array, dict[int, str]]:
        """What is left of ``ids``, in the order wanted, and the headings between them by row (with the id 0)."""
        wanted, table = self.filter.wanted, self._state.table
        if self._sort is Sort.LIKENESS and wanted == Wanted() and not self._with_headings:
            return ids, {}
        rows = table.rows_of(ids) if table is not None else None
        if table is None or rows is None:  # it comes once the photos were gone through
            return ids, {}
        duplicates = () if self._state.duplicates is None else self._state.duplicates
        rows = table.filtered(rows, wanted, self._unsure, duplicates)
        rows = table.ordered(rows, self._sort, self._sureness(table.ids[rows]))
        ids = table.ids[rows]
        if not self._with_headings:
            return ids, {}
        begins = headings(table.dates[rows])
        ids = np.insert(ids, [start for start, _ in begins], 0)
        return ids, {start + before: text for before, (start, text) in enumerate(begins)}

    def _sureness(self, ids: Int64Array) -> Float32Array | None:
        """How surely each photo belongs to its group, where that is the order and known of all."""
        clustering = self._state.clustering
        if self._sort is not Sort.UNSURE_FIRST or clustering is None:
            return None
        return self._state.confidence(ids) if np.isin(ids, clustering.photo_ids).all() else None

    def sort(self, by: Sort) -> None:
        """Show the photos in another order. Headings by date need that order."""
        self._sort = by
        self.order_button.sorts[by].setChecked(True)
        if by is not Sort.DATE and self._with_headings:
            self.order_button.headings.setChecked(False)
        else:
            self._show_group()

    @property
    def sorted_by(self) -> Sort:
        """The order of the photos."""
        return self._sort

    @property
    def has_headings(self) -> bool:
        """Whether dates stand between them."""
        return self._with_headings

    @property
    def has_names(self) -> bool:
        """Whether their names stand on them."""
        return self.order_button.names.isChecked()

    def recall(self, by: Sort, wanted: Wanted | None, *, headings: bool, names: bool) -> None:
        """Show the photos as another time; ``wanted`` is what the filter asks for, None while it is closed."""
        self.order_button.headings.setChecked(headings)
        self.sort(by)
        self.order_button.names.setChecked(names)
        self.filter_button.setChecked(wanted is not None)
        self.filter.ask_for(wanted or Wanted())
        self._show_group()

    def show_at_top(self, photo_id: int) -> None:
        """Scroll so that a photo stands in the first row in sight, where it is here at all."""
        row = self.model.row_of(photo_id)
        if row is not None:
            self.list.show_at_top(row)

    def _show_first_of(self, ids: Int64Array) -> None:
        """Scroll to the first of these photos that is here."""
        left = ids[np.isin(ids, self.model.ids) & (ids > 0)]
        if left.size:
            self.show_at_top(int(left[0]))

    def following(self, photo_ids: Int64Array) -> int | None:
        """The photo that takes the place of the first of ``photo_ids`` shown here when all of them go, or None."""
        ids = self.model.ids
        rows = self.model.rows_of(photo_ids)
        left = np.flatnonzero((ids > 0) & ~np.isin(ids, photo_ids))
        if not rows.size or not left.size:
            return None
        place = int(np.searchsorted(left, rows[0]))
        return int(ids[left[min(place, left.size - 1)]])

    def _show_headings(self, on: bool) -> None:
        self._with_headings = on
        if on:
            self.sort(Sort.DATE)
        else:
            self._show_group()

    def _switch_filter(self, on: bool) -> None:
        self._offer()
        self.filter.setVisible(on)
        self._show_group()

    def _offer(self) -> None:
        table = self._state.table
        if self.filter_button.isChecked() and table is not None and self._offered is not table:
            self._offered = table
            self.filter.offer(table)

    def _take_table(self) -> None:
        if self._state.table is not None:
            self._offer()
            self._show_group()

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
        name = tr("All photos") if group is None else group.name
        self.title.setText(name)
        font = self.title.font()
        font.setItalic(group is not None and group.suggested)
        self.title.setFont(font)
        order = tr("by path") if group is None and self._sort is Sort.LIKENESS else said(self._sort)
        shown, there = int(np.count_nonzero(self.model.ids)), self._state.shown_count
        count = tr("%n photos", "", there, one="%n photo")
        if shown != there:
            count = tr("{shown} of %n photos", "", there, one="{shown} of %n photo", shown=figure(shown))
        self.order.setText(f"{count} · {order}" if there else "")
        self.title.setToolTip(tip(self.order.text()))

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
