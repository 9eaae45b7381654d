"""Neighbors by the best match over views, and what is trained on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.errors import UsageError
from desktop_app.engine.evaluate import hungarian_accuracy
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import tiny_config, turned_bars
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.photos.augment import normalize
from training.photos.data import PhotoArray
from training.pretexts import build_pretext
from training.pretexts.scan import Scan
from training.reproduce.labeled import group_figures
from training.scan.matching import Matching, best_of_views, gray_values, neighbors_by, spectral_groups


def test_the_best_of_many_views_sees_through_what_views_change() -> None:
    images, truth = turned_bars(40)
    turning = AugmentConfig(crop_scale=(1, 1), crop_ratio=(1, 1), flip=0, rotate=45, jitter=0, gray=0)
    plain, forgiving = (
        best_of_views(images, gray_values, 28, Matching(views, turning), JobContext()) for views in (0, 40)
    )
    for similarity in (plain, forgiving):
        assert np.array_equal(similarity, similarity.T)
        assert (similarity.diagonal() == -1).all()
    assert (forgiving >= plain).all()  # another view can only add
    purity = [(truth[neighbors_by(s, 5)] == truth[:, None]).mean() for s in (plain, forgiving)]
    assert purity[1] > purity[0] + 0.05
    assert purity[1] > 0.95
    groups = spectral_groups(forgiving, 2, 0, JobContext(), neighbors=5)
    assert group_figures(truth, groups)["ACC"] > 90


def test_neighbors_come_in_the_order_of_their_similarity() -> None:
    similarity = np.array([[-1, 0.2, 0.9], [0.2, -1, 0.2], [0.9, 0.2, -1]], dtype=np.float32)
    assert neighbors_by(similarity, 2).tolist() == [[2, 1], [0, 2], [0, 1]]


def test_gray_values_undo_the_normalization() -> None:
    values = torch.rand(2, 3, 4, 4)
    torch.testing.assert_close(gray_values(normalize(values)), values.mean(dim=1).flatten(1))


def test_a_network_learns_kinds_from_matched_neighbors_alone(tmp_path: Path) -> None:
    images, truth = turned_bars(96)
    turning = {"crop_scale": (1, 1), "crop_ratio": (1, 1), "flip": 0, "rotate": 45, "jitter": 0, "gray": 0}
    config = tiny_config(
        name="bars",
        batch=48,
        resolutions=((0.0, 28),),
        augment=AugmentConfig(**turning),
        pretext={"name": "scan", "clusters": 2, "heads": 5, "neighbors": 5, "entropy_weight": 2.0}
        | {"augmentation": "augment", "matched": {"views": 40, "augment": turning}},
        optimizer=OptimizerConfig(name="adam", lr=5e-3, weight_decay=1e-4),
        limits=LimitsConfig(epochs=40),
        report_steps=40,
        ema=0.0,
    )
    photos = PhotoArray(images, data_hash="bars", left_out=0)
    pretext = train(config, photos, tmp_path / "bars", JobContext(), device="cpu").eval()
    assert isinstance(pretext, Scan)
    p = pretext.probabilities(torch.from_numpy(images), 28)
    assert max(hungarian_accuracy(truth, groups) for groups in p.argmax(dim=2).T.numpy()) > 0.9


@pytest.mark.parametrize("table", [{}, {"neighbors_of": "run", "matched": {"views": 1}}], ids=["neither", "both"])
def test_neighbors_come_from_one_place(table: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="neighbors_of or from matched"):
        build_pretext({"name": "scan", "clusters": 2} | table, torch.nn.Flatten(), 4)
