"""The commands of the laboratory; ``--help`` tells them and their options."""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.job import JobContext, Progress

from . import places

if TYPE_CHECKING:
    from .config import Config
    from .reproduce import Told


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 ok, 130 cancelled, else that of the error."""
    options = _parser().parse_args(arguments)
    ctx = JobContext(_print_progress if _speaks() else None, max_events_per_second=0.1)
    before = {number: signal.signal(number, lambda *_: ctx.cancel()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        options.command(options, ctx)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except Cancelled:
        print("cancelled", file=sys.stderr)
        return 130
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _speaks() -> bool:
    """Of the processes that torchrun starts, one speaks."""
    return os.environ.get("RANK", "0") == "0"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=places.COMMAND, description="The laboratory of Kindred.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train, or go on training, what a configuration describes")
    train.add_argument("config", help=f"a .toml file, or the name of one that ships in {places.CONFIGS}")
    train.add_argument("--run", type=Path, help="folder of the run (default: runs/NAME)")
    train.add_argument("--threads", type=_count, help="CPU threads of each process (default: all)")
    train.set_defaults(command=_train)

    export = commands.add_parser("export", help="write ONNX and card of a run into the models folder")
    export.add_argument("run", type=Path, help="folder of the run")
    export.add_argument(
        "--to",
        type=Path,
        metavar="MODELS_FOLDER",
        help="models folder (default: models/ of a checkout, or else the app's own)",
    )
    export.add_argument(
        "--as",
        dest="named",
        metavar="CONFIG",
        help="configuration whose name, title and form the model gets (default: the run's own)",
    )
    export.add_argument("--size", type=_count, help="side of the model's input in pixels (default: as configured)")
    export.set_defaults(command=_export)

    restore = commands.add_parser("restore", help="make a run of a shipped model, for other runs to begin with")
    restore.add_argument("model", type=Path, help="folder of the model, such as models/photos")
    restore.add_argument("--run", type=Path, help="folder of the run (default: runs/NAME)")
    restore.set_defaults(command=_restore)

    evaluate = commands.add_parser("evaluate", help="score a run or a model on the labeled folders")
    evaluate.add_argument("target", type=Path, help="folder of a run or of a model")
    evaluate.add_argument("--sizes", type=_count, nargs="+", help="of a run: input sides to compare")
    evaluate.set_defaults(command=_evaluate)

    words = commands.add_parser("words", help="teach a model the words by which groups are named")
    words.add_argument("model", type=Path, help="folder of the model, such as models/photos; only its words change")
    words.set_defaults(command=_words)

    convert = commands.add_parser("convert", help="make a model of weights that others trained, in a file of yours")
    convert.add_argument("architecture", help="of torchvision or timm, such as resnet50 or vit_small_patch14_dinov2")
    convert.add_argument(
        "--weights", type=Path, required=True, metavar="FILE", help="safetensors or PyTorch checkpoint"
    )
    convert.add_argument("--to", type=Path, metavar="MODELS_FOLDER", help="models folder (default: the app's own)")
    convert.add_argument("--name", help="of the model (default: the architecture's)")
    convert.add_argument(
        "--size", type=_count, help="side of the input in pixels (default: as the weights were published)"
    )
    convert.add_argument("--calibrate", type=Path, metavar="FOLDER", help="pictures to make a faster int8 form with")
    convert.set_defaults(command=_convert)

    adapt = commands.add_parser("adapt", help="make a model of your own from the photos of a folder")
    adapt.add_argument("folder", type=Path, help="photos, sub-folders included; only read")
    adapt.add_argument("--model", help="the one to start from (default: that of the settings)")
    adapt.add_argument("--name", help="of the new model (default: the old one's and the folder's)")
    adapt.add_argument("--to", type=Path, metavar="MODELS_FOLDER", help="models folder (default: the app's own)")
    adapt.add_argument("--minutes", type=_minutes, default=10.0, help="at most, about (default: %(default)g)")
    adapt.add_argument("--deep", action="store_true", help="train the last stage of the network, too")
    adapt.add_argument("--self-label", action="store_true", help="let the groups learn from the surest photos")
    adapt.add_argument("--evaluate", action="store_true", help="score against the sub-folders' names, too")
    adapt.add_argument("--seed", type=int, default=0, help="of everything drawn (default: %(default)d)")
    adapt.set_defaults(command=_adapt)

    reproduce = commands.add_parser("reproduce", help="measure a row of a published table again")
    reproduce.add_argument("row", metavar="ROW", nargs="?", help="name of the row, or all; without it they are listed")
    reproduce.add_argument(
        "--budget",
        type=_minutes,
        default=0.0,
        metavar="MINUTES",
        help="stop then; a later call goes on (default: 0, as long as it takes). With all: what fits, cheapest first",
    )
    reproduce.add_argument(
        "--device", choices=("cpu", "cuda"), help="where to train (default: cuda where there is one)"
    )
    reproduce.add_argument(
        "--threads", type=_count, help="CPU threads (default: all; one is best where others work, too)"
    )
    reproduce.add_argument("--seeds", type=_count, default=5, help="runs of everything that is random (default: 5)")
    reproduce.set_defaults(command=_reproduce)

    pictures = commands.add_parser("pictures", help="draw a picture of each method, from what `pretexts` has trained")
    pictures.add_argument(
        "--to",
        type=Path,
        default=places.PICTURES,
        metavar="FOLDER",
        help="folder for the pictures (default: %(default)s)",
    )
    pictures.set_defaults(command=_pictures)

    report = commands.add_parser("report", help=f"write {places.RESULTS_MD} from the figures measured")
    report.set_defaults(command=_report)
    return parser


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 on, is {text}")
    return number


def _minutes(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number of minutes, is {text}")
    return number


def _configuration(named: str) -> Config:
    """What a person calls a configuration: a file that ends in .toml, or one that ships, by its name."""
    from .config import load_config, shipped_config

    return load_config(Path(named)) if named.endswith(".toml") else shipped_config(named)


def _train(options: argparse.Namespace, ctx: JobContext) -> None:
    import torch

    from .loop import train
    from .photos.sources import load_source
    from .pretexts import build

    config = _configuration(options.config)
    run = options.run or places.RUNS / config.name
    build(config)  # a wrong name or parameter is an error before minutes of reading photos
    if options.threads:
        torch.set_num_threads(options.threads)
    photos = load_source(config.data, ctx, run.parent / "cache")
    if photos.left_out:
        print(f"left out, as damaged or too small: {photos.left_out}")
    train(config, photos, run, ctx)
    if _speaks():
        print(f"Trained: {run}. Make a model of it: {places.COMMAND} export {run}")


def _export(options: argparse.Namespace, ctx: JobContext) -> None:
    from .exporting.export import export_run
    from .measuring.evaluation import as_text
    from .photos.sources import load_source
    from .runs.open import load_run

    config, _, _ = load_run(options.run)
    photos = load_source(config.data, ctx, options.run.parent / "cache")
    named = _configuration(options.named) if options.named else None
    card = export_run(options.run, options.to or places.models(), photos, ctx, named=named, size=options.size)
    figures = card.provenance.figures
    if "folders" in figures:
        print(as_text(figures["folders"]))
    else:
        print("not scored: KINDRED_DATA has no labeled folders (docs/laboratory.md, Where things are)")
    kept = "kept" if card.int8 else "left out: below 0.9"
    print(f"int8 neighbor overlap@10: {figures['int8_neighbor_overlap_at_10']} ({kept})")
    print(f"Written: {card.folder}")
    if options.to:
        print(f"Give it to the app: kindred models add {card.folder}")


def _restore(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine.models.card import load_card

    from .config import stored_config
    from .exporting.restore import restore_run
    from .photos.sources import load_source

    card = load_card(options.model)
    run = options.run or places.RUNS / card.name
    config = stored_config(card.provenance.config, f"{card.folder}/card.json")
    restore_run(card, run, load_source(config.data, ctx, run.parent / "cache"), ctx)
    print(f"Begin a run with it: name {run.name} as start.run in a configuration.")


def _evaluate(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine.models.card import CARD_FILE, load_card

    from .measuring.evaluation import Embed, as_text, card_embedder, controls, evaluate, network_embedder
    from .networks.backbones import BACKBONES
    from .networks.card import draft_card
    from .runs.open import load_run

    if (options.target / CARD_FILE).exists():
        card = load_card(options.target)
        candidates: dict[str, Embed] = {precision: card_embedder(card, precision) for precision in card.precisions}
        size, backbone = card.input.size, "resnet18"
    else:
        config, network, _ = load_run(options.target)
        dim, backbone, size = BACKBONES[config.backbone].dim, config.backbone, config.export.size
        candidates = {
            f"{config.name} at {side} px": network_embedder(network, draft_card(config.name, side, dim))
            for side in options.sizes or [size]
        }
    print(as_text(evaluate(candidates | controls(size, backbone), ctx)))


def _words(options: argparse.Namespace, ctx: JobContext) -> None:
    from .words import teach_words

    card = teach_words(options.model, ctx)
    assert card.words is not None
    figures = card.words.figures
    print(f"{len(card.words.names)} words from {figures['photos']:,} photos")
    print(f"loss {figures['loss']}, on photos held out {figures['loss_held_out']}")


def _convert(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine.paths import user_models_dir

    from .convert import convert

    made = convert(
        options.architecture,
        options.weights,
        options.to or user_models_dir(),
        ctx,
        name=options.name,
        size=options.size,
        calibrate=options.calibrate,
    )
    for note in made.notes:
        print(f"note: {note}")
    if made.dropped:
        left = ", ".join(f"{name} ({count})" for name, count in made.dropped.items())
        print(f"left out, as no part of the features: {left}")
    overlap = made.card.provenance.figures.get("int8_neighbor_overlap_at_10")
    if overlap is None:
        print("int8: not made; --calibrate FOLDER makes it")
    else:
        print(f"int8 neighbor overlap@10: {overlap} ({'kept' if made.card.int8 else 'left out: below 0.9'})")
    print(f"{made.card.name} lies in {made.card.folder}")
    if options.to is None:
        print(f"Use it: kindred index FOLDER --model {made.card.name}")
    else:
        print(f"Use it: kindred models add {made.card.folder}")


def _reproduce(options: argparse.Namespace, ctx: JobContext) -> None:
    from .reproduce import ROWS, TIME_OVER, Told, reproduce, reproduce_within, rows_named
    from .reproduce.row import Row

    if options.row is None:
        width = max(map(len, ROWS)) + 2
        for row in ROWS.values():
            print(f"{row.name:{width}}{row.title}\n{'':{width}}needs {row.needs.replace('`', '')}")
        return

    if options.threads:
        import torch

        torch.set_num_threads(options.threads)

    def measure(row: Row, minutes: float) -> bool:
        return reproduce(row, ctx, seeds=options.seeds, minutes=minutes, device=options.device)

    if options.row == "all":
        for told in reproduce_within(rows_named("all"), options.budget, measure):
            _tell(told)
    else:
        (row,) = rows_named(options.row)
        done = measure(row, options.budget)
        _tell(Told(row, done, "" if done else TIME_OVER))
    _report(options, ctx)


def _tell(told: Told) -> None:
    print(f"{told.row.name}: {'measured' if told.measured else told.why}", flush=True)


def _pictures(options: argparse.Namespace, ctx: JobContext) -> None:
    from .reproduce.learning.methods import RUNS
    from .reproduce.learning.pictures import draw_methods

    for path in draw_methods(places.RUNS / "reproduce" / RUNS, options.to, ctx):
        print(path)


def _report(options: argparse.Namespace, ctx: JobContext) -> None:
    from .reproduce.report import write_report

    print(write_report())


def _adapt(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine import paths, settings
    from desktop_app.engine.models import shelf

    from .adapt import Options, adapt
    from .adapt.report import as_text

    base = shelf.resolve(options.model or settings.load().model)
    wanted = Options(options.deep, options.self_label, options.minutes, seed=options.seed)
    models = options.to or paths.user_models_dir()
    name = options.name or shelf.name_for(base, options.folder)
    print(as_text(adapt(options.folder, base, name, models, wanted, ctx, labeled=options.evaluate)))


def _print_progress(event: Progress) -> None:
    left = f", {event.seconds_left / 60:.0f} min left" if event.seconds_left is not None else ""
    share = f"{100 * event.done / event.total:.1f} %" if event.total else str(event.done)
    print(f"{time.strftime('%H:%M:%S')} {event.text} {share}{left}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
