"""A picture of each method, from the runs of the row ``pretexts``: what it is asked, and what it answers.

Sets of others stay out of the repository, so the pictures shown are those of the sample album, which Kindred draws
itself. The networks have never seen them.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.sample.album import make_sample_album
from desktop_app.engine.types import Int64Array

from ... import places
from ...config import AugmentConfig
from ...files import explained
from ...measuring.pictures import ASKED, RIGHT, WRONG, Photos, Strip, contact_sheet
from ...networks.backbones import build_backbone
from ...photos.augment import MEAN, STD, normalize, random_views
from ...photos.data import to_square
from ...photos.strong_augment import whole
from ...pretexts.autoencoder import Autoencoder
from ...pretexts.base import Pretext
from ...pretexts.dot import Dot
from ...pretexts.jigsaw import Jigsaw
from ...pretexts.rotnet import TURNS, turned
from ...puzzle.permutations import TILES
from ...runs.open import load_run, load_trained
from ...runs.record import read_numbers
from ...scan.mining import nearest
from .methods import folder_name
from .schultz import PLAIN

_TILE, _EXAMPLES, _LINES = 56, 8, 4
_SIDE = 3  # tiles of a puzzle


@dataclass(frozen=True, slots=True)
class Shown:
    """What pictures are made of.

    Attributes:
        runs: folder of the runs of ``pretexts``.
        photos: uint8[N, 3, S, S], all.
        examples: uint8[8, 3, S, S], some of them, of different kinds.
        size: S, at which the networks look.
    """

    runs: Path
    photos: Photos
    examples: Photos
    size: int

    def trained(self, name: str) -> Pretext:
        """The run called so, in eval mode."""
        return load_trained(self.runs / name)

    def seen(self, photos: Photos) -> Tensor:
        """What networks are given: normalized float32[N, 3, S, S]."""
        return normalize(whole(torch.from_numpy(photos.copy()), self.size))


def draw_methods(runs: Path, out: Path, ctx: JobContext) -> list[Path]:
    """Draw every picture; returns the files written.

    Args:
        runs: folder of the runs of ``pretexts``.
        out: folder for the pictures.
        ctx: checked between pictures.

    Raises:
        UserError: ``run-missing`` where one of the methods was not trained, ``pictures-not-written``.
    """
    if not runs.is_dir():
        raise UserError(
            "run-missing",
            f"There are no trained methods in {runs}.",
            f"Train them first: {places.COMMAND} reproduce pretexts, then {places.COMMAND} reproduce schultz",
        )
    size = load_run(runs / "simclr-0")[0].resolutions[-1][1]
    with explained(out, "pictures-not-written"):
        out.mkdir(parents=True, exist_ok=True)
    photos = _album(size)
    shown, paths = Shown(runs, photos, photos[unlike(photos, _EXAMPLES)], size), []
    for name, draw in _PICTURES.items():
        ctx.check()
        paths.append(out / f"{name}.png")
        with torch.no_grad():
            draw(shown, paths[-1])
    return paths


def _album(size: int) -> Photos:
    """The pictures of the sample album, upright: uint8[N, 3, size, size]."""
    squares = []
    with tempfile.TemporaryDirectory() as folder:
        for path in make_sample_album(Path(folder)):
            with suppress(UserError):  # one of them was cut short, as happens in albums
                squares.append(to_square(decode(read_bytes(path), None).image, size))
    return np.stack(squares)


def unlike(photos: Photos, count: int) -> Int64Array:
    """So many of uint8[N, 3, S, S], each as far as can be from those before it, pixel by pixel: int64[count]."""
    pixels = photos.reshape(len(photos), -1).astype(np.float32)
    chosen = [0]
    while len(chosen) < count:
        apart = [np.linalg.norm(pixels - pixels[row], axis=1) for row in chosen]
        chosen.append(int(np.min(apart, axis=0).argmax()))
    return np.array(chosen)


def as_photos(values: Tensor) -> Photos:
    """Values float[N, 3, S, S], 0 to 1, as pictures."""
    pictures: Photos = (values.clamp(0, 1) * 255).round().byte().numpy()
    return pictures


def _views(shown: Shown, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return random_views(torch.from_numpy(shown.examples.copy()), shown.size, AugmentConfig(gray=0.2), generator)


def _uncolored(views: Tensor) -> Photos:
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in (MEAN, STD))
    return as_photos(views * std + mean)


def _simclr(shown: Shown, path: Path) -> None:
    """Two views of each picture, and how alike networks find them: untrained, and trained."""
    first, second = _views(shown, 0), _views(shown, 1)
    config, trained, _ = load_run(shown.runs / "simclr-0")
    figure = Figure(figsize=(9, 2.6), layout="constrained")
    panels = figure.subplot_mosaic(
        [["first", "before", "after"], ["second", "before", "after"]], width_ratios=(2, 1, 1)
    )
    for name, views in (("first", first), ("second", second)):
        panels[name].imshow(np.concatenate(list(_uncolored(views).transpose(0, 2, 3, 1)), axis=1))
        panels[name].set_title(f"{name} view")
    for name, network in (("before", build_backbone(config.backbone, 0).eval()), ("after", trained)):
        one, other = network(first), network(second)
        mean = torch.cat([one, other]).mean(dim=0)
        one, other = (torch.nn.functional.normalize(part - mean, dim=1) for part in (one, other))
        panels[name].imshow((one @ other.T).numpy(), cmap="Blues", vmin=-1, vmax=1)
        panels[name].set_title(f"alike, {name} training")
    for axes in panels.values():
        axes.set_xticks([])
        axes.set_yticks([])
    figure.savefig(path, dpi=80)


def _cosines(name: str) -> Callable[[Shown, Path], None]:
    """Cosines of two views of one picture, and of views of two, in what a method compares."""

    def draw(shown: Shown, path: Path) -> None:
        figure = Figure(figsize=(7, 2.4), layout="constrained")
        _histogram(figure.subplots(), shown, shown.trained(name), "cosine of two views")
        figure.savefig(path, dpi=80)

    return draw


def _histogram(axes: Axes, shown: Shown, task: Pretext, what: str, *, cosine: bool = True) -> None:
    photos = torch.from_numpy(shown.photos.copy())
    codes = []
    for seed in range(2):
        views = random_views(photos, shown.size, AugmentConfig(gray=0.2), torch.Generator().manual_seed(seed))
        codes.append(task.embed(views)[1] if cosine else task.head(task.backbone(views)))
    scores = (codes[0] @ codes[1].T).numpy()
    same = np.eye(len(scores), dtype=bool)
    bins = np.linspace(scores.min(), scores.max(), 40).tolist()
    axes.hist(scores[~same], bins, density=True, alpha=0.6, label="two pictures")
    axes.hist(scores[same], bins, density=True, alpha=0.6, label="the same picture")
    axes.set_xlabel(what)
    axes.set_yticks([])
    axes.legend(frameon=False)


def _rotnet(shown: Shown, path: Path) -> None:
    """Every picture in all four positions, framed by whether the network tells which."""
    task, pictures = shown.trained("rotnet-0"), turned(torch.from_numpy(shown.examples.copy()))
    told = task.head(task.backbone(turned(shown.seen(shown.examples)))).argmax(dim=1)
    count, strips = len(shown.examples), []
    for turn in range(TURNS):
        rows = slice(turn * count, (turn + 1) * count)
        frames = [RIGHT if answer == turn else WRONG for answer in told[rows].tolist()]
        strips.append(Strip(f"{90 * turn} degrees", pictures[rows].numpy(), frames))
    contact_sheet(strips, path, columns=count, tile=_TILE)


def _jigsaw(shown: Shown, path: Path) -> None:
    """Pictures, their tiles as the network gets them, and the order that it puts them in."""
    task = shown.trained("jigsaw-0")
    assert isinstance(task, Jigsaw)
    tiles, numbers, _ = task.solver.draw(shown.seen(shown.examples), torch.Generator().manual_seed(0), 0)
    answers = task.solve(tiles)[0].argmax(dim=1)
    boards = tiles.view(-1, TILES, *tiles.shape[1:])
    ordered = torch.empty_like(boards)
    ordered[torch.arange(len(boards)).unsqueeze(1), task.solver.orders[answers]] = boards
    frames = [RIGHT if right else WRONG for right in (answers == numbers).tolist()]
    strips = [
        Strip("the picture", shown.examples),
        Strip("its tiles: a gap between them, each of one brightness", laid(boards)),
        Strip("in the order that the network tells", laid(ordered), frames),
    ]
    contact_sheet(strips, path, columns=len(boards), tile=_TILE)


def laid(boards: Tensor) -> Photos:
    """Leveled tiles float[B, 9, 3, t, t] side by side, with a line between them."""
    framed = torch.nn.functional.pad(boards / 4 + 0.5, (0, 1, 0, 1), value=1.0)
    rows = framed.view(-1, _SIDE, _SIDE, *framed.shape[2:]).permute(0, 3, 1, 4, 2, 5)
    return as_photos(rows.flatten(2, 3).flatten(3, 4))


def _autoencoder(shown: Shown, path: Path) -> None:
    """Pictures, and what is drawn of their codes."""
    task = shown.trained("autoencoder-0")
    assert isinstance(task, Autoencoder)
    drawn = as_photos(task.decoder(task.head(task.backbone(shown.seen(shown.examples)))))
    strips = [Strip("the picture", shown.examples), Strip("drawn from its code of 128 numbers", drawn)]
    contact_sheet(strips, path, columns=len(drawn), tile=_TILE)


def _deepcluster(shown: Shown, path: Path) -> None:
    """How far clusters agree with those of the epoch before."""
    runs = {
        "k-means": "deepcluster-k-means-0",
        "Gaussian mixture": "deepcluster-gaussian-mixture-0",
        "von Mises-Fisher": "deepcluster-von-mises-fisher-mixture-0",
        "with jigsaw": "deepcluster-with-jigsaw-0",
        "after jigsaw": "jigsaw-then-deepcluster-0",
    }
    figure = Figure(figsize=(7, 2.8), layout="constrained")
    axes = figure.subplots()
    for title, name in runs.items():
        rows = [row for row in read_numbers(shown.runs / name / "health.csv") if row["epoch"] > 1]
        axes.plot([row["epoch"] for row in rows], [100 * row["nmi_previous"] for row in rows], marker="o", label=title)
    axes.set_ylabel("NMI with the epoch before, %")
    axes.set_xlabel("epoch of clustering")
    axes.locator_params("x", integer=True)
    figure.legend(handles=axes.get_legend_handles_labels()[0], loc="outside right center", frameon=False)
    figure.savefig(path, dpi=80)


def _pairs(shown: Shown, path: Path) -> None:
    """The loss of pair classification, with what keeps it from staying at chance and without."""
    figure = Figure(figsize=(7, 2.6), layout="constrained")
    axes = figure.subplots()
    for name in ("pairs", *PLAIN):
        rows = read_numbers(shown.runs / f"{folder_name(name)}-0" / "metrics.csv")
        axes.plot([row["step"] for row in rows], [row["loss"] for row in rows], label=name.removeprefix("pairs, "))
    axes.axhline(math.log(2), color="gray", linestyle="--", label="guessing (log 2)")
    axes.set_xlabel("step")
    axes.set_ylabel("loss")
    figure.legend(handles=axes.get_legend_handles_labels()[0], loc="outside right center", frameon=False)
    figure.savefig(path, dpi=80)


def _dot(shown: Shown, path: Path) -> None:
    """Scores of two views of one picture and of two, as told and repaired."""
    figure = Figure(figsize=(8, 2.4), layout="constrained")
    names = {"as told: product of codes": "dot-product-as-told-0", "repaired: cosine": "dot-product-repaired-0"}
    for axes, (what, name) in zip(figure.subplots(1, 2), names.items(), strict=True):
        task = shown.trained(name)
        assert isinstance(task, Dot)
        _histogram(axes, shown, task, what, cosine=task.params.keep == "variance")
    figure.savefig(path, dpi=80)


def _scan(shown: Shown, path: Path) -> None:
    """Pictures, framed, each with its nearest neighbors: what SCAN begins with."""
    features, _ = shown.trained("simclr-0").embed(shown.seen(shown.photos))
    rows = unlike(shown.photos, _LINES)
    found = nearest(features - features.mean(dim=0), _EXAMPLES - 1)[rows]
    strips = [
        Strip("", shown.photos[[row, *near]], [ASKED] + [(255, 255, 255)] * len(near))
        for row, near in zip(rows, found, strict=True)
    ]
    contact_sheet(strips, path, columns=_EXAMPLES, tile=_TILE)


_PICTURES: dict[str, Callable[[Shown, Path], None]] = {
    "simclr": _simclr,
    "moco": _cosines("moco-0"),
    "instance": _cosines("instance-discrimination-0"),
    "rotnet": _rotnet,
    "jigsaw": _jigsaw,
    "deepcluster": _deepcluster,
    "autoencoder": _autoencoder,
    "pairs": _pairs,
    "dot": _dot,
    "scan": _scan,
}
