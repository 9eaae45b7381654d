"""The map: every photo a point, near when they look alike, its group told by color and shape."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.engine.types import UNSURE, Float32Array, Int32Array, Int64Array
from desktop_app.gui.app_state import ALL_PHOTOS, AppState, is_in
from desktop_app.gui.theme import SPACE, accent, faded, heading, is_dark, mark, muted
from desktop_app.gui.views.hover_card import HoverCard
from desktop_app.gui.views.point_index import PointIndex, rasterize
from desktop_app.gui.views.thumbnails import Thumbnails

DENSITY_ABOVE = 20_000
"""More visible points than this are drawn as a picture of their density."""
_POINTER_RADIUS = 12
_NO_GROUP = -3
_RINGED_SELECTED = 2_000
_FILLING = "The map fills while the photos are looked at."
_RINGED = 12  # of the neighbors: more rings hide more than they show


class ScatterView(QWidget):
    """Draws the projection, and selects the photo that is clicked."""

    def __init__(self, state: AppState, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._xy: Float32Array = np.empty((0, 2), dtype=np.float32)
        self._ids: Int64Array = np.empty(0, dtype=np.int64)
        self._labels: Int32Array = np.empty(0, dtype=np.int32)
        self._rows: dict[int, int] = {}
        self._index = PointIndex(self._xy)
        self._items: dict[int, pg.ScatterPlotItem] = {}

        self.title = heading("Map")
        self.plot = pg.PlotWidget(enableMenu=False)
        self.plot.setAccessibleName("Map of photos")
        self.plot.setAccessibleDescription(
            "Each point is a photo; points that look alike are near. Click one to select it."
        )
        self.plot.setToolTip(
            "Photos that look alike are near each other. Click a point to see its neighbors; "
            "drag to move, turn the wheel to zoom, double-click to see everything."
        )
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot.getViewBox().setDefaultPadding(0.04)
        self._density = pg.ImageItem(axisOrder="row-major")
        self._density.setZValue(-10)
        self._neighbors = pg.ScatterPlotItem(size=13, pxMode=True)
        self._also_selected = pg.ScatterPlotItem(size=12, pxMode=True)
        self._selected = pg.ScatterPlotItem(size=18, pxMode=True)
        for z, item in ((40, self._neighbors), (45, self._also_selected), (50, self._selected)):
            item.setZValue(z)
            item.setBrush(None)
            self.plot.addItem(item)
        self.plot.addItem(self._density)
        self._card = HoverCard(self.plot.viewport(), thumbnails)
        self.hint = QLabel(_FILLING)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.plot.viewport()).addWidget(self.hint)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.title)
        layout.addWidget(self.plot, 1)

        self._redraw_soon = QTimer(self, singleShot=True, interval=30)
        self._redraw_soon.timeout.connect(self._draw_points)
        self.plot.getViewBox().sigRangeChanged.connect(lambda *_: self._redraw_soon.start() if self._is_large else None)
        self.plot.viewport().installEventFilter(self)
        self.plot.viewport().setMouseTracking(True)
        self._pressed_at: QPoint | None = None

        state.projection_changed.connect(self._set_projection)
        state.problems_changed.connect(self._say_why_empty)
        state.groups_changed.connect(self._set_labels)
        state.selected_group_changed.connect(self._highlight)
        state.selected_photo_changed.connect(self._mark_selected)
        state.selection_changed.connect(self._mark_selected)
        state.neighbors_changed.connect(self._mark_neighbors)
        self._apply_palette()

    @property
    def _is_large(self) -> bool:
        return len(self._xy) > DENSITY_ABOVE

    def _set_projection(self) -> None:
        projection = self._state.projection
        if projection is None:
            self._xy, self._ids = np.empty((0, 2), dtype=np.float32), np.empty(0, dtype=np.int64)
        else:
            self._xy, self._ids = projection.xy, projection.photo_ids
        self._rows = {int(photo_id): row for row, photo_id in enumerate(self._ids)}
        self._index = PointIndex(self._xy)
        self._card.hide()
        self.hint.setVisible(projection is None)
        self._label_axes()
        self.show_everything()
        self._set_labels()

    def _say_why_empty(self) -> None:
        empty = bool(self._state.problems) and not self._state.photos
        self.hint.setText("No photo of this folder could be read." if empty else _FILLING)

    def _label_axes(self) -> None:
        projection = self._state.projection
        axes: tuple[tuple[str, int], ...] = (("bottom", 0), ("left", 1))
        for name, axis in axes:
            share = "" if projection is None else f": {projection.explained[axis]:.0%}".replace("%", " %")
            self.plot.setLabel(name, f"PCA {axis + 1}{share}", color=muted(self.palette()).name())

    def _set_labels(self) -> None:
        clustering = self._state.clustering
        self._labels = np.full(len(self._ids), _NO_GROUP, dtype=np.int32)
        if clustering is not None:
            if np.array_equal(clustering.photo_ids, self._ids):
                self._labels = self._state.group_ids
            else:
                labels = self._state.group_ids.tolist()
                for photo_id, label in zip(clustering.photo_ids.tolist(), labels, strict=True):
                    row = self._rows.get(photo_id)
                    if row is not None:
                        self._labels[row] = label
        self._draw_points()
        self._mark_selected()
        self._mark_neighbors()

    def _draw_points(self) -> None:
        """One item and one brush a group; above `DENSITY_ABOVE` visible points, a picture instead."""
        rows = self._visible_rows()
        dense = len(rows) > DENSITY_ABOVE
        self._density.setVisible(dense)
        labels = self._labels[rows]
        present = set() if dense else set(np.unique(labels).tolist())
        for label in set(self._items) - present:
            self.plot.removeItem(self._items.pop(label))
        dark = is_dark(self.palette())
        size = 9 if len(rows) < 3000 else 6
        # A rim in the color of the ground keeps points apart where they lie on each other.
        rim = pg.mkPen(self.palette().color(QPalette.ColorRole.Base), width=0.7) if len(rows) < 3000 else None
        for label in present:
            which = mark(UNSURE if label == _NO_GROUP else label, dark)
            item = self._items.get(label)
            if item is None:
                item = self._items[label] = pg.ScatterPlotItem(pxMode=True)
                self.plot.addItem(item)
            shown = rows[labels == label]
            symbol = "o" if label == _NO_GROUP else which.symbol
            item.setData(
                x=self._xy[shown, 0], y=self._xy[shown, 1], size=size, symbol=symbol, brush=which.color, pen=rim
            )
        if dense:
            self._draw_density()
        self._highlight(redraw_density=False)

    def _visible_rows(self) -> Int64Array:
        if not self._is_large:
            return np.arange(len(self._xy))
        (left, right), (bottom, top) = self.plot.getViewBox().viewRange()
        x, y = self._xy[:, 0], self._xy[:, 1]
        return np.flatnonzero((x >= left) & (x <= right) & (y >= bottom) & (y <= top))

    def _draw_density(self) -> None:
        palette = self.palette()
        dark = is_dark(palette)
        count = int(self._labels.max(initial=0)) + 1
        inks = [mark(label, dark).color for label in [*range(count), UNSURE]]
        table = np.array([(ink.red(), ink.green(), ink.blue()) for ink in inks], dtype=np.uint8)
        colors = table[np.where(self._labels < 0, count, self._labels)]
        chosen = self._state.selected_group
        if chosen != ALL_PHOTOS:
            base = palette.color(QPalette.ColorRole.Base)
            background = np.array([base.red(), base.green(), base.blue()], dtype=np.float64)
            dimmed = (0.2 * table + 0.8 * background).astype(np.uint8)
            others = self._labels != chosen
            colors[others] = dimmed[np.where(self._labels < 0, count, self._labels)][others]
        box = self.plot.getViewBox()
        (left, right), (bottom, top) = box.viewRange()
        width, height = max(int(box.width() / 2), 1), max(int(box.height() / 2), 1)
        picture = rasterize(self._xy, colors, (left, bottom, right, top), width, height)
        self._density.setImage(picture, autoLevels=False, levels=(0, 255))
        self._density.setRect(QRectF(left, bottom, right - left, top - bottom))

    def _highlight(self, redraw_density: bool = True) -> None:
        chosen = self._state.selected_group
        for label, item in self._items.items():
            item.setOpacity(1.0 if chosen in (ALL_PHOTOS, label) else 0.13)
            item.setZValue(10 if label == chosen else 0)
        if redraw_density and self._density.isVisible():
            self._draw_density()

    def _place(self, item: pg.ScatterPlotItem, photo_ids: list[int]) -> None:
        rows = [self._rows[photo_id] for photo_id in photo_ids if photo_id in self._rows]
        item.setData(x=self._xy[rows, 0], y=self._xy[rows, 1])

    def _mark_selected(self) -> None:
        chosen = self._state.selected_photo
        self._place(self._selected, [] if chosen is None else [chosen])
        self._place(self._also_selected, self._state.selection[:_RINGED_SELECTED].tolist())

    def _mark_neighbors(self) -> None:
        found = self._state.neighbors
        self._place(self._neighbors, [] if found is None else found.photo_ids[0, :_RINGED].tolist())

    def show_everything(self) -> None:
        """Zoom so that every point is in sight."""
        if not len(self._xy):
            return
        left, bottom = self._xy.min(axis=0).tolist()
        right, top = self._xy.max(axis=0).tolist()
        # One photo, or identical ones, have no extent of their own: they stand in the middle of a unit square.
        x_room, y_room = (0.0 if right > left else 0.5), (0.0 if top > bottom else 0.5)
        rect = QRectF(QPointF(left - x_room, bottom - y_room), QPointF(right + x_room, top + y_room))
        outer = rect.adjusted(-rect.width(), -rect.height(), rect.width(), rect.height())
        box = self.plot.getViewBox()
        box.setLimits(xMin=outer.left(), xMax=outer.right(), yMin=outer.top(), yMax=outer.bottom())
        box.setRange(rect, padding=0.04)

    def screen_position(self, photo_id: int) -> QPoint | None:
        """Where a photo's point lies in the plot's viewport, None when it has none."""
        row = self._rows.get(photo_id)
        if row is None:
            return None
        point = self.plot.getViewBox().mapViewToScene(QPointF(*self._xy[row].tolist()))
        return QPoint(self.plot.mapFromScene(point))

    def photo_at(self, position: QPoint) -> int | None:
        """The photo whose point is under ``position`` (viewport pixels) or close by."""
        box = self.plot.getViewBox()
        if not len(self._xy) or not box.sceneBoundingRect().contains(self.plot.mapToScene(position)):
            return None
        where = box.mapSceneToView(self.plot.mapToScene(position))
        unit_x, unit_y = box.viewPixelSize()
        row = self._index.nearest(where.x(), where.y(), _POINTER_RADIUS * unit_x, _POINTER_RADIUS * unit_y)
        return None if row is None else int(self._ids[row])

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._mouse(event)
        elif event.type() == QEvent.Type.Leave:
            self._card.hide()
        return False

    def _mouse(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        kind = event.type()
        left = event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove:
            photo_id = None if event.buttons() else self.photo_at(position)
            self._card.show_photo(self._state.photos.get(photo_id) if photo_id is not None else None, position)
        elif kind == QEvent.Type.MouseButtonPress and left:
            self._pressed_at = position
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.show_everything()
        elif kind == QEvent.Type.MouseButtonRelease and left and self._pressed_at is not None:
            # A press that wandered is a drag of the map, not a choice of a photo.
            if (position - self._pressed_at).manhattanLength() < 5:
                photo_id = self.photo_at(position)
                if photo_id is not None:
                    self._select(photo_id, event.modifiers())
            self._pressed_at = None

    def _select(self, photo_id: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select one photo; with Ctrl or Shift add it to the others, or take it out."""
        state = self._state
        if not modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            state.select_photo(photo_id)
        elif is_in(photo_id, state.selection):
            state.set_selection(state.selection[state.selection != photo_id])
        else:
            state.set_selection(np.append(state.selection, photo_id), photo_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_large:
            self._redraw_soon.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_pressed_at"):
            self._apply_palette()
            self._draw_points()

    def _apply_palette(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        self.plot.setBackground(palette.color(QPalette.ColorRole.Base))
        for name in ("bottom", "left"):
            axis = self.plot.getAxis(name)
            axis.setPen(None)
            axis.setTicks([[], []])
            axis.enableAutoSIPrefix(False)
        self._label_axes()
        self._selected.setPen(pg.mkPen(accent(palette), width=3))
        self._also_selected.setPen(pg.mkPen(accent(palette), width=2))
        self._neighbors.setPen(pg.mkPen(faded(text, 190), width=1.5))
