"""Thumbnails that the cache has lost come back when they are asked for, from files that are still the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, wait_for_groups


def pictures(album: Path, settings: Settings) -> dict[int, bytes | None]:
    with Library(album, settings) as library:
        library.index(JobContext())
        return {photo.id: library.thumbnail(photo.id) for photo in library.photos}


def lose() -> None:
    with sqlite3.connect(paths.cache_dir() / "cache.sqlite") as connection:
        half = connection.execute("SELECT count(*) / 2 FROM thumbnails").fetchone()[0]
        connection.execute("UPDATE thumbnails SET jpeg = x'00'")  # as a bad disk would: the checksum tells
        connection.execute("DELETE FROM thumbnails WHERE rowid IN (SELECT rowid FROM thumbnails LIMIT ?)", (half,))
    connection.close()


def test_lost_thumbnails_are_made_again_as_they_were(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, settings: Settings
) -> None:
    before = pictures(album, settings)
    lose()
    assert set(pictures(album, settings).values()) == {None}
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    for photo_id in before:
        qtbot.waitUntil(lambda photo_id=photo_id: window.thumbnails.get(photo_id) is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
    assert pictures(album, settings) == before


def test_what_has_gone_or_changed_stays_gray_and_is_tried_once(
    qtbot: QtBot, make_window: Callable[[], MainWindow], album: Path, settings: Settings
) -> None:
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    gone, changed, whole = (window.state.id_at(album / f"red {number}.jpg") for number in (1, 2, 3))
    assert gone is not None
    assert changed is not None
    assert whole is not None
    (album / "red 1.jpg").unlink()
    (album / "red 2.jpg").write_bytes((album / "blue 2.jpg").read_bytes())
    lose()
    library = window.workflow.library
    assert library is not None
    asked: list[int] = []
    make = library.make_thumbnail
    library.make_thumbnail = lambda one, ctx: asked.append(one) or make(one, ctx)  # type: ignore[method-assign,func-returns-value]
    window.thumbnails.set_source(window.workflow._pictures(()))  # nothing is in memory any more
    for _ in range(3):
        for photo_id in (gone, changed, whole):
            window.thumbnails.get(photo_id)
        qtbot.waitUntil(lambda: window.thumbnails.get(whole) is not None, timeout=WAIT)
        qtbot.waitUntil(lambda: not window.runner.is_busy(), timeout=WAIT)
        window.thumbnails.retry_missing()
    assert window.thumbnails.get(gone) is None
    assert window.thumbnails.get(changed) is None
    assert sorted(one for one in asked if one in (gone, changed)) == sorted((gone, changed))
