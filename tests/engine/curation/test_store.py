"""What is kept of a folder's groups is whole, or left alone."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine import curation, paths
from desktop_app.engine.curation import Choices, Curation, arrange, corrections
from desktop_app.engine.curation.basis import anew
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.index.identity import Holders
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Photo
from tests.helpers.shown_groups import THREE, groups, names, span

# No base64, cut off, descending, beyond what ids can be.
UNREADABLE = ("?", "AQAAAAAA", "AgAAAAAAAAABAAAAAAAAAA==", "AAAAAAAAIAA=")

ONE = "AQAAAAAAAAA="
TWICE = dict.fromkeys(("ids", "contents", "places"), "AQAAAAAAAAABAAAAAAAAAA==")


def decided() -> Curation:
    known, shown = arrange(Curation(choices=Choices("agglomerative", 5, 0.25, 1)), THREE)
    known, shown = corrections.rename(known, shown, 1, "Été 🏖 \udcff")
    known, shown = corrections.move(known, shown, np.array([1, 2]), 2)
    known, shown = corrections.set_cover(known, shown, 2, 25)
    known, shown = corrections.set_locked(known, shown, [1], True)
    known, _ = corrections.set_hidden(known, shown, [0], True)
    reordered = (known.groups[2], replace(known.groups[0], in_sight=False), known.groups[1])
    known = replace(known, groups=reordered, others=np.array([2**53 - 1]))
    known = anew(known, np.array([7, 3, 2**53 - 1]), "0f4c9b1e52d0a7c3")
    return replace(known, held=Holders(np.array([25, 1]), np.array([25, 2**52]), np.array([9, 3])))


def alike(one: Curation, other: Curation) -> bool:
    def plain(found: Curation) -> object:
        return (
            [
                asdict(one) | {"photo_ids": one.photo_ids.tolist(), "placed": one.placed.tolist()}
                for one in found.groups
            ],
            found.others.tolist(),
            (found.basis.tolist(), found.model_id),
            found.choices,
            [column.tolist() for column in (found.held.ids, found.held.contents, found.held.places)],
        )

    return plain(one) == plain(other) and one.trouble == other.trouble


def test_what_is_saved_is_loaded_for_each_folder_apart(tmp_path: Path) -> None:
    folder, other = tmp_path / "a", Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    assert alike(curation.load(folder), Curation())
    curation.save(folder, decided())
    curation.save(other, Curation(choices=Choices(k=2)))
    assert alike(curation.load(folder), decided())
    assert alike(curation.load(other), Curation(choices=Choices(k=2)))
    assert not list(tmp_path.iterdir())  # nothing in the person's own folders
    assert json.loads(curation.file_of(folder).read_bytes())["version"] == 4


def test_a_folder_is_the_same_by_every_way_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    monkeypatch.chdir(tmp_path / "photos")
    ways = [tmp_path / "photos", tmp_path / "link", Path(), Path("../link/../photos")]
    assert len({curation.file_of(way) for way in ways}) == 1


def document(**changes: object) -> bytes:
    whole: dict[str, object] = {"version": 4, "folder": "x", "groups": [], "others": "", "unsure_below": 0.5} | changes
    return json.dumps({key: value for key, value in whole.items() if value is not None}).encode()


def entry(**changes: object) -> dict[str, object]:
    return {"id": 0, "photos": "AQAAAAAAAAA=", "name": "Beach"} | changes


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, document(version=0), document(version=True)),
        *(document(version="1"), document(version=None), document(others=None), document(folder=3)),
        *(document(basis="?"), document(basis="AgAAAAAAAAABAAAAAAAAAA=="), document(model_id=3)),
        *(document(k="many"), document(k=0), document(k=float("inf")), document(unsure_below=7), document(method=[])),
        *(document(selected="first"), document(surprise=1), document(groups=[entry(), entry()])),
        *(document(groups=[entry(photos=text)]) for text in UNREADABLE),
        *(document(groups=[entry(id=-1)]), document(groups=[entry(name=None)]), document(groups=[entry(color=1)])),
        *(
            document(groups=[entry(locked=1)]),
            document(groups=[entry(cover=2**53)]),
            document(groups=[entry(placed="?")]),
        ),
        document(groups=[entry(placed="AQAAAAAAAAA="), entry(id=1, placed="AQAAAAAAAAA=")]),
        *(document(held=held) for held in ([], {"ids": 3}, {"ids": "?"}, {"ids": "AQAAAAAA"}, {"places": ONE}, TWICE)),
    ],
)
def test_a_damaged_file_is_set_aside_and_told(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    place = curation.file_of(tmp_path)
    place.parent.mkdir()
    place.write_bytes(document(groups=[entry()]))
    assert [one.name for one in curation.load(tmp_path).groups] == ["Beach"], "whole, it would have been read"
    for number in (1, 2):
        curation.save(tmp_path, decided())
        place.write_bytes(content)
        found = curation.load(tmp_path)
        aside = place.with_suffix(f".damaged-{number}")
        assert not found.groups
        assert str(aside) in found.trouble
        assert aside.name in caplog.text
        assert aside.read_bytes() == content
        assert not place.exists()


def test_what_a_newer_program_kept_is_refused_and_left_untouched(tmp_path: Path) -> None:
    curation.save(tmp_path, decided())
    place = curation.file_of(tmp_path)
    place.write_bytes(document(version=5, groups="of another kind"))
    with pytest.raises(UsageError, match="newer Kindred") as caught:
        curation.load(tmp_path)
    assert caught.value.code == "curation-newer"
    assert str(place) in caught.value.hint
    assert place.read_bytes() == document(version=5, groups="of another kind")


def test_what_cannot_be_read_is_no_reason_to_overwrite_it(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        curation.load(tmp_path)
    assert caught.value.code == "curation-unreadable"


def test_a_damaged_file_that_cannot_be_set_aside_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curation.save(tmp_path, decided())
    place = curation.file_of(tmp_path)
    place.write_bytes(b"{")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(UsageError, match="Permission denied") as caught:
            curation.load(tmp_path)
    assert caught.value.code == "curation-unreadable"
    assert place.read_bytes() == b"{"


def test_an_unwritable_place_is_told_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    curation.save(tmp_path, decided())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.engine.files.os.fsync", full)
        with pytest.raises(UserError, match="No space left") as caught:
            curation.save(tmp_path, Curation())
    assert caught.value.code == "curation-unwritable"
    assert alike(curation.load(tmp_path), decided())
    assert len(list((paths.config_dir() / "folders").iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_without_a_place_of_its_own_nothing_is_known(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.parent.symlink_to(place.parent)  # leads nowhere, for ever
    known = curation.load(tmp_path)
    assert (known.groups, known.choices, known.trouble) == ((), Choices(), "")


def test_the_files_of_what_was_decided_one_by_one_are_kept_and_no_others(tmp_path: Path) -> None:
    known, shown = arrange(Curation(), THREE)
    known, shown = corrections.rename(known, shown, 0, "Named, which is said of all of them together")
    known, shown = corrections.move(known, shown, np.array([2]), 1)
    known, shown = corrections.set_locked(known, shown, [2], True)
    known, _ = corrections.set_cover(known, shown, 1, 13)
    photos = PhotoList.of([Photo(n, tmp_path / f"{n}.jpg", (), 1, 1, f"{n}", 1, 1) for n in span(1, 30)])
    known = known.with_files(photos, tmp_path)
    assert known.held.ids.tolist() == [2, 13, *span(21, 30)]
    curation.save(tmp_path, known)
    assert alike(curation.load(tmp_path), known)


def test_what_the_third_version_kept_is_read_and_names_no_files_yet(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.parent.mkdir()
    place.write_bytes(document(version=3, groups=[entry(placed=ONE)], basis=ONE, model_id="0f4c9b1e52d0a7c3"))
    known = curation.load(tmp_path)
    assert not known.trouble
    assert (known.placed.tolist(), known.basis.tolist(), known.model_id) == ([1], [1], "0f4c9b1e52d0a7c3")
    assert not known.held


def test_what_the_second_version_kept_is_read_and_has_no_basis_yet(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.parent.mkdir()
    place.write_bytes(document(version=2, groups=[entry()]))
    known = curation.load(tmp_path)
    assert not known.trouble
    assert ([one.name for one in known.groups], known.basis.tolist(), known.model_id) == (["Beach"], [], "")


def test_what_the_first_version_kept_is_read_and_goes_on_as_the_latest(tmp_path: Path) -> None:
    place = curation.file_of(tmp_path)
    place.parent.mkdir()
    place.write_bytes((Path(__file__).parent / "version_1.json").read_bytes())
    known = curation.load(tmp_path)
    assert not known.trouble
    assert [(one.id, one.name, one.photo_ids.tolist()) for one in known.groups] == [
        (0, "", span(1, 10)), (1, "Beach", span(11, 20)), (3, "Beach", span(21, 30))
    ]  # fmt: skip
    assert (known.choices, known.others.tolist()) == (Choices("spectral", 4, 0.25, 1), [40, 41])
    known, shown = arrange(known, groups(span(21, 30), span(11, 20), [*span(1, 10), 50]))
    assert names(shown) == ["Group 1", "Beach", "Beach (2)"]  # of one name, which that version allowed
    curation.save(tmp_path, known)
    assert alike(curation.load(tmp_path), known)
