"""The whole window on a real small folder, with a real (tiny) model: real clicks and keys."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.settings import Settings
from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.dialogs.history import HistoryDialog
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.menu import ENTRIES
from desktop_app.gui.views.photo_list import CAPTION_ROLE
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import WAIT, draw, wait_for_groups

LARGE = 120
LEFT = Qt.MouseButton.LeftButton


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def choose_k(qtbot: QtBot, window: MainWindow, k: int) -> None:
    chart = window.elbow.chart
    qtbot.mouseClick(chart, LEFT, pos=QPoint(round(chart.x_of(k)), chart.height() // 2))
    qtbot.waitUntil(lambda: window.state.clustering is not None and window.state.clustering.k == k, timeout=WAIT)
    wait_for_groups(qtbot, window)


def offer(window: MainWindow, text: str) -> QPushButton:
    """The button of the notice that begins with ``text``."""
    found = [button for button in window.notice.findChildren(QPushButton) if button.text().startswith(text)]
    assert len(found) == 1, f"{text} is not offered with {window.notice.text.text()!r}"
    return found[0]


def message(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=WAIT)
    return window.findChild(QMessageBox)


def test_a_folder_is_read_grouped_and_left_as_it_was(window: MainWindow, album: Path) -> None:
    state = window.state
    assert len(state.photos) == 24
    assert [problem.path.name for problem in state.problems] == ["broken.jpg"]
    assert state.elbow is not None
    assert state.clustering is not None
    assert window.groups_view.model.rowCount() == 1 + len(state.groups)
    assert window.grid.model.rowCount() == 24
    assert len(window.scatter._ids) == 24
    assert window.status_line.counts.text().startswith("24 photos · ")
    assert window.status_line.problems.text() == "1 problem (show)"
    assert not window.work_bar.isVisible()
    assert len(list(album.iterdir())) == 25
    assert window.windowTitle() == "album – Kindred"


def test_three_groups_are_the_three_kinds(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 3)
    kinds = [
        {window.state.photos[photo_id].path.name.split()[0] for photo_id in group.photo_ids.tolist()}
        for group in window.state.groups
    ]
    assert sorted(map(len, kinds)) == [1, 1, 1]
    assert set.union(*kinds) == {"red", "green", "blue"}
    assert window.tools.k.value() == 3
    assert not window.tools.auto.isChecked()
    window.menus["suggested_k"].trigger()
    assert window.tools.auto.isChecked()
    assert window.state.elbow is not None
    assert window.tools.k.value() == window.state.elbow.suggested
    wait_for_groups(qtbot, window)
    qtbot.waitUntil(lambda: window.state.clustering.k == window.state.elbow.suggested, timeout=WAIT)


def test_method_and_number_are_chosen_in_the_tool_bar(qtbot: QtBot, window: MainWindow) -> None:
    tools = window.tools
    tools.method.setFocus()
    tools.method.setCurrentIndex(tools.method.findData("agglomerative"))
    tools.method.activated.emit(tools.method.currentIndex())
    tools.k.setValue(5)
    qtbot.waitUntil(
        lambda: (
            window.state.clustering is not None
            and (window.state.clustering.method, window.state.clustering.k) == ("agglomerative", 5)
        ),
        timeout=WAIT,
    )
    assert window.elbow.chart.value() == 5
    wait_for_groups(qtbot, window)


def test_unsure_photos_are_set_apart_and_left_alone(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path
) -> None:
    # Of four pictures of other colors, one lies between red and green.
    for name, color in (("between", (120, 110, 50)), ("a", (90, 90, 90)), ("b", (95, 95, 100)), ("c", (120, 50, 125))):
        draw(album / f"{name}.jpg", color, seed=5)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    choose_k(qtbot, window, 3)
    window.groups_view.unsure.setValue(80)
    qtbot.waitUntil(lambda: window.state.groups[-1].name == "Unsure", timeout=WAIT)
    assert [window.state.photos[i].path.name for i in window.state.groups[-1].photo_ids.tolist()] == ["between.jpg"]
    assert window.groups_view.unsure_text.text() == "Unsure: less than 80 % sure"
    assert window.tools.organize.text() == "Organize 27…"
    dialog = open_organize(qtbot, window)
    assert dialog.go.text() == "Copy 27 photos"
    dialog.leave_unsure.setChecked(False)
    qtbot.waitUntil(lambda: dialog.go.text() == "Copy 28 photos", timeout=WAIT)
    dialog.reject()
    window.groups_view.unsure.setValue(0)
    qtbot.waitUntil(lambda: window.state.groups[-1].name != "Unsure", timeout=WAIT)
    wait_for_groups(qtbot, window)


def test_a_click_on_a_point_fills_the_neighbors_and_back_returns(qtbot: QtBot, window: MainWindow) -> None:
    ids = window.scatter._ids.tolist()
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


def test_grid_and_map_choose_the_same_photo(qtbot: QtBot, window: MainWindow) -> None:
    index = window.grid.model.index(3)
    qtbot.mouseClick(window.grid.list.viewport(), LEFT, pos=window.grid.list.visualRect(index).center())
    qtbot.waitUntil(lambda: window.state.neighbors is not None, timeout=WAIT)
    assert window.state.selected_photo == window.grid.list.current_id()
    assert len(window.scatter._selected.points()) == 1
    window.menus["copy_path"].trigger()
    chosen = window.state.selected_photo
    assert chosen is not None
    assert QGuiApplication.clipboard().text() == str(window.state.photos[chosen].path)


def test_thumbnails_arrive(qtbot: QtBot, window: MainWindow) -> None:
    ids = list(window.state.photos)
    qtbot.waitUntil(lambda: all(window.thumbnails.get(photo_id) is not None for photo_id in ids[:6]), timeout=WAIT)


def open_organize(qtbot: QtBot, window: MainWindow) -> OrganizeDialog:
    window.tools.organize.click()
    dialog = window.findChild(OrganizeDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    return dialog


def test_copy_and_undo(qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path) -> None:
    choose_k(qtbot, window, 3)
    before = contents(album)
    dialog = open_organize(qtbot, window)
    assert dialog.action.currentData() == "copy"
    dialog.destination.setText(str(tmp_path / "out"))
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == f"Copy {window.state.sorted_count} photos"
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert [top.child(i).text(1) for i in range(top.childCount())] == [
        str(len(group.photo_ids)) for group in window.state.groups
    ]
    assert not (tmp_path / "out").exists()

    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "24 photos copied" in window.notice.text.text(), timeout=WAIT)
    assert contents(album) == before
    assert sorted(contents(tmp_path / "out").values()) == sorted(v for k, v in before.items() if k != "broken.jpg")
    assert window.menus["undo"].text() == "&Undo copy of 24 photos"

    qtbot.mouseClick(offer(window, "Undo"), LEFT)
    qtbot.waitUntil(lambda: "taken back" in window.notice.text.text(), timeout=WAIT)
    assert contents(album) == before
    assert not contents(tmp_path / "out") if (tmp_path / "out").exists() else True
    assert not window.menus["undo"].isEnabled()


def test_move_rescans_and_undo_brings_everything_back(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    choose_k(qtbot, window, 3)
    before = contents(album)
    draw(album / "white.jpg", (250, 250, 250), seed=1)  # arrived since: stays, and keeps the folder from being empty
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / "out"))
    dialog.action.setCurrentIndex(dialog.action.findData("move"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == "Move 24 photos"
    dialog.go.click()
    qtbot.waitUntil(lambda: "24 photos moved" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert [photo.path.name for photo in window.state.photos.values()] == ["white.jpg"]
    window.menus["history"].trigger()
    history = window.findChild(HistoryDialog)
    assert history.table.topLevelItemCount() == 1
    qtbot.mouseClick(history.undo_button, LEFT)
    qtbot.waitUntil(lambda: "24 photos brought back" in window.notice.text.text(), timeout=WAIT)
    wait_for_groups(qtbot, window)
    (album / "white.jpg").unlink()
    assert contents(album) == before
    assert len(window.state.photos) == 25
    assert not history.undo_button.isEnabled()


def test_organize_into_a_place_that_is_a_file_says_so(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path
) -> None:
    dialog = open_organize(qtbot, window)
    (tmp_path / "file").write_text("x")
    dialog.destination.setText(str(tmp_path / "file"))
    qtbot.waitUntil(lambda: "Working out" not in dialog.summary.text(), timeout=WAIT)
    assert not dialog.go.isEnabled()
    assert dialog.summary.text()
    dialog.reject()


def test_renamed_group_gives_its_name_to_the_folder(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    choose_k(qtbot, window, 3)
    window.state.rename_group(0, "Red things")
    window.state.select_group(0)
    assert window.grid.title.text() == "Red things"
    named = set(window.state.groups[0].photo_ids.tolist())
    choose_k(qtbot, window, 4)  # the name stays with its photos
    assert [len(named & set(g.photo_ids.tolist())) > 4 for g in window.state.groups if g.name == "Red things"] == [True]
    choose_k(qtbot, window, 3)
    window.state.select_group(next(group.id for group in window.state.groups if group.name == "Red things"))
    window.menus["organize_group"].trigger()
    dialog = window.findChild(OrganizeDialog)
    dialog.destination.setText(str(tmp_path / "out"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: "copied" in window.notice.text.text(), timeout=WAIT)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Red things"]


@pytest.fixture
def large_album(tmp_path: Path) -> Path:
    """Files that take a while each: one large picture, and a number behind its end that makes each another content."""
    folder = tmp_path / "large"
    folder.mkdir()
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(buffer, "PNG")
    for number in range(LARGE):
        (folder / f"{number}.png").write_bytes(buffer.getvalue() + str(number).encode())
    return folder


def test_cancel_while_looking(qtbot: QtBot, make_window: Callable[[], MainWindow], large_album: Path) -> None:
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.scatter._ids) > 0, timeout=WAIT)  # the map fills while photos arrive
    assert len(window.state.photos) < LARGE
    assert "only reads" in window.notice.text.text()
    assert window.work_bar.isVisible()
    qtbot.mouseClick(window.work_bar.cancel, LEFT)
    qtbot.waitUntil(lambda: not window.workflow.is_working, timeout=WAIT)
    assert not window.work_bar.isVisible()
    assert "Stopped" in window.notice.text.text()
    seen = set(window.state.photos)
    assert 0 < len(seen) < LARGE
    qtbot.mouseClick(offer(window, "Go on"), LEFT)
    qtbot.waitUntil(lambda: seen <= set(window.state.photos), timeout=WAIT)


@pytest.mark.parametrize("paused", [False, True])
def test_close_while_looking_leaves_no_thread(
    qtbot: QtBot, make_window: Callable[[], MainWindow], large_album: Path, paused: bool
) -> None:
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 0, timeout=WAIT)
    if paused:
        qtbot.mouseClick(window.work_bar.pause, LEFT)
    window.close()
    assert not window.isVisible()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kindred-job")]


def test_another_folder_takes_the_place_of_the_one_being_read(
    qtbot: QtBot, make_window: Callable[[], MainWindow], large_album: Path, album: Path
) -> None:
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 0, timeout=WAIT)
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert {photo.path.parent for photo in window.state.photos.values()} == {album}
    window.menus["close_folder"].trigger()
    assert window.pages.currentWidget() is window.welcome
    assert not window.state.photos


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "text"])
def test_a_bad_folder_gets_a_message(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("x")
    elif kind != "missing":
        target.mkdir()
    if kind == "text":
        (target / "notes.txt").write_text("no picture")
    window = make_window()
    window.handlers.open_folder(target)
    box = message(qtbot, window)
    assert "target" in box.text()
    assert "Traceback" not in box.text() + box.informativeText()
    box.accept()
    assert not window.workflow.is_working
    assert window.memory.recent() == []
    assert window.pages.currentWidget() is window.welcome


def test_a_folder_of_broken_pictures_stays_open_with_its_problems(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    window = make_window()
    window.handlers.open_folder(tmp_path)
    message(qtbot, window).accept()
    assert window.status_line.problems.isVisible()
    qtbot.mouseClick(window.status_line.problems, LEFT)
    table = window.findChild(ProblemsView).table
    assert table.topLevelItem(0).text(0) == "broken.jpg"
    assert table.topLevelItem(0).text(1)


def test_an_unexpected_error_is_told_kindly_and_logged(
    qtbot: QtBot, make_window: Callable[[], MainWindow], caplog: pytest.LogCaptureFixture
) -> None:
    window = make_window()
    window.workflow.failed.emit(ZeroDivisionError("division by zero"))
    box = message(qtbot, window)
    assert "should not have" in box.text()
    assert "Traceback" not in box.informativeText()
    assert any(record.exc_info for record in caplog.records)
    box.accept()


@pytest.mark.parametrize("count", [1, 2])
def test_one_photo_and_two_identical_ones_are_one_group(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path, count: int
) -> None:
    for number in range(count):
        draw(tmp_path / "few" / f"{number}.png", (90, 90, 200), seed=0)
    window = make_window()
    window.handlers.open_folder(tmp_path / "few")
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == count
    assert len(window.state.groups) == 1


def test_a_dropped_folder_opens(qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(album))])
    place, copy, nothing = QPointF(200, 200), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.welcome, QDragEnterEvent(place.toPoint(), copy, data, LEFT, nothing))
    QApplication.sendEvent(window.welcome, QDropEvent(place, copy, data, LEFT, nothing))
    wait_for_groups(qtbot, window)
    assert window.state.folder == album
    assert window.memory.recent() == [album]


def test_the_window_remembers(qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow]) -> None:
    window.menus["larger"].trigger()
    side = window.grid.list.side
    window.menus["theme_dark"].trigger()
    window.close()
    again = make_window()
    assert again.grid.list.side == side
    assert again.memory.recent() == [window.state.folder] or again.memory.recent()
    assert 'theme = "dark"' in (paths.config_dir() / "settings.toml").read_text()
    window.menus["theme_system"].trigger()


def test_another_model_looks_at_the_folder_at_once_and_is_remembered(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, kindred_home: Path
) -> None:
    make_tiny_model(kindred_home / "models" / "another", dim=7)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    first = window.workflow.library
    assert first is not None
    qtbot.keyClick(window.tools.model, Qt.Key.Key_Home)  # they stand there by name, this one first
    qtbot.waitUntil(lambda: window.workflow.library not in (first, None), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert window.workflow.library is not None
    assert window.workflow.library.model.name == "another"
    assert window.workflow.library.embeddings.vectors.shape[1] == 7
    assert 'model = "another"' in (paths.config_dir() / "settings.toml").read_text()
    second = window.workflow.library
    window.tools.model.activated.emit(window.tools.model.currentIndex())
    assert window.workflow.library is second, "the model in use was chosen: nothing to do"


def test_every_action_stands_in_a_menu_with_a_tip_and_no_two_share_a_key(window: MainWindow) -> None:
    shortcuts: dict[str, str] = {}
    for spec in ENTRIES:
        action = window.menus[spec.id]
        assert action.toolTip()
        for sequence in action.shortcuts():
            key = sequence.toString()
            assert key not in shortcuts, f"{spec.id} and {shortcuts[key]} share {key}"
            shortcuts[key] = spec.id


def test_every_control_has_a_name(window: MainWindow) -> None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QSlider

    kinds = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QSlider)
    nameless = []
    for widget in [found for kind in kinds for found in window.findChildren(kind)]:
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QAbstractItemView | QLineEdit)
        if not name and not inner and widget.isVisible() and not widget.objectName().startswith("qt_"):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert not nameless


def test_the_words_and_about_open_and_close(qtbot: QtBot, window: MainWindow) -> None:
    for action in ("words", "about", "problems"):
        window.menus[action].trigger()
    dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert len(dialogs) == 3
    for dialog in dialogs:
        dialog.close()
    window.groups_view.step(1)
    assert window.state.selected_group != ALL_PHOTOS


def choose_method(window: MainWindow, name: str) -> None:
    window.tools.method.setCurrentIndex(window.tools.method.findData(name))
    window.tools.method.activated.emit(window.tools.method.currentIndex())


def test_moving_k_cuts_the_trained_head_anew_and_leaves_given_names_alone(qtbot: QtBot, window: MainWindow) -> None:
    state, library = window.state, window.workflow.library
    assert library is not None
    choose_method(window, "scan")
    qtbot.waitUntil(lambda: state.clustering is not None and state.clustering.method == "scan", timeout=WAIT)
    choose_k(qtbot, window, 3)
    state.rename_group(0, "Mine")
    mine = set(state.groups[0].photo_ids.tolist())
    head = library._grouping()._fits["scan", "embedding"][1]
    for k in (4, 2, 3):
        choose_k(qtbot, window, k)
    assert library._grouping()._fits["scan", "embedding"][1] is head
    assert {group.name: set(group.photo_ids.tolist()) for group in state.groups}["Mine"] == mine


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


def test_the_clusters_of_a_model_are_offered_where_it_has_them(
    qtbot: QtBot, window: MainWindow, kindred_home: Path, settings: Settings, album: Path
) -> None:
    assert window.tools.method.findData("model") < 0
    window.close()
    make_tiny_model(kindred_home / "models" / "knowing", clusters=5)
    knowing = MainWindow(settings, "knowing")
    try:
        knowing.show()
        knowing.handlers.open_folder(album)
        wait_for_groups(qtbot, knowing)
        choose_method(knowing, "model")
        qtbot.waitUntil(lambda: knowing.state.clustering.method == "model", timeout=WAIT)
        wait_for_groups(qtbot, knowing)
        assert (knowing.state.clustering.k, knowing.tools.k.value(), knowing.tools.auto.isChecked()) == (3, 3, True)
        assert knowing.elbow.chart.value() == 3
        choose_k(qtbot, knowing, 2)
        assert not knowing.tools.auto.isChecked()
        knowing.workflow.choose_model("tiny")
        qtbot.waitUntil(lambda: knowing.tools.method.findData("model") < 0, timeout=WAIT)
        wait_for_groups(qtbot, knowing)
        assert (knowing.state.method, knowing.tools.method.currentData()) == ("kmeans", "kmeans")
    finally:
        knowing.close()
        knowing.deleteLater()


def test_the_method_of_the_settings_is_the_one_a_new_folder_begins_with(
    qtbot: QtBot, settings: Settings, album: Path, make_window: Callable[[], MainWindow]
) -> None:
    window = MainWindow(replace(settings, method="agglomerative"))
    try:
        window.show()
        window.handlers.open_folder(album)
        wait_for_groups(qtbot, window)
        assert window.state.clustering is not None
        assert window.state.clustering.method == "agglomerative"
        assert window.tools.method.currentData() == "agglomerative"
    finally:
        window.close()
        window.deleteLater()
    assert make_window().state.method == "kmeans"


def test_a_number_beyond_the_chart_and_one_the_method_finds_are_shown_as_they_are(
    qtbot: QtBot, window: MainWindow
) -> None:
    chart = window.elbow.chart
    beyond = chart.maximum() + 4
    window.tools.k.setValue(beyond)
    qtbot.waitUntil(lambda: window.state.clustering.k == beyond, timeout=WAIT)
    assert window.tools.k.value() == beyond
    assert (chart.value(), chart.beyond) == (chart.maximum(), beyond)
    choose_method(window, "hdbscan")
    qtbot.waitUntil(lambda: window.state.clustering.method == "hdbscan", timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert window.tools.k.value() == window.state.clustering.k
    assert not window.tools.k.isEnabled()
    assert not chart.isEnabled()
    choose_method(window, "kmeans")
    wait_for_groups(qtbot, window)
    assert chart.isEnabled()
    choose_k(qtbot, window, 3)
    assert chart.beyond is None
