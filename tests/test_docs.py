"""The papers: every command in them works, every link leads somewhere, every snippet runs, nothing is left out."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication
from reference import parsers

from desktop_app.cli import entry
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.pictures.formats import FORMATS
from desktop_app.gui.menu import ENTRIES
from tests.helpers.tiny_model import make_tiny_model

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "findings" / "README.md"]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
README, COMMAND_LINE = ROOT / "README.md", ROOT / "docs" / "command-line.md"
CONTRIBUTING = ROOT / "docs" / "CONTRIBUTING.md"

MARKS = ("opens", "installs", "takes", "needs")
"""First words of a comment behind a command that a test cannot run; docs/CONTRIBUTING.md explains them."""
MOST_WORDS, MOST_LINES = 30, 130
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [body for found, body in _FENCE.findall(page.read_text("utf-8")) if found == language]


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text("utf-8"))


def commands(page: Path) -> list[tuple[str, str]]:
    """The commands of a page with the comments behind them."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    split = [re.split(r"(?:^|\s+)#\s+", line, maxsplit=1) for line in lines if line.strip()]
    return [(parts[0].strip(), parts[1] if len(parts) > 1 else "") for parts in split if parts[0].strip()]


def picture(path: Path, color: tuple[int, int, int], seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGB", (80, 60), color)
    x, y = np.random.default_rng(seed).integers(5, 40, 2).tolist()
    ImageDraw.Draw(image).ellipse((x, y, x + 15, y + 15), fill=(255 - color[0], 255 - color[1], 255 - color[2]))
    image.save(path)


@pytest.fixture
def home(kindred_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with what the papers speak of: photos of three kinds, and a model of their own."""
    make_tiny_model(kindred_home / "models" / "tiny")
    (kindred_home / "config").mkdir(parents=True)
    (kindred_home / "config" / "settings.toml").write_text('model = "tiny"\n')
    for number, (kind, color) in enumerate(
        {"red": (200, 30, 20), "green": (20, 180, 40), "blue": (20, 40, 210)}.items()
    ):
        for i in range(5):
            picture(tmp_path / "Pictures" / kind / f"{i}.png", color, 10 * number + i)
    picture(tmp_path / "Pictures" / "cat.jpg", (200, 30, 20), 99)
    make_tiny_model(tmp_path / "my-model", seed=5)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, call in {"kindred": "-m desktop_app", "python": "", "python3": ""}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kindred(*arguments: str) -> int:
    try:
        return entry.main(list(arguments))
    except SystemExit as stop:  # argparse's own way out
        return int(stop.code or 0)


def run(command: str) -> int:
    """Run a command as a shell would; Kindred's own in this process, which saves the start of another."""
    if command.startswith("kindred ") and not set(command) & set("|><&;$`"):
        return kindred(*(os.path.expanduser(word) for word in shlex.split(command)[1:]))  # noqa: PTH111 - as a shell does
    return subprocess.run(["bash", "-c", command], check=False).returncode


@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are those of a Unix shell")
@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_works_as_printed(page: Path, home: Path) -> None:
    for command, comment in commands(page):
        if not comment.startswith(MARKS):
            assert run(command) == 0, f"{page.name}: {command}"


def test_what_sets_up_or_opens_a_window_is_marked() -> None:
    for page in PAGES:
        for command, comment in commands(page):
            if command.startswith(("python3 run.py", "pip", "kindred ~")) or command == "kindred":
                assert comment.startswith(MARKS), f"{page.name}: {command}"


def test_the_readme_is_short_and_its_sentences_are() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= MOST_LINES
    for sentence in sentences(prose(README)):
        assert len(re.findall(r"[\w'-]+", sentence)) <= MOST_WORDS, sentence


def sentences(text: str) -> Iterator[str]:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    # A paragraph, a list item, a heading and a cell of a table end what stands in them.
    for part in re.split(r"\n\s*\n|^\s*[-*] |^\s*\d+\. |^#+ |\|", text, flags=re.MULTILINE):
        yield from re.split(r"(?<=[.!?])\s+", part.strip())


def anchors(page: Path) -> set[str]:
    """The names GitHub gives to a page's headings."""
    found = []
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE):
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        name = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.append(f"{name}-{found.count(name)}" if name in found else name)
    return set(found)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(file), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_path_of_the_repository_is_there(page: Path) -> None:
    for path in re.findall(r"`((?:desktop_app|training|tests|packaging|models|docs|findings)/[\w./-]+)`", prose(page)):
        if not re.search(r"\b[A-Z]+\b(?!\.md)", path):  # NAME stands for something else
            assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    reached = {
        (index.parent / target.partition("#")[0]).resolve() for target in re.findall(r"\]\(([^)]+)\)", prose(index))
    }
    assert {page for page in PAGES if page != index} <= reached


def test_every_picture_of_the_manual_is_shown_and_small() -> None:
    shown = "".join(page.read_text("utf-8") for page in PAGES)
    for path in (ROOT / "docs" / "images").iterdir():
        assert f"images/{path.name}" in shown
        assert path.stat().st_size < 300_000


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {text for action in parser._actions for text in action.option_strings}


def section(page: Path, heading: str) -> str:
    text = page.read_text("utf-8")
    start = text.index(heading)
    level = len(heading) - len(heading.lstrip("#"))
    behind = start + len(heading)
    end = re.search(rf"^#{{1,{level}}} ", text[behind:], re.MULTILINE)
    return text[start : behind + end.start()] if end else text[start:]


def test_the_page_of_the_command_line_names_every_command_and_option() -> None:
    shared = section(COMMAND_LINE, "## Options that many commands share")
    for name, parser in parsers(entry.build_parser()):
        if name == "kindred":
            continue
        own = section(
            COMMAND_LINE, f"### `kindred {name.split()[1]}" if name != "kindred window" else "### `kindred [window]"
        )
        assert name in own or name == "kindred window" or name.split()[-1] in own, name
        for option in options(parser):
            assert f"`{option}" in own or f"`{option}" in shared, f"{name} {option}"


def test_the_page_of_the_command_line_names_nothing_that_is_not_there() -> None:
    known = set().union(*(options(parser) for _, parser in parsers(entry.build_parser())))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", COMMAND_LINE.read_text("utf-8"))) <= known


def test_the_page_of_the_command_line_names_every_exit_code_and_method() -> None:
    codes = section(COMMAND_LINE, "## Exit codes")
    for code in re.findall(r"^  (\d+) ", entry.EXIT_CODES, re.MULTILINE):
        assert f"| {code} |" in codes
    methods = section(COMMAND_LINE, "## Methods")
    for method in CLUSTERERS.values():
        assert re.search(rf"^\| `{method.name}` \|.*\| {method.max_photos:,} \|$", methods, re.MULTILINE), method.name


def test_the_page_of_the_command_line_names_every_json_field(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", section(COMMAND_LINE, "## JSON")))))
    photos, target = str(home / "Pictures"), str(home / "Sorted")
    for call in (
        ["index", photos],
        ["elbow", photos],
        ["groups", photos],
        ["neighbors", f"{photos}/cat.jpg", "--in", photos],
        ["duplicates", photos],
        ["organize", photos, "--to", target, "--dry-run"],
        ["organize", photos, "--to", target, "--yes"],
        ["undo", "--list"],
        ["undo"],
        ["evaluate", photos],
        ["models", "list"],
        ["models", "check", "tiny"],
        ["models", "add", str(home / "my-model")],
        ["models", "compare", "tiny", "my-model", photos],
        ["models", "remove", "my-model"],
        ["settings", "list"],
        ["settings", "set", "exclude", "*.gif"],
        ["cache", "info"],
        ["cache", "clear"],
        ["doctor"],
        ["groups", f"{photos}/nowhere"],
    ):
        capsys.readouterr()
        kindred(*call, "--json")
        answer = json.loads(capsys.readouterr().out)
        if call[:2] != ["models", "add"]:  # a card has a page of its own
            assert set(answer) <= named, call


def test_the_readme_names_every_format_that_is_read() -> None:
    text = section(README, "## What it reads")
    for row in FORMATS.values():
        if row.kind in ("image", "raw"):
            assert row.title in text or row.title.replace("HEIF", "HEIC") in text, row.title


def test_the_table_of_pictures_names_every_kind_and_what_becomes_of_it() -> None:
    rows = re.findall(r"^\| (shown|named).*? \| (.*) \|$", section(COMMAND_LINE, "### `kindred index"), re.MULTILINE)
    told = {found: fate for fate, text in rows for found in re.findall(r"([^,|]+? \([^)]*\))", text)}
    wanted = {}
    for row in FORMATS.values():
        if row.kind != "document":
            endings = " ".join(f"`{ending}`" for ending in row.extensions)
            wanted[f"{row.title} ({endings})"] = "named" if row.kind == "refused" else "shown"
    assert {kind.strip(): fate for kind, fate in told.items()} == wanted


@pytest.fixture
def contributed(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The names that the Python of CONTRIBUTING makes, run block after block; registries return to what they were."""
    kept = [(table, dict(table)) for table in (CLUSTERERS, ACTIONS)]
    module = types.ModuleType("contributed")
    monkeypatch.setitem(sys.modules, "contributed", module)  # dataclasses look their own module up
    try:
        for number, block in enumerate(blocks(CONTRIBUTING, "python")):
            exec(compile(block, f"{CONTRIBUTING.name}, block {number + 1}", "exec"), module.__dict__)
        yield module.__dict__
    finally:
        for table, before in kept:
            table.clear()
            table.update(before)


def test_a_method_added_as_told_groups_photos(
    contributed: dict[str, Any], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = str(home / "Pictures")
    assert kindred("groups", photos, "--method", "slices", "--k", "4", "--set", "axis=1", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["method"], answer["params"]["axis"]) == ("slices", 1)
    assert [group["count"] for group in answer["groups"]] == [4, 4, 4, 4]
    assert kindred("groups", photos, "--method", "slices", "--set", "axes=1") == 2
    assert "axis=0" in capsys.readouterr().err


def test_an_action_added_as_told_organizes_and_is_taken_back(
    contributed: dict[str, Any], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos, target = home / "Pictures", home / "Sorted"
    asked = ("organize", str(photos), "--to", str(target), "--action", "archive", "--k", "2", "--yes")
    assert kindred(*asked) == 0
    placed = [path for path in target.rglob("*") if path.is_file()]
    assert len(placed) == 16
    assert {path.stat().st_mode & 0o777 for path in placed} == {0o444}
    assert kindred("undo", "--list") == 0
    assert "archive" in capsys.readouterr().out
    assert kindred("undo") == 0
    assert not [path for path in target.rglob("*") if path.is_file()]
    assert len([path for path in photos.rglob("*") if path.is_file()]) == 16


def test_a_setting_added_as_told_is_read_and_bounded(contributed: dict[str, Any]) -> None:
    added = {one.name for one in dataclasses.fields(contributed["MoreSettings"])}
    assert "neighbors" in added  # the block itself asserts that it is read, and refused out of its bounds


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the page tells the keys of Linux")
def test_the_manual_names_the_keys_of_every_entry(qapp: QApplication) -> None:
    page = (ROOT / "docs" / "using.md").read_text(encoding="utf-8")
    for spec in ENTRIES:
        keys = {one.toString() for one in spec.sequences}
        name = spec.text.replace("&", "").rstrip("…")
        if keys and not re.fullmatch("[1-9]", next(iter(keys))):
            told = re.search(rf"\| {re.escape(name)} \| ([^|]*) \|\n", page)
            assert told is not None, f"{spec.id} is missing"
            assert set(told[1].split(" or ")) == keys, f"{spec.id} has other keys"
