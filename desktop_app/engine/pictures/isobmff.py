"""The boxes of HEIF and AVIF files: what the decoders do not tell about the picture inside.

Structure after ISO/IEC 14496-12 (boxes, ``meta``) and 23008-12 (items, properties, grids).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOP = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"free", b"skip", b"wide", b"uuid", b"idat", b"styp"})
_CODED = frozenset({b"hvc1", b"hev1", b"av01", b"avc1", b"jpeg"})
_MOST_ITEMS = 65_535


@dataclass(slots=True)
class Item:
    """A picture or a block of metadata.

    Attributes:
        kind: four letters: ``hvc1``, ``grid``, ``Exif``.
        parts: where its data lie, as (offset, length) in the file.
        properties: whole boxes, each with the mark whether a reader must know it.
    """

    kind: bytes
    parts: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[bool, bytes]] = field(default_factory=list)

    def property(self, kind: bytes) -> bytes | None:
        """The body of its first property box of a kind."""
        return next((body[8:] for _, body in self.properties if body[4:8] == kind), None)

    def content(self, data: bytes) -> bytes:
        """Its data, out of the whole file.

        Raises:
            ValueError: it names more than the file has.
        """
        if sum(min(length, len(data)) for _, length in self.parts) > len(data):
            raise ValueError("more than the file has")
        return b"".join(data[at : at + length] for at, length in self.parts)


@dataclass(slots=True)
class Container:
    """The items of a file.

    Attributes:
        primary: number of the picture that the file shows.
        items: by number.
        references: (kind, from, to), in the order of the file.
    """

    primary: int = 0
    items: dict[int, Item] = field(default_factory=dict)
    references: list[tuple[bytes, int, int]] = field(default_factory=list)

    @property
    def turns_itself(self) -> bool:
        """Whether the picture says by properties which way is up, so that decoders turn it."""
        item = self.items.get(self.primary)
        return item is not None and any(body[4:8] in (b"irot", b"imir") for _, body in item.properties)

    @property
    def is_masked(self) -> bool:
        """Whether the picture has transparency or is cut out of a larger one."""
        item = self.items.get(self.primary)
        if item is None or item.property(b"clap") is not None:
            return True
        helpers = [source for kind, source, target in self.references if kind == b"auxl" and target == self.primary]
        kinds = (self.items[source].property(b"auxC") or b"" for source in helpers if source in self.items)
        return any(b"alpha" in kind or b"auxid:1" in kind for kind in kinds)

    @property
    def previews(self) -> list[int]:
        """Numbers of the coded previews of the picture, the largest file first."""
        found = [source for kind, source, target in self.references if kind == b"thmb" and target == self.primary]
        coded = [number for number in found if number in self.items and self.items[number].kind in _CODED]
        return sorted(coded, key=lambda number: -sum(length for _, length in self.items[number].parts))

    def nclx(self) -> tuple[int, int] | None:
        """Color primaries and transfer function of the picture (ITU-T H.273); None where it names none."""
        item = self.items.get(self.primary)
        for _, body in item.properties if item else ():
            if body[4:12] == b"colrnclx" and len(body) >= 16:
                primaries, transfer = struct.unpack_from(">HH", body, 12)
                return primaries, transfer
        return None

    def tiles(self, data: bytes) -> Tiles | None:
        """How the picture is put together where it is a grid of coded tiles; None otherwise."""
        item = self.items.get(self.primary)
        if item is None or item.kind != b"grid":
            return None
        head = item.content(data)
        if len(head) < 8:
            return None
        rows, columns = head[2] + 1, head[3] + 1
        width, height = struct.unpack_from(">II" if head[1] & 1 else ">HH", head.ljust(12, b"\0"), 4)
        numbers = [to for kind, source, to in self.references if kind == b"dimg" and source == self.primary]
        sound = len(numbers) == rows * columns and all(
            number in self.items and self.items[number].kind in _CODED for number in numbers
        )
        return Tiles(rows, columns, width, height, numbers) if sound and width and height else None

    def alone(self, data: bytes, number: int, color: bytes | None = None) -> bytes:
        """A file that holds one coded item and nothing else, so that a decoder opens it.

        Args:
            data: the whole file.
            number: of the item.
            color: body of a ``colr`` box for an item that has none.
        """
        item = self.items[number]
        properties = list(item.properties)
        if color is not None and item.property(b"colr") is None:
            properties.append((False, _box(b"colr", color)))
        coded = item.content(data)
        marks = bytes(must << 7 | index for index, (must, _) in enumerate(properties, 1))
        brand = b"avif" if item.kind == b"av01" else b"heic"

        def meta(at: int) -> bytes:
            return _full(
                b"meta",
                _full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
                _full(b"pitm", b"\0\1"),
                _full(b"iinf", b"\0\1" + _full(b"infe", b"\0\1\0\0" + item.kind + b"\0", version=2)),
                _box(
                    b"iprp",
                    _box(b"ipco", *(body for _, body in properties)),
                    _full(b"ipma", b"\0\0\0\1\0\1" + bytes([len(marks)]) + marks),
                ),
                _full(b"iloc", b"\x44\0" + struct.pack(">HHHHII", 1, 1, 0, 1, at, len(coded))),
            )

        ftyp = _box(b"ftyp", brand, bytes(4), b"mif1", brand)
        return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + _box(b"mdat", coded)


@dataclass(frozen=True, slots=True)
class Tiles:
    """A grid: rows, columns, the whole picture's width and height, the tiles' item numbers row by row."""

    rows: int
    columns: int
    width: int
    height: int
    numbers: list[int]


def is_cut(data: bytes) -> bool:
    """True when the boxes of a file promise more bytes than there are (libheif does not say so).

    What stands behind the last box and is no box is somebody else's: phones and programs append notes of their own.
    """
    at = 0
    while at + 8 <= len(data):
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if size == 0:  # the last box reaches to the end of the file, whatever its length
            return False
        if size < header or at + size > len(data):
            return data[at + 4 : at + 8] in _TOP
        at += size
    return False


def parse(data: bytes) -> Container | None:
    """Read the items of a file; None where they cannot be understood."""
    try:
        for kind, start, end in _boxes(data, 0, len(data)):
            if kind == b"meta":
                return _meta(data, start + 4, end)
    except (struct.error, IndexError, ValueError):
        pass
    return None


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def _full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    return _box(kind, bytes([version, 0, 0, 0]), *parts)


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while at + 8 <= end:
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if size == 0 else at + size
        if stop < at + header or stop > end:
            return
        yield data[at + 4 : at + 8], at + header, stop
        at = stop


def _meta(data: bytes, start: int, end: int) -> Container:
    container = Container()
    inside = {kind: (at, stop) for kind, at, stop in _boxes(data, start, end)}
    if b"pitm" in inside:
        at, _ = inside[b"pitm"]
        container.primary = struct.unpack_from(">I" if data[at] else ">H", data, at + 4)[0]
    if b"iinf" in inside:
        at, stop = inside[b"iinf"]
        for kind, where, _ in _boxes(data, at + (8 if data[at] else 6), stop):
            version = data[where]
            if kind == b"infe" and version >= 2:
                number = struct.unpack_from(">I" if version > 2 else ">H", data, where + 4)[0]
                name = where + (10 if version > 2 else 8)
                container.items[number] = Item(data[name : name + 4])
    if b"iloc" in inside:
        _places(container, data, *inside[b"iloc"], inside.get(b"idat", (0, 0))[0])
    if b"iprp" in inside:
        _properties(container, data, *inside[b"iprp"])
    if b"iref" in inside:
        at, stop = inside[b"iref"]
        form = ">I" if data[at] else ">H"
        wide = struct.calcsize(form)
        for kind, where, _ in _boxes(data, at + 4, stop):
            source = struct.unpack_from(form, data, where)[0]
            for index in range(struct.unpack_from(">H", data, where + wide)[0]):
                target = struct.unpack_from(form, data, where + wide + 2 + index * wide)[0]
                container.references.append((kind, source, target))
    return container


def _places(container: Container, data: bytes, at: int, end: int, idat: int) -> None:
    version = data[at]
    offset_size, length_size = data[at + 4] >> 4, data[at + 4] & 15
    base_size, index_size = data[at + 5] >> 4, data[at + 5] & 15 if version else 0
    at += 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > end:
            raise ValueError
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(min(number(4 if version == 2 else 2), _MOST_ITEMS)):
        item = container.items.get(number(4 if version == 2 else 2))
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size) + (idat if method == 1 else 0)
        for _ in range(number(2) if offset_size or length_size else 0):
            number(index_size)
            offset, length = number(offset_size), number(length_size)
            if item is not None and method < 2:
                item.parts.append((base + offset, length or len(data)))


def _properties(container: Container, data: bytes, start: int, end: int) -> None:
    boxes: list[bytes] = []
    for kind, at, stop in _boxes(data, start, end):
        if kind == b"ipco":
            boxes = [_box(name, data[begin:last]) for name, begin, last in _boxes(data, at, stop)]
        elif kind == b"ipma":
            wide_index, wide_item = data[at + 3] & 1, 4 if data[at] else 2
            count = struct.unpack_from(">I", data, at + 4)[0]
            at += 8
            for _ in range(min(count, _MOST_ITEMS)):
                item = container.items.get(int.from_bytes(data[at : at + wide_item], "big"))
                ties = data[at + wide_item]
                at += wide_item + 1
                for _ in range(ties):
                    value = struct.unpack_from(">H" if wide_index else ">B", data, at)[0]
                    top = 15 if wide_index else 7
                    index = value & ((1 << top) - 1)
                    if item is not None and 0 < index <= len(boxes):
                        item.properties.append((bool(value >> top), boxes[index - 1]))
                    at += 1 + wide_index
