"""Reading on a real scheduler with real workers: the same as here to the bit, whatever dies on the way."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.cli import entry
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index.cluster import Cluster
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.settings import Settings
from tests.helpers.dask_cluster import DaskCluster, dask_cluster, stop
from tests.helpers.indexing import draw, run, stopping
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.waiting import WAIT

posix = pytest.mark.skipif(os.name != "posix", reason="needs SIGSTOP and SIGKILL")

_FATAL = """
import os
from desktop_app.engine import files
if not hasattr(files, "harmless"):  # dask runs this twice
    files.harmless = files.content_hash
def content_hash(data):
    if data.endswith(b"fatal"):
        os._exit(1)
    return content_hash(data) if data.endswith(b"endless") else files.harmless(data)
files.content_hash = content_hash
"""
"""Preloaded by workers: one file ends them, with another they fail in a way that cannot be sent as it is."""

_WITHOUT = """
import sys
class Without:
    def find_spec(self, name, *_):
        if name.split(".")[0] == "desktop_app":
            raise ModuleNotFoundError(f"No module named {name!r}")
sys.meta_path.insert(0, Without())
"""
"""Preloaded by a worker that has dask and no Kindred."""

_BARRED = """
import os
if not hasattr(os, "harmless"):  # dask runs this twice
    os.harmless = os.open
def barred(path, *more, **named):
    if str(path).endswith("barred.png"):
        raise PermissionError(13, "Permission denied")
    return os.harmless(path, *more, **named)
os.open = barred
"""
"""Preloaded by a worker that may not read one of the files."""


@pytest.fixture(scope="module")
def workers_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the workers, with the model called tiny."""
    home = tmp_path_factory.mktemp("workers-home")
    make_tiny_model(home / "models" / "tiny", int8=True)
    return home


@pytest.fixture(scope="module")
def embedder(workers_home: Path) -> Embedder:
    return Embedder(load_card(workers_home / "models" / "tiny"), Settings(workers=2))


@pytest.fixture(scope="module")
def dask(workers_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers_home, workers=2) as started:
        yield started


@pytest.fixture
def joined(dask: DaskCluster) -> Iterator[Cluster]:
    with Cluster(dask.address) as cluster:
        yield cluster


