"""The menus: every entry in one table, with its words, its place, its keys, when it makes sense and what it does.

To add an entry, add its line here; what takes more than a call stands in `handlers`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.engine import paths
from desktop_app.engine.wording import display_path
from desktop_app.gui import desktop
from desktop_app.gui.docks.layouts import ARRANGEMENTS, Arrangement
from desktop_app.gui.handlers import Handlers
from desktop_app.gui.jobs.reporter import save_report
from desktop_app.gui.keys import KeyedAction, Keys, sequences
from desktop_app.gui.plain_text import caption, tip
from desktop_app.gui.situation import Situation
from desktop_app.gui.window_settings import WindowSettings

Shortcut = QKeySequence.StandardKey | str
PHOTO_MENU = (
    "move_to_group",
    "lock_photos",
    "use_cover",
    "view_photo",
    "compare",
    "open_photo",
    "show_in_folder",
    "similar",
    "copy_path",
)
"""Entries of the menu over a photo, wherever it is shown."""
MENUS = ("File", "Edit", "View", "Image", "Group", "Tools", "Settings", "Help")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry.

    Attributes:
        id: its name in the code.
        menu: the menu it stands in; ``Settings > Appearance`` is a sub-menu.
        text: with the mnemonic's ampersand.
        tip: shown as tooltip and read by screen readers.
        run: what it does.
        keys: a standard key where one exists; of several, each does it and the first that the system has is shown.
        enabled: whether it makes sense in a situation.
        choice: name of the group of which exactly one is checked; empty for an ordinary entry.
        separator: a line above it.
        checked: whether it holds in a situation; None for an entry that is no switch.
        say: what it is called in a situation; None for one that is always called ``text``.
    """

    id: str
    menu: str
    text: str
    tip: str
    run: Callable[[Handlers], object]
    keys: Shortcut | tuple[Shortcut, ...] | None = None
    enabled: Callable[[Situation], bool] = lambda _situation: True
    choice: str = ""
    separator: bool = False
    checked: Callable[[Situation], bool] | None = None
    say: Callable[[Situation], str] | None = None

    @property
    def sequences(self) -> tuple[QKeySequence, ...]:
        """Its keys on this system."""
        return sequences(*(self.keys if isinstance(self.keys, tuple) else (self.keys,) if self.keys else ()))


_Key = QKeySequence.StandardKey


def _file_into(place: int) -> MenuEntry:
    """The entry, and the key, that files the selected photos into the group at ``place`` in the list."""
    return MenuEntry(
        f"file_{place}",
        "Image > Move to",
        f"Group in place &{place}",
        f"Put the selected photos into group {place} of the list",
        lambda on: on.filing.file_into(place),
        str(place),
        lambda s: s.selected > 0 and len(s.first_groups) >= place,
        say=lambda s: caption(s.first_groups[place - 1]) if len(s.first_groups) >= place else f"Group in place {place}",
    )


def _pane(name: str, text: str, tip: str) -> MenuEntry:
    """The entry that hides a pane, or brings it back."""
    return MenuEntry(
        f"pane_{name}", "View > Panes", text, tip, lambda on: on.panes.switch(name),
        enabled=lambda s: s.has_panes, checked=lambda s: name in s.panes,
    )  # fmt: skip


