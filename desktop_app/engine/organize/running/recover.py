"""At the start of the program: finish what was interrupted, and say what was done.

`undo` uses `settle_run` as well: a run must be in order before it is taken back.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions.registry import ACTIONS, KEYWORDS, takes_source, words
from desktop_app.engine.organize.context import Outcome, RunContext, State, Tally
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.journal.history import is_open
from desktop_app.engine.organize.journal.journal import Journal, locked
from desktop_app.engine.organize.journal.lines import journal_files, run_id
from desktop_app.engine.organize.journal.places import Places, missing
from desktop_app.engine.organize.journal.record import Record, load
from desktop_app.engine.organize.problems import describe
from desktop_app.engine.organize.reports import RecoveryReport
from desktop_app.engine.organize.running import ending, items
from desktop_app.engine.organize.running.reverse import reverse_run
from desktop_app.engine.organize.running.transfer import Transfer, Unit
from desktop_app.engine.organize.steps import units
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)

_SO_FAR = {
    (True, True): tr_noop("Taking back run {run} was interrupted and is finished now: {files}."),
    (True, False): tr_noop("Taking back run {run} was interrupted and is not finished: {files}."),
    (False, True): tr_noop("Run {run} to {folder} was interrupted and is finished now: {files}."),
    (False, False): tr_noop("Run {run} to {folder} was interrupted and is not finished: {files}."),
}
"""By whether the run was being taken back, and whether that is done."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a run of some kind is put in order and taken back.

    Attributes:
        settle: as `settle_run`.
        reverse: as `reverse.reverse_run`.
    """

    settle: Callable[..., Tally]
    reverse: Callable[..., Tally]


NO_OTHERS: Mapping[str, Way] = MappingProxyType({})


def way_of(record: Record, others: Mapping[str, Way]) -> Way:
    """How a known run is handled."""
    return others.get(record.action) or Way(settle_run, reverse_run)


def is_known(record: Record, others: Mapping[str, Way]) -> bool:
    """Whether this version knows what a run did; its header must be whole."""
    return record.action in ACTIONS or record.action in others


def recover(
    journal_dir: Path, ctx: JobContext, *, disk: Disk = DISK, others: Mapping[str, Way] = NO_OTHERS
) -> tuple[RecoveryReport, ...]:
    """Put runs in order that were interrupted: by a crash, a power cut, or a disk that went away.

    A run goes on to its end, as does an undo. A run whose disk is not connected waits for the next start.

    Args:
        journal_dir: where the records are.
        ctx: progress and cancel; a run that is cancelled here ends where it is and can be undone.
        disk: the file system.
        others: how runs are handled that do not organize, by their action.

    Returns:
        One report for each such run, oldest first, without those that wait for a folder and have said so already;
        empty, too, while another program is at work.

    Raises:
        UserError: ``journal-unwritable``.
    """
    # Without the lock first: nearly every start finds nothing, and must not wait for a run of another window.
    if not _interrupted(journal_dir):
        return ()
    try:
        with locked(journal_dir):
            # And once more with it: until now, a run that another window was at looked interrupted.
            reports = [_each(path, ctx, disk, others) for path in _interrupted(journal_dir)]
            return tuple(report for report in reports if report is not None)
    except UserError as error:
        if error.code == "another-run":
            return ()
        raise


def _interrupted(journal_dir: Path) -> list[Path]:
    found = []
    for _, path in journal_files(journal_dir):
        # History tells of a record that cannot be read; the program must start all the same.
        with contextlib.suppress(OSError):
            if is_open(path):
                found.append(path)
    return found


def _each(path: Path, ctx: JobContext, disk: Disk, others: Mapping[str, Way]) -> RecoveryReport | None:
    """One run; a disk that fails keeps no other run waiting. None where there is nothing new to say."""
    try:
        report = _recover(path, ctx, disk, others)
    except OSError as error:
        run, problem = run_id(path), describe(error, path)
        text = tr(
            "Run {run} was interrupted and waits for the next start of Kindred: {reason}.",
            run=run,
            reason=problem.message,
        )
        report = RecoveryReport(run, "", False, "unsettled", (), (problem,), text)
    if report is None:
        return None
    _log.info(
        "interrupted %s %s: %s %s, %d files now, %d left alone",
        "undo of run" if report.undoing else "run",
        report.run_id,
        report.action,
        report.outcome,
        len(report.done),
        len(report.problems),
    )
    return report


def _recover(path: Path, ctx: JobContext, disk: Disk, others: Mapping[str, Way]) -> RecoveryReport | None:
    record = load(path)
    # Before its folders are looked for: what this version cannot read, or what touched nothing, asks for none.
    if record.newer or not record.touched or not record.header or not is_known(record, others):
        return _set_aside(record, disk, others)
    way = way_of(record, others)
    undoing = record.undo.started
    places = Places.find(record, source_again=undoing and takes_source(record.action))
    if places is None:
        return None if record.told else _waits(record, undoing, disk)
    before = len(record.remaining())
    if undoing:
        journal = Journal.reopen(path, disk)
        try:
            tally = way.reverse(record, places, journal, ctx, disk)
        finally:
            journal.close()
    else:
        # Of a damaged record only what was under way is seen to: a photo's lost line could tear its unit apart.
        tally = way.settle(record, places, ctx, disk, finish=record.damaged <= 1)
    return _report(record, undoing, tally, _text(record, undoing, tally, before))


def _waits(record: Record, undoing: bool, disk: Disk) -> RecoveryReport:
    """Say that a run waits for a folder, and remember that it was said: the folder may be gone for good."""
    journal = Journal.reopen(record.path, disk)
    try:
        journal.add("waiting")
        journal.sync()
    finally:
        journal.close()
    run = record.run_id
    text = tr(
        "Run {run} was interrupted and waits: {reason}."
        " Connect its disk, or give the folder the name and place it had; every start of Kindred looks again.",
        run=run,
        reason=missing(record),
    )
    if not record.destination.is_dir():
        elsewhere = tr(
            "If the group folders are elsewhere, or gone for good: kindred undo {run} --destination FOLDER.", run=run
        )
        text = f"{text} {elsewhere}"
    return _report(record, undoing, Tally(outcome="unsettled"), text)


def settle_run(record: Record, places: Places, ctx: JobContext, disk: Disk, *, finish: bool) -> Tally:
    """Bring an interrupted run to an end: whole, or with the photos that were under way only."""
    journal = Journal.reopen(record.path, disk)
    try:
        return _settle_run(record, places, RunContext(disk, journal, ctx, "do"), finish=finish)
    finally:
        journal.close()


def _settle_run(record: Record, places: Places, run: RunContext, *, finish: bool) -> Tally:
    action = ACTIONS[record.action]
    under_way: list[Unit] = []
    rest: list[Unit] = []
    for numbered in units((n, step) for n, step in record.steps.items() if n not in record.do.done):
        unit = [items.forward(n, places.today(step), record.token) for n, step in numbered]
        try:
            items.settle(run, action, unit, record.do)
        except OSError:
            # The others are settled all the same, since that only clears up; carried on is none of them then.
            run.tally.outcome = "unsettled"
            continue
        placed = any(item.state is State.PLACED for item in unit)
        (under_way if placed else rest).append(unit)
    blocked = run.tally.outcome == "unsettled"
    anchors = [places.root, places.destination]
    total = len(under_way) + len(rest)
    transfer = Transfer(run, action, places.destination, anchors, places.mounts, tr(action.words.doing), total)
    if not blocked:
        # Photos of which a part is at its destination come first, and alone: until all of them are whole, the run is
        # not allowed to end, neither by a cancel nor by a full disk.
        transfer.run(under_way)
        if run.tally.outcome != "finished":
            run.tally.outcome = "unsettled"
        elif finish:
            transfer.run(rest)
        elif rest:
            run.tally.outcome = "stopped"
    folders = {places.target(folder): inode for folder, inode in record.folders.items()}
    done = {*record.do.done, *run.tally.done}
    photos = {record.steps[n].photo_id for n in done if n in record.steps}
    ending.finish(run, folders | transfer.made, files=len(done - record.since), photos=len(photos))
    return run.tally


def _set_aside(record: Record, disk: Disk, others: Mapping[str, Way]) -> RecoveryReport:
    """A journal that has nothing to settle, or that cannot be read: it must not be met again at every start."""
    outcome: Outcome = "finished"
    if record.newer or (record.header and not is_known(record, others)):
        outcome = "unsettled"
        text = tr(
            "Run {run} of a newer version of Kindred was interrupted. Start that version to finish it.",
            run=record.run_id,
        )
    elif not record.touched and record.damaged <= 1:  # its own last line may be torn
        text = tr("A run was interrupted before it had touched anything.")
        disk.unlink(record.path)
    else:
        text = tr("The record of run {run} is damaged and was set aside. No file was touched.", run=record.run_id)
        # Renamed, not removed: it stays to be looked at, and its number is not given to another run.
        record.path.rename(record.path.with_suffix(".damaged"))
    return RecoveryReport(record.run_id, "", False, outcome, (), (), text)


def _report(record: Record, undoing: bool, tally: Tally, text: str) -> RecoveryReport:
    problems = tuple(tally.skipped + tally.failed)
    return RecoveryReport(
        record.run_id, record.action, undoing, tally.outcome, tuple(tally.done.values()), problems, text
    )


def _text(record: Record, undoing: bool, tally: Tally, before: int) -> str:
    said, n = words(record.action), len(tally.done)
    if undoing:
        files = tr("%n more files {undone}", "", n, one="%n more file {undone}", undone=tr(said.undone))
    else:
        files = tr("%n files {done}", "", before + n, one="%n file {done}", done=tr(said.done))
    whole, folder = tally.outcome == "finished", display_path(record.destination)
    sentences = [tr(_SO_FAR[undoing, whole], run=record.run_id, folder=folder, files=files)]
    left = len(tally.skipped) + len(tally.failed)
    if left:
        sentences.append(tr("%n files were left alone.", "", left, one="%n file was left alone."))
    if tally.outcome == "unsettled":
        sentences.append(tr("The next start of Kindred looks again."))
    if record.action == KEYWORDS and tally.outcome == "stopped":
        sentences.append(tr("Write the keywords again for the rest."))
    return " ".join([*sentences, tr("No file was lost.")])
