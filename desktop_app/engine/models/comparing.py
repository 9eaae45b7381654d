"""Two models on one folder: what they see alike, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from desktop_app.engine.clustering import DEFAULT
from desktop_app.engine.errors import UsageError
from desktop_app.engine.evaluate import ami, hungarian_accuracy, neighbor_overlap
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import decimal, figure, tr
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.types import Clustering, Elbow, Embeddings, IndexReport, Int64Array

NEIGHBORS = 10
FEWEST = 3


class Looked(Protocol):
    """A folder that one model has looked at, or will; `library.Library` is one."""

    @property
    def model(self) -> ModelCard:
        """The one that looks."""

    @property
    def embeddings(self) -> Embeddings:
        """Of the photos, once they were looked at."""

    def index(self, ctx: JobContext) -> IndexReport:
        """Look at the photos."""

    def elbow(self, ctx: JobContext) -> Elbow:
        """The curve that suggests the number of groups."""

    def cluster(self, ctx: JobContext, *, method: str | None = None, k: int | None = None) -> Clustering:
        """Group the photos."""

    def seconds_a_photo(self) -> float:
        """How long the model takes for one."""

    def close(self) -> None:
        """No more questions."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two models on a folder.

    Attributes:
        name: of the model.
        title: of the model.
        suggested: number of groups.
        seconds_a_photo: for the model alone, on one core, or on the card it runs on.
        device: what it runs on.
    """

    name: str
    title: str
    suggested: int
    seconds_a_photo: float
    device: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the photos that both could look at.

    Attributes:
        photos: how many.
        sides: the models.
        neighbors: how many nearest photos of each were looked at: ten, or all others.
        neighbor_overlap: share in 0..1 of these that both agree on.
        groups: number of groups that both made, the one suggested by the first.
        agreement: share in 0..1 of the photos in groups that match one to one.
        ami: adjusted mutual information of the groups: 0 by chance, 1 for the same groups.
    """

    photos: int
    sides: tuple[Side, Side]
    neighbors: int
    neighbor_overlap: float
    groups: int
    agreement: float
    ami: float


def compare(opened: Callable[[str], Looked], names: tuple[str, str], ctx: JobContext) -> Comparison:
    """Let two models look at one folder. What they see stays in the cache, so that choosing either is quick afterwards.

    Args:
        opened: the folder, to be looked at by the model of that name; it is closed here.
        names: of the two models.
        ctx: cancel and progress.

    Raises:
        UsageError: ``one-model``, ``too-few-photos``; as `Library` and `Library.index`.
        NoImagesError, ModelError: as `Library.index`.
        Cancelled: the person asked to stop; what was read until then stays in the cache.
    """
    if names[0] == names[1]:
        text = tr("{model} cannot be compared with itself.", model=names[0])
        raise UsageError("one-model", text, tr("Choose another model."))
    first = opened(names[0])
    try:
        second = opened(names[1])
        try:
            return _compared(first, second, ctx)
        finally:
            second.close()
    finally:
        first.close()


def in_words(found: Comparison) -> tuple[str, ...]:
    """What a comparison means, a sentence each."""
    alike = found.neighbor_overlap * found.neighbors
    return (
        tr(
            "Of the {neighbors} photos most like each of the {photos}, the models agree on {alike}.",
            neighbors=found.neighbors,
            photos=figure(found.photos),
            alike=decimal(alike),
        ),
        tr(
            "Where each makes %n groups, {share} of 100 photos are in groups that match"
            " (AMI {ami}: 0 is chance, 1 the same groups).",
            "",
            found.groups,
            one="Where each makes %n group, {share} of 100 photos are in groups that match"
            " (AMI {ami}: 0 is chance, 1 the same groups).",
            share=decimal(100 * found.agreement, 0),
            ami=decimal(found.ami, 2),
        ),
    )


def _compared(first: Looked, second: Looked, ctx: JobContext) -> Comparison:
    both = (first, second)
    reports = [one.index(ctx) for one in both]
    shared = np.intersect1d(first.embeddings.photo_ids, second.embeddings.photo_ids)
    if len(shared) < FEWEST:
        text = tr("At least {number} photos are needed to compare models.", number=FEWEST)
        raise UsageError("too-few-photos", text)
    curves = [one.elbow(ctx) for one in both]
    groups = min(curves[0].suggested, len(shared))
    found = [one.cluster(ctx, method=DEFAULT, k=groups) for one in both]
    here, there = (one.labels[_rows(one.photo_ids, shared)] for one in found)
    vectors = [one.embeddings.vectors[_rows(one.embeddings.photo_ids, shared)] for one in both]
    sides = [
        Side(one.model.name, one.model.title, curve.suggested, one.seconds_a_photo(), report.device)
        for one, curve, report in zip(both, curves, reports, strict=True)
    ]
    return Comparison(
        photos=len(shared),
        sides=(sides[0], sides[1]),
        neighbors=min(NEIGHBORS, len(shared) - 1),
        neighbor_overlap=neighbor_overlap(vectors[0], vectors[1], NEIGHBORS, ctx),
        groups=groups,
        agreement=hungarian_accuracy(here, there),
        ami=ami(here, there),
    )


def _rows(photo_ids: Int64Array, wanted: Int64Array) -> Int64Array:
    """Where each of the ``wanted`` photos stands, int64[M]."""
    order = np.argsort(photo_ids)
    return order[np.searchsorted(photo_ids, wanted, sorter=order)]