def _arrangement(place: int, one: Arrangement) -> MenuEntry:
    """The entry that lets the panes stand as ``one`` has them."""
    return MenuEntry(
        f"arrange_{one.name}", "View > Layout", one.text, one.tip, lambda on: on.panes.arrange(one.name),
        f"Ctrl+{place}", lambda s: s.has_panes,
    )  # fmt: skip


ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("open_folder", "File", "&Open folder…", "Look at the photos of a folder",
               Handlers.choose_folder, _Key.Open),
    MenuEntry("open_sample", "File", "Open the &sample album", "Draw a small album and look at it",
               Handlers.open_sample),
    MenuEntry("rescan", "File", "&Look again", "Find what was added, changed or removed",
               Handlers.rescan, _Key.Refresh, lambda s: s.has_folder and not s.busy),
    MenuEntry("close_folder", "File", "&Close folder", "Back to the first page",
               lambda on: on.workflow.close_folder(), "Ctrl+W", lambda s: s.has_folder and not s.organizing),
    MenuEntry("quit", "File", "&Quit", "Close Kindred",
               lambda on: on.window.close(), (_Key.Quit, "Ctrl+Q"), separator=True),

    MenuEntry("undo", "Edit", "&Undo", "Take back what was corrected last; files stay as they are",
              lambda on: on.filing.corrections.undo(), _Key.Undo, lambda s: bool(s.undo),
              say=lambda s: f"&Undo {caption(s.undo)}".rstrip()),
    MenuEntry("redo", "Edit", "&Redo", "Do again what was taken back last",
              lambda on: on.filing.corrections.redo(), (_Key.Redo, "Ctrl+Shift+Z", "Ctrl+Y"), lambda s: bool(s.redo),
              say=lambda s: f"&Redo {caption(s.redo)}".rstrip()),
    MenuEntry("copy_path", "Edit", "&Copy path", "Put the paths of the selected photos on the clipboard",
               Handlers.copy_path, _Key.Copy, lambda s: s.selected > 0, separator=True),
    MenuEntry("select_all", "Edit", "Select &all", "Select every photo shown",
               lambda on: on.grid.list.selectAll(), _Key.SelectAll, lambda s: s.has_photos),
    MenuEntry("select_none", "Edit", "Select &none", "Select no photo",
               lambda on: on.state.set_selection([]), "Ctrl+Shift+A", lambda s: s.selected > 0),

    MenuEntry("larger", "View", "&Larger thumbnails", "Show fewer, larger photos",
               lambda on: on.grid.resize_thumbnails(1), _Key.ZoomIn),
    MenuEntry("smaller", "View", "&Smaller thumbnails", "Show more, smaller photos",
               lambda on: on.grid.resize_thumbnails(-1), _Key.ZoomOut),
    MenuEntry("fit_map", "View", "&Whole map", "Zoom the map so that every point is in sight",
               lambda on: on.scatter.show_everything(), "Ctrl+0", lambda s: s.has_photos),
    MenuEntry("problems", "View", "&Problems", "Files that could not be read, and what was left out",
               Handlers.show_problems, "Ctrl+Shift+E", lambda s: s.has_folder),
    _pane("groups", "&Groups", "The list of groups"),
    _pane("map", "&Map", "Every photo as a point; look-alikes lie near each other"),
    _pane("photos", "&Photos", "The photos of the chosen group"),
    _pane("photo", "&Large photo", "The photo that is looked at, as large as there is room"),
    _pane("details", "&Details", "What is known of the photo that is looked at"),
    _pane("neighbors", "&Neighbors", "The photos most like the one that is looked at"),
    _pane("elbow", "&How many groups?", "The chart that suggests a number of groups"),
    *(_arrangement(place, one) for place, one in enumerate(ARRANGEMENTS.values(), 1)),
    MenuEntry("put_back", "View > Layout", "&Put everything back", "Every pane where the chosen layout has it",
              lambda on: on.panes.put_back(), "Ctrl+Shift+0", lambda s: s.has_panes, separator=True),
    MenuEntry("next_pane", "View", "&Next pane", "Let the keys go to the next pane",
              lambda on: on.panes.step(1), "F6", lambda s: s.has_panes),
    MenuEntry("previous_pane", "View", "Pre&vious pane", "Let the keys go to the pane before",
              lambda on: on.panes.step(-1), "Shift+F6", lambda s: s.has_panes),
    MenuEntry("full_screen", "View", "&Full screen", "Fill the screen, or return from it",
               Handlers.switch_full_screen, (_Key.FullScreen, "F11"), separator=True,
               checked=lambda s: s.full_screen),

    MenuEntry("move_to_group", "Image", "&Move to group…", "Put the selected photos into another group, or a new one",
              lambda on: on.filing.move_to_group(), "0", lambda s: s.selected > 0 and s.has_groups),
    *map(_file_into, range(1, 10)),
    MenuEntry("lock_photos", "Image", "&Keep in this group", "Regrouping leaves the selected photos where they are",
              lambda on: on.filing.switch_photos_locked(), "Ctrl+Shift+L", lambda s: s.selected > 0 and s.has_groups,
              checked=lambda s: s.photos_locked),
    MenuEntry("use_cover", "Image", "Use as &cover", "Let this photo stand for its group",
              lambda on: on.filing.use_cover(), None, lambda s: s.has_photo and s.has_groups),
    MenuEntry("view_photo", "Image", "&Look closely", "Show the photo large; arrows walk on, Space returns",
               Handlers.view_photo, "Space", lambda s: s.has_photo, separator=True),
    MenuEntry("compare", "Image", "Co&mpare", "Show two to four selected photos side by side",
               Handlers.compare, "Ctrl+Shift+C", lambda s: s.selected > 1),
    MenuEntry("open_photo", "Image", "&Open", "Open the photo in the program made for it",
               Handlers.open_photo, "Ctrl+Return", lambda s: s.selected > 0, separator=True),
    MenuEntry("show_in_folder", "Image", "&Show in folder", "Show the file in the file manager",
               Handlers.show_in_folder, "Ctrl+Shift+Return", lambda s: s.selected > 0),
    MenuEntry("organize_selection", "Image", "Copy or move to a &folder…", "File only the selected photos",
               Handlers.organize_selection, "Ctrl+E", lambda s: s.selected > 0 and s.has_groups and not s.busy),
    MenuEntry("similar", "Image", "&Find similar", "Show the photos most like this one",
               Handlers.find_similar, "Ctrl+F", lambda s: s.has_photo),
    MenuEntry("similar_to_file", "Image", "Find similar to a &file…",
               "Choose any picture and show the photos of this folder most like it",
               Handlers.find_similar_to_file, "Ctrl+Shift+F", lambda s: s.has_groups),
    MenuEntry("back", "Image", "&Back", "The neighbors seen before",
               lambda on: on.search.step(-1), _Key.Back, lambda s: s.can_go_back, separator=True),
    MenuEntry("forward", "Image", "For&ward", "The neighbors seen after",
               lambda on: on.search.step(1), _Key.Forward, lambda s: s.can_go_forward),

    MenuEntry("rename_group", "Group", "&Rename…", "Give the chosen group another name",
               lambda on: on.groups_view.rename_current(), "F2", lambda s: s.has_named_group),
    MenuEntry("keep_name", "Group", "&Keep this name", "Let the suggested name of the chosen group be its name",
              lambda on: on.filing.keep_name(), None, lambda s: s.has_named_group and s.group_suggested),
    MenuEntry("keep_names", "Group", "Keep &all suggested names", "Let every suggested name be the group's name",
              lambda on: on.filing.keep_names(), None, lambda s: s.has_suggested),
    MenuEntry("merge_group", "Group", "&Merge with…", "Make one group of the chosen one and another",
              lambda on: on.filing.merge_group(), "Ctrl+M", lambda s: s.has_named_group),
    MenuEntry("split_group", "Group", "&Split…", "Make several groups of the chosen one, after a look at them",
              lambda on: on.filing.split_group(), "Ctrl+Shift+M", lambda s: s.has_named_group),
    MenuEntry("new_group", "Group", "Ne&w group", "Put the selected photos into a group of their own",
              lambda on: on.filing.make_group(), "Ctrl+G", lambda s: s.selected > 0 and s.has_groups),
    MenuEntry("lock_group", "Group", "&Lock", "Regrouping takes no photo out of the chosen group and adds none",
              lambda on: on.filing.switch_locked(), "Ctrl+L", lambda s: s.has_named_group, separator=True,
              checked=lambda s: s.group_locked),
    MenuEntry("hide_group", "Group", "Leave &out of Organize", "Organize leaves the chosen group where it is",
              lambda on: on.filing.switch_hidden(), None, lambda s: s.has_named_group,
              checked=lambda s: s.group_hidden),
    MenuEntry("organize_group", "Group", "&Copy or move this group…", "File only the chosen group into a folder",
               Handlers.organize_group, None, lambda s: s.has_named_group and not s.busy),
    MenuEntry("next_group", "Group", "&Next group", "Show the group below",
               lambda on: on.groups_view.step(1), "Ctrl+Down", lambda s: s.has_groups, separator=True),
    MenuEntry("previous_group", "Group", "&Previous group", "Show the group above",
               lambda on: on.groups_view.step(-1), "Ctrl+Up", lambda s: s.has_groups),

    MenuEntry("organize", "Tools", "&Organize…", "Copy, move or link the photos, a folder for each group",
               Handlers.organize, "Ctrl+Shift+O", lambda s: s.has_groups and not s.busy),
    MenuEntry("keywords", "Tools", "Write &keywords…", "Each photo's group as a keyword beside it, for other programs",
              Handlers.write_keywords, None, lambda s: s.has_groups and not s.busy),
    MenuEntry("unsure", "Tools", "Decide &unsure photos…", "One by one, each beside the groups it is most like",
               Handlers.decide_unsure, "Ctrl+U", lambda s: s.has_unsure),
    MenuEntry("teach", "Tools", "&Teach…", "Find more photos like those that you put into groups by hand",
               lambda on: on.filing.teach(), "Ctrl+T", lambda s: s.has_groups and not s.busy),
    MenuEntry("duplicates", "Tools", "&Duplicates…", "Photos that are there more than once, and the way to the trash",
               Handlers.find_duplicates, "Ctrl+D", lambda s: s.has_groups and not s.busy),
    MenuEntry("suggested_k", "Tools", "Use the &suggested number of groups", "Let the elbow chart choose",
               lambda on: on.workflow.choose_k(None), "Ctrl+K", lambda s: s.has_groups),
    MenuEntry("models", "Tools", "&Models…", "What looks at the photos: use, add, compare, or learn from this folder",
               Handlers.show_models),
    MenuEntry("history", "Tools", "&History…", "What was organized so far, and undo",
               Handlers.show_history, "Ctrl+H"),
    MenuEntry("cancel", "Tools", "&Cancel what is running", "Stop the work in progress",
               lambda on: on.workflow.cancel(), None, lambda s: s.busy, separator=True),

    MenuEntry("settings", "Settings", "&Settings…", "Model, method, what is left out, colors",
               Handlers.show_settings, "Ctrl+,"),
    MenuEntry("keys", "Settings", "&Keys…", "The keys of every action, and other ones where you want them",
               Handlers.show_keys, _Key.HelpContents),
    MenuEntry("theme_system", "Settings > Appearance", "As the &system", "Follow the system",
               lambda on: on.choose_theme("system"), choice="theme"),
    MenuEntry("theme_light", "Settings > Appearance", "&Light", "Dark text on a light window",
               lambda on: on.choose_theme("light"), choice="theme"),
    MenuEntry("theme_dark", "Settings > Appearance", "&Dark", "Light text on a dark window",
               lambda on: on.choose_theme("dark"), choice="theme"),

    MenuEntry("find_action", "Help", "&Find an action…", "Type a few letters of what you want to do",
               Handlers.find_action, "Ctrl+Shift+P"),
    MenuEntry("words", "Help", "&What the words mean", "Groups, k, elbow, similarity, unsure",
               Handlers.explain_words),
    MenuEntry("open_logs", "Help", "Open the &log folder", "Where Kindred writes down what went wrong",
               lambda _on: desktop.open_file(paths.log_dir())),
    MenuEntry("save_report", "Help", "Save a &report…", "For whoever helps you; it names no folder and no photo",
               lambda on: save_report(on.window, on.runner, on.notice)),
    MenuEntry("about", "Help", "&About Kindred", "Version and license", Handlers.show_about, separator=True),
)  # fmt: skip


