"""The list of runs, read from the first and last line of each journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.language import tr_noop
from desktop_app.engine.organize.journal.lines import Event, first_and_last, journal_files, run_id
from desktop_app.engine.organize.journal.record import VERSION, load

_IN_PART = tr_noop("taken back in part")


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run, as a person sees it in the history.

    Attributes:
        id: what `undo` takes.
        sequence: runs are ordered by this number, never by a clock.
        action: key of `registry.ACTIONS`; empty when the journal is damaged.
        root: the source folder as it was.
        destination: the destination as it was.
        started_at: local time, ISO 8601.
        files: number of files the run handled.
        photos: number of photos among them.
        state: in a person's words, in English.
        undone: there is nothing (more) to take back.
    """

    id: str
    sequence: int
    action: str
    root: Path
    destination: Path
    started_at: str
    files: int
    photos: int
    state: str
    undone: bool


def history(journal_dir: Path) -> tuple[RunInfo, ...]:
    """All runs, newest first. Reading needs no lock."""
    found = []
    for sequence, path in reversed(journal_files(journal_dir)):
        try:
            found.append(_info(sequence, path))
        except (OSError, KeyError, TypeError, ValueError):
            found.append(_closed(sequence, path, tr_noop("its record is damaged")))
    return tuple(found)


def next_to_undo(runs: Sequence[RunInfo]) -> RunInfo | None:
    """The run that is taken back when none is named, of `history`; None where there is none."""
    return next(iter(in_order_to_undo(runs)), None)


def in_order_to_undo(runs: Sequence[RunInfo]) -> list[RunInfo]:
    """Runs of `history` that have something to take back, in the order in which they are offered.

    Those that were not tried yet, newest first; then those taken back in part: a file that cannot go back does not
    stand before older runs for ever.
    """
    untried = [run for run in runs if not run.undone and run.state != _IN_PART]
    return [*untried, *(run for run in runs if run.state == _IN_PART)]


def is_open(path: Path) -> bool:
    """Whether a run, or its undo, was interrupted: its journal does not close with an end."""
    last = first_and_last(path)[1]
    return last is None or last["e"] != "end"


def _info(sequence: int, path: Path) -> RunInfo:
    header, last = first_and_last(path)
    if header is None or header["e"] != "run":
        return _closed(sequence, path, tr_noop("its record is damaged"))
    if header["version"] != VERSION:
        return _closed(sequence, path, tr_noop("recorded by a newer version"))
    if last is None or last["e"] != "end":
        record = load(path)
        photos = {record.steps[n].photo_id for n in record.do.done if n in record.steps}
        files, count = len(record.placed), len(photos)
        state, undone = tr_noop("interrupted"), not record.planned
    else:
        files, count = last["files"], last["photos"]
        state, undone = _state(last)
    root, destination = Path(header["root"]), Path(header["destination"])
    started = str(header["started"])
    return RunInfo(run_id(path), sequence, header["action"], root, destination, started, files, count, state, undone)


def _state(end: Event) -> tuple[str, bool]:
    outcome = end["outcome"]
    if end["p"] == "undo":
        if outcome != "finished":
            return tr_noop("taking back stopped"), False
        # Whatever still stands somewhere can return once its reason is gone; what a person threw away cannot.
        return (_IN_PART if end["kept"] else tr_noop("taken back")), end["kept"] == end.get("gone", 0)
    if not end["files"]:
        return tr_noop("nothing done"), True
    return {
        "finished": tr_noop("done"),
        "cancelled": tr_noop("stopped on request"),
        "stopped": tr_noop("stopped early"),
    }[outcome], False


def _closed(sequence: int, path: Path, state: str) -> RunInfo:
    """A run of which nothing more can be said, nor taken back."""
    return RunInfo(run_id(path), sequence, "", Path(), Path(), "", 0, 0, state, True)
