"""When a look at the previews comes first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import glances
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.types import PhotoFile
from tests.helpers.indexing import draw, run
from tests.helpers.pictures import jpeg_with_preview

PICTURE = draw(3, 640, 480)
WITH = jpeg_with_preview(PICTURE, PICTURE.resize((160, 120), Image.Resampling.BOX))


def files(folder: Path, previews: int, others: int) -> tuple[PhotoFile, ...]:
    """A folder of so many camera files, and PNG files."""
    for number in range(previews + others):
        if number % (previews + others) < previews:
            (folder / f"{number:04}.jpg").write_bytes(WITH + bytes([number // 256, number % 256]))
        else:
            draw(number).save(folder / f"{number:04}.png")
    return scan(folder, JobContext()).files


@pytest.mark.parametrize(
    ("previews", "others", "pays"),
    [(200, 0, True), (199, 0, False), (160, 40, True), (100, 100, False), (0, 200, False)],
)
def test_it_pays_for_many_files_most_of_which_have_previews(
    tmp_path: Path, previews: int, others: int, pays: bool
) -> None:
    assert glances.pays(files(tmp_path, previews, others), lambda: None) == pays


def test_of_a_folder_without_previews_few_files_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.engine.pictures import preview

    glimpse, looked_at = preview.glimpse, []
    monkeypatch.setattr(preview, "glimpse", lambda path: looked_at.append(path) or glimpse(path))
    for number in range(300):
        draw(number).save(tmp_path / f"{number:04}.jpg")
    assert not glances.pays(scan(tmp_path, JobContext()).files, lambda: None)
    assert len(looked_at) == 24


def test_the_question_can_be_stopped(tmp_path: Path) -> None:
    ctx = JobContext()
    found = files(tmp_path, 200, 0)
    ctx.cancel()
    with pytest.raises(Cancelled):
        glances.pays(found, ctx.check)


def test_only_what_is_not_known_decides(tmp_path: Path, cache: Cache, embedder: Embedder) -> None:
    files(tmp_path, 200, 0)
    first = run(tmp_path, cache, embedder, quick=None)
    assert (first.glanced, len(first.photos)) == (200, 200)
    run(tmp_path, cache, embedder)
    for number in range(60):
        (tmp_path / f"new {number}.jpg").write_bytes(WITH + b"new" + bytes([number]))
    again = run(tmp_path, cache, embedder, quick=None)
    assert (again.glanced, again.embedded, again.cached) == (0, 60, 200)
