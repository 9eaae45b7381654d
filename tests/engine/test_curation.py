"""Groups keep id and name while their photos keep together; what is kept of them is whole, or left alone."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine import curation, paths
from desktop_app.engine.curation import Choices, Curation, group_ids
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.types import UNSURE, Group

Shown = tuple[Group, ...]


def groups(*members: list[int], unsure: list[int] | None = None) -> Shown:
    """Groups of photos as a clustering gives them: numbered from 0, the unsure one last."""
    found = [Group(label, f"Group {label + 1}", np.array(ids), ids[0]) for label, ids in enumerate(members)]
    if unsure:
        found.append(Group(UNSURE, "Unsure", np.array(unsure), unsure[0]))
    return tuple(found)


def span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


def ids(shown: Shown) -> list[int]:
    return [group.id for group in shown]


def names(shown: Shown) -> list[str]:
    return [group.name for group in shown]


# No base64, cut off, descending, beyond what ids can be.
UNREADABLE = ("?", "AQAAAAAA", "AgAAAAAAAAABAAAAAAAAAA==", "AAAAAAAAIAA=")
THREE = groups(span(1, 10), span(11, 20), span(21, 30))


def test_the_first_groups_are_numbered_as_they_come() -> None:
    known, shown = Curation().arrange(groups(*([n] for n in span(1, 12)), unsure=[99]))
    assert ids(shown) == [*range(12), UNSURE]
    assert names(shown)[:2] == ["Group 01", "Group 02"]
    assert names(shown)[-1] == "Unsure"
    assert not known.is_decided


def test_groups_in_another_order_keep_their_ids_and_covers_are_left_alone() -> None:
    known, _ = Curation().arrange(THREE)
    _, shown = known.arrange(groups(span(21, 30), span(1, 10), span(11, 20)))
    assert ids(shown) == [2, 0, 1]
    assert names(shown) == ["Group 3", "Group 1", "Group 2"]
    assert [group.cover for group in shown] == [21, 1, 11]


def test_one_group_more_splits_one_and_leaves_the_others() -> None:
    known, _ = Curation().arrange(THREE)
    known, shown = known.arrange(groups(span(1, 10), span(21, 30), span(11, 16), span(17, 20)))
    assert ids(shown) == [0, 2, 1, 3]
    _, shown = known.arrange(THREE)
    assert ids(shown) == [0, 1, 2]


def test_an_id_that_goes_out_of_use_is_not_another_groups_at_once_and_is_free_again_later() -> None:
    known, _ = Curation().arrange(THREE)
    known, shown = known.arrange(groups(span(1, 10), span(11, 20), span(41, 50)))
    assert ids(shown) == [0, 1, 3]
    _, shown = known.arrange(groups(span(1, 10), span(11, 20), span(41, 50), span(51, 60)))
    assert ids(shown) == [0, 1, 3, 2]


def test_photos_that_come_go_or_become_unsure_break_no_likeness() -> None:
    known, shown = Curation().arrange(THREE)
    known, shown = known.rename(shown, 1, "Beach")
    many = groups([11, 12, *span(100, 160)], span(21, 30), span(1, 4), unsure=[*span(5, 10), 19, 20])
    known, shown = known.arrange(many)
    assert ids(shown) == [1, 2, 0, UNSURE]
    assert names(shown)[0] == "Beach"
    # What joined belongs to it from now on, and what was unsure still does.
    _, shown = known.arrange(groups(span(100, 160), span(21, 30), span(1, 10)))
    assert (ids(shown), names(shown)[0]) == ([1, 2, 0], "Beach")


def test_a_name_returns_with_its_photos_and_never_goes_to_a_group_that_is_mostly_something_else() -> None:
    known, shown = Curation().arrange(THREE)
    known, shown = known.rename(shown, 1, "Beach")
    known, shown = known.arrange(groups(span(1, 20), span(21, 30)))
    assert "Beach" not in names(shown)
    for cut in ([span(11, 14), span(15, 18), span(19, 20)], [span(11, 12), span(13, 20)], [span(11, 20)]):
        known, shown = known.arrange(groups(span(1, 10), *cut, span(21, 30)))
    assert {group.name: group.photo_ids.tolist() for group in shown}["Beach"] == span(11, 20)
    assert 1 in ids(shown)


def test_two_names_of_which_one_holds_the_other_go_to_what_is_most_like_them() -> None:
    known, shown = Curation().arrange(groups(span(1, 10), span(11, 21)))
    known, shown = known.rename(shown, 0, "Beach")
    known, shown = known.arrange(groups(span(1, 21), [50]))
    known, shown = known.rename(shown, ids(shown)[0], "Holidays")
    known, shown = known.arrange(groups(span(1, 12), span(13, 21), [50]))
    assert names(shown)[0] == "Beach"
    known, shown = known.arrange(groups(span(1, 21), [50]))
    assert names(shown)[0] == "Holidays"


def test_renaming_again_lets_the_name_stand_for_the_photos_of_now() -> None:
    known, shown = Curation().arrange(THREE)
    known, shown = known.rename(shown, 0, "Beach")
    known, shown = known.arrange(groups([*span(1, 10), *span(11, 14)], span(15, 20), span(21, 30)))
    assert names(shown)[0] == "Beach"
    known, shown = known.rename(shown, 0, "  Sea ")
    assert names(shown)[0] == "Sea"
    assert known.photos_of(0).tolist() == span(1, 14)


def test_names_that_are_no_names_change_nothing() -> None:
    known, shown = Curation().arrange(groups([1, 2], unsure=[3]))
    for group_id, name in ((0, "   "), (UNSURE, "Sure"), (7, "Nobody")):
        assert known.rename(shown, group_id, name) == (known, shown)


def test_a_name_given_anew_leaves_the_group_out_of_sight_that_had_it_and_no_other() -> None:
    known, shown = Curation().arrange(THREE)
    known, shown = known.rename(shown, 0, "Beach")
    known, shown = known.arrange(groups(span(1, 3), span(4, 6), span(7, 10), span(11, 30)))
    assert "Beach" not in names(shown)
    known, shown = known.rename(shown, ids(shown)[3], "Beach")
    known, shown = known.arrange(groups(span(1, 10), span(11, 30)))
    assert names(shown) == [f"Group {ids(shown)[0] + 1}", "Beach"]
    known, shown = known.rename(shown, ids(shown)[0], "Beach")
    assert names(shown) == ["Beach", "Beach"]


def test_group_ids_are_those_of_each_photo() -> None:
    _, shown = Curation().arrange(groups([4, 2], [9], unsure=[5]))
    assert group_ids(np.array([9, 5, 2, 77, 4]), shown).tolist() == [1, UNSURE, 0, UNSURE, 0]
    assert group_ids(np.array([1, 2]), ()).tolist() == [UNSURE, UNSURE]


labels = st.lists(st.integers(-1, 4), min_size=1, max_size=40)


def as_groups(found: list[int], first: int) -> Shown:
    by_label: dict[int, list[int]] = {}
    for photo, label in enumerate(found, first):
        by_label.setdefault(label, []).append(photo)
    return groups(*(members for label, members in by_label.items() if label >= 0), unsure=by_label.get(-1))


@given(st.lists(st.tuples(labels, st.integers(1, 10), st.integers(0, 6)), min_size=1, max_size=6))
def test_whatever_comes_ids_are_distinct_names_are_kept_and_the_same_groups_stay(
    steps: list[tuple[list[int], int, int]],
) -> None:
    known, given_names = Curation(), set()
    for number, (found, first, renamed) in enumerate(steps):
        fresh = as_groups(found, first)
        before = known
        known, shown = before.arrange(fresh)
        assert len(set(ids(shown))) == len(shown)
        assert [group.photo_ids.tolist() for group in shown] == [group.photo_ids.tolist() for group in fresh]
        for one in (before.arrange(fresh)[1], known.arrange(fresh)[1], known.arrange(tuple(reversed(shown)))[1][::-1]):
            assert (ids(one), names(one)) == (ids(shown), names(shown))
        if renamed < len(shown) and shown[renamed].id != UNSURE:
            given_names.discard(shown[renamed].name)
            known, shown = known.rename(shown, shown[renamed].id, f"Name {number}")
            given_names.add(f"Name {number}")
        assert {one.name for one in known.groups} - {""} == given_names
        assert all(np.all(np.diff(one.photo_ids) > 0) for one in known.groups)


def decided() -> Curation:
    known, shown = Curation(choices=Choices("agglomerative", 5, 0.25, 1)).arrange(THREE)
    known, _ = known.rename(shown, 1, "Été 🏖 \udcff")
    return replace(known, others=np.array([2**53 - 1]))


def alike(one: Curation, other: Curation) -> bool:
    def plain(found: Curation) -> object:
        return [(k.id, k.name, k.photo_ids.tolist()) for k in found.groups], found.others.tolist(), found.choices

    return plain(one) == plain(other) and one.trouble == other.trouble


def test_what_is_saved_is_loaded_for_each_folder_apart(tmp_path: Path) -> None:
    folder, other = tmp_path / "a", Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    assert alike(curation.load(folder), Curation())
    curation.save(folder, decided())
    curation.save(other, Curation(choices=Choices(k=2)))
    assert alike(curation.load(folder), decided())
    assert alike(curation.load(other), Curation(choices=Choices(k=2)))
    assert not list(tmp_path.iterdir())  # nothing in the person's own folders
    assert json.loads(curation.file_of(folder).read_bytes())["version"] == 1


def test_a_folder_is_the_same_by_every_way_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    monkeypatch.chdir(tmp_path / "photos")
    ways = [tmp_path / "photos", tmp_path / "link", Path(), Path("../link/../photos")]
    assert len({curation.file_of(way) for way in ways}) == 1


def document(**changes: object) -> bytes:
    whole: dict[str, object] = {"version": 1, "folder": "x", "groups": [], "others": "", "unsure_below": 0.5} | changes
    return json.dumps({key: value for key, value in whole.items() if value is not None}).encode()


def entry(**changes: object) -> dict[str, object]:
    return {"id": 0, "photos": "AQAAAAAAAAA=", "name": "Beach"} | changes


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, document(version=0), document(version=True)),
        *(document(version="1"), document(version=None), document(others=None), document(folder=3)),
        *(document(k="many"), document(k=0), document(k=float("inf")), document(unsure_below=7), document(method=[])),
        *(document(selected="first"), document(surprise=1), document(groups=[entry(), entry()])),
        *(document(groups=[entry(photos=text)]) for text in UNREADABLE),
        *(document(groups=[entry(id=-1)]), document(groups=[entry(name=None)]), document(groups=[entry(color=1)])),
    ],
)
def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    place = curation.file_of(tmp_path)
    place.parent.mkdir()
    place.write_bytes(document(groups=[entry()]))
    assert [one.name for one in curation.load(tmp_path).groups] == ["Beach"], "whole, it would have been read"
    for number in (1, 2):
        curation.save(tmp_path, decided())
        place.write_bytes(content)
        found = curation.load(tmp_path)
        aside = place.with_suffix(f".damaged-{number}")
        assert not found.groups
        assert str(aside) in found.trouble
        assert aside.name in caplog.text
        assert aside.read_bytes() == content
        assert not place.exists()


def test_what_a_newer_program_kept_is_refused_and_left_untouched(tmp_path: Path) -> None:
    curation.save(tmp_path, decided())
    place = curation.file_of(tmp_path)
    place.write_bytes(document(version=2, groups="of another kind"))
    with pytest.raises(UsageError, match="newer Kindred") as caught:
        curation.load(tmp_path)
    assert caught.value.code == "curation-newer"
    assert str(place) in caught.value.hint
    assert place.read_bytes() == document(version=2, groups="of another kind")


def test_what_cannot_be_read_is_no_reason_to_overwrite_it(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        curation.load(tmp_path)
    assert caught.value.code == "curation-unreadable"


def test_a_damaged_file_that_cannot_be_set_aside_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curation.save(tmp_path, decided())
    place = curation.file_of(tmp_path)
    place.write_bytes(b"{")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(UsageError, match="Permission denied") as caught:
            curation.load(tmp_path)
    assert caught.value.code == "curation-unreadable"
    assert place.read_bytes() == b"{"


def test_an_unwritable_place_is_told_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curation.save(tmp_path, decided())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.engine.files.os.fsync", full)
        with pytest.raises(UserError, match="No space left") as caught:
            curation.save(tmp_path, Curation())
    assert caught.value.code == "curation-unwritable"
    assert alike(curation.load(tmp_path), decided())
    assert len(list((paths.config_dir() / "folders").iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_without_a_place_of_its_own_nothing_is_known(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.parent.symlink_to(place.parent)  # leads nowhere, for ever
    known = curation.load(tmp_path)
    assert (known.groups, known.choices, known.trouble) == ((), Choices(), "")
