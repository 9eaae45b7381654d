"""What the left button does on the map: choose, carry the selection away, draw a rectangle or a lasso."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.engine.types import Int64Array
from desktop_app.gui.app_state import AppState, is_in
from desktop_app.gui.views.dragged import carry, photos_and_files
from desktop_app.gui.views.map_canvas import MapCanvas
from desktop_app.gui.views.map_tools import MapTools, Mode
from desktop_app.gui.views.thumbnails import Thumbnails

ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_DRAG = 5  # pixels that a hand moves in a click


class MapGestures:
    """From the press of the button until it is let go.

    Args:
        state: has the selection, and is given another.
        canvas: paints what is drawn.
        tools: say what a drag does.
        plot: moves the map where nothing else is meant.
        thumbnails: of the photo that is carried.
        photo_at: the photo below a place of the viewport.
        enclosed: ids of the photos within a polygon (pixels of the viewport).
    """

    def __init__(
        self,
        state: AppState,
        canvas: MapCanvas,
        tools: MapTools,
        plot: QWidget,
        thumbnails: Thumbnails,
        photo_at: Callable[[QPoint], int | None],
        enclosed: Callable[[QPolygonF], Int64Array],
    ) -> None:
        self._state = state
        self._canvas = canvas
        self._tools = tools
        self._plot = plot
        self._thumbnails = thumbnails
        self._photo_at = photo_at
        self._enclosed = enclosed
        self._start: QPoint | None = None
        self._mode: Mode | None = None
        self._carried: int | None = None

    @property
    def drawing(self) -> bool:
        """Whether a rectangle or a lasso is being drawn."""
        return self._mode is not None

    def press(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """The button goes down; returns whether the plot, which moves the map, is to see nothing of it."""
        self._start = position
        held = self._photo_at(position)
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        self._carried = held if plain and held is not None and is_in(held, self._state.selection) else None
        self._mode = self._tools.drag_mode(modifiers) if self._carried is None else None
        taken = self._carried is not None or self._mode is not None
        if taken:
            self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
        return taken

    def move(self, position: QPoint) -> bool:
        """The pointer moves; returns whether the plot is to see nothing of it."""
        if self._start is None or not (self.drawing or self._carried is not None):
            return False
        if self.drawing:
            self._draw(position)
        elif (position - self._start).manhattanLength() >= QApplication.startDragDistance():
            self._carry()
        return True

    def _carry(self) -> None:
        """Drag the selected photos, to drop them on a group or in another program."""
        held = self._carried
        self.end()
        if held is not None:
            data = photos_and_files(self._state.selection.tolist(), self._state.item)
            carry(self._plot, data, held, self._thumbnails)

    def _draw(self, position: QPoint) -> None:
        assert self._start is not None
        corners = self._canvas.gesture
        if self._mode is Mode.RECTANGLE:
            self._canvas.gesture = QPolygonF(QRectF(self._start, position).normalized())
        elif corners.isEmpty():
            self._canvas.gesture = QPolygonF([QPointF(self._start), QPointF(position)])
        else:
            corners.append(QPointF(position))
        self._canvas.update()

    def release(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """The button is let go; returns whether the plot is to see nothing of it."""
        start, gesture, polygon = self._start, self._mode, self._canvas.gesture
        taken = gesture is not None or self._carried is not None
        self.end()
        if start is None:
            return taken
        # A press that wandered is a drag, not a choice of a photo.
        if (position - start).manhattanLength() < _DRAG and polygon.boundingRect().width() < _DRAG:
            photo_id = self._photo_at(position)
            if photo_id is not None:
                self._select(photo_id, modifiers)
            elif gesture is not None and not modifiers & ADD:
                self._state.set_selection([])
        elif gesture is not None:
            found = self._enclosed(polygon)
            if modifiers & ADD:
                found = np.concatenate([self._state.selection, found])
            self._state.set_selection(found)
        return taken

    def end(self) -> None:
        """Nothing is begun, and nothing drawn."""
        self._start, self._mode, self._carried = None, None, None
        self._canvas.gesture = QPolygonF()
        self._canvas.update()

    def _select(self, photo_id: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select one photo; with Ctrl or Shift add it to the others, or take it out."""
        state = self._state
        if not modifiers & ADD:
            state.select_photo(photo_id)
        elif is_in(photo_id, state.selection):
            state.set_selection(state.selection[state.selection != photo_id])
        else:
            state.set_selection(np.append(state.selection, photo_id), photo_id)
