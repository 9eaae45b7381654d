"""Take a run back: files that were moved return, copies and links go. What the person changed since stays as it is.

Here a run is chosen and made ready for it; `reverse` then plays it backwards.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from pathlib import Path

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import noun, takes_source
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.journal.history import history, in_order_to_undo, next_to_undo
from desktop_app.engine.organize.journal.journal import Journal, locked
from desktop_app.engine.organize.journal.lines import file_name, journal_files, run_id
from desktop_app.engine.organize.journal.places import Places, missing
from desktop_app.engine.organize.journal.record import Record, load
from desktop_app.engine.organize.problems import disk_errors_named
from desktop_app.engine.organize.reports import RunCancelled, UndoReport
from desktop_app.engine.organize.running.recover import NO_OTHERS, Way, is_known, way_of
from desktop_app.engine.wording import display_path, moment

_log = logging.getLogger(__name__)


@disk_errors_named()
def undo(
    chosen: str | None,
    journal_dir: Path,
    ctx: JobContext,
    *,
    destination: Path | None = None,
    disk: Disk = DISK,
    others: Mapping[str, Way] = NO_OTHERS,
) -> UndoReport:
    """Take back a run, whole or as far as it came. A photo and its companions return together or not at all.

    Args:
        chosen: number of the run; None for `history.next_to_undo`. Any may be chosen; files that a later run has moved
            on are named.
        journal_dir: where the records are.
        ctx: progress and cancel; a cancelled undo can be called again and goes on.
        destination: the folder that holds the group folders now, where it cannot be found by itself.
        disk: the file system.
        others: how runs are handled that do not organize, by their action.

    Raises:
        UsageError: ``unknown-run``, ``folder-missing``.
        UserError: ``nothing-to-undo``, ``folder-not-found``, ``record-damaged``, ``another-run``,
            ``journal-unwritable``, ``disk-error``.
        RunCancelled: the person stopped; its report says what was done.
    """
    started = time.perf_counter()
    with locked(journal_dir):
        path = _choose(chosen, journal_dir)
        record = _readable(path, others)
        way = way_of(record, others)
        if not record.do.open and not record.remaining():
            raise _nothing_left(record)
        places = _places(record, destination)
        if places is None:
            raise _folder_not_found(record, destination, "" if chosen else _next_that_can(record))
        if record.do.open:
            # Photos that were under way are made whole, and no more: the person wants the run back, not its rest done.
            way.settle(record, places, ctx, disk, finish=False)
            # Read anew: what was found on the disk is on record only now.
            record = _readable(path, others)
        if record.do.open:
            raise UserError(
                "not-settled",
                tr(
                    "Run {run} was interrupted and cannot be put in order now, because the disk reports errors.",
                    run=record.run_id,
                ),
                tr("Check the disk and start Kindred again."),
            )
        if not record.remaining():
            raise _nothing_left(record)
        _log.info("undo of run %s: %s of %d files", record.run_id, record.action, len(record.remaining()))
        _log.debug("undo of run %s: from %s to %s", record.run_id, places.destination, places.root)
        journal = Journal.reopen(path, disk)
        try:
            tally = way.reverse(record, places, journal, ctx, disk)
        finally:
            journal.close()
    report = UndoReport(
        record.run_id,
        record.action,
        tally.outcome,
        tuple(tally.done.values()),
        tuple(tally.skipped + tally.failed),
        time.perf_counter() - started,
        tally.note_lines,
    )
    _log.info(
        "undo of run %s: %s %s, %d photos, %d files, %d kept, %.1f s",
        report.run_id,
        report.action,
        report.outcome,
        report.photos,
        len(report.restored),
        len(report.kept),
        report.seconds,
    )
    if tally.outcome == "cancelled":
        raise RunCancelled(report)
    return report


def _choose(chosen: str | None, journal_dir: Path) -> Path:
    if chosen is None:
        run = next_to_undo(history(journal_dir))
        if run is None:
            raise UserError("nothing-to-undo", tr("There is no run to take back."))
        return journal_dir / file_name(run.sequence)
    for number, path in journal_files(journal_dir):
        if chosen.isdecimal() and int(chosen) == number:
            return path
    text = tr("There is no run {run}.", run=repr(chosen))
    raise UsageError("unknown-run", text, tr("`kindred undo --list` shows all runs."))


def _readable(path: Path, others: Mapping[str, Way]) -> Record:
    try:
        record = load(path)
    except OSError as error:
        message = tr("The record of run {run} cannot be read: {reason}.", run=run_id(path), reason=error.strerror)
        raise UserError("record-damaged", message, tr("Allow reading it, or check its disk.")) from error
    if not record.header or not is_known(record, others):
        raise UserError(
            "record-damaged",
            tr("The record of run {run} is damaged, or from a newer version of Kindred.", run=record.run_id),
            tr("Its files stay where they are."),
        )
    return record


def _nothing_left(record: Record) -> UserError:
    return UserError("nothing-to-undo", tr("Run {run} has nothing left to take back.", run=record.run_id))


def _places(record: Record, destination: Path | None) -> Places | None:
    if destination is not None and not destination.is_dir():
        text = tr("There is no folder {folder}.", folder=display_path(destination))
        raise UsageError("folder-missing", text, tr("Check the name."))
    given = destination.absolute() if destination is not None else None
    return Places.find(record, given, source_again=_source_again(record))


def _source_again(record: Record) -> bool:
    """Whether the source folder may be made again: what was moved is all at the destination."""
    return takes_source(record.action) and not record.do.open


def _folder_not_found(record: Record, destination: Path | None, instead: str) -> UserError:
    if destination is None and not record.destination.is_dir():
        hint = tr(
            "Connect its disk, or put the folder back where it was. Are the group folders elsewhere:"
            " kindred undo {run} --destination FOLDER.",
            run=record.run_id,
        )
    else:
        hint = tr("Connect its disk, or give the folder the name and place that it had.")
    text = tr(
        "Run {run} ({action} of {photos}, {when}) cannot be taken back now: {reason}.",
        run=record.run_id,
        action=noun(record.action),
        photos=_photos(len({record.steps[n].photo_id for n in record.placed})),
        when=moment(record.header["started"][:16]),
        reason=missing(record, source_again=_source_again(record)),
    )
    untouched = tr("Nothing was touched.")
    return UserError("folder-not-found", text, " ".join(filter(None, [hint, instead, untouched])))


def _photos(n: int) -> str:
    return tr("%n photos", "", n, one="%n photo")


def _next_that_can(record: Record) -> str:
    """Which run could be taken back in place of this one, which nobody named; never done without being asked."""
    for run in in_order_to_undo(history(record.path.parent)):
        other = load(record.path.with_name(file_name(run.sequence)))
        if other.path != record.path and other.remaining() and _places(other, None) is not None:
            return tr(
                "The next run that can be taken back is run {run} ({action} of {photos} to {folder}):"
                " kindred undo {run}.",
                run=run.id,
                action=noun(run.action),
                photos=_photos(run.photos),
                folder=display_path(run.destination),
            )
    return ""
