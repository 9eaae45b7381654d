"""How results are said: as lines for a person, as plain values for JSON. Documented in the README."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop_app.cli.terminal import note, say
from desktop_app.engine.errors import NoImagesError, UserError
from desktop_app.engine.wording import counted, data_size, display_path

if TYPE_CHECKING:
    from desktop_app.engine.duplicates.sets import DuplicateSet
    from desktop_app.engine.keywords.plan import KeywordPlan
    from desktop_app.engine.models.card import ModelCard
    from desktop_app.engine.organize.planning.plan import Plan
    from desktop_app.engine.types import Ignored, Problem

OK, PARTIAL = 0, 1
"""Exit codes of a command that came to its end; `engine.errors` has those of the others."""


def say_problems(problems: Sequence[Problem]) -> None:
    """Name every file that could not be used."""
    for problem in problems:
        note(f"{display_path(problem.path)}: {problem.message}")


def problems_json(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as JSON lists them."""
    return [{"path": str(p.path), "stage": p.stage, "code": p.code, "message": p.message} for p in problems]


def ignored_json(ignored: Sequence[Ignored]) -> list[dict[str, str]]:
    """What was left out on purpose, as JSON lists it."""
    return [{"path": str(entry.path), "reason": entry.reason} for entry in ignored]


def error_json(error: UserError) -> dict[str, Any]:
    """An error as JSON; of a folder without photos also what it holds instead."""
    answer: dict[str, Any] = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
    if isinstance(error, NoImagesError):
        answer |= {"problems": problems_json(error.problems), "ignored": ignored_json(error.ignored)}
    return answer


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan as JSON."""
    return {
        "folder": str(plan.root),
        "destination": str(plan.destination),
        "action": plan.action,
        "steps": [{"src": str(step.src), "dst": str(step.dst), "size": step.size} for step in plan.steps],
        "conflicts": [plain(conflict) for conflict in plan.conflicts],
        "skipped": problems_json(plan.skipped),
        "left_out": [plain(one) for one in plan.left_out],
        "bytes_needed": plan.bytes_needed,
        "bytes_free": plan.bytes_free,
    }


def keywords_json(plan: KeywordPlan) -> dict[str, Any]:
    """A plan of keywords as JSON."""
    return {
        "folder": str(plan.root),
        "sidecars": [
            {"photo": str(one.photo), "sidecar": str(one.sidecar), "keyword": one.keyword, "new": one.new}
            for one in plan.changes
        ],
        "unchanged": plan.unchanged,
        "left_out": [plain(one) for one in plan.left_out],
        "refused": problems_json(plan.refused),
    }


def say_keywords(plan: KeywordPlan, out: Callable[[str], None] = say) -> None:
    """A plan of keywords as a person reads it."""
    if plan.changes:
        out(f"For example {plan.example}")
    for problem in plan.refused:
        out(f"{display_path(problem.path)}: {problem.message}")
    out(plan.summary)


def duplicates_json(sets: Sequence[DuplicateSet]) -> dict[str, Any]:
    """Sets of duplicates as JSON lists them."""
    return {
        "copies": sum(len(one.members) - 1 for one in sets),
        "bytes_freed": sum(one.bytes_freed for one in sets),
        "sets": [
            {
                "kind": one.kind,
                "keeper": str(one.keeper.path),
                "reason": one.reason,
                "bytes_freed": one.bytes_freed,
                "photos": [
                    {
                        "path": str(member.photo.path),
                        "companions": [str(path) for path in member.photo.companions],
                        "bytes": member.bytes,
                        "width": member.photo.width,
                        "height": member.photo.height,
                        "similarity": round(member.similarity, 4),
                        "same_file": member.same_file,
                        "only_here": member.note,
                    }
                    for member in one.members
                ],
            }
            for one in sets
        ],
    }


def say_duplicates(sets: Sequence[DuplicateSet]) -> None:
    """Sets of duplicates as a person reads them: the keeper, then the others below it."""
    for one in sets:
        kept, *others = one.members
        size = data_size(kept.bytes)
        say(f"keep   {display_path(kept.photo.path)} ({size}; {one.reason})")
        for member in others:
            how = "the same file" if member.same_file else f"{member.similarity:.2f} alike"
            with_it = f"; only here: {member.note}" if member.note else ""
            say(f"       {display_path(member.photo.path)} ({data_size(member.bytes)}; {how}{with_it})")
    copies = sum(len(one.members) - 1 for one in sets)
    if sets:
        freed = data_size(sum(one.bytes_freed for one in sets))
        say(f"{counted(len(sets), 'set')} with {counted(copies, 'copy', 'copies')} beyond the photo to keep, {freed}.")
    else:
        say("No duplicates.")
    say("Nothing was touched.")


def say_plan(plan: Plan, out: Callable[[str], None] = say) -> None:
    """A plan as a person reads it."""
    for folder, count in plan.folders.items():
        out(f"{count:6,}  {display_path(folder)}")
    for conflict in plan.conflicts:
        out(f"{display_path(conflict.src)}: {conflict.text}")
    for problem in plan.skipped:
        out(f"{display_path(problem.path)}: {problem.message}")
    out(plan.summary)


def card_json(card: ModelCard) -> dict[str, Any]:
    """A model card as JSON, without the hundreds of numbers of its probe."""
    fields = plain(card)
    del fields["probe"]
    return {**fields, "int8": card.int8 is not None}


def plain(value: Any) -> Any:
    """Dataclasses, arrays and paths as JSON knows them; NaN becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value
