"""How many groups there are, says every place with the same number, whatever a person did with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, choose_k, choose_method, open_unsure, wait_for_groups


def told(window: MainWindow) -> int:
    """The number of groups, which the box, the chart and the foot must agree on."""
    (foot,) = [part for part in window.status_line.counts.text().split(" · ") if "group" in part]
    numbers = {int(foot.split()[0]), window.tools.k.value(), window.elbow.chart.beyond or window.elbow.chart.value()}
    assert len(numbers) == 1, f"the foot says {foot}, the box {window.tools.k.value()}"
    return numbers.pop()


def two_parts(window: MainWindow, group_id: int) -> np.ndarray:
    return np.arange(len(window.state.group(group_id).photo_ids)) % 2


def test_merged_split_taken_back_and_opened_again(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    choose_k(qtbot, window, 5)
    assert told(window) == 5
    window.corrections.merge([0, 1])
    assert told(window) == 4
    window.corrections.merge([2, 3])
    assert told(window) == 3
    window.menus["undo"].trigger()
    assert told(window) == 4
    window.menus["redo"].trigger()
    assert told(window) == 3
    for _ in range(2):
        largest = max(window.state.groups, key=lambda group: len(group.photo_ids)).id
        window.corrections.split(largest, two_parts(window, largest))
    assert told(window) == 5
    window.menus["undo"].trigger()
    assert told(window) == 4
    window.close()

    again = make_window()
    again.handlers.open_folder(album)
    wait_for_groups(qtbot, again)
    assert told(again) == 4
    again.menus["group_anew"].trigger()
    qtbot.waitUntil(lambda: not again.runner.is_busy(Lane.REGROUP), timeout=WAIT)
    wait_for_groups(qtbot, again)
    told(again)


def test_one_more_in_the_box_is_one_more_group(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 5)
    largest = [group.id for group in window.state.groups[:2]]
    window.corrections.merge(largest)
    assert told(window) == 4
    window.tools.k.stepUp()
    assert window.tools.k.value() == 5, "what was asked for, until it is there"
    # Never stuck: each step asks for more than the one before, though merged groups swallow what they are cut into.
    for asked in range(6, 10):
        qtbot.waitUntil(lambda asked=asked: window.state.clustering.k >= asked, timeout=WAIT)  # type: ignore[misc]
        wait_for_groups(qtbot, window)
        told(window)
        window.tools.k.stepUp()


def test_a_merged_group_is_not_said_to_be_the_next_to_divide(qtbot: QtBot, window: MainWindow) -> None:
    choose_k(qtbot, window, 3)
    assert window.elbow.next.text().startswith("3 → 4 divides")
    divided = window.state.clustering.next_split
    group_id = int(window.state.group_ids[window.state.clustering.best == divided][0])
    other = next(group.id for group in window.state.groups if group.id != group_id)
    window.corrections.merge([group_id, other])
    assert not window.elbow.next.text()
    window.menus["undo"].trigger()
    assert window.elbow.next.text().startswith("3 → 4 divides")


def test_auto_let_go_leaves_the_groups_as_they_are(qtbot: QtBot, window: MainWindow) -> None:
    window.corrections.merge([group.id for group in window.state.groups[:2]])
    number, before = told(window), [group.photo_ids.tolist() for group in window.state.groups]
    assert window.tools.auto.isChecked()
    window.tools.auto.click()
    qtbot.waitUntil(lambda: window.state.wanted_k == number + 1, timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert [group.photo_ids.tolist() for group in window.state.groups] == before
    assert told(window) == number


def test_unsure_photos_are_no_group_anywhere(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    open_unsure(qtbot, window, album, 60)
    assert told(window) == window.state.group_count


def test_a_method_that_finds_the_number_tells_it_after_a_merge(qtbot: QtBot, window: MainWindow) -> None:
    choose_method(window, "hdbscan")
    qtbot.waitUntil(lambda: window.state.clustering.method == "hdbscan", timeout=WAIT)
    wait_for_groups(qtbot, window)
    number = window.state.group_count
    assert window.tools.k.value() == number
    window.corrections.merge([group.id for group in window.state.groups[:2]])
    assert window.tools.k.value() == window.state.group_count == number - 1
