"""The large view: one photo at a time out of those that were shown or selected, or two to four side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.language import decimal, figure, tr
from desktop_app.engine.types import Int64Array, Photo
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState, is_in
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.theme import SPACE, heading
from desktop_app.gui.viewer.canvas import PhotoCanvas
from desktop_app.gui.viewer.details_pane import DetailsPane
from desktop_app.gui.viewer.loader import PhotoLoader, Wish
from desktop_app.gui.views.photo_list import PhotoListView, PhotoModel
from desktop_app.gui.views.thumbnails import Thumbnails

MOST_COMPARED = 4
_STRIP = 84
_DETAILS = 260
_Key = Qt.Key


class _Strip(PhotoListView):
    """One row of tiles."""

    def __init__(self, name: str) -> None:
        super().__init__(name, _STRIP)
        self.setWrapping(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_STRIP + self.horizontalScrollBar().sizeHint().height() + 2)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _fill_rows(self) -> None:
        self._delegate.side = _STRIP
        self.setGridSize(QSize(_STRIP, _STRIP))


class Viewer(QWidget):
    """Speaks in signals; the shown photo is the window's current one, so that every menu entry is about it.

    Keys: arrows, Page up and down, Home and End walk; plus and minus zoom; F fits; Z goes between fit and 100 %; I
    shows the details; Space and Esc close.
    """

    opened = Signal()
    menu_wanted = Signal(QPoint)
    closed = Signal()

    def __init__(
        self, state: AppState, thumbnails: Thumbnails, runner: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._thumbnails = thumbnails
        self._loader = PhotoLoader(runner, self)
        self._ids: Int64Array = np.empty(0, np.int64)
        self._shown: list[int] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Large view"))
        self._make_parts()
        self._later = QTimer(self, singleShot=True, interval=120)
        self._later.timeout.connect(self._load)
        self._loader.arrived.connect(self._arrived)
        thumbnails.ready.connect(lambda ids: self._paint() if set(ids) & set(self._shown) else None)
        state.groups_changed.connect(self._tell)
        state.group_renamed.connect(lambda _group: self._tell())
        state.photos_changed.connect(self._check)
        state.renumbered.connect(self._renumber)
        state.folder_changed.connect(self._leave)
        state.neighbors_changed.connect(self._show_neighbors)

    def _make_parts(self) -> None:
        self.title = heading("")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.zoom_text = QLabel()
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(self._button(tr("Back to all"), tr("Close the large view (Esc)"), self.close_view, "←"))
        head.addWidget(self.title, 1)
        head.addWidget(self.zoom_text)
        for name, tip, run, text in (
            (tr("Previous photo"), tr("The photo before (Left)"), lambda: self.step(-1), "‹"),
            (tr("Next photo"), tr("The photo after (Right)"), lambda: self.step(1), "›"),
            (tr("Fit"), tr("The whole photo (F)"), lambda: self.active.fit(), tr("Fit")),
            ("100 %", tr("Pixel for pixel (Z)"), lambda: self.active.show_pixels(), "100 %"),
            (tr("Details"), tr("What is known of the photo (I)"), self.switch_details, tr("Details")),
        ):
            head.addWidget(self._button(name, tip, run, text))
        self.canvases = [PhotoCanvas() for _ in range(MOST_COMPARED)]
        self.photos = QWidget()
        beside = QHBoxLayout(self.photos)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE // 2)
        for place, canvas in enumerate(self.canvases):
            canvas.looked.connect(lambda place=place: self._looked(place))
            canvas.pressed.connect(lambda place=place: self._activate(place))
            beside.addWidget(canvas, 1)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE // 2)
        middle.addWidget(self.photos, 1)
        self.details = DetailsPane()
        self.details.setFixedWidth(_DETAILS)
        middle.addWidget(self.details)
        self.strip = _Strip(tr("Neighbors of this photo"))
        self.strip_model = PhotoModel(self._state.item, self._thumbnails, self)
        self.strip.setModel(self.strip_model)
        self.strip.clicked.connect(self._show_neighbor)
        self.strip.activated.connect(self._show_neighbor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addWidget(self.strip)

    def _button(self, name: str, tip: str, run: Callable[[], object], text: str) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the photo
        button.clicked.connect(lambda _checked=False: run())
        return button

    def open(self, ids: Int64Array, current: int) -> None:
        """Show ``current`` and walk among ``ids`` (int64[n], in their order)."""
        self._ids = self._state.known(ids)
        self._show([current])

    def compare(self, ids: Sequence[int]) -> None:
        """Show up to four photos side by side; zooming one zooms all."""
        self._ids = np.asarray(ids, np.int64)
        self._show([i for i in ids if i in self._state.photos][:MOST_COMPARED])

    @property
    def shown(self) -> list[int]:
        """Ids of the photos on the screen."""
        return list(self._shown)

    @property
    def active(self) -> PhotoCanvas:
        """The picture that keys and menus are about."""
        return self.canvases[self._current]

    def _show(self, shown: list[int]) -> None:
        if not shown:
            self._leave()
            return
        was_closed = not self._shown
        self._shown, self._current = shown, 0
        if was_closed:
            self.opened.emit()
        for place, canvas in enumerate(self.canvases):
            canvas.setVisible(place < len(shown))
            canvas.fit()
        self._paint()
        self._activate(0)
        self.setFocus()

    def _activate(self, place: int) -> None:
        """Let the picture at ``place`` be the one that keys and menus are about."""
        self._current = place
        for at, canvas in enumerate(self.canvases):
            canvas.set_marked(at == place and len(self._shown) > 1)
        self.setFocus()
        # Among several that are selected one walks without losing them.
        photo_id, selection = self._shown[place], self._state.selection
        self._state.set_selection(selection if is_in(photo_id, selection) else [photo_id], photo_id)
        self._tell()
        self._show_neighbors()
        self._later.start(0)

    def step(self, by: int) -> None:
        """Walk ``by`` photos on; with several side by side, mark another one."""
        if len(self._shown) > 1:
            self._activate((self._current + by) % len(self._shown))
            return
        rows = np.flatnonzero(self._ids == self._shown[0])
        row = int(rows[0]) + by if rows.size else 0
        if self._ids.size:
            self._show([int(self._ids[min(max(row, 0), len(self._ids) - 1)])])

    def switch_details(self) -> None:
        self.details.setVisible(self.details.isHidden())

    def close_view(self) -> None:
        """Back to the map and the grid."""
        self._leave()
        self.closed.emit()

    def _leave(self) -> None:
        was_open, self._shown = bool(self._shown), []
        self._later.stop()
        self._loader.forget()
        if was_open and not self._state.photos:
            self.closed.emit()

    def _renumber(self, ids: NewIds) -> None:
        self._ids, self._shown = ids.of(self._ids), [ids.one(photo_id) for photo_id in self._shown]
        self._loader.renumber(ids)
        if self._shown:
            self._later.start()

    def _check(self) -> None:
        """The folder was looked at again: photos may be gone."""
        self._ids = self._state.known(self._ids)
        if self._shown and not all(photo_id in self._state.photos for photo_id in self._shown):
            self.close_view()

    # What is shown of the photos

    def _photo(self, photo_id: int) -> Photo:
        return self._state.photos[photo_id]

    def _load(self) -> None:
        """Read what is on the screen, sharp enough for it, then what comes next."""
        wishes, after = [], []
        for place, photo_id in enumerate(self._shown):
            canvas, photo = self.canvases[place], self._photo(photo_id)
            side = canvas.sharp_side
            fitted = canvas.fit_side(photo.width, photo.height)
            whole = canvas.look.zoom > 1 and side > 0.9 * fitted
            wishes.append(Wish(photo, fitted))
            if whole:
                after.append(Wish(photo, None))
        if len(self._shown) == 1 and not after:
            row = np.flatnonzero(self._ids == self._shown[0])
            for by in (1, -1):
                place = int(row[0]) + by if row.size else -1
                if 0 <= place < len(self._ids):
                    photo = self._photo(int(self._ids[place]))
                    after.append(Wish(photo, self.canvases[0].fit_side(photo.width, photo.height)))
        self._loader.want([*wishes, *after])

    def _arrived(self, photo_id: int) -> None:
        if photo_id in self._shown:
            self._paint()
            self._tell()

    def _paint(self) -> None:
        for canvas, photo_id in zip(self.canvases, self._shown, strict=False):
            photo = self._state.photos.get(photo_id)
            if photo is None:
                continue
            there = self._loader.sizes_of(photo_id)
            images = [one.image for one in there if not one.image.isNull()]
            small = self._thumbnails.get(photo_id)
            if small is not None and not images:
                images = [small.toImage()]
            reason = next((one.reason for one in there if one.reason), "")
            canvas.set_picture(images, photo.width, photo.height, reason or "…")
            canvas.setAccessibleName(f"{display_path(photo.path.name)}{': ' + reason if reason else ''}")

    def _group_name(self, photo_id: int) -> str:
        group_id = self._state.group_of(photo_id)
        group = self._state.group(group_id) if group_id is not None else None
        return group.name if group is not None else ""

    def _tell(self) -> None:
        if not self._shown:
            return
        photo_id = self._shown[self._current]
        photo = self._state.photos.get(photo_id)
        if photo is None:
            return
        row = np.flatnonzero(self._ids == photo_id)
        place = tr("{place} of {count}", place=figure(row[0] + 1), count=figure(len(self._ids))) if row.size else ""
        group = self._group_name(photo_id)
        self.title.setText(" · ".join(part for part in (display_path(photo.path.name), group, place) if part))
        self.title.setToolTip(display_path(photo.path))
        there = self._loader.sizes_of(photo_id)
        self.details.show_photo(photo, group, next((one.lines for one in there if one.lines), ()))
        self.zoom_text.setText(f"{self.active.percent:.0f} %")

    def _looked(self, place: int) -> None:
        for at, canvas in enumerate(self.canvases[: len(self._shown)]):
            if at != place:
                canvas.set_look(self.canvases[place].look)
        self.zoom_text.setText(f"{self.active.percent:.0f} %")
        self._later.start()

    def _show_neighbors(self) -> None:
        found = self._state.neighbors
        if found is None or not self._shown or self._state.neighbors_of != self._shown[self._current]:
            return
        self.strip_model.set_ids(found.photo_ids[0], [decimal(value, 2) for value in found.similarity[0]])
        self.strip.scrollToTop()

    def _show_neighbor(self) -> None:
        photo_id = self.strip.current_id()
        if photo_id is not None:
            self._show([photo_id])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown:
            self._later.start()
            self.zoom_text.setText(f"{self.active.percent:.0f} %")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            _Key.Key_Left: lambda: self.step(-1),
            _Key.Key_Up: lambda: self.step(-1),
            _Key.Key_PageUp: lambda: self.step(-1),
            _Key.Key_Right: lambda: self.step(1),
            _Key.Key_Down: lambda: self.step(1),
            _Key.Key_PageDown: lambda: self.step(1),
            _Key.Key_Home: lambda: self.step(-len(self._ids)),
            _Key.Key_End: lambda: self.step(len(self._ids)),
            _Key.Key_Plus: lambda: self.active.zoom_by(1),
            _Key.Key_Equal: lambda: self.active.zoom_by(1),
            _Key.Key_Minus: lambda: self.active.zoom_by(-1),
            _Key.Key_F: lambda: self.active.fit(),
            _Key.Key_Z: lambda: self.active.toggle_pixels(),
            _Key.Key_I: self.switch_details,
            _Key.Key_Space: self.close_view,
            _Key.Key_Escape: self.close_view,
        }
        run = keys.get(event.key())
        if run is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        else:
            run()
