"""The plan is the truth: what it says is what happens, and making it touches nothing."""

from __future__ import annotations

import errno
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.types import UNSURE, Group, Photo
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of, photo_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(tmp_path)


def targets(plan: Plan) -> dict[str, str]:
    return {str(s.src.relative_to(plan.root)): str(s.dst.relative_to(plan.destination)) for s in plan.steps}


def reasons(plan: Plan) -> dict[str, str]:
    return {problem.path.name: problem.code for problem in plan.skipped}


@pytest.mark.parametrize("action", ACTIONS)
def test_what_the_plan_says_happens_and_comes_back(action: str, album: Album) -> None:
    album.add("a/one.jpg", companions=["a/one.jpg.xmp", "a/one.mov"])
    album.add("b/one.jpg")
    album.add("two.jpg", group="Night/sky")
    before = files_of(album.root)
    plan = album.plan(action)
    assert not album.out.exists()
    assert files_of(album.root) == before
    assert targets(plan) == {
        "a/one.jpg": "Beach/one.jpg",
        "a/one.jpg.xmp": "Beach/one.jpg.xmp",
        "a/one.mov": "Beach/one.mov",
        "b/one.jpg": "Beach/one (2).jpg",
        "two.jpg": "Night_sky/two.jpg",
    }
    assert plan.folders == {album.out / "Beach": 2, album.out / "Night_sky": 1}
    assert [conflict.dst.name for conflict in plan.conflicts] == ["one (2).jpg"]
    assert plan.photos == 3
    assert "3 photos (5 files) into 2 folders" in plan.summary
    report = album.apply(plan)
    assert report.ok
    assert report.photos == 3
    assert report.bytes == sum(len(state[0]) for state in before.values())
    assert {str(path.relative_to(album.out)) for path in album.out.rglob("*.*")} == set(targets(plan).values())
    assert files_of(album.root) == ({} if action == "move" else before)
    assert album.undo().ok
    assert files_of(album.root) == before
    assert not album.out.exists(), "folders we made are left behind"


@pytest.mark.parametrize("unsure", [True, False])
@pytest.mark.parametrize("rest", [True, False])
def test_what_the_person_left_out_is_counted_and_named_in_plan_and_report(
    album: Album, unsure: bool, rest: bool
) -> None:
    left = [album.add("a.jpg", companions=["a.xmp"]), album.add("b.jpg")]
    album.add("c.jpg")
    groups = [Group(UNSURE if unsure else 1, "Left", np.array([1, 2]), 1, hidden=True)]
    groups += [Group(2, "Cats", np.array([3]), 3)] if rest else []
    plan = make_plan(album.root, groups, album.photos, album.out, "move", JobContext())
    assert [step.src.name for step in plan.steps] == (["c.jpg"] if rest else [])
    [one] = plan.left_out
    assert (one.group, one.reason, list(one.photos)) == ("Left", "unsure" if unsure else "hidden", left)
    assert one.why == ("it is unsure" if unsure else "its group “Left” is left out")
    text = "2 unsure photos" if unsure else "2 photos in 1 group that is left out"
    report = album.apply(plan)
    for said in (plan.summary, report.text):
        assert said.endswith(f" Left where they are, as you decided: {text}.")
    assert report.left_out == plan.left_out
    assert plan.ok, "it is no fault"
    assert report.ok


def test_the_same_plan_has_the_same_id(album: Album) -> None:
    album.add("one.jpg")
    assert album.plan().id == album.plan().id != album.plan("move").id


def test_space_is_counted_on_the_disk_that_needs_it(album: Album) -> None:
    album.add("one.jpg", content=b"x" * 5000)
    assert album.plan("copy").bytes_needed == 8192
    for action in ("move", "hardlink", "symlink"):
        assert album.plan(action).bytes_needed == 0
    too_big = replace(album.plan("copy"), bytes_free=100)
    assert not too_big.fits
    with pytest.raises(UserError) as error:
        album.apply(too_big)
    assert error.value.code == "not-enough-space"
    assert f"{album.out}: 8.2 kB needed, 100 bytes free." in error.value.message
    with pytest.raises(UserError, match="2 new files, and the disk takes only 1 more"):
        album.apply(replace(album.plan("copy"), files_free=1))
    assert not album.out.exists()


def test_a_disk_swapped_since_the_plan_stops_the_run(album: Album) -> None:
    album.add("one.jpg")
    with pytest.raises(UserError) as error:
        album.apply(replace(album.plan("copy"), devices=(1, 2)))
    assert error.value.code == "disk-changed"


