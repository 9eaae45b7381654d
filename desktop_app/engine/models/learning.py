"""Learning from a person's folder: the laboratory's ``adapt`` in a process of its own, and what came of it.

The laboratory needs torch and is not part of every installation. It writes into a folder of ours that goes afterwards;
only a whole model that passes every check is added from there.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import sys
import tempfile
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.engine.computing import program
from desktop_app.engine.computing.process import own_command
from desktop_app.engine.errors import ModelError, UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import decimal, figure, tr, tr_made, tr_noop
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import ModelCard

MINUTES = 10.0
"""How long learning may take when nothing else is said."""
_NEEDS = ("torch", "onnx")
_STARTING = tr_noop("Starting the laboratory")
# "12:04:31 Looking at the photos 43.2 %, 3 min left", or a count where no share is known.
_PROGRESS = re.compile(r"\d\d:\d\d:\d\d (?P<text>\S.*?) (?P<number>\d+(?:\.\d+)?)(?P<share> %)?(?:, -?\d+ min left)?")
_STAGES = (
    tr_noop("Reading photos"),
    tr_noop("Looking at the photos"),
    tr_noop("View {number} of {views}"),
    tr_noop("One more view, to judge by"),
    tr_noop("Training the last stage"),
    tr_noop("Writing the model"),
)
"""What the laboratory, which speaks English, says that it is at."""
_ERROR = "error: "
_TOO_FEW = tr_noop(
    "{folder} has {number} photos that can be read ({problems} could not); at least {fewest} are needed to learn from."
    " Choose a larger folder."
)
_KILLED = (-9, 137)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning.

    Attributes:
        base: the model that it began with.
        card: of the new model, added; None where no step helped, so that there is none.
    """

    base: ModelCard
    card: ModelCard | None


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that needs no labels, before and after: shares in 0..1, or counts.

    Attributes:
        what: in a person's words.
    """

    what: str
    before: float
    after: float


def missing() -> str:
    """Why nothing can be learned here and what to do about it, one sentence; empty where it can."""
    if not getattr(sys, "frozen", False) and _package() and all(map(importlib.util.find_spec, _NEEDS)):
        return ""
    python = "python" if getattr(sys, "frozen", False) else sys.executable
    return tr(
        "Learning needs the laboratory: run “{command}” in the folder of Kindred’s source.",
        command=f'{python} -m pip install ".[train]"',
    )


def learn(folder: Path, base: ModelCard, ctx: JobContext, *, minutes: float = MINUTES) -> Learned:
    """Fit a model to the photos of a folder, and add it. Photos and base are only read; which is used does not change.

    Args:
        folder: photos, sub-folders included.
        base: the model to begin with.
        ctx: progress in percent of each stage; a cancel ends the process and leaves nothing.
        minutes: it may take, about.

    Raises:
        UsageError: ``laboratory-missing``.
        UserError: ``learning-failed``, in the laboratory's words: too few photos, no photos, no space.
        ModelError: what `shelf.add` raises.
        Cancelled: the person asked to stop.
    """
    if why := missing():
        raise UsageError("laboratory-missing", why)
    ctx.progress(0, 0, tr(_STARTING))
    name = shelf.free_name(shelf.name_for(base, folder))
    with tempfile.TemporaryDirectory(prefix="kindred-learning-", ignore_cleanup_errors=True) as made:
        options = ["--model", base.name, "--name", name, "--to", made, "--minutes", f"{minutes:g}"]
        said = _Said(ctx)
        try:
            code = program.run([*_command(), "adapt", str(folder.absolute()), *options], said.take, ctx)
        except OSError as error:
            text = tr("The laboratory could not be started: {reason}.", reason=error.strerror)
            raise UserError("learning-failed", text) from error
        if code:
            raise said.error(code)
        new = Path(made) / name
        card = shelf.add(new) if new.is_dir() else None
    _log.info("learned from a folder: %s", card.name if card else "no step helped")
    return Learned(base, card)


def before_and_after(card: ModelCard) -> tuple[Change, ...]:
    """What learning changed, as the laboratory wrote it into the card; empty for a model that was not learned."""
    figures = card.provenance.figures
    steps = figures.get("label_free")
    if not isinstance(steps, Mapping) or not isinstance(steps.get("base"), Mapping):
        return ()
    kept = [step for name, step in steps.items() if name != "base" and isinstance(step, Mapping) and step.get("kept")]
    before, after = steps["base"], max(kept, key=_together, default=steps["base"])
    changes = [Change(tr("All together"), _together(before), _together(after))]
    changes += [Change(tr(text), _share(before, key), _share(after, key)) for key, text in _FIGURES.items()]
    match figures.get("suggested"):
        case [int(first), int(second)]:
            changes.append(Change(tr("Suggested number of groups"), first, second))
    return tuple(changes)


def said(value: float) -> str:
    """A figure of a `Change`: ``0.812``, or ``9`` groups."""
    return figure(value) if isinstance(value, int) else decimal(value, 3)


_FIGURES = {
    "probe": tr_noop("Groups differ from each other"),
    "consistency": tr_noop("A photo keeps its group when cropped"),
    "stability": tr_noop("Groups are the same each time"),
    "retrieval": tr_noop("A cropped photo is found again"),
}
"""The laboratory's figures (`training.adapt.score`) in a person's words."""


def _share(step: Mapping[str, Any], key: str) -> float:
    value = step.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def _together(step: Mapping[str, Any]) -> float:
    return sum(_share(step, key) for key in _FIGURES) / len(_FIGURES)


def _package() -> str:
    """What the laboratory is called here: one name in a checkout, another when installed; empty where it is neither."""
    root = Path(__file__).resolve().parents[3]
    # Any package may be called “training”: ours is beside the program, in the folder of its source.
    if (root / "training" / "adapt").is_dir() and (root / "pyproject.toml").is_file():
        return "training"
    return "kindred_training" if importlib.util.find_spec("kindred_training") else ""


def _command() -> list[str]:
    start = f"import runpy; runpy.run_module({_package()!r}, run_name='__main__', alter_sys=True)"
    return own_command("", start)


class _Said:
    """What the laboratory prints: progress is handed on, the rest kept for the case that it fails."""

    def __init__(self, ctx: JobContext) -> None:
        self._ctx = ctx
        self._rest: deque[str] = deque(maxlen=20)

    def take(self, line: str) -> None:
        found = _PROGRESS.fullmatch(line)
        if found is None:
            self._rest.append(line)
            _log.debug("laboratory: %s", line)
            return
        done, text = int(float(found["number"])), tr_made(found["text"], _STAGES)
        if found["share"]:
            self._ctx.progress(min(100, done), 100, text)
        else:
            self._ctx.progress(done, 0, text)

    def error(self, code: int) -> UserError:
        """What the exit code and the last words mean."""
        told = next((line for line in reversed(self._rest) if line.startswith(_ERROR)), "")
        if told:
            kind = ModelError if code == ModelError.exit_code else UserError
            return kind("learning-failed", tr_made(told.removeprefix(_ERROR), [_TOO_FEW]))
        if code in _KILLED:
            why = tr("the system ended it, most likely because memory ran out")
        else:
            why = next((line for line in reversed(self._rest) if line), tr("exit code {code}", code=code))
        text = tr("Learning stopped: {why}.", why=why)
        return UserError("learning-failed", text, tr("The models are as they were."))
