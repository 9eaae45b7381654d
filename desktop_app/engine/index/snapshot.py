"""What an index run found in a folder, kept whole: the folder can be shown at once when it is opened again.

It is a guess until the folder has been scanned. `Snapshot.holds` says whether it is still right: then nothing else need
be looked up. Otherwise indexing goes its usual way, and what it finds takes the snapshot's place. One that is damaged,
of another version, or made with another model or other settings counts as none.

The file: magic and version, the size and the BLAKE2b of the columns, the CRC-32 of the vectors; the columns (npz); the
vectors at a multiple of 4096 bytes, from where they are mapped into memory and not read.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.files import regular_file
from desktop_app.engine.index import beside
from desktop_app.engine.index.reading import PASSING, reader_version
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.photo_list import PhotoList, Texts
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Embeddings, Ignored, PhotoFile, Problem, Scan

if TYPE_CHECKING:
    from desktop_app.engine.index.pipeline import IndexResult

VERSION = 1
_MAGIC = b"kindred photos\n\0"
_HEAD = struct.Struct("<16sIQ20sI")
_PAGE = 4096
_PIECE = 1 << 22
_UNFIT = (ValueError, KeyError, TypeError, IndexError, OSError, EOFError, zipfile.BadZipFile)
_ARRAYS = ("ids", "sizes", "times", "widths", "heights", "damaged")
_TEXTS = ("paths", "hashes", "taken", "cameras")

_log = logging.getLogger(__name__)

Beside = dict[str, list[int]]
"""Size and modification time of the files that a picture may depend on besides its own, by path."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A folder as it was when it was indexed last.

    Attributes:
        origin: what else the result depends on, see `origin`.
        photos: that were read.
        embeddings: rows in the same order; the vectors are mapped from ``file`` where it was read from one.
        formats: of each photo, keys of `pictures.formats.FORMATS`.
        unread: files that could not be read.
        problems: of reading.
        scan_problems: of the scan.
        ignored: what the scan left out.
        beside: companions that count, as the disk described them before they were read.
        file: it was read from; of one that was just made, no file.
        crc: of the vectors.
    """

    origin: str
    photos: PhotoList
    embeddings: Embeddings
    formats: Sequence[str]
    unread: tuple[PhotoFile, ...]
    problems: tuple[Problem, ...]
    scan_problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    beside: Beside
    file: Path = Path()
    crc: int = 0

    def known_formats(self) -> dict[str, tuple[int, int, str]]:
        """Size, modification time and format of each photo by its path: such a file need not be opened to be known."""
        photos = self.photos
        rows = zip(photos.sizes.tolist(), photos.times.tolist(), self.formats, strict=True)
        return dict(zip(photos.paths.texts(), rows, strict=True))

    def holds(self, found: Scan) -> bool:
        """Whether the folder is as it was: the same files, and nothing beside them that changes a picture."""
        files = sorted(found.files, key=lambda file: os.fspath(file.path))
        return self._same_files(files) and beside_of(files) == self.beside and self._whole()

    def result(self) -> IndexResult:
        """What indexing gives of a folder that is as it was."""
        from desktop_app.engine.index.pipeline import IndexResult

        return IndexResult(self.photos, self.embeddings, self.problems, 0, len(self.photos), 0, "")

    def _same_files(self, files: Sequence[PhotoFile]) -> bool:
        photos = self.photos
        if len(files) != len(photos) + len(self.unread):
            return False
        unread = {os.fspath(file.path): file for file in self.unread}
        known = zip(photos.paths.texts(), photos.sizes.tolist(), range(len(photos)), strict=True)
        for file in files:
            path = os.fspath(file.path)
            if path in unread:
                if unread[path] != file:
                    return False
                continue
            name, size, row = next(known, ("", -1, 0))
            there = (file.size_bytes, file.mtime_ns, file.companions)
            if name != path or there != (size, photos.time(row), photos.companions.get(row, ())):
                return False
        return True

    def _whole(self) -> bool:
        """Whether the vectors are as they were written; read past the mapping, which would count as memory in use."""
        crc = 0
        try:
            with regular_file(self.file) as stream:
                stream.seek(_start_of_vectors(stream.read(_HEAD.size)))
                while piece := stream.read(_PIECE):
                    crc = zlib.crc32(piece, crc)
        except OSError:
            return False
        return crc == self.crc


def origin(card: ModelCard, settings: Settings) -> str:
    """What a folder's photos and vectors depend on besides its files."""
    from desktop_app.engine.models.runtime import model_id

    models = [model_id(card, "float"), model_id(card, "int8") if card.int8 else ""]
    asked = [settings.device, settings.precision, list(settings.exclude)]
    return json.dumps([reader_version(), models, asked])


