"""Photos that come later join the groups that are there; only a person who asks for it has them grouped anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.cli import entry as cli
from desktop_app.engine import curation, runs
from desktop_app.engine import settings as settings_module
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import UNSURE
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.jobs import regrouping
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.german import german
from tests.helpers.window import (
    LARGE,
    WAIT,
    choose_k,
    choose_method,
    draw,
    message,
    offer,
    wait_for_groups,
)

MakeWindow = Callable[[], MainWindow]
Members = dict[int, set[str]]
CAME = "since the groups were made"


def members(window: MainWindow) -> Members:
    """The names of the files of each group, by its id."""
    photos = window.state.photos
    return {group.id: {photos[one].path.name for one in group.photo_ids.tolist()} for group in window.state.groups}


def of(names: set[str], found: Members) -> Members:
    """The same groups with these files alone."""
    return {group: found[group] & names for group in found if found[group] & names}


def files(album: Path) -> set[str]:
    return {path.name for path in album.rglob("*.jpg")} - {"broken.jpg"}


def grow(album: Path, count: int, start: int = 0) -> None:
    """Photos of colors that were not there, and of some that were."""
    colors = [(220, 210, 40), (30, 30, 30), (200, 40, 40), (240, 240, 240)]
    for number in range(start, start + count):
        draw(album / f"new {number}.jpg", colors[number % 4], seed=700 + number)


def looked_again(qtbot: QtBot, window: MainWindow) -> Members:
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    return members(window)


def anew(qtbot: QtBot, window: MainWindow) -> Members:
    window.menus["group_anew"].trigger()
    qtbot.waitUntil(lambda: not window.runner.is_busy(Lane.REGROUP), timeout=WAIT)
    wait_for_groups(qtbot, window)
    return members(window)


def said(window: MainWindow) -> str:
    return window.notice.text.text() if window.notice.isVisible() else ""


@pytest.fixture
def five(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The album in five groups, which cut through kinds by nothing but noise; one has a name."""
    choose_k(qtbot, window, 5)
    window.corrections.rename(window.state.groups[0].id, "Mine")
    return window


