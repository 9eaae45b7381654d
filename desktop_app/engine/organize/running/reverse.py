"""Play a run backwards, newest file first: what `undo` and `recover` have in common.

How one file goes back is its action's business; which run is meant, and whether it may be touched, the callers'.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import ACTIONS, undo_of
from desktop_app.engine.organize.context import Item, RunContext, State, Tally
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.lines import journal_files
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Record, load
from desktop_app.engine.organize.running import ending, items
from desktop_app.engine.organize.running.beside import Beside
from desktop_app.engine.organize.running.follow import Follower
from desktop_app.engine.organize.running.transfer import Transfer, Unit
from desktop_app.engine.organize.steps import units
from desktop_app.engine.types import Problem
from desktop_app.engine.wording import display_path


def reverse_run(record: Record, places: Places, journal: Journal, ctx: JobContext, disk: Disk) -> Tally:
    """Take back what is left of a run, also after an undo that was interrupted.

    Args:
        record: the run; settled.
        places: where its folders are.
        journal: the run's journal, open.
        ctx: progress and cancel.
        disk: the file system.
    """
    action = undo_of(ACTIONS[record.action])
    run = RunContext(disk, journal, ctx, "undo")
    remaining = record.remaining()
    pairs = [(n, record.steps[n]) for n in remaining]
    found: list[Unit] = []
    todo: list[Unit] = []
    gone: list[Item] = []
    follower = Follower(run, record, places)
    later: dict[Path, str] | None = None
    for numbered in reversed(units(pairs)):
        unit = [items.backward(n, places.today(step), remaining[n], record) for n, step in numbered]
        for item in unit:
            if _is_missing(run, item.src):
                later = moved_on(record) if later is None else later
                # What a later run moved on returns with that one: its record would not find it any more.
                if item.step.dst not in later:
                    follower.follow(item)
        try:
            # Looked at anew, each of them: an undo that was cut off or cancelled may have left it on its way.
            items.settle(run, action, unit, record.undo)
        except OSError:
            # What the disk does not tell about now keeps the whole undo open, so that the next start asks again.
            run.tally.outcome = "unsettled"
            continue
        found.append(unit)
    # Goes to the disk with the first batch's "begin": before that, nothing says that the run is being taken back, and
    # nothing has been. Before what is found beside the photos, which is part of the undo.
    journal.add("start", p="undo")
    # Not while some cannot be told about: what is theirs would be taken for new.
    settled = run.tally.outcome == "finished"
    staying = Beside(run, record, places, found).take_along() if settled else set()
    for unit in found:
        # A file that the person threw away since is no reason to keep its companions from returning.
        missing = [item for item in unit if item.state is not State.PLACED and _is_missing(run, item.src)]
        gone += missing
        present = [item for item in unit if item not in missing]
        if present and id(unit) not in staying:
            todo.append(present)
    built_on, lost = _name_missing(run, gone, later or {}, record)
    away = _taken_away(run, [item for item in gone if item.step.dst not in (later or {})], places)
    anchors = [places.root, places.destination]
    gone_source = not places.root.is_dir()
    transfer = Transfer(run, action, places.destination, anchors, places.mounts, tr("Taking back"), len(todo))
    transfer.run(todo)
    # A later run that is taken back afterwards brings its files to these folders: removed now, they would be made again
    # then, and nobody would know them as ours any more.
    whole = run.tally.outcome == "finished" and not built_on
    folders = _of_the_run(record, places, follower, away) if whole else {}
    if gone_source and run.tally.done:
        note = tr("{folder} was gone and was made again", folder=display_path(places.root))
        run.tally.notes[note] = len(run.tally.done)
    run.tally.notes |= _told(away)
    new = record.since & run.tally.done.keys()
    if new:
        run.tally.notes[tr("With them came what was written beside them since")] = len(new)
    kept = len(remaining.keys() - run.tally.done.keys() - record.since)
    done = {record.steps[n].photo_id for n in record.do.done if n in record.steps}
    ending.finish(run, folders, files=len(record.placed), photos=len(done), kept=kept, gone=lost)
    return run.tally


def _of_the_run(record: Record, places: Places, follower: Follower, away: Counter[Path]) -> dict[Path, int]:
    """The folders that the run made, with their inode numbers, but for those to which one ``away`` can return."""
    folders = {places.target(folder): inode for folder, inode in record.folders.items()} | follower.folders
    return {one: inode for one, inode in folders.items() if not any(gone.is_relative_to(one) for gone in away)}


def _name_missing(run: RunContext, gone: list[Item], later: Mapping[Path, str], record: Record) -> tuple[bool, int]:
    """Name the files that are not where the run had put them.

    Returns:
        Whether a later run moved some of them on, and how many are nowhere.
    """
    lost = 0
    for item in gone:
        by = later.get(item.step.dst)
        if by:
            message = tr("run {run} moved it on; take that back first", run=by)
        elif _is_missing(run, item.src.parent):
            message = tr(
                "its folder is not there any more; bring that back and undo run {run} again", run=record.run_id
            )
        else:
            message = tr("it is not there any more")
            lost += item.n not in record.since
        run.tally.skipped.append(Problem(item.src, "organize", "moved-on" if by else "missing", message))
    return any(item.step.dst in later for item in gone), lost


def _taken_away(run: RunContext, gone: list[Item], places: Places) -> Counter[Path]:
    """The folders that went with files in them, and how many of the run's files each had."""
    found: Counter[Path] = Counter()
    for item in gone:
        folder = item.src.parent
        if _is_missing(run, folder):
            while folder != places.destination and _is_missing(run, folder.parent):
                folder = folder.parent
            found[folder] += 1
    return found


def _told(away: Counter[Path]) -> dict[str, int]:
    """What to do about folders that went, with the number of files that it is about."""
    if not away:
        return {}
    (first, _), *others = away.most_common()
    if others:
        text = tr(
            "{folder} and %n more folders are not there any more; to take their files back, too, put them there again"
            " and undo once more",
            "",
            len(others),
            one="{folder} and %n more folder are not there any more; to take their files back, too, put them there"
            " again and undo once more",
            folder=display_path(first),
        )
    else:
        text = tr(
            "{folder} is not there any more; to take its files back, too, put it there again and undo once more",
            folder=display_path(first),
        )
    return {text: away.total()}


def moved_on(record: Record) -> dict[Path, str]:
    """Files that runs later than this one have moved on, with the run to take back first."""
    found = {}
    for number, path in journal_files(record.path.parent):
        if number > int(record.run_id):
            with contextlib.suppress(OSError):  # a record that cannot be read now must not keep another run from ending
                later = load(path)
                if later.header and later.action in ACTIONS and ACTIONS[later.action].takes_source:
                    found.update({later.steps[n].src: later.run_id for n in later.remaining()})
    return found


def _is_missing(run: RunContext, path: Path) -> bool:
    try:
        return run.stat(path) is None
    except OSError:
        return False  # the transfer meets the same error, and names it
