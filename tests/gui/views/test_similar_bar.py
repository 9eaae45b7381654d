"""Where the limit of "All similar" begins."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.types import Neighbors
from desktop_app.gui.views.similar_bar import SimilarBar, natural_limit


def ranking(*similarity: float) -> Neighbors:
    return Neighbors(np.arange(1, len(similarity) + 1)[None], np.array([similarity], dtype=np.float32))


def test_the_limit_begins_where_the_likeness_of_the_photo_s_own_neighbors_falls(qtbot: QtBot) -> None:
    bar = SimilarBar()
    qtbot.addWidget(bar)
    assert not bar.select.isEnabled()
    bar.show_ranking(ranking(0.51, 0.5, 0.48, 0.47, 0.2, 0.19, 0.18))  # nothing near 0.8
    assert bar.found.tolist() == [1, 2, 3, 4]
    assert bar.count.text() == "0.47 and above: 4 photos"
    bar.show_ranking(ranking(0.97, 0.95, 0.6, 0.59))
    assert bar.found.tolist() == [1, 2]
    bar.show_ranking(ranking(0.3))
    assert bar.found.tolist() == [1]
    bar.show_ranking(ranking(-0.1, -0.2))  # nothing alike at all
    assert bar.found.size == 0
    assert not bar.select.isEnabled()


@pytest.mark.parametrize("count", [0, 1, 2, 99, 5000])
def test_the_nearest_is_never_below_the_limit(count: int) -> None:
    rng = np.random.default_rng(count)
    similarity = np.sort(rng.uniform(0, 1, count))[::-1].astype(np.float32)
    limit = natural_limit(similarity)
    assert limit == 1.0 if not count else np.float32(limit) in similarity[:100]
