"""Checkpoints in the layouts people meet, with random weights: what is converted is the network, or it is refused."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import pickle
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from desktop_app.engine import model_card
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.model_card import check, load_card
from desktop_app.engine.preprocess import preprocess
from tests.training.conftest import make_photos
from training.__main__ import main
from training.backbones import build_backbone
from training.card import draft_card
from training.convert import convert
from training.convert.architectures import find
from training.convert.from_timm import own_translation
from training.convert.layouts import fit
from training.convert.photos import FEWEST, photo_inputs
from training.convert.weights import read_weights
from training.evaluation import card_embedder

State = dict[str, Tensor]


@pytest.fixture(autouse=True)
def _offline_and_without_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "none"))


def stirred(network: nn.Module, seed: int = 0) -> nn.Module:
    """Every value random, so that a swapped, lacking or left out one shows."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if name.endswith("running_var"):
                value.uniform_(0.5, 1.5, generator=generator)
            elif value.is_floating_point():
                value.add_(torch.randn(value.shape, generator=generator) * 0.02)
    return network.eval()


BACKBONE = {"7x7": "resnet18-w16", "3x3": "resnet18-cifar-w16"}


def resnet(stem: str, seed: int = 0) -> Any:
    """A narrow ResNet-18 with torchvision's names, and its stem or the one before CIFAR."""
    return stirred(build_backbone(BACKBONE[stem], seed), seed)


def plain(network: nn.Module) -> State:
    return dict(network.state_dict())


def under(prefix: str, state: State) -> State:
    return {prefix + key: value for key, value in state.items()}


def head(dim: int = 128) -> State:
    return {"0.weight": torch.randn(dim, dim), "0.bias": torch.randn(dim), "2.weight": torch.randn(10, dim)}


def classifier() -> State:
    return {"fc.weight": torch.randn(10, 128), "fc.bias": torch.randn(10)}


def sequential(network: Any, *, pool: bool) -> State:
    """As projects number a ResNet's layers that rebuild it from its children."""
    layers = [network.conv1, network.bn1, network.relu, *([network.maxpool] if pool else [])]
    layers += [network.layer1, network.layer2, network.layer3, network.layer4, network.avgpool]
    return nn.Sequential(*layers).state_dict()


def moco(network: Any) -> Any:
    slow = plain(resnet("7x7", seed=9))
    state = under("module.encoder_q.", plain(network) | under("fc.", head()))
    state |= under("module.encoder_k.", slow | under("fc.", head()))
    queue = {"module.queue": torch.randn(128, 64), "module.queue_ptr": torch.zeros(1, dtype=torch.long)}
    return {"epoch": 200, "arch": "resnet18", "state_dict": state | queue, "optimizer": {"state": {}}}


def scan(network: Any) -> Any:
    state = {key.replace("downsample", "shortcut"): value for key, value in plain(network).items()}
    cluster = {"module.cluster_head.0.weight": torch.randn(10, 128), "module.cluster_head.0.bias": torch.randn(10)}
    return {"model": under("module.backbone.", state) | cluster, "head": np.int64(0)}