def beside_of(files: Iterable[PhotoFile]) -> Beside:
    """Sidecars, and pictures beside photos, as the disk describes them now."""
    paths = (path for file in files if file.companions for path in (*beside.sidecars(file), *beside.pictures(file)))
    keys = (beside.key_of(path) for path in paths)
    return {os.fspath(key.path): [key.size, key.mtime_ns] for key in keys if key is not None}


def compose(origin: str, found: Scan, result: IndexResult, beside: Beside) -> Snapshot | None:
    """The snapshot of an index run; None of one whose result the next run would not give again.

    Args:
        origin: see `origin`.
        found: by the scan.
        result: of the files found.
        beside: `beside_of` them, from before they were read.
    """
    passing = any(problem.stage != "decode" or problem.code in PASSING for problem in result.problems)
    if passing or result.glanced or result.cache_trouble or not result.photos:
        return None
    photos = PhotoList.of(result.photos)
    read = {os.fspath(file.path): file.format for file in found.files}
    formats = [read.pop(path) for path in photos.paths.texts()]
    unread = tuple(file for file in found.files if os.fspath(file.path) in read)
    return Snapshot(
        origin,
        photos,
        result.embeddings,
        formats,
        unread,
        result.problems,
        found.problems,
        found.ignored,
        beside,
    )


def keep(cache: Cache, root: Path, snapshot: Snapshot) -> bool:
    """Keep the snapshot of a folder in place of an earlier one; False where that was not possible."""
    columns = _pack(snapshot)
    clusters = snapshot.embeddings.clusters
    vectors = snapshot.embeddings.vectors
    whole = vectors if clusters is None else np.concatenate([vectors, clusters], axis=1)
    data = np.ascontiguousarray(whole, "<f4").data.cast("B")
    digest = hashlib.blake2b(columns, digest_size=20).digest()
    head = _HEAD.pack(_MAGIC, VERSION, len(columns), digest, zlib.crc32(data))
    padding = bytes(_start_of_vectors(head) - _HEAD.size - len(columns))
    return cache.large.put(_key(root), (head, columns, padding, data))


def recall(cache: Cache, root: Path, origin: str) -> Snapshot | None:
    """The snapshot of a folder; None where there is none, or none that fits."""
    file = cache.large.get(_key(root))
    if file is None:
        return None
    try:
        with regular_file(file) as stream:
            head = stream.read(_HEAD.size)
            magic, version, length, digest, crc = _HEAD.unpack(head)
            if magic != _MAGIC or version != VERSION or length > os.fstat(stream.fileno()).st_size:
                raise ValueError("of another version")
            columns = stream.read(length)
        if hashlib.blake2b(columns, digest_size=20).digest() != digest:
            raise ValueError("damaged")
        return _unpack(columns, origin, file, _start_of_vectors(head), crc)
    except (*_UNFIT, struct.error) as error:
        _log.info("no snapshot of the folder: %s", error if isinstance(error, ValueError) else type(error).__name__)
        return None


def forget(cache: Cache, root: Path) -> None:
    """Show nothing of a folder before it was scanned."""
    cache.large.forget(_key(root))


