"""The elbow chart chooses a number by click, drag and keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Elbow
from desktop_app.engine.wording import suggestion
from desktop_app.gui.app_state import AppState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.elbow import ElbowView
from tests.helpers.window import WAIT, an_elbow, choose_k, fill


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
    assert view.summary.text() == "9 groups suggested (8 to 12 would also do). It may well be more or fewer."
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
    unsure = "It may well be more or fewer."
    assert suggestion(an_elbow(9, 9)) == f"9 groups suggested. {unsure}"
    assert suggestion(replace(an_elbow(8, 9), suggested=9)) == f"9 groups suggested (8 would also do). {unsure}"
    clear = replace(an_elbow(13, 16), suggested=14, strength="clear")
    assert suggestion(clear) == "14 groups suggested (13 to 16 would also do). That is fairly sure."
    unknown = replace(an_elbow(4, 14), strength="none")
    assert suggestion(unknown) == (
        "The photos do not say how many groups there are. 9 is a guess. "
        "Take 4 for few large groups, 14 for many small ones."
    )
    assert suggestion(replace(an_elbow(9, 9), strength="none")) == (
        "The photos do not say how many groups there are. 9 is a guess."
    )
    one = Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1)
    assert suggestion(one) == "1 group suggested."


def test_where_nothing_can_be_known_few_and_many_groups_are_offered(qtbot: QtBot) -> None:
    state = AppState()
    holder = QWidget()  # that gives the pane any height, as a dock may
    view = ElbowView(state, holder)
    qtbot.addWidget(holder)
    view.resize(360, 320)
    holder.resize(360, 320)
    holder.show()
    qtbot.waitExposed(holder, timeout=WAIT)
    state.set_elbow(an_elbow())
    assert not view.offers.isVisible()
    state.set_elbow(replace(an_elbow(4, 14), strength="none"))
    assert view.offers.isVisible()
    assert (view.coarse.text(), view.fine.text()) == ("Coarse: 4", "Fine: 14")
    chosen: list[int] = []
    view.k_chosen.connect(chosen.append)
    qtbot.mouseClick(view.coarse, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.fine, Qt.MouseButton.LeftButton)
    assert chosen == [4, 14]
    view.resize(360, 180)  # the chart, which one works with, keeps its height
    assert not view.offers.isVisible()


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


def test_the_chart_tells_its_values_its_lines_and_what_one_more_divides(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 3)
    view, elbow = window.elbow, window.state.elbow
    assert elbow.null.shape == elbow.inertia.shape
    assert elbow.null[0] == pytest.approx(elbow.inertia[0])
    assert elbow.null[2] > 2 * elbow.inertia[2]  # three clear kinds
    told = view.chart.values_at(3)
    share = elbow.inertia[2] / elbow.inertia[0]
    assert told.startswith(f"3 groups: {share:.0%} of the scatter is left (")
    assert f"silhouette {elbow.silhouette[2]:.2f}" in told
    assert "silhouette" not in view.chart.values_at(1)
    assert view.chart.values_at(999) == ""
    found = window.state.clustering
    divided = next(group for group in window.state.groups if f"“{group.name}”" in view.next.text())
    assert view.next.text().startswith("3 → 4 divides")
    before = {group.id: set(group.photo_ids.tolist()) for group in window.state.groups}
    assert found.next_split is not None
    choose_k(qtbot, window, 4)
    after = [set(group.photo_ids.tolist()) for group in window.state.groups]
    assert all(members in after for group_id, members in before.items() if group_id != divided.id)
    assert before[divided.id] not in after
