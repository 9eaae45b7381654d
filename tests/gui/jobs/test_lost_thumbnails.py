"""Thumbnails that the cache has lost come back when they are asked for, from files that are still the same."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine import paths
from desktop_app.engine.index import thumbnails
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.gui.jobs.lanes import Lane
from desktop_app.gui.main_window import MainWindow
from tests.helpers.window import WAIT, draw, wait_for_groups


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


def test_one_that_was_looked_for_just_before_it_was_made_is_shown_too(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    album: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pictures(album, settings)
    lose()
    window = make_window()
    window.handlers.open_folder(album)
    wait_for_groups(qtbot, window)
    library, thumbnails = window.workflow.library, window.thumbnails
    assert library is not None
    # All are tried once more when a folder was opened; here it is to be right without.
    qtbot.waitUntil(lambda: not (window.runner.is_busy() or window.workflow._retry.isActive()), timeout=WAIT)
    lose()
    photo_id, make = int(window.state.shown_ids()[0]), library.make_thumbnail
    looked, answer, made = threading.Event(), threading.Event(), threading.Event()
    times: list[int] = []

    def slow(one: int) -> bytes | None:
        found = library.thumbnail(one)
        if one == photo_id:
            times.append(one)
            if len(times) == 2:
                looked.set()
                assert answer.wait(WAIT / 1000)
        return found

    def held(one: int, ctx: JobContext) -> bool:
        if one == photo_id:
            assert looked.wait(WAIT / 1000)
        done = make(one, ctx)
        if one == photo_id:
            made.set()
        return done

    monkeypatch.setattr(library, "make_thumbnail", held)
    window.state.folder_changed.emit()  # nothing was tried before
    thumbnails.set_source(slow)
    thumbnails.get(photo_id)
    qtbot.waitUntil(lambda: window.runner.is_busy(Lane.LOST), timeout=WAIT)
    thumbnails.retry_missing()
    thumbnails.get(photo_id)
    qtbot.waitUntil(lambda: made.is_set() and not window.runner.is_busy(Lane.LOST), timeout=WAIT)
    answer.set()
    qtbot.waitUntil(lambda: thumbnails.get(photo_id) is not None, timeout=WAIT)


def test_what_has_gone_or_changed_stays_gray_and_is_tried_once(
    qtbot: QtBot,
    make_window: Callable[[], MainWindow],
    album: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
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

    def noted(photo_id: int, ctx: JobContext) -> bool:
        asked.append(photo_id)
        return make(photo_id, ctx)

    monkeypatch.setattr(library, "make_thumbnail", noted)
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


def test_where_the_disk_is_full_photos_are_shown_all_the_same(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    album = tmp_path / "large"  # so are its thumbnails: none fits what is left of a page
    for number in range(12):
        draw(album / f"{number}.jpg", (40 + 15 * number, 90, 160), seed=number, size=(480, 360))
    monkeypatch.setattr(thumbnails, "_MOST_UNKEPT", 8)
    wanted = list(pictures(album, settings).values())
    shutil.rmtree(paths.cache_dir())
    with Library(album, settings) as library:
        store = library._cache._store
        store.read(lambda connection: connection.execute("PRAGMA max_page_count = 1").fetchall(), None)
        library.index(JobContext())
        ids = [photo.id for photo in library.photos][-8:]
        assert [library.thumbnail(photo_id) for photo_id in ids] == [None] * 8
        for photo in library.photos:
            assert library.make_thumbnail(photo.id, JobContext())
        assert [library.thumbnail(photo_id) for photo_id in ids] == wanted[-8:]
        assert len(library._thumbnails._unkept) == 8
