"""The selection stays with its photos."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import choose_k


def test_the_selection_stays_with_its_photos_as_k_moves(qtbot: QtBot, window: MainWindow) -> None:
    state = window.state
    choose_k(qtbot, window, 3)
    kind = {group.id: state.photos[int(group.photo_ids[0])].path.name.split()[0] for group in state.groups}
    for start in kind:
        state.select_group(start)
        for k in (4, 5, 3):
            choose_k(qtbot, window, k)
            shown = {state.photos[i].path.name.split()[0] for i in state.shown_ids().tolist()}
            assert shown == {kind[start]}
