"""Sets of photos of which one would do, each with a suggested keeper.

Sets are not chained: in a row of a hundred frames each is like the next, and the first is nothing like the last. So
every member of a set is like the one that is to be kept, and a photo is in one set only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop_app.engine.duplicates.keeper import Candidate, rank
from desktop_app.engine.duplicates.pairs import Pairs
from desktop_app.engine.types import Photo

Kind = Literal["exact", "near"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A member of a set.

    Attributes:
        photo: the photo.
        similarity: to the keeper, 0 to 1; 1 for the keeper, and for the same file again.
        same_file: byte for byte the keeper's, in another place.
        bytes: of all files that belong to the photo.
        note: what the keeper does not have beside it and this one does; empty for nothing.
    """

    photo: Photo
    similarity: float
    same_file: bool
    bytes: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateSet:
    """Photos of which one would do.

    Attributes:
        kind: ``exact`` where all are the same file byte for byte, else ``near``.
        members: the suggested keeper first, then the most similar first; at least two.
        reason: why that one, in a person's words.
    """

    kind: Kind
    members: tuple[Copy, ...]
    reason: str

    @property
    def keeper(self) -> Photo:
        """The photo that is suggested to be kept."""
        return self.members[0].photo

    @property
    def bytes_freed(self) -> int:
        """What letting all others go would free."""
        return sum(member.bytes for member in self.members[1:])


def stars(candidates: Sequence[Candidate], pairs: Pairs, similarity: float) -> list[dict[int, float]]:
    """Group rows around keepers: the best of all takes what is like it, then the best of the rest does.

    Args:
        candidates: N photos.
        pairs: over their rows.
        similarity: from which on a pair counts.

    Returns:
        Each group's rows with their similarity to its keeper, which comes first; no row in two groups.
    """
    strong = pairs.similarity >= similarity
    links: dict[int, dict[int, float]] = {}
    for a, b, value in zip(*(one[strong].tolist() for one in pairs), strict=True):
        links.setdefault(a, {})[b] = value
        links.setdefault(b, {})[a] = value
    groups = []
    taken: set[int] = set()
    for kept in sorted(links, key=lambda row: rank(candidates[row])):
        like_it = {row: value for row, value in links[kept].items() if row not in taken}
        if kept not in taken and like_it:
            order = sorted(like_it, key=lambda row: (-like_it[row], row))
            groups.append({kept: 1.0, **{row: like_it[row] for row in order}})
            taken |= {kept, *like_it}
    return groups
