"""What assistive tools take our own pictures for: Qt knows plain widgets as fillers, which they pass over."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLE = "kindred_role"
_installed = False


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Let a widget that paints something by itself be known for what it shows.

    Args:
        widget: that nothing has asked for its role yet; its names stay its own.
        role: such as a picture or a chart.
    """
    global _installed
    widget.setProperty(_ROLE, role.value)
    if not _installed and hasattr(QAccessible, "installFactory"):  # not in every version of Qt that will do
        QAccessible.installFactory(_interface)
        _installed = True


def _interface(_kind: str, thing: QObject) -> QAccessibleWidget | None:
    if not isinstance(thing, QWidget) or (role := thing.property(_ROLE)) is None:
        return None
    return QAccessibleWidget(thing, QAccessible.Role(role))
