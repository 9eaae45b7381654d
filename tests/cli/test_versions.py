"""What earlier states of the program kept is gone on with; what a later one wrote is refused in words, and stays."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from desktop_app.cli import entry
from desktop_app.engine import paths
from desktop_app.engine.curation.store import file_of
from desktop_app.engine.duplicates import trash
from desktop_app.engine.errors import UserError
from desktop_app.engine.files import content_hash
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.journal.lines import decode, encode
from tests.helpers.versions import VERSIONS, unpack, unpack_trash


@pytest.fixture(params=VERSIONS, ids=lambda file: file.stem)
def photos(request: pytest.FixtureRequest, kindred_home: Path, tmp_path: Path) -> Path:
    """The folder from which an earlier program moved three photos; what that program kept is in its place."""
    return unpack(request.param, kindred_home, tmp_path)


def kindred(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, object], str]:
    capsys.readouterr()
    code = entry.main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_an_earlier_version_s_settings_cache_journal_and_names_are_gone_on_with(
    photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = photos.parent / "out"
    before = {file.name: content_hash(file.read_bytes()) for file in out.rglob("*.png")}
    _, answer, _ = kindred(capsys, "settings", "get", "method")
    assert answer["value"] == "agglomerative"
    code, answer, err = kindred(capsys, "undo")
    assert (code, len(answer["restored"]), answer["kept"], err) == (0, 3, [], "")  # type: ignore[arg-type]
    assert {file.name: content_hash(file.read_bytes()) for file in photos.iterdir()} == before
    code, answer, err = kindred(capsys, "index", photos)
    assert (code, answer["embedded"], answer["cached"], err) == (0, 0, 3, "")
    code, answer, err = kindred(capsys, "groups", photos, "--k", 2)
    assert (code, err) == (0, "")
    names = {group["name"] for group in answer["groups"]}  # type: ignore[attr-defined]
    assert names == ({"Warm", "Sea"} if file_of(photos).exists() else {"Group 1", "Group 2"})


def test_a_journal_of_a_later_version_is_named_and_stays(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = paths.journal_dir() / "run-000001.jsonl"
    first, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([encode({**(decode(first) or {}), "version": 99}), *rest]))
    before = journal.read_bytes()
    _, answer, _ = kindred(capsys, "undo", "--list")
    (run,) = answer["runs"]  # type: ignore[misc]
    assert "newer version" in run["state"]
    code, answer, err = kindred(capsys, "undo", "000001")
    assert code in (1, 2)
    assert "newer version" in err
    assert journal.read_bytes() == before
    assert not list(photos.iterdir())


def test_a_cache_of_a_later_version_is_refused_and_stays(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kindred(capsys, "undo")
    file = paths.cache_dir() / "cache.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO migrations VALUES (99, '')")
        connection.execute("PRAGMA user_version = 99")
    code, answer, err = kindred(capsys, "index", photos)
    assert (code, answer["error"]["code"]) == (1, "cache-from-newer-version")  # type: ignore[index]
    assert "newer version of Kindred" in err
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (3,)


def test_names_of_a_later_version_are_refused_and_stay(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kindred(capsys, "undo")
    file = file_of(photos)
    file.parent.mkdir(exist_ok=True)
    file.write_text('{"version": 99, "something": "new"}', encoding="utf-8")
    code, _, err = kindred(capsys, "groups", photos, "--k", 2)
    assert (code, err.count("\n")) == (2, 1)
    assert "a newer Kindred kept" in err
    assert file.read_text(encoding="utf-8") == '{"version": 99, "something": "new"}'


def test_what_an_earlier_version_moved_to_the_trash_comes_back(kindred_home: Path, tmp_path: Path) -> None:
    folder = unpack_trash(kindred_home, tmp_path)
    (batch,) = trash.batches(paths.journal_dir())
    assert (batch.at, batch.state, batch.moved, batch.folder) == ("2026-11-30T14:05:00", "in the trash", 2, folder)
    report = trash.bring_back(batch, paths.journal_dir(), JobContext())
    assert (report.photos, report.files, report.problems) == (2, 4, [])
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == {
        name: name for name in ("b.jpg", "b.mov", "b.xmp", "c.jpg")
    }


def test_what_a_later_version_moved_to_the_trash_is_named_and_left_to_it(kindred_home: Path, tmp_path: Path) -> None:
    unpack_trash(kindred_home, tmp_path)
    journal = paths.journal_dir() / "trash-000001.jsonl"
    journal.write_bytes(encode({"e": "batch", "version": 99}) + encode({"e": "unheard of"}) + b"half a li")
    before = journal.read_bytes()
    known = trash.batches(paths.journal_dir())
    assert [batch.state for batch in known] == ["recorded by a newer version"]
    assert trash.latest(known) is None
    with pytest.raises(UserError, match="newer version of Kindred moved these photos to the trash") as refused:
        trash.bring_back(known[0], paths.journal_dir(), JobContext())
    assert "Start that version" in (refused.value.hint or "")
    assert journal.read_bytes() == before
