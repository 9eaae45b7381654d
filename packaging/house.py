"""The shape of the house in figures: how many files, how they hang together, how long and how explained they are.

    python packaging/house.py [PATH] [--against REV]

A *room* is a file or a folder that stands in the folder at hand; an *arrow* leads from one to another that it imports,
however many of its lines do so. A *circle* is a set of files each of which reaches every other by arrows; imports
inside functions and those for type checkers count, since a reader follows them too. Shares are of all lines.
"""

from __future__ import annotations

import argparse
import ast
import io
import math
import os
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
LONG = 400
"""Lines a file should stay below."""
PRECIOUS = "desktop_app/engine/organize"
"""Where photos could be lost."""
NOT_OURS = {"__pycache__", "build", "dist", "venv"}
PRAGMAS = ("# type:", "# noqa", "#!")
AT_ONCE, LATER, FOR_TYPES = "", "inside a function", "for type checkers"

Arrows = dict[tuple[str, str], str]
"""From, to, and when: a place is named by its path below the tree."""


@dataclass(slots=True)
class File:
    """One Python file.

    Attributes:
        path: below the tree.
        lines: all of them.
        comments: lines with a comment that is meant for a reader.
        docstrings: lines of strings that stand for themselves.
        functions: length of each, methods and inner ones included, with its place.
        imports: dotted name of each import, as absolute as can be told from the path, and when it happens.
    """

    path: PurePosixPath
    lines: int
    comments: int
    docstrings: int
    functions: list[tuple[int, str]] = field(default_factory=list)
    imports: list[tuple[str, str]] = field(default_factory=list)


def read(tree: Path) -> list[File]:
    """Every Python file below a folder, but for what is hidden, built or installed."""
    found = []
    for folder, below, names in os.walk(tree):
        below[:] = [name for name in below if not name.startswith(".") and name not in NOT_OURS]
        for name in names:
            if name.endswith(".py"):
                path = Path(folder, name)
                found.append(measure(PurePosixPath(path.relative_to(tree).as_posix()), path.read_text("utf-8")))
    return sorted(found, key=lambda file: file.path)


