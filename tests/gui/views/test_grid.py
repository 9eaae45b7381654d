"""The wall of photos follows group and photo, and says what was chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.app_state import AppState
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.theme import accent
from desktop_app.gui.views.grid import GridView
from desktop_app.gui.views.grid_tools import FilterBar
from desktop_app.gui.views.photo_order import PhotoTable, Sort
from desktop_app.gui.views.photo_tile import (
    BADGES_ROLE,
    CAPTION_ROLE,
    DUPLICATE,
    HEADING_ROLE,
    ID_ROLE,
    LOCKED,
    PhotoDelegate,
)
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import LEFT, WAIT, choose_k, fill, wait_for_groups


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
    chosen: list[int | None] = []
    state.selected_photo_changed.connect(lambda: chosen.append(state.selected_photo))
    qtbot.mouseClick(
        view.list.viewport(), Qt.MouseButton.LeftButton, pos=view.list.visualRect(view.model.index(1)).center()
    )
    assert chosen == [shown[1]]
    qtbot.keyClick(view.list, Qt.Key.Key_Right)
    assert chosen == shown[1:3]
    view.list.selectAll()
    assert state.selection.tolist() == sorted(shown)
    urls = view.model.mimeData([view.model.index(0)]).urls()
    assert [url.toLocalFile() for url in urls] == ["/album/125.jpg"]
    assert view.model.supportedDragActions() == Qt.DropAction.CopyAction


def test_a_place_far_down_is_found_as_soon_as_it_is_laid_out(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    view = GridView(AppState(), thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.model.set_ids(np.arange(1, 100_001))
    assert view.list.top_id() == 0
    view.show_at_top(60_000)
    qtbot.waitUntil(lambda: view.list.top_id() > 0, timeout=WAIT)
    assert view.list.top_id() <= 60_000 < view.list.top_id() + 10
    at = view.list.verticalScrollBar().value()
    qtbot.waitUntil(lambda: view.list.visualRect(view.model.index(99_999)).isValid(), timeout=WAIT)
    assert view.list.verticalScrollBar().value() == at
    view.show_at_top(100_001)  # not here
    assert view.list.verticalScrollBar().value() == at


def test_a_place_is_found_in_what_is_not_laid_out_yet(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    view = GridView(AppState(), thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.model.set_ids(np.arange(1, 11))
    view.list.top_id()
    view.model.set_ids(np.arange(1, 501))
    view.show_at_top(300)  # which lays out, and so changes the range that is waited for
    assert view.list.top_id() <= 300 < view.list.top_id() + 10


def test_grid_of_a_hundred_thousand_opens(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.model.set_ids(np.arange(100_000))
    last = view.model.index(99_999)
    # Laid out in batches, the window alive between.
    qtbot.waitUntil(lambda: view.list.visualRect(last).isValid(), timeout=WAIT)
    view.list.scrollTo(last)
    assert view.list.viewport().rect().contains(view.list.visualRect(last).center())


def test_grid_and_map_choose_the_same_photo(qtbot: QtBot, window: MainWindow) -> None:
    index = window.grid.model.index(3)
    qtbot.mouseClick(window.grid.list.viewport(), LEFT, pos=window.grid.list.visualRect(index).center())
    qtbot.waitUntil(lambda: window.state.neighbors is not None, timeout=WAIT)
    assert window.state.selected_photo == window.grid.list.current_id()
    assert window.scatter.points.ids[window.scatter.canvas.current] == window.state.selected_photo
    window.menus["copy_path"].trigger()
    chosen = window.state.selected_photo
    assert chosen is not None
    assert QGuiApplication.clipboard().text() == str(window.state.photos[chosen].path)


def test_each_photo_of_a_group_says_how_surely_it_belongs_there(qtbot: QtBot, window: MainWindow) -> None:
    assert {window.grid.model.index(row).data(CAPTION_ROLE) for row in range(24)} == {""}
    choose_k(qtbot, window, 3)
    window.state.select_group(1)
    captions = [window.grid.model.index(row).data(CAPTION_ROLE) for row in range(8)]
    shares = [int(caption.removesuffix(" %")) for caption in captions]
    assert shares == sorted(shares, reverse=True)
    assert 50 < shares[0] <= 100
    found = window.state.clustering
    assert found is not None
    first = window.state.groups[1].photo_ids[0]
    assert shares[0] == int(100 * found.confidence[found.photo_ids == first][0])
    assert str(window.grid.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)).endswith(f", {captions[0]}")


def test_the_grid_sorts_filters_and_heads_and_marks_what_is_out_of_the_ordinary(
    qtbot: QtBot, thumbnails: Thumbnails
) -> None:
    state = AppState()
    view = GridView(state, thumbnails, 96)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    fill(state)
    state.set_photos(
        [
            replace(
                photo,
                taken_at=f"2020-0{1 + 2 * (i // 10)}-01T10:00:00",
                damaged=i == 4,
                companions=(Path("/album/x"),) * (i == 5),
            )
            for i, photo in enumerate(state.photos.values())
        ]
    )
    state.set_table(PhotoTable.of(tuple(state.photos.values())))
    badges = [view.model.index(row).data(BADGES_ROLE) for row in range(30)]
    assert (badges[4], badges[5], badges[6], badges[29]) == (("!",), ("+1",), (), ("?",))
    assert str(view.model.index(29).data(Qt.ItemDataRole.AccessibleTextRole)).endswith("unsure")
    view.order_button.sorts[Sort.UNSURE_FIRST].trigger()
    assert view.model.ids.tolist() == list(range(100, 130))  # confidence rises with the id
    assert "unsure first" in view.order.text()
    view.order_button.headings.trigger()
    assert [row for row in range(view.model.rowCount()) if view.model.index(row).data(HEADING_ROLE)] == [0, 11, 22]
    assert view.model.index(11).data() == "March 2020"
    view.list.selectAll()
    assert state.selection.tolist() == list(range(100, 130))  # a heading is no photo
    assert view.order.text().startswith("30 photos")
    view.order_button.sorts[Sort.NAME].trigger()
    assert view.model.rowCount() == 30
    view.order_button.names.trigger()

    view.filter_button.click()
    view.filter.text.setText("12")
    qtbot.waitUntil(lambda: view.model.rowCount() == 11, timeout=WAIT)
    assert view.order.text().startswith("11 of 30 photos")
    assert state.selection.size == 30  # what is out of sight stays selected until something else is
    view.filter.unsure.setChecked(True)
    assert view.model.ids.tolist() == [128, 129]
    view.filter_button.click()
    assert view.model.rowCount() == 30


def test_locked_photos_and_duplicates_have_badges_and_duplicates_can_be_filtered_once_they_are_found(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose_k(qtbot, window, 3)
    state, model, bar = window.state, window.grid.model, window.grid.filter

    def marked(sign: str) -> set[int]:
        indexes = [model.index(row) for row in range(model.rowCount())]
        return {index.data(ID_ROLE) for index in indexes if sign in index.data(BADGES_ROLE)}

    assert not marked(LOCKED) | marked(DUPLICATE)
    locked, other = state.groups[0], state.groups[1]
    window.corrections.set_locked([locked.id], True)
    kept = int(other.photo_ids[0])
    window.corrections.accept(np.array([kept]))
    assert marked(LOCKED) == {*locked.photo_ids.tolist(), kept}
    choose_k(qtbot, window, 4)
    assert marked(LOCKED) == {*locked.photo_ids.tolist(), kept}
    row = model.row_of(kept)
    assert row is not None
    assert str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)).endswith("locked")
    assert "Locked: regrouping leaves it" in model.index(row).data(Qt.ItemDataRole.ToolTipRole)
    assert not window.grid.list.grab().isNull()  # painted with them

    window.grid.filter_button.click()
    assert not bar.duplicate.isEnabled()
    assert "Tools > Duplicates" in bar.duplicate.toolTip()
    twice = [*other.photo_ids[:2].tolist(), int(locked.photo_ids[0])]
    state.set_duplicates([twice])
    assert marked(DUPLICATE) == set(twice)
    bar.duplicate.click()
    assert set(model.ids.tolist()) == set(twice)
    assert window.grid.order.text().startswith("3 of 24 photos")
    # Reading the folder again forgets nothing, but a photo whose others have gone is alone now.
    window.workflow.rescan()
    wait_for_groups(qtbot, window)
    assert bar.duplicate.isEnabled()
    assert marked(DUPLICATE) == set(twice)
    bar.duplicate.click()
    for photo_id in twice[1:]:
        state.photos[photo_id].path.unlink()
    window.workflow.rescan()
    wait_for_groups(qtbot, window)
    assert model.rowCount() == 22
    assert not marked(DUPLICATE)
    assert marked(LOCKED)
    window.corrections.release(np.array([kept]))
    window.corrections.set_locked([locked.id], False)
    assert not marked(LOCKED)


def test_in_a_small_window_the_boxes_of_the_filter_have_a_line_of_their_own(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    bar = FilterBar(ground)
    bar.show()
    ground.show()
    for width, below in ((900, False), (300, True), (900, False)):
        bar.resize(width, 80)
        bar.layout().activate()
        assert (bar.unsure.geometry().top() > bar.text.geometry().bottom()) == below


def test_where_the_keyboard_stands_does_not_look_selected(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    model = QStandardItemModel(1, 1)

    def colors(state: QStyle.StateFlag) -> set[str]:
        image = QImage(64, 64, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        option = QStyleOptionViewItem()
        option.rect, option.state, option.palette = image.rect(), state, view.palette()
        painter = QPainter(image)
        PhotoDelegate(64).paint(painter, option, model.index(0, 0))
        painter.end()
        return {image.pixelColor(x, y).name() for x in range(64) for y in range(64)}

    chosen = accent(view.palette()).name()
    assert chosen in colors(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
    assert chosen not in colors(QStyle.StateFlag.State_HasFocus)
    assert len(colors(QStyle.StateFlag.State_HasFocus)) > len(colors(QStyle.StateFlag.State_None)), "but it is seen"


def test_the_surest_come_first_whoever_put_them_there(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 5)  # which cut through kinds by nothing but noise
    first, second = window.state.groups[:2]
    window.corrections.set_locked([first.id], True)
    window.corrections.move(second.photo_ids[-2:], first.id)
    wait_for_groups(qtbot, window)
    window.state.select_group(first.id)
    shares = [
        int(window.grid.model.index(row).data(CAPTION_ROLE).removesuffix(" %"))
        for row in range(len(first.photo_ids) + 2)
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[:2] == [100, 100]
    assert shares[-1] < 100
