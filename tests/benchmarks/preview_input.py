"""What a first grouping by previews would lose with a smaller input of the model. Prints a table; asserts nothing.

    python -m tests.benchmarks.preview_input [--sides 128 112 96]

Of each photo a preview (the camera's own, or one made of the whole photo as cameras make them) goes through the int8
model at the sides asked for, the whole photo through it as it is. What counts is how many of the nearest ten the two
have in common. Needs the sample data.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from PIL import Image

from desktop_app.engine.index.reading import decode_size
from desktop_app.engine.models.card import ModelCard, load_card
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import CPU, GROUP
from desktop_app.engine.pictures import decode
from desktop_app.engine.pictures.preview import glimpse
from desktop_app.engine.project import normalize
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Float32Array
from tests.helpers.common_neighbors import NEIGHBORS, overlap
from tests.helpers.sample_data import ROOT, sample_data

_PREVIEW = 160, 120


def smaller(card: ModelCard, side: int) -> tuple[ModelCard, ort.InferenceSession]:
    """The int8 model with another input, of which nothing but its size is changed."""
    model = onnx.load_from_string(card.read_onnx("int8"))
    for axis in model.graph.input[0].type.tensor_type.shape.dim[2:]:
        axis.dim_value = side
    del model.graph.value_info[:]
    options = ort.SessionOptions()
    options.log_severity_level = 4
    rule = replace(card.preprocessing, resize_to=card.preprocessing.resize_to * side // card.input.size)
    changed = replace(card, input=replace(card.input, size=side), preprocessing=rule)
    return changed, ort.InferenceSession(model.SerializeToString(), options, providers=[CPU])


def embedded(card: ModelCard, side: int, images: Sequence[Image.Image]) -> Float32Array:
    """Vectors float32[N, D] of unit length."""
    changed, session = smaller(card, side)
    parts = [images[start : start + GROUP] for start in range(0, len(images), GROUP)]
    batches = (np.stack([preprocess(image, changed) for image in part]) for part in parts)
    name = card.outputs.embedding.name
    return normalize(np.concatenate([session.run([name], {card.input.name: batch})[0] for batch in batches]))


def like_a_camera(whole: Image.Image) -> Image.Image:
    """A preview as most cameras make it, without bars."""
    width, height = _PREVIEW if whole.width >= whole.height else _PREVIEW[::-1]
    scale = min(width / whole.width, height / whole.height)
    small = whole.resize((round(whole.width * scale), round(whole.height * scale)), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=75)
    with Image.open(buffer) as found:
        return found.convert("RGB")


def folders() -> Iterator[tuple[str, list[Path]]]:
    yield "camera files", sorted((sample_data() / "originals").glob("*.[jJ][pP][gG]"))
    for folder in sorted((sample_data() / "folders").glob("*/")):
        yield folder.name, sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".png"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sides", type=int, nargs="+", default=[128, 112, 96])
    sides = parser.parse_args().sides
    card = load_card(ROOT / "models" / Settings().model)
    print(f"nearest {NEIGHBORS} in common, and mean cosine; {card.name}, int8")
    for name, paths in folders():
        if not paths:
            continue
        datas = [path.read_bytes() for path in paths]
        whole = [decode.decode(data, decode_size(card)).image for data in datas]
        if name == "camera files":
            seen = [glimpse(path) for path in paths]
            small = [image if one is None else one.image for one, image in zip(seen, whole, strict=True)]
        else:
            small = [like_a_camera(decode.decode(data, None).image) for data in datas]
        full = embedded(card, card.input.size, whole)
        for side in sides:
            found = embedded(card, side, small)
            cosine = float(np.mean(np.sum(full * found, axis=1)))
            print(f"{name:14}{len(paths):>5} photos {side:>4} px {100 * overlap(full, found):4.0f} %  {cosine:.3f}")


if __name__ == "__main__":
    main()
