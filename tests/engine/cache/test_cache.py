from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.cache import store
from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord, KnownProblem
from desktop_app.engine.errors import UserError
from tests.helpers.cache_rows import batch, content, holds_only_truth, survive, template_with_log, vector


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


def test_what_is_put_comes_back_also_after_closing(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        assert cache.put(batch(range(300)))
        assert holds_only_truth(cache, range(300)) == 1200
        assert cache.trouble == ""
    with Cache(tmp_path) as cache:
        assert holds_only_truth(cache, range(300)) == 1200
        info = cache.info()
        assert (info.files, info.vectors, info.thumbnails, info.set_aside, info.trouble) == (300, 300, 300, (), "")
        assert info.bytes >= info.path.stat().st_size


def known(cache: Cache, path: Path, size: int, mtime_ns: int) -> FileRecord | None:
    return cache.lookup_files([FileKey(path, size, mtime_ns)])[0]


def test_a_file_is_known_only_with_the_same_size_and_time(cache: Cache) -> None:
    record = FileRecord(content(1), 4, 3)
    cache.put(Batch(files=[(FileKey(Path("/a.jpg"), 10, 20), record)]))
    assert known(cache, Path("/a.jpg"), 10, 20) == record
    for path, size, mtime in (("/a.jpg", 11, 20), ("/a.jpg", 10, 21), ("/b.jpg", 10, 20)):
        assert known(cache, Path(path), size, mtime) is None
    changed = FileRecord(content(2), 4, 3, None, None, True)
    cache.put(Batch(files=[(FileKey(Path("/a.jpg"), 12, 22), changed)]))
    assert known(cache, Path("/a.jpg"), 10, 20) is None
    assert known(cache, Path("/a.jpg"), 12, 22) == changed
    assert cache.lookup_content(content(1)) is None


def test_vectors_belong_to_a_model_and_a_length(cache: Cache) -> None:
    cache.put(Batch("one", vectors={content(1): vector(1)}))
    cache.put(Batch("two", vectors={content(1): vector(2)}))
    assert np.array_equal(cache.vectors([content(1)], "two", 16)[0][0], vector(2))
    found, known = cache.vectors([content(1), content(9), "", content(1)], "one", 16)
    assert known.tolist() == [True, False, False, True]
    assert np.array_equal(found[3], vector(1))
    assert not cache.vectors([content(1)], "one", 15)[1].any()
    assert not cache.vectors([content(1)], "three", 16)[1].any()
    empty, none_known = cache.vectors([], "one", 16)
    assert empty.shape == (0, 16)
    assert none_known.shape == (0,)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_any_file_name_and_any_text_can_be_kept(cache: Cache) -> None:
    names = [
        b"new\nline",
        b"\xff\xfe.jpg",
        "emoji \U0001f600".encode(),
        b"-dash",
        b"x" * 255,
        b"quote'\"",
        b"e\xcc\x81",
    ]
    keys = [FileKey(Path(os.fsdecode(b"/photos/" + name)), 1, 2) for name in names]
    cache.put(Batch(files=[(key, FileRecord(content(i), 1, 1, None, "Cam\udcff \0\n")) for i, key in enumerate(keys)]))
    found = cache.lookup_files(keys)
    assert [record.content_hash for record in found if record] == [content(i) for i in range(len(keys))]
    assert found[0] is not None
    assert found[0].camera == "Cam? \0\n"


def test_times_beyond_what_sqlite_can_count_are_kept_apart(cache: Cache) -> None:
    times = [-1, 0, 2**63 - 1, 15 * 10**18]
    keys = [FileKey(Path(f"/{i}"), 1, time) for i, time in enumerate(times)]
    cache.put(Batch(files=[(key, FileRecord(content(i), 1, 1)) for i, key in enumerate(keys)]))
    assert all(cache.lookup_files(keys))
    assert known(cache, Path("/3"), 1, 15 * 10**18 + 1) is None


def test_problems_are_remembered_for_one_version_and_give_way_to_success(cache: Cache) -> None:
    key = FileKey(Path("/a.jpg"), 10, 20)
    problem = KnownProblem("unreadable", "broken")
    cache.put(Batch(problems=[(key, "1", problem)]))
    assert cache.lookup_problems([key, key._replace(size=11)], "1") == [problem, None]
    assert cache.lookup_problems([key], "2") == [None]
    cache.put(Batch(files=[(key, FileRecord(content(1), 1, 1))]))
    assert cache.lookup_problems([key], "1") == [None]
    cache.put(Batch(problems=[(key, "1", problem)]))
    assert known(cache, *key) is None


def test_a_batch_is_kept_whole_or_not_at_all(cache: Cache) -> None:
    bad = batch(range(3))
    bad.thumbnails["odd"] = object()  # type: ignore[assignment]
    with pytest.raises(sqlite3.ProgrammingError):
        cache.put(bad)
    assert holds_only_truth(cache, range(3)) == 0
    assert cache.put(batch(range(3)))


def test_thumbnails_come_in_the_size_that_was_made(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.put(Batch(thumbnails={content(1): b"jpeg"}))
    assert cache.thumbnail(content(1)) == b"jpeg"
    assert cache.has_thumbnail(content(1))
    assert not cache.has_thumbnail(content(2))
    monkeypatch.setattr("desktop_app.engine.cache.cache.THUMBNAIL_SIZE", 512)  # as a later version may have it
    assert cache.thumbnail(content(1)) is None


def test_meta_is_remembered(cache: Cache) -> None:
    assert cache.meta_get("speed") is None
    assert cache.meta_set("speed", "2.5")
    assert cache.meta_set("speed", "3.5")
    assert cache.meta_get("speed") == "3.5"


def test_clear_forgets_everything_and_gives_the_space_back(cache: Cache) -> None:
    cache.put(batch(range(2000), dim=256))
    cache.meta_set("speed", "2.5")
    folder = cache.info().path.parent
    (folder / "cache.damaged-3.sqlite").write_bytes(b"x" * 100)
    before = cache.info()
    assert before.set_aside == (folder / "cache.damaged-3.sqlite",)
    cache.clear()
    after = cache.info()
    assert (after.files, after.vectors, after.thumbnails, after.set_aside) == (0, 0, 0, ())
    assert after.bytes < before.bytes / 5
    assert cache.meta_get("speed") is None
    assert cache.put(batch(range(3)))


def test_many_threads_read_and_write_at_once(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 600)  # each thread opens a connection of its own
    failures: list[BaseException] = []

    def work(part: int) -> None:
        try:
            for step in range(10):
                numbers = range(part * 100 + step * 10, part * 100 + step * 10 + 10)
                assert cache.put(batch(numbers))
                assert holds_only_truth(cache, numbers) == 40
        except BaseException as error:  # noqa: BLE001  (handed to the test's own thread)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert holds_only_truth(cache, range(600)) == 2400


_OTHER_PROCESS = """
import sys
from pathlib import Path
from tests.helpers.cache_rows import batch, holds_only_truth
from desktop_app.engine.cache import store
from desktop_app.engine.cache.cache import Cache
store._BUSY_SECONDS = 600  # a busy machine is no reason to give up here
part = int(sys.argv[2])
with Cache(Path(sys.argv[1])) as cache:
    for step in range(10):
        numbers = range(part * 100 + step * 10, part * 100 + step * 10 + 10)
        assert cache.put(batch(numbers)), cache.trouble
        assert holds_only_truth(cache, numbers) == 40
"""


def test_several_processes_do_not_harm_each_other(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", _OTHER_PROCESS, str(tmp_path), str(part)], stderr=subprocess.PIPE)
        for part in range(3)
    ]
    for child in children:
        _, errors = child.communicate()
        assert child.returncode == 0, errors.decode()
    with Cache(tmp_path) as cache:
        assert holds_only_truth(cache, range(300)) == 1200
        assert cache.info().set_aside == ()


def test_a_cache_from_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(batch(range(3)))
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'later')")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / "cache.sqlite").read_bytes()
    with pytest.raises(UserError) as caught:
        Cache(tmp_path)
    assert caught.value.code == "cache-from-newer-version"
    assert str(tmp_path / "cache.sqlite") in caught.value.message
    assert (tmp_path / "cache.sqlite").read_bytes() == before


def test_a_schema_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.engine.cache import cache as module

    with Cache(tmp_path) as cache:
        cache.put(batch(range(3)))
    later = (*module._MIGRATIONS, "CREATE TABLE more (a); CREATE INDEX more_a ON more (a);")
    monkeypatch.setattr(module, "_MIGRATIONS", later)
    for _ in range(2):
        with Cache(tmp_path) as cache:
            assert holds_only_truth(cache, range(3)) == 12
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        assert connection.execute("SELECT version FROM migrations ORDER BY version").fetchall() == [
            (number,) for number in range(1, len(later) + 1)
        ]
        assert connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
    connection.close()


# Damage


def damaged(tmp_path: Path, numbers: range) -> Path:
    with Cache(tmp_path) as cache:
        cache.put(batch(numbers))
    return tmp_path / "cache.sqlite"


@pytest.mark.parametrize("kind", ["garbage", "zeroed", "truncated", "half", "schema", "version", "empty", "header"])
def test_a_damaged_file_is_set_aside_and_rebuilt(tmp_path: Path, kind: str) -> None:
    file = damaged(tmp_path, range(200))
    whole = file.read_bytes()
    if kind in ("schema", "version"):
        with sqlite3.connect(file) as connection:
            connection.execute(
                "DROP TABLE vectors" if kind == "schema" else "UPDATE migrations SET version = version + 98"
            )
        connection.close()
    else:
        altered = {"garbage": b"not a database " * 5000, "zeroed": bytes(len(whole)), "truncated": whole[:40_000]}
        # SQLite takes a file with this byte altered for one that a later version wrote, and only reads it.
        altered |= {"half": whole[: len(whole) // 2 + 5], "empty": b"", "header": whole[:18] + b"\x82" + whole[19:]}
        file.write_bytes(altered[kind])
    with Cache(tmp_path) as cache:
        # A table that is missing is met when it is first asked for, a header that forbids writing when it is written.
        assert holds_only_truth(cache, range(200)) == {"schema": 400, "header": 800}.get(kind, 0)
        assert cache.put(batch(range(200)))
        assert holds_only_truth(cache, range(200)) == 800
        info = cache.info()
        assert info.trouble == ""
        assert len(info.set_aside) == (0 if kind == "empty" else 1)
    with Cache(tmp_path) as cache:
        assert holds_only_truth(cache, range(200)) == 800


def test_only_the_latest_damaged_file_is_kept(tmp_path: Path) -> None:
    for number in range(1, 4):
        (tmp_path / "cache.sqlite").write_bytes(b"garbage" * 1000 + bytes([number]))
        with Cache(tmp_path) as cache:
            assert [path.name for path in cache.info().set_aside] == [f"cache.damaged-{number}.sqlite"]
    assert (tmp_path / "cache.damaged-3.sqlite").read_bytes().endswith(b"\x03")


def test_damage_that_comes_while_it_is_open_is_met_on_use(tmp_path: Path) -> None:
    file = damaged(tmp_path, range(2500))
    with Cache(tmp_path) as cache:
        assert known(cache, Path("/photos/1.jpg"), 1001, 1)
        with file.open("r+b") as stream:
            stream.seek(16384)
            stream.write(random.Random(0).randbytes(file.stat().st_size - 16384))
        holds_only_truth(cache, range(2500))
        assert len(cache.info().set_aside) == 1
        assert cache.put(batch(range(300)))
        assert holds_only_truth(cache, range(300)) == 1200
        assert cache.trouble == ""


def test_every_thread_goes_on_with_the_new_file(tmp_path: Path) -> None:
    damaged(tmp_path, range(300))
    with Cache(tmp_path) as cache:
        steps = [threading.Event(), threading.Event()]
        answers: list[int] = []

        def reader() -> None:
            answers.append(holds_only_truth(cache, range(300)))
            steps[0].set()
            steps[1].wait()
            answers.append(holds_only_truth(cache, range(300)))

        thread = threading.Thread(target=reader)
        thread.start()
        steps[0].wait()
        with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
            connection.execute("DROP TABLE thumbnails")
        connection.close()
        holds_only_truth(cache, range(300))
        assert len(cache.info().set_aside) == 1
        assert cache.put(batch(range(10)))
        steps[1].set()
        thread.join()
        assert answers == [1200, 40]


@pytest.mark.parametrize("open_before", [False, True])
def test_no_random_corruption_gives_a_wrong_answer_or_lasts(tmp_path: Path, open_before: bool) -> None:
    template = template_with_log(tmp_path)
    for seed in range(10):
        survive(tmp_path / str(seed), template, seed, open_before=open_before)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("open_before", [False, True])
def test_five_hundred_random_corruptions(tmp_path: Path, open_before: bool) -> None:
    template = template_with_log(tmp_path)
    for seed in range(1000, 1500):
        survive(tmp_path / str(seed), template, seed, open_before=open_before)


def test_using_a_closed_cache_is_a_defect_not_damage(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(batch(range(3)))
    cache.close()
    with pytest.raises(sqlite3.ProgrammingError):
        cache.meta_get("x")
    with Cache(tmp_path) as again:
        assert holds_only_truth(again, range(3)) == 12


def test_fingerprints_belong_to_an_edition_and_damaged_ones_are_missing(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        assert cache.put_fingerprints({content(1): b"one", content(2): b"two"}, 1)
        assert cache.fingerprints([content(1), content(2), content(3)], 1) == {content(1): b"one", content(2): b"two"}
        assert cache.fingerprints([content(1)], 2) == {}
        assert cache.put_fingerprints({content(1): b"anew"}, 2)
        assert cache.fingerprints([content(1), content(2)], 2) == {content(1): b"anew"}
        with contextlib.closing(sqlite3.connect(cache.info().path, isolation_level=None)) as connection:
            connection.execute("UPDATE fingerprints SET packed = 'text' WHERE content_hash = ?", (content(1),))
        assert cache.fingerprints([content(1)], 2) == {}
        cache.clear()
        assert cache.fingerprints([content(2)], 1) == {}
