"""The elbow chart chooses a number by click, drag and keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Elbow
from desktop_app.engine.wording import suggestion
from desktop_app.gui.app_state import AppState
from desktop_app.gui.views.elbow import ElbowView
from tests.helpers.window import WAIT, an_elbow, fill


def test_elbow_chooses_k_by_click_drag_and_keys(qtbot: QtBot) -> None:
    state = AppState()
    view = ElbowView(state)
    qtbot.addWidget(view)
    view.resize(360, 320)
    view.show()
    qtbot.waitExposed(view, timeout=WAIT)
    assert not view.chart.isEnabled()
    state.set_elbow(an_elbow())
    assert view.chart.value() == 9
    assert view.summary.text() == "9 groups suggested (8 to 12 would also do). The elbow is weak."
    chosen: list[int] = []
    view.k_chosen.connect(chosen.append)
    chart, middle = view.chart, view.chart.height() // 2

    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(chart.x_of(5)), middle))
    assert chosen[-1] == 5
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(chart.x_of(5)), middle))
    qtbot.mouseMove(chart, QPoint(round(chart.x_of(12)), middle))
    state.set_elbow(an_elbow())  # a result that arrives meanwhile leaves the handle in the hand
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(chart.x_of(12)), middle))
    assert chosen[-1] == 12
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: chosen[-1] == 14, timeout=WAIT)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: chosen[-1] == 2, timeout=WAIT)
    assert 13 not in chosen  # keys that follow each other ask once


def test_elbow_in_words() -> None:
    assert suggestion(an_elbow(9, 9)) == "9 groups suggested. The elbow is weak."
    assert suggestion(replace(an_elbow(9, 9), suggested=12)) == (
        "12 groups suggested. For fewer, larger ones take 9, where the curve bends a little."
    )
    assert (
        suggestion(replace(an_elbow(8, 9), suggested=9)) == "9 groups suggested (8 would also do). The elbow is weak."
    )
    clear = replace(an_elbow(13, 14), suggested=14, knee=16, strength="clear")
    assert suggestion(clear) == (
        "14 groups suggested (13 would also do). For more, smaller ones take 16, where the curve bends clearly."
    )
    one = Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1)
    assert suggestion(one) == "1 group suggested."


def test_elbow_of_too_few_photos_is_drawn_and_disabled(qtbot: QtBot) -> None:
    state = AppState()
    view = ElbowView(state)
    qtbot.addWidget(view)
    view.show()
    state.set_elbow(Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1))
    view.chart.grab()
    assert not view.chart.isEnabled()
    assert view.chart.reason == "One photo is one group."
    fill(state, 12)
    state.set_elbow(Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1))
    assert view.chart.reason == "All photos look the same: there is one group."
