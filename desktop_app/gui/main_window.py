"""The window: makes the parts, ties them together, and nothing more.

Where to look: what a menu entry does in `menu` and `handlers`; what runs in the background in `jobs/`; what is known at
the moment in `app_state`; what is drawn in `views/` and `bars/`; what is said about results in `announcer`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPixmapCache
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.engine import log
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr
from desktop_app.engine.settings import Settings
from desktop_app.gui import languages
from desktop_app.gui.announcer import Announcer
from desktop_app.gui.app_icon import app_icon
from desktop_app.gui.app_state import AppState
from desktop_app.gui.bars.notice_bar import NoticeBar
from desktop_app.gui.bars.status_line import StatusLine
from desktop_app.gui.bars.tool_bar import MainToolBar
from desktop_app.gui.bars.welcome_page import WelcomePage, accept_unmoved, dropped_folder
from desktop_app.gui.bars.work_bar import WorkBar
from desktop_app.gui.bookmarks import Bookmarks
from desktop_app.gui.closing import Closing
from desktop_app.gui.collecting import Collecting
from desktop_app.gui.corrections import Corrections
from desktop_app.gui.dialogs import messages
from desktop_app.gui.docks.panes import Pane, Panes
from desktop_app.gui.duplicates.page import DuplicatesPage
from desktop_app.gui.filing import Filing
from desktop_app.gui.focus_frame import FocusFrame
from desktop_app.gui.handlers import Handlers
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.jobs.duplicates import DuplicateSearch
from desktop_app.gui.jobs.grouping import Grouping
from desktop_app.gui.jobs.lanes import ASKED_FOR
from desktop_app.gui.jobs.lost_thumbnails import LostThumbnails
from desktop_app.gui.jobs.models import ModelKeeper
from desktop_app.gui.jobs.neighbor_search import NeighborSearch
from desktop_app.gui.jobs.organizer import Organizer
from desktop_app.gui.jobs.regrouping import Regrouping
from desktop_app.gui.jobs.splitter import Splitter
from desktop_app.gui.jobs.tables import Tables
from desktop_app.gui.jobs.teacher import Teacher
from desktop_app.gui.jobs.workflow import Workflow
from desktop_app.gui.menu import Menus
from desktop_app.gui.plain_text import window_title
from desktop_app.gui.recent_folders import RecentFolders
from desktop_app.gui.situation import Situation, SituationWatch
from desktop_app.gui.theme import apply_theme
from desktop_app.gui.viewer.beside import Beside
from desktop_app.gui.viewer.unsure_page import UnsurePage
from desktop_app.gui.viewer.viewer import Viewer
from desktop_app.gui.views.elbow import ElbowView
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import GroupsView
from desktop_app.gui.views.neighbors import NeighborsView
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from desktop_app.gui.wheel_guard import WheelGuard
from desktop_app.gui.window_settings import WindowSettings

_TILE_CACHE_KB = 65_536
_SAID = 4_000  # milliseconds that a correction stays named at the foot
_NAMES_WIDTH = 192  # of the groups: as short as “Group 12” beside cover, mark, count and scroll bar
_SMALLEST = QSize(600, 330)  # a full HD screen at 300 % has 640 by 360, less a title bar


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
        LostThumbnails(self.state, self.runner, self.thumbnails, lambda: self.workflow.library, self)
        self.tables = Tables(self.state, self.runner, self)
        self.search = NeighborSearch(self.workflow, self.state, self.runner, self)
        self.organizer = Organizer(self.workflow, self.runner, self)
        self.models = ModelKeeper(self.workflow, self.state, self.runner, self.organizer, self)
        self.corrections = Corrections(self.state, self)
        self.grouping = Grouping(self.workflow, self.state, self.runner, self)
        self.regrouping = Regrouping(self.workflow, self.grouping, self.state, self.runner, self)
        self.recent = RecentFolders(self.state, self.memory, self)
        self.situations = SituationWatch(
            self.state, self.workflow, self.search, self.organizer, self.corrections, self.runner, self
        )
        # Views show some menu entries as buttons, and entries work on views: the menus exist first, and are connected
        # once there is something to work on.
        self.menus = Menus(self, self.memory)
        self._make_views(model or settings.model)
        self.bookmarks = Bookmarks(self.state, self.grid, self.scatter, self)
        self.filing = Filing(
            window=self,
            state=self.state,
            corrections=self.corrections,
            splitter=Splitter(self.workflow, self.runner),
            teacher=Teacher(self.workflow, self.state, self.runner),
            thumbnails=self.thumbnails,
            notice=self.notice,
            groups_view=self.groups_view,
            grid=self.grid,
        )
        self.handlers = Handlers(
            window=self,
            state=self.state,
            runner=self.runner,
            workflow=self.workflow,
            search=self.search,
            organizer=self.organizer,
            recent=self.recent,
            notice=self.notice,
            groups_view=self.groups_view,
            scatter=self.scatter,
            grid=self.grid,
            panes=self.panes,
            viewer=self.viewer,
            filing=self.filing,
            duplicates=self.duplicates,
            trash=self.trash,
            unsure_page=self.unsure_page,
            keys=self.menus.keys,
            models=self.models,
            grouping=self.grouping,
            regrouping=self.regrouping,
        )
        self.announcer = Announcer(
            window=self,
            state=self.state,
            workflow=self.workflow,
            organizer=self.organizer,
            notice=self.notice,
            work_bar=self.work_bar,
            handlers=self.handlers,
        )
        self.closing = Closing(self, self.organizer, self.runner, self.memory, self.work_bar)
        self._lay_out()
        self._connect()
        FocusFrame(self)
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize() * 0.94))
        self.setMinimumSize(_SMALLEST)
        self.restoreGeometry(self.memory.bytes("geometry"))
        self.panes.recall(self.memory.text("arrangement"), self.memory.bytes("panes"))
        self.menus[f"theme_{settings.theme}"].setChecked(True)
        self.recent.announce()
        self.situations.announce()

    def _make_views(self, model: str) -> None:
        state, thumbnails, menus = self.state, self.thumbnails, self.menus
        self.notice = NoticeBar()
        self.work_bar = WorkBar()
        self.welcome = WelcomePage()
        self.groups_view = GroupsView(state, thumbnails)
        self.groups_view.add_buttons(menus["teach"], menus["unsure"])
        # In a language of long words the buttons at its foot need more.
        self.groups_view.setMinimumWidth(max(_NAMES_WIDTH, self.groups_view.minimumSizeHint().width()))
        self.scatter = ScatterView(state, thumbnails)
        self.grid = GridView(state, thumbnails, self.memory.number("thumbnail_side", 112))
        self.neighbors = NeighborsView(state, thumbnails, menus["back"], menus["forward"])
        self.elbow = ElbowView(state)
        self.viewer = Viewer(state, thumbnails, self.runner)
        self.trash = DuplicateSearch(self.workflow, self.runner, self.organizer, self)
        self.duplicates = DuplicatesPage(state, thumbnails, self.trash)
        self.unsure_page = UnsurePage(state, thumbnails, self.runner, self.corrections)
        self.beside = Beside(state, thumbnails, self.runner, self)
        self.panes = Panes(
            (
                Pane("groups", tr("Groups"), self.groups_view, self.groups_view.head, self.groups_view.list),
                Pane("map", tr("Map"), self.scatter, self.scatter.head, self.scatter.plot),
                Pane("photos", tr("Photos"), self.grid, self.grid.head, self.grid.list),
                Pane("photo", tr("Large photo"), self.beside.photo, self.beside.photo.head, self.beside.photo.canvas),
                Pane("details", tr("Details"), self.beside.details, self.beside.details.head, self.beside.details.pane),
                Pane("neighbors", tr("Neighbors"), self.neighbors, self.neighbors.head, self.neighbors.list),
                Pane("elbow", tr("How many groups?"), self.elbow, self.elbow.head, self.elbow.chart),
            )
        )
        self.tools = MainToolBar(state, menus.recent, menus["organize"], model)
        self.status_line = StatusLine(state, self.work_bar)

    def _lay_out(self) -> None:
        self.addToolBar(self.tools)
        self.setStatusBar(self.status_line)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.panes)
        self.pages.addWidget(self.viewer)
        self.pages.addWidget(self.duplicates)
        self.pages.addWidget(self.unsure_page)
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(center)
        self.notice.setParent(center)
        # Where a notice stands on each page: over photos, never over what is pressed.
        self._grounds = (
            (self.welcome.area,),
            (self.grid.list, self.scatter.plot, self.panes),
            (self.viewer.photos,),
            (self.duplicates.list, self.duplicates.middle),
            (self.unsure_page.canvas,),
        )
        WheelGuard(self)

    def _connect(self) -> None:
        state, flow, search, handlers, menus = self.state, self.workflow, self.search, self.handlers, self.menus
        menus.connect(handlers)
        # Elsewhere the space bar presses buttons and is part of names.
        menus["view_photo"].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for photos in (self.grid.list, self.neighbors.list, self.scatter, self.beside.photo):
            photos.addAction(menus["view_photo"])
        self.welcome.open_wanted.connect(handlers.choose_folder)
        self.welcome.sample_wanted.connect(handlers.open_sample)
        self.welcome.folder_wanted.connect(handlers.open_folder)
        self.groups_view.group_chosen.connect(state.choose_group)
        self.groups_view.unsure_chosen.connect(self.grouping.choose_unsure)
        self.groups_view.rename_wanted.connect(self.corrections.rename)
        self.groups_view.name_kept.connect(lambda group_id: self.corrections.keep_names([group_id]))
        self.groups_view.photos_dropped.connect(self.filing.drop)
        self.groups_view.group_wanted.connect(self.filing.make_group)
        self.corrections.done.connect(lambda _text: self.notice.step_aside())
        self.groups_view.edited.connect(lambda: self.panes.bring("groups"))
        self.panes.changed.connect(lambda: self.situations.show_panes(self.panes.shown, self.panes.isVisible()))
        self.corrections.done.connect(lambda text: self.status_line.showMessage(text, _SAID))
        self.groups_view.menu_wanted.connect(lambda where: menus.by_name["Group"].popup(where))
        self.grid.photo_opened.connect(handlers.open_item)
        self.viewer.opened.connect(self._show_page)
        self.viewer.closed.connect(self._leave_viewer)
        self.duplicates.changed.connect(self._show_page)
        self.unsure_page.changed.connect(self._show_page)
        self.unsure_page.other_wanted.connect(self.filing.move_to_group)
        self.unsure_page.organize_wanted.connect(handlers.organizing.organize)
        self.duplicates.compare_wanted.connect(self.viewer.compare)
        self.duplicates.told.connect(self.notice.announce)
        self.duplicates.files_moved.connect(handlers.rescan)
        self.neighbors.photo_chosen.connect(search.choose)
        self.neighbors.selection_wanted.connect(search.select_beside)
        self.neighbors.file_dropped.connect(search.ask)
        self.neighbors.ranking_wanted.connect(search.rank)
        search.ranked.connect(self.neighbors.show_ranking)
        self.scatter.photo_opened.connect(handlers.open_item)
        self.scatter.failed.connect(self.notice.announce)
        for view in (self.grid, self.neighbors, self.scatter, self.viewer, self.beside.photo):
            view.menu_wanted.connect(lambda where: menus.over_photo.popup(where))
        self.elbow.k_chosen.connect(self.grouping.choose_number)
        self.tools.k_chosen.connect(self.grouping.choose_number)
        self.tools.method_chosen.connect(self.grouping.choose_method)
        flow.leaving.connect(self.bookmarks.keep)
        self.regrouping.few_came.connect(self.status_line.tell_joined)
        self.regrouping.grouped_anew.connect(self.corrections.grouped_anew)
        self.corrections.regroup_wanted.connect(self.regrouping.again)
        self.corrections.out_of_date.connect(self.regrouping.go_on)
        self.tools.model_chosen.connect(self.models.use)
        for signal in (self.models.changed, flow.model_changed):
            signal.connect(lambda: self.tools.show_models(flow.model))
        self.status_line.problems_wanted.connect(handlers.show_problems)
        self.work_bar.pause_wanted.connect(flow.set_paused)
        self.work_bar.cancel_wanted.connect(flow.cancel)
        self.recent.changed.connect(self.welcome.set_recent)
        self.recent.changed.connect(lambda folders: menus.show_recent(folders, handlers))
        self.situations.changed.connect(menus.show)
        menus["full_screen"].triggered.connect(self.situations.announce)  # a system may refuse it
        self.situations.changed.connect(self._show)

    def _show(self, situation: Situation) -> None:
        folder = situation.folder
        self._show_page()
        self.tools.setVisible(folder is not None)
        self.setWindowTitle(
            f"{window_title(folder.name or str(folder))} – Kindred" if folder is not None else "Kindred"
        )
        if not situation.busy:
            if self.work_bar.isVisible() and not self.isActiveWindow():
                QApplication.alert(self)  # whoever went elsewhere meanwhile can come back
            self.work_bar.end()
        self.status_line.set_activity(tr("working") if self.runner.is_busy(*ASKED_FOR) else tr("idle"))

    def _show_page(self) -> None:
        welcome, panes, viewer, duplicates, unsure = range(5)
        under = duplicates if self.duplicates.shown else unsure if self.unsure_page.shown else panes
        page = welcome if self.state.folder is None else viewer if self.viewer.shown else under
        self.pages.setCurrentIndex(page)
        self.situations.show_choice(page != duplicates)
        self.notice.stand_on(*self._grounds[page])

    def _leave_viewer(self) -> None:
        self._show_page()
        (self.duplicates.list if self.duplicates.shown else self.grid.list).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:  # also by the system's own keys and buttons
            self.situations.announce()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # A photo dragged out of our own grid is no folder to open.
        if event.source() is None and dropped_folder(event) is not None:
            accept_unmoved(event)

    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_folder(event)
        if folder is not None and accept_unmoved(event):
            self.handlers.open_folder(folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go out of sight at once; the threads stop at their next step, and only then does anything go away."""
        if not self.closing.may_close():
            event.ignore()
            return
        self.memory.set_bytes("geometry", self.saveGeometry())
        arrangement, state = self.panes.keep()
        self.memory.set_text("arrangement", arrangement)
        self.memory.set_bytes("panes", state)
        self.memory.set_number("thumbnail_side", self.grid.list.side)
        self.memory.save()
        self.hide()
        self.workflow.close()
        super().closeEvent(event)