def _rows(cache: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a cache holds of files, in the order in which it was written."""
    wanted = {
        "files": "path, size, mtime_ns, content_hash, width, height, damaged, checksum",
        "problems": "path, version, code, message",
        "vectors": "content_hash, model_id, checksum, vector",
        "thumbnails": "content_hash, size, checksum, jpeg",
    }
    with sqlite3.connect(cache / "cache.sqlite") as database:
        found = {name: list(database.execute(f"SELECT {columns} FROM {name}")) for name, columns in wanted.items()}
    database.close()
    return found


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_vectors_thumbnails_and_records_are_those_of_a_local_run(
    dask: DaskCluster, workers_home: Path, folder: Path, tmp_path: Path, precision: str
) -> None:
    draw(90, 200, 150).save(folder / "scan.tif")  # decoded in a process of its own, there as here
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
    half = (folder / "01.png").read_bytes()
    (folder / "half.png").write_bytes(half[: len(half) // 2])
    shutil.copy(folder / "sub" / "00.jpg", folder / "twin.jpg")
    settings = Settings(workers=2, device="cpu", precision=precision)  # type: ignore[arg-type]
    embedder = Embedder(load_card(workers_home / "models" / "tiny"), settings)
    with Cache(tmp_path / "here") as cache:
        here = run(folder, cache, embedder)
    with Cache(tmp_path / "there") as cache, Cluster(dask.address) as joined:
        there = run(folder, cache, embedder, executor=joined.executor(embedder))
        again = run(folder, cache, embedder, executor=joined.executor(embedder))
    assert there.photos == here.photos
    assert there.problems == here.problems
    assert {problem.code for problem in here.problems} == {"damaged", "unreadable"}
    assert there.embeddings.vectors.tobytes() == here.embeddings.vectors.tobytes()
    assert (again.embedded, again.photos) == (0, here.photos)
    for name, rows in _rows(tmp_path / "here").items():
        assert sorted(rows) == sorted(_rows(tmp_path / "there")[name]), name


@posix
def test_what_a_killed_worker_had_in_hand_is_read_by_another(
    dask: DaskCluster, embedder: Embedder, folder: Path, cache: Cache, tmp_path: Path
) -> None:
    *_, doomed = dask.join(1)
    stop(dask.workers[-1])  # so that it surely dies with work in hand
    held: list[str] = []

    def listener(event: Progress) -> None:
        if event.text == "Reading photos" and not held:
            held.extend(client.processing().get(doomed, ()))
            if held:
                dask.workers[-1].kill()

    with dask.client() as client, Cluster(dask.address) as joined:
        ctx = JobContext(listener, max_events_per_second=1e9)
        result = run(folder, cache, embedder, ctx, executor=joined.executor(embedder))
        assert doomed not in client.nthreads()
    assert held
    with Cache(tmp_path / "here") as fresh:
        here = run(folder, fresh, embedder)
    assert (result.photos, result.problems, result.embedded) == (here.photos, (), 26)
    assert result.embeddings.vectors.tobytes() == here.embeddings.vectors.tobytes()


def test_a_file_that_ends_every_worker_is_named_and_the_others_are_read(
    workers_home: Path, embedder: Embedder, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a", "b", "fatal", "y", "z"):
        draw(ord(name[0])).save(folder / f"{name}.png")
        with (folder / f"{name}.png").open("ab") as file:
            file.write(name.encode())
    files = list(enumerate(scan(folder, JobContext()).files))
    (tmp_path / "fatal.py").write_text(_FATAL)
    with dask_cluster(tmp_path, workers_home, workers=0, allowed_failures=0) as dask:
        dask.join(3, "--preload", str(tmp_path / "fatal.py"))
        with Cluster(dask.address) as joined:
            outcomes = joined.executor(embedder).submit(files).result(WAIT)
            assert joined.executor(embedder).workers == 1
            draw(9).save(folder / "more.png")
            with (folder / "more.png").open("ab") as file:
                file.write(b"endless")
            more = [one for one in enumerate(scan(folder, JobContext()).files) if one[1].path.stem == "more"]
            with pytest.raises(UserError, match="RecursionError") as caught:
                joined.executor(embedder).submit(more).result(WAIT)
    assert caught.value.code == "cluster-failed"
    assert [outcome.row for outcome in outcomes] == [0, 1, 2, 3, 4]
    problems = [(outcome.row, outcome.problem.code) for outcome in outcomes if outcome.problem]
    assert problems == [(2, "workers-ended")]


@posix
def test_without_its_scheduler_a_run_ends_keeps_what_was_read_and_is_resumed(
    workers_home: Path, embedder: Embedder, folder: Path, cache: Cache, tmp_path: Path
) -> None:
    with dask_cluster(tmp_path, workers_home, workers=1) as dask, Cluster(dask.address) as joined:
        ctx = stopping(1, lambda _: dask.scheduler.kill())

        def again_and_again() -> None:
            while True:  # on a machine that is done sooner
                run(folder, cache, embedder, ctx, executor=joined.executor(embedder))
                cache.clear()

        with pytest.raises(UserError) as caught:
            again_and_again()
    assert (caught.value.code, caught.value.exit_code) == ("cluster-lost", 1)
    kept = cache.info().vectors
    resumed = run(folder, cache, embedder)
    assert (len(resumed.photos), resumed.embedded) == (26, 26 - kept)


@pytest.mark.parametrize("after", [0, 6])
def test_cancelled_it_keeps_what_was_read(
    joined: Cluster, embedder: Embedder, folder: Path, cache: Cache, tmp_path: Path, after: int
) -> None:
    with pytest.raises(Cancelled):
        run(folder, cache, embedder, stopping(after, JobContext.cancel), executor=joined.executor(embedder))
    kept = cache.info().vectors
    assert kept >= after
    resumed = run(folder, cache, embedder, executor=joined.executor(embedder))
    assert (resumed.embedded, resumed.cached) == (26 - kept, kept)
    with Cache(tmp_path / "here") as fresh:
        assert np.array_equal(resumed.embeddings.vectors, run(folder, fresh, embedder).embeddings.vectors)


@pytest.mark.parametrize(("name", "code"), [("tiny", "other-model"), ("theirs", "unknown-model")])
def test_a_worker_without_the_same_model_is_named(
    joined: Cluster, folder: Path, cache: Cache, tmp_path: Path, name: str, code: str
) -> None:
    mine = Embedder(load_card(make_tiny_model(tmp_path / "mine" / name, seed=7)), Settings())
    with pytest.raises(UserError, match="worker on") as caught:
        run(folder, cache, mine, executor=joined.executor(mine))
    assert (caught.value.code, caught.value.exit_code) == (code, 4)
    assert caught.value.hint


def test_a_folder_that_a_worker_does_not_see_is_not_taken_for_an_empty_one(
    joined: Cluster, embedder: Embedder, folder: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(UserError, match=r"cannot see photos.*same path") as caught:
        run(Path(folder.name), cache, embedder, executor=joined.executor(embedder))
    assert caught.value.code == "not-shared"
    assert len(run(folder, cache, embedder).photos) == 26


def test_a_file_that_only_a_worker_may_not_read_is_no_broken_photo(
    workers_home: Path, embedder: Embedder, folder: Path, cache: Cache, tmp_path: Path
) -> None:
    (tmp_path / "barred.py").write_text(_BARRED, encoding="utf-8")
    draw(3).save(folder / "barred.png")
    with dask_cluster(tmp_path, workers_home, workers=0) as dask:
        dask.join(1, "--preload", str(tmp_path / "barred.py"))
        with Cluster(dask.address) as joined, pytest.raises(UserError, match=r"cannot read .*barred\.png") as caught:
            run(folder, cache, embedder, executor=joined.executor(embedder))
    assert caught.value.code == "not-shared"
    assert "Permission denied" in caught.value.message
    assert "may read the folder" in caught.value.hint


def test_the_command_reads_on_the_workers_and_says_so(
    dask: DaskCluster, workers_home: Path, folder: Path, kindred_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(workers_home / "models", kindred_home / "models")
    words = ["index", str(folder), "--model", "tiny", "--cluster", dask.address, "--json"]
    assert entry.main(words) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["embedded"] == 26
    assert "2 workers with 2 threads" in err
    assert entry.main(words) == 0
    assert json.loads(capsys.readouterr().out)["cached"] == 26


@pytest.mark.parametrize("address", ["nothing", "foo://127.0.0.1:1", "tls://127.0.0.1:1"])
def test_a_scheduler_that_cannot_be_reached_is_one_sentence(
    address: str, folder: Path, workers_home: Path, kindred_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(workers_home / "models", kindred_home / "models")
    assert entry.main(["index", str(folder), "--model", "tiny", "--cluster", address]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"kindred: There is no dask scheduler to be reached at {address}:")


def test_a_scheduler_without_workers_is_refused(
    workers_home: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with dask_cluster(tmp_path, workers_home, workers=0) as dask, pytest.raises(UserError) as caught:
        Cluster(dask.address)
    assert (caught.value.code, caught.value.exit_code) == ("no-workers", 2)
    assert f"dask worker {dask.address}" in caught.value.hint


def test_a_worker_without_kindred_is_named_and_not_waited_for(workers_home: Path, tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text(_WITHOUT, encoding="utf-8")
    with dask_cluster(tmp_path, workers_home, workers=1) as dask:
        address = dask.join(1, "--preload", str(tmp_path / "without.py"))[-1]
        with pytest.raises(UserError, match="No module named 'desktop_app'") as caught:
            Cluster(dask.address)
    assert address in caught.value.message
    assert (caught.value.code, caught.value.exit_code) == ("cluster-failed", 1)
    assert "same Kindred" in caught.value.hint


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"kindred\[cluster\]") as caught:
        Cluster("127.0.0.1:8786")
    assert (caught.value.code, caught.value.exit_code) == ("cluster-missing", 2)
