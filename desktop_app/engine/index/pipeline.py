"""Photos -> vectors: one fused pipeline that reads each new file once and keeps every core busy.

Files are read a little ahead (`ahead`). Each worker takes a few at a time: bytes -> content hash -> cache? -> decode ->
thumbnail -> model input, then one run of the model over them. Decoding, hashing and onnxruntime release the
interpreter's lock, so plain threads reach the machine's bound. The calling thread alone writes to the cache, in
batches, in the order of the paths.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord, KnownProblem
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.index import beside, glances
from desktop_app.engine.index.executor import Executor, Threads
from desktop_app.engine.index.identity import Holders, Identities
from desktop_app.engine.index.reading import PASSING, READER, Outcome, Reader, reader_version
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.pictures import reasons
from desktop_app.engine.types import Embeddings, Float32Array, Photo, PhotoFile, Problem, Scan
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)

_LOOKUP = 2000
_COMMIT_FILES = 256
_COMMIT_SECONDS = 1.0
_STOP_SECONDS = 0.6

OnBatch = Callable[[list[Photo], Float32Array], None]


@dataclass(frozen=True, slots=True)
class IndexResult:
    """What indexing a scan gave.

    Attributes:
        photos: that were read and embedded, sorted by path.
        embeddings: rows in the same order.
        problems: of decoding and embedding, by path, in English; a damaged photo is in both.
        embedded: photos that went through the model now.
        cached: photos that did not need to.
        glanced: of those embedded, how many were seen in the camera's preview only.
        cache_trouble: why results were not all kept, in plain words; empty when they were.
    """

    photos: Sequence[Photo]
    embeddings: Embeddings
    problems: tuple[Problem, ...]
    embedded: int
    cached: int
    glanced: int
    cache_trouble: str


class IndexCancelled(Cancelled):
    """The person asked to stop. What was read until then is whole and can be worked with.

    Args:
        result: the photos read so far.
    """

    def __init__(self, result: IndexResult) -> None:
        super().__init__()
        self.result = result


def index(
    scan: Scan,
    cache: Cache,
    embedder: Embedder,
    ctx: JobContext,
    on_batch: OnBatch | None = None,
    *,
    retry: bool = False,
    quick: bool | None = False,
    executor: Executor | None = None,
    identities: Identities | None = None,
) -> IndexResult:
    """Embed what a scan found; only what the cache does not know is read.

    Stopping it in any way keeps what was done: the next run goes on from there.

    Args:
        scan: of the folder.
        cache: gives and takes.
        embedder: the model.
        ctx: cancel, pause, progress.
        on_batch: called in this thread as photos arrive, with float32[B, D]. Byte-identical copies come only in the
            result, since their ids depend on all of them.
        retry: read the files again that could not be decoded before.
        quick: camera files are embedded from the preview near its beginning where it shows the picture. Such photos
            are not kept in the cache and have ids of their own, which the next run without it replaces. None: where
            that pays, see `glances.pays`.
        executor: reads with the same model, and with the same ``quick``, elsewhere; threads of this program when None.
            It is closed at the end.
        identities: what is known of the photos' ids; None where nothing is.

    Raises:
        IndexCancelled: within a second of being asked.
        ModelError: ``model-failed``.
        UserError: what ``executor`` raises.
    """
    start = time.monotonic()
    where = f"{embedder.provider}, {embedder.precision}"
    _log.info("indexing begins: %d files, model %s on %s", len(scan.files), embedder.card.name, where)
    try:
        result = _Run(scan, cache, embedder, ctx, on_batch, retry, quick, executor, identities).result()
    except BaseException as error:
        _log.info("indexing stopped after %.1f s: %s", time.monotonic() - start, type(error).__name__)
        raise
    _log.info(
        "indexing ended after %.1f s: %d photos, %d embedded, %d cached, %d problems",
        time.monotonic() - start,
        len(result.photos),
        result.embedded,
        result.cached,
        len(result.problems),
    )
    for code, count in sorted(Counter(problem.code for problem in result.problems).items()):
        _log.info("problems %s: %d", code, count)
    for problem in result.problems:
        _log.debug("%s: %s: %s", problem.path, problem.code, problem.message)
    return result


class _Run:
    def __init__(
        self,
        scan: Scan,
        cache: Cache,
        embedder: Embedder,
        ctx: JobContext,
        on_batch: OnBatch | None,
        retry: bool,
        quick: bool | None,
        executor: Executor | None,
        identities: Identities | None,
    ) -> None:
        self._files = sorted(scan.files, key=lambda file: os.fspath(file.path))
        self._keys = [FileKey(file.path, file.size_bytes, file.mtime_ns) for file in self._files]
        self._cache, self._embedder, self._ctx, self._on_batch = cache, embedder, ctx, on_batch
        self._retry, self._quick, self._executor = retry, quick, executor
        self._identities = identities or Identities(Path(), PhotoList.of(()), Holders())
        self._records: list[FileRecord | None] = [None] * len(self._files)
        self._vectors = np.zeros((len(self._files), embedder.width), np.float32)
        self._problems: dict[int, Problem] = {}
        self._stand_ins: dict[int, Path] = {}
        self._twins: list[tuple[int, int]] = []
        self._shown: set[str] = set()
        self._embedded = self._glanced = 0
        self._trouble = ""
        self._batch = Batch(embedder.model_id, reader=READER)
        self._last_commit = time.monotonic()
        self._version = reader_version()

    def result(self) -> IndexResult:
        try:
            self._work(self._look_up())
        except Cancelled as stopped:
            self._settle_twins()
            raise IndexCancelled(self._gathered()) from stopped
        else:
            self._settle_twins()
        finally:
            self._commit()
        return self._gathered()

    def _gathered(self) -> IndexResult:
        rows = [row for row, record in enumerate(self._records) if record is not None]
        records = [record for record in self._records if record is not None]
        for row, stand_in in self._stand_ins.items():
            text = reasons.STOOD_IN.format(photo=display_path(stand_in.name))
            self._problems[row] = Problem(self._files[row].path, "decode", "damaged", text)
        for row, record in zip(rows, records, strict=True):
            if record.damaged:
                self._problems[row] = Problem(self._files[row].path, "decode", "damaged", reasons.IN_PART)
        paths = [os.fspath(self._files[row].path) for row in rows]
        ids = self._identities.of(paths, [record.content_hash for record in records])
        photos = tuple(
            _photo(int(id_), self._files[row], record) for id_, row, record in zip(ids, rows, records, strict=True)
        )
        # The copy is spared where it would be whole: at 100,000 photos it weighs 200 MB.
        vectors = self._vectors if len(rows) == len(self._files) else self._vectors[rows]
        dim = self._embedder.dim
        clusters = vectors[:, dim:] if self._embedder.width > dim else None
        return IndexResult(
            photos,
            Embeddings(ids, vectors[:, :dim], self._embedder.model_id, clusters),
            tuple(self._problems[row] for row in sorted(self._problems)),
            self._embedded,
            len(photos) - self._embedded,
            self._glanced,
            self._trouble or self._cache.trouble,
        )

    def _look_up(self) -> list[int]:
        """Take what the cache knows of unchanged files; return the rows of the others."""
        unknown: list[int] = []
        for start in range(0, len(self._files), _LOOKUP):
            self._ctx.progress(start, len(self._files), tr("Looking up known photos"))
            rows = range(start, min(start + _LOOKUP, len(self._files)))
            records = self._cache.lookup_files([self._keys[row] for row in rows], READER)
            records = [record if self._holds(row, record) else None for row, record in zip(rows, records, strict=True)]
            hashes = [record.content_hash if record else "" for record in records]
            vectors, known = self._cache.vectors(hashes, self._embedder.model_id, self._embedder.width)
            for row, record, found in zip(rows, records, known, strict=True):
                if found:
                    self._records[row] = record
            self._vectors[start : rows.stop] = vectors
            self._show([row for row, found in zip(rows, known, strict=True) if found])
            missing = [row for row, found in zip(rows, known, strict=True) if not found]
            keys = [self._keys[row] for row in missing]
            problems: list[KnownProblem | None] = [None] * len(keys)
            if not self._retry:
                problems = self._cache.lookup_problems(keys, self._version)
            for row, problem in zip(missing, problems, strict=True):
                if problem is None or not self._still_broken(row):
                    unknown.append(row)
                else:
                    self._problems[row] = Problem(self._files[row].path, "decode", *problem)
        self._ctx.progress(len(self._files), len(self._files), tr("Looking up known photos"))
        return unknown

    def _holds(self, row: int, record: FileRecord | None) -> bool:
        """Whether what else a picture was made of is still as it was, and nothing is new that could change it.

        That is a sidecar, and for a broken photo a picture beside it, which may be whole.
        """
        if record is None:
            return False
        file = self._files[row]
        pictures = beside.pictures(file)
        wanted = set(beside.others(record.content_hash))
        counting = [*beside.sidecars(file), *(pictures if record.damaged else ())]
        if not (wanted or counting):
            return True
        known = self._known_beside([*beside.sidecars(file), *pictures])
        self._stand_ins.update((row, path) for path in pictures if known.get(path) in wanted)
        return wanted <= set(known.values()) and set(counting) <= known.keys()

    def _known_beside(self, paths: Sequence[Path]) -> dict[Path, str]:
        """The content hash of each of these companions that was looked at as it is now."""
        keys = [key for path in paths if (key := beside.key_of(path)) is not None]
        found = self._cache.lookup_files(keys)
        return {key.path: record.content_hash for key, record in zip(keys, found, strict=True) if record is not None}

    def _still_broken(self, row: int) -> bool:
        """Whether no picture is new beside a photo that could not be read."""
        pictures = beside.pictures(self._files[row])
        return not pictures or set(pictures) <= self._known_beside(pictures).keys()

    def _work(self, rows: list[int]) -> None:
        if not rows:
            return
        if self._quick is None:
            self._quick = self._executor is None and glances.pays([self._files[row] for row in rows], self._ctx.check)
        said = tr("Looking at previews") if self._quick else tr("Reading photos")
        executor = self._executor or self._threads(len(rows))
        groups = pieces(rows, executor.largest, lambda: executor.workers)
        pending: deque[Future[list[Outcome]]] = deque()
        done = 0
        try:
            while True:
                # Results are small; the queue is long so that one slow group does not starve the other workers.
                for group in itertools.islice(groups, max(0, 8 * executor.workers - len(pending))):
                    pending.append(executor.submit([(row, self._files[row]) for row in group]))
                self._ctx.progress(done, len(rows), said)
                if not pending:
                    break
                if wait([pending[0]], timeout=0.1).done:
                    outcomes = pending.popleft().result()
                    self._absorb(outcomes)
                    done += len(outcomes)
        except BaseException:
            self._ctx.cancel()  # however the job ends, its workers end with it
            for future in pending:
                future.cancel()
            for future in wait(pending, timeout=_STOP_SECONDS).done:
                if not future.cancelled() and future.exception() is None:
                    self._absorb(future.result())
            raise
        finally:
            executor.close()

    def _threads(self, files: int) -> Threads:
        reader = Reader(self._cache, self._embedder, self._ctx, quick=bool(self._quick))
        return Threads(reader, min(self._embedder.workers, files))

    def _absorb(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            row, record = outcome.row, outcome.record
            self._batch.files += outcome.beside
            if outcome.stand_in is not None:
                self._stand_ins[row] = outcome.stand_in
            if outcome.twin is not None:
                self._twins.append((row, outcome.twin))
            elif outcome.problem is not None:
                self._fail(row, outcome.problem)
            elif record is not None and outcome.vector is not None:
                self._records[row] = record
                self._vectors[row] = outcome.vector
                self._embedded += outcome.embedded
                if outcome.passing:
                    self._glanced += 1
                    continue
                self._batch.files.append((self._keys[row], record))
                if outcome.embedded:
                    self._batch.vectors[record.content_hash] = outcome.vector
                if outcome.thumbnail is not None:
                    self._batch.thumbnails[record.content_hash] = outcome.thumbnail
        self._show([outcome.row for outcome in outcomes if self._records[outcome.row] is not None])
        waiting = len(self._batch.files) + len(self._batch.problems)
        if waiting >= _COMMIT_FILES or time.monotonic() - self._last_commit > _COMMIT_SECONDS:
            self._commit()

    def _fail(self, row: int, problem: Problem) -> None:
        self._problems[row] = problem
        if problem.stage == "decode" and problem.code not in PASSING:
            known = KnownProblem(problem.code, problem.message)
            self._batch.problems.append((self._keys[row], self._version, known))

    def _commit(self) -> None:
        if self._batch.files or self._batch.problems:
            if not self._cache.put(self._batch):
                # Now: the next batch may be small enough to be kept, and the cache would have nothing to tell.
                self._trouble = self._cache.trouble
            self._batch = Batch(self._embedder.model_id, reader=READER)
        self._last_commit = time.monotonic()

    def _settle_twins(self) -> None:
        """Give byte-identical copies what the first one of this run was given."""
        for row, first in self._twins:
            record = self._records[row] = self._records[first]
            if record is None:
                # Of a reading that was stopped, the first may not have been come to, and has no problem either.
                if first in self._problems:
                    self._fail(row, dataclasses.replace(self._problems[first], path=self._files[row].path))
            else:
                self._vectors[row] = self._vectors[first]
                self._batch.files.append((self._keys[row], record))

    def _show(self, rows: list[int]) -> None:
        if self._on_batch is None:
            return
        new: list[tuple[int, FileRecord]] = []
        for row in rows:
            record = self._records[row]
            if record is not None and record.content_hash not in self._shown:
                self._shown.add(record.content_hash)
                new.append((row, record))
        if new:
            photos = [self._first(row, record) for row, record in new]
            self._on_batch(photos, self._vectors[[row for row, _ in new], : self._embedder.dim])

    def _first(self, row: int, record: FileRecord) -> Photo:
        file = self._files[row]
        return _photo(self._identities.first(os.fspath(file.path), record.content_hash), file, record)


def pieces(rows: list[int], largest: int, workers: Callable[[], int]) -> Iterator[list[int]]:
    """Parts of ``rows`` that become smaller towards the end, so that all workers are done at about the same time."""
    at = 0
    while at < len(rows):
        size = max(1, min(largest, (len(rows) - at) // (2 * workers())))
        yield rows[at : at + size]
        at += size


def _photo(id_: int, file: PhotoFile, record: FileRecord) -> Photo:
    return Photo(id_, file.path, file.companions, file.size_bytes, file.mtime_ns, *record)
