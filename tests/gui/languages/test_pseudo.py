"""Everything in the window is said in the language spoken, and fits where it stands, in small windows, too."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.language import ENGLISH, speak
from desktop_app.engine.types import UNSURE
from desktop_app.engine.version import version
from desktop_app.gui import languages
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.jobs.organizer import LeftOver
from desktop_app.gui.main_window import MainWindow
from tests.helpers import shown_texts
from tests.helpers.pseudo import pseudo_language, unsaid
from tests.helpers.window import WAIT, choose_k, message, wait_for_groups

SIZES = ((1366, 768), (910, 512), (760, 480), (683, 384))
"""The second and the last are a screen of 1366 by 768 at 150 and at 200 %."""
OWN = (
    "Kindred", "Apache License 2.0", "Tiny test model", "Random weights; has seen nothing.", "tiny", "*.gif; drafts/*",
    "photos-simclr", "photos", "English", "Deutsch",
)  # fmt: skip
"""Names that are the same in every language."""
Scene = tuple[str, QWidget]


@pytest.fixture(params=["pseudo", "en", *languages.available()[1:]])
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The language of tests, and each that there is: some texts are longer still in one of these."""
    if request.param == "pseudo":
        speak(pseudo_language(tmp_path_factory.mktemp("pseudo")))
    elif request.param == "en":
        speak(ENGLISH)
    else:
        speak(languages.catalog(languages.FOLDER / f"kindred_{request.param}.qm", request.param))
    yield request.param
    speak(ENGLISH)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Texts that views draw by themselves."""
    seen: set[str] = set()
    draw = QPainter.drawText

    def remember(painter: QPainter, *args: object) -> object:
        seen.update(one for one in args if isinstance(one, str))
        return draw(painter, *args)

    monkeypatch.setattr(QPainter, "drawText", remember)
    return seen


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short name: labels cannot break a long one, which no language is to blame for."""
    return tmp_path_factory.mktemp("at")


@pytest.fixture
def album(album: Path, place: Path) -> Path:
    """With a photo that is there twice."""
    there = shutil.copytree(album, place / "album")
    (there / "again").mkdir()
    shutil.copy(there / "red 0.jpg", there / "again" / "same.jpg")
    return there


def opened(window: MainWindow, entry: str) -> QDialog:
    before = set(window.findChildren(QDialog))
    window.menus[entry].trigger()
    fresh = set(window.findChildren(QDialog)) - before
    assert len(fresh) == 1, entry
    return fresh.pop()


def beginning(qtbot: QtBot, window: MainWindow, album: Path, hold: Callable[[int], threading.Event]) -> Iterator[Scene]:
    """From the first page to groups."""
    yield "welcome", window
    go_on = hold(9)
    window.handlers.open_folder(album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 0 or window.work_bar.isVisible(), timeout=WAIT)
    yield "reading", window
    window.work_bar.pause.click()
    yield "paused", window
    window.work_bar.pause.click()
    go_on.set()
    wait_for_groups(qtbot, window)
    yield "opened", window
    window.menus["teach"].trigger()
    yield "nothing to learn from", window
    choose_k(qtbot, window, 5)
    window.grouping.choose_unsure(0.99)
    qtbot.waitUntil(lambda: window.state.group(UNSURE) is not None, timeout=WAIT)
    wait_for_groups(qtbot, window)


def pages(qtbot: QtBot, window: MainWindow) -> Iterator[Scene]:
    """The window, page after page."""
    state, menus = window.state, window.menus
    for name in ("look", "sort", "explore"):
        menus[f"arrange_{name}"].trigger()
        yield name, window
    window.scatter.tools.legend.setChecked(True)
    window.grid.filter_button.click()
    yield "filter", window
    yield from chosen(qtbot, window)
    state.set_selection(window.grid.model.ids[:2], int(window.grid.model.ids[0]))
    menus["compare"].trigger()
    window.viewer.details.show()
    yield "compare", window
    window.viewer.close_view()
    menus["unsure"].trigger()
    yield "unsure", window
    while window.unsure_page.current is not None:
        qtbot.keyClick(window.unsure_page, Qt.Key.Key_S)
    yield "unsure, the end", window
    window.unsure_page.leave()
    menus["duplicates"].trigger()
    qtbot.waitUntil(lambda: window.duplicates.list.model().rowCount() > 0, timeout=WAIT)
    yield "duplicates", window
    window.duplicates.leave()


def chosen(qtbot: QtBot, window: MainWindow) -> Iterator[Scene]:
    """Photos and a group that were chosen, locked and looked at."""
    state, menus = window.state, window.menus
    state.set_selection(window.grid.model.ids[:3], int(window.grid.model.ids[0]))
    menus["similar"].trigger()
    qtbot.waitUntil(lambda: window.neighbors.model.rowCount() > 0, timeout=WAIT)
    window.neighbors.all_similar.click()
    qtbot.waitUntil(window.neighbors.similar.select.isEnabled, timeout=WAIT)
    for entry in ("file_2", "undo"):
        menus[entry].trigger()
        yield entry, window
    state.choose_group(state.groups[0].id)
    for entry in ("lock_group", "hide_group", "lock_photos"):
        menus[entry].trigger()
    yield "locked", window
    state.set_selection(window.grid.model.ids[:1], int(window.grid.model.ids[0]))
    menus["view_photo"].trigger()
    yield "viewer", window
    window.viewer.close_view()


