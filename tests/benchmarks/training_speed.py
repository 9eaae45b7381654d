"""How fast training steps are, and what they spend on views. Prints a table; nothing is asserted.

    python -m tests.benchmarks.training_speed [--batch 64] [--rounds 3] [--threads N] [--quick] [--only NAME ...]

Each line is a backbone at a size: photos a second of whole SimCLR steps (draw two views, forward, backward, optimizer,
average), the share of them that drawing takes, and the ratio to forward and backward passes alone on views that are
there already: what the loop loses. The parts are measured in turns in the same run and the best of each is kept, so
that other work on the machine hardly counts; number format and memory order are those that the probe chooses.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from tests.helpers.simclr_steps import Steps
from training.networks.backbones import BACKBONES

# What each stem is for, and sizes it is used at.
SIZES = {
    "resnet18": (64, 80, 96, 128),
    "resnet18-cifar": (32,),
    "resnet18-s2": (32, 64),
    "resnet18-s2-w32": (32,),
    "resnet18-stl": (96,),
}
QUICK = {"resnet18": (64, 96), "resnet18-s2-w32": (32,)}


@dataclass
class Line:
    """Best seconds a batch of each part, and what the probe chose."""

    name: str
    chosen: str
    step: float = float("inf")
    passes: float = float("inf")
    draw: float = float("inf")


def best(now: float, work: Callable[[], object], device: str) -> float:
    began = time.perf_counter()
    work()
    if device == "cuda":
        torch.cuda.synchronize()
    return min(now, time.perf_counter() - began)


def measure(backbone: str, size: int, batch: int, rounds: int, device: str) -> Line:
    steps = Steps(backbone, size, batch, device)
    line = Line(f"{backbone} {size} px", steps.computed_in())
    steps.step()
    for _ in range(rounds):
        line.draw = best(line.draw, steps.draw, device)
        line.passes = best(line.passes, steps.passes, device)
        line.step = best(line.step, steps.step, device)
    return line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", type=int, default=0, help="photos a step (default: 64, on a GPU 512)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="default: all")
    parser.add_argument("--quick", action="store_true", help="three lines instead of nine")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=list(BACKBONES), help="backbones (default: all)")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    batch = options.batch or (512 if device == "cuda" else 64)
    where = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} of {os.cpu_count()}"
    print(f"SimCLR, batch {batch}, {where} threads\n" if device == "cpu" else f"SimCLR, batch {batch}, {where}\n")
    print(f"{'':26}{'computed in':>14}{'photos/s':>10}{'passes/s':>10}{'ratio':>8}{'drawing':>9}")
    sizes = QUICK if options.quick else SIZES
    for backbone in [name for name in sizes if name in options.only]:
        for size in sizes[backbone]:
            line = measure(backbone, size, batch, options.rounds, device)
            share = line.draw / line.step
            ratio = line.passes / line.step
            print(
                f"{line.name:26}{line.chosen:>14}{batch / line.step:>10.1f}{batch / line.passes:>10.1f}"
                f"{ratio:>8.2f}{100 * share:>7.1f} %",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
