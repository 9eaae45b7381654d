"""Folders that are one document or one library of another program, as a Mac's packages are (UTI com.apple.package).

Nothing inside is a person's to sort: the document would be broken. A package is known by the ending of its name, also
behind which a copy was marked (``X.photoslibrary.bak``, ``X.photoslibrary copy 2``), and where the name tells nothing,
by what lies in it.

The endings are of three kinds. Some follow a rule (``…library``, ``…bundle``, ``…proj``). Some are a program's own.
Some are words of their own, too (``.key``, ``.pages``, ``.app``): a folder called ``Holiday.key photos`` or
``1.app-ideas`` is a person's, so that behind these only what file managers write on a copy is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_OWN = """
    apvault pvt imovieproject imoviemobile rcproject fcpproject fcpcache fcarch fcpxmld dvdmedia itlp logicx
    lrdata lrcat-data lrcat-wal lrplugin lrdevplugin cocatalog cosession on1catalog acdcdb lmnr photosplugin
    rtfd key-tef pages-tef numbers-tef graffle gtemplate gstencil oo3 ooutline ofocus oplx textpack bear2bk scriv
    dtbase2 dtsparse mindnode eddx hype hypetemplate comicdoc pxm pxd screenflow screenstudio epub ibooks
    abbu abcdp mbox vmwarevm pvm pvs utm appex mpkg prefpane qlgenerator mdimporter wdgt xpc osax scptd kext dext
    systemextension safariextension vst3 xcworkspace xcassets xcarchive xcdatamodel xcdatamodeld xcframework xcresult
    xcappdata swiftpm docarchive docset dsym playgroundbook mlpackage mlmodelc dayone tropy
"""
_WORDS = """
    app band bundle framework key keynote mainstage nib numbers pages pkg playground plugin saver sketchbook theater
"""
_BY_RULE = r"[a-z]{2,}(?:library|bundle) | [a-z]{2,}proj"


def _any(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


_COPY_WORDS = (
    "copy|kopi[ea]?|copi[ea]|c\xf3pia|\u043a\u043e\u043f\u0438\u044f|\u526f\u672c|\u62f7\u8d1d"
    "|\u306e?\u30b3\u30d4\u30fc|\ubcf5\uc0ac\ubcf8|backup|bak|old|orig(?:inal)?|saved?|sicherung"
)
_COPY = rf"[ ._-]*(?:{_COPY_WORDS})\d{{0,2}} | \s?\(\d+\) | ~ | \s?\([^()]*(?:{_COPY_WORDS}|conflict)[^()]*\)"
# No two of the alternatives take the same text: a name of many copies of copies is read in one way, and at once.
_NUMBER, _DATE = r"[ ._-]\d{1,2}", r"[ ._-]+\d[\d ._:-]*+"
_PACKAGE = re.compile(
    rf".+\.(?: (?:{_any(_OWN)}|{_BY_RULE}) (?:{_COPY}|{_DATE})* | (?:{_any(_WORDS)}) (?:{_COPY}|{_NUMBER})* )",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NAMES = frozenset({"iphoto library", "photo booth library", "aperture library", "lightroom library"})

_ENDING = re.compile(r".+\.[A-Za-z][\w-]{1,19}", re.DOTALL)
_SIGNS = frozenset(
    "info.plist pkginfo version.plist documentidentifier contents quicklook currentversion.flexolibrary".split()
)
_LIBRARIES = (
    ("database", "originals masters", "resources private previews scopes"),  # Photos, iPhoto, Aperture
    ("info.plist", "status.plist", "manifest.db manifest.mbdb manifest.plist"),  # a backup of an iPhone or iPad
    ("metadata.json", "images", "tags.json mtime.json"),  # Eagle
    ("metadata.db", "metadata_db_prefs_backup.json"),  # Calibre: every book has its cover there
)
"""What lies in a library, whatever it is called: of each of the words one."""


def is_package(name: str) -> bool:
    """Whether a folder of this name is one document or library, as far as the name tells."""
    return bool(_PACKAGE.fullmatch(name)) or name.casefold() in _NAMES


def holds_package(name: str, inside: Iterable[str]) -> bool:
    """Whether a folder is one document or library by what lies in it.

    It is where it has an ending, and inside what a Mac's packages have; or where, whatever its name, it holds what the
    libraries of photo and book programs and the backups of phones hold.

    Args:
        name: of the folder.
        inside: names of its entries.
    """
    entries = {entry.casefold() for entry in inside}
    if any(all(entries & set(words.split()) for words in library) for library in _LIBRARIES):
        return True
    return bool(_ENDING.fullmatch(name)) and bool(entries & _SIGNS)
