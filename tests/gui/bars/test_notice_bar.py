"""Notices cover no control, and go by themselves when nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QCommandLinkButton, QSlider, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from tests.helpers.shown_texts import cut
from tests.helpers.window import WAIT, offer, wait_for_groups

CONTROLS = (QAbstractButton, QComboBox, QSlider, QSpinBox)
RESULT = "120 photos copied and verified to /home/somebody/Pictures/2019 sorted. 3 photos were left alone."
OFFERS = ["Show 3 files", "Continue", "Show folder", "Undo…"]


def covered(window: MainWindow) -> list[str]:
    """Names of the controls that lie under the notice."""
    notice = QRect(window.notice.mapTo(window, QPoint()), window.notice.size())
    found = []
    for widget in window.findChildren(QWidget):
        inside = window.notice is widget or window.notice.isAncestorOf(widget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not inside:
            place = widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint()))
            if place.intersects(notice):
                found.append(f"{widget.accessibleName() or widget.objectName() or widget}")
    return found


@pytest.mark.parametrize("size", [(1440, 900), (960, 540), (760, 480)])
def test_a_notice_covers_no_control_on_any_page(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.groups_view.unsure.setValue(95)
    wait_for_groups(qtbot, window)
    pages = [
        lambda: None,
        window.menus["duplicates"].trigger,
        window.duplicates.leave,
        window.menus["view_photo"].trigger,
    ]
    window.state.select_photo(next(iter(window.state.photos)))
    for go in pages:
        go()
        QApplication.processEvents()
        window.notice.announce(RESULT, [(text, window.update) for text in OFFERS])
        QApplication.processEvents()
        assert not covered(window), f"at {size} on {window.pages.currentWidget()}"
        for text in OFFERS:
            button = offer(window, text)
            assert window.notice.rect().contains(button.mapTo(window.notice, button.rect().bottomRight()))
            assert button.width() >= button.minimumSizeHint().width()
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)


def test_the_folders_of_the_first_page_can_be_scrolled_above_the_notice(
    qtbot: QtBot, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    window.resize(760, 480)
    folders = [tmp_path / f"folder {number}" for number in range(4)]
    window.welcome.set_recent(folders)
    window.notice.announce(RESULT, [("Continue", window.update)], warning=True)
    last = next(one for one in window.welcome.findChildren(QCommandLinkButton) if one.text() == "folder 3")
    assert not covered(window)
    bar = window.welcome.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and last.isVisible(), timeout=WAIT)
    bar.setValue(bar.maximum())
    assert not covered(window)
    assert last.visibleRegion().boundingRect() == last.rect(), "out of reach"


def test_the_last_photos_can_be_scrolled_above_the_notice(window: MainWindow) -> None:
    rows, notice = window.grid.list, window.notice
    notice.hide()
    height = rows.viewport().height()
    notice.announce("Something happened.", [("Undo", window.update)])
    top = rows.mapFromGlobal(notice.mapToGlobal(QPoint())).y()
    assert rows.viewport().geometry().bottom() < top
    notice.hide()
    assert rows.viewport().height() == height


def test_what_is_only_told_goes_by_itself_but_not_under_the_pointer_or_unseen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = window.notice
    seen = [False]
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _self: seen[0])
    notice.announce("The folder was read.")
    assert notice._away.isActive()
    nowhere = QPointF()
    QApplication.sendEvent(notice, QEnterEvent(nowhere, nowhere, nowhere))
    assert not notice._away.isActive()
    QApplication.sendEvent(notice, QEvent(QEvent.Type.Leave))
    assert notice._away.isActive()
    notice._away.timeout.emit()
    assert notice.isVisible(), "nobody looked"
    seen[0] = True
    notice._away.timeout.emit()
    assert not notice.isVisible()
    assert not notice._away.isActive()


def test_a_result_stays_until_the_next_action_and_a_warning_until_it_is_dismissed(window: MainWindow) -> None:
    notice, group = window.notice, window.state.groups[0]
    for warning in (False, True):
        notice.announce("120 photos copied.", [("Undo…", window.update)], warning=warning)
        assert not notice._away.isActive()
        window.state.select_group(group.id)  # looking around is no action
        assert notice.isVisible()
        window.corrections.move(window.state.groups[-1].photo_ids[:1], group.id)
        assert notice.isVisible() == warning
    notice.announce("Not done.", warning=True)
    assert not notice._away.isActive()


def test_a_long_warning_in_a_small_window_can_be_read_to_its_end(window: MainWindow) -> None:
    window.resize(760, 480)
    text = "The folder is not there any more, and what was read of it stays in sight. " * 3
    window.notice.announce(text, [("Look again", lambda: None), ("Open another folder", lambda: None)], warning=True)
    for _ in range(3):
        QApplication.processEvents()
    assert not cut(window.notice.text)
    assert window.rect().contains(QRect(window.notice.mapTo(window, QPoint()), window.notice.size()))
