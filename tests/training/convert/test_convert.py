"""Whole conversions with random weights: the model is the network under its own preprocessing, or it is refused."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.shelf import check
from tests.helpers.foreign_checkpoints import (
    safetensors,
    timm_model,
)
from tests.helpers.laboratory import make_photos
from training.__main__ import main
from training.convert import convert
from training.convert.architectures import find
from training.convert.photos import FEWEST, photo_inputs
from training.convert.weights import read_weights
from training.measuring.evaluation import card_embedder
from training.networks.card import draft_card


def isolate(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """No network, and none of the laboratory's photos."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    patch.setattr(socket.socket, "connect", refuse)
    patch.setattr(socket, "getaddrinfo", refuse)
    patch.setenv("KINDRED_DATA", str(folder / "none"))


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    isolate(monkeypatch, tmp_path)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("resnet50", "torchvision:resnet50"),  # both libraries have it
        ("timm:resnet50", "timm:resnet50"),
        ("vit_base_patch32_clip_224.openai", "timm:vit_base_patch32_clip_224.openai"),
        ("resnet18-stl", "kindred:resnet18-stl"),
    ],
)
def test_names_are_looked_up_in_order(name: str, found: str) -> None:
    assert str(find(name)) == found


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("resnet_50", "unknown-architecture", "resnet50"),
        ("wav2vec2_base", "unknown-architecture", "no image model"),
        ("hf-hub:timm/resnet50.a1_in1k", "unknown-architecture", "torchvision or timm or kindred"),
        ("vit_base_patch32_clip_224.mine", "unknown-architecture", "openai"),
        ("torchvision:vit_small_patch14_dinov2", "unknown-architecture", "vit"),
        ("deeplabv3_resnet50", "not-an-image-model", "segmentation"),
        ("r3d_18", "not-an-image-model", "video"),
    ],
)
def test_names_that_are_no_image_models_are_refused_with_the_nearest(name: str, code: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(name)
    assert caught.value.code == code
    assert said in str(caught.value)


def picture(seed: int = 0) -> Image.Image:
    """Like a photo: structure at every scale."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (400, 300))
    for side in (4, 16, 64, 200):
        noise = Image.fromarray(rng.integers(0, 256, (side, side, 3), dtype=np.uint8))
        image = Image.blend(image, noise.resize(image.size, Image.Resampling.BICUBIC), 0.5)
    return image


@dataclass(frozen=True)
class Conversion:
    """A whole conversion by the command line, made once."""

    network: Any
    weights: Path
    models: Path
    said: str

    @property
    def command(self) -> list[str]:
        return ["convert", "test_vit.r160_in1k", "--weights", str(self.weights), "--to", str(self.models)]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Conversion:
    folder = tmp_path_factory.mktemp("converted")
    made = Conversion(timm_model("test_vit.r160_in1k"), folder / "model.safetensors", folder / "models", "")
    safetensors(made.network.state_dict(), made.weights)
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as said:
        isolate(patch, folder)
        assert main(made.command) == 0
    return dataclasses.replace(made, said=said.getvalue())


def test_a_converted_model_is_timms_own_features_of_timms_own_preprocessing(converted: Conversion) -> None:
    network, card = converted.network, load_card(converted.models / "test_vit.r160_in1k")

    import timm

    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(network))
    images = [picture(seed) for seed in range(4)]
    theirs = torch.stack([transform(image) for image in images])
    ours = np.stack([preprocess(image, card) for image in images])
    with torch.no_grad():
        expected = network.forward_head(network.forward_features(theirs), pre_logits=True).numpy()
    found = card_embedder(card)(images)
    cosine = (expected * found).sum(1) / np.linalg.norm(expected, axis=1) / np.linalg.norm(found, axis=1)
    assert cosine.min() > 0.9999
    # Theirs rounds to whole gray levels between resizing and cropping, ours crops while resizing.
    levels = np.abs(ours - theirs.numpy()) * 255 * np.asarray(card.preprocessing.std)[:, None, None]
    assert levels.mean() < 0.5


def test_the_card_and_the_command_say_what_the_model_is(converted: Conversion) -> None:
    card = load_card(converted.models / "test_vit.r160_in1k")
    assert check(card)["float"] > 0.9999
    assert card.int8 is None
    assert "no photos" in card.provenance.figures["int8"]
    assert read_weights(converted.weights).sha256 in card.provenance.method
    assert card.provenance.config["left_out"] == {"head": 2}
    assert "Not the Kindred project's" in card.licence
    assert str(converted.weights.parent) not in (card.folder / "card.json").read_text()
    assert "left out, as no part of the features: head (2)" in converted.said
    assert "int8: not made" in converted.said


def test_a_converted_model_can_be_added_and_its_name_is_not_taken_twice(
    converted: Conversion, kindred_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = shelf.add(converted.models / "test_vit.r160_in1k")
    assert card.folder.is_relative_to(kindred_home)
    assert shelf.resolve("test_vit.r160_in1k") == card
    before = {path: path.read_bytes() for path in converted.models.rglob("*.*") if path.is_file()}
    assert main(converted.command) == 4
    assert "kindred models remove test_vit.r160_in1k" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in converted.models.rglob("*.*") if path.is_file()} == before


@pytest.mark.slow
def test_int8_is_made_of_the_persons_pictures_and_measured(tmp_path: Path) -> None:
    for number, pixels in enumerate(make_photos(FEWEST).images):
        Image.fromarray(pixels.transpose(1, 2, 0)).save(tmp_path / f"{number}.png")
    torch.save(timm_model("test_resnet").state_dict(), tmp_path / "file.pth")
    made = convert(
        "timm:test_resnet", tmp_path / "file.pth", tmp_path / "models", JobContext(), size=32, calibrate=tmp_path
    )
    overlap = made.card.provenance.figures["int8_neighbor_overlap_at_10"]
    assert (made.card.int8 is not None) == (overlap >= 0.9)


def test_too_few_pictures_to_calibrate_with_are_told(tmp_path: Path) -> None:
    card = draft_card("x", 32, 8)
    assert photo_inputs(None, card, JobContext()) is None
    picture().save(tmp_path / "one.jpg")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    with pytest.raises(UsageError, match=f"has 1 photos that can be read; {FEWEST}") as caught:
        photo_inputs(tmp_path, card, JobContext())
    assert caught.value.code == "too-few-photos"
    with pytest.raises(UsageError, match="none"):
        photo_inputs(tmp_path / "none", card, JobContext())


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"size": 4}, "size-unsupported"),
        ({"size": 5000}, "size-unsupported"),
        ({"size": 33}, "size-unsupported"),  # no whole number of patches
        ({"name": "../mine"}, "bad-name"),
        ({"name": "Con"}, "bad-name"),
    ],
)
def test_a_request_that_cannot_be_met_leaves_nothing_behind(options: dict[str, Any], code: str, tmp_path: Path) -> None:
    safetensors(timm_model("test_vit").state_dict(), tmp_path / "file")
    with pytest.raises(UsageError) as caught:
        convert("test_vit", tmp_path / "file", tmp_path / "models", JobContext(), **options)
    assert caught.value.code == code
    assert not (tmp_path / "models").exists()


def test_a_model_beyond_the_apps_limit_is_refused_before_it_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safetensors(timm_model("test_vit").state_dict(), tmp_path / "file")
    monkeypatch.setattr("training.convert.MAX_ONNX_BYTES", 1000)
    with pytest.raises(UserError, match="half precision") as caught:
        convert("test_vit", tmp_path / "file", tmp_path / "models", JobContext())
    assert caught.value.code == "model-too-large"
