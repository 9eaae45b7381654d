"""One evening with the window: from a folder of photos to sorted copies and back, by pointer and by keys alone.

Every station is done with real events on the real widgets; what came of it is read from files and from what the window
restores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCommandLinkButton, QMessageBox, QPushButton, QToolButton, QWidget

from desktop_app.engine import curation
from desktop_app.gui.dialogs.group_picker import GroupPicker
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.dialogs.teach import TeachDialog
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.groups import GROUP_ROLE, MARKS_ROLE
from desktop_app.gui.views.map_tools import Mode
from tests.helpers.hands import (
    answer_file_dialog,
    choose,
    click,
    click_row,
    dialog,
    drag,
    drop,
    press,
    tab_to,
    until,
    write,
)
from tests.helpers.window import contents, draw, kinds

COLORS = {"red": (200, 40, 40), "green": (40, 180, 60), "blue": (40, 60, 210), "yellow": (220, 210, 40)}
EACH = 10
BETWEEN = (("red", "blue"), ("red", "green"), ("red", "yellow"), ("green", "blue"), ("blue", "yellow"))
"""Pairs of kinds with a photo halfway between them, of which no group is quite sure."""
CTRL = Qt.KeyboardModifier.ControlModifier
YEARS = ("2023", "2024")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Four kinds of photos of two years, and a few that lie between two of them."""
    folder = tmp_path / "Photos"
    for kind, color in COLORS.items():
        for number in range(EACH):
            _dated(folder / f"{kind} {number}.jpg", color, number)
    for number, pair in enumerate(BETWEEN):
        one, other = (COLORS[kind] for kind in pair)
        _dated(folder / f"between {number}.jpg", tuple(sum(two) / 2 for two in zip(one, other, strict=True)), number)
    return folder


def _dated(path: Path, color: tuple[int, int, int], number: int) -> None:
    draw(path, color, seed=round(sum(color)) * 10 + number)
    with Image.open(path) as picture:
        exif = picture.getexif()
        exif.get_ifd(0x8769)[0x9003] = f"{YEARS[number % 2]}:07:{number + 1:02} 10:00:00"
        picture.save(path, exif=exif, quality=95)


