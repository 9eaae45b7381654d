"""Which photos groups are made of: it changes where nobody would mind, and never behind a person's back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.curation import Choices, Curation, arrange, corrections
from desktop_app.engine.curation.basis import anew, came_later, settle
from tests.helpers.shown_groups import THREE, groups, ids, members, span


def known(basis: list[int]) -> Curation:
    return anew(Curation(), np.array(basis, np.int64), "model")


def settled(one: Curation, photos: list[int], *, model: str = "model", chosen: bool = False) -> Curation:
    return settle(one, np.array(photos, np.int64), model, number_chosen=chosen)


def test_the_first_photos_are_the_basis_and_so_are_all_for_another_model() -> None:
    first = settled(Curation(), [5, 3, 9])
    assert (first.basis.tolist(), first.model_id) == ([3, 5, 9], "model")
    assert settled(first, [3, 5, 9, 11]) is first
    other = settled(first, [3, 5, 9, 11], model="other")
    assert (other.basis.tolist(), other.model_id) == ([3, 5, 9, 11], "other")


@given(
    st.sets(st.integers(1, 30), min_size=1),
    st.sets(st.integers(1, 30), min_size=1),
    st.booleans(),
    st.booleans(),
)
def test_groups_are_made_anew_where_more_changed_than_stayed_and_nothing_was_decided(
    basis: set[int], photos: set[int], named: bool, chosen: bool
) -> None:
    before = known(sorted(basis))
    if named:
        shown = arrange(before, groups(sorted(basis)))
        before = corrections.rename(*shown, 0, "Beach")[0]
    after = settled(before, list(photos), chosen=chosen)
    if named or chosen or len(basis ^ photos) <= len(basis & photos):
        assert after is before
        assert came_later(after, np.array(sorted(photos))).tolist() == sorted(photos - basis)
    else:
        assert after.basis.tolist() == sorted(photos)
        assert came_later(after, np.array(sorted(photos))).size == 0


def test_without_a_basis_nothing_came_later() -> None:
    assert came_later(Curation(), np.array([1, 2])).size == 0


@pytest.mark.parametrize("choices", [Choices(selected=2), Choices(unsure_below=0.3)])
def test_to_look_at_a_group_decides_nothing(choices: Choices) -> None:
    before = replace(known([1, 2]), choices=choices)
    assert settled(before, [1, 2, 3, 4, 5]).basis.tolist() == [1, 2, 3, 4, 5]


def test_grouping_anew_is_taken_back_and_done_again_with_every_id() -> None:
    first, shown = arrange(known(span(1, 30)), THREE)
    first, shown = corrections.rename(first, shown, 1, "Beach")
    all_of_them = anew(first, np.array(span(1, 40)), "model")
    other = groups(span(1, 5), [*span(6, 10), *span(31, 40)], span(11, 20), span(21, 30))
    after, now = arrange(all_of_them, other)
    back = corrections.exchange(after, after, first)
    assert back.basis.tolist() == span(1, 30)
    old = groups([*span(1, 10), *span(31, 40)], span(11, 20), span(21, 30))  # those that came join again
    _, there = arrange(back, old)
    assert (ids(there), members(there)[1]) == (ids(shown), members(shown)[1])
    assert [group.cover for group in there] == [group.cover for group in shown]
    again = corrections.exchange(back, first, after)
    assert again.basis.tolist() == span(1, 40)
    assert members(arrange(again, other)[1]) == members(now)
