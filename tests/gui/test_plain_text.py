"""A person's text is text: a folder called like markup, shortcuts and colors is shown as it is called, everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCommandLinkButton,
    QGroupBox,
    QLabel,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.cli import entry as cli
from desktop_app.engine.errors import UserError
from desktop_app.gui.dialogs import messages
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.dialogs.problems import ProblemsView
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.plain_text import caption, tip, window_title
from tests.helpers.window import draw, open_organize, wait_for_groups

ODD = "R&D <b>photos<b> [red]"
AS_FOLDER = "R&D _b_photos_b_ [red]"  # of a group: Windows knows no names with < and >
PLAIN = Qt.TextFormat.PlainText


def after_shortcuts(text: str) -> str:
    """What is seen of a button's or an entry's text."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def after_markup(text: str) -> str:
    """What is seen of a text of which Qt guesses whether it is markup."""
    if "<" not in text and "&lt;" not in text:
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def of_model(model: QAbstractItemModel) -> Iterator[str]:
    parents = [model.index(-1, -1)]
    while parents:
        parent = parents.pop()
        for row in range(model.rowCount(parent)):
            for column in range(8):  # list models keep their number of columns to themselves
                index = model.index(row, column, parent)
                if not index.isValid():
                    break
                yield str(index.data() or "")
                yield after_markup(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
                if model.rowCount(index):
                    parents.append(index)


def seen(widget: QWidget) -> Iterator[str]:
    """Every text that a widget shows, as a person sees it."""
    yield widget.windowTitle().replace("[*][*]", "[*]")
    yield widget.accessibleName()
    yield after_markup(widget.toolTip())
    if isinstance(widget, QLabel):
        plain = widget.textFormat() == PLAIN
        yield widget.text() if plain else after_markup(widget.text())
    if isinstance(widget, QAbstractButton | QGroupBox):
        yield after_shortcuts(widget.text() if isinstance(widget, QAbstractButton) else widget.title())
    if isinstance(widget, QCommandLinkButton):
        yield after_shortcuts(widget.description())
    if isinstance(widget, QTabWidget):
        yield from (after_shortcuts(widget.tabText(i)) for i in range(widget.count()))
    if isinstance(widget, QComboBox | QAbstractItemView) and widget.model() is not None:
        yield from of_model(widget.model())


def all_seen() -> Iterator[str]:
    for widget in QApplication.allWidgets():
        yield from seen(widget)
        for action in widget.findChildren(QAction):
            yield after_shortcuts(action.text())
            yield after_markup(action.toolTip())


@pytest.fixture
def odd_album(tmp_path: Path) -> Path:
    folder = tmp_path / ODD / ODD
    for kind, color in (("red", (200, 40, 40)), ("blue", (40, 60, 210))):
        for number in range(4):
            draw(folder / f"{kind} {number} {ODD}.jpg", color, seed=hash((color, number)) % 2**32)
    (folder / f"{ODD}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"no picture" * 20)
    (folder / f"notes {ODD}.bin").write_text("text")
    return folder


def check(expected: int) -> None:
    """Every text that holds a part of the odd name holds the whole of it."""
    whole = 0
    for text in all_seen():
        left = text.replace(ODD, "").replace(AS_FOLDER, "")
        whole += left != text
        for part in ("RD", "R&D", "photos<", "photos [", "[red]", "&amp;", "&lt;", "<qt>", "\u0332"):
            assert part not in left, text
    assert whole >= expected, whole


def test_every_text_of_the_window_shows_an_odd_name_as_it_is(
    qtbot: QtBot, make_window: Callable[[], MainWindow], odd_album: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.handlers.open_folder(odd_album)
    wait_for_groups(qtbot, window)
    first = window.state.groups[0]
    window.corrections.rename(first.id, ODD)
    window.state.select_group(first.id)
    window.state.select_photo(int(first.photo_ids[0]))
    wait_for_groups(qtbot, window)
    window.notice.announce(f"About {ODD}", [(f"Open {ODD}", window.hide)])
    window.handlers.show_problems()
    window.status_line.device.setToolTip(tip(ODD))
    view = window.findChild(ProblemsView)
    assert view.table.topLevelItem(0).text(0) == f"{ODD}.jpg"
    assert view.left_out.topLevelItem(0).text(0) == f"notes {ODD}.bin"
    assert view.tabs.tabText(1) == "&Left out (1)"
    box = messages.show_error(window, UserError("odd", f"{ODD} failed.", f"Mend {ODD}."))
    check(20)
    box.close()
    dialog = open_organize(qtbot, window)
    dialog.destination.setText(str(tmp_path / ODD / "out"))
    qtbot.waitUntil(dialog.go.isEnabled)
    check(20)
    dialog.reject()
    view.close()
    window.workflow.close_folder()
    check(4)  # the first page, and File > Open recent
    buttons = window.welcome.findChildren(QCommandLinkButton)
    assert [after_shortcuts(button.text()) for button in buttons] == [ODD]
    assert isinstance(dialog, OrganizeDialog)


def test_what_stands_for_something_else_in_qt_is_escaped() -> None:
    assert caption("R&D\n") == "R&&D\\n"
    assert tip("R&D") == "R&D"
    assert after_markup(tip("a <b>c\nd &lt;")) == "a <b>c\nd &lt;"
    assert window_title("changed [*]") == "changed [*][*]"


def test_the_command_line_and_files_show_an_odd_name_as_it_is(
    odd_album: Path, settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.html"
    assert cli.main(["export", str(odd_album), "--model", "tiny", "--k", "2", "--output", str(out)]) == 1
    answer = capsys.readouterr()
    assert f"{ODD}.jpg" in answer.err
    page = out.read_text(encoding="utf-8")
    assert "R&amp;D &lt;b&gt;photos&lt;b&gt; [red]" in page
    assert "<b>" not in page
    assert cli.main(["groups", str(odd_album), "--model", "tiny", "--k", "2", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["folder"] == str(odd_album)
