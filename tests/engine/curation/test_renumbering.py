"""What was decided about photos goes over to the ids that they have once they were read in full."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine import curation
from desktop_app.engine.curation import Curation, KnownGroup, renumbering
from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.errors import UserError
from desktop_app.engine.index.glances import PASSING_HASH, glanced
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Int64Array, Photo


def ids(*values: int) -> Int64Array:
    return np.array(values, np.int64)


def photos(*known: tuple[str, int, str], size: int = 10) -> PhotoList:
    return PhotoList.of(
        [Photo(photo_id, Path(f"/album/{name}"), (), size, 7, content, 4, 3) for name, photo_id, content in known]
    )


BEFORE = photos(("a", 11, f"{PASSING_HASH}aa"), ("b", 5, "bb"), ("c", 90, f"{PASSING_HASH}cc"), ("d", 7, "bb"))
AFTER = photos(("a", 40, "aaa"), ("b", 7, "bb"), ("c", 3, "ccc"), ("d", 5, "bb"), ("e", 8, "ee"))


def test_which_photos_were_seen_in_their_preview_only() -> None:
    assert glanced(BEFORE).tolist() == [True, False, True, False]
    assert not glanced(AFTER).any()
    assert glanced(PhotoList.of(())).tolist() == []
    assert renumbering.glances(BEFORE) == [("/album/a", 10, 7, 11), ("/album/c", 10, 7, 90)]


def test_ids_follow_the_path() -> None:
    found = renumbering.new_ids(renumbering.named(BEFORE), AFTER)
    assert found.of(ids(90, 8, 11, 5, 7)).tolist() == [3, 8, 40, 7, 5]
    assert found.of(ids(90, 11).reshape(1, 2)).tolist() == [[3, 40]]
    assert found.one(90) == 3
    assert found


def test_a_file_that_has_changed_or_gone_since_is_no_photo_from_before() -> None:
    assert not renumbering.new_ids(renumbering.named(BEFORE), photos(("a", 40, "aaa"), size=11))
    none = renumbering.new_ids([], AFTER)
    assert not none
    assert none.of(ids(7, 5)).tolist() == [7, 5]
    assert not renumbering.new_ids(renumbering.named(AFTER), AFTER)


def test_all_that_is_known_of_groups_goes_over() -> None:
    known = Curation(
        (
            KnownGroup(2, ids(5, 11, 77), "Beach", placed=ids(7), cover=11, cover_chosen=True, hidden=True),
            KnownGroup(0, ids(), locked=True, placed=ids(90)),
        ),
        ids(11, 90),
    )
    new = renumbering.new_ids(renumbering.named(BEFORE), AFTER)
    beach, other = new.curation(known).groups
    assert (beach.photo_ids.tolist(), beach.placed.tolist(), beach.cover) == ([7, 40, 77], [5], 40)
    assert (beach.id, beach.name, beach.hidden, beach.cover_chosen) == (2, "Beach", True, True)
    assert (other.photo_ids.tolist(), other.placed.tolist(), other.cover, other.locked) == ([], [3], None, True)
    assert new.curation(known).others.tolist() == [3, 40]
    nothing = NewIds(ids(), ids())
    assert nothing.curation(known) is known


def test_no_photo_is_placed_twice() -> None:
    """As it would be where it was placed under two ids, in two programs that both ended early."""
    known = Curation((KnownGroup(0, ids(), placed=ids(11)), KnownGroup(1, ids(), placed=ids(40, 90))))
    first, second = renumbering.new_ids(renumbering.named(BEFORE), AFTER).curation(known).groups
    assert (first.placed.tolist(), second.placed.tolist()) == ([40], [3])


def test_what_was_kept_is_there_until_nothing_is_known_by_it(kindred_home: Path) -> None:
    album = Path("/album")
    assert renumbering.load(album) == []
    renumbering.keep(album, [])
    assert not kindred_home.joinpath("settings").exists() or renumbering.load(album) == []
    first, second = ("/album/a", 10, 7, 11), ("/album/\udcff", 10, -(2**70), 12)
    renumbering.keep(album, [first])
    renumbering.keep(album, [second, first])
    renumbering.keep(album, [first])
    assert renumbering.load(album) == [first, second]
    renumbering.forget(album, Curation((KnownGroup(0, ids(3, 11, 12)),)))
    assert renumbering.load(album) == [first, second]
    renumbering.forget(album, Curation((KnownGroup(0, ids(3, 12)),)))
    assert renumbering.load(album) == [second]
    renumbering.forget(album, Curation((KnownGroup(0, ids(3, 4)),)))
    assert renumbering.load(album) == []


def test_a_damaged_list_is_none(caplog: pytest.LogCaptureFixture) -> None:
    album = Path("/album")
    place = curation.file_of(album).with_suffix(".glances")
    place.parent.mkdir(parents=True)
    huge = b'[["a", 1, 2, 1%s]]' % (b"0" * 30)
    for damaged in (b"", b"[[1, 2]]", b"{", b"[[1, 2, 3, []]]", b"[[1, 2, 3, 1e999]]", huge):
        place.write_bytes(damaged)
        assert renumbering.load(album) == []
    assert "cannot be read" in caplog.text


def test_a_list_that_cannot_be_kept_is_told(kindred_home: Path) -> None:
    album = Path("/album")
    folder = curation.file_of(album).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"no folder")
    with pytest.raises(UserError, match="could not be kept") as told:
        renumbering.keep(album, [("/album/a", 10, 7, 11)])
    assert told.value.code == "curation-unwritable"
    renumbering.forget(album, Curation())
