"""The large view of one photo, or of a few side by side."""
