"""Libraries of Linux on x86-64 (ELF, 64 bits, little-endian), written again with nothing in them but what is loaded.

Symbols for debuggers and the tables of sections are for tools that build or look into a library. `strip` leaves them in
libraries whose headers were moved when their wheel was made, or spoils those; here the parts that are loaded keep their
addresses, and only their places in the file change. After the System V gABI, chapters 4 and 5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

MAGIC = b"\x7fELF\x02\x01"
PAGE = 4096
_LOAD = 1
_X86_64 = 62  # ARM has systems with larger pages, on which parts have to lie otherwise
_HEADER, _SEGMENT = struct.Struct("<16sHHIQQQIHHHHHH"), struct.Struct("<IIQQQQQQ")


class NotUnderstood(Exception):
    """The library is laid out in a way that is not known here; it stays as it is."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A program header: ``size`` bytes at ``offset`` of the file are mapped to ``address``, ``memory`` bytes long."""

    kind: int
    flags: int
    offset: int
    address: int
    physical: int
    size: int
    memory: int
    align: int

    def has(self, place: int, length: int) -> bool:
        """Whether these bytes of the file are inside."""
        return self.offset <= place and place + length <= self.offset + self.size


def compacted(elf: bytes, change: Callable[[bytes], bytes] | None = None) -> bytes:
    """The library with its loaded parts one behind the other, and no more.

    Args:
        elf: the file.
        change: gets the bytes of the first loaded part, may give fewer; nothing else may refer to what it takes away.

    Raises:
        NotUnderstood: see there.
    """
    head = list(_HEADER.unpack_from(elf))
    table, size, count = head[5], head[9], head[10]
    if elf[: len(MAGIC)] != MAGIC or head[2] != _X86_64 or size != _SEGMENT.size:
        raise NotUnderstood
    segments = [Segment(*_SEGMENT.unpack_from(elf, table + size * number)) for number in range(count)]
    loads = sorted((each for each in segments if each.kind == _LOAD and each.size), key=lambda each: each.offset)
    contents = {load: elf[load.offset : load.offset + load.size] for load in loads}
    if not loads or loads[0].offset or sum(load.has(table, size * count) for load in loads) != 1:
        raise NotUnderstood
    if change is not None:
        contents[loads[0]] = change(contents[loads[0]])
    places = _places(contents)
    out = bytearray(max(places[load] + len(contents[load]) for load in loads))
    for load in loads:
        out[places[load] : places[load] + len(contents[load])] = contents[load]
    home = next(load for load in loads if load.has(table, size * count))
    head[5] = table - home.offset + places[home]
    head[6] = head[11] = head[12] = head[13] = 0  # where sections are, their size, number and names: none is left
    for number, segment in enumerate(segments):
        moved = _moved(segment, contents, places)
        _SEGMENT.pack_into(out, head[5] + size * number, *(getattr(moved, name) for name in Segment.__slots__))
    _HEADER.pack_into(out, 0, *head)
    return bytes(out)


def _places(contents: dict[Segment, bytes]) -> dict[Segment, int]:
    """Where each part goes in the file: as near as its address allows, which has the same place within a page."""
    end, places = 0, {}
    for load, data in contents.items():
        places[load] = end + (load.address - end) % PAGE
        end = places[load] + len(data)
    return places


def _moved(segment: Segment, contents: dict[Segment, bytes], places: dict[Segment, int]) -> Segment:
    """The header of a part after all have gone to their places."""
    if segment in places:
        shorter = segment.size - len(contents[segment])
        size, memory = segment.size - shorter, segment.memory - shorter
        return replace(segment, offset=places[segment], size=size, memory=memory, align=PAGE)
    if not segment.size:
        return replace(segment, align=PAGE) if segment.kind == _LOAD else segment
    home = next((load for load in places if load.has(segment.offset, segment.size)), None)
    if home is None or segment.offset - home.offset + segment.size > len(contents[home]):
        raise NotUnderstood
    return replace(segment, offset=segment.offset - home.offset + places[home])