class Menus:
    """The window's menus by name, and the `QAction` of each entry by id.

    They exist before what they act on, since views show some of them as buttons: `connect` brings both together.
    """

    def __init__(self, window: QMainWindow, memory: WindowSettings) -> None:
        self.by_name: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        choices: dict[str, QActionGroup] = {}
        for name in MENUS:
            self.by_name[name] = window.menuBar().addMenu(f"&{name}")
        for spec in ENTRIES:
            action = QAction(spec.text, window)
            action.setObjectName(spec.id)
            action.setStatusTip(spec.tip)
            action.setCheckable(bool(spec.choice) or spec.checked is not None)
            if spec.choice:
                group = choices.setdefault(spec.choice, QActionGroup(window))
                group.addAction(action)
            menu = self._menu(spec.menu)
            if spec.separator:
                menu.addSeparator()
            menu.addAction(action)
            self._actions[spec.id] = action
        self.keys = Keys((KeyedAction(spec.menu, self[spec.id], spec.sequences, spec.text) for spec in ENTRIES), memory)
        self.over_photo = QMenu(window)
        self.over_photo.addActions([self._actions[name] for name in PHOTO_MENU if name in self._actions])
        self.recent = QMenu("Open &recent", window)
        self.by_name["File"].insertMenu(self["open_sample"], self.recent)

    def _menu(self, name: str) -> QMenu:
        if name not in self.by_name:
            outer, _, inner = name.partition(" > ")
            self.by_name[name] = self.by_name[outer].addMenu(f"&{inner}")
        return self.by_name[name]

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def connect(self, handlers: Handlers) -> None:
        """Let every entry do what its line says."""
        for spec in ENTRIES:
            self[spec.id].triggered.connect(lambda _checked=False, spec=spec: spec.run(handlers))

    def show_recent(self, folders: list[Path], handlers: Handlers) -> None:
        """Offer the folders opened before."""
        self.recent.clear()
        for folder in folders:
            entry = self.recent.addAction(caption(str(folder)))
            entry.setToolTip(tip(display_path(folder)))
            entry.triggered.connect(partial(handlers.open_folder, folder))
        self.recent.addSeparator()
        self.recent.addAction("Open folder…", handlers.choose_folder)

    def show(self, situation: Situation) -> None:
        """Enable what makes sense now, and say what is about something."""
        for spec in ENTRIES:
            action = self[spec.id]
            action.setEnabled(spec.enabled(situation))
            if spec.checked is not None:
                action.setChecked(spec.checked(situation))
            if spec.say is not None:
                action.setText(spec.say(situation))
