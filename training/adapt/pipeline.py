"""The steps of adapting, in order, each kept only where the label-free score does not fall."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import onnx
import torch

from desktop_app.engine import settings as settings_module
from desktop_app.engine.clustering import elbow
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.evaluate import hungarian_accuracy, kmeans_accuracy, knn_accuracy, standardize
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.runtime import Session, choose
from desktop_app.engine.types import Float32Array, Int64Array

from .deep import HELD_OUT, fine_tune
from .layers import Head, Layer, apply
from .photos import FolderPhotos, blocks, view, whole
from .score import SEEDS, Assign, LabelFree, by_kmeans, score, whitened
from .steps import AXES, WHITENINGS, scan_head, view_layers
from .tail import full_precision, last_stage

_MOST_VIEWS, _FEWER_VIEWS, _FEWEST_VIEWS, _MANY = 8, 4, 2, 2000
_SHARE_OF_LOOKING = 0.5


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for.

    Attributes:
        deep: train the last stage of the network, too (A3).
        refine: let the head learn from the photos it is surest of (A2).
        minutes: of wall clock for all steps.
        k: groups; None takes the number the app would suggest.
        seed: of everything that is drawn.
    """

    deep: bool = False
    refine: bool = False
    minutes: float = 10.0
    k: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Against labels, shares in 0..1: kNN5, k-means ACC at the true number, ACC of what the step proposes at ``k``."""

    knn5: float
    kmeans: float
    groups: float


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one step.

    Attributes:
        name: ``base``, or the step.
        kept: whether the model has it.
        label_free: its score.
        seconds: it took.
        note: in plain words.
        figures: with labels only.
    """

    name: str
    kept: bool
    label_free: LabelFree
    seconds: float
    note: str
    figures: Figures | None = None


@dataclass(slots=True)
class Fitted:
    """What was learned.

    Attributes:
        k: groups.
        suggested: the number of groups the app would start with, before and after.
        layers: behind the model's embedding; empty when no step was kept.
        steps: one after the other; the first is the model as it was.
        head: None when it was not kept.
        network: float32 graph with a new last stage, None when it is the old one.
    """

    k: int
    suggested: tuple[int, int]
    layers: list[Layer]
    steps: list[Step]
    head: Head | None = None
    network: onnx.ModelProto | None = None


def fit(
    photos: FolderPhotos,
    card: ModelCard,
    options: Options,
    ctx: JobContext,
    labels: tuple[Int64Array, Int64Array] | None = None,
) -> Fitted:
    """Learn from a folder.

    Args:
        photos: of the folder.
        card: of the model to adapt.
        options: what is asked for.
        ctx: progress and cancelling.
        labels: rows and their labels, int64[M] each, for figures beside the label-free score; nothing is chosen by
            them.

    Raises:
        UsageError: ``deep-unsupported``.
        ModelError: the model does not match its card.
    """
    return _Run(photos, card, options, ctx, labels).fit()


