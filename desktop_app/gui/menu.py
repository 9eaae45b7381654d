"""The menus: every entry in one table, with its words, its place, its keys, when it makes sense and what it does.

To add an entry, add its line here; what takes more than a call stands in `handlers`, `organizing` or `filing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.engine import paths
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.wording import display_path
from desktop_app.gui import desktop
from desktop_app.gui.docks.layouts import ARRANGEMENTS, Arrangement
from desktop_app.gui.handlers import Handlers
from desktop_app.gui.jobs.reporter import save_report
from desktop_app.gui.keys import KeyedAction, Keys, plain, sequences
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
MENUS = {
    "File": tr_noop("&File"),
    "Edit": tr_noop("&Edit"),
    "View": tr_noop("&View"),
    "Image": tr_noop("&Image"),
    "Group": tr_noop("&Group"),
    "Tools": tr_noop("&Tools"),
    "Settings": tr_noop("&Settings"),
    "Help": tr_noop("&Help"),
    "View > Panes": tr_noop("P&anes"),
    "View > Layout": tr_noop("La&yout"),
    "Image > Move to": tr_noop("Move &to"),
    "Settings > Appearance": tr_noop("&Appearance"),
}
"""What each menu is called, with the mnemonic's ampersand; one with a ``>`` stands in the one before it."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry.

    Attributes:
        id: its name in the code.
        menu: the menu it stands in; ``Settings > Appearance`` is a sub-menu.
        text: in English, with the mnemonic's ampersand.
        tip: shown as tooltip and read by screen readers.
        run: what it does.
        keys: a standard key where one exists; of several, each does it and the first that the system has is shown.
        enabled: whether it makes sense in a situation.
        choice: name of the group of which exactly one is checked; empty for an ordinary entry.
        separator: a line above it.
        checked: whether it holds in a situation; None for an entry that is no switch.
        say: what it is called in a situation, empty for ``text``; None for one that is always called that.
        place: what ``{place}`` of its texts stands for.
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
    place: int = 0

    @property
    def called(self) -> str:
        """Its text in the language that is spoken."""
        return tr(self.text, place=self.place)

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
        tr_noop("Group in place &{place}"),
        tr_noop("Put the selected photos into group {place} of the list"),
        lambda on: on.filing.file_into(place),
        str(place),
        lambda s: s.selected > 0 and len(s.first_groups) >= place,
        say=lambda s: caption(s.first_groups[place - 1]) if len(s.first_groups) >= place else "",
        place=place,
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
    MenuEntry("open_folder", "File", tr_noop("&Open folder…"), tr_noop("Look at the photos of a folder"),
               Handlers.choose_folder, _Key.Open),
    MenuEntry("open_sample", "File", tr_noop("Open the &sample album"), tr_noop("Draw a small album and look at it"),
               Handlers.open_sample),
    MenuEntry("rescan", "File", tr_noop("&Look again"), tr_noop("Find what was added, changed or removed"),
               Handlers.rescan, _Key.Refresh, lambda s: s.has_folder and not s.busy),
    MenuEntry("close_folder", "File", tr_noop("&Close folder"), tr_noop("Back to the first page"),
               lambda on: on.workflow.close_folder(), "Ctrl+W", lambda s: s.has_folder and not s.organizing),
    MenuEntry("quit", "File", tr_noop("&Quit"), tr_noop("Close Kindred"),
               lambda on: on.window.close(), (_Key.Quit, "Ctrl+Q"), separator=True),

    MenuEntry("undo", "Edit", tr_noop("&Undo"), tr_noop("Take back what was corrected last; files stay as they are"),
              lambda on: on.filing.corrections.undo(), _Key.Undo, lambda s: bool(s.undo),
              say=lambda s: tr("&Undo {what}", what=caption(s.undo)) if s.undo else ""),
    MenuEntry("redo", "Edit", tr_noop("&Redo"), tr_noop("Do again what was taken back last"),
              lambda on: on.filing.corrections.redo(), (_Key.Redo, "Ctrl+Shift+Z", "Ctrl+Y"), lambda s: bool(s.redo),
              say=lambda s: tr("&Redo {what}", what=caption(s.redo)) if s.redo else ""),
    MenuEntry("copy_path", "Edit", tr_noop("&Copy path"),
              tr_noop("Put the paths of the selected photos on the clipboard"),
               Handlers.copy_path, _Key.Copy, lambda s: s.selected > 0, separator=True),
    MenuEntry("select_all", "Edit", tr_noop("Select &all"), tr_noop("Select every photo shown"),
               lambda on: on.grid.list.selectAll(), _Key.SelectAll, lambda s: s.has_photos),
    MenuEntry("select_none", "Edit", tr_noop("Select &none"), tr_noop("Select no photo"),
               lambda on: on.state.set_selection([]), "Ctrl+Shift+A", lambda s: s.selected > 0),

    MenuEntry("larger", "View", tr_noop("&Larger thumbnails"), tr_noop("Show fewer, larger photos"),
               lambda on: on.grid.resize_thumbnails(1), _Key.ZoomIn),
    MenuEntry("smaller", "View", tr_noop("&Smaller thumbnails"), tr_noop("Show more, smaller photos"),
               lambda on: on.grid.resize_thumbnails(-1), _Key.ZoomOut),
    MenuEntry("fit_map", "View", tr_noop("&Whole map"), tr_noop("Zoom the map so that every point is in sight"),
               lambda on: on.scatter.show_everything(), "Ctrl+0", lambda s: s.has_photos),
    MenuEntry("problems", "View", tr_noop("&Problems"), tr_noop("Files that could not be read, and what was left out"),
               Handlers.show_problems, "Ctrl+Shift+E", lambda s: s.has_folder),
    _pane("groups", tr_noop("&Groups"), tr_noop("The list of groups")),
    _pane("map", tr_noop("&Map"), tr_noop("Every photo as a point; look-alikes lie near each other")),
    _pane("photos", tr_noop("&Photos"), tr_noop("The photos of the chosen group")),
    _pane("photo", tr_noop("&Large photo"), tr_noop("The photo that is looked at, as large as there is room")),
    _pane("details", tr_noop("&Details"), tr_noop("What is known of the photo that is looked at")),
    _pane("neighbors", tr_noop("&Neighbors"), tr_noop("The photos most like the one that is looked at")),
    _pane("elbow", tr_noop("&How many groups?"), tr_noop("The chart that suggests a number of groups")),
    *(_arrangement(place, one) for place, one in enumerate(ARRANGEMENTS.values(), 1)),
    MenuEntry("put_back", "View > Layout", tr_noop("&Put everything back"),
              tr_noop("Every pane where the chosen layout has it"),
              lambda on: on.panes.put_back(), "Ctrl+Shift+0", lambda s: s.has_panes, separator=True),
    MenuEntry("next_pane", "View", tr_noop("&Next pane"), tr_noop("Let the keys go to the next pane"),
              lambda on: on.panes.step(1), "F6", lambda s: s.has_panes),
    MenuEntry("previous_pane", "View", tr_noop("Pre&vious pane"), tr_noop("Let the keys go to the pane before"),
              lambda on: on.panes.step(-1), "Shift+F6", lambda s: s.has_panes),
    MenuEntry("full_screen", "View", tr_noop("&Full screen"), tr_noop("Fill the screen, or return from it"),
               Handlers.switch_full_screen, (_Key.FullScreen, "F11"), separator=True,
               checked=lambda s: s.full_screen),

    MenuEntry("move_to_group", "Image", tr_noop("&Move to group…"),
              tr_noop("Put the selected photos into another group, or a new one"),
              lambda on: on.filing.move_to_group(), "0", lambda s: s.selected > 0 and s.has_groups),
    *map(_file_into, range(1, 10)),
    MenuEntry("lock_photos", "Image", tr_noop("&Keep in this group"),
              tr_noop("Regrouping leaves the selected photos where they are"),
              lambda on: on.filing.switch_photos_locked(), "Ctrl+Shift+L", lambda s: s.selected > 0 and s.has_groups,
              checked=lambda s: s.photos_locked),
    MenuEntry("use_cover", "Image", tr_noop("Use as co&ver"), tr_noop("Let this photo stand for its group"),
              lambda on: on.filing.use_cover(), None, lambda s: s.has_photo and s.has_groups),
    MenuEntry("view_photo", "Image", tr_noop("&Look closely"),
              tr_noop("Show the photo large; arrows walk on, Space returns"),
               Handlers.view_photo, "Space", lambda s: s.has_photo, separator=True),
    MenuEntry("compare", "Image", tr_noop("Com&pare"), tr_noop("Show two to four selected photos side by side"),
               Handlers.compare, "Ctrl+Shift+C", lambda s: s.selected > 1),
    MenuEntry("open_photo", "Image", tr_noop("&Open"), tr_noop("Open the photo in the program made for it"),
               Handlers.open_photo, "Ctrl+Return", lambda s: s.selected > 0, separator=True),
    MenuEntry("show_in_folder", "Image", tr_noop("&Show in folder"), tr_noop("Show the file in the file manager"),
               Handlers.show_in_folder, "Ctrl+Shift+Return", lambda s: s.selected > 0),
    MenuEntry("organize_selection", "Image", tr_noop("Copy or move to a fol&der…"),
              tr_noop("File only the selected photos"),
               lambda on: on.organizing.organize_selection(), "Ctrl+E",
               lambda s: s.selected > 0 and s.has_groups and not s.busy),
    MenuEntry("similar", "Image", tr_noop("&Find similar"), tr_noop("Show the photos most like this one"),
               Handlers.find_similar, "Ctrl+F", lambda s: s.has_photo),
    MenuEntry("similar_to_file", "Image", tr_noop("Find similar to a f&ile…"),
              tr_noop("Choose any picture and show the photos of this folder most like it"),
               Handlers.find_similar_to_file, "Ctrl+Shift+F", lambda s: s.has_groups),
    MenuEntry("back", "Image", tr_noop("&Back"), tr_noop("The neighbors seen before"),
               lambda on: on.search.step(-1), _Key.Back, lambda s: s.can_go_back, separator=True),
    MenuEntry("forward", "Image", tr_noop("For&ward"), tr_noop("The neighbors seen after"),
               lambda on: on.search.step(1), _Key.Forward, lambda s: s.can_go_forward),

    MenuEntry("rename_group", "Group", tr_noop("&Rename…"), tr_noop("Give the chosen group another name"),
               lambda on: on.groups_view.rename_current(), "F2", lambda s: s.has_named_group),
    MenuEntry("keep_name", "Group", tr_noop("&Keep this name"),
              tr_noop("Let the suggested name of the chosen group be its name"),
              lambda on: on.filing.keep_name(), None, lambda s: s.has_named_group and s.group_suggested),
    MenuEntry("keep_names", "Group", tr_noop("Keep &all suggested names"),
              tr_noop("Let every suggested name be the group's name"),
              lambda on: on.filing.keep_names(), None, lambda s: s.has_suggested),
    MenuEntry("merge_group", "Group", tr_noop("&Merge with…"), tr_noop("Make one group of the chosen one and another"),
              lambda on: on.filing.merge_group(), "Ctrl+M", lambda s: s.has_named_group),
    MenuEntry("split_group", "Group", tr_noop("&Split…"),
              tr_noop("Make several groups of the chosen one, after a look at them"),
              lambda on: on.filing.split_group(), "Ctrl+Shift+M", lambda s: s.has_named_group),
    MenuEntry("new_group", "Group", tr_noop("Ne&w group"), tr_noop("Put the selected photos into a group of their own"),
              lambda on: on.filing.make_group(), "Ctrl+G", lambda s: s.selected > 0 and s.has_groups),
    MenuEntry("lock_group", "Group", tr_noop("&Lock"),
              tr_noop("Regrouping takes no photo out of the chosen group and adds none"),
              lambda on: on.filing.switch_locked(), "Ctrl+L", lambda s: s.has_named_group, separator=True,
              checked=lambda s: s.group_locked),
    MenuEntry("hide_group", "Group", tr_noop("Leave &out of Organize"),
              tr_noop("Organize leaves the chosen group where it is"),
              lambda on: on.filing.switch_hidden(), None, lambda s: s.has_named_group,
              checked=lambda s: s.group_hidden),
    MenuEntry("organize_group", "Group", tr_noop("&Copy or move this group…"),
              tr_noop("File only the chosen group into a folder"),
               lambda on: on.organizing.organize_group(), None, lambda s: s.has_named_group and not s.busy),
    MenuEntry("group_anew", "Group", tr_noop("&Group anew"),
              tr_noop("Make the groups of all photos, also of those that came later and only joined"),
              lambda on: on.regrouping.anew(), "Ctrl+Shift+G", lambda s: s.has_groups and not s.busy),
    MenuEntry("next_group", "Group", tr_noop("&Next group"), tr_noop("Show the group below"),
               lambda on: on.groups_view.step(1), "Ctrl+Down", lambda s: s.has_groups, separator=True),
    MenuEntry("previous_group", "Group", tr_noop("&Previous group"), tr_noop("Show the group above"),
               lambda on: on.groups_view.step(-1), "Ctrl+Up", lambda s: s.has_groups),

    MenuEntry("organize", "Tools", tr_noop("&Organize…"),
              tr_noop("Copy, move or link the photos, a folder for each group"),
               lambda on: on.organizing.organize(), "Ctrl+Shift+O", lambda s: s.has_groups and not s.busy),
    MenuEntry("keywords", "Tools", tr_noop("Write &keywords…"),
              tr_noop("Each photo's group as a keyword beside it, for other programs"),
              lambda on: on.organizing.write_keywords(), None, lambda s: s.has_groups and not s.busy),
    MenuEntry("unsure", "Tools", tr_noop("Decide &unsure photos…"),
              tr_noop("One by one, each beside the groups it is most like"),
               Handlers.decide_unsure, "Ctrl+U", lambda s: s.has_unsure),
    MenuEntry("teach", "Tools", tr_noop("&Teach…"),
              tr_noop("Find more photos like those that you put into groups by hand"),
               lambda on: on.filing.teach(), "Ctrl+T", lambda s: s.has_groups and not s.busy),
    MenuEntry("duplicates", "Tools", tr_noop("&Duplicates…"),
              tr_noop("Photos that are there more than once, and the way to the trash"),
               Handlers.find_duplicates, "Ctrl+D", lambda s: s.has_groups and not s.busy),
    MenuEntry("suggested_k", "Tools", tr_noop("Use the &suggested number of groups"),
              tr_noop("Let the elbow chart choose"),
               lambda on: on.grouping.choose_k(None), "Ctrl+K", lambda s: s.has_groups),
    MenuEntry("models", "Tools", tr_noop("&Models…"),
              tr_noop("What looks at the photos: use, add, compare, or learn from this folder"),
               Handlers.show_models),
    MenuEntry("history", "Tools", tr_noop("&History…"), tr_noop("What was organized so far, and undo"),
               lambda on: on.organizing.show_history(), "Ctrl+H"),
    MenuEntry("cancel", "Tools", tr_noop("&Cancel what is running"), tr_noop("Stop the work in progress"),
               lambda on: on.workflow.cancel(), None, lambda s: s.busy, separator=True),

    MenuEntry("settings", "Settings", tr_noop("&Settings…"), tr_noop("Model, method, what is left out, colors"),
               Handlers.show_settings, "Ctrl+,"),
    MenuEntry("keys", "Settings", tr_noop("&Keys…"),
              tr_noop("The keys of every action, and other ones where you want them"),
               Handlers.show_keys, _Key.HelpContents),
    MenuEntry("theme_system", "Settings > Appearance", tr_noop("As the &system"), tr_noop("Follow the system"),
               lambda on: on.choose_theme("system"), choice="theme"),
    MenuEntry("theme_light", "Settings > Appearance", tr_noop("&Light"), tr_noop("Dark text on a light window"),
               lambda on: on.choose_theme("light"), choice="theme"),
    MenuEntry("theme_dark", "Settings > Appearance", tr_noop("&Dark"), tr_noop("Light text on a dark window"),
               lambda on: on.choose_theme("dark"), choice="theme"),

    MenuEntry("find_action", "Help", tr_noop("&Find an action…"), tr_noop("Type a few letters of what you want to do"),
               Handlers.find_action, "Ctrl+Shift+P"),
    MenuEntry("words", "Help", tr_noop("&What the words mean"), tr_noop("Groups, k, elbow, similarity, unsure"),
               Handlers.explain_words),
    MenuEntry("open_logs", "Help", tr_noop("Open the &log folder"),
              tr_noop("Where Kindred writes down what went wrong"),
               lambda _on: desktop.open_file(paths.log_dir())),
    MenuEntry("save_report", "Help", tr_noop("Save a &report…"),
              tr_noop("For whoever helps you; it names no folder and no photo"),
               lambda on: save_report(on.window, on.runner, on.notice)),
    MenuEntry("about", "Help", tr_noop("&About Kindred"), tr_noop("Version and license"),
              Handlers.show_about, separator=True),
)  # fmt: skip


