"""Models that are not what their card says, or not what a model may be: each is refused."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from tests.helpers import figures
from tests.helpers.tiny_model import make_tiny_model


def flip(folder: Path, rng: random.Random) -> None:
    """A few bits of one of the files."""
    file = folder / rng.choice(["model.onnx", "model.int8.onnx"])
    data = bytearray(file.read_bytes())
    for at in {rng.randrange(8 * len(data)) for _ in range(rng.choice((1, 1, 2, 50)))}:
        data[at // 8] ^= 1 << at % 8
    file.write_bytes(data)


def cut(folder: Path, rng: random.Random) -> None:
    file = folder / rng.choice(["model.onnx", "model.int8.onnx"])
    data = file.read_bytes()
    file.write_bytes(data[: rng.randrange(len(data))])


def lengthen(folder: Path, rng: random.Random) -> None:
    with (folder / rng.choice(["model.onnx", "model.int8.onnx"])).open("ab") as file:
        file.write(rng.randbytes(rng.choice((1, 7, 4096))))


def swap(folder: Path, rng: random.Random) -> None:
    one, other = folder / "model.onnx", folder / "model.int8.onnx"
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def foreign(folder: Path, rng: random.Random) -> None:
    """Another good model in its place."""
    make_tiny_model(folder.with_name("foreign"), seed=rng.randrange(1, 10**6))
    shutil.copyfile(folder.with_name("foreign") / "model.onnx", folder / "model.onnx")
    shutil.rmtree(folder.with_name("foreign"))


def missing(folder: Path, rng: random.Random) -> None:
    (folder / rng.choice(["model.onnx", "model.int8.onnx", "card.json"])).unlink()


def cut_card(folder: Path, rng: random.Random) -> None:
    data = (folder / "card.json").read_bytes()
    (folder / "card.json").write_bytes(data[: rng.randrange(len(data))])


def in_agreement(change: Callable[[onnx.ModelProto, random.Random], None]) -> Callable[[Path, random.Random], None]:
    """Altered by somebody who also writes the new hash into the card."""

    def alter(folder: Path, rng: random.Random) -> None:
        model = onnx.load(folder / "model.onnx")
        change(model, rng)
        data = model.SerializeToString()
        (folder / "model.onnx").write_bytes(data)
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        card["onnx_sha256"] = hashlib.sha256(data).hexdigest()
        (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")

    alter.__name__ = change.__name__
    return alter


def outside_data(model: onnx.ModelProto, rng: random.Random) -> None:
    tensor = rng.choice(list(model.graph.initializer))
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/hostname")
    tensor.ClearField("raw_data")


def custom_operator(model: onnx.ModelProto, rng: random.Random) -> None:
    rng.choice(list(model.graph.node)).domain = "com.somebody"


def other_weights(model: onnx.ModelProto, rng: random.Random) -> None:
    tensor = next(tensor for tensor in model.graph.initializer if tensor.name == "mix")
    noise = np.random.default_rng(rng.randrange(10**6)).normal(size=tuple(tensor.dims))
    tensor.CopyFrom(numpy_helper.from_array(noise.astype(np.float32), "mix"))


def other_width(model: onnx.ModelProto, rng: random.Random) -> None:
    for tensor in model.graph.initializer:
        if tensor.name in ("mix", "bias"):
            values = numpy_helper.to_array(tensor)
            tensor.CopyFrom(numpy_helper.from_array(np.repeat(values, 2, axis=-1), tensor.name))
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", None]))


def other_input(model: onnx.ModelProto, rng: random.Random) -> None:
    model.graph.input.append(helper.make_tensor_value_info("more", TensorProto.FLOAT, ["batch", 1]))


def unknown_operator(model: onnx.ModelProto, rng: random.Random) -> None:
    rng.choice(list(model.graph.node)).op_type = "NoSuchOperator"


ALTERATIONS = [
    *(flip, cut, lengthen, swap, foreign, missing, cut_card),
    *map(in_agreement, (outside_data, custom_operator, other_weights, other_width, other_input, unknown_operator)),
]


def test_every_altered_model_is_refused(tmp_path: Path, nightly: bool, chance: random.Random) -> None:
    good = make_tiny_model(tmp_path / "tiny", int8=True)
    assert shelf.check(load_card(good))["float"] > 0.999
    refused = 0
    for alteration in ALTERATIONS * (8 if nightly else 2):
        folder = tmp_path / "altered" / "tiny"
        shutil.copytree(good, folder)
        alteration(folder, chance)
        with pytest.raises(ModelError) as caught:
            pytest.fail(f"{alteration.__name__}: {shelf.check(load_card(folder))}")
        assert caught.value.message
        with pytest.raises(ModelError):
            shelf.add(folder)
        assert shelf.find_models() == () or all(card.name != "tiny" for card in shelf.find_models())
        refused += 1
        shutil.rmtree(folder.parent)
    figures.count("altered models refused", refused)
