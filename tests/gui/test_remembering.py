"""What was decided about a folder is there again at the next start, and the command line sees it too."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.cli import entry as cli
from desktop_app.engine import curation
from desktop_app.engine import settings as settings_module
from desktop_app.engine.curation import Choices, Curation
from desktop_app.engine.settings import Settings
from desktop_app.gui.app_state import ALL_PHOTOS
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, draw, kinds, wait_for_groups


def group_of(window: MainWindow, kind: str) -> int:
    """Id of the group of red, green or blue photos."""
    return next(group.id for group in window.state.groups if kinds(window, group) == {kind})


def rename(window: MainWindow, group_id: int, name: str) -> None:
    """As a person does: choose the group in the list and type over its name."""
    view = window.groups_view
    index = view.model.index(view.model.row_of(group_id))
    view.list.setCurrentIndex(index)
    assert view.model.setData(index, name)


def choose_three(qtbot: QtBot, window: MainWindow) -> None:
    window.grouping.choose_k(3)
    qtbot.waitUntil(lambda: window.state.clustering is not None and window.state.clustering.k == 3, timeout=WAIT)
    wait_for_groups(qtbot, window)


def test_the_next_start_finds_everything_as_it_was_left(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window.grouping.choose_method("agglomerative")
    window.grouping.choose_k(3)
    window.grouping.choose_unsure(0.1)
    qtbot.waitUntil(lambda: window.state.clustering.method == "agglomerative", timeout=WAIT)
    wait_for_groups(qtbot, window)
    ids = {kind: group_of(window, kind) for kind in ("red", "green", "blue")}
    rename(window, ids["blue"], "Sky")
    window.state.select_group(ids["green"])
    window.close()

    for number in range(4):  # the red group is the largest now, so that the groups come in another order
        draw(album / f"red {number + 10}.jpg", (200, 40, 40), seed=number + 900)
    again = make_window()
    again.handlers.open_folder(album)
    assert again.tools.k.value() == 3
    assert not again.tools.auto.isChecked()
    wait_for_groups(qtbot, again)
    state = again.state
    assert state.clustering is not None
    assert (state.clustering.method, state.clustering.k, state.unsure_below) == ("agglomerative", 3, 0.1)
    assert [kinds(again, group) for group in state.groups if group.name == "Sky"] == [{"blue"}]
    assert {kind: group_of(again, kind) for kind in ids} == ids
    chosen = state.group(state.selected_group)
    assert chosen is not None
    assert kinds(again, chosen) == {"green"}
    assert again.grid.model.rowCount() == 8
    assert again.groups_view.list.currentIndex().row() == again.groups_view.model.row_of(chosen.id)

    again.menus["rescan"].trigger()
    wait_for_groups(qtbot, again)
    assert "Sky" in [group.name for group in again.state.groups]
    again.state.select_group(ALL_PHOTOS)
    again.grouping.choose_k(None)
    again.menus["close_folder"].trigger()
    kept = curation.load(album).choices
    assert (kept.k, kept.selected) == (None, None)


def test_more_groups_than_there_are_photos_now_gives_way_to_the_suggested_number(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    folder = tmp_path / "few"
    for number in range(3):
        draw(folder / f"{number}.png", (90, 90, 200), seed=number)
    curation.save(folder, Curation(choices=Choices(k=9, method="of another program")))
    window = make_window()
    window.handlers.open_folder(folder)
    wait_for_groups(qtbot, window)
    assert window.state.wanted_k is None
    assert window.state.method == "kmeans"
    assert window.tools.auto.isChecked()


def test_the_marks_on_the_map_stay_with_their_groups(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    choose_three(qtbot, window)
    ids = {kind: group_of(window, kind) for kind in ("red", "green", "blue")}
    smallest = max(ids, key=lambda kind: ids[kind])
    color = {"red": (200, 40, 40), "green": (40, 180, 60), "blue": (40, 60, 210)}[smallest]
    for number in range(4):
        draw(album / f"{smallest} {number + 10}.jpg", color, seed=number + 900)
    window.menus["rescan"].trigger()
    wait_for_groups(qtbot, window)
    # The largest now, and in its place with the number it had all the same.
    assert [group.id for group in window.state.groups] == [0, 1, 2]
    assert len(window.state.groups[ids[smallest]].photo_ids) == 12
    labels, counts = np.unique(window.scatter.points.labels, return_counts=True)
    assert dict(zip(labels.tolist(), counts.tolist(), strict=True)) == {
        number: 12 if kind == smallest else 8 for kind, number in ids.items()
    }


def test_a_group_renamed_while_others_are_being_found_keeps_its_name(qtbot: QtBot, window: MainWindow) -> None:
    choose_three(qtbot, window)
    red = group_of(window, "red")
    window.grouping.choose_k(4)
    window.grouping.cluster()  # now, not once the timer has run
    wait([future for _, future in window.runner._futures.values()])  # its result is on the way when the name is given
    rename(window, red, "Fire")
    qtbot.waitUntil(lambda: window.state.clustering.k == 4, timeout=WAIT)
    assert "Fire" in [group.name for group in window.state.groups]
    wait_for_groups(qtbot, window)


def test_what_a_newer_program_kept_is_told_and_stays(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, window: MainWindow
) -> None:
    window.close()
    place = curation.file_of(album)
    place.write_text('{"version": 5, "names": "in a way of its own"}')
    again = make_window()
    again.handlers.open_folder(album)
    assert "newer Kindred" in again.notice.text.text()
    wait_for_groups(qtbot, again)
    rename(again, again.state.groups[0].id, "Not kept")
    again.close()
    assert place.read_text() == '{"version": 5, "names": "in a way of its own"}'


def test_what_is_damaged_is_told_and_set_aside(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, window: MainWindow
) -> None:
    window.close()
    place = curation.file_of(album)
    place.write_bytes(b"{")
    again = make_window()
    again.handlers.open_folder(album)
    assert "set aside" in again.notice.text.text()
    wait_for_groups(qtbot, again)
    again.close()
    assert [path.read_bytes() for path in place.parent.glob("*.damaged-1")] == [b"{"]
    assert curation.load(album).groups


def test_names_that_cannot_be_kept_are_told_once(qtbot: QtBot, window: MainWindow, album: Path) -> None:
    place = curation.file_of(album)
    window.workflow._remembering.keep()
    place.unlink()
    place.parent.rmdir()
    place.parent.write_text("in the way")
    rename(window, window.state.groups[0].id, "Lost")
    qtbot.waitUntil(lambda: "could not be kept" in window.notice.text.text(), timeout=WAIT)
    window.notice.hide()
    rename(window, window.state.groups[0].id, "Lost again")
    window.workflow._remembering.keep()
    assert not window.notice.isVisible()
    place.parent.unlink()


@pytest.fixture
def ask(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a command with the model of the window and gives its JSON, or its text with ``json=False``."""
    settings_module.save(settings)

    def run(*arguments: object, json_wanted: bool = True) -> Any:
        code = cli.main([*map(str, arguments), *(["--json"] if json_wanted else [])])
        out, _ = capsys.readouterr()
        assert code == 1  # the broken picture is named
        return json.loads(out) if json_wanted else out

    return run


