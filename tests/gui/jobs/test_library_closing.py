"""Every library that the window opens is closed, whatever became of the job that opened it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.library import Library
from desktop_app.gui.jobs import workflow
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, wait_for_groups


class Watch:
    """Real libraries, of which the first can be held while it is made."""

    def __init__(self) -> None:
        self.asked: list[Library] = []
        self.made: list[Library] = []
        self.closed: list[Library] = []
        self.making, self.may_go_on = threading.Event(), threading.Event()
        watch = self

        class Watched(Library):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                watch.asked.append(self)
                watch.making.set()
                if self is watch.asked[0]:
                    watch.may_go_on.wait(WAIT / 1000)
                super().__init__(*args, **kwargs)
                watch.made.append(self)

            def close(self) -> None:
                super().close()
                watch.closed.append(self)

        self.library = Watched


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(workflow, "Library", watch.library)
    return watch


@pytest.mark.parametrize("when", ["before it is made", "before it is announced"])
def test_the_library_of_a_replaced_index_job_is_closed(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, watch: Watch, when: str
) -> None:
    window = make_window()
    window.handlers.open_folder(album)
    assert watch.making.wait(WAIT / 1000)
    if when == "before it is announced":
        watch.may_go_on.set()
        while not watch.made:  # without a look at the events, so that what the job says is still on its way
            time.sleep(0.001)
    window.handlers.open_folder(album)
    watch.may_go_on.set()
    wait_for_groups(qtbot, window)
    first, second = watch.asked
    qtbot.waitUntil(lambda: watch.closed == [first], timeout=WAIT)
    assert window.workflow.library is second
    window.close()
    assert watch.closed == [first, second]


def test_a_window_closed_while_its_first_library_is_made_closes_it(
    make_window: Callable[[], MainWindow], album: Path, watch: Watch
) -> None:
    window = make_window()
    window.handlers.open_folder(album)
    assert watch.making.wait(WAIT / 1000)
    threading.Timer(0.1, watch.may_go_on.set).start()
    window.close()
    assert watch.closed == watch.made
