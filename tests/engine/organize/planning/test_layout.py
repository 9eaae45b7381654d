"""Folders by a pattern: every photo under its own, no two groups in one, whatever they are called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.errors import UsageError
from desktop_app.engine.organize.disk.names import fold
from desktop_app.engine.organize.planning.layout import FIELDS, Folders, Layout
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.types import Photo
from tests.helpers.organize_album import Album


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a.jpg", "Beach", ["a.jpg.xmp"])
    made.add("b.jpg", "Beach")
    made.add("c.jpg", "Rex")
    made.add("d.jpg", "Rex")
    for photo_id, date, camera in ((1, "2024-07-01T10:00:00", "X1"), (2, "2023-12-31T23:59:59", None), (3, None, "X1")):
        made.photos[photo_id] = replace(made.photos[photo_id], taken_at=date, camera=camera)
    return made


def folders(plan: Plan) -> dict[str, str]:
    return {step.src.name: str(step.dst.parent.relative_to(plan.destination)) for step in plan.steps}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{group}", ["Beach", "Beach", "Beach", "Rex", "Rex"]),
        ("{group}/{year}", ["Beach/2024", "Beach/2024", "Beach/2023", "Rex/No date", "Rex/No date"]),
        ("{year}/{month}/{group}", ["2024/07/Beach"] * 2 + ["2023/12/Beach"] + ["No date/No date/Rex"] * 2),
        ("Photos of {date}", ["Photos of 2024-07-01"] * 2 + ["Photos of 2023-12-31"] + ["Photos of No date"] * 2),
        ("{camera}/{day}", ["X1/01", "X1/01", "Unknown camera/31", "X1/No date", "Unknown camera/No date"]),
    ],
)
def test_a_pattern_says_where_photos_go_and_undo_leaves_nothing_of_it(
    album: Album, pattern: str, expected: list[str]
) -> None:
    plan = album.plan("move", layout=Layout(pattern))
    assert folders(plan) == dict(zip(["a.jpg", "a.jpg.xmp", "b.jpg", "c.jpg", "d.jpg"], expected, strict=True))
    assert set(plan.groups.values()) == ({0, 1} if "{group}" in pattern else set())
    assert album.apply(plan).ok
    assert (album.out / expected[0] / "a.jpg.xmp").exists()
    assert album.undo().ok
    assert not album.out.exists()
    assert sorted(path.name for path in album.root.iterdir()) == ["a.jpg", "a.jpg.xmp", "b.jpg", "c.jpg", "d.jpg"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "each part"),
        ("{group}/", "each part"),
        ("/abs/{group}", "each part"),
        ("../{group}", "each part"),
        ("{group}/ . /x", "each part"),
        ("/".join("abcdefghi"), "each part"),
        ("{group}/{place}", "no field {place}"),
        ("{group", "a brace"),
        ("group}", "a brace"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused_by_name(pattern: str, reason: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be used") as caught:
        Layout(pattern)
    assert caught.value.code == "bad-pattern"
    assert reason in str(caught.value)
    assert all(field in caught.value.hint for field in FIELDS)


names = st.text(st.sampled_from("aA é.:/ \0(2)"), max_size=6)


@given(groups=st.lists(names, min_size=1, max_size=6), years=st.lists(st.sampled_from([None, "2023", "2024"])))
def test_no_two_groups_share_a_folder_and_nothing_leaves_the_destination(
    groups: list[str], years: list[str | None]
) -> None:
    nowhere = Path("/nowhere at all")
    for pattern in ("{group}", "{year}/{group}", "{group}/{year}", "x {group}/{group} y"):
        chosen = Folders(nowhere, Layout(pattern), groups)
        seen: dict[tuple[int, str | None], str] = {}
        for year in [None, *years]:
            for place in range(len(groups)):
                photo = Photo(1, Path("/p.jpg"), (), 1, 1, "h", 1, 1, taken_at=year and f"{year}-01-01T00:00:00")
                folder = chosen.of(photo, place)
                assert len(folder.relative_to(nowhere).parts) == len(Layout(pattern).parts)
                assert ".." not in folder.parts
                assert chosen.of(photo, place) == folder
                seen[place, year if "{year}" in pattern else None] = fold(str(folder))
        assert len(set(seen.values())) == len(seen)


def test_standing_folders_keep_their_spelling_at_every_level(album: Album) -> None:
    (album.out / "2024" / "BEACH").mkdir(parents=True)
    (album.out / "2023").mkdir()
    (album.out / "2023" / "Beach").write_text("a file, not a folder")
    found = folders(album.plan(layout=Layout("{year}/{group}")))
    assert (found["a.jpg"], found["b.jpg"]) == ("2024/BEACH", "2023/Beach (2)")


def test_a_taken_name_gets_a_number_or_stays_as_one_wishes(album: Album) -> None:
    album.add("more/c.jpg", "Rex", ["more/c.xmp"])
    numbered = album.plan()
    assert {step.dst.name for step in numbered.steps} >= {"c.jpg", "c (2).jpg", "c (2).xmp"}
    left = album.plan(layout=Layout(same_name="skip"))
    assert {problem.code for problem in left.skipped} == {"name-taken"}
    assert {problem.path.name for problem in left.skipped} == {"c.jpg", "c.xmp"}
    assert not left.conflicts
    report = album.apply(left)
    assert not report.ok
    assert (album.root / "more" / "c.jpg").exists()


def test_the_example_is_what_would_happen(album: Album) -> None:
    layout = Layout("{year}/{month}: {group}")
    assert folders(album.plan(layout=layout))["a.jpg"] == layout.example("Beach", album.photos[1]) == "2024/07_ Beach"
