"""What was already learnt about photos: content, vectors, thumbnails, fingerprints, and what was computed of these.

All of it is expendable.

A file is known by (path, size, modification time); what it shows by the hash of its content, so that renamed and
copied photos need no new work. Vectors are keyed by (content hash, model), thumbnails by (content hash, size),
fingerprints by content hash. Each row carries a checksum over everything in it: a row that a failing disk has altered
counts as missing.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from desktop_app.engine.cache.large import LargeFiles
from desktop_app.engine.cache.store import Store, refusal
from desktop_app.engine.errors import UserError
from desktop_app.engine.files import is_folder
from desktop_app.engine.language import tr
from desktop_app.engine.types import Float32Array
from desktop_app.engine.wording import data_size, display_path

THUMBNAIL_SIZE = 256
"""Short side of the thumbnails that indexing makes, pixels."""
_RESULTS_BYTES = 64 << 20  # the groups of 100,000 photos take 1.3 MB for each number of them
_ROOM_BYTES = 32 << 20  # a batch of the pipeline takes some 10 MB of log before it is moved into the file

_MIGRATIONS = (
    """
    CREATE TABLE files (
        path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, content_hash TEXT, width INTEGER, height INTEGER,
        taken_at TEXT, camera TEXT, damaged INTEGER, checksum INTEGER
    );
    CREATE INDEX files_by_content ON files (content_hash);
    CREATE TABLE problems (
        path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, version TEXT, code TEXT, message TEXT, checksum INTEGER
    );
    CREATE TABLE vectors (
        id INTEGER PRIMARY KEY, content_hash TEXT, model_id TEXT, checksum INTEGER, vector BLOB,
        UNIQUE (model_id, content_hash)
    );
    CREATE TABLE thumbnails (
        id INTEGER PRIMARY KEY, content_hash TEXT, size INTEGER, checksum INTEGER, jpeg BLOB,
        UNIQUE (content_hash, size)
    );
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT, checksum INTEGER);
    """,
    "ALTER TABLE files ADD COLUMN reader INTEGER DEFAULT 0",
    "CREATE TABLE fingerprints (content_hash TEXT PRIMARY KEY, edition INTEGER, checksum INTEGER, packed BLOB)",
    "CREATE TABLE results (id INTEGER PRIMARY KEY, key TEXT UNIQUE, checksum INTEGER, data BLOB)",
)
_TABLES = ("files", "problems", "vectors", "thumbnails", "meta", "fingerprints", "results")


class FileKey(NamedTuple):
    """A file as the disk describes it without reading it."""

    path: Path
    size: int
    mtime_ns: int


class FileRecord(NamedTuple):
    """What reading a file has told; the fields are those of `types.Photo`."""

    content_hash: str
    width: int
    height: int
    taken_at: str | None = None
    camera: str | None = None
    damaged: bool = False


class KnownProblem(NamedTuple):
    """Why a file could not be decoded; the fields are those of `types.Problem`."""

    code: str
    message: str


@dataclass(slots=True)
class Batch:
    """What is to be kept in one transaction.

    Attributes:
        model_id: of the vectors.
        files: files that were read.
        vectors: content hash -> float32[D].
        thumbnails: content hash -> JPEG, `THUMBNAIL_SIZE`.
        problems: files that cannot be decoded, with the version of the program that tried.
        reader: edition of the reader that made all this; outside of the rows' checksums, for it tells nothing of them.
    """

    model_id: str = ""
    files: list[tuple[FileKey, FileRecord]] = field(default_factory=list)
    vectors: dict[str, Float32Array] = field(default_factory=dict)
    thumbnails: dict[str, bytes] = field(default_factory=dict)
    problems: list[tuple[FileKey, str, KnownProblem]] = field(default_factory=list)
    reader: int = 0


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The state of the cache.

    Attributes:
        path: of the file.
        bytes: on disk, files set aside included.
        files: photos known by path.
        vectors: embeddings, over all models.
        thumbnails: JPEGs.
        set_aside: damaged files that were replaced.
        trouble: why results are not kept at present, or soon will not be, in plain words; empty when all is well.
    """

    path: Path
    bytes: int
    files: int
    vectors: int
    thumbnails: int
    set_aside: tuple[Path, ...]
    trouble: str


