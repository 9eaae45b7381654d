"""Splitting a group, with a look at the parts before anything changes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.language import tr
from desktop_app.engine.types import Int32Array, Int64Array
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.plain_text import caption, window_title
from desktop_app.gui.theme import SPACE, clear_layout
from desktop_app.gui.views.samples import Samples
from desktop_app.gui.views.thumbnails import Thumbnails

MOST_PARTS = 5


class SplitDialog(ScrollingDialog):
    """Shows the parts that a group falls into; the parts are worked out elsewhere, whenever the number changes.

    Args:
        name: of the group.
        photo_ids: int64[n] of the group, most sure first.
    """

    parts_wanted = Signal(int)
    """Work out this many parts and hand them to `show_parts`."""
    split_wanted = Signal(object)
    """int32[n], the part of each photo."""

    def __init__(self, name: str, photo_ids: Int64Array, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(window_title(tr("Split {group}", group=name)), QSize(620, 460), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ids = photo_ids
        self._thumbnails = thumbnails
        self._parts: Int32Array | None = None
        self._asked = 0
        self.number = QSpinBox()
        self.number.setAccessibleName(tr("Number of parts"))
        self.number.setRange(2, max(2, min(MOST_PARTS, len(photo_ids))))
        label = QLabel(
            tr("Make of {group}, %n photos,", "", len(photo_ids), one="Make of {group}, %n photo,", group=caption(name))
        )
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self.number)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for widget in (label, self.number, QLabel(tr("groups:"))):
            head.addWidget(widget)
        head.addStretch(1)
        self.body.addLayout(head)
        self.said = QLabel(wordWrap=True)
        self.body.addWidget(self.said)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        buttons = QDialogButtonBox()
        self.go = QPushButton()
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finish(buttons)
        self.number.valueChanged.connect(self._ask)

    def open(self) -> None:
        super().open()
        self._ask()

    def _ask(self) -> None:
        if self.number.value() == self._asked:  # Enter announces the number again, on its way to the button
            return
        self._asked = self.number.value()
        self._parts = None
        self.go.setText(tr("Split into {number}", number=self.number.value()))
        self.go.setEnabled(False)
        self.said.setText(tr("Working out the parts…"))
        self.said.show()
        self.parts_wanted.emit(self.number.value())

    def show_parts(self, parts: Int32Array) -> None:
        """Show what the group would fall into."""
        number = len(np.unique(parts))
        if number < 2:
            self.said.setText(tr("These photos are too much alike to be split."))
            return
        self._parts = parts
        self.said.setVisible(number < self.number.value())
        self.said.setText(tr("No more than {number} parts differ.", number=number))
        self.go.setText(tr("Split into {number}", number=number))
        clear_layout(self._rows)
        for part in range(number):
            ids = self._ids[parts == part]
            photos = tr("%n photos", "", len(ids), one="%n photo")
            text = QLabel(photos)
            text.setMinimumWidth(SPACE * 10)
            text.setAccessibleName(tr("Part {part} of {number}: {photos}", part=part + 1, number=number, photos=photos))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(text)
            line.addWidget(Samples(ids, self._thumbnails), 1)
            self._rows.addWidget(row)
        self.go.setEnabled(True)

    def show_failure(self, error: Exception) -> None:
        """Say why there are no parts."""
        self.said.setText(tr("The group cannot be split: {error}", error=error))

    def accept(self) -> None:
        """Split as shown."""
        if self._parts is not None:
            parts = self._parts
            super().accept()
            self.split_wanted.emit(parts)
