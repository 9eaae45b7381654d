"""A camera for pictures of the real window: drives it by names that a screen reader reads, and needs no screen."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QPushButton,
    QSpinBox,
    QStatusBar,
    QWidget,
)

from desktop_app.engine.settings import Settings
from desktop_app.gui import main_window

HOME = Path(tempfile.gettempdir()) / "Photos"
PATIENCE = 240.0
_SCREEN = {
    "name": "screen",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1080,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
"""Without it, dialogs keep to a screen of 800 by 800."""
W = TypeVar("W", bound=QWidget)
Take = Callable[[QWidget, str], None]
"""Takes a picture of a widget, under a name."""
Waiting = Callable[[], object]
Journey = Callable[[QMainWindow], Iterator[Waiting]]
"""Goes through the window; gives what to wait for before going on."""


def named(kind: type[W], name: str, parent: QWidget) -> W:
    """The one widget of a kind that a screen reader calls ``name``."""
    found = [widget for widget in parent.findChildren(kind) if widget.accessibleName() == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} of {kind.__name__} are called {name!r}")
    return found[0]


def photograph(widget: QWidget, path: Path, largest: int | None = None) -> None:
    """Write what a widget shows as a PNG.

    Args:
        widget: in sight.
        path: of the file.
        largest: bytes; a larger picture gets fewer colors, and one that is too large even then is an error.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    picture.save(path, optimize=True)
    if largest is not None and path.stat().st_size > largest:
        picture.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.name}  {picture.width} x {picture.height}  {size / 1000:.0f} kB", flush=True)
    if largest is not None and size > largest:
        raise ValueError(f"{path.name} is larger than {largest / 1000:.0f} kB")


def choose(name: str, window: QWidget) -> None:
    """Use a menu entry, by its name in the code."""
    action = window.findChild(QAction, name)
    if action is None or not action.isEnabled():
        raise LookupError(f"{name!r} cannot be used now")
    action.trigger()


def dialog(title: str) -> QDialog | None:
    """The open dialog with that title."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible() and widget.windowTitle() == title:
            return widget
    return None


def at_rest(window: QMainWindow) -> bool:
    """Nothing is running, and there are groups."""
    line = window.findChild(QStatusBar)
    idle = line is not None and any(label.text() == "idle" for label in line.findChildren(QLabel))
    return idle and named(QSpinBox, "Number of groups", window).isEnabled()


class Camera:
    """Takes one step of a journey after another, each when what it waits for has come."""

    def __init__(self, journey: Journey, size: QSize) -> None:
        self._journey, self._size = journey, size
        self._steps: Iterator[Waiting] | None = None
        self._wanted: Waiting = lambda: True
        self._calm = 0
        self._since = time.monotonic()
        self.failure: Exception | None = None
        self.timer = QTimer()
        self.timer.timeout.connect(self._look)
        self.timer.start(100)

    def _look(self) -> None:
        try:
            self._step()
        except StopIteration:
            self._end()
        except Exception as failure:  # noqa: BLE001 - an exception must not be lost between Qt and the end
            self.failure = failure
            self._end()

    def _step(self) -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible()]
        if not windows:
            return
        if self._steps is None:
            windows[0].resize(self._size)
            self._steps = self._journey(windows[0])
        if time.monotonic() - self._since > PATIENCE:
            raise TimeoutError("what the next picture waits for did not come")
        # Pictures arrive and curves are drawn a moment after the work is said to be over.
        self._calm = self._calm + 1 if self._wanted() else 0
        if self._calm >= 8:
            self._calm, self._since = 0, time.monotonic()
            self._wanted = next(self._steps)

    def _end(self) -> None:
        self.timer.stop()
        for widget in QApplication.topLevelWidgets():
            widget.close()
        QApplication.exit()


@contextmanager
def studio() -> Iterator[Path]:
    """A home of its own for whoever takes pictures, who keeps settings, runs and models; gone at the end."""
    os.environ["KINDRED_HOME"] = str(HOME)
    HOME.mkdir()  # a folder that is there belongs to somebody
    try:
        (HOME / "screen.json").write_text(json.dumps({"screens": [_SCREEN]}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={HOME / 'screen.json'}"
        yield HOME
    finally:
        shutil.rmtree(HOME)


def drive(journey: Journey, settings: Settings, size: tuple[int, int]) -> None:
    """Open the window and take a journey through it; call it once a process."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    camera = Camera(journey, QSize(*size))
    main_window.run(None, settings, None)
    sys.excepthook = sys.__excepthook__  # the window shows errors in a box
    if camera.failure is not None:
        raise camera.failure


def copying(window: QMainWindow, take: Take, plan: str, result: str) -> Iterator[Waiting]:
    """Copy into folders as the plan says; takes ``plan`` before and ``result`` after."""
    choose("organize", window)
    yield lambda: dialog("Organize")
    ask = dialog("Organize")
    assert ask is not None
    go = [button for button in ask.findChildren(QPushButton) if button.text().startswith("Copy")]
    yield lambda: any(button.isEnabled() for button in go)
    take(ask, plan)
    next(button for button in go if button.isEnabled()).click()
    yield lambda: at_rest(window) and any("copied" in label.text() for label in window.findChildren(QLabel))
    take(window, result)
