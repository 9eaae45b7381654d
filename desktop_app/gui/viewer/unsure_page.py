"""Unsure photos one by one: each large, beside the two groups it is most like, to be decided with a key."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.curation.unsure import best_groups
from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import UNSURE, Group, Int64Array
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.corrections import Corrections
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.plain_text import caption
from desktop_app.gui.spoken import say
from desktop_app.gui.theme import SPACE, follow_palette, heading, is_dark, mark, mark_icon
from desktop_app.gui.viewer.canvas import PhotoCanvas
from desktop_app.gui.viewer.loader import PhotoLoader, Wish
from desktop_app.gui.views.samples import Samples
from desktop_app.gui.views.thumbnails import Thumbnails

_SIDE_WIDTH = 320
_READ = 1024
"""Short side in pixels that is read: enough to tell what a photo shows."""


class _Offer(QWidget):
    """A group that the photo could be in: a button with its name, and some of its photos."""

    def __init__(self, key: str, run: Callable[[], object], thumbnails: Thumbnails) -> None:
        super().__init__()
        self._key = key
        self.group_id = UNSURE
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda _checked=False: run())
        self.samples = Samples(np.empty(0, np.int64), thumbnails)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.button)
        column.addWidget(self.samples)
        follow_palette(self, self._show_mark)

    def _show_mark(self) -> None:
        self.button.setIcon(mark_icon(mark(self.group_id, is_dark(self.palette()))))

    def show_group(self, group: Group | None) -> None:
        """Offer ``group``; None hides the offer."""
        self.setVisible(group is not None)
        self.group_id = UNSURE if group is None else group.id
        if group is not None:
            self.button.setText(f"{self._key}:  {caption(group.name)}  ({figure(len(group.photo_ids))})")
            count = tr("%n photos", "", len(group.photo_ids), one="%n photo")
            self.button.setAccessibleName(f"{display_path(group.name)}, {count}")
            self._show_mark()
            self.samples.set_ids(group.photo_ids)


class UnsurePage(QWidget):
    """Enter or 1 takes the best group, 2 the second, M asks for another, S skips, Backspace goes back, Esc leaves.

    A decision that is taken back brings its photo back, too.
    """

    changed = Signal()
    """It opened, or closed."""
    other_wanted = Signal()
    """Ask which group the selected photo belongs to."""
    organize_wanted = Signal()

    def __init__(self, state: AppState, thumbnails: Thumbnails, runner: JobRunner, corrections: Corrections) -> None:
        super().__init__()
        self._state = state
        self._thumbnails = thumbnails
        self._corrections = corrections
        self._loader = PhotoLoader(runner, self)
        self._ids: Int64Array = np.empty(0, np.int64)
        self._place = 0
        self._skipped: set[int] = set()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Unsure photos"))
        self.title = heading("")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.canvas = PhotoCanvas()
        self.said = QLabel(wordWrap=True)
        self.best = _Offer(tr("Enter", "a key"), lambda: self._take(self.best), thumbnails)
        self.second = _Offer("2", lambda: self._take(self.second), thumbnails)
        self.other = self._button(tr("M:  Another group…"), self._ask_other)
        self.skip = self._button(tr("S:  Skip"), self._skip)
        self.back = self._button(tr("Backspace:  The one before"), self.step_back)
        self.organize = self._button(tr("Organize…"), self._organize)
        leave = self._button(tr("Esc:  Back to all"), self.leave)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self.said, self.best, self.second, self.other, self.skip, self.back, self.organize):
            column.addWidget(widget)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.canvas, 1)
        row.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(leave)  # beside the title: on a low screen the samples need its line
        layout.addLayout(top)
        layout.addLayout(row, 1)
        self._loader.arrived.connect(lambda _photo: self._paint())
        thumbnails.ready.connect(lambda _ids: self._paint())
        state.groups_changed.connect(self._follow)
        state.renumbered.connect(self._renumber)
        state.folder_changed.connect(self.leave)

    @staticmethod
    def _button(text: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the photo
        button.clicked.connect(lambda _checked=False: run())
        return button

    @property
    def shown(self) -> bool:
        """Whether photos are being decided."""
        return bool(self._ids.size)

    @property
    def current(self) -> int | None:
        """Id of the photo that is asked about; None once all are decided."""
        return int(self._ids[self._place]) if self._place < len(self._ids) else None

    def open(self) -> None:
        """Begin with the first of the photos that are unsure now."""
        unsure = self._state.group(UNSURE)
        if unsure is None:
            return
        self._ids, self._place, self._skipped = unsure.photo_ids.copy(), 0, set()
        self.changed.emit()
        self._show()

    def leave(self) -> None:
        """Back to the map and the grid."""
        if self.shown:
            self._ids = self._ids[:0]
            self._loader.forget()
            self.changed.emit()

    def step_back(self) -> None:
        """Show the photo before, whatever became of it."""
        self._place = max(0, self._place - 1)
        self._show()

    def _skip(self) -> None:
        photo_id = self.current
        if photo_id is not None:
            self._skipped.add(photo_id)
            self._place += 1
            self._pass_decided()
            self._show()

    def _pass_decided(self) -> None:
        unsure = self._unsure()
        while self._place < len(self._ids) and int(self._ids[self._place]) not in unsure:
            self._place += 1

    def _unsure(self) -> set[int]:
        group = self._state.group(UNSURE)
        return set(group.photo_ids.tolist()) if group is not None else set()

    def _take(self, offer: _Offer) -> None:
        photo_id = self.current
        if photo_id is not None and offer.group_id != UNSURE:
            self._corrections.move(np.array([photo_id]), offer.group_id)  # `_follow` goes on

    def _ask_other(self) -> None:
        if self.current is not None:
            self._state.select_photo(self.current)
            self.other_wanted.emit()

    def _organize(self) -> None:
        self.leave()
        self.organize_wanted.emit()

    def _follow(self) -> None:
        """Groups changed: on to the next after a decision; back to a photo whose decision was taken back."""
        if not self.shown or not self._state.groups:
            return
        unsure = self._unsure()
        self._skipped &= unsure  # what was decided after all is asked about again when that is taken back
        waiting = unsure - self._skipped
        returned = [row for row, photo_id in enumerate(self._ids[: self._place].tolist()) if photo_id in waiting]
        if returned:
            self._place = returned[0]
        self._pass_decided()
        self._show()

    def _renumber(self, ids: NewIds) -> None:
        self._ids, self._skipped = ids.of(self._ids), {ids.one(photo_id) for photo_id in self._skipped}
        self._loader.renumber(ids)

    def _show(self) -> None:
        photo_id = self.current
        left = len(self._unsure() & set(self._ids.tolist()))
        for widget in (self.other, self.skip):
            widget.setVisible(photo_id is not None)
        self.back.setEnabled(self._place > 0)
        self.organize.setVisible(photo_id is None)
        self.setFocus()
        if photo_id is None:
            self.title.setText(tr("Unsure photos"))
            self.said.setText(self._end(left))
            say(self, self.said.text())
            self.best.show_group(None)
            self.second.show_group(None)
            self._paint()
            return
        photo, clustering = self._state.photos.get(photo_id), self._state.clustering
        if photo is None or clustering is None:  # the folder was read again meanwhile
            self.leave()
            return
        self._state.select_photo(photo_id)  # menus are about it
        self.title.setText(
            tr(
                "{place} of {count} unsure · {file}",
                place=figure(self._place + 1),
                count=figure(len(self._ids)),
                file=display_path(photo.path.name),
            )
        )
        self.said.setText(tr("Which group does this photo belong to?"))
        best, second = best_groups(self._state.groups, clustering)
        row = int(np.flatnonzero(clustering.photo_ids == photo_id)[0])
        self.best.show_group(self._state.group(int(best[row])) if best[row] != UNSURE else None)
        self.second.show_group(self._state.group(int(second[row])) if second[row] != UNSURE else None)
        offered = [one.button.text() for one in (self.best, self.second) if one.isVisible()]
        say(self, ". ".join([self.title.text(), *offered]))
        self.canvas.fit()
        ahead = (int(i) for i in self._ids[self._place : self._place + 3])
        self._loader.want([Wish(self._state.photos[i], _READ) for i in ahead if i in self._state.photos])
        self._paint()

    def _end(self, left: int) -> str:
        """What is said once all were asked about, of which ``left`` were skipped."""
        last = tr("That was the last of {count}.", count=figure(len(self._ids)))
        skipped = tr("%n photos you skipped are still unsure.", "", left, one="%n photo you skipped is still unsure.")
        none = tr("None is unsure any more.")
        return f"{last} {skipped if left else none}"

    def _paint(self) -> None:
        photo = self._state.photos.get(self.current or 0)
        if photo is None:
            self.canvas.set_picture([], 1, 1, "")
            return
        there = self._loader.sizes_of(photo.id)
        images = [one.image for one in there if not one.image.isNull()]
        small = self._thumbnails.get(photo.id)
        if small is not None and not images:
            images = [small.toImage()]
        reason = next((one.reason for one in there if one.reason), "…")
        self.canvas.set_picture(images, photo.width, photo.height, reason)
        self.canvas.setAccessibleName(display_path(photo.path.name))

    def event(self, event: QEvent) -> bool:
        # Otherwise the menus' own digits would file into groups of the list, which is not in sight.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if bare and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        keys: dict[int, Callable[[], object]] = {
            key.Key_Return: lambda: self._take(self.best),
            key.Key_Enter: lambda: self._take(self.best),
            key.Key_1: lambda: self._take(self.best),
            key.Key_2: lambda: self._take(self.second),
            key.Key_M: self._ask_other,
            key.Key_S: self._skip,
            key.Key_Backspace: self.step_back,
            key.Key_Escape: self.leave,
        }
        run = keys.get(event.key())
        if run is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            run()
