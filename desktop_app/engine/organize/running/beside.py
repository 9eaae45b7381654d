"""What other programs wrote beside organized photos since: sidecars made anew, or written anew in place of the old.

They belong to their photo by the same rules as when the folder was read, and go back with it, so that nothing of theirs
is lost. Where an undo removes instead of moving back, they are nobody's to remove, and their photo's unit stays as it
is.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from desktop_app.engine.folder import not_ours
from desktop_app.engine.folder.companions import pair_names
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.context import Item, RunContext, State, same_time
from desktop_app.engine.organize.disk.names import name_after
from desktop_app.engine.organize.journal.lines import journal_files
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Mark, Record, load, read_event
from desktop_app.engine.organize.problems import describe
from desktop_app.engine.organize.running import items
from desktop_app.engine.organize.running.transfer import Unit
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Problem


class Beside:
    """Looks at the folders where the photos of a run stand now, each listed once.

    Args:
        run: the undo under way.
        record: the run; what is found is put into it, as into its journal.
        places: where its folders are.
        units: all that is on its way back, settled; changed in place.
    """

    def __init__(self, run: RunContext, record: Record, places: Places, units: Iterable[Unit]) -> None:
        self._run = run
        self._record = record
        self._places = places
        self._photos = record.photos
        self._files: dict[int, list[Step]] = {}
        for step in record.steps.values():
            self._files.setdefault(step.photo_id, []).append(step)
        self._takes_back = ACTIONS[record.action].takes_source
        self._units: dict[Path, list[Unit]] = {}
        for unit in units:
            there = [item for item in unit if item.state is State.PLACED or _is_there(run, item.src)]
            # In all folders it is in: a person may have moved a photo without its sidecars. Of a unit that is nowhere,
            # nothing that stands around is a reason to look for more.
            for folder in {item.src.parent: None for item in there}:
                self._units.setdefault(folder, []).append(unit)

    def take_along(self) -> set[int]:
        """Bring all units up to what stands on the disk now. Returns the ids of those that must stay; each is named."""
        staying: set[int] = set()
        for folder, units in self._units.items():
            self._run.ctx.check()
            try:
                found = self._new_names(self._listed(folder), folder, units)
            except OSError as error:
                # Unseen, a sidecar would be left behind by its photo, and nobody would ever find it again.
                for unit in units:
                    self._stay(unit, error)
                staying.update(map(id, units))
                continue
            for unit in units:
                try:
                    goes = self._bring_up(unit, folder, found.get(id(unit), []))
                except OSError as error:
                    self._stay(unit, error)
                    goes = False
                if not goes:
                    staying.add(id(unit))
        return staying

    def _listed(self, folder: Path) -> list[str]:
        try:
            return self._run.disk.names(folder)
        except (FileNotFoundError, NotADirectoryError):
            return []  # somebody removed it once a crash had left it empty

    def _new_names(self, listed: list[str], folder: Path, units: list[Unit]) -> dict[int, list[str]]:
        """Names in a folder that the rules give to one of its units and that are not the run's, by the unit's id."""
        unfinished = not_ours.being_written(listed)
        standing = {name for name in listed if not name.startswith(".") and name not in unfinished}
        standing = {name for name in standing if not_ours.file_of_another_program(name) is None}
        own: dict[int, list[str]] = {}
        owner: dict[str, int] = {}
        photos: set[str] = set()
        for unit in units:
            of_photo = list(self._names_of_photo(unit, standing))
            photos.update(of_photo)
            own[id(unit)] = [*of_photo, *(item.src.name for item in unit if item.src.parent == folder and _holds(item))]
            owner.update(dict.fromkeys(own[id(unit)], id(unit)))
        found: dict[int, list[str]] = {}
        for host, members in pair_names(standing | owner.keys(), photos).units.items():
            together = [host, *members]
            candidates = list(dict.fromkeys(owner[name] for name in together if name in owner))
            for name in together if candidates else ():
                if name not in owner:
                    fitting = (unit for unit in candidates if _belongs(name, own[unit], photos))
                    found.setdefault(next(fitting, candidates[0]), []).append(name)
        return found

    def _bring_up(self, unit: Unit, folder: Path, names: list[str]) -> bool:
        """Make a unit what it is now. Returns whether it can go back."""
        new = [(folder / name, state) for name in names if (state := self._made_since(folder / name, unit)) is not None]
        if not self._takes_back:
            return self._may_be_removed(unit, [path for path, _ in new])
        photo = self._photo(unit)
        if photo is not None and not _is_there(self._run, photo.src) and _is_there(self._run, folder / photo.src.name):
            # Saved as a new file, in a folder that has another name now: it is not lost, and its unit stays with it.
            photo.src = folder / photo.src.name
        for item in list(unit):
            if item.state is State.WAITING and item is not photo:
                self._as_it_is_now(unit, item)
        for path, state in new:
            self._add(unit, path, state)
        return True

    def _may_be_removed(self, unit: Unit, new: list[Path]) -> bool:
        message = tr("it was made beside it since; move it away and undo run {run} again", run=self._record.run_id)
        self._run.tally.skipped += [Problem(path, "organize", "made-since", message) for path in new]
        # What a crash left of a unit goes all the same: the rest of it has gone already.
        if not new or any(item.state is State.PLACED for item in unit):
            return True
        message = tr("it stays with {name}, which was made beside it since", name=repr(new[0].name))
        self._run.tally.skipped += [Problem(item.src, "organize", "with-its-photo", message) for item in unit]
        return False

    def _as_it_is_now(self, unit: Unit, item: Item) -> None:
        """A companion goes back with whatever another program has made of it."""
        assert item.mark is not None  # every file on its way back has one
        found = self._run.stat(item.src)
        if found is None or not stat.S_ISREG(found.st_mode):
            return  # the transfer says so
        if found.st_size != item.size or not same_time(found.st_mtime_ns, item.mtime_ns):
            unit[unit.index(item)] = self._found(item.n, item.step.photo_id, item.src, item.dst, found)
        elif (found.st_ino, found.st_ctime_ns) != (item.mark.inode, item.mark.ctime_ns):
            item.mark, item.content = item.mark._replace(content=""), ""

    def _add(self, unit: Unit, path: Path, state: os.stat_result) -> None:
        planned = self._places.today(self._record.steps[self._photos[unit[0].step.photo_id]])
        of_photo = [(name, planned.src.name) for name in self._names_of_photo(unit, set())]
        # Those that are back already, too: a person may have taken the RAW file back by hand, and left its sidecar.
        recorded = [(step.dst.name, step.src.name) for step in self._files[planned.photo_id]]
        others = [(item.src.name, item.dst.name) for item in unit] + recorded
        back = planned.src.with_name(name_after(path.name, [*of_photo, *others]))
        # Written as a new file, in a folder that has another name now: it is the one that is missed.
        missed = (item for item in unit if item.dst == back and not _is_there(self._run, item.src))
        old = next((item for item in missed if item.state is State.WAITING), None)
        n = self._record.next_number if old is None else old.n
        new = self._found(n, planned.photo_id, path, back, state)
        if old is None:
            unit.append(new)
        else:
            unit[unit.index(old)] = new

    def _found(self, n: int, photo_id: int, path: Path, back: Path, state: os.stat_result) -> Item:
        """Put on record what stands there now: after a crash it is known by that, as all that the run had placed."""
        event = {
            "n": n,
            "photo": photo_id,
            "src": str(self._places.recorded_source(back)),
            "dst": str(self._places.recorded_target(path)),
            "file": [state.st_size, state.st_mtime_ns, ""],
            "mark": Mark(state.st_ino, state.st_ctime_ns, state.st_mtime_ns, ""),
        }
        self._run.journal.add("found", **event)
        read_event(self._record, {"e": "found", **event})
        item = items.backward(n, self._places.today(self._record.steps[n]), self._record.do.done[n], self._record)
        item.src, item.dst = path, back
        return item

    def _made_since(self, path: Path, unit: Unit) -> os.stat_result | None:
        """The state of a file that came here, or was written, after the run had placed the unit; None of any other."""
        found = self._run.stat(path)
        if found is None or not stat.S_ISREG(found.st_mode) or path in self._of_other_runs:
            return None
        # By the disk's own clock: what stood there before is the person's, and stays.
        placed = min(item.mark.ctime_ns for item in unit if item.mark is not None)
        return found if found.st_ctime_ns >= placed else None

    def _photo(self, unit: Unit) -> Item | None:
        """The photo itself, while it is still to go back."""
        number = self._photos[unit[0].step.photo_id]
        return next((item for item in unit if item.n == number and item.state is State.WAITING), None)

    def _names_of_photo(self, unit: Unit, standing: set[str]) -> Iterator[str]:
        """The name a photo has now, and the one that the run gave it, unless that is another's by now.

        A sidecar may be older than the photo's last name, or be all that is still there.
        """
        photo = self._photo(unit)
        if photo is not None:
            yield photo.src.name
        planned = self._record.steps[self._photos[unit[0].step.photo_id]].dst.name
        if planned not in standing:
            yield planned

    def _stay(self, unit: Unit, error: OSError) -> None:
        self._run.tally.failed += [describe(error, item.src) for item in unit if item.state is State.WAITING]

    @cached_property
    def _of_other_runs(self) -> set[Path]:
        """Files that go back with other runs, whose records would not find them any more."""
        found: set[Path] = set()
        for number, path in journal_files(self._record.path.parent):
            if number != int(self._record.run_id):
                with contextlib.suppress(OSError):  # a record that cannot be read must not keep this one from ending
                    other = load(path)
                    places = Places.find(other) if other.header else None
                    steps = [other.steps[n] for n in other.remaining()]
                    found.update(step.dst if places is None else places.target(step.dst) for step in steps)
        return found


def _belongs(name: str, own: list[str], photos: set[str]) -> bool:
    """Whether a file belongs to this unit, where the names of a folder make one of several."""
    units = pair_names([*own, name], photos.intersection(own)).units
    return any(name in (host, *members) and members for host, members in units.items())


def _holds(item: Item) -> bool:
    """Whether its old name is still its own: beside a copy that is back, the first file is removed last."""
    return item.state is State.WAITING or item.ready is not None


def _is_there(run: RunContext, path: Path) -> bool:
    try:
        return run.stat(path) is not None
    except OSError:
        return True  # the transfer meets the same error, and names it