def test_a_root_that_is_gone_stops_the_run(album: Album) -> None:
    album.add("one.jpg")
    plan = album.plan("copy")
    album.root.rename(album.root.with_name("elsewhere"))
    with pytest.raises(UserError) as error:
        album.apply(plan)
    assert error.value.code == "folder-missing"


def test_conflicts_ignore_case_and_unicode_form(album: Album) -> None:
    album.add("a/IMG.jpg")
    album.add("b/img.JPG")
    album.add("c/\u00e9.jpg")
    album.add("d/e\u0301.jpg")
    plan = album.plan()
    assert targets(plan) == {
        "a/IMG.jpg": "Beach/IMG.jpg",
        "b/img.JPG": "Beach/img (2).JPG",
        "c/\u00e9.jpg": "Beach/\u00e9.jpg",
        "d/e\u0301.jpg": "Beach/e\u0301 (2).jpg",
    }


def test_a_unit_is_numbered_whole(album: Album) -> None:
    album.add("a/x.jpg", companions=["a/x.xmp"])
    album.add("b/x.heic", companions=["b/x.xmp"])
    plan = album.plan()
    assert targets(plan)["b/x.heic"] == "Beach/x (2).heic"
    assert targets(plan)["b/x.xmp"] == "Beach/x (2).xmp"
    assert {c.src.name: "keeps the number" in c.text for c in plan.conflicts} == {"x.heic": True, "x.xmp": False}


def test_what_stands_at_the_destination_is_numbered_around_or_recognized(album: Album) -> None:
    album.add("a/other.jpg")
    album.add("a/same.jpg", content=b"same bytes")
    album.add("a/unit.jpg", companions=["a/unit.xmp"], content=b"unit bytes")
    (album.out / "Beach").mkdir(parents=True)
    (album.out / "Beach" / "OTHER.jpg").write_bytes(b"someone else's")
    (album.out / "Beach" / "same.jpg").write_bytes(b"same bytes")
    (album.out / "Beach" / "unit.jpg").write_bytes(b"unit bytes")  # its sidecar is not there, so it goes again, whole
    plan = album.plan()
    assert targets(plan) == {
        "a/other.jpg": "Beach/other (2).jpg",
        "a/unit.jpg": "Beach/unit (2).jpg",
        "a/unit.xmp": "Beach/unit (2).xmp",
    }
    assert reasons(plan) == {"same.jpg": "already-there"}
    assert plan.ok
    assert plan.in_order == 1
    first = plan.conflicts[0]
    assert first.text == "another 'other.jpg' is there already; this one becomes 'other (2).jpg'"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_link_at_the_destination_is_the_same_only_for_the_action_that_makes_such_links(
    action: str, album: Album
) -> None:
    photo = album.add("one.jpg")
    (album.out / "Beach").mkdir(parents=True)
    (album.out / "Beach" / "one.jpg").symlink_to(photo)
    plan = album.plan(action)
    if action == "symlink":
        assert reasons(plan) == {"one.jpg": "already-there"}
    else:
        assert targets(plan) == {"one.jpg": "Beach/one (2).jpg"}
    (album.out / "Beach" / "one.jpg").unlink()
    (album.out / "Beach" / "one.jpg").symlink_to(photo.parent)
    assert targets(album.plan(action)) == {"one.jpg": "Beach/one (2).jpg"}


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
def test_doing_it_again_finds_everything_there(action: str, album: Album) -> None:
    album.add("a/x.jpg", companions=["a/x.xmp"])
    album.add("b/x.jpg", companions=["b/x.xmp"])
    assert album.apply(album.plan(action)).ok
    again = album.plan(action)
    assert not again.steps
    assert set(reasons(again).values()) == {"already-there"}
    assert again.ok
    assert again.in_order == 4
    report = album.apply(again)
    assert report.ok
    assert report.run_id == ""


def test_a_plan_carried_out_twice_overwrites_nothing(album: Album) -> None:
    album.add("x.jpg")
    plan = album.plan()
    assert album.apply(plan).ok
    before = files_of(album.out)
    report = album.apply(plan)
    assert [problem.code for problem in report.skipped] == ["name-taken"]
    assert not report.ok
    assert files_of(album.out) == before


def test_sorting_in_place_a_second_time_leaves_what_is_in_place(album: Album) -> None:
    album.add("Beach/a.jpg", companions=["Beach/a.xmp"])
    album.add("b.jpg")
    plan = album.plan("move", destination=album.root)
    assert targets(plan) == {"b.jpg": "Beach/b.jpg"}
    assert set(reasons(plan).values()) == {"already-in-place"}
    assert album.apply(plan).ok
    assert sorted(path.name for path in (album.root / "Beach").iterdir()) == ["a.jpg", "a.xmp", "b.jpg"]
    assert album.undo().ok
    assert (album.root / "b.jpg").exists()
    assert (album.root / "Beach").is_dir(), "a folder that was there before is the person's"


