"""Commands that look at a folder, from outside: real files, their words and their JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers.command_line import digest, draw, run
from tests.helpers.disks import full_disk

pytestmark = pytest.mark.usefixtures("tiny_home")


@pytest.fixture(params=["no folder", pytest.param("full", marks=pytest.mark.root)])
def lost_cache(request: pytest.FixtureRequest, tiny_home: None, tmp_path: Path) -> Iterator[None]:
    """A cache that keeps nothing: its folder cannot be made, or its disk is full."""
    folder = tmp_path / "home" / "cache"
    if request.param == "full":
        with full_disk(folder):
            yield
    else:
        folder.write_text("in the way")
        yield


@pytest.mark.usefixtures("lost_cache")
def test_a_cache_that_keeps_nothing_is_told_by_every_command_that_embeds(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The cache keeps nothing new: "
    for _ in range(2):
        code, out, err = run("index", album, "--json", capsys=capsys)
        report = json.loads(out)
        assert (code, report["photos"], report["embedded"], report["cached"]) == (0, 12, 12, 0)
        assert "cache.sqlite" in report["cache_trouble"]
        assert err.count(said) == 1
    for command in (
        ("index", album),
        ("elbow", album),
        ("groups", album, "--k", 2),
        ("neighbors", album / "red 1.png", "--in", album),
        ("export", album, "--output", tmp_path / "out.csv"),
        ("organize", album, "--to", tmp_path / "out", "--dry-run"),
    ):
        code, _, err = run(*command, capsys=capsys)
        assert (code, err.count(said)) == (0, 1), command
    code, out, _ = run("cache", "info", capsys=capsys)
    assert code == 0
    assert said in out
    assert json.loads(run("cache", "info", "--json", capsys=capsys)[1])["trouble"]
    assert run("doctor", capsys=capsys)[0] == 1


def test_index_says_what_it_did_and_a_second_run_embeds_nothing(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest(album)
    code, out, _ = run("index", album, "--json", capsys=capsys)
    first = json.loads(out)
    assert first["cache_trouble"] == ""
    assert code == 0
    assert (first["photos"], first["embedded"], first["cached"], first["problems"]) == (12, 12, 0, [])
    assert first["model"] == "tiny"
    assert first["provider"] == "CPU"
    assert [Path(item["path"]).name for item in first["ignored"]] == ["notes.txt"]
    second = json.loads(run("index", album, "--json", capsys=capsys)[1])
    assert (second["embedded"], second["cached"]) == (0, 12)
    assert digest(album) == before


def test_elbow_plot_and_neighbors(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chart = tmp_path / "elbow.png"
    code, out, _ = run("elbow", album, "--json", "--plot", chart, capsys=capsys)
    curve = json.loads(out)
    assert code == 0
    with Image.open(chart) as picture:
        assert picture.size[0] > 300
    assert curve["low"] <= curve["suggested"] <= curve["high"]
    assert np.all(np.diff(curve["inertia"]) <= 1e-6)

    code, out, _ = run("neighbors", album / "red 1.png", "--in", album, "-k", 4, "--json", capsys=capsys)
    names = [Path(item["path"]).name for item in json.loads(out)["neighbors"]]
    assert code == 0
    assert len(names) == 4
    assert "red 1.png" not in names
    assert all(name.startswith("red") for name in names)

    (tmp_path / "alone").mkdir()
    alone = draw(tmp_path / "alone" / "one.png", (200, 30, 20), 98)
    assert (
        run("neighbors", alone, "--in", alone.parent, capsys=capsys)[1] == "There is no other photo in this folder.\n"
    )
    outside = draw(tmp_path / "other.png", (200, 30, 20), 99)
    found = json.loads(run("neighbors", outside, "--in", album, "-k", 1, "--json", capsys=capsys)[1])
    assert Path(found["neighbors"][0]["path"]).name.startswith("red")


def test_evaluate_scores_sub_folders_as_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for color, rgb in {"red": (200, 30, 20), "blue": (20, 40, 210), "green": (20, 180, 40)}.items():
        (tmp_path / "labeled" / color).mkdir(parents=True)
        for i in range(7):
            draw(tmp_path / "labeled" / color / f"{i}.png", rgb, hash((color, i)) % 1000)
    code, out, _ = run("evaluate", tmp_path / "labeled", "--json", capsys=capsys)
    assert code == 0
    text = json.dumps(json.loads(out))
    assert "nmi" in text
    assert "confusion" in text


def test_what_was_left_out_is_counted_by_kind_and_listed_with_reasons(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / ".hidden").touch()
    (album / "link.jpg").symlink_to(album / "red 1.png")
    (album / "film.mp4").write_bytes(b"film")
    (album / "film 2.mp4").write_bytes(b"film")
    out = run("index", album, capsys=capsys)[1]
    assert "5 other files or folders left out: 2 films, 1 hidden, 1 link, 1 file of another kind." in out
    links = album / "links"
    links.mkdir()
    (links / "a.jpg").symlink_to(album / "red 1.png")
    code, out, err = run("groups", links, "--json", capsys=capsys)
    assert code == 3
    assert "1 link." in err
    assert json.loads(out)["ignored"] == [{"path": str(links / "a.jpg"), "reason": "a link out of the folder"}]
