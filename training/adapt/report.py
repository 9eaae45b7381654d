"""What adapting did, as a table for the terminal."""

from __future__ import annotations

from desktop_app.engine import paths
from desktop_app.engine.wording import display_path

from . import Adapted
from .pipeline import Step

_PROBLEMS = 10


def as_text(adapted: Adapted) -> str:
    """Before and after, step by step; then where the model lies and how to undo it."""
    out = [f"{adapted.photos} photos, {adapted.k} groups."]
    if adapted.left_out:
        out.append(f"{adapted.left_out} more photos were not looked at: that many are enough to learn from.")
    if adapted.problems:
        out.append(f"{len(adapted.problems)} files could not be used:")
        out += [f"  {display_path(problem.path)}: {problem.message}" for problem in adapted.problems[:_PROBLEMS]]
        out += ["  ..."] * (len(adapted.problems) > _PROBLEMS)
    labeled = adapted.steps[0].figures is not None
    heading = f"{'':26}{'kept':>6}{'score':>8}{'probe':>8}{'views':>8}{'seeds':>8}{'found':>8}{'seconds':>9}"
    out += ["", heading + (f"{'kNN5':>8}{'k-means':>9}{'groups':>8}" if labeled else "")]
    for step in adapted.steps:
        out += [_line(step), f"    {step.note}"]
    out += ["", "score: mean of the four figures after it, none of which needs labels; what lowers it is left out."]
    if labeled:
        out.append(f"kNN5, k-means at the labels' number, groups at {adapted.k}: accuracy against the sub-folders.")
    out.append("Suggested number of groups: {} before, {} after.".format(*adapted.suggested))
    if adapted.card is None:
        return "\n".join([*out, "No step helped, so no model was written."])
    name = adapted.card.name
    out.append(f"Written: {display_path(adapted.card.folder)}")
    if adapted.card.folder.parent == paths.user_models_dir():
        out.append(f"Use it: kindred groups FOLDER --model {name}. Take it back: kindred models remove {name}.")
    else:
        out.append(f"Give it to the app: kindred models add {display_path(adapted.card.folder)}. To undo, delete it.")
    return "\n".join(out)


def _line(step: Step) -> str:
    found, figures = step.label_free, step.figures
    kept = "" if step.name == "base" else "yes" if step.kept else "no"
    four = (found.mean, found.probe, found.consistency, found.stability, found.retrieval)
    values = "".join(f"{value:8.3f}" for value in four) + f"{step.seconds:9.1f}"
    against = f"{100 * figures.knn5:8.1f}{100 * figures.kmeans:9.1f}{100 * figures.groups:8.1f}" if figures else ""
    return f"{step.name:26}{kept:>6}{values}{against}"
