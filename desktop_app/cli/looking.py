"""Commands that look at a folder and group nothing: index, elbow, neighbors, duplicates, evaluate."""

from __future__ import annotations

from desktop_app.cli.answers import duplicates_json, ignored_json, plain, problems_json, say_duplicates
from desktop_app.cli.call import Call
from desktop_app.cli.grouping import known_of
from desktop_app.cli.terminal import say, say_json, say_table
from desktop_app.engine.folder.scan import check_picture
from desktop_app.engine.types import Elbow, IndexReport
from desktop_app.engine.wording import counted, display_path, duration, suggestion


def index(call: Call) -> int:
    """Embed what is new in a folder, and say how much that was."""
    _, report = call.index()
    if call.options.json:
        say_json(
            {
                "folder": str(call.options.folder),
                "photos": report.photos,
                "embedded": report.embedded,
                "cached": report.cached,
                "problems": problems_json(report.problems),
                "ignored": ignored_json(report.ignored),
                "seconds": round(report.seconds, 3),
                "model": report.model,
                "provider": report.provider,
                "provider_reason": report.provider_reason,
                "cache_trouble": report.cache_trouble,
            }
        )
    else:
        _say_indexed(report)
    return call.end(report)


def _say_indexed(report: IndexReport) -> None:
    say(
        f"{counted(report.photos, 'photo')} ({report.embedded:,} embedded now, {report.cached:,} known before) "
        f"in {duration(report.seconds)} with {report.model}."
    )
    say(report.provider_reason)
    if report.ignored:
        from desktop_app.engine.folder.left_out import summary

        others = counted(len(report.ignored), "other file or folder", "other files or folders")
        say(f"{others} left out: {summary(report.ignored)}.")


def elbow(call: Call) -> int:
    """Show the curve from which the number of groups is chosen."""
    options = call.options
    if options.plot is not None:
        from desktop_app.engine import export

        export.check_output(options.plot, export.CHARTS)
    opened, report = call.index()
    basis = known_of(opened).basis
    curve = opened.elbow(call.ctx, basis=basis, k_max=options.k_max, space=options.space, seed=options.seed)
    if options.plot is not None:
        export.plot_elbow(curve, options.plot)
    if options.json:
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "space": options.space,
                **plain(curve),
                "problems": problems_json(report.problems),
            }
        )
    else:
        _say_curve(curve)
        if options.plot is not None:
            say(f"Chart written to {display_path(options.plot)}.")
    return call.end(report)


def _say_curve(curve: Elbow) -> None:
    say(suggestion(curve))
    rows = [
        [
            str(k),
            f"{inertia:.4g}",
            "" if k == 1 else f"{silhouette:.3f}",
            "<- suggested" if k == curve.suggested else "",
        ]
        for k, inertia, silhouette in zip(curve.k, curve.inertia, curve.silhouette, strict=True)
    ]
    say_table(["k", "WCSS", "silhouette", ""], rows)


def neighbors(call: Call) -> int:
    """Show the photos of a folder that are most like a picture."""
    options = call.options
    check_picture(options.image)
    opened, report = call.index()
    found = opened.neighbors(options.image, options.k, call.ctx)
    pairs = [
        (opened.photo(int(photo_id)).path, float(similarity))
        for photo_id, similarity in zip(found.photo_ids[0], found.similarity[0], strict=True)
    ]
    if options.json:
        say_json(
            {
                "image": str(options.image),
                "folder": str(options.folder),
                "photos": report.photos,
                "neighbors": [{"path": str(path), "similarity": round(value, 6)} for path, value in pairs],
                "problems": problems_json(report.problems),
            }
        )
    else:
        for path, value in pairs:
            say(f"{value:.3f}  {display_path(path)}")
        if not pairs:
            say("There is no other photo in this folder.")
    return call.end(report)


def duplicates(call: Call) -> int:
    """Show what is there more than once; nothing is touched."""
    options = call.options
    from desktop_app.engine.duplicates.pairs import DEFAULT

    opened, report = call.index()
    found = opened.duplicates(call.ctx, exact=options.exact)
    similarity = DEFAULT if options.similarity is None else options.similarity
    sets = found.sets(similarity, exact=options.exact)
    if options.json:
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "exact": options.exact,
                "similarity": None if options.exact else similarity,
                "linked": [str(photo.path) for photo in found.linked],
                **duplicates_json(sets),
                "problems": problems_json(report.problems),
            }
        )
    else:
        say_duplicates(sets)
    return call.end(report)


def evaluate(call: Call) -> int:
    """Score the embeddings against the names of the sub-folders."""
    options = call.options
    opened, report = call.index()
    result = opened.evaluate(call.ctx, seed=options.seed)
    if options.json:
        told = {**plain(result), "problems": problems_json(report.problems)}
        say_json({"folder": str(options.folder), "model": report.model, **told})
    else:
        for line in result.lines():
            say(line)
    return call.end(report)
