"""The one training loop: every method, every device, resumable at any step.

All randomness of step s is drawn from generators seeded with (seed, s), so a checkpoint needs no random state and
a resumed run repeats exactly what an uninterrupted one would have done. (A wall-clock budget bends the schedule by
the speed of the machine; without one, runs are bit-identical on the CPU.)
"""

from __future__ import annotations

import copy
import dataclasses
import math
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext

from . import distributed
from .config import Config, OptimizerConfig
from .photos.data import PhotoArray
from .pretexts import build
from .pretexts.base import Pretext, Source
from .runs.checkpoint import CHECKPOINT, invalid, load_checkpoint, save_checkpoint
from .runs.lock import held
from .runs.open import opener
from .runs.record import RunRecord
from .runs.start import load_start
from .schedule import Schedule
from .speed import choose_speed, keep_memory, resumed_speed, stored_photos, tune_gpu
from .watching.watch import Watch

CACHE = "cache"
_LOG_STEPS = 10
_PROGRESS_SECONDS = 10.0
_SAVE_SECONDS = 20.0  # an epoch of a small data set takes less time than writing a checkpoint


def train(
    config: Config,
    photos: PhotoArray,
    folder: Path,
    ctx: JobContext,
    *,
    device: str | None = None,
    cache: Path | None = None,
    timer: Callable[[], float] = time.monotonic,
) -> Pretext:
    """Train, or go on training, until the limits of ``config`` are reached.

    Args:
        config: the run.
        photos: what to train on.
        folder: of the run; holds checkpoint, ``run.json``, ``metrics.csv``, ``health.csv``, ``curves.png``
            and, where something looks wrong, ``alarms.csv``.
        ctx: progress and cancelling; when cancelled, a checkpoint is written first.
        device: ``cpu`` or ``cuda``; by default CUDA where there is one.
        cache: folder of what can be computed again; by default ``cache`` beside the run.
        timer: seconds from some point on, by which a budget of minutes is measured.

    Returns:
        The pretext task with its trained backbone.

    Raises:
        UsageError: ``batch-larger-than-data``, ``one-photo``, ``batch-not-divisible``, ``views-too-small``,
            ``unknown-...``.
        UserError: ``loss-not-finite`` (the last good checkpoint stays), ``start-does-not-fit``, and the errors of
            `runs.lock`, `runs.checkpoint` and `runs.record`.
    """
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    distributed.start(device)
    steps_per_epoch, share = divide(config.batch, len(photos.images))
    pretext = build(config)
    # One of several processes that share a batch holds the folder for all.
    with held(folder) if distributed.rank() == 0 else nullcontext():
        return _train(config, pretext, (steps_per_epoch, share), photos, folder, ctx, device, cache, timer)


