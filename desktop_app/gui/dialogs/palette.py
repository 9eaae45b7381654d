"""Finds any action by a few letters of its name: the quick way for those who know what they want."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop_app.engine.language import tr
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.dialogs.search_field import SearchField, SearchList, rank
from desktop_app.gui.item_looks import QUIET_ROLE
from desktop_app.gui.keys import KeyedAction

_ROW = int(Qt.ItemDataRole.UserRole)


class Palette(ScrollingDialog):
    """A field and a list; Enter does the chosen action, once this is out of the way."""

    def __init__(self, offers: Sequence[KeyedAction], parent: QWidget | None = None) -> None:
        super().__init__(tr("Find an action"), QSize(560, 380), parent)
        self._offers = offers
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = SearchList(tr("Actions"))
        self.field = SearchField(tr("What do you want to do?"), self.list)
        self.tip = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        foot = QWidget()
        QVBoxLayout(foot).addWidget(self.tip)
        self.finish(foot)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._do)
        self.list.itemActivated.connect(lambda *_: self._do())
        self.list.itemClicked.connect(lambda *_: self._do())
        self.list.currentItemChanged.connect(lambda *_: self._explain())
        self._fill("")

    def _fill(self, words: str) -> None:
        found = []
        for row, offer in enumerate(self._offers):
            fit = rank(offer.name, f"{offer.menu} {offer.action.statusTip()}", words)
            if fit is not None:
                # The best fit comes first, even if switched off: else a page whose tip has the word would stand before
                # the entry that is called so. Of equal fits what can be done now, and then as the menus have them.
                found.append((fit, not offer.action.isEnabled(), row))
        self.list.fill(self._item(row, disabled) for _, disabled, row in sorted(found))
        self._explain()

    def _item(self, row: int, disabled: bool) -> QTreeWidgetItem:
        offer = self._offers[row]
        item = QTreeWidgetItem([f"{offer.name}   ({offer.menu})", offer.keys])
        item.setData(0, _ROW, row)
        item.setData(1, QUIET_ROLE, True)
        item.setData(0, QUIET_ROLE, disabled)  # only in looks: it can be chosen, and the tip says why nothing happens
        return item

    def _chosen(self) -> QAction | None:
        item = self.list.currentItem()
        return self._offers[item.data(0, _ROW)].action if item is not None else None

    def _explain(self) -> None:
        action = self._chosen()
        if action is None:
            self.tip.setText(tr("No action is called so."))
        else:
            tip = action.statusTip()
            self.tip.setText(tip if action.isEnabled() else tr("{tip}. Not possible at the moment.", tip=tip))

    def _do(self) -> None:
        action = self._chosen()
        if action is not None and action.isEnabled():
            self.close()
            action.trigger()
