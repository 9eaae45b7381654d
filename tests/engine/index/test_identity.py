"""A file keeps its id as long as its content is at its path; what was moved or renamed is known by its content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.index import identity
from desktop_app.engine.index.identity import Holders, Identities, photo_id, photo_ids
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Photo

ROOT = Path(os.sep) / "photos"
FILES = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from("XYZ"), max_size=7)


def listed(files: Mapping[str, str], before: PhotoList | None = None, held: Holders | None = None) -> PhotoList:
    """The photos of a folder, contents by path, with the ids that they get after ``before``."""
    paths = sorted(os.fspath(ROOT / path) for path in files)
    hashes = [files[os.path.relpath(path, ROOT)] for path in paths]
    ids = Identities(ROOT, before or PhotoList.of(()), held or Holders()).of(paths, hashes)
    rows = zip(ids.tolist(), paths, hashes, strict=True)
    return PhotoList.of([Photo(one, Path(path), (), 1, 1, content, 1, 1) for one, path, content in rows])


def ids(photos: PhotoList) -> dict[str, int]:
    return {os.path.relpath(photo.path, ROOT): photo.id for photo in photos}


def all_held(photos: PhotoList) -> Holders:
    return Holders().now(np.sort(photos.ids), photos, ROOT)


def test_ids_follow_content_and_order_only() -> None:
    hashes = ["a", "b", "a", "c", "a"]
    ids = photo_ids(hashes)
    assert len(set(ids.tolist())) == 5
    assert ids.min() >= 1
    assert ids.max() <= 2**52
    assert photo_ids(["b", "c"]).tolist() == [ids[1], ids[3]]
    assert photo_ids(["a", "a"]).tolist() == [ids[0], ids[2]]
    assert photo_ids([]).shape == (0,)
    for content_hash, number in (("a", ids[0]), ("b", ids[1])):
        digest = hashlib.blake2b(f"{content_hash}/0".encode(), digest_size=8).hexdigest()
        assert f"{number:013x}" == digest[:13]


def test_colliding_ids_are_moved_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    class Same:
        def __init__(self, *_: object, **__: object) -> None: ...

        def digest(self) -> bytes:
            return b"\xff" * 8

    monkeypatch.setattr(identity.hashlib, "blake2b", Same)
    ids = photo_ids([str(number) for number in range(5)]).tolist()
    assert ids == [2**52 - 1, 2**52, 1, 2, 3]


@pytest.mark.parametrize("by_hand", [False, True])
@given(before=FILES, after=FILES)
def test_no_file_that_stayed_as_it_was_changes_its_id(
    by_hand: bool, before: dict[str, str], after: dict[str, str]
) -> None:
    first = listed(before)
    then = listed(after, held=all_held(first)) if by_hand else listed(after, first)
    assert len(set(then.ids.tolist())) == len(after), "each its own"
    was, now = ids(first), ids(then)
    assert {path: now[path] for path in after if before.get(path) == after[path]} == {
        path: was[path] for path in after if before.get(path) == after[path]
    }
    assert all_held(first).fit(then, ROOT)
    # Ids whose file has gone go to others of that content before there is a new one.
    for content in "XYZ":
        known = {was[path] for path in before if before[path] == content}
        given_now = {now[path] for path in after if after[path] == content}
        assert given_now <= known or known <= given_now


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_was_moved_or_renamed_is_known_by_its_content(by_hand: bool) -> None:
    first = listed({"a": "X", "b": "X", "c": "Y"})
    first = listed({"b": "X", "c": "Y"}, first)  # the second of two copies is left
    assert ids(first)["b"] == photo_id("X", 1)
    after = {"inner/b": "X", "z": "Y"}
    then = listed(after, held=all_held(first)) if by_hand else listed(after, first)
    assert ids(then) == {"inner/b": ids(first)["b"], "z": ids(first)["c"]}
    both = listed({"m/a": "X", "m/b": "X"}, listed({"a": "X", "b": "X"}))
    assert ids(both) == {"m/a": photo_id("X", 0), "m/b": photo_id("X", 1)}, "in the order of the paths"


def test_a_file_with_another_content_is_another_photo() -> None:
    first = listed({"a": "X"})
    assert ids(listed({"a": "Y"}, first)) == {"a": photo_id("Y")}
    assert ids(listed({"a": "Y"}, held=all_held(first))) == {"a": photo_id("Y")}


def test_the_first_that_arrives_has_the_id_that_it_keeps() -> None:
    first = listed({"b": "X"})
    with_copy = listed({"a": "X", "b": "X"}, first)
    for known in (Identities(ROOT, with_copy, Holders()), Identities(ROOT, PhotoList.of(()), all_held(with_copy))):
        assert known.first(os.fspath(ROOT / "a"), "X") == photo_id("X", 1)
        assert known.first(os.fspath(ROOT / "new"), "Z") == photo_id("Z")


def test_files_that_hold_an_id_do_not_fit_where_another_has_it() -> None:
    decided = listed({"a": "X", "b": "X"}, listed({"b": "X"}))
    otherwise = listed({"a": "X", "b": "X"})
    assert all_held(decided).fit(decided, ROOT)
    assert not all_held(decided).fit(otherwise, ROOT)
    only = np.array([ids(decided)["b"]])
    assert not Holders().now(only, decided, ROOT).fit(otherwise, ROOT)
    assert all_held(decided).fit(PhotoList.of(()), ROOT), "gone, it disturbs nobody"


def test_a_file_that_has_gone_is_remembered_as_it_was_until_another_has_its_id() -> None:
    photos = listed({"a": "X", "b": "X"})
    held = all_held(photos)
    gone = held.now(np.sort(photos.ids), listed({"a": "X"}, photos), ROOT)
    assert sorted(zip(gone.ids, gone.places, strict=True)) == sorted(zip(held.ids, held.places, strict=True))
    assert ids(listed({"a": "X", "b": "X"}, held=gone)) == ids(photos)
    assert not held.now(np.empty(0, np.int64), photos, ROOT), "nothing is decided about it any more"
