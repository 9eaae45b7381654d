from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from desktop_app.engine.cache import store as module
from desktop_app.engine.cache.store import Store

SCHEMA = ("CREATE TABLE facts (fact TEXT)",)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "facts.sqlite", SCHEMA)
    yield opened
    opened.close()


def facts(store: Store) -> list[str]:
    return store.read(lambda c: [fact for (fact,) in c.execute("SELECT fact FROM facts ORDER BY fact")], ["fallback"])


def tell(store: Store, fact: str) -> bool:
    return store.write(lambda connection: connection.execute("INSERT INTO facts VALUES (?)", (fact,)))


def ask_nonsense(store: Store) -> str:
    """A query that no file can answer, which looks like damage."""
    return store.read(lambda connection: str(connection.execute("SELECT * FROM nothing").fetchall()), "fallback")


def test_a_query_that_no_new_file_can_answer_ends_with_the_fallback(store: Store) -> None:
    assert tell(store, "a")
    assert ask_nonsense(store) == "fallback"
    assert facts(store) == []
    assert tell(store, "b")
    assert facts(store) == ["b"]
    assert store.trouble == ""


def test_a_file_that_another_thread_replaced_meanwhile_is_not_replaced_again(store: Store) -> None:
    def slow(connection: sqlite3.Connection) -> list[str]:
        if not calls:
            calls.append(1)
            thread = threading.Thread(target=ask_nonsense, args=(store,))
            thread.start()
            thread.join()
            assert tell(store, "written to the new file")
            raise sqlite3.DatabaseError("met in the old file")
        return [fact for (fact,) in connection.execute("SELECT fact FROM facts")]

    calls: list[int] = []
    assert store.read(slow, ["fallback"]) == ["written to the new file"]


def test_a_file_that_another_program_replaced_is_not_set_aside(store: Store, tmp_path: Path) -> None:
    assert tell(store, "old")
    for path in tmp_path.glob("facts.sqlite*"):
        path.rename(tmp_path / f"moved-{path.name}")
    other = Store(tmp_path / "facts.sqlite", SCHEMA)
    assert tell(other, "new")
    ask_twice = store.read(_fail_once(), ["fallback"])
    assert ask_twice == ["new"]
    assert store.damaged_files() == ()
    other.close()


def _fail_once():  # type: ignore[no-untyped-def]
    calls: list[int] = []

    def work(connection: sqlite3.Connection) -> list[str]:
        calls.append(1)
        if len(calls) == 1:
            raise sqlite3.DatabaseError("damage")
        return [fact for (fact,) in connection.execute("SELECT fact FROM facts")]

    return work


def test_a_damaged_file_that_cannot_be_set_aside_gives_way_to_memory(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "facts.damaged-7.sqlite").mkdir()
    ask_nonsense(store)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "the cache is damaged",
        "the cache is not used",
    ]
    assert str(tmp_path) not in caplog.text
    assert "is not used" in store.trouble
    assert tell(store, "a")
    assert facts(store) == ["a"]
    assert ask_nonsense(store) == "fallback"
    assert facts(store) == ["a"]


def test_files_of_similar_names_are_not_ours(store: Store, tmp_path: Path) -> None:
    for name in (
        "facts.damaged-x.sqlite",
        "facts.damaged-.sqlite",
        "facts.damaged-2.sqlite",
        "facts.damaged-10.sqlite",
    ):
        (tmp_path / name).touch()
    assert [path.name for path in store.damaged_files()] == ["facts.damaged-2.sqlite", "facts.damaged-10.sqlite"]
    ask_nonsense(store)
    assert (tmp_path / "facts.damaged-x.sqlite").exists()
    assert not (tmp_path / "facts.damaged-2.sqlite").exists()


def test_the_process_lock_held_by_another_program_leaves_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.1)
    with FileLock(f"{tmp_path / 'facts.sqlite'}.lock"):
        store = Store(tmp_path / "facts.sqlite", SCHEMA)
    assert "another program" in store.trouble
    assert tell(store, "a")
    assert facts(store) == ["a"]
    store.close()
    assert not (tmp_path / "facts.sqlite").exists()


def test_a_migration_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    Store(tmp_path / "facts.sqlite", SCHEMA).close()
    with pytest.raises(sqlite3.OperationalError):
        Store(tmp_path / "facts.sqlite", (*SCHEMA, "CREATE TABLE half (a); nonsense"))
    with sqlite3.connect(tmp_path / "facts.sqlite") as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    connection.close()


def test_a_large_file_is_checked_on_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "facts.sqlite", SCHEMA)
    for number in range(30):
        tell(store, f"{number:02}" * 5000)
    store.close()
    with (tmp_path / "facts.sqlite").open("r+b") as file:
        file.seek(3 * 16384)
        file.write(b"x" * 16384 * 8)
    monkeypatch.setattr(module, "_CHECK_WHOLE_BELOW", 0)
    store = Store(tmp_path / "facts.sqlite", SCHEMA)
    assert store.damaged_files() == ()
    assert facts(store) == []
    assert len(store.damaged_files()) == 1
    store.close()
