"""The protocol of Kong 2022, which both of his experiments follow: SimCLR, two principal components, k-means, elbow."""

from __future__ import annotations

import dataclasses

from desktop_app.engine.clustering import elbow, kmeans

from ..config import Config, shipped_config
from ..measuring.features import embed_photos
from .album import draw_album, near
from .labeled import SPACES, Labeled, record_bend, score_spaces, trained
from .row import Bench

KONG = "Kong's protocol"
KONG_SPACE = "PCA-2 of raw features"
_TUTORIAL_SIZE = 128
_LARGEST_K = 20  # his charts run to some 20 groups; the range decides where a curve without structure bends


def kong_protocol(config: str, bench: Bench) -> tuple[Config, str]:
    """A configuration of the protocol by name, and a note on its input; a GPU is given the tutorial's size."""
    kong = shipped_config(config)
    if bench.device.startswith("cuda"):
        factor = _TUTORIAL_SIZE / kong.resolutions[0][1]
        low, high = kong.augment.blur_sigma
        blurred = dataclasses.replace(kong.augment, blur_sigma=(factor * low, factor * high))
        kong = dataclasses.replace(kong, resolutions=((0.0, _TUTORIAL_SIZE),), augment=blurred)
    return kong, f"input {kong.resolutions[0][1]} px; the tutorial that Kong followed has {_TUTORIAL_SIZE}"


def measure_kong(bench: Bench, data: Labeled, config: str, seed: int, k: int | None = None) -> None:
    """Train by the protocol, score its features in every space, and draw what the first seed gives.

    Args:
        bench: of the row.
        data: the pictures.
        config: name of the configuration.
        seed: of the run.
        k: groups to draw; None draws as many as the elbow says.
    """
    settings, note = kong_protocol(config, bench)
    network, origin = trained(bench, settings, data.photos, seed)
    origin["note"] = note
    size = settings.resolutions[-1][1]
    features = embed_photos(network, data.photos.images, size, bench.ctx, device=bench.device)
    score_spaces(bench, KONG, features, data, seed, origin)
    xy = SPACES[KONG_SPACE](features)
    curve = elbow.curve(xy, bench.ctx, k_max=_LARGEST_K, seed=seed)
    record_bend(bench, f"{KONG}; {KONG_SPACE}", curve, data, seed, origin)
    if seed == 0:
        groups = kmeans.fit(xy, k or curve.knee or curve.suggested, bench.ctx, seed=seed).labels
        draw_album(bench.folder / "kong", KONG, data, near(features), xy, groups, curve)
