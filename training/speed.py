"""What makes steps faster and changes nothing else about a run: number format, memory, a GPU's settings."""

from __future__ import annotations

import copy
import ctypes
import json
import math
import platform
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.errors import UserError

from . import distributed
from .config import Config

# bfloat16 has 8 bits: not worth its rounding for less than a tenth of the time.
_WORTH_BF16 = 0.9
_PROBE_VIEWS = 32
_PROBE_ROUNDS = 3
# A processor without instructions for bfloat16 takes ten times as long with it: a glance at a few views is enough then.
_GLANCE_VIEWS = 2
_HOPELESS = 3.0  # times the fastest at that glance
_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4  # of glibc's malloc.h
_COMBINATIONS = ((False, False), (False, True), (True, False), (True, True))


@dataclass(frozen=True, slots=True)
class Speed:
    """How steps are computed.

    Attributes:
        bf16: matrix products and convolutions in bfloat16 (autocast); weights, BatchNorm and losses in float32.
        channels_last: pictures and convolution weights in the memory order NHWC.
        measured: seconds a step of the probe took, by combination; empty where nothing was probed.
    """

    bf16: bool
    channels_last: bool
    measured: dict[str, float]

    def arrange(self, values: Tensor) -> Tensor:
        """Pictures in the memory order of the run; anything else as it is."""
        if self.channels_last and values.ndim == 4:
            return values.contiguous(memory_format=torch.channels_last)
        return values

    def place(self, model: nn.Module, device: str) -> None:
        """Move a model to the device, its weights in the memory order of the run."""
        if self.channels_last:
            model.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        else:
            model.to(device)

    def autocast(self, device: str) -> torch.autocast:
        """The context in which losses are computed."""
        return torch.autocast(device, dtype=torch.bfloat16, enabled=self.bf16)


def resumed_speed(config: Config, state: dict[str, Any], path: Path) -> Speed:
    """How the run of a checkpoint is computed: as before, or a resumed run would not repeat what it was.

    Args:
        config: of the run; what it forces must agree with what was done.
        state: the checkpoint. One from before ``speed`` was recorded was computed as its configuration said, in NHWC.
        path: where it was found.

    Raises:
        UserError: ``checkpoint-from-another-config``.
    """
    older = {"bf16": json.loads(state["config"]).get("bf16", True), "channels_last": True, "measured": {}}
    speed = Speed(**state.get("speed", older))
    for key in ("bf16", "channels_last"):
        if getattr(config, key) not in ("probe", getattr(speed, key)):
            raise UserError(
                "checkpoint-from-another-config",
                f"{path} was trained with {key} = {str(getattr(speed, key)).lower()}.",
                "Give the run another name, or remove its folder.",
            )
    return speed


def choose_speed(config: Config, backbone: nn.Module, device: str) -> Speed:
    """How a new run is computed: as configured, or else as a short probe of the backbone finds fastest.

    The probe times forward and backward passes of a copy at the last resolution, where most time is spent, all
    combinations in turns, and keeps the best of each: other work on the machine then slows them alike. A number format
    that a glance at very few views shows to be hopeless is left out.
    """
    wanted = (config.bf16, config.channels_last)
    formats = [f for f in _COMBINATIONS if all(w in ("probe", own) for w, own in zip(wanted, f, strict=True))]
    if len(formats) == 1:
        return Speed(*formats[0], {})
    views = config.batch if device == "cuda" else min(config.batch, _PROBE_VIEWS)
    size = config.resolutions[-1][1]
    glance: dict[bool, float] = {}
    for choice in formats:
        seconds = step_seconds(backbone, Speed(*choice, {}), min(views, _GLANCE_VIEWS), size, device)
        glance[choice[0]] = min(seconds, glance.get(choice[0], math.inf))
    formats = [choice for choice in formats if glance[choice[0]] <= _HOPELESS * min(glance.values())]
    best = dict.fromkeys(formats, math.inf)
    for _ in range(_PROBE_ROUNDS):
        for choice in formats:
            best[choice] = min(best[choice], step_seconds(backbone, Speed(*choice, {}), views, size, device))
    times = {choice: seconds * (1 if choice[0] else _WORTH_BF16) for choice, seconds in best.items()}
    chosen = formats[int(distributed.from_first(float(min(range(len(formats)), key=lambda i: times[formats[i]]))))]
    names = {choice: f"{'bf16' if choice[0] else 'float32'}, {'NHWC' if choice[1] else 'NCHW'}" for choice in formats}
    return Speed(*chosen, {names[choice]: round(seconds, 4) for choice, seconds in best.items()})


def step_seconds(backbone: nn.Module, speed: Speed, views: int, size: int, device: str) -> float:
    """Seconds of one forward and backward pass of a copy of ``backbone`` on noise, after one to warm up."""
    model = copy.deepcopy(backbone)
    speed.place(model, device)
    model.train()
    pictures = speed.arrange(torch.randn(views, 3, size, size, generator=torch.Generator().manual_seed(0)).to(device))
    began = 0.0
    for _ in range(2):
        _wait(device)
        began = time.perf_counter()
        with speed.autocast(device):
            loss = model(pictures).float().square().mean()
        if loss.requires_grad:  # a frozen network is only looked through
            loss.backward()
        _wait(device)
    return time.perf_counter() - began


def _wait(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def keep_memory() -> None:
    """Let what large tensors occupied be used again by the next step instead of being given back to the system.

    By default glibc asks the kernel for a new large block each time, which is filled with zeros page by page: a tenth
    of the time of a step on a slow processor, more on a fast one. Does nothing where the C library is another.
    """
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_MMAP_MAX, 0)
        libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)


def tune_gpu(model: nn.Module) -> None:
    """TF32 products, the fastest convolution by trial, and the networks of ``model`` compiled, each size by itself.

    The losses stay outside: they are small, and float32 is theirs.
    """
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.benchmark = True
    for part in model.children():
        part.compile(dynamic=False)


def uncompiled(device: str) -> AbstractContextManager[object]:
    """Where networks run as they are written: what is done once an epoch is not worth compiling for."""
    return torch.compiler.set_stance("force_eager") if device == "cuda" else nullcontext()


def stored_photos(images: npt.NDArray[np.uint8], device: str) -> npt.NDArray[np.uint8] | Tensor:
    """The photos where steps get at them fastest: in the GPU's memory if they fill less than half of what is free."""
    if device != "cuda" or images.nbytes > torch.cuda.mem_get_info()[0] / 2:
        return images
    return torch.from_numpy(np.array(images)).to(device)
