"""Pictures of results: sheets of photos, the map, the confusion matrix, prototypes.

The elbow chart is the engine's own, `desktop_app.engine.export.plot_elbow`. Photos are uint8[N, 3, S, S] everywhere,
as training holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from desktop_app.engine.types import Float32Array, Float64Array, Int64Array

Photos = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.integer[Any]]

_GAP, _TITLE = 4, 18
_SHOWN = 12
_MOST_SHOWN = 60  # photos of a group
_AVERAGED = 10  # photos of a group that its prototype is typical of
_INK, _PAPER = (40, 40, 40), (255, 255, 255)
RIGHT, WRONG, ASKED = (46, 160, 67), (207, 34, 46), (64, 64, 64)


@dataclass(frozen=True, slots=True)
class Strip:
    """Some photos under a title.

    Attributes:
        title: above them.
        photos: uint8[N, 3, S, S].
        frames: RGB of a frame round each photo; none when empty.
    """

    title: str
    photos: Photos
    frames: Sequence[tuple[int, int, int]] = ()


def contact_sheet(strips: Sequence[Strip], path: Path, *, columns: int, tile: int = 48, across: int = 1) -> None:
    """Write strips of photos below and beside each other as one picture.

    Args:
        strips: at least one.
        path: of the PNG file.
        columns: photos a line of a strip.
        tile: side of a photo in pixels.
        across: strips beside each other.
    """
    cell = tile + _GAP
    width = columns * cell + 3 * _GAP
    titles = [_TITLE if strip.title else 0 for strip in strips]
    heights = [
        title + -(-len(strip.photos) // columns) * cell + 2 * _GAP for title, strip in zip(titles, strips, strict=True)
    ]
    bands = [max(heights[start : start + across]) for start in range(0, len(strips), across)]
    sheet = Image.new("RGB", (width * across, sum(bands) + _GAP), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    for number, strip in enumerate(strips):
        band, place = divmod(number, across)
        left, top = place * width + 2 * _GAP, sum(bands[:band]) + _GAP
        draw.text((left, top), strip.title, fill=_INK, font=font)
        for index, photo in enumerate(strip.photos):
            line, column = divmod(index, columns)
            x, y = left + column * cell, top + titles[number] + line * cell
            if strip.frames:
                draw.rectangle((x - 2, y - 2, x + tile + 1, y + tile + 1), fill=strip.frames[index])
            sheet.paste(_tile(photo, tile), (x, y))
    sheet.save(path)


def group_sheet(photos: Photos, groups: Labels, path: Path, **layout: int) -> None:
    """A strip a group, the largest first; at most 60 photos each, evenly spaced. ``layout``: `contact_sheet`."""
    names, sizes = np.unique(groups, return_counts=True)
    strips = []
    for name, size in sorted(zip(names, sizes, strict=True), key=lambda pair: (-pair[1], pair[0])):
        shown = f", {_MOST_SHOWN} of them" if size > _MOST_SHOWN else ""
        chosen = np.linspace(0, size - 1, min(size, _MOST_SHOWN)).round().astype(np.int64)
        strips.append(Strip(f"Group {name}: {size} photos{shown}", photos[groups == name][chosen]))
    contact_sheet(strips, path, **layout)


def neighbor_sheet(
    photos: Photos, rows: Int64Array, neighbors: Int64Array, path: Path, *, truth: Labels | None = None, **layout: int
) -> None:
    """Photos ``rows`` int64[Q], each with its neighbors int64[Q, k]; green where ``truth`` agrees, red where not."""
    strips = []
    for row, found in zip(rows, neighbors, strict=True):
        frames = [ASKED] + [
            RIGHT if truth is not None and truth[row] == truth[other] else WRONG if truth is not None else _PAPER
            for other in found
        ]
        strips.append(Strip("", photos[[row, *found]], frames))
    contact_sheet(strips, path, columns=neighbors.shape[1] + 1, **layout)


def scatter(xy: Float32Array, groups: Labels, path: Path, *, title: str, photos: Photos | None = None) -> None:
    """Write the map: float32[N, 2] colored by group int[N], with thumbnails in place of points where given.

    Of thumbnails that would hide each other the first is shown; the others stay points.
    """
    from matplotlib import colormaps
    from matplotlib.figure import Figure
    from matplotlib.offsetbox import AnnotationBbox, OffsetImage

    side = 14 if photos is not None else 8
    figure = Figure(figsize=(side, 0.75 * side), layout="constrained")
    axes = figure.subplots()
    names = np.unique(groups)
    colors = colormaps["tab10" if len(names) <= 10 else "tab20"]
    for number, name in enumerate(names):
        own = groups == name
        axes.scatter(xy[own, 0], xy[own, 1], s=12, color=colors(number % colors.N), label=str(name), linewidths=0)
    axes.set_title(title)
    axes.set_xlabel("first principal component")
    axes.set_ylabel("second principal component")
    axes.legend(title="group", loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    if photos is not None:
        for row in apart(xy, across=34):
            color = colors(int(np.searchsorted(names, groups[row])) % colors.N)
            picture = OffsetImage(np.asarray(_tile(photos[row], 48)), zoom=0.5)
            frame = {"edgecolor": color, "linewidth": 1.5}
            axes.add_artist(AnnotationBbox(picture, xy[row], pad=0.1, bboxprops=frame))
    figure.savefig(path, dpi=100)


def apart(xy: Float32Array, across: int) -> list[int]:
    """Rows of points float32[N, 2], any two an ``across``-th of the map from each other along at least one axis."""
    extent = np.ptp(xy, axis=0)
    scaled = (xy - xy.min(axis=0)) / np.where(extent > 0, extent, 1) * across
    chosen: list[int] = []
    for row, point in enumerate(scaled):
        if not chosen or np.abs(scaled[chosen] - point).max(axis=1).min() >= 1:
            chosen.append(row)
    return chosen


def confusion_picture(matrix: Float64Array, names: Sequence[str], path: Path, *, title: str) -> None:
    """Write a confusion matrix float64[C, K] of shares (see `desktop_app.engine.evaluate.confusion`) in percent.

    A column is named after the label that the group was matched with; columns without a group are left out.
    """
    from matplotlib.figure import Figure

    matched = [*names, *[""] * (matrix.shape[1] - len(names))]
    used = np.flatnonzero(matrix.any(axis=0))
    matrix, matched = matrix[:, used], [matched[column] for column in used]
    rows, columns = matrix.shape
    figure = Figure(figsize=(max(5, 1.8 + 0.5 * columns), 1.2 + 0.42 * rows), layout="constrained")
    axes = figure.subplots()
    axes.imshow(100 * matrix, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    for row, column in np.ndindex(matrix.shape):
        share = 100 * float(matrix[row, column])
        if round(share) > 0:
            ink = "white" if share > 55 else "black"
            axes.text(column, row, f"{share:.0f}", ha="center", va="center", color=ink, fontsize=9)
    axes.set_yticks(range(rows), names)
    axes.set_xticks(range(columns), matched, rotation=90 if max(map(len, names)) > 2 else 0)
    axes.set_xlabel("matched group")
    axes.set_title(title)
    figure.savefig(path, dpi=100)


def prototypes(features: Float32Array, groups: Labels, confidence: Float32Array) -> dict[int, int]:
    """The photo that stands for each group: of its ten most confident members the one nearest to their mean.

    Args:
        features: float32[N, D].
        groups: int[N]; photos with -1 belong to none.
        confidence: float32[N].

    Returns:
        Group -> row, for every group that has members (Van Gansbeke et al. 2020, section 4.4).
    """
    found = {}
    for name in np.unique(groups[groups >= 0]):
        members = np.flatnonzero(groups == name)
        surest = members[np.argsort(-confidence[members], kind="stable")[:_AVERAGED]]
        distance = np.linalg.norm(features[surest] - features[surest].mean(axis=0), axis=1)
        found[int(name)] = int(surest[distance.argmin()])
    return found


def cluster_sheet(
    photos: Photos, features: Float32Array, groups: Labels, confidence: Float32Array, path: Path, *, title: str
) -> None:
    """A line a cluster: its prototype, framed, and the photos that are surest to belong to it."""
    strips = []
    for name, prototype in prototypes(features, groups, confidence).items():
        members = np.flatnonzero(groups == name)
        others = members[members != prototype]
        surest = others[np.argsort(-confidence[others], kind="stable")[:_SHOWN]]
        frames = [RIGHT] + [_PAPER] * len(surest)
        words = f"{title}: group {name}, {len(members)} photos; the prototype, and the surest"
        strips.append(Strip(words, photos[[prototype, *surest]], frames))
    contact_sheet(strips, path, columns=_SHOWN + 1, tile=64)


def _tile(photo: Photos, side: int) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(photo.transpose(1, 2, 0)))
    enlarged = image.width < side
    return image.resize((side, side), Image.Resampling.NEAREST if enlarged else Image.Resampling.LANCZOS)
