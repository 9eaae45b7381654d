"""Licences of a bundle: reachable from the window and from the command line; elsewhere it says why there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.cli import main
from desktop_app.engine import paths
from desktop_app.gui.dialogs.messages import Explanation
from desktop_app.gui.main_window import MainWindow


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a bundle has beside the program."""
    file = tmp_path / "a bundle" / "THIRD-PARTY.txt"
    file.parent.mkdir()
    file.write_text("Qt\n    LGPL-3.0-only\n", encoding="utf-8")
    monkeypatch.setattr(paths, "licences_page", lambda: file)
    return file


def said_about(window: MainWindow) -> str:
    window.menus["about"].trigger()
    (dialog,) = window.findChildren(Explanation)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.close()
    return text


def test_the_window_of_a_bundle_names_qt_and_links_the_page(page: Path, make_window: Callable[[], MainWindow]) -> None:
    said = said_about(make_window())
    assert "LGPL" in said
    assert f'href="{page.as_uri()}"' in said


def test_elsewhere_nothing_is_linked(make_window: Callable[[], MainWindow]) -> None:
    assert not paths.licences_page().exists()
    assert "href" not in said_about(make_window())


def test_the_command_line_prints_the_page(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--licences"]) == 0
    assert page.read_text(encoding="utf-8") in capsys.readouterr().out


def test_without_a_bundle_it_says_where_licences_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--licences"]) == 0
    assert "Apache License 2.0" in capsys.readouterr().out
