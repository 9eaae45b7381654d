"""A real window on a real folder. A test that leaves threads, timers or Qt warnings behind has failed."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import io
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QTimer, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.index.reading import Outcome, Reader
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import PhotoFile
from desktop_app.gui.job_runner import JobRunner
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.views.thumbnails import Thumbnails
from tests.helpers.window import LARGE, WAIT, draw, wait_for_groups

_OFFSCREEN = "This plugin does not support"  # what the screenless platform lacks is no fault of the window's


@pytest.fixture(autouse=True)
def nothing_left_behind(
    qapp: QApplication, qtlog: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fails a test that leaks a thread or a running timer, or makes Qt complain."""
    before = set(threading.enumerate())
    timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
    start = QTimer.start

    def started(timer: QTimer, *args: int) -> None:
        timers.add(timer)
        start(timer, *args)

    monkeypatch.setattr(QTimer, "start", started)
    yield
    QApplication.closeAllWindows()
    for _ in range(3):
        qapp.sendPostedEvents(None, 52)  # DeferredDelete
        qapp.processEvents()
    fresh = set(threading.enumerate()) - before
    for thread in fresh:
        thread.join(WAIT / 1000)  # a cancelled reader may still finish the one picture it is at
    threads = [thread.name for thread in fresh if thread.is_alive()]
    assert not threads, f"threads still alive: {threads}"
    running = [timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()]
    assert not running, f"timers still running: {running}"
    complaints = [
        record.message
        for record in qtlog.records  # type: ignore[attr-defined]
        if record.type not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and _OFFSCREEN not in record.message
    ]
    assert not complaints, f"Qt complains: {complaints}"


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Three kinds of eight pictures that nothing could confuse, and one file that is no picture inside."""
    folder = tmp_path / "album"
    for kind, color in (("red", (200, 40, 40)), ("green", (40, 180, 60)), ("blue", (40, 60, 210))):
        for number in range(8):
            draw(folder / f"{kind} {number}.jpg", color, seed=hash((color, number)) % 2**32)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"no picture" * 20)
    return folder


@pytest.fixture
def make_window(qtbot: QtBot, settings: Settings) -> Iterator[Callable[[], MainWindow]]:
    """Opens windows as `main_window.run` does, and closes them after the test."""
    windows = []

    def make() -> MainWindow:
        window = MainWindow(settings)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        window.organizer.start_up()
        qtbot.waitExposed(window, timeout=WAIT)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], MainWindow], album: Path, qtbot: QtBot) -> MainWindow:
    """A window with the album open and its groups shown."""
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    return window


@pytest.fixture
def hold_reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], threading.Event]]:
    """Called with a number of photos, lets reading get that far and no further until the event is set.

    So a test finds the window in the midst of a folder on any machine, however busy. A cancelled job does not wait.
    """
    held: list[threading.Event] = []
    read = Reader.read

    def hold(photos: int) -> threading.Event:
        go_on = threading.Event()
        held.append(go_on)

        def wait(intake: Reader, files: Sequence[tuple[int, PhotoFile]]) -> list[Outcome]:
            while files[-1][0] >= photos and not go_on.wait(0.01) and not intake._ctx.cancelled:
                pass
            return read(intake, files)

        monkeypatch.setattr(Reader, "read", wait)
        return go_on

    yield hold
    for go_on in held:
        go_on.set()


@pytest.fixture
def large_album(tmp_path: Path) -> Path:
    """Many files: one picture, and a number behind its end that makes each another content."""
    folder = tmp_path / "large"
    folder.mkdir()
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((160, 120)).convert("RGB").save(buffer, "PNG")
    for number in range(LARGE):
        (folder / f"{number}.png").write_bytes(buffer.getvalue() + str(number).encode())
    return folder


@pytest.fixture
def job_runner() -> Iterator[JobRunner]:
    """A runner without a window."""
    runner = JobRunner()
    yield runner
    runner.close()


@pytest.fixture
def thumbnails(qtbot: QtBot, job_runner: JobRunner) -> Thumbnails:
    """Thumbnails for a view without a window, of which none ever arrives."""
    return Thumbnails(job_runner)
