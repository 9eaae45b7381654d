"""A person corrects groups with menu, keys and pointer; everything holds, can be taken back and is there again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation
from desktop_app.engine.types import Int64Array
from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.dialogs.group_picker import GroupPicker
from desktop_app.gui.dialogs.split import SplitDialog
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.dragged import dragged, set_dragged
from desktop_app.gui.views.groups import KEY_ROLE, MARKS_ROLE
from tests.helpers.window import WAIT, choose_k, draw, kinds, offer, open_organize, wait_for_groups


def members(window: MainWindow) -> dict[str, set[int]]:
    return {group.name: set(group.photo_ids.tolist()) for group in window.state.groups}


def of_kind(window: MainWindow, kind: str) -> Int64Array:
    photos = window.state.photos.values()
    return np.array(sorted(photo.id for photo in photos if photo.path.name.startswith(kind)))


def name_kinds(qtbot: QtBot, window: MainWindow) -> None:
    """Three groups called by their kind."""
    choose_k(qtbot, window, 3)
    for group in window.state.groups:
        (kind,) = kinds(window, group)
        window.corrections.rename(group.id, kind)
    window.corrections.stack.clear()
    window.situations.announce()


def picker(qtbot: QtBot, window: MainWindow) -> GroupPicker:
    qtbot.waitUntil(lambda: window.findChild(GroupPicker) is not None, timeout=WAIT)
    found = window.findChild(GroupPicker)
    assert found is not None
    return found


def gone(qtbot: QtBot, window: MainWindow, kind: type) -> None:
    QApplication.sendPostedEvents(None, 52)
    qtbot.waitUntil(lambda: window.findChild(kind) is None, timeout=WAIT)


def test_the_photo_after_a_moved_one_is_selected_so_that_no_key_acts_on_what_went_out_of_sight(
    qtbot: QtBot, window: MainWindow
) -> None:
    name_kinds(qtbot, window)
    state, menus, grid = window.state, window.menus, window.grid
    places = {group.name: place for place, group in enumerate(state.groups, 1)}
    state.select_group(next(group.id for group in state.groups if group.name == "red"))
    first, second, third, fourth, *_, last = grid.model.ids.tolist()
    state.set_selection([first, second], first)
    grid.list.setFocus()
    for moved in ({first, second}, {third}):
        qtbot.keyClick(grid.list, Qt.Key(Qt.Key.Key_0 + places["blue"]))
        assert moved <= members(window)["blue"]
    assert members(window)["blue"] == {first, second, third, *of_kind(window, "blue").tolist()}
    assert (state.selection.tolist(), state.selected_photo, grid.list.current_id()) == ([fourth], fourth, fourth)
    assert menus["undo"].text() == f"&Undo moving {state.photos[third].path.name} to blue"
    # Behind the last one there is none: the one before it.
    state.select_photo(last)
    before = int(grid.model.ids[-2])
    menus[f"file_{places['green']}"].trigger()
    assert state.selection.tolist() == [before]
    # What stays in sight stays selected, in the large view and among all photos.
    menus["view_photo"].trigger()
    menus[f"file_{places['green']}"].trigger()
    assert state.selection.tolist() == window.viewer.shown == [before]
    window.viewer.close_view()
    state.select_group(ALL_PHOTOS)
    menus[f"file_{places['blue']}"].trigger()
    assert state.selection.tolist() == [before]


def test_who_turns_to_another_group_leaves_what_was_selected_in_the_first(qtbot: QtBot, window: MainWindow) -> None:
    name_kinds(qtbot, window)
    state, rows = window.state, {group.name: row for row, group in enumerate(window.state.groups, 1)}
    red, blue = (of_kind(window, kind).tolist() for kind in ("red", "blue"))
    state.set_selection([red[0], blue[0], blue[1]], red[0])
    before = members(window)
    window.groups_view.list.setCurrentIndex(window.groups_view.model.index(rows["blue"]))
    assert state.selection.tolist() == [blue[0], blue[1]]
    window.groups_view.list.setCurrentIndex(window.groups_view.model.index(rows["green"]))
    assert state.selection.size == 0
    assert state.selected_photo is None
    qtbot.keyClick(window.grid.list, Qt.Key(Qt.Key.Key_0 + rows["red"]))
    assert members(window) == before
    # Among all photos everything is in sight.
    state.select_photo(red[0])
    window.groups_view.list.setCurrentIndex(window.groups_view.model.index(0))
    assert state.selection.tolist() == [red[0]]


def test_photos_are_filed_by_key_dialog_and_drop_and_each_step_has_its_name_in_undo(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    name_kinds(qtbot, window)
    state, menus = window.state, window.menus
    order = [group.name for group in state.groups]
    start = members(window)
    assert not menus["undo"].isEnabled()
    assert not menus["file_1"].isEnabled()
    red, blue = of_kind(window, "red"), of_kind(window, "blue")

    # A number key.
    state.set_selection(red[:2])
    rows = [window.groups_view.model.index(row) for row in range(4)]
    assert [row.data(KEY_ROLE) for row in rows] == ["", "1", "2", "3"]
    place = order.index("blue") + 1
    assert menus[f"file_{place}"].text() == "blue"
    window.grid.list.setFocus()
    qtbot.keyClick(window.grid.list, Qt.Key(Qt.Key.Key_0 + place))
    assert set(red[:2].tolist()) <= members(window)["blue"]
    qtbot.waitUntil(lambda: not window.runner.is_busy(Lane.KEEP), timeout=WAIT)
    assert curation.load(album).placed.tolist() == sorted(red[:2].tolist()), "saved at once"
    assert menus["undo"].text() == "&Undo moving 2 photos to blue"
    assert state.confidence(red[:2]).tolist() == [1, 1]
    assert menus["lock_photos"].isChecked()

    # The dialog: letters, Enter.
    state.set_selection(blue[:3])
    qtbot.keyClick(window.grid.list, Qt.Key.Key_0)
    dialog = picker(qtbot, window)
    qtbot.keyClicks(dialog.field, "gre")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    gone(qtbot, window, GroupPicker)
    assert set(blue[:3].tolist()) <= members(window)["green"]
    # A name that no group has makes one.
    menus["move_to_group"].trigger()
    dialog = picker(qtbot, window)
    qtbot.keyClicks(dialog.field, "Sea")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    gone(qtbot, window, GroupPicker)
    assert members(window)["Sea"] == set(blue[:3].tolist())

    # What the grid drags, dropped on a group, on what is none, and on the button.
    model = window.groups_view.model
    data = QMimeData()
    set_dragged(data, [*red[2:4].tolist(), -1])
    copy, green = Qt.DropAction.CopyAction, model.row_of(next(g.id for g in state.groups if g.name == "green"))
    assert not model.dropMimeData(data, copy, -1, -1, model.index(0))
    assert not model.dropMimeData(QMimeData(), copy, -1, -1, model.index(green))
    assert model.dropMimeData(data, copy, -1, -1, model.index(green))
    assert set(red[2:4].tolist()) <= members(window)["green"]
    state.select_group(next(g.id for g in state.groups if g.name == "red"))
    from_grid = window.grid.model.mimeData([window.grid.model.index(0)])
    left, other = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    first = int(dragged(from_grid)[0])
    window.groups_view.new_group.dropEvent(QDropEvent(QPointF(5, 5), copy, from_grid, left, other))
    editor = window.groups_view.list.findChild(QLineEdit)
    assert editor is not None, "the new group's name is asked for"
    qtbot.keyClicks(editor, "Alone")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: members(window).get("Alone") == {first}, timeout=WAIT)
    last = members(window)

    # Another number of groups and back leaves everything in place, and undo and redo as they were.
    for k in (5, 3):
        window.grouping.choose_k(k)
        qtbot.waitUntil(lambda k=k: state.clustering.k == k, timeout=WAIT)  # type: ignore[misc]
        wait_for_groups(qtbot, window)
        found = members(window)
        assert {"Sea", "Alone"} <= found.keys()
        assert found["Sea"] == last["Sea"]
    assert members(window) == last
    texts = []
    while menus["undo"].isEnabled():
        texts.append(menus["undo"].text())
        menus["undo"].trigger()
    assert members(window) == start
    assert [group.name for group in state.groups] == order
    assert texts[::-1] == [
        "&Undo moving 2 photos to blue", "&Undo moving 3 photos to green", "&Undo making a group of 3 photos",
        "&Undo moving 2 photos to green", "&Undo making a group of 1 photo", texts[0],
    ]  # fmt: skip
    while menus["redo"].isEnabled():
        menus["redo"].trigger()
    assert members(window) == last

    # Left and opened again, with a new photo of a known kind.
    window.close()
    draw(album / "green 99.jpg", (40, 180, 60), seed=99)
    again = make_window()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    (new,) = set(again.state.photos) - {photo for ids in last.values() for photo in ids}
    assert members(again) == {**last, "green": last["green"] | {new}}
    assert not again.menus["undo"].isEnabled()


def test_groups_are_merged_split_locked_left_out_and_given_a_cover(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    name_kinds(qtbot, window)
    state, menus, view = window.state, window.menus, window.groups_view
    start = members(window)
    by_name = {group.name: group.id for group in state.groups}

    # A name that is taken is refused, and both are offered as one.
    view.model.setData(view.model.index(view.model.row_of(by_name["red"])), "Blue ")
    assert members(window) == start
    assert "“Blue” is the name of another group" in window.notice.text.text()
    offer(window, "Merge the two: 8 + 8 = 16").click()
    assert members(window) == {"blue": start["red"] | start["blue"], "green": start["green"]}
    assert menus["undo"].text() == "&Undo merging blue and red"
    menus["undo"].trigger()
    assert members(window) == start

    # Merge by the menu.
    state.select_group(by_name["red"])
    menus["merge_group"].trigger()
    dialog = picker(qtbot, window)
    assert dialog.windowTitle() == "Merge red with"
    assert {dialog.list.topLevelItem(row).text(1) for row in range(2)} == {"8 + 8 = 16"}
    qtbot.keyClicks(dialog.field, "nobody")
    assert not dialog.go.isEnabled()
    dialog.field.clear()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    second = dialog.list.currentItem().text(0)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    gone(qtbot, window, GroupPicker)
    assert members(window)["red"] == start["red"] | start[second]
    assert state.selected_group == by_name["red"]

    # Split: what is shown is what happens.
    menus["split_group"].trigger()
    split = window.findChild(SplitDialog)
    assert split is not None
    qtbot.waitUntil(split.go.isEnabled, timeout=WAIT)
    assert split.go.text() == "Split into 2"
    split.number.setValue(3)
    assert not split.go.isEnabled()
    qtbot.waitUntil(split.go.isEnabled, timeout=WAIT)
    split.number.setValue(2)
    qtbot.waitUntil(split.go.isEnabled, timeout=WAIT)
    qtbot.keyClick(split.number, Qt.Key.Key_Return)  # Enter is the button, wherever the keyboard is
    gone(qtbot, window, SplitDialog)
    assert sorted(map(sorted, members(window).values())) == sorted(map(sorted, start.values()))
    assert "red 2" in members(window)

    # Lock, leave out, cover: said in the list, to screen readers too, kept by Organize.
    menus["lock_group"].trigger()
    menus["hide_group"].trigger()
    row = view.model.index(view.model.row_of(by_name["red"]))
    assert row.data(MARKS_ROLE) == "locked · left out"
    assert "locked · left out" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert menus["lock_group"].isChecked()
    assert menus["hide_group"].isChecked()
    group = state.group(by_name["red"])
    assert group is not None
    cover = int(group.photo_ids[-1])
    state.select_photo(cover)
    menus["use_cover"].trigger()
    assert state.group(by_name["red"]).cover == cover
    assert window.tools.organize.text() == "Organize 16…"
    organize = open_organize(qtbot, window)
    assert "Left where they are, as you decided: 8 photos in 1 group that is left out." in organize.summary.text()
    organize.destination.setText(str(tmp_path / "sorted"))
    qtbot.waitUntil(organize.go.isEnabled, timeout=WAIT)
    organize.go.click()
    qtbot.waitUntil(lambda: "8 photos in 1 group" in window.notice.text.text(), timeout=WAIT)
    assert len([path for path in (tmp_path / "sorted").rglob("*") if path.is_file()]) == 16
    for _ in range(3):
        menus["undo"].trigger()
    assert not view.model.index(view.model.row_of(by_name["red"])).data(MARKS_ROLE)
    assert window.tools.organize.text() == "Organize 24…"

    # A photo is kept where it is, and let go again.
    state.select_photo(int(of_kind(window, "green")[0]))
    assert not menus["lock_photos"].isChecked() or second == "green"
    before = menus["lock_photos"].isChecked()
    menus["lock_photos"].trigger()
    assert menus["lock_photos"].isChecked() != before


def test_photos_that_have_gone_or_are_in_no_group_yet_cannot_be_filed(qtbot: QtBot, window: MainWindow) -> None:
    name_kinds(qtbot, window)
    before, there = members(window), of_kind(window, "red")[:1]
    group = next(group.id for group in window.state.groups if group.name == "blue")
    unknown = np.array([5], np.int64)
    window.filing.drop(unknown, group)
    window.filing.make_group(unknown)
    assert members(window) == before
    assert not window.menus["undo"].isEnabled()
    window.filing.drop(np.append(unknown, there), group)
    assert members(window)["blue"] == before["blue"] | set(there.tolist())


def test_a_new_group_cannot_take_a_name_that_is_taken(qtbot: QtBot, window: MainWindow) -> None:
    name_kinds(qtbot, window)
    before = members(window)
    window.state.set_selection(of_kind(window, "red")[:2])
    window.menus["move_to_group"].trigger()
    dialog = picker(qtbot, window)
    qtbot.keyClicks(dialog.field, "Unsure")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    gone(qtbot, window, GroupPicker)
    assert "is the name of another group. Choose another one." in window.notice.text.text()
    assert members(window) == before
