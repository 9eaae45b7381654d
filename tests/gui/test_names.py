"""Suggested names in the window: seen as such, kept when a person says so or uses them; a name of their own wins."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.groups import SUGGESTED_ROLE
from tests.helpers.window import WAIT, choose_k, kinds, open_organize, wait_for_groups
from tests.helpers.words import teach_words

KINDS = {"red": "flower", "green": "forest", "blue": "sea"}
NAMES = {"red": "Flowers", "green": "Forest", "blue": "Sea"}


@pytest.fixture
def taught(settings: Settings, kindred_home: Path, album: Path) -> Settings:
    """The tiny model knows three words, which hold of the three kinds of photos of the album."""
    with Library(album, settings) as library:
        library.index(JobContext())
        found = [library.photo(photo_id).path.name.split()[0] for photo_id in library.embeddings.photo_ids.tolist()]
        shown = np.array([[kind == one for one in KINDS] for kind in found])
        teach_words(kindred_home / "models" / "tiny", list(KINDS.values()), library.embeddings.vectors, shown)
    return settings


@pytest.fixture
def named(qtbot: QtBot, taught: Settings, make_window: Callable[[], MainWindow], album: Path) -> MainWindow:
    """A window that shows the three kinds as three groups."""
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    window.grouping.choose_k(3)
    qtbot.waitUntil(lambda: window.state.clustering is not None and window.state.clustering.k == 3, timeout=WAIT)
    wait_for_groups(qtbot, window)
    return window


def shown(window: MainWindow) -> dict[str, tuple[str, bool]]:
    """Name of the group of each kind, and whether it is a suggestion."""
    return {kinds(window, group).pop(): (group.name, group.suggested) for group in window.state.groups}


def test_names_of_a_known_folder_need_no_model(named: MainWindow, album: Path, taught: Settings) -> None:
    of = {frozenset(group.photo_ids.tolist()): group.name for group in named.state.groups}
    again = (
        "import sys; from pathlib import Path; from desktop_app.engine import curation, settings\n"
        "from desktop_app.engine.job import JobContext; from desktop_app.gui.jobs.finding import find\n"
        "from desktop_app.engine.library import Library\n"
        "folder = Path(sys.argv[1]); library = Library(folder, settings.Settings(model='tiny', workers=2))\n"
        "assert library.recall()\n"
        "known = curation.load(folder)\n"
        "found = find(library, ('kmeans', 3, 0.0), known, JobContext(), suggests=True)\n"
        "heavy = {'onnxruntime', 'scipy.optimize', 'sklearn'} & sys.modules.keys()\n"
        "print([{*group.photo_ids.tolist()} for group in found.arranged[2]], '|', "
        "[group.name for group in found.arranged[2]], '|', heavy or 'light')"
    )
    named.close()
    command = [sys.executable, "-c", again, str(album)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    members, names, heavy = said.split(" | ")
    assert {frozenset(ids): name for ids, name in zip(*map(literal_eval, (members, names)), strict=True)} == of
    assert heavy == "light"


def choose(window: MainWindow, kind: str) -> int:
    group = next(group for group in window.state.groups if kinds(window, group) == {kind})
    view = window.groups_view
    view.list.setCurrentIndex(view.model.index(view.model.row_of(group.id)))
    return group.id


def test_groups_come_with_names_that_are_seen_as_suggestions(named: MainWindow) -> None:
    assert shown(named) == {kind: (name, True) for kind, name in NAMES.items()}
    choose(named, "red")
    model, index = named.groups_view.model, named.groups_view.list.currentIndex()
    assert model.data(index, SUGGESTED_ROLE)
    assert "suggested name" in model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert "suggestion" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert named.grid.title.font().italic()
    named.scatter.tools.legend.setChecked(True)
    assert [named.scatter.legend.item(row).font().italic() for row in range(3)] == [True] * 3
    assert all(not group.name for group in named.state.curation.groups)


def test_enter_keeps_a_name_and_undo_takes_it_back(qtbot: QtBot, named: MainWindow) -> None:
    choose(named, "red")
    qtbot.keyClick(named.groups_view.list, Qt.Key.Key_Return)
    assert shown(named) == {"red": ("Flowers", False), "green": ("Forest", True), "blue": ("Sea", True)}
    assert not named.grid.title.font().italic()
    qtbot.keyClick(named.groups_view.list, Qt.Key.Key_Return)  # there is nothing more to keep
    assert named.corrections.stack.count() == 1
    named.corrections.undo()
    assert shown(named)["red"] == ("Flowers", True)


def test_the_menu_keeps_one_name_or_all(named: MainWindow) -> None:
    choose(named, "blue")
    assert named.menus["keep_name"].isEnabled()
    named.menus["keep_name"].trigger()
    assert not named.menus["keep_name"].isEnabled()
    named.menus["keep_names"].trigger()
    assert shown(named) == {kind: (name, False) for kind, name in NAMES.items()}
    assert not named.menus["keep_names"].isEnabled()
    named.corrections.undo()
    assert shown(named)["red"] == ("Flowers", True)
    assert shown(named)["blue"] == ("Sea", False)


def test_a_name_that_photos_were_filed_under_stays(named: MainWindow) -> None:
    blue = named.state.group(choose(named, "blue"))
    red = choose(named, "red")
    assert blue is not None
    named.corrections.move(blue.photo_ids[1:], red)  # most of red is blue now
    found = {group.id: (group.name, group.suggested) for group in named.state.groups}
    assert found[red] == ("Flowers", False)
    assert named.corrections.stack.count() == 1
    named.corrections.undo()
    assert shown(named) == {kind: (name, True) for kind, name in NAMES.items()}


def test_a_persons_name_wins_and_the_suggestion_gives_way(named: MainWindow) -> None:
    red = choose(named, "red")
    named.corrections.rename(red, "Sea")
    assert shown(named) == {"red": ("Sea", False), "green": ("Forest", True), "blue": ("Sea (2)", True)}


def test_suggestions_survive_reopening_and_only_kept_ones_are_kept(
    qtbot: QtBot, named: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    named.corrections.keep_names([choose(named, "green")])
    before = shown(named)
    named.close()
    assert sorted(one.name for one in curation.load(album).groups) == ["", "", "Forest"]
    again = make_window()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    assert shown(again) == before


def test_one_group_more_changes_the_name_of_none_of_the_others(qtbot: QtBot, named: MainWindow) -> None:
    choose_k(qtbot, named, 4)
    found = [(kinds(named, group), group.name) for group in named.state.groups]
    divided = {tuple(kind) for kind, _ in found if [other for other, _ in found].count(kind) == 2}
    assert len(divided) == 1
    for kind, name in found:
        assert name.startswith(NAMES[next(iter(kind))])


def test_names_that_are_used_as_folders_become_names(qtbot: QtBot, named: MainWindow, album: Path) -> None:
    dialog = open_organize(qtbot, named)
    dialog.go.click()
    qtbot.waitUntil(lambda: not named.organizer.is_busy, timeout=WAIT)
    assert {path.name for path in (album.parent / "album sorted").iterdir() if path.is_dir()} == set(NAMES.values())
    assert shown(named) == {kind: (name, False) for kind, name in NAMES.items()}


def test_names_can_be_switched_off_and_on(qtbot: QtBot, named: MainWindow) -> None:
    for setting, suggested in (("off", False), ("on", True)):
        named.workflow.set_settings(suggest_names=setting)
        qtbot.waitUntil(
            lambda suggested=suggested: all(one.suggested == suggested for one in named.state.groups),  # type: ignore[misc]
            timeout=WAIT,
        )
        wait_for_groups(qtbot, named)
    assert shown(named)["red"] == ("Flowers", True)


def test_words_that_cannot_be_read_are_told_once_and_cost_no_group(
    qtbot: QtBot, taught: Settings, kindred_home: Path, make_window: Callable[[], MainWindow], album: Path
) -> None:
    (kindred_home / "models" / "tiny" / "words.onnx").write_bytes(b"no network")
    window = make_window()
    told: list[str] = []
    window.workflow.noticed.connect(told.append)
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    window.grouping.choose_k(2)
    qtbot.waitUntil(lambda: window.state.clustering is not None and window.state.clustering.k == 2, timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert [group.suggested for group in window.state.groups] == [False, False]
    assert len([text for text in told if "words.onnx" in text]) == 1
