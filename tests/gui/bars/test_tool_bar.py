"""Model, method and number of groups, chosen in the tool bar and shown as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.settings import Settings
from desktop_app.gui.main_window import MainWindow
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import WAIT, choose_k, choose_method, wait_for_groups


def test_method_and_number_are_chosen_in_the_tool_bar(qtbot: QtBot, window: MainWindow) -> None:
    tools = window.tools
    tools.method.setFocus()
    tools.method.setCurrentIndex(tools.method.findData("agglomerative"))
    tools.method.activated.emit(tools.method.currentIndex())
    tools.k.setValue(5)
    qtbot.waitUntil(
        lambda: (
            window.state.clustering is not None
            and (window.state.clustering.method, window.state.clustering.k) == ("agglomerative", 5)
        ),
        timeout=WAIT,
    )
    assert window.elbow.chart.value() == 5
    wait_for_groups(qtbot, window)


def test_another_model_looks_at_the_folder_at_once_and_is_remembered(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, kindred_home: Path
) -> None:
    make_tiny_model(kindred_home / "models" / "another", dim=7)
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    first = window.workflow.library
    assert first is not None
    qtbot.keyClick(window.tools.model, Qt.Key.Key_Home)  # they stand there by name, this one first
    qtbot.waitUntil(lambda: window.workflow.library not in (first, None), timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert window.workflow.library is not None
    assert window.workflow.library.model.name == "another"
    assert window.workflow.library.embeddings.vectors.shape[1] == 7
    assert 'model = "another"' in (paths.config_dir() / "settings.toml").read_text()
    second = window.workflow.library
    window.tools.model.activated.emit(window.tools.model.currentIndex())
    assert window.workflow.library is second, "the model in use was chosen: nothing to do"


def test_the_clusters_of_a_model_are_offered_where_it_has_them(
    qtbot: QtBot, window: MainWindow, kindred_home: Path, settings: Settings, album: Path
) -> None:
    assert window.tools.method.findData("model") < 0
    window.close()
    make_tiny_model(kindred_home / "models" / "knowing", clusters=5)
    knowing = MainWindow(settings, "knowing")
    try:
        knowing.show()
        knowing.handlers.open_folder(album)
        wait_for_groups(qtbot, knowing)
        choose_method(knowing, "model")
        qtbot.waitUntil(lambda: knowing.state.clustering.method == "model", timeout=WAIT)
        wait_for_groups(qtbot, knowing)
        assert (knowing.state.clustering.k, knowing.tools.k.value(), knowing.tools.auto.isChecked()) == (3, 3, True)
        assert knowing.elbow.chart.value() == 3
        choose_k(qtbot, knowing, 2)
        assert not knowing.tools.auto.isChecked()
        knowing.workflow.choose_model("tiny")
        qtbot.waitUntil(lambda: knowing.tools.method.findData("model") < 0, timeout=WAIT)
        wait_for_groups(qtbot, knowing)
        assert (knowing.state.method, knowing.tools.method.currentData()) == ("kmeans", "kmeans")
    finally:
        knowing.close()
        knowing.deleteLater()


def test_the_method_of_the_settings_is_the_one_a_new_folder_begins_with(
    qtbot: QtBot, settings: Settings, album: Path, make_window: Callable[[], MainWindow]
) -> None:
    window = MainWindow(replace(settings, method="agglomerative"))
    try:
        window.show()
        window.handlers.open_folder(album)
        wait_for_groups(qtbot, window)
        assert window.state.clustering is not None
        assert window.state.clustering.method == "agglomerative"
        assert window.tools.method.currentData() == "agglomerative"
    finally:
        window.close()
        window.deleteLater()
    assert make_window().state.method == "kmeans"


def test_a_number_beyond_the_chart_and_one_the_method_finds_are_shown_as_they_are(
    qtbot: QtBot, window: MainWindow
) -> None:
    chart = window.elbow.chart
    beyond = chart.maximum() + 4
    window.tools.k.setValue(beyond)
    qtbot.waitUntil(lambda: window.state.clustering.k == beyond, timeout=WAIT)
    assert window.tools.k.value() == beyond
    assert (chart.value(), chart.beyond) == (chart.maximum(), beyond)
    choose_method(window, "hdbscan")
    qtbot.waitUntil(lambda: window.state.clustering.method == "hdbscan", timeout=WAIT)
    wait_for_groups(qtbot, window)
    assert window.tools.k.value() == window.state.clustering.k
    assert not window.tools.k.isEnabled()
    assert not chart.isEnabled()
    choose_method(window, "kmeans")
    wait_for_groups(qtbot, window)
    assert chart.isEnabled()
    choose_k(qtbot, window, 3)
    assert chart.beyond is None