def _train(
    config: Config,
    pretext: Pretext,
    divided: tuple[int, int],
    photos: PhotoArray,
    folder: Path,
    ctx: JobContext,
    device: str,
    cache: Path | None,
    timer: Callable[[], float],
) -> Pretext:
    steps_per_epoch, share = divided
    path = folder / CHECKPOINT
    state = _load(path, config, photos) if path.exists() else {}
    if state:
        # The start was taken over when the run began; its run may be gone by now.
        origin, speed = state.get("start"), resumed_speed(config, state, path)
    else:
        start = config.start
        origin = load_start(start, config.backbone, folder.parent / start.run / CHECKPOINT, pretext) if start else None
        speed = choose_speed(config, pretext.backbone, device)
    speed.place(pretext, device)
    # After placing, so that the average lies on the same device in the same memory order; before compiling, as it is
    # only ever read and written as weights.
    average = copy.deepcopy(pretext.backbone)
    optimizer = build_optimizer(config.optimizer, pretext, fused=device == "cuda")
    if state:
        _fill(path, state, pretext, average, optimizer)
    step, seconds, ended = state.get("step", 0), state.get("seconds", 0.0), state.get("ended", False)
    del state  # as large as all that was just filled with it
    if device == "cuda":
        tune_gpu(pretext)
    else:
        keep_memory()
    schedule = Schedule(config, config.limits.epochs * steps_per_epoch, config.limits.minutes * 60)
    images = stored_photos(photos.images, device)
    # Before the record is opened, which rewrites the run's files: what a task refuses here (neighbors other than those
    # that the run began with) must leave them as they are.
    pretext.prepare(photos, opener(folder.parent), cache or folder.parent / CACHE, ctx)
    main, further = distributed.rank() == 0, pretext.health_columns
    record = RunRecord(folder, config, photos, device, step, origin, speed, further=further, enabled=main)
    watch = Watch(pretext, config, images, device, speed, record, from_scratch=origin is None)

    def save() -> None:
        if not main:
            return
        # The loss that was looked at is that of the weights before the last update: the update itself can have broken
        # them, and a broken checkpoint would take the place of the last good one.
        if not all(bool(value.isfinite().all()) for value in pretext.state_dict().values()):
            raise not_finite("weights", step, path)
        state = {"step": step, "seconds": seconds, "data_hash": photos.data_hash, "pretext": pretext.state_dict()}
        state |= {"average": average.state_dict(), "optimizer": optimizer.state_dict(), "start": origin}
        state |= {"ended": ended, "speed": dataclasses.asdict(speed)}
        save_checkpoint(path, state, config.identity())

    if step == 0:
        # Figures mean something beside those of the network that has learned nothing yet.
        watch.look(0, 0.0, schedule.size(0.0))
    pretext.train()
    saved_at = logged_at = time.monotonic()
    clock = timer()
    reported_at = -math.inf
    recent: list[Tensor] = []
    begun = -1
    try:
        while (progress := schedule.progress(step, seconds)) < 1 and not ended:
            epoch, position = divmod(step, steps_per_epoch)
            if epoch != begun:
                before = timer()
                pretext.begin_epoch(epoch, ctx)
                begun, logged_at = epoch, time.monotonic()
                clock += timer() - before  # what it looks up once is no part of the training
            rows = epoch_order(config.seed, epoch, len(photos.images))[position * config.batch :][: config.batch]
            rows = rows[distributed.rank() * share :][:share]
            # All chance of a step follows from its number, so that a run that was stopped anywhere goes on as if it had
            # not been: the views from a generator of their own, what the networks draw from the global one.
            seed = step_seed(config.seed, step, distributed.rank())
            generator = torch.Generator(device).manual_seed(seed)
            torch.manual_seed(seed)
            size = schedule.size(progress)
            # Sorted, as photos may lie on disk; within a batch their order means nothing.
            inputs = pretext.draw(np.sort(rows), Source(images, size, config.augment, generator, epoch))
            for group in optimizer.param_groups:
                group["lr"] = schedule.lr(progress)
            with speed.autocast(device):
                loss = pretext(*map(speed.arrange, inputs))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            distributed.sum_gradients(pretext)
            optimizer.step()
            pretext.after_step()
            step += 1
            # At first the average follows closely: it would else hold on to the random weights for 1 / (1 - ema) steps.
            update_average(average, pretext.backbone, min(config.ema, (1 + step) / (10 + step)))
            recent.append(loss.detach())

            epoch_ended = step % steps_per_epoch == 0
            logged = step % _LOG_STEPS == 0 or epoch_ended
            if logged:
                # On a GPU, this waits for the steps to be done: reading every loss would empty its queue each time.
                mean_loss = float(torch.stack(recent).mean())
                if not math.isfinite(mean_loss):
                    raise not_finite("loss", step, path)
            now, read = time.monotonic(), timer()
            # One clock for all processes: by clocks of their own one would stop a step before the others, which would
            # then wait for it for good.
            seconds, clock = distributed.from_first(seconds + read - clock), read
            if logged:
                steps_per_second = len(recent) / (now - logged_at)
                rate = steps_per_second * config.batch
                record.loss(step, step / steps_per_epoch, seconds, size, schedule.lr(progress), mean_loss, rate)
                recent = []
                if now - reported_at > _PROGRESS_SECONDS:
                    left = schedule.seconds_left(step, seconds, steps_per_second)
                    parts = [f"epoch {step / steps_per_epoch:.2f}", f"loss {mean_loss:.3f}", f"{rate:.0f} photos/s"]
                    parts += [f"{left / 60:.0f} min left", *(f"warning: {name}" for name in watch.alarms)]
                    done = round(schedule.progress(step, seconds) * 1000)
                    ctx.progress(done, 1000, f"{config.name}: {', '.join(parts)}")
                    reported_at = now
            # Look first, save then: a report changes what the task remembers (the clusters it saw last, for how long
            # nothing has improved) and may end the run. A run resumed from a checkpoint that was saved in between would
            # never make that report, and be another from then on.
            reported = epoch_ended and step // config.report_steps > (step - steps_per_epoch) // config.report_steps
            if reported:
                ended = watch.look(step, step / steps_per_epoch, size)
            if now - saved_at > (_SAVE_SECONDS if reported else config.checkpoint_minutes * 60):
                save()
                saved_at = time.monotonic()
            if not recent:
                logged_at = time.monotonic()  # reports and checkpoints are no part of the speed of steps
            # Only here is the state that of a whole step.
            ctx.check()
    except Cancelled:
        save()
        raise
    save()
    record.draw()
    return pretext


