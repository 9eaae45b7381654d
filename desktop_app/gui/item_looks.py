"""Lines of lists that step back or bear the mark of a group: painted in the colors of the moment, light or dark."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.gui.theme import SPACE, contrast, is_dark, mark, mark_icon, muted

QUIET_ROLE = int(Qt.ItemDataRole.UserRole) + 100
"""Whether the text steps back."""
MARK_ROLE = QUIET_ROLE + 1
"""Id of the group whose mark stands before the text."""
_LEAST_CONTRAST = 3.0
"""Of a mark to what it stands on: WCAG 2.2, 1.4.11."""


class ItemLooks(QStyledItemDelegate):
    """What an item says by these roles would be of the wrong color later, were it said by colors and icons."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Lines stand a little apart: a plan or a list of keys is read line by line."""
        return super().sizeHint(option, index) + QSize(0, SPACE // 2)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        palette: QPalette = option.palette
        group_id = index.data(MARK_ROLE)
        if group_id is not None:
            shown, ground = mark(group_id, is_dark(palette)), palette.color(QPalette.ColorRole.Highlight)
            if option.state & QStyle.StateFlag.State_Selected and contrast(shown.color, ground) < _LEAST_CONTRAST:
                shown = replace(shown, color=palette.color(QPalette.ColorRole.HighlightedText))
            option.icon = mark_icon(shown, option.decorationSize.height())
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        if index.data(QUIET_ROLE):
            palette.setColor(QPalette.ColorRole.Text, muted(palette))
            option.palette = palette