LAYOUTS: dict[str, tuple[str, Callable[[Any], Any], set[str]]] = {
    "torchvision": ("7x7", lambda n: plain(n) | classifier(), {"fc"}),
    "data parallel": ("7x7", lambda n: {"state_dict": under("module.", plain(n) | classifier())}, {"fc"}),
    "MoCo": ("7x7", moco, {"fc", "encoder_k", "queue", "queue_ptr"}),
    "SCAN": ("3x3", scan, {"cluster_head"}),
    "SimCLR f.": ("3x3", lambda n: under("f.", sequential(n, pool=False)) | under("g.", head()), {"g"}),
    "SimCLR backbone.": ("7x7", lambda n: {"state_dict": under("backbone.", plain(n) | under("fc.", head()))}, {"fc"}),
    "lightly": (
        "7x7",
        lambda n: {"state_dict": under("backbone.", sequential(n, pool=True)) | under("projection_head.", head())},
        {"projection_head"},
    ),
    "lightning encoder.": ("7x7", lambda n: {"state_dict": under("encoder.", plain(n))}, set()),
    "net.": ("3x3", lambda n: {"net": under("net.", plain(n))}, set()),
    "DINO": ("7x7", lambda n: {"student": {"a": torch.ones(1)}, "teacher": under("backbone.", plain(n))}, set()),
    "half precision": ("7x7", lambda n: {key: value.half() for key, value in plain(n).items()}, set()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_network_is_found_in_every_common_layout(layout: str, tmp_path: Path) -> None:
    stem, write, dropped = LAYOUTS[layout]
    network = resnet(stem)
    torch.save(write(network), tmp_path / "file.pth")
    weights = read_weights(tmp_path / "file.pth")
    built = find(BACKBONE[stem]).build(weights, None)
    found = fit(built.network, weights, built.translations, built.heads)
    assert set(found.dropped) == dropped
    expected = plain(network)
    wanted = {key for key in expected if not key.endswith("num_batches_tracked")}
    assert found.state.keys() == wanted
    tolerance = 1e-2 if layout == "half precision" else 0
    for key in wanted:
        torch.testing.assert_close(found.state[key].float(), expected[key], atol=tolerance, rtol=tolerance)


@pytest.mark.parametrize(("kernel", "size", "resize_to"), [(7, 224, 256), (3, 32, 32)])
def test_a_resnets_stem_is_told_from_its_first_convolution(
    kernel: int, size: int, resize_to: int, tmp_path: Path
) -> None:
    torch.save({"a.conv1.weight": torch.ones(64, 3, kernel, kernel)}, tmp_path / "file.pth")
    built = find("resnet18").build(read_weights(tmp_path / "file.pth"), None)
    assert built.network.conv1.weight.shape[-1] == kernel
    assert (built.size, built.preprocessing.resize_to) == (size, resize_to)
    assert ("CIFAR" if kernel == 3 else "does not tell its preprocessing") in built.notes[0]


def test_a_resnet_34_is_no_resnet_18_though_it_holds_all_its_weights(tmp_path: Path) -> None:
    state = plain(resnet("7x7"))
    state |= {key.replace("layer1.1", "layer1.2"): value for key, value in state.items() if "layer1.1" in key}
    torch.save(state, tmp_path / "file.pth")
    weights = read_weights(tmp_path / "file.pth")
    built = find("resnet18-w16").build(weights, None)
    with pytest.raises(UserError, match=r"layer1\.2\.conv1\.weight") as caught:
        fit(built.network, weights, built.translations, built.heads)
    assert caught.value.code == "weights-left-over"


def spoiled(change: Callable[[State], object]) -> Callable[[], State]:
    def make() -> State:
        state = plain(resnet("7x7"))
        change(state)
        return state

    return make


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (spoiled(lambda s: s.pop("layer3.1.bn2.running_mean")), "weights-missing-keys", "layer3.1.bn2.running_mean"),
        (spoiled(lambda s: s.update({"bn1.bias": torch.ones(32)})), "weights-missing-keys", "bn1.bias is 32, not 16"),
        (spoiled(lambda s: s["bn1.bias"].fill_(torch.nan)), "weights-not-finite", "bn1.bias"),
        (spoiled(lambda s: s.update(under("a.", dict(s))) or s.update(under("b.", dict(s)))), "", ""),
    ],
    ids=["missing", "other shape", "not finite", "a copy beside it"],
)
def test_no_weight_stays_random(make: Callable[[], State], code: str, said: str, tmp_path: Path) -> None:
    torch.save(make(), tmp_path / "file.pth")
    weights = read_weights(tmp_path / "file.pth")
    built = find("resnet18-w16").build(weights, None)
    if not code:
        assert fit(built.network, weights, built.translations, built.heads).prefix == ""
        return
    with pytest.raises(UserError) as caught:
        fit(built.network, weights, built.translations, built.heads)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_two_networks_of_equal_right_are_not_guessed_between(tmp_path: Path) -> None:
    state = under("left.", plain(resnet("7x7"))) | under("right.", plain(resnet("7x7", seed=1)))
    torch.save(state, tmp_path / "file.pth")
    weights = read_weights(tmp_path / "file.pth")
    built = find("resnet18-w16").build(weights, None)
    with pytest.raises(UserError, match=r"left\., right\.") as caught:
        fit(built.network, weights, built.translations, built.heads)
    assert caught.value.code == "weights-ambiguous"


