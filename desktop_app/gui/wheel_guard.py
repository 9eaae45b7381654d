"""The wheel turns what was clicked, and scrolls everything else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget

_Turned = QComboBox | QAbstractSpinBox | QSlider


class WheelGuard(QObject):
    """Keeps the wheel from combos, spin boxes and sliders that the pointer merely passes over.

    Qt lets them take it: a list scrolled a little too far would choose another model, and look at all photos anew.
    One that was given the focus by a click takes the wheel until the focus leaves it.

    Args:
        root: everything of these kinds inside is guarded.
    """

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._clicked: _Turned | None = None
        for widget in root.findChildren(QWidget):
            if isinstance(widget, _Turned):
                self._guard(widget)

    def _guard(self, widget: _Turned) -> None:
        widget.installEventFilter(self)
        if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for inner in widget.findChildren(QWidget):
            inner.installEventFilter(self)  # the field of a spin box takes the click itself

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel:
            turned = _owner(watched)
            if turned is None or turned is self._clicked:
                return False
            event.ignore()  # what stands around it may scroll
            return True
        if kind == QEvent.Type.MouseButtonPress:
            self._clicked = _owner(watched)
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            # The list of a combo takes the focus for as long as it is open, and gives it back.
            if event.reason() != Qt.FocusReason.PopupFocusReason and _owner(watched) is self._clicked:
                self._clicked = None
        return False


def _owner(watched: QObject) -> _Turned | None:
    found: QObject | None = watched
    while found is not None and not isinstance(found, _Turned):
        found = found.parent()
    return found
