"""The orientation in an XMP packet: in every encoding, under every prefix, and nothing that only looks like it."""

from __future__ import annotations

import codecs
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.pictures.xmp import orientation

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
TIFF = "http://ns.adobe.com/tiff/1.0/"


def packet(value: str, *, prefix: str = "tiff", element: bool = False, head: str = "") -> str:
    said = f"><{prefix}:Orientation>{value}</{prefix}:Orientation>" if element else f' {prefix}:Orientation="{value}">'
    return (
        f'{head}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:{prefix}="{TIFF}"{said}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("element", [True, False])
@pytest.mark.parametrize(
    "head",
    ["", '<?xml version="1.0" encoding="UTF-16"?>\n', '\n<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'],
)
def test_every_encoding_is_read(encoding: str, marked: bool, element: bool, head: str) -> None:
    data = packet("6", element=element, head=head).encode(encoding)
    assert orientation((MARKS[encoding] if marked else b"") + data) == 6


def test_the_namespace_counts_and_not_its_prefix() -> None:
    assert orientation(packet("8", prefix="t").encode()) == 8
    assert orientation(packet("8", prefix="t").replace(TIFF, "http://example.org/").encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        packet("0"),
        packet("9"),
        packet("six"),
        packet(""),
        packet("6").replace("Orientation", "Compression"),
        '<!-- tiff:Orientation="6" --><x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
        "<x><![CDATA[tiff:Orientation='6']]></x>",
        "tiff:Orientation='6'",
    ],
)
def test_what_names_none_gives_none(text: str) -> None:
    for encoding, mark in MARKS.items():
        assert orientation(mark + text.encode(encoding)) is None


def test_what_is_damaged_behind_the_orientation_does_not_matter() -> None:
    whole = packet("3").encode()
    assert orientation(whole[: whole.index(b"</rdf")]) == 3
    assert orientation(whole + bytes(2000)) == 3


def test_entities_are_not_read_and_cost_nothing() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "6">{lines}]><x tiff:Orientation="&e11;"/>'
    tracemalloc.start()
    try:
        for encoding, mark in MARKS.items():
            assert orientation(mark + bomb.encode(encoding)) is None
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for mark in (b"", *MARKS.values()):
        assert orientation(mark + data) in {None, *range(1, 9)}
