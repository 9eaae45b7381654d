"""The command line shows groups as they are known, and decides nothing about them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.cli import entry as cli
from desktop_app.engine import curation, paths
from desktop_app.engine import settings as settings_module
from desktop_app.engine.curation import Curation, corrections, groups_of, renumbering
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from tests.helpers.pictures import jpeg_with_preview
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import draw


@pytest.fixture
def album(tmp_path: Path, kindred_home: Path) -> Path:
    """Six red pictures and six blue ones; a tiny model that the settings choose."""
    make_tiny_model(kindred_home / "models" / "tiny")
    settings_module.save(Settings(model="tiny"))
    for number in range(6):
        draw(tmp_path / "album" / f"red {number}.png", (200, 30, 20), number)
        draw(tmp_path / "album" / f"blue {number}.png", (20, 40, 210), number + 50)
    return tmp_path / "album"


def groups(album: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, int], str]:
    """Id of each group by the kind of its photos, and what was said beside the answer."""
    assert cli.main(["groups", str(album), "--k", "2", "--json", *arguments]) == 0
    out, err = capsys.readouterr()
    found = {}
    for group in json.loads(out)["groups"]:
        (kind,) = {Path(photo["path"]).name.split()[0] for photo in group["photos"]}
        found[kind] = group["id"]
    return found, err


def test_asking_decides_nothing(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, _ = groups(album, capsys)
    assert sorted(before.values()) == [0, 1]
    assert cli.main(["groups", str(album), "--k", "5"]) == 0
    capsys.readouterr()
    assert groups(album, capsys)[0] == before
    assert not curation.file_of(album).exists()


def listed(album: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[list[str]]:
    """The files of each group."""
    assert cli.main(["groups", str(album), "--json", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)["groups"]
    return [sorted(Path(photo["path"]).name for photo in group["photos"]) for group in found]


def test_grouping_anew_is_kept_and_from_then_on_photos_join(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = listed(album, capsys, "--k", "4", "--anew")
    kept = curation.file_of(album).read_bytes()
    assert curation.load(album).basis.size == 12
    for number in range(5):
        draw(album / f"red more {number}.png", (190, 40, 30), number + 80)
    joined = listed(album, capsys, "--k", "4")
    there = {name for group in before for name in group}
    kept_together = [[name for name in group if name in there] for group in joined]
    assert sorted(group for group in kept_together if group) == sorted(before)
    assert curation.file_of(album).read_bytes() == kept, "asking decides nothing"
    assert cli.main(["elbow", str(album), "--json"]) == 0
    assert max(json.loads(capsys.readouterr().out)["k"]) <= 12
    listed(album, capsys, "--k", "4", "--anew")
    assert curation.load(album).basis.size == 17


def test_a_damaged_file_is_told_by_the_elbow_too(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = curation.file_of(album)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"{")
    assert cli.main(["elbow", str(album)]) == 0
    assert "set aside" in capsys.readouterr().err
    assert cli.main(["elbow", str(album)]) == 0
    assert not capsys.readouterr().err


def test_grouping_anew_keeps_what_was_decided(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library(album) as opened:
        opened.index(JobContext())
        known, shown = curation.arrange(Curation(), groups_of(opened.cluster(JobContext(), k=2)))
    curation.save(album, corrections.rename(known, shown, 0, "Mine")[0])
    groups(album, capsys, "--anew")
    after = curation.load(album)
    assert ([one.name for one in after.groups], after.basis.size) == (["Mine", ""], 12)


def test_a_copy_takes_no_photos_place_also_without_the_cache(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, copy = album / "red 3.png", album / "a copy.png"
    with Library(album) as opened:
        opened.index(JobContext())
        known, shown = curation.arrange(Curation(), groups_of(opened.cluster(JobContext(), k=2)))
        photo = next(photo.id for photo in opened.photos if photo.path == file)
        blue = next(group for group in shown if photo not in group.photo_ids)
        known, _ = corrections.move(known, shown, np.array([photo]), blue.id)
        curation.save(album, known.with_files(opened.photos, opened.root))
    shutil.copy(file, copy)
    shutil.rmtree(paths.cache_dir())
    red, blue_names = sorted(listed(album, capsys, "--k", "2"), key=lambda names: names[0] != copy.name)
    assert copy.name in red
    assert file.name in blue_names


def test_grouping_anew_of_previews_is_refused_before_anything_is_read(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["groups", str(album), "--anew", "--quick"]) == 2
    assert "--quick" in capsys.readouterr().err
    assert not curation.file_of(album).exists()


def test_a_damaged_file_is_named_and_set_aside(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, _ = groups(album, capsys)
    place = curation.file_of(album)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"{")
    after, err = groups(album, capsys)
    assert after == before
    assert f"{place.stem}.damaged-1" in err
    assert place.with_suffix(".damaged-1").read_bytes() == b"{"


@pytest.mark.parametrize(("key", "value"), [("model", "nope"), ("method", "xx")])
def test_a_saved_setting_that_cannot_be_followed_is_named_with_file_and_key(
    album: Path, capsys: pytest.CaptureFixture[str], key: str, value: str
) -> None:
    file = settings_module.settings_file()
    file.write_text(f'{key} = "{value}"\n')
    assert cli.main(["groups", str(album)]) == 2
    _, err = capsys.readouterr()
    assert f"{file}: {key}: there is no “{value}”" in err
    assert f"kindred settings unset {key}" in err
    assert cli.main(["doctor"]) == 1
    assert f"{key}: there is no “{value}”" in capsys.readouterr().out


def test_what_was_decided_in_the_window_holds_on_the_command_line(
    album: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Library(album) as opened:
        opened.index(JobContext())
        found = groups_of(opened.cluster(JobContext(), k=2))
        by_name = {photo.path.name: photo.id for photo in opened.photos}
    known, shown = curation.arrange(Curation(), found)
    (red,) = (group.id for group in shown if by_name["red 0.png"] in group.photo_ids)
    known, shown = corrections.move(known, shown, np.array([by_name["blue 0.png"]]), red)
    known, shown = corrections.new_group(known, shown, np.array([by_name["blue 1.png"]]), "Memes")
    known, shown = corrections.set_locked(known, shown, [red], True)
    known, _ = corrections.set_hidden(known, shown, [shown[-1].id], True)
    curation.save(album, known)

    for k in ("2", "5"):
        assert cli.main(["groups", str(album), "--k", k, "--json"]) == 0
        answer = {group["id"]: group for group in json.loads(capsys.readouterr().out)["groups"]}
        placed = {Path(photo["path"]).name: photo["confidence"] for photo in answer[red]["photos"]}
        assert placed.keys() == {"blue 0.png", *(f"red {number}.png" for number in range(6))}
        assert placed["blue 0.png"] == 1
        assert (answer[red]["locked"], answer[red]["hidden"]) == (True, False)
        memes = answer[shown[-1].id]
        assert (memes["name"], memes["count"], memes["hidden"]) == ("Memes", 1, True)
    assert cli.main(["groups", str(album), "--k", "2"]) == 0
    out = capsys.readouterr().out
    assert "12 photos in 3 groups" in out
    assert "Memes (left out of organizing)" in out
    organize = ["organize", str(album), "--k", "2", "--to", str(tmp_path / "out"), "--dry-run"]
    assert cli.main([*organize, "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [(one["group"], one["reason"], len(one["photos"])) for one in plan["left_out"]] == [("Memes", "hidden", 1)]
    assert len(plan["steps"]) == 11
    assert cli.main(organize) == 0
    left_out = "Left where they are, as you decided: 1 photo in 1 group that is left out."
    assert left_out in capsys.readouterr().out
    assert cli.main([*organize[:-1], "--yes"]) == 0
    assert left_out in capsys.readouterr().out


def shoot(album: Path) -> None:
    """Six more photos, of a camera."""
    for number, color in enumerate([(200, 30, 20), (20, 40, 210)] * 3):
        picture = Image.new("RGB", (640, 480), color)
        picture.paste((90, 90, 90), (10 * number, 0, 10 * number + 40, 480))
        name = f"{('red', 'blue')[number % 2]} shot {number}.jpg"
        (album / name).write_bytes(jpeg_with_preview(picture, picture.resize((160, 120))))


def test_what_was_decided_about_previews_holds_for_the_photos(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A window may end before it has read the photos in full."""
    shoot(album)
    with Library(album) as opened:
        assert opened.index(JobContext(), quick=True).glanced == 6
        found = groups_of(opened.cluster(JobContext(), k=2))
        by_name = {photo.path.name: photo.id for photo in opened.photos}
        renumbering.keep(album, renumbering.glances(opened.photos))
    known, shown = curation.arrange(Curation(), found)
    (red,) = (group.id for group in shown if by_name["red 0.png"] in group.photo_ids)
    known, shown = corrections.move(known, shown, np.array([by_name["blue shot 1.jpg"]]), red)
    known, _ = corrections.rename(known, shown, red, "Mostly red")
    curation.save(album, known)
    assert cli.main(["groups", str(album), "--k", "2", "--json"]) == 0
    (answer,) = [group for group in json.loads(capsys.readouterr().out)["groups"] if group["name"] == "Mostly red"]
    names = {Path(photo["path"]).name for photo in answer["photos"]}
    assert "blue shot 1.jpg" in names
    assert len(names) == 10


def test_a_quick_answer_comes_from_previews_and_knows_no_decisions(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shoot(album)
    found, err = groups(album, capsys, "--quick")
    assert found.keys() == {"red", "blue"}
    assert err == "6 photos seen in the camera's preview only; nothing is kept of them.\n"
    assert groups(album, capsys)[0].keys() == {"red", "blue"}
    assert groups(album, capsys, "--quick")[1] == ""  # they are known now
    assert cli.main(["groups", str(album), "--quick", "--output", "groups.csv"]) == 2
