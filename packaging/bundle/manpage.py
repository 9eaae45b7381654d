"""Writes the manual page `kindred.1` from the command line's own declarations.

python packaging/bundle/manpage.py FILE
"""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reference import parsers

from desktop_app.cli.entry import EXIT_CODES, build_parser
from desktop_app.engine.version import version

WIDTH = 10_000
"""Characters of a line of usage; the reader's terminal breaks it."""
LINE = 78
"""Characters of a line of the source."""


def page(date: datetime) -> str:
    """The manual page in the macros of man(7)."""
    program, *commands = parsers(build_parser())
    about = (program[1].description or "").rstrip(".")
    lines = [
        f'.TH KINDRED 1 "{date:%Y-%m-%d}" "Kindred {version()}" "User Commands"',
        ".SH NAME",
        f"kindred \\- {_text(about[:1].lower() + about[1:])}",
        ".SH SYNOPSIS",
        _bold("kindred", "[FOLDER]"),
        ".br",
        _bold("kindred", "COMMAND ..."),
        ".SH DESCRIPTION",
        _sentence("With a folder, or with nothing, the window opens. The commands do the same work without it"),
        ".PP",
        "Photos are only read, unless a command says that it copies, moves or links them.",
        ".SH OPTIONS",
        *_options(program[1]),
        ".SH COMMANDS",
        *(line for name, parser in commands for line in _command(name, parser)),
        ".SH EXIT STATUS",
        *_exit_codes(),
        ".SH ENVIRONMENT",
        *_entry("KINDRED_HOME", "folder for all of Kindred's own files, instead of the system's places for them"),
        *_entry("KINDRED_LOG", "debug writes more into the log, paths of photos too"),
    ]
    return "\n".join(lines) + "\n"


def _command(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    if any(isinstance(action, argparse._SubParsersAction) for action in parser._actions):
        return  # its parts follow, each with its whole name
    formatter = argparse.HelpFormatter(parser.prog, width=WIDTH)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups, prefix="")
    usage = formatter.format_help().strip().removeprefix(name).replace("[-h] ", "").strip()
    yield ".SS " + _text(name)
    yield _bold(name, usage)
    if parser.description:
        yield ".PP"
        yield _sentence(parser.description)
    yield from _options(parser)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    formatter = argparse.HelpFormatter(parser.prog, width=WIDTH)
    for action in parser._actions:
        if action.help and not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            value = formatter._format_args(action, action.dest) if action.nargs != 0 else ""
            yield from _entry(f"{', '.join(action.option_strings)} {value}".strip(), formatter._expand_help(action))


def _entry(name: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield _bold(name)
    yield _sentence(text)


def _exit_codes() -> Iterator[str]:
    for line in EXIT_CODES.splitlines()[1:]:
        code, _, meaning = line.strip().partition(" ")
        if code.isdigit():
            yield from _entry(code, meaning.strip())


def _bold(word: str, rest: str = "") -> str:
    return f"\\fB{_text(word)}\\fR {_text(rest)}".rstrip()


def _sentence(text: str) -> str:
    said = _text(f"{text[:1].upper()}{text[1:].rstrip('.')}.")
    lines = textwrap.wrap(said, LINE, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def _text(text: str) -> str:
    """Text in which roff sees no command of its own."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


if __name__ == "__main__":
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or datetime.now(UTC).timestamp()
    Path(sys.argv[1]).write_text(page(datetime.fromtimestamp(seconds, UTC)), encoding="utf-8")
