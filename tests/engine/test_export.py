"""Exports appear whole or not at all, and hold what the library holds."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine import export
from desktop_app.engine.curation import groups_of
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.types import Clustering, Elbow, Embeddings, Photo, Projection


@pytest.fixture
def table(tmp_path: Path) -> export.Table:
    names = ["a.jpg", os.fsdecode(b"bad\xff.jpg"), '"quotes",<b>.jpg', "new\nline.jpg"]
    photos = [Photo(i + 1, tmp_path / name, (), 10, 20, f"{i:040x}", 4, 3) for i, name in enumerate(names)]
    ids = np.array([photo.id for photo in photos])
    best = np.array([0, 0, 1, 1], np.int32)
    confidence = np.full(4, 0.5, np.float32)
    labels = np.array([0, 0, 1, -1], np.int32)
    clustering = Clustering(ids, labels, confidence, "kmeans", {"k": 2}, 0, best, 1 - best)
    return export.Table(
        folder=tmp_path,
        photos=photos,
        embeddings=Embeddings(ids, np.arange(12, dtype=np.float32).reshape(4, 3), "m"),
        projection=Projection(
            ids, np.ones((4, 2), np.float32), np.zeros(3, np.float32), np.eye(2, 3, dtype=np.float32), np.ones(2) / 2
        ),
        clustering=clustering,
        groups=groups_of(clustering),
        thumbnail=lambda _: None,
    )


@pytest.mark.parametrize("ending", list(export.WRITERS))
def test_a_full_disk_leaves_the_old_file_and_no_debris(
    ending: str, table: export.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    output = folder / f"x.{ending}"
    output.write_text("the old one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop_app.engine.files.os.fsync", full)
    with pytest.raises(UserError, match="No space left") as caught:
        export.write(table, output)
    assert caught.value.code == "write-failed"
    assert output.read_text() == "the old one"
    assert list(folder.iterdir()) == [output]


def test_json_reads_back_names_that_are_no_utf8(table: export.Table, tmp_path: Path) -> None:
    export.write(table, tmp_path / "x.json")
    document = json.loads((tmp_path / "x.json").read_bytes())
    assert [Path(photo["path"]) for photo in document["photos"]] == [photo.path for photo in table.photos]
    assert [(group["name"], group["count"]) for group in document["groups"]] == [
        ("Group 1", 2),
        ("Group 2", 1),
        ("Unsure", 1),
    ]


def test_the_contact_sheet_escapes_names_and_shows_every_photo(table: export.Table, tmp_path: Path) -> None:
    export.write(table, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert "<b>.jpg" not in page
    assert "&lt;b&gt;.jpg" in page
    assert page.count("<figure") == 4


def test_outputs_that_cannot_be(table: export.Table, tmp_path: Path) -> None:
    for output, code in (
        (tmp_path / "x.pdf", "unknown-format"),
        (tmp_path / "x", "unknown-format"),
        (tmp_path / "missing" / "x.csv", "output-folder-missing"),
    ):
        with pytest.raises(UsageError) as caught:
            export.write(table, output)
        assert caught.value.code == code
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        export.write(table, tmp_path / "folder.csv")


@pytest.mark.parametrize("knee", [None, 3])
def test_the_elbow_chart_is_a_picture(knee: int | None, tmp_path: Path) -> None:
    curve = Elbow(
        np.arange(1, 6), np.array([9.0, 5, 3, 2.5, 2.2]), np.array([np.nan, 0.3, 0.5, 0.4, 0.3]), knee, "weak", 3, 2, 4
    )
    export.plot_elbow(curve, tmp_path / "elbow.png")
    with Image.open(tmp_path / "elbow.png") as picture:
        assert np.asarray(picture.convert("L")).std() > 5
    with pytest.raises(UsageError):
        export.plot_elbow(curve, tmp_path / "elbow.docx")


def test_groups_are_ordered_by_label_with_the_unsure_last_and_the_surest_first() -> None:
    ids = np.array([10, 11, 12, 13, 14])
    confidence = np.array([0.2, 0.9, 0.5, 0.1, 0.8], np.float32)
    labels, best = np.array([0, 0, 1, -1, 0], np.int32), np.array([0, 0, 1, 1, 0], np.int32)
    groups = groups_of(Clustering(ids, labels, confidence, "kmeans", {}, 0, best, 1 - best))
    assert [(group.name, group.photo_ids.tolist(), group.cover) for group in groups] == [
        ("Group 1", [11, 14, 10], 11),
        ("Group 2", [12], 12),
        ("Unsure", [13], 13),
    ]
