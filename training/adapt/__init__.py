"""A model of one's own: the network as it is, and behind it what was learned from a person's folder.

A0 the folder's own mean and principal axes, A1 maps and a cluster head learned from views of the photos and their
neighbors, A2 self-labeling of that head, A3 training of the network's last stage. No labels are needed; a step
stays only where the label-free score does not fall.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.types import Problem

from ..exporting.packing import refuse_name
from .photos import read_folder
from .pipeline import Options, Step, fit
from .write import write_model

__all__ = ["Adapted", "Options", "Step", "adapt"]


@dataclass(frozen=True, slots=True)
class Adapted:
    """What adapting gave.

    Attributes:
        base: the model that was adapted.
        card: of the new model; None when no step was worth keeping, so that nothing was written.
        steps: what was done.
        k: groups that the head makes, and that the score was taken at.
        suggested: the number of groups the app would start with, before and after.
        photos: learned from.
        left_out: photos beyond the first few thousand, drawn at random.
        problems: files that could not be read.
    """

    base: ModelCard
    card: ModelCard | None
    steps: tuple[Step, ...]
    k: int
    suggested: tuple[int, int]
    photos: int
    left_out: int
    problems: tuple[Problem, ...]


def adapt(
    folder: Path, base: ModelCard, name: str, models: Path, options: Options, ctx: JobContext, *, labeled: bool = False
) -> Adapted:
    """Adapt a model to a folder and add it to ``models``. The folder and the model are only read.

    Args:
        folder: photos, sub-folders included.
        base: the model.
        name: of the new one.
        models: folder of models; made when it is missing.
        options: what is asked for.
        ctx: progress and cancelling; what is cancelled leaves nothing behind.
        labeled: score each step against the sub-folders' names, too; nothing is chosen by that.

    Raises:
        UsageError: ``bad-name``, ``no-labels``, as `photos.read_folder` and `pipeline.fit`.
        NoImagesError: ``no-photos``.
        ModelError: ``model-exists``, or the model does not match its card.
        UserError: ``model-not-written``.
    """
    refuse_name(name, models)
    photos = read_folder(folder, base, ctx)
    labels = photos.labels() if labeled else None
    if labels is not None and len(set(labels[1].tolist())) < 2:
        raise UsageError(
            "no-labels", f"{folder} has fewer than two sub-folders with photos, so there is nothing to score against."
        )
    fitted = fit(photos, base, options, ctx, labels)
    kept = any(step.kept for step in fitted.steps[1:])
    card = write_model(base, photos, fitted, options, name, models, ctx) if kept else None
    return Adapted(
        base=base,
        card=card,
        steps=tuple(fitted.steps),
        k=fitted.k,
        suggested=fitted.suggested,
        photos=len(photos.names),
        left_out=photos.left_out,
        problems=photos.problems,
    )
