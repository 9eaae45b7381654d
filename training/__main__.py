"""`python -m training`: train | export | evaluate. Run with ``--help`` for the options of each."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.job import JobContext, Progress
from training.data import RUNS


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 ok, 130 cancelled, else that of the error."""
    options = _parser().parse_args(arguments)
    first = os.environ.get("RANK", "0") == "0"  # of the processes that torchrun starts, one speaks
    ctx = JobContext(_print_progress if first else None, max_events_per_second=0.1)
    signal.signal(signal.SIGINT, lambda *_: ctx.cancel())
    signal.signal(signal.SIGTERM, lambda *_: ctx.cancel())
    try:
        options.command(options, ctx)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except Cancelled:
        print("cancelled", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="The laboratory of Kindred.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train, or go on training, what a configuration describes")
    train.add_argument("config", type=Path, help="a TOML file; see training/configs")
    train.add_argument("--run", type=Path, help="folder of the run (default: runs/NAME)")
    train.add_argument("--threads", type=int, help="CPU threads of each process (default: all)")
    train.set_defaults(command=_train)
    return parser


def _train(options: argparse.Namespace, ctx: JobContext) -> None:
    import torch

    from training.config import load_config
    from training.data import data_root, load_photos
    from training.loop import build, train

    config = load_config(options.config)
    build(config)  # a wrong name or parameter is told before minutes of reading photos
    if options.threads:
        torch.set_num_threads(options.threads)
    photos = load_photos(data_root() / config.data.source, config.data.size, ctx)
    if photos.left_out:
        print(f"{photos.left_out} images could not be used")
    train(config, photos, options.run or RUNS / config.name, ctx)


def _print_progress(event: Progress) -> None:
    left = f", {event.seconds_left / 60:.0f} min left" if event.seconds_left is not None else ""
    share = f"{100 * event.done / event.total:.1f} %" if event.total else str(event.done)
    print(f"{time.strftime('%H:%M:%S')} {event.text} {share}{left}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
