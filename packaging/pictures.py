"""Takes the pictures of `docs/images`: the real window on the sample album, driven by names that a screen reader reads.

`python packaging/pictures.py` writes all of them; it needs no screen. What is shown lies in a folder of its own in the
system's folder for temporary files, which is removed at the end.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QListView,
    QMainWindow,
    QPushButton,
    QSpinBox,
    QStatusBar,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from desktop_app.engine.sample.album import make_sample_album
from desktop_app.engine.settings import Settings
from desktop_app.gui import main_window

HOME = Path(tempfile.gettempdir()) / "Photos"
OUT = Path(__file__).resolve().parents[1] / "docs" / "images"
LARGEST = 300_000
PATIENCE = 120.0
W = TypeVar("W", bound=QWidget)
Waiting = Callable[[], object]


def named(kind: type[W], name: str, parent: QWidget) -> W:
    """The one widget of a kind that a screen reader calls ``name``."""
    found = [widget for widget in parent.findChildren(kind) if widget.accessibleName() == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} of {kind.__name__} are called {name!r}")
    return found[0]


def take(widget: QWidget, name: str) -> None:
    """Write what a widget shows to ``docs/images``; with fewer colors where the file would be large otherwise."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    path = OUT / f"{name}.png"
    picture.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        picture.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(OUT.parents[1])}  {picture.width} x {picture.height}  {size / 1000:.0f} kB", flush=True)
    if size > LARGEST:
        raise ValueError(f"{path.name} is larger than {LARGEST / 1000:.0f} kB")


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


def journey(window: QMainWindow, album: Path) -> Iterator[Waiting]:
    """Go through the window as `docs/using.md` does; gives what to wait for before going on."""
    take(window, "welcome")
    window.handlers.open_folder(album)  # type: ignore[attr-defined]
    yield lambda: at_rest(window)
    grid, groups = named(QListView, "Photos of the chosen group", window), named(QListView, "Groups", window)
    grid.setCurrentIndex(grid.model().index(0, 0))
    yield lambda: named(QListView, "Neighbors", window).model().rowCount()
    named(QToolButton, "Dismiss the notice", window).click()
    yield lambda: at_rest(window)
    take(window, "window")

    model = groups.model()
    for row, name in ((2, "Faces"), (3, "Sunsets")):
        model.setData(model.index(row, 0), name)
    groups.setCurrentIndex(model.index(3, 0))
    yield lambda: at_rest(window)
    take(window, "group")

    choose("organize", window)
    yield lambda: dialog("Organize")
    ask = dialog("Organize")
    assert ask is not None
    go = [button for button in ask.findChildren(QPushButton) if button.text().startswith("Copy")]
    yield lambda: any(button.isEnabled() for button in go)
    take(ask, "organize")
    next(button for button in go if button.isEnabled()).click()
    yield lambda: at_rest(window) and any("copied" in label.text() for label in window.findChildren(QLabel))
    take(window, "organized")

    choose("history", window)
    yield lambda: dialog("History")
    past = dialog("History")
    assert past is not None
    past.resize(760, 220)
    yield lambda: named(QTreeWidget, "Runs", past).topLevelItemCount()
    take(past, "history")
    past.close()

    choose("problems", window)
    yield lambda: dialog("Problems")
    trouble = dialog("Problems")
    assert trouble is not None
    trouble.resize(760, 220)
    take(trouble, "problems")
    trouble.close()

    named(QToolButton, "Dismiss the notice", window).click()
    groups.setCurrentIndex(model.index(0, 0))
    choose("theme_dark", window)
    yield lambda: at_rest(window)
    take(window, "dark")


class Camera:
    """Takes one step of the journey after another, each when what it waits for has come."""

    def __init__(self, album: Path) -> None:
        self._album = album
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
            windows[0].resize(1400, 875)
            self._steps = journey(windows[0], self._album)
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


def main() -> int:
    """Take all pictures; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["KINDRED_HOME"] = str(HOME)  # whoever takes pictures keeps their own settings, runs and models
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    HOME.mkdir()  # a folder that is there belongs to somebody
    try:
        album = HOME / "Sample album"
        make_sample_album(album)
        OUT.mkdir(parents=True, exist_ok=True)
        camera = Camera(album)
        main_window.run(None, Settings(theme="light"), None)
        sys.excepthook = sys.__excepthook__  # the window shows errors in a box
        if camera.failure is not None:
            raise camera.failure
    finally:
        shutil.rmtree(HOME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
