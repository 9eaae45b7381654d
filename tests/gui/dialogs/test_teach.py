"""Teaching in the window: more of what was placed by hand moves when it is wanted, and nothing past a lock."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Int64Array
from desktop_app.gui.dialogs.teach import TeachDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, choose_k, kinds


def _teach(qtbot: QtBot, window: MainWindow) -> TeachDialog:
    window.menus["teach"].trigger()
    dialog = window.findChild(TeachDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.said.text().startswith("Looking"), timeout=WAIT)
    return dialog


def _close(qtbot: QtBot, window: MainWindow, dialog: TeachDialog) -> None:
    dialog.reject()
    QApplication.sendPostedEvents(None, 52)
    qtbot.waitUntil(lambda: window.findChild(TeachDialog) is None, timeout=WAIT)


def _members(window: MainWindow, group_id: int) -> Int64Array:
    group = window.state.group(group_id)
    assert group is not None
    return np.sort(group.photo_ids)


def test_nothing_goes_out_of_a_locked_group_or_into_one_and_the_dialog_says_how_many_stay(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose_k(qtbot, window, 2)
    (mixed,) = [group for group in window.state.groups if len(kinds(window, group)) == 2]
    one = sorted(kinds(window, mixed))[0]
    paths = {photo.id: photo.path.name for photo in window.state.photos.values()}
    alike = np.array([photo_id for photo_id in mixed.photo_ids.tolist() if paths[photo_id].startswith(one)])
    made = window.corrections.new_group(alike[:4], "Alone")
    assert made is not None

    for locked in (mixed.id, made):
        window.corrections.set_locked([locked], True)
        dialog = _teach(qtbot, window)
        assert dialog.said.text() == (
            "Nothing would move. 4 photos were left alone, because their group, or the one that they would go to, "
            "is locked."
        )
        assert not dialog.checks
        assert not dialog.go.isEnabled()
        _close(qtbot, window, dialog)
        window.corrections.set_locked([locked], False)

    dialog = _teach(qtbot, window)
    assert dialog.said.text().startswith("4 more photos look like your corrections.")
    assert "locked" not in dialog.said.text()
    assert dialog.go.text() == "Move 4"
    dialog.go.click()
    QApplication.sendPostedEvents(None, 52)
    assert _members(window, made).tolist() == sorted(alike.tolist())
