"""Organize: what would happen, shown before anything does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine.curation.unsure import file_unsure
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.language import figure, tr
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.left_out import left_out_text
from desktop_app.engine.organize.planning.layout import FIELDS, Layout
from desktop_app.engine.types import UNSURE, Clustering, Group, Photo
from desktop_app.engine.wording import data_size, display_path
from desktop_app.gui.dialogs.scrolling import ScrollingDialog
from desktop_app.gui.elided import ElidedLabel
from desktop_app.gui.item_looks import MARK_ROLE, ItemLooks
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.plain_text import tip
from desktop_app.gui.theme import SPACE

if TYPE_CHECKING:
    from desktop_app.engine.organize.planning.plan import Plan

_GROUP = int(Qt.ItemDataRole.UserRole)
_PATTERNS = ("{group}", "{group}/{year}", "{year}/{group}", "{year}/{month}/{group}")
_OPEN = 30  # folders that begin unfolded
_LISTED = 200  # of each kind: enough to judge, few enough to open at once


class OrganizeDialog(ScrollingDialog):
    """Asks where to and how and shows the plan; starts when its button, which states the count, is pressed."""

    names_used = Signal(object)
    """Ids of the groups whose names are those of folders now."""

    def __init__(
        self,
        organizer: Organizer,
        root: Path,
        groups: tuple[Group, ...],
        clustering: Clustering,
        lookup: Callable[[int], Photo | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Organize"), QSize(680, 560), parent)
        self._organizer = organizer
        self._root = root
        # A group that was chosen alone is organized, whatever holds for it among all.
        alone = len(groups) == 1
        self._groups = tuple(replace(group, hidden=group.hidden and not alone) for group in groups)
        self._clustering = clustering
        self._lookup = lookup
        self._names: dict[int, str] = {}
        self._plan: Plan | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        self.destination = QLineEdit(str(root.parent / tr("{folder} sorted", folder=root.name)))
        self.destination.setAccessibleName(tr("Destination folder"))
        choose = QPushButton(tr("Choose…"))
        choose.setToolTip(tr("Choose the destination folder"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        where = QHBoxLayout()
        where.setSpacing(SPACE)
        where.addWidget(self.destination, 1)
        where.addWidget(choose)
        self.action = QComboBox()
        self.action.setAccessibleName(tr("What to do with the photos"))
        for name, action in ACTIONS.items():
            self.action.addItem(tr(action.words.label), name)
        self.explanation = QLabel(wordWrap=True)
        self.pattern = QComboBox(editable=True)
        field = QLineEdit()
        self.pattern.setLineEdit(field)
        for part in (self.pattern, field):  # the keyboard is in the field
            part.setAccessibleName(tr("Folders"))
        self.pattern.addItems(_PATTERNS)
        self.pattern.setToolTip(
            tr("Folders in folders; the fields are {fields}", fields=", ".join(f"{{{name}}}" for name in FIELDS))
        )
        self.example = ElidedLabel("", Qt.TextElideMode.ElideLeft)
        self.same_name = QComboBox()
        self.same_name.setAccessibleName(tr("Where a name is taken"))
        self.same_name.addItem(tr("Keep both: the later one gets a number"), "number")
        self.same_name.addItem(tr("Leave the later one where it is"), "skip")
        self.same_name.setToolTip(tr("Nothing is ever replaced"))
        unsure = next((group.photo_ids for group in groups if group.id == UNSURE), np.empty(0, np.int64))
        self._unsure_ids = frozenset(unsure.tolist())
        self.unsure = QComboBox()
        self.unsure.setAccessibleName(tr("Unsure photos"))
        for text, way in (
            (tr("File them with the group they are most like"), "best"),
            (tr("File them in a folder “Unsure”"), "folder"),
            (tr("Leave them where they are"), "leave"),
        ):
            self.unsure.addItem(text, way)
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.addRow(tr("Into"), where)
        form.addRow(tr("Action"), self.action)
        form.addRow("", self.explanation)
        form.addRow(tr("Folders"), self.pattern)
        form.addRow("", self.example)
        form.addRow(tr("Same name"), self.same_name)
        form.addRow(tr("%n unsure", "", len(self._unsure_ids), one="%n unsure"), self.unsure)
        form.setRowVisible(self.unsure, bool(self._unsure_ids))

        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Plan"))
        self.tree.setHeaderLabels([tr("Folder"), tr("Photos")])
        self.tree.setUniformRowHeights(True)
        self.tree.setItemDelegate(ItemLooks(self.tree))
        self.tree.setMinimumHeight(SPACE * 18)
        self.tree.setIconSize(QSize(12, 12))
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setEditTriggers(
            QTreeWidget.EditTrigger.DoubleClicked
            | QTreeWidget.EditTrigger.EditKeyPressed
            | QTreeWidget.EditTrigger.SelectedClicked
        )
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.summary = QLabel(wordWrap=True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox()
        self.go = QPushButton()
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.go.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.body.setSpacing(SPACE * 2)
        self.body.addLayout(form)
        self.body.addWidget(self.tree, 1)
        # Beside the button it is about, where no scrolling hides it.
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.summary)
        column.addWidget(self.buttons)
        self.finish(foot)

        self._plan_soon = QTimer(self, singleShot=True, interval=250)
        self._plan_soon.timeout.connect(self._ask)
        self.destination.textChanged.connect(self._changed)
        self.action.currentIndexChanged.connect(self._changed)
        self.pattern.currentTextChanged.connect(self._changed)
        self.same_name.currentIndexChanged.connect(self._changed)
        self.unsure.currentIndexChanged.connect(self._changed)
        self.tree.itemChanged.connect(self._name_folder)
        organizer.planned.connect(self._show_plan)
        organizer.plan_failed.connect(self._show_failure)
        self._changed()

    def ask_for(self, destination: Path, action: str) -> None:
        """Begin with these instead of the usual ones."""
        self.destination.setText(str(destination))
        self.action.setCurrentIndex(max(0, self.action.findData(action)))

    @property
    def _action(self) -> str:
        return str(self.action.currentData())

    def _chosen_groups(self) -> tuple[Group, ...]:
        chosen = file_unsure(self._groups, self._clustering, self.unsure.currentData())
        return tuple(replace(group, name=self._names.get(group.id, group.name)) for group in chosen)

    def _name_folder(self, item: QTreeWidgetItem) -> None:
        """A folder's name was edited in place: it holds for this time, the group keeps its own."""
        group_id, name = item.data(0, _GROUP), item.text(0).strip()
        if isinstance(group_id, int):
            if name:
                self._names[group_id] = name
            self._changed()

    def _layout(self) -> Layout | None:
        """How the photos are to be filed; None, and why, where the pattern cannot be used."""
        try:
            layout = Layout(self.pattern.currentText().strip(), self.same_name.currentData())
        except UsageError as error:
            self._show_failure(error)
            self.example.setText("")
            return None
        groups = [group for group in self._chosen_groups() if not group.hidden]
        first = self._first_of(groups[0]) if groups else None
        example = layout.example(groups[0].name, first) if first is not None else ""
        self.example.setText(tr("For example: {example}", example=example) if example else "")
        return layout

    def _first_of(self, group: Group) -> Photo | None:
        """The photo that stands for a group; with a date, if one of the first has one, so that the example tells."""
        photos = [photo for photo_id in group.photo_ids[:50].tolist() if (photo := self._lookup(photo_id)) is not None]
        return next((photo for photo in photos if photo.taken_at), next(iter(photos), None))

    def _choose(self) -> None:
        start = Path(self.destination.text()).parent
        folder = QFileDialog.getExistingDirectory(self, tr("Choose the destination folder"), str(start))
        if folder:
            self.destination.setText(folder)

    def _changed(self) -> None:
        """What was shown is no longer what would happen: the button waits for the new plan."""
        self._plan = None
        words = ACTIONS[self._action].words
        self.explanation.setText(tr(words.explanation))
        self.go.setText(tr(words.verb))
        self.go.setEnabled(False)
        self.summary.setText(tr("Working out what would happen…"))
        self._plan_soon.start()

    def _ask(self) -> None:
        text = self.destination.text().strip()
        if not text:
            self.summary.setText(tr("Choose a destination folder."))
            return
        layout = self._layout()
        if layout is not None:
            self._organizer.plan(self._chosen_groups(), Path(text).expanduser(), self._action, layout)

    def _show_plan(self, plan: Plan) -> None:
        if self._plan_soon.isActive():
            return  # of an earlier question
        self._plan = plan
        self._fill_tree(plan)
        photos = plan.photos
        into = tr("%n folders", "", len(plan.folders), one="%n folder")
        parts = [tr("%n photos into {folders}", "", photos, one="%n photo into {folders}", folders=into)]
        companions = len(plan.steps) - photos
        if companions:
            parts.append(
                tr(
                    "%n files that belong to them travel along",
                    "",
                    companions,
                    one="%n file that belong to them travel along",
                )
            )
        if skipped := len(plan.skipped):
            parts.append(tr("%n files left alone", "", skipped, one="%n file left alone"))
        if plan.bytes_needed:
            parts.append(tr("{size} needed", size=data_size(plan.bytes_needed)))
        parts.append(tr("{size} free", size=data_size(plan.bytes_free)))
        text = " · ".join(parts)
        if not plan.fits:
            text += "\n" + tr("There is not enough space. Choose another disk, or link instead of copying.")
        elif not photos:
            text = tr("Nothing to do: every photo is where it would go, or was left out.")
        if photos and plan.destination.is_relative_to(plan.root.resolve()):
            text += "\n" + tr(
                "This destination lies inside the folder of the photos. What is filed there is not looked at again "
                "with this folder."
            )
        self.summary.setText("\n".join(filter(None, (text, left_out_text(plan.left_out)))))
        self.go.setText(self._words_of_go(plan))
        self.go.setEnabled(bool(photos) and plan.fits)

    def _words_of_go(self, plan: Plan) -> str:
        verb, photos = tr(ACTIONS[plan.action].words.verb), plan.photos
        unsure = len({step.photo_id for step in plan.steps} & self._unsure_ids)
        if not photos:
            return verb
        if not unsure:
            return tr("{verb} %n photos", "", photos, one="{verb} %n photo", verb=verb)
        return tr(
            "{verb} %n photos, {unsure} of them unsure",
            "",
            photos,
            one="{verb} %n photo, {unsure} of them unsure",
            verb=verb,
            unsure=figure(unsure),
        )

    def _fill_tree(self, plan: Plan) -> None:
        with QSignalBlocker(self.tree):
            self._fill(plan)

    def _fill(self, plan: Plan) -> None:
        self.tree.clear()
        top = QTreeWidgetItem([display_path(plan.destination), ""])
        top.setToolTip(0, tip(display_path(plan.destination)))
        self.tree.addTopLevelItem(top)
        items = {plan.destination: top}
        # Folders in folders are shown by name, others in the order of the groups.
        deep = any(folder.parent != plan.destination for folder in plan.folders)
        for folder, count in sorted(plan.folders.items()) if deep else plan.folders.items():
            for outer in reversed((folder, *folder.parents)):
                if outer not in items and outer.is_relative_to(plan.destination):
                    items[outer] = QTreeWidgetItem([display_path(outer.name), ""])
                    items[outer.parent].addChild(items[outer])
            item = items[folder]
            item.setText(1, figure(count))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if folder in plan.groups:
                group_id = plan.groups[folder]
                item.setData(0, MARK_ROLE, group_id)
                if group_id != UNSURE and self.pattern.currentText().strip().endswith("{group}"):
                    item.setData(0, _GROUP, group_id)
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                    item.setToolTip(0, tr("Double-click or press F2 to give the folder another name"))
        top.setExpanded(True)
        for item in list(items.values())[:_OPEN]:
            item.setExpanded(True)
        self._list(tr("Same name, all kept"), [(conflict.src, conflict.text) for conflict in plan.conflicts])
        self._list(tr("Left alone"), [(problem.path, problem.message) for problem in plan.skipped])
        left_out = [(path, one.why) for one in plan.left_out for path in one.photos]
        self._list(tr("Left where they are, as you decided"), left_out)

    def _list(self, heading: str, entries: list[tuple[Path, str]]) -> None:
        if not entries:
            return
        top = QTreeWidgetItem([f"{heading} ({figure(len(entries))})", ""])
        self.tree.addTopLevelItem(top)
        for path, text in entries[:_LISTED]:
            name = path.relative_to(self._root) if path.is_relative_to(self._root) else path
            item = QTreeWidgetItem([f"{display_path(name)}: {text}", ""])
            item.setToolTip(0, tip(f"{display_path(path)}\n{text}"))
            top.addChild(item)
        if len(entries) > _LISTED:
            top.addChild(QTreeWidgetItem([tr("and {number} more", number=figure(len(entries) - _LISTED)), ""]))

    def _show_failure(self, error: Exception) -> None:
        self.tree.clear()
        refused = isinstance(error, UserError)
        self.summary.setText(str(error) if refused else tr("That cannot be planned: {error}", error=error))

    def accept(self) -> None:
        """Start, if the plan that is shown is the one that would run."""
        if self._plan is not None and self.go.isEnabled():
            plan = self._plan
            used = set(plan.groups.values()) - set(self._names) if "{group}" in self.pattern.currentText() else set()
            super().accept()
            self.names_used.emit(used)
            self._organizer.organize(plan)
