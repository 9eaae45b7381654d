"""Results to files: NPZ, CSV, JSON, Parquet, a self-contained HTML contact sheet, and the elbow chart.

Each writer gets the same `Table`; the format is chosen by the ending of the file's name. Files appear whole or not
at all (written beside, then renamed).
"""

from __future__ import annotations

import csv
import html
import io
import json
import logging
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from desktop_app.engine.curation import group_ids
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.files import is_folder, whole_file
from desktop_app.engine.types import Clustering, Elbow, Embeddings, Group, Int32Array, Photo, Projection
from desktop_app.engine.wording import display_path

CHARTS = ("png", "svg", "pdf")
"""Endings of the files that `plot_elbow` draws."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported, already joined by photo id.

    Attributes:
        folder: the library's root.
        photos: in the order of the rows of the arrays.
        embeddings: of all photos.
        projection: of all photos.
        clustering: of all photos.
        groups: of the clustering, with the ids and names to write.
        thumbnail: photo id -> JPEG bytes or None.
    """

    folder: Path
    photos: Sequence[Photo]
    embeddings: Embeddings
    projection: Projection
    clustering: Clustering
    groups: Sequence[Group]
    thumbnail: Callable[[int], bytes | None]

    def group_ids(self) -> Int32Array:
        """Id of each photo's group, int32[N]."""
        return group_ids(self.embeddings.photo_ids, self.groups)

    def rows(self) -> Iterator[dict[str, Any]]:
        """One flat record a photo."""
        names = {group.id: group.name for group in self.groups}
        for row, (photo, group_id) in enumerate(zip(self.photos, self.group_ids().tolist(), strict=True)):
            yield {
                "path": str(photo.path),
                "group": group_id,
                "group_name": names[group_id],
                "confidence": round(float(self.clustering.confidence[row]), 6),
                "x": float(self.projection.xy[row, 0]),
                "y": float(self.projection.xy[row, 1]),
                "width": photo.width,
                "height": photo.height,
                "taken_at": photo.taken_at,
                "camera": photo.camera,
                "size_bytes": photo.size_bytes,
                "content_hash": photo.content_hash,
                "damaged": photo.damaged,
                "companions": [str(path) for path in photo.companions],
            }


def check_output(output: Path, formats: Collection[str]) -> str:
    """The format a file's name asks for; refuses a name under which nothing can be written.

    Args:
        output: the file.
        formats: known endings, without the dot.

    Raises:
        UsageError: ``unknown-format``, ``output-is-folder``, ``output-folder-missing``.
    """
    name = output.suffix.lower().lstrip(".")
    if name not in formats:
        raise UsageError(
            "unknown-format",
            f"{display_path(output)}: Kindred does not write {'.' + name if name else 'files without an ending'} here.",
            f"Use one of {', '.join('.' + known for known in formats)}.",
        )
    if is_folder(output):
        raise UsageError("output-is-folder", f"{display_path(output)} is a folder.", "Name a file.")
    parent = output.absolute().parent
    if not is_folder(parent):
        raise UsageError(
            "output-folder-missing",
            f"There is no folder {display_path(parent)} to write {display_path(output.name)} into.",
            "Make it first, or name another.",
        )
    return name


def write(table: Table, output: Path) -> None:
    """Write ``table`` to ``output`` in the format its name asks for, replacing an older file only by a whole one.

    Raises:
        UsageError: what `check_output` raises.
        UserError: ``write-failed`` when the disk refuses.
    """
    name = check_output(output, WRITERS)
    WRITERS[name](table, output)
    _log.info("exported %d photos as %s", len(table.photos), name)
    _log.debug("exported to %s", output)


def to_bytes(text: str) -> bytes:
    """Encode as UTF-8, bytes of file names that are none as backslash escapes, which JSON reads back exactly."""
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def _written(output: Path) -> Iterator[IO[bytes]]:
    """`files.whole_file`, with what can go wrong in a person's words.

    Raises:
        UserError: ``write-failed``.
    """
    try:
        with whole_file(output) as file:
            yield file
    except OSError as error:
        raise UserError(
            "write-failed", f"{display_path(output)} could not be written: {error.strerror or error}."
        ) from error


def _npz(table: Table, output: Path) -> None:
    with _written(output) as file:
        np.savez(
            file,
            paths=np.array([str(photo.path) for photo in table.photos]),
            ids=table.embeddings.photo_ids,
            embeddings=table.embeddings.vectors.astype(np.float32, copy=False),
            xy=table.projection.xy.astype(np.float32, copy=False),
            labels=table.group_ids(),
            confidence=table.clustering.confidence.astype(np.float32, copy=False),
        )


def _csv(table: Table, output: Path) -> None:
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for record in table.rows():
        if writer is None:
            writer = csv.DictWriter(text, list(record))
            writer.writeheader()
        writer.writerow({**record, "companions": ";".join(record["companions"])})
    with _written(output) as file:
        file.write(to_bytes(text.getvalue()))