def dialogs(qtbot: QtBot, window: MainWindow) -> Iterator[Scene]:
    """Every dialog that a menu opens."""
    window.state.choose_group(window.state.groups[0].id)
    window.menus["select_all"].trigger()
    for entry in (
        "move_to_group", "merge_group", "split_group", "keywords", "models", "history", "settings", "keys", "problems",
        "find_action", "words", "about", "organize_selection", "organize_group", "teach",
    ):  # fmt: skip
        dialog = opened(window, entry)
        wait_for_groups(qtbot, window)
        yield entry, dialog
        dialog.close()


def copied(qtbot: QtBot, window: MainWindow, to: Path) -> Iterator[Scene]:
    """Photos are copied, and taken back."""
    ask = opened(window, "organize")
    assert isinstance(ask, OrganizeDialog)
    ask.destination.setText(str(to))
    qtbot.waitUntil(ask.go.isEnabled, timeout=WAIT)
    yield "organize", ask
    ask.go.click()
    wait_for_groups(qtbot, window)
    yield "result", window
    history = opened(window, "history")
    yield "history of a run", history
    history.close()
    (run,) = window.organizer.runs
    window.handlers.organizing.undo_run(run.id)
    box = message(qtbot, window)
    yield "undo", box
    box.close()
    box.deleteLater()
    window.organizer.undo(run.id)
    wait_for_groups(qtbot, window)
    yield "undone", window


def troubles(qtbot: QtBot, window: MainWindow, to: Path) -> Iterator[Scene]:
    """What does not go as it should."""
    assert window.state.folder is not None
    window.announcer.say_left_over(LeftOver(window.state.folder, to, "move", 3, undoing=False))
    yield "left over", window
    window.announcer.say_left_over(LeftOver(window.state.folder, to, "copy", 3, undoing=True))
    yield "undoing left over", window
    window.closing._ask_about_files()
    window.closing._ask_about_learning()
    for box in [one for one in window.findChildren(QMessageBox) if one.isVisible()]:
        yield "closing", box
        box.close()
    window.handlers.open_path(window.state.folder / "gone.jpg")
    yield "gone", window
    shutil.rmtree(window.state.folder)
    window.handlers.rescan()
    yield "folder gone", window


def names_of(window: MainWindow, *folders: Path) -> set[str]:
    """What of the shown texts is nobody's to translate."""
    names = {*OWN, version(), window.state.device, str(paths.config_dir())}
    for photo in window.state.photos.values():
        names |= {str(photo.path), photo.path.name, photo.path.parent.name}
    for folder in folders:
        names |= {str(folder), folder.name, str(folder.parent), folder.parent.name, "broken.jpg", "gone.jpg", ".xmp"}
    for one in window.menus.keys.actions:
        for keys in one.action.shortcuts():
            names |= {keys.toString(form) for form in QKeySequence.SequenceFormat}
    return names | of_qt()


def of_qt() -> set[str]:
    """Qt's own texts, which a catalog of its own translates."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButtons(0x7FFFFC00))
    return {button.text() for button in box.buttons()} | {"Press shortcut"}


def english(name: str, top: QWidget, names: set[str]) -> Iterator[str]:
    """What of a scene was never looked up, in words."""
    for widget in shown_texts.in_sight(top):
        for kind, text in shown_texts.texts(widget):
            if left := unsaid(text, names):
                yield f"{name}: {type(widget).__name__}, {kind}: {left!r} of {text!r}"


def cut(name: str, top: QWidget) -> Iterator[str]:
    """What of a scene cannot be read, in words; of the window in all sizes."""
    for size in SIZES:
        if isinstance(top, MainWindow):
            top.resize(*size)
        for _ in range(3):  # a label that breaks its lines takes two turns to find its height
            QApplication.processEvents()
        for widget in shown_texts.in_sight(top):
            for wrong in filter(None, (shown_texts.cut(widget), shown_texts.outside(widget))):
                said = {text for _, text in shown_texts.texts(widget) if text}
                yield f"{name} at {size}: {type(widget).__name__} {wrong}, {said}"
        top.grab()


def test_all_is_said_and_fits(
    qtbot: QtBot,
    spoken: str,
    make_window: Callable[[], MainWindow],
    album: Path,
    hold_reading: Callable[[int], threading.Event],
    painted: set[str],
    place: Path,
) -> None:
    window, to = make_window(), place / "sorted"
    wrong: dict[str, None] = {}
    names: set[str] = set()
    for journey in (
        beginning(qtbot, window, album, hold_reading),
        pages(qtbot, window),
        dialogs(qtbot, window),
        copied(qtbot, window, to),
        troubles(qtbot, window, to),
    ):
        for name, top in journey:
            names |= names_of(window, album, to)
            wrong.update(dict.fromkeys(english(name, top, names)) if spoken == "pseudo" else {})
            wrong.update(dict.fromkeys(cut(name, top)))
    if spoken == "pseudo":
        seen = [text for menu in window.findChildren(QMenu) for _, text in shown_texts.entries(menu)]
        wrong.update({f"in a menu, or painted: {text!r}": None for text in (*seen, *painted) if unsaid(text, names)})
    assert not wrong, "\n".join(wrong)