def test_source_inside_destination(album: Album) -> None:
    album.add("a.jpg")
    plan = album.plan("move", destination=album.root.parent)
    assert album.apply(plan).ok
    assert (album.root.parent / "Beach" / "a.jpg").exists()
    assert album.undo().ok
    assert (album.root / "a.jpg").exists()


def test_an_existing_folder_keeps_its_spelling(album: Album) -> None:
    (album.out / "beach").mkdir(parents=True)
    album.add("a.jpg")
    assert targets(album.plan()) == {"a.jpg": "beach/a.jpg"}


def test_group_names_that_collide_get_folders_of_their_own(album: Album) -> None:
    for i, name in enumerate(["Beach", "BEACH", "Beach.", "Be/ach", "Be:ach"]):
        album.add(f"{i}.jpg", group=name)
    folders = {str(Path(target).parent) for target in targets(album.plan()).values()}
    assert folders == {"Beach", "BEACH (2)", "Beach (3)", "Be_ach", "Be_ach (2)"}


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_name_taken_by_something_else_is_left_alone(kind: str, album: Album) -> None:
    album.out.mkdir()
    elsewhere = album.root.parent / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        (album.out / "Beach").write_text("not a folder")
    else:
        (album.out / "Beach").symlink_to(elsewhere)
    album.add("a.jpg")
    assert targets(album.plan()) == {"a.jpg": "Beach (2)/a.jpg"}


def test_links_and_special_files_are_left_alone(album: Album) -> None:
    real = album.add("real.jpg")
    link = album.root / "link.jpg"
    link.symlink_to(real)
    state = link.lstat()
    album.photos[2] = Photo(2, link, (), state.st_size, state.st_mtime_ns, "", 1, 1)
    album.add("sidecar.jpg")
    (album.root / "sidecar.xmp").symlink_to(real)
    album.photos[2 + 1] = replace(album.photos.pop(len(album.photos)), id=3, companions=(album.root / "sidecar.xmp",))
    album.groups["Beach"] = [1, 2, 3]
    plan = album.plan()
    assert targets(plan) == {"real.jpg": "Beach/real.jpg"}
    assert reasons(plan) == {"link.jpg": "is-a-link", "sidecar.xmp": "is-a-link", "sidecar.jpg": "is-a-link"}


def test_what_changed_since_the_folder_was_read_is_named(album: Album) -> None:
    album.add("edited.jpg").write_bytes(b"other bytes")
    album.add("gone.jpg").unlink()
    album.add("kept.jpg", companions=["kept.xmp"])
    (album.root / "kept.xmp").unlink()
    plan = album.plan()
    assert reasons(plan) == {"edited.jpg": "changed", "gone.jpg": "missing", "kept.xmp": "missing"}
    assert targets(plan) == {"kept.jpg": "Beach/kept.jpg"}
    assert not plan.ok


def test_no_file_is_planned_twice(album: Album) -> None:
    album.add("a.jpg", companions=["a.xmp"])
    album.add("a.heic", companions=["a.xmp"])
    album.add("b.jpg")
    album.groups["Other"] = [3]
    album.groups["Beach"].append(3)
    plan = album.plan("move")
    assert reasons(plan) == {"a.xmp": "in-two-groups", "b.jpg": "in-two-groups"}
    assert len(plan.steps) == 4


def test_two_hard_links_to_one_photo_are_two_photos(album: Album) -> None:
    first = album.add("a/x.jpg")
    (album.root / "b").mkdir()
    os.link(first, album.root / "b" / "x.jpg")
    album.photos[2] = photo_of(2, album.root / "b" / "x.jpg")
    album.groups["Beach"].append(2)
    before = files_of(album.root)
    assert album.apply(album.plan("move")).ok
    assert sorted(path.name for path in (album.out / "Beach").iterdir()) == ["x (2).jpg", "x.jpg"]
    assert album.undo().ok
    assert files_of(album.root) == before


def test_a_thousand_photos_of_one_name(album: Album) -> None:
    for i in range(1000):
        album.add(f"{i}/{'IMG.JPG' if i % 2 else 'img.jpg'}", content=b"%d" % i)
    plan = album.plan("move")
    assert len({step.dst.name.casefold() for step in plan.steps}) == 1000
    assert album.apply(plan).ok
    assert len(list((album.out / "Beach").iterdir())) == 1000
    assert album.undo().ok
    assert all((album.root / f"{i}").is_dir() for i in range(1000))
    assert {path.read_bytes() for path in album.root.rglob("*.*")} == {b"%d" % i for i in range(1000)}