def measure(path: PurePosixPath, text: str) -> File:
    """Count what is in a file."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    remarks = {t.start[0] for t in tokens if t.type == tokenize.COMMENT and not t.string.startswith(PRAGMAS)}
    tree = ast.parse(text)
    found = File(path, len(text.splitlines()), len(remarks), 0)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            found.docstrings += _length(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.functions.append((_length(node), f"{path}:{node.lineno} {node.name}"))
    found.imports = list(_imports(tree, path, AT_ONCE))
    return found


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _imports(node: ast.AST, path: PurePosixPath, when: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = list(path.parts[: len(path.parts) - child.level]) if child.level else []
            start = ".".join([*base, *(child.module or "").split(".")]).strip(".")
            yield from ((f"{start}.{alias.name}", when) for alias in child.names)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _imports(child, path, LATER)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for statement in child.body:
                yield from _imports(ast.Module([statement], []), path, FOR_TYPES)
            for statement in child.orelse:
                yield from _imports(ast.Module([statement], []), path, when)
        else:
            yield from _imports(child, path, when)


def arrows(files: Sequence[File]) -> Arrows:
    """Which file imports which; of several imports of one file the earliest counts."""
    places = {_module(file.path): str(file.path) for file in files}
    found: Arrows = {}
    for file in files:
        for name, when in file.imports:
            target = places.get(name) or places.get(name.rpartition(".")[0])
            if target is None or target == str(file.path):
                continue
            pair = str(file.path), target
            found[pair] = min(when, found.get(pair, when), key=[AT_ONCE, LATER, FOR_TYPES].index)
    return found


def _module(path: PurePosixPath) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def between_rooms(folder: str, of_files: Arrows) -> Arrows:
    """Arrows between the rooms of a folder."""
    found: Arrows = {}
    for (start, end), when in of_files.items():
        one, other = _room(folder, start), _room(folder, end)
        if one and other and one != other:
            found[one, other] = min(when, found.get((one, other), when))
    return found


def _room(folder: str, path: str) -> str:
    """The room of a folder that a file is in; empty where it is in none, or makes the folder a package."""
    place = PurePosixPath(path)
    if not place.is_relative_to(folder):
        return ""
    first = place.relative_to(folder).parts[0]
    return "" if first == "__init__.py" else str(PurePosixPath(folder) / first)


def circles(of_places: Arrows) -> list[list[str]]:
    """Places that reach each other, largest circle first (Tarjan's strongly connected components)."""
    following: dict[str, list[str]] = {}
    for start, end in of_places:
        following.setdefault(start, []).append(end)
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(place: str) -> None:
        number[place] = lowest[place] = len(number)
        stack.append(place)
        for other in following.get(place, []):
            if other not in number:
                visit(other)
                lowest[place] = min(lowest[place], lowest[other])
            elif other in stack:
                lowest[place] = min(lowest[place], number[other])
        if lowest[place] == number[place]:
            at = stack.index(place)
            circle, stack[at:] = stack[at:], []
            if len(circle) > 1:
                found.append(sorted(circle))

    sys.setrecursionlimit(10_000)
    for place in sorted(following):
        if place not in number:
            visit(place)
    return sorted(found, key=lambda circle: (-len(circle), circle))


def described(circle: Sequence[str], of_places: Arrows) -> str:
    """A circle, with those of its imports that wait, or that only type checkers make: what keeps it from failing."""
    late = [(pair, when) for pair, when in sorted(of_places.items()) if when and {*pair} <= {*circle}]
    return "\n".join([", ".join(circle), *(f"    {start} -> {end} ({when})" for (start, end), when in late)])


@dataclass(frozen=True, slots=True)
class Shape:
    """Figures by name, rooms and arrows by folder, and what stands in lists below them."""

    figures: dict[str, str]
    rooms: dict[str, str]
    lists: dict[str, list[str]]


def shape(tree: Path) -> Shape:
    """Everything this module tells of a tree."""
    every = read(tree)
    tests = [file for file in every if file.path.parts[0] == "tests"]
    source = [file for file in every if file not in tests]
    of_files = arrows(source)
    lengths = sorted(length for file in source for length, _ in file.functions)
    longest = max((entry for file in source for entry in file.functions), default=(0, "none"))
    precious = [file for file in source if file.path.is_relative_to(PRECIOUS)]
    figures = {
        "files": f"{len(source):,}",
        "lines": f"{sum(file.lines for file in source):,}",
        "arrows between files": f"{len(of_files):,}",
        "circles of files": str(len(circles(of_files))),
        "largest folder": _largest(source),
        "comment lines": _share(source, "comments"),
        f"comment lines in {PRECIOUS}": _share(precious, "comments"),
        "docstring lines": _share(source, "docstrings"),
        "function length, 95 of 100 below": str(percentile(lengths, 0.95)),
        "function length, longest": str(longest[0]),
        f"files above {LONG} lines": str(sum(file.lines > LONG for file in source)),
        "tests: files": f"{len(tests):,}",
        "tests: lines": f"{sum(file.lines for file in tests):,}",
        "tests: largest folder": _largest(tests),
        f"tests: files above {LONG} lines": str(sum(file.lines > LONG for file in tests)),
    }
    rooms, of_rooms = {}, []
    for folder in _folders(source):
        inner = between_rooms(folder, of_files)
        rooms[folder] = f"{len(_rooms(folder, source))} / {len(inner)}"
        of_rooms += [described(circle, inner) for circle in circles(inner)]
    lists = {
        "circles of files": [described(circle, of_files) for circle in circles(of_files)],
        "circles of rooms of one folder": of_rooms,
        f"files above {LONG} lines": [f"{file.path} {file.lines}" for file in every if file.lines > LONG],
        "longest function": [longest[1]],
    }
    return Shape(figures, rooms, lists)


def _folders(files: Sequence[File]) -> list[str]:
    """Folders with more than one room."""
    folders = {str(parent) for file in files for parent in file.path.parents if str(parent) != "."}
    return sorted(folder for folder in folders if len(_rooms(folder, files)) > 1)


def _rooms(folder: str, files: Iterable[File]) -> set[str]:
    return {_room(folder, str(file.path)) for file in files} - {""}


def _largest(files: Iterable[File]) -> str:
    at_one_level: dict[str, int] = {}
    for file in files:
        at_one_level[str(file.path.parent)] = at_one_level.get(str(file.path.parent), 0) + 1
    folder, number = max(at_one_level.items(), key=lambda entry: (entry[1], entry[0]), default=("none", 0))
    return f"{number} ({folder})"


def _share(files: Sequence[File], what: str) -> str:
    total = sum(file.lines for file in files)
    return f"{100 * sum(getattr(file, what) for file in files) / total:.1f} %" if total else "none"


def percentile(ordered: Sequence[int], share: float) -> int:
    """The smallest of the numbers that this share of them does not exceed."""
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else 0


def table(columns: Mapping[str, Shape]) -> Iterator[str]:
    """Lines to print: the figures side by side, then the lists."""
    names = list(dict.fromkeys(name for column in columns.values() for name in column.figures))
    folders = sorted({folder for column in columns.values() for folder in column.rooms})
    rows = [["", *columns], *([name, *(c.figures.get(name, "") for c in columns.values())] for name in names)]
    rows += [["rooms / arrows between them in", *("" for _ in columns)]]
    rows += [[f"  {folder}", *(c.rooms.get(folder, "") for c in columns.values())] for folder in folders]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for heading in dict.fromkeys(name for column in columns.values() for name in column.lists):
        for column, found in columns.items():
            entries = found.lists.get(heading, [])
            yield f"\n{heading}, {column}: {len(entries) or 'none'}"
            yield from (f"  {entry}" for entry in entries)


def of_revision(tree: Path, revision: str) -> Shape:
    """The shape of a commit.

    Raises:
        subprocess.CalledProcessError: git does not know it; what it says goes to standard error.
    """
    packed = subprocess.run(["git", "-C", str(tree), "archive", revision], stdout=subprocess.PIPE, check=True).stdout
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        return shape(Path(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=ROOT, help="a checkout; this one by default")
    parser.add_argument("--against", metavar="REV", help="a commit of it to show beside")
    options = parser.parse_args(arguments)
    columns = {}
    if options.against:
        try:
            columns[options.against] = of_revision(options.path, options.against)
        except subprocess.CalledProcessError:
            return 2
    columns["here"] = shape(options.path)
    print("\n".join(table(columns)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