def names_by_kind(answer: Any) -> dict[str, tuple[int, str]]:
    """Id and name of each group of a `groups --json`, by the kind of its photos."""
    found = {}
    for group in answer["groups"]:
        (kind,) = {Path(photo["path"]).name.split()[0] for photo in group["photos"]}
        found[kind] = (group["id"], group["name"])
    return found


def test_a_name_given_in_the_window_is_the_command_lines_too(
    qtbot: QtBot, window: MainWindow, album: Path, tmp_path: Path, ask: Callable[..., Any]
) -> None:
    choose_three(qtbot, window)
    ids = {kind: group_of(window, kind) for kind in ("red", "green", "blue")}
    rename(window, ids["blue"], "Sky")
    window.close()
    kept = curation.file_of(album).read_bytes()

    found = names_by_kind(ask("groups", album, "--k", 3))
    assert {kind: number for kind, (number, _) in found.items()} == ids
    assert found["blue"] == (ids["blue"], "Sky")
    assert "Sky " in ask("groups", album, "--k", 3, json_wanted=False)
    plan = ask("organize", album, "--k", 3, "--to", tmp_path / "out", "--dry-run")
    folders = {Path(step["dst"]).parent.name for step in plan["steps"] if "blue" in step["src"]}
    assert folders == {"Sky"}
    assert ask("export", album, "--k", 3, "--output", tmp_path / "x.csv", json_wanted=False)
    rows = [line.split(",") for line in (tmp_path / "x.csv").read_text().splitlines() if "blue" in line]
    assert {(row[1], row[2]) for row in rows} == {(str(ids["blue"]), "Sky")}
    ask("groups", album, "--k", 5)
    assert curation.file_of(album).read_bytes() == kept, "asking changed what was decided in the window"


def test_ids_of_the_window_stay_when_photos_come(
    qtbot: QtBot, window: MainWindow, album: Path, ask: Callable[..., Any]
) -> None:
    choose_three(qtbot, window)
    ids = {kind: group_of(window, kind) for kind in ("red", "green", "blue")}
    window.close()
    last = max(ids, key=lambda kind: ids[kind])
    color = {"red": (200, 40, 40), "green": (40, 180, 60), "blue": (40, 60, 210)}[last]
    for number in range(4):
        draw(album / f"{last} {number + 10}.jpg", color, seed=number + 900)
    assert {kind: number for kind, (number, _) in names_by_kind(ask("groups", album, "--k", 3)).items()} == ids


def test_the_command_line_refuses_what_a_newer_program_kept(
    album: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_module.save(replace(settings))
    place = curation.file_of(album)
    place.parent.mkdir()
    place.write_text('{"version": 5}')
    assert cli.main(["groups", str(album)]) == 2
    out, err = capsys.readouterr()
    assert "newer Kindred" in err
    assert str(place) in err
    assert not out
    assert place.read_text() == '{"version": 5}'


def test_groups_of_the_window_are_in_its_own_order_of_photos(qtbot: QtBot, window: MainWindow) -> None:
    state = window.state
    assert state.clustering is not None
    for group in state.groups:
        rows = np.flatnonzero(state.group_ids == group.id)
        assert set(state.clustering.photo_ids[rows].tolist()) == set(group.photo_ids.tolist())


def test_two_windows_on_one_folder_lose_nothing_of_each_other(
    qtbot: QtBot, window: MainWindow, make_window: Callable[[], MainWindow], album: Path
) -> None:
    window.workflow._remembering.keep()
    other = make_window()
    other.handlers.open_folder(album)
    wait_for_groups(qtbot, other)
    rename(window, window.state.groups[0].id, "First")
    window.workflow._remembering.keep()
    other.state.select_group(other.state.groups[1].id)
    other.workflow._remembering.keep()  # nothing was decided there, and nothing is said
    assert not other.notice.isVisible()
    rename(other, other.state.groups[1].id, "Second")
    qtbot.waitUntil(lambda: "Another window" in other.notice.text.text(), timeout=WAIT)
    other.close()
    window.close()
    assert [group.name for group in curation.load(album).groups if group.name] == ["First"]
