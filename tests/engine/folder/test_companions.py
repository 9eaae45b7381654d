"""The pairing rules, each by the names that cameras, phones and programs really write."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.engine.folder.companions import RULES, belongs_to_unit, pair, unit_of_names
from desktop_app.engine.organize.disk.names import name_after, unit_names
from desktop_app.engine.pictures.formats import IMAGE_EXTENSIONS, RAW_EXTENSIONS

FORMATS = {"jpg": "jpeg", "jpeg": "jpeg", "heic": "heif", "png": "png", "cr2": "raw", "dng": "raw", "nef": "raw"}
FORMATS |= {"raf": "raw", "thm": "jpeg", "tif": "tiff", "hif": "heif", "cr3": "raw"}
FORMATS |= {"jpg_original": "jpeg", "bak": "jpeg"}

PIXEL = "PXL_20221228_185930354"
SHOT46 = "Screenshot_20220207_102421_com.example.android"


def pair_names(*names: str) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    images = {name: FORMATS[ext] for name in names if (ext := name.rpartition(".")[2].lower()) in FORMATS}
    pairing = pair(images, [name for name in names if name not in images])
    return pairing.units, pairing.alone


CASES = {
    "XMP, Adobe's spelling": (["a.jpg", "a.xmp"], {"a.jpg": ["a.xmp"]}),
    "XMP, darktable's spelling": (["a.jpg", "a.jpg.xmp"], {"a.jpg": ["a.jpg.xmp"]}),
    "both spellings at once": (["a.jpg", "a.xmp", "a.jpg.xmp"], {"a.jpg": ["a.jpg.xmp", "a.xmp"]}),
    "a further version in darktable": (["a.nef", "a_01.nef.xmp"], {"a.nef": ["a_01.nef.xmp"]}),
    "a picture that is called like one": (
        ["a.jpg", "a_01.jpg", "a_01.jpg.xmp"],
        {"a.jpg": [], "a_01.jpg": ["a_01.jpg.xmp"]},
    ),
    "RawTherapee and DxO": (["a.cr2", "a.cr2.pp3", "a.cr2.dop"], {"a.cr2": ["a.cr2.dop", "a.cr2.pp3"]}),
    "shared XMP: JPEG before PNG": (["a.png", "a.jpg", "a.xmp"], {"a.jpg": ["a.xmp"], "a.png": []}),
    "shared XMP: HEIC before JPEG": (["a.jpg", "a.heic", "a.xmp"], {"a.heic": ["a.xmp"], "a.jpg": []}),
    "each its own in full spelling": (
        ["a.jpg", "a.png", "a.jpg.xmp", "a.png.xmp"],
        {"a.jpg": ["a.jpg.xmp"], "a.png": ["a.png.xmp"]},
    ),
    "RAW beside JPEG": (["a.CR2", "a.JPG"], {"a.JPG": ["a.CR2"]}),
    "RAW beside HEIC": (["a.dng", "a.heic"], {"a.heic": ["a.dng"]}),
    "RAW beside HEIC and JPEG": (["a.dng", "a.heic", "a.jpg"], {"a.heic": ["a.dng"], "a.jpg": []}),
    "two RAW files of one JPEG": (["a.cr2", "a.dng", "a.jpg"], {"a.jpg": ["a.cr2", "a.dng"]}),
    "RAW alone is a photo": (["a.nef", "b.dng"], {"a.nef": [], "b.dng": []}),
    "RAW beside a PNG export": (["a.nef", "a.png"], {"a.nef": [], "a.png": []}),
    "RAW with all of its sidecars": (
        ["_DSC8829.NEF", "_DSC8829.jpeg", "_DSC8829.jpeg.xmp", "_DSC8829.NEF.xmp", "_DSC8829.xmp"],
        {"_DSC8829.jpeg": ["_DSC8829.NEF", "_DSC8829.NEF.xmp", "_DSC8829.jpeg.xmp", "_DSC8829.xmp"]},
    ),
    "Live Photo": (["IMG_0001.HEIC", "IMG_0001.MOV"], {"IMG_0001.HEIC": ["IMG_0001.MOV"]}),
    "Live Photo as JPEG and MP4": (["IMG_0001.JPG", "IMG_0001.mp4"], {"IMG_0001.JPG": ["IMG_0001.mp4"]}),
    "Live Photo whose video has a sidecar": (
        ["a.heic", "a.mov", "a.mov.xmp", "a.heic.xmp"],
        {"a.heic": ["a.heic.xmp", "a.mov", "a.mov.xmp"]},
    ),
    "Live Photo by iCloud downloaders": (
        ["IMG_0108.HEIC", "IMG_0108_HEVC.MOV"],
        {"IMG_0108.HEIC": ["IMG_0108_HEVC.MOV"]},
    ),
    "Live Photo in an Apple library": (
        ["DFD48C6B-7A49-49A8-86D6-EECA35ABD59B.heic", "DFD48C6B-7A49-49A8-86D6-EECA35ABD59B_3.mov"],
        {"DFD48C6B-7A49-49A8-86D6-EECA35ABD59B.heic": ["DFD48C6B-7A49-49A8-86D6-EECA35ABD59B_3.mov"]},
    ),
    "a film beside a PNG is no Live Photo": (["a.png", "a.mov"], {"a.png": []}),
    "Apple edits": (["IMG_1.HEIC", "IMG_1.AAE"], {"IMG_1.HEIC": ["IMG_1.AAE"]}),
    "Apple's edited picture is a photo of its own": (
        ["IMG_1234.HEIC", "IMG_1234.AAE", "IMG_1234.MOV", "IMG_E1234.HEIC", "IMG_E1234.MOV"],
        {"IMG_1234.HEIC": ["IMG_1234.AAE", "IMG_1234.MOV"], "IMG_E1234.HEIC": ["IMG_E1234.MOV"]},
    ),
    "Apple's original adjustments": (["IMG_5747.HEIC", "IMG_O5747.aae"], {"IMG_5747.HEIC": ["IMG_O5747.aae"]}),
    "Apple's edited picture, the original gone": (
        ["IMG_E1234.JPG", "IMG_1234.AAE"],
        {"IMG_E1234.JPG": ["IMG_1234.AAE"]},
    ),
    "camera thumbnail of a RAW file": (["a.CR2", "a.THM"], {"a.CR2": ["a.THM"]}),
    "camera thumbnail of a film": (["MVI_1.AVI", "MVI_1.THM"], {}),
    "a thumbnail of nothing is a photo": (["a.thm"], {"a.thm": []}),
    "voice memo": (["DSC_1.JPG", "DSC_1.WAV"], {"DSC_1.JPG": ["DSC_1.WAV"]}),
    "Google Takeout": (["a.jpg", "a.jpg.json"], {"a.jpg": ["a.jpg.json"]}),
    "Google Takeout since 2024": (
        ["a.jpg", "a.jpg.supplemental-metadata.json"],
        {"a.jpg": ["a.jpg.supplemental-metadata.json"]},
    ),
    "Google Takeout, name cut short": (["a.jpg", "a.jpg.suppl.json"], {"a.jpg": ["a.jpg.suppl.json"]}),
    "Google Takeout, a namesake": (
        ["a.jpg", "a(1).jpg", "a.jpg.json", "a.jpg(1).json"],
        {"a.jpg": ["a.jpg.json"], "a(1).jpg": ["a.jpg(1).json"]},
    ),
    "Google Takeout, the cut within the suffix leaves its dot": (["a.jpg", "a.jpg..json"], {"a.jpg": ["a.jpg..json"]}),
    "Google Takeout, the cut within the ending": (
        [SHOT46[:-2] + ".jpg", SHOT46[:-2] + ".j.json"],
        {SHOT46[:-2] + ".jpg": [SHOT46[:-2] + ".j.json"]},
    ),
    "Google Takeout, the cut within the name": (
        [SHOT46 + "_Facebook.jpg", SHOT46 + ".json"],
        {SHOT46 + "_Facebook.jpg": [SHOT46 + ".json"]},
    ),
    "Google Takeout, two photos that begin alike": (
        [SHOT46 + "_Facebook.jpg", SHOT46 + "_Maps.jpg", SHOT46 + ".json"],
        {SHOT46 + "_Facebook.jpg": [], SHOT46 + "_Maps.jpg": []},
    ),
    "Google Takeout, the counter behind a cut": (
        [SHOT46 + "_F.jpg", SHOT46 + "_F(1).jpg", SHOT46 + ".json", SHOT46 + "(1).json"],
        {SHOT46 + "_F.jpg": [SHOT46 + ".json"], SHOT46 + "_F(1).jpg": [SHOT46 + "(1).json"]},
    ),
    "Google Takeout, the counter behind the suffix": (
        ["a.jpg", "a(1).jpg", "a.jpg.supple(1).json"],
        {"a.jpg": [], "a(1).jpg": ["a.jpg.supple(1).json"]},
    ),
    "Google Takeout, the number is of the name itself": (
        ["skytree (2).jpg", "skytree (2).jpg.supplemental-metadata.json", "July (38).JPG", "July (38).json"],
        {"skytree (2).jpg": ["skytree (2).jpg.supplemental-metadata.json"], "July (38).JPG": ["July (38).json"]},
    ),
    "Google Takeout, a namesake that is not there": (["a.jpg", "a.jpg(1).json"], {"a.jpg": []}),
    "Google Takeout, uploaded without an ending": (
        ["a.jpg", "a.supplemental-metadata.json"],
        {"a.jpg": ["a.supplemental-metadata.json"]},
    ),
    "Google Takeout, the edited copy has none of its own": (
        ["a.jpg", "a-edited.jpg", "a.jpg.json"],
        {"a.jpg": ["a.jpg.json"], "a-edited.jpg": []},
    ),
    "Google Takeout, the original of an edited copy gone": (
        ["a-bearbeitet.jpg", "a.jpg.json", "b-編集済み(1).jpg", "b.jpg(1).json"],
        {"a-bearbeitet.jpg": ["a.jpg.json"], "b-編集済み(1).jpg": ["b.jpg(1).json"]},
    ),
    "Google Takeout, an edited copy whose end is cut": (
        [SHOT46[:44] + "-edi.jpg", SHOT46[:44] + ".jpg.json"],
        {SHOT46[:44] + "-edi.jpg": [SHOT46[:44] + ".jpg.json"]},
    ),
    "Google Takeout, films of photos of one number": (
        ["IMG_1.HEIC", "IMG_1.JPG", "IMG_1.MP4", "IMG_1(1).MP4"],
        {"IMG_1.HEIC": ["IMG_1.MP4"], "IMG_1.JPG": ["IMG_1(1).MP4"]},
    ),
    "what an album holds besides": (["a.jpg", "metadata.json", "print-subscriptions.json"], {"a.jpg": []}),
    "films of motion photos": (
        ["Beach.MP", "Beach.MP.jpg", "IMG_7.MV", "IMG_7.MV.jpg", "MVIMG_20180722_120942", "MVIMG_20180722_120942.jpg"],
        {
            "Beach.MP.jpg": ["Beach.MP"],
            "IMG_7.MV.jpg": ["IMG_7.MV"],
            "MVIMG_20180722_120942.jpg": ["MVIMG_20180722_120942"],
        },
    ),
    "films of motion photos, copied": (
        [PIXEL + ".MP~2", PIXEL + ".MP~2.jpg", PIXEL + ".MP(1)", PIXEL + ".MP(1).jpg"],
        {PIXEL + ".MP~2.jpg": [PIXEL + ".MP~2"], PIXEL + ".MP(1).jpg": [PIXEL + ".MP(1)"]},
    ),
    "film of a motion photo beside an edited picture": (
        [PIXEL + ".MP", PIXEL + ".MP.jpg", PIXEL + ".MP-edited.jpg"],
        {PIXEL + ".MP.jpg": [PIXEL + ".MP"], PIXEL + ".MP-edited.jpg": []},
    ),
    "Pixel motion photo": (
        [PIXEL + ".MP.jpg", PIXEL + ".MP", PIXEL + ".MP.jpg.supplemental-met.json", PIXEL + ".dng"],
        {PIXEL + ".MP.jpg": [PIXEL + ".MP", PIXEL + ".MP.jpg.supplemental-met.json", PIXEL + ".dng"]},
    ),
    "Pixel RAW": (
        [PIXEL + ".RAW-01.MP.COVER.jpg", PIXEL + ".RAW-02.ORIGINAL.dng"],
        {PIXEL + ".RAW-01.MP.COVER.jpg": [PIXEL + ".RAW-02.ORIGINAL.dng"]},
    ),
    "Pixel portrait": (
        [PIXEL + ".PORTRAIT-01.COVER.jpg", PIXEL + ".PORTRAIT-02.ORIGINAL.jpg"],
        {PIXEL + ".PORTRAIT-01.COVER.jpg": [PIXEL + ".PORTRAIT-02.ORIGINAL.jpg"]},
    ),
    "Pixel burst": (
        [PIXEL + ".BURST-02.COVER.jpg", PIXEL + ".BURST-01.jpg", PIXEL + ".BURST-03.jpg"],
        {PIXEL + ".BURST-02.COVER.jpg": [PIXEL + ".BURST-01.jpg", PIXEL + ".BURST-03.jpg"]},
    ),
    "Pixel film of a top shot": ([PIXEL + ".jpg", PIXEL + ".TS.mp4"], {PIXEL + ".jpg": [PIXEL + ".TS.mp4"]}),
    "Pixel pictures without a cover are photos": (
        [PIXEL + ".BURST-01.jpg", PIXEL + ".BURST-03.jpg"],
        {PIXEL + ".BURST-01.jpg": [], PIXEL + ".BURST-03.jpg": []},
    ),
    "older Google burst": (
        ["00000IMG_00000_BURST20190101_COVER.jpg", "00001IMG_00001_BURST20190101.jpg"],
        {"00000IMG_00000_BURST20190101_COVER.jpg": ["00001IMG_00001_BURST20190101.jpg"]},
    ),
    "older Google motion photo": (["MVIMG_1.jpg", "MVIMG_1.MV"], {"MVIMG_1.jpg": ["MVIMG_1.MV"]}),
    "HIF, RAW and JPEG of one press": (
        ["A.HIF", "A.CR3", "A.JPG", "A.WAV"],
        {"A.JPG": ["A.CR3", "A.HIF", "A.WAV"]},
    ),
    "HIF and RAW without a JPEG": (["A.HIF", "A.CR3"], {"A.HIF": ["A.CR3"]}),
    "settings under the photo's stem": (
        ["a.jpg", "a.acr", "a.txt", "a.vrd", "a.dr4", "a.on1", "a.lrf", "a.srt", "a.out.pp3"],
        {"a.jpg": ["a.acr", "a.dr4", "a.lrf", "a.on1", "a.out.pp3", "a.srt", "a.txt", "a.vrd"]},
    ),
    "anything behind a photo's whole name": (
        ["a.jpg", "a.jpg.settings", "a.jpg.rrdata", "a.jpg.out.pp3", "a.jpg~", "a.xmp", "a.xmp_original", "a.jpgx.b"],
        {"a.jpg": ["a.jpg.out.pp3", "a.jpg.rrdata", "a.jpg.settings", "a.jpg~", "a.xmp", "a.xmp_original"]},
    ),
    "what a program kept of a photo is no photo": (
        ["a.jpg", "a.jpg_original", "a.jpg.bak", "b.jpg_original"],
        {"a.jpg": ["a.jpg.bak", "a.jpg_original"], "b.jpg_original": []},
    ),
    "a picture in another format is a photo": (["a.jpg", "a.jpg.png"], {"a.jpg": [], "a.jpg.png": []}),
    "a text of its own": (["a.jpg", "readme.txt"], {"a.jpg": []}),
    "case differs": (["IMG_1.JPG", "img_1.XMP"], {"IMG_1.JPG": ["img_1.XMP"]}),
    "the same letters come first": (["a.png", "A.jpg", "a.xmp"], {"A.jpg": [], "a.png": ["a.xmp"]}),
    "composed and decomposed": (["caf\u00e9.jpg", "cafe\u0301.xmp"], {"caf\u00e9.jpg": ["cafe\u0301.xmp"]}),
    "names with newlines": (["a\nb.jpg", "a\nb.jpg.xmp"], {"a\nb.jpg": ["a\nb.jpg.xmp"]}),
    "a sidecar of nothing": (["a.xmp", "b.aae", "c.mov", "c.mov.xmp", "d.jpg.json", "package.json"], {}),
    "a longer name is another photo": (["a.jpg", "ab.xmp", "a.b.xmp"], {"a.jpg": []}),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_rules(case, turned):
    names, wanted = CASES[case]
    units, alone = pair_names(*(reversed(names) if turned else names))
    assert {unit: list(members) for unit, members in units.items()} == wanted
    claimed = [*wanted, *(member for members in wanted.values() for member in members)]
    assert list(alone) == sorted(set(names) - set(claimed))


def test_every_rule_has_a_case():
    for rule in RULES:
        assert any(
            rule.pattern.fullmatch(member) for _, units in CASES.values() for each in units.values() for member in each
        )


STEMS = st.sampled_from(["a", "A", "b", "IMG_1", "IMG_E1", "IMG_O1", "a_01", "a(1)", "x.jpg", "x"])
ENDINGS = [
    *IMAGE_EXTENSIONS,
    ".xmp",
    ".jpg.xmp",
    ".AAE",
    ".mov",
    "_HEVC.mov",
    ".json",
    ".jpg(1).json",
    ".wav",
    ".thm",
    "",
]
NAMES = st.builds(str.__add__, STEMS, st.sampled_from(sorted(ENDINGS)))


@given(st.dictionaries(NAMES, st.sampled_from(["jpeg", "heif", "png", "raw", "other"])))
def test_every_name_is_in_exactly_one_place(kinds):
    images = {name: kind for name, kind in kinds.items() if kind != "other"}
    pairing = pair(images, [name for name, kind in kinds.items() if kind == "other"])
    everything = [*pairing.units, *(m for members in pairing.units.values() for m in members), *pairing.alone]
    assert sorted(everything) == sorted(kinds)
    assert set(pairing.units) <= set(images)
    again = pair(dict(reversed(images.items())), reversed([name for name in kinds if name not in images]))
    assert again == pairing


SERIES = [PIXEL, "00000IMG_00000_BURST20190101", "00001IMG_00001_BURST20190101", "L" * 60, SHOT46[:44] + "-edi"]
SERIES += [
    "DFD48C6B-7A49-49A8-86D6-EECA35ABD59B",
    "a-edited",
    "a-edited(1)",
    "July (38)",
    "caf\u00e9",
    "IMG_1",
    "IMG_E1",
    "a",
]
FORMS = ".jpg .JPG .heic .hif .CR2 .dng .png _COVER.jpg .MP.jpg .MP .RAW-01.COVER.jpg .RAW-02.ORIGINAL.dng .TS.mp4"
FORMS += " .BURST-01.COVER.jpg .BURST-02.jpg .mov .mp4 _HEVC.mov _3.mov (1).mp4 .xmp .XMP .jpg.xmp .CR2.xmp _01.CR2.xmp"
FORMS += " .aae .AAE .json .jpg.json .jpg(1).json .jpg.supple.json .jpg.supple(1).json .jpg..json .acr .txt .wav .thm"
FORMS += " .jpg_original .jpg.rrdata .out.pp3 .jpg.out.pp3 .xmp_original .vrd"
UNIT_NAMES = st.sets(
    st.builds(str.__add__, st.sampled_from(SERIES), st.sampled_from(FORMS.split())), min_size=2, max_size=9
)


@settings(max_examples=400)
@given(UNIT_NAMES, st.sampled_from(["L" * 46 + ".json", SHOT46[:44] + ".jpg.json", ""]), st.integers(2, 20_000))
def test_a_unit_is_one_by_itself_and_still_when_it_is_numbered(names, cut, number):
    units, _ = pair_names(*names, *([cut] if cut else []))
    for photo, members in units.items():
        unit = [photo, *members]
        assert unit_of_names(unit) == photo
        numbered = unit_names(unit, number)
        assert unit_of_names(numbered) == numbered[0]
        assert not set(numbered) & set(unit)


@settings(max_examples=400)
@given(UNIT_NAMES, st.integers(2, 20_000))
def test_what_belongs_to_a_numbered_unit_belongs_to_it_under_the_old_names(names, number):
    units, _ = pair_names(*names)
    for photo, members in units.items():
        unit = [photo, *members]
        numbered = unit_names(unit, number)
        for now, then in zip(numbered[1:], unit[1:], strict=True):
            others = [both for both in zip(numbered, unit, strict=True) if both[0] != now]
            old_names = [name for _, name in others]
            if belongs_to_unit(then, old_names):  # a sidecar's sidecar does not without it
                assert belongs_to_unit(name_after(now, others), old_names)


@settings(max_examples=400)
@given(UNIT_NAMES, st.sets(st.integers(0, 8)), st.integers(2, 20_000))
def test_broken_pictures_go_with_a_whole_one_of_their_unit_also_when_it_is_numbered(names, which, number):
    broken = {name for at, name in enumerate(sorted(names)) if at in which and name[-4:] in (".jpg", ".dng", ".png")}
    images = {name: FORMATS[ext] for name in names - broken if (ext := name.rpartition(".")[2].lower()) in FORMATS}
    others = names - broken - images.keys()
    pairing = pair(images, others, broken)
    assert sorted([*pairing.units, *(m for members in pairing.units.values() for m in members), *pairing.alone]) == (
        sorted(names)
    )
    assert pairing.units.keys() <= images.keys()
    whole = pair(images, others)
    for name in images.keys() & whole.units.keys():  # nothing whole loses what it had
        together = next({photo, *members} for photo, members in pairing.units.items() if name in (photo, *members))
        assert {name, *whole.units[name]} <= together
    for photo, members in pairing.units.items():
        unit = [photo, *members]
        now = dict(zip(unit, unit_names(unit, number), strict=True))
        again = pair(
            {now[name]: images[name] for name in unit if name in images},
            [now[name] for name in unit if name in others],
            [now[name] for name in unit if name in broken],
        )
        assert again.units == {now[photo]: tuple(sorted(now[name] for name in members))}
        assert not again.alone


def test_a_broken_picture_without_a_whole_one_claims_nothing():
    assert pair({"a.png": "png"}, ["a.xmp"], ["a.jpg"]) == pair({"a.png": "png"}, ["a.jpg", "a.xmp"])
    assert pair({}, ["a.jpg.xmp"], ["a.jpg"]).alone == ("a.jpg", "a.jpg.xmp")
    assert pair({"a.dng": "raw"}, ["a.jpg.xmp", "a.mov"], ["a.jpg"]).units == {"a.dng": ("a.jpg", "a.jpg.xmp", "a.mov")}


WRITTEN = ".xmp .XMP .pp3 .out.pp3 .dop .rrdata _original .aae .on1 .vrd .txt .json".split()


@settings(max_examples=400)
@given(UNIT_NAMES, st.sampled_from(WRITTEN), st.booleans(), st.integers(2, 20_000))
@example({"PXL_1.jpg", "PXL_1.aae", "PXL_1.AAE"}, ".xmp", True, 2)
def test_a_sidecar_written_later_goes_back_by_the_rule_that_pairs_it(names, ending, by_stem, number):
    units, _ = pair_names(*names)
    for photo, members in units.items():
        unit = [photo, *members]
        numbered = unit_names(unit, number)
        for now, then in zip(numbered, unit, strict=True):
            new, old = ((name.rpartition(".")[0] if by_stem else name) + ending for name in (now, then))
            known = new in numbered or old in unit
            if not known and belongs_to_unit(new, numbered) and belongs_to_unit(old, unit):
                back = name_after(new, list(zip(numbered, unit, strict=True)))
                # Of names that differ in case only, one gets the photo's whole name: what is written by that stays so.
                alike = len({one.casefold() for one in unit}) < len(unit)
                assert belongs_to_unit(back, unit) if alike else back.casefold() == old.casefold()


def test_extensions_of_raw_files_are_images():
    assert RAW_EXTENSIONS <= IMAGE_EXTENSIONS
