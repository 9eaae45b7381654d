"""What happened to files so far, newest first, and a way back from each: runs, and what went to the trash."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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

from desktop_app.engine.language import figure, tr
from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.wording import display_path, moment
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.item_looks import ItemLooks
from desktop_app.gui.jobs.duplicates import DuplicateSearch
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.trash import Batch

_ID_ROLE = int(Qt.ItemDataRole.UserRole)


class HistoryDialog(ScrollingDialog):
    """Lists the runs, and what went to the trash; Undo takes the chosen one back.

    Args:
        organizer: knows the runs.
        search: knows what went to the trash.
        undo: asks the person, and takes the run of that number back.
        bring_back: asks the person, and takes what went then out of the trash.
    """

    def __init__(
        self,
        organizer: Organizer,
        search: DuplicateSearch,
        undo: Callable[[str], None],
        bring_back: Callable[[Batch], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("History"), QSize(760, 400), parent)
        self._organizer = organizer
        self._search = search
        self._undo_run = undo
        self._bring_back = bring_back
        self.summary = QLabel(wordWrap=True)
        self.table = QTreeWidget()
        self.table.setItemDelegate(ItemLooks(self.table))
        self.table.setAccessibleName(tr("Runs"))
        self.table.setHeaderLabels([tr("When"), tr("What"), tr("Photos"), tr("Into"), tr("State")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(SPACE * 15)
        self.undo_button = QPushButton(tr("Undo…"))
        self.undo_button.setToolTip(tr("Take the chosen run back; what was changed since is left alone"))
        self.undo_button.clicked.connect(self._undo)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.undo_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 1)
        self.finish(buttons)
        self.table.currentItemChanged.connect(lambda *_: self._enable())
        organizer.runs_changed.connect(self._show)
        search.last_changed.connect(self._show)
        self._show()
        search.look_back()

    def _show(self) -> None:
        chosen = self._chosen()
        self.table.clear()
        self.table.addTopLevelItems(self._lines())
        self.summary.setText(
            tr(
                "Each line is one time that files were organized, keywords written, or duplicates moved to the trash. "
                "Undo takes it back."
            )
            if self.table.topLevelItemCount()
            else tr("Nothing has been organized yet.")
        )
        items = [self.table.topLevelItem(row) for row in range(self.table.topLevelItemCount())]
        same = next((item for item in items if item is not None and item.data(0, _ID_ROLE) == chosen), None)
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(same or first)
        self._enable()

    def _lines(self) -> list[QTreeWidgetItem]:
        """Both kinds, newest first. Runs keep their own order, which no clock can change."""
        lines, batches = [], list(self._search.batches)
        for run in self._organizer.runs:
            while batches and batches[0].at[:19] >= run.started_at[:19]:
                lines.append(_line_of(batches.pop(0)))
            where = display_path(run.destination)
            lines.append(_line(run.id, run.started_at, noun(run.action), run.photos, where, tr(run.state)))
        return lines + [_line_of(batch) for batch in batches]

    def _enable(self) -> None:
        chosen = self._chosen()
        undoable = any(run.id == chosen and not run.undone for run in self._organizer.runs)
        undoable |= any(batch.path.name == chosen and batch.gone for batch in self._search.batches)
        self.undo_button.setEnabled(undoable and not self._organizer.is_busy)

    def _chosen(self) -> str | None:
        item = self.table.currentItem()
        return str(item.data(0, _ID_ROLE)) if item is not None else None

    def _undo(self) -> None:
        chosen = self._chosen()
        batch = next((batch for batch in self._search.batches if batch.path.name == chosen), None)
        if batch is not None:
            self._bring_back(batch)
        elif chosen is not None:
            self._undo_run(chosen)


def _line_of(batch: Batch) -> QTreeWidgetItem:
    return _line(batch.path.name, batch.at, tr("duplicates"), batch.moved, tr("the trash"), batch.state)


def _line(key: str, at: str, what: str, photos: int, where: str, state: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([moment(at[:19], seconds=False), what, figure(photos), where, state])
    item.setData(0, _ID_ROLE, key)
    item.setToolTip(3, tip(where))
    return item
