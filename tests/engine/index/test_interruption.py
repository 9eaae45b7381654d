"""Runs that are cancelled, paused, killed or fail, and what the next one makes of them."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled, ModelError
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.pipeline import IndexResult
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode
from tests.helpers.indexing import by_path, draw, run, stopping
from tests.helpers.waiting import WAIT


class _Stop(Exception):
    pass


def _interrupt(_: JobContext) -> None:
    raise KeyboardInterrupt


def _fail(_: JobContext) -> None:
    raise _Stop


@pytest.mark.parametrize(
    ("stop", "error"), [(JobContext.cancel, Cancelled), (_interrupt, KeyboardInterrupt), (_fail, _Stop)]
)
@pytest.mark.parametrize("after", [0, 6, 20])
def test_interrupted_and_resumed_equals_uninterrupted(
    folder: Path,
    cache: Cache,
    embedder: Embedder,
    tmp_path: Path,
    stop: Callable[[JobContext], None],
    error: type[BaseException],
    after: int,
) -> None:
    with pytest.raises(error):
        run(folder, cache, embedder, stopping(after, stop))
    kept = cache.info().vectors
    assert kept >= after
    resumed = run(folder, cache, embedder)
    assert (resumed.embedded, resumed.cached) == (26 - kept, kept)
    with Cache(tmp_path / "fresh") as fresh:
        whole = run(folder, fresh, embedder)
    assert resumed.photos == whole.photos
    assert np.array_equal(resumed.embeddings.vectors, whole.embeddings.vectors)


_CHILD = """
import sys, threading
from pathlib import Path
from desktop_app.engine.index import pipeline
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.settings import Settings
folder, cache, model = map(Path, sys.argv[1:])
def tell(event):
    if event.text == "Reading photos" and event.done >= 400:
        print(event.done, flush=True)
        threading.Event().wait()  # to be killed here, whoever is faster
ctx = JobContext(tell, max_events_per_second=1e9)
pipeline._COMMIT_SECONDS = 1e9  # only whole batches are kept, however long they take
pipeline.index(scan(folder, ctx), Cache(cache), Embedder(load_card(model), Settings(workers=2)), ctx)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_run_is_resumed_and_repeats_at_most_what_was_not_kept(embedder: Embedder, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    data = io.BytesIO()
    draw(1).save(data, "JPEG")
    for number in range(700):  # bytes behind the end of a JPEG make another content
        (folder / f"{number}.jpg").write_bytes(data.getvalue() + number.to_bytes(2, "big"))
    command = [sys.executable, "-c", _CHILD, str(folder), str(tmp_path / "cache"), str(embedder.card.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert int(child.stdout.readline()) >= 400
        child.kill()
    with Cache(tmp_path / "cache") as cache:
        kept = cache.info().vectors
        assert 256 <= kept < 700
        result = run(folder, cache, embedder)
        assert (len(result.photos), result.embedded, result.cached) == (700, 700 - kept, kept)
        assert len({vector.tobytes() for vector in result.embeddings.vectors}) == 1
        assert cache.info().set_aside == ()


def test_cancel_leaves_no_thread_behind(folder: Path, cache: Cache, embedder: Embedder) -> None:
    for number in range(60):
        draw(number, 700, 500).save(folder / f"more-{number}.png")
    ctx = JobContext()
    found = scan(folder, ctx)
    thread = threading.Thread(target=lambda: (time.sleep(0.3), ctx.cancel()))
    thread.start()

    def again_and_again() -> None:
        while True:  # on a machine that is done sooner
            pipeline.index(found, cache, embedder, ctx)
            cache.clear()

    with pytest.raises(Cancelled):
        again_and_again()
    thread.join()
    for worker in [thread for thread in threading.enumerate() if thread.name.startswith("embed")]:
        worker.join(WAIT)
        assert not worker.is_alive()


def test_a_paused_job_stands_still_and_goes_on(folder: Path, cache: Cache, embedder: Embedder) -> None:
    ctx = JobContext()
    ctx.pause()
    results: list[IndexResult] = []
    found = scan(folder, JobContext())
    thread = threading.Thread(target=lambda: results.append(pipeline.index(found, cache, embedder, ctx)))
    thread.start()
    thread.join(timeout=0.3)
    assert not results
    assert cache.info().vectors == 0
    ctx.resume()
    thread.join(WAIT)
    assert results[0].embedded == 26


def test_a_model_that_fails_stops_the_run_and_keeps_what_was_done(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedder, "run", lambda batch: Embedder.run(embedder, batch[:, :, :16]))
    with pytest.raises(ModelError) as caught:
        run(folder, cache, embedder)
    assert caught.value.code == "model-failed"
    monkeypatch.undo()
    assert run(folder, cache, embedder).embedded == 26


def test_what_was_read_before_a_cancel_can_be_worked_with(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes, ctx = decode.read_bytes, stopping(8, JobContext.cancel)

    def slow_at_the_end(path: Path) -> bytes:
        while path.stem.startswith("25"):
            ctx.check()
            time.sleep(0.01)
        return read_bytes(path)

    for name in ("00", "25"):  # copies of the first that is read, and of the last, which is not come to
        (original,) = folder.rglob(f"{name}.*")
        shutil.copy(original, original.with_stem(f"{name} copy"))
    monkeypatch.setattr(decode, "read_bytes", slow_at_the_end)
    with pytest.raises(pipeline.IndexCancelled) as stopped:
        run(folder, cache, embedder, ctx)
    monkeypatch.undo()
    part, whole = stopped.value.result, by_path(run(folder, cache, embedder))
    assert 8 <= len(part.photos) < len(whole)
    assert by_path(part).items() <= whole.items()
    assert len(set(part.embeddings.photo_ids.tolist())) == len(part.photos) == len(part.embeddings.vectors)
    assert not part.problems
