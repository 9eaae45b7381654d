"""Why a file is not shown, or not whole: every text of the scan, of decoding and of indexing, written once.

A reason is made in English, wherever it is made: it may be kept in the cache, or come from another
process or machine, and none of these knows what the window speaks. Where a person gets to see it, `said` says it in
their language.
"""

from __future__ import annotations

from desktop_app.engine.language import tr_made, tr_noop

EMPTY = tr_noop("The file is empty.")
NO_FILE = tr_noop("This is not a regular file.")
NO_PICTURE = tr_noop("The content is no picture Kindred knows.")
PICTURE_BY_NAME = tr_noop("The file is named like a picture, but its content is no picture Kindred knows.")
NOT_READ = tr_noop("Kindred does not read this kind of picture ({format}). Save it as JPEG or PNG to see it here.")
RARE_KIND = tr_noop(
    "Kindred does not read this kind of {format} ({kind}). Save it with 8 bits, gray or RGB, to see it here."
)
RARE_TIFF = tr_noop(
    "Kindred does not read this kind of TIFF ({kind}). Save it as RGB with 8 or 16 bits to see it here."
)
DAMAGED = tr_noop("The {format} data is damaged and cannot be read.")
DAMAGED_BECAUSE = tr_noop("The {format} data is damaged and cannot be read ({reason}).")
RAW_DAMAGED = tr_noop("The camera RAW data is damaged, or of a camera Kindred does not know.")
RAW_NOT_DEVELOPED = tr_noop(
    "Kindred cannot develop this kind of camera RAW, and there is no preview in the file."
    " Export the photo as JPEG or TIFF to see it here."
)
LARGE_FILE = tr_noop("The file is {size} MB, more than the {limit} MB Kindred allows.")
MANY_PIXELS = tr_noop("The picture has {width} x {height} pixels, more than the {limit} million pixels Kindred allows.")
TOO_MANY_PIXELS = tr_noop("The picture has more than the {limit} million pixels Kindred allows.")
MUCH_MEMORY = tr_noop(
    "The picture has {width} x {height} pixels; decoding it takes {size} MB of memory,"
    " more than the {limit} MB Kindred allows."
)
NO_MEMORY = tr_noop("Decoding this picture takes more memory than there is.")
RAW_NO_MEMORY = tr_noop("Developing this file takes more memory than there is.")
MANY_PASSES = tr_noop("The picture would take too long to decode (too many passes).")
TOO_SLOW = tr_noop("Decoding this picture took more than {seconds} seconds, so it was given up.")
CRASHED = tr_noop("The decoder of {format} crashed on this file; nothing else was affected.")

IN_PART = tr_noop("Only part of the picture could be read.")
STOOD_IN = tr_noop("It cannot be read whole; the photo is shown from {photo} beside it.")
GOES_ALONG = tr_noop("{reason} The photo is shown from {photo}, and it goes along.")
WORKERS_ENDED = tr_noop("Several workers ended while reading it.")
NOT_FINITE = tr_noop("The model gave no usable numbers for it.")
VANISHED = tr_noop("It was there a moment ago and is gone now.")
CHANGED = tr_noop("It was changed while Kindred read it; the next run takes it.")
NOT_TO_BE_READ = tr_noop("It cannot be read: {reason}.")
FILE_UNREADABLE = tr_noop("The file cannot be read: {reason}.")
FOLDER_UNREADABLE = tr_noop("The folder cannot be read: {reason}.")
IN_CLOUD = tr_noop("The file is kept in the cloud and not on this computer. Download it to include it.")

NO_IMAGE = tr_noop("not an image")
NO_IMAGE_IN_CLOUD = tr_noop("not an image, and not on this computer (kept in the cloud)")
NO_IMAGE_UNREADABLE = tr_noop("not named like an image, and cannot be read ({reason})")
DOCUMENT = tr_noop("a {format} document, not an image")

_KINDS = (tr_noop("{bits} bits"), tr_noop("photometric kind {kind}"), tr_noop("compression {name}"))
_PILLOW = (
    tr_noop("image file is truncated"),
    tr_noop("image file is truncated ({number} bytes not processed)"),
    tr_noop("broken data stream when reading image file"),
    tr_noop("unrecognized data stream contents when reading image file"),
    tr_noop("cannot load this image"),
    tr_noop("Truncated File Read"),
    tr_noop("decoder error {number}"),
)
"""What Pillow says of most damaged files; what else it says stays in English."""
_FORMS = (
    NOT_READ, RARE_TIFF, RARE_KIND, DAMAGED_BECAUSE, DAMAGED, LARGE_FILE, MANY_PIXELS, TOO_MANY_PIXELS, MUCH_MEMORY,
    TOO_SLOW, CRASHED, STOOD_IN, GOES_ALONG, NOT_TO_BE_READ, FILE_UNREADABLE, FOLDER_UNREADABLE, NO_IMAGE_UNREADABLE,
    DOCUMENT, *_KINDS, *_PILLOW,
)  # fmt: skip


def said(reason: str) -> str:
    """A reason in the language that is spoken; one that is of an earlier version may stay in English."""
    return tr_made(reason, _FORMS)
