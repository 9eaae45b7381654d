from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine.errors import UsageError
from training import places
from training.config import load_config, shipped_config
from training.pretexts import build

SHIPPED = sorted(places.CONFIGS.glob("*.toml"))
MINIMAL = 'name = "a"\n[data]\nsource = "photos"\n[limits]\nepochs = 1\n[pretext]\nname = "simclr"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_config_builds(path: Path) -> None:
    config = load_config(path)
    assert config.name == path.stem
    build(config)


def test_numbers_are_converted_and_defaults_stay(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, "seed = 3\nresolutions = [[0, 64], [0.5, 96]]\n" + MINIMAL))
    assert config.seed == 3
    assert config.resolutions == ((0.0, 64), (0.5, 96))
    assert config.data.size == 96


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ('"probe"', "probe")])
def test_a_number_format_is_forced_or_left_to_the_probe(tmp_path: Path, text: str, value: object) -> None:
    assert load_config(written(tmp_path, MINIMAL)).bf16 == "probe"
    assert load_config(written(tmp_path, f"bf16 = {text}\n" + MINIMAL)).bf16 == value


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("learning_rate = 1\n" + MINIMAL, "config-invalid", "learning_rate"),
        (MINIMAL + "[augment]\nhues = 0.1\n", "config-invalid", "hues"),
        ('name = "a"\n[data]\nsource = "p"\n[pretext]\nname = "simclr"\n', "config-invalid", "limits"),
        ('batch = "many"\n' + MINIMAL, "config-invalid", "batch"),
        ("bf16 = 1\n" + MINIMAL, "config-invalid", "bf16"),
        ('bf16 = "maybe"\n' + MINIMAL, "config-invalid", "probe"),
        ("seed = 1.5\n" + MINIMAL, "config-invalid", "seed"),
        (MINIMAL + "[augment]\ncrop_scale = [0.2]\n", "config-invalid", "crop_scale"),
        (MINIMAL + '[optimizer]\nname = "lion"\n', "config-invalid", "optimizer.name: must be one of adamw, adam, sgd"),
        (MINIMAL + '[optimizer]\ndecay = "slow"\n', "config-invalid", "optimizer.decay"),
        ("batch = 1\n" + MINIMAL, "config-invalid", "batch"),
        ("resolutions = [[0.5, 64]]\n" + MINIMAL, "config-invalid", "resolutions"),
        ("resolutions = [[0.0, 64], [2.0, 96]]\n" + MINIMAL, "config-invalid", "resolutions"),
        ("report_steps = 0\n" + MINIMAL, "config-invalid", "report_steps: must be at least 1"),
        ("seed = -1\n" + MINIMAL, "config-invalid", "seed"),
        ("ema = 1.5\n" + MINIMAL, "config-invalid", "ema"),
        (MINIMAL + "[optimizer]\nlr = -1\n", "config-invalid", "optimizer.lr"),
        (MINIMAL + "[augment]\ncrop_ratio = [-1, 1]\n", "config-invalid", "crop_ratio"),
        (MINIMAL + "[augment]\ncrop_scale = [1.0, 0.2]\n", "config-invalid", "crop_scale: the smaller number"),
        (MINIMAL.replace('"a"', '""'), "config-invalid", "name"),
        (MINIMAL.replace('"a"', '"../a"'), "config-invalid", "name"),
        ("name = ", "config-not-toml", "config.toml"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, code: str, named: str) -> None:
    with pytest.raises(UsageError, match=named) as caught:
        load_config(written(tmp_path, text))
    assert caught.value.code == code


def test_a_missing_file_is_named_and_what_ships_is_listed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        load_config(tmp_path / "nowhere.toml")
    with pytest.raises(UsageError, match=r"nowhere.*photos-simclr"):
        shipped_config("nowhere")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('[pretext]\nname = "magic"', "unknown-pretext"),
        ('[pretext]\nname = "simclr"\ntau = 1.0', "config-invalid"),
    ],
)
def test_unknown_parts_are_refused_when_built(tmp_path: Path, line: str, code: str) -> None:
    config = load_config(written(tmp_path, MINIMAL.split("[pretext]")[0] + line))
    with pytest.raises(UsageError) as caught:
        build(config)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('name = "simclr"\ntemperature = 0', "temperature"),
        ('name = "moco"\nqueue = 0', "queue"),
        ('name = "instance"\nnoise = -1', "noise"),
        ('name = "jigsaw"\npermutations = 0', "permutations"),
        ('name = "jigsaw"\npermutations = 400000', "permutations: must be at most"),
        ('name = "jigsaw"\ntile = 2.0', "tile"),
        ('name = "jigsaw"\nforeign = 9', "foreign"),
        ('name = "deepcluster"\nclusters = 1', "clusters"),
        ('name = "deepcluster"\nclusters = 4\nevery = 0', "every"),
        ('name = "scan"\nclusters = 1\nneighbors_of = "a"', "clusters"),
        ('name = "scan"\nclusters = 4\nneighbors_of = "a"\nneighbors = 0', "neighbors"),
        ('name = "self_label"\nclusters = 4\nfallback = 2', "fallback"),
        ('name = "self_label"\nclusters = 4\nhead = 1', "no head 1"),
        ('name = "multicrop"\ncrop_scale = [0.5, 0.1]', "crop_scale"),
        ('name = "distill"\nteacher = "t"\ncrop_scale = [0.5, 0.1]', "crop_scale"),
    ],
)
def test_impossible_numbers_of_a_task_are_named(tmp_path: Path, line: str, named: str) -> None:
    config = load_config(written(tmp_path, MINIMAL.split("[pretext]")[0] + "[pretext]\n" + line))
    with pytest.raises(UsageError, match=named) as caught:
        build(config)
    assert caught.value.code == "config-invalid"


def test_a_folder_in_place_of_a_configuration_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(UsageError, match=r"folder\.toml cannot be read"):
        load_config(tmp_path / "folder.toml")


def test_views_too_small_for_the_backbone_are_refused(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, "resolutions = [[0, 32]]\n" + MINIMAL))
    with pytest.raises(UsageError, match="at least 33 px") as caught:
        build(config)
    assert caught.value.code == "views-too-small"
