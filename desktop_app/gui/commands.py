"""What each menu action does: a line or two each, over the workflow and the views."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.engine import paths
from desktop_app.engine.types import Group
from desktop_app.engine.wording import display_path
from desktop_app.gui import desktop
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.job_runner import Emit
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.theme import apply_theme

if TYPE_CHECKING:
    from desktop_app.engine.job import JobContext
    from desktop_app.gui.main_window import MainWindow


class Commands:
    """Handlers of the actions, by id.

    Args:
        window: whose parts they work on; they are looked up when an action is used, not before.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._problems: ProblemsView | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """One function for every action in `actions.ACTIONS`."""
        window = self._window
        return {
            "open_folder": self.open_folder,
            "open_sample": self.open_sample,
            "rescan": lambda: window.workflow.rescan(),
            "close_folder": lambda: window.workflow.close_folder(),
            "quit": window.close,
            "undo": lambda: window.organizer.undo(),
            "copy_path": self.copy_path,
            "select_all": lambda: window.grid.list.selectAll(),
            "select_none": lambda: window.grid.list.clearSelection(),
            "larger": lambda: window.grid.resize_thumbnails(1),
            "smaller": lambda: window.grid.resize_thumbnails(-1),
            "fit_map": lambda: window.scatter.show_everything(),
            "problems": self.problems,
            "full_screen": self.full_screen,
            "open_photo": self.open_photo,
            "show_in_folder": self.show_in_folder,
            "similar": self.similar,
            "similar_to_file": self.similar_to_file,
            "back": lambda: window.search.step(-1),
            "forward": lambda: window.search.step(1),
            "rename_group": lambda: window.groups_view.rename_current(),
            "organize_group": self.organize_group,
            "next_group": lambda: window.groups_view.step(1),
            "previous_group": lambda: window.groups_view.step(-1),
            "organize": self.organize,
            "suggested_k": lambda: window.workflow.choose_k(None),
            "history": self.history,
            "cancel": lambda: window.workflow.cancel(),
            "theme_system": lambda: self.theme("system"),
            "theme_light": lambda: self.theme("light"),
            "theme_dark": lambda: self.theme("dark"),
            "words": self.words,
            "open_logs": lambda: desktop.open_file(paths.log_dir()),
            "about": self.about,
        }

    def open_folder(self) -> None:
        start = self._window.state.folder or next(iter(self._window.memory.recent()), Path.home())
        chosen = QFileDialog.getExistingDirectory(self._window, "Open a folder of photos", str(start))
        if chosen:
            self._window.open_folder(Path(chosen))

    def open_sample(self) -> None:
        """Draw the sample album once, in a thread, and look at it."""
        folder = paths.sample_album_dir()

        def work(_ctx: JobContext, _emit: Emit) -> Path:
            from desktop_app.engine.sample.album import make_sample_album

            make_sample_album(folder)
            return folder

        runner, window = self._window.runner, self._window
        runner.start(Lane.SAMPLE, work, done=window.open_folder, failed=window.workflow.failed.emit)

    def _chosen_paths(self) -> list[Path]:
        """The photos of the Image menu: the selected ones of the grid, or the one chosen elsewhere."""
        state = self._window.state
        ids = self._window.grid.list.selected_ids()
        if state.selected_photo is not None and state.selected_photo not in ids:
            ids = [state.selected_photo]
        return [item.path for item in map(state.item, ids) if item is not None]

    def copy_path(self) -> None:
        desktop.copy_paths(self._chosen_paths())

    def open_photo(self) -> None:
        for path in self._chosen_paths()[:1]:
            if not desktop.open_file(path):
                self._window.notice.announce(f"No program on this computer opens {display_path(path)}.")

    def show_in_folder(self) -> None:
        for path in self._chosen_paths()[:1]:
            self.show_path(path)

    def show_path(self, path: Path) -> None:
        if not desktop.show_in_folder(path):
            self._window.notice.announce(f"No file manager answered. The file is {display_path(path)}")

    def similar(self) -> None:
        if self._window.state.selected_photo is not None:
            self._window.search.ask(self._window.state.selected_photo)

    def similar_to_file(self) -> None:
        start = str(self._window.state.folder or Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Find photos similar to a picture", start)
        if chosen:
            self._window.search.ask(Path(chosen))

    def problems(self) -> None:
        if self._problems is None:
            self._problems = ProblemsView(self._window.state, self._window)
            self._problems.show_wanted.connect(self.show_path)
        self._problems.show()
        self._problems.raise_()

    def history(self) -> None:
        dialog = HistoryDialog(self._window.organizer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def organize(self) -> None:
        self._organize(self._window.state.groups)

    def organize_group(self) -> None:
        group = self._window.state.group(self._window.state.selected_group)
        if group is not None:
            self._organize((group,))

    def _organize(self, groups: tuple[Group, ...]) -> None:
        folder = self._window.state.folder
        if folder is not None and groups:
            OrganizeDialog(self._window.organizer, folder, groups, self._window).open()

    def full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def theme(self, name: str) -> None:
        """Repaint at once, and remember."""
        from desktop_app.engine import settings

        apply_theme(name)
        settings.save(self._window.workflow.set_settings(theme=name))

    def model(self, name: str) -> None:
        """Look at the folder with another model at once, and remember."""
        from desktop_app.engine import settings

        self._window.workflow.choose_model(name)
        settings.save(self._window.workflow.set_settings(model=name))

    def words(self) -> None:
        self._box("What the words mean", messages.WORDS)

    def about(self) -> None:
        version = metadata.version("kindred")
        text = (
            f"<h3>Kindred {version}</h3><p>Sorts photo folders by what the pictures show, on this computer alone: "
            "nothing is sent anywhere.</p><p>Apache License 2.0</p>"
        )
        self._box("About Kindred", text)

    def _box(self, title: str, text: str) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(text)
        box.open()