class Cache:
    """Photos, vectors and thumbnails in ``cache.sqlite``; safe to share between threads and processes.

    Nothing here fails because of the cache's own state: see `store.Store`.

    Args:
        folder: made if absent.

    Raises:
        UserError: ``cache-from-newer-version``.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / "cache.sqlite", _MIGRATIONS)
        self.large = LargeFiles(folder / "kept", self.meta_get, self._put_name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file. The cache must not be used afterwards."""
        self._store.close()

    @property
    def trouble(self) -> str:
        """Why results are not kept at present, in plain words; empty when all is well."""
        return self._store.trouble

    def lookup_files(self, keys: Sequence[FileKey], reader: int = 0) -> list[FileRecord | None]:
        """What is known of each file, None for new and changed ones, and those an older reader read."""
        query = (
            "SELECT content_hash, width, height, taken_at, camera, damaged, checksum FROM files"
            " WHERE path = ? AND size = ? AND mtime_ns = ? AND reader >= ?"
        )

        def work(connection: sqlite3.Connection) -> list[FileRecord | None]:
            rows = (connection.execute(query, (*_key(key), reader)).fetchone() for key in keys)
            return [_record(_key(key), row) for key, row in zip(keys, rows, strict=True)]

        return self._store.read(work, [None] * len(keys))

    def lookup_problems(self, keys: Sequence[FileKey], version: str) -> list[KnownProblem | None]:
        """Why each file could not be decoded by this version of the program, None where that is not known."""
        query = (
            "SELECT code, message, checksum FROM problems WHERE path = ? AND size = ? AND mtime_ns = ? AND version = ?"
        )

        def one(connection: sqlite3.Connection, key: FileKey) -> KnownProblem | None:
            row = connection.execute(query, (*_key(key), version)).fetchone()
            if row is None or row[2] != _checksum(*_key(key), version, *row[:2]):
                return None
            return KnownProblem(*row[:2])

        return self._store.read(lambda connection: [one(connection, key) for key in keys], [None] * len(keys))

    def lookup_content(self, content_hash: str, reader: int = 0) -> FileRecord | None:
        """What is known of a content, from whichever file was seen to have it, by a reader no older than ``reader``."""
        query = (
            "SELECT path, size, mtime_ns, content_hash, width, height, taken_at, camera, damaged, checksum FROM files"
            " WHERE content_hash = ? AND reader >= ?"
        )

        def work(connection: sqlite3.Connection) -> FileRecord | None:
            records = (_record(row[:3], row[3:]) for row in connection.execute(query, (content_hash, reader)))
            return next((record for record in records if record is not None), None)

        return self._store.read(work, None)

    def vectors(self, hashes: Sequence[str], model_id: str, dim: int) -> tuple[Float32Array, npt.NDArray[np.bool_]]:
        """Read many vectors at once.

        Args:
            hashes: N content hashes; repeated ones are fine.
            model_id: whose vectors.
            dim: D; a vector of another length counts as missing.

        Returns:
            float32[N, D], zero where missing, and bool[N], True where found.
        """
        query = (
            "SELECT wanted.key, content_hash, checksum, vector FROM json_each(?) AS wanted"
            " CROSS JOIN vectors ON model_id = ? AND content_hash = wanted.value"
        )

        def work(connection: sqlite3.Connection) -> tuple[Float32Array, npt.NDArray[np.bool_]]:
            found = np.zeros((len(hashes), dim), np.float32)
            known = np.zeros(len(hashes), np.bool_)
            for row, content_hash, checksum, blob in connection.execute(query, (json.dumps(hashes), model_id)):
                if checksum == _checksum(content_hash, model_id, blob=blob) and len(blob) == 4 * dim:
                    found[row] = np.frombuffer(blob, "<f4")
                    known[row] = True
            return found, known

        missing = np.zeros((len(hashes), dim), np.float32), np.zeros(len(hashes), np.bool_)
        return self._store.read(work, missing)

    def contents(self, model_id: str) -> list[str]:
        """The content hashes of all photos that a model has looked at, whatever folder they were in."""
        query = "SELECT content_hash FROM vectors WHERE model_id = ?"

        def work(connection: sqlite3.Connection) -> list[str]:
            return [str(row[0]) for row in connection.execute(query, (model_id,))]

        return self._store.read(work, [])

    def thumbnail(self, content_hash: str) -> bytes | None:
        """The JPEG kept for a content, None where there is none."""
        query = "SELECT checksum, jpeg FROM thumbnails WHERE content_hash = ? AND size = ?"

        def work(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute(query, (content_hash, THUMBNAIL_SIZE)).fetchone()
            if row is None or row[0] != _checksum(content_hash, THUMBNAIL_SIZE, blob=row[1]):
                return None
            return bytes(row[1])

        return self._store.read(work, None)

    def fingerprints(self, hashes: Sequence[str], edition: int) -> dict[str, bytes]:
        """What was measured of thumbnails, see `duplicates.fingerprint`: content hash -> packed, where it is known."""
        query = (
            "SELECT content_hash, checksum, packed FROM json_each(?) AS wanted"
            " CROSS JOIN fingerprints ON content_hash = wanted.value AND edition = ?"
        )

        def work(connection: sqlite3.Connection) -> dict[str, bytes]:
            rows = connection.execute(query, (json.dumps(hashes), edition))
            return {known: blob for known, checksum, blob in rows if checksum == _checksum(known, edition, blob=blob)}

        return self._store.read(work, {})

    def put_fingerprints(self, packed: Mapping[str, bytes], edition: int) -> bool:
        """Keep what was measured, in place of an earlier edition's. Returns what `put` returns."""
        rows = [(known, edition, _checksum(known, edition, blob=blob), blob) for known, blob in packed.items()]
        return self._store.write(lambda connection: _insert(connection, "fingerprints", rows, 4))

    def result(self, key: str) -> bytes | None:
        """What was computed and kept under a key, None where there is nothing."""

        def work(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute("SELECT checksum, data FROM results WHERE key = ?", (key,)).fetchone()
            return bytes(row[1]) if row is not None and row[0] == _checksum(key, blob=row[1]) else None

        return self._store.read(work, None)

    def put_result(self, key: str, data: bytes) -> bool:
        """Keep what was computed; the oldest results make room for it. Returns what `put` returns."""
        outdated = (
            "DELETE FROM results WHERE id IN (SELECT id FROM"
            " (SELECT id, sum(length(data)) OVER (ORDER BY id DESC) AS newer FROM results) WHERE newer > ?)"
        )

        def work(connection: sqlite3.Connection) -> None:
            _insert(connection, "results", [(None, key, _checksum(key, blob=data), data)], 4)
            connection.execute(outdated, (_RESULTS_BYTES,))

        return self._store.write(work)

    def has_thumbnail(self, content_hash: str) -> bool:
        """Whether `thumbnail` would give one."""
        return self.thumbnail(content_hash) is not None

    def put(self, batch: Batch) -> bool:
        """Keep a batch, whole or not at all; False where it could not be kept, which `trouble` explains."""
        files = [(*_key(key), *_row(record)) for key, record in batch.files]
        problems = [
            (*_key(key), version, _clean(problem.code), _clean(problem.message))
            for key, version, problem in batch.problems
        ]
        vectors = [
            (content_hash, batch.model_id, np.asarray(vector, "<f4").tobytes())
            for content_hash, vector in batch.vectors.items()
        ]

        def work(connection: sqlite3.Connection) -> None:
            _insert(connection, "files", ((*row, _checksum(*row), batch.reader) for row in files), 11)
            _insert(connection, "problems", ((*row, _checksum(*row)) for row in problems), 7)
            connection.executemany("DELETE FROM files WHERE path = ?", ((row[0],) for row in problems))
            connection.executemany("DELETE FROM problems WHERE path = ?", ((row[0],) for row in files))
            rows = ((None, h, model, _checksum(h, model, blob=blob), blob) for h, model, blob in vectors)
            _insert(connection, "vectors", rows, 5)
            thumbnails = (
                (None, content_hash, THUMBNAIL_SIZE, _checksum(content_hash, THUMBNAIL_SIZE, blob=jpeg), jpeg)
                for content_hash, jpeg in batch.thumbnails.items()
            )
            _insert(connection, "thumbnails", thumbnails, 5)

        return self._store.write(work)

    def meta_get(self, key: str) -> str | None:
        """A remembered decision."""

        def work(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT value, checksum FROM meta WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row is not None and row[1] == _checksum(key, row[0]) else None

        return self._store.read(work, None)

    def meta_set(self, key: str, value: str) -> bool:
        """Remember a decision. Returns what `put` returns."""
        row = (key, value, _checksum(key, value))
        return self._store.write(lambda connection: _insert(connection, "meta", [row], 3))

    def _put_name(self, key: str, name: str) -> bool:
        # In memory it would be forgotten at the end, and the file would never be found again.
        return self._store.in_file and self.meta_set(key, name)

    def info(self) -> CacheInfo:
        """Size and contents."""
        file = self._store.file
        set_aside = self._store.damaged_files()
        parts = [file, Path(f"{file}-wal"), Path(f"{file}-shm"), *set_aside]

        def count(connection: sqlite3.Connection) -> list[int]:
            tables = ("files WHERE width > 0", "vectors", "thumbnails")  # sidecars have none
            return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]

        there = is_folder(file.parent)
        size = sum(part.stat().st_size for part in parts if there and part.exists()) + self.large.size()
        files, vectors, thumbnails = self._store.read(count, [0, 0, 0])
        return CacheInfo(file, size, files, vectors, thumbnails, set_aside, self.trouble or self._little_room())

    def _little_room(self) -> str:
        free = shutil.disk_usage(self._store.file.parent).free
        if free >= _ROOM_BYTES:
            return ""
        file = display_path(self._store.file)
        return tr("the disk of {file} has only {size} left", file=file, size=data_size(free))

    def clear(self) -> None:
        """Forget everything and give the space back, files set aside included.

        Raises:
            UserError: ``cache-not-cleared``.
        """

        def empty(connection: sqlite3.Connection) -> None:
            for table in _TABLES:
                connection.execute(f"DELETE FROM {table}")

        def shrink(connection: sqlite3.Connection) -> None:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        # Emptied where that can be, for another Kindred that is open goes on with this very file.
        if self._store.write(empty) and self._store.in_file:
            self._store.read(shrink, None)
        elif self._store.locked:
            raise _not_cleared(self.trouble)
        try:
            # A full disk has no room for emptying, and a file that cannot be opened there is never emptied.
            if self.trouble:
                self._store.discard()
            for path in self._store.damaged_files():
                path.unlink(missing_ok=True)
            self.large.clear()
        except OSError as error:
            raise _not_cleared(tr(refusal(error))) from error


def _not_cleared(reason: str) -> UserError:
    return UserError("cache-not-cleared", tr("The cache was not cleared: {reason}.", reason=reason))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], columns: int) -> None:
    marks = ", ".join("?" * columns)
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)


def _checksum(*columns: object, blob: object = b"") -> int:
    """CRC-32 over a row. A blob that came back as something else than bytes gives -1, which no row has."""
    if not isinstance(blob, bytes):
        return -1
    return zlib.crc32(blob, zlib.crc32(repr(columns).encode("utf-8", "backslashreplace")))


def _key(key: FileKey) -> tuple[bytes, int, int]:
    # SQLite's integers have 64 bits; ext4 keeps times up to the year 2446, which is beyond them.
    return os.fsencode(key.path), key.size, (key.mtime_ns + 2**63) % 2**64 - 2**63


def _row(record: FileRecord) -> tuple[Any, ...]:
    return (*record[:3], _clean(record.taken_at), _clean(record.camera), int(record.damaged))


def _record(key: tuple[Any, ...], row: tuple[Any, ...] | None) -> FileRecord | None:
    if row is None or row[-1] != _checksum(*key, *row[:-1]):
        return None
    content_hash, width, height, taken_at, camera, damaged, _ = row
    return FileRecord(content_hash, width, height, taken_at, camera, bool(damaged))


def _clean(text: str | None) -> str | None:
    """SQLite's text is UTF-8, which lone surrogates (from odd file names and EXIF) are not."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
