"""Files of weights: the network in them is found in every common layout, or they are refused; none runs code."""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from desktop_app.engine.errors import UserError
from tests.helpers.foreign_checkpoints import (
    BACKBONE,
    State,
    classifier,
    facebook_dinov2,
    head,
    moco,
    openai_clip,
    plain,
    resnet,
    safetensors,
    scan,
    sequential,
    timm_model,
    under,
)
from training.convert.architectures import find
from training.convert.from_timm import own_translation
from training.convert.layouts import fit
from training.convert.weights import read_weights

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
