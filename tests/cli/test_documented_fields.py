"""The fields of JSON answers are those that the page about the command line lists, no more and no fewer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desktop_app.cli import entry
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import draw

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
EVERYWHERE = {"folder", "photos", "problems"}
ASKED = {
    "index": "index IN",
    "elbow": "elbow IN",
    "groups": "groups IN --k 2",
    "neighbors": "neighbors IN/red-0.png --in IN",
    "duplicates": "duplicates IN",
    "organize": "organize IN --to OUT --k 2 --dry-run",
    "keywords": "keywords IN --k 2 --dry-run",
}


def documented(command: str) -> set[str]:
    row = re.search(rf"^\| `{command}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert row is not None
    text = re.sub(r"\([^()]*\)", "", row[1])  # what a field means
    text = re.sub(r"\[[^\[\]]*(\[[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*\][^\[\]]*)*\]", "", text)  # what is in a list
    text = re.sub(r"; `\w+` is .*", "", text)  # and of which values
    return set(re.findall(r"`(\w+)[:`]", text)) | set(re.findall(r"`(\w+)\[\]`", row[1]))


@pytest.mark.parametrize("command", ASKED)
def test_the_page_lists_what_an_answer_holds(
    command: str, kindred_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_tiny_model(kindred_home / "models" / "tiny")
    for number in range(4):
        draw(tmp_path / "in" / f"red-{number}.png", (200, 30, 20), number)
        draw(tmp_path / "in" / f"blue-{number}.png", (20, 40, 210), number + 50)
    asked = ASKED[command].replace("IN", str(tmp_path / "in")).replace("OUT", str(tmp_path / "out"))
    assert entry.main([*asked.split(), "--model", "tiny", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) - EVERYWHERE == documented(command) - EVERYWHERE
