"""What a Linux desktop wants to know of an installed program: menu entry, pictures, description, manual page."""

from __future__ import annotations

import gzip
import shutil
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import icons
import manpage

HERE = Path(__file__).resolve().parent / "linux"
ENTRY, ABOUT = HERE / "kindred.desktop", HERE / "kindred.metainfo.xml"


def identity() -> str:
    """The name by which software centers know the program."""
    return ET.parse(ABOUT).findtext("id") or ""


def write(share: Path, date: datetime) -> None:
    """Fill ``share``, which is `/usr/share` where the program is installed."""
    icons.write(share / "icons")
    for other in ("kindred.ico", "kindred.icns"):
        (share / "icons" / other).unlink()
    for source, place in (
        (ENTRY, share / "applications" / ENTRY.name),
        (ABOUT, share / "metainfo" / f"{identity()}.metainfo.xml"),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    manual = share / "man" / "man1" / "kindred.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress(manpage.page(date).encode(), mtime=0))


def built(seconds: int) -> datetime:
    """The date that counts as the build's."""
    return datetime.fromtimestamp(seconds, UTC)
