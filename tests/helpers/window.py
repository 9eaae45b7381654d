"""What tests of the window share: small pictures, what a person does with it, and waiting for what comes of that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.curation import Curation, arrange, group_ids, groups_of
from desktop_app.engine.types import UNSURE, Clustering, Elbow, Group, Photo, Projection
from desktop_app.gui.app_state import AppState
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers import waiting

LARGE = 120
"""Photos of the large album."""
LEFT = Qt.MouseButton.LeftButton
WAIT = round(1000 * waiting.WAIT)
"""The same in milliseconds, as Qt counts."""


def draw(path: Path, color: tuple[int, int, int], seed: int, size: tuple[int, int] = (64, 48)) -> None:
    """A picture of mostly one color, with noise of its own."""
    rng = np.random.default_rng(seed)
    pixels = np.clip(np.array(color) + rng.normal(0, 12, (size[1], size[0], 3)), 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def wait_for_groups(qtbot: QtBot, window: MainWindow) -> None:
    """Until the groups are there, the folder is checked, and nothing runs any more."""

    def over() -> bool:
        return window.state.clustering is not None and not window.runner.is_busy() and not window.workflow.is_working

    qtbot.waitUntil(over, timeout=WAIT)


def kinds(window: MainWindow, group: Group) -> set[str]:
    """The first words of the names of a group's photos."""
    return {window.state.photos[photo_id].path.name.split()[0] for photo_id in group.photo_ids.tolist()}


def show_clustering(state: AppState, clustering: Clustering) -> None:
    """Let a state without a workflow show the groups of ``clustering``."""
    known, groups = arrange(Curation(), groups_of(clustering))
    state.set_clustering(clustering, known, groups, group_ids(clustering.photo_ids, groups))


def choose_k(qtbot: QtBot, window: MainWindow, k: int) -> None:
    chart = window.elbow.chart
    qtbot.mouseClick(chart, LEFT, pos=QPoint(round(chart.x_of(k)), chart.height() // 2))
    qtbot.waitUntil(lambda: window.state.clustering is not None and window.state.clustering.k == k, timeout=WAIT)
    wait_for_groups(qtbot, window)


BETWEEN = {"w": (120, 110, 50), "x": (120, 50, 125), "y": (50, 120, 130), "z": (110, 90, 90)}
"""Colors between those of the album's three kinds: photos that no group claims clearly."""


def open_unsure(
    qtbot: QtBot, window: MainWindow, album: Path, below: int, between: Mapping[str, tuple[int, int, int]] = BETWEEN
) -> None:
    """Open the album with such photos as three groups, and a group of what is unsure below so many percent."""
    for name, color in between.items():
        draw(album / f"{name}.jpg", color, seed=5)
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    choose_k(qtbot, window, 3)
    window.groups_view.unsure.setValue(below)
    qtbot.waitUntil(lambda: window.state.group(UNSURE) is not None, timeout=WAIT)
    wait_for_groups(qtbot, window)


def choose_method(window: MainWindow, name: str) -> None:
    window.tools.method.setCurrentIndex(window.tools.method.findData(name))
    window.tools.method.activated.emit(window.tools.method.currentIndex())


def open_organize(qtbot: QtBot, window: MainWindow) -> OrganizeDialog:
    window.tools.organize.click()
    dialog = window.findChild(OrganizeDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    return dialog


def move_to(qtbot: QtBot, window: MainWindow, destination: Path) -> None:
    """Begin to move all groups into ``destination``."""
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(destination))
    dialog.action.setCurrentIndex(dialog.action.findData("move"))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()


def offer(window: MainWindow, text: str) -> QPushButton:
    """The button of the notice that begins with ``text``."""
    found = [button for button in window.notice.findChildren(QPushButton) if button.text().startswith(text)]
    assert len(found) == 1, f"{text} is not offered with {window.notice.text.text()!r}"
    return found[0]


def message(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=WAIT)
    return window.findChild(QMessageBox)


def answer(qtbot: QtBot, window: MainWindow, begins: str) -> QMessageBox:
    """Click the button of the open question that begins so."""
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    (button,) = [button for button in box.buttons() if button.text().startswith(begins)]
    qtbot.mouseClick(button, LEFT)
    return box


def start_copy(qtbot: QtBot, window: MainWindow, destination: Path) -> None:
    """Copy all photos there, from the dialog."""
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(destination))
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()


def double_click(qtbot: QtBot, widget: QWidget, place: QPoint) -> None:
    """Click twice, and let go: Qt's own second click leaves the button down, for whatever comes next."""
    qtbot.mouseDClick(widget, LEFT, pos=place)
    qtbot.mouseRelease(widget, LEFT, pos=place)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fill(state: AppState, count: int = 30, k: int = 3, unsure: int = 2) -> None:
    """``count`` photos on three far-away spots, the last ``unsure`` of them claimed by no group."""
    ids = np.arange(100, 100 + count, dtype=np.int64)
    labels = (np.arange(count) % k).astype(np.int32)
    rng = np.random.default_rng(0)
    xy = np.stack([labels * 10 + rng.normal(0, 0.5, count), rng.normal(0, 1, count)], axis=1).astype(np.float32)
    best = labels.copy()
    if unsure:
        labels[-unsure:] = UNSURE
    state.set_folder(Path("/album"))
    state.set_photos(
        [Photo(int(i), Path(f"/album/{i}.jpg"), (), 10, 0, f"{i}", 40, 30, taken_at="2019-07-01T10:00:00") for i in ids]
    )
    zeros = np.zeros((2, 4), dtype=np.float32)
    state.set_projection(Projection(ids, xy, zeros[0], zeros, np.array([0.31, 0.17])))
    confidence = np.linspace(0, 1, count).astype(np.float32)
    clustering = Clustering(ids, labels, confidence, "kmeans", {"k": k}, 0, best, (best + 1) % k if k > 1 else best - 1)
    show_clustering(state, clustering)


def an_elbow(low: int = 8, high: int = 12) -> Elbow:
    k = np.arange(2, 21)
    return Elbow(k, 100 / k, np.sin(k / 5.0), 9, "weak", 9, low, high)
