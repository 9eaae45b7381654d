"""Libraries of a bundle are written anew, smaller: they load as before, and Qt sorts as before."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import elf
import icu
import PIL
import PySide6
import pytest
import shrinking

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="libraries of other systems stay as they are"
)
PILLOW = Path(PIL.__file__).parent
LIBRARIES = sorted((PILLOW.parent / "pillow.libs").glob("*.so*"))
ICU = next(Path(PySide6.__file__).parent.glob(f"Qt/lib/{icu.LIBRARY}*"), None)

ASK_QT = """
from PySide6.QtCore import QCollator, QLocale, QTimeZone
words = "Zebra Äpfel apfel Öl ol straße strasse ñu nu oz zz åre ch cz".split()
words += "東京 大阪 きょうと ёлка ель 漢 가 나 img10 img9".split()
for language in "en de sv es cs ja zh ko ru pl tr fr da lt et hu".split():
    order = QCollator(QLocale(language))
    print(language, sorted(words, key=order.sortKey), QLocale(language).toUpper("istanbul straße i"))
    order.setNumericMode(True)
    print(sorted(words, key=order.sortKey))
zone = QTimeZone(b"Europe/Berlin")
for language in "en de".split():
    print(zone.displayName(QTimeZone.TimeType.StandardTime, QTimeZone.NameType.LongName, QLocale(language)))
"""
READ_AND_WRITE = """
import io, sys
from PIL import Image, _imaging
assert _imaging.__file__.startswith(sys.argv[1]), _imaging.__file__
for kind in ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "JPEG2000"):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, kind)
    print(kind, Image.open(file).convert("RGB").getpixel((30, 20)))
"""


def loaded(library: bytes) -> dict[int, bytes]:
    """Address -> what the loader puts there, the headers themselves blank."""
    table, size, count = *struct.unpack_from("<Q", library, 32), *struct.unpack_from("<HH", library, 54)
    parts = {}
    for at in range(table, table + size * count, size):
        kind, _flags, offset, address, _physical, length, _memory, align = struct.unpack_from("<IIQQQQQQ", library, at)
        if kind == 1 and length:
            assert (offset - address) % align == 0, "the loader cannot map it"
            data = bytearray(library[offset : offset + length])
            for begin, long in ((0, 64), (table, size * count)):
                if offset <= begin < offset + length:
                    data[begin - offset : begin - offset + long] = bytes(long)
            parts[address] = bytes(data)
    return parts


@pytest.mark.parametrize("file", LIBRARIES, ids=lambda file: file.name.partition("-")[0])
def test_nothing_that_is_loaded_changes_or_moves(file: Path) -> None:
    before = file.read_bytes()
    after = elf.compacted(before)
    assert loaded(after) == loaded(before)
    assert elf.compacted(after) == after
    assert len(after) < len(before) + elf.PAGE * 8


def test_shrunk_libraries_read_and_write_pictures(tmp_path: Path) -> None:
    for folder in (PILLOW, PILLOW.parent / "pillow.libs"):
        if folder.exists():
            shutil.copytree(folder, tmp_path / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    assert shrinking.shrink(tmp_path, ["en"]) > 0
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", READ_AND_WRITE, str(tmp_path)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert (ran.returncode, ran.stdout.count("\n")) == (0, 6), ran.stderr


@pytest.mark.skipif(ICU is None, reason="this Qt brings no ICU")
def test_the_list_of_parts_tells_the_hashes_of_the_smaller_files(tmp_path: Path) -> None:
    (tmp_path / "libone.so").write_bytes(b"smaller")
    part = {"type": "file", "name": "libone.so", "hashes": [{"alg": "SHA-256", "content": "of the larger one"}]}
    package = {"type": "library", "name": "numpy"}
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps({"components": [package, part]}))
    shrinking.renew_hashes(listed, tmp_path)
    told = json.loads(listed.read_text())["components"]
    assert told[0] == package
    assert told[1]["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"smaller").hexdigest()}]


def test_qt_sorts_in_every_language_as_with_all_of_icu(tmp_path: Path) -> None:
    assert ICU is not None
    shutil.copy(ICU, tmp_path)
    small = tmp_path / ICU.name
    assert shrinking.shrink(tmp_path, ["en", "de"]) > 20_000_000
    assert small.stat().st_size < 8_000_000
    answers = []
    for library in (ICU, small):  # one of this name that is there already is the one that Qt takes
        environment = {**os.environ, "LD_PRELOAD": str(library)}
        command = [sys.executable, "-c", ASK_QT]
        answers.append(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    assert answers[0] == answers[1]
    assert "Mitteleuropäische Normalzeit" in answers[1]


@pytest.mark.parametrize(
    ("table", "stays"),
    [
        ("icudt73l/coll/sv.res", True),
        ("icudt73l/root.res", True),
        ("icudt73l/supplementalData.res", True),
        ("icudt73l/de_AT.res", True),
        ("icudt73l/zone/de.res", True),
        ("icudt73l/zone/pool.res", True),
        ("icudt73l/fr.res", False),
        ("icudt73l/zone/zh_Hant.res", False),
        ("icudt73l/curr/de.res", False),
        ("icudt73l/brkitr/cjdict.dict", False),
        ("icudt73l/ibm-5348_P100-1997.cnv", False),
        ("icudt73l/unames.icu", False),
    ],
)
def test_tables_of_words_stay_for_the_languages_of_the_program(table: str, stays: bool) -> None:
    assert icu.is_wanted(table, ["en", "de"]) == stays


def test_what_is_there_twice_becomes_a_link_and_what_is_no_such_library_stays(tmp_path: Path) -> None:
    for folder in ("numpy.libs", "scipy.libs"):
        (tmp_path / folder).mkdir()
        shutil.copy(LIBRARIES[0], tmp_path / folder / "libsame.so.1")
    arm = bytearray(LIBRARIES[0].read_bytes())
    arm[18:20] = b"\xb7\0"
    strange = {"script.so": b"INPUT(-lsame)", "arm.so": bytes(arm), "other.so": b"\x7fELF\x01\x02" + bytes(80)}
    strange["notes.txt"] = b"text"
    for name, data in strange.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "moved.so").write_bytes(elf.MAGIC + bytes(100))  # of no machine, with no program header
    shrinking.shrink(tmp_path, ["en"])
    assert (tmp_path / "scipy.libs" / "libsame.so.1").readlink() == Path("../numpy.libs/libsame.so.1")
    assert (tmp_path / "numpy.libs" / "libsame.so.1").read_bytes() == elf.compacted(LIBRARIES[0].read_bytes())
    assert {name: (tmp_path / name).read_bytes() for name in strange} == strange
    assert (tmp_path / "moved.so").read_bytes() == elf.MAGIC + bytes(100)
