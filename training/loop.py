"""The one training loop: every method, every device, resumable at any step.

All randomness of step s is drawn from generators seeded with (seed, s), so a checkpoint needs no random state and
a resumed run repeats exactly what an uninterrupted one would have done. (A wall-clock budget bends the schedule by
the speed of the machine; without one, runs are bit-identical on the CPU.)
"""

from __future__ import annotations

import copy
import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from training import distributed
from training.backbones import BACKBONES, build_backbone
from training.checkpoint import load_checkpoint, save_checkpoint
from training.config import Config, OptimizerConfig
from training.data import PhotoArray
from training.health import health_report
from training.pretexts import build_pretext
from training.pretexts.base import Pretext, Source
from training.record import RunRecord
from training.schedule import Schedule
from training.start import load_start

CHECKPOINT = "checkpoint.pt"
_LOG_STEPS = 10
_HEALTH_IMAGES = 512


def train(config: Config, photos: PhotoArray, folder: Path, ctx: JobContext, *, device: str | None = None) -> Pretext:
    """Train, or go on training, until the limits of ``config`` are reached.

    Args:
        config: the run.
        photos: what to train on.
        folder: of the run; holds checkpoint, ``run.json``, ``metrics.csv``, ``health.csv``, ``curves.png``
            and, where something looks wrong, ``alarms.csv``.
        ctx: progress and cancelling; when cancelled, a checkpoint is written first.
        device: ``cpu`` or ``cuda``; by default CUDA where there is one.

    Returns:
        The pretext task with its trained backbone.

    Raises:
        UsageError: ``batch-larger-than-data``, ``views-too-small``, ``unknown-...``.
        UserError: ``loss-not-finite`` (the last good checkpoint stays), ``start-does-not-fit``, and the errors of
            `training.checkpoint`.
    """
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    distributed.start(device)
    share = config.batch // distributed.size()
    steps_per_epoch = len(photos.images) // config.batch
    if steps_per_epoch == 0:
        raise UsageError(
            "batch-larger-than-data", f"A batch of {config.batch} needs more than the {len(photos.images)} photos."
        )
    pretext = build(config)
    origin = None
    if config.start is not None and not (folder / CHECKPOINT).exists():
        origin = load_start(config.start, config.backbone, folder.parent / config.start.run / CHECKPOINT, pretext)
    pretext.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(pretext.backbone)
    optimizer = build_optimizer(config.optimizer, pretext)
    schedule = Schedule(config, config.limits.epochs * steps_per_epoch, config.limits.minutes * 60)
    folder.mkdir(parents=True, exist_ok=True)

    step, seconds, ended = 0, 0.0, False
    if (folder / CHECKPOINT).exists():
        state = load_checkpoint(folder / CHECKPOINT, config.identity())
        if state["data_hash"] != photos.data_hash:
            raise UserError("checkpoint-from-other-data", f"{folder} was trained on other photos than these.")
        pretext.load_state_dict(state["pretext"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds, origin = state["step"], state["seconds"], state.get("start")
        ended = state.get("ended", False)
    record = RunRecord(
        folder,
        config,
        photos,
        device,
        step,
        origin,
        further=pretext.health_columns,
        enabled=distributed.rank() == 0,
    )
    probe = torch.from_numpy(photos.images[:: max(1, len(photos.images) // _HEALTH_IMAGES)][:_HEALTH_IMAGES].copy())

    def save() -> None:
        if distributed.rank() != 0:
            return
        if not all(bool(value.isfinite().all()) for value in pretext.state_dict().values()):
            raise UserError("loss-not-finite", f"The weights stopped being finite before step {step}.")
        state = {"step": step, "seconds": seconds, "data_hash": photos.data_hash, "pretext": pretext.state_dict()}
        state |= {"average": average.state_dict(), "optimizer": optimizer.state_dict(), "start": origin}
        state["ended"] = ended
        save_checkpoint(folder / CHECKPOINT, state, config.identity())

    pretext.prepare(photos, folder.parent / "cache", ctx)
    pretext.train()
    clock = saved_at = logged_at = time.monotonic()
    recent: list[Tensor] = []
    try:
        while (progress := schedule.progress(step, seconds)) < 1 and not ended:
            epoch, position = divmod(step, steps_per_epoch)
            rows = epoch_order(config.seed, epoch, len(photos.images))[position * config.batch :][: config.batch]
            rows = rows[distributed.rank() * share :][:share]
            generator = torch.Generator(device).manual_seed(step_seed(config.seed, step, distributed.rank()))
            torch.manual_seed(step_seed(config.seed, step, distributed.rank()))
            size = schedule.size(progress)
            inputs = pretext.draw(np.sort(rows), Source(photos.images, size, config.augment, generator))
            for group in optimizer.param_groups:
                group["lr"] = schedule.lr(progress)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=config.bf16):
                loss = pretext(*map(channels_last, inputs))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            distributed.sum_gradients(pretext)
            optimizer.step()
            pretext.after_step()
            step += 1
            update_average(average, pretext.backbone, min(config.ema, (1 + step) / (10 + step)))
            recent.append(loss.detach())

            epoch_ended = step % steps_per_epoch == 0
            now = time.monotonic()
            seconds, clock = distributed.from_first(seconds + now - clock), now
            if step % _LOG_STEPS == 0 or epoch_ended:
                mean_loss = float(torch.stack(recent).mean())
                rate = len(recent) * config.batch / (now - logged_at)
                record.loss(step, step / steps_per_epoch, seconds, size, schedule.lr(progress), mean_loss, rate)
                recent, logged_at = [], now
                if not math.isfinite(mean_loss):
                    raise UserError(
                        "loss-not-finite",
                        f"The loss stopped being finite before step {step}.",
                        f"The last good state is {folder / CHECKPOINT}; try a lower learning rate.",
                    )
                ctx.progress(round(schedule.progress(step, seconds) * 1000), 1000, f"{config.name}: training")
            if epoch_ended:
                if distributed.rank() == 0:
                    report = health_report(pretext, probe.to(device), size, config.augment, config.seed)
                    record.health(step, step / steps_per_epoch, report)
                    for alarm in pretext.alarms(report):
                        record.alarm(step, step / steps_per_epoch, alarm.name, alarm.text)
                    ended = pretext.finished(report)
                ended = bool(distributed.from_first(float(ended)))
            if epoch_ended or now - saved_at > config.checkpoint_minutes * 60:
                save()
                saved_at = time.monotonic()
            ctx.check()
    except Cancelled:
        save()
        raise
    save()
    record.draw()
    return pretext


def build(config: Config) -> Pretext:
    """The pretext task of ``config`` around its backbone, freshly initialized from the seed.

    Raises:
        UsageError: an unknown name or parameter, or ``views-too-small`` for the backbone.
    """
    backbone = build_backbone(config.backbone, config.seed)
    entry = BACKBONES[config.backbone]
    smallest = min(size for _, size in config.resolutions)
    if smallest < entry.min_size:
        raise UsageError(
            "views-too-small", f"{config.backbone} needs views of at least {entry.min_size} px, not {smallest}."
        )
    return build_pretext(config.pretext, backbone, entry.dim)


def build_optimizer(config: OptimizerConfig, model: nn.Module) -> torch.optim.Optimizer:
    """AdamW, Adam or SGD; biases and normalization scales are not decayed.

    Raises:
        UsageError: ``unknown-optimizer``.
    """
    trained = [p for p in model.parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if config.name == "adamw":
        return torch.optim.AdamW(groups, lr=config.lr)
    if config.name == "adam":
        return torch.optim.Adam(groups, lr=config.lr)
    if config.name == "sgd":
        return torch.optim.SGD(groups, lr=config.lr, momentum=config.momentum)
    raise UsageError("unknown-optimizer", f"There is no optimizer {config.name!r}.", "Known: adamw, adam, sgd.")


def channels_last(values: Tensor) -> Tensor:
    """Pictures in the memory order that convolutions are fastest in; anything else as it is."""
    return values.contiguous(memory_format=torch.channels_last) if values.ndim == 4 else values


def epoch_order(seed: int, epoch: int, count: int) -> npt.NDArray[np.int64]:
    """The order of the photos in an epoch: int64[count], the same whenever it is asked for."""
    return np.random.default_rng([seed, epoch]).permutation(count)


def step_seed(seed: int, step: int, rank: int) -> int:
    """A seed of its own for each step of each process."""
    return int(np.random.SeedSequence([seed, step, rank]).generate_state(1, np.uint64)[0] >> 1)


@torch.no_grad()
def update_average(average: nn.Module, model: nn.Module, decay: float) -> None:
    """Move ``average`` towards ``model`` by ``1 - decay``: weights and BatchNorm statistics alike."""
    for mean, value in zip(average.state_dict().values(), model.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - decay)
        else:
            mean.copy_(value)
