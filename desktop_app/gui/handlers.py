"""What menu entries do, where it takes more than one call: dialogs, other programs, settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.engine import paths, runs, settings
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.locate import existing
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Photo, PhotoFile, Problem
from desktop_app.engine.version import version
from desktop_app.engine.wording import ELSEWHERE, display_path
from desktop_app.gui import desktop
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.bars.welcome_page import PROMISE
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.models import ModelsDialog
from desktop_app.gui.dialogs.palette import Palette
from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.dialogs.settings import SettingsDialog, say_unread
from desktop_app.gui.dialogs.shortcuts import ShortcutsDialog
from desktop_app.gui.docks.panes import Panes
from desktop_app.gui.duplicates.page import DuplicatesPage
from desktop_app.gui.filing import Filing
from desktop_app.gui.job_runner import Emit, JobRunner
from desktop_app.gui.jobs.duplicates import DuplicateSearch
from desktop_app.gui.jobs.grouping import Grouping
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.jobs.models import ModelKeeper
from desktop_app.gui.jobs.neighbor_search import NeighborSearch
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.regrouping import Regrouping
from desktop_app.gui.jobs.workflow import Workflow
from desktop_app.gui.keys import Keys
from desktop_app.gui.organizing import Organizing
from desktop_app.gui.recent_folders import RecentFolders
from desktop_app.gui.theme import apply_theme
from desktop_app.gui.viewer.unsure_page import UnsurePage
from desktop_app.gui.viewer.viewer import MOST_COMPARED, Viewer
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import GroupsView
from desktop_app.gui.views.scatter import ScatterView

if TYPE_CHECKING:
    from desktop_app.engine.job import JobContext


@dataclass(eq=False)
class Handlers:
    """The parts of the window that menu entries work on, and what the longer ones do with them.

    Attributes:
        window: stands behind the dialogs.
        organizing: what touches files.
    """

    window: QWidget
    state: AppState
    runner: JobRunner
    workflow: Workflow
    search: NeighborSearch
    organizer: Organizer
    recent: RecentFolders
    notice: NoticeBar
    groups_view: GroupsView
    scatter: ScatterView
    grid: GridView
    panes: Panes
    viewer: Viewer
    filing: Filing
    duplicates: DuplicatesPage
    trash: DuplicateSearch
    unsure_page: UnsurePage
    keys: Keys
    models: ModelKeeper
    grouping: Grouping
    regrouping: Regrouping
    _models: ModelsDialog | None = field(default=None, init=False)
    _problems: ProblemsView | None = field(default=None, init=False)
    _left_alone: tuple[Problem, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        self.organizing = Organizing(
            window=self.window,
            state=self.state,
            workflow=self.workflow,
            organizer=self.organizer,
            trash=self.trash,
            notice=self.notice,
            corrections=self.filing.corrections,
            open_folder=self.open_folder,
            rescan=self.rescan,
        )
        self.models.said.connect(self.say_of_models)
        self.models.learned.connect(lambda text: self.say_of_models(text, way_back=True))

    # Folders

    def open_folder(self, folder: Path) -> None:
        """Look at ``folder``, whatever was open before."""
        if self.organizer.is_busy:
            # The library in use is the one that files are being organized from.
            self.notice.announce(tr("Files are being organized. Another folder can be opened when that is done."))
            return
        self.notice.hide()
        if not self.recent.folders:
            self.notice.announce(tr(PROMISE))
        self.workflow.open_folder(folder.absolute())

    def rescan(self, *, retry: bool = False) -> None:
        """Look at the folder again; the selected photos and the group stay selected.

        Args:
            retry: read the files again that could not be read before.
        """
        folder = self.state.folder
        if folder is None or self.organizer.is_busy:
            return
        if not folder.is_dir():
            text = tr(
                "The folder {folder} is not there any more. What was read of it stays in sight.",
                folder=display_path(folder),
            )
            went = runs.where_it_went(folder)
            offers = [(tr("Open folder…"), self.choose_folder), (tr("Look again"), self.rescan)]
            if went:
                offers.insert(0, (tr("History"), self.organizing.show_history))
            self.notice.announce(f"{text} {went or tr(ELSEWHERE)}", offers, warning=True)
            return
        self.workflow.rescan(retry=retry)

    def choose_folder(self) -> None:
        """Ask which folder to look at."""
        known = (self.state.folder, *self.recent.folders)
        # Not where Kindred draws its sample album: nobody finds the way to their photos from there.
        latest = next((folder for folder in known if folder not in (None, paths.sample_album_dir())), None)
        # A folder that is gone: near the place where it was.
        start = existing(latest or Path.home())
        chosen = QFileDialog.getExistingDirectory(self.window, tr("Open a folder of photos"), str(start))
        if chosen:
            self.open_folder(Path(chosen))

    def open_sample(self) -> None:
        """Draw the sample album once, in a thread, and look at it."""
        folder = paths.sample_album_dir()

        def work(ctx: JobContext, _emit: Emit) -> Path:
            from desktop_app.engine.sample.album import make_sample_album

            make_sample_album(folder)
            ctx.check()
            return folder

        self.workflow.work_began.emit(Lane.SAMPLE, tr("Drawing the sample album…"))
        self.runner.start(Lane.SAMPLE, work, done=self.open_folder, failed=self.workflow.failed.emit)

    # Photos

    def _chosen_paths(self) -> list[Path]:
        """The selected photos, in the order of their paths."""
        photos = map(self.state.photos.get, self.state.selection.tolist())
        return sorted(photo.path for photo in photos if photo is not None)

    def _current_path(self) -> Path | None:
        """The photo that is looked at, or else the first that is selected."""
        photo = self.state.photos.get(self.state.selected_photo or 0)
        return photo.path if photo is not None else next(iter(self._chosen_paths()), None)

    def copy_path(self) -> None:
        """Put the paths of the chosen photos on the clipboard."""
        desktop.copy_paths(self._chosen_paths())

    def view_photo(self) -> None:
        """Show the chosen photo large, and walk among the selected ones, or among all that the grid shows."""
        current, shown = self.state.selected_photo, self.grid.model.ids
        if current is not None:
            selected = self.state.selection.size > 1
            self.viewer.open(shown[np.isin(shown, self.state.selection)] if selected else shown, current)

    def compare(self) -> None:
        """Show two to four selected photos side by side."""
        if 2 <= self.state.selection.size <= MOST_COMPARED:
            self.viewer.compare(self.state.selection.tolist())
        else:
            self.notice.announce(
                tr("Select two to {most} photos to compare them: Ctrl and a click adds one.", most=MOST_COMPARED)
            )

    def decide_unsure(self) -> None:
        """Show the unsure photos one by one, in place of any other page."""
        self._leave_pages()
        self.unsure_page.open()

    def find_duplicates(self) -> None:
        """Show what is there more than once, in place of any other page."""
        if not self.state.checked:
            self.organizing.say_unchecked()
            return
        self._leave_pages()
        self.duplicates.open()

    def _leave_pages(self) -> None:
        self.viewer.close_view()
        self.duplicates.leave()
        self.unsure_page.leave()

    def open_photo(self) -> None:
        """Open the current photo in the program made for it."""
        path = self._current_path()
        if path is not None:
            self.open_path(path)

    def open_item(self, item: Photo | PhotoFile) -> None:
        """Show a photo large; one that was not looked at yet is opened in the program made for it."""
        if isinstance(item, Photo):
            self.view_photo()
        else:
            self.open_path(item.path)

    def open_path(self, path: Path) -> None:
        """Open a file in the program made for it."""
        if self._is_there(path) and not desktop.open_file(path):
            text = tr("No program on this computer opens {file}.", file=display_path(path))
            self.notice.announce(text, warning=True)

    def _is_there(self, path: Path) -> bool:
        if os.path.lexists(path):
            return True
        self.notice.announce(
            tr(
                "{file} is not there any more. It was moved, renamed or deleted since the folder was read.",
                file=display_path(path),
            ),
            [(tr("Look again"), self.rescan)],
            warning=True,
        )
        return False

    def show_in_folder(self) -> None:
        """Show the current photo in the file manager."""
        path = self._current_path()
        if path is not None:
            self.show_path(path)

    def show_path(self, path: Path) -> None:
        """Show a file or folder in the file manager."""
        if self._is_there(path) and not desktop.show_in_folder(path):
            self.notice.announce(tr("No file manager answered. The file is {file}", file=display_path(path)))

    def find_similar(self) -> None:
        """Show the photos most like the chosen one."""
        if self.state.selected_photo is not None:
            self.panes.bring("neighbors")
            self.search.ask(self.state.selected_photo)

    def find_similar_to_file(self) -> None:
        """Ask for any picture and show the photos most like it."""
        start = str(self.state.folder or Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self.window, tr("Find photos similar to a picture"), start)
        if chosen:
            self.panes.bring("neighbors")
            self.search.ask(Path(chosen))

    # What could not be read

    def show_problems(self) -> None:
        """Show the files that could not be read, and what was left out, each with the reason."""
        if self._problems is None:
            self._problems = ProblemsView(self.state, self.window)
            self._problems.show_wanted.connect(self.show_path)
            self._problems.retry_wanted.connect(lambda: self.rescan(retry=True))
            self._problems.set_left_alone(self._left_alone)
        self._problems.show()
        self._problems.raise_()

    def set_left_alone(self, problems: tuple[Problem, ...]) -> None:
        """Keep what the latest run did not handle: it stays listed when its notice is gone."""
        self._left_alone = problems
        if self._problems is not None:
            self._problems.set_left_alone(problems)

    def show_left_alone(self) -> None:
        """Show the files that the latest run did not handle, each with the reason."""
        self.show_problems()
        assert self._problems is not None
        self._problems.tabs.setCurrentIndex(ProblemsView.LEFT_ALONE)

    # The window itself

    def switch_full_screen(self) -> None:
        """Fill the screen, or return from it."""
        self.window.setWindowState(self.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def choose_theme(self, name: str) -> None:
        """Repaint at once, and remember."""
        apply_theme(name)
        self._keep(theme=name)

    def show_models(self) -> None:
        """Show the models there are, with what can be done with them."""
        if self._models is None:
            self._models = ModelsDialog(self.models, self.window)
        self._models.show()
        self._models.raise_()

    def say_of_models(self, text: str, *, way_back: bool = False) -> None:
        """Say what became of models where their dialog, which says it itself, is not in sight."""
        if self._models is None or not self._models.isVisible():
            offers: list[tuple[str, Callable[[], object]]] = [(tr("Models…"), self.show_models)]
            if way_back and self.models.before is not None:
                offers.append((tr("Take it back"), self.models.take_back))
            self.notice.announce(text, offers)

    def _keep(self, **changes: Any) -> None:
        """Keep a setting, on top of what the file says now: the command line may have changed others meanwhile."""
        self.workflow.set_settings(**changes)
        before = self._kept_settings()
        if before is not None:
            settings.save(replace(before, **changes))

    def show_settings(self) -> None:
        """Show the settings as a form."""
        before = self._kept_settings()
        if before is not None:
            SettingsDialog(before, self._take_settings, self.window).open()

    def _kept_settings(self) -> Settings | None:
        """What the file says; None, said to the person, where it cannot be followed."""
        try:
            return settings.load()
        except UserError as error:
            self.say_unread_settings(error)
            return None

    def say_unread_settings(self, error: UserError) -> None:
        """Say that the file of settings cannot be followed, and offer ways out."""
        say_unread(self.window, error, self.show_path, self.notice.announce)

    def _take_settings(self, new: Settings) -> None:
        before = settings.load()
        settings.save(new)
        self.workflow.set_settings(**{one.name: getattr(new, one.name) for one in fields(Settings)})
        if new.theme != before.theme:
            apply_theme(new.theme)
        if any(getattr(new, name) != getattr(before, name) for name in ("model", "device", "precision", "exclude")):
            self.workflow.forget_model()
            self.workflow.rescan()

    def find_action(self) -> None:
        """Find any action by a few letters."""
        Palette(self.keys.actions, self.window).open()

    def show_keys(self) -> None:
        """Show the keys of every action, to change them."""
        ShortcutsDialog(self.keys, self.window).show()

    def explain_words(self) -> None:
        """Say what the words of the window mean."""
        self._box(tr("What the words mean"), messages.words())

    def show_about(self) -> None:
        """Say what this program is."""
        said = tr("Sorts photo folders by what the pictures show, on this computer alone: nothing is sent anywhere.")
        text = f"<h3>Kindred {version()}</h3><p>{said}</p><p>Apache License 2.0</p>"
        page = paths.licences_page()
        if page.is_file():
            qt = tr("The window uses Qt and Qt for Python under the LGPL, version 3.")
            licences = tr("Licences of all that is inside")
            text += f'<p>{qt} <a href="{page.as_uri()}">{licences}</a></p>'
        self._box(tr("About Kindred"), text)

    def _box(self, title: str, text: str) -> None:
        messages.Explanation(title, text, self.window).open()
