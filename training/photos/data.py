"""Photos for training: a folder of zip files or images becomes one memory-mapped array of small squares."""

from __future__ import annotations

import fnmatch
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from PIL import Image

from desktop_app.engine.errors import NoImagesError, UsageError, UserError
from desktop_app.engine.job import JobContext

from ..stored import mapped_array

_SUFFIXES = (".webp", ".jpg", ".jpeg", ".png", ".bmp")


@dataclass(frozen=True, slots=True)
class PhotoArray:
    """Photos as training sees them.

    Attributes:
        images: uint8[N, 3, S, S], read-only memory map.
        data_hash: over names, sizes and checksums of the files, and S.
        left_out: files that could not be read or were smaller than half of S.
    """

    images: npt.NDArray[np.uint8]
    data_hash: str
    left_out: int


def load_photos(
    folder: Path, size: int, ctx: JobContext, cache: Path, *, only: str = "", without: Sequence[str] = ()
) -> PhotoArray:
    """All photos under ``folder`` as squares of ``size`` pixels, decoded once and kept in ``cache``.

    ``only`` is a pattern for the names of zip files or, outside of them, of images; ``without`` are patterns of those
    that are left out.

    The short side is resized to ``size`` and the center kept: what the exported model is given, too.

    Raises:
        UsageError: ``folder-missing``.
        NoImagesError: ``no-images``, also when every image is damaged or too small.
        UserError: ``zip-damaged``, ``cache-not-written``.
    """
    if not folder.is_dir():
        raise UsageError("folder-missing", f"There is no folder {folder}.", "Set KINDRED_DATA to where the data is.")
    members = [
        (container, name, checksum)
        for container, name, checksum in _members(folder)
        if _wanted(container.name if container else name, only, without)
    ]
    if not members:
        raise NoImagesError("no-images", f"{folder} holds no images and no zip files with images {only}".rstrip() + ".")
    digest = hashlib.blake2b(digest_size=16)
    digest.update(str(size).encode())
    for container, name, checksum in members:
        digest.update(f"{container.name if container else ''}\0{name}\0{checksum}\n".encode())
    data_hash = digest.hexdigest()

    stored = cache / f"{folder.name}-{size}-{data_hash[:16]}.npy"
    images = mapped_array(stored, lambda out: _decode_all(folder, members, size, out, ctx))
    if len(images) == 0:
        raise NoImagesError(
            "no-images",
            f"None of the {len(members)} images in {folder} could be used: they are damaged, or their shorter side has "
            f"less than {(size + 1) // 2} pixels.",
            "Set data.size to twice their shorter side or less.",
        )
    return PhotoArray(images, data_hash, len(members) - len(images))


def _wanted(name: str, only: str, without: Sequence[str]) -> bool:
    return fnmatch.fnmatch(name, only or "*") and not any(fnmatch.fnmatch(name, pattern) for pattern in without)


def photo_names(folder: Path) -> list[str]:
    """Where each photo of `load_photos` comes from, in its order, as long as none was left out: paths in ``folder``."""
    return [name for _, name, _ in _members(folder)]


def sourced_names(folder: Path) -> list[str]:
    """Likewise ``source/path``; the source of a photo is its zip file's name without the number at its end."""
    return [f"{source_of(path)}/{name}" if path else name for path, name, _ in _members(folder)]


def source_of(path: Path) -> str:
    """The source whose photos a zip file holds: ``flickr8k-02.zip`` is of ``flickr8k``."""
    return path.stem.rpartition("-")[0] or path.stem


_Member = tuple[Path | None, str, int]


def _members(folder: Path) -> Iterator[_Member]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".zip":
            for info in sorted(_listed(path), key=lambda i: i.filename):
                if info.filename.lower().endswith(_SUFFIXES):
                    yield path, info.filename, info.CRC
        elif path.suffix.lower() in _SUFFIXES and path.is_file():
            yield None, str(path.relative_to(folder)), path.stat().st_size


def _listed(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UserError("zip-damaged", f"{path} cannot be read: {error}.", "Fetch it again, or remove it.") from error


def _decode_all(folder: Path, members: list[_Member], size: int, out: IO[bytes], ctx: JobContext) -> None:
    archives: dict[Path, zipfile.ZipFile] = {}

    def square(member: _Member) -> npt.NDArray[np.uint8] | None:
        container, name, _ = member
        try:
            data = archives[container].read(name) if container else (folder / name).read_bytes()
            return to_square(Image.open(io.BytesIO(data)), size)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, zipfile.BadZipFile):
            return None

    # The number of usable images is known only at the end, so rows are streamed and the header is written last.
    kept = 0
    with ExitStack() as opened, ThreadPoolExecutor(2) as pool:
        for path in {container for container, _, _ in members if container}:
            archives[path] = opened.enter_context(zipfile.ZipFile(path))
        np.lib.format.write_array_header_1_0(out, _header(len(members), size))
        body = out.tell()
        for done, row in enumerate(pool.map(square, members), start=1):
            if row is not None:
                out.write(row.tobytes())
                kept += 1
            ctx.progress(done, len(members), "reading photos")
        out.seek(0)
        np.lib.format.write_array_header_1_0(out, _header(kept, size))
        if out.tell() != body:
            raise AssertionError("the header changed its length")


def _header(count: int, size: int) -> dict[str, object]:
    return {"descr": "|u1", "fortran_order": False, "shape": (count, 3, size, size)}


def to_square(image: Image.Image, size: int) -> npt.NDArray[np.uint8]:
    """Short side to ``size``, center kept: uint8[3, size, size].

    Raises:
        ValueError: the image is smaller than half of ``size``.
    """
    short = min(image.size)
    if short * 2 < size:
        raise ValueError(f"{image.size} is too small for {size} px")
    image = image.convert("RGB")
    wide, high = (max(size, round(side * size / short)) for side in image.size)
    if (wide, high) != image.size:
        image = image.resize((wide, high), Image.Resampling.BICUBIC)
    left, top = (wide - size) // 2, (high - size) // 2
    pixels = np.asarray(image.crop((left, top, left + size, top + size)), dtype=np.uint8)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))
