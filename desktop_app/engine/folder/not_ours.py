"""What lies in a photo folder but is not the person's to sort: files still being written, and other programs' insides.

Moving either would break it under the hands of the program it belongs to. Each gets its reason among the ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NOT_WHOLE = "not whole yet: a browser or a synchronization program is writing it"

UNFINISHED = re.compile(
    r"""
    .+\.(?:
        part | partial | filepart | crdownload | download | opdownload | dtapart | fdmdownload | unconfirmed
        | aria2 | !ut | !qb | !bt | bc! | !sync | td | xltd | ob! | jc! | idm
        | tmp | temp | ~tmp | dwl | uploading | downloading | incomplete | inprogress
    )(?:\d*|[.-]\w{4,12})
    | ~syncthing~.+
    | ~\$.+
    | .+\.(?:rclone|rsync)[.-]\w+
    | .+\.sb-[0-9a-f]+-\w+
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Names that browsers, download and synchronization programs give a file until it is whole."""

_CONTROL_FILE = re.compile(r"(.+)\.(?:aria2|st|lftp-pget-status)", re.IGNORECASE | re.DOTALL)
"""What stands beside a file of the final name while a download program fills that in."""

_IN_ICLOUD = re.compile(r"\..+\.icloud", re.IGNORECASE | re.DOTALL)

_LIBRARIES = (
    # photos and films
    "photoslibrary migratedphotolibrary photolibrary aplibrary migratedaplibrary apvault photoboothlibrary"
    " imovielibrary imovieproject rcproject fcpbundle fcpproject fcpcache fcarch tvlibrary theater dvdmedia"
    " lrlibrary lrdata lrcat-data lrcat-wal cocatalog cosession on1catalog acdcdb dtbase2"
    # documents
    " rtfd pages numbers key keynote graffle oo3 band logicx gbproj sketchbook textbundle bear2bk scriv epub ibooks"
    # programs and disks
    " app framework bundle plugin kext mpkg pkg prefpane qlgenerator saver wdgt xcodeproj xcworkspace playground"
    " xcassets xcarchive dsym docset sparsebundle backupbundle vmwarevm pvm utm"
).split()
_LIBRARY_NAMES = frozenset({"iphoto library", "photo booth library", "aperture library", "lightroom library"})
_SETTINGS_FOLDERS = {
    "captureone": "settings that Capture One keeps for the photos beside it",
    "nksc_param": "settings that NX Studio keeps for the photos beside it",
    ".comments": "comments that gThumb keeps for the photos beside it",
}
_SETTINGS_FILES = {
    ".picasa.ini": "settings that Picasa keeps for this whole folder",
    "picasa.ini": "settings that Picasa keeps for this whole folder",
    ".nomedia": "a mark that hides this folder from Android galleries; Kindred looks at its photos all the same",
}
_PACKAGE_SIGNS = frozenset({"info.plist", "pkginfo", "version.plist", "documentidentifier"})
_ENDING = re.compile(r".+\.[A-Za-z][\w-]{1,19}", re.DOTALL)


def folder_of_another_program(name: str) -> str | None:
    """Why a folder of this name stays closed; None where its name tells nothing."""
    folded = name.casefold()
    if folded in _SETTINGS_FOLDERS:
        return f"{_SETTINGS_FOLDERS[folded]}; they stay where they are"
    if folded.endswith(".download"):  # Safari's, a folder until it is whole
        return NOT_WHOLE
    if folded in _LIBRARY_NAMES or (folded.rpartition(".")[2] in _LIBRARIES and "." in folded.lstrip(".")):
        return "another program's library"
    return None


def is_package(name: str, inside: Iterable[str]) -> bool:
    """Whether a folder is one document or program: it has an ending, and inside what a Mac's packages have.

    Args:
        name: of the folder.
        inside: names of its entries.
    """
    entries = {entry.casefold() for entry in inside}
    return bool(_ENDING.fullmatch(name)) and bool(entries & _PACKAGE_SIGNS or "contents" in entries)


def file_of_another_program(name: str) -> str | None:
    """Why a file of this name is no photo and no companion; None where it may be either."""
    folded = name.casefold()
    if folded in _SETTINGS_FILES:
        return _SETTINGS_FILES[folded]
    if name.startswith("._"):
        return "what a Mac keeps beside a file on a foreign disk; the photo itself is the file without ._"
    if _IN_ICLOUD.fullmatch(name):
        return "kept in iCloud and not on this computer; download it to include it"
    if UNFINISHED.fullmatch(name):
        return NOT_WHOLE
    return None


def being_written(names: Iterable[str]) -> frozenset[str]:
    """Names beside which something says that they are being written: ``a.jpg`` beside ``a.jpg.aria2``."""
    return frozenset(match[1] for name in names if (match := _CONTROL_FILE.fullmatch(name)))
