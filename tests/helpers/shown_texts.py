"""Every text that widgets show or tell a screen reader, and which of them are cut off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop_app.gui.check_box import CheckBox
from desktop_app.gui.elided import ElidedCombo, ElidedLabel

Said = tuple[str, str]
"""What kind of text, and the text."""
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_FEW = 200


def in_sight(top: QWidget) -> Iterator[QWidget]:
    """A window and everything in it that is shown."""
    yield top
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and widget.window() is top.window():
            yield widget


def texts(widget: QWidget) -> Iterator[Said]:
    """The texts of one widget, without its children's."""
    yield "tip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    if widget.isWindow() or isinstance(widget, QDockWidget):
        yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QGroupBox):
        yield "title", widget.title()
    elif isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QSpinBox):
        yield from (("prefix", widget.prefix()), ("suffix", widget.suffix()), ("none", widget.specialValueText()))
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield from (("tab", widget.tabText(index)), ("tip of a tab", widget.tabToolTip(index)))
    elif isinstance(widget, QComboBox):
        yield from items(widget.model())
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        if widget.model() is not None and not isinstance(widget.parent(), QComboBox):
            yield from items(widget.model())


def items(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> Iterator[Said]:  # noqa: B008
    """The texts of the first rows of a model, and of its headings."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    if not parent.isValid():
        for column in range(columns):
            yield "heading", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(parent), _FEW)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (("item", str(index.data(role) or "")) for role in _ROLES)
            if not column and columns > 1 and model.hasChildren(index):
                yield from items(model, index)


def entries(menu: QMenu) -> Iterator[Said]:
    """The texts of a menu, without those of the menus in it."""
    yield "menu", menu.title()
    for action in menu.actions():
        if not action.isSeparator():
            yield from (("entry", action.text()), ("tip", action.toolTip()), ("status tip", action.statusTip()))


def cut(widget: QWidget) -> str:
    """How much of a widget's text cannot be read, in words; empty where all can, or where it says so by an ellipsis."""
    if isinstance(widget, ElidedLabel | ElidedCombo | CheckBox) or not widget.isVisible():
        return ""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QAbstractButton):
        return _cut_button(widget)
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        return _more(widget.fontMetrics().horizontalAdvance(widget.currentText()), field.width())
    if isinstance(widget, QTabBar):
        letters = widget.fontMetrics()
        wide = [letters.horizontalAdvance(widget.tabText(i).replace("&", "")) for i in range(widget.count())]
        room = [widget.tabRect(i).width() for i in range(widget.count())]
        return next((_more(*both) for both in zip(wide, room, strict=True) if _more(*both)), "")
    return ""


def _more(needed: float, room: float) -> str:
    return f"needs {needed:.0f}, has {room:.0f}" if needed > room + 1 else ""


def _cut_label(label: QLabel) -> str:
    if not label.text() or not label.pixmap().isNull():
        return ""
    room = label.contentsRect()
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(label.font())
    lines = document.defaultTextOption()
    lines.setWrapMode(QTextOption.WrapMode.WordWrap)  # as labels break them
    document.setDefaultTextOption(lines)
    rich = label.textFormat() != Qt.TextFormat.PlainText and "<" in label.text()
    (document.setHtml if rich else document.setPlainText)(label.text().replace("&&", "&"))
    if not label.wordWrap():
        return _more(document.idealWidth(), room.width())
    document.setTextWidth(room.width())
    wide, high = document.idealWidth(), document.size().height()
    return _more(wide, room.width()) or _more(high, room.height() + 2)


def _cut_button(button: QAbstractButton) -> str:
    if not button.text():
        return ""
    needed = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
    if isinstance(button, QPushButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()
        room -= button.iconSize().width() + 4 if not button.icon().isNull() else 0
        room -= button.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator) if button.menu() else 0
        return _more(needed, room)
    if isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        if not button.icon().isNull() or button.arrowType() != Qt.ArrowType.NoArrow:
            return ""
    return _more(needed, button.width())


def _is_spare(widget: QWidget) -> bool:
    """Whether it is a bar for panes that share a place, which Qt keeps far away until some do."""
    return isinstance(widget, QTabBar) and isinstance(widget.parent(), QMainWindow) and widget.x() < 0


def outside(widget: QWidget) -> str:
    """By how much a widget sticks out of what it stands in, in words; what scrolls does not count."""
    if isinstance(widget, QAbstractSpinBox | QMenu) or widget.isWindow() or _is_spare(widget):
        return ""
    above = widget.parentWidget()
    while above is not None and not isinstance(above.parentWidget(), QAbstractScrollArea):
        place = widget.rect().translated(widget.mapTo(above, QPoint()))
        if not above.rect().adjusted(-1, -1, 1, 1).contains(place):
            return f"{place.getRect()} in {above.rect().getRect()} of {type(above).__name__}"
        if above.isWindow():
            return ""
        above = above.parentWidget()
    return ""
