"""Training the last stage of the network on a person's own photos (A3), and undoing it when it does not help.

SimCLR's contrast between two views of each photo, half of the time a view of a mutual neighbor instead; photos that
may show the same (bursts, near-duplicates, neighbors) are no negatives of each other. What comes before the last
stage is computed once a view and kept on disk.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.evaluate import neighbor_overlap
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.types import Float32Array

from ..measuring.features import effective_rank
from .layers import Layer
from .photos import FolderPhotos, blocks, view, whole
from .score import LabelFree, by_kmeans, score
from .steps import mutual_neighbors
from .tail import Tail, before

_TEMPERATURE = 0.2
_TO_START = 0.1
_RATE, _MOMENTUM, _BATCH = 0.01, 0.9, 256
_FEWEST_STEPS = 4  # an epoch: a small folder would hardly move otherwise
_ALIKE, _BURST_SECONDS = 0.95, 3.0
_NEIGHBORS = 10
EPOCHS = 30  # at most; the minutes that a person gives mostly end it earlier
HELD_OUT = 1_000_000
"""Number of the view that nothing is learned from."""

MIN_OVERLAP, MIN_RANK = 0.6, 0.8
"""Guards: neighbor overlap@10 with the start, and share of its effective rank."""


@dataclass(frozen=True, slots=True)
class State:
    """What the guards look at, of one epoch.

    Attributes:
        photos: embeddings float32[N, d].
        views: of the held-out views, float32[N, d].
        rank: see `measuring.features.effective_rank`.
        label_free: of k-means on the photos.
    """

    photos: Float32Array
    views: Float32Array
    rank: float
    label_free: LabelFree


@dataclass(frozen=True, slots=True)
class Deep:
    """The outcome.

    Attributes:
        model: float32 graph with the new weights, None when no epoch passed the guards.
        state: of the epoch kept, or of the last one.
        epochs: that were trained.
        note: what was done and, when it was rolled back, why.
    """

    model: onnx.ModelProto | None
    state: State
    epochs: int
    note: str


def refusal(start: State, now: State) -> str:
    """Why an epoch may not be kept; empty when it may."""
    reasons = []
    overlap = neighbor_overlap(start.photos, now.photos)
    if not overlap >= MIN_OVERLAP:
        reasons.append(f"neighbor overlap@10 with the start {overlap:.2f} < {MIN_OVERLAP}")
    found, bar = now.label_free, start.label_free
    if not found.retrieval > bar.retrieval:
        reasons.append(f"held-out views find their photo in {found.retrieval:.1%}, not above {bar.retrieval:.1%}")
    if not found.stability >= bar.stability:
        reasons.append(f"agreement of seeds {found.stability:.3f} < {bar.stability:.3f}")
    if not now.rank >= MIN_RANK * start.rank:
        reasons.append(f"effective rank {now.rank:.0f} < {MIN_RANK:.0%} of {start.rank:.0f}")
    if not found.mean >= bar.mean:
        reasons.append(f"label-free score {found.mean:.3f} < {bar.mean:.3f}")
    return "; ".join(reasons)


def fine_tune(
    model: onnx.ModelProto,
    cut: str,
    card: ModelCard,
    layers: Sequence[Layer],
    photos: FolderPhotos,
    base: Float32Array,
    k: int,
    seconds: float,
    seed: int,
    ctx: JobContext,
    *,
    device: str = "cpu",
) -> Deep:
    """Train the last stage until the time is over, and keep the best epoch that passes all guards.

    Args:
        model: float32 weights (`tail.full_precision`).
        cut: where the last stage begins (`tail.last_stage`).
        card: of the model.
        layers: what follows the model; left as they are.
        photos: to learn from.
        base: what the probe of the label-free score sees, float32[N, D].
        k: groups of the label-free score.
        seconds: of wall clock, for everything here.
        seed: of views, batches and draws.
        ctx: checked at every step.
        device: of torch.
    """
    begun = time.monotonic()
    tail = Tail(model, cut, card.outputs.embedding.name).to(device)
    front = _Front(model, cut, card, photos, seed)
    count = len(photos.names)
    with tempfile.TemporaryDirectory(prefix="kindred-adapt-") as scratch:
        maps = front.allocate(Path(scratch), 4)
        front.fill(maps[0], None, slice(0, count), ctx)
        for slot, number in ((1, 0), (2, 1), (3, HELD_OUT)):
            front.fill(maps[slot], number, slice(0, count), ctx)

        def state() -> State:
            with torch.no_grad():
                found, views = (_embed(tail, layers, maps[slot], device, ctx) for slot in (0, 3))
            figures = score(base, found, views, by_kmeans(found, views, k, ctx), ctx)
            return State(found, views, effective_rank(torch.from_numpy(found)), figures)

        start = now = state()
        best: tuple[float, State, onnx.ModelProto, int] | None = None
        trainer = _Trainer(tail, layers, start.photos, photos.taken, seed, device)
        reason, epoch, longest = "there was no time for a single epoch", 0, 0.0
        while epoch < EPOCHS:
            lap = time.monotonic()
            # Another epoch would not end in time.
            if lap - begun + longest > seconds:
                break
            ctx.progress(epoch, EPOCHS, "Training the last stage")
            if epoch:
                quarter = slice(*(count * (epoch % 4 + side) // 4 for side in (0, 1)))
                for slot in (1, 2):
                    front.fill(maps[slot], 2 * epoch + slot - 1, quarter, ctx)
            trainer.epoch(maps[1], maps[2], ctx)
            epoch += 1
            now = state()
            reason = refusal(start, now)
            if not reason and (best is None or now.label_free.mean > best[0]):
                best = now.label_free.mean, now, tail.put_back(model), epoch
            longest = max(longest, time.monotonic() - lap)
        maps._mmap.close()  # type: ignore[attr-defined]  # Windows removes no file that is mapped
    if best is None:
        return Deep(None, now, epoch, f"rolled back after {epoch} epochs: {reason}")
    return Deep(best[2], best[1], epoch, f"epoch {best[3]} of {epoch}; {cut} onwards")


class _Front:
    """Computes the maps that the last stage starts from."""

    def __init__(self, model: onnx.ModelProto, cut: str, card: ModelCard, photos: FolderPhotos, seed: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        wanted = ("CUDAExecutionProvider", "CPUExecutionProvider")
        providers = [name for name in wanted if name in onnxruntime.get_available_providers()]
        self._session = onnxruntime.InferenceSession(
            before(model, cut).SerializeToString(), options, providers=providers
        )
        self._card, self._photos, self._seed = card, photos, seed

    def allocate(self, folder: Path, slots: int) -> np.memmap[Any, np.dtype[np.float16]]:
        """Room on disk for ``slots`` maps of every photo: float16[slots, N, C, h, w]."""
        shape = (slots, len(self._photos.names), *self._run(None, slice(0, 1)).shape[1:])
        path = folder / "maps"
        with path.open("wb") as out:
            for _ in range(slots * shape[1]):  # written for real: a full disk is an error here and a crash later
                out.write(bytes(2 * int(np.prod(shape[2:]))))
        return np.memmap(path, np.float16, "r+", shape=shape)

    def fill(self, target: npt.NDArray[np.float16], number: int | None, rows: slice, ctx: JobContext) -> None:
        """Maps of view ``number`` (None: of the photos as they are) of the photos ``rows``."""
        for part in blocks(rows.stop - rows.start):
            ctx.check()
            block = slice(rows.start + part.start, rows.start + part.stop)
            target[block] = self._run(number, block)

    def _run(self, number: int | None, rows: slice) -> Float32Array:
        card = self._card
        inputs = (
            whole(self._photos, rows, card) if number is None else view(self._photos, rows, number, self._seed, card)
        )
        found: Float32Array = self._session.run(None, {card.input.name: inputs.numpy()})[0]
        return found


class _Trainer:
    def __init__(
        self,
        tail: Tail,
        layers: Sequence[Layer],
        start: Float32Array,
        taken: npt.NDArray[np.float64],
        seed: int,
        device: str,
    ) -> None:
        self._tail, self._layers, self._device = tail, layers, device
        self._rng = np.random.default_rng(seed)
        self._optimizer = torch.optim.SGD(tail.parameters(), lr=_RATE, momentum=_MOMENTUM)
        self._same = may_be_the_same(start, taken)
        self._start = torch.from_numpy(start)
        pairs = mutual_neighbors(start, _NEIGHBORS)
        self._neighbors = [pairs[1][pairs[0] == row] for row in range(len(start))]

    def epoch(self, first: npt.NDArray[np.float16], second: npt.NDArray[np.float16], ctx: JobContext) -> None:
        """Go once over all photos; ``first`` and ``second`` float16[N, C, h, w] are maps of two views of each."""
        order = self._rng.permutation(len(first))
        for rows in np.array_split(order, max(_FEWEST_STEPS, round(len(order) / _BATCH))):
            ctx.check()
            partner = np.array([self._partner(int(row)) for row in rows])
            ids = np.concatenate([rows, partner])
            maps = np.concatenate([first[rows], second[partner]]).astype(np.float32)
            z = through(self._layers, self._tail(torch.from_numpy(maps).to(self._device)))
            same = torch.from_numpy(self._same[np.ix_(ids, ids)]).to(self._device)
            drift = (z - self._start[torch.from_numpy(ids)].to(self._device)).square().sum(dim=1).mean()
            loss = masked_nt_xent(z, same, _TEMPERATURE) + _TO_START * drift
            self._optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self._tail.parameters(), 1.0)
            self._optimizer.step()

    def _partner(self, row: int) -> int:
        near = self._neighbors[row]
        return int(self._rng.choice(near)) if len(near) and self._rng.random() < 0.5 else row


def may_be_the_same(photos: Float32Array, taken: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Pairs that are no negatives, bool[N, N]: near-duplicates, taken within 3 s, mutual neighbors, a photo itself."""
    same: npt.NDArray[np.bool_] = photos @ photos.T > _ALIKE
    same |= np.abs(taken[:, None] - taken) <= _BURST_SECONDS  # NaN compares false
    same[mutual_neighbors(photos, _NEIGHBORS)] = True
    np.fill_diagonal(same, True)
    return same


