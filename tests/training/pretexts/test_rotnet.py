from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.photos.data import PhotoArray
from training.pretexts.base import Source
from training.pretexts.rotnet import RotNet, RotNetParams, positions, turned
from training.runs.record import alarm_names, read_table

PLAIN = AugmentConfig(crop_scale=(0.9, 1.0), flip=0.0, jitter=0.0, gray=0.0)


def learned(photos: PhotoArray, folder: Path) -> float:
    config = tiny_config(
        pretext={"name": "rotnet"}, augment=PLAIN, limits=LimitsConfig(epochs=60), report_steps=12,
        backbone="resnet18-s2-w16", resolutions=((0.0, 24),),
        optimizer=OptimizerConfig(lr=1e-2),
    )  # fmt: skip
    train(config, photos, folder, JobContext(), device="cpu")
    return float(read_table(folder / "health.csv")[-1]["rotation_accuracy"])


def test_a_turn_moves_every_pixel_and_makes_none() -> None:
    views = torch.arange(2 * 3 * 4 * 4.0).view(2, 3, 4, 4)
    four = turned(views)
    for turn in range(4):
        expected = np.rot90(views.numpy(), turn, (2, 3))
        np.testing.assert_array_equal(four[2 * turn : 2 * turn + 2].numpy(), expected)
    assert positions(8, views.device).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


def test_an_undecided_layer_has_the_loss_of_guessing() -> None:
    task = RotNet(build_backbone("tiny", 0), 16, RotNetParams())
    for weight in task.head.parameters():
        torch.nn.init.zeros_(weight)
    assert float(task(torch.randn(8, 3, 16, 16)).detach()) == pytest.approx(math.log(4), rel=1e-6)


def test_eight_photos_are_learned_by_heart(run_folder: Path) -> None:
    assert learned(make_photos(8), run_folder) > 0.95


def test_photos_that_look_the_same_from_all_sides_are_told_about(run_folder: Path) -> None:
    images = make_photos(8).images
    images = np.maximum(images, images[:, :, :, ::-1])
    images = np.maximum(images, images[:, :, ::-1])
    same = np.ascontiguousarray(np.maximum(images, images.transpose(0, 1, 3, 2)))
    assert learned(PhotoArray(same, data_hash="round", left_out=0), run_folder) < 0.4
    assert "angle-not-seen" in alarm_names(run_folder)


def test_views_that_give_the_angle_away_are_refused() -> None:
    task = RotNet(build_backbone("tiny", 0), 16, RotNetParams())
    source = Source(make_photos(4).images, 16, AugmentConfig(rotate=5.0), torch.Generator())
    with pytest.raises(UsageError, match="rotate"):
        task.draw(np.arange(4), source)
