"""`--names` names groups by what their photos show; without it they are numbered as ever."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from desktop_app.cli import entry as cli
from desktop_app.engine import curation
from desktop_app.engine import settings as settings_module
from desktop_app.engine.curation import corrections, groups_of
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import draw
from tests.helpers.words import teach_words


@pytest.fixture
def album(tmp_path: Path, kindred_home: Path) -> Path:
    """Six red pictures and six blue ones; a tiny model that knows a word for each kind."""
    model = make_tiny_model(kindred_home / "models" / "tiny")
    settings_module.save(Settings(model="tiny"))
    folder = tmp_path / "album"
    for number in range(6):
        draw(folder / f"red {number}.png", (200, 30, 20), number)
        draw(folder / f"blue {number}.png", (20, 40, 210), number + 50)
    with Library(folder) as library:
        library.index(JobContext())
        ids = library.embeddings.photo_ids.tolist()
        red = np.array([library.photo(photo_id).path.name.startswith("red") for photo_id in ids])
        teach_words(model, ["flower", "sea"], library.embeddings.vectors, np.stack([red, ~red], axis=1))
    return folder


def answer(album: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[str, bool]]:
    """Name of the group of each kind, and whether it is a suggestion."""
    assert cli.main(["groups", str(album), "--k", "2", "--json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)["groups"]
    return {Path(group["photos"][0]["path"]).name.split()[0]: (group["name"], group["suggested"]) for group in found}


def test_groups_are_named_when_asked(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {name for name, _ in answer(album, capsys).values()} == {"Group 1", "Group 2"}
    assert answer(album, capsys, "--names") == {"red": ("Flowers", True), "blue": ("Sea", True)}
    assert cli.main(["groups", str(album), "--k", "2", "--names"]) == 0
    assert "Flowers (suggested)" in capsys.readouterr().out
    assert not curation.file_of(album).exists()  # asking decides nothing


def test_a_name_given_in_the_window_stays(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library(album) as library:
        library.index(JobContext())
        groups = groups_of(library.cluster(JobContext(), k=2))
        known, shown = curation.arrange(curation.load(album), groups)
        blue = next(one.id for one in shown if library.photo(one.cover).path.name.startswith("blue"))
        curation.save(album, corrections.rename(known, shown, blue, "Flowers")[0])
    assert answer(album, capsys, "--names") == {"red": ("Flowers (2)", True), "blue": ("Flowers", False)}


def test_folders_are_called_so(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert cli.main(["organize", str(album), "--to", str(out), "--k", "2", "--names", "--yes"]) == 0
    assert {path.name for path in out.iterdir() if path.is_dir()} == {"Flowers", "Sea"}
    capsys.readouterr()
