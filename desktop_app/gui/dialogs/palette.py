"""Finds any action by a few letters of its name: the quick way for those who know what they want."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.item_looks import QUIET_ROLE, ItemLooks
from desktop_app.gui.keys import KeyedAction
from desktop_app.gui.theme import SPACE

_ROW = int(Qt.ItemDataRole.UserRole)
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def rank(name: str, extra: str, words: str) -> int | None:
    """How well an action fits what was typed: lower is better, None where it does not.

    Args:
        name: of the action.
        extra: its menu and tip, which may hold words too.
        words: typed; each must be found.
    """
    lower, more = name.casefold(), extra.casefold()
    worst = 0
    for word in words.casefold().split():
        if lower.startswith(word):
            found = 0
        elif f" {word}" in lower:
            found = 1
        elif word in lower:
            found = 2
        elif word in more:
            found = 3
        else:
            return None
        worst = max(worst, found)
    return worst


class Palette(QDialog):
    """A field and a list; Enter does the chosen action, once this is out of the way."""

    def __init__(self, offers: Sequence[KeyedAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = offers
        self.setWindowTitle("Find an action")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 380)
        self.field = QLineEdit(placeholderText="What do you want to do?", clearButtonEnabled=True)
        self.field.setAccessibleName("What do you want to do?")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Actions")
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setItemDelegate(ItemLooks(self.list))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tip = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.tip)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._do)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda *_: self._do())
        self.list.itemClicked.connect(lambda *_: self._do())
        self.list.currentItemChanged.connect(lambda *_: self._explain())
        self._fill("")

    def _fill(self, words: str) -> None:
        found = []
        for row, offer in enumerate(self._offers):
            fit = rank(offer.name, f"{offer.menu} {offer.action.statusTip()}", words)
            if fit is not None:
                # What can be done now comes first; of equals, as the menus have them.
                found.append((not offer.action.isEnabled(), fit, row))
        self.list.clear()
        for disabled, _, row in sorted(found):
            offer = self._offers[row]
            item = QTreeWidgetItem([f"{offer.name}   ({offer.menu})", offer.keys])
            item.setData(0, _ROW, row)
            item.setData(1, QUIET_ROLE, True)
            item.setData(0, QUIET_ROLE, disabled)  # only in looks: it can be chosen, and the tip says why not
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._explain()

    def _chosen(self) -> QAction | None:
        item = self.list.currentItem()
        return self._offers[item.data(0, _ROW)].action if item is not None else None

    def _explain(self) -> None:
        action = self._chosen()
        if action is None:
            self.tip.setText("No action is called so.")
        else:
            self.tip.setText(action.statusTip() + ("" if action.isEnabled() else ". Not possible at the moment."))

    def _do(self) -> None:
        action = self._chosen()
        if action is not None and action.isEnabled():
            self.close()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus; arrows walk in the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _WALK:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
