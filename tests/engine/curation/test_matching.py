"""Groups are paired for the greatest sum of likenesses, whatever is alike to what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from desktop_app.engine.curation import matching


@given(st.data())
def test_pairs_are_the_best_there_are_however_many_are_alike(data: st.DataObject) -> None:
    lines, columns = data.draw(st.integers(0, 7)), data.draw(st.integers(0, 7))
    values = st.one_of(st.just(0.0), st.floats(0.01, 1.0))
    worth = np.array([[data.draw(values) for _ in range(columns)] for _ in range(lines)]).reshape(lines, columns)
    pairs = matching._pairs(worth)
    best = worth[linear_sum_assignment(worth, maximize=True)].sum()
    assert sum(worth[a, b] for a, b in pairs) == pytest.approx(best)
    assert all(worth[a, b] > 0 for a, b in pairs)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