class Trap:
    """Makes a folder when unpickled by something that runs what it reads."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_code_in_a_checkpoint_is_named_and_never_run(tmp_path: Path) -> None:
    trap = Trap(tmp_path / "sprung")
    (tmp_path / "raw.pth").write_bytes(pickle.dumps(trap, protocol=2))
    (tmp_path / "new.pth").write_bytes(pickle.dumps(trap))  # a protocol that torch does not even try to read
    torch.save({"state_dict": plain(resnet("7x7")), "extra": trap}, tmp_path / "zip.pth")
    torch.save({"x": trap}, tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    for name in ("raw.pth", "new.pth", "zip.pth", "old.pth"):
        with pytest.raises(UserError) as caught:
            read_weights(tmp_path / name)
        if name == "new.pth":
            assert caught.value.code == "weights-unreadable"
        else:
            assert caught.value.code == "weights-need-code", name
            assert "mkdir" in caught.value.message
    assert not trap.path.exists()
    pickle.loads((tmp_path / "raw.pth").read_bytes())
    assert trap.path.exists()  # the trap works, so its silence above means something


def torchscript(path: Path) -> None:
    with pytest.warns(DeprecationWarning, match="torch.jit"):
        torch.jit.save(torch.jit.script(nn.Linear(2, 2)), path)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (lambda path: None, "weights-missing"),
        (lambda path: path.mkdir(), "weights-missing"),
        (lambda path: path.write_bytes(b""), "weights-unreadable"),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)), "weights-unreadable"),
        (lambda path: path.write_bytes(struct.pack("<Q", 2**40) + b'{"a":'), "weights-unreadable"),
        (lambda path: (torch.save({"a": torch.ones(999)}, path), cut(path)), "weights-unreadable"),
        (lambda path: (safetensors({"a": torch.ones(999)}, path), cut(path)), "weights-unreadable"),
        (torchscript, "weights-need-code"),
        (lambda path: torch.save({"epoch": 3, "optimizer": {"lr": 0.1}}, path), "weights-without-tensors"),
        (lambda path: torch.save(torch.ones(3), path), "weights-without-tensors"),
    ],
    ids=["none", "folder", "empty", "png", "huge header", "cut", "cut st", "torchscript", "no tensors", "one tensor"],
)
def test_what_is_no_checkpoint_is_refused_in_words(write: Callable[[Path], object], code: str, tmp_path: Path) -> None:
    write(tmp_path / "file")
    with pytest.raises(UserError, match="file") as caught:
        read_weights(tmp_path / "file")
    assert caught.value.code == code


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def safetensors(state: State, path: Path) -> None:
    from safetensors.torch import save_file

    save_file(state, path)


def test_what_timm_says_of_weights_is_passed_on(tmp_path: Path) -> None:
    torch.save({"a": torch.ones(1)}, tmp_path / "file")
    weights = read_weights(tmp_path / "file")
    with torch.device("meta"):  # no weights are needed to be told
        assert "QuickGELU" in find("vit_base_patch32_clip_224.openai").build(weights, None).notes[0]
        assert "resnet18.tv_in1k" in find("timm:resnet18").build(weights, None).notes[0]


def test_positions_for_another_size_are_timms_own_and_told(tmp_path: Path) -> None:
    network = timm_model("test_vit")
    safetensors(network.state_dict(), tmp_path / "file")
    weights = read_weights(tmp_path / "file")
    built = find("test_vit").build(weights, 96)
    found = fit(built.network, weights, built.translations, built.heads)
    assert found.resized == ("pos_embed",)

    import timm

    state = network.state_dict()
    theirs = timm.create_model("test_vit", pretrained=True, img_size=96, pretrained_cfg_overlay={"state_dict": state})
    torch.testing.assert_close(found.state["pos_embed"], theirs.pos_embed.detach())


ORIGINAL = {"attn.qkv": "attn.in_proj", "norm_pre": "ln_pre", "norm1": "ln_1", "norm2": "ln_2", "mlp.fc1": "mlp.c_fc"}
ORIGINAL |= {"mlp.fc2": "mlp.c_proj", "attn.proj": "attn.out_proj", "blocks.": "transformer.resblocks."}


def openai_clip(network: Any) -> State:
    """As OpenAI names CLIP's tensors, the text's tower beside them."""
    state = {}
    for key, value in network.state_dict().items():
        for ours, theirs in ORIGINAL.items():
            key = key.replace(ours, theirs)
        state[key.replace("in_proj.", "in_proj_")] = value
    state["conv1.weight"] = state.pop("patch_embed.proj.weight")
    state["class_embedding"] = state.pop("cls_token")[0, 0]
    state["positional_embedding"] = state.pop("pos_embed")[0]
    state |= {"ln_post." + kind: state.pop("norm." + kind) for kind in ("weight", "bias")}
    state["proj"] = state.pop("head.weight").T.contiguous()
    del state["head.bias"]
    text = {"token_embedding.weight": torch.ones(9, 4), "logit_scale": torch.ones(())}
    return under("visual.", state) | text


def facebook_dinov2(network: Any) -> State:
    """As DINOv2's authors publish it: with the token that masks, which evaluation never uses."""
    return network.state_dict() | {"mask_token": torch.zeros(1, 64)}