def _json(table: Table, output: Path) -> None:
    document = {
        "folder": str(table.folder),
        "model_id": table.embeddings.model_id,
        "method": table.clustering.method,
        "params": table.clustering.params,
        "seed": table.clustering.seed,
        "explained": table.projection.explained.tolist(),
        "groups": [{"id": group.id, "name": group.name, "count": group.photo_ids.size} for group in table.groups],
        "photos": list(table.rows()),
    }
    with _written(output) as file:
        file.write(to_bytes(json.dumps(document, ensure_ascii=False, indent=1)))


def _parquet(table: Table, output: Path) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "parquet-missing",
            "Parquet needs the package pyarrow, which is not installed.",
            "Install it with: pip install 'kindred[parquet]'",
        ) from error
    records = [
        {key: to_bytes(value).decode() if isinstance(value, str) else value for key, value in record.items()}
        for record in table.rows()
    ]
    for record in records:
        record["companions"] = [to_bytes(path).decode() for path in record["companions"]]
    columns = pyarrow.Table.from_pylist(records)
    vectors = pyarrow.array(list(table.embeddings.vectors.astype(np.float32, copy=False)))
    with _written(output) as file:
        parquet.write_table(columns.append_column("embedding", vectors), file)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
:root{{color-scheme:light dark;font-family:system-ui,sans-serif}}
body{{margin:2rem auto;max-width:90rem;padding:0 1rem}}
h2{{margin:2rem 0 .5rem}} h2 small{{font-weight:normal;opacity:.7}}
.grid{{display:grid;grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));gap:.5rem}}
figure{{margin:0}} img{{width:100%;aspect-ratio:1;object-fit:cover;border-radius:.25rem}}
figcaption{{font-size:.7rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;opacity:.8}}
nav a{{margin-right:1rem}}
</style></head><body><h1>{title}</h1><p>{summary}</p><nav>{nav}</nav>
"""


def _html(table: Table, output: Path) -> None:
    by_id = {photo.id: photo for photo in table.photos}
    title = html.escape(display_path(table.folder.name or table.folder))
    nav = "".join(f'<a href="#g{group.id}">{html.escape(display_path(group.name))}</a>' for group in table.groups)
    summary = f"{len(table.photos)} photos in {len(table.groups)} groups"
    with _written(output) as file:
        file.write(_PAGE.format(title=title, summary=summary, nav=nav).encode())
        for group in table.groups:
            count = f"{group.photo_ids.size} photo{'s' if group.photo_ids.size != 1 else ''}"
            file.write(
                f'<h2 id="g{group.id}">{html.escape(display_path(group.name))} <small>{count}</small></h2>'.encode()
            )
            file.write(b'<div class="grid">')
            for photo_id in group.photo_ids.tolist():
                path = display_path(by_id[photo_id].path)
                name = html.escape(display_path(by_id[photo_id].path.name))
                data = b64encode(_small(table.thumbnail(photo_id))).decode()
                file.write(
                    f'<figure title="{html.escape(path)}"><img loading="lazy" alt="{name}" '
                    f'src="data:image/jpeg;base64,{data}"><figcaption>{name}</figcaption></figure>\n'.encode()
                )
            file.write(b"</div>\n")
        file.write(b"</body></html>\n")


def _small(jpeg: bytes | None, side: int = 160) -> bytes:
    """A thumbnail small enough that a page of thousands still opens."""
    from PIL import Image

    image = Image.open(io.BytesIO(jpeg)) if jpeg else Image.new("RGB", (side, side), "gray")
    image.thumbnail((side, side))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def plot_elbow(curve: Elbow, output: Path) -> None:
    """Draw the elbow chart: WCSS with its knee, silhouette as a second opinion, the suggested interval shaded.

    Raises:
        UsageError: what `check_output` raises.
        UserError: ``write-failed``.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    check_output(output, CHARTS)
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.axvspan(curve.low - 0.4, curve.high + 0.4, color="tab:blue", alpha=0.1, label=f"{curve.low} to {curve.high}")
    axes.axvline(curve.suggested, color="tab:blue", linestyle="--", label=f"suggested: {curve.suggested}")
    axes.plot(curve.k, curve.inertia, "o-", color="tab:blue", label="WCSS")
    if curve.knee is not None:
        knee = curve.inertia[int(np.flatnonzero(curve.k == curve.knee)[0])]
        axes.plot([curve.knee], [knee], "D", color="tab:red", label=f"knee: {curve.knee} ({curve.strength})")
    axes.set_xlabel("number of groups k")
    axes.set_ylabel("WCSS (within-cluster sum of squares)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    second = axes.twinx()
    second.plot(curve.k, curve.silhouette, ".-", color="tab:gray", alpha=0.7, label="silhouette")
    second.set_ylabel("silhouette")
    handles = [handle for each in (axes, second) for handle in each.get_legend_handles_labels()[0]]
    axes.legend(handles=handles, loc="upper right", frameon=False)
    with _written(output) as file:
        figure.savefig(file, format=output.suffix.lower().lstrip("."), dpi=120)


WRITERS: dict[str, Callable[[Table, Path], None]] = {
    "npz": _npz,
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
    "html": _html,
}
