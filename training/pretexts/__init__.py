"""One file a pretext task, and the dict that names them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from desktop_app.engine.errors import UsageError

from ..config import Config, checked
from ..networks.backbones import BACKBONES, build_backbone
from .autoencoder import Autoencoder, AutoencoderParams
from .base import Pretext
from .byol import BYOL, BYOLParams
from .deepcluster import DeepCluster, DeepClusterParams
from .distill import Distill, DistillParams
from .dot import Dot, DotParams
from .instance import Instance, InstanceParams
from .jigsaw import Jigsaw, JigsawParams
from .moco import MoCo, MoCoParams
from .multicrop import MultiCrop, MultiCropParams
from .nnclr import NNCLR, NNCLRParams
from .pairs import Pairs, PairsParams
from .rotnet import RotNet, RotNetParams
from .scan import Scan, ScanParams
from .self_label import SelfLabel, SelfLabelParams
from .simclr import SimCLR, SimCLRParams


@dataclass(frozen=True, slots=True)
class PretextEntry:
    """An entry of `PRETEXTS`.

    Attributes:
        words: what a model card calls it; parameters of the task may stand in braces.
        params: dataclass of its parameters.
        build: the class that is built from them.
    """

    words: str
    params: type
    build: Callable[..., Pretext]


PRETEXTS: dict[str, PretextEntry] = {
    "simclr": PretextEntry("SimCLR", SimCLRParams, SimCLR),
    "moco": PretextEntry("MoCo v2", MoCoParams, MoCo),
    "byol": PretextEntry("BYOL", BYOLParams, BYOL),
    "nnclr": PretextEntry("NNCLR", NNCLRParams, NNCLR),
    "multicrop": PretextEntry("SimCLR with several crops", MultiCropParams, MultiCrop),
    "distill": PretextEntry(
        "distillation of a teacher that had been trained with labels ({teacher})", DistillParams, Distill
    ),
    "instance": PretextEntry("instance discrimination with a memory", InstanceParams, Instance),
    "rotnet": PretextEntry("RotNet", RotNetParams, RotNet),
    "jigsaw": PretextEntry("Jigsaw", JigsawParams, Jigsaw),
    "deepcluster": PretextEntry("DeepCluster with {clusters} clusters", DeepClusterParams, DeepCluster),
    "autoencoder": PretextEntry("an autoencoder", AutoencoderParams, Autoencoder),
    "pairs": PretextEntry("pair classification", PairsParams, Pairs),
    "dot": PretextEntry("dot-product similarity", DotParams, Dot),
    "scan": PretextEntry("SCAN", ScanParams, Scan),
    "self_label": PretextEntry("self-labeling", SelfLabelParams, SelfLabel),
}


def build_pretext(table: dict[str, Any], backbone: nn.Module, dim: int) -> Pretext:
    """The pretext task that a configuration's ``pretext`` table names, around ``backbone`` with ``dim`` features.

    Raises:
        UsageError: ``unknown-pretext``, or as `config.checked`.
    """
    name = table.get("name")
    if name is None:
        raise UsageError("unknown-pretext", "pretext: name is missing.", f"Known: {', '.join(PRETEXTS)}.")
    if not isinstance(name, str) or name not in PRETEXTS:
        raise UsageError("unknown-pretext", f"There is no pretext task {name!r}.", f"Known: {', '.join(PRETEXTS)}.")
    entry = PRETEXTS[name]
    params: object = checked(entry.params, {k: v for k, v in table.items() if k != "name"}, f"pretext {name}")
    return entry.build(backbone, dim, params)


def build(config: Config) -> Pretext:
    """The pretext task of ``config`` around its backbone, freshly initialized from the seed.

    Raises:
        UsageError: an unknown name, parameter or frozen part, or ``views-too-small`` for the backbone.
    """
    backbone = build_backbone(config.backbone, config.seed)
    entry = BACKBONES[config.backbone]
    smallest = min(size for _, size in config.resolutions)
    if smallest < entry.min_size:
        raise UsageError(
            "views-too-small", f"{config.backbone} needs views of at least {entry.min_size} px, not {smallest}."
        )
    pretext = build_pretext(config.pretext, backbone, entry.dim)
    pretext.freeze(config.frozen)
    return pretext


def in_words(table: dict[str, Any]) -> str:
    """What a model card calls the task of a configuration's ``pretext`` table."""
    return PRETEXTS[table["name"]].words.format(**table)