SMALL = {"depth": 2, "embed_dim": 64, "num_heads": 2, "img_size": 64}


@pytest.mark.parametrize(
    ("name", "write", "dropped"),
    [
        ("vit_base_patch32_clip_224.openai", openai_clip, {"head", "logit_scale", "token_embedding"}),
        ("vit_small_patch14_dinov2", facebook_dinov2, {"mask_token"}),
    ],
)
def test_original_layouts_of_vision_transformers_are_read(
    name: str, write: Callable[[Any], State], dropped: set[str], tmp_path: Path
) -> None:
    network = timm_model(name, **SMALL | ({"img_size": 56} if "14" in name else {}))
    torch.save(write(network), tmp_path / "file")
    weights = read_weights(tmp_path / "file")
    small = timm_model(name, **SMALL | ({"img_size": 56} if "14" in name else {}), num_classes=0)
    found = fit(small, weights, (own_translation(name, small),), ("head",))
    assert set(found.dropped) == dropped
    small.load_state_dict(found.state)
    images = torch.randn(2, 3, *[small.patch_embed.img_size[0]] * 2, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = network.forward_head(network.forward_features(images), pre_logits=True)
        torch.testing.assert_close(small(images), expected)


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


def timm_model(name: str, **options: Any) -> Any:
    from training.torchvision_compat import import_torchvision

    import_torchvision()
    import timm

    return stirred(timm.create_model(name, pretrained=False, **options))


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
        patch.setenv("KINDRED_DATA", str(folder / "none"))
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
    card = model_card.add(converted.models / "test_vit.r160_in1k")
    assert card.folder.is_relative_to(kindred_home)
    assert model_card.resolve("test_vit.r160_in1k") == card
    before = {path: path.read_bytes() for path in converted.models.rglob("*.*") if path.is_file()}
    assert main(converted.command) == 2
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
    overlap = made.card.provenance.figures["int8_neighbour_overlap_at_10"]
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
