"""`kindred models`: list, show, check, add, remove and compare models, and learn one from a folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from desktop_app.cli.answers import OK, card_json, plain
from desktop_app.cli.terminal import note, say, say_json, say_table
from desktop_app.engine import library
from desktop_app.engine import settings as settings_module
from desktop_app.engine.folder.scan import check_root
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.wording import data_size, display_path


def models(options: argparse.Namespace, ctx: JobContext) -> int:
    """Carry out one of the actions on models."""
    _ACTIONS[options.action](options, ctx)
    return OK


def _list(options: argparse.Namespace, _ctx: JobContext) -> None:
    cards = shelf.find_models()
    chosen = settings_module.load().model
    if options.json:
        say_json({"default": chosen, "models": [card_json(card) for card in cards]})
        return
    for error in shelf.unreadable_models():
        note(str(error))
    rows = [
        [
            "*" if card.name == chosen else "",
            card.name,
            display_path(card.title),
            data_size(shelf.size(card)),
            display_path(card.folder),
        ]
        for card in cards
    ]
    say_table(["", "model", "title", "size", "folder"], rows)


def _show(options: argparse.Namespace, _ctx: JobContext) -> None:
    card = shelf.resolve(options.name)
    figures = "; ".join(f"{key} {value}" for key, value in card.provenance.figures.items())
    said = (
        f"{card.name}: {display_path(card.title)}\n{display_path(card.description)}\ninput {card.input.size} px, "
        f"{card.outputs.embedding.dim}-d embedding, licence {card.licence}\n{figures}"
    )
    _answer(options, card_json(card), said.rstrip())


def _check(options: argparse.Namespace, _ctx: JobContext) -> None:
    cards = (shelf.resolve(options.name),) if options.name else shelf.find_models()
    for card in cards:
        shelf.check(card)
    warnings = [warning for card in cards for warning in shelf.warnings(card)]
    for warning in warnings:
        note(warning)
    names = [card.name for card in cards]
    _answer(options, {"checked": names, "warnings": warnings}, f"In order (hash and probe): {', '.join(names)}.")


def _add(options: argparse.Namespace, _ctx: JobContext) -> None:
    if not options.path.is_file():
        check_root(options.path)
    card = shelf.add(options.path)
    for warning in shelf.warnings(card):
        note(warning)
    _answer(options, card_json(card), f"{card.name} was added. {_how_to_use(card.name)}")


def _remove(options: argparse.Namespace, _ctx: JobContext) -> None:
    from desktop_app.engine.models import using

    before = settings_module.load().model
    follows = using.remove(options.name)
    said = f"{options.name} was removed."
    if follows != before:
        said += f" It was the one in use; now {follows} is."
    _answer(options, {"removed": options.name, "default": follows}, said)


def _compare(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine.models import comparing

    names = options.first, options.second
    found = comparing.compare(lambda name: library.Library(options.folder, model=name), names, ctx)
    if options.json:
        say_json(plain(found))
        return
    rows = [
        [side.name, f"{side.suggested:,}", f"{1000 * side.seconds_a_photo:.1f} ms", side.device] for side in found.sides
    ]
    say_table(["model", "groups suggested", "a photo", "runs on"], rows)
    for line in comparing.in_words(found):
        say(line)


def _learn(options: argparse.Namespace, ctx: JobContext) -> None:
    from desktop_app.engine.models import learning

    check_root(options.folder)
    base = shelf.resolve(options.model or settings_module.load().model)
    learned = learning.learn(options.folder, base, ctx, minutes=options.minutes)
    changes = learning.before_and_after(learned.card) if learned.card else ()
    name = learned.card.name if learned.card else None
    if options.json:
        say_json({"base": base.name, "learned": name, "changes": plain(changes)})
    elif name is None:
        say("Nothing that was learned helped on these photos, so there is no new model.")
    else:
        rows = [[change.what, learning.said(change.before), learning.said(change.after)] for change in changes]
        say_table(["", "before", "after"], rows)
        say(f"{name} was added. {_how_to_use(name)}. To take it back: kindred models remove {name}")


def _how_to_use(name: str) -> str:
    return f"Use it with --model {name}, or from now on: kindred settings set model {name}"


def _answer(options: argparse.Namespace, value: Any, text: str) -> None:
    (partial(say_json, value) if options.json else partial(say, text))()


_ACTIONS: dict[str, Callable[[argparse.Namespace, JobContext], None]] = {
    "list": _list,
    "show": _show,
    "check": _check,
    "add": _add,
    "remove": _remove,
    "compare": _compare,
    "learn": _learn,
}
