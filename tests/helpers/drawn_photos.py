"""Photos as no folder would have them, for hypothesis: any names, dates and times."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import strategies as st

from desktop_app.engine.types import Photo

# Any character, lone surrogates among them: names of files may hold any bytes.
NAMES = st.text(st.characters(blacklist_characters="\0"), min_size=1, max_size=12)
MAYBE = st.none() | st.text(st.characters(), max_size=9)


def photos() -> st.SearchStrategy[list[Photo]]:
    """Photos, each with an id and a path of its own, sorted by path."""
    one = st.builds(
        Photo,
        st.integers(1, 2**53 - 1),
        NAMES.map(Path),
        st.lists(NAMES.map(Path), max_size=2).map(tuple),
        st.integers(0, 2**50),
        st.integers(-(2**66), 2**66),
        st.text("0123456789abcdef+", min_size=1, max_size=81),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        MAYBE,
        MAYBE,
        st.booleans(),
    )
    each = st.lists(one, max_size=8, unique_by=(lambda photo: photo.id, lambda photo: photo.path))
    return each.map(lambda found: sorted(found, key=lambda photo: os.fspath(photo.path)))
