"""The window goes on with what earlier ones kept, and leaves alone what a later one wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.cli import entry
from desktop_app.engine import paths
from desktop_app.engine.curation.store import file_of
from desktop_app.engine.kept import Kept
from desktop_app.gui.main_window import MainWindow
from tests.helpers.versions import VERSIONS, unpack
from tests.helpers.window import wait_for_groups

PANES = next(file for file in VERSIONS if file.stem.endswith("panes"))


@pytest.fixture
def opened(
    make_window: Callable[[], MainWindow], kindred_home: Path, tmp_path: Path, qtbot: QtBot
) -> Callable[[Path], MainWindow]:
    """Opens the folder of an earlier version, whose photos were taken back, in the window of today."""

    def open_(version: Path, spoil: Callable[[Path], None] = lambda folder: None) -> MainWindow:
        folder = unpack(version, kindred_home, tmp_path / "earlier")
        assert entry.main(["undo", "--json"]) == 0
        spoil(folder)
        window = make_window()
        window.handlers.open_folder(folder)
        wait_for_groups(qtbot, window)
        return window

    return open_


@pytest.mark.parametrize("version", VERSIONS, ids=lambda file: file.stem)
def test_every_earlier_state_opens(version: Path, opened: Callable[[Path], MainWindow]) -> None:
    window = opened(version)
    assert len(window.state.photos) == 3
    named = {group.name for group in window.state.groups}
    assert named == ({"Warm", "Sea"} if file_of(window.state.folder or Path()).exists() else named)
    assert window.panes.shown, "panes of an earlier window hid all of today's"
    told = window.notice.text.text() if window.notice.isVisible() else ""
    assert told == "" or told.startswith("Kindred only reads your folder"), told


def test_results_of_an_earlier_edition_are_computed_anew(
    opened: Callable[[Path], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They lie in the cache under other keys, which today's program does not ask for."""
    computed: list[str] = []
    kept = Kept._kept

    def watch(self: Kept, kind: str, parameters: object, compute: Callable[[], object], *rest: object) -> object:
        def counted() -> object:
            computed.append(kind)
            return compute()

        return kept(self, kind, parameters, counted, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Kept, "_kept", watch)
    opened(next(file for file in VERSIONS if file.stem.endswith("results")))
    assert {"elbow", "projection", "clustering"} <= set(computed)


def test_how_a_folder_was_left_and_keys_of_one_s_own_are_gone_on_with(opened: Callable[[Path], MainWindow]) -> None:
    window = opened(PANES)
    state = window.state
    assert {state.photos[photo].path.name for photo in state.selection.tolist()} == {"b.png"}
    assert (window.grid.sorted_by.value, window.grid.has_headings, window.grid.has_names) == ("date", True, True)
    assert window.panes.arrangement == "sort"
    assert window.memory.keys() == {"find_action": "Ctrl+Alt+P"}


def test_a_bookmark_of_a_later_version_is_passed_over(opened: Callable[..., MainWindow]) -> None:
    def spoil(folder: Path) -> None:
        mark = file_of(folder).with_suffix(".window")
        mark.write_text(json.dumps({**json.loads(mark.read_text("utf-8")), "version": 99}), encoding="utf-8")

    window = opened(PANES, spoil)
    assert window.grid.sorted_by.value == "likeness"
    assert {group.name for group in window.state.groups} == {"Warm", "Sea"}


def test_names_of_a_later_version_are_told_and_stay(
    make_window: Callable[[], MainWindow], kindred_home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = unpack(PANES, kindred_home, tmp_path / "earlier")
    assert entry.main(["undo", "--json"]) == 0
    later = '{"version": 99, "something": "new"}'
    file_of(folder).write_text(later, encoding="utf-8")
    window = make_window()
    window.handlers.open_folder(folder)
    qtbot.waitUntil(lambda: window.notice.isVisible() and not window.runner.is_busy())
    assert "newer Kindred" in window.notice.text.text()
    window.close()
    assert file_of(folder).read_text("utf-8") == later


def test_settings_of_a_later_version_are_named_and_stay(
    kindred_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unpack(PANES, kindred_home, tmp_path / "earlier")
    file = paths.config_dir() / "settings.toml"
    later = file.read_text("utf-8") + "tomorrow = 1\n"
    file.write_text(later, encoding="utf-8")
    assert entry.main(["settings", "set", "theme", "light"]) != 0
    said = capsys.readouterr().err
    assert "tomorrow" in said
    assert "A later version of Kindred may have written it" in said
    assert file.read_text("utf-8") == later
