"""Distillation: features from which a linear layer, thrown away later, can tell what a teacher makes of the photo."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.job import JobContext

from ..config import COUNT, POSITIVE, SHARE, WEIGHT, rising
from ..distributed import gather_views
from ..networks.backbones import last_map
from ..networks.lessons import Answers, Lesson, Lessons, spread_over
from ..networks.teacher import HalfWhitening
from ..photos.augment import apply_color, disturb, draw_colors, normalize, on_device, uniform
from ..photos.data import PhotoArray
from .base import OpenRun, Pretext, Source

_FITTED_AT_ONCE = 128
_AT_ONCE = 4096
_RIDGE = 0.1  # of the mean variance of a feature: best on views that 4,000 fitted ones did not hold


@dataclass(frozen=True, slots=True)
class DistillParams:
    """What is asked of the student.

    Attributes:
        teacher: ONNX file under ``KINDRED_DATA``.
        crops: of each photo that the teacher sees, the whole first (see `networks.lessons`); the student is shown
            another in each epoch, and none twice before it has seen all.
        crop_scale: smallest and largest share of the area that a random crop covers.
        pairs: in what share of the crops one of another photo is blended in.
        mirrored: whether the teacher answers for a crop with the mean over it and its mirror image.
        out: half-whitened principal components of the teacher's features to predict.
        relation: weight of `relation_loss` beside the cosine.
        anchors: how many other photos a photo is compared with there.
        structure: weight of `structure_loss` beside them.
        places: weight of `places_loss` beside them; the teacher's answers then take four times the room.
        temperature: divides the cosines in both.
    """

    teacher: str
    crops: int = field(default=4, metadata=COUNT)
    crop_scale: tuple[float, float] = field(default=(0.35, 1.0), metadata=SHARE)
    pairs: float = field(default=0.0, metadata=SHARE)
    mirrored: bool = False
    out: int = field(default=256, metadata=COUNT)
    relation: float = field(default=0.0, metadata=WEIGHT)
    anchors: int = field(default=2048, metadata=COUNT)
    structure: float = field(default=0.0, metadata=WEIGHT)
    places: float = field(default=0.0, metadata=WEIGHT)
    temperature: float = field(default=0.1, metadata=POSITIVE)

    def __post_init__(self) -> None:
        rising("pretext: crop_scale", self.crop_scale)


@dataclass(frozen=True, slots=True)
class _Learned:
    """A lesson, the teacher's answers float16[N, out] on the network's device, and those place by place, if wanted."""

    lesson: Lesson
    answers: Tensor
    cells: Answers | None


class Distill(Pretext):
    """One minus the cosine between a linear map of the features and the teacher's view of the same crop."""

    head: nn.Linear
    views = 1

    def __init__(self, backbone: nn.Module, dim: int, params: DistillParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.head = nn.Linear(dim, params.out)
        self._lessons: Lessons | None = None
        self._whitening: HalfWhitening | None = None
        self._learned: dict[int, _Learned] = {}

    def prepare(self, photos: PhotoArray, open_run: OpenRun, cache: Path, ctx: JobContext) -> None:
        """See `Pretext.prepare`."""
        p = self.params
        self._lessons = Lessons(p.teacher, photos, cache, crop_scale=p.crop_scale, pairs=p.pairs, mirrored=p.mirrored)
        self._whitening = HalfWhitening(self._lessons.answers(0, ctx), p.out)
        self._learned = {}
        self.begin_epoch(0, ctx)

    def begin_epoch(self, epoch: int, ctx: JobContext) -> None:
        """See `Pretext.begin_epoch`; asks the teacher where it has not been asked before."""
        number = epoch % self.params.crops
        # Whole photos stay at hand: they are what others are compared with, and what the health report looks at.
        self._learned = {kept: learned for kept, learned in self._learned.items() if kept in (0, number)}
        if number not in self._learned:
            self._learned[number] = self._learn(number, ctx)

    def _learn(self, number: int, ctx: JobContext) -> _Learned:
        lessons, whitening = self._lessons, self._whitening
        assert lessons is not None
        assert whitening is not None
        cells = None
        if self.params.places:
            cells = lessons.cells(number, whitening, ctx)
            answers = np.concatenate([_unit_mean(part) for part in np.array_split(cells, -(-len(cells) // _AT_ONCE))])
        else:
            answers = whitening.unit(lessons.answers(number, ctx))
        # With the network: to look them up elsewhere, a GPU would have to wait for the CPU at every step. Those of all
        # places may be larger than its memory.
        return _Learned(lessons.lesson(number), torch.from_numpy(answers).to(self.head.weight.device), cells)

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """Views float32[B, 3, S, S], targets float32[B, out], anchors float32[M, out].

        With ``places``, also what they are to be place by place, float32[B, `CELLS`, `CELLS`, out].
        """
        learned = self._learned[source.epoch % self.params.crops]
        generator, device = source.generator, source.generator.device
        flip = uniform(len(rows), 0, 1, generator) < source.augment.flip
        views = learned.lesson.show(source.photos, rows, flip, source.size)
        views = apply_color(views, *draw_colors(views, source.augment, generator))
        views = normalize(disturb(views, source.augment, generator))
        count = self.params.anchors if self.params.relation else 0
        others = torch.randint(len(source.images), (count,), generator=generator, device=device)
        targets, anchors = learned.answers[on_device(rows, device)].float(), self._learned[0].answers[others].float()
        if learned.cells is None:
            return views, targets, anchors
        cells = on_device(learned.cells[rows], device).float()
        return views, targets, anchors, torch.where(flip.view(-1, 1, 1, 1), cells.flip(2), cells)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        views, targets, anchors, *cells = inputs
        p = self.params
        places = last_map(self.backbone, views) if cells else None
        features = self.backbone(views) if places is None else F.adaptive_avg_pool2d(places, 1).flatten(1)
        predicted = gather_views(F.normalize(self.head(features).float(), dim=1), 1)
        targets = gather_views(targets, 1)
        loss = 1 - (predicted * targets).sum(dim=1).mean()
        if p.relation:
            loss = loss + p.relation * relation_loss(predicted, targets, torch.cat([targets, anchors]), p.temperature)
        if p.structure:
            loss = loss + p.structure * structure_loss(gather_views(features, 1), targets, p.temperature)
        if places is not None:
            both = self.head(places.permute(0, 2, 3, 1)).float(), *cells
            said, meant = (gather_views(one.flatten(1), 1).view(-1, *one.shape[1:]) for one in both)
            loss = loss + p.places * places_loss(said, meant)
        return loss

    @torch.no_grad()
    def fit_head(self, source: Source, photos: int, ctx: JobContext) -> None:
        """Set the head to the least-squares map from the features of random views to what the teacher makes of them.

        For a trained network whose head is not at hand: under a random one it would first unlearn.

        Args:
            source: to draw from.
            photos: how many to look at; with less than some ten times as many as there are features, it fits noise.
            ctx: progress and cancelling.
        """
        self.eval()
        features: list[Tensor] = []
        targets: list[Tensor] = []
        order = torch.randperm(len(source.images), generator=torch.Generator().manual_seed(0))[:photos]
        for rows in torch.split(order, _FITTED_AT_ONCE):
            ctx.progress(_FITTED_AT_ONCE * len(features), len(order), "fitting the head")
            ctx.check()
            views, wanted, *_ = self.draw(rows.sort().values.numpy(), source)
            features.append(self.backbone(views).double())
            targets.append(wanted.double())
        known, wanted = torch.cat(features), torch.cat(targets)
        mean, aim = known.mean(dim=0), wanted.mean(dim=0)
        squares = (known - mean).T @ (known - mean)
        ridge = _RIDGE * squares.diagonal().mean() * torch.eye(len(squares), dtype=squares.dtype, device=squares.device)
        weight = torch.linalg.solve(squares + ridge, (known - mean).T @ (wanted - aim)).T
        # Only the direction of an answer counts; of the length of a fresh head, it learns as fast as that.
        scale = self.head.weight.norm() / weight.norm()
        self.head.weight.copy_(scale * weight)
        self.head.bias.copy_(scale * (aim - weight @ mean))


def relation_loss(predicted: Tensor, targets: Tensor, anchors: Tensor, temperature: float) -> Tensor:
    """How differently student and teacher compare a photo with others (Fang et al. 2021, SEED, equation 4).

    Args:
        predicted: the student's, unit rows float32[B, d].
        targets: the teacher's, unit rows float32[B, d].
        anchors: what the teacher makes of the photos to compare with, unit rows float32[M, d].
        temperature: divides the cosines.

    Returns:
        Scalar float32: mean Kullback-Leibler divergence of the student's softmax over anchors from the teacher's.
    """
    with torch.autocast(predicted.device.type, enabled=False):
        student = F.log_softmax(predicted.float() @ anchors.T / temperature, dim=1)
        teacher = F.log_softmax(targets @ anchors.T / temperature, dim=1)
        return F.kl_div(student, teacher, reduction="batchmean", log_target=True)


def structure_loss(features: Tensor, targets: Tensor, temperature: float) -> Tensor:
    """How differently student and teacher compare the photos of a batch with each other, by the features themselves.

    `relation_loss` goes through the head, which is thrown away; this is about the space that is kept (Tung and Mori
    2019, similarity-preserving distillation, with a softmax over each photo's comparisons instead of squares).

    Args:
        features: the student's, float[B, D]; compared by the cosine around their mean.
        targets: the teacher's, unit rows float32[B, d].
        temperature: divides the cosines.

    Returns:
        Scalar float32: mean Kullback-Leibler divergence of the student's softmax over the other photos from the
        teacher's.
    """
    with torch.autocast(features.device.type, enabled=False):
        features = features.float()
        unit = F.normalize(features - features.mean(dim=0), dim=1)
        others = ~torch.eye(len(unit), dtype=torch.bool, device=unit.device)
        student, teacher = (
            F.log_softmax((rows @ rows.T)[others].view(len(rows), -1) / temperature, dim=1) for rows in (unit, targets)
        )
        return F.kl_div(student, teacher, reduction="batchmean", log_target=True)


def places_loss(predicted: Tensor, cells: Tensor) -> Tensor:
    """How differently student and teacher see each place of a view, by the map that is pooled.

    A pooled answer tells that something is somewhere; this tells where, as many times a view as the map has places
    (after Romero et al. 2015, FitNets, whose hints are maps, too, here the last ones and by the cosine).

    Args:
        predicted: the student's, float32[B, H, W, d].
        cells: the teacher's, float32[B, H', W', d].

    Returns:
        Scalar float32: one minus the mean cosine, in the student's cells.
    """
    with torch.autocast(predicted.device.type, enabled=False):
        cells = spread_over(cells, (predicted.shape[1], predicted.shape[2]))
        return 1 - F.cosine_similarity(predicted, cells, dim=3).mean()


def _unit_mean(cells: Answers) -> npt.NDArray[np.float16]:
    """Unit rows float16[N, d] of the mean over places of float16[N, H, W, d]."""
    return F.normalize(torch.tensor(cells).float().mean(dim=(1, 2)), dim=1).half().numpy()
