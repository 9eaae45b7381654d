"""Kong 2022, second experiment: 600 digits grouped without labels; as published, and repaired."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.clustering import elbow, kmeans
from desktop_app.engine.types import Float32Array
from training.backbones import build_backbone
from training.config import load_config
from training.features import embed_photos
from training.reproduce.album import draw_album
from training.reproduce.labelled import (
    CONFIGS,
    SPACES,
    Labelled,
    group_by,
    group_figures,
    kongs,
    load_labelled,
    neighbor_figures,
    record,
    score_spaces,
    trained,
)
from training.reproduce.row import Bench, Published, Row

KONG, REPAIRED = "Kong's protocol", "repaired"
KONGS_SPACE, KINDREDS_SPACE = "PCA-2 of raw features", "PCA-32 as Kindred groups"
_METHODS = ("agglomerative", "spectral", "scan", "temi")
_VIEWS = 32


def run(bench: Bench) -> None:
    """Measure the row: controls, then both protocols seed by seed, with pictures of the first."""
    digits = load_labelled("mnist600", 28, bench, "600 MNIST digits, 60 of each")
    _controls(bench, digits)
    for seed in range(bench.seeds):
        _published(bench, digits, seed)
        _repaired(bench, digits, seed)


def _controls(bench: Bench, digits: Labelled) -> None:
    pixels = (digits.photos.images[:, 0].reshape(len(digits.truth), -1) / 255).astype(np.float32)
    for seed in range(bench.seeds):
        score_spaces(bench, "raw pixels", pixels, digits, seed, {"config": {"features": "28 x 28 gray values"}})
        for name in (KONG, REPAIRED):
            config = kongs("kong-mnist600", bench)[0] if name == KONG else load_config(CONFIGS / "mnist600.toml")
            network, size = build_backbone(config.backbone, seed), config.resolutions[-1][1]
            features = embed_photos(network, digits.photos.images, size, bench.ctx, device=bench.device)
            origin = {"config": {"backbone": config.backbone, "size": size}}
            score_spaces(bench, f"random weights ({config.backbone})", features, digits, seed, origin)


def _published(bench: Bench, digits: Labelled, seed: int) -> None:
    config, note = kongs("kong-mnist600", bench)
    network, origin = trained(bench, config, digits.photos, seed)
    origin["note"] = note
    size = config.resolutions[-1][1]
    features = embed_photos(network, digits.photos.images, size, bench.ctx, device=bench.device)
    score_spaces(bench, KONG, features, digits, seed, origin)
    xy = SPACES[KONGS_SPACE](features)
    # His charts run to some 20 groups; the range decides where a curve without structure bends.
    curve = elbow.curve(xy, bench.ctx, k_max=20, seed=seed)
    bend = {"knee": float(curve.knee or 0), "suggested k": float(curve.suggested)}
    record(bench, f"{KONG}; {KONGS_SPACE}", bend, digits, seed, origin)
    if seed == 0:
        groups = kmeans.fit(xy, len(digits.classes), bench.ctx, seed=seed).labels
        draw_album(bench.folder / "kong", KONG, digits, features, xy, groups, curve)


def _repaired(bench: Bench, digits: Labelled, seed: int) -> None:
    config = load_config(CONFIGS / "mnist600.toml")
    network, origin = trained(bench, config, digits.photos, seed)
    size = config.resolutions[-1][1]

    def embed(views: int) -> Float32Array:
        images, ctx = digits.photos.images, bench.ctx
        return embed_photos(
            network, images, size, ctx, views=views, augment=config.augment, seed=seed, device=bench.device
        )

    score_spaces(bench, REPAIRED, embed(0), digits, seed, origin)
    features = embed(_VIEWS)
    variant = f"{REPAIRED}, mean of {_VIEWS} views"
    score_spaces(bench, variant, features, digits, seed, origin)
    near = neighbor_figures(features, digits.truth)
    found = {method: group_by(method, features, len(digits.classes), seed, bench.ctx) for method in _METHODS}
    for method, groups in found.items():
        record(bench, f"{variant}; {method}", group_figures(digits.truth, groups) | near, digits, seed, origin)
    points = SPACES[KINDREDS_SPACE](features)
    curve = elbow.curve(points, bench.ctx, seed=seed)
    bend = {"knee": float(curve.knee or 0), "suggested k": float(curve.suggested)}
    record(bench, f"{variant}; {KINDREDS_SPACE}", bend, digits, seed, origin)
    if seed == 0:
        title = f"{REPAIRED}, spectral groups"
        xy = SPACES["PCA-2 of unit features"](features)
        draw_album(bench.folder / "repaired", title, digits, features, xy, found["spectral"], curve)


_TABLE = "Kong 2022, table 4"
ROW = Row(
    name="mnist600",
    title="600 digits (Kong 2022, second experiment)",
    published=(
        Published("majority ACC", 32.0, None, _TABLE, f"{KONG}; {KONGS_SPACE}", target=1),
        Published("knee", 10, None, "Kong 2022, figure 8", f"{KONG}; {KONGS_SPACE}"),
        Published("majority ACC", 32.0, None, _TABLE, f"raw pixels; {KINDREDS_SPACE}", target=1),
        Published(
            "majority ACC", 32.0, None, _TABLE, f"{REPAIRED}, mean of {_VIEWS} views; {KINDREDS_SPACE}", target=1
        ),
        Published("majority ACC", 32.0, None, _TABLE, f"{REPAIRED}, mean of {_VIEWS} views; spectral", target=1),
    ),
    run=run,
    needs="`mnist600`",
)
