"""Pictures that are not read are named for what they are, with what to do; never as damaged, never dropped."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.folder.scan import scan
from desktop_app.engine.job import JobContext
from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.formats import FORMATS, READ_EXTENSIONS, REFUSED_BY_ENDING, sniff
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import encode, quadrants


def saved(format: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    quadrants().convert(mode).save(out, format)
    return out.getvalue()


def archive(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr("mergedimage.png", encode(quadrants(), "PNG"))
    return out.getvalue()


def at(offset: int, text: bytes) -> bytes:
    return bytes(offset) + text + bytes(100)


BY_CONTENT = {
    "jpeg-ls": [b"\xff\xd8\xff\xf7\0\x0b\x08\0\x10\0\x10\x01\x01\x11\0"],
    "jpeg-xl": [b"\xff\x0a\0\0"],
    "jpeg-xr": [b"II\xbc\x01\x08\0\0\0"],
    "qoi": [saved("QOI")],
    "bpg": [b"BPG\xfb\0\0"],
    "flif": [b"FLIF1100"],
    "pcx": [saved("PCX"), saved("PCX", "L"), saved("PCX", "1"), struct.pack("<II", 0x3ADE68B1, 12)],
    "sgi": [saved("SGI"), saved("SGI", "L")],
    "sun": [b"\x59\xa6\x6a\x95" + bytes(28)],
    "pict": [at(522, b"\0\x11\x02\xff\x0c\0")],
    "ilbm": [b"FORM\0\0\1\0ILBMBMHD", b"FORM\0\0\1\0PBM BMHD"],
    "pcd": [at(2048, b"PCD_IPI")],
    "pam": [b"P7\nWIDTH 2\nHEIGHT 2\nDEPTH 3\nMAXVAL 255\nENDHDR\n"],
    "xbm": [saved("XBM", "1")],
    "xpm": [b"/* XPM */\nstatic char *a[] = {"],
    "mng": [b"\x8aMNG\r\n\x1a\n", b"\x8bJNG\r\n\x1a\n"],
    "exr": [b"v/1\x01\x02\0\0\0"],
    "hdr": [b"#?RADIANCE\n", b"#?RGBE\n"],
    "dpx": [b"SDPX\0\0", b"XPDS\0\0"],
    "dicom": [at(128, b"DICM\x02\0")],
    "fits": [b"SIMPLE  =                    T"],
    "lytro": [b"\x89LFP\r\n\x1a\n\0"],
    "xcf": [b"gimp xcf file\0"],
    "krita": [archive("application/x-krita")],
    "openraster": [archive("image/openraster")],
    "clip-studio": [b"CSFCHUNK\0\0"],
    "affinity": [b"\0\xffKA\x0b\0"],
    "paint-shop-pro": [b"Paint Shop Pro Image File\n\x1a\0"],
    "paint-net": [b"PDN3\0"],
    "sai": [b"SAI-CANVAS"],
    "eps": [saved("EPS")],
    "wmf": [b"\xd7\xcd\xc6\x9a\0\0", b"\x01\0\x09\0\0\x03\0\0", b"\x01\0\0\0" + bytes(36) + b" EMF"],
    "svg": [b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
    "cdr": [b"RIFF\0\0\0\0CDR9vrsn"],
    "icon": [b"icns\0\0\0\x10", b"RIFF\0\0\0\0ACONanih"],
    "dds": [saved("DDS")],
    "blp": [b"BLP2\0"],
    "texture": [b"\xabKTX 11\xbb\r\n", b"PVR\x03\0", b"VTF\0\7", b"\x13\xab\xa1\x5c\4"],
}
"""Beginnings of files of kinds that are not read; Pillow's own where it writes them."""
BY_ENDING = {"tga": saved("TGA"), "wbmp": b"\0\0\x08\x08", "procreate": archive("x"), "eip": archive("x")}
BY_ENDING |= {"fpx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "fli": bytes(128)}


def test_every_kind_that_is_not_read_is_tried_here() -> None:
    assert {name for name, row in FORMATS.items() if row.kind == "refused"} == BY_CONTENT.keys() | BY_ENDING.keys()


@pytest.mark.parametrize("name", BY_CONTENT)
@pytest.mark.parametrize("ending", [".jpg", "", "own"])
def test_a_kind_is_told_by_content_whatever_the_ending(tmp_path: Path, name: str, ending: str) -> None:
    for number, data in enumerate(BY_CONTENT[name]):
        file = tmp_path / f"{number}{FORMATS[name].extensions[0] if ending == 'own' else ending}"
        file.write_bytes(data)
        with pytest.raises(DecodeError, match="Save it as JPEG or PNG") as caught:
            decode(data, 64)
        assert caught.value.code == "unsupported-format"
    found = scan(tmp_path, JobContext())
    assert len(found.problems) == len(BY_CONTENT[name])
    for problem in found.problems:
        assert problem.code == "unsupported-format"
        assert f"({FORMATS[name].title})" in problem.message
        assert "Save it as JPEG or PNG" in problem.message


@pytest.mark.parametrize("ending", REFUSED_BY_ENDING)
def test_where_the_content_says_nothing_the_ending_does(tmp_path: Path, ending: str) -> None:
    name = REFUSED_BY_ENDING[ending]
    (tmp_path / f"a{ending.upper()}").write_bytes(BY_ENDING.get(name, b"\x9bnothing known"))
    (problem,) = scan(tmp_path, JobContext()).problems
    assert problem.code == "unsupported-format"
    assert f"({FORMATS[name].title})" in problem.message


def test_a_photo_with_such_an_ending_is_a_photo(tmp_path: Path) -> None:
    (tmp_path / "a.tga").write_bytes(encode(quadrants(), "JPEG"))
    (file,) = scan(tmp_path, JobContext()).files
    assert file.format == "jpeg"


def test_a_document_called_like_its_photo_goes_with_it_and_another_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encode(quadrants(), "JPEG"))
    for name in ("a.jpg.xcf", "a.jpg.kra", "b.jpg.xcf", "a.xcf"):
        (tmp_path / name).write_bytes(b"gimp xcf file\0")
    found = scan(tmp_path, JobContext())
    assert [[path.name for path in file.companions] for file in found.files] == [["a.jpg.kra", "a.jpg.xcf"]]
    assert [problem.path.name for problem in found.problems] == ["a.xcf", "b.jpg.xcf"]
    assert found.ignored == ()


def test_no_ending_stands_for_two_kinds() -> None:
    endings = [ending for row in FORMATS.values() for ending in row.extensions]
    assert len(endings) == len(set(endings))
    assert not READ_EXTENSIONS & REFUSED_BY_ENDING.keys()


@given(st.binary(max_size=300), st.sampled_from([data[:40] for many in BY_CONTENT.values() for data in many]))
def test_no_beginning_raises(tail: bytes, head: bytes) -> None:
    for data in (tail, head + tail, head[: len(tail)] + tail):
        assert sniff(data) in {None, *FORMATS}
