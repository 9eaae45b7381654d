"""The whole window on a real small folder, with a real (tiny) model."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.cli import entry
from desktop_app.engine import paths
from desktop_app.engine import settings as settings_module
from desktop_app.engine.settings import Settings
from desktop_app.gui import main_window
from desktop_app.gui.dialogs.split import SplitDialog
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LARGE, LEFT, WAIT, message, wait_for_groups


def test_a_folder_is_read_grouped_and_left_as_it_was(window: MainWindow, album: Path) -> None:
    state = window.state
    assert len(state.photos) == 24
    assert [problem.path.name for problem in state.problems] == ["broken.jpg"]
    assert state.elbow is not None
    assert state.clustering is not None
    assert window.groups_view.model.rowCount() == 1 + len(state.groups)
    assert window.grid.model.rowCount() == 24
    assert len(window.scatter.points.ids) == 24
    assert window.status_line.counts.text().startswith("24 photos · ")
    assert window.status_line.problems.text() == "1 problem (show)"
    assert not window.work_bar.isVisible()
    assert len(list(album.iterdir())) == 25
    assert window.windowTitle() == "album – Kindred"


def test_a_cache_that_keeps_nothing_is_told(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, kindred_home: Path
) -> None:
    (kindred_home / "cache").write_text("in the way")
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    assert window.notice.isVisible()
    assert window.notice.text.text().startswith("The cache keeps nothing new: ")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[MainWindow], object]], None]]:
    """Called with what is done in a window that `main_window.run` opens, before it is closed as a person ends it."""

    def prepare(do: Callable[[MainWindow], object]) -> None:
        def use_it() -> int:
            (window,) = (
                one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
            )
            do(window)
            window.close()
            window.deleteLater()
            return 0

        monkeypatch.setattr(QApplication, "exec", staticmethod(use_it))
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the window takes it

    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    yield prepare
    sys.setswitchinterval(before)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_the_window_keeps_a_log_of_figures(
    qtbot: QtBot, settings: Settings, album: Path, use: Callable[[Callable[[MainWindow], object]], None]
) -> None:
    kept = paths.log_dir() / "window.log"
    use(lambda window: wait_for_groups(qtbot, window))
    assert main_window.run(album, settings, None) == 0
    text = kept.read_text(encoding="utf-8")
    assert "24 photos, 24 embedded, 0 cached, 1 problems" in text
    assert "grouped 24 photos by kmeans" in text
    assert not [name for name in (*(path.name for path in album.iterdir()), str(album)) if name in text]


@pytest.mark.usefixtures("settings")
def test_a_window_with_settings_that_cannot_be_read_opens_and_says_so(
    qtbot: QtBot, use: Callable[[Callable[[MainWindow], object]], None]
) -> None:
    settings_module.settings_file().write_text("workers = -1", encoding="utf-8")
    told: list[str] = []
    use(lambda window: told.append(message(qtbot, window).informativeText()))
    assert entry.main(["window"]) == 0
    assert "settings.toml: workers" in told[0]


@pytest.mark.usefixtures("settings")
def test_a_folder_that_is_gone_is_told_in_the_window_where_nobody_reads_what_is_printed(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    use: Callable[[Callable[[MainWindow], object]], None],
) -> None:
    gone = str(tmp_path / "gone")
    monkeypatch.setenv("GIO_LAUNCHED_DESKTOP_FILE_PID", "1")  # of the terminal that this was started in
    assert entry.main(["window", gone]) == 2
    assert f"There is no folder {gone}" in capsys.readouterr().err
    told: list[str] = []
    use(lambda window: told.append(message(qtbot, window).text()))
    monkeypatch.setenv("GIO_LAUNCHED_DESKTOP_FILE_PID", str(os.getpid()))
    assert entry.main(["window", gone]) == 0
    assert f"There is no folder {gone}" in told[0]


@pytest.mark.parametrize("paused", [False, True])
def test_close_while_looking_leaves_no_thread(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    large_album: Path,
    hold_reading: Callable[[int], threading.Event],
    paused: bool,
) -> None:
    hold_reading(LARGE // 2)
    window = make_window()
    window.handlers.open_folder(large_album)
    qtbot.waitUntil(lambda: len(window.state.photos) > 0, timeout=WAIT)
    if paused:
        qtbot.mouseClick(window.work_bar.pause, LEFT)
    window.close()
    assert not window.isVisible()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kindred-job")]


def test_the_window_remembers(window: MainWindow, make_window: Callable[[], MainWindow], album: Path) -> None:
    window.menus["larger"].trigger()
    side = window.grid.list.side
    window.menus["theme_dark"].trigger()
    window.close()
    again = make_window()
    assert again.grid.list.side == side
    assert again.memory.recent() == [album]
    assert 'theme = "dark"' in (paths.config_dir() / "settings.toml").read_text()
    window.menus["theme_system"].trigger()


def test_a_setting_kept_by_the_window_leaves_those_changed_elsewhere(window: MainWindow) -> None:
    settings_module.save(Settings(exclude=("*.gif",)))
    window.menus["theme_dark"].trigger()
    assert settings_module.load() == Settings(exclude=("*.gif",), theme="dark")
    window.menus["theme_system"].trigger()
    assert settings_module.load() == Settings(exclude=("*.gif",))


def test_every_control_has_a_name(window: MainWindow) -> None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QSlider

    kinds = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QSlider)
    nameless = []
    for widget in [found for kind in kinds for found in window.findChildren(kind)]:
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QAbstractItemView | QLineEdit)
        if not name and not inner and widget.isVisible() and not widget.objectName().startswith("qt_"):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert not nameless


def test_a_bar_about_to_appear_does_not_outlive_the_work(window: MainWindow) -> None:
    window.workflow.work_began.emit(Lane.CLUSTER, "Grouping…")
    assert window.work_bar._show_soon.isActive()
    window.workflow.close()
    assert not window.work_bar._show_soon.isActive()


def test_the_line_at_the_foot_is_idle_again_once_a_group_was_split(window: MainWindow, qtbot: QtBot) -> None:
    window.state.select_group(window.state.groups[0].id)
    window.menus["split_group"].trigger()
    dialog = window.findChild(SplitDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    wait_for_groups(qtbot, window)
    assert window.status_line.activity.text() == "idle"
