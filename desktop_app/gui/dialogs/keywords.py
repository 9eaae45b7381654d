"""Write keywords: which sidecars would be written, shown before any is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.curation.unsure import file_unsure
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import UNSURE, Clustering, Group
from desktop_app.engine.wording import display_path
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE

if TYPE_CHECKING:
    from desktop_app.engine.keywords.plan import KeywordPlan

_LISTED = 200  # enough to judge, few enough to open at once


class KeywordsDialog(ScrollingDialog):
    """Asks how new sidecars are named and shows the plan; starts when its button, which states the count, is pressed.

    Args:
        organizer: plans and writes.
        root: the folder of the photos.
        groups: as shown.
        clustering: from which they were made.
    """

    names_used = Signal(object)
    """Ids of the groups whose names are keywords now."""

    def __init__(
        self,
        organizer: Organizer,
        root: Path,
        groups: tuple[Group, ...],
        clustering: Clustering,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Write keywords"), QSize(640, 480), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._organizer, self._root, self._clustering = organizer, root, clustering
        self._groups = groups
        self._plan: KeywordPlan | None = None
        self.explanation = QLabel(
            tr(
                "Each photo's group becomes a keyword in the XMP sidecar beside it, where digiKam, darktable and "
                "Lightroom look for keywords. What a sidecar holds already stays. No photo is touched."
            ),
            wordWrap=True,
        )
        self.spelling = QComboBox()
        self.spelling.setAccessibleName(tr("Names of new sidecars"))
        for text, way in (
            (tr("As this folder has them"), "auto"),
            (tr("IMG.jpg.xmp (digiKam, darktable)"), "digikam"),
            (tr("IMG.xmp (Lightroom, Bridge)"), "lightroom"),
        ):
            self.spelling.addItem(text, way)
        unsure = next((len(group.photo_ids) for group in groups if group.id == UNSURE), 0)
        self.unsure = QComboBox()
        self.unsure.setAccessibleName(tr("Unsure photos"))
        self.unsure.addItem(tr("The group they are most like"), "best")
        self.unsure.addItem(tr("No keyword"), "leave")
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.addRow(tr("New sidecars"), self.spelling)
        form.addRow(tr("%n unsure", "", unsure, one="%n unsure"), self.unsure)
        form.setRowVisible(self.unsure, bool(unsure))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Sidecars"))
        self.tree.setHeaderLabels([tr("Sidecar"), tr("Keyword")])
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setMinimumHeight(SPACE * 18)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.body.addWidget(self.explanation)
        self.body.addLayout(form)
        self.body.addWidget(self.tree, 1)
        self.finish(self._foot())
        self.spelling.currentIndexChanged.connect(self._ask)
        self.unsure.currentIndexChanged.connect(self._ask)
        organizer.keywords_planned.connect(self._show_plan)
        organizer.plan_failed.connect(self._show_failure)
        self._ask()

    def _foot(self) -> QWidget:
        self.summary = QLabel(wordWrap=True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox()
        self.go = QPushButton()
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.summary)
        column.addWidget(buttons)
        return foot

    def _ask(self) -> None:
        """What was shown is no longer what would happen: the button waits for the new plan."""
        self._plan = None
        self.go.setText(tr("Write keywords"))
        self.go.setEnabled(False)
        self.summary.setText(tr("Looking at the sidecars…"))
        groups = file_unsure(self._groups, self._clustering, self.unsure.currentData())
        self._organizer.plan_keywords(groups, self.spelling.currentData())

    def _show_plan(self, plan: KeywordPlan) -> None:
        self._plan = plan
        self.tree.clear()
        for title, new in ((tr("New"), True), (tr("Added to"), False)):
            changes = [change for change in plan.changes if change.new == new]
            self._list(title, [(change.sidecar, change.keyword) for change in changes])
        self._list(tr("Left alone"), [(problem.path, problem.message) for problem in plan.refused])
        example = tr("For example {example}", example=plan.example) if plan.example else ""
        self.summary.setText("\n".join(filter(None, (plan.summary, example))))
        if plan.changes:
            said = tr("Write keywords for %n photos", "", plan.photos, one="Write keywords for %n photo")
            self.go.setText(said)
        self.go.setEnabled(bool(plan.changes))

    def _list(self, heading: str, entries: list[tuple[Path, str]]) -> None:
        if not entries:
            return
        top = QTreeWidgetItem([f"{heading} ({figure(len(entries))})", ""])
        self.tree.addTopLevelItem(top)
        for path, text in entries[:_LISTED]:
            name = path.relative_to(self._root) if path.is_relative_to(self._root) else path
            item = QTreeWidgetItem([display_path(name), display_path(text)])
            item.setToolTip(0, tip(display_path(path)))
            item.setToolTip(1, tip(display_path(text)))
            top.addChild(item)
        if len(entries) > _LISTED:
            top.addChild(QTreeWidgetItem([tr("and {number} more", number=figure(len(entries) - _LISTED)), ""]))
        top.setExpanded(True)

    def _show_failure(self, error: Exception) -> None:
        self.tree.clear()
        refused = isinstance(error, UserError)
        self.summary.setText(str(error) if refused else tr("That cannot be planned: {error}", error=error))

    def accept(self) -> None:
        """Start, if the plan that is shown is the one that would run."""
        if self._plan is not None and self.go.isEnabled():
            plan = self._plan
            super().accept()
            self.names_used.emit({group.id for group in self._groups})
            self._organizer.write_keywords(plan)
