"""What was asked about is found, and asked again on the way back."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT


def test_a_click_on_a_point_fills_the_neighbors_and_back_returns(qtbot: QtBot, window: MainWindow) -> None:
    ids = window.scatter.points.ids.tolist()
    first, second = ids[0], ids[12]
    for photo_id in (first, second):
        place = window.scatter.screen_position(photo_id)
        assert place is not None
        qtbot.mouseClick(window.scatter.plot.viewport(), LEFT, pos=place)
        qtbot.waitUntil(lambda: window.state.neighbors_of == window.state.selected_photo is not None, timeout=WAIT)
    chosen = window.state.selected_photo
    assert chosen is not None
    found = window.state.neighbors
    assert found is not None
    kind = window.state.photos[chosen].path.name.split()[0]
    nearest = [window.state.photos[i].path.name.split()[0] for i in found.photo_ids[0][:7].tolist()]
    assert nearest == [kind] * 7
    assert np.all(np.diff(found.similarity[0]) <= 1e-6)
    assert chosen not in found.photo_ids
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.state.neighbors_of != chosen, timeout=WAIT)
    assert window.menus["forward"].isEnabled()
    assert not window.menus["back"].isEnabled()
