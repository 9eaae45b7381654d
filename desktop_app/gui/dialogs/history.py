"""What was organized so far, newest first, and a way back from each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.wording import display_path
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.item_looks import ItemLooks
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE

_ID_ROLE = int(Qt.ItemDataRole.UserRole)


class HistoryDialog(ScrollingDialog):
    """Lists the runs; Undo takes the chosen one back.

    Args:
        organizer: knows the runs.
        undo: asks the person, and takes the run of that number back.
    """

    def __init__(self, organizer: Organizer, undo: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__("History", QSize(760, 400), parent)
        self._organizer = organizer
        self._undo_run = undo
        self.summary = QLabel(wordWrap=True)
        self.table = QTreeWidget()
        self.table.setItemDelegate(ItemLooks(self.table))
        self.table.setAccessibleName("Runs")
        self.table.setHeaderLabels(["When", "What", "Photos", "Into", "State"])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(SPACE * 15)
        self.undo_button = QPushButton("Undo…")
        self.undo_button.setToolTip("Bring the files of the chosen run back; what was changed since is left alone")
        self.undo_button.clicked.connect(self._undo)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.undo_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 1)
        self.finish(buttons)
        self.table.currentItemChanged.connect(lambda *_: self._enable())
        organizer.runs_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.table.clear()
        for run in self._organizer.runs:
            when = run.started_at.replace("T", " ")[:16]
            where = display_path(run.destination)
            item = QTreeWidgetItem([when, noun(run.action), f"{run.photos:,}", where, run.state])
            item.setData(0, _ID_ROLE, run.id)
            item.setToolTip(3, tip(where))
            self.table.addTopLevelItem(item)
        self.summary.setText(
            "Each line is one time that files were organized. Undo brings its files back."
            if self._organizer.runs
            else "Nothing has been organized yet."
        )
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)
        self._enable()

    def _enable(self) -> None:
        chosen = self._chosen()
        undoable = any(run.id == chosen and not run.undone for run in self._organizer.runs)
        self.undo_button.setEnabled(undoable and not self._organizer.is_busy)

    def _chosen(self) -> str | None:
        item = self.table.currentItem()
        return str(item.data(0, _ID_ROLE)) if item is not None else None

    def _undo(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._undo_run(chosen)
