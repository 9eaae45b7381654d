"""Choosing one of many groups by a few letters of its name: to file photos there, or to merge with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.curation.arranging import same_name
from desktop_app.engine.types import Group
from desktop_app.engine.wording import display_path
from desktop_app.gui.dialogs.palette import rank
from desktop_app.gui.item_looks import MARK_ROLE, QUIET_ROLE, ItemLooks
from desktop_app.gui.plain_text import window_title
from desktop_app.gui.theme import SPACE

_GROUP = int(Qt.ItemDataRole.UserRole)
_NEW = -1
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class GroupPicker(QDialog):
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
        super().__init__(parent)
        self._offers = offers
        self._can_make = can_make
        self.setWindowTitle(window_title(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(400, 420))
        words = "Name of a group, or of a new one" if can_make else "Name of a group"
        self.field = QLineEdit(placeholderText=words, clearButtonEnabled=True)
        self.field.setAccessibleName(words)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Groups")
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setItemDelegate(ItemLooks(self.list))
        self.list.setIconSize(QSize(14, 14))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.none = QLabel("No group is called so.")
        self.go = QPushButton(action)
        self.go.setDefault(True)
        self.go.clicked.connect(self._take)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.none)
        foot.addStretch(1)
        foot.addWidget(self.go)
        foot.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda *_: self._take())
        self._fill("")

    def _fill(self, words: str) -> None:
        found = []
        for row, (group, _) in enumerate(self._offers):
            fit = rank(group.name, "", words)
            if fit is not None:
                found.append((fit, row))
        self.list.clear()
        for _, row in sorted(found):
            group, note = self._offers[row]
            item = QTreeWidgetItem([display_path(group.name), note])
            item.setData(0, _GROUP, group.id)
            item.setData(0, MARK_ROLE, group.id)
            item.setData(1, QUIET_ROLE, True)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        name = words.strip()
        if self._can_make and same_name(name) not in {same_name(group.name) for group, _ in self._offers}:
            item = QTreeWidgetItem([f"New group “{display_path(name)}”" if name else "New group", ""])
            item.setData(0, _GROUP, _NEW)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        self.none.setVisible(first is None)
        self.go.setEnabled(first is not None)
        if first is not None:
            self.list.setCurrentItem(first)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus; arrows walk in the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _WALK:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)
