"""What a method refuses, said with the words of the box it was chosen from."""

from __future__ import annotations

from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.language import figure, tr
from desktop_app.gui.app_state import AppState


def in_titles(error: Exception, method: str, state: AppState) -> Exception:
    """A method's refusal with the words by which the person chose it, and what became of the groups."""
    if not isinstance(error, UserError):
        return error
    entry, count = CLUSTERERS[method], len(state.photos)
    title = tr(entry.title)
    if error.code == "too-many-photos":
        others = [tr(CLUSTERERS[name].title) for name in state.methods if CLUSTERERS[name].max_photos >= count]
        message = tr(
            "“{method}” takes at most {most} photos; this folder has {count}.",
            method=title,
            most=figure(entry.max_photos),
            count=figure(count),
        )
        hint = tr("Choose another method: {methods}.", methods=", ".join(others))
    else:
        message = error.message.replace(f"“{entry.name}”", f"“{title}”")
        hint = error.hint
    kept = tr("The groups stay as they are.") if state.clustering is not None else ""
    return UsageError(error.code, message, f"{kept} {hint}".strip())
