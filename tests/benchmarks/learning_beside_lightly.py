"""Does SimCLR learn as it should? Ours beside the same training written plainly with lightly and torchvision's views.

    python -m tests.benchmarks.learning_beside_lightly [--epochs 4] [--photos 50000] [--seeds 3] [--folder FOLDER]

CIFAR-10 below ``KINDRED_DATA``. Photos, number of steps, batch, network, width of the head, distribution of the views,
temperature, optimizer and learning rate over time are the same; views, loss, average of the weights, number format and
order of the photos are each side's own. kNN is the share of test pictures whose class the 200 nearest training pictures
tell (weighted, temperature 0.1), from the features before the head. Prints a line for each seed as it comes, then means
and spreads; nothing is asserted. With ``--folder``, what was trained there is not trained again, and ours goes on
where it was stopped.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import tempfile
from pathlib import Path
from statistics import mean, stdev

import numpy as np
import torch

from desktop_app.engine.evaluate import weighted_knn_accuracy
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array
from tests.helpers.peer_environment import LIGHTLY, NotInstalled, peer_python
from tests.helpers.sample_data import ROOT
from tests.helpers.whole_process import cost
from training.config import AugmentConfig, Config, LimitsConfig, shipped_config
from training.loop import train
from training.photos import cifar10
from training.photos.data import PhotoArray
from training.runs.open import load_trained
from training.scan.mining import as_array, embed

RECIPE = "cifar10-short"


def recipe(epochs: int, seed: int) -> Config:
    """The training of both sides; ours reads it, and lightly's side has the same numbers."""
    config = shipped_config(RECIPE)
    limits, views = LimitsConfig(epochs=epochs), AugmentConfig(gray=0.1)
    return dataclasses.replace(config, name=f"ours-{seed}", seed=seed, limits=limits, augment=views)


def ours(config: Config, photos: PhotoArray, test: PhotoArray, folder: Path) -> tuple[Float32Array, Float32Array]:
    """Features of training and test pictures."""
    train(config, photos, folder, JobContext(), device="cpu")
    pretext = load_trained(folder, "cpu")
    bank, queries = (as_array(embed(pretext, part, cifar10.SIZE, JobContext())[0]) for part in (photos, test))
    return bank, queries


def theirs(python: Path, config: Config, threads: int, folder: Path) -> tuple[Float32Array, Float32Array]:
    """The same from lightly's side."""
    done = [folder / f"theirs-{part}.npy" for part in ("train", "test")]
    kept = [path.with_name(f"{path.stem}-{config.seed}.npy") for path in done]
    if not all(path.exists() for path in kept):
        script = os.fspath(Path(__file__).with_name("_lightly_learning.py"))
        numbers = map(str, (config.limits.epochs, config.batch, config.seed, threads))
        cost([os.fspath(python), script, config.backbone, *numbers, os.fspath(folder)], cwd=ROOT)
        for path, place in zip(done, kept, strict=True):
            path.replace(place)
    bank, queries = (np.load(path) for path in kept)
    return bank, queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--photos", type=int, default=50_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help="where runs and lightly are kept, and found again")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            python = peer_python(folder / "lightly", LIGHTLY)
        except NotInstalled as problem:
            print(f"{' '.join(LIGHTLY)} cannot be installed here: {problem}")
            return
        compare(python, options, folder)


def compare(python: Path, options: argparse.Namespace, folder: Path) -> None:
    whole, test = cifar10.training_set(folder), cifar10.test_set_jpeg()
    photos = PhotoArray(np.ascontiguousarray(whole.photos.images[: options.photos]), f"first {options.photos}", 0)
    for name, images in (("train", photos.images), ("test", test.photos.images)):
        np.save(folder / f"{name}.npy", images)
    print(f"{RECIPE}'s network, {options.epochs} epochs of {len(photos.images)} photos; kNN-200 in percent, chance 10")
    found: dict[str, list[float]] = {"ours": [], "lightly": []}
    for seed in range(options.seeds):
        config = recipe(options.epochs, seed)
        for side, (bank, queries) in (
            ("ours", ours(config, photos, test.photos, folder / config.name)),
            ("lightly", theirs(python, config, options.threads, folder)),
        ):
            found[side].append(100 * knn(bank, whole.labels[: options.photos], queries, test.labels))
        print(f"  seed {seed}: " + ", ".join(f"{side} {values[-1]:.1f}" for side, values in found.items()), flush=True)
    for side, values in found.items():
        print(f"{side:10}{mean(values):6.1f}" + (f" ± {stdev(values):.1f}" if len(values) > 1 else ""))


def knn(bank: Float32Array, labels: Int64Array, queries: Float32Array, truth: Int64Array) -> float:
    center = bank.mean(axis=0)
    return weighted_knn_accuracy(normalize(bank - center), labels, normalize(queries - center), truth)


if __name__ == "__main__":
    main()
