"""What touches files, asked for by menu and notices: organizing, keywords in sidecars, and the way back of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import KEYWORDS, noun, takes_source
from desktop_app.engine.types import Group
from desktop_app.engine.wording import display_path
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.corrections import Corrections
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.dialogs.keywords import KeywordsDialog
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.jobs.duplicates import DuplicateSearch
from desktop_app.gui.jobs.organizer import LeftOver, Organizer
from desktop_app.gui.jobs.workflow import Workflow

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.trash import Batch


@dataclass(eq=False)
class Organizing:
    """Shows what would be done with files before anything is, and asks before it is taken back.

    Attributes:
        window: stands behind the dialogs.
        open_folder: looks at another folder.
        rescan: looks at the folder again.
    """

    window: QWidget
    state: AppState
    workflow: Workflow
    organizer: Organizer
    trash: DuplicateSearch
    notice: NoticeBar
    corrections: Corrections
    open_folder: Callable[[Path], None]
    rescan: Callable[[], None]
    _continue: LeftOver | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.state.folder_changed.connect(self._forget)
        self.state.groups_changed.connect(self._continue_now)
        self.state.checked_changed.connect(self._continue_now)

    def organize(self) -> None:
        """Show what organizing all groups would do."""
        self._organize(self.state.groups)

    def organize_group(self) -> None:
        """Show what organizing the chosen group would do."""
        group = self.state.group(self.state.selected_group)
        if group is not None:
            self._organize((group,))

    def organize_selection(self) -> None:
        """Show what filing the selected photos alone, into one folder, would do."""
        photo_ids = self.state.selection
        if photo_ids.size:
            self._organize((Group(0, tr("Selection"), photo_ids, int(photo_ids[0])),))

    def _organize(self, groups: tuple[Group, ...], left: LeftOver | None = None) -> None:
        state = self.state
        if not state.checked:
            self.say_unchecked()
        elif state.folder is not None and state.clustering is not None and groups:
            dialog = OrganizeDialog(
                self.organizer, state.folder, groups, state.clustering, state.photos.get, self.window
            )
            if left is not None:
                dialog.ask_for(left.destination, left.action)
            dialog.names_used.connect(self.corrections.keep_names)
            dialog.open()

    def write_keywords(self) -> None:
        """Show which sidecars would get the names of the groups as keywords."""
        state = self.state
        if not state.checked:
            self.say_unchecked()
        elif state.folder is not None and state.clustering is not None and state.groups:
            dialog = KeywordsDialog(self.organizer, state.folder, state.groups, state.clustering, self.window)
            dialog.names_used.connect(self.corrections.keep_names)
            dialog.open()

    def say_unchecked(self) -> None:
        """Say why no file is touched now, and what to do."""
        working, previews = self.workflow.is_working, self.workflow.shows_previews
        if working and previews:
            text = tr("The photos are being read in full. Files can be organized as soon as that is done.")
        elif working:
            text = tr("The folder is being checked. Files can be organized as soon as that is done.")
        elif previews:
            text = tr("These groups come from the files' previews. No file is touched before it was read in full.")
        else:
            text = tr("What is shown is how the folder was left. No file is touched before it was looked at again.")
        self.notice.announce(text, [] if working else [(tr("Look again"), self.rescan)])

    def continue_run(self, left: LeftOver) -> None:
        """Show what is left to do of a run that ended early, as soon as its folder's groups are there."""
        self._continue = left
        if self.state.folder != left.root:
            self.open_folder(left.root)
        else:
            self._continue_now()

    def _continue_now(self) -> None:
        left = self._continue
        there = left is not None and self.state.folder == left.root and self.state.groups
        if left is not None and there and self.state.checked:
            self._continue = None
            self._organize(self.state.groups, left)

    def undo_run(self, run_id: str) -> None:
        """Take a run back, once the person has seen what and where, and agrees."""
        run = self.organizer.run(run_id)
        if run is None or self.organizer.is_busy:
            return
        if run.action == KEYWORDS:
            told = tr("Sidecars become what they were, and new ones go. What was changed since is left alone.")
        elif takes_source(run.action):
            told = tr(
                "They return to {folder}. What was changed since stays where it is.", folder=display_path(run.root)
            )
        else:
            told = tr("What was made there goes; the originals stay. What was changed since is left alone.")
        of = tr("%n photos", "", run.photos, one="%n photo")
        what, where = noun(run.action), display_path(run.destination)
        messages.ask(
            self.window,
            tr("Take back the {run} of {photos} in {folder}?", run=what, photos=of, folder=where)
            if run.action == KEYWORDS
            else tr("Take back the {run} of {photos} to {folder}?", run=what, photos=of, folder=where),
            told,
            (
                (
                    tr("Take back %n photos", "", run.photos, one="Take back %n photo"),
                    QMessageBox.ButtonRole.AcceptRole,
                    lambda: self.organizer.undo(run_id),
                ),
                (tr("Leave as it is"), QMessageBox.ButtonRole.RejectRole, None),
            ),
        )

    def bring_back(self, batch: Batch) -> None:
        """Take duplicates out of the trash, once the person has seen which and where to, and agrees."""
        if self.organizer.is_busy:
            return
        count = batch.photos
        messages.ask(
            self.window,
            tr("Bring %n photos back from the trash?", "", count, one="Bring %n photo back from the trash?"),
            tr(
                "To {folder}, with all files that belong there. "
                "Where another file has the name by now, the one in the trash stays there.",
                folder=display_path(batch.folder),
            ),
            (
                (
                    tr("Bring back %n photos", "", count, one="Bring back %n photo"),
                    QMessageBox.ButtonRole.AcceptRole,
                    lambda: self.trash.bring_back(batch),
                ),
                (tr("Leave as it is"), QMessageBox.ButtonRole.RejectRole, None),
            ),
        )

    def show_history(self) -> None:
        """Show what was organized so far and what went to the trash, with a way back from each."""
        dialog = HistoryDialog(self.organizer, self.trash, self.undo_run, self.bring_back, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _forget(self) -> None:
        if self._continue is not None and self.state.folder != self._continue.root:
            self._continue = None
