"""One file a pretext task."""
