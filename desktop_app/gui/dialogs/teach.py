"""Teaching: which photos would follow those placed by hand, looked at before any of them moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import Int64Array, Proposal
from desktop_app.gui.check_box import CheckBox
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.plain_text import caption
from desktop_app.gui.theme import SPACE
from desktop_app.gui.views.samples import Samples
from desktop_app.gui.views.thumbnails import Thumbnails


class TeachDialog(ScrollingDialog):
    """A row of photos for each group that would get some, with a check for each.

    Args:
        name: gives the name of a group.
    """

    move_wanted = Signal(object)
    """Photos (int64[n]) by the id of the group they go to."""

    def __init__(self, name: Callable[[int], str], thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(tr("Teach"), QSize(640, 480), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self._thumbnails = thumbnails
        self._pieces: dict[int, Int64Array] = {}
        self.checks: dict[int, CheckBox] = {}
        self.said = QLabel(tr("Looking for photos like those that you placed…"), wordWrap=True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(self.said)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        buttons = QDialogButtonBox()
        self.go = QPushButton(tr("Move"))
        self.go.setEnabled(False)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finish(buttons)

    def show_proposal(self, found: Proposal) -> None:
        """Show what would move."""
        self.said.setText(_in_words(found))
        if not found.photo_ids.size:
            return
        for group_id in dict.fromkeys(found.to_groups.tolist()):
            ids = found.photo_ids[found.to_groups == group_id]
            self._pieces[group_id] = ids
            check = CheckBox(
                tr("%n photos to {group}", "", len(ids), one="%n photo to {group}", group=caption(self._name(group_id)))
            )
            check.setChecked(True)
            check.toggled.connect(lambda _on: self._count())
            self.checks[group_id] = check
            self._rows.addWidget(check)
            self._rows.addWidget(Samples(ids, self._thumbnails))
        self._count()

    def show_failure(self, error: Exception) -> None:
        """Say why there is no answer."""
        self.said.setText(tr("That could not be found out: {error}", error=error))

    def _chosen(self) -> dict[int, Int64Array]:
        return {group_id: ids for group_id, ids in self._pieces.items() if self.checks[group_id].isChecked()}

    def _count(self) -> None:
        count = int(np.sum([len(ids) for ids in self._chosen().values()]))
        self.go.setText(tr("Move {number}", number=figure(count)))
        self.go.setEnabled(count > 0)
        self.go.setDefault(True)

    def accept(self) -> None:
        """Move what is checked."""
        chosen = self._chosen()
        super().accept()
        if chosen:
            self.move_wanted.emit(chosen)


def _in_words(found: Proposal) -> str:
    """How many photos would move, and how many a lock keeps where they are."""
    if found.photo_ids.size:
        text = tr(
            "%n more photos look like your corrections. The surest come first; what you placed stays.",
            "",
            len(found.photo_ids),
            one="%n more photo looks like your corrections. The surest come first; what you placed stays.",
        )
    elif found.locked:
        text = tr("Nothing would move.")
    else:
        text = tr("No other photo looks clearly like those that you placed. Nothing would move.")
    if not found.locked:
        return text
    locked = tr(
        "%n photos were left alone, because their group, or the one that they would go to, is locked.",
        "",
        found.locked,
        one="%n photo was left alone, because its group, or the one that it would go to, is locked.",
    )
    return f"{text} {locked}"
