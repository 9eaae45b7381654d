"""Every menu action, declared as data: what it says, where it stands, its keys, and when it makes sense.

`Actions` makes the `QAction` objects and the menus; `main_window` connects each to what it does. An action that is not
connected is a defect that the window refuses to start with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Keys = QKeySequence.StandardKey | str | None
MENUS = ("File", "Edit", "View", "Image", "Group", "Tools", "Settings", "Help")


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window can do at this moment; `ActionSpec.enabled` asks it."""

    has_folder: bool = False
    has_photos: bool = False
    has_groups: bool = False
    has_photo: bool = False
    has_named_group: bool = False
    can_go_back: bool = False
    can_go_forward: bool = False
    can_undo: bool = False
    busy: bool = False
    organizing: bool = False


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: its name in the code.
        menu: the menu it stands in; ``Settings > Appearance`` is a sub-menu.
        text: with the mnemonic's ampersand.
        tip: shown as tooltip and read by screen readers.
        keys: a standard key where one exists.
        enabled: whether it makes sense in a situation.
        choice: name of the group of which exactly one is checked; empty for an ordinary action.
        separator: a line above it.
    """

    id: str
    menu: str
    text: str
    tip: str
    keys: Keys = None
    enabled: Callable[[Situation], bool] = lambda _situation: True
    choice: str = ""
    separator: bool = False


_Key = QKeySequence.StandardKey

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_folder", "File", "&Open folder…", "Look at the photos of a folder", _Key.Open),
    ActionSpec("open_sample", "File", "Open the &sample album", "Draw a small album and look at it"),
    ActionSpec("rescan", "File", "&Look again", "Find what was added, changed or removed", _Key.Refresh,
               lambda s: s.has_folder and not s.busy),
    ActionSpec("close_folder", "File", "&Close folder", "Back to the first page", _Key.Close,
               lambda s: s.has_folder and not s.organizing),
    ActionSpec("quit", "File", "&Quit", "Close Kindred", _Key.Quit, separator=True),

    ActionSpec("undo", "Edit", "&Undo", "Take back the last time files were organized", _Key.Undo,
               lambda s: s.can_undo and not s.organizing),
    ActionSpec("copy_path", "Edit", "&Copy path", "Put the paths of the selected photos on the clipboard", _Key.Copy,
               lambda s: s.has_photo, separator=True),
    ActionSpec("select_all", "Edit", "Select &all", "Select every photo shown", _Key.SelectAll, lambda s: s.has_photos),
    ActionSpec("select_none", "Edit", "Select &none", "Select no photo", "Ctrl+Shift+A", lambda s: s.has_photo),

    ActionSpec("larger", "View", "&Larger thumbnails", "Show fewer, larger photos", _Key.ZoomIn),
    ActionSpec("smaller", "View", "&Smaller thumbnails", "Show more, smaller photos", _Key.ZoomOut),
    ActionSpec("fit_map", "View", "&Whole map", "Zoom the map so that every point is in sight", "Ctrl+0",
               lambda s: s.has_photos),
    ActionSpec("problems", "View", "&Problems", "Files that could not be read, or only in part", "Ctrl+Shift+P",
               lambda s: s.has_folder),
    ActionSpec("full_screen", "View", "&Full screen", "Fill the screen, or return from it", _Key.FullScreen,
               separator=True),

    ActionSpec("open_photo", "Image", "&Open", "Open the photo in the program made for it", "Ctrl+Return",
               lambda s: s.has_photo),
    ActionSpec("show_in_folder", "Image", "&Show in folder", "Show the file in the file manager", "Ctrl+Shift+Return",
               lambda s: s.has_photo),
    ActionSpec("similar", "Image", "&Find similar", "Show the photos most like this one", "Ctrl+F",
               lambda s: s.has_photo),
    ActionSpec("similar_to_file", "Image", "Find similar to a &file…",
               "Choose any picture and show the photos of this folder most like it", "Ctrl+Shift+F",
               lambda s: s.has_groups),
    ActionSpec("back", "Image", "&Back", "The neighbors seen before", _Key.Back, lambda s: s.can_go_back,
               separator=True),
    ActionSpec("forward", "Image", "For&ward", "The neighbors seen after", _Key.Forward, lambda s: s.can_go_forward),

    ActionSpec("rename_group", "Group", "&Rename…", "Give the chosen group another name", "F2",
               lambda s: s.has_named_group),
    ActionSpec("organize_group", "Group", "&Copy or move this group…", "File only the chosen group into a folder", None,
               lambda s: s.has_named_group and not s.busy),
    ActionSpec("next_group", "Group", "&Next group", "Show the group below", "Ctrl+Down", lambda s: s.has_groups,
               separator=True),
    ActionSpec("previous_group", "Group", "&Previous group", "Show the group above", "Ctrl+Up", lambda s: s.has_groups),

    ActionSpec("organize", "Tools", "&Organize…", "Copy, move or link the photos into one folder a group",
               "Ctrl+Shift+O", lambda s: s.has_groups and not s.busy),
    ActionSpec("suggested_k", "Tools", "Use the &suggested number of groups", "Let the elbow chart choose", "Ctrl+K",
               lambda s: s.has_groups),
    ActionSpec("history", "Tools", "&History…", "What was organized so far, and undo", "Ctrl+H"),
    ActionSpec("cancel", "Tools", "&Cancel what is running", "Stop the work in progress", None, lambda s: s.busy,
               separator=True),

    ActionSpec("theme_system", "Settings > Appearance", "As the &system", "Follow the system", choice="theme"),
    ActionSpec("theme_light", "Settings > Appearance", "&Light", "Dark text on a light window", choice="theme"),
    ActionSpec("theme_dark", "Settings > Appearance", "&Dark", "Light text on a dark window", choice="theme"),

    ActionSpec("words", "Help", "&What the words mean", "Groups, k, elbow, similarity, unsure", _Key.HelpContents),
    ActionSpec("open_logs", "Help", "Open the &log folder", "Where Kindred writes down what went wrong"),
    ActionSpec("about", "Help", "&About Kindred", "Version and license", separator=True),
)  # fmt: skip


class Actions:
    """The window's actions by id, and its menus by name."""

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> None:
        missing = {spec.id for spec in ACTIONS} ^ set(handlers)
        if missing:
            raise LookupError(f"actions and handlers differ: {sorted(missing)}")
        self.menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        choices: dict[str, QActionGroup] = {}
        for name in MENUS:
            self.menus[name] = window.menuBar().addMenu(f"&{name}")
        for spec in ACTIONS:
            action = QAction(spec.text, window)
            action.setObjectName(spec.id)
            if spec.keys is not None:
                action.setShortcut(QKeySequence(spec.keys))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
            action.setStatusTip(spec.tip)
            if spec.choice:
                action.setCheckable(True)
                group = choices.setdefault(spec.choice, QActionGroup(window))
                group.addAction(action)
            handler = handlers[spec.id]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            menu = self._menu(spec.menu)
            if spec.separator:
                menu.addSeparator()
            menu.addAction(action)
            self._actions[spec.id] = action

    def _menu(self, name: str) -> QMenu:
        if name not in self.menus:
            outer, _, inner = name.partition(" > ")
            self.menus[name] = self.menus[outer].addMenu(f"&{inner}")
        return self.menus[name]

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def update(self, situation: Situation) -> None:
        """Enable what makes sense now."""
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.enabled(situation))
