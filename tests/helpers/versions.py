"""What earlier states of the program kept, see `tests/data/versions`."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from desktop_app.engine.curation.store import file_of
from desktop_app.engine.organize.journal.lines import decode, encode

VERSIONS = sorted((Path(__file__).parents[1] / "data" / "versions").glob("*.zip"))


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
