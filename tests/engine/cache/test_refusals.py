"""Full disks, folders that may not be written, locks of other programs: nothing fails, and why is told."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from desktop_app.engine.cache import store
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import UserError
from tests.helpers.cache_rows import batch, holds_only_truth
from tests.helpers.disks import fill, full_disk


def test_a_folder_that_cannot_be_made_leaves_a_cache_in_memory_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with Cache(tmp_path / "file" / "cache") as cache:
        assert "is not used" in cache.trouble
        assert cache.put(batch(range(30)))
        assert holds_only_truth(cache, range(30)) == 120
        info = cache.info()
        assert (info.files, info.trouble) == (30, cache.trouble)
        answers: list[int] = []
        thread = threading.Thread(target=lambda: answers.append(holds_only_truth(cache, range(30))))
        thread.start()
        thread.join()
        assert answers == [120]
        cache.clear()
        assert holds_only_truth(cache, range(30)) == 0


def test_a_folder_in_place_of_the_file_leaves_a_cache_in_memory(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").mkdir()
    with Cache(tmp_path) as cache:
        assert "is not used" in cache.trouble
        assert cache.put(batch(range(3)))
        assert holds_only_truth(cache, range(3)) == 12


_AS_NOBODY = """
import os, sys
from pathlib import Path
from tests.helpers.cache_rows import batch, holds_only_truth
from desktop_app.engine.cache.cache import Cache
os.setuid(65534)
with Cache(Path(sys.argv[1])) as cache:
    assert cache.put(batch(range(30)))
    assert holds_only_truth(cache, range(30)) == 120
    print(cache.trouble)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="drops root's rights in a child process")
@pytest.mark.parametrize("existing", [False, True])
def test_a_read_only_folder_leaves_a_cache_in_memory_that_says_why(tmp_path: Path, existing: bool) -> None:
    if existing:
        with Cache(tmp_path) as cache:
            cache.put(batch(range(30)))
    for path in [tmp_path, *tmp_path.parents[:2]]:
        path.chmod(0o755)
    before = sorted(path.name for path in tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "is not used" in done.stdout, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_lock_held_by_another_program_is_told_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.1)
    with Cache(tmp_path) as cache:
        other = sqlite3.connect(tmp_path / "cache.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert not cache.put(batch(range(3)))
        assert "another program" in cache.trouble
        assert cache.info().trouble == cache.trouble
        with pytest.raises(UserError, match="another program"):
            cache.clear()
        other.execute("ROLLBACK")
        other.close()
        assert cache.put(batch(range(3)))
        assert cache.trouble == ""
        assert cache.info().set_aside == ()


@pytest.mark.root
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small file system")
def test_a_disk_that_fills_up_leaves_a_usable_cache(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with Cache(small / "cache") as cache:
            assert cache.put(batch(range(10)))
            kept = 10
            while cache.put(batch(range(kept, kept + 50), dim=512)):
                kept += 50
                assert kept < 5000
            assert "full" in cache.trouble
            assert holds_only_truth(cache, range(10)) == 40
            assert holds_only_truth(cache, range(10, kept), dim=512) == 4 * (kept - 10)
        with Cache(small / "cache") as cache:
            assert cache.info().set_aside == ()
            assert holds_only_truth(cache, range(10, kept), dim=512) == 4 * (kept - 10)
            subprocess.run(["mount", "-o", "remount,size=20m", str(small)], check=True)
            assert cache.put(batch(range(kept, kept + 50), dim=512))
            assert cache.trouble == ""
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        with Cache(small / "cache") as cache:
            assert "is not used" in cache.trouble
            assert cache.put(batch(range(3)))
            assert holds_only_truth(cache, range(3)) == 12
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_a_full_disk_is_told_and_leaves_a_usable_cache(tmp_path: Path) -> None:
    """SQLite's own page limit gives the error a full disk gives; a real one needs root, above."""
    with Cache(tmp_path) as cache:
        assert cache.put(batch(range(10)))
        cache._store.read(lambda connection: connection.execute("PRAGMA max_page_count = 40").fetchall(), None)
        assert not cache.put(batch(range(10, 4000), dim=512))
        assert "full" in cache.trouble
        assert holds_only_truth(cache, range(10)) == 40
        cache._store.read(lambda connection: connection.execute("PRAGMA max_page_count = 1000000").fetchall(), None)
        assert cache.put(batch(range(10, 20)))
        assert cache.trouble == ""
    with Cache(tmp_path) as cache:
        assert holds_only_truth(cache, range(20)) == 80
        assert cache.info().set_aside == ()


@pytest.mark.root
@pytest.mark.parametrize("opened", ["before", "after"])
def test_clearing_gives_a_full_disk_its_room_back(opened: str, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with full_disk(folder, "4m") as filler:
        filler.unlink()
        with Cache(folder / "cache") as cache:
            assert cache.put(batch(range(300), dim=512))
            if opened == "before":
                fill(filler)
                _clear_a_full_one(cache)
        if opened == "after":
            fill(filler)
            with Cache(folder / "cache") as cache:
                assert "is not used" in cache.trouble
                _clear_a_full_one(cache)


def _clear_a_full_one(cache: Cache) -> None:
    before = cache.info().bytes
    cache.clear()
    info = cache.info()
    assert (info.files, info.vectors, info.thumbnails, info.set_aside) == (0, 0, 0, ())
    assert info.bytes < before / 2
    assert cache.trouble == ""
    assert cache.put(batch(range(10)))
    assert holds_only_truth(cache, range(10)) == 40


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_cache_that_cannot_grow_is_cleared(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk, which needs root, above."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Cache(tmp_path) as cache:
        assert cache.put(batch(range(100)))
        (tmp_path / "cache.damaged-1.sqlite").touch()
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            assert not cache.put(batch(range(100, 200)))
            cache.clear()
            assert [path.name for path in tmp_path.glob("cache*.sqlite") if path.stat().st_size] == []
            assert "is not used" in cache.trouble
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with Cache(tmp_path) as cache:
        assert cache.trouble == ""
        assert holds_only_truth(cache, range(100)) == 0


def test_what_cannot_be_cleared_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.1)
    with Cache(tmp_path) as cache:
        assert cache.put(batch(range(3)))
    with FileLock(tmp_path / "cache.sqlite.lock"), Cache(tmp_path) as cache:
        with pytest.raises(UserError, match="another program keeps it locked"):
            cache.clear()
    with Cache(tmp_path) as cache:
        assert holds_only_truth(cache, range(3)) == 12
    for path in tmp_path.glob("cache.sqlite*"):
        path.unlink()
    (tmp_path / "cache.sqlite").mkdir()
    with Cache(tmp_path) as cache, pytest.raises(UserError) as error:
        cache.clear()
    assert error.value.code == "cache-not-cleared"
