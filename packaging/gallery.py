"""Takes many pictures of the window, in every state and size that is worth a look, into a folder.

`python packaging/pictures.py --gallery DIR`. Each scene is a process of its own, for a screen's scale holds for all of
one; `python packaging/gallery.py DIR SCENE` takes one scene alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from camera import Take, Waiting, at_rest, choose, copying, dialog, drive, named, photograph, studio
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from desktop_app.engine.sample.album import make_sample_album
from desktop_app.engine.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Settings(theme="light", language="en")


def album(home: Path) -> Path:
    """The sample album, and beside it a folder without a photo."""
    folder = home / "Sample album"
    make_sample_album(folder)
    (home / "Letters").mkdir()
    (home / "Letters" / "To do.txt").write_text("Sort the photos.")
    return folder


def eight_thousand(home: Path) -> Path:
    from tests.helpers.laid_library import lay_files

    folder = home / "Phone"
    lay_files(folder, 8_000)
    return folder


def hundred_thousand(home: Path) -> Path:
    from tests.helpers.laid_library import lay_cache, lay_files

    folder = home / "All photos"
    lay_cache(folder, lay_files(folder, 100_000), SETTINGS)
    return folder


def grid_of(window: QMainWindow) -> QListView:
    return named(QListView, "Photos of the chosen group", window)


def choose_group(window: QMainWindow, row: int) -> None:
    groups = named(QListView, "Groups", window)
    groups.setCurrentIndex(groups.model().index(row, 0))


def select(window: QMainWindow, rows: range) -> None:
    """Select these photos of the grid, the first of them as the one that is looked at."""
    grid = grid_of(window)
    select = QItemSelectionModel.SelectionFlag
    grid.selectionModel().clear()
    for row in reversed(rows):
        grid.selectionModel().setCurrentIndex(grid.model().index(row, 0), select.Select)


def dismiss(window: QMainWindow) -> None:
    for button in window.findChildren(QToolButton):
        if button.accessibleName() == "Dismiss the notice":
            button.click()


def a_box() -> QMessageBox | None:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    return shown[0] if shown else None


def opening(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """The first page, the folder, a photo chosen."""
    take(window, "empty")
    window.handlers.open_folder(folder)  # type: ignore[attr-defined]
    yield lambda: at_rest(window)
    take(window, "opened")
    dismiss(window)
    select(window, range(1))
    yield lambda: named(QListView, "Neighbors", window).model().rowCount() and at_rest(window)


def looking(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """The usual window, light and dark, large and small; a photo large, photos side by side."""
    yield from opening(window, take, folder)
    sizes = ((1400, 875), (1366, 768), (760, 480))
    for theme in ("dark", "light"):
        choose(f"theme_{theme}", window)
        for width, height in sizes:
            window.resize(width, height)
            yield lambda: at_rest(window)
            take(window, f"{theme} {width}x{height}")
    window.resize(1366, 768)
    choose_group(window, 2)
    select(window, range(3))
    yield lambda: at_rest(window)
    take(window, "selection")
    choose("compare", window)
    yield lambda: True
    take(window, "compare")
    window.viewer.close_view()  # type: ignore[attr-defined]
    select(window, range(1))
    choose("view_photo", window)
    yield lambda: True
    take(window, "viewer")


def deciding(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """Unsure photos, teaching, duplicates."""
    yield from opening(window, lambda _widget, _name: None, folder)
    named(QSlider, "Unsure below, percent", window).setValue(90)
    yield lambda: at_rest(window)
    take(window, "unsure")
    choose("unsure", window)
    yield lambda: True
    take(window, "unsure queue")
    for button in window.findChildren(QPushButton):
        if button.text().startswith("Esc") and button.isVisible():
            button.click()
    choose_group(window, 3)
    select(window, range(5))
    choose("file_1", window)
    choose_group(window, 1)
    choose("lock_group", window)
    yield lambda: at_rest(window)
    take(window, "filed and locked")
    choose("teach", window)
    yield lambda: dialog("Teach") and at_rest(window)
    teach = dialog("Teach")
    assert teach is not None
    take(teach, "teach")
    teach.close()
    choose("duplicates", window)
    yield lambda: named(QListView, "Sets of duplicates", window).model().rowCount()
    take(window, "duplicates")


def filing(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """The plan, the result, the way back, and what goes wrong."""
    yield from opening(window, lambda _widget, _name: None, folder)
    yield from copying(window, take, "plan", "result")
    undo = [one for one in window.findChildren(QPushButton) if one.text() == "Undo…" and one.isVisible()]
    undo[0].click()
    yield a_box
    box = a_box()
    assert box is not None
    take(box, "undo of files")
    box.reject()
    for entry in ("problems", "history", "models", "settings", "keys"):
        title = entry.capitalize()
        choose(entry, window)
        yield partial(dialog, title)
        shown = dialog(title)
        assert shown is not None
        take(shown, entry)
        shown.close()
    window.handlers.open_folder(folder.parent / "Letters")  # type: ignore[attr-defined]
    yield a_box
    box = a_box()
    assert box is not None
    take(box, "error")
    take(window, "error behind")
    box.accept()


def scaled(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """A screen of 1920 by 1080 at 200 %."""
    yield from opening(window, take, folder)
    take(window, "window")
    choose("organize", window)
    yield lambda: dialog("Organize")
    ask = dialog("Organize")
    assert ask is not None
    yield lambda: True
    take(ask, "plan")
    ask.close()


def indexing(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """Photos are being looked at."""
    window.handlers.open_folder(folder)  # type: ignore[attr-defined]
    yield lambda: len(window.state.photos) > 1_500  # type: ignore[attr-defined]
    take(window, "running")
    next(one for one in window.findChildren(QPushButton) if one.text() == "Pause").click()
    yield lambda: True
    take(window, "paused")
    window.workflow.cancel()  # type: ignore[attr-defined]
    yield lambda: at_rest(window)
    take(window, "stopped")


def large(window: QMainWindow, take: Take, folder: Path) -> Iterator[Waiting]:
    """A hundred thousand photos."""
    window.handlers.open_folder(folder)  # type: ignore[attr-defined]
    yield lambda: at_rest(window)
    take(window, "grouped")
    choose_group(window, 2)
    yield lambda: at_rest(window)
    choose("select_all", window)
    yield lambda: at_rest(window)
    take(window, "selected")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown of which folder, and how large the window is."""

    folder: Callable[[Path], Path]
    journey: Callable[[QMainWindow, Take, Path], Iterator[Waiting]]
    size: tuple[int, int] = (1366, 768)
    environment: dict[str, str] = field(default_factory=dict)


SCENES = {
    "looking": Scene(album, looking),
    "deciding": Scene(album, deciding),
    "filing": Scene(album, filing),
    "200 percent": Scene(album, scaled, (960, 500), {"QT_SCALE_FACTOR": "2"}),
    "indexing": Scene(eight_thousand, indexing),
    "100000": Scene(hundred_thousand, large),
}


def make(out: Path) -> int:
    """Take the pictures of every scene; returns 1 where one failed."""
    failed = 0
    for name in SCENES:
        command = [sys.executable, str(Path(__file__).resolve()), str(out.absolute()), name]
        failed += subprocess.run(command, check=False).returncode != 0
    return int(failed > 0)


def main(out: Path, name: str) -> int:
    """Take the pictures of one scene."""
    sys.path.insert(0, str(ROOT))  # for the large folders of the tests
    scene = SCENES[name]
    os.environ.update(scene.environment)
    out.mkdir(parents=True, exist_ok=True)
    with studio() as home:
        folder = scene.folder(home)

        def take(widget: QWidget, what: str) -> None:
            photograph(widget, out / f"{name} - {what}.png")

        drive(lambda window: scene.journey(window, take, folder), SETTINGS, scene.size)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
