"""Which photo a JSON file of a Google Takeout describes.

The name is made from the photo's title, ``.supplemental-metadata`` (since autumn 2024), a cut to 46 UTF-16 units
wherever that falls, the counter of namesakes, and ``.json``. So the cut may lie in the title, in its ending, or in the
suffix, and the counter may push the whole beyond the cut.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

_SUFFIX = ".supplemental-metadata"
_CUT_AT = range(40, 52)
"""UTF-16 units at which a title was seen to end when it is cut: 46, and up to 51 with what stands around it."""
_JSON = re.compile(r"(.+?)(\(\d+\))?\.json", re.IGNORECASE | re.DOTALL)
_COUNTED = re.compile(r"(.+?)(\(\d+\))", re.DOTALL)
_EDITED = tuple(
    "edited bearbeitet modifié editado editada modificato bewerkt redigerad redigeret redigert edytowane edytowany"
    " muokattu düzenlendi upravené upraveno szerkesztve editat изменено змінено 已修改 已編輯 編集済み 수정됨".split()
)
_LONGEST_STEM = 47
"""Units a photo's name keeps before its ending; what is longer loses its end, ``-edited`` first."""

_WHOLE, _NUMBER_IN_TITLE, _NO_ENDING, _EDIT = range(4)


class TakeoutTitles:
    """The titles under which the photos of one folder may be described.

    Args:
        photos: their names, the preferred one of several first.
    """

    def __init__(self, photos: Iterable[str]) -> None:
        self._titles: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for photo in photos:
            for rank, title, counter in _titles(photo):
                self._titles.setdefault((_key(title), counter), []).append((rank, photo))
        self._sorted = sorted(self._titles)

    def photo_of(self, name: str) -> str | None:
        """The photo that a JSON file called ``name`` describes; None where there is none, or no telling which."""
        match = _JSON.fullmatch(name)
        if match is None:
            return None
        # The number may be a counter or end the title itself ("July (38)"): the title as it stands comes first.
        readings = [(name[: -len(".json")], "")] + ([(match[1], match[2])] if match[2] else [])
        for find in (self._exact, self._cut):
            for base, counter in readings:
                found = find(_key(base), counter)
                if found is not None:
                    return found
        return None

    def _exact(self, base: str, counter: str) -> str | None:
        """The title whole, with as much of the suffix as the cut has left."""
        found: list[tuple[int, str]] = []
        for length in range(len(_SUFFIX) + 1):
            if length == 0 or base.endswith(_SUFFIX[:length]):
                title = base[: len(base) - length]
                found = found or self._titles.get((title, counter), [])
        return min(found, key=lambda one: one[0])[1] if found else None

    def _cut(self, base: str, counter: str) -> str | None:
        """The title cut: only where a single photo begins so."""
        if _units(base) not in _CUT_AT:
            return None
        found: list[tuple[int, str]] = []
        for at in range(bisect_left(self._sorted, (base, "")), len(self._sorted)):
            title, its_counter = self._sorted[at]
            if not title.startswith(base):
                break
            if its_counter == counter:
                found += self._titles[title, its_counter]
        photos = {photo for rank, photo in found if rank == min(found)[0]}
        return photos.pop() if len(photos) == 1 else None


def _titles(photo: str) -> Iterable[tuple[int, str, str]]:
    """(rank, title, counter) of each title a photo may have had; the smaller rank is the likelier."""
    stem, dot, ending = photo.rpartition(".")
    if not dot:
        stem, ending = photo, ""
    for plain, counter in _without_counter(stem):
        numbered = not counter and _COUNTED.fullmatch(stem) is not None
        yield _NUMBER_IN_TITLE if numbered else _WHOLE, plain + dot + ending, counter
        if dot:
            yield _NO_ENDING, plain, counter  # uploaded without an ending; Takeout adds the photo's, not the JSON's
        original = _without_edit(plain)
        if original is not None:
            yield _EDIT, original + dot + ending, counter
            yield _EDIT, original, counter


def _without_counter(stem: str) -> Iterable[tuple[str, str]]:
    yield stem, ""
    match = _COUNTED.fullmatch(stem)
    if match is not None:
        yield match[1], match[2]


def _without_edit(stem: str) -> str | None:
    """The stem of the picture that this one is an edit of; None when it is none."""
    head, dash, tail = stem.rpartition("-")
    if not dash or not head:
        return None
    tail = unicodedata.normalize("NFC", tail).casefold()
    whole = tail in _EDITED
    cut = bool(tail) and _units(stem) >= _LONGEST_STEM - 1 and any(word.startswith(tail) for word in _EDITED)
    return head if whole or cut else None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
