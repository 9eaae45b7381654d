"""Pages of reference that nobody writes: from the declarations of commands and methods, and from docstrings."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator

from desktop_app.cli.entry import EXIT_CODES, build_parser
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.clustering.base import Clusterer
from desktop_app.engine.strict import Declared, declared

ENGINE = {
    "library": "One folder of photos, and what can be done with it",
    "runs": "What was organized so far",
    "job": "Progress, pause and cancel",
    "types": "What is given back",
    "errors": "What is raised",
}
"""Modules of the engine that a program of others would call, and what each is for."""


def pages() -> dict[str, str]:
    """Place in the site -> Markdown."""
    return {"reference/commands.md": commands(), "reference/methods.md": methods(), "reference/engine.md": engine()}


def commands() -> str:
    """Every command with its options, as the command line declares them."""
    head = (
        "# Commands\n\nWritten from the program's own declarations, so nothing is missing. "
        "[The command line](../command-line.md) explains and has examples.\n"
    )
    codes = f"## Exit codes\n\n```text\n{EXIT_CODES.partition(chr(10))[2].rstrip()}\n```\n"
    return "\n".join([head, *(_command(name, parser) for name, parser in parsers(build_parser())), codes])


def parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The program and all that can be called in it, each before its own parts."""
    yield parser.prog, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    formatter = argparse.HelpFormatter(parser.prog, width=78)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups, prefix="")
    lines = [f"## `{name}`\n"]
    if parser.description:
        lines.append(f"{_sentence(parser.description)}\n")
    lines.append(f"```text\n{formatter.format_help().strip()}\n```\n")
    rows = [row for action in parser._actions for row in _rows(action, formatter)]
    if rows:
        lines += ["| What | What it is |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _rows(action: argparse.Action, formatter: argparse.HelpFormatter) -> Iterator[str]:
    if isinstance(action, argparse._SubParsersAction):
        for part in action._choices_actions:
            yield _row(part.dest, part.help or "")
    elif action.help and not isinstance(action, argparse._HelpAction):
        value = formatter._format_args(action, action.dest) if action.nargs != 0 else ""
        names = ", ".join(action.option_strings)
        yield _row(f"{names} {value}".strip(), formatter._expand_help(action))


def _row(name: str, text: str) -> str:
    return f"| `{name}` | {_cell(_sentence(text))} |"


def _cell(text: str) -> str:
    """Text that does not end its cell of a table; in code a bar does not."""
    return " ".join(text.split()).replace("|", "\\|")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def methods() -> str:
    """Every method of grouping with its parameters."""
    head = (
        "# Methods\n\nWritten from the registry. [How it works](../methods.md) says which to choose; a parameter is "
        "given by `--set NAME=VALUE`.\n"
    )
    return "\n".join([head, *(_method(method) for method in CLUSTERERS.values())])


def _method(method: Clusterer) -> str:
    about = inspect.getdoc(sys.modules[method.params.__module__]) or ""
    lines = [f"## {method.title}\n", f"`--method {method.name}`, up to {method.max_photos:,} photos.\n", f"{about}\n"]
    told = {name: text for kind in reversed(method.params.__mro__[:-1]) for name, text in _attributes(kind).items()}
    rows = [
        f"| `{one.name}` | {str(one.default).lower()} | {_range(one)} | {_cell(_sentence(told[one.name]))} |"
        for one in declared(method.params)
    ]
    if rows:
        lines += ["| Parameter | Default | May be | What it is |", "|---|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _range(one: Declared) -> str:
    return f"{one.low:g} to {one.high:g}" if one.low is not None and one.high is not None else "true or false"


def _attributes(kind: type) -> dict[str, str]:
    """Name -> text of what the docstring of a class lists under ``Attributes:``."""
    found: dict[str, str] = {}
    name = ""
    for line in inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2].splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            name, _, text = line.strip().partition(": ")
            found[name] = text
        elif name:
            found[name] += f" {line.strip()}"
    return found


def engine() -> str:
    """The public engine; mkdocstrings puts signatures and docstrings in."""
    head = (
        "# Engine\n\nFor programs that want to use Kindred without window and command line. Written from the "
        "docstrings. [Architecture](../architecture.md) has the map.\n"
    )
    table = ["| Module | What it is |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in ENGINE.items()), ""]
    parts = [f"::: desktop_app.engine.{name}\n    options:\n      heading_level: 2\n" for name in ENGINE]
    return "\n".join([head, *table, *parts])
