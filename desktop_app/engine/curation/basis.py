"""Which photos the groups of a folder are made of, so that those that come later join them and move no other.

The basis is the photos that were there when the folder was first grouped, or when somebody last asked to group anew.
Photos of it that have gone stay in it: they may come back, and until then the others stay where they are.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.engine.curation.members import among, union, without
from desktop_app.engine.curation.values import Curation
from desktop_app.engine.types import Int64Array

MANY = 0.2
"""Share of all photos from which on it is worth saying that they came later."""


def settle(known: Curation, photo_ids: Int64Array, model_id: str, *, number_chosen: bool) -> Curation:
    """What is known, with the basis that holds for a folder as it is.

    That is the one it has, but for three cases, in which all photos are the basis: nothing was grouped before, another
    model looks at the photos, or a person decided nothing and more photos came and went than stayed.

    Args:
        known: what is known of the folder; returned itself where its basis holds.
        photo_ids: int64[N], all photos.
        model_id: of their vectors.
        number_chosen: whether a person chose the number of groups, which is a decision, too.
    """
    if known.basis.size and known.model_id == model_id:
        stayed = int(among(photo_ids, known.basis).sum())
        changed = len(photo_ids) - stayed + known.basis.size - stayed
        if changed <= stayed or number_chosen or any(one.is_decided for one in known.groups):
            return known
    return anew(known, photo_ids, model_id)


def anew(known: Curation, photo_ids: Int64Array, model_id: str) -> Curation:
    """What is known, with groups made of all photos from now on."""
    return replace(known, basis=union([photo_ids]), model_id=model_id)


def came_later(known: Curation, photo_ids: Int64Array) -> Int64Array:
    """Those of ``photo_ids`` int64[N] that joined groups made of others, in their order."""
    return without(photo_ids, known.basis) if known.basis.size else photo_ids[:0]
