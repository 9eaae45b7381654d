"""What lies in a photo folder but is not the person's to sort: files still being written, and other programs' insides.

Moving either would break it under the hands of the program it belongs to. Each gets its reason among the
ignored, in English: `pictures.reasons` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.engine.folder.packages import is_package
from desktop_app.engine.language import tr_noop

NOT_WHOLE = tr_noop("not whole yet: a browser or a synchronization program is writing it")
PACKAGE = tr_noop("another program's library or document")

UNFINISHED = re.compile(
    r"""
    .+\.(?:
        \w*(?:part|partial|download(?:ing)?|upload(?:ing)?|tmp|temp)  # .crdownload, .filepart, .megatmp, ...
        | aria2 | !ut | !qb | !bt | bc! | !sync | td | xltd | ob! | jc! | idm
        | ~tmp | dwl | crswap | unconfirmed | incomplete | inprogress
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

_IN_CLOUD = re.compile(
    r"""
    .+\.(?:
        icloud                        # iCloud Drive: .a.jpg.icloud, and without the dot where it was copied
        | owncloud | nextcloud        # their virtual files
        | cloudf? | rsls[fd]? | bts   # odrive; Resilio and BitTorrent Sync
    )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Names of what stands for a file that is kept online."""
_LIVE_PHOTO = re.compile(r".+\.pvt", re.IGNORECASE | re.DOTALL)

_ONE_DOCUMENT = tr_noop("a Live Photo that Apple Photos keeps as one document; export it from Photos to include it")
_OF_A_MAC = tr_noop("what a Mac keeps beside a file on a foreign disk; the photo itself is the file without ._")
_KEPT_IN_ICLOUD = tr_noop("kept in iCloud and not on this computer; download it to include it")
_KEPT_IN_CLOUD = tr_noop("kept in the cloud and not on this computer; download it to include it")
_SETTINGS_FOLDERS = {
    "captureone": tr_noop("settings that Capture One keeps for the photos beside it; they stay where they are"),
    "nksc_param": tr_noop("settings that NX Studio keeps for the photos beside it; they stay where they are"),
    ".comments": tr_noop("comments that gThumb keeps for the photos beside it; they stay where they are"),
}
_SETTINGS_FILES = {
    ".picasa.ini": tr_noop("settings that Picasa keeps for this whole folder"),
    "picasa.ini": tr_noop("settings that Picasa keeps for this whole folder"),
    ".nomedia": tr_noop(
        "a mark that hides this folder from Android galleries; Kindred looks at its photos all the same"
    ),
}


def folder_of_another_program(name: str) -> str | None:
    """Why a folder of this name stays closed, in English; None where its name tells nothing."""
    folded = name.casefold()
    if folded in _SETTINGS_FOLDERS:
        return _SETTINGS_FOLDERS[folded]
    if folded.endswith(".download"):  # Safari's, a folder until it is whole
        return NOT_WHOLE
    if _LIVE_PHOTO.fullmatch(name):
        return _ONE_DOCUMENT
    return PACKAGE if is_package(name) else None


def file_of_another_program(name: str) -> str | None:
    """Why a file of this name is no photo and no companion, in English; None where it may be either."""
    folded = name.casefold()
    if folded in _SETTINGS_FILES:
        return _SETTINGS_FILES[folded]
    if name.startswith("._"):
        return _OF_A_MAC
    if match := _IN_CLOUD.fullmatch(name):
        return _KEPT_IN_ICLOUD if match[0].casefold().endswith(".icloud") else _KEPT_IN_CLOUD
    if UNFINISHED.fullmatch(name):
        return NOT_WHOLE
    return None


def being_written(names: Iterable[str]) -> frozenset[str]:
    """Names beside which something says that they are being written: ``a.jpg`` beside ``a.jpg.aria2``."""
    return frozenset(match[1] for name in names if (match := _CONTROL_FILE.fullmatch(name)))
