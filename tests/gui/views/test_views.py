"""The views alone, over a state filled by hand: what is shown, and what a click or a key says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import UNSURE, Clustering, Elbow, Neighbors, Photo, Projection
from desktop_app.engine.wording import suggestion
from desktop_app.gui.app_state import ALL_PHOTOS, AppState
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.theme import mark
from desktop_app.gui.views import scatter as scatter_view
from desktop_app.gui.views.elbow import ElbowView
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.groups import COUNT_ROLE, GROUP_ROLE, GroupsView
from desktop_app.gui.views.neighbors import NeighborsView
from desktop_app.gui.views.photo_list import CAPTION_ROLE, ID_ROLE
from desktop_app.gui.views.scatter import ScatterView
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import show_clustering


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    runner = JobRunner()
    yield Thumbnails(runner)
    runner.close()


def fill(state: AppState, count: int = 30, k: int = 3, unsure: int = 2) -> None:
    """``count`` photos on three far-away spots, the last ``unsure`` of them claimed by no group."""
    ids = np.arange(100, 100 + count, dtype=np.int64)
    labels = (np.arange(count) % k).astype(np.int32)
    rng = np.random.default_rng(0)
    xy = np.stack([labels * 10 + rng.normal(0, 0.5, count), rng.normal(0, 1, count)], axis=1).astype(np.float32)
    if unsure:
        labels[-unsure:] = UNSURE
    state.set_folder(Path("/album"))
    state.set_photos(
        [Photo(int(i), Path(f"/album/{i}.jpg"), (), 10, 0, f"{i}", 40, 30, taken_at="2019-07-01T10:00:00") for i in ids]
    )
    zeros = np.zeros((2, 4), dtype=np.float32)
    state.set_projection(Projection(ids, xy, zeros[0], zeros, np.array([0.31, 0.17])))
    clustering = Clustering(ids, labels, np.linspace(0, 1, count).astype(np.float32), "kmeans", {"k": k}, 0)
    show_clustering(state, clustering)


def an_elbow(low: int = 8, high: int = 12) -> Elbow:
    k = np.arange(2, 21)
    return Elbow(k, 100 / k, np.sin(k / 5.0), 9, "weak", 9, low, high)


def test_no_two_of_the_first_56_groups_look_the_same() -> None:
    for dark in (False, True):
        marks = {(mark(label, dark).color.name(), mark(label, dark).symbol) for label in range(56)}
        assert len(marks) == 56
        for label in range(56):
            one, other = mark(label, dark), mark(label + 1, dark)
            assert one.color != other.color
            assert one.symbol != other.symbol
            assert one.symbol != mark(UNSURE, dark).symbol


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
    qtbot.waitExposed(view)
    chosen: list[int] = []
    view.photo_clicked.connect(chosen.append)
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
    qtbot.waitExposed(view)
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
    qtbot.waitExposed(view)
    assert view._density.isVisible()
    assert not view._items
    state.select_group(2)  # redraws the picture with the others dimmed
    view.plot.getViewBox().setRange(xRange=(-1.5, 1.5), yRange=(-4, 4), padding=0)
    qtbot.waitUntil(lambda: not view._density.isVisible())
    assert sum(len(item.points()) for item in view._items.values()) <= 400
    place = view.screen_position(103)
    assert place is not None
    view.show_everything()
    qtbot.waitUntil(view._density.isVisible)


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


def test_elbow_chooses_k_by_click_drag_and_keys(qtbot: QtBot) -> None:
    state = AppState()
    view = ElbowView(state)
    qtbot.addWidget(view)
    view.resize(360, 320)
    view.show()
    qtbot.waitExposed(view)
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
    qtbot.waitUntil(lambda: chosen[-1] == 14)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: chosen[-1] == 2)
    assert 13 not in chosen  # keys that follow each other ask once


def test_elbow_in_words() -> None:
    assert suggestion(an_elbow(9, 9)) == "9 groups suggested. The elbow is weak."
    assert suggestion(replace(an_elbow(9, 9), suggested=12)) == "12 groups suggested. The elbow, at 9, is weak."
    one = Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1)
    assert suggestion(one).startswith("1 group suggested. There is no elbow")


def test_elbow_of_too_few_photos_is_drawn_and_disabled(qtbot: QtBot) -> None:
    state = AppState()
    view = ElbowView(state)
    qtbot.addWidget(view)
    view.show()
    state.set_elbow(Elbow(np.array([1]), np.array([0.0]), np.array([np.nan]), None, "none", 1, 1, 1))
    view.chart.grab()
    assert not view.chart.isEnabled()


def test_groups_are_listed_with_counts_unsure_last(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GroupsView(state, thumbnails)
    qtbot.addWidget(view)
    fill(state)
    rows = [view.model.index(row) for row in range(view.model.rowCount())]
    assert [(row.data(), row.data(COUNT_ROLE)) for row in rows] == [
        ("All photos", 30), ("Group 1", 10), ("Group 2", 9), ("Group 3", 9), ("Unsure", 2)
    ]  # fmt: skip
    chosen: list[int] = []
    view.group_chosen.connect(chosen.append)
    view.step(1)
    view.step(1)
    assert chosen == [0, 1]
    state.select_group(UNSURE)
    assert view.list.currentIndex().data(GROUP_ROLE) == UNSURE


def test_f2_renames_a_group_in_place(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GroupsView(state, thumbnails)
    qtbot.addWidget(view)
    view.show()
    fill(state)
    qtbot.waitExposed(view)
    view.list.setCurrentIndex(view.model.index(2))
    view.rename_current()
    editor = next(child for child in view.list.viewport().children() if child.inherits("QLineEdit"))
    qtbot.keyClicks(editor, "Receipts")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.groups[1].name == "Receipts")
    state.rename_group(UNSURE, "Sure")
    state.rename_group(0, "   ")
    assert [group.name for group in state.groups] == ["Group 1", "Receipts", "Group 3", "Unsure"]


def test_grid_follows_the_group_and_the_photo(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    fill(state)
    assert view.model.rowCount() == 30
    state.select_group(1)
    assert view.title.text() == "Group 2"
    shown = [view.model.index(row).data(ID_ROLE) for row in range(view.model.rowCount())]
    assert sorted(shown) == [101 + 3 * i for i in range(9)]
    assert shown[0] == 125  # most sure first
    chosen: list[int] = []
    view.photo_chosen.connect(chosen.append)
    qtbot.mouseClick(
        view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.visualRect(view.model.index(1)).center()
    )
    assert chosen == [shown[1]]
    qtbot.keyClick(view.list, Qt.Key.Key_Right)
    assert chosen == shown[1:3]
    view.list.selectAll()
    assert view.list.selected_ids() == shown
    urls = view.model.mimeData([view.model.index(0)]).urls()
    assert [url.toLocalFile() for url in urls] == ["/album/125.jpg"]
    assert view.model.supportedDragActions() == Qt.DropAction.CopyAction


def test_grid_of_a_hundred_thousand_opens(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.model.set_ids(np.arange(100_000))
    last = view.model.index(99_999)
    qtbot.waitUntil(lambda: view.list.visualRect(last).isValid())  # laid out in batches, the window alive between
    view.list.scrollTo(last)
    assert view.list.viewport().rect().contains(view.list.visualRect(last).center())


def test_neighbors_show_similarity_and_ask_on(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = NeighborsView(state, thumbnails, QAction("&Back"), QAction("&Forward"))
    qtbot.addWidget(view)
    view.resize(340, 500)
    view.show()
    fill(state)
    found = Neighbors(np.array([100]), np.array([[103, 106]]), np.array([[0.973, 0.9]], dtype=np.float32))
    state.set_neighbors(100, found)
    assert [view.model.index(row).data(CAPTION_ROLE) for row in range(2)] == ["0.97", "0.90"]
    assert view.caption.text().splitlines() == ["100.jpg", "40 × 30", "2019-07-01 10:00"]
    chosen: list[int] = []
    view.photo_chosen.connect(chosen.append)
    center = view.list.visualRect(view.model.index(1)).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=center)
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=center)
    assert chosen == [106]  # the second half of a double click chooses nothing
