"""Kong 2022, first experiment: anime faces, looked at; here of 20 characters, so that they can be scored, too."""

from __future__ import annotations

from functools import partial

from PIL import Image

from desktop_app.engine.clustering import elbow
from desktop_app.engine.evaluate import color_histogram, pixels

from ..measuring.evaluation import card_embedder
from ..measuring.features import embed_photos
from ..networks.backbones import build_backbone
from .album import draw_album, near
from .kong import KONG, KONG_SPACE, kong_protocol, measure_kong
from .labeled import (
    KINDRED_SPACE,
    SPACES,
    Labeled,
    by_metric_in,
    by_space,
    group_by,
    load_labeled,
    record_bend,
    score_spaces,
)
from .row import Bench, Published, Row
from .sets import shipped_models
from .tables import Table, by_metric

_SHOWN = (KONG_SPACE, "unit features", KINDRED_SPACE)


def run(bench: Bench) -> None:
    """Measure the row: controls, the models that ship, Kong's protocol seed by seed; pictures of the last two."""
    faces = load_labeled("anime725", 128, bench, "725 anime faces of 20 characters")
    kong, data_hash = kong_protocol("kong-anime725", bench)[0].as_dict(), faces.photos.data_hash
    untrained = {"networks": [kong["backbone"], kong["resolutions"]], "seeds": bench.seeds}
    untrained |= {"models": {card.name: card.onnx_sha256 for card in shipped_models()}, "spaces": _SHOWN}
    bench.once("untrained", 0, data_hash, untrained, partial(_untrained, bench, faces))
    for seed in range(bench.seeds):
        settings = kong | {"spaces": list(SPACES)}
        bench.once("published", seed, data_hash, settings, partial(measure_kong, bench, faces, "kong-anime725", seed))


def _untrained(bench: Bench, faces: Labeled) -> None:
    images = [Image.fromarray(image.transpose(1, 2, 0)) for image in faces.photos.images]
    config, _ = kong_protocol("kong-anime725", bench)
    controls = {"raw pixels (16 x 16)": pixels(images), "color histogram (HSV)": color_histogram(images)}
    shipped = {f"model {card.name}": card_embedder(card)(images) for card in shipped_models()}
    for seed in range(bench.seeds):
        size = config.resolutions[-1][1]
        network = build_backbone(config.backbone, seed)
        features = embed_photos(network, faces.photos.images, size, bench.ctx, device=bench.device)
        for name, vectors in (controls | shipped | {"random weights": features}).items():
            score_spaces(bench, name, vectors, faces, seed, {"config": {"features": name}}, _SHOWN)
    for name, vectors in shipped.items():
        points = SPACES[KINDRED_SPACE](vectors)
        curve = elbow.curve(points, bench.ctx)
        record_bend(bench, f"{name}; {KINDRED_SPACE}", curve, faces, 0, {"config": {"features": name}})
        groups = group_by("kmeans", vectors, curve.suggested, 0, bench.ctx)
        xy = SPACES["PCA-2 of unit features"](vectors)
        draw_album(bench.folder / name.replace(" ", "-"), name, faces, near(vectors), xy, groups, curve)


ROW = Row(
    name="anime725",
    title="725 anime faces (Kong 2022, first experiment)",
    published=(Published("knee", 9, None, "Kong 2022, figure 4, 725 faces of one character", f"{KONG}; {KONG_SPACE}"),),
    run=run,
    needs="`anime725`, and about 12 minutes of one core",
    minutes=12,
    about=(
        "725 anime faces of 20 characters. Kong had 725 faces of one character and looked at the groups; here"
        " they can be scored."
    ),
    tables=(
        Table(
            question="Which features tell characters apart, and in which space?",
            reading=(
                "Majority ACC of k-means with 20 groups, on 725 faces of 20 characters; guessing gives {chance}. Two "
                "principal components of raw features are Kong's protocol; 32 of unit features are what the app groups."
            ),
            lines="features",
            place=by_space("majority ACC", _SHOWN),
        ),
        Table(
            question="Do other measures agree?",
            reading=f"The same in the last space ({KINDRED_SPACE}); neighbors are those of all features.",
            lines="features",
            place=by_metric_in(KINDRED_SPACE, ("ACC", "NMI", "ARI", "purity@5", "kNN5")),
        ),
        Table(
            question="Where does the elbow bend?",
            reading="The faces are of 20 characters.",
            lines="features and space",
            place=by_metric(("knee", "suggested k")),
        ),
    ),
)
