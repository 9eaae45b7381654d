"""Takes the pictures of `docs/images`: the real window on the sample album.

`python packaging/pictures.py` writes all of them; it needs no screen. `--gallery DIR` writes many more into DIR, to be
looked at when the window has changed: see `gallery.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from camera import Waiting, at_rest, choose, copying, dialog, drive, named, photograph, studio
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QMainWindow, QPushButton, QTabWidget, QToolButton, QTreeWidget, QWidget

from desktop_app.engine.sample.album import make_sample_album
from desktop_app.engine.settings import Settings

OUT = Path(__file__).resolve().parents[1] / "docs" / "images"
LARGEST = 300_000


def take(widget: QWidget, name: str) -> None:
    """Write what a widget shows to `docs/images`."""
    photograph(widget, OUT / f"{name}.png", LARGEST)


def journey(album: Path, window: QMainWindow) -> Iterator[Waiting]:
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
    rows = {model.index(row, 0).data(Qt.ItemDataRole.EditRole): model.index(row, 0) for row in range(model.rowCount())}
    for suggested, name in (("People", "Faces"), ("Beach", "Sunsets"), ("People, sports", "Charts")):
        model.setData(rows[suggested], name)
    groups.setCurrentIndex(rows["Beach"])
    yield lambda: at_rest(window)
    take(window, "group")

    yield from copying(window, take, "organize", "organized")

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

    choose("models", window)
    yield lambda: dialog("Models")
    models = dialog("Models")
    assert models is not None
    models.resize(760, 340)
    named(QTabWidget, "Models, compare, learn", models).setCurrentIndex(1)
    next(button for button in models.findChildren(QPushButton) if button.text() == "Compare").click()
    yield lambda: named(QLabel, "Compare: what came of it", models).text()
    take(models, "models")
    models.close()

    named(QToolButton, "Dismiss the notice", window).click()
    groups.setCurrentIndex(model.index(0, 0))
    choose("theme_dark", window)
    yield lambda: at_rest(window)
    take(window, "dark")


def main() -> int:
    """Take all pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gallery", type=Path, metavar="DIR", help="write the gallery there instead")
    chosen = parser.parse_args()
    if chosen.gallery is not None:
        import gallery

        return gallery.make(chosen.gallery)
    with studio() as home:
        album = home / "Sample album"
        make_sample_album(album)
        OUT.mkdir(parents=True, exist_ok=True)
        drive(partial(journey, album), Settings(theme="light", language="en"), (1400, 875))
    return 0


if __name__ == "__main__":
    sys.exit(main())
