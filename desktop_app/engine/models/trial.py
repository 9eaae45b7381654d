"""How a model treats pictures that are nothing like each other: it must tell them apart, each by itself."""

from __future__ import annotations

import math
import time

import numpy as np
from PIL import Image, ImageOps

from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import GROUP, Embedder, Session
from desktop_app.engine.types import Float32Array

_OWN = 1e-5
"""How far a vector's numbers may move, relative to its length, when other pictures are run beside it: rounding."""

_TIMINGS = 5


def depends_on_company(session: Session) -> bool:
    """Whether a picture's embedding depends on what else is run with it, so that no cache could keep it."""
    batch = _pictures(session)
    together, alone = session.run(batch), np.concatenate([session.run(picture[np.newaxis]) for picture in batch])
    moved = np.linalg.norm(together - alone, axis=1)
    return bool((moved > _OWN * np.linalg.norm(alone, axis=1)).any())


def is_blind(session: Session) -> bool:
    """Whether different pictures get one and the same embedding, as after a quantization that went wrong."""
    found = session.run(_pictures(session))
    return len(np.unique(found, axis=0)) < len(found)


def seconds_a_picture(embedder: Embedder) -> float:
    """How long the model takes for a picture that is decoded, from the fastest of a few batches run by one thread.

    Raises:
        ModelError: ``model-failed``.
    """
    pictures = [embedder.card.probe.image()] * GROUP
    seconds = math.inf
    for _ in range(_TIMINGS):
        start = time.perf_counter()
        embedder.embed(pictures)
        seconds = min(seconds, time.perf_counter() - start)
    return seconds / GROUP


def _pictures(session: Session) -> Float32Array:
    """float32[4, 3, S, S]: the card's probe, its negative, noise, and stripes."""
    card = session.card
    probe, side = card.probe.image(), 2 * card.preprocessing.resize_to
    noise = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    stripes = np.broadcast_to((np.arange(side) // 8 % 2 * 255).astype(np.uint8)[:, None, None], (side, side, 3))
    pictures = [probe, ImageOps.invert(probe), Image.fromarray(noise), Image.fromarray(np.ascontiguousarray(stripes))]
    return np.stack([preprocess(picture, card) for picture in pictures])
