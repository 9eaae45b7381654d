from __future__ import annotations

import pytest
import torch
from torch import nn

from desktop_app.engine.errors import UsageError
from training.networks.backbones import BACKBONES, build_backbone
from training.networks.torchvision_compat import import_torchvision

import_torchvision()
from torchvision.models import ResNet, resnet18  # noqa: E402

TORCHVISIONS = set(resnet18(weights=None).state_dict())
RESNETS = [name for name in BACKBONES if name.startswith("resnet18")]
NARROWEST = [name for name in BACKBONES if name.endswith("-w16")]


def final_map(network: nn.Module, size: int) -> tuple[int, int]:
    """Sides of what the last block gives for a picture of ``size`` pixels."""
    seen: list[torch.Size] = []
    last = "layer4" if isinstance(network, ResNet) else str(len(network) - 3)  # before the mean over places
    handle = network.get_submodule(last).register_forward_hook(lambda *call: seen.append(call[2].shape))
    with torch.no_grad():
        network.eval()(torch.zeros(1, 3, size, size))
    handle.remove()
    return seen[0][2], seen[0][3]


@pytest.mark.parametrize("name", RESNETS)
def test_keys_are_torchvisions(name: str) -> None:
    assert set(BACKBONES[name].build().state_dict()) == TORCHVISIONS - {"fc.weight", "fc.bias"}


def test_shapes_are_torchvisions_where_the_stem_is() -> None:
    theirs = resnet18(weights=None)
    theirs.fc = nn.Identity()
    theirs.load_state_dict(build_backbone("resnet18", seed=0).state_dict())
    small, own = build_backbone("resnet18-cifar", seed=0).state_dict(), theirs.state_dict()
    assert [key for key, value in small.items() if value.shape != own[key].shape] == ["conv1.weight"]


@pytest.mark.parametrize(
    ("name", "size", "side"),
    [
        ("resnet18-w16", 64, 2),
        ("resnet18-w16", 96, 3),
        ("resnet18-w16", 128, 4),
        ("resnet18-w16", 224, 7),
        ("resnet18-cifar-w16", 32, 4),
        ("resnet18-cifar-w16", 64, 8),
        ("resnet18-s2-w16", 32, 2),
        ("resnet18-s2-w16", 64, 4),
        ("resnet18-stl-w16", 96, 7),
        ("cifarnet-w16", 32, 3),
        ("cifarnet-w16", 64, 7),
    ],
)
def test_final_maps_are_as_the_stems_promise(name: str, size: int, side: int) -> None:
    assert final_map(build_backbone(name, seed=0), size) == (side, side)


@pytest.mark.parametrize("name", NARROWEST)
def test_min_size_is_the_smallest_with_a_map_of_2x2(name: str) -> None:
    network, smallest = build_backbone(name, seed=0), BACKBONES[name].min_size
    assert final_map(network, smallest) == (2, 2)
    assert final_map(network, smallest - 1) == (1, 1)


@pytest.mark.parametrize(
    ("name", "millions"), [("resnet18", 11.177), ("resnet18-cifar", 11.169), ("resnet18-w48", 6.29)]
)
def test_numbers_of_parameters(name: str, millions: float) -> None:
    count = sum(p.numel() for p in build_backbone(name, seed=0).parameters())
    assert count / 1e6 == pytest.approx(millions, abs=1e-3)


@pytest.mark.parametrize("name", [*(name for name in NARROWEST if name in RESNETS), "resnet18-s2-w48"])
def test_features_have_the_promised_length_and_keep_their_scale(name: str) -> None:
    network, size = build_backbone(name, seed=0), 2 * BACKBONES[name].min_size
    images = torch.randn(4, 3, size, size, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        features = network(images)
    assert features.shape == (4, BACKBONES[name].dim)
    # Kaiming's initialization keeps values near one through 17 layers; PyTorch's own would let them fade.
    assert 0.2 < float(features.std()) < 5


def test_features_without_shortcuts_have_the_promised_length() -> None:
    for name in ("cifarnet-w16", "cifarnet-w48", "plain", "tiny"):
        network = build_backbone(name, seed=0)
        assert network(torch.zeros(2, 3, 32, 32)).shape == (2, BACKBONES[name].dim)


def test_the_seed_decides_the_weights() -> None:
    first, again, other = (build_backbone("resnet18-s2-w16", seed).state_dict()["conv1.weight"] for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="resnet18-s2-w32") as caught:
        build_backbone("resnet19", seed=0)
    assert caught.value.code == "unknown-backbone"
