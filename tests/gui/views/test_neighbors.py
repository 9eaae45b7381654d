"""Neighbors with how alike they are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Neighbors
from desktop_app.gui.app_state import AppState
from desktop_app.gui.views.neighbors import NeighborsView
from desktop_app.gui.views.photo_tile import CAPTION_ROLE
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import fill


def test_neighbors_show_similarity_and_ask_on(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = NeighborsView(state, thumbnails, QAction("&Back"), QAction("&Forward"))
    qtbot.addWidget(view)
    view.resize(340, 500)
    view.show()
    fill(state)
    found = Neighbors(np.array([[103, 106]]), np.array([[0.973, 0.9]], dtype=np.float32))
    state.set_neighbors(100, found)
    assert [view.model.index(row).data(CAPTION_ROLE) for row in range(2)] == ["0.97", "0.90"]
    assert view.caption.text().splitlines() == ["100.jpg", "40 × 30", "2019-07-01 10:00"]
    chosen: list[int] = []
    view.photo_chosen.connect(chosen.append)
    center = view.list.visualRect(view.model.index(1)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=center)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=center)
    assert chosen == [106]  # the second half of a double click chooses nothing