class Evening:
    """The window, and what it says of its groups in names of files.

    Args:
        window: open and in sight.
        photos: the folder.
    """

    def __init__(self, window: MainWindow, photos: Path) -> None:
        self.window, self.photos, self.state = window, photos, window.state

    def at_rest(self) -> None:
        """Until groups are there as they were asked for."""
        state, window = self.state, self.window

        def over() -> bool:
            busy = window.runner.is_busy() or window.grouping.soon.isActive() or window.tools._k_soon.isActive()
            return state.clustering is not None and not busy

        until(over, "the groups did not come")

    def members(self) -> dict[str, set[str]]:
        return {one.name: self.names(one.photo_ids.tolist()) for one in self.state.groups}

    def selected(self) -> set[str]:
        return self.names(self.state.selection.tolist())

    def ids(self, names: set[str]) -> list[int]:
        return sorted(photo.id for photo in self.state.photos.values() if photo.path.name in names)

    def row(self, name: str) -> int:
        """The row of a group in the list, which is also its number key."""
        return self.window.groups_view.model.row_of(self._id(name))

    def _id(self, name: str) -> int:
        return next(group.id for group in self.state.groups if group.name == name)

    def names(self, ids: Iterable[int | None]) -> set[str]:
        return {self.state.photos[id_].path.name for id_ in ids if id_ is not None}

    def name(self, group_id: int) -> str:
        group = self.state.group(group_id)
        assert group is not None
        return group.name

    def has_groups(self, k: int) -> None:
        """Until there are as many groups as were asked for, in the chart and in the box, too."""
        self.at_rest()
        assert self.state.clustering is not None
        assert self.state.group_count == self.window.tools.k.value() == self.window.elbow.chart.value() == k

    def is_copied_to(self, folder: Path, unsure: set[str]) -> None:
        """A copy of each photo, whole, in the folder of its group in that of its year; unsure ones in any group's."""
        found = contents(folder)
        assert sorted(found.values()) == sorted(contents(self.photos).values())
        there = {(str(path.parent.parent), path.parent.name, path.name) for path in map(Path, found)}
        wanted = {
            (YEARS[int(name[-5]) % 2], group, name)
            for group, names in self.members().items()
            for name in names - unsure
        }
        assert wanted <= there
        assert {name for _, _, name in there - wanted} == unsure

    def restorable(self) -> dict[str, object]:
        """What must be as it was when the folder is opened again."""
        state, model = self.state, self.window.groups_view.model
        rows = [model.index(row) for row in range(model.rowCount())]
        return {
            "groups": [(row.data(), row.data(GROUP_ROLE), row.data(MARKS_ROLE)) for row in rows],
            "members": self.members(),
            "kept": self.kept(),
            "k": (state.wanted_k, self.window.tools.k.value()),
            "unsure": self.window.groups_view.unsure.value(),
            "group": self.name(state.selected_group),
            "selected": self.selected(),
        }

    def _written(self) -> None:
        until(lambda: not self.window.runner.is_busy(Lane.KEEP), "corrections were not written")

    def kept(self) -> set[str]:
        """Photos that were placed by hand, as the file of this folder says."""
        self._written()
        placed = set(curation.load(self.photos).placed.tolist())
        return {photo.path.name for photo in self.state.photos.values() if photo.id in placed}

    def all_of(self, kind: str) -> set[str]:
        return {photo.path.name for photo in self.state.photos.values() if photo.path.name.startswith(kind)}

    def name_by_kind(self, give: Callable[[int, str], None]) -> None:
        """Give each group the name of what it holds; ``give`` is told its row."""
        for row, group in enumerate(self.state.groups, 1):
            give(row, sorted(kinds(self.window, group) - {"between"})[0])
        assert set(self.members()) == set(COLORS)
        self._written()
        assert {group.name for group in curation.load(self.photos).groups} >= set(COLORS)


