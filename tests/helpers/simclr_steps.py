"""Steps of training on made-up photos, for benchmarks."""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt
import torch

from training.config import AugmentConfig, Config, DataConfig, LimitsConfig
from training.loop import build_optimizer, update_average
from training.pretexts import build
from training.pretexts.base import Source
from training.speed import Speed, choose_speed, stored_photos, tune_gpu

HIDDEN = 1024


class Steps:
    """SimCLR as the loop computes it, in parts that can be timed one by one.

    Args:
        backbone: key of `BACKBONES`.
        size: side of the views in pixels.
        batch: photos a step.
        device: ``cpu`` or ``cuda``.
        speed: number format and memory order; None lets the probe choose.
    """

    def __init__(self, backbone: str, size: int, batch: int, device: str, speed: Speed | None = None) -> None:
        config = Config(
            name="speed",
            data=DataConfig("none", size=max(size, 96)),
            limits=LimitsConfig(epochs=1),
            pretext={"name": "simclr", "hidden": HIDDEN},
            backbone=backbone,
            batch=batch,
            resolutions=((0.0, size),),
            augment=AugmentConfig(),
        )
        self.device = device
        self.task = build(config)
        self.speed = speed or choose_speed(config, self.task.backbone, device)
        self.speed.place(self.task, device)
        self.average = copy.deepcopy(self.task.backbone)
        self.optimizer = build_optimizer(config.optimizer, self.task, fused=device == "cuda")
        if device == "cuda":
            tune_gpu(self.task)
        photos = stored_photos(made_up_photos(size, batch), device)
        self.source = Source(photos, size, config.augment, torch.Generator(device).manual_seed(0))
        self.rows = np.arange(0, 4 * batch, 4)
        self.ready = self.draw()
        self.task.train()

    def draw(self) -> list[torch.Tensor]:
        return [self.speed.arrange(part) for part in self.task.draw(self.rows, self.source)]

    def passes(self) -> None:
        self.task.zero_grad(set_to_none=True)
        with self.speed.autocast(self.device):
            loss = self.task(*self.ready)
        loss.backward()

    def step(self) -> None:
        self.ready = self.draw()
        self.passes()
        self.optimizer.step()
        update_average(self.average, self.task.backbone, 0.99)

    def computed_in(self) -> str:
        return f"{'bf16' if self.speed.bf16 else 'float32'} {'NHWC' if self.speed.channels_last else 'NCHW'}"


def made_up_photos(size: int, batch: int) -> npt.NDArray[np.uint8]:
    """uint8[4 * batch, 3, H, H] as they are stored: at 96 px, CIFAR-10's at their own size."""
    side = 32 if size == 32 else 96
    return np.random.default_rng(0).integers(0, 256, (4 * batch, 3, side, side), dtype=np.uint8)
