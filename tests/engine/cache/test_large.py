"""Large results are files beside the cache: whole, named by it alone, and gone with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.cache import large
from desktop_app.engine.cache.cache import Cache


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


def content(cache: Cache, key: str) -> bytes | None:
    path = cache.large.get(key)
    return None if path is None else path.read_bytes()


def test_a_file_comes_back_and_the_one_before_goes(cache: Cache, tmp_path: Path) -> None:
    assert content(cache, "a") is None
    assert cache.large.put("a", [b"one", memoryview(b" and two")])
    assert cache.large.put("b", [b"other"])
    assert (content(cache, "a"), content(cache, "b")) == (b"one and two", b"other")
    assert cache.large.size() == len(b"one and two" + b"other")
    assert cache.info().bytes > cache.large.size()
    assert cache.large.put("a", [b"one"])
    assert (content(cache, "a"), cache.large.size()) == (b"one", len(b"oneother"))
    assert len(list((tmp_path / "cache" / "kept").iterdir())) == 2
    for _ in range(2):
        cache.large.forget("a")
        assert (content(cache, "a"), content(cache, "b")) == (None, b"other")
    assert len(list((tmp_path / "cache" / "kept").iterdir())) == 1


def test_with_the_cache_they_are_forgotten(cache: Cache, tmp_path: Path) -> None:
    assert cache.large.put("a", [b"one"])
    cache.clear()
    assert content(cache, "a") is None
    assert cache.large.size() == 0
    assert not list((tmp_path / "cache" / "kept").iterdir())


def test_another_cache_knows_nothing_of_them(cache: Cache, tmp_path: Path) -> None:
    assert cache.large.put("a", [b"one"])
    cache.close()
    (tmp_path / "cache" / "cache.sqlite").unlink()
    with Cache(tmp_path / "cache") as other:
        assert content(other, "a") is None


def test_a_name_that_leads_elsewhere_is_none(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "cache" / "elsewhere").write_bytes(b"not ours")
    cache.meta_set("file:a", "../elsewhere")
    assert cache.large.get("a") is None


def test_the_oldest_make_room(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "_MOST", 2)
    for number, key in enumerate("abc"):
        assert cache.large.put(key, [key.encode()])
        path = cache.large.get(key)
        assert path is not None
        os.utime(path, ns=(number, number))
    assert [content(cache, key) for key in "abc"] == [None, b"b", b"c"]


def test_without_a_place_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        (tmp_path / "cache" / "kept").write_bytes(b"in the way")
        assert not cache.large.put("a", [b"one"])
        assert cache.large.get("a") is None


def test_a_cache_in_memory_keeps_no_file(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cache.sqlite").mkdir()  # SQLite cannot open a folder
    with Cache(tmp_path / "cache") as cache:
        assert cache.trouble
        assert not cache.large.put("a", [b"one"])
        assert not list((tmp_path / "cache" / "kept").iterdir())
