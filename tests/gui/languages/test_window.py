"""What the window and Qt say once a language is chosen, in each that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.engine.language import ENGLISH, speak
from desktop_app.engine.wording import moment
from desktop_app.gui import languages
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import wait_for_groups


@pytest.fixture(params=languages.available())
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each language as the program installs it."""
    before = QLocale()
    languages.install(qapp, request.param)
    yield request.param
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
        translator.setParent(None)
        translator.deleteLater()
    QLocale.setDefault(before)
    speak(ENGLISH)


def letters(actions: list[QAction]) -> list[str]:
    """The letters that choose these entries."""
    texts = [action.text().replace("&&", "") for action in actions if not action.isSeparator()]
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


def test_each_letter_chooses_one_entry_of_a_menu(spoken: str, make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    tools = window.scatter.tools.menu(window)
    menus = [(menu.title(), menu.actions()) for menu in window.findChildren(QMenu)]
    for name, actions in (*menus, ("the menu bar", window.menuBar().actions())):
        chosen = letters(actions)
        assert len(chosen) == len(set(chosen)), f"{name}: {sorted(chosen)}"
    assert len(letters(window.menuBar().actions())) == len(window.menuBar().actions())
    tools.close()


def test_qt_speaks_the_same_language(spoken: str) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Close)
    said = {button.text().replace("&", "") for button in box.buttons()}
    assert said == {"en": {"Cancel", "Close"}, "de": {"Abbrechen", "Schließen"}}[spoken]


def test_what_was_done_is_said_as_done(
    spoken: str, qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    group, other = window.state.groups[:2]
    window.corrections.rename(group.id, "beach")
    window.corrections.set_locked([group.id], True)
    said = {"en": "Done: locking beach", "de": "Erledigt: beach sperren"}[spoken]
    assert window.status_line.currentMessage() == said
    photo = window.state.photos[int(other.photo_ids[0])]
    window.corrections.move(other.photo_ids[:1], group.id)
    said = {"en": "Done: moving {} to beach", "de": "Erledigt: {} nach beach verschieben"}[spoken]
    assert window.status_line.currentMessage() == said.format(photo.path.name)
    window.corrections.undo()
    assert window.status_line.currentMessage()[:1] in "TZ"


def test_dates_are_written_as_the_language_does(spoken: str) -> None:
    said = {"en": "2024-05-09 18:30:07", "de": "09.05.2024 18:30:07"}[spoken]
    assert moment("2024-05-09T18:30:07") == said
    assert moment("2024-05-09T18:30:07", seconds=False) == said[:-3]
    assert moment("2024-05-09") == said[:10]
    assert moment("some day in May") == "some day in May"
    assert moment("") == ""