def masked_nt_xent(z: Tensor, same: Tensor, temperature: float) -> Tensor:
    """NT-Xent (Chen et al. 2020, equation 1) without the negatives that may show the same.

    Args:
        z: unit rows float32[2B, d]; rows i and B + i are a positive pair.
        same: bool[2B, 2B], pairs that are no negatives.
        temperature: divides the cosines.

    Returns:
        Scalar, mean over all 2B anchors.
    """
    count = len(z)
    positive = torch.arange(count, device=z.device).roll(count // 2)
    logits = z @ z.T / temperature
    hidden = same.clone()
    hidden[torch.arange(count, device=z.device), positive] = False
    hidden.fill_diagonal_(True)
    return F.cross_entropy(logits.masked_fill(hidden, float("-inf")), positive)


def through(layers: Sequence[Layer], z: Tensor) -> Tensor:
    """`layers.apply` in torch: unit rows float32[B, d]."""
    for layer in layers:
        weight, bias = (torch.from_numpy(part).to(z.device) for part in (layer.weight, layer.bias))
        z = F.normalize(z @ weight + bias, dim=1)
    return z


def _embed(
    tail: Tail, layers: Sequence[Layer], maps: npt.NDArray[np.float16], device: str, ctx: JobContext
) -> Float32Array:
    found = []
    for rows in blocks(len(maps), 64):
        ctx.check()
        part = torch.from_numpy(maps[rows].astype(np.float32)).to(device)
        found.append(through(layers, tail(part)).cpu().numpy())
    return np.concatenate(found)
