"""What a run, an undo or a recovery did, as data."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions.registry import words
from desktop_app.engine.organize.context import Outcome
from desktop_app.engine.organize.left_out import LeftOut, left_out_text
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Problem

_ENDINGS = {
    "cancelled": tr_noop("Stopped on request."),
    "stopped": tr_noop("Stopped early: the disk is full, read-only or gone."),
    "unsettled": tr_noop("Not all of it could be confirmed; the next start of the program looks again."),
}


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What applying a plan did.

    Attributes:
        run_id: name of the journal, for undo; empty when there was nothing to do.
        action: of the run, as `registry.words` knows it.
        outcome: how it ended.
        done: files now at their destination.
        skipped: files left alone on purpose, each named: what the plan refused, and what did not fit it any more
            (changed since, name taken).
        failed: files the system would not let us handle, each named.
        bytes: size of the files done.
        seconds: wall time.
        waiting: files that were not come to, because the run ended early.
        notes: what could not be kept, such as permissions on a disk that has none.
        left_out: photos that stay because the person said so, as the plan has them.
    """

    run_id: str
    action: str
    outcome: Outcome
    done: tuple[Step, ...]
    skipped: tuple[Problem, ...]
    failed: tuple[Problem, ...]
    bytes: int
    seconds: float
    waiting: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def ok(self) -> bool:
        """Every file that the person asked for is at its destination."""
        return self.outcome == "finished" and not self.skipped and not self.failed

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Skipped and failed files together."""
        return self.skipped + self.failed

    @property
    def photos(self) -> int:
        """Number of photos done, companions not counted."""
        return len({step.photo_id for step in self.done})

    @property
    def text(self) -> str:
        """The result in a sentence or two."""
        waiting = len({step.photo_id for step in self.waiting})
        sentences = [_did(self.photos, words(self.action).done)]
        if waiting:
            sentences.append(tr("%n not done.", "", waiting, one="%n not done."))
        sentences += _left(self.problems)
        if self.left_out:
            sentences.append(left_out_text(self.left_out))
        return " ".join(sentences + _ending(self.outcome, self.notes))


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did.

    Attributes:
        run_id: the run taken back.
        action: what that run had done.
        outcome: how the undo ended.
        restored: files back at their source (moves), or copies and links removed. ``src`` and ``dst`` as in the plan.
        kept: files left alone, each with its reason.
        seconds: wall time.
        notes: what could not be restored, and what came back beyond that.
    """

    run_id: str
    action: str
    outcome: Outcome
    restored: tuple[Step, ...]
    kept: tuple[Problem, ...]
    seconds: float
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Everything the run had done was taken back."""
        return self.outcome == "finished" and not self.kept

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files left alone, under the name the other reports use."""
        return self.kept

    @property
    def photos(self) -> int:
        """Number of photos restored, companions not counted."""
        return len({step.photo_id for step in self.restored})

    @property
    def text(self) -> str:
        """The result in a sentence or two."""
        did = _did(self.photos, words(self.action).undone)
        return " ".join([did, *_left(self.kept), *_ending(self.outcome, self.notes)])


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What was done at the start of the program about a run that had been interrupted.

    Attributes:
        run_id: the interrupted run.
        action: what it was doing.
        undoing: it was being taken back when it was interrupted.
        outcome: ``finished``, or why it could not be.
        done: files put right now.
        problems: files left alone, each with its reason.
        text: all of it in a sentence or two.
    """

    run_id: str
    action: str
    undoing: bool
    outcome: Outcome
    done: tuple[Step, ...]
    problems: tuple[Problem, ...]
    text: str


def _did(photos: int, done: str) -> str:
    return tr("%n photos {done}.", "", photos, one="%n photo {done}.", done=tr(done))


def _left(problems: tuple[Problem, ...]) -> list[str]:
    n = len(problems)
    return [tr("%n files were left alone.", "", n, one="%n file was left alone.")] if problems else []


def _ending(outcome: Outcome, notes: tuple[str, ...]) -> list[str]:
    told = [] if outcome == "finished" else [tr(_ENDINGS[outcome])]
    return told + [f"{note}." for note in notes]


class RunCancelled(Cancelled):
    """The person stopped a run. What it had done so far is whole, in the journal, and can be undone.

    Args:
        report: what was done until then.
    """

    def __init__(self, report: ApplyReport | UndoReport) -> None:
        super().__init__(report.text)
        self.report = report
