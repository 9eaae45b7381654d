"""CIFAR-10 (Krizhevsky 2009) as it lies under ``KINDRED_DATA``: lossless strips of tiles, and JPEG test images."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.types import Int64Array

from .. import places
from ..files import replace_file
from .data import PhotoArray

FOLDER = "cifar10"
SIZE = 32
_STRIPS = 50
_ROWS, _COLUMNS = 25, 40


@dataclass(frozen=True, slots=True)
class Labeled:
    """Pictures uint8[N, 3, 32, 32] and their classes int64[N]; labels serve measuring only."""

    photos: PhotoArray
    labels: Int64Array


def folder() -> Path:
    """Where the files are.

    Raises:
        UsageError: ``folder-missing``.
    """
    path = places.data() / FOLDER
    if not path.is_dir():
        raise UsageError("folder-missing", f"There is no folder {path}.", "Set KINDRED_DATA to where the data is.")
    return path


def class_names() -> tuple[str, ...]:
    """The ten classes, in the order of their numbers."""
    with np.load(folder() / "labels.npz", allow_pickle=False) as labels:
        return tuple(str(name) for name in labels["names"])


def training_set(cache: Path) -> Labeled:
    """The 50,000 training pictures, lossless; decoded once and kept in ``cache``."""
    paths = [folder() / f"train_{number:02d}.webp" for number in range(_STRIPS)]
    sizes = ",".join(str(path.stat().st_size) for path in paths)
    stored = cache / f"cifar10-{hashlib.blake2b(sizes.encode(), digest_size=8).hexdigest()}.npy"
    if not stored.exists():
        pictures = np.concatenate([_strip(path) for path in paths])
        replace_file(stored, lambda out: np.save(out, pictures), "cache-not-written")
    return _labeled(np.load(stored, mmap_mode="r"), "train")


def test_set_lossless() -> Labeled:
    """1,000 of the test pictures, lossless."""
    return _labeled(_strip(folder() / "test_00.webp"), "test_lossless")


def test_set_jpeg() -> Labeled:
    """All 10,000 test pictures, decoded from JPEG copies: not quite what the published figures were measured on."""
    with np.load(folder() / "test_jpeg.npz", allow_pickle=False) as stored:
        data, offsets, labels = stored["data"].tobytes(), stored["offsets"], stored["labels"]
    pictures = [_decode(data[start:end], "test_jpeg.npz") for start, end in pairwise(offsets)]
    return Labeled(_photos(np.stack(pictures)), labels.astype(np.int64))


def twins(lossless: PhotoArray, jpeg: PhotoArray) -> Int64Array:
    """Which JPEG copy shows the same as each lossless picture: the nearest in pixels, int64[len(lossless)]."""
    small, large = (part.images.reshape(len(part.images), -1).astype(np.float32) for part in (lossless, jpeg))
    nearest: Int64Array = (small @ large.T - (large**2).sum(axis=1) / 2).argmax(axis=1)
    return nearest


def _labeled(images: npt.NDArray[np.uint8], key: str) -> Labeled:
    with np.load(folder() / "labels.npz", allow_pickle=False) as stored:
        labels = stored[key].astype(np.int64)
    if len(labels) != len(images):
        raise UserError("data-invalid", f"{folder()} holds {len(images)} pictures for {len(labels)} labels of {key}.")
    return Labeled(_photos(images), labels)


def _photos(images: npt.NDArray[np.uint8]) -> PhotoArray:
    images = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
    images.flags.writeable = False
    return PhotoArray(images, hashlib.blake2b(images.tobytes(), digest_size=16).hexdigest(), left_out=0)


def _strip(path: Path) -> npt.NDArray[np.uint8]:
    tiles = _decode(path.read_bytes(), path.name).reshape(_ROWS, SIZE, _COLUMNS, SIZE, 3)
    return tiles.transpose(0, 2, 1, 3, 4).reshape(-1, SIZE, SIZE, 3)


def _decode(data: bytes, name: str) -> npt.NDArray[np.uint8]:
    try:
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError) as error:
        raise UserError("data-invalid", f"{folder() / name} cannot be read: {error}.") from error
