"""Pictures, configurations and figures small enough for tests of the laboratory."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from training.config import AugmentConfig, Config, DataConfig, ExportConfig, LimitsConfig, OptimizerConfig, StartConfig
from training.measuring.evaluation import LABELED_FOLDERS
from training.photos.data import PhotoArray
from training.reproduce.figures import Measurement

SMALL_RUN = """
name = "small"
backbone = "tiny"
batch = 8
bf16 = false
resolutions = [[0.0, 16]]
[data]
source = "photos"
size = 24
[limits]
epochs = 2
[pretext]
name = "simclr"
hidden = 16
out = 8
[export]
size = 24
"""
"""A configuration file for what `write_data` writes."""


def make_photos(count: int, size: int = 24, seed: int = 0) -> PhotoArray:
    """Smooth random pictures, each recognizable in any of its crops by its pattern."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (count, 3, 3, 3), dtype=np.uint8)
    images = coarse.repeat(size // 3, axis=2).repeat(size // 3, axis=3)
    return PhotoArray(images, data_hash=f"made-{count}-{size}-{seed}", left_out=0)


def write_photos(folder: Path, count: int, size: int = 24, seed: int = 0) -> None:
    """`make_photos` as PNG files in a folder of their own."""
    folder.mkdir(parents=True)
    for number, pixels in enumerate(make_photos(count, size, seed).images):
        Image.fromarray(pixels.transpose(1, 2, 0)).save(folder / f"{number}.png")


def write_data(data: Path, photos: int) -> None:
    """What ``KINDRED_DATA`` names: so many ``photos``, and the labeled folders with six photos of two labels each."""
    write_photos(data / "photos", photos)
    labels = [data / "folders" / name / str(label) for name in LABELED_FOLDERS for label in range(2)]
    for seed, folder in enumerate(labels, start=1):
        write_photos(folder, 6, seed=seed)


def labeled_folders(data: Path) -> None:
    """The labeled folders, with labels that the brightness alone tells."""
    for name in LABELED_FOLDERS:
        for label, shade in (("dark", 40), ("light", 200)):
            sub = data / "folders" / name / label
            sub.mkdir(parents=True)
            for number in range(6):
                Image.new("RGB", (40, 30), (shade + number, shade, 90)).save(sub / f"{number}.png")


def kinds(count: int, seed: int = 0, groups: int = 4) -> tuple[PhotoArray, np.ndarray]:
    """Pictures of a few colors, each with its own brightness and noise: uint8[count, 3, 24, 24] and their kind."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % groups
    colors = np.array([[200, 60, 60], [60, 180, 60], [60, 60, 200], [180, 170, 40]])[labels]
    images = colors[:, :, None, None] * rng.uniform(0.8, 1.2, (count, 1, 1, 1)) + rng.normal(0, 20, (count, 3, 24, 24))
    images = images.clip(0, 255).astype(np.uint8)
    return PhotoArray(images, data_hash=f"kinds-{count}-{seed}", left_out=0), labels


def turned_bars(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Two kinds of gray pictures, a bar and a cross, each turned by a random angle of up to 40 degrees."""
    rng = np.random.default_rng(0)
    truth, images = np.arange(count) % 2, []
    for kind in truth:
        canvas = np.zeros((28, 28), dtype=np.uint8)
        canvas[4:24, 12:16] = 255
        if kind:
            canvas[12:16, 8:20] = 255
        angle = float(rng.uniform(-40, 40))
        images.append(np.asarray(Image.fromarray(canvas).rotate(angle, Image.Resampling.BILINEAR)))
    return np.stack([np.stack([image] * 3) for image in images]), truth


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


def scan_config(**changes: object) -> Config:
    """SCAN on the `kinds`, from a run called ``first``."""
    table = {"name": "scan", "clusters": 4, "neighbors": 5, "neighbors_of": "first", "space": "features"}
    values: dict[str, object] = {
        "name": "second",
        "pretext": table | changes.pop("pretext", {}),  # type: ignore[operator]
        "start": StartConfig("first", ("head.", "teacher.", "mean", "memory."), ("head.",)),
        "limits": LimitsConfig(epochs=12),
        "batch": 32,
        "resolutions": ((0.0, 24),),
        "optimizer": OptimizerConfig(name="adam", lr=1e-2, weight_decay=1e-4, warmup=0.0, decay="none"),
        "ema": 0.0,
    }
    return tiny_config(**(values | changes))


def measurement(**changes: object) -> Measurement:
    """A figure of a row called ``made``."""
    values: dict[str, object] = {
        "row": "made",
        "variant": "plain",
        "metric": "ACC",
        "value": 12.5,
        "seed": 0,
        "epochs": 2.0,
        "seconds": 30.0,
        "device": "a CPU",
        "data": "some pictures",
        "data_hash": "abc",
        "git_commit": "0" * 40,
        "config": {"batch": 8, "nested": {"lr": 0.1}},
        "note": "",
    }
    return Measurement(**(values | changes))  # type: ignore[arg-type]


@contextmanager
def files_no_longer_than(limit: int) -> Iterator[None]:
    """What a full disk does to a write: it comes back short, with an error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
