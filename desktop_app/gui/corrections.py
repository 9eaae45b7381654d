"""A person's corrections to the groups, each by name on one stack of undo and redo.

A correction enters the stack only after it worked. Undo changes back what it changed and nothing else: another number
of groups that was chosen since stays, and so do photos that came since. What happens to files has no place here; that
is undone by the notice of the run and in History.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.engine.curation import Curation, arrange, groups_of
from desktop_app.engine.curation import corrections as engine
from desktop_app.engine.curation.arranging import same_name
from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE, Group, Int32Array, Int64Array
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState

_LONGEST = 40
_Corrected = tuple[Curation, tuple[Group, ...]]


class Corrections(QObject):
    """Does what a person decides about groups, and takes it back.

    Args:
        state: holds the groups.
    """

    done = Signal(str)
    """What was done, in a sentence."""
    changed = Signal()
    """Something else can be undone or redone now."""
    regroup_wanted = Signal()
    """Grouping anew was taken back, or done again: groups are made of other photos now."""
    out_of_date = Signal()
    """Grouping anew was taken back, and the groups of then are not shown yet."""
    name_taken = Signal(object, object, str)
    """A group could not be called so: it (None for a new one), the one that has the name, and the sentence for it."""

    def __init__(self, state: AppState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._folder: Path | None = None
        self.stack = QUndoStack(self)
        state.folder_changed.connect(self._forget_other_folder)
        state.renumbered.connect(self._renumber)

    def _forget_other_folder(self) -> None:
        # Reading the same folder again leaves no correction behind.
        folder = self._state.folder
        if folder is not None and folder != self._folder:
            self.stack.clear()
            self._folder = folder
            self.changed.emit()

    def _renumber(self, ids: NewIds) -> None:
        for row in range(self.stack.count()):
            command = self.stack.command(row)
            assert isinstance(command, _Correction)
            command.renumber(ids)

    def undo(self) -> None:
        """Take back what was corrected last."""
        text = self.stack.undoText()
        self.stack.undo()
        self._say(tr("taken back: {what}", what=text))

    def redo(self) -> None:
        """Do again what was taken back last."""
        text = self.stack.redoText()
        self.stack.redo()
        self._say(tr("done again: {what}", what=text))

    def _say(self, text: str) -> None:
        """Tell of a correction."""
        self.changed.emit()
        self.done.emit(f"{text[:1].upper()}{text[1:]}")

    def move(self, photo_ids: Int64Array, group_id: int) -> None:
        """Put photos into a group; a name suggested for it stays, as a person has gone by it."""
        what = self._called(photo_ids)
        text = tr("moving {what} to {group}", what=what, group=self.name(group_id))
        named = self._suggested([group_id])
        self._do(text, lambda known, groups: engine.move(*_kept(known, groups, named), photo_ids, group_id))

    def teach(self, pieces: Mapping[int, Int64Array]) -> None:
        """Put photos into several groups at once, as corrections before have taught; suggested names of those stay."""
        count = sum(len(ids) for ids in pieces.values())
        text = tr("moving %n photos as your corrections say", "", count, one="moving %n photo as your corrections say")
        named = self._suggested(pieces)
        self._do(text, lambda known, groups: engine.move_several(*_kept(known, groups, named), pieces))

    def new_group(self, photo_ids: Int64Array, name: str = "") -> int | None:
        """Put photos into a group of their own; returns its id, None where its name is taken."""
        before = {group.id for group in self._state.groups}
        text = tr("making a group of %n photos", "", len(photo_ids), one="making a group of %n photo")
        try:
            self._do(text, lambda known, groups: engine.new_group(known, groups, photo_ids, name))
        except UsageError as error:
            self.name_taken.emit(None, self._called_so(name), error.message)
        return next((group.id for group in self._state.groups if group.id not in before), None)

    def merge(self, group_ids: Sequence[int]) -> None:
        """Make one group of several, the first."""
        names = reduce(_and, map(self.name, group_ids))
        text = tr("merging {groups}", groups=names)
        self._do(text, lambda known, groups: engine.merge(known, groups, group_ids))

    def split(self, group_id: int, parts: Int32Array) -> None:
        """Make several groups of one; ``parts`` has the part of each of its photos."""
        name = self.name(group_id)
        text = tr("splitting {group} into {count}", group=name, count=len(set(parts.tolist())))
        self._do(text, lambda known, groups: engine.split(known, groups, group_id, parts))

    def rename(self, group_id: int, name: str) -> None:
        """Give a group another name; one that another group has is told by `name_taken`."""
        old = self.name(group_id)
        text = tr("renaming {group}", group=old)
        try:
            self._do(text, lambda known, groups: engine.rename(known, groups, group_id, name))
        except UsageError as error:
            self.name_taken.emit(self._state.group(group_id), self._called_so(name, group_id), error.message)

    def keep_names(self, group_ids: Collection[int]) -> None:
        """Let the names suggested for these groups be their names."""
        named = self._suggested(group_ids)
        if named:
            names = self._names(group.id for group in named)
            text = tr("keeping the names {group}", "", len(named), one="keeping the name {group}", group=names)
            self._do(text, lambda known, groups: _kept(known, groups, named))

    def _suggested(self, group_ids: Collection[int]) -> list[Group]:
        """Those of the groups whose name is a suggestion."""
        return [group for group in self._state.groups if group.id in group_ids and group.suggested]

    def set_cover(self, group_id: int, photo_id: int) -> None:
        """Let one of its photos stand for a group."""
        text = tr("another cover for {group}", group=self.name(group_id))
        self._do(text, lambda known, groups: engine.set_cover(known, groups, group_id, photo_id))

    def set_locked(self, group_ids: Sequence[int], locked: bool) -> None:
        """Let regrouping leave groups alone, or not."""
        names = self._names(group_ids)
        text = tr("locking {groups}", groups=names) if locked else tr("unlocking {groups}", groups=names)
        self._do(text, lambda known, groups: engine.set_locked(known, groups, group_ids, locked))

    def set_hidden(self, group_ids: Sequence[int], hidden: bool) -> None:
        """Leave groups out when files are organized, or take them in."""
        names = self._names(group_ids)
        text = tr("leaving out {groups}", groups=names) if hidden else tr("taking in {groups}", groups=names)
        self._do(text, lambda known, groups: engine.set_hidden(known, groups, group_ids, hidden))

    def accept(self, photo_ids: Int64Array) -> None:
        """Let photos stay in the group that they are in."""
        text = tr("keeping %n photos in place", "", len(photo_ids), one="keeping %n photo in place")
        self._do(text, lambda known, groups: engine.accept(known, groups, photo_ids))

    def release(self, photo_ids: Int64Array) -> None:
        """Let regrouping move photos that were placed by hand again."""
        text = tr("releasing %n photos", "", len(photo_ids), one="releasing %n photo")
        self._do(text, lambda known, groups: engine.release(known, groups, photo_ids))

    def grouped_anew(self, before: Curation, after: Curation) -> None:
        """Take in that groups were made of all photos anew, which is shown already."""
        text = tr("grouping anew")
        self.stack.push(_Correction(text, before, after, self._state, self.regroup_wanted.emit))
        self._say(tr("done: {what}", what=text))

    def name(self, group_id: int) -> str:
        """The name of a group as menus and messages have it: not too long, on one line."""
        group = self._state.group(group_id)
        return _short(display_path(group.name)) if group is not None else "?"

    def _called_so(self, name: str, but: int | None = None) -> Group | None:
        """The group that has a name, other than ``but``."""
        return next(
            (one for one in self._state.groups if same_name(one.name) == same_name(name) and one.id != but), None
        )

    def _called(self, photo_ids: Int64Array) -> str:
        """One photo by its name, since it may be out of sight; of several, how many."""
        photo = self._state.photos.get(int(photo_ids[0])) if len(photo_ids) == 1 else None
        if photo is not None:
            return _short(display_path(photo.path.name))
        return tr("%n photos", "", len(photo_ids), one="%n photo")

    def _names(self, group_ids: Iterable[int]) -> str:
        return ", ".join(self.name(group_id) for group_id in group_ids)

    def _do(self, text: str, operation: Callable[[Curation, tuple[Group, ...]], _Corrected]) -> None:
        before = self._state.curation
        if any(before.group(group.id) is None for group in sure_groups(self._state.groups)):
            # Grouping anew was taken back a moment ago: what is still shown goes once the groups of then are made.
            self.out_of_date.emit()
            self._say(tr("the groups are being made; try again in a moment"))
            return
        after, groups = operation(before, self._state.groups)
        if after is not before:
            self._state.correct(after, groups)
            self.stack.push(_Correction(text, before, after, self._state, self.regroup_wanted.emit))
            self._say(tr("done: {what}", what=text))


class _Correction(QUndoCommand):
    """One correction that was made already."""

    def __init__(
        self, text: str, before: Curation, after: Curation, state: AppState, regroup: Callable[[], object]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._state = state
        self._regroup = regroup
        self._is_new = True
        self._renumbered: list[NewIds] = []

    def redo(self) -> None:
        if self._is_new:  # the stack asks for it when the command is put there
            self._is_new = False
        else:
            self._exchange(self._before, self._after)

    def undo(self) -> None:
        self._exchange(self._after, self._before)

    def renumber(self, ids: NewIds) -> None:
        self._renumbered.append(ids)  # a long stack of corrections would hold the window up, were all done now

    def _exchange(self, before: Curation, after: Curation) -> None:
        state = self._state
        for ids in self._renumbered:
            before, after = ids.curation(before), ids.curation(after)
        assert state.clustering is not None
        known = engine.exchange(state.curation, before, after)
        if np.array_equal(known.basis, state.curation.basis):
            state.correct(*arrange(known, groups_of(state.clustering)))
        else:
            state.set_curation(known)
            self._regroup()


def _kept(known: Curation, groups: tuple[Group, ...], named: Iterable[Group]) -> _Corrected:
    """The names suggested for some groups as names of theirs."""
    for group in named:
        known, groups = engine.rename(known, groups, group.id, group.name)
    return known, groups


def _and(some: str, other: str) -> str:
    return tr("{some} and {other}", some=some, other=other)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def sure_groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups that photos can be filed into, in the order of the list."""
    return tuple(group for group in groups if group.id != UNSURE)