class Menus:
    """The window's menus by name, and the `QAction` of each entry by id.

    They exist before what they act on, since views show some of them as buttons: `connect` brings both together.
    """

    def __init__(self, window: QMainWindow, memory: WindowSettings) -> None:
        self.by_name: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        choices: dict[str, QActionGroup] = {}
        for name, text in MENUS.items():
            if " > " not in name:
                self.by_name[name] = window.menuBar().addMenu(tr(text))
        for spec in ENTRIES:
            action = QAction(spec.called, window)
            action.setObjectName(spec.id)
            action.setStatusTip(tr(spec.tip, place=spec.place))
            action.setCheckable(bool(spec.choice) or spec.checked is not None)
            if spec.choice:
                group = choices.setdefault(spec.choice, QActionGroup(window))
                group.addAction(action)
            menu = self._menu(spec.menu)
            if spec.separator:
                menu.addSeparator()
            menu.addAction(action)
            self._actions[spec.id] = action
        keyed = (KeyedAction(_path(spec.menu), self[spec.id], spec.sequences, spec.called) for spec in ENTRIES)
        self.keys = Keys(keyed, memory)
        self.over_photo = QMenu(window)
        self.over_photo.addActions([self._actions[name] for name in PHOTO_MENU if name in self._actions])
        self.recent = QMenu(tr("Open &recent"), window)
        self.by_name["File"].insertMenu(self["open_sample"], self.recent)

    def _menu(self, name: str) -> QMenu:
        if name not in self.by_name:
            self.by_name[name] = self.by_name[name.partition(" > ")[0]].addMenu(tr(MENUS[name]))
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
        self.recent.addAction(tr("Open folder…"), handlers.choose_folder)

    def show(self, situation: Situation) -> None:
        """Enable what makes sense now, and say what is about something."""
        for spec in ENTRIES:
            action = self[spec.id]
            action.setEnabled(spec.enabled(situation))
            if spec.checked is not None:
                action.setChecked(spec.checked(situation))
            if spec.say is not None:
                action.setText(spec.say(situation) or spec.called)


def _path(menu: str) -> str:
    """Where an entry is found, as lists of actions say it: ``Settings > Appearance``, in the language spoken."""
    outer, _, inner = menu.partition(" > ")
    names = (outer, menu) if inner else (outer,)
    return " > ".join(plain(tr(MENUS[name])) for name in names)
