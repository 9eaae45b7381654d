"""The façade keeps its word: which thread calls back, and which errors come when."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.curation import groups_of
from desktop_app.engine.errors import Cancelled, ModelError, NoImagesError, UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Group
from tests.helpers.german import german
from tests.helpers.xmp import LIGHTROOM


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(12):
        Image.new("RGB", (60, 40), (20 * number, 90, 200 - 9 * number)).save(folder / f"{number:02}.png")
    return folder


@pytest.fixture
def library(album: Path, settings: Settings) -> Iterator[Library]:
    with Library(album, settings) as opened:
        yield opened


@pytest.fixture
def indexed(library: Library) -> Library:
    library.index(JobContext())
    return library


def refusal(call: Callable[[], object], kind: type[UserError] = UsageError) -> str:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize("window_first", [True, False])
def test_what_is_kept_of_a_folder_speaks_no_language(album: Path, settings: Settings, window_first: bool) -> None:
    (album / "empty.jpg").touch()
    (album / "torn.png").write_bytes((album / "00.png").read_bytes()[:60])

    def told(show: Callable[[Library], object]) -> list[str]:
        with Library(album, settings) as opened:
            show(opened)
            return [problem.message.split(" (")[0].rstrip(".") for problem in opened.problems]

    english = ["The file is empty", "The PNG data is damaged and cannot be read"]
    spoken = ["Die Datei ist leer", "Die Bilddaten"]

    def in_german() -> None:
        with german():
            assert told(lambda opened: opened.index(JobContext())) == spoken
            assert told(lambda opened: opened.recall()) == spoken

    def in_english() -> None:
        assert told(lambda opened: opened.index(JobContext())) == english
        assert told(lambda opened: opened.recall()) == english

    for look in (in_german, in_english) if window_first else (in_english, in_german):
        look()


def test_photos_are_not_read_again_because_keywords_were_written_beside_them(indexed: Library, album: Path) -> None:
    ctx = JobContext()
    before = {photo.path: photo.id for photo in indexed.photos}
    groups = groups_of(indexed.cluster(ctx, k=3))
    assert indexed.write_keywords(indexed.plan_keywords(groups, ctx), ctx).ok
    for photo in indexed.photos:  # whoever decodes one of them now finds it broken
        photo.path.write_bytes(photo.path.read_bytes()[:64].ljust(photo.size_bytes, b"\0"))
        os.utime(photo.path, ns=(photo.mtime_ns, photo.mtime_ns))
    report = indexed.index(ctx)
    assert report.problems == ()
    assert {photo.path: photo.id for photo in indexed.photos} == before
    assert {photo.companions for photo in indexed.photos} == {
        (path.with_name(f"{path.name}.xmp"),) for path in album.glob("*.png")
    }


def test_a_photo_that_its_sidecar_turns_stays_the_same_photo_with_a_keyword(library: Library, album: Path) -> None:
    (album / "03.xmp").write_text(LIGHTROOM.replace('Orientation="1"', 'Orientation="6"'))
    ctx = JobContext()
    library.index(ctx)
    turned = next(photo for photo in library.photos if photo.path.name == "03.png")
    assert (turned.width, turned.height) == (40, 60)
    assert library.write_keywords(library.plan_keywords(groups_of(library.cluster(ctx, k=3)), ctx), ctx).ok
    library.index(ctx)
    after = library.photo(turned.id)
    assert (after.path, after.width, after.height) == (turned.path, 40, 60)


def test_all_listeners_are_called_in_the_thread_that_called_index(library: Library) -> None:
    callers: dict[str, set[int]] = {"batch": set(), "scan": set(), "progress": set()}

    def note(kind: str) -> Callable[..., None]:
        return lambda *_: callers[kind].add(threading.get_ident())

    library.index(JobContext(note("progress")), note("batch"), note("scan"))
    assert callers == {kind: {threading.get_ident()} for kind in callers}


def test_what_a_listener_raises_ends_the_run_and_keeps_what_was_done(library: Library) -> None:
    def refuse(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        library.index(JobContext(), refuse)
    assert library.index(JobContext()).cached > 0


def test_opening_and_indexing_raise_what_they_say(
    library: Library, album: Path, settings: Settings, kindred_home: Path, tmp_path: Path
) -> None:
    assert refusal(lambda: Library(tmp_path / "nowhere", settings)) == "folder-missing"
    assert refusal(lambda: Library(album / "00.png", settings)) == "not-a-folder"
    assert refusal(lambda: Library(album, settings, model="none"), ModelError) == "unknown-model"
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        library.index(ctx)
    (kindred_home / "models" / "tiny" / "model.onnx").write_bytes(b"something else")
    with Library(album, settings) as opened:  # a model's own files are not looked at before they are needed
        assert refusal(lambda: opened.index(JobContext()), ModelError) == "model-mismatch"
    for path in album.iterdir():
        path.write_bytes(b"no picture")
    assert refusal(lambda: library.index(JobContext()), NoImagesError) == "no-readable-photos"
    assert len(library.problems) == 12
    shutil.rmtree(album)
    assert refusal(lambda: library.index(JobContext())) == "folder-missing"


def test_questions_raise_what_they_say(indexed: Library, tmp_path: Path) -> None:
    ctx = JobContext()
    with pytest.raises(KeyError):
        indexed.photo(-5)
    with pytest.raises(KeyError):
        indexed.thumbnail(-5)
    assert refusal(lambda: indexed.neighbors(-5, 3, ctx)) == "unknown-photo"
    assert refusal(lambda: indexed.neighbors(tmp_path / "none.png", 3, ctx)) == "image-missing"
    (tmp_path / "letter.png").write_text("hello")
    assert refusal(lambda: indexed.neighbors(tmp_path / "letter.png", 3, ctx)) == "image-unreadable"
    assert refusal(lambda: indexed.evaluate(ctx)) == "no-labels"
    assert refusal(lambda: indexed.elbow(ctx, space="space")) == "unknown-space"
    assert refusal(lambda: indexed.cluster(ctx, method="magic")) == "unknown-method"
    assert refusal(lambda: indexed.check_method("magic")) == "unknown-method"
    assert refusal(lambda: indexed.check_method("model")) == "no-clusters"
    assert refusal(lambda: indexed.cluster(ctx, k=13)) == "k-too-large"
    stranger = Group(0, "Group 1", np.array([-5], np.int64), -5)
    with pytest.raises(KeyError):
        indexed.plan([stranger], tmp_path / "out", "copy", ctx)
    assert refusal(lambda: indexed.plan([], tmp_path / "out", "burn", ctx)) == "unknown-action"
    stopped = JobContext()
    stopped.cancel()
    for call in (indexed.project, indexed.elbow, indexed.cluster):
        with pytest.raises(Cancelled):
            call(stopped)
