"""A person's corrections to the groups of a folder, kept from one opening to the next and seen by both faces.

Groups come out of the photos anew each time. `arrange` gives them back what they had: id, name, place in the list,
cover, and the photos that a person put there by hand. The operations of `corrections` take the groups that are shown
and return a new `Curation` with the groups that are shown then; nothing is changed in place, so that whoever keeps the
value before has its undo (`corrections.exchange`).

What stays, whatever is chosen as number, method or model, and whichever photos come and go:

- *A group* continues in the new one that is most like it, compared by the photos that clustering puts there, see
  `matching`. Corrections do not take part in the comparison: moving photos neither makes nor breaks a likeness.
- *A photo placed by hand* stays in its group. What clustering says of it counts for the others alone.
- *Merged groups* are glued: all their photos count as placed by hand in the one that stays. With more groups asked for,
  clustering may cut through them, but they stay together; so fewer groups may be shown than were asked for. Photos that
  come later join them, because a new group that is mostly made of photos placed in one group joins that group.
- *Parts of a split group* are placed by hand in the same way, each in its own group. With fewer groups asked for they
  stay apart; so more groups may be shown than were asked for.
- *A locked group* keeps exactly its photos: regrouping takes none away and adds none, new photos neither. Placing by
  hand still can. What clustering would have added stands in a group beside it.
- *A name, or being hidden,* is said of certain photos: it goes only to a group that holds more than half of them and is
  made of them by more than half. Until then it waits out of sight, with its id.
- *A group that goes out of sight* without anything decided about it comes back with its id, color and place, unless its
  id had to be given to another in the meantime.
"""

from __future__ import annotations

from desktop_app.engine.curation.arranging import arrange, groups_of
from desktop_app.engine.curation.members import group_ids
from desktop_app.engine.curation.shared import Shared
from desktop_app.engine.curation.store import file_of, load, save
from desktop_app.engine.curation.values import Choices, Curation, KnownGroup

__all__ = [
    "Choices",
    "Curation",
    "KnownGroup",
    "Shared",
    "arrange",
    "file_of",
    "group_ids",
    "groups_of",
    "load",
    "save",
]
