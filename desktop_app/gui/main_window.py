"""The window: puts the parts together, and nothing more."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPixmapCache
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.engine import log
from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import UNSURE
from desktop_app.engine.wording import counted, display_path
from desktop_app.gui.actions import Actions, Situation
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.bars.notice_bar import NoticeBar, WorkBar
from desktop_app.gui.bars.status_line import StatusLine
from desktop_app.gui.bars.tool_bar import MainToolBar
from desktop_app.gui.bars.welcome_page import PROMISE, WelcomePage, dropped_folder
from desktop_app.gui.commands import Commands
from desktop_app.gui.dialogs import messages
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.neighbor_search import NeighborSearch
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.workflow import Workflow
from desktop_app.gui.reports import Reports
from desktop_app.gui.theme import apply_theme
from desktop_app.gui.views.elbow import ElbowView
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import GroupsView
from desktop_app.gui.views.neighbors import NeighborsView
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from desktop_app.gui.window_settings import WindowSettings

_TILE_CACHE_KB = 65_536


class MainWindow(QMainWindow):
    """Kindred's one window.

    Args:
        settings: the person's.
        model: name of a model that replaces the one in the settings.
    """

    def __init__(self, settings: Settings, model: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Kindred")
        self.memory = WindowSettings()
        self.state = AppState(self)
        self.runner = JobRunner(parent=self)
        self.thumbnails = Thumbnails(self.runner, parent=self)
        self.workflow = Workflow(self.state, self.runner, self.thumbnails, settings, model, self)
        self.search = NeighborSearch(self.workflow, self.state, self.runner, self)
        self.organizer = Organizer(self.workflow, self.runner, self)
        self.notice = NoticeBar()
        self.work_bar = WorkBar()
        self.commands = Commands(self)
        self.actions_by_id = Actions(self, self.commands.handlers())
        self.recent_menu = QMenu("Open &recent", self)
        self.actions_by_id.menus["File"].insertMenu(self.actions_by_id["open_sample"], self.recent_menu)
        self.reports = Reports(self)

        self._make_views(model or settings.model)
        self._connect()
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize() * 0.94))
        self.setMinimumSize(760, 480)
        self.restoreGeometry(self.memory.bytes("geometry"))
        for name, splitter in self._splitters.items():
            splitter.restoreState(self.memory.bytes(f"splitter_{name}"))
        self.actions_by_id[f"theme_{settings.theme}"].setChecked(True)
        self.refresh_recent()
        self.refresh()

    def _make_views(self, model: str) -> None:
        state, thumbnails, actions = self.state, self.thumbnails, self.actions_by_id
        self.welcome = WelcomePage()
        self.groups_view = GroupsView(state, thumbnails)
        self.scatter = ScatterView(state, thumbnails)
        self.grid = GridView(state, thumbnails, self.memory.number("thumbnail_side", 112))
        self.neighbors = NeighborsView(state, thumbnails, actions["back"], actions["forward"])
        self.elbow = ElbowView(state)
        self.tools = MainToolBar(state, self.recent_menu, actions["organize"], model)
        self.addToolBar(self.tools)
        self.status_line = StatusLine(state)
        self.setStatusBar(self.status_line)
        middle = _splitter(Qt.Orientation.Vertical, (self.scatter, 5), (self.grid, 4))
        right = _splitter(Qt.Orientation.Vertical, (self.neighbors, 3), (self.elbow, 2))
        panes = _splitter(Qt.Orientation.Horizontal, (self.groups_view, 0), (middle, 1), (right, 0))
        panes.setSizes([230, 830, 340])
        middle.setSizes([480, 380])
        right.setSizes([500, 330])
        self._splitters = {"panes": panes, "middle": middle, "right": right}
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(panes)
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.work_bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(center)

    def _connect(self) -> None:
        state, flow, search, commands = self.state, self.workflow, self.search, self.commands
        self.welcome.open_wanted.connect(commands.open_folder)
        self.welcome.sample_wanted.connect(commands.open_sample)
        self.welcome.folder_wanted.connect(self.open_folder)
        self.groups_view.group_chosen.connect(state.select_group)
        self.groups_view.unsure_chosen.connect(flow.choose_unsure)
        self.groups_view.menu_wanted.connect(lambda where: self.actions_by_id.menus["Group"].popup(where))
        self.scatter.photo_clicked.connect(search.select_photo)
        self.grid.photo_chosen.connect(search.select_photo)
        self.grid.photo_opened.connect(lambda _photo: commands.open_photo())
        self.neighbors.photo_chosen.connect(search.select_photo)
        for view in (self.grid, self.neighbors):
            view.menu_wanted.connect(lambda where: self.actions_by_id.menus["Image"].popup(where))
        self.elbow.k_chosen.connect(flow.choose_k)
        self.tools.k_chosen.connect(flow.choose_k)
        self.tools.method_chosen.connect(flow.choose_method)
        self.tools.model_chosen.connect(commands.model)
        self.status_line.problems_wanted.connect(commands.problems)
        self.work_bar.pause_wanted.connect(flow.set_paused)
        self.work_bar.cancel_wanted.connect(flow.cancel)
        for signal in (
            state.folder_changed,
            state.photos_changed,
            state.photos_added,
            state.groups_changed,
            state.selected_group_changed,
            state.selected_photo_changed,
            search.history_changed,
            self.organizer.runs_changed,
            self.runner.busy_changed,
        ):
            signal.connect(self.refresh)

    def open_folder(self, folder: Path) -> None:
        """Look at ``folder``, whatever was open before."""
        if not self.organizer.is_busy:
            self.notice.hide()
            self.workflow.open_folder(folder.absolute())
            if not self.memory.recent():
                self.notice.announce(PROMISE)

    def refresh_recent(self) -> None:
        """Offer the folders opened before, in the menu and on the first page."""
        folders = self.memory.recent()
        self.welcome.set_recent(folders)
        self.recent_menu.clear()
        for folder in folders:
            entry = self.recent_menu.addAction(display_path(folder))
            entry.triggered.connect(partial(self.open_folder, folder))
        self.recent_menu.addSeparator()
        self.recent_menu.addAction("Open folder…", self.commands.open_folder)

    def refresh(self) -> None:
        """Show the page, the title and the actions that fit what there is."""
        state, flow = self.state, self.workflow
        self.pages.setCurrentIndex(0 if state.folder is None else 1)
        self.tools.setVisible(state.folder is not None)
        self.setWindowTitle(f"{state.folder.name or state.folder} – Kindred" if state.folder is not None else "Kindred")
        working = flow.is_working
        if not working:
            self.work_bar.end()
        self.status_line.set_activity("working" if working else "idle")
        run = self.organizer.undoable
        undo = self.actions_by_id["undo"]
        undo.setText("&Undo" if run is None else f"&Undo {noun(run.action)} of {counted(run.photos, 'photo')}")
        self.actions_by_id.update(
            Situation(
                has_folder=state.folder is not None,
                has_photos=bool(state.photos),
                has_groups=bool(state.groups),
                has_photo=state.selected_photo is not None,
                has_named_group=state.selected_group not in (ALL_PHOTOS, UNSURE),
                can_go_back=self.search.can_go_back,
                can_go_forward=self.search.can_go_forward,
                can_undo=run is not None,
                busy=working,
                organizing=self.organizer.is_busy,
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # A photo dragged out of our own grid is no folder to open.
        if event.source() is None and dropped_folder(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_folder(event)
        if folder is not None:
            event.acceptProposedAction()
            self.open_folder(folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go out of sight at once; the threads stop at their next step, and only then does anything go away."""
        self.memory.set_bytes("geometry", self.saveGeometry())
        for name, splitter in self._splitters.items():
            self.memory.set_bytes(f"splitter_{name}", splitter.saveState())
        self.memory.set_number("thumbnail_side", self.grid.list.side)
        self.memory.save()
        self.hide()
        self.workflow.close()
        super().closeEvent(event)


def _splitter(orientation: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(5)
    for index, (widget, stretch) in enumerate(parts):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, stretch)
    return splitter


def run(folder: Path | None, settings: Settings, model: str | None) -> int:
    """Open the window and stay until it is closed.

    Args:
        folder: to look at; None shows the first page.
        settings: the person's.
        model: name of a model that replaces the one in the settings.

    Returns:
        The exit code.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("kindred")
    application.setApplicationDisplayName("Kindred")
    application.setDesktopFileName("kindred")
    QPixmapCache.setCacheLimit(_TILE_CACHE_KB)
    # Each call into Qt gives up the interpreter's lock and must win it back from the working threads: with the usual
    # 5 ms a turn, painting a screen of photos while others are being read takes half a second.
    sys.setswitchinterval(0.001)
    end_log = log.keep("window")
    apply_theme(settings.theme)
    window = MainWindow(settings, model)
    messages.catch_unexpected(window)
    window.show()
    window.organizer.start_up()
    if folder is not None:
        window.open_folder(folder)
    code = application.exec()
    window.workflow.close()
    end_log()
    return code
