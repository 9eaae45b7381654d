"""What tests of the window share: small pictures, and waiting for the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app.engine.curation import Curation, group_ids
from desktop_app.engine.library import groups_of
from desktop_app.engine.types import Clustering, Group
from desktop_app.gui.app_state import AppState
from desktop_app.gui.main_window import MainWindow

WAIT = 30_000
"""Milliseconds; reached only when something is broken."""


def draw(path: Path, color: tuple[int, int, int], seed: int, size: tuple[int, int] = (64, 48)) -> None:
    """A picture of mostly one color, with noise of its own."""
    rng = np.random.default_rng(seed)
    pixels = np.clip(np.array(color) + rng.normal(0, 12, (size[1], size[0], 3)), 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def wait_for_groups(qtbot: QtBot, window: MainWindow) -> None:
    """Until the groups are there and nothing runs any more."""
    qtbot.waitUntil(lambda: window.state.clustering is not None and not window.runner.is_busy(), timeout=WAIT)


def kinds(window: MainWindow, group: Group) -> set[str]:
    """The first words of the names of a group's photos."""
    return {window.state.photos[photo_id].path.name.split()[0] for photo_id in group.photo_ids.tolist()}


def show_clustering(state: AppState, clustering: Clustering) -> None:
    """Let a state without a workflow show the groups of ``clustering``."""
    known, groups = Curation().arrange(groups_of(clustering))
    state.set_clustering(clustering, known, groups, group_ids(clustering.photo_ids, groups))
