"""One selection for all views: what a list of photos shows as selected, and what a person selects in it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from desktop_app.engine.types import Int64Array
from desktop_app.gui.app_state import AppState, is_in
from desktop_app.gui.views.photo_list import PhotoListView, PhotoModel

Choose = Callable[[Int64Array, int | None], object]


class SharedSelection(QObject):
    """Keeps a list and the state's selection equal, in both directions.

    Args:
        state: holds the selection.
        view: shows ``model``.
        model: ids that are negative stand for files that were not looked at yet: selected here, and nowhere else.
        choose: is told what the person selects, all ids and the current one.
    """

    def __init__(self, state: AppState, view: PhotoListView, model: PhotoModel, choose: Choose) -> None:
        super().__init__(view)
        self._state = state
        self._view = view
        self._model = model
        self._choose = choose
        self._quiet = False
        view.selectionModel().selectionChanged.connect(lambda *_: self.tell())
        view.selectionModel().currentChanged.connect(lambda *_: self._tell_current())
        state.selection_changed.connect(self.show)
        state.selected_photo_changed.connect(self.show)

    def tell(self) -> None:
        """Let the state know what is selected here."""
        if self._quiet:
            return
        state, here = self._state, self._model.ids[self._view.selected_rows()]
        current = self._view.current_id()
        if here.size == 1:
            current = int(here[0])  # keys select first and move after: the only one is the one that is meant
        elif current is None or not np.any(here == current):
            current = None
        chosen = here[here > 0]
        if self._view.adds and state.selection.size:
            elsewhere = state.selection[~np.isin(state.selection, self._model.ids)]
            chosen = np.concatenate([chosen, elsewhere])
        self._quiet = True
        try:
            self._choose(chosen, current if current is not None and current > 0 else None)
        finally:
            self._quiet = False

    def _tell_current(self) -> None:
        current = self._view.current_id()
        if not self._quiet and current is not None and is_in(current, self._state.selection):
            self._choose(self._state.selection, current)

    def show(self) -> None:
        """Show what the state has as selected; the current photo comes into sight."""
        if self._quiet:
            return
        self._quiet = True
        try:
            rows = self._model.rows_of(self._state.selection)
            if not np.array_equal(rows, self._view.selected_rows()):
                self._view.select_rows(rows)
                if rows.size and self._state.selected_photo is None:
                    self._view.scrollTo(self._model.index(int(rows[0])))
            current = self._state.selected_photo
            row = self._model.row_of(current) if current is not None else None
            if row is not None and current != self._view.current_id():
                self._view.make_current(row)
        finally:
            self._quiet = False
