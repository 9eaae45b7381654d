"""How things stand at this moment: what menus, title and pages go by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine.curation.members import without
from desktop_app.engine.types import UNSURE
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.corrections import Corrections, sure_groups
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.neighbor_search import NeighborSearch
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is; `menu.MenuEntry.enabled` asks it.

    Attributes:
        folder: the open one.
        selected: how many photos are selected.
        busy: work is under way that the person waits for.
        organizing: files are being handled.
        undo: the correction that would be taken back; empty for none.
        redo: the correction that would be done again; empty for none.
        first_groups: names of the groups that number keys file into.
        group_locked: whether the chosen group is locked.
        group_hidden: whether it is left out of Organize.
        group_suggested: whether its name is a suggestion.
        has_suggested: whether that is so of some group.
        photos_locked: whether all selected photos stay where they are.
        has_unsure: whether some photos are claimed by no group.
        full_screen: whether the window fills the screen.
        panes: names of the panes that are not hidden.
        has_panes: whether their page is the one in sight.

    Photos that are selected and the group that is chosen count only where a person sees them.
    """

    folder: Path | None
    has_photos: bool
    has_groups: bool
    has_photo: bool
    selected: int
    has_named_group: bool
    can_go_back: bool
    can_go_forward: bool
    busy: bool
    organizing: bool
    undo: str
    redo: str
    first_groups: tuple[str, ...]
    group_locked: bool
    group_hidden: bool
    group_suggested: bool
    has_suggested: bool
    photos_locked: bool
    has_unsure: bool
    full_screen: bool
    panes: frozenset[str]
    has_panes: bool

    @property
    def has_folder(self) -> bool:
        return self.folder is not None


class SituationWatch(QObject):
    """Listens to everything that a situation is made of.

    Args:
        state: what was found.
        workflow: whether something runs.
        search: where the questions about neighbors stand.
        organizer: what was done to files.
        corrections: what can be undone.
        runner: says when jobs begin and end.
        window: that all of it stands in.
    """

    changed = Signal(object)
    """The new `Situation`."""

    def __init__(
        self,
        state: AppState,
        workflow: Workflow,
        search: NeighborSearch,
        organizer: Organizer,
        corrections: Corrections,
        runner: JobRunner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._workflow = workflow
        self._search = search
        self._organizer = organizer
        self._corrections = corrections
        self._panes: frozenset[str] = frozenset()
        self._has_panes = False
        self._sees_choice = True
        for signal in (
            state.folder_changed,
            state.photos_changed,
            state.photos_added,
            state.groups_changed,
            corrections.changed,
            state.selected_group_changed,
            state.selection_changed,
            state.selected_photo_changed,
            search.history_changed,
            runner.busy_changed,
        ):
            signal.connect(self.announce)

    def show_panes(self, panes: frozenset[str], in_sight: bool) -> None:
        """Take in which panes are not hidden, and whether their page is in sight."""
        self._panes, self._has_panes = panes, in_sight
        self.announce()

    def show_choice(self, in_sight: bool) -> None:
        """Take in whether the page in sight shows what is selected: no key may act on what lies below another page."""
        if in_sight != self._sees_choice:
            self._sees_choice = in_sight
            self.announce()

    def announce(self) -> None:
        """Say how things stand."""
        state, stack = self._state, self._corrections.stack
        group = state.group(state.selected_group)
        self.changed.emit(
            Situation(
                folder=state.folder,
                has_photos=bool(state.photos),
                has_groups=bool(state.groups),
                has_photo=self._sees_choice and state.selected_photo is not None,
                selected=state.selection.size if self._sees_choice else 0,
                has_named_group=self._sees_choice and state.selected_group not in (ALL_PHOTOS, UNSURE),
                can_go_back=self._search.can_go_back,
                can_go_forward=self._search.can_go_forward,
                busy=self._workflow.is_working,
                organizing=self._organizer.is_busy,
                undo=stack.undoText() if state.groups else "",
                redo=stack.redoText() if state.groups else "",
                first_groups=tuple(self._corrections.name(one.id) for one in sure_groups(state.groups)[:9]),
                group_locked=group is not None and group.locked,
                group_hidden=group is not None and group.hidden,
                group_suggested=group is not None and group.suggested,
                has_suggested=any(one.suggested for one in state.groups),
                photos_locked=bool(state.selection.size) and not without(state.selection, state.curation.placed).size,
                has_unsure=state.group(UNSURE) is not None,
                full_screen=self._window.isFullScreen(),
                panes=self._panes,
                has_panes=self._has_panes,
            )
        )
