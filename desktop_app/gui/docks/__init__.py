"""The panes of the window: where they stand, and how they hide, float and come back."""
