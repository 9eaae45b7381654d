"""Two panes about the photo that is looked at: the photo itself, as large as there is room, and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.types import Photo
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.theme import SPACE
from desktop_app.gui.viewer.canvas import PhotoCanvas
from desktop_app.gui.viewer.details_pane import DetailsPane
from desktop_app.gui.viewer.loader import PhotoLoader, Wish
from desktop_app.gui.views.pane_head import PaneHead
from desktop_app.gui.views.thumbnails import Thumbnails

_NONE = tr_noop("Choose a photo to see it here.")
_SMALL = 64
"""Short side in pixels that is read for what the camera wrote alone."""


class PhotoView(QWidget):
    """The photo that is looked at. The wheel zooms, a double click shows it pixel for pixel."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PaneHead(tr("Large photo"))
        self.canvas = PhotoCanvas()
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.canvas, 1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())


class DetailsView(QWidget):
    """What is known of the photo that is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PaneHead(tr("Details"))
        self.pane = DetailsPane()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.pane, 1)


class Beside(QTimer):
    """Fills both panes, and reads nothing while neither is in sight.

    Args:
        state: says which photo is looked at.
        thumbnails: stand in until the photo is read.
        runner: reads it.
    """

    def __init__(self, state: AppState, thumbnails: Thumbnails, runner: JobRunner, parent: QWidget) -> None:
        # Whoever walks with a held key, or drags an edge, wants the last of it.
        super().__init__(parent, singleShot=True, interval=60)
        self._state = state
        self._thumbnails = thumbnails
        self._loader = PhotoLoader(runner, self)
        self._shown: int | None = None
        self.photo = PhotoView()
        self.details = DetailsView()
        for view in (self.photo, self.details):
            view.installEventFilter(self)
        self.timeout.connect(self._load)
        self.photo.canvas.looked.connect(self.start)
        self._loader.arrived.connect(lambda _photo: self.show_photo())
        thumbnails.ready.connect(lambda ids: self.show_photo() if self._shown in ids else None)
        for signal in (state.selected_photo_changed, state.groups_changed, state.photos_changed):
            signal.connect(self.show_photo)
        state.group_renamed.connect(lambda _group: self.show_photo())
        state.folder_changed.connect(self._forget)
        self.show_photo()

    def _forget(self) -> None:
        self._loader.forget()
        self.show_photo()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QShowEvent):
            self.show_photo()
        elif isinstance(event, QResizeEvent):
            self.start()
        elif isinstance(event, QHideEvent) and not self._in_sight:
            self.stop()
        return False

    @property
    def _in_sight(self) -> bool:
        return self.photo.isVisible() or self.details.isVisible()

    @property
    def _current(self) -> Photo | None:
        return self._state.photos.get(self._state.selected_photo or 0)

    def show_photo(self) -> None:
        """Show what is there of the photo by now, and ask for the rest."""
        photo = self._current
        if not self._in_sight:
            return
        if photo is None:
            self._shown = None
            self.photo.canvas.set_picture([], 1, 1, tr(_NONE))
            self.photo.canvas.setAccessibleName(tr(_NONE))
            self.details.pane.show_nothing(tr(_NONE))
            return
        if photo.id != self._shown:
            self._shown = photo.id
            self.photo.canvas.fit()
        there = self._loader.sizes_of(photo.id)
        images = [one.image for one in there if not one.image.isNull()]
        small = self._thumbnails.get(photo.id)
        if small is not None and not images:
            images = [small.toImage()]
        reason = next((one.reason for one in there if one.reason), "")
        self.photo.canvas.set_picture(images, photo.width, photo.height, reason or "…")
        self.photo.canvas.setAccessibleName(f"{display_path(photo.path.name)}{': ' + reason if reason else ''}")
        group_id = self._state.group_of(photo.id)
        group = self._state.group(group_id) if group_id is not None else None
        lines = next((one.lines for one in there if one.lines), ())
        self.details.pane.show_photo(photo, group.name if group is not None else "", lines)
        self.start()

    def _load(self) -> None:
        photo, canvas = self._current, self.photo.canvas
        if photo is None or not self._in_sight:
            return
        side = canvas.fit_side(photo.width, photo.height) if self.photo.isVisible() else _SMALL
        wishes = [Wish(photo, side)]
        if self.photo.isVisible() and canvas.look.zoom > 1 and canvas.sharp_side > side:
            wishes.append(Wish(photo, None))
        self._loader.want(wishes)
