"""Camera files are grouped by their previews first and read in full behind that; what was done meanwhile stays."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.engine import curation, paths
from desktop_app.engine.curation import renumbering
from desktop_app.engine.index import glances
from desktop_app.engine.index.glances import PASSING_HASH, glanced
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import UNSURE
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.pictures import jpeg_with_preview
from tests.helpers.window import WAIT, wait_for_groups

MakeWindow = Callable[[], MainWindow]


def shoot(path: Path, color: tuple[int, int, int], seed: int) -> None:
    """A camera's file: a picture with something to be seen in it, and its preview."""
    rng = np.random.default_rng(seed)
    pixels = np.array(color) + rng.normal(0, 25, (6, 8, 3))
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).resize((640, 480), Image.Resampling.BICUBIC)
    small = picture.resize((160, 120), Image.Resampling.BOX)
    path.write_bytes(jpeg_with_preview(picture, small, taken="2021:06:01 12:00:00", saved="2021:06:01 12:00:00"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glances, "FEWEST", 12)


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Three kinds of eight photos of a camera, a copy of one, and a picture without a preview."""
    folder = tmp_path / "shots"
    folder.mkdir()
    for kind, color in (("red", (200, 40, 40)), ("green", (40, 180, 60)), ("blue", (40, 60, 210))):
        for number in range(8):
            shoot(folder / f"{kind} {number}.jpg", color, seed=sum(color) * 10 + number)
    shutil.copy(folder / "red 1.jpg", folder / "red copy.jpg")
    Image.new("RGB", (90, 60), (190, 50, 40)).save(folder / "red plain.png")
    return folder


@pytest.fixture
def cut(shots: Path) -> Path:
    """The same, and a file of which the preview is all that is left."""
    data = (shots / "blue 3.jpg").read_bytes()
    (shots / "blue cut.jpg").write_bytes(data[: data.rindex(b"\xff\xda") + 20])
    return shots


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Nothing is read in full before this is set; a cancelled job does not wait."""
    go_on = threading.Event()
    index = Library.index

    def wait(library: Library, ctx: JobContext, *more: Any, quick: bool | None = False, **rest: Any) -> Any:
        while quick is False and not go_on.wait(0.01):
            ctx.check()
        return index(library, ctx, *more, quick=quick, **rest)

    monkeypatch.setattr(Library, "index", wait)
    yield go_on
    go_on.set()


def first_look(qtbot: QtBot, make_window: MakeWindow, folder: Path) -> MainWindow:
    """A window that shows groups from previews, and reads in full behind them."""
    window = make_window()
    window.handlers.open_folder(folder)

    def shown() -> bool:
        return bool(window.state.groups) and window.runner.is_busy(Lane.CHECK)

    qtbot.waitUntil(shown, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(Lane.CLUSTER, Lane.TABLE, Lane.MAP), timeout=WAIT)
    return window


def named(window: MainWindow, ids: Any) -> list[str]:
    return [window.state.photos[photo_id].path.name for photo_id in np.asarray(ids).tolist()]


def id_of(window: MainWindow, name: str) -> int:
    (found,) = [photo.id for photo in window.state.photos.values() if photo.path.name == name]
    return found


def shown(window: MainWindow) -> dict[str, Any]:
    """All that a person sees of a folder where nothing was decided."""
    state = window.state
    assert state.clustering is not None
    assert state.projection is not None
    assert state.elbow is not None
    assert window.workflow.library is not None
    vectors = window.workflow.library.embeddings
    return {
        "photos": list(state.photos.values()),
        "vectors": (vectors.photo_ids.tolist(), np.asarray(vectors.vectors).tobytes()),
        "groups": sorted(sorted(named(window, group.photo_ids)) for group in state.groups),
        "confidence": np.round(state.clustering.confidence, 4).tolist(),
        "map": np.round(state.projection.xy, 4).tolist(),
        "k": state.elbow.suggested,
        "tiles": window.grid.model.ids.tolist(),
        "points": sorted(window.scatter.points.ids.tolist()),
        "problems": (state.problems, state.ignored),
        "checked": state.checked,
    }


def test_groups_from_previews_are_there_first_and_in_the_end_all_is_as_after_reading_in_full(
    qtbot: QtBot, make_window: MakeWindow, cut: Path, full: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = first_look(qtbot, make_window, cut)
    state = window.state
    assert not state.checked
    assert len(state.photos) == 27
    assert sum(photo.content_hash.startswith(PASSING_HASH) for photo in state.photos.values()) == 26
    assert sum(len(group.photo_ids) for group in state.groups) == 27
    assert state.projection is not None
    assert window.work_bar.text.text().startswith("Looking closer")
    qtbot.waitUntil(lambda: window.thumbnails.get(id_of(window, "blue 1.jpg")) is not None, timeout=WAIT)
    full.set()
    wait_for_groups(qtbot, window)
    assert state.checked
    assert not [photo for photo in state.photos.values() if photo.content_hash.startswith(PASSING_HASH)]
    assert [problem.path.name for problem in state.problems] == ["blue cut.jpg"]
    closer = shown(window)
    window.close()
    shutil.rmtree(paths.cache_dir())
    curation.file_of(cut).unlink()
    monkeypatch.setattr(glances, "FEWEST", 1000)
    plain = make_window()
    plain.handlers.open_folder(cut)
    wait_for_groups(qtbot, plain)
    assert shown(plain) == closer


def test_what_a_person_does_meanwhile_stays(
    qtbot: QtBot, make_window: MakeWindow, shots: Path, full: threading.Event
) -> None:
    window = first_look(qtbot, make_window, shots)
    state = window.state
    state_k = 3
    window.grouping.choose_k(state_k)
    qtbot.waitUntil(lambda: state.clustering is not None and state.clustering.k == state_k, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(Lane.CLUSTER), timeout=WAIT)
    of = {name: state.group_of(id_of(window, name)) for name in ("red 1.jpg", "green 1.jpg", "blue 1.jpg")}
    red, green, blue = of.values()
    assert None not in (red, green, blue)
    window.corrections.rename(red, "Warm")
    window.corrections.move(np.array([id_of(window, "blue 7.jpg"), id_of(window, "red plain.png")]), green)
    window.corrections.set_locked([blue], True)
    window.corrections.set_cover(green, id_of(window, "green 5.jpg"))
    window.corrections.rename(green, "Leaves")
    window.corrections.undo()
    state.choose_group(red)
    state.set_selection([id_of(window, name) for name in ("red 2.jpg", "red 5.jpg")], id_of(window, "red 5.jpg"))
    before = {group.id: (group.name, group.locked, sorted(named(window, group.photo_ids))) for group in state.groups}
    qtbot.waitUntil(lambda: window.thumbnails.get(id_of(window, "red 5.jpg")) is not None, timeout=WAIT)
    chosen: list[int] = []
    blank: list[bool] = []
    state.selected_group_changed.connect(lambda: chosen.append(state.selected_group))
    state.photos_changed.connect(lambda: blank.append(window.thumbnails.get(id_of(window, "red 5.jpg")) is None))
    full.set()
    wait_for_groups(qtbot, window)
    assert not glanced(window.workflow.library.photos).any()
    after = {group.id: (group.name, group.locked, sorted(named(window, group.photo_ids))) for group in state.groups}
    assert after == before
    assert set(chosen) == {red}
    assert blank == [False]
    assert named(window, state.selection) == ["red 2.jpg", "red 5.jpg"]
    assert state.selected_photo == id_of(window, "red 5.jpg")
    assert named(window, [state.group(green).cover]) == ["green 5.jpg"]
    assert set(named(window, state.curation.placed)) == {"blue 7.jpg", "red plain.png"}
    # Undo and redo go on from there.
    window.corrections.redo()
    assert state.group(green).name == "Leaves"
    for _ in range(4):
        window.corrections.undo()
    assert state.group_of(id_of(window, "blue 7.jpg")) == blue
    assert not state.curation.placed.size
    assert state.group(red).name == "Warm"
    for _ in range(4):
        window.corrections.redo()
    after = {group.id: sorted(named(window, group.photo_ids)) for group in state.groups}
    assert after == {group_id: names for group_id, (_, _, names) in before.items()}
    # It is kept so, and nothing else is.
    window.close()
    assert not renumbering.load(shots)
    again = make_window()
    again.handlers.open_folder(shots)
    wait_for_groups(qtbot, again)
    assert {one.id: sorted(named(again, one.photo_ids)) for one in again.state.groups} == after


def test_an_open_photo_stays_open(qtbot: QtBot, make_window: MakeWindow, shots: Path, full: threading.Event) -> None:
    window = first_look(qtbot, make_window, shots)
    window.state.select_photo(id_of(window, "green 2.jpg"))
    window.handlers.view_photo()
    qtbot.waitUntil(lambda: bool(window.viewer._loader.sizes_of(window.viewer.shown[0])), timeout=WAIT)
    full.set()
    wait_for_groups(qtbot, window)
    assert named(window, window.viewer.shown) == ["green 2.jpg"]
    assert window.viewer._loader.sizes_of(window.viewer.shown[0])
    window.viewer.step(1)
    assert named(window, window.viewer.shown) == ["green 3.jpg"]
    assert window.state.neighbors_of in window.state.photos


def test_unsure_photos_that_are_being_decided_stay_in_their_order(
    qtbot: QtBot, make_window: MakeWindow, shots: Path, full: threading.Event
) -> None:
    window = first_look(qtbot, make_window, shots)
    window.grouping.choose_k(5)  # more than there are kinds: some photos are between two groups
    window.grouping.choose_unsure(0.99)
    qtbot.waitUntil(lambda: window.state.group(UNSURE) is not None, timeout=WAIT)
    window.handlers.decide_unsure()
    page = window.unsure_page
    assert page.current is not None
    (asked,) = named(window, [page.current])
    all_of_them = named(window, page._ids)
    full.set()
    wait_for_groups(qtbot, window)
    assert page.shown
    assert named(window, page._ids) == all_of_them
    if asked in named(window, window.state.group(UNSURE).photo_ids):
        assert named(window, [page.current]) == [asked]


def test_an_open_question_is_about_the_photos_as_they_are_shown(
    qtbot: QtBot, make_window: MakeWindow, shots: Path, full: threading.Event
) -> None:
    window = first_look(qtbot, make_window, shots)
    box = QMessageBox(window)
    box.open()
    full.set()
    qtbot.waitUntil(lambda: window.workflow._waiting is not None, timeout=WAIT)
    assert glanced(window.workflow.library.photos).any()
    green = window.state.group_of(id_of(window, "green 1.jpg"))
    window.corrections.move(np.array([id_of(window, "blue 7.jpg")]), green)
    box.close()
    wait_for_groups(qtbot, window)
    assert window.state.checked
    assert not glanced(window.workflow.library.photos).any()
    assert named(window, window.state.curation.placed) == ["blue 7.jpg"]
    assert window.state.group_of(id_of(window, "blue 7.jpg")) == green


def test_no_file_is_touched_before_it_was_read_in_full(
    qtbot: QtBot, make_window: MakeWindow, shots: Path, full: threading.Event
) -> None:
    window = first_look(qtbot, make_window, shots)
    organizing = window.handlers.organizing
    for ask in (organizing.organize, organizing.write_keywords, window.handlers.find_duplicates):
        window.notice.hide()
        ask()
        assert "being read in full" in window.notice.text.text()
    window.workflow.cancel()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert window.state.groups
    assert not window.state.checked
    assert "read in full" in window.notice.text.text()
    full.set()
    window.handlers.rescan()
    wait_for_groups(qtbot, window)
    assert window.state.checked
    assert not glanced(window.workflow.library.photos).any()


def test_a_first_look_that_is_stopped_can_be_grouped_and_gone_on_with(
    qtbot: QtBot, make_window: MakeWindow, shots: Path, hold_reading: Callable[[int], threading.Event]
) -> None:
    go_on = hold_reading(16)
    window = make_window()
    window.handlers.open_folder(shots)
    qtbot.waitUntil(lambda: len(window.state.photos) >= 10, timeout=WAIT)
    window.workflow.cancel()
    wait_for_groups(qtbot, window)
    assert 10 <= len(window.state.photos) < 26
    assert not window.state.checked
    assert "previews" in window.notice.text.text()
    go_on.set()
    window.handlers.rescan()
    wait_for_groups(qtbot, window)
    assert len(window.state.photos) == 26
    assert window.state.checked


@pytest.mark.parametrize("meanwhile", ["nothing", "half is read", "all is read", "the cache is cleared"])
def test_a_program_that_ends_in_between_goes_on_and_loses_no_correction(
    qtbot: QtBot,
    make_window: MakeWindow,
    shots: Path,
    settings: Settings,
    full: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    meanwhile: str,
) -> None:
    window = first_look(qtbot, make_window, shots)
    group = window.state.group_of(id_of(window, "green 1.jpg"))
    window.corrections.rename(group, "Leaves")
    window.corrections.move(np.array([id_of(window, "blue 7.jpg"), id_of(window, "red copy.jpg")]), group)
    window.close()
    full.set()
    if meanwhile == "half is read":
        elsewhere = tmp_path / "elsewhere"
        shutil.move(shots, elsewhere)
        shots.mkdir()
        for path in sorted(elsewhere.iterdir()):
            if path.name < "green 4" or path.name.startswith("red c"):
                shutil.move(path, shots / path.name)
    if meanwhile in ("half is read", "all is read"):
        with Library(shots, settings) as library:
            library.index(JobContext())
    if meanwhile == "half is read":
        for path in sorted(elsewhere.iterdir()):
            shutil.move(path, shots / path.name)
        shutil.rmtree(paths.cache_dir() / "kept")
    if meanwhile == "the cache is cleared":
        shutil.rmtree(paths.cache_dir())
    again = make_window()
    again.handlers.open_folder(shots)
    wait_for_groups(qtbot, again)
    state = again.state
    assert state.checked
    assert not glanced(again.workflow.library.photos).any()
    assert set(named(again, state.curation.placed)) == {"blue 7.jpg", "red copy.jpg"}
    (leaves,) = [one for one in state.groups if one.name == "Leaves"]
    assert {"blue 7.jpg", "red copy.jpg", "green 1.jpg", "green 6.jpg"} <= set(named(again, leaves.photo_ids))
    again.close()
    assert not renumbering.load(shots)


def test_a_folder_without_previews_is_read_once(
    qtbot: QtBot, make_window: MakeWindow, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool | None] = []
    index = Library.index

    def noted(library: Library, *args: Any, quick: bool | None = False, **more: Any) -> Any:
        asked.append(quick)
        return index(library, *args, quick=quick, **more)

    monkeypatch.setattr(Library, "index", noted)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert window.state.checked
    assert asked == [None]
