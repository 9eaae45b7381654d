"""Model cards as the laboratory writes them; the app's own `models.card` reads them back."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine.models.card import (
    CARD_FILE,
    ClusterOutput,
    EmbeddingOutput,
    InputSpec,
    ModelCard,
    Outputs,
    Preprocessing,
    Probe,
    Provenance,
)

from ..photos.augment import MEAN, STD

INPUT_NAME = "image"
OUTPUT_NAME = "embedding"
CLUSTERS_NAME = "clusters"
_LICENCE = (
    "Weights trained by the Kindred project, Apache-2.0. The photos they learned from come from collections whose own "
    "terms are partly research-only or unstated (see provenance): look at those before commercial use."
)


def draft_card(
    name: str,
    size: int,
    dim: int,
    *,
    title: str = "",
    description: str = "",
    preprocessing: Preprocessing | None = None,
    licence: str = _LICENCE,
    clusters: int = 0,
) -> ModelCard:
    """A card whose hashes, provenance and probe embedding are still to be filled in; `preprocess` can use it.

    Args:
        name: of the model.
        size: side of its input.
        dim: length of its embedding.
        title: shown to the person; the name, if empty.
        description: in plain words.
        preprocessing: other than this laboratory's own.
        licence: of the weights.
        clusters: how many cluster probabilities the model gives beside the embedding.
    """
    return ModelCard(
        schema_version=1,
        name=name,
        title=title or name,
        description=description,
        onnx_sha256="0" * 64,
        input=InputSpec(INPUT_NAME, size, "NCHW", "float32"),
        preprocessing=preprocessing or Preprocessing("short-side", size, "bicubic", "center", MEAN, STD),
        outputs=Outputs(
            EmbeddingOutput(OUTPUT_NAME, dim), ClusterOutput(CLUSTERS_NAME, clusters) if clusters else None
        ),
        licence=licence,
        provenance=Provenance("", "", {}, 0, "", {}),
        probe=Probe(probe_png(), (1.0,) * dim, 0.999),
        folder=Path(),
    )


def probe_png() -> str:
    """A picture with edges, gradients and colors, wider than high, so that resizing and cropping show: base64 PNG."""
    y, x = np.mgrid[0:48, 0:72].astype(np.float64)
    red = 128 + 100 * np.sin(x / 7) * np.cos(y / 11)
    green = 255 * x / 71
    blue = np.where((x - 40) ** 2 + (y - 20) ** 2 < 150, 230, 255 * y / 47)
    pixels = np.stack([red, green, blue], axis=2).round().clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")


def write_card(card: ModelCard, folder: Path) -> None:
    """Write ``card.json`` into ``folder``."""
    plain = dataclasses.asdict(card)
    del plain["folder"]
    for optional in ("int8", "words"):
        if plain[optional] is None:
            del plain[optional]
    if card.outputs.clusters is None:
        del plain["outputs"]["clusters"]
    text = json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")
