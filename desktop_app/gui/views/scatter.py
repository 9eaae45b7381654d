"""The map: every photo a point, near when they look alike, its group told by color and shape."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.types import Int64Array
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.roles import give_role
from desktop_app.gui.spoken import say
from desktop_app.gui.theme import SPACE, follow_palette, muted
from desktop_app.gui.views.hover_card import HoverCard
from desktop_app.gui.views.map_bounds import MapBounds
from desktop_app.gui.views.map_canvas import MapCanvas
from desktop_app.gui.views.map_gestures import ADD, MapGestures
from desktop_app.gui.views.map_picture import View, inside_polygon
from desktop_app.gui.views.map_points import nearest_towards, points_of
from desktop_app.gui.views.map_tools import MapLegend, MapTools, Mode
from desktop_app.gui.views.pane_head import PaneHead
from desktop_app.gui.views.thumbnails import Thumbnails

_FILLING = tr_noop("The map fills while the photos are looked at.")
_POINTER_RADIUS = 12
_RINGED_NEIGHBORS = 12  # more rings hide more than they show
_MOVED = 0.02  # of its width, by which the edge of a map may move that is still the same to a person
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ScatterView(QWidget):
    """Draws the projection, and selects the photos that are clicked, or drawn around."""

    photo_opened = Signal(object)
    """A `Photo`."""
    menu_wanted = Signal(QPoint)
    """The menu over a photo, which is the current one by now."""
    failed = Signal(str)

    def __init__(self, state: AppState, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.tools = MapTools()
        self.head = PaneHead(tr("Map"))
        self.head.add(self.tools)
        self.plot = pg.PlotWidget(enableMenu=False)
        give_role(self.plot, QAccessible.Role.Chart)
        self.plot.setAccessibleName(tr("Map of photos"))
        self.plot.setAccessibleDescription(
            tr("Each point is a photo; points that look alike are near. A click selects one, and the arrow keys walk.")
        )
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box: pg.ViewBox = self.plot.getViewBox()
        self._box.disableAutoRange()
        self._bounds = MapBounds(self._box)
        viewport = self.plot.viewport()
        self.points = points_of(state)
        self.canvas = MapCanvas(viewport, self._look, thumbnails)
        self._gestures = MapGestures(
            state, self.canvas, self.tools, self.plot, thumbnails, self.photo_at, self._enclosed
        )
        self.hint = QLabel(tr(_FILLING), viewport)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.legend = MapLegend(viewport)
        self._card = HoverCard(viewport, thumbnails)
        self._lay_out()
        self._connect()
        follow_palette(self, self._apply_palette)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.plot, 1)

    def _connect(self) -> None:
        state = self._state
        self._box.sigRangeChanged.connect(self._moved)
        self.plot.installEventFilter(self)
        self.plot.viewport().installEventFilter(self)
        self.plot.viewport().setMouseTracking(True)
        self.tools.whole.triggered.connect(self.show_everything)
        self.tools.save.triggered.connect(self._ask_where_to_save)
        self.tools.legend.toggled.connect(self.legend.setVisible)
        self.tools.mode_chosen.connect(lambda _mode: self._show_cursor())
        self.legend.hidden_changed.connect(lambda _hidden: self._show_groups())
        state.projection_changed.connect(self._set_projection)
        state.problems_changed.connect(self._say_why_empty)
        state.groups_changed.connect(lambda: self.legend.show_groups(state.groups))
        state.groups_changed.connect(self._show_groups)
        state.group_renamed.connect(lambda _group_id: self.legend.show_groups(state.groups))
        state.selected_group_changed.connect(self._show_group)
        state.selection_changed.connect(self._show_selected)
        state.selected_photo_changed.connect(self._show_selected)
        state.neighbors_changed.connect(self._show_neighbors)

    # What is shown

    def _set_projection(self) -> None:
        projection = self._state.projection
        part, before = self.looked_at()
        self._card.hide()
        self.hint.setVisible(projection is None)
        self._label_axes()
        self._show_groups()
        # Of a folder that has changed a little since, the part in sight stays.
        if not (part and self._state.clustering is not None and _alike(before, self._extent())):
            self.show_everything()

    def _say_why_empty(self) -> None:
        empty = bool(self._state.problems) and not self._state.photos
        self.hint.setText(tr("No photo of this folder could be read.") if empty else tr(_FILLING))

    def _label_axes(self) -> None:
        projection = self._state.projection
        axes: tuple[tuple[str, int], ...] = (("bottom", 0), ("left", 1))
        for name, axis in axes:
            said = tr("PCA {axis}", axis=axis + 1)
            if projection is not None:
                percent = f"{100 * projection.explained[axis]:.0f}"
                said = tr("PCA {axis}: {percent} %", axis=axis + 1, percent=percent)
            self.plot.setLabel(name, said, color=muted(self.palette()).name())

    def _show_groups(self) -> None:
        self.points = points_of(self._state, self.legend.hidden, self.points)
        self.canvas.points = self.points
        self.canvas.hovered_group = None
        self._show_neighbors()
        self._show_group()
        self._show_selected()
        self.canvas.redraw()

    def _show_group(self) -> None:
        chosen = self._state.selected_group
        self.canvas.choose_group(None if chosen == ALL_PHOTOS else chosen)

    def _show_selected(self) -> None:
        self.canvas.current = self.points.row_of(self._state.selected_photo)
        self.canvas.selected = self.points.rows_of(self._state.selection)
        self.canvas.show_selected()
        photo = self._state.photos.get(self._state.selected_photo or 0)
        if photo is not None and self.plot.hasFocus():  # no list tells what the arrow keys have come to
            names = [one.name for one in self._state.groups if one.id == self._state.group_of(photo.id)]
            say(self.plot, ", ".join([display_path(photo.path.name), *names]))

    def _show_neighbors(self) -> None:
        found = self._state.neighbors
        ids = np.empty(0, dtype=np.int64) if found is None else found.photo_ids[0, :_RINGED_NEIGHBORS]
        self.canvas.neighbors = self.points.rows_of(ids)
        self.canvas.update()

    def _look(self) -> tuple[View, QRectF] | None:
        area = self.plot.mapFromScene(self._box.sceneBoundingRect()).boundingRect()
        if area.width() < 8 or area.height() < 8:
            return None
        (left, right), (bottom, top) = self._box.viewRange()
        ratio = self.plot.devicePixelRatioF()
        return View(left, bottom, right, top, area.width(), area.height(), ratio), QRectF(area)

    def _extent(self) -> tuple[float, ...]:
        """Left, bottom, right and top of all points; empty while there are none."""
        xy = self.points.xy
        return (*xy.min(axis=0).tolist(), *xy.max(axis=0).tolist()) if len(xy) else ()

    def looked_at(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """What is in sight (left, bottom, right, top), empty for all of it; and the same four of the whole map."""
        (left, right), (bottom, top) = self._box.viewRange()
        whole = self._extent()
        everything = not whole or (left <= whole[0] and bottom <= whole[1] and right >= whole[2] and top >= whole[3])
        return (() if everything else (left, bottom, right, top)), whole

    def look_at(self, seen: tuple[float, ...], whole: tuple[float, ...]) -> bool:
        """Show what `looked_at` gave, if this is that map; returns whether it is."""
        extent = self._extent()
        if len(seen) != 4 or len(extent) != len(whole) or not np.allclose(extent, whole, rtol=1e-4, atol=1e-6):
            return False
        self._box.setRange(QRectF(QPointF(seen[0], seen[1]), QPointF(seen[2], seen[3])), padding=0)
        return True

    def show_everything(self) -> None:
        """Zoom so that every point is in sight."""
        if len(self.points.xy):
            self._bounds.show_everything(self.points)

    def _moved(self) -> None:
        self._card.hide()
        self._bounds.hold(self.points)
        self.canvas.update()

    # Where things lie

    def screen_position(self, photo_id: int) -> QPoint | None:
        """Where a photo's point lies in the plot's viewport, None when it has none."""
        row = self.points.row_of(photo_id)
        if row is None:
            return None
        point = self._box.mapViewToScene(QPointF(*self.points.xy[row].tolist()))
        return QPoint(self.plot.mapFromScene(point))

    def photo_at(self, position: QPoint) -> int | None:
        """The photo whose point is under ``position`` (viewport pixels) or close by."""
        if not self._box.sceneBoundingRect().contains(self.plot.mapToScene(position)):
            return None
        where = self._box.mapSceneToView(self.plot.mapToScene(position))
        unit_x, unit_y = self._box.viewPixelSize()
        row = self.points.nearest(where.x(), where.y(), _POINTER_RADIUS * unit_x, _POINTER_RADIUS * unit_y)
        return None if row is None else int(self.points.ids[row])

    def _enclosed(self, polygon: QPolygonF) -> Int64Array:
        """Ids of the photos within a polygon (viewport pixels)."""
        look = self._look()
        if look is None:
            return np.empty(0, dtype=np.int64)
        view, area = look
        rows = self.points.within(view.left, view.bottom, view.right, view.top)
        corners = polygon.translated(-area.topLeft()).toList()
        inside = inside_polygon(view, corners, self.points.xy[rows, 0], self.points.xy[rows, 1])
        return self.points.ids[rows[inside]]

    # What a person does

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.plot:
            return self._plot_event(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QContextMenuEvent):
            self._menu(event)
            return True
        if isinstance(event, QWheelEvent):
            self._hover(None, QPoint())
        elif kind == QEvent.Type.Leave:
            self._hover(None, QPoint())
        elif kind == QEvent.Type.Resize:
            area = self.plot.viewport().rect()
            self.canvas.setGeometry(area)
            self.hint.setGeometry(area)
            self.legend.fit()
        return False

    def _plot_event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.canvas.focused = event.type() == QEvent.Type.FocusIn
            self.canvas.update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        """Returns whether the plot is to see nothing of the event."""
        position, kind = event.position().toPoint(), event.type()
        if kind == QEvent.Type.MouseMove and self._gestures.move(position):
            return True
        if kind == QEvent.Type.MouseMove:
            self._hover(None if event.buttons() else self.photo_at(position), position)
        elif event.button() == Qt.MouseButton.RightButton:
            return True  # the plot would stretch the map
        elif event.button() == Qt.MouseButton.LeftButton and kind == QEvent.Type.MouseButtonPress:
            self._hover(None, position)
            return self._gestures.press(position, event.modifiers())
        elif kind == QEvent.Type.MouseButtonDblClick:
            self.show_everything()
        elif event.button() == Qt.MouseButton.LeftButton and kind == QEvent.Type.MouseButtonRelease:
            return self._gestures.release(position, event.modifiers())
        return False

    def _hover(self, photo_id: int | None, position: QPoint) -> None:
        self._card.show_photo(self._state.photos.get(photo_id) if photo_id is not None else None, position)
        group = self._state.group_of(photo_id)
        if group != self.canvas.hovered_group:
            self.canvas.hovered_group = group
            self.canvas.update()

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        current = self._state.photos.get(self._state.selected_photo or 0)
        if key in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._walk(_ARROWS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None and not event.modifiers() & ADD:
            self.photo_opened.emit(current)
        elif key == Qt.Key.Key_Escape and self._gestures.drawing:
            self._gestures.end()
        elif key == Qt.Key.Key_Escape:
            self._state.set_selection([])
        elif key == Qt.Key.Key_Home:
            self.show_everything()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(0.8 if key == Qt.Key.Key_Plus else 1.25)
        else:
            return False
        return True

    def _zoom(self, by: float) -> None:
        """Show more or less of the map, around the current photo where it is in sight."""
        (left, right), (bottom, top) = self._box.viewRange()
        x, y = (left + right) / 2, (bottom + top) / 2
        if self.canvas.current is not None:
            at_x, at_y = self.points.xy[self.canvas.current].tolist()
            if left <= at_x <= right and bottom <= at_y <= top:
                x, y = at_x, at_y
        self._box.scaleBy((by, by), center=(x, y))

    def _walk(self, towards: tuple[int, int], add: bool) -> None:
        """Select the nearest photo in a direction, and bring it into sight; the first step comes to the middle."""
        look, points = self._look(), self.points
        if look is None or not points.live.size:
            return
        row = points.row_of(self._state.selected_photo)
        across, down = look[0].pixels(points.xy[points.live, 0], points.xy[points.live, 1])
        if row is None:
            found: int | None = int(np.hypot(across - look[0].width / 2, down - look[0].height / 2).argmin())
        else:
            found = nearest_towards(across, down, int(np.searchsorted(points.live, row)), towards)
        if found is None:
            return
        photo_id = int(points.ids[points.live[found]])
        self._state.set_selection(np.append(self._state.selection, photo_id) if add else [photo_id], photo_id)
        x, y = points.xy[points.live[found]].tolist()
        (left, right), (bottom, top) = self._box.viewRange()
        if not (left <= x <= right and bottom <= y <= top):
            self._box.translateBy(x=x - (left + right) / 2, y=y - (bottom + top) / 2)

    # Its menu

    def _menu(self, event: QContextMenuEvent) -> None:
        self._hover(None, QPoint())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            photo_id = self._state.selected_photo
            place = self.screen_position(photo_id) if photo_id is not None else None
        else:
            place = event.pos()
            photo_id = self.photo_at(place)
        where = event.globalPos() if place is None else self.plot.viewport().mapToGlobal(place)
        if photo_id is not None and place is not None:
            self._state.set_selection(*self._state.point_at(photo_id))
            self.menu_wanted.emit(where)
        elif len(self.points.ids):
            self.tools.menu(self).popup(where)

    def _ask_where_to_save(self) -> None:
        folder = self._state.folder.name if self._state.folder else "Kindred"
        name = tr("{folder} map.png", folder=folder)
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a picture of the map"), name, "PNG (*.png)")
        if chosen:
            self.save_picture(chosen)

    def save_picture(self, path: str) -> None:
        """Write what the map shows as a PNG, at twice the resolution of the screen."""
        self._hover(None, QPoint())
        picture = QPixmap(self.plot.size() * 2)
        picture.setDevicePixelRatio(2)
        QWidget.render(self.plot, picture)  # the plot's own wants to draw its scene alone
        if not picture.save(path):
            self.failed.emit(
                tr("The picture of the map could not be saved as {file}. Choose another folder.", file=path)
            )

    def _show_cursor(self) -> None:
        hand = self.tools.modes[Mode.HAND].isChecked()
        self.plot.viewport().setCursor(Qt.CursorShape.ArrowCursor if hand else Qt.CursorShape.CrossCursor)

    # What it looks like

    def _apply_palette(self) -> None:
        self.plot.setBackground(self.palette().color(QPalette.ColorRole.Base))
        for name in ("bottom", "left"):
            axis = self.plot.getAxis(name)
            axis.setPen(None)
            axis.setTicks([[], []])
            axis.enableAutoSIPrefix(False)
        self._label_axes()


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two maps reach equally far: left, bottom, right and top of each."""
    if len(one) != 4 or len(other) != 4:
        return False
    span = max(one[2] - one[0], one[3] - one[1])
    return bool(np.allclose(one, other, rtol=0, atol=_MOVED * span))