def divide(batch: int, photos: int) -> tuple[int, int]:
    """Steps of an epoch, and photos that each process takes of a batch.

    Raises:
        UsageError: ``one-photo``, ``batch-larger-than-data``, ``batch-not-divisible``.
    """
    if photos < 2:
        raise UsageError(
            "one-photo", "There is only one photo, and nothing to compare it with.", "Train on at least two photos."
        )
    if batch > photos:
        raise UsageError(
            "batch-larger-than-data",
            f"A batch of {batch} needs more than the {photos} photos there are.",
            f"Set batch to {photos} or less.",
        )
    if batch % distributed.size():
        raise UsageError(
            "batch-not-divisible",
            f"A batch of {batch} cannot be divided among {distributed.size()} processes.",
            "Set batch to a multiple.",
        )
    return photos // batch, batch // distributed.size()


def not_finite(what: str, step: int, path: Path) -> UserError:
    """The error of a run whose loss or weights became infinite or not a number."""
    kept = f"The last good state is kept in {path}" if path.exists() else "Nothing was saved yet"
    return UserError(
        "loss-not-finite",
        f"The {what} stopped being finite before step {step}.",
        f"{kept}; try a lower learning rate, or bf16 = false.",
    )


def _load(path: Path, config: Config, photos: PhotoArray) -> dict[str, Any]:
    state = load_checkpoint(path, config.identity())
    if state["data_hash"] != photos.data_hash:
        raise UserError(
            "checkpoint-from-other-data",
            f"{path} was trained on other photos than these.",
            "Give the run another name, or remove its folder.",
        )
    if "untrained" in state:
        raise UserError(
            "run-restored",
            f"{path} was made of a model; what its optimizer knew is lost, so it cannot be trained on.",
            "Begin another run with it: name its folder as start.run.",
        )
    return state


def _fill(
    path: Path, state: dict[str, Any], pretext: Pretext, average: nn.Module, optimizer: torch.optim.Optimizer
) -> None:
    try:
        pretext.load_state_dict(state["pretext"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        float(state["step"]), float(state["seconds"])
    except (KeyError, TypeError, ValueError, RuntimeError) as error:  # torch calls what does not fit a RuntimeError
        raise invalid(path) from error


def build_optimizer(config: OptimizerConfig, model: nn.Module, *, fused: bool = False) -> torch.optim.Optimizer:
    """AdamW, Adam or SGD; biases and normalization scales are not decayed."""
    trained = [p for p in model.parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": config.weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if config.name == "adamw":
        return torch.optim.AdamW(groups, lr=config.lr, fused=fused)
    if config.name == "adam":
        return torch.optim.Adam(groups, lr=config.lr, fused=fused)
    return torch.optim.SGD(groups, lr=config.lr, momentum=config.momentum, fused=fused)


def epoch_order(seed: int, epoch: int, count: int) -> npt.NDArray[np.int64]:
    """The order of the photos in an epoch: int64[count], the same whenever it is asked for."""
    return np.random.default_rng([seed, epoch]).permutation(count)


def step_seed(seed: int, step: int, rank: int) -> int:
    """A seed of its own for each step of each process."""
    return int(np.random.SeedSequence([seed, step, rank]).generate_state(1, np.uint64)[0] >> 1)


@torch.no_grad()
def update_average(average: nn.Module, model: nn.Module, decay: float) -> None:
    """Move ``average`` towards ``model`` by ``1 - decay``: weights and BatchNorm statistics alike."""
    # The statistics of BatchNorm are averaged with the weights they belong to: those of the latest weights do not fit.
    pairs = list(zip(average.state_dict().values(), model.state_dict().values(), strict=True))
    means, values = zip(*(pair for pair in pairs if pair[0].is_floating_point()), strict=True)
    torch._foreach_lerp_(means, values, 1 - decay)  # one launch on a GPU instead of a hundred
    for mean, value in pairs:
        if not mean.is_floating_point():  # BatchNorm's count of batches
            mean.copy_(value)
