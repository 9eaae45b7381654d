from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.photos.augment import normalize
from training.photos.data import PhotoArray
from training.pretexts.autoencoder import Autoencoder, AutoencoderParams, pixels
from training.runs.record import alarm_names


def learned(photos: PhotoArray, folder: Path, epochs: int = 150) -> dict[str, float]:
    config = tiny_config(
        pretext={"name": "autoencoder", "out": 16}, limits=LimitsConfig(epochs=epochs), report_steps=epochs // 5,
        augment=AugmentConfig(crop_scale=(1.0, 1.0), crop_ratio=(1.0, 1.0), flip=0.0, jitter=0.0, gray=0.0),
        optimizer=OptimizerConfig(lr=1e-2), resolutions=((0.0, 24),),
    )  # fmt: skip
    trained = train(config, photos, folder, JobContext(), device="cpu").eval()
    with torch.no_grad():
        return trained.health(torch.from_numpy(photos.images), 24)


def test_what_is_to_be_drawn_are_the_pixels_of_the_view() -> None:
    images = torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    blocks = images.view(2, 3, 32, 2, 32, 2).mean(dim=(3, 5))
    torch.testing.assert_close(pixels(normalize(images.clone())), blocks)


def test_the_loss_is_the_mean_squared_error_of_what_is_drawn() -> None:
    torch.manual_seed(0)
    task = Autoencoder(build_backbone("tiny", 0), 16, AutoencoderParams(out=8)).eval()
    views = torch.randn(4, 3, 24, 24, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        drawn = task.decoder(task.head(task.backbone(views)))
        assert drawn.shape == (4, 3, 32, 32)
        expected = float(((drawn - pixels(views)) ** 2).mean())
        assert float(task(views)) == pytest.approx(expected, rel=1e-6)


def test_eight_photos_are_drawn_by_heart(run_folder: Path) -> None:
    report = learned(make_photos(8), run_folder)
    assert report["error_share"] < 0.3
    assert report["dead_units"] < 0.5


def test_noise_cannot_be_drawn_and_it_is_told(run_folder: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 3, 24, 24), dtype=np.uint8)
    report = learned(PhotoArray(noise, data_hash="noise", left_out=0), run_folder, epochs=5)
    assert report["error_share"] > 0.9
    assert "mean-color-only" in alarm_names(run_folder)


def test_a_code_that_is_the_same_for_all_is_told() -> None:
    task = Autoencoder(build_backbone("tiny", 0), 16, AutoencoderParams(out=8))
    task.reports.fill_(9)
    torch.nn.init.zeros_(task.head.weight)
    with torch.no_grad():
        report = task.eval().health(torch.from_numpy(make_photos(8).images), 24)
    assert report["dead_units"] == 1
    assert "dead-code" in [alarm.name for alarm in task.alarms(report)]