def test_an_evening_with_the_pointer(make_window: Callable[[], MainWindow], photos: Path, tmp_path: Path) -> None:
    before = contents(photos)
    window = make_window()
    evening = Evening(window, photos)
    state, groups, grid = window.state, window.groups_view, window.grid

    # Open.
    answer_file_dialog(str(photos))
    click(window.welcome.open_button)
    evening.at_rest()
    assert len(state.photos) == len(before)

    # The number of groups, on the elbow.
    chart = window.elbow.chart
    click(chart, QPoint(round(chart.x_of(4)), chart.height() // 2))
    evening.has_groups(4)

    # Names.
    def rename(row: int, name: str) -> None:
        click_row(groups.list, groups.model.index(row))
        press("F2")
        write(name)
        press("Return")

    evening.name_by_kind(rename)

    # Merge two.
    click_row(groups.list, groups.model.index(evening.row("green")))
    choose(window, "Group", "merge_group")
    picker = dialog(GroupPicker)
    write("yel")
    click(picker.go)
    merged = evening.members()["green"]
    assert merged >= evening.all_of("green") | evening.all_of("yellow")
    assert evening.kept() == merged

    # Drag two photos to another group.
    click_row(groups.list, groups.model.index(evening.row("blue")))
    click_row(grid.list, grid.model.index(0))
    click_row(grid.list, grid.model.index(1), CTRL)
    dragged = evening.selected()
    assert len(dragged) == 2
    target = groups.model.index(evening.row("red"))
    drop(grid.list, groups.list.viewport(), groups.list.visualRect(target).center())
    assert dragged <= evening.members()["red"]
    assert evening.kept() == merged | dragged

    # Lasso a cloud on the map, and give it a group of its own.
    click(_button(window, Mode.LASSO))
    yellow = evening.all_of("yellow")
    drag(_around(window, evening.ids(yellow)), window.scatter.plot.viewport())
    assert evening.selected() == yellow
    click(groups.new_group)
    write("sunny")
    press("Return")
    assert evening.members()["sunny"] == yellow
    click(_button(window, Mode.HAND))

    # The unsure ones: one to its best group, one to the second, one for later.
    slider = groups.unsure
    while slider.value() < slider.maximum():
        click(slider, QPoint(slider.width() - 3, slider.height() // 2))
    evening.at_rest()
    assert len(evening.members()["Unsure"]) == 3
    click(_labelled(groups, "Decide"))
    page = window.unsure_page
    for offer in (page.best, page.second):
        asked, wanted = evening.names([page.current]), evening.name(offer.group_id)
        click(offer.button)
        assert asked <= evening.members()[wanted] & evening.kept()
    later = evening.names([page.current])
    click(page.skip)
    click(_labelled(page, "Esc:  Back to all"))
    assert evening.members()["Unsure"] == later

    # Teach: what is most like the photos placed by hand follows them.
    click(_labelled(groups, "Teach"))
    teach = dialog(TeachDialog)
    until(teach.go.isEnabled)
    assert teach.go.text() == "Move 8"
    click(teach.go)
    assert evening.all_of("blue") <= evening.members()["red"] & evening.kept()

    # Lock, and group anew.
    click_row(groups.list, groups.model.index(evening.row("red")))
    choose(window, "Group", "lock_group")
    locked = evening.members()["red"]
    spin = window.tools.k
    click(spin, QPoint(12, spin.height() // 2))
    press("Ctrl+A")
    write("3")
    press("Return")
    evening.has_groups(3)
    assert evening.members()["red"] == locked
    assert evening.members()["sunny"] == yellow
    unsure = evening.members()["Unsure"]

    # Organize.
    click(window.tools.organize)
    organize, sorted_to = dialog(OrganizeDialog), tmp_path / "Sorted"
    for field, text in ((organize.destination, str(sorted_to)), (organize.pattern.lineEdit(), "{year}/{group}")):
        click(field)
        press("Ctrl+A")
        write(text)
    until(lambda: organize.go.isEnabled() and not organize._plan_soon.isActive())
    assert organize.go.text() == f"Copy {len(before)} photos, {len(unsure)} of them unsure"
    click(organize.go)
    until(lambda: "copied" in window.notice.text.text())
    evening.is_copied_to(sorted_to, unsure)
    assert contents(photos) == before

    # Take the files back.
    click(_labelled(window.notice, "Undo…"))
    click(_labelled(dialog(QMessageBox), f"Take back {len(before)} photos"))
    until(lambda: "Undo…" not in [one.text() for one in window.notice.findChildren(QPushButton)])
    evening.at_rest()
    assert not contents(sorted_to)
    assert contents(photos) == before

    # Close, and open again.
    left = evening.restorable()
    choose(window, "File", "quit")
    assert not window.isVisible()
    again = Evening(make_window(), photos)
    click(again.window.welcome.findChild(QCommandLinkButton))
    again.at_rest()
    assert again.restorable() == left
    assert contents(photos) == before


def test_the_same_evening_with_keys_alone(make_window: Callable[[], MainWindow], photos: Path, tmp_path: Path) -> None:
    before = contents(photos)
    window = make_window()
    evening = Evening(window, photos)
    state, groups, grid = window.state, window.groups_view, window.grid

    # Open.
    answer_file_dialog(str(photos))
    press("Ctrl+O")
    evening.at_rest()
    assert len(state.photos) == len(before)

    # The number of groups, on the elbow.
    chart = window.elbow.chart
    tab_to(chart)
    while chart.value() != 4:
        press("Left" if chart.value() > 4 else "Right")
    until(lambda: not chart._settle.isActive())
    evening.has_groups(4)

    # Names.
    def rename(row: int, name: str) -> None:
        go_to(row)
        press("F2")
        write(name)
        press("Return")

    def go_to(row: int) -> None:
        while groups.list.currentIndex().row() != row:
            press("Ctrl+Down" if groups.list.currentIndex().row() < row else "Ctrl+Up")

    evening.name_by_kind(rename)

    # Merge two.
    go_to(evening.row("green"))
    press("Ctrl+M")
    picker = dialog(GroupPicker)
    write("yel")
    assert picker.field.text() == "yel"
    press("Return")
    merged = evening.members()["green"]
    assert merged >= evening.all_of("green") | evening.all_of("yellow")
    assert evening.kept() == merged

    # Two photos into another group, by its number.
    go_to(evening.row("blue"))
    tab_to(grid.list)
    press("Home")
    press("Shift+Right")
    moved = evening.selected()
    assert len(moved) == 2
    press(str(evening.row("red")))
    assert moved <= evening.members()["red"]
    assert evening.kept() == merged | moved

    # Photos that lie near each other on the map, into a group of their own.
    press("Ctrl+Shift+A")
    tab_to(window.scatter.plot)
    press("Right")
    press("Shift+Right", 3)
    near = evening.selected()
    assert len(near) > 1
    press("0")
    dialog(GroupPicker)
    write("near")
    press("Return")
    assert evening.members()["near"] == near

    # The unsure ones: one to its best group, one to the second, one for later.
    tab_to(groups.unsure)
    press("End")
    evening.at_rest()
    press("Ctrl+U")
    page = window.unsure_page
    for key, offer in (("Return", page.best), ("2", page.second)):
        asked, wanted = evening.names([page.current]), evening.name(offer.group_id)
        press(key)
        assert asked <= evening.members()[wanted] & evening.kept()
    later = evening.names([page.current])
    press("S")
    press("Escape")
    assert evening.members()["Unsure"] == later

    # Teach: what is most like the photos placed by hand follows them.
    press("Ctrl+T")
    teach = dialog(TeachDialog)
    until(teach.go.isEnabled)
    before_teaching = evening.members()
    press("Return")
    taught = evening.members()
    assert taught != before_teaching
    assert {name for group in taught.values() for name in group} == {path.name for path in photos.iterdir()}

    # Lock, and group anew.
    go_to(evening.row("red"))
    press("Ctrl+L")
    locked = evening.members()["red"]
    tab_to(window.tools.k)
    write("3")
    press("Return")
    evening.has_groups(3)
    assert evening.members()["red"] == locked
    assert evening.members()["near"] == taught["near"]
    unsure = evening.members().get("Unsure", set())

    # Organize.
    press("Ctrl+Shift+O")
    organize, sorted_to = dialog(OrganizeDialog), tmp_path / "Sorted"
    for field, text in ((organize.destination, str(sorted_to)), (organize.pattern, "{year}/{group}")):
        tab_to(field)
        press("Ctrl+A")
        write(text)
    until(lambda: organize.go.isEnabled() and not organize._plan_soon.isActive())
    press("Return")
    until(lambda: "copied" in window.notice.text.text())
    evening.is_copied_to(sorted_to, unsure)
    assert contents(photos) == before

    # Take the files back.
    tab_to(_labelled(window.notice, "Undo…"))
    press("Space")
    box = dialog(QMessageBox)
    tab_to(_labelled(box, f"Take back {len(before)} photos"))
    press("Space")
    until(lambda: "Undo…" not in [one.text() for one in window.notice.findChildren(QPushButton)])
    evening.at_rest()
    assert not contents(sorted_to)
    assert contents(photos) == before

    # Close, and open again.
    left = evening.restorable()
    press("Ctrl+Q")
    assert not window.isVisible()
    again = Evening(make_window(), photos)
    tab_to(again.window.welcome.findChild(QCommandLinkButton))
    press("Space")
    again.at_rest()
    assert again.restorable() == left
    assert contents(photos) == before


def _button(window: MainWindow, mode: Mode) -> QToolButton:
    action = window.scatter.tools.modes[mode]
    return next(one for one in window.scatter.tools.findChildren(QToolButton) if one.defaultAction() is action)


def _labelled(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def _around(window: MainWindow, ids: list[int]) -> list[QPoint]:
    """A closed way around the points of these photos on the map."""
    places = [window.scatter.screen_position(id_) for id_ in ids]
    left, right = min(one.x() for one in places) - 9, max(one.x() for one in places) + 9
    top, bottom = min(one.y() for one in places) - 9, max(one.y() for one in places) + 9
    corners = [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]
    return [*corners, corners[0]]
