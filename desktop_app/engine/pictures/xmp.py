"""Which way is up, as an XMP packet or sidecar says it (ISO 16684-1: XML in UTF-8, UTF-16 or UTF-32).

Read by the standard library's expat, from the beginning to the first orientation; what is damaged behind it does not
matter. XMP has no document type, and so no entities: one that declares some is not read any further.
"""

from __future__ import annotations

import codecs
from xml.parsers import expat

_TIFF = "http://ns.adobe.com/tiff/1.0/"
_PREFIX = "tiff"  # the usual one, also where a fragment does not declare it
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BY_ZEROS = {"1000": "utf-32-le", "0001": "utf-32-be", "1010": "utf-16-le", "0101": "utf-16-be"}
"""Encoding by which of the first four bytes, of two ASCII characters or one, are not zero."""


class _Stop(Exception):
    """Nothing more is to be read."""


class _Reader:
    """What expat calls; ends with `_Stop` at the first orientation."""

    def __init__(self) -> None:
        self.orientation: int | None = None
        self._names = {f"{_PREFIX}:Orientation"}
        self._text: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            if key.startswith("xmlns:") and value == _TIFF:
                self._names.add(f"{key.removeprefix('xmlns:')}:Orientation")
        for key, value in attributes.items():
            if key in self._names:
                self._take(value)
        self._text = "" if name in self._names else None

    def text(self, part: str) -> None:
        if self._text is not None:
            self._text += part

    def end(self, _: str) -> None:
        if self._text is not None:
            self._take(self._text)
        self._text = None

    def refuse(self, *_: object) -> None:
        raise _Stop

    def _take(self, value: str) -> None:
        if value.strip() in ("1", "2", "3", "4", "5", "6", "7", "8"):
            self.orientation = int(value)
            raise _Stop


def orientation(packet: bytes) -> int | None:
    """The orientation (EXIF, 1 to 8) that a packet or sidecar names first; None where it names none."""
    reader, parser = _Reader(), expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(_decoded(packet).lstrip().encode("utf-8", "replace"), True)
    except (_Stop, expat.ExpatError):
        pass
    return reader.orientation


def _decoded(packet: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if packet.startswith(mark):
            return packet[len(mark) :].decode(encoding, "replace")
    zeros = "".join("1" if byte else "0" for byte in packet[:4])
    return packet.decode(_BY_ZEROS.get(zeros, "utf-8"), "replace")
