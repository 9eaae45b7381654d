"""What adapting to a folder is worth: every step of `training.adapt` against the labels, and in seconds.

    python -m tests.benchmarks.adapt_on_folders FOLDER... [--model NAME] [--deep] [--results FILE]

A folder's sub-folders are its labels; nothing is chosen by them, and the number of groups is theirs. Figures are
those of what each step proposes, kept or not. ``--results`` keeps what was measured, so that a later call goes on;
``--budget`` ends a call after so many minutes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine import model_card, settings
from desktop_app.engine.job import JobContext
from training.adapt import Options
from training.adapt.photos import read_folder
from training.adapt.pipeline import fit


def measure(folder: Path, model: str, seed: int, deep: bool, minutes: float) -> list[dict[str, Any]]:
    card = model_card.resolve(model)
    photos = read_folder(folder, card, JobContext())
    labels = photos.labels()
    options = Options(deep=deep, refine=True, minutes=minutes, k=len(set(labels[1].tolist())), seed=seed)
    fitted = fit(photos, card, options, JobContext(), labels)
    rows = []
    for step in fitted.steps:
        row = dataclasses.asdict(step) | {"score": step.label_free.mean}
        rows.append(row | {"folder": folder.name, "seed": seed, "model": model, "deep": deep})
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    out = [f"{'':26}{'kNN5':>14}{'k-means ACC':>16}{'groups ACC':>16}{'label-free':>12}{'kept':>8}{'seconds':>9}"]
    for name in dict.fromkeys(row["name"] for row in rows):
        of_step = [row for row in rows if row["name"] == name]
        kept = f"{sum(row['kept'] for row in of_step)}/{len(of_step)}"
        cells = "".join(
            f"{cell(of_step, key):>{width}}" for key, width in (("knn5", 14), ("kmeans", 16), ("groups", 16))
        )
        score, seconds = (np.mean([row[key] for row in of_step]) for key in ("score", "seconds"))
        out.append(f"{name:26}{cells}{score:12.3f}{kept:>8}{seconds:9.1f}")
    return "\n".join(out)


def cell(rows: list[dict[str, Any]], key: str) -> str:
    """Mean over folders and seeds, and the mean over folders of the spread over seeds, percent."""
    by_folder = [
        [100 * row["figures"][key] for row in rows if row["folder"] == folder]
        for folder in dict.fromkeys(row["folder"] for row in rows)
    ]
    return f"{np.mean([np.mean(f) for f in by_folder]):.1f} ±{np.mean([np.std(f) for f in by_folder]):.1f}"


def agreement(rows: list[dict[str, Any]]) -> str:
    """How well changes of the label-free score foretell changes against the labels: Spearman, and signs that agree."""
    from scipy.stats import spearmanr

    changes = []
    for row in rows:
        base = next(b for b in rows if (b["name"], b["folder"], b["seed"]) == ("base", row["folder"], row["seed"]))
        if row["name"] != "base":
            changes.append((row["score"] - base["score"], row["figures"]["groups"] - base["figures"]["groups"]))
    first, second = np.array(changes).T
    return f"Spearman {spearmanr(first, second)[0]:.2f}, same sign in {np.mean(first * second > 0):.0%} of {len(first)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--model", default=settings.load().model)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--deep", action="store_true", help="train the last stage, too")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--budget", type=float, default=float("inf"))
    parser.add_argument("--results", type=Path)
    args = parser.parse_args()
    begun = time.monotonic()
    rows = json.loads(args.results.read_text()) if args.results and args.results.exists() else []
    for seed in range(args.seeds):
        for folder in args.folder:
            key = (folder.name, seed, args.model, args.deep)
            done = any((r["folder"], r["seed"], r["model"], r["deep"]) == key for r in rows)
            if done or time.monotonic() - begun > 60 * args.budget:
                continue
            rows += measure(folder, args.model, seed, args.deep, args.minutes)
            if args.results:
                args.results.write_text(json.dumps(rows, indent=1))
            print(f"{folder.name}, seed {seed}")
    rows = [row for row in rows if (row["model"], row["deep"]) == (args.model, args.deep)]
    for folder in args.folder:
        print(f"\n{folder.name}\n{table([row for row in rows if row['folder'] == folder.name])}")
    print(
        f"\nmean of the folders\n{table(rows)}\nlabel-free change against the change of groups ACC: {agreement(rows)}"
    )


if __name__ == "__main__":
    main()