def _key(root: Path) -> str:
    # As it is spelled: the paths of its photos begin so.
    return f"photos:{hashlib.blake2b(os.fsencode(root), digest_size=16).hexdigest()}"


def _start_of_vectors(head: bytes) -> int:
    length = int(_HEAD.unpack(head)[2])
    return -(-(_HEAD.size + length) // _PAGE) * _PAGE


def _pack(snapshot: Snapshot) -> bytes:
    photos, arrays = snapshot.photos, dict[str, Any]()
    for name in _ARRAYS:
        arrays[name] = getattr(photos, name)
    for name in _TEXTS:
        texts: Texts = getattr(photos, name)
        arrays[name], arrays[f"{name} starts"] = np.frombuffer(texts.data, np.uint8), texts.starts
    names = sorted(set(snapshot.formats))
    places = {name: place for place, name in enumerate(names)}
    arrays["formats"] = np.array([places[name] for name in snapshot.formats], np.uint8)
    clusters = snapshot.embeddings.clusters
    rest = {
        "origin": snapshot.origin,
        "formats": names,
        "companions": [[row, *map(os.fspath, paths)] for row, paths in photos.companions.items()],
        "far_times": list(photos.far_times.items()),
        "unread": [
            [os.fspath(file.path), [os.fspath(one) for one in file.companions], *_described(file)]
            for file in snapshot.unread
        ],
        "problems": [_problem_row(problem) for problem in snapshot.problems],
        "scan_problems": [_problem_row(problem) for problem in snapshot.scan_problems],
        "ignored": [[os.fspath(one.path), one.reason] for one in snapshot.ignored],
        "beside": snapshot.beside,
        "model_id": snapshot.embeddings.model_id,
        "dim": snapshot.embeddings.vectors.shape[1],
        "clusters": None if clusters is None else clusters.shape[1],
    }
    arrays["rest"] = np.frombuffer(json.dumps(rest).encode("ascii"), np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    return out.getvalue()


def _unpack(columns: bytes, wanted: str, file: Path, start: int, crc: int) -> Snapshot:
    with np.load(io.BytesIO(columns), allow_pickle=False) as stored:
        rest = json.loads(bytes(stored["rest"]))
        if rest["origin"] != wanted:
            raise ValueError("of another model or other settings")
        parts: dict[str, Any] = {name: stored[name] for name in _ARRAYS}
        parts |= {name: Texts(stored[name].tobytes(), stored[f"{name} starts"]) for name in _TEXTS}
        places = stored["formats"].tolist()
    companions = {row: tuple(map(Path, paths)) for row, *paths in rest["companions"]}
    photos = PhotoList(companions=companions, far_times=dict(rest["far_times"]), **parts)
    dim, clusters = rest["dim"], rest["clusters"]
    shape = (len(photos), dim + (clusters or 0))
    mapped = np.asarray(np.memmap(file, "<f4", "r", start, shape))
    names = rest["formats"]
    return Snapshot(
        wanted,
        photos,
        Embeddings(photos.ids, mapped[:, :dim], rest["model_id"], None if clusters is None else mapped[:, dim:]),
        [names[place] for place in places],
        tuple(
            PhotoFile(Path(path), tuple(map(Path, companions)), *described)
            for path, companions, *described in rest["unread"]
        ),
        tuple(map(_problem, rest["problems"])),
        tuple(map(_problem, rest["scan_problems"])),
        tuple(Ignored(Path(path), reason) for path, reason in rest["ignored"]),
        rest["beside"],
        file,
        crc,
    )


def _described(file: PhotoFile) -> tuple[int, int, str]:
    return file.size_bytes, file.mtime_ns, file.format


def _problem_row(problem: Problem) -> list[str]:
    return [os.fspath(problem.path), problem.stage, problem.code, problem.message]


def _problem(row: list[Any]) -> Problem:
    path, stage, code, message = row
    return Problem(Path(path), stage, code, message)
