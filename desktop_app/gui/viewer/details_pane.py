"""What is known of a photo, beside its large picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QWidget

from desktop_app.engine.language import decimal, figure, tr
from desktop_app.engine.types import Photo
from desktop_app.engine.wording import breakable, data_size, display_path, moment
from desktop_app.gui.theme import SPACE, quieten

_LEAST = 160


class DetailsPane(QScrollArea):
    """Captions and texts, which can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Details of the photo"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumWidth(_LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts: dict[str, str] = {}

    def show_photo(self, photo: Photo, group: str, lines: Sequence[tuple[str, str]]) -> None:
        """Show a photo's details.

        Args:
            photo: the photo.
            group: name of the group it is in, empty for none.
            lines: what the camera wrote, see `pictures.details.details`; the camera's name among them.
        """
        pixels = decimal(photo.width * photo.height / 1e6)
        size = tr(
            "{width} × {height} · {pixels} MP", width=figure(photo.width), height=figure(photo.height), pixels=pixels
        )
        rows = [
            (tr("File"), display_path(photo.path.name)),
            (tr("Folder"), display_path(photo.path.parent)),
            (tr("Group"), group),
            (tr("Taken"), moment(photo.taken_at or "")),
            (tr("Size"), size),
            (tr("File size"), data_size(photo.size_bytes)),
            (tr("Travels with"), ", ".join(display_path(path.name) for path in photo.companions)),
            (tr("Damaged"), tr("only part of the picture could be read") if photo.damaged else ""),
            *(lines or [(tr("Camera"), photo.camera or "")]),
        ]
        texts = {caption: text for caption, text in rows if text}
        if texts == self.texts:
            return
        self.texts = texts
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        form.setSpacing(SPACE // 2)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for caption, text in self.texts.items():
            label = QLabel(breakable(text), wordWrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleName(f"{caption}: {text}")
            name = QLabel(caption)
            quieten(name)
            form.addRow(name, label)
        self.setWidget(inside)

    def show_nothing(self, said: str) -> None:
        """Show these words in place of a photo's details."""
        if self.texts or self.widget() is None:
            self.texts = {}
            words = QLabel(said, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
            words.setTextFormat(Qt.TextFormat.PlainText)
            quieten(words)
            self.setWidget(words)
