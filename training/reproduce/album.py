"""The pictures and tables of Kong's paper, drawn for any features of labeled pictures."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from desktop_app.engine.evaluate import Labels, confusion, contingency, standardize
from desktop_app.engine.export import plot_elbow
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.types import Elbow, Float32Array, Int64Array

from ..measuring.pictures import confusion_picture, group_sheet, neighbor_sheet, scatter
from .labeled import Labeled


def draw_album(
    folder: Path, title: str, data: Labeled, neighbors: Int64Array, xy: Float32Array, groups: Labels, curve: Elbow
) -> None:
    """Write elbow, map (plain and with thumbnails), neighbors, groups, confusion matrix and the table of embeddings.

    Args:
        folder: made where it is missing.
        title: of the maps.
        data: the pictures.
        neighbors: int64[N, 5], see `near`.
        xy: float32[N, 2], the map.
        groups: int[N].
        curve: the elbow chart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    photos = np.asarray(data.photos.images)
    plot_elbow(curve, folder / "elbow.png")
    scatter(xy, groups, folder / "map.png", title=title)
    scatter(xy, groups, folder / "map-photos.png", title=title, photos=photos)
    asked = examples(data.truth, per_label=40 // len(data.classes))
    neighbor_sheet(photos, asked, neighbors[asked], folder / "neighbors.png", truth=data.truth, across=4)
    group_sheet(photos, groups, folder / "groups.png", columns=30)
    shares = confusion(data.truth, groups)
    confusion_picture(shares, data.classes, folder / "confusion.png", title=f"{title}: percent of each label")
    write_embeddings(folder / "embeddings.csv", data, xy, groups)


def near(features: Float32Array) -> Int64Array:
    """The five nearest rows of each of float32[N, D], by cosine on centered unit features: int64[N, 5]."""
    points = standardize(features)
    return nearest(points, points, 5, JobContext(), exclude=np.arange(len(points)))[0]


def examples(truth: Labels, per_label: int) -> Int64Array:
    """The first ``per_label`` rows of each label, label by label."""
    return np.concatenate([np.flatnonzero(truth == label)[:per_label] for label in np.unique(truth)])


def write_embeddings(path: Path, data: Labeled, xy: Float32Array, groups: Labels) -> None:
    """Kong's tables: file, two coordinates, group, the label most frequent in the group, the picture's own, equal."""
    names, place = np.unique(groups, return_inverse=True)
    given = contingency(data.truth, place).argmax(axis=0)[place]
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["filename", "embedding_0", "embedding_1", "group", "trained_label", "truth_label", "equal"])
        for row, name in enumerate(data.names):
            given_label, true_label = data.classes[given[row]], data.classes[data.truth[row]]
            place_2d = [f"{value:.3f}" for value in xy[row]]
            rows.writerow([name, *place_2d, names[place[row]], given_label, true_label, int(given_label == true_label)])
