"""How the grid is sorted and filtered: a button with the orders, and a bar that comes when it is wanted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from desktop_app.engine.language import tr, tr_noop
from desktop_app.gui.check_box import CheckBox
from desktop_app.gui.elided import ElidedCombo
from desktop_app.gui.theme import SPACE, clearable
from desktop_app.gui.views.photo_order import PhotoTable, Sort, Wanted, years_of

_CHOICES_WIDTH = 240
_SORTS = {
    Sort.LIKENESS: (tr_noop("&Most like the group first"), tr_noop("most sure first")),
    Sort.DATE: (tr_noop("By &date"), tr_noop("by date")),
    Sort.NAME: (tr_noop("By &name"), tr_noop("by name")),
    Sort.SIZE: (tr_noop("&Largest file first"), tr_noop("largest first")),
    Sort.UNSURE_FIRST: (tr_noop("&Unsure first"), tr_noop("unsure first")),
}


def said(sort: Sort) -> str:
    """The order in a few words."""
    return tr(_SORTS[sort][1])


class OrderButton(QToolButton):
    """A menu with the orders, the headings and the names."""

    sort_chosen = Signal(object)
    headings_wanted = Signal(bool)
    names_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, autoRaise=True)
        self.setText(tr("Order"))
        self.setToolTip(tr("Which photos come first, and what is written on them"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        group = QActionGroup(self)
        self.sorts: dict[Sort, QAction] = {}
        for sort, (text, _) in _SORTS.items():
            action = menu.addAction(tr(text))
            action.setCheckable(True)
            action.setChecked(sort is Sort.LIKENESS)
            action.triggered.connect(lambda _on, sort=sort: self.sort_chosen.emit(sort))
            group.addAction(action)
            self.sorts[sort] = action
        menu.addSeparator()
        self.headings = menu.addAction(tr("&Headings by date"))
        self.names = menu.addAction(tr("&File names on the photos"))
        for action, signal in ((self.headings, self.headings_wanted), (self.names, self.names_wanted)):
            action.setCheckable(True)
            action.toggled.connect(signal)
        self.setMenu(menu)


class FilterBar(QWidget):
    """What photos must have to be seen. Hidden, it asks for nothing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit(placeholderText=tr("Part of the name"))
        clearable(self.text)
        self.text.setAccessibleName(tr("Filter by name"))
        self.year = _choice(tr("Filter by year"))
        self.camera = _choice(tr("Filter by camera"))
        self.damaged = CheckBox(tr("Damaged"))
        self.damaged.setToolTip(tr("Only photos of which a part could not be read"))
        self.unsure = CheckBox(tr("Unsure"))
        self.unsure.setToolTip(tr("Only photos that no group claims clearly"))
        self.duplicate = CheckBox(tr("Duplicate"))
        self.offer_duplicates(False)
        choices, self._boxes = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.text, 2)
        choices.addWidget(self.year, 1)
        choices.addWidget(self.camera, 1)
        for box in (self.damaged, self.unsure, self.duplicate):
            self._boxes.addWidget(box)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(choices, 1)
        self._lines.addLayout(self._boxes)
        for line in (choices, self._boxes, self._lines):
            line.setSpacing(SPACE)
        # Of a word typed at once only the last letter has to be looked for.
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _text: self._soon.start())
        self.year.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.camera.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for box in (self.damaged, self.unsure, self.duplicate):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.hide()

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        if self.isHidden():
            return Wanted()
        return Wanted(
            self.text.text().strip(),
            self.year.currentData(),
            self.camera.currentData() or "",
            self.damaged.isChecked(),
            self.unsure.isChecked(),
            self.duplicate.isChecked(),
        )

    def ask_for(self, wanted: Wanted) -> None:
        """Ask for this, also for a year or a camera that is not offered yet: `offer` drops what does not come."""
        self.text.setText(wanted.text)  # not blocked, or the cross that empties it would not come
        self._soon.stop()
        asked = (self.year, self.camera, self.damaged, self.unsure, self.duplicate)
        blockers = [QSignalBlocker(one) for one in asked]
        for combo, value, text in (
            (self.year, wanted.year, str(wanted.year)),
            (self.camera, wanted.camera or None, wanted.camera),
        ):
            if combo.findData(value) < 0:
                combo.addItem(text if value is not None else "", value)
            combo.setCurrentIndex(combo.findData(value))
        self.damaged.setChecked(wanted.damaged)
        self.unsure.setChecked(wanted.unsure)
        self.duplicate.setChecked(False)  # they have to be found again first
        del blockers

    def offer(self, table: PhotoTable) -> None:
        """Offer the years and cameras of these photos; what is chosen stays chosen where it is still there."""
        years = np.unique(years_of(table.dates))[::-1].tolist()
        for combo, first, choices in (
            (self.year, tr("All years"), [(str(year), year) for year in years]),
            (self.camera, tr("All cameras"), [(camera, camera) for camera in table.camera_names]),
        ):
            before = combo.currentData()
            with QSignalBlocker(combo):
                combo.clear()
                combo.addItem(first, None)
                for text, value in choices:
                    combo.addItem(text, value)
                combo.setCurrentIndex(max(combo.findData(before), 0))

    def offer_duplicates(self, known: bool) -> None:
        """Whether it is known which photos are there more than once."""
        self.duplicate.setEnabled(known)
        self.duplicate.setToolTip(
            tr("Only photos that are there more than once")
            if known
            else tr("Look for duplicates first: Tools > Duplicates")
        )
        if not known:
            self.duplicate.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a small window the words of the boxes would be cut: they get a line of their own.
        narrow = self.width() < self._boxes.sizeHint().width() + _CHOICES_WIDTH
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)


def _choice(name: str) -> ElidedCombo:
    combo = ElidedCombo()
    combo.setToolTip(name)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(ElidedCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(4)
    return combo
