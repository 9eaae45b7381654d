"""What earlier states of the program kept, see `tests/data/versions`."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from desktop_app.engine.curation.store import file_of
from desktop_app.engine.organize.journal.lines import decode, encode

VERSIONS = sorted((Path(__file__).parents[1] / "data" / "versions").glob("*.zip"))
TRASH = Path(__file__).parents[1] / "data" / "versions" / "2026-11-30-trash.jsonl"


def unpack(version: Path, home: Path, place: Path) -> Path:
    """Put what an earlier program kept in its place, as if it had been written here.

    Args:
        version: one of `VERSIONS`.
        home: where the program of today keeps its things.
        place: an empty folder for the photos.

    Returns:
        The folder from which three photos were moved into the folder ``out`` beside it.
    """
    with zipfile.ZipFile(version) as parcel:
        parcel.extractall(place)
    shutil.copytree(place / "home", home, dirs_exist_ok=True)
    folder = place / "in"
    folder.mkdir()
    journal = home / "journals" / "run-000001.jsonl"
    events = [decode(line) for line in journal.read_bytes().splitlines(keepends=True)]
    assert None not in events
    _, *moved = (event for event in events if event and event["e"] in ("run", "step"))
    for event in moved:
        os.utime(place / "out" / event["dst"], ns=(event["file"][1],) * 2)
    events[0] = {**(events[0] or {}), "root": str(folder), "destination": str(place / "out")}
    journal.write_bytes(b"".join(encode(event) for event in events if event))
    for file in list((home / "config").glob("folders/*")):
        file.rename(file_of(folder).with_suffix(file.suffix))
    return folder


def unpack_trash(home: Path, place: Path) -> Path:
    """Put the journal of an earlier program, and the two photos that it moved to the trash, in their places.

    Args:
        home: where the program of today keeps its things.
        place: an empty folder; photos, trash and nothing else come to lie in it.

    Returns:
        The folder that the photos are gone from.
    """
    events = [decode(line) for line in TRASH.read_bytes().splitlines(keepends=True)]
    assert None not in events
    for event in events:
        for key in ("path", "to"):
            if event and key in event:
                event[key] = f"{place}{event[key]}"
        if event and event["e"] == "gone":
            Path(event["to"]).parent.mkdir(parents=True, exist_ok=True)
            Path(event["to"]).write_text(Path(event["path"]).name, encoding="utf-8")
    journal = home / "journals" / "trash-000001.jsonl"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(b"".join(encode(event) for event in events if event))
    return place / "photos"
