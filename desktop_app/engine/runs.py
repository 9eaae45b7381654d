"""What was organized so far, for both faces: the history, taking a run back, putting interrupted ones in order.

The rest of the façade, `library`, is about one folder; this is about all of them, and needs none.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.engine import paths
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop

if TYPE_CHECKING:
    from desktop_app.engine.organize.journal.history import RunInfo
    from desktop_app.engine.organize.reports import RecoveryReport, UndoReport


def destinations_inside(root: Path) -> tuple[Path, ...]:
    """Folders below ``root`` that earlier runs sorted photos into: what lies there is sorted already."""
    from desktop_app.engine.organize.actions.registry import ACTIONS

    try:
        runs = [run for run in history() if not run.undone and run.action in ACTIONS]
    except UserError:
        return ()
    return tuple(run.destination for run in runs if root in run.destination.parents)


def check_folder(root: Path) -> None:
    """Refuse what cannot be scanned; of a folder that is gone, say where earlier runs have put its photos.

    Raises:
        UsageError: what `scan.check_root` raises.
    """
    from desktop_app.engine.folder.scan import check_root

    try:
        check_root(root)
    except UsageError as error:
        went = where_it_went(root.absolute()) if error.code == "folder-missing" else ""
        raise UsageError(error.code, error.message, went or error.hint) from None


def where_it_went(folder: Path) -> str:
    """Which run moved photos out of a folder that is gone or empty now, and what to do; empty where none."""
    from desktop_app.engine.organize.actions.registry import takes_source
    from desktop_app.engine.wording import display_path

    try:
        moves = [run for run in history() if not run.undone and takes_source(run.action)]
    except UserError:
        return ""
    for run in moves:
        if run.root == folder or folder in run.root.parents:
            there = display_path(run.destination)
            text = tr_noop(
                "Kindred moved photos from there to {folder} (run {run}). Take that back: Tools > History in the "
                "window, or kindred undo {run}."
            )
            if run.destination.is_dir():
                text = tr_noop(
                    "Kindred moved photos from there to {folder} (run {run}). Open {folder}, or take that back: "
                    "Tools > History in the window, or kindred undo {run}."
                )
            return tr(text, folder=there, run=run.id)
    return ""


def without_memory() -> str:
    """Why nothing that is done now can be remembered or undone, and what to do; empty where it can."""
    refused = paths.refusal(paths.journal_dir())
    return " ".join((tr("Kindred works without a memory."), refused, tr(paths.ANOTHER_PLACE))) if refused else ""


def need_record() -> None:
    """Say at once that no file can be touched, for want of a place to keep the record that undo needs.

    Raises:
        UsageError: ``no-record``.
    """
    if refused := paths.refusal(paths.journal_dir()):
        why = tr("{why} No file is touched without a record there.", why=refused)
        raise UsageError("no-record", why, tr(paths.ANOTHER_PLACE))


def undo(run_id: str | None, ctx: JobContext, destination: Path | None = None) -> UndoReport:
    """Take back a run, the latest one that has something to take back when ``run_id`` is None.

    Args:
        run_id: number of the run.
        ctx: cancel and progress.
        destination: the folder that holds the group folders now, where it cannot be found by itself.

    Raises:
        UsageError: ``unknown-run``.
        UserError: nothing could be done: ``nothing-to-undo``, ``folder-not-found``, ``record-damaged``, ``another-run``
            and what else `organize.running.undo` names. Files that were refused stand in the report.
        RunCancelled: the person asked to stop; its report says what was done.
    """
    from desktop_app.engine.keywords.run import WAYS
    from desktop_app.engine.organize.running import undo as undo_module

    return undo_module.undo(run_id, paths.journal_dir(), ctx, destination=destination, others=WAYS)


def recover(ctx: JobContext) -> tuple[RecoveryReport, ...]:
    """Finish or revert runs that were interrupted; to be called at every start.

    Where the record cannot be written they wait: looking at photos must be possible all the same.

    Raises:
        UserError: ``journal-unwritable``.
    """
    from desktop_app.engine.keywords.run import WAYS
    from desktop_app.engine.organize.running import recover as recover_module

    if paths.refusal(paths.journal_dir()):
        return ()
    return recover_module.recover(paths.journal_dir(), ctx, others=WAYS)


def history() -> tuple[RunInfo, ...]:
    """All runs, newest first; one whose record is damaged says so.

    Raises:
        UsageError: ``record-unreadable``.
    """
    from desktop_app.engine.organize.journal import history
    from desktop_app.engine.wording import display_path

    folder = paths.journal_dir()
    try:
        return history.history(folder)
    except OSError as error:
        raise UsageError(
            "record-unreadable",
            tr(
                "The record of earlier runs in {folder} cannot be read ({why}).",
                folder=display_path(folder),
                why=error.strerror or error,
            ),
            tr(paths.ANOTHER_PLACE),
        ) from error
