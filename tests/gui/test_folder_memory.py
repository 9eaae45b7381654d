"""What was decided about a folder is there again at the next start; what cannot be understood is left aside."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.types import Group
from desktop_app.gui import folder_memory
from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.folder_memory import FolderMemory
from desktop_app.gui.main_window import MainWindow
from tests.gui.conftest import WAIT, draw, wait_for_groups

DECIDED = FolderMemory("agglomerative", 5, 0.25, {"Receipts": [3, 4], "Été 🏖": [7]}, [3, 4])


def test_what_is_saved_is_loaded_for_each_folder_apart(tmp_path: Path) -> None:
    folder, other = tmp_path / "a", Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    assert folder_memory.load(folder) == FolderMemory()
    folder_memory.save(folder, DECIDED)
    folder_memory.save(other, FolderMemory(k=2))
    assert folder_memory.load(folder) == DECIDED
    assert folder_memory.load(other) == FolderMemory(k=2)
    assert not list(tmp_path.iterdir())  # nothing in the person's own folders
    folder_memory.save(folder, FolderMemory())
    folder_memory.save(other, FolderMemory())
    assert not list((paths.config_dir() / "folders").iterdir())


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"\xff\xfe", b'{"k": "many"}', b'{"k": 1e999}', b'{"names": [1]}'),
        *(b'{"names": {"a": ["b"]}}', b'{"method": []}', b'{"unsure_below": null}', b'{"selected": 3}'),
    ],
)
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    folder_memory.save(tmp_path, DECIDED)
    place = next((paths.config_dir() / "folders").iterdir())
    place.write_bytes(content)
    assert folder_memory.load(tmp_path) == FolderMemory()


def test_values_out_of_bounds_are_brought_into_them(tmp_path: Path) -> None:
    folder_memory.save(tmp_path, DECIDED)
    place = next((paths.config_dir() / "folders").iterdir())
    place.write_text(json.dumps({"method": "by taste", "k": 0, "unsure_below": 7, "selected": [1, 1, -3, 2**60, 2]}))
    assert folder_memory.load(tmp_path) == FolderMemory(None, 1, 1.0, {}, [1, 2])


def test_an_unwritable_place_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    (paths.config_dir() / "folders").write_text("in the way")
    folder_memory.save(tmp_path, DECIDED)
    assert folder_memory.load(tmp_path) == FolderMemory()


def test_holder_is_the_group_that_shares_more_than_half_both_ways() -> None:
    groups = [Group(0, "a", np.array([1, 2, 3, 4]), 1), Group(1, "b", np.array([5, 6, 7, 8, 9]), 5)]
    assert folder_memory.holder(np.array([5, 6, 7]), groups) is groups[1]
    assert folder_memory.holder(np.array([5, 6]), groups) is None  # less than half of the group
    assert folder_memory.holder(np.array([1, 2, 5, 6]), groups) is None
    assert folder_memory.holder(np.array([], dtype=np.int64), groups) is None


def kinds(window: MainWindow, group: Group) -> set[str]:
    return {window.state.photos[photo_id].path.name.split()[0] for photo_id in group.photo_ids.tolist()}


def test_the_next_start_finds_everything_as_it_was_left(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window.workflow.choose_method("agglomerative")
    window.workflow.choose_k(3)
    window.workflow.choose_unsure(0.1)
    qtbot.waitUntil(lambda: window.state.clustering.method == "agglomerative", timeout=WAIT)
    wait_for_groups(qtbot, window)
    group = next(group for group in window.state.groups if "blue" in kinds(window, group))
    window.state.rename_group(group.id, "Sky")
    other = next(group for group in window.state.groups if "green" in kinds(window, group))
    window.state.select_group(other.id)
    window.close()

    for number in range(4):  # the red group is the largest now, so that the groups have other numbers
        draw(album / f"red {number + 10}.jpg", (200, 40, 40), seed=number + 900)
    again = make_window()
    again.open_folder(album)
    assert again.tools.k.value() == 3
    assert not again.tools.auto.isChecked()
    wait_for_groups(qtbot, again)
    state = again.state
    assert state.clustering is not None
    assert (state.clustering.method, state.clustering.k, state.unsure_below) == ("agglomerative", 3, 0.1)
    assert [kinds(again, group) for group in state.groups if group.name == "Sky"] == [{"blue"}]
    chosen = state.group(state.selected_group)
    assert chosen is not None
    assert kinds(again, chosen) == {"green"}
    assert again.grid.model.rowCount() == 8
    assert again.groups_view.list.currentIndex().row() == again.groups_view.model.row_of(chosen.id)

    again.actions_by_id["rescan"].trigger()
    wait_for_groups(qtbot, again)
    assert "Sky" in [group.name for group in again.state.groups]
    again.state.select_group(ALL_PHOTOS)
    again.workflow.choose_k(None)
    again.actions_by_id["close_folder"].trigger()
    assert folder_memory.load(album).k is None
    assert folder_memory.load(album).selected == []


def test_more_groups_than_there_are_photos_now_gives_way_to_the_suggested_number(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    folder = tmp_path / "few"
    for number in range(3):
        draw(folder / f"{number}.png", (90, 90, 200), seed=number)
    folder_memory.save(folder, FolderMemory(k=9))
    window = make_window()
    window.open_folder(folder)
    wait_for_groups(qtbot, window)
    assert window.state.wanted_k is None
    assert window.tools.auto.isChecked()
