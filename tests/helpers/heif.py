"""HEIF containers written by hand around coded pictures: grids, previews, turns, what cameras and phones do.

``tests/data/pictures`` holds the coded pictures; no encoder of HEVC is at hand where the tests run.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[1] / "data" / "pictures"
PICT = b"pict"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def find(data: bytes, kind: bytes) -> bytes:
    """The first box of a kind, wherever it stands."""
    at = data.index(kind) - 4
    return data[at : at + int.from_bytes(data[at : at + 4], "big")]


@dataclass(frozen=True)
class Coded:
    """A coded picture: its decoder configuration box, its data and its size."""

    config: bytes
    data: bytes
    size: tuple[int, int]

    @classmethod
    def load(cls, name: str) -> Coded:
        whole = (PICTURES / name).read_bytes()
        size = struct.unpack(">II", find(whole, b"ispe")[12:20])
        return cls(find(whole, b"hvcC"), find(whole, b"mdat")[8:], (size[0], size[1]))


@dataclass
class Heif:
    """Items are entered with `add`, which gives their numbers; `done` writes the file."""

    primary: int = 0
    _items: list[tuple[bytes, bytes, list[bytes], bool]] = field(default_factory=list)
    _references: list[bytes] = field(default_factory=list)

    def add(self, kind: bytes, data: bytes, *properties: bytes, hidden: bool = False) -> int:
        self._items.append((kind, data, list(properties), hidden))
        return len(self._items)

    def picture(self, coded: Coded, *properties: bytes, hidden: bool = False) -> int:
        return self.add(b"hvc1", coded.data, ispe(coded.size), coded.config, *properties, hidden=hidden)

    def grid(
        self, tile: Coded, columns: int, rows: int, *properties: bytes, size: tuple[int, int] | None = None
    ) -> int:
        """A picture of equal tiles, which are kept once."""
        width, height = size or (columns * tile.size[0], rows * tile.size[1])
        tiles = [self.picture(tile, hidden=True) for _ in range(columns * rows)]
        head = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
        item = self.add(b"grid", head, ispe((width, height)), *properties)
        self.refer(b"dimg", item, *tiles)
        return item

    def exif(self, block: bytes, of: int) -> None:
        self.refer(b"cdsc", self.add(b"Exif", bytes(4) + block), of)

    def refer(self, kind: bytes, source: int, *targets: int) -> None:
        self._references.append(box(kind, struct.pack(f">HH{len(targets)}H", source, len(targets), *targets)))

    def done(self, brand: bytes = b"heic") -> bytes:
        ftyp = box(b"ftyp", brand, bytes(4), b"mif1", brand)
        length = len(self._meta(0))
        return ftyp + self._meta(len(ftyp) + length + 8) + box(b"mdat", self._data())

    def _data(self) -> bytes:
        return b"".join(dict.fromkeys(data for _, data, _, _ in self._items))

    def _meta(self, start: int) -> bytes:
        offsets: dict[bytes, int] = {}
        for _, data, _, _ in self._items:
            offsets.setdefault(data, start + sum(map(len, offsets)))
        boxes = list(dict.fromkeys(one for _, _, properties, _ in self._items for one in properties))
        infos, places, ties = b"", b"", b""
        for number, (kind, data, properties, hidden) in enumerate(self._items, 1):
            infos += full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2, flags=hidden)
            places += struct.pack(">HHHII", number, 0, 1, offsets[data], len(data))
            ties += struct.pack(">HB", number, len(properties))
            for one in properties:
                essential = one[4:8] in (b"hvcC", b"irot", b"imir", b"clap")
                ties += bytes([essential << 7 | boxes.index(one) + 1])
        count = struct.pack(">H", len(self._items))
        return full(
            b"meta",
            full(b"hdlr", bytes(4), PICT, bytes(13)),
            full(b"pitm", struct.pack(">H", self.primary)),
            full(b"iinf", count, infos),
            full(b"iref", *self._references) if self._references else b"",
            box(b"iprp", box(b"ipco", *boxes), full(b"ipma", bytes(2), count, ties)),
            full(b"iloc", b"\x44\0", count, places),
        )


def ispe(size: tuple[int, int]) -> bytes:
    return full(b"ispe", struct.pack(">II", *size))


def irot(quarters: int) -> bytes:
    """Quarter turns against the clock."""
    return box(b"irot", bytes([quarters]))


def imir(axis: int) -> bytes:
    """0 turns top to bottom, 1 left to right."""
    return box(b"imir", bytes([axis]))


def nclx(primaries: int, transfer: int, matrix: int, full_range: bool = True) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, matrix, full_range << 7))
