"""What a screen reader says aloud without being asked: what came of the work, and what the keys have come to."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_send = QAccessible.updateAccessibility


def say(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have ``text`` said, if anything listens.

    Args:
        widget: what says it; one that is out of sight says nothing.
        text: plain.
        at_once: breaks off what is being said, as a warning may.
    """
    if not text or not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    _send(event)
