"""One file a pretext task, and the dict that names them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from desktop_app.engine.errors import UsageError
from training.config import parse_table
from training.pretexts.base import Pretext
from training.pretexts.distill import Distill, DistillParams
from training.pretexts.moco import MoCo, MoCoParams
from training.pretexts.multicrop import MultiCrop, MultiCropParams
from training.pretexts.nnclr import NNCLR, NNCLRParams
from training.pretexts.scan import Scan, ScanParams
from training.pretexts.self_label import SelfLabel, SelfLabelParams
from training.pretexts.simclr import SimCLR, SimCLRParams


@dataclass(frozen=True, slots=True)
class PretextEntry:
    """An entry of `PRETEXTS`: its parameters' dataclass and the class that is built from it."""

    params: type
    build: Callable[..., Pretext]


PRETEXTS: dict[str, PretextEntry] = {
    "simclr": PretextEntry(SimCLRParams, SimCLR),
    "moco": PretextEntry(MoCoParams, MoCo),
    "nnclr": PretextEntry(NNCLRParams, NNCLR),
    "multicrop": PretextEntry(MultiCropParams, MultiCrop),
    "distill": PretextEntry(DistillParams, Distill),
    "scan": PretextEntry(ScanParams, Scan),
    "self_label": PretextEntry(SelfLabelParams, SelfLabel),
}


def build_pretext(table: dict[str, Any], backbone: nn.Module, dim: int) -> Pretext:
    """The pretext task that a configuration's ``pretext`` table names, around ``backbone`` with ``dim`` features.

    Raises:
        UsageError: ``unknown-pretext``, or as `training.config.parse_table`.
    """
    name = table.get("name")
    if name not in PRETEXTS:
        raise UsageError("unknown-pretext", f"There is no pretext task {name!r}.", f"Known: {', '.join(PRETEXTS)}.")
    entry = PRETEXTS[name]
    params: object = parse_table(entry.params, {k: v for k, v in table.items() if k != "name"}, f"pretext {name}")
    return entry.build(backbone, dim, params)
