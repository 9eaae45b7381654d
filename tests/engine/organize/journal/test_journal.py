"""Journals that are torn, damaged, foreign or newer, and what the next start makes of them."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.disk.locate import inode_chain, locate
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.lines import decode, encode, first_and_last, journal_files, read_events
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import load
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of, undo_stopped_at_once


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    for i in range(4):
        made.add(f"a/{i}.jpg", companions=[f"a/{i}.xmp"])
    return made


def journal_of(album: Album) -> Path:
    return journal_files(album.journals)[-1][1]


def events_of(path: Path) -> list[dict[str, object]]:
    return [event for event in read_events(path) if event is not None]


def rewrite(path: Path, events: list[dict[str, object]]) -> None:
    path.write_bytes(b"".join(encode(event) for event in events))


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(st.characters()) | st.none(), max_size=4))
def test_a_line_reads_back_as_it_was_written(fields: dict[str, object]) -> None:
    event = {**fields, "e": "x"}
    line = encode(event)
    assert line.count(b"\n") == 1
    assert decode(line) == json.loads(json.dumps(event))


@given(st.data())
def test_any_altered_line_is_known_as_damaged(data: st.DataObject) -> None:
    line = encode({"e": "done", "n": [1, 2, 3]})
    at = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != line[at]))
    assert decode(line[:at] + bytes([byte]) + line[at + 1 :]) is None
    assert decode(line[:at]) is None


def test_lines_that_are_no_events() -> None:
    assert decode(b"") is None
    assert decode(b"\0" * 50 + b"\n") is None
    assert decode(encode({"n": 1})) is None


def test_a_journal_is_reopened_behind_its_last_whole_line(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path)
    journal.add("one")
    journal.sync()
    journal.close()
    with journal.path.open("ab") as file:
        file.write(b"0123456789abcdef {torn\0\0\0")
    again = Journal.reopen(journal.path)
    again.add("two")
    again.sync()
    again.close()
    assert [event["e"] for event in events_of(journal.path)] == ["one", "two"]


def test_sequence_numbers_go_on_after_damaged_ones(tmp_path: Path) -> None:
    (tmp_path / "run-000007.damaged").touch()
    (tmp_path / "run-12.jsonl").touch()
    (tmp_path / "notes.txt").touch()
    journal = Journal.create(tmp_path)
    journal.close()
    assert journal.run_id == "000008"
    assert journal_files(tmp_path / "absent") == []


def test_a_folder_that_cannot_hold_journals_says_so(album: Album) -> None:
    album.journals.write_text("a file")
    with pytest.raises(UserError) as error:
        album.apply(album.plan())
    assert error.value.code == "journal-unwritable"
    assert not album.out.exists()


@pytest.mark.parametrize("call", ["sync_folder", "fsync", "write"])
def test_a_record_that_cannot_be_written_keeps_every_file_where_it_is(call: str, album: Album) -> None:
    before = files_of(album.root)
    with pytest.raises(UserError) as error:
        album.apply(album.plan("move"), FaultyDisk(lacks={call: errno.EIO}))
    assert error.value.code == "journal-unwritable"
    assert str(album.journals) in error.value.message
    assert files_of(album.root) == before
    assert not album.out.exists()


def test_an_undo_whose_record_cannot_be_written_touches_nothing(album: Album) -> None:
    assert album.apply(album.plan("move")).ok
    placed = files_of(album.out)
    with pytest.raises(UserError) as error:
        album.undo(disk=FaultyDisk(lacks={"open_append": errno.EROFS}))
    assert error.value.code == "journal-unwritable"
    assert files_of(album.out) == placed


class TestAtTheNextStart:
    def start(self, album: Album):  # type: ignore[no-untyped-def]
        return recover(album.journals, JobContext())

    def interrupt(self, album: Album, action: str, share: float) -> None:
        """Kill a run after that share of its calls."""
        counting = FaultyDisk()
        twin = album.root.with_name("twin")
        twin.mkdir()
        rehearsal = Album(twin)
        for i in range(4):
            rehearsal.add(f"a/{i}.jpg", companions=[f"a/{i}.xmp"])
        rehearsal.apply(rehearsal.plan(action), counting)
        dying = FaultyDisk(int(len(counting.calls) * share))
        with pytest.raises(Killed):
            album.apply(album.plan(action), dying)
        dying.close_all()

    def test_nothing_to_do(self, album: Album) -> None:
        assert self.start(album) == ()
        album.apply(album.plan())
        assert self.start(album) == ()

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [("finished", "done"), ("cancelled", "stopped on request"), ("stopped", "stopped early")],
    )
    def test_an_interrupted_move_is_finished_or_ends_with_whole_photos(
        self, outcome: str, state: str, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next start goes on to the end, or the person stops it, or the disk is full."""
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 2)
        before = files_of(album.root)
        self.interrupt(album, "move", 0.5)
        assert history(album.journals)[0].state == "interrupted"

        def stop(event: Progress) -> None:
            if outcome == "cancelled" and event.done == 1:
                ctx.cancel()

        class FullAfterOneMore(Disk):
            def rename_new(self, src: Path, dst: Path) -> None:
                if outcome == "stopped" and len(files_of(album.out)) >= started + 2:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                super().rename_new(src, dst)

        started = len(files_of(album.out))
        assert 0 < started < 6
        ctx = JobContext(stop, max_events_per_second=1e9)
        (report,) = recover(album.journals, ctx, disk=FullAfterOneMore())
        assert report.outcome == outcome
        assert "was interrupted" in report.text
        assert "No file was lost" in report.text
        moved = len(files_of(album.out))
        assert moved == 8 if outcome == "finished" else 0 < moved < 8
        assert moved % 2 == 0, "a photo and its sidecar were torn apart"
        assert history(album.journals)[0].state == state
        assert history(album.journals)[0].files == moved
        assert self.start(album) == ()
        assert album.undo().ok
        assert files_of(album.root) == before

    @pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
    def test_an_undo_stopped_at_once_leaves_an_interrupted_run_with_whole_photos(
        self, share: float, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 2)
        before = files_of(album.root)
        self.interrupt(album, "move", share)
        undo_stopped_at_once(album.journals)
        moved = len(files_of(album.out))
        assert 0 < moved < 8
        assert moved % 2 == 0
        assert load(journal_of(album)).do.outcome == "stopped"
        assert history(album.journals)[0].state == "taking back stopped"
        assert self.start(album) == ()
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_undo_settles_an_interrupted_run_itself(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 2)
        before = files_of(album.root)
        self.interrupt(album, "move", 0.6)
        assert album.undo().ok
        assert files_of(album.root) == before
        assert self.start(album) == ()

    def test_a_run_whose_folder_is_gone_waits_for_it(self, album: Album, tmp_path: Path) -> None:
        before = files_of(album.root)
        self.interrupt(album, "move", 0.6)
        away = album.root.rename(tmp_path.parent / f"{tmp_path.name}-away")
        (report,) = self.start(album)
        assert report.outcome == "unsettled"
        assert f"{album.root} cannot be found" in report.text
        assert "--destination" not in report.text, "the group folders are there"
        assert self.start(album) == (), "said once"
        with pytest.raises(UserError) as error:
            album.undo()
        assert error.value.code == "folder-not-found"
        away.rename(album.root)
        assert self.start(album)[0].outcome == "finished"
        assert album.undo().ok
        assert files_of(album.root) == before

    @pytest.mark.parametrize("undoing", [False, True])
    def test_a_destination_that_is_gone_for_good_is_said_once_with_the_way_out(
        self, undoing: bool, album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 2)
        if undoing:
            album.apply(album.plan("move"))
            dying = FaultyDisk(70)
            with pytest.raises(Killed):
                album.undo(disk=dying)
            dying.close_all()
        else:
            self.interrupt(album, "move", 0.6)
        at_the_source = files_of(album.root)
        shutil.rmtree(album.out)
        (report,) = self.start(album)
        assert "kindred undo 000001 --destination FOLDER" in report.text
        assert self.start(album) == ()
        (tmp_path / "empty").mkdir()
        undone = undo("1", album.journals, JobContext(), destination=tmp_path / "empty")
        assert {problem.code for problem in undone.kept} == {"missing"}
        assert self.start(album) == ()
        assert [run.state for run in history(album.journals)] == ["taken back in part"]
        assert files_of(album.root) == at_the_source

    def test_an_empty_mount_point_is_not_taken_for_its_disk(self, album: Album) -> None:
        self.interrupt(album, "copy", 0.6)
        path = journal_of(album)
        events = events_of(path)
        events[0]["same_disk"] = False  # as if the destination had been a disk of its own
        rewrite(path, events)
        assert self.start(album)[0].outcome == "unsettled"
        assert Places.find(load(path)) is None

    def test_a_photo_that_vanished_meanwhile_is_named(self, album: Album) -> None:
        self.interrupt(album, "copy", 0.3)
        (album.root / "a/2.jpg").unlink()
        (report,) = self.start(album)
        assert {problem.path.name: problem.code for problem in report.problems} == {
            "2.jpg": "missing",
            "2.xmp": "with-its-photo",
        }
        assert "2 files were left alone" in report.text

    def test_a_run_that_had_touched_nothing_leaves_no_trace(self, album: Album) -> None:
        self.interrupt(album, "copy", 0.03)
        assert self.start(album)[0].text == "A run was interrupted before it had touched anything."
        assert history(album.journals) == ()

    def test_a_record_without_a_beginning_is_set_aside_once(self, album: Album) -> None:
        self.interrupt(album, "copy", 0.6)
        path = journal_of(album)
        path.write_bytes(b"x" + path.read_bytes())
        before = files_of(album.root)
        (report,) = self.start(album)
        assert "damaged" in report.text
        assert self.start(album) == ()
        assert files_of(album.root) == before
        assert path.with_suffix(".damaged").exists()

    def test_a_record_of_a_newer_version_is_left_to_it(self, album: Album) -> None:
        self.interrupt(album, "copy", 0.6)
        path = journal_of(album)
        events = events_of(path)
        events[0]["version"] = 99
        rewrite(path, events)
        content = path.read_bytes()
        (report,) = self.start(album)
        assert report.outcome == "unsettled"
        assert "newer version" in report.text
        assert path.read_bytes() == content
        assert history(album.journals)[0].undone
        with pytest.raises(UserError) as error:
            album.undo(history(album.journals)[0].id)
        assert error.value.code == "record-damaged"

    def test_an_interrupted_undo_goes_on(self, album: Album) -> None:
        before = files_of(album.root)
        album.apply(album.plan("move"))
        dying = FaultyDisk(60)
        with pytest.raises(Killed):
            album.undo(disk=dying)
        dying.close_all()
        (report,) = self.start(album)
        assert report.undoing
        assert "Taking back run 000001 was interrupted" in report.text
        assert files_of(album.root) == before

    def test_random_damage_never_costs_a_file(self, album: Album) -> None:
        draw = random.Random(11)
        self.interrupt(album, "move", 0.7)
        path = journal_of(album)
        content = path.read_bytes()
        everything = sorted(state[0] for state in [*files_of(album.root).values(), *files_of(album.out).values()])
        for _ in range(60):
            damaged = bytearray(content)
            for _ in range(draw.randint(1, 5)):
                damaged[draw.randrange(len(damaged))] = draw.randrange(256)
            path.write_bytes(damaged[: draw.randrange(len(damaged))] if draw.random() < 0.3 else damaged)
            history(album.journals)
            self.start(album)
            now = sorted(state[0] for state in [*files_of(album.root).values(), *files_of(album.out).values()])
            assert now == everything
            for leftover in album.journals.glob("*.damaged"):
                leftover.unlink()


