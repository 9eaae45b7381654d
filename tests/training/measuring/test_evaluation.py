from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from training.measuring.evaluation import (
    LABELED_FOLDERS,
    as_text,
    controls,
    evaluate,
    labeled_photos,
    network_embedder,
    score,
)
from training.networks.backbones import build_backbone
from training.networks.card import draft_card


def test_perfect_features_score_100_and_noise_scores_chance() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(4), 50)
    perfect = np.eye(4, dtype=np.float32)[labels] + rng.normal(0, 0.01, (200, 4)).astype(np.float32)
    assert score(perfect, labels) == {"knn5": 100.0, "kmeans_acc": 100.0, "kmeans_acc_std": 0.0}
    noise = score(rng.normal(size=(200, 16)).astype(np.float32), labels)
    assert noise["knn5"] < 40
    assert noise["kmeans_acc"] < 45


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        labeled_photos(tmp_path / "nowhere", JobContext())


def test_a_network_is_read_in_eval_mode_whatever_the_batch() -> None:
    card = draft_card("x", 16, 16)
    embed = network_embedder(build_backbone("tiny", 0).train(), card)
    images = [card.probe.image().rotate(10 * turn) for turn in range(40)]
    np.testing.assert_allclose(embed(images)[:3], embed(images[:3]), rtol=1e-5, atol=1e-6)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("kindred_data")
def test_the_controls_reach_their_known_figures() -> None:
    table = evaluate(controls(96), JobContext())
    assert table["pixels 16x16"]["mean"]["knn5"] == pytest.approx(46.0, abs=1.5)
    assert table["color histogram"]["mean"]["knn5"] == pytest.approx(44.1, abs=2.5)
    text = as_text(table)
    assert all(name in text for name in (*LABELED_FOLDERS, "random weights"))
