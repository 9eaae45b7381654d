"""The map alone, over a state filled by hand: what is drawn, and what the pointer says."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import UNSURE, Projection
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.views import scatter as scatter_view
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import WAIT, fill


def test_scatter_draws_one_item_a_group_and_dims_the_others(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    fill(state)
    assert {label: len(item.points()) for label, item in view._items.items()} == {0: 10, 1: 9, 2: 9, UNSURE: 2}
    assert len({(item.opts["brush"].color().name(), item.opts["symbol"]) for item in view._items.values()}) == 4
    assert view.plot.getAxis("bottom").labelText == "PCA 1: 31 %"
    state.select_group(1)
    assert {label for label, item in view._items.items() if item.opacity() == 1.0} == {1}
    state.select_group(ALL_PHOTOS)
    assert all(item.opacity() == 1.0 for item in view._items.values())


def test_a_click_on_a_point_chooses_its_photo_and_a_drag_does_not(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    fill(state)
    qtbot.waitExposed(view, timeout=WAIT)
    chosen: list[int | None] = []
    state.selected_photo_changed.connect(lambda: chosen.append(state.selected_photo))
    place = view.screen_position(104)
    assert place is not None
    viewport = view.plot.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [104]
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(viewport, place + QPoint(40, 30))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + QPoint(40, 30))
    assert chosen == [104]


def test_hover_shows_the_photo_under_the_pointer(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    fill(state)
    qtbot.waitExposed(view, timeout=WAIT)
    place = view.screen_position(111)
    assert place is not None
    qtbot.mouseMove(view.plot.viewport(), place)
    assert view._card.isVisible()
    assert view._card.accessibleDescription() == "111.jpg"
    assert view.plot.viewport().rect().contains(view._card.geometry())
    qtbot.mouseMove(view.plot.viewport(), QPoint(2, 2))
    assert not view._card.isVisible()


def test_many_points_become_a_picture_and_points_again_when_zoomed(
    qtbot: QtBot, thumbnails: Thumbnails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scatter_view, "DENSITY_ABOVE", 500)
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    fill(state, count=1200)
    qtbot.waitExposed(view, timeout=WAIT)
    assert view._density.isVisible()
    assert not view._items
    state.select_group(2)  # redraws the picture with the others dimmed
    view.plot.getViewBox().setRange(xRange=(-1.5, 1.5), yRange=(-4, 4), padding=0)
    qtbot.waitUntil(lambda: not view._density.isVisible(), timeout=WAIT)
    assert sum(len(item.points()) for item in view._items.values()) <= 400
    place = view.screen_position(103)
    assert place is not None
    view.show_everything()
    qtbot.waitUntil(view._density.isVisible, timeout=WAIT)


@pytest.mark.parametrize("count", [1, 2])
def test_scatter_survives_one_photo_and_identical_ones(qtbot: QtBot, thumbnails: Thumbnails, count: int) -> None:
    state = AppState()
    view = ScatterView(state, thumbnails)
    qtbot.addWidget(view)
    view.show()
    fill(state, count=count, k=1, unsure=0)
    assert state.projection is not None
    same = Projection(state.projection.photo_ids, np.zeros((count, 2), np.float32), *[np.zeros(4, np.float32)] * 2,
                      np.zeros(2))  # fmt: skip
    state.set_projection(same)
    place = view.screen_position(100)
    assert place is not None
    assert view.photo_at(place) in (100, 101)