class _Run:
    def __init__(
        self,
        photos: FolderPhotos,
        card: ModelCard,
        options: Options,
        ctx: JobContext,
        labels: tuple[Int64Array, Int64Array] | None,
    ) -> None:
        self._photos, self._card, self._options, self._ctx, self._labels = photos, card, options, ctx, labels
        self._begun = self._lap = time.monotonic()
        self._graph = full_precision(onnx.load_from_string(card.read_onnx())) if options.deep else None
        self._cut = last_stage(self._graph) if self._graph else ""
        self._found = Fitted(2, (2, 2), [], [])

    def fit(self) -> Fitted:
        """See the module's `fit`."""
        base, views, held_out = self._look()
        self._start = standardize(base)
        suggested = self._suggested(base)
        self._found.k = max(2, self._options.k or suggested)
        self._now, self._held_out = base, held_out
        self._record("base", self._kmeans(base, held_out), f"{len(views) + 2} looks at each photo")

        options = {power: whitened(base, AXES, power, self._ctx) for power in WHITENINGS}
        scores = {
            power: score(self._start, found, others, self._kmeans(found, others), self._ctx)
            for power, layer in options.items()
            for found, others in [(layer(base), layer(held_out))]
        }
        power = max(WHITENINGS, key=lambda power: scores[power].mean)
        self._embedding(
            "A0 folder's own axes",
            [options[power]],
            f"{options[power].weight.shape[1]} principal axes, variance to the power {-power / 2 + 0.0:g}",
        )
        seen = np.stack([apply(self._found.layers, part) for part in views])
        self._embedding("A1 views", view_layers(self._now, seen), f"{len(views)} views of each photo")
        if self._graph is not None:
            self._deep(self._graph, base)
        self._heads()
        self._found.suggested = suggested, self._suggested(self._now)
        return self._found

    def _suggested(self, photos: Float32Array) -> int:
        return elbow.curve(prepare(photos, ctx=self._ctx), self._ctx, seed=self._options.seed).suggested

    def _look(self) -> tuple[Float32Array, Float32Array, Float32Array]:
        """Embeddings of the photos float32[N, D], of their views [V, N, D] and of one more view [N, D]."""
        session = choose(self._card, settings_module.load()).session  # as the app will run it
        base = self._embed(session, None, "Looking at the photos")
        took = time.monotonic() - self._lap
        views = _MOST_VIEWS if len(base) <= _MANY else _FEWER_VIEWS
        affordable = int(60 * self._options.minutes * _SHARE_OF_LOOKING / max(1.5 * took, 1e-3)) - 1
        views = max(_FEWEST_VIEWS, min(views, affordable))
        found = [self._embed(session, number, f"View {number + 1} of {views}") for number in range(views)]
        return base, np.stack(found), self._embed(session, HELD_OUT, "One more view, to judge by")

    def _embed(self, session: Session, number: int | None, text: str) -> Float32Array:
        def work(rows: slice) -> Float32Array:
            self._ctx.check()
            seed = self._options.seed
            inputs = (
                whole(self._photos, rows, self._card)
                if number is None
                else view(self._photos, rows, number, seed, self._card)
            )
            return session.run(inputs.numpy())

        parts = list(blocks(len(self._photos.names)))
        found = []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for rows, part in zip(parts, pool.map(work, parts), strict=True):
                self._ctx.progress(rows.stop, parts[-1].stop, text)
                found.append(part)
        return np.concatenate(found)

    def _kmeans(self, photos: Float32Array, views: Float32Array) -> Assign:
        return by_kmeans(photos, views, self._found.k, self._ctx)

    def _record(self, name: str, assign: Assign, note: str, seeds: Sequence[int] = SEEDS, bar: float = 0.0) -> Step:
        """Score a step and add it; it is kept when its score is at least ``bar``."""
        assign = _remembered(assign)
        found = score(self._start, self._now, self._held_out, assign, self._ctx, seeds)
        kept = found.mean >= bar
        now = time.monotonic()
        step = Step(name, kept, found, now - self._lap, note, self._figures(assign, seeds))
        self._found.steps.append(step)
        self._lap = time.monotonic()
        return step

    def _figures(self, assign: Assign, seeds: Sequence[int]) -> Figures | None:
        if self._labels is None:
            return None
        rows, truth = self._labels
        vectors = self._now[rows]
        groups = [hungarian_accuracy(truth, assign(seed)[0][rows]) for seed in seeds]
        accuracy, _ = kmeans_accuracy(vectors, truth, ctx=self._ctx)
        return Figures(knn_accuracy(standardize(vectors), truth), accuracy, float(np.mean(groups)))

    def _embedding(self, name: str, layers: Sequence[Layer], note: str) -> None:
        before = self._now, self._held_out
        self._now, self._held_out = apply(layers, self._now), apply(layers, self._held_out)
        step = self._record(name, self._kmeans(self._now, self._held_out), note, bar=self._bar())
        if step.kept:
            self._found.layers.extend(layers)
        else:
            self._now, self._held_out = before

    def _bar(self) -> float:
        return next(step for step in reversed(self._found.steps) if step.kept).label_free.mean

    def _deep(self, graph: onnx.ModelProto, base: Float32Array) -> None:
        layers = self._found.layers or [Layer(np.eye(base.shape[1], dtype=np.float32), -base.mean(axis=0))]
        seconds = 60 * self._options.minutes - (time.monotonic() - self._begun)
        seed, ctx, k = self._options.seed, self._ctx, self._found.k
        device = "cuda" if torch.cuda.is_available() else "cpu"
        found = fine_tune(
            graph, self._cut, self._card, layers, self._photos, self._start, k, seconds, seed, ctx, device=device
        )
        before = self._now, self._held_out
        self._now, self._held_out = found.state.photos, found.state.views
        kept = found.model is not None
        bar = self._bar() if kept else float("inf")
        step = self._record("A3 last stage", self._kmeans(self._now, self._held_out), found.note, bar=bar)
        if step.kept:
            self._found.network, self._found.layers = found.model, layers
        else:
            self._now, self._held_out = before

    def _heads(self) -> None:
        photos, views, k, seed = self._now, self._held_out, self._found.k, self._options.seed
        for name, refine in (("A1 head", False), ("A2 head, self-labeled", True))[: 1 + self._options.refine]:
            heads: dict[int, Head] = {}

            def assign(
                number: int, refine: bool = refine, heads: dict[int, Head] = heads
            ) -> tuple[Int64Array, Int64Array]:
                head = heads[number] = scan_head(photos, k, seed + number, self._ctx, refine=refine)
                return head(photos).argmax(axis=1), head(views).argmax(axis=1)

            step = self._record(name, assign, f"SCAN, {k} groups", SEEDS[:3], self._bar())
            if step.kept:
                self._found.head = heads[0]


def _remembered(assign: Assign) -> Assign:
    """``assign`` that computes nothing twice."""
    found: dict[int, tuple[Int64Array, Int64Array]] = {}

    def once(seed: int) -> tuple[Int64Array, Int64Array]:
        if seed not in found:
            found[seed] = assign(seed)
        return found[seed]

    return once
