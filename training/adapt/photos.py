"""A person's folder as adapting sees it: every photo as the model would be given it, and random views of each."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from desktop_app.engine import settings as settings_module
from desktop_app.engine.errors import NoImagesError, UsageError
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index.reading import decode_size
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.pictures import guard
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.pictures.result import Decoded, DecodeError
from desktop_app.engine.types import Int64Array, PhotoFile, Problem

from ..config import AugmentConfig
from ..photos.augment import apply_color, crop_resize, draw_colors, draw_crops

FEWEST = 50
MOST = 5000
VIEWS = AugmentConfig(
    crop_scale=(0.3, 1.0), jitter=0.8, brightness=0.2, contrast=0.2, saturation=0.2, hue=0.03, gray=0.0
)
"""How a view is drawn: what another photo of the same thing could differ in."""

_ENLARGED = 1.25  # squares are kept somewhat larger than the input, so that a crop of a third is not all blur


@dataclass(frozen=True, slots=True)
class FolderPhotos:
    """The photos of a folder.

    Attributes:
        squares: uint8[N, 3, S, S], cut as the model's card says but larger; what views are drawn from.
        inputs: uint8[N, 3, s, s], cut exactly as the card says.
        taken: float64[N], when, in seconds; NaN where that is unknown.
        names: of the photos, below the folder.
        problems: files that could not be read.
        left_out: photos beyond `MOST`, not looked at.
    """

    squares: npt.NDArray[np.uint8]
    inputs: npt.NDArray[np.uint8]
    taken: npt.NDArray[np.float64]
    names: tuple[Path, ...]
    problems: tuple[Problem, ...]
    left_out: int

    def labels(self) -> tuple[Int64Array, Int64Array]:
        """Rows int64[M] of the photos that lie in a sub-folder, and which one int64[M]."""
        rows = np.array([row for row, name in enumerate(self.names) if len(name.parts) > 1], dtype=np.int64)
        found = np.unique([self.names[row].parts[0] for row in rows], return_inverse=True)[1]
        return rows, found.astype(np.int64)


def read_folder(folder: Path, card: ModelCard, ctx: JobContext) -> FolderPhotos:
    """Find and decode the photos of a folder, in every format the app reads; the folder is only read.

    Args:
        folder: sub-folders included.
        card: of the model that is to be adapted.
        ctx: progress and cancelling.

    Raises:
        UsageError: as `scan`; ``too-few-photos`` under `FEWEST` readable ones.
        NoImagesError: ``no-photos``.
    """
    found = scan(folder, ctx, exclude=settings_module.load().exclude)
    if not found.files:
        raise NoImagesError("no-photos", f"There are no photos in {folder}.", "Choose another folder.")
    files, left_out = _sample(found.files)
    exact = _plain(card, 1.0)
    larger = _plain(card, _ENLARGED)
    problems: list[Problem] = list(found.problems)
    rows: list[tuple[PhotoFile, npt.NDArray[np.uint8], npt.NDArray[np.uint8], float]] = []

    def read(file: PhotoFile) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8], float] | Problem:
        try:
            ctx.check()
            data = read_bytes(file.path)
            decoded = decode(data, decode_size(larger), format=file.format, check=ctx.check)
        except DecodeError as error:
            return Problem(file.path, "decode", error.code, error.message)
        except OSError as error:
            return Problem(file.path, "decode", "unreadable-file", f"It cannot be read: {error.strerror or error}.")
        taken = datetime.fromisoformat(decoded.taken_at).timestamp() if decoded.taken_at else float("nan")
        return _pixels(decoded, larger), _pixels(decoded, exact), taken

    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for done, (file, outcome) in enumerate(zip(files, pool.map(read, files), strict=True)):
                ctx.progress(done, len(files), "Reading photos")
                if isinstance(outcome, Problem):
                    problems.append(outcome)
                else:
                    rows.append((file, *outcome))
    finally:
        guard.release()
    if len(rows) < FEWEST:
        raise UsageError(
            "too-few-photos",
            f"{folder} has {len(rows)} photos that can be read ({len(problems)} could not); "
            f"at least {FEWEST} are needed to learn from.",
            "Choose a larger folder.",
        )
    return FolderPhotos(
        np.stack([square for _, square, _, _ in rows]),
        np.stack([exact for _, _, exact, _ in rows]),
        np.array([taken for _, _, _, taken in rows]),
        tuple(file.path.relative_to(folder) for file, _, _, _ in rows),
        tuple(problems),
        left_out,
    )


def model_inputs(pixels: torch.Tensor, card: ModelCard) -> torch.Tensor:
    """Pictures float32[B, 3, S, S] in 0..1 as the card wants them: less its mean, by its standard deviation."""
    mean, std = (
        pixels.new_tensor(values).view(1, 3, 1, 1) for values in (card.preprocessing.mean, card.preprocessing.std)
    )
    return (pixels - mean) / std


def whole(photos: FolderPhotos, rows: slice, card: ModelCard) -> torch.Tensor:
    """The photos as the model is given them: float32[B, 3, s, s]."""
    return model_inputs(torch.from_numpy(photos.inputs[rows]).float() / 255, card)


def view(photos: FolderPhotos, rows: slice, number: int, seed: int, card: ModelCard) -> torch.Tensor:
    """Random view ``number`` of photos: float32[B, 3, s, s], the same whenever it is asked for."""
    state = np.random.SeedSequence([seed, number, rows.start]).generate_state(1, np.uint64)[0] >> 1
    generator = torch.Generator().manual_seed(int(state))
    images = torch.from_numpy(photos.squares[rows]).float() / 255
    images = crop_resize(images, *draw_crops(len(images), VIEWS, generator), card.input.size)
    return model_inputs(apply_color(images, *draw_colors(images, VIEWS, generator)), card)


def blocks(count: int, size: int = 16) -> Iterator[slice]:
    """Consecutive slices of ``size`` that cover ``count`` rows."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def _sample(files: tuple[PhotoFile, ...]) -> tuple[tuple[PhotoFile, ...], int]:
    if len(files) <= MOST:
        return files, 0
    chosen = np.sort(np.random.default_rng(0).choice(len(files), MOST, replace=False))
    return tuple(files[row] for row in chosen), len(files) - MOST


def _plain(card: ModelCard, factor: float) -> ModelCard:
    """The card's way of cutting, for squares ``factor`` times as large whose values are only less its mean."""
    rule = card.preprocessing
    return dataclasses.replace(
        card,
        input=dataclasses.replace(card.input, size=round(card.input.size * factor)),
        preprocessing=dataclasses.replace(rule, resize_to=round(rule.resize_to * factor), std=(1.0, 1.0, 1.0)),
    )


def _pixels(decoded: Decoded, plain: ModelCard) -> npt.NDArray[np.uint8]:
    """uint8[3, S, S]; where a card pads, with the mean color."""
    values = preprocess(decoded.image, plain) + np.array(plain.preprocessing.mean, dtype=np.float32)[:, None, None]
    return (values * 255).round().clip(0, 255).astype(np.uint8)
