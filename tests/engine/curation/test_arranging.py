"""Groups keep id, name, place and cover while their photos keep together, and hold what was placed in them by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.curation import Curation, KnownGroup, arrange, corrections, group_ids, groups_of
from desktop_app.engine.types import UNSURE, Clustering
from tests.helpers.shown_groups import THREE, by_label, groups, ids, members, names, span


def test_a_clustering_gives_numbered_groups_with_the_surest_photo_first_and_the_unsure_one_last() -> None:
    labels = np.array([1, UNSURE, 0, 0, 1, 0], np.int32)
    confidence = np.array([0.9, 0.1, 0.5, 0.8, 0.6, 0.5], np.float32)
    best = np.where(labels == UNSURE, np.int32(0), labels)
    photo_ids = np.array([10, 11, 12, 13, 14, 15], np.int64)
    shown = groups_of(Clustering(photo_ids, labels, confidence, "kmeans", {}, 0, best, 1 - best))
    assert (ids(shown), names(shown)) == ([0, 1, UNSURE], ["Group 1", "Group 2", "Unsure"])
    assert [group.photo_ids.tolist() for group in shown] == [[13, 12, 15], [10, 14], [11]]
    assert [group.cover for group in shown] == [13, 10, 11]


def test_the_first_groups_are_numbered_as_they_come() -> None:
    known, shown = arrange(Curation(), groups(*([n] for n in span(1, 12)), unsure=[99]))
    assert ids(shown) == [*range(12), UNSURE]
    assert names(shown)[:2] == ["Group 1", "Group 2"]
    assert names(shown)[-1] == "Unsure"
    assert not known.is_decided
    # What a person reads as a name does not change because there are more or fewer groups beside it.
    _, few = arrange(known, groups(span(1, 9), span(10, 12)))
    assert set(names(few)) <= set(names(shown))


def test_groups_that_come_in_another_order_with_other_photos_first_keep_id_name_place_and_cover() -> None:
    known, _ = arrange(Curation(), THREE)
    _, shown = arrange(known, groups([*span(22, 30), 21], [*span(2, 10), 1], span(12, 20)))
    assert (ids(shown), names(shown)) == ([0, 1, 2], ["Group 1", "Group 2", "Group 3"])
    assert [group.cover for group in shown] == [1, 12, 21]
    assert shown[0].photo_ids.tolist() == [*span(2, 10), 1]  # the most sure first all the same


def test_one_group_more_splits_one_and_leaves_the_others() -> None:
    known, _ = arrange(Curation(), THREE)
    known, shown = arrange(known, groups(span(1, 10), span(21, 30), span(11, 16), span(17, 20)))
    assert members(shown) == {0: span(1, 10), 1: span(11, 16), 2: span(21, 30), 3: span(17, 20)}
    assert ids(shown) == [0, 1, 2, 3]
    known, shown = arrange(known, THREE)
    assert ids(shown) == [0, 1, 2]
    known, shown = arrange(known, groups(span(1, 20), span(21, 30)))
    assert ids(shown) == [0, 2]
    # Back at three, the one that was out of sight has its id and its place in the list again.
    _, shown = arrange(known, groups(span(11, 20), span(1, 10), span(21, 30)))
    assert members(shown) == {0: span(1, 10), 1: span(11, 20), 2: span(21, 30)}
    assert ids(shown) == [0, 1, 2]


def test_all_likenesses_together_decide_not_the_greatest_alone() -> None:
    known, _ = arrange(Curation(), groups(span(1, 10), span(11, 20)))
    # Taken one by one, the likest pair (1 to 10 and 1 to 16, 10/16) would leave 11 to 20 without its id.
    _, shown = arrange(known, groups([*span(1, 10), *span(11, 16)], span(17, 20)))
    assert members(shown) == {0: span(1, 16), 1: span(17, 20)}
    # Of two halves, the one with the lowest photo continues; of two alike groups, the older one is continued.
    _, shown = arrange(arrange(Curation(), groups(span(1, 10)))[0], groups(span(6, 10), span(1, 5)))
    assert members(shown) == {0: span(1, 5), 1: span(6, 10)}
    _, shown = arrange(known, groups(span(1, 20)))
    assert ids(shown) == [0]


def test_an_id_that_goes_out_of_use_is_not_another_groups_at_once_and_is_free_again_later() -> None:
    known, _ = arrange(Curation(), THREE)
    known, shown = arrange(known, groups(span(1, 10), span(11, 20), span(41, 50)))
    assert ids(shown) == [0, 1, 3]
    _, shown = arrange(known, groups(span(1, 10), span(11, 20), span(41, 50), span(51, 60)))
    assert ids(shown) == [0, 1, 3, 2]


def test_photos_that_come_go_or_become_unsure_break_no_likeness() -> None:
    known, shown = arrange(Curation(), THREE)
    known, shown = corrections.rename(known, shown, 1, "Beach")
    many = groups([11, 12, *span(100, 160)], span(21, 30), span(1, 4), unsure=[*span(5, 10), 19, 20])
    known, shown = arrange(known, many)
    assert ids(shown) == [0, 1, 2, UNSURE]
    assert names(shown)[1] == "Beach"
    # What joined belongs to it from now on, and what was unsure still does.
    _, shown = arrange(known, groups(span(100, 160), span(21, 30), span(1, 10)))
    assert members(shown)[1] == span(100, 160)
    assert names(shown)[1] == "Beach"


def test_a_name_returns_with_its_photos_and_never_goes_to_a_group_that_is_mostly_something_else() -> None:
    known, shown = arrange(Curation(), THREE)
    known, shown = corrections.rename(known, shown, 1, "Beach")
    known, shown = arrange(known, groups(span(1, 20), span(21, 30)))
    assert "Beach" not in names(shown)
    for cut in ([span(11, 14), span(15, 18), span(19, 20)], [span(11, 12), span(13, 20)], [span(11, 20)]):
        known, shown = arrange(known, groups(span(1, 10), *cut, span(21, 30)))
    assert {group.name: group.photo_ids.tolist() for group in shown}["Beach"] == span(11, 20)
    assert 1 in ids(shown)


def test_two_names_of_which_one_holds_the_other_go_to_what_is_most_like_them() -> None:
    known, shown = arrange(Curation(), groups(span(1, 10), span(11, 21)))
    known, shown = corrections.rename(known, shown, 0, "Beach")
    known, shown = arrange(known, groups(span(1, 21), [50]))
    known, shown = corrections.rename(known, shown, ids(shown)[0], "Holidays")
    known, shown = arrange(known, groups(span(1, 12), span(13, 21), [50]))
    assert names(shown)[0] == "Beach"
    known, shown = arrange(known, groups(span(1, 21), [50]))
    assert names(shown)[0] == "Holidays"


def test_renaming_again_lets_the_name_stand_for_the_photos_of_now() -> None:
    known, shown = arrange(Curation(), THREE)
    known, shown = corrections.rename(known, shown, 0, "Beach")
    known, shown = arrange(known, groups([*span(1, 10), *span(11, 14)], span(15, 20), span(21, 30)))
    assert names(shown)[0] == "Beach"
    known, shown = corrections.rename(known, shown, 0, "  Sea ")
    assert names(shown)[0] == "Sea"
    assert known.photos_of(0).tolist() == span(1, 14)


def test_names_that_are_no_names_change_nothing() -> None:
    known, shown = arrange(Curation(), groups([1, 2], unsure=[3]))
    for group_id, name in ((0, "   "), (UNSURE, "Sure"), (7, "Nobody")):
        assert corrections.rename(known, shown, group_id, name) == (known, shown)


def test_a_name_given_anew_leaves_the_group_out_of_sight_that_had_it() -> None:
    known, shown = arrange(Curation(), THREE)
    known, shown = corrections.rename(known, shown, 0, "Beach")
    known, shown = arrange(known, groups(span(1, 3), span(4, 6), span(7, 10), span(11, 30)))
    assert "Beach" not in names(shown)
    (rest,) = (group.id for group in shown if 11 in group.photo_ids)
    known, shown = corrections.rename(known, shown, rest, "beach")
    _, shown = arrange(known, groups(span(1, 10), span(11, 30)))
    assert names(shown) == ["beach", f"Group {ids(shown)[1] + 1}"]


def test_no_two_groups_have_one_name_and_what_a_person_said_comes_first() -> None:
    known, shown = arrange(Curation(), groups(span(1, 10)))
    known, shown = corrections.rename(known, shown, 0, "Group 2")
    _, shown = arrange(known, groups(span(1, 10), span(11, 20)))
    assert names(shown) == ["Group 2", "Group 2 (2)"]


def test_group_ids_are_those_of_each_photo() -> None:
    _, shown = arrange(Curation(), groups([4, 2], [9], unsure=[5]))
    assert group_ids(np.array([9, 5, 2, 77, 4]), shown).tolist() == [1, UNSURE, 0, UNSURE, 0]
    assert group_ids(np.array([1, 2]), ()).tolist() == [UNSURE, UNSURE]


labels = st.lists(st.integers(-1, 4), min_size=1, max_size=40)


@given(st.lists(st.tuples(labels, st.integers(1, 10), st.integers(0, 6)), min_size=1, max_size=6))
def test_whatever_comes_ids_are_distinct_names_are_kept_and_the_same_groups_stay(
    steps: list[tuple[list[int], int, int]],
) -> None:
    known, given_names = Curation(), set()
    for number, (found, first, renamed) in enumerate(steps):
        fresh = by_label(found, first)
        known, shown = arrange(known, fresh)
        assert len(set(ids(shown))) == len(shown)
        assert sorted(photo for photos in members(shown).values() for photo in photos) == span(
            first, first + len(found) - 1
        )
        assert sorted(members(shown).values()) == sorted(members(fresh).values())
        # The same again, in another order or as they are shown, changes nothing.
        for one in (fresh, tuple(reversed(fresh)), shown):
            once, again = arrange(known, one)
            assert (ids(again), names(again), members(again)) == (ids(shown), names(shown), members(shown))
            assert [(g.id, g.photo_ids.tolist(), g.in_sight) for g in once.groups] == [
                (g.id, g.photo_ids.tolist(), g.in_sight) for g in known.groups
            ]
        if renamed < len(shown) and shown[renamed].id != UNSURE:
            given_names.discard(shown[renamed].name)
            known, shown = corrections.rename(known, shown, shown[renamed].id, f"Name {number}")
            given_names.add(f"Name {number}")
        assert {one.name for one in known.groups} - {""} == given_names
        assert all(np.all(np.diff(one.photo_ids) > 0) for one in known.groups)


def test_confidence_is_of_the_group_that_a_photo_is_in() -> None:
    ids = np.arange(6, dtype=np.int64)
    found = Clustering(
        ids, np.array([0, 0, 1, UNSURE, 1, 1], np.int32), np.full(6, 0.75, np.float32), "kmeans", {}, 0,
        np.array([0, 0, 1, 0, 1, 1], np.int32), np.full(6, UNSURE, np.int32),
    )  # fmt: skip
    held = KnownGroup(0, ids[:4], locked=True)
    assert Curation((held, KnownGroup(1, ids[4:]))).confidence(found).tolist() == [0.75, 0.75, 1, 0.75, 0.75, 0.75]
    by_hand = KnownGroup(1, ids[4:], placed=ids[5:])
    assert Curation((KnownGroup(0, ids[:4]), by_hand)).confidence(found).tolist() == [*[0.75] * 5, 1]
    empty = KnownGroup(2, ids[:0], locked=True)
    doubted = KnownGroup(3, ids[3:4], locked=True)
    assert Curation((empty, doubted)).confidence(found).tolist() == [0.75] * 6
