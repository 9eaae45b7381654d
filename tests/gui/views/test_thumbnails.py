"""The wall of a folder that was only just opened: a tile for each file at once, and nothing that jumps later."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Photo, Scan
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.photo_tile import ID_ROLE
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.pictures import BLUE, GREEN, encode, jpeg_with_preview
from tests.helpers.window import WAIT, wait_for_groups

FILES = 150


@pytest.fixture
def camera_album(tmp_path: Path) -> Path:
    """Green photos whose previews are blue, so that one can be told from the other; a broken one, and one without."""
    folder = tmp_path / "camera"
    folder.mkdir()
    data = jpeg_with_preview(Image.new("RGB", (1600, 1200), GREEN), Image.new("RGB", (160, 120), BLUE))
    for number in range(FILES):
        (folder / f"{number:03}.jpg").write_bytes(data + str(number).encode())  # each another content
    (folder / "000.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"no picture" * 20)
    (folder / "001.png").write_bytes(encode(Image.new("RGB", (160, 120), GREEN), "PNG"))
    (folder / "149.jpg").write_bytes((folder / "002.jpg").read_bytes())
    return folder


def color(pixmap: QPixmap) -> tuple[int, int, int]:
    middle: QColor = pixmap.toImage().pixelColor(pixmap.width() // 2, pixmap.height() // 2)
    return middle.red(), middle.green(), middle.blue()


def is_like(pixmap: QPixmap | None, wanted: tuple[int, int, int]) -> bool:
    return pixmap is not None and bool(np.abs(np.subtract(color(pixmap), wanted)).max() < 40)


def on_screen(window: MainWindow) -> list[int]:
    """Rows whose tiles are in sight."""
    view = window.grid.list
    area = view.viewport().rect()
    rows = [view.indexAt(QPoint(x, y)).row() for x in range(20, area.width(), 60) for y in range(20, area.height(), 60)]
    return sorted({row for row in rows if row >= 0})


def shown(window: MainWindow, row: int) -> QPixmap | None:
    picture = window.grid.model.index(row).data(Qt.ItemDataRole.DecorationRole)
    assert picture is None or isinstance(picture, QPixmap)
    return picture


def name(window: MainWindow, row: int) -> str:
    return str(window.grid.model.index(row).data())


def test_previews_come_first_and_photos_take_their_place_without_a_jump(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    camera_album: Path,
    hold_reading: Callable[[int], threading.Event],
) -> None:
    go_on = hold_reading(0)
    window = make_window()
    window.handlers.open_folder(camera_album)
    model, view = window.grid.model, window.grid.list
    qtbot.waitUntil(lambda: model.rowCount() == FILES + 1, timeout=WAIT)
    assert not window.state.photos
    names = [name(window, row) for row in range(model.rowCount())]
    assert names == sorted(path.name for path in camera_album.iterdir())
    assert "151 photos" in window.grid.order.text()

    middle = model.index(10)
    view.scrollTo(middle, view.ScrollHint.PositionAtCenter)
    rows = [row for row in on_screen(window) if row > 2]  # the first of all and the PNG have no preview
    assert len(rows) > 10
    qtbot.waitUntil(lambda: all(is_like(shown(window, row), BLUE) for row in rows), timeout=WAIT)
    assert int(middle.data(ID_ROLE)) < 0
    assert "Not looked at yet" in middle.data(Qt.ItemDataRole.ToolTipRole)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(middle).center())
    assert window.state.selected_photo is None  # of a file nothing can be said yet
    assert view.selected_rows().tolist() == [10]

    blank: list[int] = []
    place = view.verticalScrollBar().value()
    moved: list[int] = []

    def look() -> None:
        if model.rowCount() == FILES + 1:
            blank.extend(row for row in rows if shown(window, row) is None)

    window.state.photos_added.connect(look)
    view.verticalScrollBar().valueChanged.connect(moved.append)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    go_on.set()
    wait_for_groups(qtbot, window)
    assert not blank
    assert not resets
    assert [name(window, row) for row in range(model.rowCount())] == names[1:]  # the broken one has left
    assert abs(place - view.verticalScrollBar().value()) <= view.gridSize().height()
    assert len(set(moved)) <= 1  # once at most, for the tile that left
    chosen = window.state.selected_photo
    assert chosen is not None
    assert window.state.photos[chosen].path.name == names[10]
    assert window.state.neighbors_of == chosen
    qtbot.waitUntil(lambda: all(is_like(shown(window, row), GREEN) for row in on_screen(window)), timeout=WAIT)


def test_cancelled_while_only_files_are_known(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    camera_album: Path,
    hold_reading: Callable[[int], threading.Event],
) -> None:
    hold_reading(0)
    window = make_window()
    window.state.files_found.connect(lambda: window.workflow.cancel())
    window.handlers.open_folder(camera_album)
    qtbot.waitUntil(lambda: "Stopped" in window.notice.text.text(), timeout=WAIT)
    assert window.grid.model.rowCount() == FILES + 1
    assert window.status_line.counts.text() == f"{FILES + 1} photos"
    window.grid.list.selectAll()
    window.menus["close_folder"].trigger()
    assert window.grid.model.rowCount() == 0


def test_the_scan_is_announced_once_before_anything_is_read(camera_album: Path, settings: Settings) -> None:
    order: list[Scan | list[Photo]] = []
    threads = set()

    def scanned(found: Scan) -> None:
        threads.add(threading.current_thread())
        order.append(found)

    with Library(camera_album, settings) as library:
        library.index(JobContext(), lambda photos, _vectors: order.append(photos), scanned)
    assert isinstance(order[0], Scan)
    assert len(order[0].files) == FILES + 1
    assert not any(isinstance(event, Scan) for event in order[1:])
    assert threads == {threading.main_thread()}


def test_a_preview_stands_in_until_the_thumbnail_is_there(qtbot: QtBot, job_runner: JobRunner) -> None:
    asked: list[int] = []
    there = threading.Event()

    def source(photo_id: int) -> bytes | Image.Image | None:
        asked.append(photo_id)
        if photo_id < 0:
            return Image.new("RGB", (161, 120), BLUE) if photo_id == -1 else None
        return encode(Image.new("RGB", (200, 160), GREEN), "JPEG") if there.is_set() else None

    thumbnails = Thumbnails(job_runner)
    thumbnails.set_source(source)
    for photo_id in (-2, -1):
        thumbnails.get(photo_id)
    qtbot.waitUntil(lambda: is_like(thumbnails.get(-1), BLUE), timeout=WAIT)
    assert thumbnails.get(-2) is None
    thumbnails.replace({5: -1, 8: -2})
    thumbnails.renumber(NewIds(np.array([5]), np.array([7])))  # before it had a picture of its own
    assert is_like(thumbnails.get(7), BLUE)
    qtbot.waitUntil(lambda: 7 in asked, timeout=WAIT)
    qtbot.waitUntil(lambda: not job_runner.is_busy(), timeout=WAIT)
    assert is_like(thumbnails.get(7), BLUE)  # the cache does not have it yet
    there.set()
    thumbnails.retry_missing()
    qtbot.waitUntil(lambda: is_like(thumbnails.get(7), GREEN), timeout=WAIT)
    assert thumbnails.get(-2) is None
    assert asked.count(-2) == 1  # what has no preview is not asked again and again
    there.clear()
    thumbnails.renumber(NewIds(np.array([7, 8]), np.array([3, 4])))
    assert is_like(thumbnails.get(3), GREEN)


def test_previews_that_went_out_of_sight_are_not_loaded(qtbot: QtBot, job_runner: JobRunner) -> None:
    asked: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow_disk(photo_id: int) -> Image.Image:
        asked.append(photo_id)
        begun.set()
        go_on.wait(WAIT / 1000)
        return Image.new("RGB", (16, 12), BLUE)

    thumbnails = Thumbnails(job_runner)
    thumbnails.set_source(slow_disk)
    thumbnails.get(-1)
    assert begun.wait(WAIT / 1000)
    for photo_id in (-2, -3, 5):
        thumbnails.get(photo_id)
    thumbnails.forget_previews()
    thumbnails.get(-40)
    go_on.set()
    qtbot.waitUntil(lambda: not job_runner.is_busy(), timeout=WAIT)
    assert asked == [-1, -40, 5]


def test_thumbnails_arrive(qtbot: QtBot, window: MainWindow) -> None:
    ids = list(window.state.photos)
    qtbot.waitUntil(lambda: all(window.thumbnails.get(photo_id) is not None for photo_id in ids[:6]), timeout=WAIT)


def test_no_picture_is_shown_to_the_reader_of_svg(tmp_path: Path) -> None:
    """It takes Qt's lock of signals in the reading thread, which stopped the whole window once."""
    (tmp_path / "small.jpg").write_bytes(encode(Image.new("RGB", (64, 48), GREEN), "JPEG"))
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QLoggingCategory;"
        "from desktop_app.gui.views.thumbnails import load_image;"
        "QLoggingCategory.setFilterRules('qt.core.library=true\\nqt.core.plugin.*=true');"
        "print(load_image(Path(sys.argv[1]).read_bytes(), 32).height())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "small.jpg")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "32"
    loaded = [line for line in done.stderr.splitlines() if "loaded library" in line]
    assert any("jpeg" in line for line in loaded), done.stderr
    assert not any("svg" in line for line in loaded)
