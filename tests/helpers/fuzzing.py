"""Alters real files at random and feeds them to everything that reads files; a process of its own.

    python -m tests.helpers.fuzzing SEED INPUTS OUT [FOLDER]

reads so many inputs, made of the pictures drawn here and those in FOLDER, and writes to OUT the one at hand
(``current``, for whoever finds the process dead) and its figures (``figures.json``). Inputs are counted, not seconds:
the same seed reads the same ones on any machine.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from desktop_app.engine import settings
from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord
from desktop_app.engine.errors import ModelError, UsageError, UserError
from desktop_app.engine.folder import scan
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.onnx_safety import UnsafeModel, refuse_unsafe
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.journal.lines import encode as encode_line
from desktop_app.engine.organize.journal.record import load as load_journal
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.pictures.formats import FORMATS, HEAD_BYTES, sniff
from desktop_app.engine.pictures.here import decode_here
from desktop_app.engine.pictures.preview import preview
from desktop_app.engine.pictures.result import DecodeError, NotHere
from desktop_app.engine.types import Ignored, Problem
from tests.helpers.heif import PICTURES
from tests.helpers.icc import profile
from tests.helpers.pictures import encode, quadrants
from tests.helpers.sample_library import SampleLibrary
from tests.helpers.tiny_model import make_tiny_model, tiny_graph

_LARGEST_SEED = 300_000
_HANGS_AFTER = 600  # seconds for one input, a thousand times what the slowest takes
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def alter(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """One to eight random changes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        if not changed:
            break
        # The beginning of a file is where its structure is.
        at = rng.randrange(min(len(changed), rng.choice((32, 512, len(changed)))))
        length = rng.choice((1, 2, 4, 16, 256, 4096))
        kind = rng.randrange(8)
        if kind == 0:
            changed[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            width = rng.choice((1, 2, 4))
            number = rng.choice(_NUMBERS) & (256**width - 1)
            changed[at : at + width] = number.to_bytes(width, rng.choice(("big", "little")))
        elif kind == 2:
            del changed[at : at + length]
        elif kind == 3:
            changed[at:at] = changed[at : at + length]
        elif kind == 4:
            changed[at : at + length] = bytes(len(changed[at : at + length]))
        elif kind == 5:
            changed[at:at] = rng.randbytes(length)
        elif kind == 6:
            del changed[at:]
        else:
            other = rng.choice(others)
            start = rng.randrange(len(other))
            changed[at : at + length] = other[start : start + length]
    return bytes(changed)


class Targets:
    """Everything that reads files, by name; each takes bytes and may raise only what is documented.

    Args:
        home: a scratch folder, also ``KINDRED_HOME``.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.readers: dict[str, Callable[[bytes], None]] = {
            "picture": self.picture,
            "card": self.card,
            "onnx": self.onnx,
            "settings": self.settings,
            "cache": self.cache,
            "journal": self.journal,
            "event": self.event,
        }

    def picture(self, data: bytes) -> None:
        path = self._home / "picture.jpg"
        path.write_bytes(data)
        if data:
            verdict = scan.examine(path, path.stat())
            assert isinstance(verdict, str | Problem | Ignored)
        thumbnail = preview(path)
        assert thumbnail is None or thumbnail.mode == "RGB"
        name = sniff(data[:HEAD_BYTES])
        if name is None or FORMATS[name].kind not in ("image", "raw"):
            return
        for size in (64, None):
            try:
                decoded = decode_here(data, size, name)
                assert decoded.image.mode == "RGB"
                assert min(decoded.image.size) > 0
            except (DecodeError, NotHere):
                pass

    def card(self, data: bytes) -> None:
        (self._home / "card.json").write_bytes(data)
        try:
            load_card(self._home)
        except ModelError:
            pass

    def onnx(self, data: bytes) -> None:
        try:
            refuse_unsafe(data)
        except UnsafeModel:
            pass

    def settings(self, data: bytes) -> None:
        settings.settings_file().write_bytes(data)
        try:
            settings.load()
        except UsageError:
            pass

    def cache(self, data: bytes) -> None:
        folder = self._home / "fuzzed-cache"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "cache.sqlite").write_bytes(data)
        with Cache(folder) as cache:
            for number in range(3):
                (record,) = cache.lookup_files([_key(number)])
                assert record in (None, _record(number))
                assert cache.thumbnail(f"{number:040x}") in (None, b"jpeg" * 30)
            cache.info()
            assert cache.put(Batch(files=[(_key(7), _record(7))]))

    def journal(self, data: bytes) -> None:
        library = SampleLibrary(self._home / "library", self._home / "sorted", odd_names=False)
        try:
            library.journals.mkdir(exist_ok=True)
            (library.journals / "run-000001.jsonl").write_bytes(data)
            self._read_journals(library.journals)
            for work in (lambda: recover(library.journals, JobContext()), self._undo(library.journals)):
                try:
                    work()
                except UserError:
                    pass
            library.check_instant("move")  # with a damaged record, finding every half of a unit is not promised
        finally:
            library.clear()

    @staticmethod
    def _undo(journals: Path) -> Callable[[], object]:
        return lambda: undo(None, journals, JobContext())

    def event(self, data: bytes) -> None:
        """Lines whose checksums are right, whatever they say; only read, not acted on."""
        folder = self._home / "events"
        folder.mkdir(exist_ok=True)
        lines: list[bytes] = []
        for line in data.splitlines():
            try:
                value = json.loads(line.partition(b" ")[2])
                lines.append(encode_line(value) if isinstance(value, dict) else line)
            except (ValueError, RecursionError):
                lines.append(line + b"\n")
        (folder / "run-000001.jsonl").write_bytes(b"".join(lines))
        self._read_journals(folder)

    @staticmethod
    def _read_journals(folder: Path) -> None:
        load_journal(folder / "run-000001.jsonl")
        assert len(history(folder)) == 1


def _key(number: int) -> FileKey:
    return FileKey(Path(f"/photos/{number}.jpg"), number, number)


def _record(number: int) -> FileRecord:
    return FileRecord(f"{number:040x}", 4, 3, "2020-02-29T12:00:00", "Camera", False)


def seeds(home: Path, folder: Path | None) -> dict[str, list[bytes]]:
    """Good files of every kind, by target."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Maker", "Model", 6
    exif.get_ifd(0x8769)[0x9003] = "2020:02:29 12:00:00"
    pictures = [encode(quadrants(), name, exif=exif) for name in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")]
    pictures += [encode(quadrants(), "JPEG", progressive=True), encode(quadrants(), "TIFF", compression="tiff_lzw")]
    pictures += [encode(quadrants(), name) for name in ("GIF", "BMP", "PPM", "JPEG2000", "ICO")]
    pictures += [path.read_bytes() for path in sorted(PICTURES.iterdir())]
    pictures += [encode(quadrants(), name, icc_profile=profile("Display P3")) for name in ("JPEG", "PNG", "TIFF")]
    deep = Image.fromarray(np.linspace(0, 1, 64 * 48, dtype=np.float32).reshape(48, 64))
    pictures += [encode(deep, "TIFF"), encode(deep, "TIFF", compression="tiff_lzw")]
    pictures.append(encode(quadrants().convert("RGBA"), "WEBP", lossless=True))
    pictures.append(encode(quadrants().convert("P"), "PNG"))
    pictures.append(encode(quadrants(), "TIFF", compression="jpeg"))
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file() and 0 < path.stat().st_size <= _LARGEST_SEED and path.suffix not in (".csv", ".md"):
            pictures.append(path.read_bytes())
    model = make_tiny_model(home / "tiny", dim=4, int8=True)
    with Cache(home / "seed-cache") as cache:
        records = [(_key(number), _record(number)) for number in range(3)]
        cache.put(Batch(files=records, thumbnails={f"{number:040x}": b"jpeg" * 30 for number in range(3)}))
    library = SampleLibrary(home / "library", home / "sorted", odd_names=False)
    library.apply("move")
    journal = next(library.journals.glob("*.jsonl")).read_bytes()
    library.undo()
    undone = next(library.journals.glob("*.jsonl")).read_bytes()
    library.clear()
    settings.save(settings.Settings(exclude=("*.gif", "a\u00e9"), theme="dark", workers=3))
    return {
        "picture": pictures,
        "card": [(model / "card.json").read_bytes()],
        "onnx": [tiny_graph(4, 32, 0).SerializeToString(), tiny_graph(4, 32, 0, quantized=True).SerializeToString()],
        "settings": [settings.settings_file().read_bytes()],
        "cache": [(home / "seed-cache" / "cache.sqlite").read_bytes()],
        # Whole journals of runs that are over: their files are not there, so that nothing may be touched.
        "journal": [journal, undone],
        "event": [journal, undone],
    }


def fuzz(seed: int, inputs: int, out: Path, home: Path, folder: Path | None) -> dict[str, int]:
    """Alter and read; raises what a reader raised."""
    rng = random.Random(seed)
    targets = Targets(home)
    good = seeds(home, folder)
    shares = {"picture": 12, "card": 3, "onnx": 3, "settings": 2, "cache": 1, "journal": 1, "event": 3}
    names, weights = list(shares), list(shares.values())
    done = dict.fromkeys(names, 0)
    for _ in range(inputs):
        name = rng.choices(names, weights)[0]
        data = alter(rng.choice(good[name]), good[name], rng)
        (out / "current").write_bytes(name.encode() + b"\n" + data)
        faulthandler.dump_traceback_later(_HANGS_AFTER, exit=True)
        targets.readers[name](data)
        done[name] += 1
    faulthandler.cancel_dump_traceback_later()
    return done


def main(seed: str, inputs: str, out: str, folder: str = "") -> None:
    memory = Path("/dev/shm")  # fuzzing is no test of the disk
    with tempfile.TemporaryDirectory(prefix="kindred-fuzz-", dir=memory if memory.is_dir() else None) as home:
        os.environ["KINDRED_HOME"] = home
        done = fuzz(int(seed), int(inputs), Path(out), Path(home), Path(folder) if folder else None)
    (Path(out) / "figures.json").write_text(json.dumps(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
