"""What a person decides about groups holds, whatever is regrouped afterwards, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.engine import curation
from desktop_app.engine.curation import Curation, arrange, corrections
from desktop_app.engine.curation.arranging import same_name
from desktop_app.engine.errors import UsageError
from desktop_app.engine.types import UNSURE, Group, Int64Array
from tests.helpers.shown_groups import THREE, Shown, by_label, groups, ids, members, names, span

TWO = groups(span(1, 20), span(21, 30))
FIVE = groups(span(1, 6), span(7, 10), span(11, 16), span(17, 20), span(21, 30))


def photos(*numbers: int) -> Int64Array:
    return np.array(numbers, np.int64)


@pytest.fixture
def three() -> tuple[Curation, Shown]:
    return arrange(Curation(), THREE)


def test_a_photo_moved_by_hand_stays_whatever_is_regrouped(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.move(*three, photos(3, 1, 25), 1)
    assert shown[1].photo_ids.tolist() == [*span(11, 20), 1, 3, 25]  # placed ones last, in the order they were shown in
    assert [group.cover for group in shown] == [2, 11, 21]
    assert known.is_decided
    for regrouped in (TWO, FIVE, groups(span(1, 30)), groups([1], [3], [25], span(4, 24)), THREE):
        known, shown = arrange(known, regrouped)
        assert {1, 3, 25} <= set(members(shown)[1])
    assert sorted(members(shown).values()) == [
        [1, 3, *span(11, 20), 25], [2, *span(4, 10)], [*span(21, 24), *span(26, 30)]
    ]  # fmt: skip
    known, shown = corrections.release(known, shown, photos(3, 25, 77))
    assert 3 in members(shown)[1]  # until the next time
    _, shown = arrange(known, THREE)
    assert sorted(members(shown).values()) == [[1, *span(11, 20)], span(2, 10), span(21, 30)]


def test_most_of_a_group_moved_away_is_no_reason_to_take_the_rest_or_its_name(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.rename(*three, 0, "Beach")
    known, shown = corrections.move(known, shown, photos(*span(1, 9)), 2)
    assert members(shown)[0] == [10]
    _, shown = arrange(known, groups([*span(1, 10), 50], span(11, 20), span(21, 30)))
    assert (members(shown)[0], names(shown)[0]) == ([10, 50], "Beach")


def test_an_unsure_photo_that_is_accepted_or_moved_is_unsure_no_more() -> None:
    found = groups(span(1, 10), span(11, 20), unsure=[30, 31])
    known, shown = arrange(Curation(), found)
    known, shown = corrections.move(known, shown, photos(30), 0)
    assert members(shown) == {0: [*span(1, 10), 30], 1: span(11, 20), UNSURE: [31]}
    known, shown = corrections.accept(known, shown, photos(11, 31))
    assert known.placed.tolist() == [11, 30]
    known, shown = arrange(known, groups(span(1, 10), span(12, 20), unsure=[11, 30, 31]))
    assert members(shown) == {0: [*span(1, 10), 30], 1: span(11, 20), UNSURE: [31]}
    _, shown = corrections.move(known, shown, photos(31), 1)
    assert ids(shown) == [0, 1]


def test_merged_groups_are_one_for_any_number_of_groups_and_new_photos_join(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.rename(*three, 1, "Beach")
    known, shown = corrections.merge(known, shown, [0, 1])
    assert (members(shown), names(shown)) == ({0: span(1, 20), 2: span(21, 30)}, ["Beach", "Group 3"])
    for regrouped in (FIVE, TWO, groups(span(1, 30)), THREE):
        known, shown = arrange(known, regrouped)
        assert members(shown)[0] == span(1, 20)
        assert names(shown)[0] == "Beach"
    _, shown = arrange(known, groups([*span(1, 10), 50], [*span(11, 20), 51], span(21, 30)))
    assert members(shown) == {0: [*span(1, 20), 50, 51], 2: span(21, 30)}
    known, shown = arrange(known, groups(span(1, 10), span(11, 20), span(21, 28), [29, 30], unsure=[60]))
    assert set(ids(shown)) == {0, 2, 1, UNSURE}  # an id is free once its group was merged
    _, shown = corrections.merge(known, shown, [2, UNSURE, 2])
    assert members(shown)[2] == [*span(21, 28), 60]


def test_parts_of_a_split_group_stay_apart(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.rename(*three, 0, "Beach")
    known, shown = corrections.split(known, shown, 0, np.array([4, 4, 4, 4, 4, 7, 7, 7, 9, 9], np.int32))
    assert (ids(shown), names(shown)) == ([0, 1, 2, 3, 4], ["Beach", "Group 2", "Group 3", "Beach 2", "Beach 3"])
    wanted = {0: span(1, 5), 3: span(6, 8), 4: [9, 10]}
    for regrouped in (TWO, FIVE, groups(span(1, 30)), THREE):
        known, shown = arrange(known, regrouped)
        assert wanted.items() <= members(shown).items()
    _, shown = corrections.split(known, shown, 2, np.array([0] * 9 + [1], np.int32))
    assert names(shown)[-1].startswith("Group ")
    with pytest.raises(ValueError, match="1 parts"):
        corrections.split(known, shown, 1, np.zeros(10, np.int32))


def test_a_locked_group_neither_gives_nor_takes_but_by_hand(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.set_locked(*three, [1], True)
    assert [group.locked for group in shown] == [False, True, False]
    known, shown = corrections.move(known, shown, photos(1), 1)
    known, shown = corrections.move(known, shown, photos(20), 2)
    held = [1, *span(11, 19)]
    assert known.fixed.tolist() == [*held, 20]
    for regrouped in (FIVE, TWO, groups([*span(1, 30), 40]), THREE):
        known, shown = arrange(known, regrouped)
        assert members(shown)[1] == held
        assert 20 in members(shown)[2]
    known, shown = arrange(known, groups(span(1, 10), [*span(11, 20), 50], span(21, 30)))
    assert members(shown) == {0: span(2, 10), 1: held, 2: span(20, 30), 3: [50]}
    known, shown = corrections.rename(known, shown, 1, "Rex")
    assert corrections.release(known, shown, photos(1))[0].placed.tolist() == [1, 20]
    known, shown = corrections.set_locked(known, shown, [1], False)
    assert not shown[1].locked
    _, shown = arrange(known, groups(span(1, 10), [*span(11, 20), 50], span(21, 30)))
    assert members(shown)[1] == [*held, 50]


def test_covers_and_what_is_left_out_of_organize_stay(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.set_cover(*three, 1, 15)
    known, shown = corrections.set_hidden(known, shown, [2], True)
    known, shown = arrange(known, FIVE)
    assert [(group.id, group.hidden) for group in shown if group.hidden] == [(2, True)]
    known, shown = arrange(known, groups(span(1, 10), [20, *span(11, 19)], [30, *span(21, 29)]))
    assert [group.cover for group in shown] == [1, 15, 21]
    # The photo is elsewhere for a while; what a person chose comes back with it.
    known, shown = arrange(known, groups([*span(1, 10), 15], [*span(11, 14), *span(16, 20)], span(21, 30)))
    assert shown[1].cover == 11
    known, shown = arrange(known, THREE)
    assert shown[1].cover == 15
    # Said of these photos, being hidden goes to no group of mostly others.
    known, shown = arrange(known, groups(span(1, 30)))
    assert not shown[0].hidden
    _, shown = corrections.set_hidden(known, shown, ids(shown), True)
    assert shown[0].hidden


def test_a_new_group_comes_last_and_goes_with_its_last_photo(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.new_group(*three, photos(30, 5), "Dogs")
    assert (ids(shown), names(shown)[-1], members(shown)[3]) == ([0, 1, 2, 3], "Dogs", [5, 30])
    unnamed = corrections.new_group(known, shown, photos(6))
    assert names(unnamed[1])[-1] == "Group 5"
    gone = corrections.move(*unnamed, photos(6), 0)
    assert (ids(gone[1]), gone[0].group(4)) == ([0, 1, 2, 3], None)
    known, shown = corrections.move(known, shown, photos(5, 30), 0)
    assert ids(shown) == [0, 1, 2]
    assert corrections.new_group(known, shown, photos(7), "dogs ")[1][-1].name == "dogs"  # free again
    with pytest.raises(KeyError):
        corrections.new_group(known, shown, photos())


def test_a_name_that_another_group_has_is_refused_in_words(three: tuple[Curation, Shown]) -> None:
    known, shown = corrections.rename(*three, 0, "Beach")
    tries: list[Callable[[], object]] = [
        lambda: corrections.rename(known, shown, 1, " beach "),
        lambda: corrections.rename(known, shown, 1, "Group 3"),
        lambda: corrections.rename(known, shown, 1, "Unsure"),
        lambda: corrections.new_group(known, shown, photos(3), "BEACH"),
    ]
    for attempt in tries:
        with pytest.raises(UsageError, match="is the name of another group") as caught:
            attempt()
        assert caught.value.code == "group-name-taken"
    assert names(corrections.rename(known, shown, 0, "beach")[1])[0] == "beach"


def test_what_is_not_shown_cannot_be_corrected(three: tuple[Curation, Shown]) -> None:
    calls: list[Callable[[], object]] = [
        lambda: corrections.move(*three, photos(1), 9),
        lambda: corrections.move(*three, photos(1), UNSURE),
        lambda: corrections.move(*three, photos(99), 1),
        lambda: corrections.merge(*three, [0, 9]),
        lambda: corrections.merge(*three, [UNSURE, 0]),
        lambda: corrections.set_cover(*three, 0, 11),
        lambda: corrections.set_locked(*three, [9], True),
        lambda: corrections.set_hidden(*three, [UNSURE], True),
    ]
    for call in calls:
        with pytest.raises(KeyError):
            call()


numbers = st.integers(0, 10_000)
regroupings = st.lists(st.integers(-1, 4), min_size=12, max_size=30)
KINDS = ("move", "new", "merge", "split", "cover", "lock", "unlock", "hide", "accept", "release", "rename")
steps = st.lists(st.tuples(st.sampled_from(KINDS), numbers, st.lists(st.integers(1, 30), max_size=6)), max_size=8)


def correct(known: Curation, shown: Shown, kind: str, number: int, wanted: list[int]) -> tuple[Curation, Shown]:
    """One correction, of what is there."""
    here = [photo for photo in wanted if any(photo in group.photo_ids for group in shown)]
    sure = [group for group in shown if group.id != UNSURE]
    if not sure or not here:
        return known, shown
    group, other = sure[number % len(sure)], sure[number // 7 % len(sure)]
    if kind == "split":
        parts = np.arange(len(group.photo_ids), dtype=np.int32) % (2 + number % 3)
        return corrections.split(known, shown, group.id, parts) if len(parts) > 1 else (known, shown)
    some = {
        "move": lambda: corrections.move(known, shown, photos(*here), group.id),
        "new": lambda: corrections.new_group(known, shown, photos(*here), ""),
        "merge": lambda: corrections.merge(known, shown, [group.id, other.id]),
        "cover": lambda: corrections.set_cover(known, shown, group.id, int(group.photo_ids[-1])),
        "lock": lambda: corrections.set_locked(known, shown, [group.id], True),
        "unlock": lambda: corrections.set_locked(known, shown, [group.id], False),
        "hide": lambda: corrections.set_hidden(known, shown, [group.id], bool(number % 2)),
        "accept": lambda: corrections.accept(known, shown, photos(*here)),
        "release": lambda: corrections.release(known, shown, photos(*here)),
        "rename": lambda: rename(known, shown, group, f"Name {group.id}"),
    }
    return some[kind]()


def rename(known: Curation, shown: Shown, group: Group, name: str) -> tuple[Curation, Shown]:
    """A name that another group that is shown has is refused, as one merged into that group may have left it there."""
    if any(other.id != group.id and same_name(other.name) == same_name(name) for other in shown):
        with pytest.raises(UsageError, match="is the name of another group"):
            corrections.rename(known, shown, group.id, name)
        return known, shown
    return corrections.rename(known, shown, group.id, name)


def plain(known: Curation) -> object:
    """What a person decided."""
    return [
        (one.id, one.name, one.cover_chosen and one.cover, one.locked, one.hidden, one.placed.tolist())
        for one in sorted(known.groups, key=lambda one: one.id)
        if one.is_decided
    ]


# Group 1 is named and merged into group 0, which takes its name; the next group with the id 1 cannot have it.
NAME_LEFT_BEHIND = [([("rename", 1, [1]), ("merge", 8, [1]), ("new", 0, [1]), ("rename", 1, [1])], [0] * 6 + [1] * 6)]


@settings(max_examples=60)
@example([0] * 6 + [1] * 6, NAME_LEFT_BEHIND)
@given(regroupings, st.lists(st.tuples(steps, regroupings), max_size=3))
def test_no_photo_is_lost_or_twice_ids_are_distinct_and_every_correction_can_be_taken_back(
    tmp_path: Path, first: list[int], rounds: list[tuple[list[tuple[str, int, list[int]]], list[int]]]
) -> None:
    found = by_label(first)
    known, shown = arrange(Curation(), found)
    done: list[tuple[Curation, Curation]] = []
    for chosen, regrouped in rounds:
        for kind, number, wanted in chosen:
            before = known
            known, shown = correct(known, shown, kind, number, wanted)
            if known is not before:
                done.append((before, known))
            check(known, shown, found)
        placed = {one.id: set(one.fixed.tolist()) for one in known.groups}
        found = by_label(regrouped)
        known, shown = arrange(known, found)
        check(known, shown, found)
        present = set(span(1, len(regrouped)))
        for group_id, wanted_there in placed.items():
            assert wanted_there & present <= set(members(shown).get(group_id, []))
        assert members(arrange(known, found)[1]) == members(shown)
    curation.save(tmp_path, known)
    again, same = arrange(curation.load(tmp_path), found)
    assert (members(same), names(same), ids(same)) == (members(shown), names(shown), ids(shown))
    assert plain(again) == plain(known)
    last = plain(known)
    for before, after in reversed(done):
        known, shown = arrange(corrections.exchange(known, after, before), found)
        check(known, shown, found)
        assert plain(known) == plain(before)
    for before, after in done:
        known, shown = arrange(corrections.exchange(known, before, after), found)
        check(known, shown, found)
    assert plain(known) == last


def check(known: Curation, shown: Shown, found: Shown) -> None:
    """Every photo in one group, every group with its own id and name, everything kept in order."""
    everything = sorted(photo for group in found for photo in group.photo_ids.tolist())
    assert sorted(photo for group in shown for photo in group.photo_ids.tolist()) == everything
    assert all(group.photo_ids.size and group.cover in group.photo_ids for group in shown)
    assert len(set(ids(shown))) == len(shown) == len({name.casefold() for name in names(shown)})
    listed = [one.id for one in known.groups]
    assert len(set(listed)) == len(listed)
    assert [one for one in listed if one in ids(shown)] == [one for one in ids(shown) if one != UNSURE]
    assert all(np.all(np.diff(ids_of) > 0) for one in known.groups for ids_of in (one.photo_ids, one.placed))
