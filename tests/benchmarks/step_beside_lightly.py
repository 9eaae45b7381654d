"""The laboratory's SimCLR step beside the same step written plainly with lightly. Prints a table; nothing is asserted.

    python -m tests.benchmarks.step_beside_lightly [--only NAME] [--rounds 3] [--environments FOLDER]

A step draws two views of each photo, goes forward and backward, and moves the weights. Network, photos, size and batch,
distribution of the views, loss, widths of the head, optimizer and number of threads are the same. lightly's views are
drawn from pictures in memory, between the steps or by as many workers as there are threads; the faster counts. Ours
computes in the number format and memory order that its probe chooses, and once more in float32 and NCHW, as PyTorch
does by itself; it also keeps the average of the weights, which the plain step does not. Each line is a process of its
own; all in turns, the median of each counts. The networks come from torchvision, whose operators are not needed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from tests.helpers.peer_environment import LIGHTLY, NotInstalled, peer_python
from tests.helpers.sample_data import ROOT
from tests.helpers.whole_process import cost

SIZES = (("resnet18-s2-w32", 32), ("resnet18", 96))
OURS, PLAIN = "ours, as the probe chooses", "ours, float32 NCHW"


def our_step(backbone: str, size: int, batch: int, steps: int, threads: int, plain: bool) -> None:
    """Print seconds a step on the clock and of the processor, and how it was computed."""
    import torch

    from tests.helpers.simclr_steps import Steps
    from training.speed import Speed, keep_memory

    torch.set_num_threads(threads)
    keep_memory()
    work = Steps(backbone, size, batch, "cpu", Speed(False, False, {}) if plain else None)
    work.step()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(steps):
        work.step()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps([wall / steps, cpu / steps, work.computed_in()]))


def ways(python: Path, backbone: str, size: int, options: argparse.Namespace, photos: Path) -> dict[str, list[str]]:
    """The command of each line."""
    work = [backbone, *map(str, (size, options.batch, options.steps, options.threads))]
    own = [sys.executable, "-m", "tests.benchmarks.step_beside_lightly", "--ours", *work]
    theirs = [os.fspath(python), os.fspath(Path(__file__).with_name("_lightly_step.py")), *work]
    return {
        OURS: [*own, "probe"],
        PLAIN: [*own, "plain"],
        "lightly": [*theirs, "0", os.fspath(photos)],
        f"lightly, {options.threads} workers": [*theirs, str(options.threads), os.fspath(photos)],
    }


def table(backbone: str, size: int, commands: dict[str, list[str]], options: argparse.Namespace) -> None:
    found: dict[str, list[list[float]]] = {name: [] for name in commands}
    chosen = ""
    for _ in range(options.rounds):
        for name, command in commands.items():
            wall, cpu, *more = json.loads(cost(command, cwd=ROOT).said.splitlines()[-1])
            found[name].append([wall, cpu])
            chosen = more[0] if name == OURS else chosen
    middle = {name: [median(column) for column in zip(*runs, strict=True)] for name, runs in found.items()}
    best = [min(figures[at] for name, figures in middle.items() if name not in (OURS, PLAIN)) for at in (0, 1)]
    print(f"{backbone}, {size} px ({chosen} chosen)")
    for name, (wall, cpu) in middle.items():
        rates = f"{options.batch / wall:12.1f}{options.batch / cpu:14.1f}"
        print(f"  {name:28}{rates}{best[0] / wall:14.2f}{best[1] / cpu:8.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="backbones (default: both)")
    parser.add_argument("--environments", type=Path, help="where lightly is installed, and found again")
    parser.add_argument("--ours", nargs=6, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours:
        backbone, *numbers, how = options.ours
        our_step(backbone, *map(int, numbers), plain=how == "plain")
        return
    from tests.helpers.simclr_steps import made_up_photos

    with tempfile.TemporaryDirectory() as scratch:
        try:
            python = peer_python((options.environments or Path(scratch)) / "lightly", LIGHTLY)
        except NotInstalled as problem:
            print(f"{' '.join(LIGHTLY)} cannot be installed here: {problem}")
            return
        print(f"SimCLR, batch {options.batch}, {options.threads} threads, median of {options.rounds} in turns")
        print(f"{'':30}{'photos/s':>12}{'photos/CPU s':>14}{'times lightly':>14}{'by CPU':>8}")
        for backbone, size in ((name, size) for name, size in SIZES if not options.only or name in options.only):
            photos = Path(scratch) / f"{size}.npy"
            np.save(photos, made_up_photos(size, options.batch))
            table(backbone, size, ways(python, backbone, size, options, photos), options)


if __name__ == "__main__":
    main()
