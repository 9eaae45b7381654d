"""What a person does with groups by menu, key and pointer: asks where it takes a question, then corrects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QWidget

from desktop_app.engine.language import figure, tr
from desktop_app.engine.types import UNSURE, Group, Int64Array
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.corrections import Corrections, sure_groups
from desktop_app.gui.dialogs.group_picker import GroupPicker
from desktop_app.gui.dialogs.split import SplitDialog
from desktop_app.gui.dialogs.teach import TeachDialog
from desktop_app.gui.jobs.splitter import Splitter
from desktop_app.gui.jobs.teacher import Teacher
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import GroupsView
from desktop_app.gui.views.thumbnails import Thumbnails


@dataclass(eq=False)
class Filing:
    """Files the selected photos, and changes the chosen group.

    Attributes:
        window: stands behind the dialogs.
    """

    window: QWidget
    state: AppState
    corrections: Corrections
    splitter: Splitter
    teacher: Teacher
    thumbnails: Thumbnails
    notice: NoticeBar
    groups_view: GroupsView
    grid: GridView

    def __post_init__(self) -> None:
        self.corrections.name_taken.connect(self._offer_to_merge)

    # The selected photos

    def _selected(self) -> Int64Array:
        """Selected photos that are in groups by now."""
        return self._grouped(self.state.selection)

    def _grouped(self, photo_ids: Int64Array) -> Int64Array:
        """Those that are in groups: photos that were found just now are not yet, others have gone under the hand."""
        clustering = self.state.clustering
        return photo_ids[np.isin(photo_ids, clustering.photo_ids)] if clustering is not None else photo_ids[:0]

    def move_to_group(self) -> None:
        """Ask which group the selected photos belong to."""
        photo_ids = self._selected()
        if not photo_ids.size:
            return
        offers = [
            (group, tr("{count} · key {key}", count=count, key=place) if place < 10 else count)
            for place, group in enumerate(sure_groups(self.state.groups), 1)
            for count in (figure(len(group.photo_ids)),)
        ]
        title = tr("Move %n photos to", "", len(photo_ids), one="Move %n photo to")
        picker = GroupPicker(title, tr("Move"), offers, can_make=True, parent=self.window)
        picker.chosen.connect(lambda group_id: self._move(photo_ids, group_id))
        picker.new_wanted.connect(lambda name: self.make_group(photo_ids, name))
        picker.open()

    def file_into(self, place: int) -> None:
        """Put the selected photos into the group at ``place`` in the list, from 1."""
        groups = sure_groups(self.state.groups)
        photo_ids = self._selected()
        if place <= len(groups) and photo_ids.size:
            self._move(photo_ids, groups[place - 1].id)

    def drop(self, photo_ids: Int64Array, group_id: int) -> None:
        """Put photos that were dropped on a group there."""
        if (there := self._grouped(photo_ids)).size:
            self._move(there, group_id)

    def _move(self, photo_ids: Int64Array, group_id: int) -> None:
        following = self.grid.following(photo_ids)
        self.corrections.move(photo_ids, group_id)
        self._walk_on(photo_ids, following)

    def _walk_on(self, photo_ids: Int64Array, following: int | None) -> None:
        """Where photos went out of sight, select what stands in their place: the next key is meant for that."""
        in_sight = self.grid.list.isVisible() and not self.grid.model.rows_of(photo_ids).size
        if following is not None and in_sight and np.isin(self.state.selection, photo_ids).all():
            self.state.select_photo(following)

    def make_group(self, photo_ids: Int64Array | None = None, name: str = "") -> None:
        """Make a group of photos, or of the selected ones; without a name, its name is asked for in place."""
        wanted = self._selected() if photo_ids is None else self._grouped(photo_ids)
        if not wanted.size:
            self.notice.announce(tr("A new group is made of selected photos. Select some, or drop them on New group."))
            return
        following = self.grid.following(wanted)
        made = self.corrections.new_group(wanted, name)
        self._walk_on(wanted, following)
        if made is not None and not name:
            self.groups_view.rename(made)

    def switch_photos_locked(self) -> None:
        """Keep the selected photos where they are, or let regrouping move them again."""
        photo_ids = self._selected()
        if np.isin(photo_ids, self.state.curation.placed).all():
            self.corrections.release(photo_ids)
        else:
            self.corrections.accept(photo_ids)

    def use_cover(self) -> None:
        """Let the photo that is looked at stand for its group."""
        photo_id = self.state.selected_photo
        group_id = self.state.group_of(photo_id)
        if photo_id is not None and group_id is not None and group_id != UNSURE:
            self.corrections.set_cover(group_id, photo_id)

    def teach(self) -> None:
        """Show which photos would follow those placed by hand, and move those that the person wants moved."""
        if not self.state.curation.placed.size:
            self.notice.announce(
                tr("Put some photos into the groups they belong to first. Then Kindred finds more of each.")
            )
            return
        dialog = TeachDialog(self.corrections.name, self.thumbnails, self.window)
        dialog.move_wanted.connect(self._move_taught)
        dialog.finished.connect(self.teacher.stop)
        self.teacher.ask(dialog.show_proposal, dialog.show_failure)
        dialog.open()

    def _move_taught(self, pieces: dict[int, Int64Array]) -> None:
        there = {group.id for group in self.state.groups}
        pieces = {group_id: ids for group_id, ids in pieces.items() if group_id in there}
        if pieces:
            self.corrections.teach(pieces)
            count = sum(len(ids) for ids in pieces.values())
            text = tr("%n photos moved.", "", count, one="%n photo moved.")
            self.notice.announce(text, [(tr("Undo"), self.corrections.undo)])

    # The chosen group

    def _chosen(self) -> Group | None:
        group = self.state.group(self.state.selected_group)
        return group if group is not None and group.id != UNSURE else None

    def keep_name(self) -> None:
        """Let the name suggested for the chosen group be its name."""
        group = self._chosen()
        if group is not None:
            self.corrections.keep_names([group.id])

    def keep_names(self) -> None:
        """Let all suggested names be names."""
        self.corrections.keep_names([group.id for group in self.state.groups])

    def switch_locked(self) -> None:
        """Lock the chosen group, or unlock it."""
        group = self._chosen()
        if group is not None:
            self.corrections.set_locked([group.id], not group.locked)

    def switch_hidden(self) -> None:
        """Leave the chosen group out of Organize, or take it in."""
        group = self._chosen()
        if group is not None:
            self.corrections.set_hidden([group.id], not group.hidden)

    def merge_group(self) -> None:
        """Ask which group the chosen one becomes one with."""
        group = self._chosen()
        if group is None:
            return
        others = [other for other in sure_groups(self.state.groups) if other.id != group.id]
        if not others:
            self.notice.announce(tr("There is no other group that it could become one with."))
            return
        offers = [(other, _sum(group, other)) for other in others]
        title = tr("Merge {group} with", group=self.corrections.name(group.id))
        picker = GroupPicker(title, tr("Merge"), offers, can_make=False, parent=self.window)
        picker.chosen.connect(lambda other: self.corrections.merge([group.id, other]))
        picker.open()

    def split_group(self) -> None:
        """Show how the chosen group could be split, and split it."""
        group = self._chosen()
        if group is None or len(group.photo_ids) < 2:
            return
        photo_ids = group.photo_ids
        dialog = SplitDialog(self.corrections.name(group.id), photo_ids, self.thumbnails, self.window)
        dialog.parts_wanted.connect(
            lambda number: self.splitter.ask(photo_ids, number, dialog.show_parts, dialog.show_failure)
        )
        dialog.split_wanted.connect(lambda parts: self._split(group, parts))
        dialog.finished.connect(self.splitter.stop)
        dialog.open()

    def _split(self, group: Group, parts: object) -> None:
        now = self.state.group(group.id)
        # While the dialog was open, photos may have come: the parts are of those that were shown in it.
        if now is not None and np.array_equal(now.photo_ids, group.photo_ids):
            self.corrections.split(group.id, np.asarray(parts, np.int32))
        else:
            self.notice.announce(tr("The group changed meanwhile and was left as it is. Split it again."), warning=True)

    def _offer_to_merge(self, group: Group | None, other: Group | None, message: str) -> None:
        if group is None or other is None or other.id == UNSURE:
            again = tr("Choose another one.")
            self.notice.announce(f"{message} {again}", warning=True)
            return
        offer = tr("Merge the two: {sum}", sum=_sum(other, group))
        self.notice.announce(message, [(offer, lambda: self._merge_named(other.id, group.id))], warning=True)

    def _merge_named(self, first: int, second: int) -> None:
        self.notice.hide()
        if self.state.group(first) is not None and self.state.group(second) is not None:
            self.corrections.merge([first, second])


def _sum(one: Group, other: Group) -> str:
    a, b = len(one.photo_ids), len(other.photo_ids)
    return f"{figure(a)} + {figure(b)} = {figure(a + b)}"
