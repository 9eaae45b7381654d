"""Checkpoints with random weights, named and nested as their authors do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.networks.backbones import build_backbone

State = dict[str, Tensor]


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


def safetensors(state: State, path: Path) -> None:
    from safetensors.torch import save_file

    save_file(state, path)


def timm_model(name: str, **options: Any) -> Any:
    from training.networks.torchvision_compat import import_torchvision

    import_torchvision()
    import timm

    return stirred(timm.create_model(name, pretrained=False, **options))


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
