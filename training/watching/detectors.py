"""What can go wrong with any task, found without labels in the figures of a run, and said in plain words.

Tasks add detectors of their own (`Pretext.alarms`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..alarm import Alarm

Row = Mapping[str, float]

MIN_SPREAD = 0.2
MIN_RANK = 30 / 512  # of the directions there are
MAX_UNIFORMITY = -0.2
MIN_FALL = 0.1  # of the first loss; a smaller one proves nothing
MIN_GAIN = 0.02
ALMOST_ALL = 0.9
YOUNG = 100  # steps, before which nothing is judged


def common_alarms(losses: Sequence[Row], health: Sequence[Row], directions: int, *, from_scratch: bool) -> list[Alarm]:
    """The degenerate modes that the latest health report shows.

    Args:
        losses: rows of ``metrics.csv``, oldest first.
        health: rows of ``health.csv``, oldest first.
        directions: most that the features of the report's photos can span: min(photos - 1, features).
        from_scratch: whether the run began with random weights. One that goes on from another run may rightly give up
            directions, and neighbors that differ within a group.
    """
    if len(health) < 2 or not losses or health[-1]["step"] < YOUNG:
        return []
    now = health[-1]
    found = [_constant(now), _constant_predictions(now)]
    if from_scratch:
        found.append(_few_directions(now, directions))
    first, last = losses[0]["loss"], _mean_loss(losses, health)
    if first - last > MIN_FALL * abs(first):
        found.append(_leak(first, last, now["eval_loss"]))
        if from_scratch:
            found.append(_nothing_learned(first, last, health))
    return [alarm for alarm in found if alarm]


def _mean_loss(losses: Sequence[Row], health: Sequence[Row]) -> float:
    """Over the steps between the last two reports; single batches vary too much."""
    recent = [row["loss"] for row in losses if row["step"] > health[-2]["step"]]
    return float(np.mean(recent or [losses[-1]["loss"]]))


def _constant(now: Row) -> Alarm | None:
    if now["feature_std"] >= MIN_SPREAD:
        return None
    return Alarm(
        "constant-features",
        f"All photos get nearly the same features: their spread is {now['feature_std']:.2f}, where 1 is even and less "
        f"than {MIN_SPREAD} is collapse. Try a lower learning rate, or a longer warm-up; with a momentum network, a "
        "momentum nearer to 1.",
    )


def _few_directions(now: Row, directions: int) -> Alarm | None:
    least = MIN_RANK * directions
    if now["effective_rank"] >= least:
        return None
    return Alarm(
        "few-directions",
        f"The features use {now['effective_rank']:.1f} of {directions} directions; below {least:.0f} they can tell "
        "little apart. Try stronger color changes or smaller crops, or a higher temperature.",
    )


def _constant_predictions(now: Row) -> Alarm | None:
    if now["uniformity"] <= MAX_UNIFORMITY:
        return None
    return Alarm(
        "constant-predictions",
        f"What is predicted is nearly the same for all photos (uniformity {now['uniformity']:.2f}; 0 is one point, "
        "-4 is spread evenly). Try a lower learning rate; a student has to be given centered targets.",
    )


def _leak(first: float, last: float, judged: float) -> Alarm | None:
    """BatchNorm as a shortcut: solved by the statistics of the batch, unsolved with the running ones."""
    if first - judged >= (first - last) / 2:
        return None
    return Alarm(
        "batch-statistics-leak",
        f"The loss fell from {first:.3g} to {last:.3g}, but is {judged:.3g} on the same photos without the statistics "
        "of the batch: the network recognizes the batch, not the photo. Encode all views in one pass, or shuffle the "
        "keys over more groups.",
    )


def _nothing_learned(first: float, last: float, health: Sequence[Row]) -> Alarm | None:
    before, now = health[0]["retrieval"], health[-1]["retrieval"]
    untrained = health[0]["step"] == 0  # not so in runs from before that was looked at
    if not untrained or before > ALMOST_ALL or now - before >= MIN_GAIN:
        return None
    return Alarm(
        "loss-falls-neighbors-stay",
        f"The loss fell from {first:.3g} to {last:.3g}, but the other view of a photo is its nearest neighbor in "
        f"{100 * now:.0f} % of cases, as with the untrained network ({100 * before:.0f} %): the task is solved by "
        "something else than what the photos show. Try stronger color changes, smaller crops or a higher temperature.",
    )
