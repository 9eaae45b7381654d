"""Commands that group a folder: groups, export; and the groups that `organizing` goes by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.answers import problems_json
from desktop_app.cli.call import Call
from desktop_app.cli.terminal import note, say, say_json, say_table
from desktop_app.engine import curation
from desktop_app.engine.curation import renumbering
from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import UNSURE
from desktop_app.engine.wording import counted, display_path

if TYPE_CHECKING:
    from desktop_app.engine.curation import Curation
    from desktop_app.engine.library import Library
    from desktop_app.engine.types import Clustering, Group, IndexReport


@dataclass(frozen=True, slots=True)
class Grouped:
    """A folder with its groups.

    Attributes:
        opened: the folder.
        report: of indexing it.
        known: what a person decided about it.
        clustering: from which the groups were made.
        groups: as the window shows them.
    """

    opened: Library
    report: IndexReport
    known: Curation
    clustering: Clustering
    groups: tuple[Group, ...]


def grouped(call: Call) -> Grouped:
    """The groups as the window shows them, with what is known of them.

    Asking for groups decides nothing, so nothing is remembered of it: the same command gives the same answer.
    """
    options = call.options
    from desktop_app.engine.clustering import read_params

    opened = call.open()
    # What cannot be done is said before an hour of embedding, not after.
    method = options.method or opened.settings.method
    opened.check_method(method)
    params = read_params(method, options.set)
    kept = curation.load(opened.root)
    if kept.trouble:
        note(kept.trouble)
    opened.hold(kept.held)
    report = call.embed(opened)
    # Photos seen in their preview are not known to be those that a person decided about.
    known = curation.Curation() if call.quick else known_of(opened, anew=vars(options).get("anew", False))
    found = opened.cluster(
        call.ctx,
        basis=known.basis,
        method=method,
        params=params,
        k=options.k,
        space=options.space,
        seed=options.seed,
        unsure_below=options.unsure_below,
    )
    groups = curation.groups_of(found)
    if known.is_decided:  # numbered from 1 where nobody decided anything
        known, groups = curation.arrange(known, groups)
        found = replace(found, confidence=known.confidence(found))
    if options.names:
        groups = opened.namer(call.ctx).named(known, groups)
    return Grouped(opened, report, known, found, groups)


def known_of(opened: Library, *, anew: bool = False) -> Curation:
    """What is known of an indexed folder, with the photos that its groups are made of.

    Read only once it is indexed: while the photos were looked at, the window may have named a group.
    """
    from desktop_app.engine.curation import basis

    photos = opened.embeddings
    # Photos that the window has seen in their preview only may have other ids there.
    ids = renumbering.new_ids(renumbering.load(opened.root), opened.photos)
    kept = curation.load(opened.root)
    if kept.trouble:
        note(kept.trouble)
    known = ids.curation(kept)
    if anew:
        return basis.anew(known, photos.photo_ids, photos.model_id)
    chosen = known.choices.k is not None
    return basis.settle(known, photos.photo_ids, photos.model_id, number_chosen=chosen)


def groups(call: Call) -> int:
    """Show the groups of a folder."""
    options = call.options
    from desktop_app.engine.export import WRITERS, check_output

    if options.output is not None:
        check_output(options.output, WRITERS)
    if options.anew and call.quick:
        raise UsageError("anew-quick", "--anew is kept, and of photos seen with --quick nothing is.", "Leave one out.")
    shown = grouped(call)
    if options.anew:
        _keep_basis(shown)
    if options.output is not None:
        _write(shown, options.output, call.ctx)
    if options.json:
        found, report = shown.clustering, shown.report
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "method": found.method,
                "k": found.k,
                "params": found.params,
                "seed": found.seed,
                "model": report.model,
                "groups": _groups_json(shown),
                "problems": problems_json(report.problems),
            }
        )
    else:
        _say_groups(shown)
        if options.output is not None:
            say(f"Written to {display_path(options.output)}.")
    return call.end(shown.report)


def _keep_basis(shown: Grouped) -> None:
    """Remember that groups are made of all photos from now on."""
    opened, known = shown.opened, shown.known
    anew = replace(curation.load(opened.root), basis=known.basis, model_id=known.model_id)
    curation.save(opened.root, anew.with_files(opened.photos, opened.root))


def _groups_json(shown: Grouped) -> list[dict[str, Any]]:
    opened, found = shown.opened, shown.clustering
    confidence = dict(zip(found.photo_ids.tolist(), found.confidence.tolist(), strict=True))
    return [
        {
            "id": group.id,
            "name": group.name,
            "suggested": group.suggested,
            "count": group.photo_ids.size,
            "locked": group.locked,
            "hidden": group.hidden,
            "cover": str(opened.photo(group.cover).path),
            "photos": [
                {"path": str(opened.photo(i).path), "confidence": round(confidence[i], 4)}
                for i in group.photo_ids.tolist()
            ],
        }
        for group in shown.groups
    ]


def _say_groups(shown: Grouped) -> None:
    number = sum(group.id != UNSURE for group in shown.groups)
    say(f"{counted(shown.report.photos, 'photo')} in {counted(number, 'group')} ({shown.clustering.method}).")
    rows = []
    for group in shown.groups:
        names = [display_path(shown.opened.photo(i).path.name) for i in group.photo_ids[:3].tolist()]
        told = " (suggested)" * group.suggested + " (left out of organizing)" * group.hidden
        rows.append([display_path(group.name) + told, f"{group.photo_ids.size}", ", ".join(names)])
    say_table(["group", "photos", "most typical"], rows)


def export(call: Call) -> int:
    """Write photos, vectors, map and groups into a file."""
    options = call.options
    from desktop_app.engine.export import WRITERS, check_output

    check_output(options.output, WRITERS)
    shown = grouped(call)
    _write(shown, options.output, call.ctx)
    say(f"{counted(shown.report.photos, 'photo')} written to {display_path(options.output)}.")
    return call.end(shown.report)


def _write(shown: Grouped, output: Path, ctx: JobContext) -> None:
    from desktop_app.engine.export import Table, write

    opened = shown.opened
    table = Table(
        folder=opened.root,
        photos=opened.photos,
        embeddings=opened.embeddings,
        projection=opened.project(ctx, basis=shown.known.basis),
        clustering=shown.clustering,
        groups=shown.groups,
        thumbnail=opened.thumbnail,
    )
    write(table, output)
