"""Models as they come: a folder, a file in it, a zip file of any kind, whole or not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop_app.engine import paths
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import parcel, shelf
from tests.helpers.tiny_model import refusal

pytestmark = pytest.mark.usefixtures("own_models")


def zipped(target: Path, folder: Path, below: str = "", **more: bytes) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{below}{path.name}")
        for name, data in more.items():
            archive.writestr(name, data)
    return target


@pytest.mark.parametrize("named", ["card.json", "model.onnx", "model.int8.onnx"])
def test_a_file_of_a_model_means_its_folder(tiny: Path, named: str) -> None:
    assert shelf.add(tiny / named).name == "tiny"
    assert shelf.check(shelf.resolve("tiny"))["float"] > 0.999


@pytest.mark.parametrize("below", ["", "tiny/", "some/where/else/"])
def test_a_zip_of_a_model_is_unpacked_from_any_depth(tiny: Path, tmp_path: Path, below: str) -> None:
    path = zipped(tmp_path / "of my own.zip", tiny, below, **{"__MACOSX/tiny/card.json": b"", "../outside": b"x"})
    before = path.read_bytes()
    card = shelf.add(path)
    assert shelf.check(card).keys() == {"float", "int8"}
    assert path.read_bytes() == before
    assert not (tmp_path.parent / "outside").exists()
    assert [entry.name for entry in paths.user_models_dir().iterdir()] == ["tiny"]


def test_a_broken_zip_is_refused_and_nothing_is_added(tiny: Path, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", tiny).read_bytes()
    for number, data in enumerate((whole[: len(whole) // 2], b"", altered(whole))):
        broken = tmp_path / f"{number}.zip"
        broken.write_bytes(data)
        with pytest.raises(ModelError, match=f"{number}\\.zip cannot be unpacked") as caught:
            shelf.add(broken)
        assert caught.value.code == "zip-damaged"
    assert list(paths.user_models_dir().iterdir()) == []


def altered(data: bytes) -> bytes:
    """One byte of what is packed is another."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def test_a_zip_without_a_model_or_with_two_is_refused(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    empty = zipped(tmp_path / "empty.zip", tmp_path / "nothing", **{"readme.txt": b"hello"})
    two = zipped(tmp_path / "two.zip", tiny, "a/", **{"b/card.json": b"{}"})
    for path, words in ((empty, "holds no card.json"), (two, "holds several models")):
        with pytest.raises(ModelError, match=words) as caught:
            shelf.add(path)
        assert caught.value.code == "not-a-model"


def test_a_zip_that_grows_too_large_is_refused(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "MAX_ONNX_BYTES", 1000)
    path = zipped(tmp_path / "large.zip", tiny)
    assert refusal(lambda: shelf.add(path)) == "model-too-large"


def test_what_is_wrong_with_a_packed_model_names_the_zip(tiny: Path, tmp_path: Path) -> None:
    (tiny / "card.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        shelf.add(zipped(tmp_path / "mine.zip", tiny))
    assert caught.value.code == "card-invalid"
    assert f"{tmp_path / 'mine.zip'}/card.json is not valid JSON" in caught.value.message


def test_another_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert refusal(lambda: shelf.add(tmp_path / "photo.jpg")) == "not-a-model"
