"""Names that every disk takes, and that no disk takes for one."""

from __future__ import annotations

import os
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.organize.disk.names import (
    MAX_NAME_BYTES,
    fold,
    name_after,
    safe_folder_name,
    shorten,
    unit_names,
)

WINDOWS_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

file_names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=80)


@given(st.text(max_size=400))
def test_a_group_name_becomes_a_folder_name_legal_everywhere(name: str) -> None:
    safe = safe_folder_name(name)
    assert 0 < len(safe.encode("utf-8")) <= MAX_NAME_BYTES
    assert not WINDOWS_FORBIDDEN.search(safe)
    assert not WINDOWS_DEVICES.fullmatch(safe)
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert safe == unicodedata.normalize("NFC", safe)
    assert safe_folder_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Beach", "Beach"),
        ("CON", "CON_"),
        ("com1.backup", "com1_.backup"),
        ("LPT¹", "LPT¹_"),
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "Group"),
        (" . ", "Group"),
        ("", "Group"),
        (".hidden", "hidden"),
        ("ends. . ", "ends"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("new\nline", "new_line"),
        ("-rf", "-rf"),
        ("lone \ud800 surrogate", "lone _ surrogate"),
    ],
)
def test_the_stated_answer_for_names_a_disk_would_refuse(name: str, folder: str) -> None:
    assert safe_folder_name(name) == folder


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IMG.JPG", "img.jpg"),
        ("\u00e9t\u00e9", "e\u0301te\u0301"),
        ("\u00c9", "e\u0301"),
        ("straße", "STRASSE"),
        ("\u212b", "\u00e5"),  # the Angstrom sign is a letter with a ring
        ("a\u200db", "ab"),  # HFS+ does not see the joiner
        ("ſ", "S"),
    ],
)
def test_names_that_some_disk_takes_for_one_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def _folded_slowly(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).casefold().upper().casefold()
    return unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.category(c) != "Cf"))


@given(
    st.text(
        st.characters(max_codepoint=127) | st.sampled_from("\u00df\u0130\u0131\u200d\ufeff\u00ad") | st.characters()
    )
)
def test_short_cuts_lead_to_the_same_key(name: str) -> None:
    assert fold(name) == _folded_slowly(name)


def test_each_letter_has_the_key_of_the_long_way() -> None:
    assert all(fold(f"a{letter}B") == _folded_slowly(f"a{letter}B") for letter in map(chr, range(0x3000)))


def test_different_names_have_different_keys() -> None:
    assert len({fold(name) for name in ("a.jpg", "b.jpg", "a (2).jpg", "a.jpeg", "á.jpg")}) == 5


@given(file_names, st.integers(0, 100))
def test_shortening_never_cuts_a_character(name: str, limit: int) -> None:
    short = shorten(name, limit)
    assert name.startswith(short)
    assert len(os.fsencode(short)) <= limit


def test_shortening_keeps_accents_and_joined_emoji_whole() -> None:
    assert shorten("ab" + "e\u0301", 3) == "ab"
    family = "\U0001f468\u200d\U0001f469"
    assert shorten("x" + family, 8) == "x"


@given(st.lists(file_names, min_size=1, max_size=4, unique=True), st.integers(1, 5000))
def test_names_of_a_unit_are_distinct_and_fit(names: list[str], number: int) -> None:
    names = [name for name in names if len(os.fsencode(name)) <= MAX_NAME_BYTES] or ["a"]
    given_names = unit_names(names, number)
    assert len({fold(name) for name in given_names}) == len(names)
    assert all(len(os.fsencode(name)) <= MAX_NAME_BYTES for name in given_names)
    if number > 1:
        assert not {fold(name) for name in given_names} & {fold(name) for name in names}


@pytest.mark.parametrize(
    ("names", "numbered"),
    [
        (["a.jpg", "a.jpg.xmp", "a.xmp", "a.mov"], ["a (2).jpg", "a (2).jpg.xmp", "a (2).xmp", "a (2).mov"]),
        (["IMG.JPG", "img.jpg.XMP", "img.aae"], ["IMG (2).JPG", "IMG (2).JPG.XMP", "IMG (2).aae"]),
        (["IMG_E1.HEIC", "IMG_O1.AAE"], ["IMG_E1 (2).HEIC", "IMG_O1 (2).AAE"]),
        (["noext", "noext.xmp"], ["noext (2)", "noext (2).xmp"]),
        (["a.1.jpg", "a.1.xmp"], ["a.1 (2).jpg", "a.1 (2).xmp"]),
        (["IMG_5(1).jpg", "IMG_5.jpg(1).json"], ["IMG_5 (2)(1).jpg", "IMG_5 (2).jpg(1).json"]),
        (["PXL_20221228_1.MP.jpg", "PXL_20221228_1.MP"], ["PXL_20221228_1 (2).MP.jpg", "PXL_20221228_1 (2).MP"]),
        (["IMG_1.jpg", "IMG_1.jpg_original"], ["IMG_1 (2).jpg", "IMG_1 (2).jpg_original"]),
    ],
)
def test_companions_keep_belonging_to_their_numbered_photo(names: list[str], numbered: list[str]) -> None:
    assert unit_names(names, 2) == numbered


UNIT = [("a (2).jpg", "a.jpg"), ("a (2).dng", "a.dng")]


@pytest.mark.parametrize(
    ("companion", "unit", "back"),
    [
        ("a (2).xmp", UNIT, "a.xmp"),
        ("a (2).dng.xmp", UNIT, "a.dng.xmp"),
        ("A (2).DNG.xmp", UNIT, "a.dng.xmp"),
        ("IMG_1 (2).aae", [("IMG_E1 (2).JPG", "IMG_E1.JPG")], "IMG_1.aae"),
        ("a.xmp", [("a.jpg", "a.jpg")], "a.xmp"),
        ("a.dng.xmp", [("sea.jpg", "a.jpg"), ("a.dng", "a.dng")], "a.dng.xmp"),
        ("unlike.xmp", [("b.jpg", "a.jpg")], "a.jpg.xmp"),
        ("unlike", [("b.jpg", "a.jpg")], "unlike"),
    ],
)
def test_a_companion_gets_the_name_that_its_unit_had(companion: str, unit: list[tuple[str, str]], back: str) -> None:
    assert name_after(companion, unit) == back


def test_companions_that_differ_in_case_only_stay_apart() -> None:
    assert unit_names(["a.jpg", "a.xmp", "a.XMP"], 1) == ["a.jpg", "a.xmp", "a.jpg.XMP"]
    assert unit_names(["a.jpg", "a.jpg.xmp", "a.xmp", "a.XMP"], 1) == ["a.jpg", "a.jpg.xmp", "a.xmp", "a.jpg.2.XMP"]


def test_the_longest_names_make_room_for_the_number_in_the_whole_unit() -> None:
    photo = "x" * 247 + ".jpg"
    sidecar = photo + ".xmp"
    assert len(sidecar) == 255
    new_photo, new_sidecar = unit_names([photo, sidecar], 12)
    assert len(new_sidecar) == 255
    assert new_sidecar == new_photo + ".xmp"
    assert new_photo.endswith(" (12).jpg")


def test_invalid_utf8_keeps_its_bytes() -> None:
    name = os.fsdecode(b"bad\xff\xfe.jpg")
    assert os.fsencode(unit_names([name], 2)[0]) == b"bad\xff\xfe (2).jpg"
