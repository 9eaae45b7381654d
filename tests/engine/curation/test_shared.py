"""Two windows on one folder: neither overwrites what was decided in the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.curation import Curation, KnownGroup, Shared, file_of, load, save
from desktop_app.engine.errors import UserError


def kept(name: str = "", photos: int = 4, selected: int | None = None) -> Curation:
    ids = np.arange(photos, dtype=np.int64)
    found = Curation((KnownGroup(0, ids, name),), basis=ids, model_id="m")
    return replace(found, choices=replace(found.choices, selected=selected))


@pytest.fixture
def one(tmp_path: Path) -> Shared:
    """A window that has the folder open, as it was kept without a decision."""
    save(tmp_path, kept())
    shared = Shared()
    shared.note(tmp_path, load(tmp_path))
    return shared


def test_what_nobody_else_wrote_may_be_written(one: Shared, tmp_path: Path) -> None:
    assert one.may_write(tmp_path, kept("Mine"))
    file_of(tmp_path).unlink()
    assert one.may_write(tmp_path, kept("Mine"))
    assert Shared().may_write(tmp_path, kept("Mine"))


def test_what_another_one_wrote_without_deciding_gives_way(one: Shared, tmp_path: Path) -> None:
    save(tmp_path, kept(selected=0))
    assert one.may_write(tmp_path, kept("Mine"))


def test_whoever_decided_nothing_leaves_what_another_one_decided(one: Shared, tmp_path: Path) -> None:
    save(tmp_path, kept("Theirs"))
    assert not one.may_write(tmp_path, kept(selected=0))


def test_whoever_decided_later_is_told_and_overwrites_nothing(one: Shared, tmp_path: Path) -> None:
    save(tmp_path, kept("Theirs"))
    with pytest.raises(UserError, match="open it again") as told:
        one.may_write(tmp_path, kept("Mine"))
    assert told.value.code == "curation-changed"
    assert load(tmp_path).groups[0].name == "Theirs"


def test_the_same_decision_twice_is_none_to_be_told(one: Shared, tmp_path: Path) -> None:
    save(tmp_path, kept("Same", selected=0))
    assert one.may_write(tmp_path, kept("Same"))


def test_a_folder_that_was_new_to_both_counts_likewise(tmp_path: Path) -> None:
    shared = Shared()
    shared.note(tmp_path, load(tmp_path))
    save(tmp_path, kept("Theirs"))
    with pytest.raises(UserError):
        shared.may_write(tmp_path, kept("Mine"))


def test_a_file_that_was_damaged_meanwhile_gives_way(one: Shared, tmp_path: Path) -> None:
    file_of(tmp_path).write_bytes(b"{")
    assert one.may_write(tmp_path, kept("Mine"))
