"""Choosing one of many groups by a few letters of its name: to file photos there, or to merge with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTreeWidgetItem, QWidget

from desktop_app.engine.curation.arranging import same_name
from desktop_app.engine.language import tr
from desktop_app.engine.types import Group
from desktop_app.engine.wording import display_path
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.dialogs.search_field import SearchField, SearchList, rank
from desktop_app.gui.item_looks import MARK_ROLE, QUIET_ROLE
from desktop_app.gui.plain_text import window_title
from desktop_app.gui.theme import SPACE

_GROUP = int(Qt.ItemDataRole.UserRole)
_NEW = -1


class GroupPicker(ScrollingDialog):
    """A field and a list of groups; Enter takes the first that fits, or the one that was walked to.

    Args:
        title: of the window, such as ``Move 12 photos to``.
        action: words of the button.
        offers: groups, and what is said beside each.
        can_make: whether a new group is offered, too, under the name that was typed.
    """

    chosen = Signal(int)
    new_wanted = Signal(str)

    def __init__(
        self,
        title: str,
        action: str,
        offers: Sequence[tuple[Group, str]],
        *,
        can_make: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(window_title(title), QSize(400, 420), parent)
        self._offers = offers
        self._can_make = can_make
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)  # a title bar may cut it short
        self.list = SearchList(tr("Groups"))
        self.list.setIconSize(QSize(14, 14))
        self.field = SearchField(
            tr("Name of a group, or of a new one") if can_make else tr("Name of a group"), self.list
        )
        self.none = QLabel(tr("No group is called so."))
        self.go = QPushButton(action)
        self.go.setDefault(True)
        self.go.clicked.connect(self._take)
        cancel = QPushButton(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setSpacing(SPACE)
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(cancel)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.finish(foot)
        self.field.textChanged.connect(self._fill)
        self.list.itemActivated.connect(lambda *_: self._take())
        self._fill("")

    def _fill(self, words: str) -> None:
        ranked = ((rank(group.name, "", words), row) for row, (group, _) in enumerate(self._offers))
        items = [self._item(row) for _, row in sorted((fit, row) for fit, row in ranked if fit is not None)]
        name = words.strip()
        if self._can_make and same_name(name) not in {same_name(group.name) for group, _ in self._offers}:
            item = QTreeWidgetItem([tr("New group “{name}”", name=display_path(name)) if name else tr("New group"), ""])
            item.setData(0, _GROUP, _NEW)
            items.append(item)
        first = self.list.fill(items)
        self.none.setVisible(first is None)
        self.go.setEnabled(first is not None)

    def _item(self, row: int) -> QTreeWidgetItem:
        group, note = self._offers[row]
        item = QTreeWidgetItem([display_path(group.name), note])
        item.setData(0, _GROUP, group.id)
        item.setData(0, MARK_ROLE, group.id)
        item.setData(1, QUIET_ROLE, True)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        group_id = int(item.data(0, _GROUP))
        self.accept()
        if group_id == _NEW:
            self.new_wanted.emit(self.field.text().strip())
        else:
            self.chosen.emit(group_id)
