"""Lines of a log without what they say of a person: what is not the program's own words is left out.

Names hold spaces, dots and any letter, so nothing in a line tells where one ends. Therefore names are not looked for.
A line stays as far as it is one of the program's own messages, which are read from its compiled code; what was put into
the message stays where it is a figure or one of the program's own words, and is replaced otherwise.
"""

from __future__ import annotations

import errno
import os
import pkgutil
import platform
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType

import desktop_app
from desktop_app.engine import paths
from desktop_app.engine.version import version

STAND_IN = "[…]"
"""Stands for what was left out."""

_PLACEHOLDER = re.compile(r"%(?:(s)|(d)|\.\d+f)")
_FIGURES = {"d": r"-?\d+", "": r"-?\d+\.\d+"}
_LEAST_LETTERS = 5  # of a message beside its placeholders: "%s %d" would fit names
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")  # such as folder-missing
_WORD = re.compile(r"[a-z]+")
_RECORD = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ desktop_app(?:\.\w+)*): (.*)")
_FRAME = re.compile(r'  File "(.*)", line (\d+), in (\w+|<\w+>)')
_RAISED = re.compile(r"([A-Za-z_][\w.]*)(?:: (.*))?")
_BETWEEN = (
    "Traceback (most recent call last):",
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
)


def log_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a log file, redacted.

    Of tracebacks the places in the program and the kind of error stay. A line that is none of these is left out.
    """
    for line in lines:
        record = _RECORD.fullmatch(line)
        if record is not None:
            yield f"{record[1]}: {message(record[2])}"
        elif (kept := _of_traceback(line)) is not None:
            yield kept


def message(text: str) -> str:
    """A message of the program with what was put into it replaced; `STAND_IN` alone where it is no message of ours."""
    if text in own_words():
        return text
    for pattern in _messages():
        if (found := pattern.fullmatch(text)) is not None:
            return _without(found)
    return STAND_IN


def _without(found: re.Match[str]) -> str:
    parts, end = [], 0
    for number in range(1, found.re.groups + 1):
        start, stop = found.span(number)
        parts += [found.string[end:start], own(found[number])]
        end = stop
    return "".join([*parts, found.string[end:]])


def own(word: str) -> str:
    """A word of the program as it is, what the system calls an error, too; anything else replaced."""
    return word if word in own_words() or word in _system_words() else STAND_IN


def _of_traceback(line: str) -> str | None:
    if line in _BETWEEN:
        return line
    if (frame := _FRAME.fullmatch(line)) is not None:
        return f'  File "{_module(frame[1])}", line {frame[2]}, in {_function(frame[3])}'
    raised = _RAISED.fullmatch(line)
    if raised is None or raised[1] not in _errors():
        return None
    return f"{raised[1]}: {_reason(raised[2])}" if raised[2] else raised[1]


def _module(path: str) -> str:
    """The file of a frame from the program's folder on; of other libraries nothing."""
    parts = Path(path.replace("\\", "/")).parts
    for start in range(len(parts)):
        if "/".join(parts[start:]).removesuffix(".py") in _code()[2]:
            return "/".join(parts[start:])
    return STAND_IN


def _function(name: str) -> str:
    """The name of a function, where the program has one of that name."""
    return name if name in _code()[1] or name.startswith("<") else STAND_IN


def _reason(text: str) -> str:
    """What an error says: the system's own words stay, the file they are about does not."""
    system = re.match(r"\[(?:Errno|WinError) (\d+)\] ", text)
    if system is not None and text[system.end() :].startswith(os.strerror(int(system[1]))):
        return f"{system[0]}{os.strerror(int(system[1]))}"
    return message(text)


@cache
def own_words() -> frozenset[str]:
    """The program's codes (``folder-missing``), names of commands, methods, actions and models, and fixed messages."""
    from desktop_app.engine.clustering import CLUSTERERS
    from desktop_app.engine.organize.actions.registry import ACTIONS

    texts = _code()[0]
    fixed = {text for text in texts if _CODE.fullmatch(text) or (" " in text and "%" not in text and "/" not in text)}
    commands = {text for text in texts & _constants_of("desktop_app.cli.entry") if _WORD.fullmatch(text)}
    here = (version(), platform.python_version(), platform.machine(), os.name)
    return frozenset({*fixed, *commands, *CLUSTERERS, *ACTIONS, *shipped_models(), *here, "unexpected"})


def shipped_models() -> Iterator[str]:
    """The names of the models that came with the program; a person may have called their own as they liked."""
    from desktop_app.engine.models.shelf import find_models

    return (card.name for card in find_models() if paths.shipped_models_dir() in card.folder.parents)


@cache
def _system_words() -> frozenset[str]:
    return frozenset(map(os.strerror, errno.errorcode)) | _errors()


def _errors() -> frozenset[str]:
    """Names of every kind of error there is now, with and without their module."""
    kinds: set[type[BaseException]] = set()
    waiting: list[type[BaseException]] = [BaseException]
    while waiting:
        kind = waiting.pop()
        if kind not in kinds:
            kinds.add(kind)
            waiting += kind.__subclasses__()
    return frozenset(name for kind in kinds for name in (kind.__name__, f"{kind.__module__}.{kind.__qualname__}"))


@cache
def _messages() -> tuple[re.Pattern[str], ...]:
    """The program's messages with placeholders, those that say most themselves first."""
    found = []
    for text in _code()[0]:
        rest = _PLACEHOLDER.sub("", text)
        if rest != text and "%" not in rest and "\n" not in rest and sum(map(str.isalpha, rest)) >= _LEAST_LETTERS:
            found.append((len(rest), text))
    return tuple(re.compile(_pattern(text)) for _, text in sorted(found, reverse=True))


def _pattern(text: str) -> str:
    parts, end = [], 0
    for hole in _PLACEHOLDER.finditer(text):
        parts += [re.escape(text[end : hole.start()]), "(.*)" if hole[1] else _FIGURES[hole[2] or ""]]
        end = hole.end()
    return "".join([*parts, re.escape(text[end:])])


@cache
def _code() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Every text, every name, and every file (``desktop_app/engine/log``) of the program's compiled code."""
    texts: set[str] = set()
    names: set[str] = set()
    files: set[str] = set()
    for module, code in _modules():
        files |= {module.replace(".", "/"), f"{module.replace('.', '/')}/__init__"}
        for part in _parts(code):
            texts |= {text for text in part.co_consts if isinstance(text, str)}
            names.add(part.co_name)
    return frozenset(texts), frozenset(names), frozenset(files)


def _constants_of(module: str) -> set[str]:
    codes = [code for name, code in _modules() if name == module]
    return {text for code in codes for part in _parts(code) for text in part.co_consts if isinstance(text, str)}


def _modules() -> Iterator[tuple[str, CodeType]]:
    """The program's modules, none of them run; the same from a folder, a zip file and a frozen program."""
    waiting = [(list(desktop_app.__path__), "desktop_app.")]
    while waiting:
        path, prefix = waiting.pop()
        for found in pkgutil.iter_modules(path, prefix):
            spec = found.module_finder.find_spec(found.name, None)
            if spec is None or spec.loader is None:
                continue
            code = getattr(spec.loader, "get_code", lambda _name: None)(found.name)
            if code is not None:
                yield found.name, code
            if spec.submodule_search_locations:
                waiting.append((list(spec.submodule_search_locations), f"{found.name}."))


def _parts(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
