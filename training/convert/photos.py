"""Pictures to compare a converted model on, and to calibrate its int8 twin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine.errors import UsageError
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index.reading import decode_size
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.pictures.result import DecodeError
from desktop_app.engine.types import Float32Array

from .. import places
from ..photos.data import load_photos

FEWEST = 150  # of which 100 are measured on: with fewer, ten neighbors agree by chance
_MOST = 400
_MOST_BYTES = 2**30
_LABORATORY_SIZE = 96  # pixels; what the laboratory's own photos have


def photo_inputs(folder: Path | None, card: ModelCard, ctx: JobContext) -> tuple[Float32Array, Float32Array] | None:
    """A random part of some photos, the same each time, as the model is given them.

    Args:
        folder: of a person's pictures, only read; None for the laboratory's photos, where they are at hand.
        card: says how to preprocess.
        ctx: progress and cancelling.

    Returns:
        float32[N, 3, S, S] to calibrate with and as many or more to measure on; None without any photos.

    Raises:
        UsageError: as `scan`; ``too-few-photos`` under `FEWEST` readable ones.
    """
    if folder is None:
        data = places.data_if_named()
        if data is None or not (data / "photos").is_dir():
            return None
        folder = data / "photos"
        images = _laboratory(folder, ctx)
    else:
        images = _own(folder, card, ctx)
    most = max(FEWEST, min(_MOST, _MOST_BYTES // (12 * card.input.size**2)))
    rows = []
    for image in images:
        rows.append(preprocess(image, card))
        ctx.progress(len(rows), most, "reading photos")
        if len(rows) == most:
            break
    if len(rows) < FEWEST:
        raise UsageError(
            "too-few-photos",
            f"{folder} has {len(rows)} photos that can be read; {FEWEST} are needed.",
            "Choose a larger folder, or leave it out: then there is no int8 form.",
        )
    inputs = np.stack(rows)
    calibration, measured = np.split(inputs, [len(inputs) // 3])
    return calibration, measured


def made_inputs(card: ModelCard) -> Float32Array:
    """The probe's picture turned, mirrored and in other sizes, float32[8, 3, S, S]: to compare on without photos."""
    probe = card.probe.image()
    turned = [probe.rotate(angle, expand=True) for angle in (0, 90, 180, 270)]
    larger = [
        image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((image.width * 7, image.height * 5)) for image in turned
    ]
    return np.stack([preprocess(image, card) for image in (*turned, *larger)])


def _laboratory(folder: Path, ctx: JobContext) -> Iterator[Image.Image]:
    photos = load_photos(folder, _LABORATORY_SIZE, ctx, places.RUNS / "cache")
    for row in np.random.default_rng(0).permutation(len(photos.images)):
        yield Image.fromarray(photos.images[row].transpose(1, 2, 0))


def _own(folder: Path, card: ModelCard, ctx: JobContext) -> Iterator[Image.Image]:
    files = scan(folder, ctx).files
    for row in np.random.default_rng(0).permutation(len(files)):
        ctx.check()
        try:
            yield decode(
                read_bytes(files[row].path), decode_size(card), format=files[row].format, check=ctx.check
            ).image
        except (DecodeError, OSError):
            continue  # a picture less to measure on; `kindred index` names the damaged ones