def test_whatever_comes_goes_and_changes_all_others_stay_and_the_command_line_agrees(
    qtbot: QtBot, five: MainWindow, make_window: MakeWindow, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = members(five)
    there = files(album)
    five.close()
    for name in ("red 1.jpg", "blue 5.jpg"):
        (album / name).unlink()
    draw(album / "green 3.jpg", (40, 60, 210), seed=93)
    (album / "red 2.jpg").rename(album / "zinnober.jpg")
    (album / "inner").mkdir()
    (album / "blue 6.jpg").rename(album / "inner" / "blue 6.jpg")
    grow(album, 6)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    after = members(window)
    stayed = (there & files(album)) - {"green 3.jpg"}
    assert of(stayed, after) == of(stayed, before)
    moved = next(group for group in before if "red 2.jpg" in before[group])
    assert "zinnober.jpg" in after[moved], "another name is another photo"
    assert sum(map(len, after.values())) == len(files(album)) == 28
    assert "Mine" in {group.name for group in window.state.groups}
    assert looked_again(qtbot, window) == after
    window.close()

    settings_module.save(Settings(model="tiny", workers=2))
    assert (
        cli.main(["groups", str(album), "--k", "5", "--unsure-below", "0.5", "--json"]) == 1
    )  # the broken picture is named
    groups = json.loads(capsys.readouterr().out)["groups"]
    assert {one["id"]: {Path(photo["path"]).name for photo in one["photos"]} for one in groups} == after


def test_photos_that_go_and_come_back_are_where_they_were(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    before, away = members(five), album.with_name("away")
    away.mkdir()
    for name in [*sorted(before[five.state.groups[1].id]), "green 7.jpg"]:
        (album / name).rename(away / name)
    assert of(files(album), before) == looked_again(qtbot, five)
    for path in away.iterdir():
        path.rename(album / path.name)
    assert looked_again(qtbot, five) == before


def test_files_that_were_organized_and_taken_back_are_where_they_were(
    qtbot: QtBot, five: MainWindow, album: Path, tmp_path: Path
) -> None:
    before = members(five)
    group = five.state.groups[1]
    five.state.choose_group(group.id)
    five.menus["organize_group"].trigger()
    dialog = five.findChild(OrganizeDialog)
    assert dialog is not None
    dialog.destination.setText(str(tmp_path / "sorted"))
    dialog.action.setCurrentIndex(dialog.action.findData("move"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: not five.organizer.is_busy and len(files(album)) < 24, timeout=WAIT)
    wait_for_groups(qtbot, five)
    assert members(five) == {one: names for one, names in before.items() if one != group.id}
    five.organizer.undo(runs.history()[0].id)
    qtbot.waitUntil(lambda: not five.organizer.is_busy and len(files(album)) == 24, timeout=WAIT)
    wait_for_groups(qtbot, five)
    assert members(five) == before


def test_grouping_anew_takes_all_photos_keeps_names_and_can_be_taken_back(
    qtbot: QtBot, five: MainWindow, album: Path, make_window: MakeWindow
) -> None:
    grow(album, 12)
    joined = looked_again(qtbot, five)
    place = five.state.projection
    assert place is not None
    regrouped = anew(qtbot, five)
    assert regrouped != joined
    assert five.state.curation.basis.size == 36
    assert five.state.projection is not place
    assert five.corrections.stack.undoText() == "grouping anew"
    named = [group.id for group in five.state.groups if group.name == "Mine"]
    assert len(named) <= 1
    five.menus["undo"].trigger()
    wait_for_groups(qtbot, five)
    assert members(five) == joined
    assert "Mine" in {group.name for group in five.state.groups}
    five.menus["redo"].trigger()
    wait_for_groups(qtbot, five)
    assert members(five) == regrouped
    five.close()
    assert curation.load(album).basis.size == 36
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert members(window) == regrouped


def test_groups_that_are_about_to_go_cannot_be_corrected(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    grow(album, 24)
    before = looked_again(qtbot, five)
    anew(qtbot, five)
    choose_k(qtbot, five, 9)
    five.menus["undo"].trigger()
    going = {group.id for group in five.state.groups} - {one.id for one in five.state.curation.groups}
    assert going
    five.workflow.cancel()
    qtbot.waitUntil(lambda: not five.runner.is_busy(Lane.REGROUP), timeout=WAIT)
    assert going <= {group.id for group in five.state.groups}
    five.corrections.rename(going.pop(), "Too late")  # which also goes on with what was stopped
    five.corrections.move(five.state.groups[0].photo_ids[:1], five.state.groups[1].id)
    assert five.statusBar().currentMessage().startswith("The groups are being made")
    wait_for_groups(qtbot, five)
    choose_k(qtbot, five, 5)
    assert sorted(map(sorted, members(five).values())) == sorted(map(sorted, before.values()))
    assert five.menus["redo"].isEnabled()


def test_with_nothing_new_grouping_anew_says_so_and_changes_nothing(qtbot: QtBot, five: MainWindow) -> None:
    before = members(five)
    assert anew(qtbot, five) == before
    assert "already" in said(five)
    assert five.corrections.stack.undoText() == "renaming Group 1"


def test_a_number_chosen_while_groups_are_made_anew_holds_for_them(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    grow(album, 8)
    looked_again(qtbot, five)
    five.regrouping.anew()
    five.grouping.choose_k(4)
    five.grouping.cluster()  # now, not once the timer has run
    wait_for_groups(qtbot, five)
    assert five.state.curation.basis.size == 32
    assert five.state.clustering is not None
    assert five.state.clustering.k == 4


def test_a_correction_made_while_groups_are_made_anew_holds(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    grow(album, 8)
    looked_again(qtbot, five)
    five.regrouping.anew()
    five.corrections.rename(five.state.groups[2].id, "Later")
    wait_for_groups(qtbot, five)
    assert five.state.curation.basis.size == 32
    assert "Later" in {one.name for one in five.state.curation.groups}


def test_grouping_anew_while_the_folder_is_checked_takes_what_the_check_finds(
    qtbot: QtBot, five: MainWindow, album: Path, hold_reading: Callable[[int], threading.Event]
) -> None:
    grow(album, 6)
    looked_again(qtbot, five)
    grow(album, 2, start=6)
    go_on = hold_reading(0)
    five.menus["rescan"].trigger()
    qtbot.waitUntil(lambda: five.runner.is_busy(Lane.CHECK), timeout=WAIT)
    assert not five.menus["group_anew"].isEnabled()
    five.regrouping.anew()  # as from a notice
    go_on.set()
    wait_for_groups(qtbot, five)
    assert five.state.checked
    assert five.state.curation.basis.size in (30, 32), "before the check was over, or after it"
    assert five.corrections.stack.undoText() == "grouping anew"


def test_grouping_anew_that_is_stopped_or_cannot_be_leaves_all_as_it_was(
    qtbot: QtBot, five: MainWindow, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_method(five, "agglomerative")
    wait_for_groups(qtbot, five)
    grow(album, 8)
    before = looked_again(qtbot, five)
    few = replace(CLUSTERERS["agglomerative"], max_photos=30)
    monkeypatch.setitem(CLUSTERERS, "agglomerative", few)
    five.menus["group_anew"].trigger()
    box = message(qtbot, five)
    assert "at most 30 photos" in box.text()
    box.accept()
    wait_for_groups(qtbot, five)
    monkeypatch.undo()
    real = regrouping.outline

    def until_stopped(*args: Any) -> Any:
        while not args[-1].cancelled:  # on any machine the person is faster
            threading.Event().wait(0.01)
        return real(*args)

    monkeypatch.setattr(regrouping, "outline", until_stopped)
    five.regrouping.anew()
    five.workflow.cancel()
    wait_for_groups(qtbot, five)
    assert members(five) == before
    assert five.state.curation.basis.size == 24
    assert not five.corrections.stack.undoText().startswith("grouping")


def test_many_that_came_are_told_once_with_a_way_to_group_anew(
    qtbot: QtBot, five: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    five.notice.hide()
    grow(album, 3)
    looked_again(qtbot, five)
    assert CAME not in said(five), "a few are nothing to speak of"
    grow(album, 7, start=3)
    looked_again(qtbot, five)
    assert said(five) == "10 photos came since the groups were made."
    five.notice.hide()
    looked_again(qtbot, five)
    choose_k(qtbot, five, 4)
    assert CAME not in said(five)
    five.close()
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert CAME not in said(window), "told when they came"
    window.notice.hide()
    grow(album, 1, start=10)
    looked_again(qtbot, window)
    offer(window, "Group anew").click()
    wait_for_groups(qtbot, window)
    assert window.state.curation.basis.size == 35


def test_a_notice_that_waits_for_an_answer_is_not_pushed_aside(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    five.notice.announce("Something was moved.", [("Undo", lambda: None)])
    grow(album, 10)
    looked_again(qtbot, five)
    assert said(five) == "Something was moved."
    assert [button.text() for button in five.notice.findChildren(QPushButton)] == ["Undo"]


def more_of_a_kind(album: Path, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        draw(album / f"red {20 + number}.jpg", (200, 40, 40), seed=800 + number)


def foot(window: MainWindow) -> str:
    return window.status_line.currentMessage()


def test_few_that_came_are_told_at_the_foot_once(
    qtbot: QtBot, five: MainWindow, make_window: MakeWindow, album: Path
) -> None:
    five.grouping.choose_unsure(0)
    five.status_line.clearMessage()
    looked_again(qtbot, five)
    assert not foot(five), "nothing came"
    more_of_a_kind(album, 3)
    looked_again(qtbot, five)
    assert foot(five) == "3 new photos joined their groups."
    assert CAME not in said(five)
    five.status_line.clearMessage()
    looked_again(qtbot, five)
    choose_k(qtbot, five, 4)
    assert not foot(five), "told when they came"
    five.close()

    more_of_a_kind(album, 1, start=3)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert foot(window) == "1 new photo joined its group."
    (album / "red 20.jpg").rename(album / "renamed.jpg")
    (album / "red 21.jpg").unlink()
    window.status_line.clearMessage()
    looked_again(qtbot, window)
    assert not foot(window), "moved or gone is not new"
    with german():
        window.status_line.tell_joined(3, 0)
        assert foot(window) == "3 neue Fotos sind in ihren Gruppen."


def test_what_is_said_at_the_foot_is_heard_to_its_end_and_goes_with_its_folder(
    qtbot: QtBot, five: MainWindow, album: Path
) -> None:
    five.grouping.choose_unsure(0)
    five.status_line.showMessage("Moved 2 photos.")
    more_of_a_kind(album, 2)
    looked_again(qtbot, five)
    assert foot(five) == "Moved 2 photos."
    five.status_line.clearMessage()
    assert foot(five) == "2 new photos joined their groups."
    five.workflow.close_folder()
    assert not foot(five)


def test_new_photos_that_no_group_claims_are_told_so(qtbot: QtBot, five: MainWindow, album: Path) -> None:
    five.status_line.clearMessage()
    grow(album, 3)
    looked_again(qtbot, five)
    new = [one for one, photo in five.state.photos.items() if photo.path.name.startswith("new")]
    unsure = sum(five.state.group_of(one) == UNSURE for one in new)
    assert unsure
    assert foot(five) == f"3 new photos came, under “Unsure”: {unsure}."


def test_where_nothing_was_decided_and_most_is_new_all_are_grouped(
    qtbot: QtBot, window: MainWindow, album: Path
) -> None:
    suggested = window.state.shown_k
    grow(album, 20)
    looked_again(qtbot, window)
    assert window.state.curation.basis.size == 24, "fewer than there were: they join"
    assert window.state.shown_k == suggested
    grow(album, 20, start=20)
    looked_again(qtbot, window)
    assert window.state.curation.basis.size == 64
    assert CAME not in said(window)


@pytest.mark.parametrize("way", ["named", "number"])
def test_where_something_was_decided_groups_stay_whatever_comes(
    qtbot: QtBot, window: MainWindow, album: Path, way: str
) -> None:
    if way == "named":
        window.corrections.rename(window.state.groups[-1].id, "Mine")
    else:
        choose_k(qtbot, window, 4)
    before = members(window)
    there = files(album)
    grow(album, 30)
    after = looked_again(qtbot, window)
    assert of(there, after) == before
    assert window.state.curation.basis.size == 24
    assert said(window) == "30 photos came since the groups were made."


def test_a_part_of_a_folder_is_no_basis(
    qtbot: QtBot, make_window: MakeWindow, large_album: Path, hold_reading: Callable[[int], threading.Event]
) -> None:
    window = make_window()
    go_on = hold_reading(LARGE // 2)
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 8, timeout=WAIT)
    window.workflow.cancel()
    wait_for_groups(qtbot, window)
    assert 0 < len(window.state.photos) < LARGE
    assert not window.state.curation.basis.size
    window.grouping.choose_unsure(0.1)
    window.grouping.cluster()  # now, not once the timer has run
    wait_for_groups(qtbot, window)
    assert not window.state.curation.basis.size
    go_on.set()
    offer(window, "Go on").click()
    wait_for_groups(qtbot, window)
    assert window.state.curation.basis.size == LARGE == len(window.state.photos)
