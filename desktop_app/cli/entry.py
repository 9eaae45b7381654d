"""The command line: parse, call the engine, print. Thin, without Qt; see `commands` for what each one does."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from desktop_app.cli import terminal
from desktop_app.engine import settings
from desktop_app.engine.computing import child
from desktop_app.engine.errors import Cancelled, UnexpectedError, UsageError, UserError
from desktop_app.engine.pictures.protocol import FROZEN_FLAG
from desktop_app.engine.wording import display_path

_LARGEST_SEED = 2**32 - 1
METHODS = ("kmeans", "agglomerative", "gmm", "affinity", "hdbscan", "spectral", "scan", "temi", "model")

EXIT_CODES = """\
exit codes:
  0    done
  1    partial: some files could not be read or moved; each is named
  2    the request cannot be carried out as written (no such folder, unknown method, more groups than photos)
  3    no photos in the folder
  4    the model is unknown or does not match its card
  70   an error of the program itself; it names the report that it wrote
  130  cancelled; what was done is kept

`kindred FOLDER` opens the window. A folder called like a command is written ./index.
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are said as all others are: in one sentence, and with ``--json`` as a document."""

    def error(self, message: str) -> NoReturn:
        hint = f"`{self.prog} --help` tells what it takes."
        if "unrecognized" in message or "required" in message:
            hint = f"What begins with a dash goes behind --, or is written ./-name where it is a file. {hint}"
        said = display_path(message.removeprefix("argument "))
        raise UsageError("bad-arguments", f"{said[0].upper()}{said[1:]}.", hint)


def _path(text: str) -> Path:
    path = Path(_name(text))  # an empty one would be the folder one stands in
    try:
        path.absolute()
    except FileNotFoundError:
        raise argparse.ArgumentTypeError(
            f"{text} counts from the folder you are in, and that was removed; go to another, or write the whole path"
        ) from None
    return path


def _name(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return text


def _seed(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if not 0 <= number <= _LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"must lie between 0 and {_LARGEST_SEED}")
    return number


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _k(text: str) -> int | None:
    return None if text == "auto" else _positive(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return share


def _similarity(text: str) -> float:
    share = _share(text)
    if share < 0.6:
        raise argparse.ArgumentTypeError("must lie between 0.6 and 1")
    return share


def _meaning(setting: str) -> str:
    """What a setting means, for the flag that takes its place once."""
    text = settings.declaration(setting).text
    return f"{text[0].lower()}{text[1:]} (default: the setting)"


class _FileActions:
    """The names of the file actions, looked up only when `organize` is asked for: help must not wait for them."""

    def __iter__(self) -> Iterator[str]:
        from desktop_app.engine.organize.actions.registry import ACTIONS

        return iter(ACTIONS)


def build_parser() -> _Parser:
    """Every command and option, in one place."""
    parser = _Parser(
        prog="kindred",
        description="Sorts photo folders by what the pictures show, offline.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.add_argument("--licences", action="store_true", help="print the licences of all that is inside, and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    reports = _Parser(add_help=False)
    reports.add_argument("--json", action="store_true", help="print the answer as one JSON document")
    model = _Parser(add_help=False)
    model.add_argument(
        "--model", type=_name, metavar="NAME", help=f"{_meaning('model')}; `kindred models list` shows all"
    )
    seed = _Parser(add_help=False)
    seed.add_argument("--seed", type=_seed, default=0, metavar="N", help="start of every random draw (default 0)")
    grouping = _Parser(add_help=False)
    grouping.add_argument("--method", type=_name, metavar="NAME", help=f"{_meaning('method')}: {', '.join(METHODS)}")
    grouping.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="parameter of the method, such as restarts=20; may be given several times",
    )
    grouping.add_argument(
        "--k", type=_k, default=None, metavar="auto|N", help="number of groups (default: auto, the suggested one)"
    )
    grouping.add_argument(
        "--space",
        choices=("embedding", "pca2"),
        default="embedding",
        help="group by all that the model sees (default), or by the two directions of the map",
    )
    grouping.add_argument(
        "--unsure-below",
        type=_share,
        default=0.0,
        metavar="0..1",
        help="photos with less confidence become unsure (default 0: none)",
    )
    grouping.add_argument(
        "--names", action="store_true", help="name groups by what their photos show, their dates and folders"
    )

    def add(name: str, text: str, *parents: _Parser, folder: bool = True) -> _Parser:
        sub = commands.add_parser(name, help=text, description=text, parents=list(parents))
        if folder:
            sub.add_argument("folder", type=_path, metavar="FOLDER", help="photos, sub-folders included")
        return sub

    window = add("window", "open the window, as `kindred FOLDER` does", model, folder=False)
    window.add_argument("folder", type=_path, metavar="FOLDER", nargs="?", help="photos to look at")

    index = add("index", "look at what is new in a folder", reports, model)
    index.add_argument(
        "--cluster", type=_name, metavar="ADDRESS", help="read on the workers of the dask scheduler there"
    )

    elbow = add("elbow", "suggest the number of groups", reports, model, seed)
    elbow.add_argument("--k-max", type=_positive, metavar="N", help="largest number to try")
    elbow.add_argument(
        "--space", choices=("embedding", "pca2"), default="embedding", help="see `kindred groups --help`"
    )
    elbow.add_argument("--plot", type=_path, metavar="FILE", help="chart as a .png, .svg or .pdf file")

    groups = add("groups", "show the groups of a folder", reports, model, seed, grouping)
    way = groups.add_mutually_exclusive_group()
    way.add_argument("--output", type=_path, metavar="FILE", help="also a .csv, .json, .npz, .parquet or .html file")
    way.add_argument("--quick", action="store_true", help="the camera's own previews will do; nothing is kept of them")

    groups.add_argument(
        "--anew",
        action="store_true",
        help="make the groups of all photos, also of those that came later and only joined; this is kept",
    )

    neighbors = add("neighbors", "show the photos most like a picture", reports, model, folder=False)
    neighbors.add_argument("image", type=_path, metavar="IMAGE", help="picture, inside the folder or not")
    neighbors.add_argument("--in", dest="folder", type=_path, metavar="FOLDER", required=True, help="where to look")
    neighbors.add_argument("-k", type=_positive, default=5, metavar="N", help="how many (default 5)")

    duplicates = add("duplicates", "show photos that are there more than once; touches nothing", reports, model)
    duplicates.add_argument("--exact", action="store_true", help="only files of the same content, byte for byte")
    duplicates.add_argument(
        "--similarity", type=_similarity, metavar="X", help="how alike, 0.6 to 1 (default 0.88; text pages 0.04 more)"
    )

    organize = add("organize", "copy, move or link photos into one folder per group", reports, model, seed, grouping)
    organize.add_argument("--to", type=_path, metavar="OUT", required=True, help="where the group folders go")
    organize.add_argument(
        "--action", metavar="NAME", choices=_FileActions(), default="copy", help="%(choices)s (default: copy)"
    )
    organize.add_argument(
        "--folders",
        metavar="PATTERN",
        default="{group}",
        help="folders below OUT, of {group}, {year}, {month}, {day}, {date}, {camera}; such as {year}/{group}",
    )
    organize.add_argument(
        "--same-name",
        choices=("number", "skip"),
        default="number",
        help="what becomes of a photo whose name is taken there: it gets a number, or it stays (default: number)",
    )
    organize.add_argument(
        "--unsure",
        choices=("best", "folder", "leave"),
        default="best",
        help="unsure photos: with the group they are most like, in a folder Unsure, or left alone (default: best)",
    )
    organize.add_argument("--dry-run", action="store_true", help="show the plan and touch nothing")
    organize.add_argument("--yes", action="store_true", help="do it without asking")

    keywords = add("keywords", "write each photo's group into an XMP sidecar beside it", reports, model, seed, grouping)
    keywords.add_argument(
        "--sidecars",
        choices=("auto", "digikam", "lightroom"),
        default="auto",
        help="names of new sidecars: as the folder has them, IMG.jpg.xmp (digiKam, darktable), or IMG.xmp (Lightroom)",
    )
    keywords.add_argument(
        "--unsure",
        choices=("best", "leave"),
        default="best",
        help="unsure photos: the group they are most like, or no keyword (default: best)",
    )
    keywords.add_argument("--dry-run", action="store_true", help="show what would be written and touch nothing")
    keywords.add_argument("--yes", action="store_true", help="do it without asking")

    undo = add("undo", "take back the latest run, or the one named", reports, folder=False)
    undo.add_argument(
        "run", type=_name, metavar="RUN", nargs="?", help="a run's number from --list (default: the latest)"
    )
    undo.add_argument(
        "--destination",
        type=_path,
        metavar="FOLDER",
        help="the folder that holds the group folders now, if it was moved where Kindred cannot find it",
    )
    undo.add_argument("--list", action="store_true", help="list the runs, newest first")

    export = add("export", "write groups, embeddings and map into a file", model, seed, grouping)
    export.add_argument(
        "--output", type=_path, required=True, metavar="FILE", help="a .npz, .csv, .json, .parquet or .html file"
    )

    add("evaluate", "score the model on a folder whose sub-folders are the labels", reports, model, seed)

    models = commands.add_parser("models", help="list, show, add, check, compare, learn or remove models")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", parents=[reports], help="list all models")
    for name, text in (
        ("show", "what a model's card says"),
        ("check", "compare a model, or all, with what the card says"),
        ("remove", "remove a model that was added"),
    ):
        sub = actions.add_parser(name, parents=[reports], help=text)
        sub.add_argument("name", type=_name, metavar="NAME", nargs="?" if name == "check" else None)
    added = actions.add_parser("add", parents=[reports], help="check a folder or zip file with a card, and copy it in")
    added.add_argument("path", type=_path, metavar="PATH", help="holds card.json and model.onnx")
    compared = actions.add_parser("compare", parents=[reports], help="two models on the photos of a folder")
    for place in ("first", "second"):
        compared.add_argument(place, type=_name, metavar=place.upper(), help=f"the {place} model")
    learned = actions.add_parser(
        "learn", parents=[reports, model], help="make a model of your own from a folder; needs the laboratory"
    )
    learned.add_argument("--minutes", type=_positive, default=10, metavar="N", help="at most, about (default 10)")
    for sub in (compared, learned):
        sub.add_argument("folder", type=_path, metavar="FOLDER", help="photos, sub-folders included; only read")

    remembered = commands.add_parser("settings", help="list, read or change what Kindred remembers")
    changes = remembered.add_subparsers(dest="action", metavar="ACTION", required=True)
    changes.add_parser("list", parents=[reports], help="all settings, and what they may be")
    for name, text in (("get", "the value of one"), ("set", "another value"), ("unset", "back to the default")):
        sub = changes.add_parser(name, parents=[reports], help=text)
        sub.add_argument("name", type=_name, metavar="NAME")
        if name == "set":
            sub.add_argument("values", metavar="VALUE", nargs="+", help="several for a setting that is a list")

    cache = commands.add_parser("cache", help="show or clear the cache")
    kinds = cache.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (("info", "where it is and what it holds"), ("clear", "empty it; photos are not touched")):
        kinds.add_parser(name, parents=[reports], help=text)

    doctor = add("doctor", "say what this machine offers, and what is missing", reports, folder=False)
    doctor.add_argument(
        "--report",
        type=_path,
        metavar="FILE",
        help="write a report for whoever helps you: no path, no name of a folder or photo; a new file",
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [FROZEN_FLAG]:  # how a frozen program starts what elsewhere is a Python process
        from desktop_app.engine.pictures import worker

        worker.main()
        return 0
    if arguments[:1] == [child.FROZEN_FLAG]:
        child.serve(arguments[1:])
        return 0
    terminal.use_utf8()
    parser = build_parser()
    known = {"window", *_command_names(parser)}
    if not arguments or (arguments[0] not in known and arguments[0] not in ("-h", "--help", "--version", "--licences")):
        arguments.insert(0, "window")
    as_json = "--json" in arguments
    try:
        if arguments[0] == "window" and arguments[1:2]:
            _refuse_unknown_word(arguments[1])
        options = parser.parse_args(arguments)
        as_json = getattr(options, "json", False)

        from desktop_app.cli import commands

        if options.version:
            return commands.say_version()
        if options.licences:
            return commands.say_licences()
        return commands.run(options)
    except Cancelled as stop:
        terminal.note(f"Cancelled. {stop.text or 'What was done is kept.'}")
        return 130
    except UserError as error:
        if as_json:
            from desktop_app.cli.answers import error_json

            terminal.say_json(error_json(error))
        terminal.note(f"kindred: {error}")
        return error.exit_code
    except BrokenPipeError:  # the reader of our output has gone, as in `kindred groups | head`
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - a defect; its traceback stands in the log and, without names, in the report
        return _unexpected(error, as_json=as_json)


def _unexpected(error: Exception, *, as_json: bool) -> int:
    from desktop_app.cli.answers import error_json
    from desktop_app.engine.support import report

    said = "Something went wrong that should not have."
    told = UnexpectedError("unexpected", said, report.crash_said(report.save_crash(error)))
    if as_json:
        terminal.say_json(error_json(told))
    terminal.note(f"kindred: {told}")
    return told.exit_code


def _refuse_unknown_word(word: str) -> None:
    """A word that is neither a command nor a folder was more likely meant as a command."""
    if word.isidentifier() and not os.path.lexists(word):
        raise UsageError(
            "folder-missing", f"There is no command and no folder {word}.", "`kindred --help` lists the commands."
        )


def _command_names(parser: argparse.ArgumentParser) -> list[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices)
    return []