def run(folder: Path | None, settings: Settings, model: str | None, trouble: UserError | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        folder: to look at; None shows the first page.
        settings: the person's.
        model: name of a model that replaces the one in the settings.
        trouble: why ``settings`` are not what the person's file says.

    Returns:
        The exit code.
    """
    existing = QApplication.instance()
    with messages.instead_of_aborting():
        application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("kindred")
    application.setApplicationDisplayName("Kindred")
    application.setDesktopFileName("kindred")
    application.setWindowIcon(app_icon())
    languages.install(application, languages.wanted(settings.language))
    QPixmapCache.setCacheLimit(_TILE_CACHE_KB)
    # Each call into Qt gives up the interpreter's lock and must win it back from the working threads: with the usual
    # 5 ms a turn, painting a screen of photos while others are being read takes half a second.
    sys.setswitchinterval(0.001)
    end_log = log.keep("window")
    apply_theme(settings.theme)
    window = MainWindow(settings, model)
    messages.catch_unexpected(window)
    Collecting(window.runner)
    window.show()
    window.organizer.start_up()
    if folder is not None:
        window.handlers.open_folder(folder)
    left = window.closing.take_left_over()
    if left is not None:
        window.announcer.say_left_over(left)
    window.announcer.say_without_memory()
    if trouble is not None:
        window.handlers.say_unread_settings(trouble)
    code = application.exec()
    window.workflow.close()
    end_log()
    return code
