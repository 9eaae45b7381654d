"""CIFAR-10 (Krizhevsky 2009) as it lies under ``KINDRED_DATA``: lossless strips of tiles, and JPEG test images."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.types import Int64Array

from .. import places
from ..stored import mapped_array
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
    return tuple(str(name) for name in _arrays("labels.npz", "names")[0])


def training_set(cache: Path) -> Labeled:
    """The 50,000 training pictures, lossless; decoded once and kept in ``cache``."""
    paths = [_file(f"train_{number:02d}.webp") for number in range(_STRIPS)]
    sizes = ",".join(str(path.stat().st_size) for path in paths)
    stored = cache / f"cifar10-{hashlib.blake2b(sizes.encode(), digest_size=8).hexdigest()}.npy"
    pictures = mapped_array(stored, lambda out: np.save(out, np.concatenate([_strip(path) for path in paths])))
    return _labeled(pictures, "train")


def test_set_lossless() -> Labeled:
    """1,000 of the test pictures, lossless."""
    return _labeled(_strip(_file("test_00.webp")), "test_lossless")


def test_set_jpeg() -> Labeled:
    """All 10,000 test pictures, decoded from JPEG copies: not quite what the published figures were measured on."""
    data, offsets, labels = _arrays("test_jpeg.npz", "data", "offsets", "labels")
    stream = data.tobytes()
    pictures = [_decode(stream[start:end], "test_jpeg.npz") for start, end in pairwise(offsets)]
    return Labeled(_photos(np.stack(pictures)), labels.astype(np.int64))


def twins(lossless: PhotoArray, jpeg: PhotoArray) -> Int64Array:
    """Which JPEG copy shows the same as each lossless picture: the nearest in pixels, int64[len(lossless)]."""
    small, large = (part.images.reshape(len(part.images), -1).astype(np.float32) for part in (lossless, jpeg))
    nearest: Int64Array = (small @ large.T - (large**2).sum(axis=1) / 2).argmax(axis=1)
    return nearest


def _labeled(images: npt.NDArray[np.uint8], key: str) -> Labeled:
    labels = _arrays("labels.npz", key)[0].astype(np.int64)
    if len(labels) != len(images):
        raise UserError("data-invalid", f"{folder()} holds {len(images)} pictures for {len(labels)} labels of {key}.")
    return Labeled(_photos(images), labels)


def _file(name: str) -> Path:
    path = folder() / name
    if not path.is_file():
        raise UserError("data-missing", f"There is no file {path}.", "Fetch this set again: it is not whole.")
    return path


def _arrays(name: str, *keys: str) -> list[npt.NDArray[Any]]:
    path = _file(name)
    try:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
            return [stored[key] for key in keys]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UserError("data-invalid", f"{path} cannot be read: {error}.", "Fetch this set again.") from error


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
