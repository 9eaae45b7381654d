"""The page of panes: each can be hidden, float as a window of its own, be dragged elsewhere, and come back."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from desktop_app.engine.language import tr
from desktop_app.gui.docks.layouts import ARRANGEMENTS, EXPLORE, Arrangement
from desktop_app.gui.theme import SPACE, faded
from desktop_app.gui.views.pane_head import PaneHead

_VERSION = 2
"""Of what is kept; a higher one whenever panes come, go, or are called otherwise."""
_DIGEST = 16
_SIZE = ">HH"
_OTHER_SIZE = 0.2
"""By this share another width or height is another page."""
_ASIDE = 3 * SPACE
# All panes stand in one area: only there can columns be divided, and one of them be the one that grows.
_AREA = Qt.DockWidgetArea.LeftDockWidgetArea
_NARROW = 0.4
"""Of the window; a middle that has less of it is in need of room."""
_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane.

    Attributes:
        name: how the code, the arrangements and what is kept call it.
        title: what a person calls it.
        view: what it shows.
        head: its heading; one drags it by that.
        keys: what takes the keyboard when one comes here by keys.
    """

    name: str
    title: str
    view: QWidget
    head: PaneHead
    keys: QWidget


class _Dock(QDockWidget):
    """Framed where it floats, which Qt leaves to the heading of one's own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(faded(self.palette().color(QPalette.ColorRole.WindowText), 110))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


class Panes(QMainWindow):
    """A window without a frame inside the window, since only such a one has docks.

    Floating panes are windows of their own: they go out of sight with the page, and come back with it.
    """

    changed = Signal()
    """Other panes are shown than before, or the page came or went."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self._panes = {pane.name: pane for pane in panes}
        self.docks = {pane.name: self._dock(pane) for pane in panes}
        self.arrangement = EXPLORE
        self._floated: list[QDockWidget] = []
        self._state: QByteArray | None = None
        self._was_shown = False
        self._told: tuple[bool, frozenset[str]] = False, frozenset()

    def _dock(self, pane: Pane) -> QDockWidget:
        dock = _Dock(pane.title, self)
        dock.setObjectName(pane.name)
        dock.setWidget(pane.view)
        dock.setTitleBarWidget(pane.head)
        menu = QMenu(dock)
        floats = menu.addAction(tr("&Float"))
        floats.triggered.connect(lambda: _switch_floating(dock))
        dock.topLevelChanged.connect(lambda on: floats.setText(tr("&Into the window") if on else tr("&Float")))
        menu.addAction(tr("&Hide")).triggered.connect(lambda: self.switch(pane.name))
        menu.addSeparator()
        menu.addAction(tr("&Put everything back")).triggered.connect(self.put_back)
        button = QToolButton(autoRaise=True)
        button.setText("⋮")
        button.setToolTip(tr("Float or hide this pane; drag its heading to move it"))
        button.setAccessibleName(tr("{pane}: float or hide", pane=pane.title))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        pane.head.add(button)
        dock.visibilityChanged.connect(lambda _on: self._tell())
        return dock

    # Which panes there are to see

    @property
    def shown(self) -> frozenset[str]:
        """Names of the panes that are not hidden, floating ones included."""
        return frozenset(name for name, dock in self.docks.items() if not dock.isHidden() or dock in self._floated)

    def switch(self, name: str) -> None:
        """Hide a pane, or bring it back where it was."""
        focus = self._focus()
        self.docks[name].setVisible(name not in self.shown)
        self._tell()
        self._give_back(focus)

    def bring(self, name: str) -> None:
        """Show a pane, above others of the same place, wherever it stands."""
        self.docks[name].show()
        self.docks[name].raise_()
        self._tell()

    def step(self, by: int) -> None:
        """Give the keyboard to the next pane in sight (the one before when ``by`` is negative)."""
        names = [name for name, dock in self.docks.items() if name in self.shown]
        if not names:
            return
        focus = QApplication.focusWidget()
        at = next((row for row, name in enumerate(names) if focus and self.docks[name].isAncestorOf(focus)), None)
        # From elsewhere, the first one comes first.
        row = (at + by) % len(names) if at is not None else (0 if by > 0 else len(names) - 1)
        dock = self.docks[names[row]]
        dock.raise_()
        if dock.isFloating():
            dock.activateWindow()
        self._panes[names[row]].keys.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Where they stand

    def arrange(self, name: str) -> None:
        """Show the panes as one of `ARRANGEMENTS`, none of them floating."""
        self.arrangement = name
        columns = ARRANGEMENTS[name].columns
        focus = self._focus()
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        self._floated.clear()
        heads = [self.docks[column.panes[0][0]] for column in columns]
        self.addDockWidget(_AREA, heads[0])
        for left, right in pairwise(heads):
            self.splitDockWidget(left, right, _ACROSS)
        for column in columns:
            stack = [self.docks[pane] for pane, _ in column.panes]
            for above, below in pairwise(stack):
                self.splitDockWidget(above, below, _DOWN)
        there = {pane for column in columns for pane, _ in column.panes}
        for pane, dock in self.docks.items():
            if pane not in there:
                self.addDockWidget(_AREA, dock)  # where it comes when it is wanted
                self.tabifyDockWidget(heads[-1], dock)
            dock.setVisible(pane in there)
        self._let_one_grow(ARRANGEMENTS[name])
        self._share_room(ARRANGEMENTS[name])
        self._tell()
        self._give_back(focus)

    def _focus(self) -> QWidget | None:
        """What has the keyboard, if it stands in a pane."""
        focus = QApplication.focusWidget()
        return focus if focus and any(dock.isAncestorOf(focus) for dock in self.docks.values()) else None

    def _give_back(self, focus: QWidget | None) -> None:
        """Return the keyboard to ``focus``, or to another pane where that is hidden.

        Qt gives it away to the tool bar, where arrow keys would choose another model.
        """
        if focus is not None:
            there = (pane.keys for pane in (self._panes["photos"], *self._panes.values()))
            target = next((widget for widget in (focus, *there) if widget.isVisible()), None)
            if target is not None:
                target.setFocus()

    def _let_one_grow(self, arrangement: Arrangement) -> None:
        """Of a larger window all goes to the column in the middle: what may only shrink stays as wide as it was."""
        grows = {pane for column in arrangement.columns if column.width is None for pane, _ in column.panes}
        policy = QSizePolicy.Policy
        for pane, dock in self.docks.items():
            dock.setSizePolicy(policy.Expanding if pane in grows else policy.Maximum, policy.Preferred)

    def _share_room(self, arrangement: Arrangement) -> None:
        columns = arrangement.columns
        widths = [column.pixels(self.width()) for column in columns]
        rest = max(1, self.width() - sum(widths))
        heads = [self.docks[column.panes[0][0]] for column in columns]
        self.resizeDocks(heads, [width or rest for width in widths], _ACROSS)
        for column in columns:
            whole = sum(share for _, share in column.panes)
            heights = [max(1, self.height() * share // whole) for _, share in column.panes]
            self.resizeDocks([self.docks[pane] for pane, _ in column.panes], heights, _DOWN)

    def put_back(self) -> None:
        """Every pane where the last chosen arrangement has it."""
        self.arrange(self.arrangement)

    # From one start to the next

    def keep(self) -> tuple[str, QByteArray]:
        """The arrangement, and where a person has moved its panes since; empty where they were never seen."""
        if not self._was_shown:
            return self.arrangement, self._state or QByteArray()
        state = self._snapshot() if self.isVisible() or self._state is None else self._state
        return self.arrangement, _digest(state) + state

    def _snapshot(self) -> QByteArray:
        """Where the panes are, and in a page of what size."""
        return QByteArray(struct.pack(_SIZE, self.width(), self.height())) + self.saveState(_VERSION)

    def recall(self, arrangement: str, state: QByteArray) -> None:
        """Begin with what `keep` gave; whatever is damaged or of another program gives way to the arrangement."""
        self.arrangement = arrangement if arrangement in ARRANGEMENTS else EXPLORE
        self._state = state

    def _begin(self) -> None:
        # Only now is there a size to share, which all that was kept is measured by.
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size())
        state, self._state = self._state or QByteArray(), None
        self._was_shown = True
        self.arrange(self.arrangement)
        kept = state.sliced(min(_DIGEST, state.size()))
        # Qt reads damaged states as far as it gets: they are not shown to it.
        if _digest(kept) + kept != state:
            return
        size = struct.calcsize(_SIZE)
        width, height = (max(1, side) for side in struct.unpack(_SIZE, kept.data()[:size]))
        if not self.restoreState(kept.sliced(size), _VERSION) or not self.shown:
            self.put_back()
        elif max(abs(self.width() / width - 1), abs(self.height() / height - 1)) > _OTHER_SIZE:
            self._share_room(ARRANGEMENTS[self.arrangement])  # what was squeezed there would be squeezed here
        for dock in self.docks.values():
            # A page that comes is not painted before it is complete. What became a window meanwhile would never be.
            if dock.isFloating():
                dock.setUpdatesEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._was_shown:
            self._begin()
        for dock in self._floated:
            dock.show()
        self._floated.clear()
        super().showEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._look_after_tabs()
        return done

    def _look_after_tabs(self) -> None:
        """Tabs of panes that lie over each other have a name; those that Qt lays aside get no keyboard."""
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            in_sight = self.rect().contains(bar.geometry())
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if in_sight else Qt.FocusPolicy.NoFocus)
            bar.setAccessibleName(", ".join(bar.tabText(tab) for tab in range(bar.count())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a smaller window the middle gives way alone; once it is narrower than its neighbors, all share anew.
        columns = ARRANGEMENTS[self.arrangement].columns
        (grows,) = (self.docks[column.panes[0][0]] for column in columns if column.width is None)
        shrinks = self._was_shown and event.size().width() < event.oldSize().width()
        if shrinks and not grows.isFloating() and not grows.isHidden() and grows.width() < _NARROW * self.width():
            self._share_room(ARRANGEMENTS[self.arrangement])

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._state = self._snapshot()
            self._floated = [dock for dock in self.docks.values() if dock.isFloating() and not dock.isHidden()]
            for dock in self._floated:
                dock.hide()
        super().hideEvent(event)
        self._tell()

    def _tell(self) -> None:
        now = self.isVisible(), self.shown
        if now != self._told:
            self._told = now
            self.changed.emit()


def _switch_floating(dock: QDockWidget) -> None:
    place = dock.mapToGlobal(QPoint())
    dock.setFloating(not dock.isFloating())
    if dock.isFloating() and (dock.pos() - place).manhattanLength() < _ASIDE:
        dock.move(place + QPoint(_ASIDE, _ASIDE))  # exactly where it stood, nobody would see that it floats


def _digest(state: QByteArray) -> QByteArray:
    return QByteArray(hashlib.blake2b(state.data(), digest_size=_DIGEST).digest())