class TestHistoryOfStrangeFiles:
    @pytest.mark.parametrize("content", [b"", b"\n", b"garbage\n", encode({"e": "run"}), encode({"e": "end"})])
    def test_a_damaged_journal_is_listed_as_such(self, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "run-000001.jsonl").write_bytes(content)
        (info,) = history(tmp_path)
        assert info.state == "its record is damaged"
        assert info.undone
        first_and_last(tmp_path / "run-000001.jsonl")


class TestLocate:
    def test_a_folder_under_its_own_or_a_new_name(self, tmp_path: Path) -> None:
        folder = tmp_path / "a" / "b" / "c"
        folder.mkdir(parents=True)
        chain = inode_chain(folder)
        assert locate(folder, chain) == folder
        (tmp_path / "a").rename(tmp_path / "z")
        assert locate(folder, chain) == tmp_path / "z" / "b" / "c"
        assert locate(folder, []) is None
        (tmp_path / "z" / "b" / "c").rmdir()
        assert locate(folder, chain) is None

    def test_unknown_inodes_find_nothing(self, tmp_path: Path) -> None:
        folder = tmp_path / "a"
        folder.mkdir()
        chain = inode_chain(folder)
        folder.rename(tmp_path / "b")
        assert locate(folder, [*chain[:-1], 0]) is None
        assert locate(Path("/nowhere/at/all"), inode_chain(Path("/nowhere/at/all"))) is None


def test_the_history_of_a_version_that_did_not_count_what_was_thrown_away_is_read(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.add("a.jpg")
    album.apply(album.plan("move"))
    assert album.undo().ok
    (journal,) = album.journals.glob("*.jsonl")
    events = [event for event in read_events(journal) if event is not None]
    events[-1].pop("gone")
    journal.write_bytes(b"".join(map(encode, events)))
    (run,) = history(album.journals)
    assert (run.state, run.undone) == ("taken back", True)
