from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch

from training.config import AugmentConfig, Config, DataConfig, ExportConfig, LimitsConfig, OptimizerConfig
from training.photos.data import PhotoArray


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def _no_curves(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes longer than the small runs of these tests; those that look at the picture are marked."""
    if "curves" not in request.fixturenames:
        monkeypatch.setattr("training.runs.record.draw_curves", lambda folder: None)


@pytest.fixture
def curves() -> None:
    """For tests that look at the curves of a run."""


def make_photos(count: int, size: int = 24, seed: int = 0) -> PhotoArray:
    """Smooth random pictures, each recognizable in any of its crops by its pattern."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (count, 3, 3, 3), dtype=np.uint8)
    images = coarse.repeat(size // 3, axis=2).repeat(size // 3, axis=3)
    return PhotoArray(images, data_hash=f"made-{count}-{size}-{seed}", left_out=0)


def tiny_config(**changes: object) -> Config:
    """A run of the tiny backbone that takes a second."""
    values: dict[str, object] = {
        "name": "tiny",
        "data": DataConfig(source="none", size=24),
        "limits": LimitsConfig(epochs=3),
        "pretext": {"name": "simclr", "hidden": 16, "out": 8},
        "backbone": "tiny",
        "batch": 8,
        "resolutions": ((0.0, 16), (0.5, 24)),
        "bf16": False,
        "channels_last": True,
        "augment": AugmentConfig(crop_scale=(0.5, 1.0), gray_batch=0.2, blur=0.5, blur_sigma=(0.1, 1.0)),
        "optimizer": OptimizerConfig(lr=3e-3),
        "export": ExportConfig(size=24),
    }
    return Config(**(values | changes))  # type: ignore[arg-type]


@contextmanager
def files_no_longer_than(limit: int) -> Iterator[None]:
    """What a full disk does to a write: it comes back short, with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    return tmp_path / "run"
