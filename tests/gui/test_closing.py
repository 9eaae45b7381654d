"""Closing the window in the midst of a run asks; what was not done is said at the next start, with a way on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.running import transfer
from desktop_app.gui.dialogs.organize import OrganizeDialog
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import LEFT, WAIT, answer, contents, offer, start_copy, wait_for_groups

HALF = 8


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Copying gets a part of the way, and further once this is set."""
    event, progress = threading.Event(), JobContext.progress
    monkeypatch.setattr(transfer, "_BATCH_FILES", 4)  # a batch is done whole or not at all

    def wait(ctx: JobContext, done: int, total: int, text: str) -> None:
        while text == "Copying" and done > HALF and not event.wait(0.01) and not ctx.cancelled:
            pass
        progress(ctx, done, total, text)

    monkeypatch.setattr(JobContext, "progress", wait)
    yield event
    event.set()


def placed(folder: Path) -> set[str]:
    """Files that have their own names by now."""
    return {name for name in contents(folder) if Path(name).name.split()[0] in ("red", "green", "blue")}


def test_stopped_by_closing_it_is_offered_again(
    qtbot: QtBot,
    window: MainWindow,
    make_window: Callable[[], MainWindow],
    album: Path,
    tmp_path: Path,
    go_on: threading.Event,
) -> None:
    out = tmp_path / "out"
    start_copy(qtbot, window, out)
    qtbot.waitUntil(lambda: len(placed(out)) >= HALF, timeout=WAIT)
    assert not window.close()
    answer(qtbot, window, "Keep working")
    assert not window.close()
    assert not window.close(), "a second question was asked"
    answer(qtbot, window, "Stop now")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    done = len(contents(out))
    assert 0 < done < 24  # the batch under way was put back
    assert placed(out) == contents(out).keys()
    go_on.set()

    again = make_window()
    left = again.closing.take_left_over()
    assert left is not None
    assert again.closing.take_left_over() is None, "said at every start"
    again.announcer.say_left_over(left)
    assert f"{24 - done} photos not done yet" in again.notice.text.text()
    assert str(out) in again.notice.text.text()
    qtbot.mouseClick(offer(again, "Continue"), LEFT)
    wait_for_groups(qtbot, again)
    dialog = again.findChild(OrganizeDialog)
    assert (again.state.folder, dialog.destination.text(), dialog.action.currentData()) == (album, str(out), "copy")
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    assert dialog.go.text() == f"Copy {24 - done} photos"
    dialog.go.click()
    qtbot.waitUntil(lambda: "copied" in again.notice.text.text(), timeout=WAIT)
    assert sorted(contents(out).values()) == sorted(v for k, v in contents(album).items() if k != "broken.jpg")
    assert again.closing.take_left_over() is None


def test_finished_first_it_closes_by_itself(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, go_on: threading.Event
) -> None:
    out = tmp_path / "out"
    start_copy(qtbot, window, out)
    qtbot.waitUntil(lambda: len(placed(out)) >= HALF, timeout=WAIT)
    window.close()
    answer(qtbot, window, "Finish")
    assert window.work_bar.text.text().endswith("Kindred closes after this")
    assert window.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert len(contents(out)) == 24
    assert window.closing.take_left_over() is None