@pytest.mark.parametrize("length", [251, 247])
def test_names_as_long_as_a_disk_takes(length: int, album: Album) -> None:
    name = "\u00e9" * (length // 2) + "x" * (length % 2) + ".jpg"
    assert len(os.fsencode(name)) == length + 4
    album.add(f"a/{name}")
    album.add(f"b/{name}")
    report = album.apply(album.plan("move"))
    assert report.ok
    assert {len(os.fsencode(step.dst.name)) for step in report.done} <= {length + 3, length + 4, 254, 255}
    assert album.undo().ok


@pytest.mark.parametrize("name", [b"new\nline.jpg", "emoji \U0001f388.jpg".encode(), b"bad\xff\xfe.jpg", b"-rf.jpg"])
def test_names_of_every_kind_travel_as_they_are(name: bytes, album: Album) -> None:
    album.add(os.fsdecode(name))
    before = files_of(album.root)
    report = album.apply(album.plan("move"))
    assert report.ok
    assert os.fsencode(report.done[0].dst.name) == name
    assert album.undo().ok
    assert files_of(album.root) == before


class TestRefusals:
    def code(self, album: Album, action: str = "copy", destination: Path | None = None) -> str:
        with pytest.raises(UsageError) as error:
            album.plan(action, destination)
        return error.value.code

    def test_unknown_action(self, album: Album) -> None:
        assert self.code(album, "shred") == "unknown-action"

    def test_no_source(self, album: Album) -> None:
        album.root.rmdir()
        assert self.code(album) == "folder-missing"

    def test_destination_is_a_file_or_below_one(self, album: Album) -> None:
        photo = album.add("a.jpg")
        assert self.code(album, destination=photo) == "destination-not-a-folder"
        assert self.code(album, destination=photo / "below") == "destination-not-a-folder"

    def test_destination_with_an_impossible_name(self, album: Album) -> None:
        album.add("a.jpg")
        assert self.code(album, destination=album.root.parent / ("x" * 300)) == "destination-not-allowed"

    def test_a_pattern_in_place_of_a_destination(self, album: Album) -> None:
        album.add("a.jpg")
        odd = album.root.parent / "{year}"
        assert self.code(album, destination=odd / "sorted") == "destination-with-field"
        assert album.plan("copy", destination=album.root.parent / "{draft}").ok
        odd.mkdir()  # who has such a folder means it
        assert album.plan("copy", destination=odd / "sorted").ok

    def test_a_destination_that_the_system_only_makes_up(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        if not Path("/proc/self").is_dir():
            pytest.skip("no /proc here")
        album.add("a.jpg")
        monkeypatch.setattr(os, "access", lambda path, mode: True)  # root, for whom it looks like any folder
        with pytest.raises(UsageError, match="not on a disk that keeps files"):
            album.plan("copy", Path("/proc/sorted"))

    def test_destination_not_writable(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        album.add("a.jpg")
        monkeypatch.setattr(os, "access", lambda path, mode: False)  # root, who may run this, may write anywhere
        assert self.code(album) == "destination-not-writable"

    def test_hard_links_cannot_reach_another_disk(self, album: Album) -> None:
        shm = Path("/dev/shm")
        if not shm.is_dir() or shm.stat().st_dev == album.root.stat().st_dev or not os.access(shm, os.W_OK):
            pytest.skip("/dev/shm is no second disk here")
        album.add("a.jpg")
        assert self.code(album, "hardlink", shm / "kindred-never-made") == "hardlink-across-disks"


def test_planning_can_be_cancelled(album: Album) -> None:
    album.add("a.jpg")
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        album.plan(ctx=ctx)


def test_photos_in_a_folder_that_may_not_be_changed_are_not_planned_to_move(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = album.add("locked/a.jpg").parent
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked and real(path, mode))
    assert reasons(album.plan("move")) == {"a.jpg": "no-permission"}
    assert not album.plan("copy").skipped


@pytest.mark.root
def test_a_preview_works_on_a_read_only_mount(album: Album) -> None:
    album.add("a.jpg")
    mount = ["mount", "--bind", str(album.root), str(album.root)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(album.root)], check=True)
        assert len(album.plan("copy").steps) == 1
        assert reasons(album.plan("move")) == {"a.jpg": "no-permission"}
        with pytest.raises(OSError) as error:  # noqa: PT011 - the mount is what it says
            (album.root / "new").touch()
        assert error.value.errno == errno.EROFS
        assert album.apply(album.plan("copy")).ok
    finally:
        subprocess.run(["umount", str(album.root)], check=True)
