"""The lanes of jobs: one for each kind of work, in which the latest request takes the place of the one before."""

from __future__ import annotations

from enum import Enum, auto


class Lane(Enum):
    """What a job is about."""

    INDEX = auto()
    """Looking at the photos of a folder."""
    CHECK = auto()
    """Seeing whether a folder is as it is shown, and what is to be shown where it is not."""
    MAP = auto()
    """The projection: sketches while photos arrive, and the final one."""
    ELBOW = auto()
    CLUSTER = auto()
    REGROUP = auto()
    """Making groups of other photos than before."""
    NEIGHBORS = auto()
    RANKING = auto()
    """All photos by their likeness to one."""
    TABLE = auto()
    """What photos are sorted and filtered by."""
    THUMBNAILS = auto()
    LOST = auto()
    """Making thumbnails again that the cache has lost."""
    VIEWER = auto()
    """Reading a photo to look at it closely."""
    KEEP = auto()
    """Writing down what was decided about groups."""
    TEACH = auto()
    """Finding out which photos would follow those placed by hand."""
    SPLIT = auto()
    """Working out how a group could be split."""
    DUPLICATES = auto()
    """Finding what is there more than once; touches nothing."""
    PLAN = auto()
    """Working out what organizing would do; touches nothing."""
    ORGANIZE = auto()
    """Handling files: a run, or taking one back."""
    RUNS = auto()
    """Putting interrupted runs in order and reading the history."""
    MODELS = auto()
    """Adding or removing a model."""
    COMPARE = auto()
    """Letting two models look at a folder."""
    LEARN = auto()
    """Fitting a model to a folder, in a process of its own; goes on whatever is looked at meanwhile."""
    TRASH = auto()
    """Reading what went to the trash so far."""
    SAMPLE = auto()
    """Drawing the sample album."""
    REPORT = auto()
    """Writing a report for whoever helps."""


USING_LIBRARY = (
    Lane.INDEX,
    Lane.CHECK,
    Lane.MAP,
    Lane.ELBOW,
    Lane.CLUSTER,
    Lane.REGROUP,
    Lane.NEIGHBORS,
    Lane.RANKING,
    Lane.SPLIT,
    Lane.TEACH,
    Lane.DUPLICATES,
    Lane.PLAN,
    Lane.TABLE,
    Lane.THUMBNAILS,
    Lane.LOST,
)
"""Lanes whose jobs are dropped with the folder; its library is closed only once they have ended.

`Lane.ORGANIZE` is none of them: files are handled to the end, whatever is looked at meanwhile.
"""
ABOUT_PHOTOS = (Lane.MAP, Lane.ELBOW, Lane.CLUSTER, Lane.NEIGHBORS, Lane.RANKING, Lane.DUPLICATES, Lane.TABLE)
"""Lanes whose results say nothing any more once the photos of the folder are others."""
WAITED_FOR = (Lane.INDEX, Lane.CHECK, Lane.ORGANIZE, Lane.ELBOW, Lane.CLUSTER, Lane.REGROUP, Lane.SAMPLE)
"""Lanes whose progress the work bar shows, and can stop."""
ASKED_FOR = (*WAITED_FOR, Lane.DUPLICATES, Lane.TEACH, Lane.SPLIT, Lane.PLAN, Lane.MODELS, Lane.COMPARE, Lane.LEARN)
"""Lanes in which the program does what a person asked for."""
